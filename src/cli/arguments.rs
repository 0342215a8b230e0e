//! Arguments that several commands share.

use super::words::say;
use crate::language::{DayTime, Language};
use clap::Arg;

pub(super) fn today_argument(language: Language) -> Arg {
    Arg::new("today")
        .long("today")
        .value_name("DATE")
        .value_parser(|text: &str| DayTime::parse(text).ok_or("2026-11-20, \"2026-11-20 17:00\""))
        .help(say(
            language,
            "この日（その正午）、または日時として扱う（2026-11-20、2026-11-20T17:00 の形。書かなければ今）",
            "Act as of this day (its noon) or time, such as 2026-11-20 or 2026-11-20T17:00 (default: now)",
        ))
}

pub(super) fn survey_argument(language: Language) -> Arg {
    Arg::new("survey").value_name("SURVEY").required(true).help(say(language, "アンケートの ID", "Id of the survey"))
}
