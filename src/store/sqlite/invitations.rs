//! Invitations on SQLite: handed out, looked up by their sums, burnt in the transaction of the answer.

use super::failure::At;
use super::file::File;
use super::tables::{list, single};
use crate::store::contract::{Invitation, Invited, Standing, Ticket};
use anyhow::{Context, Result};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

const COLUMNS: &str = "SELECT sum, survey, carried, person, standing FROM invitation";

/// How an invitation to this survey stands; `None` where there is no such one.
pub(super) fn standing(connection: &Connection, survey: &str, ticket: &Ticket) -> rusqlite::Result<Option<Standing>> {
    connection
        .prepare_cached("SELECT standing FROM invitation WHERE sum = ?1 AND survey = ?2")?
        .query_row(params![ticket.bytes(), survey], |row| row.get(0))
        .optional()
        .map(|found| found.map(read_standing))
}

/// Marks an invitation as used.
pub(super) fn burn(connection: &Connection, ticket: &Ticket) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE invitation SET standing = 1 WHERE sum = ?1")?.execute([ticket.bytes()])?;
    Ok(())
}

/// Hands out invitations, all or none.
pub(super) fn hand_out(intake: &mut File, survey: &str, invitations: &[Invitation]) -> Result<()> {
    let rows: Vec<(&Invitation, String)> =
        invitations.iter().map(|one| Ok((one, serde_json::to_string(&one.carried)?))).collect::<Result<_>>()?;
    let File { path, connection } = intake;
    let mut insert = || -> rusqlite::Result<()> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (one, carried) in &rows {
            transaction
                .prepare_cached("INSERT INTO invitation (sum, survey, carried, person) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![one.ticket.bytes(), survey, carried, one.person])?;
        }
        transaction.commit()
    };
    insert().at(path)
}

/// Takes back those of these invitations that were not used; returns how many are revoked now that were not before.
pub(super) fn revoke(intake: &mut File, survey: &str, tickets: &[Ticket]) -> Result<usize> {
    let File { path, connection } = intake;
    let mut revoke = || -> rusqlite::Result<usize> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut changed = 0;
        for ticket in tickets {
            changed += transaction
                .prepare_cached("UPDATE invitation SET standing = 2 WHERE sum = ?1 AND survey = ?2 AND standing = 0")?
                .execute(params![ticket.bytes(), survey])?;
        }
        transaction.commit()?;
        Ok(changed)
    };
    revoke().at(path)
}

/// The invitation of this sum.
pub(super) fn find(intake: &File, ticket: &Ticket) -> Result<Option<Invited>> {
    let found = single(intake, &format!("{COLUMNS} WHERE sum = ?1"), [ticket.bytes()], raw)?;
    found.map(read).transpose()
}

/// All invitations to a survey, by their sums.
pub(super) fn all(intake: &File, survey: &str) -> Result<Vec<Invited>> {
    list(intake, &format!("{COLUMNS} WHERE survey = ?1 ORDER BY sum"), [survey], raw)?.into_iter().map(read).collect()
}

type Raw = ([u8; 16], String, String, Option<String>, i64);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn read((sum, survey, carried, person, standing): Raw) -> Result<Invited> {
    let carried = serde_json::from_str(&carried).context("what an invitation carries")?;
    let invitation = Invitation { ticket: Ticket::kept(sum), carried, person };
    Ok(Invited { survey, invitation, standing: read_standing(standing) })
}

fn read_standing(number: i64) -> Standing {
    match number {
        0 => Standing::Open,
        1 => Standing::Used,
        _ => Standing::Revoked,
    }
}
