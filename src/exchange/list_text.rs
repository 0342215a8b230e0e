//! A list of people as a text that can be looked at and mended in a browser: whatever file it came in.

use super::source;
use crate::content::record::push_record;
use crate::content::{encoding, workbook};
use crate::diagnostic::{Diagnostic, Diagnostics, Sources};

/// The text of a file: CSV as it stands, in UTF-8 or CP932; of a workbook its first sheet with something in it, as CSV. With how the
/// file was saved, in a word.
///
/// # Errors
///
/// What is wrong with the file.
pub fn list_text(name: &str, bytes: &[u8]) -> Result<(String, String), Vec<Diagnostic>> {
    if !workbook::looks_like_one(bytes) {
        return match encoding::utf8_or_cp932(&name.into(), bytes) {
            Ok((text, found)) => Ok((text, found.label().to_owned())),
            Err(fault) => Err(vec![*fault]),
        };
    }
    let (mut diagnostics, mut sources) = (Diagnostics::new(), Sources::default());
    let read = source::read(name, bytes, None, &mut diagnostics, &mut sources);
    match read.filter(|_| !diagnostics.has_errors()) {
        None => Err(diagnostics.sorted().into_iter().cloned().collect()),
        Some(source) => {
            let mut text = String::new();
            for row in std::iter::once(&source.head).chain(&source.rows) {
                push_record(&mut text, row.iter().map(|cell| cell.text.as_str()));
            }
            Ok((text.replace("\r\n", "\n"), "Excel".to_owned()))
        }
    }
}

/// The name under which a text is read as a table: cells that were copied from a spreadsheet are parted by tabs.
#[must_use]
pub fn table_name(text: &str) -> &'static str {
    if text.lines().next().unwrap_or_default().contains('\t') { "people.tsv" } else { "people.csv" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_copied_from_a_spreadsheet_has_tabs() {
        for (text, name) in [("id\tname\n1\ta,b", "people.tsv"), ("id,name\n1,\"a\tb\"", "people.csv"), ("", "people.csv")] {
            assert_eq!(table_name(text), name, "{text:?}");
        }
    }

    #[test]
    fn files_of_both_encodings_are_read_and_others_say_what_is_wrong() {
        let cp932 = encoding::to_cp932("社員番号,氏名\r\n007,髙橋").expect("in CP932");
        let (text, found) = list_text("a.csv", &cp932).expect("a text");
        assert_eq!((text.as_str(), found.contains("CP932")), ("社員番号,氏名\n007,髙橋", true));
        assert!(list_text("a.csv", b"\xff\xfe1\0").is_err());
        assert!(list_text("a.xlsx", b"PK\x03\x04nothing").is_err());
    }
}
