//! A look at what stands in the files without opening the store: nothing is made, migrated, finished or written.

use super::failure::At;
use super::file::File;
use super::tables::{list, read_batches};
use crate::store::columns::decode_row;
use crate::store::contract::Holding;
use anyhow::Result;
use std::collections::BTreeSet;
use std::path::Path;

/// The surveys that were closed by hand.
pub(in crate::store) fn peek_closings(intake: &Path) -> Result<BTreeSet<String>> {
    if !intake.exists() {
        return Ok(BTreeSet::new());
    }
    let file = File::look(intake)?;
    // A file of an older form has no such table
    let known = list(&file, "SELECT 1 FROM sqlite_schema WHERE name = 'survey_closed'", [], |_| Ok(()))?;
    let sql = "SELECT survey FROM survey_closed";
    Ok(if known.is_empty() { BTreeSet::new() } else { list(&file, sql, [], |row| row.get(0))?.into_iter().collect() })
}

/// The variables that the two files hold, by survey.
pub(in crate::store) fn peek(intake: &Path, answers: &Path) -> Result<Holding> {
    let mut holding = Holding::new();
    if answers.exists() {
        let file = File::look(answers)?;
        let moment = file.connection.unchecked_transaction().at(answers)?;
        for survey in list(&file, "SELECT DISTINCT survey FROM batch ORDER BY survey", [], |row| row.get::<_, String>(0))? {
            let own = holding.entry(survey.clone()).or_default();
            for batch in read_batches(&file, &survey, None)? {
                own.extend(batch.columns.into_keys().chain(batch.texts.into_keys()));
            }
        }
        moment.finish().at(answers)?;
    }
    if intake.exists() {
        let file = File::look(intake)?;
        let rows: Vec<(String, Vec<u8>)> = list(&file, "SELECT survey, answers FROM intake", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for (survey, row) in rows {
            holding.entry(survey).or_default().extend(decode_row(&row)?.into_keys());
        }
    }
    Ok(holding)
}
