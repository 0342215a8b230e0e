//! Surveys that were closed by hand, on SQLite.

use super::failure::At;
use super::file::File;
use super::tables::list;
use crate::language::Day;
use anyhow::{Context, Result};
use rusqlite::params;
use std::collections::BTreeMap;

/// The surveys that were closed, and on which day.
pub(super) fn all(intake: &File) -> Result<BTreeMap<String, Day>> {
    let rows: Vec<(String, String)> = list(intake, "SELECT survey, day FROM survey_closed", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.into_iter()
        .map(|(survey, day)| {
            let day = Day::parse(&day).with_context(|| format!("{day} is no day"))?;
            Ok((survey, day))
        })
        .collect()
}

/// Takes no more answers to the survey.
pub(super) fn close(intake: &File, survey: &str, day: Day) -> Result<()> {
    let File { path, connection } = intake;
    let insert = "INSERT INTO survey_closed (survey, day) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    connection.execute(insert, params![survey, day.to_string()]).at(path)?;
    Ok(())
}

/// Takes answers to the survey again.
pub(super) fn reopen(intake: &File, survey: &str) -> Result<()> {
    let File { path, connection } = intake;
    connection.execute("DELETE FROM survey_closed WHERE survey = ?1", [survey]).at(path)?;
    Ok(())
}
