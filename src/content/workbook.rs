//! Workbooks in: `.xlsx` and the older `.xls`, every cell a text that knows its sheet, row and column. The only user of the
//! workbook reader.
//!
//! A file is measured before it is unfolded, and sheets are read cell by cell, so that neither a bomb nor a cell in the last
//! column of the last row takes the machine's memory.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use calamine::{CellErrorType, Data, DataRef, Dimensions, ExcelDateTime, Reader, SheetType, Xls, Xlsx};
use std::io::{Cursor, Read};
use std::sync::Arc;

/// Most bytes of a workbook's file.
pub const LARGEST: usize = 64 << 20;
/// Most bytes that a workbook may unfold to.
const UNFOLDED: u64 = 512 << 20;
/// Most cells in all.
const MOST_CELLS: usize = 20_000_000;

/// One sheet with something in it.
#[derive(Debug, Clone)]
pub struct SheetIn {
    /// Its name.
    pub name: String,
    /// What places in it name as their file: `answers.xlsx [Sheet1]`.
    pub file: Arc<str>,
    /// The rows that are not empty, from the top.
    pub rows: Vec<RowIn>,
    /// Cells that were merged, such as `A1:B2`.
    pub merged: Vec<(Place, String)>,
    /// Cells that cannot be read: a formula that was never calculated, `#REF!`.
    pub diagnostics: Diagnostics,
}

/// A row that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowIn {
    /// Its number, from 1.
    pub number: u32,
    /// Column, from 1, and text of every cell with something in it, from the left. Numbers are written plainly, days as
    /// `2026-11-20`, truth values as `TRUE` and `FALSE`.
    pub cells: Vec<(u32, String)>,
}

impl SheetIn {
    /// The place of a cell.
    #[must_use]
    pub fn place(&self, row: u32, column: u32) -> Place {
        Place::new(&self.file, row, column, 1)
    }
}

/// The name of a cell as spreadsheets have it: `B3`.
#[must_use]
pub fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &row.to_string()
}

/// Whether these bytes begin as a workbook does, `.xlsx` or `.xls`.
#[must_use]
pub fn looks_like_one(bytes: &[u8]) -> bool {
    is_zip(bytes) || is_compound(bytes)
}

fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

/// Reads every sheet of a workbook, in its order.
///
/// # Errors
///
/// Not a workbook, damaged, protected by a password, too large.
pub fn read(file: &str, bytes: &[u8]) -> Result<Vec<SheetIn>, Box<Diagnostic>> {
    let place = Place::whole(&file.into());
    if bytes.len() > LARGEST {
        return Err(too_large(place));
    }
    // The reader of the old format is known to stop hard at some damaged files
    let result = std::panic::catch_unwind(|| {
        if is_zip(bytes) {
            measure(bytes, &place).and_then(|()| read_xlsx(file, bytes, &place))
        } else if is_compound(bytes) {
            read_xls(file, bytes, &place)
        } else {
            Err(foreign(place.clone()))
        }
    });
    result.unwrap_or_else(|_| Err(damaged(place.clone(), "")))
}

fn foreign(place: Place) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(code::WORKBOOK, place, "Excel のファイルではありません。", "This is not an Excel workbook.")
            .hint("Excel で開き、「.xlsx」で保存し直してください。", "Open it in a spreadsheet and save it as .xlsx."),
    )
}

fn too_large(place: Place) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(code::WORKBOOK, place, "ブックが大きすぎます。", "This workbook is too large.").hint(
        "読めるのは、ファイルで 64 MiB、展開して 512 MiB、セル 2,000 万個までです。CSV で保存するか、分けてください。",
        "It may have 64 MiB as a file, 512 MiB unfolded and 20 million cells. Save it as CSV, or in parts.",
    ))
}

fn damaged(place: Place, detail: &str) -> Box<Diagnostic> {
    let (open, close) = if detail.is_empty() { ("", "") } else { (" (", ")") };
    Box::new(
        Diagnostic::error(
            code::WORKBOOK,
            place,
            format!("ブックを読めません。壊れているか、パスワードで守られています{open}{detail}{close}。"),
            format!("This workbook cannot be read: it is damaged or protected by a password{open}{detail}{close}."),
        )
        .hint(
            "Excel で開いてパスワードを外し、「.xlsx」で保存し直してください。",
            "Open it in a spreadsheet, take the password off and save it as .xlsx.",
        ),
    )
}

/// Unfolds every part into nothing, counting: what an archive says of itself may be untrue.
fn measure(bytes: &[u8], place: &Place) -> Result<(), Box<Diagnostic>> {
    let unreadable = |error: &dyn std::fmt::Display| damaged(place.clone(), &error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    if archive.len() > 10_000 {
        return Err(too_large(place.clone()));
    }
    // Most bombs say their size, and need not be unfolded to be known
    if archive.decompressed_size().is_some_and(|size| size > u128::from(UNFOLDED)) {
        return Err(too_large(place.clone()));
    }
    let mut left = UNFOLDED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| unreadable(&error))?;
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|error| unreadable(&error))?;
        left = left.checked_sub(read).ok_or_else(|| too_large(place.clone()))?;
    }
    Ok(())
}

fn read_xlsx(file: &str, bytes: &[u8], place: &Place) -> Result<Vec<SheetIn>, Box<Diagnostic>> {
    let unreadable = |error: calamine::XlsxError| damaged(place.clone(), &error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let names: Vec<String> =
        book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).map(|sheet| sheet.name.clone()).collect();
    let mut sheets = Vec::new();
    let mut cells = 0;
    for name in names {
        let mut sheet = Collector::new(file, &name);
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let mut reader = book.worksheet_cells_reader(&name).map_err(unreadable)?;
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(unreadable)? {
            cells += 1;
            if cells > MOST_CELLS {
                return Err(too_large(place.clone()));
            }
            let formula = cell.formula.is_some();
            let value = match cell.value {
                DataRef::SharedString(text) => Data::String(text.to_owned()),
                DataRef::String(text) => Data::String(text),
                DataRef::Int(number) => Data::Int(number),
                DataRef::Float(number) => Data::Float(number),
                DataRef::Bool(truth) => Data::Bool(truth),
                DataRef::DateTime(moment) => Data::DateTime(moment),
                DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Data::String(text),
                DataRef::Error(error) => Data::Error(error),
                DataRef::Empty => Data::Empty,
            };
            sheet.cell(cell.pos.0 + 1, cell.pos.1 + 1, value, formula);
        }
        sheets.push(sheet.done(&merged));
    }
    Ok(sheets)
}

fn read_xls(file: &str, bytes: &[u8], place: &Place) -> Result<Vec<SheetIn>, Box<Diagnostic>> {
    let unreadable = |error: calamine::XlsError| damaged(place.clone(), &error.to_string());
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let mut sheet = Collector::new(file, &name);
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let range = book.worksheet_range(&name).map_err(unreadable)?;
        let (top, left) = range.start().unwrap_or((0, 0));
        for (row, column, value) in range.used_cells() {
            let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX - 70_000);
            sheet.cell(top + number(row) + 1, left + number(column) + 1, value.clone(), false);
        }
        sheets.push(sheet.done(&merged));
    }
    Ok(sheets)
}

/// Collects the cells of a sheet.
struct Collector(SheetIn);

impl Collector {
    fn new(file: &str, name: &str) -> Collector {
        Collector(SheetIn {
            name: name.to_owned(),
            file: format!("{file} [{name}]").into(),
            rows: Vec::new(),
            merged: Vec::new(),
            diagnostics: Diagnostics::new(),
        })
    }

    fn cell(&mut self, row: u32, column: u32, value: Data, formula: bool) {
        let text = match value {
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.replace("\r\n", "\n"),
            Data::Int(number) => number.to_string(),
            Data::Float(number) => number.to_string(),
            Data::Bool(truth) => if truth { "TRUE" } else { "FALSE" }.to_owned(),
            Data::DateTime(moment) => day(&moment),
            Data::Error(error) => return self.error(row, column, &error),
            Data::Empty if formula => return self.never_calculated(row, column),
            _ => return,
        };
        if text.trim().is_empty() {
            return;
        }
        match self.0.rows.last_mut() {
            Some(last) if last.number == row => last.cells.push((column, text)),
            _ => self.0.rows.push(RowIn { number: row, cells: vec![(column, text)] }),
        }
    }

    fn error(&mut self, row: u32, column: u32, error: &CellErrorType) {
        let (name, place) = (cell_name(row, column), self.0.place(row, column));
        self.0.diagnostics.push(Diagnostic::error(
            code::WORKBOOK,
            place,
            format!("セル {name} は計算のエラー（{error}）です。"),
            format!("Cell {name} holds an error of calculation ({error})."),
        ));
    }

    fn never_calculated(&mut self, row: u32, column: u32) {
        let (name, place) = (cell_name(row, column), self.0.place(row, column));
        self.0.diagnostics.push(
            Diagnostic::error(
                code::WORKBOOK,
                place,
                format!("セル {name} には数式だけがあり、値がありません。"),
                format!("Cell {name} holds a formula and no value."),
            )
            .hint(
                "Excel で開いて保存し直すか、値だけを貼り付けてください。",
                "Open and save it in a spreadsheet, or paste the values alone.",
            ),
        );
    }

    fn done(self, merged: &[Dimensions]) -> SheetIn {
        let mut sheet = self.0;
        // Writers may put rows and cells in any order
        sheet.rows.sort_by_key(|row| row.number);
        sheet.rows.dedup_by(|later, earlier| {
            let same = later.number == earlier.number;
            if same {
                earlier.cells.append(&mut later.cells);
            }
            same
        });
        for row in &mut sheet.rows {
            row.cells.sort_by_key(|(column, _)| *column);
        }
        for area in merged {
            let (first, last) = (cell_name(area.start.0 + 1, area.start.1 + 1), cell_name(area.end.0 + 1, area.end.1 + 1));
            let place = sheet.place(area.start.0 + 1, area.start.1 + 1);
            sheet.merged.push((place, format!("{first}:{last}")));
        }
        sheet.merged.sort();
        sheet
    }
}

/// A moment as a person reads it: the day, with its time where it has one. A length of time stays a number.
fn day(moment: &ExcelDateTime) -> String {
    if !moment.is_datetime() {
        return moment.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::spreadsheet::{Entry, SheetOut, xlsx};

    #[test]
    fn what_goes_out_comes_in() {
        let rows = vec![
            vec![Entry::text("名前"), Entry::text("n")],
            vec![Entry::text("=1+1"), Entry::Number("12.5".to_owned())],
            Vec::new(),
            vec![Entry::Empty, Entry::Day("2026-11-20".to_owned()), Entry::Number("1".to_owned())],
        ];
        let bytes = xlsx("t", &[SheetOut { name: "回答".to_owned(), rows }]).expect("a workbook");
        let sheets = read("a.xlsx", &bytes).expect("sheets");
        assert_eq!(sheets.len(), 1);
        assert_eq!((sheets[0].name.as_str(), &*sheets[0].file), ("回答", "a.xlsx [回答]"));
        let rows: Vec<(u32, Vec<(u32, &str)>)> =
            sheets[0].rows.iter().map(|row| (row.number, row.cells.iter().map(|(at, text)| (*at, text.as_str())).collect())).collect();
        assert_eq!(rows, [(1, vec![(1, "名前"), (2, "n")]), (2, vec![(1, "=1+1"), (2, "12.5")]), (4, vec![(2, "2026-11-20"), (3, "1")])]);
    }

    #[test]
    fn what_is_no_workbook_is_said_so() {
        for bytes in [&b"a,b\n1,2\n"[..], b"", b"PK\x03\x04 and nothing", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]] {
            assert_eq!(read("a.xlsx", bytes).expect_err("refused").code, code::WORKBOOK, "{bytes:?}");
        }
    }

    #[test]
    fn cells_are_named_as_in_a_spreadsheet() {
        for (row, column, name) in [(1, 1, "A1"), (3, 26, "Z3"), (10, 27, "AA10"), (1, 703, "AAA1"), (1_048_576, 16_384, "XFD1048576")] {
            assert_eq!(cell_name(row, column), name);
        }
    }
}
