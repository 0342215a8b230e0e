//! `import` and `export`: their arguments.

use super::arguments::{survey_argument, today_argument};
use super::words::say;
use crate::commands::survey_files::SurveyAs;
use crate::exchange::responses_out::ResponsesAs;
use crate::language::Language;
use clap::{Arg, ArgAction, Command, value_parser};
use std::path::PathBuf;

pub(super) fn import(language: Language) -> Command {
    let file = |name: &'static str, ja: &'static str, en: &'static str| {
        Arg::new(name).long(name).value_name("FILE").value_parser(value_parser!(PathBuf)).help(say(language, ja, en))
    };
    let responses = Command::new("responses")
        .about(say(
            language,
            "表の回答を全部か、一つも取り込まないか。フォルダーなら、保存した回答と読み取ったコードを一人分ずつ",
            "Takes responses from a table, all or none; from a folder, saved sheets and scanned codes one by one",
        ))
        .after_help(say(
            language,
            "例: shirube import responses pulse answers.xlsx",
            "Example: shirube import responses pulse answers.xlsx",
        ))
        .arg(survey_argument(language))
        .arg(Arg::new("file").value_name("FILE").required(true).value_parser(value_parser!(PathBuf)).help(say(
            language,
            "CSV（UTF-8 か Shift_JIS）、Excel（.xlsx、.xls）、または保存した回答（.json）と読み取ったコード（.txt）のフォルダー",
            "CSV (UTF-8 or Shift_JIS), a workbook (.xlsx, .xls), or a folder of saved answers (.json) and scanned codes (.txt)",
        )))
        .arg(file("mapping", "どの列がどの質問かを書いた対応表", "A mapping: which column is which question"))
        .arg(file("write-mapping", "対応表のひな型を書くだけで、取り込まない", "Only write a mapping to begin with"))
        .arg(Arg::new("sheet").long("sheet").value_name("NAME").help(say(
            language,
            "読むシート（書かなければ data、なければ最初のもの）",
            "The sheet to read (default: data, else the first)",
        )))
        .arg(today_argument(language));
    let survey = Command::new("survey")
        .about(say(
            language,
            "Excel のフォーム（XLSForm）か SurveyJS の JSON からアンケートを作る",
            "Makes a survey from a form in a workbook (XLSForm) or from SurveyJS JSON",
        ))
        .after_help(say(language, "例: shirube import survey form.xlsx", "Example: shirube import survey form.xlsx"))
        .arg(Arg::new("file").value_name("FILE").required(true).value_parser(value_parser!(PathBuf)).help(say(
            language,
            "フォーム（.xlsx、.xls、.json）",
            "The form (.xlsx, .xls, .json)",
        )))
        .arg(
            Arg::new("id")
                .long("id")
                .value_name("ID")
                .value_parser(|text: &str| {
                    let good =
                        !text.is_empty() && text.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-');
                    if good { Ok(text.to_owned()) } else { Err("[a-z0-9-]+") }
                })
                .help(say(language, "アンケートの ID（書かなければファイルの名前）", "Id of the survey (default: the file’s name)")),
        );
    Command::new("import")
        .about(say(language, "外からの回答やアンケートを取り込む", "Takes responses or a survey from a file"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([responses, survey])
}

pub(super) fn sample(language: Language) -> Command {
    Command::new("sample")
        .about(say(
            language,
            "見本のアンケートの回答を、計画のとおりに作る（sample: true のアンケートだけ）",
            "Invents the answers of a plan, for surveys with “sample: true” only",
        ))
        .after_help(say(language, "例: shirube sample plan.yaml --to made", "Example: shirube sample plan.yaml --to made"))
        .arg(Arg::new("plan").value_name("PLAN").required(true).value_parser(value_parser!(PathBuf)).help(say(
            language,
            "計画（YAML）",
            "The plan (YAML)",
        )))
        .arg(Arg::new("to").long("to").value_name("DIR").value_parser(value_parser!(PathBuf)).help(say(
            language,
            "表を書くフォルダー（書かなければ private）",
            "Folder for the tables (default: private)",
        )))
        .arg(Arg::new("force").long("force").action(ArgAction::SetTrue).help(say(
            language,
            "あるファイルを上書きする",
            "Replace files that exist",
        )))
}

pub(super) fn export(language: Language) -> Command {
    let to = Arg::new("to").long("to").value_name("DIR").value_parser(value_parser!(PathBuf)).help(say(
        language,
        "書き出すフォルダー（書かなければ今のフォルダー）",
        "Folder to write to (default: this one)",
    ));
    let force = Arg::new("force").long("force").action(ArgAction::SetTrue).help(say(
        language,
        "あるファイルを上書きする",
        "Replace files that exist",
    ));
    let responses = Command::new("responses")
        .about(say(
            language,
            "まとめ済みの回答を書き出す。文は別のファイルに",
            "Writes the responses of closed batches, texts in a file apart",
        ))
        .after_help(say(
            language,
            "例: shirube export responses pulse --to exports",
            "Example: shirube export responses pulse --to exports",
        ))
        .arg(survey_argument(language))
        .arg(to.clone())
        .arg(force.clone())
        .arg(Arg::new("format").long("format").value_parser(ResponsesAs::NAMES).default_value("csv").help(say(
            language,
            "形式。spss は構文と表、codebook は変数の説明だけ",
            "The format; spss is syntax with its table, codebook the variables alone",
        )))
        .arg(Arg::new("labels").long("labels").value_parser(["ja", "en"]).help(say(
            language,
            "コードのかわりに、この言語の文で書く",
            "Labels in this language in place of codes",
        )))
        .arg(Arg::new("multiple").long("multiple").value_parser(["columns", "one"]).default_value("columns").help(say(
            language,
            "複数選べる質問を、選択肢ごとの 0/1 の列にするか、一つの列にするか",
            "Several choices as a column of 0 and 1 each, or as one column",
        )))
        .arg(Arg::new("encoding").long("encoding").value_parser(["utf-8", "cp932"]).default_value("utf-8").help(say(
            language,
            "CSV の文字コード",
            "The encoding of CSV",
        )));
    let survey = Command::new("survey")
        .about(say(
            language,
            "アンケートを Excel のフォーム（XLSForm）か SurveyJS の JSON に書き出す",
            "Writes a survey as a form in a workbook (XLSForm) or as SurveyJS JSON",
        ))
        .after_help(say(language, "例: shirube export survey pulse", "Example: shirube export survey pulse"))
        .arg(survey_argument(language))
        .arg(to)
        .arg(force)
        .arg(Arg::new("format").long("format").value_parser(SurveyAs::NAMES).default_value(SurveyAs::NAMES[0]).help(say(
            language,
            "形式。xlsform は Kobo や ODK、surveyjs は SurveyJS 用",
            "The format: xlsform for Kobo and ODK, surveyjs for SurveyJS",
        )));
    Command::new("export")
        .about(say(language, "回答やアンケートを書き出す", "Writes responses or a survey to a file"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([responses, survey])
}
