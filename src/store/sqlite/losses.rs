//! Whether the two files belong together.

use super::tables::{Files, list};
use crate::store::trouble::Trouble;
use anyhow::Result;

/// Refuses to go on where batches that were closed are no longer there.
pub(super) fn find_losses(files: &Files) -> Result<()> {
    let closed: Vec<(String, u32)> = list(
        &files.intake,
        "SELECT survey, batches - (SELECT count(*) FROM closing WHERE closing.survey = survey_lock.survey) FROM survey_lock",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let find = "SELECT (SELECT count(*) FROM batch WHERE survey = ?1) + (SELECT count(*) FROM lost WHERE survey = ?1)";
    for (survey, closed) in closed {
        let found: u32 = list(&files.answers, find, [&survey], |row| row.get(0))?.pop().unwrap_or(0);
        if found < closed {
            return Err(Trouble::lost(&files.answers.path, &survey, closed, found).into());
        }
    }
    Ok(())
}
