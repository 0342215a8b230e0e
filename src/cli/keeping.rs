//! The commands of handing on and of keeping safe: figures, pack, backup, restore, the password of the desk.

use super::arguments::{survey_argument, today_argument};
use super::words::say;
use crate::commands::figures::{FORMATS, Wish as FiguresWish};
use crate::commands::pack::{Form, Wish};
use crate::language::{DayTime, Language};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, value_parser};
use std::path::PathBuf;

fn to(language: Language, ja: &'static str, en: &'static str) -> Arg {
    Arg::new("to").long("to").value_name("DIR").value_parser(value_parser!(PathBuf)).help(say(language, ja, en))
}

/// `shirube pack`.
pub(super) fn pack(language: Language) -> Command {
    let say = |ja: &'static str, en: &'static str| say(language, ja, en);
    let flag =
        |name: &'static str, ja: &'static str, en: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(say(ja, en));
    Command::new("pack")
        .about(say(
            "サイトや報告を一つにまとめる（zip、HTML 1ファイル、パスワード付き、PDF）",
            "Packs a site or a report into one piece: zip, one HTML file, behind a password, PDF",
        ))
        .after_help(say(
            "例: shirube pack career-autonomy\n    shirube pack career-autonomy --report pulse --single-file\n    shirube pack career-autonomy --report pulse --password\n    shirube pack career-autonomy --report pulse --pdf",
            "Example: shirube pack career-autonomy\n         shirube pack career-autonomy --report pulse --single-file\n         shirube pack career-autonomy --report pulse --password\n         shirube pack career-autonomy --report pulse --pdf",
        ))
        .arg(Arg::new("site").value_name("SITE").required(true).help(say("サイトの ID", "Id of the site")))
        .arg(
            Arg::new("report")
                .long("report")
                .value_name("ID")
                .requires("piece")
                .help(say("サイト全体ではなく、この報告だけ（a,b のようにいくつでも）", "This report alone, or several (a,b), not the whole site")),
        )
        .arg(flag(
            "single-file",
            "メールにそのまま付けられる、一つの HTML ファイルにする",
            "One HTML file, which can be attached to a mail as it is",
        ))
        .arg(flag(
            "password",
            "パスワードを作って表示し、それがなければ開けない HTML ファイルにする",
            "One HTML file that opens with a password only, which is made and shown",
        ))
        .arg(
            Arg::new("password-file")
                .long("password-file")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help(say("パスワードを、このファイルから読む（- は標準入力）", "Take the password from this file (-: standard input)")),
        )
        .arg(flag("pdf", "PDF にする（Edge、Chrome、Chromium のどれかを使う）", "PDF, made with Edge, Chrome or Chromium"))
        .arg(
            flag("slides", "報告のスライドを 16:9 の PDF にする（pdf と同じブラウザーを使う）", "The report’s slides as PDF of 16:9, made as pdf is")
                .requires("report"),
        )
        .arg(
            Arg::new("language")
                .long("language")
                .value_name("LANGUAGE")
                .value_parser(["ja", "en"])
                .requires("piece")
                .help(say("この言語だけにする（ja、en）。書かなければ、すべての言語", "This language alone (ja, en); default: all of them")),
        )
        .group(ArgGroup::new("piece").args(["single-file", "password", "password-file", "pdf", "slides"]))
        .arg(to(language, "書き出すフォルダー（書かなければ今のフォルダー）", "Folder to write to (default: this one)"))
        .arg(
            Arg::new("force")
                .long("force")
                .action(ArgAction::SetTrue)
                .help(say("すでにあるファイルを上書きする", "Replace a file that stands there")),
        )
        .arg(today_argument(language))
}

/// What is asked of it.
pub(super) fn wish(own: &ArgMatches) -> Wish<'_> {
    let path = |name: &str| own.get_one::<PathBuf>(name).map(PathBuf::as_path);
    let form = match path("password-file") {
        Some(file) => Form::Locked(Some(file)),
        None if own.get_flag("password") => Form::Locked(None),
        None if own.get_flag("single-file") => Form::Single,
        None if own.get_flag("pdf") => Form::Pdf,
        None if own.get_flag("slides") => Form::Slides,
        None => Form::Zip,
    };
    Wish {
        site: own.get_one::<String>("site").map_or("", String::as_str),
        report: own.get_one::<String>("report").map(String::as_str),
        language: own.get_one::<String>("language").and_then(|code| Language::from_code(code)),
        form,
        to: path("to"),
        force: own.get_flag("force"),
        today: own.get_one::<DayTime>("today").copied(),
    }
}

/// `shirube figures`.
pub(super) fn figures(language: Language) -> Command {
    let say = |ja: &'static str, en: &'static str| say(language, ja, en);
    Command::new("figures")
        .about(say(
            "公開できる集計を JSON で出す、またはファイルにする。報告に載る数とまったく同じ",
            "Prints every published figure as JSON, or writes files; exactly what reports show",
        ))
        .after_help(say(
            "例: shirube figures pulse\n    shirube figures pulse --report --to figures --format csv,xlsx,png",
            "Example: shirube figures pulse\n         shirube figures pulse --report --to figures --format csv,xlsx,png",
        ))
        .arg(survey_argument(language))
        .arg(
            Arg::new("report")
                .long("report")
                .action(ArgAction::SetTrue)
                .requires("to")
                .help(say("アンケートではなく、この ID の報告の図", "The figures of the report of this id, not of the survey")),
        )
        .arg(to(language, "ファイルを書き出すフォルダー", "Write files to this folder"))
        .arg(
            Arg::new("format")
                .long("format")
                .value_delimiter(',')
                .value_parser(FORMATS)
                .default_values(["csv", "xlsx", "json", "svg"])
                .help(say(
                    "ファイルの形式。png は Edge、Chrome、Chromium のどれかを使う",
                    "The formats of the files; png needs Edge, Chrome or Chromium",
                )),
        )
        .arg(
            Arg::new("force")
                .long("force")
                .action(ArgAction::SetTrue)
                .help(say("すでにあるファイルを上書きする", "Replace files that stand there")),
        )
        .arg(today_argument(language))
}

/// What is asked of it.
pub(super) fn figures_wish(own: &ArgMatches) -> FiguresWish<'_> {
    FiguresWish {
        id: own.get_one::<String>("survey").map_or("", String::as_str),
        report: own.get_flag("report"),
        to: own.get_one::<PathBuf>("to").map(PathBuf::as_path),
        formats: own.get_many::<String>("format").into_iter().flatten().map(String::as_str).collect(),
        force: own.get_flag("force"),
        today: own.get_one::<DayTime>("today").copied(),
    }
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
        .about(say(
            "ほかのコンピューターから運営画面を使うためのパスワードを作る",
            "Makes a password for using the desk from other computers",
        ))
        .after_help(say("例: shirube desk password", "Example: shirube desk password"));
    Command::new("desk")
        .about(say("運営画面の設定", "Settings of the operator’s desk"))
        .after_help(say("例: shirube desk password", "Example: shirube desk password"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(password)
}
