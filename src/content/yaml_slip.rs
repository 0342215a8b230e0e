//! Why a document is not YAML, and what to do about it: the reader's errors in words of our own.

use crate::diagnostic::{Code, Diagnostic, Place, code};
use serde_saphyr::Error;
use serde_saphyr::budget::BudgetBreach;

/// What is wrong, in Japanese and English.
type Said = (String, String);

/// What a document's error means and what to do about it. `place` is where it stands in the file, `text` the document, which begins at
/// line `first_line` of the file.
pub(super) fn explain(error: &Error, place: &Place, text: &str, first_line: u32) -> Diagnostic {
    let lines: Vec<&str> = text.lines().collect();
    let index = place.line.saturating_sub(first_line) as usize;
    let (name, (ja, en)) = wording(error);
    let diagnostic = Diagnostic::error(name, place.clone(), ja, en);
    if name == code::YAML_BUDGET {
        return diagnostic;
    }
    let near = [Some(index), index.checked_sub(1)].into_iter().flatten();
    let slip = near.filter_map(|at| Some((at, *lines.get(at)?))).find_map(|(at, line)| slip(line, first_line as usize + at));
    let (ja, en) = slip.or_else(|| of_kind(error, &lines, index, place.column as usize)).unwrap_or_else(|| {
        both(
            "この行と一つ上の行で、字下げの数、コロンのあとの空白、引用符の閉じ忘れを確かめてください。",
            "Check this line and the one above it: the indent, the space after the colon, quotation marks.",
        )
    });
    diagnostic.hint(ja, en)
}

fn both(ja: &str, en: &str) -> Said {
    (ja.to_owned(), en.to_owned())
}

/// A slip that shows in a line by itself, whatever the reader says.
fn slip(line: &str, number: usize) -> Option<Said> {
    let indent = &line[..line.len() - line.trim_start().len()];
    let key = line.trim_start().trim_start_matches("- ");
    if indent.contains('\t') {
        return Some((
            format!("{number} 行目の字下げにタブがあります。半角の空白に替えてください。"),
            format!("Line {number} is indented with a tab. Use spaces."),
        ));
    }
    if indent.contains('\u{3000}') {
        return Some((
            format!("{number} 行目の字下げに全角の空白があります。半角の空白に替えてください。"),
            format!("Line {number} is indented with a full-width space. Use ordinary spaces."),
        ));
    }
    if key.find('：').is_some_and(|colon| !key[..colon].contains([':', '"', '\'', ' '])) {
        return Some((
            format!("{number} 行目の「：」は全角です。半角の「:」と空白に替えてください。"),
            format!("Line {number} has a full-width colon “：”. Use “:” and a space."),
        ));
    }
    let value = key.split_once(": ").map_or("", |(_, value)| value.trim_start());
    if value.starts_with(['@', '`', '%', '*', '&', '!']) {
        return Some((
            format!("{number} 行目の値は記号で始まっています。文にしたいときは、引用符（\"…\"）で囲んでください。"),
            format!(
                "The value on line {number} begins with a sign that means something in YAML. Put a text between quotation marks (\"…\")."
            ),
        ));
    }
    if value.starts_with(['"', '\'']) && value.matches(&value[..1]).count() % 2 == 1 {
        return Some((
            format!("{number} 行目の引用符が閉じていないようです。"),
            format!("A quotation mark on line {number} does not seem to be closed."),
        ));
    }
    if key.split_once(':').is_some_and(|(name, rest)| !name.contains(' ') && !rest.is_empty() && !rest.starts_with([' ', '/'])) {
        return Some((
            format!("{number} 行目の「:」のあとに、半角の空白を入れてください。"),
            format!("Put a space after the “:” on line {number}."),
        ));
    }
    None
}

/// What helps with this kind of error.
fn of_kind(error: &Error, lines: &[&str], index: usize, column: usize) -> Option<Said> {
    let detail = error.to_string();
    if matches!(error, Error::MultipleDocuments { .. }) {
        return Some(both(
            "「---」から下を消すか、別のファイルに分けてください。",
            "Remove what follows “---”, or put it into a file of its own.",
        ));
    }
    if detail.contains("flow ") {
        return Some(both(
            "{ } や [ ] の中の文に「,」「:」「[」などの記号があるときは、引用符（\"…\"）で囲みます。閉じ忘れも確かめてください。",
            "Inside { } and [ ], put a text that holds signs such as “,”, “:” or “[” between quotation marks (\"…\"). Check the closing bracket, too.",
        ));
    }
    if detail.contains("mapping values are not allowed") {
        let before: String = lines.get(index)?.chars().take(column.saturating_sub(1)).collect();
        return Some(if before.contains(": ") {
            both(
                "「: 」を含む文は、引用符（\"…\"）で囲みます。",
                "Put a text that holds a colon and a space between quotation marks (\"…\").",
            )
        } else {
            both("上の行と字下げをそろえてください。", "Give this line the same indent as the one above it.")
        });
    }
    if detail.contains("block collection") || detail.contains("block mapping") {
        return Some(both(
            "同じ一覧や同じ組の行は、字下げをそろえます。",
            "Lines of the same list or the same group of keys have the same indent.",
        ));
    }
    None
}

/// The code of an error and what it says.
fn wording(error: &Error) -> (Code, Said) {
    let detail = error.to_string();
    let syntax = |ja: &str, en: &str| (code::YAML_SYNTAX, both(ja, en));
    match error {
        Error::AliasError { error, .. } => wording(error),
        Error::Budget { breach: BudgetBreach::Depth { .. }, .. } => too_deep(),
        Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::Budget { .. } => (
            code::YAML_BUDGET,
            both("この文書は、別名（*）を展開すると大きくなりすぎます。", "This document unfolds into too much: too many aliases (*)."),
        ),
        Error::MultipleDocuments { .. } => syntax(
            "「---」で区切った二つ目の文書があります。一つのファイルには一つだけ書けます。",
            "There is a second document behind “---”. A file holds one.",
        ),
        Error::UnknownAnchor { .. } => syntax(
            "「*」で始まる値は別名として読まれますが、その名前がありません。",
            "A value that begins with “*” is read as an alias, and there is none of that name.",
        ),
        _ => {
            let has = |words: &str| detail.contains(words);
            match () {
                () if has("recursion") || has("depth") || has("nesting") => too_deep(),
                () if has("mapping values are not allowed") => {
                    syntax("この「:」は、項目と値の区切りとして読めません。", "This “:” cannot part a key from a value.")
                }
                () if has("expected ':'") => {
                    syntax("この行には、項目と値を区切る「: 」がありません。", "This line has no “: ” between a key and a value.")
                }
                () if has("tabs disallowed") => syntax("字下げにタブは使えません。", "Tabs cannot be used as an indent."),
                () if has("unclosed quote") => syntax("引用符が閉じられていません。", "This quotation mark is never closed."),
                () if has("unexpected character") => {
                    syntax("この記号から始まる値は、このままでは書けません。", "A value cannot begin with this sign as it stands.")
                }
                () if has("flow mapping") => {
                    syntax("「{」が閉じられていないか、「,」が足りません。", "A “{” is not closed, or a comma is missing.")
                }
                () if has("flow sequence") => {
                    syntax("「[」が閉じられていないか、「,」が足りません。", "A “[” is not closed, or a comma is missing.")
                }
                () if has("block collection") => {
                    syntax("「- 」で始まる一覧の中に、「- 」のない行があります。", "There is a line without “- ” inside a list.")
                }
                () if has("block mapping") => {
                    syntax("この行の字下げが、ほかの行とそろっていません。", "The indent of this line does not fit the lines around it.")
                }
                () if has("expected string scalar") => syntax("項目の名前に、文でないものがあります。", "A key has to be a text."),
                () => {
                    let first = detail.lines().next().unwrap_or_default();
                    let first = first.rsplit_once(" at line ").map_or(first, |(words, _)| words);
                    (code::YAML_SYNTAX, (format!("YAML として読めません（{first}）。"), format!("This is not readable as YAML ({first}).")))
                }
            }
        }
    }
}

fn too_deep() -> (Code, Said) {
    (code::YAML_BUDGET, both("入れ子が深すぎます。", "Lists or keys are nested too deeply."))
}
