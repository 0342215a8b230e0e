//! Taking back what stands in a closed batch: texts go at once, rows are put on a list and leave later.

use super::failure::At;
use super::file::File;
use super::tables::{Files, decode_marks, encode_marks, list, read_batches, single, write_texts};
use crate::store::columns::{decode_texts, encode_columns, encode_texts};
use crate::store::contract::Withdrawal;
use crate::store::sealed::{Handle, text_mark};
use crate::store::trouble::Trouble;
use crate::survey::{Mark, Token};
use anyhow::{Context, Result};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use std::collections::BTreeSet;

/// How the row of a mark stands; `None`: no closed batch of the survey has it.
pub(super) fn standing(answers: &File, survey: &str, mark: Mark) -> Result<Option<Withdrawal>> {
    let sql = "SELECT 1 FROM taken_back WHERE survey = ?1 AND mark = ?2";
    if single(answers, sql, params![survey, mark.bytes()], |_| Ok(()))?.is_some() {
        return Ok(Some(Withdrawal::Withdrawn));
    }
    Ok(rows(answers, survey)?.contains(&mark).then_some(Withdrawal::Closed))
}

/// The marks of all rows of the survey.
fn rows(answers: &File, survey: &str) -> Result<BTreeSet<Mark>> {
    let sql = "SELECT n, marks FROM batch WHERE survey = ?1 AND marks IS NOT NULL";
    let all: Vec<(i64, Vec<u8>)> = list(answers, sql, [survey], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut found = BTreeSet::new();
    for (n, marks) in all {
        let marks =
            decode_marks(Some(marks), usize::try_from(n)?).map_err(|error| Trouble::damaged(&answers.path, &format!("{error:#}")))?;
        found.extend(marks.into_iter().flatten());
    }
    Ok(found)
}

/// Everything of the survey that was taken back.
pub(super) fn taken(answers: &File, survey: &str) -> Result<BTreeSet<Mark>> {
    let all: Vec<[u8; 16]> = list(answers, "SELECT mark FROM taken_back WHERE survey = ?1", [survey], |row| row.get(0))?;
    Ok(all.into_iter().map(Mark::new).collect())
}

/// How many rows of each survey were taken back and have not left yet.
pub(super) fn still_there(answers: &File) -> Result<Vec<(String, u64)>> {
    let surveys: Vec<String> = list(answers, "SELECT DISTINCT survey FROM taken_back", [], |row| row.get(0))?;
    surveys
        .into_iter()
        .map(|survey| {
            let count = taken(answers, &survey)?.intersection(&rows(answers, &survey)?).count() as u64;
            Ok((survey, count))
        })
        .collect()
}

/// Puts the row of a code on the list and deletes the texts of its author, in one commit.
pub(super) fn take_back(files: &mut Files, survey: &str, code: &Token) -> Result<()> {
    let File { path, connection } = &mut files.answers;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).at(path)?;
    let mut gone =
        forget_texts(&transaction, survey, |variable| text_mark(survey, variable, code)).with_context(|| path.display().to_string())?;
    gone.push(Handle::of_withdrawal(survey, code).mark());
    for mark in gone {
        let insert = "INSERT INTO taken_back (survey, mark) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        transaction.execute(insert, params![survey, mark.bytes()]).at(path)?;
    }
    transaction.commit().at(path)
}

/// Deletes the text with this mark from each list of the survey; returns the marks that were found.
fn forget_texts(transaction: &Transaction<'_>, survey: &str, of: impl Fn(&str) -> Mark) -> Result<Vec<Mark>> {
    let lists: Vec<(u32, String, Vec<u8>, Vec<u8>)> = transaction
        .prepare_cached("SELECT number, variable, texts, marks FROM batch_text WHERE survey = ?1 AND marks IS NOT NULL")?
        .query_map([survey], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut found = Vec::new();
    for (number, variable, texts, marks) in lists {
        let wanted = of(&variable);
        let texts = decode_texts(&texts)?;
        let marks = decode_marks(Some(marks), texts.len())?;
        if !marks.contains(&Some(wanted)) {
            continue;
        }
        found.push(wanted);
        let (texts, marks): (Vec<String>, Vec<Option<Mark>>) =
            texts.into_iter().zip(marks).filter(|(_, mark)| *mark != Some(wanted)).unzip();
        transaction.execute(
            "UPDATE batch_text SET texts = ?4, marks = ?5 WHERE survey = ?1 AND number = ?2 AND variable = ?3",
            params![survey, number, variable, encode_texts(&texts), encode_marks(&marks)],
        )?;
    }
    Ok(found)
}

/// Deletes the rows of these marks from the batches of the survey, all or none. A batch that becomes empty stays as one of nobody.
pub(super) fn let_leave(files: &mut Files, survey: &str, marks: &BTreeSet<Mark>) -> Result<()> {
    let before = read_batches(&files.answers, survey, None)?;
    let File { path, connection } = &mut files.answers;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).at(path)?;
    for batch in before {
        let rest = batch.without(marks);
        if rest == batch {
            continue;
        }
        let n = usize::try_from(rest.n)?;
        let columns = encode_columns(n, &rest.columns)?;
        let sql = "UPDATE batch SET n = ?3, columns = ?4, marks = ?5 WHERE survey = ?1 AND number = ?2";
        transaction.execute(sql, params![survey, rest.number, n as i64, columns, encode_marks(&rest.marks.rows)]).at(path)?;
        transaction.execute("DELETE FROM batch_text WHERE survey = ?1 AND number = ?2", params![survey, rest.number]).at(path)?;
        write_texts(&transaction, &rest).at(path)?;
    }
    transaction.commit().at(path)
}

/// Remembers in the intake, over a crash too, that bytes of the answers are to be wiped.
pub(super) fn owe(intake: &Connection) -> rusqlite::Result<()> {
    intake.prepare_cached("INSERT INTO unwiped (what) VALUES ('answers') ON CONFLICT DO NOTHING")?.execute([]).map(|_| ())
}

/// Whether bytes of the answers are to be wiped.
pub(super) fn is_owed(intake: &File) -> Result<bool> {
    Ok(single(intake, "SELECT 1 FROM unwiped WHERE what = 'answers'", [], |_| Ok(()))?.is_some())
}

/// They are wiped.
pub(super) fn settle(intake: &File) -> Result<()> {
    intake.connection.execute("DELETE FROM unwiped WHERE what = 'answers'", []).at(&intake.path)?;
    Ok(())
}
