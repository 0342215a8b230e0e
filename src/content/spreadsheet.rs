//! Workbooks out: sheets of plain values as `.xlsx`, the same bytes for the same values. The only user of the workbook writer.

use anyhow::Context;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};

/// A value in a cell. A text is never a formula, whatever it begins with.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A number as written, `12.5`; one that a spreadsheet cannot hold exactly is written as a text.
    Number(String),
    /// A day, `2026-11-20`.
    Day(String),
}

impl Entry {
    /// A text, or nothing where it is empty.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Entry {
        let text = text.into();
        if text.is_empty() { Entry::Empty } else { Entry::Text(text) }
    }
}

/// One sheet to write. Its first row is the head: bold, and it stays in sight.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetOut {
    /// Its name, at most 31 characters.
    pub name: String,
    /// Its rows.
    pub rows: Vec<Vec<Entry>>,
}

/// The bytes of a workbook. Its day of making is fixed, so that equal sheets make equal bytes.
///
/// # Errors
///
/// When the sheets are larger than a workbook can hold: 1,048,576 rows, 16,384 columns, 32,767 characters a cell.
pub fn xlsx(title: &str, sheets: &[SheetOut]) -> anyhow::Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1).context("a fixed day")?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_author("shirube").set_creation_datetime(&made));
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_background_color(Color::RGB(0x00EE_F1F4));
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for sheet in sheets {
        let out = workbook.add_worksheet();
        out.set_name(&sheet.name).with_context(|| format!("sheet {}", sheet.name))?;
        out.set_freeze_panes(1, 0)?;
        let mut widths: Vec<usize> = Vec::new();
        for (row, entries) in sheet.rows.iter().enumerate() {
            let number = u32::try_from(row)?;
            for (column, entry) in entries.iter().enumerate() {
                if widths.len() <= column {
                    widths.resize(column + 1, 0);
                }
                widths[column] = widths[column].max(width(entry));
                write(out, number, u16::try_from(column)?, entry, if row == 0 { Some(&head) } else { None }, &day)
                    .with_context(|| format!("sheet {}, row {}, column {}", sheet.name, row + 1, column + 1))?;
            }
        }
        for (column, width) in widths.into_iter().enumerate() {
            out.set_column_width(u16::try_from(column)?, width.clamp(6, 48) as f64 + 2.0)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// How wide a value is, in digits; wide characters count twice.
fn width(entry: &Entry) -> usize {
    match entry {
        Entry::Empty => 0,
        Entry::Text(text) | Entry::Number(text) | Entry::Day(text) => {
            text.lines().next().unwrap_or_default().chars().map(|char| if char.is_ascii() { 1 } else { 2 }).sum()
        }
    }
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, entry: &Entry, head: Option<&Format>, day: &Format) -> anyhow::Result<()> {
    match (entry, head) {
        (Entry::Empty, None) => {}
        (Entry::Empty, Some(head)) => drop(sheet.write_blank(row, column, head)?),
        (Entry::Text(text), Some(head)) => drop(sheet.write_string_with_format(row, column, text, head)?),
        (Entry::Number(text), _) => match exact(text) {
            Some(number) => drop(sheet.write_number(row, column, number)?),
            None => drop(sheet.write_string(row, column, text)?),
        },
        (Entry::Day(text), _) => match ExcelDateTime::parse_from_str(text) {
            Ok(date) => drop(sheet.write_datetime_with_format(row, column, &date, day)?),
            // Before 1900 a spreadsheet has no days
            Err(_) => drop(sheet.write_string(row, column, text)?),
        },
        (Entry::Text(text), None) => drop(sheet.write_string(row, column, text)?),
    }
    Ok(())
}

/// The number, where fifteen digits say all of it.
fn exact(text: &str) -> Option<f64> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.parse::<f64>().ok().filter(|number| number.is_finite() && digits <= 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_sheets_make_equal_bytes() {
        let sheets = [SheetOut {
            name: "data".to_owned(),
            rows: vec![
                vec![Entry::text("項目"), Entry::text("n")],
                vec![Entry::text("=1+1"), Entry::Number("12.5".to_owned())],
                vec![Entry::Day("2026-11-20".to_owned()), Entry::Number("1234567890123456789".to_owned())],
                vec![Entry::Day("1850-01-01".to_owned()), Entry::Empty],
            ],
        }];
        let first = xlsx("t", &sheets).expect("a workbook");
        std::thread::sleep(std::time::Duration::from_millis(2_100));
        assert_eq!(first, xlsx("t", &sheets).expect("a workbook"));
        let long = [SheetOut { name: "a".to_owned(), rows: vec![vec![Entry::text("x".repeat(40_000))]] }];
        assert!(xlsx("t", &long).is_err());
    }
}
