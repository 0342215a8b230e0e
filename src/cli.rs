//! Arguments become one command. The only user of clap.

use crate::commands::{self, Console, Exit, Format};
use crate::language::{Language, Words};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Runs the command line `arguments` (the program's own name first). `locale` is the system's, such as `ja_JP.UTF-8`.
#[must_use]
pub fn run(arguments: &[OsString], locale: &str) -> Exit {
    let language = language(arguments, locale);
    let matches = match command(language).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            let console = Console { language, format: Format::Text, quiet: false };
            let text = error.render().to_string();
            if error.use_stderr() {
                console.fault(&text);
                return Exit::Arguments;
            }
            console.result(&text);
            return Exit::Done;
        }
    };
    let format = if matches.get_one::<String>("format").map(String::as_str) == Some("json") { Format::Json } else { Format::Text };
    let console = Console { language, format, quiet: matches.get_flag("quiet") };
    let root = matches.get_one::<PathBuf>("root").cloned().unwrap_or_else(|| PathBuf::from("."));
    match dispatch(&matches, &root, &console) {
        Ok(exit) => exit,
        Err(error) => {
            console.fault(&chain(&error, language));
            Exit::World
        }
    }
}

fn dispatch(matches: &ArgMatches, root: &Path, console: &Console) -> anyhow::Result<Exit> {
    match matches.subcommand() {
        Some(("check", own)) => commands::check::run(root, own.get_flag("strict"), console),
        Some(("schema", own)) => commands::schema::run(root, own.get_one::<PathBuf>("to").map(PathBuf::as_path), console),
        _ => Ok(Exit::Arguments),
    }
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

/// An error and what caused it, outermost first, in the reader's language where we said it.
fn chain(error: &anyhow::Error, language: Language) -> String {
    let said: Vec<String> = error
        .chain()
        .map(|cause| cause.downcast_ref::<Words>().map_or_else(|| cause.to_string(), |words| words.in_language(language).to_owned()))
        .collect();
    let label = Words::new("エラー", "error");
    format!("{}: {}", label.in_language(language), said.join(": "))
}

fn command(language: Language) -> Command {
    let say = |ja: &'static str, en: &'static str| if language == Language::Japanese { ja } else { en };
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
        .subcommand(
            Command::new("check")
                .about(say("すべて読み、問題を一度に知らせる。何も書かない", "Reads everything, reports every fault, writes nothing"))
                .after_help(say("例: shirube check --strict", "Example: shirube check --strict"))
                .arg(
                    Arg::new("strict")
                        .long("strict")
                        .action(ArgAction::SetTrue)
                        .help(say("警告もエラーとして扱う", "Warnings count as errors")),
                ),
        )
        .subcommand(
            Command::new("schema")
                .about(say("編集ソフトのための JSON Schema を書き出す", "Writes JSON Schemas for editors"))
                .after_help(say("例: shirube schema", "Example: shirube schema"))
                .arg(
                    Arg::new("to")
                        .long("to")
                        .value_name("DIR")
                        .value_parser(value_parser!(PathBuf))
                        .help(say("書き出すフォルダー（書かなければ schema/）", "Folder to write to (default: schema/)")),
                ),
        )
}
