//! What day it is. The only place below the commands that looks at the clock.

use crate::language::Day;
use std::time::{SystemTime, UNIX_EPOCH};

/// Today in a project's time zone; in UTC where the zone is unknown.
#[must_use]
pub fn today(zone: &str) -> Day {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map(|since| since.as_secs()).unwrap_or(0);
    let seconds = i64::try_from(since).unwrap_or(i64::MAX);
    Day::in_zone(seconds, zone).or_else(|| Day::in_zone(seconds, "UTC")).unwrap_or_default()
}
