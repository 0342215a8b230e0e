//! The rules of disclosure against random surveys: five builds each, with crossings, skip logic, questions left empty, answers taken
//! back, a segment edited between builds, a restored backup and attributes blanked at the end. An oracle that tries every set of
//! people finds nothing in what the rules publish, and much in what simpler rules would.
//!
//! `SHIRUBE_DISCLOSURE=1000` runs so many surveys, as `tests/run` does, and holds the counts of the manual against them; fewer in the daily
//! suite. Print the counts with `--nocapture`.

use crate::disclosure_oracle::{Told, find, rank};
use crate::statistics_sheets::{Sheet, batch, categories, choice, nowhere, points, scale, shape, variable};
use shirube::language::{Language, Text};
use shirube::statistics::{Ledger, Published, Rules, SurveyShape, attack, publish};
use shirube::survey::blanking::blank;
use shirube::survey::definition::Publish;
use shirube::survey::scoring::Method;
use shirube::survey::{Answer, Attribute, Batch, Measure, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Surveys in the daily suite.
const DAILY: u64 = 100;

/// Surveys of which the manual tells.
const TOLD: u64 = 1_000;

/// A small generator of numbers that look like chance (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> usize {
        usize::try_from(self.next() % n).expect("small")
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.next().is_multiple_of(n)
    }
}

pub(crate) fn attribute(id: &str, codes: &[&str]) -> Attribute {
    Attribute { id: id.into(), place: nowhere(), text: Text::pair(id, id), values: categories(codes.iter().copied()), cohort: None }
}

/// A survey while it runs, with everything that became of everybody.
struct World {
    chance: Chance,
    shape: SurveyShape,
    /// Batches as they are stored; each row bears the number of its person in the column `#`.
    batches: Vec<Batch>,
    /// Everybody who is in some batch or was.
    people: usize,
    gone: BTreeSet<usize>,
    ledger: Ledger,
    edited: bool,
}

impl World {
    fn new(seed: u64) -> World {
        let mut chance = Chance(seed);
        let mut questions = vec![
            variable("mood", points(5)),
            variable("wish", Measure::Nominal(categories(["yes", "no"]))),
            variable("why", Measure::Nominal(categories(["money", "people"]))),
            variable("a", points(3)),
            variable("b", points(3)),
        ];
        questions[4].sensitive = chance.one_in(3);
        let (department, age) = (attribute("dept", &["x", "y", "z"]), attribute("age", &["old", "new"]));
        let segments = match chance.below(4) {
            0 => vec![vec![department]],
            1 => vec![vec![department], vec![age]],
            _ => vec![vec![department.clone()], vec![age.clone()], vec![department, age]],
        };
        let scales = vec![scale("score", &["a", "b"], &[], if chance.one_in(2) { 1 } else { 2 }, Method::Mean, &[])];
        let k = if chance.one_in(2) { 5 } else { 3 };
        let shape = SurveyShape { k, segments, scales, publish: Publish::Rolling, ..shape(questions) };
        World { chance, shape, batches: Vec::new(), people: 0, gone: BTreeSet::new(), ledger: Ledger::default(), edited: false }
    }

    fn person(&mut self) -> Sheet {
        let number = self.people;
        self.people += 1;
        let chance = &mut self.chance;
        let lopsided = |chance: &mut Chance| [0, 0, 0, 1, 1, 2][chance.below(6)];
        let mut sheet = Sheet::new();
        let mut put = |id: &str, answer: Answer| sheet.insert(id.to_owned(), answer);
        put("#", Answer::Given(Value::Choice(number.to_string())));
        put("dept", choice(["x", "y", "z"][lopsided(chance)]));
        put("age", choice(["old", "new"][usize::from(chance.one_in(3))]));
        let one_of = |chance: &mut Chance, left_empty: u64, codes: &[&str]| {
            let given = choice(codes[chance.below(codes.len() as u64)]);
            if chance.one_in(left_empty) { Answer::Skipped } else { given }
        };
        let wish = one_of(chance, 12, &["yes", "no"]);
        let why = if wish == choice("yes") { one_of(chance, 9, &["money", "people"]) } else { Answer::NotShown };
        put("wish", wish);
        put("why", why);
        for (id, n) in [("mood", 5), ("a", 3), ("b", 3)] {
            put(id, one_of(chance, 10, &["1", "2", "3", "4", "5"][..n]));
        }
        sheet
    }

    fn next_number(&self) -> u32 {
        let published = self.ledger.publications().iter().map(|publication| publication.batches).max().unwrap_or(0);
        self.batches.iter().map(|batch| batch.number).max().unwrap_or(0).max(published) + 1
    }

    /// More answers; perhaps some taken back, a backup restored, a department merged into another.
    fn go_on(&mut self, build: usize) {
        for _ in 0..self.chance.below(3) + usize::from(build == 0) {
            let n = self.chance.below(14) + 1 + if build == 0 { 12 } else { 0 };
            let sheets: Vec<Sheet> = (0..n).map(|_| self.person()).collect();
            self.batches.push(batch(self.next_number(), &sheets));
        }
        if build > 0 && self.chance.one_in(4) {
            for _ in 0..self.chance.below(8) + 1 {
                self.take_back();
            }
        }
        if build > 1 && self.chance.one_in(6) && self.batches.len() > 1 {
            let lost = self.batches.pop().expect("there are two");
            self.gone.extend(numbers(&lost));
        }
        if build > 1 && self.chance.one_in(5) && !self.edited {
            self.edited = true;
            let merged = |attributes: &mut Vec<Attribute>| {
                attributes.iter_mut().filter(|one| one.id == "dept").for_each(|one| one.values = categories(["x", "y"]));
            };
            self.shape.segments.iter_mut().for_each(merged);
            self.shape.history.codes = [("dept".to_owned(), [("z".to_owned(), "y".to_owned())].into())].into();
        }
        if build == 4 {
            self.shape.closed = true;
            self.batches = blank(&self.batches, &["dept".to_owned(), "age".to_owned()], self.shape.k, false);
        }
    }

    fn take_back(&mut self) {
        let place = self.chance.below(self.batches.len() as u64);
        let row = self.chance.below(self.batches[place].n);
        if self.batches[place].n < 2 {
            return;
        }
        let batch = &mut self.batches[place];
        self.gone.insert(numbers(batch)[row]);
        batch.columns.values_mut().for_each(|column| {
            let mut rows: Vec<Answer> = column.iter().cloned().collect();
            rows.remove(row);
            *column = rows.into();
        });
        batch.n -= 1;
    }

    /// Everybody whose row fulfils this, in batches up to a number.
    fn who(&self, until: u32, holds: impl Fn(&Batch, usize) -> bool) -> BTreeSet<usize> {
        let batches = self.batches.iter().filter(|batch| batch.number <= until);
        batches
            .flat_map(|batch| {
                let all = numbers(batch);
                let rows: Vec<usize> = (0..all.len()).filter(|row| holds(batch, *row)).collect();
                rows.into_iter().map(move |row| all[row])
            })
            .collect()
    }
}

fn numbers(batch: &Batch) -> Vec<usize> {
    batch.columns["#"].iter().map(|answer| code(answer).expect("a number").parse().expect("a number")).collect()
}

fn code(answer: &Answer) -> Option<&str> {
    match answer.value() {
        Some(Value::Choice(code)) => Some(code),
        _ => None,
    }
}

/// Whether a row belongs to what a key of the ledger names; read here once more, apart from the program.
fn belongs(key: &str, batch: &Batch, row: usize) -> bool {
    let (group, counted) = key.split_once('/').unwrap_or((key, ""));
    let given = |id: &str| code(&batch.columns[id][row]);
    let one_of = |rest: &str| {
        let (id, codes) = rest.split_once('=').expect("a variable and its codes");
        given(id).is_some_and(|code| codes.split('|').any(|own| own == code))
    };
    let in_group = group.split(',').all(|word| match word.split_once(':') {
        Some(("chose", rest)) => one_of(rest),
        Some(("shown-to", rest)) => rest.split('+').any(|id| batch.columns[id][row] != Answer::NotShown),
        _ => word == "everybody",
    });
    in_group
        && match counted.split_once(':') {
            None => true,
            Some(("answered", rest)) => one_of(rest),
            Some(("scored", rest)) => {
                let (least, items) = rest.split_once(':').expect("a number and items");
                items.split('+').filter(|id| given(id).is_some()).count() >= least.parse().expect("a number")
            }
            other => panic!("{other:?} in {key}"),
        }
}

/// Every published group by what is summed over it, with the smallest number of people that may be told.
type Families = BTreeMap<(String, usize), Vec<Told>>;

fn enter(families: &mut Families, k: usize, sensitive: bool, key: &str, people: BTreeSet<usize>) {
    let (line, detail) = key.split_once(';').unwrap_or((key, ""));
    if !line.contains('/') && line.contains("shown-to:") {
        return;
    }
    let summed = line.split_once('/').map_or("people", |(_, counted)| counted);
    let least = match detail {
        "fine" => 20,
        "" if sensitive && ["answered:b=", "scored:"].iter().any(|counted| summed.starts_with(counted)) => 10.max(k),
        "" => k,
        _ => return,
    };
    families.entry((format!("{summed};{detail}"), least)).or_default().push(Told { people, new: true });
}

/// What an oracle finds in all that these families tell; what is new is old afterwards.
fn finds(families: &mut Families, gone: &BTreeSet<usize>) -> Option<(String, BTreeSet<usize>)> {
    let found = families.iter().find_map(|((name, least), told)| Some((name.clone(), find(told, gone, *least)?)));
    for told in families.values_mut().flatten() {
        told.new = false;
    }
    for told in families.values_mut() {
        told.sort();
        told.dedup();
    }
    found
}

/// What simple rules would publish now: each segment by itself, of everybody and of each question.
fn simple(world: &World, until: u32, next_smallest: bool, families: &mut Families) {
    let k = usize::try_from(world.shape.k).expect("small");
    let codes = |attribute: &Attribute| attribute.values.iter().map(|value| value.code.clone()).collect::<Vec<_>>();
    let today = |id: &str, code: &str| match code {
        "y" if id == "dept" && world.edited => vec!["y", "z"],
        own => vec![["x", "y", "z", "old", "new"].into_iter().find(|known| *known == own).expect("a code")],
    };
    for counted in ["", "mood", "wish", "why", "a"] {
        let whole = |batch: &Batch, row: usize| counted.is_empty() || batch.columns[counted][row].value().is_some();
        let mut publish = |people: BTreeSet<usize>| {
            families.entry((counted.to_owned(), k)).or_default().push(Told { people, new: true });
        };
        let everybody = world.who(until, whole);
        if everybody.len() >= k {
            publish(everybody);
        }
        for attributes in &world.shape.segments {
            let mut parts: Vec<Vec<(String, String)>> = vec![Vec::new()];
            for attribute in attributes {
                let with = |part: &Vec<(String, String)>, code: String| [part.clone(), vec![(attribute.id.clone(), code)]].concat();
                parts =
                    parts.iter().flat_map(|part| codes(attribute).into_iter().map(|code| with(part, code)).collect::<Vec<_>>()).collect();
            }
            let of = |part: &Vec<(String, String)>| {
                let own = |batch: &Batch, row: usize| {
                    part.iter().all(|(id, one)| code(&batch.columns[id][row]).is_some_and(|given| today(id, one).contains(&given)))
                };
                world.who(until, |batch, row| whole(batch, row) && own(batch, row))
            };
            let mut all: Vec<BTreeSet<usize>> = parts.iter().map(of).collect();
            all.sort_by_key(BTreeSet::len);
            let hidden: usize = all.iter().map(BTreeSet::len).filter(|n| *n < k).sum();
            let mut shown: Vec<BTreeSet<usize>> = all.into_iter().filter(|people| people.len() >= k).collect();
            if next_smallest && hidden > 0 && hidden < k && !shown.is_empty() {
                shown.remove(0);
            }
            shown.into_iter().for_each(&mut publish);
        }
    }
}

#[derive(Debug, Default)]
struct Counts {
    builds: usize,
    groups: usize,
    rules: Vec<String>,
    attacks: usize,
    threshold: usize,
    next_smallest: usize,
    shown: u64,
    large: u64,
}

fn run(seed: u64, counts: &mut Counts) {
    let mut world = World::new(seed);
    let k = usize::try_from(world.shape.k).expect("small");
    let sensitive = world.shape.variables[4].sensitive;
    let (mut ours, mut threshold, mut next) = (Families::new(), Families::new(), Families::new());
    let (mut threshold_found, mut next_found) = (false, false);
    for build in 0..5 {
        world.go_on(build);
        let published = publish(&world.shape, &world.batches, &world.ledger);
        counts.builds += 1;
        if let Some(publication) = &published.publication {
            for (key, n) in &publication.groups {
                let line = key.split(';').next().expect("something");
                let people = world.who(publication.batches, |batch, row| belongs(line, batch, row));
                assert_eq!(people.len() as u64, *n, "{key} in build {build} of survey {seed}");
                enter(&mut ours, k, sensitive, key, people);
                counts.groups += 1;
            }
            rests(&mut ours, k, publication, &world);
            asked(&mut ours, k, publication, &world);
            let rules = Rules::of(world.shape.k, true, true);
            counts.attacks +=
                usize::from(attack(&rules, &world.shape.sensitive_names(), &world.batches, &world.ledger, publication).is_some());
        }
        world.ledger.record(published.publication.clone());
        told_in_the_ledger(&published, &world.ledger);
        if let Some((name, people)) = finds(&mut ours, &world.gone) {
            counts.rules.push(format!("survey {seed}, build {build}: {name} tells {} people", people.len()));
        }
        let until = world.batches.iter().map(|batch| batch.number).max().unwrap_or(0);
        for (rule, families, found) in [(false, &mut threshold, &mut threshold_found), (true, &mut next, &mut next_found)] {
            if !*found && seed.is_multiple_of(4) {
                simple(&world, until, rule, families);
                *found = finds(families, &world.gone).is_some();
            }
        }
        count_rows(&published, &world, counts);
    }
    counts.threshold += usize::from(threshold_found);
    counts.next_smallest += usize::from(next_found);
}

/// Of whom it is told whether they were asked: the segment, and those of it who were.
fn asked(families: &mut Families, k: usize, publication: &shirube::statistics::Publication, world: &World) {
    for (group, _) in publication.groups.keys().filter_map(|key| key.split_once("/answered:why=")) {
        for key in [group.to_owned(), format!("{group},shown-to:why")] {
            let people = world.who(publication.batches, |batch, row| belongs(&key, batch, row));
            families.entry(("asked why".to_owned(), k)).or_default().push(Told { people, new: true });
        }
    }
}

/// Where scores and items are exact, the sums of those who answered one item of two are told as well.
fn rests(families: &mut Families, k: usize, publication: &shirube::statistics::Publication, world: &World) {
    for key in publication.groups.keys().filter(|key| key.ends_with(";exact")) {
        let group = key.split('/').next().expect("something");
        let one = |batch: &Batch, row: usize| {
            belongs(group, batch, row) && ["a", "b"].iter().filter(|id| batch.columns[**id][row].value().is_some()).count() == 1
        };
        let people = world.who(publication.batches, one);
        families.entry(("one item of two".to_owned(), k)).or_default().push(Told { people, new: true });
    }
}

/// No row says how many people it is about unless the ledger says so, too.
fn told_in_the_ledger(published: &Published, ledger: &Ledger) {
    let known: BTreeSet<u64> = ledger.publications().iter().flat_map(|publication| publication.groups.values().copied()).collect();
    for (name, exhibit) in &published.exhibits {
        for row in exhibit.rows.iter().filter(|row| row.n.is_some()) {
            assert!(row.n.is_some_and(|n| known.contains(&n)), "{name}: {:?}", row.n);
        }
    }
}

/// How many rows by segment are shown of those that are large enough by themselves.
fn count_rows(published: &Published, world: &World, counts: &mut Counts) {
    if published.shown == 0 {
        return;
    }
    let until = world.batches.iter().map(|batch| batch.number).max().unwrap_or(0);
    let Some(exhibit) = published.exhibits.get("wish-by-dept") else { return };
    for row in exhibit.rows.iter().skip(1) {
        let codes: Vec<&str> = if row.id == "y" && world.edited { vec!["y", "z"] } else { vec![row.id.as_str()] };
        let answered = |batch: &Batch, at: usize| {
            code(&batch.columns["dept"][at]).is_some_and(|own| codes.contains(&own)) && batch.columns["wish"][at].value().is_some()
        };
        counts.large += u64::from(world.who(until, answered).len() as u64 >= world.shape.k);
        counts.shown += u64::from(row.n.is_some());
    }
}

#[test]
#[allow(clippy::print_stdout)]
fn nothing_published_ever_tells_of_few_people() {
    let surveys = std::env::var("SHIRUBE_DISCLOSURE").ok().and_then(|number| number.parse().ok()).unwrap_or(DAILY);
    let threads = 4;
    let counted: Vec<Counts> = std::thread::scope(|scope| {
        let work = |first: u64| {
            move || {
                let mut counts = Counts::default();
                (first..surveys).step_by(threads).for_each(|seed| run(seed, &mut counts));
                counts
            }
        };
        let running: Vec<_> = (0..threads as u64).map(|first| scope.spawn(work(first))).collect();
        running.into_iter().map(|thread| thread.join().expect("no thread fails")).collect()
    });
    let sum = |of: fn(&Counts) -> u64| counted.iter().map(of).sum::<u64>();
    let found: Vec<&String> = counted.iter().flat_map(|counts| &counts.rules).collect();
    let (threshold, next) = (sum(|counts| counts.threshold as u64), sum(|counts| counts.next_smallest as u64));
    let simple = surveys.div_ceil(4);
    println!(
        "{surveys} surveys, {} builds, {} groups: {} finds by our rules, {} by the attacker in the build; of {simple} surveys {threshold} tell with a threshold only, {next} with the next smallest hidden; {} of {} departments large enough are shown",
        sum(|counts| counts.builds as u64),
        sum(|counts| counts.groups as u64),
        found.len(),
        sum(|counts| counts.attacks as u64),
        sum(|counts| counts.shown),
        sum(|counts| counts.large),
    );
    if surveys == TOLD {
        let counts = [
            sum(|counts| counts.builds as u64),
            sum(|counts| counts.groups as u64),
            sum(|counts| counts.shown),
            sum(|counts| counts.large),
        ];
        let counts = counts.map(shirube::language::count);
        for page in ["privacy.md", "privacy.en.md"] {
            let manual =
                std::fs::read_to_string(format!("{}/docs/manual/content/pages/{page}", env!("CARGO_MANIFEST_DIR"))).expect("a page");
            let told = manual.lines().find(|line| line.contains("tests/run")).expect("a sentence");
            for number in counts.iter().cloned().chain([TOLD, simple, threshold, next].map(shirube::language::count)) {
                assert!(told.contains(&number), "{page}: {number} is not told: {told}");
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(sum(|counts| counts.attacks as u64), 0, "the attacker in the build sees fewer hiding places than the oracle");
    assert!(threshold > simple / 2 && next > simple / 2, "the simple rules fail, or the surveys are too simple");
    assert!(2 * sum(|counts| counts.shown) > sum(|counts| counts.large), "hiding everything is no way out");
}

/// The worked example of the manual: its numbers are what the program does.
#[test]
fn the_attack_of_the_manual_is_stopped() {
    let departments = [("sales", "営業部", "Sales", 21, 12), ("works", "製造部", "Works", 12, 8), ("law", "法務部", "Law", 3, 3)];
    let people = departments.iter().flat_map(|(code, _, _, n, yes)| {
        (0..*n).map(move |at| {
            Sheet::from([("department".to_owned(), choice(code)), ("wish".to_owned(), choice(if at < *yes { "yes" } else { "no" }))])
        })
    });
    let all = [batch(1, &people.collect::<Vec<_>>())];
    let department = attribute("department", &["sales", "works", "law"]);
    let segments = vec![vec![department]];
    let survey = SurveyShape { closed: true, segments, ..shape(vec![variable("wish", Measure::Nominal(categories(["yes", "no"])))]) };
    let published = publish(&survey, &all, &Ledger::default());
    let exhibit = &published.exhibits["wish-by-department"];
    let publication = published.publication.clone().expect("something is published");
    assert_eq!(attack(&Rules::of(5, false, false), &BTreeSet::new(), &all, &Ledger::default(), &publication), None);
    // Had only the small department been hidden
    let mut naive = publication;
    for key in ["chose:department=works", "chose:department=works/answered:wish=no|yes"] {
        naive.groups.insert(key.to_owned(), 12);
    }
    let found = attack(&Rules::of(5, false, false), &BTreeSet::new(), &all, &Ledger::default(), &naive).expect("three people");
    assert_eq!((found.group.as_str(), found.fewer_than), ("chose:department=works", 5));

    for (page, language, hidden) in [("privacy.md", Language::Japanese, "表示しません"), ("privacy.en.md", Language::English, "not shown")]
    {
        let path = format!("{}/docs/manual/content/pages/{page}", env!("CARGO_MANIFEST_DIR"));
        let manual = std::fs::read_to_string(path).expect("a page of the manual");
        let mut rows = exhibit.rows.iter();
        let everybody = rows.next().expect("everybody");
        assert!(manual.contains(&format!("| {} | {} |", everybody.label.in_language(language), everybody.n.expect("shown"))), "{page}");
        for (row, (code, ja, en, n, yes)) in rows.zip(departments) {
            let name = if language == Language::Japanese { ja } else { en };
            assert_eq!(row.id, code);
            assert!(manual.contains(&format!("| {name} | {n} | {yes} |")), "{page}: what {name} answered");
            let told = row.n.map_or_else(|| hidden.to_owned(), |n| n.to_string());
            assert!(manual.contains(&format!("| {name} | {told} |")), "{page}: {name} is {told}");
        }
        let why = exhibit
            .notes
            .iter()
            .find(|note| manual.contains(&format!("> **{}** {}", note.lead.in_language(language), note.text.in_language(language))));
        assert!(why.is_some(), "{page}: the note of the chart is not there");
    }
}

/// Whether a set of people is a combination of rows: then whatever is summed over the rows is known of the set.
fn follows(rows: &[BTreeSet<usize>], atoms: &[BTreeSet<usize>], set: &[usize]) -> bool {
    let row = |people: &BTreeSet<usize>| atoms.iter().map(|atom| i128::from(atom.is_subset(people))).collect::<Vec<i128>>();
    let mut all: Vec<Vec<i128>> = rows.iter().map(row).collect();
    let without = rank(all.clone());
    all.push((0..atoms.len()).map(|atom| i128::from(set.contains(&atom))).collect());
    rank(all) == without
}

/// Of 20 people or more, whom these rows tell of by number, nearly all chose one thing: what the row of such people would not say.
fn of_one_mind(rows: &[BTreeSet<usize>], chose: &BTreeSet<usize>) -> Option<BTreeSet<usize>> {
    let mut atoms: BTreeMap<Vec<bool>, BTreeSet<usize>> = BTreeMap::new();
    for person in rows.iter().flatten() {
        atoms.entry(rows.iter().map(|row| row.contains(person)).collect()).or_default().insert(*person);
    }
    let atoms: Vec<BTreeSet<usize>> = atoms.into_values().collect();
    (1_usize..1 << atoms.len()).find_map(|set| {
        let set: Vec<usize> = (0..atoms.len()).filter(|atom| set >> atom & 1 == 1).collect();
        let people: BTreeSet<usize> = set.iter().flat_map(|atom| atoms[*atom].iter().copied()).collect();
        let alike = people.intersection(chose).count();
        (people.len() >= 20 && 20 * alike >= 19 * people.len() && follows(rows, &atoms, &set)).then_some(people)
    })
}

/// «Nearly all» is told of no difference by its number: neither of the others of a department, nor of those who came since.
#[test]
#[allow(clippy::print_stdout)]
fn no_difference_tells_that_nearly_all_chose_one_thing() {
    let (mut naive, mut shown, mut surveys) = (0, 0, 0);
    for seed in 0..60_u64 {
        let mut chance = Chance(seed);
        let (dept, age) = (attribute("dept", &["x", "y", "z"]), attribute("age", &["old", "new"]));
        let segments = if chance.one_in(2) { vec![vec![dept]] } else { vec![vec![dept.clone()], vec![age.clone()], vec![dept, age]] };
        let asked = vec![variable("wish", Measure::Nominal(categories(["yes", "no", "maybe"])))];
        let survey = SurveyShape { k: 5, segments, publish: Publish::Rolling, ..shape(asked) };
        let (mut batches, mut ledger, mut people) = (Vec::new(), Ledger::default(), Vec::<(String, String, usize)>::new());
        let mut exact: [Vec<BTreeSet<usize>>; 3] = Default::default();
        let mut rows = exact.clone();
        let alike = (["x", "y", "z"][chance.below(3)], chance.one_in(2));
        for build in 0..2 {
            let all_alike = build == 1 && chance.one_in(3);
            let sheets: Vec<Sheet> = (0..chance.below(50) + 40)
                .map(|_| {
                    let (dept, age) = (["x", "x", "y", "y", "z"][chance.below(5)], ["old", "new"][chance.below(2)]);
                    let one_mind = all_alike || (dept == alike.0 && (alike.1 || age == "old"));
                    let wish = if one_mind { 0 } else { chance.below(3) };
                    people.push((dept.to_owned(), age.to_owned(), wish));
                    let wish = choice(["yes", "no", "maybe"][wish]);
                    Sheet::from([("dept".to_owned(), choice(dept)), ("age".to_owned(), choice(age)), ("wish".to_owned(), wish)])
                })
                .collect();
            batches.push(batch(build + 1, &sheets));
            let published = publish(&survey, &batches, &ledger);
            ledger.record(published.publication.clone());
            assert_eq!(publish(&survey, &batches, &ledger).exhibits, published.exhibits, "again the same");
            for exhibit in published.exhibits.iter().filter(|(name, _)| name.starts_with("wish-by-")).map(|(_, exhibit)| exhibit) {
                for row in &exhibit.rows {
                    let codes: Vec<&str> = row.id.split('-').filter(|code| *code != "everybody").collect();
                    let holds = |(dept, age, _): &(String, String, usize)| codes.iter().all(|code| *code == dept || *code == age);
                    let own: BTreeSet<usize> = (0..people.len()).filter(|person| holds(&people[*person])).collect();
                    for class in 0..3 {
                        let chose = own.iter().filter(|person| people[**person].2 == class).count();
                        let by_number = 20 * chose < 19 * own.len() && 20 * chose > own.len();
                        if own.len() >= 5 && by_number {
                            rows[class].push(own.clone());
                        }
                        // A row that stands as before was told then
                        if row.n == Some(own.len() as u64) && row.figures[class].count.is_some() {
                            exact[class].push(own.clone());
                            shown += 1;
                        }
                    }
                }
            }
        }
        surveys += 1;
        for class in 0..3 {
            let chose: BTreeSet<usize> = (0..people.len()).filter(|person| people[*person].2 == class).collect();
            naive += usize::from(of_one_mind(&rows[class], &chose).is_some());
            let found = of_one_mind(&exact[class], &chose);
            assert_eq!(found.map(|people| people.len()), None, "survey {seed}, class {class}");
        }
    }
    println!("{surveys} surveys: {naive} would tell, {shown} numbers shown");
    assert!(naive > surveys / 3 && shown > 10 * surveys, "{naive} of {surveys}, {shown} shown");
}
