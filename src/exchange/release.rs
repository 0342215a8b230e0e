//! What may leave of a survey's answers: the one rule that every format obeys.
//!
//! Rows leave without their texts and sorted by content, so that neither a batch nor an order can be told. Between two tables there are
//! never fewer than `k` people, however often a survey is closed, exported and opened again. Attributes that fewer than `k` people
//! share are withheld. Texts leave apart, each question's sorted by themselves, and so many at a time that nobody's can be told.

use super::carried::Shown;
use crate::language::{Text, Today};
use crate::survey::definition::Mode;
use crate::survey::order::is_order;
use crate::survey::together::together;
use crate::survey::{Answer, Batch, Category, Column, Measure, Survey, Value, Variable};
use std::collections::{BTreeMap, BTreeSet};

/// Whether rows may leave on this day: while the figures of a survey are held back until its close, so are its rows. Else whoever
/// exports would know what is promised to nobody yet, and two exports side by side would tell a batch. So would rows with attributes
/// of people who are not named: of each two exports the difference is a few people, with their departments.
#[must_use]
pub fn may_leave(survey: &Survey, today: Today) -> bool {
    survey.is_over(today) || !survey.closes_for_good()
}

/// What leaves.
#[derive(Debug, Clone)]
pub struct Release<'s> {
    /// The survey.
    pub survey: &'s Survey,
    /// Every variable of the rows: what answers carry, those of the survey, then those that it had before. Choices that were removed and chosen stand
    /// behind those on offer.
    pub variables: Vec<Variable>,
    /// Ids of variables, and `variable.code` of choices, that the survey no longer has.
    pub retired: BTreeSet<String>,
    /// One row a response, an answer a variable; `None` where an attribute is withheld.
    pub rows: Vec<Vec<Option<Answer>>>,
    /// The texts of each question, sorted; those that leave.
    pub texts: BTreeMap<String, Vec<String>>,
    /// Questions of which texts stay: all of them, or those that came last.
    pub held: BTreeSet<String>,
    /// How many rows stay, because fewer than `k` people came after those that leave.
    pub kept: usize,
    /// How many rows left without their attributes.
    pub withheld: usize,
    /// The revisions that were answered.
    pub revisions: BTreeSet<u32>,
}

impl<'s> Release<'s> {
    /// What may leave of these batches.
    #[must_use]
    pub fn of(survey: &'s Survey, batches: &[Batch]) -> Release<'s> {
        let all = batches;
        let least = if survey.mode == Mode::Identified { 1 } else { u64::from(survey.k) };
        let (batches, rest) = all.split_at(together(all.iter().map(|batch| batch.n), least));
        let kept = rest.iter().map(|batch| usize::try_from(batch.n).unwrap_or(usize::MAX)).sum();
        let mut retired = BTreeSet::new();
        let variables = variables(survey, batches, &mut retired);
        let (shown, mut withheld) = (Shown::of(survey, batches), 0);
        // The person, or the person's own code, is no attribute: it stays where attributes are withheld
        let attribute: Vec<bool> = variables.iter().map(|variable| shown.decides(&variable.id)).collect();
        let mut rows: Vec<Vec<Option<Answer>>> = Vec::new();
        for batch in batches {
            let columns: Vec<Option<&Column>> = variables.iter().map(|variable| batch.columns.get(&variable.id)).collect();
            for row in 0..usize::try_from(batch.n).unwrap_or(0) {
                let answer = |column: &Option<&Column>| column.and_then(|cells| cells.get(row)).cloned().unwrap_or(Answer::NotShown);
                let leaves = shown.row(batch, row);
                withheld += usize::from(!leaves);
                rows.push(
                    columns.iter().zip(&attribute).map(|(column, attribute)| (leaves || !attribute).then(|| answer(column))).collect(),
                );
            }
        }
        rows.sort_unstable();
        let (mut texts, mut held) = (BTreeMap::new(), BTreeSet::new());
        let names: BTreeSet<&String> = all.iter().flat_map(|batch| batch.texts.keys()).collect();
        for name in names {
            // As comments are shown: what is new between two files are again the words of many
            let given: Vec<&[String]> = batches.iter().map(|batch| batch.texts.get(name).map_or(&[][..], Vec::as_slice)).collect();
            let seen = together(given.iter().map(|texts| texts.len() as u64), text_minimum(survey.k));
            let mut leaving = given[..seen].concat();
            let written: usize = all.iter().filter_map(|batch| batch.texts.get(name)).map(Vec::len).sum();
            if leaving.len() < written {
                held.insert(name.clone());
            }
            if !leaving.is_empty() {
                leaving.sort_unstable();
                texts.insert(name.clone(), leaving);
            }
        }
        let revisions = batches.iter().map(|batch| batch.revision).collect();
        Release { survey, variables, retired, rows, texts, held, kept, withheld, revisions }
    }
}

/// Of how many people texts leave at a time.
pub(super) fn text_minimum(k: u32) -> u64 {
    u64::from(k).saturating_mul(2).max(10)
}

/// The variables of the rows, with what the survey no longer has and the answers still hold.
fn variables(survey: &Survey, batches: &[Batch], retired: &mut BTreeSet<String>) -> Vec<Variable> {
    let asked = survey.variables().into_iter().filter(|variable| variable.measure != Measure::Text);
    let mut variables: Vec<Variable> = survey.carried_variables().into_iter().chain(asked).chain(survey.order_variables()).collect();
    let texts = survey.text_variables();
    let mut values: BTreeMap<&String, BTreeSet<&Value>> = BTreeMap::new();
    for (id, answers) in batches.iter().flat_map(|batch| &batch.columns).filter(|(id, _)| !texts.contains(*id)) {
        values.entry(id).or_default().extend(answers.entries().iter().filter_map(Answer::value));
    }
    for (id, found) in values {
        let codes = || {
            found.iter().flat_map(|value| match value {
                Value::Choice(code) => vec![code],
                Value::Choices(codes) => codes.iter().collect(),
                Value::Number(_) | Value::Text(_) | Value::Date(_) => Vec::new(),
            })
        };
        let Some(variable) = variables.iter_mut().find(|variable| variable.id == *id) else {
            retired.insert(id.clone());
            let categories = || {
                let all: BTreeSet<&String> = codes().collect();
                all.into_iter().map(|code| Category { code: code.clone(), label: Text::plain(code.clone()) }).collect()
            };
            let measure = match found.first() {
                Some(Value::Choices(_)) if is_order(id) => Measure::Order(categories()),
                Some(Value::Choices(_)) => Measure::Multiple(categories()),
                Some(Value::Number(_)) => Measure::Number,
                Some(Value::Date(_)) => Measure::Date,
                Some(Value::Choice(_)) | None => Measure::Nominal(categories()),
                // A text that was kept as a column by mistake must not stand beside answers
                Some(Value::Text(_)) => continue,
            };
            let label = Text::plain(id.clone());
            variables.push(Variable { id: id.clone(), question: id.clone(), label, measure, sensitive: false });
            continue;
        };
        if let Measure::Nominal(categories) | Measure::Ordinal(categories) | Measure::Multiple(categories) | Measure::Order(categories) =
            &mut variable.measure
        {
            let gone: BTreeSet<&String> = codes().filter(|code| categories.iter().all(|category| category.code != **code)).collect();
            // An attribute whose values are as the list of people has them never offered any
            let as_listed = survey.attributes.iter().any(|attribute| attribute.id == *id && attribute.values.is_empty());
            for code in gone {
                if !as_listed {
                    retired.insert(format!("{id}.{code}"));
                }
                categories.push(Category { code: code.clone(), label: Text::plain(code.clone()) });
            }
        }
    }
    variables
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::yaml;
    use crate::diagnostic::Diagnostics;
    use crate::language::{Day, DayTime, Language};
    use crate::survey::read;

    #[test]
    fn rows_that_would_tell_a_batch_wait_for_the_close() {
        let attributes = "attributes: [{id: team, text: 部署, values: [{id: a, text: 営業}, {id: b, text: 総務}]}]";
        for (mode, publish, attributes, before) in [
            ("anonymous", "rolling", "", true),
            ("anonymous", "at-close", "", false),
            ("anonymous", "rolling", attributes, false),
            ("identified", "rolling", attributes, true),
        ] {
            let text = format!(
                "title: x\nlead: x\nminutes: 1\nmode: {mode}\npublish: {publish}\npurpose: x\nopen: 2026-04-01\nclose: 2026-12-31\naccess: invited\n{attributes}\npages:\n  - {{id: one, questions: [{{id: word, kind: short_text, text: x}}]}}\n"
            );
            let mut diagnostics = Diagnostics::new();
            let node = yaml::parse(&"content/surveys/a.yaml".into(), &text, 1, &mut diagnostics).expect("YAML");
            let survey = read::read("a", &node, &[Language::Japanese], &mut diagnostics);
            assert!(!diagnostics.has_errors(), "{text}: {:?}", diagnostics.sorted());
            let on = |written: &str| {
                let day = Day::parse(written).expect("a day");
                may_leave(&survey, Today { day, now: DayTime::whole(day).begins("Asia/Tokyo").expect("a moment") })
            };
            assert_eq!((on("2026-12-01"), on("2027-01-02")), (before, true), "{mode}, {publish}, {attributes}");
        }
    }
}
