//! Which answers go together with an outcome: what is found, what is not computed and why, and that nobody who left something empty can
//! be worked out from it.

use crate::disclosure_oracle::{Told, find};
use crate::statistics_sheets::{Sheet, batch, batches, categories, choice, points, scale, shape, variable};
use shirube::estimate::{Observations, importance, importance_shares};
use shirube::language::{Language, Text};
use shirube::statistics::{Analysis, Ledger, Published, Rules, SurveyShape, attack, publish};
use shirube::survey::exhibit::Kind;
use shirube::survey::figure::State;
use shirube::survey::scoring::Method;
use shirube::survey::{Answer, Attribute, Exhibit, Measure, Value};
use std::collections::{BTreeMap, BTreeSet};

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

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
}

fn analysis(outcome: &str, of: &[&str], minimum: u64) -> Analysis {
    Analysis { id: format!("drivers-{outcome}"), outcome: outcome.to_owned(), of: of.iter().map(|id| (*id).to_owned()).collect(), minimum }
}

/// A closed survey of an outcome, two scales' worth of items and one that has nothing to do with it.
fn survey(analyses: Vec<Analysis>) -> SurveyShape {
    let ids = ["leave", "load_a", "load_b", "bond_a", "bond_b", "apart"];
    let scales = vec![
        scale("load", &["load_a", "load_b"], &[], 2, Method::Mean, &[]),
        scale("bond", &["bond_a", "bond_b"], &[], 2, Method::Mean, &[]),
    ];
    SurveyShape { closed: true, scales, analyses, ..shape(ids.map(|id| variable(id, points(5))).into()) }
}

/// People whose wish to leave rises with their load and falls with their bonds; every so manieth leaves an item empty.
fn people(n: u64, seed: u64, empty: u64) -> Vec<Sheet> {
    let mut chance = Chance(seed);
    (0..n)
        .map(|_| {
            let (load, bond, noise) = (chance.below(5), chance.below(5), chance.below(5));
            let near = |chance: &mut Chance, of: u64| (of + chance.below(3)).clamp(1, 5);
            let leave = (2 * load + 4 - bond + noise).div_ceil(4).clamp(1, 5);
            let mut sheet = Sheet::from([("leave".to_owned(), choice(leave))]);
            for (id, of) in [("load_a", load), ("load_b", load), ("bond_a", bond), ("bond_b", bond)] {
                sheet.insert(id.to_owned(), choice(near(&mut chance, of)));
            }
            sheet.insert("apart".to_owned(), choice(1 + chance.below(5)));
            if empty > 0 && chance.below(empty) == 0 {
                let id = ["load_a", "bond_b", "apart"][usize::try_from(chance.below(3)).expect("small")];
                sheet.insert(id.to_owned(), Answer::Skipped);
            }
            sheet
        })
        .collect()
}

fn told(shape: &SurveyShape, sheets: &[Sheet]) -> Published {
    publish(shape, &batches(sheets, [sheets.len()]), &Ledger::default())
}

fn both(text: &Text) -> (&str, &str) {
    (text.in_language(Language::Japanese), text.in_language(Language::English))
}

fn values(exhibit: &Exhibit) -> BTreeMap<&str, Option<f64>> {
    exhibit.rows.iter().map(|row| (row.id.as_str(), row.figures[0].value)).collect()
}

fn point(sheet: &Sheet, id: &str) -> Option<f64> {
    match sheet[id].value()? {
        Value::Choice(code) => code.parse().ok(),
        _ => None,
    }
}

/// Where it is known how many people the survey is about, intervals of relations stay those that their titles were made of.
#[test]
fn a_known_population_leaves_relations_as_they_were_tested() {
    let sheets = people(400, 7, 6);
    let of =
        |population: Option<u64>| told(&SurveyShape { population, ..survey(vec![analysis("leave", &["load", "bond"], 100)]) }, &sheets);
    let (plain, known) = (of(None), of(Some(420)));
    for id in ["drivers-leave", "drivers-leave-coefficients"] {
        assert_eq!(plain.exhibits[id], known.exhibits[id], "{id}");
    }
    // The scores beside the importance are those that stand elsewhere
    let figure =
        |published: &Published, row: usize, class: usize| published.exhibits["drivers-leave-field"].rows[row].figures[class].clone();
    assert_eq!(figure(&plain, 0, 0), figure(&known, 0, 0));
    assert_ne!(figure(&plain, 0, 1).interval, figure(&known, 0, 1).interval);
}

#[test]
fn what_was_planted_is_found_and_no_more_than_that() {
    let of = ["load", "bond", "apart"];
    let sheets = people(400, 7, 6);
    let published = told(&survey(vec![analysis("leave", &of, 100)]), &sheets);
    // The same by the functions that are held to SciPy
    let rows = sheets.iter().filter_map(|sheet| {
        let both = |one: &str, other: &str| Some((point(sheet, one)? + point(sheet, other)?) / 2.0);
        Some(vec![both("load_a", "load_b")?, both("bond_a", "bond_b")?, point(sheet, "apart")?, point(sheet, "leave")?])
    });
    let all = Observations::from_rows(4, rows.map(|row| (row, 1))).expect("numbers");
    assert!(all.n() < 360, "some left something empty");
    let (found, shares) = (importance(&all).expect("a relation"), importance_shares(&all).expect("shares"));
    let bars = &published.exhibits["drivers-leave"];
    for (id, (share, interval)) in of.iter().zip(&shares) {
        let figure = &bars.rows.iter().find(|row| row.id == *id).expect("a row").figures[0];
        let whole = |share: f64| (100.0 * share).round();
        assert_eq!(figure.value, Some(whole(*share)), "{id}: whole per cents and no more");
        let told = figure.interval.expect("an interval");
        assert_eq!((told.low, told.high, figure.n), ((100.0 * interval.low).floor(), (100.0 * interval.high).ceil(), Some(all.n())));
    }
    assert_eq!(bars.rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), of, "the largest first");
    let (ja, en) = both(&bars.title);
    assert!(ja.starts_with("「質問 leave」ともっとも関連するのは「尺度 load」です（関連の"), "{ja}");
    assert!(en.starts_with("“Scale load” goes together most with “Question leave” ("), "{en}");
    assert!(both(&bars.notes[0].text).0.contains(&format!("R²={:.2}", found.regression.r_squared)));
    assert!(both(&bars.asked).1.contains("not necessarily cause"));

    let coefficients = &published.exhibits["drivers-leave-coefficients"];
    assert_eq!(coefficients.kind, Kind::Path);
    let signs: Vec<(bool, bool)> = coefficients
        .rows
        .iter()
        .map(|row| row.figures[0].interval.map(|interval| (interval.low > 0.0, interval.high < 0.0)).expect("an interval"))
        .collect();
    assert_eq!(signs, [(true, false), (false, true), (false, false)], "up, down, nothing");
    for (row, (own, interval)) in
        coefficients.rows.iter().zip(found.regression.coefficients.iter().zip(found.regression.together().expect("intervals")))
    {
        let places = |value: f64| (100.0 * value).round() / 100.0;
        assert_eq!(row.figures[0].value, Some(places(own.beta)));
        assert_eq!(row.figures[0].interval.map(|told| told.low), Some((100.0 * interval.low).floor() / 100.0 + 0.0));
    }
    assert_eq!(
        both(&coefficients.title).1,
        "With the others equal, “Question leave” is higher among people with more of “Scale load”, and lower with more of “Scale bond”"
    );
    // A scale and a question have no score in common
    assert!(!published.exhibits.contains_key("drivers-leave-field"));
    let published = told(&survey(vec![analysis("leave", &["load", "bond"], 100)]), &sheets);
    let field = &published.exhibits["drivers-leave-field"];
    assert_eq!((field.kind, field.rows.len()), (Kind::Quadrant, 2));
    for row in &field.rows {
        assert_eq!(row.figures[0].value, values(&published.exhibits["drivers-leave"])[row.id.as_str()]);
        assert_eq!(row.figures[1].value, published.moments[&row.id].mean.value, "the score that is told of everybody");
    }
}

#[test]
fn what_is_not_computed_says_why() {
    let small = told(&survey(vec![analysis("leave", &["load", "bond"], 100)]), &people(99, 7, 0));
    let chance = {
        let mut sheets = people(200, 7, 0);
        let mut free = Chance(3);
        sheets.iter_mut().for_each(|sheet| drop(sheet.insert("leave".to_owned(), choice(1 + free.below(5)))));
        told(&survey(vec![analysis("leave", &["load", "bond"], 100)]), &sheets)
    };
    let same = {
        let mut sheets = people(200, 7, 0);
        sheets.iter_mut().skip(10).for_each(|sheet| drop(sheet.insert("apart".to_owned(), choice(3))));
        told(&survey(vec![analysis("leave", &["load", "apart"], 100)]), &sheets)
    };
    let copy = |outcome: &str, of: &[&str]| {
        let mut sheets = people(200, 7, 0);
        sheets.iter_mut().for_each(|sheet| drop(sheet.insert("apart".to_owned(), sheet["leave"].clone())));
        told(&survey(vec![analysis(outcome, of, 100)]), &sheets)
    };
    for (published, id, ja, en) in [
        (&small, "drivers-leave", "100人に満たないか", "fewer than 100 people"),
        (&chance, "drivers-leave", "偶然と区別できません", "can’t tell a relation from chance"),
        (&same, "drivers-leave", "「質問 apart」は、ほとんどの人", "nearly everyone (95% or more) gave the same answer: “Question apart”"),
        (&copy("load", &["leave", "apart"]), "drivers-load", "似た項目を一つに", "Keep one of those"),
        (&copy("leave", &["apart", "bond"]), "drivers-leave", "似た項目を一つに", "Keep one of those"),
    ] {
        let exhibit = &published.exhibits[id];
        assert!(exhibit.rows.iter().all(|row| row.figures.iter().all(|figure| figure.value.is_none())), "{id}");
        let why = both(&exhibit.notes.last().expect("a reason").text);
        assert!(why.0.contains(ja) && why.1.contains(en), "{why:?}");
    }
    assert!(!small.exhibits.contains_key("drivers-leave-coefficients"));
    assert!(!small.publication.as_ref().expect("figures").groups.keys().any(|key| key.contains("together")), "nothing was told of them");
    // Nothing can be told of the whole; that no item has a coefficient can
    assert!(both(&chance.exhibits["drivers-leave-coefficients"].title).0.ends_with("関連があると言える項目はありません"));
}

/// Where only few left something empty, their answers would be what is left over.
#[test]
fn few_who_left_something_empty_make_the_figures_round() {
    let mut sheets = people(600, 11, 0);
    sheets[0].insert("apart".to_owned(), Answer::Skipped);
    sheets[1].insert("apart".to_owned(), Answer::Skipped);
    let shape = survey(vec![analysis("leave", &["load", "bond", "apart"], 100)]);
    let published = told(&shape, &sheets);
    let bars = &published.exhibits["drivers-leave"];
    for row in &bars.rows {
        let figure = &row.figures[0];
        let interval = figure.interval.expect("six hundred are enough for one");
        for value in [figure.value.expect("a share"), interval.low, interval.high] {
            assert!(value % 5.0 == 0.0, "{value}");
        }
        assert_eq!(figure.state, State::Given);
    }
    let steps = |published: &Published| {
        let note = published.exhibits["drivers-leave"].notes.iter().find(|note| both(&note.lead).1 == "Rounded").expect("it says so");
        both(&note.text).1.to_owned()
    };
    assert!(steps(&published).contains("R² and coefficients in steps of 0.05"), "{}", steps(&published));
    for row in &published.exhibits["drivers-leave-coefficients"].rows {
        let figure = &row.figures[0];
        let interval = figure.interval.expect("an interval");
        for value in [figure.value.expect("a coefficient"), interval.low, interval.high] {
            assert!((value * 20.0 - (value * 20.0).round()).abs() < 1e-9, "{value}");
        }
    }
    // Of fewer people fewer sums would fit such a step
    for (n, k, told) in [(300, 5, "steps of 0.1,"), (110, 20, "without intervals and coefficients")] {
        let mut fewer = people(n, 11, 0);
        fewer[0].insert("apart".to_owned(), Answer::Skipped);
        let published = self::told(&SurveyShape { k, ..shape.clone() }, &fewer);
        assert!(steps(&published).contains(told), "{n}: {}", steps(&published));
        assert_eq!(published.exhibits.contains_key("drivers-leave-coefficients"), told.starts_with("steps"));
    }
    let key = |published: &Published, word: &str| {
        let groups = published.publication.as_ref().expect("figures").groups.keys().cloned().collect::<Vec<_>>();
        groups.iter().any(|key| key.contains("/together:") && key.ends_with(word))
    };
    assert!(key(&published, "apart=1|2|3|4|5&answered:leave=1|2|3|4|5&scored:2:bond_a+bond_b&scored:2:load_a+load_b"), "{published:?}");
    assert!(!key(&published, ";exact"));
    // Five of them are as many as may be told
    for sheet in &mut sheets[2..5] {
        sheet.insert("apart".to_owned(), Answer::Skipped);
    }
    let published = told(&shape, &sheets);
    assert!(published.exhibits["drivers-leave"].notes.iter().all(|note| both(&note.lead).1 != "Rounded") && key(&published, ";exact"));
    // Had the two been told all the same
    let mut naive = told(&shape, &{
        let mut sheets = people(600, 11, 0);
        sheets[0].insert("apart".to_owned(), Answer::Skipped);
        sheets[1].insert("apart".to_owned(), Answer::Skipped);
        sheets
    })
    .publication
    .expect("figures");
    let (line, n) = naive.groups.iter().find(|(key, _)| key.contains("/together:")).map(|(key, n)| (key.clone(), *n)).expect("a line");
    naive.groups.insert(format!("{line};exact"), n);
    let mut left = people(600, 11, 0);
    left[0].insert("apart".to_owned(), Answer::Skipped);
    left[1].insert("apart".to_owned(), Answer::Skipped);
    let found = attack(&Rules::of(5, false, false), &std::collections::BTreeSet::new(), &batches(&left, [600]), &Ledger::default(), &naive);
    assert!(found.is_some_and(|found| found.group.contains("/together:")), "the attacker sees the two");
}

/// Random surveys in five builds each: with everything that was ever told to the last place of anything taken for sums, an oracle that
/// tries every set of people finds nobody.
#[test]
#[allow(clippy::print_stdout)]
fn nobody_can_be_worked_out_from_relations() {
    let (mut exact, mut rounded, mut as_before, mut builds) = (0, 0, 0, 0);
    for seed in 0..if cfg!(debug_assertions) { 40 } else { 200 } {
        let mut chance = Chance(seed);
        let attribute = Attribute {
            id: "dept".into(),
            place: crate::statistics_sheets::nowhere(),
            text: Text::pair("部署", "Department"),
            values: categories(["x", "y", "z"]),
            cohort: None,
        };
        let mut open = SurveyShape {
            segments: vec![vec![attribute]],
            ..shape(vec![variable("a", points(3)), variable("b", points(3)), variable("c", points(3)), variable("h", Measure::Number)])
        };
        open.analyses = vec![analysis("a", &["b", "c"], 12), analysis("h", &["a", "b"], 12)];
        open.analyses[1].id = "drivers-h".into();
        let (mut all, mut ledger, mut number) = (Vec::new(), Ledger::default(), 0);
        let mut families: BTreeMap<String, Vec<Told>> = BTreeMap::new();
        for build in 0..5 {
            let n = if build == 0 { 30 + chance.below(20) } else { 1 + chance.below(14) };
            let sheets: Vec<Sheet> = (0..n)
                .map(|_| {
                    number += 1;
                    let mut sheet = Sheet::from([
                        ("#".to_owned(), choice(number)),
                        ("dept".to_owned(), choice(["x", "x", "x", "y", "y", "z"][chance.below(6) as usize])),
                        ("h".to_owned(), Answer::Given(Value::Number(chance.below(40).to_string()))),
                    ]);
                    for id in ["a", "b", "c"] {
                        sheet.insert(id.to_owned(), choice(1 + chance.below(3)));
                    }
                    if seed % 3 > 0 && chance.below(8) == 0 {
                        sheet.insert(["a", "b", "c", "h"][chance.below(4) as usize].to_owned(), Answer::Skipped);
                    }
                    sheet
                })
                .collect();
            all.push(batch(build + 1, &sheets));
            open.closed = build == 4;
            let published = publish(&open, &all, &ledger);
            builds += 1;
            let Some(publication) = published.publication.clone() else { continue };
            let rules = Rules::of(5, false, false);
            assert_eq!(
                attack(&rules, &std::collections::BTreeSet::new(), &all, &ledger, &publication),
                None,
                "survey {seed}, build {build}"
            );
            for told in families.values_mut().flatten() {
                told.new = false;
            }
            for (key, n) in &publication.groups {
                let Some((group, summed)) = key.split(';').next().and_then(|line| line.split_once('/')) else { continue };
                let given = |sheet: &Sheet, rest: &str| {
                    let id = rest.split(':').nth(1).and_then(|rest| rest.split('=').next()).expect("a name");
                    sheet[id].value().is_some()
                };
                let sheets = all.iter().filter(|batch| batch.number <= publication.batches).flat_map(|batch| {
                    let of =
                        |row: usize| batch.columns.iter().map(move |(id, column)| (id.clone(), column[row].clone())).collect::<Sheet>();
                    (0..batch.n as usize).map(of).collect::<Vec<_>>()
                });
                let belongs = |sheet: &Sheet| {
                    let segment = group.strip_prefix("chose:dept=").is_none_or(|code| sheet["dept"] == choice(code));
                    let parts = summed.strip_prefix("together:").unwrap_or(summed);
                    segment && parts.split('&').all(|part| given(sheet, part))
                };
                let people: BTreeSet<usize> =
                    sheets.filter(belongs).map(|sheet| point(&sheet, "#").map(|number| number as usize).expect("a number")).collect();
                assert_eq!(people.len() as u64, *n, "{key}");
                match summed.strip_prefix("together:") {
                    // Taken for the sum of each answer in it
                    Some(parts) if key.ends_with(";exact") => {
                        exact += 1;
                        for part in parts.split('&') {
                            families.entry(part.to_owned()).or_default().push(Told { people: people.clone(), new: true });
                        }
                    }
                    Some(_) => {
                        rounded += usize::from(!publication.groups.contains_key(&format!("{key};exact")));
                        families.entry(summed.to_owned()).or_default().push(Told { people, new: true });
                    }
                    None if !key.contains(';') => families.entry(summed.to_owned()).or_default().push(Told { people, new: true }),
                    None => {}
                }
            }
            as_before += usize::from(!publication.groups.keys().any(|key| key.contains("/together:")));
            ledger.record([publication]);
            for (name, told) in &families {
                let found = find(told, &BTreeSet::new(), 5);
                assert!(found.is_none(), "survey {seed}, build {build}: {name} tells {found:?}");
            }
        }
    }
    println!("{builds} builds: {exact} relations to the last place, {rounded} rounded, {as_before} builds without a new one");
    assert!(exact > 20 && rounded > 20, "both ways are tried: {exact}, {rounded}");
}

/// Once shown, a relation stands until the next step of k people.
#[test]
fn between_two_steps_it_stands_as_it_was() {
    let open = SurveyShape { closed: false, ..survey(vec![analysis("leave", &["load", "bond"], 100)]) };
    let sheets = people(400, 5, 9);
    let all = batches(&sheets, [200, 3, 30]);
    let first = publish(&open, &all[..1], &Ledger::default());
    let ledger = Ledger::new(first.publication.clone());
    let few = publish(&open, &all[..2], &ledger);
    assert_eq!(few.exhibits["drivers-leave"], first.exhibits["drivers-leave"], "three more move nothing");
    let more = publish(&open, &all, &ledger);
    assert!(more.exhibits["drivers-leave"].rows[0].n > first.exhibits["drivers-leave"].rows[0].n);
}
