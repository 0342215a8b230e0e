//! What the reader of arguments says, in Japanese: it speaks English only.

use crate::language::Language;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Phrases of help pages and what they are in Japanese. Ours hold none of them.
const PHRASES: [(&str, &str); 13] = [
    ("Print this message or the help of the given subcommand(s)", "この説明や、コマンドごとの説明を表示する"),
    ("Print help (see more with '--help')", "この説明を表示する"),
    ("Print help", "この説明を表示する"),
    ("Print version", "版を表示する"),
    ("Usage: ", "使い方: "),
    ("Commands:", "コマンド:"),
    ("Arguments:", "書くもの:"),
    ("Options:", "指定:"),
    ("[OPTIONS]", "[指定]"),
    ("<COMMAND>", "<コマンド>"),
    ("[COMMAND]", "[コマンド]"),
    ("[possible values: ", "[選べる値: "),
    ("[default: ", "[書かなければ: "),
];

/// One of two phrases, in this language.
pub(super) fn say(language: Language, ja: &'static str, en: &'static str) -> &'static str {
    if language == Language::Japanese { ja } else { en }
}

/// A help page in Japanese.
pub(super) fn help(page: &str) -> String {
    PHRASES.iter().fold(page.to_owned(), |page, (english, japanese)| page.replace(english, japanese))
}

/// What is wrong with arguments, in Japanese.
pub(super) fn refusal(error: &clap::Error) -> String {
    let strings = |kind: ContextKind| -> Vec<String> {
        match error.get(kind) {
            Some(ContextValue::String(text)) => vec![text.clone()],
            Some(ContextValue::Strings(texts)) => texts.clone(),
            _ => Vec::new(),
        }
    };
    let one = |kind: ContextKind| strings(kind).join("、");
    let said = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("「{}」というコマンドはありません。", one(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => format!("「{}」という指定はありません。", one(ContextKind::InvalidArg)),
        ErrorKind::InvalidValue if one(ContextKind::InvalidValue).is_empty() => {
            format!("「{}」には値が要ります。", one(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("「{}」は「{}」に使えません。", one(ContextKind::InvalidValue), one(ContextKind::InvalidArg))
        }
        ErrorKind::MissingRequiredArgument => format!("「{}」がありません。", one(ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand => "コマンドがありません。".to_owned(),
        ErrorKind::ArgumentConflict => format!("「{}」は、ほかの指定と一緒に、または二度は使えません。", one(ContextKind::InvalidArg)),
        _ => return help(&error.render().to_string()),
    };
    let mut lines = format!("エラー: {said}\n");
    let offered = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue].map(&strings).concat();
    let possible = strings(ContextKind::ValidValue).join("、");
    // The nearest comes last
    if let Some(near) = offered.last() {
        lines.push_str(&format!("\n  対処: 「{near}」の書き間違いではありませんか。\n"));
    } else if !possible.is_empty() {
        lines.push_str(&format!("\n  対処: 選べるのは {possible} です。\n"));
    }
    lines.push_str("\n使い方は「--help」で見られます。\n");
    lines
}
