//! Responses as CSV: rows without texts, and the texts apart, so that no text stands beside an answer.

use super::columns::{Style, WITHHELD, columns, headings};
use super::release::Release;
use crate::content::encoding::to_cp932;
use crate::content::record::{BOM, push_record};
use std::collections::BTreeMap;

/// The rows: one a response, in the order of their content, states apart. Lines end with CRLF; no byte order mark yet.
#[must_use]
pub fn rows(release: &Release<'_>, style: Style) -> String {
    let columns = columns(&release.variables, style.multiple);
    let at: Vec<usize> = columns
        .iter()
        .map(|column| release.variables.iter().position(|variable| variable.id == column.variable.id).unwrap_or(usize::MAX))
        .collect();
    let mut out = String::new();
    match style.labels {
        Some(language) => push_record(&mut out, headings(release.survey, &columns, language)),
        None => push_record(&mut out, columns.iter().map(|column| column.head.as_str())),
    }
    for row in &release.rows {
        let cells = columns.iter().zip(&at).map(|(column, at)| match row.get(*at) {
            Some(None) => WITHHELD.to_owned(),
            Some(Some(answer)) => column.write(Some(answer), style.labels),
            None => column.write(None, style.labels),
        });
        push_record(&mut out, cells);
    }
    out
}

/// The texts that leave: question and text, sorted, without anything else.
#[must_use]
pub fn texts(release: &Release<'_>) -> String {
    let mut out = String::new();
    push_record(&mut out, ["question", "text"]);
    for (variable, text) in release.texts.iter().flat_map(|(variable, all)| all.iter().map(move |text| (variable, text))) {
        push_record(&mut out, [variable.as_str(), text.as_str()]);
    }
    out
}

/// A table as UTF-8 with the byte order mark that Excel asks for.
#[must_use]
pub fn utf8(table: &str) -> Vec<u8> {
    let mut bytes = String::from(BOM).into_bytes();
    bytes.extend_from_slice(table.as_bytes());
    bytes
}

/// A table as CP932, which older programs ask for; characters that it lacks become `〓`. Which those are, and how often, comes along.
#[must_use]
pub fn cp932(table: &str) -> (Vec<u8>, BTreeMap<char, usize>) {
    let mut lacking: BTreeMap<char, usize> = BTreeMap::new();
    let mut known: BTreeMap<char, bool> = BTreeMap::new();
    let fitting: String = table
        .chars()
        .map(|char| {
            let fits = char.is_ascii() || *known.entry(char).or_insert_with(|| to_cp932(&char.to_string()).is_ok());
            if fits {
                return char;
            }
            *lacking.entry(char).or_default() += 1;
            '〓'
        })
        .collect();
    (to_cp932(&fitting).unwrap_or_default(), lacking)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cp932_lacks_is_counted() {
        let (bytes, lacking) = cp932("満足😀①,😀𠮷\r\n");
        assert_eq!(lacking, [('😀', 2), ('𠮷', 1)].into());
        assert_eq!(bytes, to_cp932("満足〓①,〓〓\r\n").expect("in CP932"));
    }
}
