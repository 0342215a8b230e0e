//! Arguments become one command. The only user of clap.

mod serve;
mod words;
mod arguments;
mod due;
mod exchange;
mod invited;
mod keeping;
mod kept;
mod personal;

use crate::commands::new::Kind;
use crate::commands::{self, Console, Exit, Format};
use crate::exchange::Multiple;
use crate::exchange::responses_out::{Manner, ResponsesAs};
use crate::language::{DayTime, Language};
use arguments::{survey_argument, today_argument};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use words::say;

/// Runs the command line `arguments` (the program's own name first). `locale` is the system's, such as `ja_JP.UTF-8`.
#[must_use]
pub fn run(arguments: &[OsString], locale: &str) -> Exit {
    let language = language(arguments, locale);
    let matches = match command(language).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            let console = Console { language, format: Format::Text, quiet: false };
            let japanese = language == Language::Japanese;
            if error.use_stderr() {
                console.fault(&if japanese { words::refusal(&error) } else { error.render().to_string() });
                return Exit::Arguments;
            }
            let page = error.render().to_string();
            console.result(&if japanese { words::help(&page) } else { page });
            return Exit::Done;
        }
    };
    let format = if matches.get_one::<String>("format").map(String::as_str) == Some("json") { Format::Json } else { Format::Text };
    let console = Console { language, format, quiet: matches.get_flag("quiet") };
    let root = matches.get_one::<PathBuf>("root").cloned().unwrap_or_else(|| PathBuf::from("."));
    match dispatch(&matches, &root, &console) {
        Ok(exit) => exit,
        Err(error) => {
            console.failed(&error);
            Exit::World
        }
    }
}

fn dispatch(matches: &ArgMatches, root: &Path, console: &Console) -> anyhow::Result<Exit> {
    match matches.subcommand() {
        Some(("new", own)) => match (own.get_one::<PathBuf>("folder"), Kind::from_name(line(own, "for"))) {
            (Some(folder), Some(kind)) => commands::new::run(folder, kind, console),
            _ => Ok(Exit::Arguments),
        },
        Some(("check", own)) => commands::check::run(root, own.get_flag("strict"), console),
        Some(("build", own)) => {
            commands::build::run(root, own.get_one::<String>("site").map(String::as_str), today(own), own.get_flag("strict"), console)
        }
        Some(("serve", own)) => match serve::address(own) {
            Some(bind) => commands::serve::run(root, bind, !own.get_flag("no-reload"), own.get_flag("desk"), *console),
            None => Ok(Exit::Arguments),
        },
        Some(("figures", own)) => commands::figures::run(root, &keeping::figures_wish(own), console),
        Some(("import", own)) => match own.subcommand() {
            Some(("survey", own)) => match own.get_one::<PathBuf>("file") {
                Some(file) => commands::survey_files::import(root, file, own.get_one::<String>("id").map(String::as_str), console),
                None => Ok(Exit::Arguments),
            },
            Some(("responses", own)) => match own.get_one::<PathBuf>("file") {
                Some(file) => {
                    let wish = commands::import::Wish {
                        survey: line(own, "survey"),
                        file,
                        mapping: path(own, "mapping"),
                        write_mapping: path(own, "write-mapping"),
                        sheet: own.get_one::<String>("sheet").map(String::as_str),
                        today: today(own),
                    };
                    commands::import::run(root, &wish, console)
                }
                None => Ok(Exit::Arguments),
            },
            _ => Ok(Exit::Arguments),
        },
        Some(("export", own)) => match own.subcommand() {
            Some(("survey", own)) => {
                let format = commands::survey_files::SurveyAs::named(line(own, "format"));
                commands::survey_files::export(root, line(own, "survey"), path(own, "to"), format, own.get_flag("force"), console)
            }
            Some(("responses", own)) => {
                let wish = commands::export::Wish {
                    survey: line(own, "survey"),
                    to: path(own, "to"),
                    force: own.get_flag("force"),
                    manner: Manner {
                        format: ResponsesAs::from_name(line(own, "format")),
                        labels: Language::from_code(line(own, "labels")),
                        multiple: if line(own, "multiple") == "one" { Multiple::OneColumn } else { Multiple::Columns },
                        cp932: line(own, "encoding") == "cp932",
                    },
                };
                commands::export::run(root, &wish, console)
            }
            _ => Ok(Exit::Arguments),
        },
        Some(("sample", own)) => match own.get_one::<PathBuf>("plan") {
            Some(plan) => commands::sample::run(root, plan, path(own, "to"), own.get_flag("force"), console),
            None => Ok(Exit::Arguments),
        },
        Some(("due", own)) => commands::due::run(root, &due::wish(own), console),
        Some(("links", own)) => match invited::action(own) {
            Some(action) => {
                commands::links::run(root, line(own, "survey"), &action, own.get_one::<String>("base-url").map(String::as_str), console)
            }
            None => Ok(Exit::Arguments),
        },
        Some(("mail", own)) => commands::mail::run(root, &invited::mail_wish(own), console),
        Some(("datasheet", own)) => {
            commands::datasheet::run(root, line(own, "survey"), own.get_one::<PathBuf>("to").map(PathBuf::as_path), console)
        }
        Some(("review", own)) => commands::review::run(root, line(own, "survey"), today(own), console),
        Some(("personal", own)) => commands::personal::run(root, &personal::wish(own), console),
        Some(("pack", own)) => commands::pack::run(root, &keeping::wish(own), console),
        Some(("status", own)) => commands::status::run(root, today(own), console),
        Some(("close", own)) => commands::close::run(root, line(own, "survey"), own.get_flag("reopen"), today(own), console),
        Some(("backup", own)) => commands::backup::run(root, path(own, "to"), today(own), console),
        Some(("restore", own)) => {
            let copies: Vec<PathBuf> = own.get_many::<PathBuf>("copies").into_iter().flatten().cloned().collect();
            commands::restore::run(root, &copies, own.get_flag("yes"), today(own), console)
        }
        Some(("desk", own)) => match own.subcommand() {
            Some(("password", _)) => commands::desk::password(root, console),
            _ => Ok(Exit::Arguments),
        },
        Some(("purge", own)) => commands::purge::run(root, kept::wish(own), today(own), console),
        Some(("doctor", own)) => commands::doctor::run(root, today(own), console),
        Some(("manual", own)) => commands::manual::run(path(own, "to"), console),
        Some(("schema", own)) => commands::schema::run(root, own.get_one::<PathBuf>("to").map(PathBuf::as_path), console),
        _ => Ok(Exit::Arguments),
    }
}

fn today(own: &ArgMatches) -> Option<DayTime> {
    own.get_one::<DayTime>("today").copied()
}

fn path<'m>(own: &'m ArgMatches, name: &str) -> Option<&'m Path> {
    own.get_one::<PathBuf>(name).map(PathBuf::as_path)
}

fn line<'m>(own: &'m ArgMatches, name: &str) -> &'m str {
    own.get_one::<String>(name).map_or("", String::as_str)
}

/// The language of messages: `--lang`, else the system's.
fn language(arguments: &[OsString], locale: &str) -> Language {
    let mut words = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(word) = words.next() {
        let value = if word == "--lang" { words.next() } else { word.strip_prefix("--lang=") };
        if let Some(language) = value.and_then(Language::from_code) {
            return language;
        }
    }
    Language::from_locale(locale)
}

fn command(language: Language) -> Command {
    general(language).subcommands([
        new(language),
        check(language),
        build(language),
        serve::command(language),
        keeping::figures(language),
        exchange::import(language),
        exchange::export(language),
        exchange::sample(language),
        due::command(language),
        invited::links(language).arg(survey_argument(language)),
        invited::mail(language).arg(survey_argument(language)),
        invited::datasheet(language).arg(survey_argument(language)),
        invited::review(language).arg(survey_argument(language)).arg(today_argument(language)),
        personal::command(language),
        keeping::pack(language),
        status(language),
        close(language),
        keeping::backup(language),
        keeping::restore(language),
        keeping::desk(language),
        kept::command(language),
        doctor(language),
        manual(language),
        schema(language),
    ])
}

fn general(language: Language) -> Command {
    let say = |ja: &'static str, en: &'static str| say(language, ja, en);
    Command::new("shirube")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(
            "文章のフォルダーから、ネットワークなしで開ける研修サイト・アンケート・報告を作ります",
            "Turns a folder of text into training sites, surveys and reports that open without a network",
        ))
        .after_help(say("例: shirube serve\n    shirube check --strict", "Example: shirube serve\n         shirube check --strict"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(
            Arg::new("root")
                .long("root")
                .global(true)
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help(say("プロジェクトのフォルダー（書かなければ今のフォルダー）", "The project’s folder (default: this one)")),
        )
        .arg(Arg::new("lang").long("lang").global(true).value_parser(["ja", "en"]).help(say("表示の言語", "Language of messages")))
        .arg(
            Arg::new("format")
                .long("format")
                .global(true)
                .value_parser(["text", "json"])
                .help(say("人が読む text か、プログラムが読む json", "text for people, json for programs")),
        )
        .arg(
            Arg::new("quiet")
                .long("quiet")
                .short('q')
                .global(true)
                .action(ArgAction::SetTrue)
                .help(say("結果と問題だけを表示する", "Print results and faults only")),
        )
}

fn strict_argument(language: Language) -> Arg {
    Arg::new("strict").long("strict").action(ArgAction::SetTrue).help(say(language, "警告もエラーとして扱う", "Warnings count as errors"))
}

fn new(language: Language) -> Command {
    Command::new("new")
        .about(say(language, "はじめから動くプロジェクトを作る", "Makes a working project to start from"))
        .after_help(say(language, "例: shirube new my-training --for training", "Example: shirube new my-training --for training"))
        .arg(Arg::new("folder").value_name("DIR").required(true).value_parser(value_parser!(PathBuf)).help(say(
            language,
            "作るフォルダー（空か、まだないもの）",
            "Folder to make (empty, or not there yet)",
        )))
        .arg(Arg::new("for").long("for").value_parser(Kind::ALL.map(Kind::name)).default_value(Kind::Demonstration.name()).help(say(
            language,
            "何のためのプロジェクトか",
            "What the project is for",
        )))
}

fn check(language: Language) -> Command {
    Command::new("check")
        .about(say(language, "すべて読み、問題を一度に知らせる。何も書かない", "Reads everything, reports every fault, writes nothing"))
        .after_help(say(language, "例: shirube check --strict", "Example: shirube check --strict"))
        .arg(strict_argument(language))
}

fn build(language: Language) -> Command {
    Command::new("build")
        .about(say(language, "内容と回答から output/ にサイトを作る", "Makes the sites in output/ from content and answers"))
        .after_help(say(language, "例: shirube build --site career-autonomy", "Example: shirube build --site career-autonomy"))
        .arg(Arg::new("site").long("site").value_name("ID").help(say(language, "このサイトだけを作る", "Only this site")))
        .arg(today_argument(language))
        .arg(strict_argument(language))
}

fn status(language: Language) -> Command {
    Command::new("status")
        .about(say(language, "アンケートごとの集まり具合", "How every survey stands"))
        .after_help(say(language, "例: shirube status", "Example: shirube status"))
        .arg(today_argument(language))
}

fn close(language: Language) -> Command {
    Command::new("close")
        .about(say(language, "アンケートの受付を、いま終える（--reopen で再開）", "Ends a survey now (--reopen takes answers again)"))
        .after_help(say(language, "例: shirube close pulse", "Example: shirube close pulse"))
        .arg(survey_argument(language))
        .arg(Arg::new("reopen").long("reopen").action(ArgAction::SetTrue).help(say(
            language,
            "手で閉じたアンケートを再開する（集計を公開したあとはできない）",
            "Take answers again after closing by hand; not once figures were published at the close",
        )))
        .arg(today_argument(language))
}

fn doctor(language: Language) -> Command {
    Command::new("doctor")
        .about(say(
            language,
            "この場所で回答を集めてよいかを確かめる（何も変えない）",
            "Whether answers can be collected here; changes nothing",
        ))
        .after_help(say(language, "例: shirube doctor", "Example: shirube doctor"))
        .arg(today_argument(language))
}

fn manual(language: Language) -> Command {
    Command::new("manual")
        .about(say(language, "マニュアルを書き出す。ネットワークなしで開ける", "Writes the manual, which opens without a network"))
        .after_help(say(language, "例: shirube manual", "Example: shirube manual"))
        .arg(Arg::new("to").long("to").value_name("DIR").value_parser(value_parser!(PathBuf)).help(say(
            language,
            "書き出すフォルダー（書かなければ shirube-manual/）",
            "Folder to write to (default: shirube-manual/)",
        )))
}

fn schema(language: Language) -> Command {
    Command::new("schema")
        .about(say(language, "編集ソフトのための JSON Schema を書き出す", "Writes JSON Schemas for editors"))
        .after_help(say(language, "例: shirube schema", "Example: shirube schema"))
        .arg(Arg::new("to").long("to").value_name("DIR").value_parser(value_parser!(PathBuf)).help(say(
            language,
            "書き出すフォルダー（書かなければ schema/）",
            "Folder to write to (default: schema/)",
        )))
}
