//! What moment and what day it is. The only place below the commands that looks at the clock.

use crate::language::{Moment, Today};
use std::time::{SystemTime, UNIX_EPOCH};

/// This moment and its day in a project's time zone; in UTC where the zone is unknown.
#[must_use]
pub fn today(zone: &str) -> Today {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map(|since| since.as_secs()).unwrap_or(0);
    let now = Moment(i64::try_from(since).unwrap_or(i64::MAX));
    Today::at(now, zone).or_else(|| Today::at(now, "UTC")).unwrap_or_default()
}
