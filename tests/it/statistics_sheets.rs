//! Surveys and batches for the tests of the statistics.

use shirube::diagnostic::Place;
use shirube::language::Text;
use shirube::statistics::{GridShape, SurveyShape};
use shirube::survey::definition::Publish;
use shirube::survey::question::Favourable;
use shirube::survey::scoring::{Band, Method, Scale};
use shirube::survey::{Answer, Answers, Batch, Category, Column, Measure, Value, Variable};
use std::collections::BTreeMap;

/// A place for what stands in no file.
pub(crate) fn nowhere() -> Place {
    Place::whole(&"pulse.yaml".into())
}

/// One person's answers.
pub(crate) type Sheet = Answers;

pub(crate) fn choice(code: impl ToString) -> Answer {
    Answer::Given(Value::Choice(code.to_string()))
}

pub(crate) fn sheet(answers: impl IntoIterator<Item = (&'static str, Answer)>) -> Sheet {
    answers.into_iter().map(|(id, answer)| (id.to_owned(), answer)).collect()
}

/// A batch as the store makes it: rows sorted by content.
pub(crate) fn batch(number: u32, sheets: &[Sheet]) -> Batch {
    let mut sheets: Vec<&Sheet> = sheets.iter().collect();
    sheets.sort();
    let ids: std::collections::BTreeSet<&String> = sheets.iter().flat_map(|sheet| sheet.keys()).collect();
    let column = |id: &String| sheets.iter().map(|sheet| sheet.get(id).cloned().unwrap_or(Answer::NotShown)).collect::<Column>();
    let columns: BTreeMap<String, Column> = ids.into_iter().map(|id| (id.clone(), column(id))).collect();
    Batch { survey: "pulse".into(), revision: 1, number, n: sheets.len() as u64, columns, ..Batch::default() }
}

/// Batches of these sizes, one after the other; what is left over waits.
pub(crate) fn batches(sheets: &[Sheet], sizes: impl IntoIterator<Item = usize>) -> Vec<Batch> {
    let mut rest = sheets;
    let mut made = Vec::new();
    for size in sizes {
        if size == 0 || size > rest.len() {
            break;
        }
        let (now, later) = rest.split_at(size);
        made.push(batch(made.len() as u32 + 1, now));
        rest = later;
    }
    made
}

pub(crate) fn variable(id: &str, measure: Measure) -> Variable {
    Variable {
        id: id.to_owned(),
        question: id.to_owned(),
        label: Text::pair(format!("質問 {id}"), format!("Question {id}")),
        measure,
        sensitive: false,
    }
}

pub(crate) fn points(n: usize) -> Measure {
    Measure::Ordinal(categories((1..=n).map(|point| point.to_string())))
}

pub(crate) fn categories(codes: impl IntoIterator<Item = impl Into<String>>) -> Vec<Category> {
    let category = |code: String| Category { label: Text::pair(format!("選択肢 {code}"), format!("Choice {code}")), code };
    codes.into_iter().map(|code| category(code.into())).collect()
}

pub(crate) fn scale(id: &str, items: &[&str], reversed: &[&str], least: u32, method: Method, bands: &[f64]) -> Scale {
    let own = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<String>>();
    Scale {
        id: id.to_owned(),
        place: nowhere(),
        label: Text::pair(format!("尺度 {id}"), format!("Scale {id}")),
        items: own(items),
        reversed: own(reversed),
        method,
        min_answered: least,
        points: 5,
        bands: bands.iter().map(|from| Band { from: *from, label: Text::plain(format!("{from}+")) }).collect(),
    }
}

/// A survey of these variables and nothing else, published batch by batch.
pub(crate) fn shape(variables: Vec<Variable>) -> SurveyShape {
    SurveyShape {
        id: "pulse".into(),
        title: Text::pair("調査", "Pulse"),
        k: 5,
        variables,
        favourable: BTreeMap::new(),
        grids: Vec::new(),
        sets: Vec::new(),
        recommendations: std::collections::BTreeSet::new(),
        asked_by_answers: std::collections::BTreeSet::new(),
        scales: Vec::new(),
        publish: Publish::Rolling,
        closed: false,
        sample: false,
        segments: Vec::new(),
        analyses: Vec::new(),
        pairings: Vec::new(),
        population: None,
        history: shirube::survey::history::History::default(),
    }
}

/// The survey that tests/reference/compute.py makes answers for.
pub(crate) fn reference_shape() -> SurveyShape {
    let ordinals = [("vision", 5), ("acting", 5), ("meaning", 5), ("lost", 5), ("health", 4), ("plan", 5), ("mood", 7), ("recommend", 11)];
    let mut variables: Vec<Variable> = ordinals.into_iter().map(|(id, n)| variable(id, points(n))).collect();
    variables[4].sensitive = true;
    variables.push(variable("section", Measure::Nominal(categories(["sales", "office", "works", "research"]))));
    variables.push(variable("support", Measure::Multiple(categories(["talk", "course", "transfer", "grant", "none"]))));
    variables.push(variable("years", Measure::Number));
    variables.push(variable("wish", Measure::Text));
    let row = |id: &str| (id.to_owned(), Text::pair(format!("行 {id}"), format!("Row {id}")));
    let grid = GridShape {
        id: "goals".into(),
        label: Text::pair("三つの目標", "Three goals"),
        rows: ["vision", "acting", "meaning"].map(row).into(),
    };
    SurveyShape {
        favourable: [("lost".to_owned(), Favourable::Low)].into(),
        grids: vec![grid],
        sets: Vec::new(),
        recommendations: std::collections::BTreeSet::new(),
        asked_by_answers: std::collections::BTreeSet::new(),
        scales: vec![
            scale("autonomy", &["vision", "acting", "meaning", "lost"], &["lost"], 3, Method::Mean, &[1.0, 2.5, 3.5]),
            scale("drive", &["acting", "meaning"], &[], 2, Method::Sum, &[4.0, 6.0, 8.0]),
        ],
        closed: true,
        ..shape(variables)
    }
}
