//! Diagnostics as people and programs read them.

use super::{Diagnostic, Diagnostics, Severity};
use crate::language::{Language, Words};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The text of the files that diagnostics speak of, by path.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    texts: BTreeMap<Arc<str>, Arc<str>>,
}

impl Sources {
    /// Remembers the text of a file.
    pub fn insert(&mut self, file: Arc<str>, text: Arc<str>) {
        self.texts.insert(file, text);
    }

    /// Remembers those of others, too.
    pub fn append(&mut self, others: Sources) {
        self.texts.extend(others.texts);
    }

    /// The text of a file.
    #[must_use]
    pub fn get(&self, file: &str) -> Option<&str> {
        self.texts.get(file).map(|text| &**text)
    }
}

/// All diagnostics as a compiler prints them: place, line, caret, advice; then a line that counts them.
#[must_use]
pub fn to_text(diagnostics: &Diagnostics, sources: &Sources, language: Language) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics.sorted() {
        out.push_str(&one(diagnostic, sources, language));
        out.push_str("\n\n");
    }
    let (errors, warnings) = (diagnostics.errors(), diagnostics.warnings());
    if errors + warnings > 0 {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let sum = Words::new(
            format!("エラー {errors} 件、警告 {warnings} 件"),
            format!("{errors} error{}, {warnings} warning{}", plural(errors), plural(warnings)),
        );
        out.push_str(sum.in_language(language));
        out.push('\n');
    }
    out
}

fn one(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let level = match (language, diagnostic.severity) {
        (Language::Japanese, Severity::Error) => level.with_name("エラー"),
        (Language::Japanese, Severity::Warning) => level.with_name("警告"),
        (Language::English, _) => level,
    };
    let title = level.primary_title(diagnostic.message.in_language(language)).id(diagnostic.code.0);
    let place = &diagnostic.place;
    let mut group = Group::with_title(title);
    let mut others = Vec::new();
    if let Some(source) = sources.get(&place.file).filter(|source| !source.is_empty()) {
        let mut snippet = Snippet::source(source).path(&*place.file).line_start(1);
        snippet = snippet.annotation(AnnotationKind::Primary.span(span(source, place.line, place.column, place.length)));
        for (also, words) in &diagnostic.also {
            if also.file == place.file {
                snippet = snippet.annotation(
                    AnnotationKind::Context.span(span(source, also.line, also.column, also.length)).label(words.in_language(language)),
                );
            } else {
                others.push(format!("{also}: {}", words.in_language(language)));
            }
        }
        group = group.element(snippet);
    } else {
        group = group.element(Origin::path(&*place.file).line(place.line as usize).char_column(place.column as usize));
        others.extend(diagnostic.also.iter().map(|(also, words)| format!("{also}: {}", words.in_language(language))));
    }
    let (note_name, help_name) = match language {
        Language::Japanese => ("参考", "対処"),
        Language::English => ("note", "help"),
    };
    for other in &others {
        group = group.element(Level::NOTE.with_name(note_name).message(other));
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.with_name(help_name).message(hint.in_language(language)));
    }
    Renderer::plain().render(&[group])
}

/// The bytes of `length` characters from a line and column, kept inside the line.
fn span(source: &str, line: u32, column: u32, length: u32) -> std::ops::Range<usize> {
    let mut start = 0;
    for _ in 1..line {
        match source[start..].find('\n') {
            Some(newline) => start += newline + 1,
            None => break,
        }
    }
    let end_of_line = source[start..].find('\n').map_or(source.len(), |newline| start + newline);
    let line_text = &source[start..end_of_line];
    let offset = |characters: u32| line_text.char_indices().nth(characters as usize).map_or(line_text.len(), |(index, _)| index);
    let from = offset(column.saturating_sub(1));
    let to = offset(column.saturating_sub(1).saturating_add(length.max(1)));
    start + from..start + to.max(from)
}

/// All diagnostics as JSON, for editors and scripts: a list of objects, sorted by place, messages in both languages.
#[must_use]
pub fn to_json(diagnostics: &Diagnostics) -> serde_json::Value {
    let words = |words: &Words| serde_json::json!({"ja": words.ja, "en": words.en});
    let place = |place: &super::Place| serde_json::json!({"file": &*place.file, "line": place.line, "column": place.column, "length": place.length});
    let all = diagnostics.sorted().into_iter().map(|one| {
        serde_json::json!({
            "place": place(&one.place),
            "severity": match one.severity { Severity::Error => "error", Severity::Warning => "warning" },
            "code": one.code.0,
            "message": words(&one.message),
            "hint": one.hint.as_ref().map(words),
            "also": one.also.iter().map(|(at, text)| serde_json::json!({"place": place(at), "message": words(text)})).collect::<Vec<_>>(),
        })
    });
    serde_json::Value::Array(all.collect())
}
