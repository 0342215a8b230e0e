//! What figures beside each other must not give away: what one person of a group of one mind said, and that all of a group were asked.

use crate::disclosure::attribute;
use crate::statistics_sheets::{Sheet, batches, choice, points, scale, shape, sheet, variable};
use shirube::statistics::{Ledger, Published, SurveyShape, publish};
use shirube::survey::scoring::Method;
use shirube::survey::{Answer, Measure, Value};

fn number(value: usize) -> Answer {
    Answer::Given(Value::Number(value.to_string()))
}

fn by_department(survey: &SurveyShape, people: &[Sheet]) -> Published {
    let survey = SurveyShape { closed: true, segments: vec![vec![attribute("dept", &["a", "b", "c"])]], ..survey.clone() };
    publish(&survey, &batches(people, [people.len()]), &Ledger::default())
}

/// The people and the number that each row tells; none where it is held back.
fn rows(published: &Published, exhibit: &str) -> Vec<(String, Option<u64>, Option<String>)> {
    let row = |row: &shirube::survey::exhibit::Row| {
        let figure = &row.figures[0];
        (row.id.clone(), row.n, figure.printed.clone().or(figure.value.map(|value| format!("{value:.2}"))))
    };
    published.exhibits[exhibit].rows.iter().map(row).collect()
}

/// Hours of overtime: of one department all but one have none, so the sum of it is what that person has.
#[test]
fn the_number_of_an_outlier_does_not_follow_from_other_means() {
    let hours = shape(vec![variable("hours", Measure::Number)]);
    let people = |dept: &str, given: &[usize]| -> Vec<Sheet> {
        given.iter().map(|hours| sheet([("dept", choice(dept)), ("hours", number(*hours))])).collect()
    };
    let mixed: Vec<usize> = (0..35).map(|person| person % 7).collect();
    let mut alike = vec![0; 24];
    alike.push(40);
    let all = [people("a", &mixed), people("b", &alike)].concat();
    let told = rows(&by_department(&hours, &all), "hours-by-dept");
    assert_eq!(told[0].2.as_deref(), Some("2.42"), "everybody is told: {told:?}");
    assert_eq!(told[2].2.as_deref(), Some("≈0.0"), "{told:?}");
    assert_eq!((told[1].1, told[1].2.as_deref()), (None, None), "with the mean of a, that of b would follow: {told:?}");
    // With a third department the smallest of the others is enough
    let third = people("c", &(0..20).map(|person| person % 3).collect::<Vec<_>>());
    let told = rows(&by_department(&hours, &[all, third].concat()), "hours-by-dept");
    let seen: Vec<bool> = told.iter().map(|row| row.2.is_some()).collect();
    assert_eq!(seen, [true, true, true, false], "{told:?}");
    // Where they differ, nothing needs to be held back; nor of fewer than 20, whose row says all
    let varied: Vec<usize> = (0..25).map(|person| person % 5).collect();
    let few = vec![0; 12];
    for second in [varied, few] {
        let told = rows(&by_department(&hours, &[people("a", &mixed), people("b", &second)].concat()), "hours-by-dept");
        assert!(told[..3].iter().all(|row| row.2.is_some()), "{told:?}");
    }
}

/// The same of a score: of one department all but one have the same, from different answers, one of them turned.
#[test]
fn the_score_of_an_outlier_does_not_follow_from_other_means() {
    let people = |dept: &'static str, given: &[(usize, usize)]| -> Vec<Sheet> {
        given.iter().map(|(one, two)| sheet([("dept", choice(dept)), ("one", choice(one)), ("two", choice(two))])).collect()
    };
    let mixed: Vec<(usize, usize)> = (0..40).map(|person| (1 + person % 5, 1 + person / 5 % 5)).collect();
    // With the second turned each of these is a 3, the last one a 1
    let mut alike: Vec<(usize, usize)> = (0..24).map(|person| (1 + person % 5, 1 + person % 5)).collect();
    alike.push((1, 5));
    for method in [Method::Mean, Method::Sum] {
        let mood = SurveyShape {
            scales: vec![scale("mood", &["one", "two"], &["two"], 2, method, &[])],
            ..shape(vec![variable("one", points(5)), variable("two", points(5))])
        };
        let told = |all: &[Sheet]| rows(&by_department(&mood, all), "mood-by-dept");
        let all = [people("a", &mixed), people("b", &alike)].concat();
        let seen = told(&all);
        assert!(seen[0].2.as_deref().is_some_and(|mean| !mean.starts_with('≈')), "everybody is told: {seen:?}");
        assert_eq!(seen[2].2.as_deref(), Some(if method == Method::Mean { "≈3.0" } else { "≈6.0" }), "{seen:?}");
        assert_eq!((seen[1].1, seen[1].2.as_deref()), (None, None), "with the mean of a, that of b would follow: {seen:?}");
        let third: Vec<(usize, usize)> = (0..20).map(|person| (1 + person % 3, 2 + person % 2)).collect();
        let seen: Vec<bool> = told(&[all, people("c", &third)].concat()).iter().map(|row| row.2.is_some()).collect();
        assert_eq!(seen, [true, true, true, false], "the smallest of the others is enough");
        // Where they differ, nothing needs to be held back
        let varied: Vec<(usize, usize)> = (0..25).map(|person| (1 + person % 5, 3)).collect();
        let seen = told(&[people("a", &mixed), people("b", &varied)].concat());
        assert!(seen[..3].iter().all(|row| row.2.is_some()), "{seen:?}");
    }
}

/// A question for those who said yes: how many were asked is how many said so.
#[test]
fn that_all_of_a_group_were_asked_is_not_told() {
    let survey = |by_answers: bool| SurveyShape {
        asked_by_answers: by_answers.then(|| "why".to_owned()).into_iter().collect(),
        ..shape(vec![variable("why", points(3))])
    };
    let people = |dept: &str, asked: usize, of: usize| -> Vec<Sheet> {
        let why = |person: usize| if person < asked { choice(1 + person % 3) } else { Answer::NotShown };
        (0..of).map(|person| sheet([("dept", choice(dept)), ("why", why(person))])).collect()
    };
    let seen = |by_answers: bool, third: usize| {
        let all = [people("a", 12, 24), people("b", 10, 20), people("c", third, 25)].concat();
        rows(&by_department(&survey(by_answers), &all), "why-by-dept").into_iter().map(|row| row.1).collect::<Vec<_>>()
    };
    assert_eq!(seen(true, 12), [Some(34), Some(12), Some(10), Some(12)]);
    // All of c, or nobody: it must not follow from the others either
    assert_eq!(seen(true, 25), [Some(47), Some(12), None, None]);
    assert_eq!(seen(true, 0), [Some(22), Some(12), None, None]);
    assert_eq!(seen(true, 0)[1..], seen(true, 25)[1..], "both look the same");
    // Whoever was asked by another rule has told nothing by it
    assert_eq!(seen(false, 25), [Some(47), Some(12), Some(10), Some(25)]);
    // Where everybody was asked, it is known of each group anyway
    let all = [people("a", 24, 24), people("b", 20, 20), people("c", 25, 25)].concat();
    let told = rows(&by_department(&survey(true), &all), "why-by-dept");
    assert!(told.iter().all(|row| row.1.is_some()), "{told:?}");
}

/// What is asked because of an answer, or worked out of it, tells that answer: it is as sensitive.
#[test]
fn what_follows_from_a_sensitive_answer_is_sensitive() {
    let text = "title: x\nlead: x\nminutes: 1\nmode: anonymous\npurpose: x\npages:\n  - id: one\n    questions:\n      - {id: hurt, kind: yes_no, sensitive: true, text: x}\n      - {id: told, kind: yes_no, text: x, show_if: hurt = 'yes'}\n      - {id: whom, kind: single_choice, text: x, show_if: told = 'yes', choices: [{id: a, text: x}, {id: b, text: y}]}\n      - {id: free, kind: yes_no, text: x}\n  - id: two\n    show_if: free = 'yes' and hurt = 'no'\n    questions:\n      - {id: late, kind: yes_no, text: x}\n  - id: three\n    questions:\n      - {id: why, kind: yes_no, text: x, show_if: free = 'yes'}\n";
    let mut diagnostics = shirube::diagnostic::Diagnostics::new();
    let node = shirube::content::yaml::parse(&"content/surveys/a.yaml".into(), text, 1, &mut diagnostics).expect("YAML");
    let survey = shirube::survey::read::read("a", &node, &[shirube::language::Language::Japanese], &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{:?}", diagnostics.sorted());
    let sensitive: Vec<String> = survey.variables().into_iter().filter(|one| one.sensitive).map(|one| one.id).collect();
    assert_eq!(sensitive, ["hurt", "told", "whom", "late"]);
    let asked: Vec<String> = survey.asked_by_answers().into_iter().collect();
    assert_eq!(asked, ["late", "told", "whom", "why"]);
}

/// From mean and deviation of few people, how many chose each point of a single question follows; not so of two added up.
#[test]
fn a_score_of_one_item_waits_for_twenty_people() {
    let seen = |items: &[&str], people: usize| {
        let survey = SurveyShape {
            closed: true,
            scales: vec![scale("score", items, &[], 1, Method::Mean, &[])],
            ..shape(vec![variable("calm", points(5)), variable("mood", points(5))])
        };
        let sheets: Vec<Sheet> =
            (0..people).map(|person| sheet([("calm", choice(1 + person % 5)), ("mood", choice(1 + person * 2 % 5))])).collect();
        let published = publish(&survey, &batches(&sheets, [people]), &Ledger::default());
        let tells = published.exhibits["score"].rows.iter().any(|row| row.n.is_some());
        assert_eq!(published.moments["score"].mean.value.is_some(), tells, "{items:?} of {people}");
        assert!(published.exhibits["mood"].rows[0].n.is_some(), "in three classes it is told of five");
        tells
    };
    assert_eq!([5, 19, 20].map(|people| seen(&["mood"], people)), [false, false, true]);
    assert_eq!([5, 19, 20].map(|people| seen(&["mood", "calm"], people)), [true; 3]);
}
