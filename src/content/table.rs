//! Tables as people save them: CSV by RFC 4180 in UTF-8 or CP932, every cell a text that knows its line and column.

use super::encoding::{self, Encoding};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A table: named columns, rows of as many cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its path.
    pub file: Arc<str>,
    /// The whole text, decoded: for showing diagnostics.
    pub text: Arc<str>,
    /// How it was saved.
    pub encoding: Encoding,
    /// The names of the columns, trimmed.
    pub head: Vec<Cell>,
    /// The rows, each as long as the head. Empty lines are no rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell: always a text, so that `007` stays `007`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What stands in it, quotes undone.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl Table {
    /// Reads a file's bytes. Cells are parted by commas, in `.tsv` files by tabs. Every fault is reported in one run; rows that
    /// are too short or too long are left out. `None` when there is no table at all.
    #[must_use]
    pub fn read(file: &Arc<str>, bytes: &[u8]) -> (Option<Table>, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        let (text, encoding) = match encoding::utf8_or_cp932(file, bytes) {
            Ok(decoded) => decoded,
            Err(diagnostic) => {
                diagnostics.push(*diagnostic);
                return (None, diagnostics);
            }
        };
        let separator = if file.to_lowercase().ends_with(".tsv") { '\t' } else { ',' };
        let mut scanner = Scanner { file, rest: text.chars().peekable(), separator, line: 1, column: 1, diagnostics };
        let mut records = Vec::new();
        while let Some(record) = scanner.record() {
            if !matches!(record.as_slice(), [only] if only.text.trim().is_empty()) {
                records.push(record);
            }
        }
        let mut diagnostics = scanner.diagnostics;
        let mut records = records.into_iter();
        let Some(mut head) = records.next() else {
            diagnostics.push(Diagnostic::error(code::TABLE_HEAD, Place::whole(file), "表が空です。", "The table is empty."));
            return (None, diagnostics);
        };
        for cell in &mut head {
            cell.text = cell.text.trim().to_owned();
        }
        check_head(&head, separator, &mut diagnostics);
        let rows: Vec<Vec<Cell>> = records.filter(|row| check_row(row, &head, &mut diagnostics)).collect();
        (Some(Table { file: Arc::clone(file), text: text.into(), encoding, head, rows }), diagnostics)
    }

    /// The index of a column.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.head.iter().position(|cell| cell.text == name)
    }
}

fn check_head(head: &[Cell], separator: char, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
    for cell in head {
        if cell.text.is_empty() {
            diagnostics.push(
                Diagnostic::error(code::TABLE_HEAD, cell.place.clone(), "列に名前がありません。", "This column has no name.")
                    .hint("一行目に列の名前を書くか、空の列を削除してください。", "Name it in the first row, or delete the empty column."),
            );
        } else if let Some(first) = seen.get(cell.text.as_str()) {
            diagnostics.push(
                Diagnostic::error(
                    code::DUPLICATE_ID,
                    cell.place.clone(),
                    format!("列の名前「{}」が二度使われています。", cell.text),
                    format!("The column name “{}” is used twice.", cell.text),
                )
                .also((*first).clone(), "一つ目", "the first one"),
            );
        } else {
            seen.insert(&cell.text, &cell.place);
        }
    }
    if let [only] = head
        && let Some((other, ja, en)) = [(';', "セミコロン", "semicolons"), ('\t', "タブ", "tabs"), (',', "コンマ", "commas")]
            .into_iter()
            .find(|(char, _, _)| only.text.contains(*char))
        && other != separator
    {
        diagnostics.push(
            Diagnostic::warning(
                code::TABLE_HEAD,
                only.place.clone(),
                format!("列が一つしかありません。{ja}で区切られているようです。"),
                format!("There is only one column. The cells seem to be separated by {en}."),
            )
            .hint("コンマ区切りの CSV で保存し直してください。", "Save it again as CSV with commas."),
        );
    }
}

fn check_row(row: &[Cell], head: &[Cell], diagnostics: &mut Diagnostics) -> bool {
    if row.len() == head.len() {
        return true;
    }
    let (place, ja, en) = match (row.get(head.len()), row.last()) {
        (Some(extra), _) => (extra.place.clone(), "多すぎます", "too many"),
        (None, Some(last)) => (last.place.clone(), "足りません", "too few"),
        (None, None) => return false,
    };
    diagnostics.push(
        Diagnostic::error(
            code::RAGGED_ROW,
            place,
            format!("セルが{ja}（この行は {} 個、一行目は {} 個）。", row.len(), head.len()),
            format!("This row has {en} cells ({} here, {} in the first row).", row.len(), head.len()),
        )
        .hint(
            "コンマを含むセルは「\"」で囲みます。空のセルにもコンマが要ります。",
            "A cell that holds a comma needs quotation marks around it, and an empty cell needs its comma.",
        ),
    );
    false
}

struct Scanner<'a> {
    file: &'a Arc<str>,
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    separator: char,
    line: u32,
    column: u32,
    diagnostics: Diagnostics,
}

impl Scanner<'_> {
    fn next(&mut self) -> Option<char> {
        let char = self.rest.next()?;
        if char == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(char)
    }

    /// One record, its line break taken; `None` at the end of the text.
    fn record(&mut self) -> Option<Vec<Cell>> {
        self.rest.peek()?;
        let mut cells = Vec::new();
        loop {
            cells.push(self.cell());
            match self.next() {
                Some(char) if char == self.separator => {}
                _ => return Some(cells),
            }
        }
    }

    fn cell(&mut self) -> Cell {
        let (line, column) = (self.line, self.column);
        let quoted = self.rest.peek() == Some(&'"');
        let text = if quoted { self.quoted(line, column) } else { self.plain() };
        let length = if self.line == line {
            self.column - column
        } else {
            u32::try_from(text.lines().next().map_or(0, |first| first.chars().count() + 1)).unwrap_or(1)
        };
        Cell { text, place: Place::new(self.file, line, column, length.max(1)) }
    }

    fn plain(&mut self) -> String {
        let mut text = String::new();
        while let Some(char) = self.rest.peek().copied().filter(|char| *char != self.separator && *char != '\n') {
            text.push(char);
            self.next();
        }
        text
    }

    fn quoted(&mut self, line: u32, column: u32) -> String {
        let mut text = String::new();
        self.next();
        loop {
            match self.next() {
                Some('"') if self.rest.peek() == Some(&'"') => {
                    self.next();
                    text.push('"');
                }
                Some('"') => break,
                Some(char) => text.push(char),
                None => {
                    self.diagnostics.push(
                        Diagnostic::error(
                            code::TABLE_QUOTE,
                            Place::new(self.file, line, column, 1),
                            "この引用符「\"」が閉じられていません。",
                            "This quotation mark is never closed.",
                        )
                        .hint("セルの終わりに「\"」を置いてください。", "Put a quotation mark at the end of the cell."),
                    );
                    return text;
                }
            }
        }
        let (line, column) = (self.line, self.column);
        let after = self.plain();
        if !after.trim().is_empty() {
            self.diagnostics.push(
                Diagnostic::error(
                    code::TABLE_QUOTE,
                    Place::new(self.file, line, column, u32::try_from(after.chars().count()).unwrap_or(1)),
                    "閉じた引用符のあとに文字があります。",
                    "There is text after the closing quotation mark.",
                )
                .hint("引用符そのものは、「\"\"」と二つ続けて書きます。", "A quotation mark inside a cell is written twice (\"\")."),
            );
            text.push_str(&after);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Option<Table>, Vec<String>) {
        let (table, diagnostics) = Table::read(&"content/data/a.csv".into(), bytes);
        let found = diagnostics.sorted().iter().map(|one| format!("{}:{} {}", one.place.line, one.place.column, one.code)).collect();
        (table, found)
    }

    fn texts(table: &Table) -> Vec<Vec<&str>> {
        table.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect()
    }

    #[test]
    fn cells_are_texts_with_places_in_both_encodings() {
        let text = "社員番号,部署 ,意見\r\n007,営業,\"一行目\r\n二行目、\"\"引用\"\"\"\r\n\r\n0123,,ok\r\n";
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            (format!("\u{feff}{text}").into_bytes(), Encoding::Utf8),
            (encoding::to_cp932(text).expect("in CP932"), Encoding::Cp932),
        ] {
            let (table, found) = read(&bytes);
            let table = table.expect("a table");
            assert!(found.is_empty(), "{found:?}");
            assert_eq!(table.encoding, encoding);
            assert_eq!(table.column("部署"), Some(1));
            assert_eq!(texts(&table), [["007", "営業", "一行目\n二行目、\"引用\""], ["0123", "", "ok"]]);
            let places: Vec<(u32, u32, u32)> =
                table.rows.iter().flatten().map(|cell| (cell.place.line, cell.place.column, cell.place.length)).collect();
            assert_eq!(places, [(2, 1, 3), (2, 5, 2), (2, 8, 4), (5, 1, 4), (5, 6, 1), (5, 7, 2)]);
        }
    }

    #[test]
    fn every_fault_is_reported_in_one_run() {
        let (table, found) = read("a,,a\n1,2\n1,2,3,4\n\"x\"y,2,3\n1,2,3\n1,\"2,3\n".as_bytes());
        assert_eq!(
            found,
            [
                "1:3 table-head",
                "1:4 duplicate-id",
                "2:3 ragged-row",
                "3:7 ragged-row",
                "4:4 table-quote",
                "6:3 table-quote",
                "6:3 ragged-row"
            ]
        );
        assert_eq!(texts(&table.expect("a table")), [["xy", "2", "3"], ["1", "2", "3"]]);
        assert_eq!(read(b"").1, ["1:1 table-head"]);
        assert_eq!(read(b"\n\n").1, ["1:1 table-head"]);
        assert_eq!(read(b"a;b\n1;2\n").1, ["1:1 table-head"]);
        assert_eq!(read(b"a,b\n1,\xff\n").1, ["2:3 encoding"]);
        assert!(read(b"a,b").1.is_empty());
        let (table, _) = Table::read(&"content/data/a.tsv".into(), b"a\tb\n1,5\t2\n");
        assert_eq!(texts(&table.expect("a table")), [["1,5", "2"]]);
    }
}
