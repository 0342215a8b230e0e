//! Responses from a table: every row is judged as a form would be; all are taken or none.

use super::headings::known_columns;
use super::mapping::Mapping;
use super::response_heads::{absent_texts, heads, missing_columns};
use super::response_row::Reader;
use super::source::{self, Source};
use crate::content::Cell;
use crate::content::record::undefused;
use crate::content::workbook::looks_like_one;
use crate::diagnostic::{Diagnostic, Diagnostics, Sources, code};
use crate::language::Day;
use crate::survey::sample::is_mark;
use crate::survey::{Response, Survey};

/// What a file of responses came to.
#[derive(Debug)]
pub struct Read {
    /// The responses, in the order of the file; complete only when there are no errors.
    pub responses: Vec<Response>,
    /// How many rows there were.
    pub rows: usize,
    /// How many of them were refused.
    pub refused: usize,
    /// How the file was saved: `UTF-8`, `Shift_JIS (CP932)`, the name of a sheet.
    pub label: String,
    /// Why rows were refused.
    pub diagnostics: Diagnostics,
    /// The file's text, for showing them.
    pub sources: Sources,
}

/// How a table is to be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading<'a> {
    /// Which column is which variable, where heads do not say it.
    pub mapping: Option<&'a Mapping>,
    /// The sheet of a workbook.
    pub sheet: Option<&'a str>,
}

/// Reads a table of responses as our exports write it, and as others do: CSV in UTF-8 or CP932, or a workbook; columns by id, by label
/// or by a mapping. Columns of free text may be absent.
#[must_use]
pub fn read(survey: &Survey, name: &str, bytes: &[u8], reading: Reading<'_>, today: Day) -> Read {
    let mut read = Read {
        responses: Vec::new(),
        rows: 0,
        refused: 0,
        label: String::new(),
        diagnostics: Diagnostics::new(),
        sources: Sources::default(),
    };
    let Some(table) = source::read(name, bytes, reading.sheet, &mut read.diagnostics, &mut read.sources) else { return read };
    read.label.clone_from(&table.label);
    let known = known_columns(survey);
    if let Some(mark) = invented(&table).filter(|_| !survey.sample) {
        read.diagnostics.push(
            Diagnostic::error(
                code::INVENTED,
                mark.place.clone(),
                "この表は、見本のために作られた回答です。見本ではないアンケートには取り込みません。",
                "These are answers that were invented for a sample. A survey that is none does not take them.",
            )
            .hint(
                "見本のアンケートなら、はじめの回答の前に「sample: true」と書いてください。",
                "If the survey is a sample, write “sample: true” into it before its first answer.",
            ),
        );
        return read;
    }
    let heads = heads(&table.head, &known, reading.mapping, &mut read.diagnostics);
    missing_columns(survey, &known, &heads, &table, &mut read.diagnostics);
    read.rows = table.rows.len();
    let reader = Reader {
        survey,
        heads: &heads,
        absent: absent_texts(survey, &heads),
        mapping: reading.mapping,
        today,
        workbook: looks_like_one(bytes),
    };
    for cells in &table.rows {
        match reader.response(cells, &mut read.diagnostics) {
            Some(response) => read.responses.push(response),
            None => read.refused += 1,
        }
    }
    read
}

/// The first cell that says that its row is invented, whatever its column is called and however it is mapped.
fn invented(table: &Source) -> Option<&Cell> {
    table.rows.iter().flatten().find(|cell| is_mark(undefused(&cell.text)))
}
