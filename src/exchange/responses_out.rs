//! Responses as CSV: rows without texts, and the texts apart, so that no text stands beside an answer.

use super::carried::Shown;
use super::columns::{Column, WITHHELD, carried_columns, columns};
use crate::content::record::{BOM, push_record};
use crate::survey::{Batch, Survey};

/// The rows of all closed batches: one a response, codes as they are kept, states apart. UTF-8 with byte order mark, CRLF.
///
/// Attributes that answers carry stand first; those of combinations that fewer than k rows hold are withheld.
///
/// Rows stand sorted by their content, across batches, so that neither a batch nor an order can be told.
#[must_use]
pub fn rows(survey: &Survey, batches: &[Batch]) -> String {
    let columns = columns(survey, false);
    let (carried, shown) = (carried_columns(survey), Shown::of(survey, batches));
    let mut lines: Vec<String> = Vec::new();
    for batch in batches {
        for row in 0..usize::try_from(batch.n).unwrap_or(0) {
            let mut line = String::new();
            let cell = |column: &Column| column.write(batch.columns.get(&column.variable.id).and_then(|cells| cells.get(row)));
            let leaves = shown.row(batch, row);
            let known = carried.iter().map(|column| if leaves { cell(column) } else { WITHHELD.to_owned() });
            push_record(&mut line, known.chain(columns.iter().map(cell)));
            lines.push(line);
        }
    }
    lines.sort_unstable();
    let mut out = String::from(BOM);
    push_record(&mut out, carried.iter().chain(&columns).map(|column| column.head.as_str()));
    out.extend(lines);
    out
}

/// The free texts of all closed batches: question and text, sorted, without anything else. Texts of a question that fewer than
/// `max(10, 2k)` people have written to stay here: a style of writing is known among few.
#[must_use]
pub fn texts(survey: &Survey, batches: &[Batch]) -> String {
    let mut out = String::from(BOM);
    push_record(&mut out, ["question", "text"]);
    let least = 10_usize.max(2 * survey.k as usize);
    for variable in survey.text_variables() {
        let mut all: Vec<&String> = batches.iter().filter_map(|batch| batch.texts.get(&variable)).flatten().collect();
        if all.len() < least {
            continue;
        }
        all.sort_unstable();
        for text in all {
            push_record(&mut out, [variable.as_str(), text.as_str()]);
        }
    }
    out
}

/// How many responses the rows hold.
#[must_use]
pub fn count(batches: &[Batch]) -> u64 {
    batches.iter().map(|batch| batch.n).sum()
}
