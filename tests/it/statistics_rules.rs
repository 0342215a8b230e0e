//! What must hold of every publication, whatever the answers are and however they arrive.

use crate::statistics_sheets::{Sheet, batches, choice, nowhere, points, reference_shape, shape, sheet, variable};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use shirube::statistics::{Ledger, Publication, Published, SurveyShape, publish};
use shirube::survey::Access;
use shirube::survey::definition::Publish;
use shirube::survey::figure::State;
use shirube::survey::{Answer, Figure, Measure, Value};

/// People who chose one point after the other.
fn sheets(n: usize, points: usize) -> Vec<Sheet> {
    (0..n).map(|person| sheet([("q", choice(1 + person * 7 % points))])).collect()
}

/// Publishes after every batch and records it; gives what was published each time.
fn rolling(shape: &SurveyShape, people: &[Sheet], sizes: &[usize]) -> Vec<Published> {
    let all = batches(people, sizes.iter().copied());
    let mut ledger = Ledger::default();
    let builds = (0..=all.len()).map(|length| {
        let published = publish(shape, &all[..length], &ledger);
        ledger.record(published.publication.clone());
        published
    });
    builds.collect()
}

fn shown(builds: &[Published]) -> Vec<u64> {
    builds.iter().map(|published| published.shown).collect()
}

#[test]
fn four_new_answers_move_nothing_the_batch_moves_everything() {
    let open = shape(vec![variable("q", points(3)), variable("never", points(3))]);
    let people = sheets(15, 3);
    let all = batches(&people, [5, 4, 1, 5]);
    let first = publish(&open, &all[..1], &Ledger::default());
    assert_eq!((first.shown, first.exhibits["q"].rows[0].n), (5, Some(5)));
    let ledger = Ledger::new(first.publication.clone());
    let four_more = publish(&open, &all[..2], &ledger);
    assert_eq!((four_more.exhibits, four_more.shown, four_more.publication), (first.exhibits.clone(), 5, None));
    let five_more = publish(&open, &all[..3], &ledger);
    assert_eq!(five_more.shown, 10);
    assert_ne!(five_more.exhibits["q"], first.exhibits["q"]);
    let groups = [("everybody".to_owned(), 10), ("everybody/answered:q=1|2|3".to_owned(), 10)].into();
    assert_eq!(five_more.publication.unwrap().groups, groups);
    assert_eq!(shown(&rolling(&open, &people, &[5, 4, 1, 5])), [0, 5, 5, 10, 15]);
}

#[test]
fn the_finer_picture_moves_in_larger_steps() {
    let open = shape(vec![variable("q", points(5))]);
    // Three classes at 5, 10, 15; five from 20 on, and from there only 20 at a time.
    let builds = rolling(&open, &sheets(60, 5), &[5; 12]);
    assert_eq!(shown(&builds), [0, 5, 10, 15, 20, 20, 20, 20, 40, 40, 40, 40, 60]);
    let classes: Vec<usize> = builds.iter().map(|published| published.exhibits["q"].classes.len()).collect();
    assert_eq!(classes, [5, 3, 3, 3, 5, 5, 5, 5, 5, 5, 5, 5, 5]);
    // When the survey closes nobody is left out, but the single points are.
    let ledger = Ledger::new(builds[..8].iter().filter_map(|published| published.publication.clone()));
    let closed = publish(&SurveyShape { closed: true, ..open.clone() }, &batches(&sheets(35, 5), [5; 7]), &ledger);
    assert_eq!((closed.shown, closed.exhibits["q"].classes.len(), closed.waiting), (35, 3, None));
    // Publishing what is published already tells it again in the same words.
    let mut after = ledger.clone();
    after.record(closed.publication.clone());
    let again = publish(&SurveyShape { closed: true, ..open }, &batches(&sheets(35, 5), [5; 7]), &after);
    assert_eq!((again.exhibits, again.publication), (closed.exhibits, None));
}

#[test]
fn sensitive_questions_need_ten() {
    let mut sensitive = variable("q", points(3));
    sensitive.sensitive = true;
    let open = shape(vec![sensitive, variable("other", points(3))]);
    let builds = rolling(&open, &sheets(30, 3), &[5; 6]);
    assert_eq!(shown(&builds), [0, 5, 10, 10, 20, 20, 30]);
    let seen: Vec<bool> = builds.iter().map(|published| published.exhibits["q"].rows[0].n.is_some()).collect();
    assert_eq!(seen, [false, false, true, true, true, true, true]);
}

#[test]
fn a_last_remainder_stays_out_for_good() {
    let closed = SurveyShape { closed: true, ..shape(vec![variable("q", points(3))]) };
    let all = batches(&sheets(13, 3), [10, 3]);
    let first = publish(&closed, &all[..1], &Ledger::default());
    let last = publish(&closed, &all, &Ledger::new(first.publication.clone()));
    assert_eq!((last.shown, last.collected), (10, Some(13)));
    let words = last.waiting.expect("why").text;
    assert_eq!(
        words.in_language(shirube::language::Language::English),
        "13 answered, 10 are counted. The rest are too few to be included."
    );
    assert_eq!(last.exhibits, first.exhibits);
}

#[test]
fn at_close_nothing_is_told_before() {
    let open = SurveyShape { publish: Publish::AtClose, ..shape(vec![variable("q", points(5))]) };
    let all = batches(&sheets(45, 5), [20, 20, 5]);
    let before = publish(&open, &all, &Ledger::default());
    assert_eq!((before.shown, before.collected, before.publication), (0, None, None));
    let after = publish(&SurveyShape { closed: true, ..open }, &all, &Ledger::default());
    assert_eq!((after.shown, after.exhibits["q"].classes.len(), after.waiting), (45, 5, None));
}

#[test]
fn those_who_were_asked_and_those_who_were_not_are_groups() {
    let person = |asked: bool| sheet([("q", choice(if asked { 3 } else { 1 })), ("why", if asked { choice(2) } else { Answer::NotShown })]);
    let people = |asked: usize, all: usize| (0..all).map(|number| person(number < asked)).collect::<Vec<_>>();
    let closed = SurveyShape { closed: true, ..shape(vec![variable("q", points(3)), variable("why", points(3))]) };
    for (asked, all, seen) in [(10, 20, true), (4, 20, false), (17, 20, false), (20, 20, true), (0, 20, false), (15, 20, true)] {
        let published = publish(&closed, &batches(&people(asked, all), [all]), &Ledger::default());
        assert_eq!(published.exhibits["why"].rows[0].n.is_some(), seen, "{asked} of {all} were asked");
        assert_eq!(published.publication.unwrap().groups.get("shown-to:why").copied(), (seen && asked < all).then_some(asked as u64));
    }
    // (asked, not asked) of what was shown before, and of the next batch; whether the next build may show it.
    for (before, next, seen) in [
        ((6, 5), (3, 2), false),   // three more who were asked would be told apart
        ((10, 10), (5, 2), false), // and so would two more who were not
        ((10, 0), (3, 7), false),  // also where everybody was asked before
        ((10, 0), (5, 5), true),
        ((6, 5), (0, 5), true),
    ] {
        let people: Vec<Sheet> = [(before.0, true), (before.1, false), (next.0, true), (next.1, false)]
            .into_iter()
            .flat_map(|(n, asked)| std::iter::repeat_n(person(asked), n))
            .collect();
        let sizes = [before.0 + before.1, next.0 + next.1];
        let first = publish(&closed, &batches(&people, [sizes[0]]), &Ledger::default());
        assert_eq!(first.exhibits["why"].rows[0].n, Some(before.0 as u64));
        let second = publish(&closed, &batches(&people, sizes), &Ledger::new(first.publication));
        assert_eq!(second.shown, (sizes[0] + sizes[1]) as u64);
        // What may not be told anew stands as it was
        let asked = before.0 + if seen { next.0 } else { 0 };
        assert_eq!(second.exhibits["why"].rows[0].n, Some(asked as u64), "{before:?}, then {next:?}");
    }
}

#[test]
fn somebody_who_withdrew_is_not_told_apart() {
    let closed = shape(vec![variable("q", points(3))]);
    let all = batches(&sheets(16, 3), [10, 6]);
    let ledger = Ledger::new(publish(&closed, &all[..1], &Ledger::default()).publication);
    let gone = batches(&sheets(9, 3), [9]);
    let alone = publish(&closed, &gone, &ledger);
    assert_eq!((alone.shown, alone.publication), (0, None), "one fewer and nobody else would be that person");
    let together = publish(&closed, &[gone[0].clone(), all[1].clone()], &ledger);
    assert_eq!(together.shown, 15);
}

#[test]
fn a_survey_as_it_is_defined_has_a_shape() {
    use shirube::language::Text;
    use shirube::survey::definition::{Mode, Page, Survey};
    use shirube::survey::question::{Favourable, Item, Kind, Need, Points, Question};
    let question = |id: &str, kind: Kind| Question {
        id: id.into(),
        place: nowhere(),
        text: Text::plain(id),
        hint: None,
        need: Need::Required,
        sensitive: false,
        show_if: None,
        kind,
    };
    let five = |favourable| Points { count: 5, labels: vec![Text::plain("no"), Text::plain("yes")], favourable };
    let row = |id: &str| Item { id: id.into(), place: nowhere(), text: Text::plain(id) };
    let page = Page {
        id: "only".into(),
        place: nowhere(),
        title: None,
        lead: None,
        show_if: None,
        questions: vec![
            question("lost", Kind::Scale(five(Favourable::Low))),
            question("goals", Kind::Grid { points: five(Favourable::High), rows: vec![row("vision"), row("acting")] }),
        ],
    };
    let survey = Survey {
        id: "pulse".into(),
        place: nowhere(),
        title: Text::plain("Pulse"),
        lead: Text::default(),
        same_as: None,
        wave: None,
        sample: false,
        revision: 1,
        minutes: 5,
        mode: Mode::Anonymous,
        access: Access::Open,
        attributes: Vec::new(),
        segments: Vec::new(),
        publish: Publish::Rolling,
        k: 5,
        purpose: Text::default(),
        open: None,
        close: None,
        grace: 15,
        retain_days: None,
        population: None,
        closed: None,
        drafts: None,
        withdrawal: false,
        thanks: None,
        licence: None,
        validated: false,
        result: None,
        pages: vec![page],
        piped: Vec::new(),
        shuffles: Vec::new(),
        rotations: None,
        history: shirube::survey::history::History::default(),
        consent: None,
        code: None,
        quotas: Vec::new(),
        scales: Vec::new(),
    };
    let shape = SurveyShape::of(&survey, true);
    let people: Vec<Sheet> = (0..30)
        .map(|n| sheet([("lost", choice(1 + n % 3)), ("goals_vision", choice(1 + n % 5)), ("goals_acting", choice(4 - n % 2))]))
        .collect();
    let published = publish(&shape, &batches(&people, [30]), &Ledger::default());
    assert_eq!(published.exhibits.keys().collect::<Vec<_>>(), ["goals", "goals_acting", "goals_vision", "lost"]);
    assert_eq!(published.exhibits["lost"].rows[0].total.as_ref().and_then(|total| total.count), Some(20));
}

// Properties --------------------------------------------------------------------------------------------------------------

fn ordinal(points: u32) -> impl Strategy<Value = Answer> {
    prop_oneof![
        6 => (1..=points).prop_map(choice),
        1 => Just(Answer::Skipped),
        1 => Just(Answer::Declined),
        1 => Just(Answer::NotShown),
        1 => Just(choice("of-an-earlier-revision")),
    ]
}

fn person() -> impl Strategy<Value = Sheet> {
    let several = proptest::sample::subsequence(vec!["talk", "course", "transfer", "grant", "none"], 0..4);
    let support = several.prop_map(|codes| match codes.as_slice() {
        [] => Answer::Skipped,
        codes => Answer::Given(Value::Choices(codes.iter().map(|code| (*code).to_owned()).collect())),
    });
    let years = prop_oneof![
        Just("0".to_owned()),
        Just("-0".to_owned()),
        Just("9".repeat(320)),
        Just("1".to_owned() + &"0".repeat(308)),
        (-100..100_i32).prop_map(|n| n.to_string())
    ];
    let section = proptest::sample::select(vec!["sales", "office", "works", "research"]).prop_map(choice);
    (ordinal(5), ordinal(5), ordinal(5), ordinal(5), ordinal(4), ordinal(5), ordinal(11), section, support, years).prop_map(
        |(vision, acting, meaning, lost, health, plan, recommend, section, support, years)| {
            sheet([
                ("vision", vision),
                ("acting", acting),
                ("meaning", meaning),
                ("lost", lost),
                ("health", health),
                ("plan", plan),
                ("recommend", recommend),
                ("section", section),
                ("support", support),
                ("years", Answer::Given(Value::Number(years))),
            ])
        },
    )
}

/// Many people, or many times one.
fn people() -> impl Strategy<Value = Vec<Sheet>> {
    prop_oneof![proptest::collection::vec(person(), 0..70), (person(), 0..40_usize).prop_map(|(one, times)| vec![one; times])]
}

fn finite(figure: &Figure) -> bool {
    let numbers = [figure.value, figure.interval.map(|interval| interval.low), figure.interval.map(|interval| interval.high)];
    numbers.into_iter().flatten().all(f64::is_finite)
        && figure.interval.is_none_or(|interval| figure.value.is_some_and(|value| interval.low <= value && value <= interval.high))
        && figure.value.is_none() == matches!(figure.state, State::Missing | State::Hidden)
}

fn figures(published: &Published) -> impl Iterator<Item = &Figure> {
    let rows = published.exhibits.values().flat_map(|exhibit| &exhibit.rows);
    let moments = published.moments.values().flat_map(|moments| [&moments.mean, &moments.deviation].into_iter().chain(&moments.alpha));
    rows.flat_map(|row| row.figures.iter().chain(&row.total)).chain(moments)
}

fn check(k: u64, published: &Published) -> Result<(), TestCaseError> {
    for figure in figures(published) {
        prop_assert!(finite(figure), "{figure:?}");
        prop_assert!(figure.n.is_none_or(|n| n >= k), "a figure about {:?} people", figure.n);
        prop_assert!(figure.state != State::Hidden || *figure == Figure::hidden());
    }
    for exhibit in published.exhibits.values() {
        for row in &exhibit.rows {
            prop_assert!(row.n.is_none_or(|n| n >= k) && row.figures.len() == exhibit.classes.len());
            let few = exhibit.bracket.is_some() && row.n.is_some_and(|n| n < 20);
            prop_assert!(!few || exhibit.classes.len() <= 3, "{}: {} classes for {:?}", exhibit.id, exhibit.classes.len(), row.n);
            if exhibit.bracket.is_some() && row.n.is_some() {
                let sum: f64 = row.figures.iter().filter_map(|figure| figure.value).sum();
                prop_assert!((sum - 100.0).abs() < 1e-9, "{}: {sum} %", exhibit.id);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, rng_seed: RngSeed::Fixed(20261120), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_small_group_and_no_small_difference(
        people in people(),
        sizes in proptest::collection::vec(1..12_usize, 0..12),
        k in 1..8_u64,
        mode in proptest::bool::ANY,
    ) {
        let publish_mode = if mode { Publish::Rolling } else { Publish::AtClose };
        let open = SurveyShape { closed: false, k, publish: publish_mode, ..reference_shape() };
        let mut builds = rolling(&open, &people, &sizes);
        let mut ledger = Ledger::new(builds.iter().filter_map(|published| published.publication.clone()));
        let closed = publish(&SurveyShape { closed: true, ..open.clone() }, &batches(&people, sizes), &ledger);
        ledger.record(closed.publication.clone());
        builds.push(closed);
        let k = k.max(3);
        for published in &builds {
            check(k, published)?;
        }
        let recorded = ledger.publications();
        for (index, later) in recorded.iter().enumerate() {
            prop_assert!(later.groups.values().all(|n| *n >= k));
            for earlier in &recorded[..index] {
                no_small_difference(k, earlier, later)?;
            }
        }
    }

    #[test]
    fn the_same_answers_give_the_same_figures_in_any_order_and_batches(people in people(), turn in 0..40_usize) {
        let one = publish(&reference_shape(), &batches(&people, [people.len()]), &Ledger::default());
        let mut turned = people.clone();
        turned.rotate_left(turn.min(people.len()));
        let half = people.len() / 2;
        let mut two = batches(&turned, [half, people.len() - half]);
        two.reverse();
        let two = publish(&reference_shape(), &two, &Ledger::default());
        prop_assert_eq!(one.exhibits, two.exhibits);
        prop_assert_eq!(one.moments, two.moments);
        prop_assert_eq!(one.completeness, two.completeness);
    }
}

/// Groups of the same name differ by nobody or at least k; finer pictures by nobody or at least 20, sensitive ones by 10.
fn no_small_difference(k: u64, earlier: &Publication, later: &Publication) -> Result<(), TestCaseError> {
    for (key, n) in &later.groups {
        let Some(before) = earlier.groups.get(key) else { continue };
        let least = if key.ends_with(";fine") {
            20
        } else if key.ends_with(";sensitive") {
            k.max(10)
        } else {
            k
        };
        let difference = n.abs_diff(*before);
        prop_assert!(difference == 0 || difference >= least, "{key}: {before}, then {n}");
    }
    Ok(())
}

#[test]
fn everybody_alike_and_nobody_at_all() {
    let number = |n: usize| vec![sheet([("years", Answer::Given(Value::Number("7".into())))]); n];
    let closed = SurveyShape { closed: true, ..shape(vec![variable("years", Measure::Number)]) };
    for n in [0, 1, 2, 4, 5, 20, 200] {
        let published = publish(&closed, &batches(&number(n), [n]), &Ledger::default());
        let mean = &published.moments["years"].mean;
        assert_eq!(mean.value, (n >= 5).then_some(7.0), "{n} people");
        assert_eq!(mean.interval, None);
        let said = published.exhibits["years"]
            .notes
            .iter()
            .any(|note| note.text.in_language(shirube::language::Language::English).contains("95%"));
        assert_eq!(said, n >= 5, "it is said why there is no interval");
    }
}
