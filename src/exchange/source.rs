//! A table of responses as it comes: CSV, or a sheet of a workbook, every cell with its place.

use crate::content::workbook::{self, SheetIn, cell_name};
use crate::content::{Cell, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Sources, closest, code};
use std::sync::Arc;

/// A table with heads.
#[derive(Debug)]
pub struct Source {
    /// The heads.
    pub head: Vec<Cell>,
    /// The rows, each as long as the head; a row with nothing in it is no row.
    pub rows: Vec<Vec<Cell>>,
    /// What it is: `UTF-8`, `Shift_JIS (CP932)`, the name of a sheet.
    pub label: String,
}

/// Reads a file: a workbook by its first bytes, else CSV. `sheet` names the sheet; without it that is `data` (as our own exports
/// call it), else the first one.
pub fn read(name: &str, bytes: &[u8], sheet: Option<&str>, diagnostics: &mut Diagnostics, sources: &mut Sources) -> Option<Source> {
    if workbook::looks_like_one(bytes) {
        return match workbook::read(name, bytes) {
            Ok(sheets) => from_sheets(name, sheets, sheet, diagnostics),
            Err(fault) => {
                diagnostics.push(*fault);
                None
            }
        };
    }
    let file: Arc<str> = name.into();
    let (table, found) = Table::read(&file, bytes);
    diagnostics.append(found);
    let table = table?;
    sources.insert(file, Arc::clone(&table.text));
    Some(Source { head: table.head, rows: table.rows, label: table.encoding.label().to_owned() })
}

fn from_sheets(name: &str, sheets: Vec<SheetIn>, wanted: Option<&str>, diagnostics: &mut Diagnostics) -> Option<Source> {
    let whole = Place::whole(&name.into());
    let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let found = match wanted {
        Some(wanted) => sheets.into_iter().find(|sheet| sheet.name == wanted),
        None => {
            let at =
                sheets.iter().position(|sheet| sheet.name == "data").or_else(|| sheets.iter().position(|sheet| !sheet.rows.is_empty()));
            at.and_then(|at| sheets.into_iter().nth(at))
        }
    };
    let Some(sheet) = found else {
        let fault = match wanted {
            Some(wanted) => Diagnostic::error(
                code::WORKBOOK,
                whole,
                format!("「{wanted}」というシートはありません。"),
                format!("There is no sheet “{wanted}”."),
            )
            .hint(format!("あるのは {} です。", names.join("、")), format!("There are: {}.", names.join(", "))),
            None => Diagnostic::error(code::TABLE_HEAD, whole, "表が空です。", "The table is empty."),
        };
        diagnostics.push(match wanted.and_then(|wanted| closest(wanted, names.iter().map(String::as_str))) {
            Some(guess) => fault.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
            None => fault,
        });
        return None;
    };
    diagnostics.append(sheet.diagnostics.clone());
    for (place, area) in &sheet.merged {
        diagnostics.push(
            Diagnostic::error(
                code::WORKBOOK,
                place.clone(),
                format!("セルが結合されています（{area}）。どの行の値か分かりません。"),
                format!("Cells are merged here ({area}), so a value’s row cannot be told."),
            )
            .hint("結合を解き、値をそれぞれのセルに書いてください。", "Unmerge them and write the value into each cell."),
        );
    }
    let Some(first) = sheet.rows.first() else {
        diagnostics.push(Diagnostic::error(code::TABLE_HEAD, sheet.place(1, 1), "表が空です。", "The table is empty."));
        return None;
    };
    let columns: Vec<u32> = first.cells.iter().map(|(column, _)| *column).collect();
    let head: Vec<Cell> =
        first.cells.iter().map(|(column, text)| Cell { text: text.trim().to_owned(), place: sheet.place(first.number, *column) }).collect();
    let mut rows = Vec::new();
    for row in sheet.rows.iter().skip(1) {
        for (column, _) in row.cells.iter().filter(|(column, _)| columns.binary_search(column).is_err()) {
            let cell = cell_name(row.number, *column);
            diagnostics.push(
                Diagnostic::error(
                    code::RAGGED_ROW,
                    sheet.place(row.number, *column),
                    format!("セル {cell} に値がありますが、その列には名前がありません。"),
                    format!("Cell {cell} holds a value, but its column has no name."),
                )
                .hint("一行目に列の名前を書いてください。", "Name the column in the first row."),
            );
        }
        let text = |column: &u32| row.cells.iter().find(|(at, _)| at == column).map(|(_, text)| text.clone()).unwrap_or_default();
        rows.push(columns.iter().map(|column| Cell { text: text(column), place: sheet.place(row.number, *column) }).collect());
    }
    Some(Source { head, rows, label: sheet.name })
}
