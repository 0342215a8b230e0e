//! `personal` and its arguments.

use super::arguments::{survey_argument, today_argument};
use super::words::say;
use crate::commands::personal::Wish;
use crate::language::{DayTime, Language};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::path::PathBuf;

/// `shirube personal`.
pub(super) fn command(language: Language) -> Command {
    let say = |ja: &'static str, en: &'static str| say(language, ja, en);
    Command::new("personal")
        .about(say("記名のアンケートの結果を、一人ずつのファイルにする", "Writes the results of an identified survey, a file a person"))
        .after_help(say(
            "例: shirube personal self-check\n    shirube personal self-check --to results --pdf",
            "Example: shirube personal self-check\n         shirube personal self-check --to results --pdf",
        ))
        .arg(survey_argument(language))
        .arg(Arg::new("to").long("to").value_name("DIR").value_parser(value_parser!(PathBuf)).help(say(
            "書き出すフォルダー（書かなければ private/personal/SURVEY/）",
            "Folder to write (default: private/personal/SURVEY/)",
        )))
        .arg(
            Arg::new("person")
                .long("person")
                .value_name("ID")
                .action(ArgAction::Append)
                .help(say("この ID の人だけ（何度でも書ける）", "This person alone (may be repeated)")),
        )
        .arg(
            Arg::new("pdf")
                .long("pdf")
                .action(ArgAction::SetTrue)
                .help(say("PDF にする（Edge、Chrome、Chromium のどれかを使う）", "As PDF, made with Edge, Chrome or Chromium")),
        )
        .arg(
            Arg::new("base-url")
                .long("base-url")
                .value_name("URL")
                .help(say("サイトのアドレス。書くと、結果の中のリンクが開く", "Address of the site, so that the links of a result open")),
        )
        .arg(
            Arg::new("force")
                .long("force")
                .action(ArgAction::SetTrue)
                .help(say("前に作ったフォルダーを置きかえる", "Replace a folder that was made before")),
        )
        .arg(today_argument(language))
}

/// What is asked of it.
pub(super) fn wish(own: &ArgMatches) -> Wish<'_> {
    let path = |name: &str| own.get_one::<PathBuf>(name).map(PathBuf::as_path);
    Wish {
        survey: own.get_one::<String>("survey").map_or("", String::as_str),
        to: path("to"),
        people: own.get_many::<String>("person").into_iter().flatten().map(String::as_str).collect(),
        pdf: own.get_flag("pdf"),
        base: own.get_one::<String>("base-url").map(String::as_str),
        force: own.get_flag("force"),
        today: own.get_one::<DayTime>("today").copied(),
    }
}
