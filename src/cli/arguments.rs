//! Arguments that several commands share.

use super::words::say;
use crate::language::{Day, Language};
use clap::Arg;

pub(super) fn today_argument(language: Language) -> Arg {
    Arg::new("today").long("today").value_name("DATE").value_parser(|text: &str| Day::parse(text).ok_or("2026-11-20")).help(say(
        language,
        "この日として扱う（2026-11-20 の形。書かなければ今日）",
        "Act as of this day, such as 2026-11-20 (default: today)",
    ))
}

pub(super) fn survey_argument(language: Language) -> Arg {
    Arg::new("survey").value_name("SURVEY").required(true).help(say(language, "アンケートの ID", "Id of the survey"))
}
