//! Every figure against SciPy and statsmodels (tests/reference/compute.py), and against examples worked by hand.

use crate::statistics_sheets::{Sheet, batch, batches, categories, choice, points, reference_shape, scale, shape, sheet, variable};
use serde_json::Value as Json;
use shirube::estimate::{Agreement, interval};
use shirube::language::{Language, Text};
use shirube::statistics::{Ledger, Published, SurveyShape, publish, set_beside};
use shirube::survey::definition::Publish;
use shirube::survey::exhibit::{Kind, Tone};
use shirube::survey::figure::{Interval, State};
use shirube::survey::question::Favourable;
use shirube::survey::scoring::Method;
use shirube::survey::{Answer, Exhibit, Figure, Measure, Value, Variable};

fn expected(name: &str) -> Json {
    let path = format!("{}/tests/expected/statistics/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{path}: {fault}; tests/reference/prepare --write makes it"));
    serde_json::from_str(&text).expect("well-formed reference values")
}

fn list<'j>(json: &'j Json, key: &str) -> &'j Vec<Json> {
    let entries = json[key].as_array().unwrap_or_else(|| panic!("no list {key}"));
    assert!(entries.len() > 3, "{key} is nearly empty");
    entries
}

fn count(json: &Json) -> u64 {
    json.as_u64().unwrap_or_else(|| panic!("{json} is no count"))
}

#[track_caller]
fn near(found: f64, expected: &Json, what: &str) {
    let expected = expected.as_f64().unwrap_or_else(|| panic!("{what}: no reference"));
    assert!((found - expected).abs() <= 1e-9 * expected.abs() + 1e-12, "{what}: {found}, reference {expected}");
}

#[track_caller]
fn near_interval(found: Option<Interval>, expected: &Json, what: &str) {
    let found = found.unwrap_or_else(|| panic!("{what}: no interval"));
    near(found.low, &expected["low"], what);
    near(found.high, &expected["high"], what);
    assert!((found.level - 0.95).abs() < 1e-15);
}

#[test]
fn intervals_are_those_of_scipy() {
    let reference = expected("intervals");
    for case in list(&reference, "student") {
        let freedom = count(&case["freedom"]);
        near(interval::student(freedom).expect("a quantile"), &case["quantile"], &format!("t with {freedom}"));
    }
    for case in list(&reference, "wilson") {
        near_interval(interval::wilson(count(&case["count"]), count(&case["n"])).ok(), case, &format!("Wilson of {case}"));
    }
    for case in list(&reference, "newcombe") {
        let share = |key: &str| (count(&case[key][0]), count(&case[key][1]));
        near_interval(interval::newcombe(share("a"), share("b")).ok(), case, &format!("Newcombe of {case}"));
    }
}

#[test]
fn means_are_those_of_scipy() {
    for case in list(&expected("intervals"), "samples") {
        let (n, of) = (count(&case["n"]), |key: &str| case[key].as_f64().expect("a number"));
        near_interval(interval::mean(of("mean"), of("deviation"), n).ok(), case, &format!("t interval of {n}"));
        let numbers = case["values"].as_array().expect("values").iter().map(|value| value.as_str().expect("a decimal").to_owned());
        let sheets: Vec<Sheet> = numbers.map(|number| sheet([("years", Answer::Given(Value::Number(number)))])).collect();
        let closed = SurveyShape { closed: true, ..shape(vec![variable("years", Measure::Number)]) };
        let figures = publish(&closed, &batches(&sheets, [n as usize]), &Ledger::default());
        let moments = &figures.moments["years"];
        if n < 5 {
            assert_eq!(moments.mean, Figure::hidden());
            continue;
        }
        near(moments.mean.value.expect("a mean"), &case["mean"], "mean");
        near(moments.deviation.value.expect("a deviation"), &case["deviation"], "deviation");
        near_interval(moments.mean.interval, case, "interval of the mean");
    }
}

fn sheets_of(reference: &Json) -> Vec<Sheet> {
    let answer = |id: &str, json: &Json| match json {
        Json::Array(codes) => Answer::Given(Value::Choices(codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect())),
        Json::String(word) => match word.as_str() {
            "#not-shown" => Answer::NotShown,
            "#skipped" => Answer::Skipped,
            "#declined" => Answer::Declined,
            number if id == "years" => Answer::Given(Value::Number(number.to_owned())),
            code => choice(code),
        },
        _ => panic!("{json}"),
    };
    let rows = list(reference, "rows").iter().map(|row| row.as_object().expect("a sheet"));
    rows.map(|row| row.iter().map(|(id, json)| (id.clone(), answer(id, json))).collect()).collect()
}

#[test]
fn a_whole_survey_is_that_of_scipy() {
    for (name, sizes) in [("survey-24", vec![24]), ("survey-137", vec![20, 30, 5, 5, 77]), ("survey-600", vec![60; 10])] {
        let reference = expected(name);
        let published = publish(&reference_shape(), &batches(&sheets_of(&reference), sizes), &Ledger::default());
        assert_eq!(published.shown, count(&reference["n"]));
        let mut exact = 0;
        for (id, of) in reference["expected"].as_object().expect("what is expected") {
            let what = format!("{name}.{id}");
            if let Some(completeness) = of.get("completeness").filter(|_| published.completeness.contains_key(id)) {
                let found = published.completeness[id];
                for (state, n) in
                    [("answered", found.answered), ("skipped", found.skipped), ("declined", found.declined), ("not_shown", found.not_shown)]
                {
                    assert_eq!(n, count(&completeness[state]), "{what}: {state}");
                }
            }
            match (of.get("mean"), of["classes"].as_object()) {
                (Some(_), _) => compare_moments(&published, id, of, &what),
                (None, Some(classes)) => exact += compare_shares(&published.exhibits[id], of, classes, &what),
                (None, None) => panic!("{what}: nothing to compare"),
            }
        }
        assert!(exact > 15, "{name}: only {exact} shares were compared");
    }
}

fn compare_moments(published: &Published, id: &str, of: &Json, what: &str) {
    let moments = &published.moments[id];
    assert_eq!(moments.mean.n, Some(count(&of["n"])), "{what}");
    near(moments.mean.value.expect("a mean"), &of["mean"], what);
    near(moments.deviation.value.expect("a deviation"), &of["deviation"], what);
    near_interval(moments.mean.interval, of, what);
    if let Some(alpha) = of.get("alpha") {
        let found = moments.alpha.as_ref().expect("alpha");
        near(found.value.expect("alpha"), alpha, what);
        assert_eq!(found.n, Some(count(&of["complete"])), "{what}");
    }
}

/// Compares every share that is told exactly; gives how many. What is told coarsely or put together must have a reason.
fn compare_shares(exhibit: &Exhibit, of: &Json, classes: &serde_json::Map<String, Json>, what: &str) -> usize {
    let n = count(&of["n"]);
    let cells: Vec<(&str, &Figure)> = if exhibit.kind == Kind::StackedBar {
        let row = &exhibit.rows[0];
        assert_eq!(row.n, Some(n), "{what}");
        if let Some(counted) = of.get("favourable") {
            compare_share(row.total.as_ref().expect("a total"), counted, n, &format!("{what}, counted"));
        }
        exhibit.classes.iter().map(|class| class.id.as_str()).zip(&row.figures).collect()
    } else {
        exhibit.rows.iter().map(|row| (row.id.as_str(), &row.figures[0])).collect()
    };
    let folded = cells.iter().any(|(id, _)| *id == "favourable");
    assert_eq!(folded, n < 20 && classes.len() > 3, "{what}: three classes are shown under 20 people, and only then");
    if folded {
        return 0;
    }
    assert_eq!(cells.len(), classes.len(), "{what}");
    cells.into_iter().filter(|(id, figure)| compare_share(figure, &classes[*id], n, &format!("{what}={id}"))).count()
}

fn compare_share(figure: &Figure, of: &Json, n: u64, what: &str) -> bool {
    let chosen = count(&of["count"]);
    let coarse = if 20 * chosen >= 19 * n {
        Some("≥95")
    } else if 20 * chosen <= n {
        Some("≤5")
    } else {
        None
    };
    assert_eq!(figure.printed.as_deref(), coarse, "{what}: {chosen} of {n}");
    if coarse.is_some() {
        assert_eq!((figure.count, figure.interval), (None, None), "{what}");
        return false;
    }
    assert_eq!((figure.count, figure.n, figure.state), (Some(chosen), Some(n), State::Given), "{what}");
    near(figure.value.expect("a share"), &of["percent"], what);
    near_interval(figure.interval, of, what);
    true
}

// Worked by hand ----------------------------------------------------------------------------------------------------------

/// A closed survey of one variable with this many people at each of its codes.
fn one(measure: Measure, counts: &[(&str, usize)]) -> Exhibit {
    let sheets: Vec<Sheet> = counts.iter().flat_map(|(code, n)| std::iter::repeat_n(sheet([("q", choice(code))]), *n)).collect();
    let closed = SurveyShape { closed: true, ..shape(vec![variable("q", measure)]) };
    publish(&closed, &[batch(1, &sheets)], &Ledger::default()).exhibits["q"].clone()
}

fn ja(text: &Text) -> &str {
    text.in_language(Language::Japanese)
}

fn en(text: &Text) -> &str {
    text.in_language(Language::English)
}

#[test]
fn the_white_papers_large_firms() {
    // 37.0 / 31.0 / 20.5 / 11.5 per cent of 200: 74, 62, 41, 23; the first two of four are counted.
    let exhibit = one(points(4), &[("4", 74), ("3", 62), ("2", 41), ("1", 23)]);
    let row = &exhibit.rows[0];
    let shown: Vec<f64> = row.figures.iter().filter_map(|figure| figure.value).collect();
    assert_eq!(shown, [37.0, 31.0, 20.5, 11.5]);
    let first = row.figures[0].interval.unwrap();
    assert_eq!((format!("{:.1}", first.low), format!("{:.1}", first.high)), ("30.6".into(), "43.9".into()));
    let tones: Vec<Tone> = exhibit.classes.iter().map(|class| class.tone).collect();
    assert_eq!(tones, [Tone::VeryPositive, Tone::Positive, Tone::Negative, Tone::VeryNegative]);
    assert_eq!(row.total.as_ref().and_then(|total| total.count), Some(136));
    assert_eq!(
        (ja(&exhibit.title), en(&exhibit.title)),
        ("「選択肢 4」「選択肢 3」と答えた人は68.0%です", "68.0% chose “Choice 4” or “Choice 3”")
    );

    // Doing, planning or considering it, as one class: 177 of 200.
    let exhibit = one(Measure::Nominal(categories(["some", "none"])), &[("some", 177), ("none", 23)]);
    let figure = &exhibit.rows[0].figures[0];
    let interval = figure.interval.unwrap();
    assert_eq!(figure.value, Some(88.5));
    assert_eq!((format!("{:.1}", interval.low), format!("{:.1}", interval.high)), ("83.3".into(), "92.2".into()));
    assert_eq!(en(&exhibit.title), "Most often: “Choice some” (88.5%)");

    // 333 of 400 is 83.25: our rule prints 83.3.
    let exhibit = one(points(2), &[("2", 333), ("1", 67)]);
    assert_eq!((exhibit.rows[0].figures[0].value, ja(&exhibit.title)), (Some(83.25), "「選択肢 2」と答えた人は83.3%です"));

    // 71.0 − 57.0: Newcombe 4.6 to 23.1.
    let difference = interval::newcombe((142, 200), (114, 200)).unwrap();
    assert_eq!((format!("{:.1}", difference.low), format!("{:.1}", difference.high)), ("4.6".into(), "23.1".into()));
}

#[test]
fn a_scale_worked_by_hand() {
    // Items a, b and the turned c (5 becomes 1). Two of three must be answered.
    let person = |a: &str, b: &str, c: &str| {
        let item = |code: &str| if code.is_empty() { Answer::Skipped } else { choice(code) };
        sheet([("a", item(a)), ("b", item(b)), ("c", item(c))])
    };
    // Scores: 4, 3, 2, (4+5)/2 = 4.5, none, 3; sums of 3: 12, 9, 6, 13.5, none, 9.
    let people = [
        person("4", "5", "3"),
        person("3", "3", "3"),
        person("2", "1", "3"),
        person("4", "5", ""),
        person("", "", "1"),
        person("1", "3", "1"),
    ];
    // Five of each, so that those who left something empty are enough not to be told apart
    let people = people.each_ref().map(|person| std::iter::repeat_n(person.clone(), 5).collect::<Vec<_>>()).concat();
    let mut closed = shape(["a", "b", "c"].map(|id| variable(id, points(5))).into());
    closed.closed = true;
    closed.scales = vec![
        scale("mean", &["a", "b", "c"], &["c"], 2, Method::Mean, &[1.0, 3.0, 4.0]),
        scale("sum", &["a", "b", "c"], &["c"], 2, Method::Sum, &[]),
    ];
    let published = publish(&closed, &[batch(1, &people)], &Ledger::default());
    let completeness = published.completeness["mean"];
    assert_eq!((completeness.answered, completeness.skipped), (25, 5));
    let value = |id: &str| published.moments[id].mean.value.unwrap();
    assert!((value("mean") - 16.5 / 5.0).abs() < 1e-12 && (value("sum") - 49.5 / 5.0).abs() < 1e-12);
    assert_eq!((published.exhibits["mean"].range, published.exhibits["sum"].range), (Some((1.0, 5.0)), Some((3.0, 15.0))));
    let bands: Vec<Option<u64>> = published.exhibits["mean-bands"].rows[0].figures.iter().map(|figure| figure.count).collect();
    assert_eq!(bands, [Some(5), Some(10), Some(10)]);
    assert!(!published.exhibits.contains_key("sum-bands"));
    let alpha = published.moments["mean"].alpha.clone().expect("alpha");
    assert_eq!(alpha.n, Some(20));
    // Its interval is Feldt's, of those who answered every item
    let mut agreement = Agreement::default();
    [[4, 5, 3], [3, 3, 3], [2, 1, 3], [1, 3, 5]].iter().for_each(|points| agreement.add(points, 5).expect("three items"));
    let known = agreement.reliability().expect("spread");
    assert_eq!((alpha.value, alpha.interval), (Some(known.alpha), Some(known.interval)));
    let told = |published: &Published| {
        let notes = &published.exhibits["mean"].notes;
        notes
            .iter()
            .find(|note| note.text.in_language(Language::English).contains("α ="))
            .map(|note| note.text.in_language(Language::English).to_owned())
    };
    assert!(told(&published).is_some_and(|text| text.contains("95% interval")), "{:?}", told(&published));

    // One who left an item empty: the sums of the items less those of the scores would be that person's answers
    let one_apart = |n: usize| {
        let mut all: Vec<Sheet> = (0..n - 1).map(|at| people[at * 5 % 15].clone()).collect();
        all.push(person("4", "5", ""));
        publish(&closed, &[batch(1, &all)], &Ledger::default())
    };
    let few = one_apart(19);
    assert_eq!((few.moments["mean"].mean.clone(), few.exhibits["a"].rows[0].n), (Figure::hidden(), Some(19)));
    let many = one_apart(30);
    let mean = &many.moments["mean"];
    assert_eq!((mean.mean.interval, mean.alpha.clone()), (None, Some(Figure::hidden())));
    assert_eq!(told(&many), None);
    let tenths = mean.deviation.value.expect("a rounded deviation") * 10.0;
    assert!((tenths - tenths.round()).abs() < 1e-9 && mean.deviation.interval.is_none());
}

#[test]
fn low_ends_and_scales_that_do_not_judge() {
    let counts = [("1", 10), ("2", 10), ("3", 4), ("4", 4), ("5", 12)];
    let sheets: Vec<Sheet> = counts.iter().flat_map(|(code, n)| std::iter::repeat_n(sheet([("q", choice(code))]), *n)).collect();
    let read = |end| {
        let favourable = [("q".to_owned(), end)].into();
        let closed = SurveyShape { closed: true, favourable, ..shape(vec![variable("q", points(5))]) };
        publish(&closed, &[batch(1, &sheets)], &Ledger::default()).exhibits["q"].clone()
    };
    let low = read(Favourable::Low);
    assert_eq!(low.classes.iter().map(|class| class.id.as_str()).collect::<Vec<_>>(), ["1", "2", "3", "4", "5"]);
    assert_eq!(low.rows[0].total.as_ref().and_then(|total| total.count), Some(20));
    let neither = read(Favourable::Neither);
    assert_eq!((neither.bracket, neither.rows[0].total.clone()), (None, None));
    assert_eq!(neither.classes[0].tone, Tone::Step(0));
    assert_eq!(en(&neither.title), "Most often: “Choice 5” (30%)");
}

#[test]
fn several_answers_count_against_those_who_answered() {
    let several = |codes: &[&str]| Answer::Given(Value::Choices(codes.iter().map(|code| (*code).to_owned()).collect()));
    let mut sheets = vec![sheet([("q", several(&["a", "b"]))]); 6];
    sheets.extend(vec![sheet([("q", several(&["b"]))]); 4]);
    sheets.extend(vec![sheet([("q", Answer::Declined)]); 3]);
    let closed = SurveyShape { closed: true, ..shape(vec![variable("q", Measure::Multiple(categories(["a", "b", "c"])))]) };
    let published = publish(&closed, &[batch(1, &sheets)], &Ledger::default());
    let exhibit = &published.exhibits["q"];
    let figures: Vec<(&str, Option<f64>)> = exhibit.rows.iter().map(|row| (row.id.as_str(), row.figures[0].value)).collect();
    assert_eq!(figures, [("a", Some(60.0)), ("b", Some(97.5)), ("c", Some(2.5))], "nobody chose c, which stands there all the same");
    assert_eq!(exhibit.rows[1].figures[0].printed.as_deref(), Some("≥95"));
    assert_eq!((published.completeness["q"].answered, published.completeness["q"].declined), (10, 3));
    assert_eq!(ja(&exhibit.title), "ほとんどの人（95%以上）が「選択肢 b」を選んでいます");
}

/// Why people gave no answer is told by numbers of k people or more alone, and by none from which a smaller one follows.
#[test]
fn reasons_of_few_for_not_answering_are_not_told() {
    let told = |states: [(Answer, usize); 3], sensitive: bool| {
        let given = (0..40).map(|person| sheet([("q", choice(1 + person % 5))]));
        let others = states.iter().flat_map(|(state, n)| std::iter::repeat_n(sheet([("q", state.clone())]), *n));
        let sheets: Vec<Sheet> = given.chain(others).collect();
        let asked = Variable { sensitive, ..variable("q", points(5)) };
        let closed = SurveyShape { closed: true, ..shape(vec![asked]) };
        let exhibit = publish(&closed, &[batch(1, &sheets)], &Ledger::default()).exhibits["q"].clone();
        let note = exhibit.notes.iter().find(|note| en(&note.lead) == "Who answered");
        note.map(|note| (ja(&note.text).to_owned(), en(&note.text).to_owned()))
    };
    let states = |skipped, declined, others| [(Answer::Skipped, skipped), (Answer::Declined, declined), (Answer::NotShown, others)];
    let english = |skipped, declined, others, sensitive| told(states(skipped, declined, others), sensitive).map(|(_, english)| english);
    assert_eq!(told(states(0, 0, 0), false), None);
    for (skipped, declined, others, sensitive, expected) in [
        (0, 1, 0, false, "fewer than 5 gave no answer that counts or were not asked"),
        (6, 0, 0, false, "6 left it empty"),
        (6, 0, 0, true, "fewer than 10 gave no answer that counts or were not asked"),
        // Of 6 + 1 the one would be what is left of seven
        (6, 1, 0, false, "7 gave no answer that counts"),
        (6, 5, 0, false, "6 left it empty, 5 would rather not say"),
        (0, 1, 8, false, "9 gave no answer that counts or were not asked"),
        (4, 3, 8, false, "7 gave no answer that counts, 8 were not asked"),
    ] {
        let found = english(skipped, declined, others, sensitive);
        assert_eq!(found, Some(format!("40 people answered; {expected}.")), "{skipped} {declined} {others}");
    }
    let japanese = told(states(0, 1, 0), false).map(|(japanese, _)| japanese);
    assert_eq!(japanese.as_deref(), Some("答えた人 40人、答えのない人と質問が出なかった人 5人未満。"));
}

#[test]
fn a_grid_is_one_exhibit() {
    let sheets: Vec<Sheet> = (0..40)
        .map(|person| {
            sheet([("vision", choice(1 + person % 5)), ("acting", choice(if person < 30 { 4 } else { 2 })), ("meaning", choice(3))])
        })
        .collect();
    let published = publish(&reference_shape(), &[batch(1, &sheets)], &Ledger::default());
    let grid = &published.exhibits["goals"];
    let rows: Vec<(&str, Option<u64>)> = grid.rows.iter().map(|row| (row.id.as_str(), row.n)).collect();
    assert_eq!(rows, [("vision", Some(40)), ("acting", Some(40)), ("meaning", Some(40))]);
    assert_eq!(en(&grid.title), "“Choice 5” or “Choice 4” was chosen most for “Row acting” (75%)");
    assert_eq!(grid.classes.len(), 3, "all said 3 about meaning, so no single points are shown");
    assert_eq!(grid.rows[2].figures[1].printed.as_deref(), Some("≥95"));
    assert_eq!(en(&published.exhibits["vision"].asked), "Three goals: Question vision");
}

#[test]
fn a_benchmark_is_never_the_same_sample() {
    let mut exhibit = one(points(5), &[("5", 8), ("4", 20), ("3", 10), ("2", 2), ("1", 0)]);
    let label = Text::pair("大企業 2022年", "Large firms 2022");
    let outside = Figure { printed: Some("71.0".into()), n: Some(200), ..Figure::of(71.0, State::Given) };
    assert!(!set_beside(&mut exhibit, "elsewhere", outside.clone(), &label) && exhibit.benchmark_label.is_none());
    assert!(set_beside(&mut exhibit, "everybody", outside.clone(), &label));
    assert!(!set_beside(&mut exhibit, "everybody", outside.clone(), &Text::plain("another")), "one exhibit, one benchmark");
    assert_eq!((exhibit.rows[0].benchmark.as_ref(), exhibit.benchmark_label.as_ref()), (Some(&outside), Some(&label)));
    let notes: Vec<&str> = exhibit.notes.iter().map(|note| en(&note.text)).collect();
    assert_eq!(notes.iter().filter(|note| note.contains("not the same sample")).count(), 1);
}

#[test]
fn before_there_is_anything_to_show_the_exhibits_stand_empty() {
    let open = SurveyShape { closed: false, publish: Publish::AtClose, ..reference_shape() };
    let waiting: Vec<Sheet> = sheets_of(&expected("survey-24"));
    let shut = publish(&SurveyShape { closed: true, ..open.clone() }, &batches(&waiting, [4]), &Ledger::default());
    let none = publish(&open, &[], &Ledger::default());
    let early = publish(&open, &batches(&waiting, [24]), &Ledger::default());
    for published in [&shut, &none, &early] {
        assert_eq!((published.shown, published.collected.unwrap_or(0), published.publication.as_ref()), (0, 0, None));
        assert!(published.waiting.is_some() && published.completeness.is_empty());
        for exhibit in published.exhibits.values() {
            assert!(
                !exhibit.rows.is_empty()
                    && exhibit.rows.iter().all(|row| row.n.is_none() && row.figures.iter().all(|f| *f == Figure::hidden()))
            );
        }
    }
    assert_eq!(none.exhibits, early.exhibits, "nobody and not yet look alike");
    let all = publish(&reference_shape(), &batches(&waiting, [24]), &Ledger::default());
    assert_eq!(none.exhibits.keys().collect::<Vec<_>>(), all.exhibits.keys().collect::<Vec<_>>());
}
