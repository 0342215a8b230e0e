//! Closing on SQLite: the steps of [`crate::store::batch`] on the two files.

use super::failure::{At, passes};
use super::file::File;
use super::quotas;
use super::terms::read_terms;
use crate::store::batch::{Closing, Tables};
use crate::store::columns::{decode_columns, decode_row, decode_texts, encode_columns, encode_texts};
use crate::store::trouble::Trouble;
use crate::survey::{Answers, Batch, Mark, Marks};
use anyhow::{Context, Result};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Both files, open for writing.
#[derive(Debug)]
pub(super) struct Files {
    /// Single answers of open batches, tickets, terms.
    pub(super) intake: File,
    /// Closed batches and the ledger.
    pub(super) answers: File,
}

impl Tables for Files {
    fn mark(&mut self, survey: &str, texts: &BTreeSet<String>, at_least: u64) -> Result<Vec<u32>> {
        // Past every number that was ever given out, also where one of the files came from a backup
        let taken: u32 = self
            .answers
            .connection
            .query_row(
                "SELECT coalesce(max(number), 0) FROM (SELECT survey, number FROM batch UNION ALL SELECT survey, number FROM lost
                                                       UNION ALL SELECT survey, batches FROM publication)
                 WHERE survey = ?1",
                [survey],
                |row| row.get(0),
            )
            .at(&self.answers.path)?;
        let texts = serde_json::to_string(texts)?;
        let path = self.intake.path.clone();
        mark_rows(&mut self.intake.connection, survey, &texts, at_least.max(1), taken).at(&path)
    }

    fn closings(&self) -> Result<Vec<Closing>> {
        let rows: Vec<(String, u32, u32, String)> =
            list(&self.intake, "SELECT survey, batch, revision, texts FROM closing ORDER BY survey, batch", [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        rows.into_iter()
            .map(|(survey, number, revision, texts)| {
                let texts = serde_json::from_str(&texts).context("the list of free texts of a batch")?;
                Ok(Closing { survey, number, revision, texts })
            })
            .collect()
    }

    fn rows(&self, closing: &Closing) -> Result<Vec<Answers>> {
        let blobs: Vec<Vec<u8>> = list(
            &self.intake,
            "SELECT answers FROM intake WHERE survey = ?1 AND batch = ?2",
            params![closing.survey, closing.number],
            |row| row.get(0),
        )?;
        blobs
            .iter()
            .map(|blob| decode_row(blob).map_err(|error| Trouble::damaged(&self.intake.path, &format!("{error:#}")).into()))
            .collect()
    }

    fn written(&self, closing: &Closing) -> Result<Option<Batch>> {
        Ok(read_batches(&self.answers, &closing.survey, Some(closing.number))?.pop())
    }

    fn write(&mut self, batch: &Batch) -> Result<()> {
        let columns = encode_columns(usize::try_from(batch.n)?, &batch.columns)?;
        let path = self.answers.path.clone();
        write_rows(&mut self.answers.connection, batch, &columns).at(&path)
    }

    fn delete(&mut self, closing: &Closing) -> Result<()> {
        // What was withdrawn before, and the codes of these rows: they can withdraw nothing any more
        let sql = "DELETE FROM withdrawal WHERE survey = ?1
                   AND (id IS NULL OR id IN (SELECT id FROM intake WHERE survey = ?1 AND batch = ?2))";
        self.intake.connection.execute(sql, params![closing.survey, closing.number]).at(&self.intake.path)?;
        let sql = "DELETE FROM intake WHERE survey = ?1 AND batch = ?2";
        self.intake.connection.execute(sql, params![closing.survey, closing.number]).at(&self.intake.path)?;
        Ok(())
    }

    fn rebuild(&mut self) -> Result<bool> {
        match self.intake.connection.execute_batch("VACUUM") {
            Err(error) if passes(&error) => Ok(false),
            result => result.at(&self.intake.path).map(|()| true),
        }
    }

    fn empty_logs(&mut self) -> Result<bool> {
        // The log of the answers tells nothing that their file does not: a build that reads them is not waited for
        self.answers.empty_log(Duration::ZERO)?;
        self.intake.empty_log(Duration::from_secs(1))
    }

    fn forget(&mut self, closings: &[Closing]) -> Result<()> {
        let path = &self.intake.path;
        let transaction = self.intake.connection.transaction_with_behavior(TransactionBehavior::Immediate).at(path)?;
        for closing in closings {
            let sql = "DELETE FROM closing WHERE survey = ?1 AND batch = ?2";
            transaction.execute(sql, params![closing.survey, closing.number]).at(path)?;
        }
        transaction.commit().at(path)
    }
}

impl Files {
    /// Puts batches in the place of those with their numbers, all or none.
    pub(super) fn replace(&mut self, survey: &str, batches: &[Batch]) -> Result<()> {
        let encoded: Vec<(&Batch, Vec<u8>)> =
            batches.iter().map(|batch| Ok((batch, encode_columns(usize::try_from(batch.n)?, &batch.columns)?))).collect::<Result<_>>()?;
        let File { path, connection } = &mut self.answers;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).at(path)?;
        for (batch, columns) in &encoded {
            let n = i64::try_from(batch.n).unwrap_or(i64::MAX);
            let sql = "UPDATE batch SET columns = ?3, marks = ?6 WHERE survey = ?1 AND number = ?2 AND revision = ?4 AND n = ?5";
            let marks = encode_marks(&batch.marks.rows);
            let changed = transaction.execute(sql, params![survey, batch.number, columns, batch.revision, n, marks]).at(path)?;
            anyhow::ensure!(changed == 1, "there is no batch {} of {survey} with {n} answers to replace", batch.number);
            transaction.execute("DELETE FROM batch_text WHERE survey = ?1 AND number = ?2", params![survey, batch.number]).at(path)?;
            write_texts(&transaction, batch).at(path)?;
        }
        transaction.commit().at(path)
    }

    /// Rebuilds the answers without freed pages and empties their log; false where another program is in the way.
    pub(super) fn wipe_answers(&mut self) -> Result<bool> {
        match self.answers.connection.execute_batch("VACUUM") {
            Err(error) if passes(&error) => Ok(false),
            result => {
                result.at(&self.answers.path)?;
                self.answers.empty_log(Duration::from_secs(1))
            }
        }
    }
}

/// The bytes of marks; `None` where there are none.
pub(super) fn encode_marks(marks: &[Option<Mark>]) -> Option<Vec<u8>> {
    let written = |mark: &Option<Mark>| mark.map(|mark| mark.written()).unwrap_or_default();
    (!marks.is_empty()).then(|| encode_texts(&marks.iter().map(written).collect::<Vec<String>>()))
}

/// The marks in these bytes, `count` of them.
pub(super) fn decode_marks(bytes: Option<Vec<u8>>, count: usize) -> Result<Vec<Option<Mark>>> {
    let Some(bytes) = bytes else { return Ok(Vec::new()) };
    let marks: Vec<Option<Mark>> = decode_texts(&bytes)?.iter().map(|written| Mark::read(written)).collect();
    anyhow::ensure!(marks.len() == count, "{} marks for {count} rows or texts", marks.len());
    Ok(marks)
}

pub(super) fn write_texts(connection: &Connection, batch: &Batch) -> rusqlite::Result<()> {
    for (variable, texts) in &batch.texts {
        connection.execute(
            "INSERT INTO batch_text (survey, number, variable, texts, marks) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                batch.survey,
                batch.number,
                variable,
                encode_texts(texts),
                batch.marks.texts.get(variable).and_then(|marks| encode_marks(marks))
            ],
        )?;
    }
    Ok(())
}

/// Gives the waiting rows of each revision that has enough of them a number beyond `taken`.
fn mark_rows(connection: &mut Connection, survey: &str, texts: &str, at_least: u64, taken: u32) -> rusqlite::Result<Vec<u32>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let revisions: Vec<u32> = transaction
        .prepare_cached(
            "SELECT revision FROM intake WHERE survey = ?1 AND batch = 0 GROUP BY revision HAVING count(*) >= ?2 ORDER BY revision",
        )?
        .query_map(params![survey, i64::try_from(at_least).unwrap_or(i64::MAX)], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let smallest = read_terms(&transaction, survey)?.map_or(u64::MAX, |terms| terms.smallest_group());
    let mut numbers = Vec::new();
    for revision in revisions {
        let number: u32 = transaction.query_row(
            "UPDATE survey_lock SET batches = max(batches, ?2) + 1 WHERE survey = ?1 RETURNING batches",
            params![survey, taken],
            |row| row.get(0),
        )?;
        let marked = transaction
            .execute("UPDATE intake SET batch = ?3 WHERE survey = ?1 AND revision = ?2 AND batch = 0", params![survey, revision, number])?;
        transaction.execute(
            "INSERT INTO closing (survey, batch, revision, texts) VALUES (?1, ?2, ?3, ?4)",
            params![survey, number, revision, texts],
        )?;
        if marked as u64 >= smallest {
            quotas::tell(&transaction, survey, revision)?;
        }
        numbers.push(number);
    }
    transaction.commit()?;
    Ok(numbers)
}

fn write_rows(connection: &mut Connection, batch: &Batch, columns: &[u8]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute(
        "INSERT INTO batch (survey, number, revision, n, columns, marks) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            batch.survey,
            batch.number,
            batch.revision,
            i64::try_from(batch.n).unwrap_or(i64::MAX),
            columns,
            encode_marks(&batch.marks.rows)
        ],
    )?;
    write_texts(&transaction, batch)?;
    transaction.commit()
}

/// The rows of a query.
pub(super) fn list<T>(
    file: &File,
    sql: &str,
    values: impl rusqlite::Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    let rows = || -> rusqlite::Result<Vec<T>> { file.connection.prepare_cached(sql)?.query_map(values, read)?.collect() };
    rows().at(&file.path)
}

/// The only row of a query, if there is one.
pub(super) fn single<T>(
    file: &File,
    sql: &str,
    values: impl rusqlite::Params,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>> {
    let row = || file.connection.prepare_cached(sql)?.query_row(values, read).optional();
    row().at(&file.path)
}

/// One closed batch of the survey, or all of them by number. Run it inside one transaction where batches may be added.
pub(super) fn read_batches(answers: &File, survey: &str, number: Option<u32>) -> Result<Vec<Batch>> {
    /// Bytes that may be absent.
    type Blob = Option<Vec<u8>>;
    /// The texts of a batch with their marks.
    type Texts = (BTreeMap<String, Vec<String>>, BTreeMap<String, Vec<Option<Mark>>>);
    let mut texts: BTreeMap<u32, Texts> = BTreeMap::new();
    let blobs: Vec<(u32, String, Vec<u8>, Blob)> = list(
        answers,
        "SELECT number, variable, texts, marks FROM batch_text WHERE survey = ?1 AND number = coalesce(?2, number)",
        params![survey, number],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    let damaged = |error: anyhow::Error| Trouble::damaged(&answers.path, &format!("{error:#}"));
    for (number, variable, blob, marks) in blobs {
        let own = decode_texts(&blob).map_err(damaged)?;
        let marks = decode_marks(marks, own.len()).map_err(damaged)?;
        let (all, all_marks) = texts.entry(number).or_default();
        if !marks.is_empty() {
            all_marks.insert(variable.clone(), marks);
        }
        all.insert(variable, own);
    }
    let rows: Vec<(u32, u32, u64, Vec<u8>, Blob)> = list(
        answers,
        "SELECT number, revision, n, columns, marks FROM batch WHERE survey = ?1 AND number = coalesce(?2, number) ORDER BY number",
        params![survey, number],
        |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?.unsigned_abs(), row.get(3)?, row.get(4)?)),
    )?;
    rows.into_iter()
        .map(|(number, revision, n, blob, marks)| {
            let (rows, columns) = decode_columns(&blob).map_err(damaged)?;
            if rows as u64 != n {
                return Err(damaged(anyhow::anyhow!("batch {number} of {survey} holds {rows} rows instead of {n}")).into());
            }
            let (texts, text_marks) = texts.remove(&number).unwrap_or_default();
            let marks = Marks { rows: decode_marks(marks, rows).map_err(damaged)?, texts: text_marks };
            Ok(Batch { survey: survey.to_owned(), revision, number, n, columns, texts, marks })
        })
        .collect()
}
