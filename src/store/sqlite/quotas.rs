//! Quotas on SQLite: counted in the transaction of the answer, told with its batch.

use crate::store::contract::Claim;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// The first of these quotas that has no room for its people.
pub(super) fn full<'c>(connection: &Connection, survey: &str, claims: &'c [Claim]) -> rusqlite::Result<Option<&'c Claim>> {
    let mut count = connection.prepare_cached("SELECT coalesce(sum(count), 0) FROM quota WHERE survey = ?1 AND quota = ?2")?;
    for claim in claims {
        let counted: i64 = count.query_row(params![survey, claim.quota], |row| row.get(0))?;
        if counted.unsigned_abs().saturating_add(claim.people) > claim.limit {
            return Ok(Some(claim));
        }
    }
    Ok(None)
}

/// Counts people for these quotas.
pub(super) fn add(connection: &Connection, survey: &str, claims: &[Claim]) -> rusqlite::Result<()> {
    let mut add = connection.prepare_cached(
        "INSERT INTO quota (survey, quota, revision, count) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET count = count + excluded.count",
    )?;
    for claim in claims {
        add.execute(params![survey, claim.quota, claim.revision, i64::try_from(claim.people).unwrap_or(i64::MAX)])?;
    }
    Ok(())
}

/// There is room again for people of this quota whose answer was taken back: it waited, so nothing was told of it.
pub(super) fn give_back(connection: &Connection, survey: &str, quota: &str, revision: u32, people: u64) -> rusqlite::Result<()> {
    let sql = "UPDATE quota SET count = max(told, count - ?4) WHERE survey = ?1 AND quota = ?2 AND revision = ?3";
    let people = i64::try_from(people).unwrap_or(i64::MAX);
    connection.prepare_cached(sql)?.execute(params![survey, quota, revision, people]).map(|_| ())
}

/// What was counted in a revision may be told from now on: all of its answers that waited were just marked as one batch, and they
/// are a group.
pub(super) fn tell(connection: &Connection, survey: &str, revision: u32) -> rusqlite::Result<()> {
    let sql = "UPDATE quota SET told = count WHERE survey = ?1 AND revision = ?2";
    connection.prepare_cached(sql)?.execute(params![survey, revision])?;
    Ok(())
}

/// What may be told of each quota of a survey. One of which nothing may be told is not there, whether or not anybody counts for it.
pub(super) fn told(connection: &Connection, survey: &str) -> rusqlite::Result<BTreeMap<String, u64>> {
    connection
        .prepare_cached("SELECT quota, sum(told) FROM quota WHERE survey = ?1 GROUP BY quota HAVING sum(told) > 0")?
        .query_map([survey], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?
        .collect()
}
