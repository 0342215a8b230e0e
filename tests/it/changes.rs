//! The same people before and after: what is told of them, and that nobody who came only once can be worked out from it.

use crate::disclosure_oracle::{Told, find};
use crate::statistics_sheets::{Sheet, batch, choice, points, scale, shape, variable};
use shirube::estimate::{Pairs, holm, paired, wilcoxon};
use shirube::language::{Language, Text};
use shirube::statistics::{Ledger, PairedItem, Pairing, Published, Rules, Side, SurveyShape, attack, publish, tell_paired};
use shirube::survey::exhibit::Kind;
use shirube::survey::pairing::{join, joined_name};
use shirube::survey::question::Favourable;
use shirube::survey::scoring::Method;
use shirube::survey::{Answer, Batch, Exhibit, Value};
use std::collections::{BTreeMap, BTreeSet};

/// A small generator of numbers that look like chance (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }
}

const ITEMS: [&str; 3] = ["mood", "calm", "load"];

/// What of them is told before and after.
const ITEMS_TOLD: [&str; 3] = ["mood", "load", "both"];

/// Three questions and a scale of two of them, before and after.
fn survey(side: Side, pairs_only: bool, held: &dyn Fn(&str) -> bool) -> SurveyShape {
    let (own, other) = if side == Side::After { ("after", "before") } else { ("before", "after") };
    let named = |id: &str| joined_name(id, other);
    let both = scale("both", &["mood", "calm"], &[], 2, Method::Mean, &[]);
    let items = ["mood", "load", "both"].map(|id| PairedItem {
        id: id.to_owned(),
        joined: named(id),
        scale: (id == "both")
            .then(|| shirube::survey::Scale { items: both.items.iter().map(|item| named(item)).collect(), ..both.clone() }),
        held: held(id),
    });
    let pairing = Pairing {
        id: if side == Side::After { "change-before".to_owned() } else { "after:change-before".to_owned() },
        side,
        other_title: Text::plain(other),
        before: Text::pair("前", "Before"),
        after: Text::pair("後", "After"),
        items: items.into(),
        pairs_only,
        ready: true,
    };
    SurveyShape {
        id: own.into(),
        closed: true,
        favourable: [("load".to_owned(), Favourable::Low)].into(),
        scales: vec![both],
        pairings: vec![pairing],
        ..shape(ITEMS.map(|id| variable(id, points(5))).into())
    }
}

/// People by their codes; `up`: how far their mood rises.
fn people(codes: impl IntoIterator<Item = u64>, wave: u64, up: u64, empty: u64) -> Vec<Sheet> {
    codes
        .into_iter()
        .map(|code| {
            let mut own = Chance(code);
            let (mood, calm, load) = (1 + own.below(3), 1 + own.below(3), 1 + own.below(5));
            let mut now = Chance(1000 * wave + code);
            let noise = now.below(2);
            let mut sheet = Sheet::from([
                ("own_code".to_owned(), choice(format!("AB{code:03}"))),
                ("mood".to_owned(), choice((mood + up + noise).min(5))),
                ("calm".to_owned(), choice((calm + up + now.below(2)).min(5))),
                ("load".to_owned(), choice((load + now.below(3)).saturating_sub(1).clamp(1, 5))),
            ]);
            if empty > 0 && now.below(empty) == 0 {
                sheet.insert(ITEMS[now.below(3) as usize].to_owned(), Answer::Skipped);
            }
            sheet
        })
        .collect()
}

fn stored(survey: &str, sheets: &[Sheet]) -> Vec<Batch> {
    vec![Batch { survey: survey.into(), ..batch(1, sheets) }]
}

/// Both surveys with the answers of the other beside them.
fn beside(before: &[Sheet], after: &[Sheet]) -> (Vec<Batch>, Vec<Batch>) {
    let (one, other) = (stored("before", before), stored("after", after));
    let columns: BTreeSet<String> = ITEMS.map(str::to_owned).into();
    (join(&one, "after", &other, "own_code", &columns), join(&other, "before", &one, "own_code", &columns))
}

/// What is told of both, the earlier one first.
fn told(before: &[Sheet], after: &[Sheet], pairs_only: bool) -> (Published, Published) {
    let (one, other) = beside(before, after);
    let first = publish(&survey(Side::Before, pairs_only, &|_| false), &one, &Ledger::default());
    let held = |id: &str| !first.paired.contains(&format!("after:change-before/{id}"));
    let second = publish(&survey(Side::After, pairs_only, &held), &other, &Ledger::default());
    (first, second)
}

fn point(sheet: &Sheet, id: &str) -> Option<f64> {
    match sheet[id].value()? {
        Value::Choice(code) => code.parse().ok(),
        _ => None,
    }
}

fn value(sheet: &Sheet, id: &str) -> Option<f64> {
    if id == "both" { Some((point(sheet, "mood")? + point(sheet, "calm")?) / 2.0) } else { point(sheet, id) }
}

/// The pairs by hand.
fn pairs(before: &[Sheet], after: &[Sheet], id: &str) -> Pairs {
    let once = |sheets: &[Sheet]| -> BTreeMap<String, Option<f64>> {
        let mut all: BTreeMap<String, Vec<Option<f64>>> = BTreeMap::new();
        for sheet in sheets {
            let Some(Value::Choice(code)) = sheet["own_code"].value() else { continue };
            all.entry(code.clone()).or_default().push(value(sheet, id));
        }
        all.into_iter().filter(|(_, values)| values.len() == 1).map(|(code, values)| (code, values[0])).collect()
    };
    let (one, other) = (once(before), once(after));
    let both = one.iter().filter_map(|(code, first)| Some(((*first)?, (*other.get(code)?)?)));
    let (first, second): (Vec<f64>, Vec<f64>) = both.unzip();
    Pairs::of(&first, &second).expect("numbers")
}

fn english(text: &Text) -> &str {
    text.in_language(Language::English)
}

fn contrast<'e>(exhibit: &'e Exhibit, id: &str) -> Option<&'e shirube::survey::Figure> {
    let row = exhibit.rows.iter().position(|row| row.id == id)?;
    exhibit.details.contrasts.iter().find(|contrast| contrast.from.row == row).map(|contrast| &contrast.figure)
}

#[test]
fn the_same_people_are_found_and_nobody_else() {
    let before = people(0..60, 1, 0, 0);
    // Ten new ones, ten who did not come back, two who made up the same code, one who mistyped
    let mut after = people(10..70, 2, 1, 0);
    let twice = after[5].clone();
    after.push(twice);
    let lower = |sheet: &mut Sheet| drop(sheet.insert("own_code".to_owned(), choice("AB0O1")));
    lower(&mut after[7]);
    let (first, second) = told(&before, &after, false);
    assert_eq!(first.paired.len(), 3);
    let exhibit = &second.exhibits["change-before"];
    assert_eq!((exhibit.kind, exhibit.range), (Kind::Dumbbell, Some((1.0, 5.0))));
    let raw = ITEMS_TOLD.map(|id| paired(&pairs(&before, &after, id)).expect("a change").p);
    let adjusted = holm(&raw).expect("three tests");
    for id in ITEMS_TOLD {
        let pairs = pairs(&before, &after, id);
        assert_eq!(pairs.n(), 48, "fifty, less the doubled and the mistyped one");
        let row = exhibit.rows.iter().find(|row| row.id == id).expect("a row");
        let test = paired(&pairs).expect("a change");
        assert_eq!(row.n, Some(48));
        assert_eq!(row.figures[0].value, pairs.first().mean());
        assert_eq!(row.figures[1].value, pairs.second().mean());
        let change = contrast(exhibit, id).expect("a change");
        let place = ITEMS_TOLD.iter().position(|known| *known == id).expect("an item");
        assert_eq!((change.value, change.interval, change.p), (Some(test.change), Some(test.interval), Some(adjusted[place])));
        let note = exhibit.notes.iter().find(|note| note.lead == row.label).expect("its tests");
        let wanted = format!("d = {:.2}", test.d_z.size);
        assert!(english(&note.text).contains(&wanted), "{wanted}: {}", english(&note.text));
        assert!(english(&note.text).contains(&format!("t({}) = {:.2}", 47, test.t)));
        // The one that the title judges by stands in the note
        let p = adjusted[place];
        let p = if p < 0.001 { "p<0.001".to_owned() } else { format!("p={p:.3}") };
        assert!(english(&note.text).contains(&format!("{p}, d = ")), "{p}: {}", english(&note.text));
        assert!(wilcoxon(&pairs).is_ok() && english(&note.text).contains("Wilcoxon"));
        // Up is the favourable way, but for the load
        let people = second.exhibits["change-before-people"].rows.iter().find(|row| row.id == id).expect("a row");
        let count = |holds: fn(f64) -> bool| {
            pairs.differences().expect("differences").iter().filter(|(by, _)| holds(*by)).map(|(_, n)| n).sum::<u64>()
        };
        let (up, down) = (count(|by| by > 0.0), count(|by| by < 0.0));
        let better = if id == "load" { down } else { up };
        assert!(people.figures[0].count.is_none_or(|told| told == better), "{id}");
        assert!(people.figures[0].count.is_some() || 20 * better >= 19 * 48 || 20 * better <= 48);
    }
    assert_eq!(english(&exhibit.title), "After: higher in “Question mood” and “Scale both”");
    assert!(
        second
            .publication
            .expect("figures")
            .groups
            .contains_key("everybody/together:answered:load=1|2|3|4|5&answered:load@before=1|2|3|4|5;exact")
    );
    let text = serde_json::to_string(&(first.exhibits, second.exhibits)).expect("JSON");
    assert!(!text.contains("AB0") && !text.contains("own_code"), "no code leaves");
}

/// How many could not be paired is told of published counts, and not where they are fewer than k.
#[test]
fn it_is_told_how_many_could_be_paired() {
    let note = |before: &[Sheet], after: &[Sheet]| {
        let (first, second) = told(before, after, true);
        let mut exhibit = second.exhibits["change-before"].clone();
        tell_paired(&mut exhibit, first.shown, second.shown, 5);
        let note = exhibit.notes.iter().find(|note| english(&note.lead) == "How many are paired").expect("how many");
        (note.text.in_language(Language::Japanese).to_owned(), english(&note.text).to_owned())
    };
    let (ja, en) = note(&people(0..60, 1, 0, 0), &people(10..75, 2, 1, 0));
    assert!(ja.starts_with("前に答えた60人、後に答えた65人のうち、組にできたのは50人です（前の83%、後の77%）。"), "{ja}");
    assert!(
        en.starts_with("Of 60 who answered before and 65 after, 50 could be paired (83% of those before, 77% of those after)."),
        "{en}"
    );
    // Three came only before; nobody did
    let few = note(&people(0..23, 1, 0, 0), &people(3..33, 2, 1, 0));
    assert!(few.0.contains("5人に満たない回がある") && !few.1.contains("20"), "{few:?}");
    assert_eq!(note(&people(0..30, 1, 0, 0), &people(0..30, 2, 1, 0)), few);
    // Nothing is shown: nothing is told
    let (_, second) = told(&people(0..23, 1, 0, 0), &people(3..23, 2, 1, 0), false);
    let mut exhibit = second.exhibits["change-before"].clone();
    let notes = exhibit.notes.len();
    tell_paired(&mut exhibit, 23, 20, 5);
    assert_eq!(exhibit.notes.len(), notes);
}

/// The intervals of changes and relations are those that their titles were made of, however many people the survey is about.
#[test]
fn a_known_population_leaves_changes_as_they_were_tested() {
    let (before, after) = (people(0..60, 1, 0, 0), people(5..60, 2, 1, 0));
    let (one, other) = beside(&before, &after);
    let first = publish(&survey(Side::Before, false, &|_| false), &one, &Ledger::default());
    let held = |id: &str| !first.paired.contains(&format!("after:change-before/{id}"));
    let of = |population: Option<u64>| {
        publish(&SurveyShape { population, ..survey(Side::After, false, &held) }, &other, &Ledger::default()).exhibits
    };
    let (plain, known) = (of(None), of(Some(60)));
    for id in ["change-before", "change-before-people"] {
        assert!(plain[id].rows[0].n.is_some());
        assert_eq!(plain[id], known[id], "{id}");
    }
    assert_ne!(plain["mood"], known["mood"]);
}

/// Of whom the share in the title is; where nearly everybody moved, or hardly anybody, it says no number.
#[test]
fn the_title_of_moves_says_whose_share_it_tells() {
    // Of the even codes and of the odd ones
    let sheets = |moods: [[&str; 2]; 2]| -> [Vec<Sheet>; 2] {
        moods.map(|moods| {
            let one = |code: usize| {
                let (own, mood) = (|value: &str| choice(value), moods[code % 2]);
                let load = if code.is_multiple_of(2) { "2" } else { "3" };
                let code = ("own_code".to_owned(), choice(format!("AB{code:03}")));
                Sheet::from([code, ("mood".to_owned(), own(mood)), ("calm".to_owned(), own("3")), ("load".to_owned(), own(load))])
            };
            (0..40).map(one).collect()
        })
    };
    let title = |moods: [[&str; 2]; 2]| {
        let [before, after] = sheets(moods);
        let (_, second) = told(&before, &after, false);
        let title = second.exhibits["change-before-people"].title.clone();
        (title.in_language(Language::Japanese).to_owned(), english(&title).to_owned())
    };
    // Of the even codes everybody's mood rises, and with it the scale that it is one of two parts of
    let (ja, en) = title([["2", "3"], ["4", "3"]]);
    assert_eq!(ja, "好ましいほうへ動いた人がもっとも多いのは「質問 mood」「尺度 both」で、50%です");
    assert_eq!(en, "The favourable move was most frequent in “Question mood” and “Scale both” (50% of people)");
    let (ja, en) = title([["2", "2"], ["4", "4"]]);
    assert_eq!(ja, "「質問 mood」「尺度 both」では、ほとんどの人（95%以上）が好ましいほうへ動きました");
    assert_eq!(en, "In “Question mood” and “Scale both” nearly everyone (95% or more) moved the favourable way");
    let (ja, en) = title([["3", "3"], ["3", "3"]]);
    assert_eq!(ja, "好ましいほうへ動いた人は、ほとんどいません（5%以下）");
    assert_eq!(en, "Hardly anyone (5% or less) moved the favourable way");
}

#[test]
fn whoever_came_once_is_not_what_is_left_over() {
    // Three came only before: all of the pairs are hidden
    let (before, after) = (people(0..23, 1, 0, 0), people(3..23, 2, 1, 0));
    let (first, second) = told(&before, &after, false);
    assert!(first.paired.is_empty(), "the three would be left over");
    for id in ["change-before", "change-before-people"] {
        let exhibit = &second.exhibits[id];
        assert!(exhibit.rows.iter().all(|row| row.n.is_none() && row.figures.iter().all(|figure| figure.value.is_none())));
        assert!(
            exhibit.details.contrasts.is_empty()
                && english(&exhibit.notes.last().expect("why").text).starts_with("Not shown where fewer than 5")
        );
    }
    assert!(!first.publication.expect("figures").groups.keys().any(|key| key.contains('@')));
    // With pairs only there is nothing to take them from
    let (first, second) = told(&before, &after, true);
    assert_eq!((first.paired.len(), second.exhibits["change-before"].rows[0].n), (3, Some(20)));
    for published in [&first, &second] {
        assert!(published.exhibits["mood"].rows.iter().all(|row| row.n.is_none()), "nobody else’s answers are told");
        assert_eq!(published.moments["both"].mean.value, None);
        let keys = &published.publication.as_ref().expect("figures").groups;
        assert!(keys.keys().all(|key| key.contains('@') || !key.contains("mood")), "{keys:?}");
    }
    // Had they been told beside everybody, the attacker in the build would have seen it
    let (one, _) = beside(&before, &after);
    let plain = publish(&SurveyShape { pairings: Vec::new(), ..survey(Side::Before, false, &|_| false) }, &one, &Ledger::default());
    let mut naive = plain.publication.clone().expect("figures");
    naive.groups.insert("everybody/together:answered:mood=1|2|3|4|5&answered:mood@after=1|2|3|4|5;exact".into(), 20);
    assert!(attack(&Rules::of(5, false, false), &std::collections::BTreeSet::new(), &one, &Ledger::default(), &naive).is_some());
    // A score beside its items, where only a few answered some of them
    let (mut before, after) = (people(0..20, 1, 0, 0), people(0..20, 2, 1, 0));
    before[3].insert("calm".to_owned(), Answer::Skipped);
    let some = |shape: SurveyShape| {
        let (one, _) = beside(&before, &after);
        let scales = vec![shirube::survey::Scale { min_answered: 1, ..shape.scales[0].clone() }];
        let mut pairings = shape.pairings.clone();
        pairings[0].items.iter_mut().filter_map(|item| item.scale.as_mut()).for_each(|scale| scale.min_answered = 1);
        publish(&SurveyShape { scales, pairings, ..shape }, &one, &Ledger::default()).paired
    };
    let all = some(survey(Side::Before, true, &|_| false));
    assert!(all.contains("after:change-before/mood") && !all.contains("after:change-before/both"), "{all:?}");
    let alone = some(survey(Side::Before, true, &|id| id != "both"));
    assert!(alone.contains("after:change-before/both"), "without its items a score tells of nobody: {alone:?}");
    let (before, after) = (people(0..23, 1, 0, 0), people(3..23, 2, 1, 0));
    let (one, _) = beside(&before, &after);
    // Where everybody came before anything of pairs was asked, the ledger knows, and pairs only come too late
    let ledger = Ledger::new(plain.publication);
    let late = publish(&survey(Side::Before, true, &|_| false), &one, &ledger);
    assert!(late.paired.is_empty());
}

/// Random courses: whatever is told of both surveys, taken for sums, tells of nobody. Then the pairs change under the hand of somebody who
/// restores or takes back, and nothing new is told.
#[test]
#[allow(clippy::print_stdout)]
fn nobody_can_be_worked_out_from_pairs() {
    let (mut shown, mut hidden, mut only) = (0, 0, 0);
    for seed in 0..120 {
        let mut chance = Chance(seed);
        let (n, gone, new) = (12 + chance.below(30), chance.below(9), chance.below(9));
        let pairs_only = chance.below(3) == 0;
        let empty = [0, 6, 12][chance.below(3) as usize];
        let (before, after) = (people(0..n, 2 * seed, 0, empty), people(gone..n + new, 2 * seed + 1, chance.below(2), empty));
        let (one, other) = beside(&before, &after);
        let (first, second) = told(&before, &after, pairs_only);
        for (published, batches) in [(&first, &one), (&second, &other)] {
            let Some(publication) = &published.publication else { continue };
            assert_eq!(
                attack(&Rules::of(5, false, false), &std::collections::BTreeSet::new(), batches, &Ledger::default(), publication),
                None,
                "course {seed}"
            );
            let mut families: BTreeMap<String, Vec<Told>> = BTreeMap::new();
            for (key, n) in publication.groups.iter().filter(|(key, _)| !key.ends_with(";fine")) {
                let Some(summed) = key.split(';').next().and_then(|line| line.split_once('/')).map(|(_, summed)| summed) else { continue };
                let parts = summed.strip_prefix("together:").unwrap_or(summed);
                let batch = &batches[0];
                let given = |part: &str, row: usize| {
                    let mut words = part.split(':');
                    let names = match words.next() {
                        Some("scored") => words.nth(1).expect("items").split('+').collect::<Vec<_>>(),
                        _ => vec![words.next().and_then(|rest| rest.split('=').next()).expect("a name")],
                    };
                    names.iter().all(|name| batch.columns[*name][row].value().is_some())
                };
                let people: BTreeSet<usize> = (0..batch.n as usize).filter(|row| parts.split('&').all(|part| given(part, *row))).collect();
                assert_eq!(people.len() as u64, *n, "course {seed}: {key}");
                let own = parts.split('&').find(|part| !part.contains('@')).expect("an own answer");
                families.entry(own.to_owned()).or_default().push(Told { people, new: true });
            }
            for (name, told) in &families {
                let found = find(told, &BTreeSet::new(), 5);
                assert!(found.is_none(), "course {seed}: {name} tells {found:?}");
            }
        }
        let rows = &second.exhibits["change-before"].rows;
        shown += rows.iter().filter(|row| row.n.is_some()).count();
        hidden += rows.iter().filter(|row| row.n.is_none()).count();
        only += usize::from(pairs_only && rows.iter().any(|row| row.n.is_some()));
        // Somebody takes back what came after: the pairs are not those of before, so nothing new is told of them
        let fewer = &after[..after.len() - 1];
        let (one, other) = beside(&before, fewer);
        let (ledger, later) = (Ledger::new(first.publication.clone()), Ledger::new(second.publication.clone()));
        let again = publish(&survey(Side::Before, pairs_only, &|_| false), &one, &ledger);
        let held = |id: &str| !again.paired.contains(&format!("after:change-before/{id}"));
        let last = publish(&survey(Side::After, pairs_only, &held), &other, &later);
        for (row, then) in last.exhibits["change-before"].rows.iter().zip(rows) {
            assert!(row.n.is_none() || row.n == then.n, "course {seed}: {:?} after {:?}", row.n, then.n);
        }
    }
    println!("{shown} rows are shown, {hidden} hidden, {only} of pairs only");
    assert!(shown > 60 && hidden > 30 && only > 10, "{shown} {hidden} {only}");
}
