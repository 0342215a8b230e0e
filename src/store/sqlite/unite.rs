//! Uniting stores: whatever any of them knows stays known. The first is the one that grows; the others stay as they are.
//!
//! Answers that wait, drafts and codes are the first one's alone: another copy may hold as waiting what the first has long put into a
//! batch, and nothing could tell.

use super::failure::At;
use super::file::File;
use super::purge::delete;
use super::tables::list;
use anyhow::{Context, Result};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Tables that are united by a rule of their own, or not at all.
const NOT_BY_ROW: [&str; 11] =
    ["survey_lock", "ticket", "invitation", "quota", "closing", "intake", "draft", "withdrawal", "unwiped", "store_mark", "lost"];
/// Tables of the answers that follow the rule of batches.
const BATCHES: [&str; 2] = ["batch", "batch_text"];

/// Tables of which a purge leaves the rows.
const OUTLIVES: [&str; 4] = ["survey_closed", "publication", "publication_group", "purged"];
/// Rows of surveys that nobody has purged.
const KEPT: &str = "survey NOT IN (SELECT survey FROM temp.gone)";

/// A survey whose terms two stores have differently: terms never change after the first answer, so these are two surveys.
pub(super) fn other_terms(intake: &File, other: &Path) -> Result<Option<String>> {
    attached(intake, other, &BTreeSet::new(), |connection| {
        let sql = "SELECT survey, one.settings, two.settings FROM survey_lock AS one JOIN other.survey_lock AS two USING (survey)";
        let rows: Vec<(String, String, String)> =
            connection.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<rusqlite::Result<_>>()?;
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap_or_default();
        Ok(rows.into_iter().find(|(_, one, two)| read(one) != read(two)).map(|(survey, ..)| survey))
    })
}

/// Takes into the intake what another knows of terms, tickets, invitations, quotas and closings. True where it knew anything new.
pub(super) fn unite_intakes(intake: &File, other: &Path, purged: &BTreeSet<String>) -> Result<bool> {
    attached(intake, other, purged, |connection| {
        let before = connection.total_changes();
        let kept = KEPT;
        connection.execute_batch(&format!(
            "INSERT OR IGNORE INTO survey_lock (survey, settings, batches) SELECT survey, settings, 0 FROM other.survey_lock WHERE {kept};
             INSERT INTO ticket (survey, sum, used) SELECT survey, sum, used FROM other.ticket WHERE {kept}
               ON CONFLICT DO UPDATE SET used = 1 WHERE used = 0 AND excluded.used = 1;
             INSERT INTO invitation (sum, survey, carried, person, standing)
               SELECT sum, survey, carried, person, standing FROM other.invitation WHERE {kept}
               ON CONFLICT DO UPDATE SET standing = excluded.standing
               WHERE (excluded.standing = 1 AND standing <> 1) OR (excluded.standing = 2 AND standing = 0);
             INSERT INTO quota (survey, quota, revision, count, told) SELECT survey, quota, revision, told, told FROM other.quota WHERE {kept}
               ON CONFLICT DO UPDATE SET count = count - told + excluded.told, told = excluded.told WHERE excluded.told > told;"
        ))?;
        by_row(connection)?;
        Ok(connection.total_changes() > before)
    })
}

/// Takes into the answers what another knows of batches, publications and purges.
pub(super) fn unite_answers(answers: &File, other: &Path, purged: &BTreeSet<String>) -> Result<United> {
    attached(answers, other, purged, |connection| {
        let before = connection.total_changes();
        by_row(connection)?;
        let surveys: Vec<String> = connection
            .prepare(&format!("SELECT DISTINCT survey FROM other.batch WHERE {KEPT} ORDER BY survey"))?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut apart = 0;
        for survey in surveys {
            apart += unite_batches(connection, &survey)?;
        }
        let lost = "INSERT OR IGNORE INTO main.lost SELECT survey, number FROM other.lost
                    WHERE (survey, number) NOT IN (SELECT survey, number FROM main.batch)";
        connection.execute(&format!("{lost} AND {KEPT}"), [])?;
        Ok(United { news: connection.total_changes() > before, apart })
    })
}

/// What came of uniting answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct United {
    /// The other knew anything new.
    pub(super) news: bool,
    /// Answers in batches that both stores closed under one number, each for itself: somebody may have answered in both.
    pub(super) apart: u64,
}

#[derive(Clone)]
struct Known {
    number: u32,
    origin: Option<Vec<u8>>,
    version: u32,
    n: i64,
    revision: u32,
}

impl Known {
    fn is(&self, other: &Known) -> bool {
        match (&self.origin, &other.origin) {
            (Some(one), Some(two)) => one == two,
            // Of before batches had such numbers
            _ => (self.number, self.n, self.revision) == (other.number, other.n, other.revision),
        }
    }
}

/// Batches that are in both are taken as they were changed last, those that are in one stay. Two that have the same number without
/// being the same are both kept, the other's under a new number.
fn unite_batches(connection: &Connection, survey: &str) -> rusqlite::Result<u64> {
    let known = |schema: &str| -> rusqlite::Result<Vec<Known>> {
        let sql = format!("SELECT number, origin, version, n, revision FROM {schema}.batch WHERE survey = ?1 ORDER BY number");
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Known { number: row.get(0)?, origin: row.get(1)?, version: row.get(2)?, n: row.get(3)?, revision: row.get(4)? })
        };
        connection.prepare(&sql)?.query_map([survey], read)?.collect()
    };
    let (mut own, others) = (known("main")?, known("other")?);
    let pairs: Vec<(u32, u32, bool)> = others
        .iter()
        .filter_map(|other| own.iter().find(|one| one.is(other)).map(|one| (one.number, other.number, other.version > one.version)))
        .collect();
    // Rows may have been mixed over all batches of a survey when they were changed: all of a side's, or none
    if pairs.iter().any(|(.., later)| *later) {
        for (own, other, _) in &pairs {
            connection.execute("DELETE FROM batch_text WHERE survey = ?1 AND number = ?2", params![survey, own])?;
            connection.execute("DELETE FROM batch WHERE survey = ?1 AND number = ?2", params![survey, own])?;
            take(connection, survey, *other, *own)?;
        }
    }
    let top = |own: &[Known]| own.iter().map(|one| one.number).max().unwrap_or(0);
    let mut free = top(&own).max(top(&others));
    let mut apart = 0;
    for other in others.iter().filter(|other| pairs.iter().all(|(_, number, _)| *number != other.number)) {
        let mut number = other.number;
        if own.iter().any(|one| one.number == number) {
            free += 1;
            number = free;
            apart += other.n.unsigned_abs();
        }
        take(connection, survey, other.number, number)?;
        own.push(Known { number, ..other.clone() });
    }
    Ok(apart)
}

/// Copies a batch with its texts, under this number. Its columns are all there are, but for those that name it.
fn take(connection: &Connection, survey: &str, from: u32, to: u32) -> rusqlite::Result<()> {
    for table in BATCHES {
        let rest: Vec<String> =
            columns(connection, table)?.into_iter().filter(|one| !["survey", "number"].contains(&one.as_str())).collect();
        let rest = rest.join(", ");
        connection.execute(
            &format!("INSERT INTO main.{table} (survey, number, {rest}) SELECT survey, ?3, {rest} FROM other.{table} WHERE survey = ?1 AND number = ?2"),
            params![survey, from, to],
        )?;
    }
    connection.execute("DELETE FROM lost WHERE survey = ?1 AND number = ?2", params![survey, to]).map(|_| ())
}

/// Every row of every other table that is not there yet; tables that later versions add are among them by themselves.
fn by_row(connection: &Connection) -> rusqlite::Result<()> {
    let tables: Vec<String> = connection
        .prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for table in tables.iter().filter(|table| !NOT_BY_ROW.contains(&table.as_str()) && !BATCHES.contains(&table.as_str())) {
        let all = columns(connection, table)?;
        // What was shown of a survey, and that it was purged, stays when the rest of it goes
        let whole = OUTLIVES.contains(&table.as_str()) || !all.iter().any(|column| column == "survey");
        let (all, kept) = (all.join(", "), if whole { "true" } else { KEPT });
        connection
            .execute(&format!("INSERT OR IGNORE INTO main.\"{table}\" ({all}) SELECT {all} FROM other.\"{table}\" WHERE {kept}"), [])?;
    }
    Ok(())
}

fn columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    connection.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?.query_map([table], |row| row.get(0))?.collect()
}

/// Runs this in one transaction with the other file beside.
fn attached<T>(file: &File, other: &Path, purged: &BTreeSet<String>, run: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
    let name = other.to_str().with_context(|| format!("{} is not a name that SQLite can open", other.display()))?;
    file.connection.execute("ATTACH ?1 AS other", [name]).at(other)?;
    let united = || -> rusqlite::Result<T> {
        let transaction = file.connection.unchecked_transaction()?;
        transaction.execute_batch("PRAGMA defer_foreign_keys = ON; CREATE TEMP TABLE gone (survey TEXT PRIMARY KEY NOT NULL)")?;
        for survey in purged {
            transaction.execute("INSERT INTO temp.gone (survey) VALUES (?1)", [survey])?;
        }
        let done = run(&transaction)?;
        transaction.execute_batch("DROP TABLE temp.gone")?;
        transaction.commit()?;
        Ok(done)
    };
    let done = united().at(&file.path);
    file.connection.execute("DETACH other", []).at(other)?;
    done
}

/// Most batches that a publication is believed to rest on: what stands in a site is not ours alone.
const MOST: u32 = 1_000_000;

/// The surveys that were purged, as these answers know.
pub(super) fn purged(answers: &File) -> Result<BTreeSet<String>> {
    Ok(list(answers, "SELECT survey FROM purged", [], |row| row.get(0))?.into_iter().collect())
}

/// Makes both files one store again: what any purge deleted is deleted, numbers of batches that nobody has any more are lost, and none
/// is given out twice. Returns the surveys whose answers were deleted again, and how many batches are newly known to be lost.
pub(super) fn settle(intake: &File, answers: &File) -> Result<(Vec<String>, u64)> {
    let purged: Vec<(String, String)> =
        list(answers, "SELECT survey, day FROM purged ORDER BY survey", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut again = BTreeSet::new();
    for (survey, day) in &purged {
        let forget = |file: &File, but: &[&str]| -> rusqlite::Result<u64> {
            let transaction = file.connection.unchecked_transaction()?;
            let before = transaction.total_changes();
            delete(&transaction, survey, but)?;
            let changed = transaction.total_changes() - before;
            transaction.commit()?;
            Ok(changed)
        };
        let closed = "INSERT OR IGNORE INTO survey_closed (survey, day) VALUES (?1, ?2)";
        intake.connection.execute(closed, params![survey, day]).at(&intake.path)?;
        let gone = forget(intake, &OUTLIVES).at(&intake.path)? + forget(answers, &OUTLIVES).at(&answers.path)?;
        if gone > 0 {
            again.insert(survey.clone());
        }
    }
    let lost = number(intake, answers)?;
    for file in [intake, answers] {
        file.connection.execute_batch("VACUUM").at(&file.path)?;
    }
    answers.connection.execute("UPDATE purged SET wiped = 1 WHERE wiped = 0", []).at(&answers.path)?;
    Ok((again.into_iter().collect(), lost))
}

fn number(intake: &File, answers: &File) -> Result<u64> {
    let mut tops: BTreeMap<String, u32> = BTreeMap::new();
    let mut higher = |rows: Vec<(String, u32)>| {
        for (survey, top) in rows.into_iter().filter(|(_, top)| *top <= MOST) {
            let own = tops.entry(survey).or_default();
            *own = top.max(*own);
        }
    };
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    for (table, column) in [("batch", "number"), ("lost", "number"), ("publication", "batches")] {
        let sql = format!("SELECT survey, max({column}) FROM {table} WHERE survey NOT IN (SELECT survey FROM purged) GROUP BY survey");
        higher(list(answers, &sql, [], read)?);
    }
    // Those that are being closed now are not lost
    let begun = "SELECT survey, batches - (SELECT count(*) FROM closing WHERE closing.survey = survey_lock.survey) FROM survey_lock";
    higher(list(intake, begun, [], read)?);
    let mut lost = 0;
    for (survey, top) in &tops {
        let insert = "WITH RECURSIVE all_of (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM all_of WHERE number < ?2)
                      INSERT OR IGNORE INTO lost SELECT ?1, number FROM all_of
                      WHERE ?2 > 0 AND number NOT IN (SELECT number FROM batch WHERE survey = ?1)";
        lost += answers.connection.execute(insert, params![survey, top]).at(&answers.path)? as u64;
        let raise = "UPDATE survey_lock SET batches = ?2 WHERE survey = ?1 AND batches < ?2";
        intake.connection.execute(raise, params![survey, top]).at(&intake.path)?;
    }
    Ok(lost)
}

/// Whether a store knows of nothing at all.
pub(super) fn is_blank(intake: &File, answers: &File) -> Result<bool> {
    let nothing = |file: &File| -> rusqlite::Result<bool> {
        let tables: Vec<String> = file
            .connection
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'store_mark'")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for table in tables {
            if file.connection.prepare(&format!("SELECT 1 FROM \"{table}\" LIMIT 1"))?.exists([])? {
                return Ok(false);
            }
        }
        Ok(true)
    };
    Ok(nothing(intake).at(&intake.path)? && nothing(answers).at(&answers.path)?)
}
