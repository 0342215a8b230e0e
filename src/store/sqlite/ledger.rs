//! The ledger on SQLite: what was ever shown.

use super::failure::At;
use super::file::File;
use super::tables::list;
use crate::store::contract::Publication;
use anyhow::Result;
use rusqlite::{TransactionBehavior, params};
use std::collections::BTreeMap;

/// Every publication of a survey, fewest batches first.
pub(super) fn of(answers: &File, survey: &str) -> Result<Vec<Publication>> {
    let rows: Vec<(String, u32, Option<String>, Option<i64>)> = list(
        answers,
        "SELECT fingerprint, batches, key, n FROM publication LEFT JOIN publication_group USING (survey, fingerprint)
         WHERE survey = ?1",
        [survey],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    let mut publications: BTreeMap<String, Publication> = BTreeMap::new();
    for (fingerprint, batches, key, n) in rows {
        let publication =
            publications.entry(fingerprint).or_insert_with(|| Publication { survey: survey.to_owned(), batches, groups: BTreeMap::new() });
        if let (Some(key), Some(n)) = (key, n) {
            publication.groups.insert(key, n.unsigned_abs());
        }
    }
    let mut publications: Vec<Publication> = publications.into_values().collect();
    publications.sort_unstable();
    Ok(publications)
}

/// Enters a publication, durably; one that stands there already changes nothing.
pub(super) fn enter(answers: &mut File, publication: &Publication) -> Result<()> {
    let File { path, connection } = answers;
    let fingerprint = publication.fingerprint();
    let mut enter = || -> rusqlite::Result<()> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "INSERT OR IGNORE INTO publication (survey, fingerprint, batches) VALUES (?1, ?2, ?3)",
            params![publication.survey, fingerprint, publication.batches],
        )?;
        for (key, n) in &publication.groups {
            transaction.execute(
                "INSERT OR IGNORE INTO publication_group (survey, fingerprint, key, n) VALUES (?1, ?2, ?3, ?4)",
                params![publication.survey, fingerprint, key, i64::try_from(*n).unwrap_or(i64::MAX)],
            )?;
        }
        transaction.commit()
    };
    enter().at(path)
}
