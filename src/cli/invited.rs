//! The commands of a round of invitations.

use super::words::say;
use crate::commands::links::Action;
use crate::commands::mail_told::Wish;
use crate::language::Language;
use crate::pages::paper::handout::Occasion;
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

/// `shirube mail`, without its survey.
pub(super) fn mail(language: Language) -> Command {
    let say = |ja: &'static str, en: &'static str| say(language, ja, en);
    Command::new("mail")
        .about(say(
            "招待や催促のメールを一人ずつ送る（--send がなければ、確かめるだけ）",
            "Sends invitations and reminders by mail (without --send it only checks)",
        ))
        .after_help(say(
            "例: shirube mail staff\n    shirube mail staff --send\n    shirube mail staff --remind --send\n\nサーバーは content/project.yaml の mail: に書きます。利用者名とパスワードは、環境変数 SHIRUBE_SMTP_USER と SHIRUBE_SMTP_PASSWORD から読みます。",
            "Example: shirube mail staff\n         shirube mail staff --send\n         shirube mail staff --remind --send\n\nThe server stands in content/project.yaml under mail:. User and password are read from the environment, SHIRUBE_SMTP_USER and SHIRUBE_SMTP_PASSWORD.",
        ))
        .arg(Arg::new("send").long("send").action(ArgAction::SetTrue).help(say("実際に送る", "Send")))
        .arg(
            Arg::new("remind")
                .long("remind")
                .value_name("WHOM")
                .num_args(0..=1)
                .default_missing_value("missing")
                .value_parser(["missing", "everyone"])
                .help(say(
                    "まだ答えていない人（missing）か、全員（everyone）への催促を送る",
                    "Reminders, to those who have not answered (missing) or to everyone",
                )),
        )
        .arg(Arg::new("links").long("links").value_name("FILE").value_parser(value_parser!(PathBuf)).help(say(
            "shirube links が書いた表（書かなければ private/links/ の links.csv）",
            "Table that shirube links wrote (default: links.csv in private/links/)",
        )))
        .arg(
            Arg::new("per-minute")
                .long("per-minute")
                .value_name("N")
                .value_parser(value_parser!(u32).range(1..=6_000))
                .default_value("30")
                .help(say("一分間に送る数の上限", "At most so many mails a minute")),
        )
        .arg(
            Arg::new("retry")
                .long("retry")
                .value_name("WHICH")
                .action(ArgAction::Append)
                .value_parser(["refused", "unknown"])
                .conflicts_with("again")
                .help(say(
                    "断られた人（refused）、届いたか分からない人（unknown）にも、もう一度送る",
                    "Also those who were refused, or of whom nobody knows whether the mail arrived",
                )),
        )
        .arg(Arg::new("again").long("again").action(ArgAction::SetTrue).help(say(
            "前に送った人も含めて、初めから送り直す",
            "Start over, with those who have got it before",
        )))
}

/// What is asked of the mails.
pub(super) fn mail_wish(own: &ArgMatches) -> Wish<'_> {
    let retry: Vec<&str> = own.get_many::<String>("retry").map(|all| all.map(String::as_str).collect()).unwrap_or_default();
    Wish {
        survey: own.get_one::<String>("survey").map_or("", String::as_str),
        occasion: match own.get_one::<String>("remind").map(String::as_str) {
            None => Occasion::Invitation,
            Some("everyone") => Occasion::ReminderToAll,
            Some(_) => Occasion::Reminder,
        },
        links: own.get_one::<PathBuf>("links").map(PathBuf::as_path),
        send: own.get_flag("send"),
        per_minute: own.get_one::<u32>("per-minute").copied().unwrap_or(30),
        retry_refused: retry.contains(&"refused"),
        retry_unknown: retry.contains(&"unknown"),
        again: own.get_flag("again"),
    }
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

/// `shirube review`.
pub(super) fn review(language: Language) -> Command {
    Command::new("review")
        .about(say(
            language,
            "自由記述を点検のファイルに集める（決めたものだけが報告に載る）",
            "Gathers texts in a file to review; reports quote only those approved",
        ))
        .after_help(say(language, "例: shirube review staff", "Example: shirube review staff"))
}
