//! How the store stands, from both files.

use super::tables::{Files, list};
use super::taken_back::still_there;
use crate::store::contract::Status;
use anyhow::Result;
use std::path::Path;

/// How many answers stand where. No batch may be moving over meanwhile.
pub(super) fn status(files: &Files) -> Result<Status> {
    let mut status = Status::default();
    let waiting: Vec<(String, i64, u32)> = list(
        &files.intake,
        "SELECT survey, (SELECT count(*) FROM intake WHERE intake.survey = survey_lock.survey AND batch = 0),
                (SELECT count(*) FROM closing WHERE closing.survey = survey_lock.survey) FROM survey_lock",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    for (survey, waiting, unwiped) in waiting {
        let entry = status.surveys.entry(survey).or_default();
        (entry.waiting, entry.unwiped) = (waiting.unsigned_abs(), unwiped);
    }
    let sql = "SELECT survey, count(*), sum(n) FROM batch GROUP BY survey";
    let closed: Vec<(String, u32, i64)> = list(&files.answers, sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    for (survey, batches, n) in closed {
        let entry = status.surveys.entry(survey).or_default();
        (entry.batches, entry.closed) = (batches, n.unsigned_abs());
    }
    for (survey, leaving) in still_there(&files.answers)? {
        status.surveys.entry(survey).or_default().leaving = leaving;
    }
    let length = |path: &Path| std::fs::metadata(path).map_or(0, |file| file.len());
    status.bytes = length(&files.intake.path) + length(&files.answers.path);
    Ok(status)
}
