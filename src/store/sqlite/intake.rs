//! Keeping a group of deposits in one commit.

use super::by_code;
use super::failure::{is_busy, refusal};
use super::file::File;
use super::invitations;
use super::quotas;
use super::terms::read_terms;
use crate::store::contract::{Lock, Receipt, Refusal, Standing};
use crate::store::faults::Faults;
use crate::store::writer::Deposit;
use rusqlite::{Connection, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};

/// Stores the group durably; a deposit that is refused leaves no trace and does not harm its neighbours.
///
/// Nearly always all of it goes in with one commit. Where SQLite fails (a full disk makes it give up the whole transaction,
/// savepoints or not) the halves are tried on their own, down to the deposit that does not fit.
pub(super) fn keep_group(intake: &mut File, group: &[Deposit], faults: &Faults) -> Vec<Result<Receipt, Refusal>> {
    match try_group(intake, group, faults) {
        Ok(results) => results,
        // To wait once more for another program would keep everyone waiting
        Err(error) if group.len() > 1 && !is_busy(&error) => {
            let (first, second) = group.split_at(group.len() / 2);
            let mut results = keep_group(intake, first, faults);
            results.extend(keep_group(intake, second, faults));
            results
        }
        Err(error) => {
            let refusal = refusal(&error, &intake.path);
            group.iter().map(|_| Err(refusal.clone())).collect()
        }
    }
}

fn try_group(intake: &mut File, group: &[Deposit], faults: &Faults) -> rusqlite::Result<Vec<Result<Receipt, Refusal>>> {
    let transaction = intake.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut keys = Keys::draw(&transaction, group)?;
    let closed = closed_surveys(&transaction)?;
    let mut terms = BTreeMap::new();
    let mut results = Vec::with_capacity(group.len());
    for deposit in group {
        results.push(if closed.contains(&deposit.survey) {
            refuse_closed(&transaction, deposit)?
        } else {
            keep_one(&transaction, deposit, &mut terms, &mut keys)?
        });
        faults.panic_point();
    }
    transaction.commit()?;
    faults.flush();
    Ok(results)
}

/// Keys of 128 random bits for the rows of one commit: eight bytes of the commit, so that its rows lie together and few pages
/// are written, eight of the row. They tell nothing about any order.
struct Keys {
    random: Vec<u8>,
    drawn: usize,
}

impl Keys {
    const PART: usize = 8;

    fn draw(connection: &Connection, group: &[Deposit]) -> rusqlite::Result<Keys> {
        let rows: usize = group.iter().map(|deposit| deposit.rows.len()).sum();
        let bytes = i64::try_from((rows + 1) * Keys::PART).unwrap_or(i64::MAX);
        let random = connection.prepare_cached("SELECT randomblob(?1)")?.query_row([bytes], |row| row.get(0))?;
        Ok(Keys { random, drawn: 0 })
    }

    fn next(&mut self) -> Vec<u8> {
        // Past the end only where a deposit has grown since they were drawn; the table then refuses the short key
        self.drawn += 1;
        let part = |number: usize| self.random.get(number * Keys::PART..(number + 1) * Keys::PART).unwrap_or_default();
        [part(0), part(self.drawn)].concat()
    }
}

fn closed_surveys(connection: &Connection) -> rusqlite::Result<BTreeSet<String>> {
    connection.prepare_cached("SELECT survey FROM survey_closed")?.query_map([], |row| row.get(0))?.collect()
}

/// A second sending is harmless, whatever has changed since: it was stored when the survey was open.
fn refuse_closed(connection: &Connection, deposit: &Deposit) -> rusqlite::Result<Result<Receipt, Refusal>> {
    Ok(if was_sent(connection, deposit)? { Ok(Receipt::AlreadyStored) } else { Err(Refusal::Closed) })
}

/// Stores one deposit; `terms` remembers the locks that this transaction has seen.
fn keep_one(
    connection: &Connection,
    deposit: &Deposit,
    terms: &mut BTreeMap<String, Lock>,
    keys: &mut Keys,
) -> rusqlite::Result<Result<Receipt, Refusal>> {
    let survey = deposit.survey.as_str();
    // Before the terms are fixed: who is not invited must leave no trace. A second sending of the same sheet is harmless, for its
    // invitation was burnt by itself
    if let Some(invitation) = &deposit.invitation
        && !was_sent(connection, deposit)?
    {
        match invitations::standing(connection, survey, invitation)? {
            Some(Standing::Open) => {}
            other => return Ok(Err(Refusal::Uninvited(other))),
        }
    }
    // Before the terms are fixed, too. What was stored already has been counted
    if !deposit.claims.is_empty()
        && !was_sent(connection, deposit)?
        && let Some(full) = quotas::full(connection, survey, &deposit.claims)?
    {
        return Ok(Err(Refusal::Full { quota: full.quota.clone() }));
    }
    if !terms.contains_key(survey) {
        terms.insert(survey.to_owned(), fix_terms(connection, survey, &deposit.lock)?);
    }
    if let Some(terms) = terms.get(survey)
        && *terms != deposit.lock
    {
        // A second sending is harmless, whatever has changed since
        let sent = was_sent(connection, deposit)?;
        return Ok(if sent { Ok(Receipt::AlreadyStored) } else { Err(Refusal::Locked { changed: terms.differences(&deposit.lock) }) });
    }
    let used = connection
        .prepare_cached("INSERT INTO ticket (survey, sum, used) VALUES (?1, ?2, 1) ON CONFLICT DO UPDATE SET used = 1 WHERE used = 0")?
        .execute(params![survey, deposit.ticket.bytes()])?;
    if used == 0 {
        return Ok(Ok(Receipt::AlreadyStored));
    }
    if let Some(invitation) = &deposit.invitation {
        invitations::burn(connection, invitation)?;
    }
    quotas::add(connection, survey, &deposit.claims)?;
    let mut insert = connection.prepare_cached("INSERT INTO intake (survey, id, revision, answers) VALUES (?1, ?2, ?3, ?4)")?;
    for (revision, answers) in &deposit.rows {
        let key = keys.next();
        insert.execute(params![survey, key, revision, answers])?;
        if let Some(handle) = &deposit.withdrawal {
            by_code::note(connection, survey, handle, &key, &deposit.claims)?;
        }
    }
    if let Some(draft) = &deposit.draft {
        by_code::remove(connection, survey, draft)?;
    }
    Ok(Ok(Receipt::Stored))
}

/// Whether this very sheet was stored before.
fn was_sent(connection: &Connection, deposit: &Deposit) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM ticket WHERE survey = ?1 AND sum = ?2 AND used = 1")?
        .exists(params![deposit.survey, deposit.ticket.bytes()])
}

/// The terms of the survey; these, where it has none yet.
fn fix_terms(connection: &Connection, survey: &str, lock: &Lock) -> rusqlite::Result<Lock> {
    if let Some(terms) = read_terms(connection, survey)? {
        return Ok(terms);
    }
    let settings = serde_json::to_string(&lock.settings).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    connection.prepare_cached("INSERT INTO survey_lock (survey, settings) VALUES (?1, ?2)")?.execute(params![survey, settings])?;
    Ok(lock.clone())
}
