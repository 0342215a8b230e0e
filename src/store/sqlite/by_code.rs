//! Drafts and withdrawals on SQLite: rows of the intake that are found by the handle of a code alone.

use super::failure::At;
use super::file::File;
use super::quotas;
use super::tables::single;
use crate::language::Day;
use crate::store::contract::{Claim, Draft, MOST_DRAFT_BYTES, MOST_DRAFTS, Saving, Withdrawal};

use crate::store::sealed::Handle;
use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

/// Puts a sheet aside.
pub(super) fn save(intake: &mut File, draft: &Draft) -> Result<Saving> {
    let File { path, connection } = intake;
    let mut save = || -> rusqlite::Result<Saving> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let sent = transaction
            .prepare_cached("SELECT 1 FROM ticket WHERE survey = ?1 AND sum = ?2 AND used = 1")?
            .exists(params![draft.survey, draft.ticket])?;
        if sent {
            return Ok(Saving::Sent);
        }
        let (others, bytes): (i64, i64) = transaction
            .prepare_cached("SELECT count(*), coalesce(sum(length(sealed)), 0) FROM draft WHERE survey = ?1 AND handle <> ?2")?
            .query_row(params![draft.survey, draft.handle.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if others.unsigned_abs() >= MOST_DRAFTS || bytes.unsigned_abs() + draft.sealed.len() as u64 > MOST_DRAFT_BYTES {
            return Ok(Saving::Full);
        }
        // The older one is wiped when the store is idle
        remove(&transaction, &draft.survey, &draft.handle)?;
        transaction.prepare_cached("INSERT INTO draft (survey, handle, expires, sealed) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
            draft.survey,
            draft.handle.bytes(),
            draft.expires.to_string(),
            draft.sealed
        ])?;
        transaction.commit()?;
        Ok(Saving::Saved)
    };
    save().at(path)
}

/// The sealed bytes of a draft.
pub(super) fn find(intake: &File, survey: &str, handle: &Handle, today: Day) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT sealed FROM draft WHERE survey = ?1 AND handle = ?2 AND expires >= ?3";
    single(intake, sql, params![survey, handle.bytes(), today.to_string()], |row| row.get(0))
}

/// Deletes a draft inside a transaction; true where there was one, whose traces are to be wiped.
pub(super) fn remove(connection: &Connection, survey: &str, handle: &Handle) -> rusqlite::Result<bool> {
    let sql = "DELETE FROM draft WHERE survey = ?1 AND handle = ?2";
    let removed = connection.prepare_cached(sql)?.execute(params![survey, handle.bytes()])? > 0;
    if removed {
        owe(connection)?;
    }
    Ok(removed)
}

/// Deletes a draft.
pub(super) fn discard(intake: &mut File, survey: &str, handle: &Handle) -> Result<bool> {
    let File { path, connection } = intake;
    let mut discard = || -> rusqlite::Result<bool> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let removed = remove(&transaction, survey, handle)?;
        transaction.commit()?;
        Ok(removed)
    };
    discard().at(path)
}

/// Deletes the drafts whose last day was before `today`.
pub(super) fn purge(intake: &mut File, today: Day) -> Result<usize> {
    let File { path, connection } = intake;
    let mut purge = || -> rusqlite::Result<usize> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let removed = transaction.prepare_cached("DELETE FROM draft WHERE expires < ?1")?.execute([today.to_string()])?;
        if removed > 0 {
            owe(&transaction)?;
        }
        transaction.commit()?;
        Ok(removed)
    };
    purge().at(path)
}

/// Notes by which handle a row that was just stored can be taken back, and which quotas have room again then.
pub(super) fn note(connection: &Connection, survey: &str, handle: &Handle, row: &[u8], claims: &[Claim]) -> rusqlite::Result<()> {
    let claims: Vec<(&str, u32, u64)> = claims.iter().map(|claim| (claim.quota.as_str(), claim.revision, claim.people)).collect();
    let claims = serde_json::to_string(&claims).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    let sql = "INSERT INTO withdrawal (survey, sum, id, claims) VALUES (?1, ?2, ?3, ?4)";
    connection.prepare_cached(sql)?.execute(params![survey, handle.bytes(), row, claims]).map(|_| ())
}

/// How the answer of a handle stands.
pub(super) fn standing(intake: &File, survey: &str, handle: &Handle) -> Result<Option<Withdrawal>> {
    let sql = "SELECT withdrawal.id, intake.batch FROM withdrawal LEFT JOIN intake USING (survey, id) WHERE survey = ?1 AND sum = ?2";
    let found: Option<(Option<Vec<u8>>, Option<i64>)> =
        single(intake, sql, params![survey, handle.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.and_then(|(row, batch)| match (row, batch) {
        (None, _) => Some(Withdrawal::Withdrawn),
        (Some(_), Some(0)) => Some(Withdrawal::Waiting),
        // Its batch is being closed
        _ => None,
    }))
}

/// Takes an answer back, unless its batch is being closed.
pub(super) fn withdraw(intake: &mut File, survey: &str, handle: &Handle) -> Result<Option<Withdrawal>> {
    let File { path, connection } = intake;
    let mut withdraw = || -> rusqlite::Result<Option<Withdrawal>> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found: Option<(Option<Vec<u8>>, String)> = transaction
            .prepare_cached("SELECT id, claims FROM withdrawal WHERE survey = ?1 AND sum = ?2")?
            .query_row(params![survey, handle.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((row, claims)) = found else { return Ok(None) };
        let Some(row) = row else { return Ok(Some(Withdrawal::Withdrawn)) };
        let sql = "DELETE FROM intake WHERE survey = ?1 AND id = ?2 AND batch = 0";
        if transaction.prepare_cached(sql)?.execute(params![survey, row])? == 0 {
            return Ok(None);
        }
        transaction
            .prepare_cached("UPDATE withdrawal SET id = NULL, claims = '[]' WHERE survey = ?1 AND sum = ?2")?
            .execute(params![survey, handle.bytes()])?;
        let claims: Vec<(String, u32, u64)> = serde_json::from_str(&claims)
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Text, Box::new(error)))?;
        for (quota, revision, people) in claims {
            quotas::give_back(&transaction, survey, &quota, revision, people)?;
        }
        owe(&transaction)?;
        transaction.commit()?;
        Ok(Some(Withdrawal::Waiting))
    };
    withdraw().at(path)
}

/// Remembers, over a crash too, that traces are to be wiped.
fn owe(connection: &Connection) -> rusqlite::Result<()> {
    connection.prepare_cached("INSERT INTO unwiped (what) VALUES ('code') ON CONFLICT DO NOTHING")?.execute([]).map(|_| ())
}

/// Whether traces are to be wiped.
pub(super) fn is_owed(intake: &File) -> Result<bool> {
    Ok(single(intake, "SELECT 1 FROM unwiped WHERE what = 'code'", [], |_| Ok(()))?.is_some())
}

/// They are wiped.
pub(super) fn settle(intake: &File) -> Result<()> {
    intake.connection.execute("DELETE FROM unwiped WHERE what = 'code'", []).at(&intake.path)?;
    Ok(())
}
