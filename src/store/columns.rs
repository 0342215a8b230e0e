//! Columns as bytes: dictionary-coded, sealed, the same bytes for the same columns on every machine.
//!
//! Version 1, numbers as little-endian base-128 varints, a string as its length in bytes and UTF-8:
//!
//! ```text
//! columns = 1, n, number of columns, column*, seal          seal = first 8 bytes of SHA-256 of all before
//! column  = variable, entries, answer*, width, cell{n}      entries sorted, each used; columns sorted by variable
//! answer  = 0 not shown | 1 skipped | 2 declined | 3 choice | 4 number of choices, choice* | 5 number | 6 text | 7 date
//! cell    = index into the entries, width bytes (0 where there is one entry, else 1, 2 or 4), little-endian
//! texts   = 1, number of texts, text*, seal
//! ```

use super::digest::{seal, unseal};
use crate::survey::{Answer, Answers, Column, Value};
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;

const VERSION: u8 = 1;

/// The bytes of these columns, all of which hold `n` answers.
///
/// # Errors
/// Where a column's length is not `n`.
pub fn encode_columns(n: usize, columns: &BTreeMap<String, Column>) -> Result<Vec<u8>> {
    let mut out = vec![VERSION];
    put_number(&mut out, n);
    put_number(&mut out, columns.len());
    for (variable, column) in columns {
        ensure!(column.len() == n, "column {variable} holds {} answers, not {n}", column.len());
        put_column(&mut out, variable, column);
    }
    Ok(seal(out))
}

/// The bytes of one sheet: columns of one row.
#[must_use]
pub(super) fn encode_row(answers: &Answers) -> Vec<u8> {
    let mut out = Vec::with_capacity(64 * answers.len() + 64);
    out.push(VERSION);
    put_number(&mut out, 1);
    put_number(&mut out, answers.len());
    for (variable, answer) in answers {
        put_string(&mut out, variable);
        put_number(&mut out, 1);
        put_answer(&mut out, answer);
        out.push(cell_width(1));
    }
    seal(out)
}

/// The sheet in these bytes.
///
/// # Errors
/// Where they do not hold exactly one.
pub(super) fn decode_row(bytes: &[u8]) -> Result<Answers> {
    let (n, columns) = decode_columns(bytes)?;
    ensure!(n == 1, "{n} sheets where one should be");
    columns.into_iter().map(|(variable, column)| Ok((variable, column.get(0).context("an empty column")?.clone()))).collect()
}

fn put_column(out: &mut Vec<u8>, variable: &str, column: &Column) {
    put_string(out, variable);
    put_number(out, column.entries().len());
    for answer in column.entries() {
        put_answer(out, answer);
    }
    let width = cell_width(column.entries().len());
    out.push(width);
    for cell in column.cells() {
        out.extend_from_slice(&cell.to_le_bytes()[..usize::from(width)]);
    }
}

/// How many rows these bytes hold, and their columns.
///
/// # Errors
/// Where a byte has changed or a later version wrote them.
pub fn decode_columns(bytes: &[u8]) -> Result<(usize, BTreeMap<String, Column>)> {
    let mut input = Input::open(bytes)?;
    let n = input.number()?;
    let count = input.number()?;
    let mut columns = BTreeMap::new();
    for _ in 0..count {
        let variable = input.string()?;
        let column = input.column(n).with_context(|| format!("column {variable}"))?;
        columns.insert(variable, column);
    }
    input.close()?;
    Ok((n, columns))
}

/// The bytes of these texts, in the order given.
#[must_use]
pub fn encode_texts(texts: &[String]) -> Vec<u8> {
    let mut out = vec![VERSION];
    put_number(&mut out, texts.len());
    for text in texts {
        put_string(&mut out, text);
    }
    seal(out)
}

/// The texts in these bytes.
///
/// # Errors
/// Where a byte has changed or a later version wrote them.
pub fn decode_texts(bytes: &[u8]) -> Result<Vec<String>> {
    let mut input = Input::open(bytes)?;
    let count = input.number()?;
    let texts = (0..count).map(|_| input.string()).collect::<Result<_>>()?;
    input.close()?;
    Ok(texts)
}

/// Bytes a cell: as few as tell this many entries apart.
fn cell_width(entries: usize) -> u8 {
    match entries {
        0 | 1 => 0,
        2..=0x100 => 1,
        0x101..=0x1_0000 => 2,
        _ => 4,
    }
}

fn put_number(out: &mut Vec<u8>, number: usize) {
    let mut rest = number;
    while rest >= 0x80 {
        out.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

fn put_string(out: &mut Vec<u8>, text: &str) {
    put_number(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

fn put_answer(out: &mut Vec<u8>, answer: &Answer) {
    let (tag, text) = match answer {
        Answer::NotShown => return out.push(0),
        Answer::Skipped => return out.push(1),
        Answer::Declined => return out.push(2),
        Answer::Given(Value::Choices(codes)) => {
            out.push(4);
            put_number(out, codes.len());
            return codes.iter().for_each(|code| put_string(out, code));
        }
        Answer::Given(Value::Choice(text)) => (3, text),
        Answer::Given(Value::Number(text)) => (5, text),
        Answer::Given(Value::Text(text)) => (6, text),
        Answer::Given(Value::Date(text)) => (7, text),
    };
    out.push(tag);
    put_string(out, text);
}

/// Sealed bytes being read. Nothing in them can make it read beyond the end.
struct Input<'a> {
    rest: &'a [u8],
}

impl<'a> Input<'a> {
    fn open(bytes: &'a [u8]) -> Result<Input<'a>> {
        let content = unseal(bytes).context("a stored blob is damaged: its sum does not agree")?;
        let mut input = Input { rest: content };
        let version = input.bytes(1)?[0];
        ensure!(version == VERSION, "a stored blob is of version {version}, this program knows version {VERSION}");
        Ok(input)
    }

    fn close(self) -> Result<()> {
        ensure!(self.rest.is_empty(), "a stored blob is {} bytes too long", self.rest.len());
        Ok(())
    }

    fn bytes(&mut self, count: usize) -> Result<&'a [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(count).context("a stored blob ends too early")?;
        self.rest = rest;
        Ok(bytes)
    }

    fn number(&mut self) -> Result<usize> {
        let mut number = 0_usize;
        for shift in (0..usize::BITS).step_by(7) {
            let byte = self.bytes(1)?[0];
            let part = usize::from(byte & 0x7f);
            ensure!(part << shift >> shift == part, "a number in a stored blob is too large");
            number |= part << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        bail!("a number in a stored blob is too long")
    }

    fn string(&mut self) -> Result<String> {
        let length = self.number()?;
        Ok(std::str::from_utf8(self.bytes(length)?).context("a text in a stored blob is not UTF-8")?.to_owned())
    }

    fn answer(&mut self) -> Result<Answer> {
        Ok(match self.bytes(1)?[0] {
            0 => Answer::NotShown,
            1 => Answer::Skipped,
            2 => Answer::Declined,
            3 => Answer::Given(Value::Choice(self.string()?)),
            4 => {
                let count = self.number()?;
                Answer::Given(Value::Choices((0..count).map(|_| self.string()).collect::<Result<_>>()?))
            }
            5 => Answer::Given(Value::Number(self.string()?)),
            6 => Answer::Given(Value::Text(self.string()?)),
            7 => Answer::Given(Value::Date(self.string()?)),
            tag => bail!("an answer of unknown kind {tag}"),
        })
    }

    fn column(&mut self, n: usize) -> Result<Column> {
        let count = self.number()?;
        let entries: Vec<Answer> = (0..count).map(|_| self.answer()).collect::<Result<_>>()?;
        let width = self.bytes(1)?[0];
        ensure!(width == cell_width(entries.len()), "cells of {width} bytes for {} entries", entries.len());
        if width == 0 {
            return Ok(entries.into_iter().next().map(|entry| Column::of_one(entry, n)).unwrap_or_default());
        }
        let width = usize::from(width);
        let cells = self.bytes(n.checked_mul(width).context("too many cells")?)?;
        let index = |cell: &[u8]| cell.iter().rev().fold(0_u32, |index, byte| index << 8 | u32::from(*byte));
        let cells =
            if width == 1 { cells.iter().copied().map(u32::from).collect() } else { cells.chunks_exact(width).map(index).collect() };
        Column::of_cells(entries, cells).context("a cell without its entry")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::digest::seal;
    use proptest::prelude::*;

    fn answers() -> impl Strategy<Value = Answer> {
        prop_oneof![
            Just(Answer::NotShown),
            Just(Answer::Skipped),
            Just(Answer::Declined),
            "[a-d]".prop_map(|code| Answer::Given(Value::Choice(code))),
            prop::collection::vec("[a-z_]{1,9}", 1..4).prop_map(|codes| Answer::Given(Value::Choices(codes))),
            any::<i32>().prop_map(|number| Answer::Given(Value::Number(number.to_string()))),
            "\\PC{1,40}".prop_map(|text| Answer::Given(Value::Text(text))),
            Just(Answer::Given(Value::Date("2026-11-20".into()))),
        ]
    }

    fn columns() -> impl Strategy<Value = (usize, BTreeMap<String, Column>)> {
        (0_usize..40).prop_flat_map(|n| {
            let column = prop::collection::vec(answers(), n).prop_map(Column::from);
            (Just(n), prop::collection::btree_map("[a-z][a-z0-9_]{0,6}", column, 0..5))
        })
    }

    proptest! {
        #[test]
        fn columns_come_back_as_they_went((n, columns) in columns()) {
            let bytes = encode_columns(n, &columns).unwrap();
            prop_assert_eq!(decode_columns(&bytes).unwrap(), (n, columns));
        }

        #[test]
        fn a_row_is_columns_of_one(answers in prop::collection::btree_map("[a-z][a-z0-9_]{0,6}", answers(), 0..8)) {
            let columns = answers.clone().into_iter().map(|(variable, answer)| (variable, Column::of_one(answer, 1))).collect();
            let bytes = encode_row(&answers);
            prop_assert_eq!(&bytes, &encode_columns(1, &columns).unwrap());
            prop_assert_eq!(decode_row(&bytes).unwrap(), answers);
        }

        #[test]
        fn texts_come_back_as_they_went(texts in prop::collection::vec("\\PC{0,40}", 0..20)) {
            prop_assert_eq!(decode_texts(&encode_texts(&texts)).unwrap(), texts);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            // Sealed, so that the reader behind the seal is reached
            let _ = decode_columns(&seal([vec![VERSION], bytes.clone()].concat()));
            let _ = decode_texts(&seal([vec![VERSION], bytes].concat()));
        }
    }

    #[test]
    fn cells_grow_with_the_entries() {
        for n in [1, 2, 256, 257, 65_536, 65_537] {
            let column: Column = (0..n).map(|number| Answer::Given(Value::Number(number.to_string()))).collect();
            let columns = BTreeMap::from([("v".to_owned(), column)]);
            assert_eq!(decode_columns(&encode_columns(n, &columns).unwrap()).unwrap(), (n, columns), "{n} entries");
        }
    }

    #[test]
    fn a_later_version_is_refused() {
        let error = decode_texts(&seal(vec![2, 0])).unwrap_err().to_string();
        assert!(error.contains("version 2"), "{error}");
    }

    #[test]
    fn lengths_that_disagree_are_refused() {
        let columns = BTreeMap::from([("v".to_owned(), Column::of_one(Answer::Skipped, 3))]);
        assert!(encode_columns(2, &columns).is_err());
    }
}
