//! The kinds of question of `tests/kinds`, each by a table: what it takes, what it refuses and why, and how it leaves and comes back.

use shirube::diagnostic::to_text;
use shirube::exchange::release::Release;
use shirube::exchange::responses_in::{self, Reading};
use shirube::exchange::{Style, responses_csv};
use shirube::language::{Day, Language, Text};
use shirube::statistics::{Ledger, SurveyShape, publish};
use shirube::store;
use shirube::survey::complaint::Fault;
use shirube::survey::{Answer, Answers, Batch, Raw, Survey, Value};
use std::path::Path;

fn survey() -> Survey {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kinds");
    let loaded = shirube::pipeline::load(&root).expect("content");
    assert!(loaded.diagnostics.is_empty(), "{}", to_text(&loaded.diagnostics, &loaded.sources, Language::English));
    loaded.catalog.surveys["kinds"].clone()
}

fn today() -> Day {
    Day::parse("2026-11-20").expect("a day")
}

/// A sheet that is accepted, with some fields replaced: `id=value`, several values parted by `+`; `id=` takes a field away.
fn sheet(changes: &str) -> Raw {
    const WHOLE: &str = "area=kansai interview=no learning_plan=work+course learning_talk=course learning_money=none recommend=8 energy=70 \
        hours_customers=40 hours_meetings=30 hours_alone=20 hours_learning=10 values_people=1 values_growth=2 values_time=3 \
        roles_expert=much roles_leader=some roles_parent=much roles_neighbour=little \
        rather_pay_free=free rather_pay_skill=skill rather_free_skill=free jobs_1_title=A jobs_1_years=3.5";
    let mut raw = Raw::new();
    for change in WHOLE.split_whitespace().chain(changes.split_whitespace()) {
        let (id, values) = change.split_once('=').expect("a change");
        raw.insert(id.to_owned(), values.split('+').map(str::to_owned).collect());
    }
    raw
}

/// Takes away all fields that begin so.
fn without(mut raw: Raw, start: &str) -> Raw {
    raw.retain(|id, _| !id.starts_with(start));
    raw
}

fn given(answers: &Answers, id: &str) -> String {
    match answers.get(id) {
        None => "absent".to_owned(),
        Some(Answer::NotShown) => "not shown".to_owned(),
        Some(Answer::Skipped) => "skipped".to_owned(),
        Some(Answer::Declined) => "declined".to_owned(),
        Some(Answer::Given(Value::Choices(codes))) => codes.join("+"),
        Some(Answer::Given(Value::Choice(text) | Value::Number(text) | Value::Text(text) | Value::Date(text))) => text.clone(),
    }
}

#[test]
fn every_kind_takes_what_it_should() {
    let survey = survey();
    let cases = [
        ("", "area", "kansai"),
        ("area=other area_other=那覇", "area_other", "那覇"),
        ("interview=yes", "interview", "yes"),
        ("interview=_declined", "interview", "declined"),
        ("learning_plan=course+work", "learning_plan", "work+course"),
        ("recommend=0", "recommend", "0"),
        ("recommend=10 reason=よい", "reason", "よい"),
        ("recommend=8 reason=よい", "reason", "not shown"),
        ("recommend=_declined", "recommend", "declined"),
        ("energy=７５", "energy", "75"),
        ("energy= energy.declined=yes", "energy", "declined"),
        ("hours_customers=100 hours_meetings= hours_alone= hours_learning=", "hours_meetings", "0"),
        ("", "share_alone", "50"),
        ("values_income=", "values_income", "skipped"),
        ("values_people= values_income=１", "values_income", "1"),
        ("", "roles_neighbour", "little"),
        ("", "rather_free_skill", "free"),
        // Row 1 is empty: row 3 moves up
        ("jobs_1_title= jobs_1_years= jobs_3_title=B jobs_3_years=2 jobs_3_field=works", "jobs_1_field", "works"),
        ("jobs_1_title= jobs_1_years= jobs_3_title=B jobs_3_years=2", "jobs_3_years", "skipped"),
        ("jobs_2_title=B jobs_2_years=10", "years_all", "13.5"),
        ("jobs_2_title=B jobs_2_years=0.1 jobs_3_title=C jobs_3_years=0.2", "years_all", "3.8"),
    ];
    for (changes, id, expected) in cases {
        let answers = survey
            .accept(&sheet(changes), today())
            .unwrap_or_else(|judgement| panic!("{changes}: {:?} {:?}", judgement.complaints, judgement.unknown_fields));
        assert_eq!(given(&answers, id), expected, "{changes}");
        let mut all: Vec<String> = survey.variables().into_iter().map(|variable| variable.id).collect();
        all.sort();
        assert_eq!(answers.keys().cloned().collect::<Vec<_>>(), all, "every variable has exactly one state: {changes}");
    }
}

#[test]
fn one_refusal_declines_a_question_of_several_parts() {
    let survey = survey();
    for question in ["learning", "hours", "values", "roles", "rather", "jobs"] {
        let mut raw = without(sheet(""), &format!("{question}_"));
        raw.insert(format!("{question}.declined"), vec!["yes".to_owned()]);
        let answers = survey.accept(&raw, today()).unwrap_or_else(|judgement| panic!("{question}: {:?}", judgement.complaints));
        let own: Vec<String> = survey.question(question).expect(question).variables().into_iter().map(|variable| variable.id).collect();
        assert!(own.iter().all(|id| given(&answers, id) == "declined"), "{question}");
        let depends = [("hours", "share_alone"), ("jobs", "years_all")].into_iter().find(|(on, _)| *on == question);
        // What is worked out from refusals is missing, not 0
        assert!(depends.is_none_or(|(_, id)| given(&answers, id) == "skipped"), "{question}");
        let both = [(format!("{question}.declined"), vec!["yes".to_owned()])].into_iter().chain(sheet("")).collect();
        let judgement = survey.accept(&both, today()).expect_err(question);
        assert!(judgement.complaints.iter().any(|one| one.field == question && one.fault == Fault::Contradiction), "{question}");
    }
}

#[test]
fn every_kind_refuses_what_it_should() {
    let survey = survey();
    let taken = |rank: u32, ja: &str, en: &str| Fault::RankTaken(rank, Text::pair(ja, en));
    let cases = [
        ("area=", "area", Fault::Missing),
        ("area=mars", "area", Fault::UnknownChoice),
        ("area=other", "area_other", Fault::OtherMissing),
        ("interview=maybe", "interview", Fault::UnknownChoice),
        ("interview=yes+no", "interview", Fault::OnlyOne),
        ("learning_talk=", "learning_talk", Fault::Missing),
        ("learning_talk=_declined", "learning_talk", Fault::UnknownChoice),
        ("learning_money=none+work", "learning_money", Fault::Exclusive(Text::pair("学んでいない", "Not yet"))),
        ("recommend=11", "recommend", Fault::UnknownChoice),
        ("recommend=-1", "recommend", Fault::UnknownChoice),
        ("recommend=08", "recommend", Fault::UnknownChoice),
        ("energy=101", "energy", Fault::NumberRange(Some(0.0), Some(100.0))),
        ("energy=72", "energy", Fault::OffStep(0.0, 5.0, 0)),
        ("energy=70.5", "energy", Fault::OffStep(0.0, 5.0, 0)),
        ("energy=", "energy", Fault::Missing),
        ("hours_learning=", "hours", Fault::Sum(100, 90)),
        ("hours_learning=20", "hours", Fault::Sum(100, 110)),
        ("hours_learning=1.5", "hours_learning", Fault::Decimals(0)),
        ("hours_learning=-1", "hours_learning", Fault::NumberRange(Some(0.0), Some(100.0))),
        ("hours_learning=many", "hours_learning", Fault::NotANumber),
        ("values_income=1", "values_people", taken(1, "収入", "Income")),
        ("values_time=4", "values_time", Fault::NumberRange(Some(1.0), Some(3.0))),
        ("values_time= values_growth=", "values", Fault::RanksMissing(vec![2, 3])),
        ("roles_parent=", "roles_parent", Fault::Missing),
        ("roles_parent=never", "roles_parent", Fault::UnknownChoice),
        ("rather_pay_free=skill", "rather_pay_free", Fault::UnknownChoice),
        ("rather_pay_free=", "rather_pay_free", Fault::Missing),
        ("jobs_1_years=", "jobs_1_years", Fault::Missing),
        ("jobs_3_field=works", "jobs_3_title", Fault::Missing),
        ("jobs_1_years=61", "jobs_1_years", Fault::NumberRange(Some(0.0), Some(60.0))),
        ("jobs_1_title= jobs_1_years=", "jobs", Fault::Missing),
    ];
    for (changes, field, fault) in cases {
        let judgement = survey.accept(&sheet(changes), today()).expect_err(changes);
        let found = judgement.complaints.iter().any(|one| one.field == field && one.fault == fault);
        assert!(found, "{changes}: {:?}", judgement.complaints);
        assert_eq!(judgement.complaints.len(), if changes == "jobs_3_field=works" { 2 } else { 1 }, "{changes}");
    }
    // Nothing at all is one complaint where the parts only make sense together
    for (question, complaints) in [("hours", 1), ("values", 1), ("roles", 1), ("jobs", 1), ("rather", 3), ("learning", 3)] {
        let judgement = survey.accept(&without(sheet(""), &format!("{question}_")), today()).expect_err(question);
        assert_eq!(judgement.complaints.len(), complaints, "{question}: {:?}", judgement.complaints);
    }
}

#[test]
fn what_is_calculated_is_never_taken_from_a_browser() {
    let survey = survey();
    let judgement = survey.accept(&sheet("years_all=99"), today()).expect_err("a forged value");
    assert_eq!(judgement.unknown_fields, ["years_all"]);
    assert_eq!(given(&judgement.answers, "years_all"), "3.5");
}

#[test]
fn a_form_sends_no_more_than_its_limit() {
    let survey = survey();
    let longest: usize = survey.questions().flat_map(shirube::survey::field::names).map(|name| name.len() + 2 + 30).sum();
    assert!(survey.body_limit() > longest + (200 + 100 + 4 * 60) * 9, "{} {longest}", survey.body_limit());
}

#[test]
fn every_kind_leaves_and_comes_back_as_it_was() {
    let survey = survey();
    let mut raws = vec![
        sheet(""),
        sheet("interview=yes how=面談 recommend=10 reason=よい energy=0 values_people= values_income=1"),
        sheet("interview=_declined recommend=_declined jobs_2_title=B jobs_2_years=10 jobs_2_field=sales jobs_2_again=yes"),
        sheet("area=other area_other=那覇 hours_customers=100 hours_meetings= hours_alone= hours_learning="),
    ];
    for question in ["learning", "hours", "values", "roles", "rather", "jobs", "energy"] {
        let mut raw = without(sheet("energy="), &format!("{question}_"));
        raw.insert("energy.declined".to_owned(), vec!["yes".to_owned()]);
        if question != "energy" {
            raw.insert(format!("{question}.declined"), vec!["yes".to_owned()]);
        }
        raws.push(raw);
    }
    let responses = raws.iter().map(|raw| {
        let answers = survey.accept(raw, today()).unwrap_or_else(|judgement| panic!("{raw:?}: {:?}", judgement.complaints));
        shirube::survey::Response { survey: survey.id.clone(), revision: survey.revision, answers }
    });
    let batches = |responses: Vec<shirube::survey::Response>| {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store::open(folder.path()).expect("a store");
        store.import(responses, store::Ticket::of("kinds", b"x"), shirube::server::terms(&survey), Vec::new()).expect("stored");
        store.close_batch("kinds", &survey.text_variables(), 1).expect("a batch");
        store.batches("kinds").expect("batches")
    };
    let first = batches(responses.collect());
    let rows = |batches: &[Batch]| responses_csv::rows(&Release::of(&survey, batches), Style::CODES);
    let out = rows(&first);
    let read = responses_in::read(&survey, "answers.csv", out.as_bytes(), Reading::default(), today());
    assert!(!read.diagnostics.has_errors(), "{}", to_text(&read.diagnostics, &read.sources, Language::English));
    let second = batches(read.responses);
    assert_eq!(first[0].columns, second[0].columns);
    assert_eq!(rows(&second), out);
    // A calculated value that is not what its answers come to is refused, not mended in silence
    let (head, rows) = out.split_once("\r\n").expect("rows");
    let wrong = format!("{head}\r\n{}", rows.replacen(",50,", ",51,", 1));
    assert_ne!(wrong, out);
    let read = responses_in::read(&survey, "answers.csv", wrong.as_bytes(), Reading::default(), today());
    assert_eq!((read.refused, read.diagnostics.errors()), (1, 1), "{}", to_text(&read.diagnostics, &read.sources, Language::English));
}

/// Batches of eight people each, in columns as the store keeps them.
fn in_batches(survey: &Survey, sheets: &[String]) -> Vec<Batch> {
    let texts = survey.text_variables();
    let batch = |(number, sheets): (usize, &[String])| {
        let mut batch = Batch {
            survey: survey.id.clone(),
            revision: 1,
            number: u32::try_from(number).expect("few batches") + 1,
            n: sheets.len() as u64,
            ..Batch::default()
        };
        let mut columns: std::collections::BTreeMap<String, Vec<Answer>> = std::collections::BTreeMap::new();
        for changes in sheets {
            let answers =
                survey.accept(&sheet(changes), today()).unwrap_or_else(|judgement| panic!("{changes}: {:?}", judgement.complaints));
            for (variable, answer) in answers.into_iter().filter(|(variable, _)| !texts.contains(variable)) {
                columns.entry(variable).or_default().push(answer);
            }
        }
        batch.columns = columns.into_iter().map(|(variable, column)| (variable, column.into())).collect();
        batch
    };
    sheets.chunks(8).enumerate().map(batch).collect()
}

/// 24 people: twelve promoters, six passives, six detractors; half would rather be paid than free.
#[test]
fn every_kind_has_its_figure() {
    let survey = survey();
    let sheets: Vec<String> = (0..24)
        .map(|person| {
            let likely = [9, 10, 7, 3][person % 4];
            let pay = if person % 2 == 0 { "pay" } else { "free" };
            let first = if person % 3 == 0 { "values_people= values_income=1" } else { "" };
            let pile = ["much", "some", "little"][person % 3];
            let hours = format!("hours_customers={} hours_learning={}", 40 + person % 5, 10 - person % 5);
            format!("recommend={likely} rather_pay_free={pay} {first} roles_expert={pile} {hours}")
        })
        .collect();
    let shape = SurveyShape::of(&survey, true);
    let published = publish(&shape, &in_batches(&survey, &sheets), &Ledger::default());
    let exhibit = |id: &str| published.exhibits.get(id).unwrap_or_else(|| panic!("no exhibit {id}: {:?}", published.exhibits.keys()));
    let value = |id: &str, row: &str| {
        let row = exhibit(id).rows.iter().find(|one| one.id == row).unwrap_or_else(|| panic!("no row {row} in {id}"));
        row.figures.iter().map(|figure| figure.value.map(|value| (value * 100.0).round() / 100.0)).collect::<Vec<_>>()
    };
    assert_eq!(value("recommend", "everybody"), [Some(50.0), Some(25.0), Some(25.0)]);
    let net = exhibit("recommend").details.contrasts.iter().map(|contrast| contrast.figure.value.map(f64::round)).collect::<Vec<_>>();
    assert_eq!(net, [Some(25.0)]);
    assert_eq!(value("hours", "hours_meetings"), [Some(30.0)]);
    assert_eq!(value("hours", "hours_customers"), [Some(41.92)]);
    assert_eq!(value("values", "values_income"), [Some(33.33)]);
    assert_eq!(value("roles", "roles_expert"), [Some(33.33), Some(33.33), Some(33.33)]);
    assert_eq!(exhibit("roles").rows.len(), 4);
    // Of its two comparisons pay wins one for half of the people and none for the others; free wins one or two
    assert_eq!((value("rather", "pay"), value("rather", "free")), (vec![Some(25.0)], vec![Some(75.0)]));
    assert_eq!(exhibit("learning").classes.len(), 4);
    assert_eq!(exhibit("rather").title.in_language(Language::English), "“Free time” comes first");
    // Four people show nothing anywhere, and no exhibit is forgotten
    let few = publish(&shape, &in_batches(&survey, &sheets[..4]), &Ledger::default());
    assert_eq!(few.exhibits.keys().collect::<Vec<_>>(), published.exhibits.keys().collect::<Vec<_>>());
    for (id, exhibit) in &few.exhibits {
        let told = exhibit.rows.iter().any(|row| row.n.is_some() || row.figures.iter().any(|figure| figure.value.is_some()));
        assert!(!told, "{id} tells something of four people");
    }
}
