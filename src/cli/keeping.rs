//! The commands of handing on and of keeping safe: pack, backup, restore, the password of the desk.

use super::arguments::today_argument;
use super::words::say;
use crate::language::Language;
use clap::{Arg, ArgAction, Command, value_parser};
use std::path::PathBuf;

fn to(language: Language, ja: &'static str, en: &'static str) -> Arg {
    Arg::new("to").long("to").value_name("DIR").value_parser(value_parser!(PathBuf)).help(say(language, ja, en))
}

/// `shirube pack`.
pub(super) fn pack(language: Language) -> Command {
    let say = |ja: &'static str, en: &'static str| say(language, ja, en);
    Command::new("pack")
        .about(say("サイトを一つの zip にまとめる", "Packs a site into one zip"))
        .after_help(say("例: shirube pack career-autonomy", "Example: shirube pack career-autonomy"))
        .arg(Arg::new("site").value_name("SITE").required(true).help(say("サイトの ID", "Id of the site")))
        .arg(to(language, "書き出すフォルダー（書かなければ今のフォルダー）", "Folder to write to (default: this one)"))
        .arg(
            Arg::new("force").long("force").action(ArgAction::SetTrue).help(say("すでにあるファイルを上書きする", "Replace a file that stands there")),
        )
        .arg(today_argument(language))
}
