//! Closing a batch: single answers become sorted columns, and a crash at any point finishes or repeats the step it struck.
//!
//! The steps ([`Step`]): rows are *marked* with the number of their batch, the batch is *written* to the answers, its rows are
//! *deleted*, the intake is *rebuilt* without freed pages and its log *emptied*, the closing is *forgotten*. A batch that is
//! already written is not written again, so every step may run twice.

use super::faults::{Faults, Step};
use crate::survey::mark::{detach, marked};
use crate::survey::{Answer, Answers, Batch, Column, Mark, Marks, Response, Value};
use anyhow::{Result, bail, ensure};
use std::collections::{BTreeMap, BTreeSet};

/// A batch that is being closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Closing {
    /// The survey's id.
    pub(super) survey: String,
    /// The batch's number.
    pub(super) number: u32,
    /// The revision that its rows answered.
    pub(super) revision: u32,
    /// The variables of free text.
    pub(super) texts: BTreeSet<String>,
}

/// The two groups of tables, as closing sees them. Each call is durable when it returns.
pub(super) trait Tables {
    /// Marks the waiting rows of every revision that has `at_least` of them; returns the numbers given out.
    fn mark(&mut self, survey: &str, texts: &BTreeSet<String>, at_least: u64) -> Result<Vec<u32>>;
    /// The closings that are not forgotten yet.
    fn closings(&self) -> Result<Vec<Closing>>;
    /// The marked rows of a closing that are still in the intake, in no order.
    fn rows(&self, closing: &Closing) -> Result<Vec<Answers>>;
    /// The batch that stands in the answers under this number.
    fn written(&self, closing: &Closing) -> Result<Option<Batch>>;
    /// Writes the batch to the answers.
    fn write(&mut self, batch: &Batch) -> Result<()>;
    /// Deletes the marked rows.
    fn delete(&mut self, closing: &Closing) -> Result<()>;
    /// Rebuilds the intake without freed pages; false where another program is in the way.
    fn rebuild(&mut self) -> Result<bool>;
    /// Empties the logs; false where another program is in the way.
    fn empty_logs(&mut self) -> Result<bool>;
    /// Forgets these closings.
    fn forget(&mut self, closings: &[Closing]) -> Result<()>;
}

/// Finishes every closing that was begun. Returns whether all traces are wiped; what is not is tried again by the next call.
pub(super) fn finish(tables: &mut dyn Tables, faults: &Faults) -> Result<bool> {
    let closings = tables.closings()?;
    if closings.is_empty() {
        return Ok(true);
    }
    let reached = |step: Step| if faults.stops_after(step) { bail!("stopped on purpose after {step:?}") } else { Ok(()) };
    reached(Step::Marked)?;
    for closing in &closings {
        let rows = tables.rows(closing)?;
        match tables.written(closing)? {
            None if rows.is_empty() => {
                bail!("batch {} of survey {} was closed, but is not in the answers", closing.number, closing.survey)
            }
            None => tables.write(&assemble(closing, rows))?,
            // The rows are deleted next: they must be the ones that were written
            Some(batch) => ensure!(
                rows.is_empty() || assemble(closing, rows) == batch,
                "batch {} of survey {} stands in the answers with other content than in the intake",
                closing.number,
                closing.survey
            ),
        }
    }
    reached(Step::Written)?;
    for closing in &closings {
        tables.delete(closing)?;
    }
    reached(Step::Deleted)?;
    if !tables.rebuild()? {
        return Ok(false);
    }
    reached(Step::Rebuilt)?;
    if !tables.empty_logs()? {
        return Ok(false);
    }
    reached(Step::Emptied)?;
    tables.forget(&closings)?;
    tables.empty_logs()?;
    reached(Step::Forgotten)?;
    Ok(true)
}

/// The batch of these rows: whatever order they came in, the result is the same.
///
/// A variable is free text where it is listed or any row holds a [`Value::Text`] in it. A row without a variable that others
/// have was not shown it. Marks that came with a row stay with it and with its texts.
pub(super) fn assemble(closing: &Closing, mut rows: Vec<Answers>) -> Batch {
    let is_text = |answer: &Answer| matches!(answer, Answer::Given(Value::Text(_)));
    let mut row_marks: Vec<Option<Mark>> = Vec::with_capacity(rows.len());
    let mut text_marks: Vec<BTreeMap<String, Mark>> = Vec::with_capacity(rows.len());
    for row in &mut rows {
        let (own, texts) = detach(row);
        row_marks.push(own);
        text_marks.push(texts);
    }
    let mut variables: BTreeSet<String> = BTreeSet::new();
    let mut textual: BTreeSet<String> = BTreeSet::new();
    for (variable, answer) in rows.iter().flatten() {
        let set = if closing.texts.contains(variable) || is_text(answer) { &mut textual } else { &mut variables };
        if !set.contains(variable) {
            set.insert(variable.clone());
        }
    }
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut marks = Marks::default();
    for variable in &textual {
        variables.remove(variable);
        let given = rows.iter_mut().zip(&text_marks).filter_map(|(row, marks)| {
            let text = row.remove(variable).and_then(text_of)?;
            Some((text, marks.get(variable).copied()))
        });
        let mut given: Vec<(String, Option<Mark>)> = given.collect();
        given.sort_unstable();
        let (given, own): (Vec<String>, Vec<Option<Mark>>) = given.into_iter().unzip();
        texts.insert(variable.clone(), given);
        let own = marked(own);
        if !own.is_empty() {
            marks.texts.insert(variable.clone(), own);
        }
    }
    let mut cells: Vec<(Vec<Answer>, Option<Mark>)> = rows
        .into_iter()
        .zip(row_marks)
        .map(|(mut row, mark)| (variables.iter().map(|variable| row.remove(variable).unwrap_or(Answer::NotShown)).collect(), mark))
        .collect();
    cells.sort_unstable();
    let n = cells.len() as u64;
    let mut columns: Vec<Vec<Answer>> = variables.iter().map(|_| Vec::with_capacity(cells.len())).collect();
    let mut row_marks = Vec::with_capacity(cells.len());
    for (row, mark) in cells {
        row_marks.push(mark);
        for (column, answer) in columns.iter_mut().zip(row) {
            column.push(answer);
        }
    }
    marks.rows = marked(row_marks);
    let columns = variables.into_iter().zip(columns.into_iter().map(Column::from)).collect();
    Batch { survey: closing.survey.clone(), revision: closing.revision, number: closing.number, n, columns, texts, marks }
}

/// What was given, as a text.
fn text_of(answer: Answer) -> Option<String> {
    match answer {
        Answer::Given(Value::Choice(text) | Value::Number(text) | Value::Text(text) | Value::Date(text)) => Some(text),
        Answer::Given(Value::Choices(codes)) => Some(codes.join(" ")),
        Answer::NotShown | Answer::Skipped | Answer::Declined => None,
    }
}

/// Whether all of these are answers to this survey.
pub(super) fn same_survey(responses: &[Response]) -> bool {
    responses.windows(2).all(|pair| pair[0].survey == pair[1].survey)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::mark::attach;

    fn closing() -> Closing {
        Closing { survey: "pulse".into(), number: 1, revision: 2, texts: ["listed".to_owned()].into() }
    }

    fn row(choice: &str, text: &str) -> Answers {
        [
            ("mood".to_owned(), Answer::Given(Value::Choice(choice.into()))),
            ("why".to_owned(), if text.is_empty() { Answer::Skipped } else { Answer::Given(Value::Text(text.into())) }),
            ("listed".to_owned(), Answer::Declined),
        ]
        .into()
    }

    #[test]
    fn order_leaves_no_trace() {
        let rows = vec![row("3", "b"), row("1", "c"), row("2", ""), row("1", "a")];
        let mut turned = rows.clone();
        turned.reverse();
        let batch = assemble(&closing(), rows);
        assert_eq!(batch, assemble(&closing(), turned));
        let choice = |code: &str| Answer::Given(Value::Choice(code.into()));
        assert_eq!(batch.columns, BTreeMap::from([("mood".to_owned(), vec![choice("1"), choice("1"), choice("2"), choice("3")].into())]));
        assert_eq!(batch.texts["why"], ["a", "b", "c"]);
        assert_eq!(batch.texts["listed"], [""; 0]);
        assert_eq!((batch.n, batch.number, batch.revision), (4, 1, 2));
    }

    #[test]
    fn a_variable_that_a_row_lacks_was_not_shown() {
        let mut short = row("1", "");
        short.remove("mood");
        let batch = assemble(&closing(), vec![short, row("1", "")]);
        assert_eq!(batch.columns["mood"], [Answer::NotShown, Answer::Given(Value::Choice("1".into()))]);
    }

    #[test]
    fn marks_follow_rows_and_texts_and_nothing_else_does() {
        let of = |number: u8| Mark::new([number; 16]);
        let marked = |choice: &str, text: &str, number: u8| {
            let mut row = row(choice, text);
            attach(&mut row, of(number), |_| of(number + 100));
            row
        };
        let rows = vec![marked("3", "b", 1), marked("1", "", 2), row("2", "a"), marked("1", "c", 3)];
        let batch = assemble(&closing(), rows);
        assert_eq!(batch.columns.keys().collect::<Vec<_>>(), ["mood"], "no column tells of marks");
        assert_eq!(batch.marks.rows, [Some(of(2)), Some(of(3)), None, Some(of(1))]);
        assert_eq!(batch.texts["why"], ["a", "b", "c"]);
        assert_eq!(batch.marks.texts["why"], [None, Some(of(101)), Some(of(103))]);
        let rest = batch.without(&[of(3), of(101)].into());
        assert_eq!((rest.n, rest.marks.rows, rest.columns["mood"].len()), (3, vec![Some(of(2)), None, Some(of(1))], 3));
        assert_eq!(
            (rest.texts["why"].as_slice(), rest.marks.texts["why"].as_slice()),
            (&["a".to_owned(), "c".to_owned()][..], &[None, Some(of(103))][..])
        );
        assert_eq!(batch.without(&[of(9)].into()), batch);
    }

    #[test]
    fn texts_do_not_follow_the_rows() {
        // Which text came with which choice: both ways give the same batch
        let one = assemble(&closing(), vec![row("1", "a"), row("2", "b")]);
        let two = assemble(&closing(), vec![row("1", "b"), row("2", "a")]);
        assert_eq!(one, two);
    }
}
