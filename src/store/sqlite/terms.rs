//! The terms of a survey, as its first answer fixed them.

use crate::store::contract::Lock;
use rusqlite::{Connection, OptionalExtension};

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
