//! Keeping a group of deposits in one commit.

use super::failure::refusal;
use super::file::File;
use crate::store::contract::{Lock, Receipt, Refusal};
use crate::store::faults::Faults;
use crate::store::writer::Deposit;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::collections::BTreeMap;

/// Stores the group durably; a deposit that is refused leaves no trace and does not harm its neighbours.
pub(super) fn keep_group(intake: &mut File, group: &[Deposit], faults: &Faults) -> Vec<Result<Receipt, Refusal>> {
    let path = intake.path.clone();
    match try_group(intake, group, faults) {
        Ok(results) => results,
        Err(error) => {
            let refusal = refusal(&error, &path);
            group.iter().map(|_| Err(refusal.clone())).collect()
        }
    }
}

fn try_group(intake: &mut File, group: &[Deposit], faults: &Faults) -> rusqlite::Result<Vec<Result<Receipt, Refusal>>> {
    let path = intake.path.clone();
    let transaction = intake.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut terms = BTreeMap::new();
    let mut results = Vec::with_capacity(group.len());
    for deposit in group {
        run(&transaction, "SAVEPOINT deposit")?;
        let result = keep_one(&transaction, deposit, &mut terms);
        faults.panic_point();
        if result.is_err() {
            if transaction.is_autocommit() {
                // SQLite has given up the whole transaction, the neighbours' rows with it
                return result.map(|_| Vec::new()).map_err(|error| match error {
                    Unkept::Sql(error) => error,
                    Unkept::Refused(_) => rusqlite::Error::InvalidQuery,
                });
            }
            terms.clear();
            run(&transaction, "ROLLBACK TO deposit")?;
        }
        run(&transaction, "RELEASE deposit")?;
        results.push(result.map_err(|error| match error {
            Unkept::Refused(refusal) => refusal,
            Unkept::Sql(error) => refusal(&error, &path),
        }));
    }
    transaction.commit()?;
    Ok(results)
}

/// Why a deposit was not kept.
enum Unkept {
    Refused(Refusal),
    Sql(rusqlite::Error),
}

impl From<rusqlite::Error> for Unkept {
    fn from(error: rusqlite::Error) -> Unkept {
        Unkept::Sql(error)
    }
}

/// Stores one deposit; `terms` remembers the locks that this transaction has seen.
fn keep_one(connection: &Connection, deposit: &Deposit, terms: &mut BTreeMap<String, Lock>) -> Result<Receipt, Unkept> {
    let survey = deposit.survey.as_str();
    if !terms.contains_key(survey) {
        terms.insert(survey.to_owned(), fix_terms(connection, survey, &deposit.lock)?);
    }
    // The ticket first: a second sending is harmless, whatever has changed since
    let used = connection
        .prepare_cached("INSERT INTO ticket (survey, sum, used) VALUES (?1, ?2, 1) ON CONFLICT DO UPDATE SET used = 1 WHERE used = 0")?
        .execute(params![survey, deposit.ticket.bytes()])?;
    if used == 0 {
        return Ok(Receipt::AlreadyStored);
    }
    let changed = terms.get(survey).map(|terms| terms.differences(&deposit.lock)).unwrap_or_default();
    if !changed.is_empty() {
        return Err(Unkept::Refused(Refusal::Locked { changed }));
    }
    // A random key: the order of the rows tells nothing about the order of their arrival
    let mut insert = connection.prepare_cached("INSERT INTO intake (survey, id, revision, answers) VALUES (?1, randomblob(16), ?2, ?3)")?;
    for (revision, answers) in &deposit.rows {
        insert.execute(params![survey, revision, answers])?;
    }
    Ok(Receipt::Stored)
}

/// The terms of the survey; these, where it has none yet.
fn fix_terms(connection: &Connection, survey: &str, lock: &Lock) -> Result<Lock, Unkept> {
    if let Some(terms) = read_terms(connection, survey)? {
        return Ok(terms);
    }
    let settings = serde_json::to_string(&lock.settings).map_err(|error| Unkept::Refused(Refusal::Failed(error.to_string())))?;
    connection.prepare_cached("INSERT INTO survey_lock (survey, settings) VALUES (?1, ?2)")?.execute(params![survey, settings])?;
    Ok(lock.clone())
}

/// The terms that the first answer fixed.
pub(super) fn read_terms(connection: &Connection, survey: &str) -> rusqlite::Result<Option<Lock>> {
    let settings: Option<String> = connection
        .prepare_cached("SELECT settings FROM survey_lock WHERE survey = ?1")?
        .query_row([survey], |row| row.get(0))
        .optional()?;
    let parse = |settings: String| {
        let settings = serde_json::from_str(&settings);
        settings.map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error)))
    };
    Ok(settings.map(parse).transpose()?.map(|settings| Lock { settings }))
}

fn run(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute([]).map(|_| ())
}
