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
            Arg::new("force")
                .long("force")
                .action(ArgAction::SetTrue)
                .help(say("すでにあるファイルを上書きする", "Replace a file that stands there")),
        )
        .arg(today_argument(language))
}

/// `shirube backup`.
pub(super) fn backup(language: Language) -> Command {
    let say = |ja: &'static str, en: &'static str| say(language, ja, en);
    Command::new("backup")
        .about(say("回答の控えを作る", "Copies the answers to put them aside"))
        .after_help(say(
            "例: shirube backup\n    shirube backup --to /media/usb",
            "Example: shirube backup\n         shirube backup --to /media/usb",
        ))
        .arg(to(
            language,
            "控えを置くフォルダー（書かなければ private/backups/）",
            "Folder to put the copy into (default: private/backups/)",
        ))
        .arg(today_argument(language))
}

/// `shirube restore`.
pub(super) fn restore(language: Language) -> Command {
    let say = |ja: &'static str, en: &'static str| say(language, ja, en);
    Command::new("restore")
        .about(say("控えを戻す（いまある回答は失わない）", "Brings a backup back; nothing that is here is lost"))
        .after_help(say(
            "例: shirube restore private/backups/2026-11-20\n    shirube restore /media/usb/2026-11-20 private/backups/2026-11-13",
            "Example: shirube restore private/backups/2026-11-20\n         shirube restore /media/usb/2026-11-20 private/backups/2026-11-13",
        ))
        .arg(
            Arg::new("copies")
                .value_name("BACKUP")
                .num_args(1..)
                .required_unless_present("shown")
                .value_parser(value_parser!(PathBuf))
                .help(say("控えのフォルダー。いくつか書けば、すべてを合わせる", "Folder of a backup; several are united")),
        )
        .arg(Arg::new("shown").long("shown").action(ArgAction::SetTrue).help(say(
            "控えなしで、output/ に載っている集計だけを記録に加える",
            "Without a backup: only enter into the ledger what output/ has shown",
        )))
        .arg(Arg::new("yes").long("yes").action(ArgAction::SetTrue).help(say(
            "別々に始めた、または別々に集めた回答も合わせる",
            "Also unite answers that were begun or collected apart",
        )))
        .arg(today_argument(language))
}

/// `shirube desk`.
pub(super) fn desk(language: Language) -> Command {
    let say = |ja: &'static str, en: &'static str| say(language, ja, en);
    let password = Command::new("password")
        .about(say("ほかのコンピューターから机を使うためのパスワードを作る", "Makes a password for using the desk from other computers"))
        .after_help(say("例: shirube desk password", "Example: shirube desk password"));
    Command::new("desk")
        .about(say("運営の机の設定", "Settings of the operator’s desk"))
        .after_help(say("例: shirube desk password", "Example: shirube desk password"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(password)
}
