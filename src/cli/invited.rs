//! The commands of a round of invitations.

use super::words::say;
use crate::commands::links::Action;
use crate::language::Language;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::path::PathBuf;

/// `shirube links`, without its survey.
pub(super) fn links(language: Language) -> Command {
    let say = |ja: &'static str, en: &'static str| say(language, ja, en);
    Command::new("links")
        .about(say("招待する一人ひとりのリンクを作り、催促の知らせも書く", "Makes a link for every invited person, and reminders"))
        .after_help(say(
            "例: shirube links staff --people people.csv --base-url https://survey.example.co.jp\n    shirube links staff --remind",
            "Example: shirube links staff --people people.csv --base-url https://survey.example\n         shirube links staff --remind",
        ))
        .arg(Arg::new("people").long("people").value_name("FILE").value_parser(value_parser!(PathBuf)).help(say(
            "名簿の CSV（UTF-8 か Shift_JIS。列は id、name、mail、language と属性）",
            "List of people, CSV in UTF-8 or Shift_JIS: id, name, mail, language, attributes",
        )))
        .arg(
            Arg::new("add")
                .long("add")
                .action(ArgAction::SetTrue)
                .requires("people")
                .help(say("名簿のうち、まだリンクのない人の分だけを足す", "Add those in the list who have no link yet")),
        )
        .arg(
            Arg::new("remind")
                .long("remind")
                .value_name("WHOM")
                .num_args(0..=1)
                .default_missing_value("missing")
                .value_parser(["missing", "everyone"])
                .conflicts_with_all(["people", "revoke"])
                .help(say(
                    "まだ答えていない人（missing）か、全員（everyone）への知らせを書く",
                    "Write to those who have not answered (missing), or to everyone",
                )),
        )
        .arg(
            Arg::new("revoke")
                .long("revoke")
                .value_name("ID")
                .action(ArgAction::Append)
                .conflicts_with("people")
                .help(say("この ID のリンクを取り消す（何度でも書ける）", "Take back the link of this id (may be repeated)")),
        )
        .arg(Arg::new("base-url").long("base-url").value_name("URL").help(say(
            "リンクの始まり（書かなければ、前と同じか、サイトの collector）",
            "What links begin with (default: as before, or the site’s collector)",
        )))
        .group(clap::ArgGroup::new("action").args(["people", "remind", "revoke"]).required(true))
}

/// What is asked of the invitations.
pub(super) fn action(own: &ArgMatches) -> Option<Action> {
    if let Some(file) = own.get_one::<PathBuf>("people") {
        return Some(if own.get_flag("add") { Action::Add(file.clone()) } else { Action::Issue(file.clone()) });
    }
    if let Some(ids) = own.get_many::<String>("revoke") {
        return Some(Action::Revoke(ids.cloned().collect()));
    }
    own.get_one::<String>("remind").map(|whom| Action::Remind { everyone: whom == "everyone" })
}

/// `shirube datasheet`, without its survey.
pub(super) fn datasheet(language: Language) -> Command {
    Command::new("datasheet")
        .about(say(
            language,
            "何がどこに残り、だれに見えるかを一枚にまとめる（印刷用）",
            "Writes what a survey keeps where and who sees it, to print",
        ))
        .after_help(say(language, "例: shirube datasheet staff", "Example: shirube datasheet staff"))
        .arg(Arg::new("to").long("to").value_name("DIR").value_parser(value_parser!(PathBuf)).help(say(
            language,
            "書き出すフォルダー（書かなければ今のフォルダー）",
            "Folder to write to (default: this one)",
        )))
}
