//! What the theme says by itself: one file a language, every key in every language.

use crate::content::yaml::{Key, Value, parse};
use crate::diagnostic::{Diagnostic, Diagnostics, closest, code};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The phrases of one language, by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phrases {
    by_key: BTreeMap<String, String>,
}

impl Phrases {
    /// Reads a file of phrases: one mapping of keys to lines.
    pub(super) fn read(file: &Arc<str>, text: &str, diagnostics: &mut Diagnostics) -> Vec<(Key, String)> {
        let Some(node) = parse(file, text, 1, diagnostics) else { return Vec::new() };
        let Value::Map(entries) = node.value else {
            diagnostics.push(Diagnostic::error(
                code::WRONG_TYPE,
                node.place,
                "ここには「項目: ことば」を並べます。",
                "This takes keys with their words.",
            ));
            return Vec::new();
        };
        let mut read = Vec::new();
        let mut seen = BTreeSet::new();
        for (key, value) in entries {
            match value.value {
                _ if !seen.insert(key.text.clone()) => diagnostics.push(Diagnostic::error(
                    code::DUPLICATE_KEY,
                    key.place,
                    format!("「{}」が二度書かれています。", key.text),
                    format!("“{}” stands here twice.", key.text),
                )),
                Value::Scalar(text) => read.push((key, text)),
                Value::Null => read.push((key, String::new())),
                Value::List(_) | Value::Map(_) => diagnostics.push(Diagnostic::error(
                    code::WRONG_TYPE,
                    value.place,
                    format!("「{}」には文を書きます。", key.text),
                    format!("“{}” takes a line of text.", key.text),
                )),
            }
        }
        read
    }

    /// No phrases at all.
    pub(super) const fn none() -> Phrases {
        Phrases { by_key: BTreeMap::new() }
    }

    /// Phrases of our own, as read.
    pub(super) fn of(entries: Vec<(Key, String)>) -> Phrases {
        Phrases { by_key: entries.into_iter().map(|(key, text)| (key.text, text)).collect() }
    }

    /// Lays phrases over these. Keys that nobody uses, and names in braces that nobody fills, are faults.
    pub(super) fn lay_over(&mut self, entries: Vec<(Key, String)>, diagnostics: &mut Diagnostics) {
        for (key, text) in entries {
            let Some(ours) = self.by_key.get(&key.text) else {
                let mut fault = Diagnostic::error(
                    code::UNKNOWN_KEY,
                    key.place,
                    format!("「{}」ということばは、どのページにもありません。", key.text),
                    format!("No page says “{}”.", key.text),
                );
                if let Some(near) = closest(&key.text, self.by_key.keys().map(String::as_str)) {
                    fault = fault.hint(format!("「{near}」の書き間違いではありませんか。"), format!("Did you mean “{near}”?"));
                }
                diagnostics.push(fault);
                continue;
            };
            let known = names(ours);
            for name in names(&text).difference(&known) {
                let mut fault = Diagnostic::error(
                    code::UNKNOWN_VALUE,
                    key.place.clone(),
                    format!("「{}」では {{{name}}} を使えません。", key.text),
                    format!("“{}” cannot hold {{{name}}}.", key.text),
                );
                if !known.is_empty() {
                    let all = known.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(" ");
                    fault = fault.hint(format!("使えるのは {all} です。"), format!("It can hold {all}."));
                }
                diagnostics.push(fault);
            }
            self.by_key.insert(key.text, text);
        }
    }

    /// The phrase of a key; the key itself where there is none, which a test makes sure never happens to ours.
    #[must_use]
    pub fn say<'a>(&'a self, key: &'a str) -> &'a str {
        self.by_key.get(key).map_or(key, String::as_str)
    }

    /// The phrase of a key, the names in its braces filled in.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.say(key), values)
    }

    /// Every key.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.by_key.keys().map(String::as_str)
    }
}

/// A text with the names in its braces filled in; in one go, so that braces in values stay as they are.
#[must_use]
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        let inside = &rest[open + 1..];
        let value = inside.find('}').and_then(|close| {
            let name = &inside[..close];
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (close, value))
        });
        match value {
            Some((close, value)) => {
                filled.push_str(value);
                rest = &inside[close + 1..];
            }
            None => {
                filled.push('{');
                rest = inside;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The names in the braces of a phrase.
#[must_use]
pub(super) fn names(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<(Key, String)>, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        let entries = Phrases::read(&"themes/x/languages/ja.yaml".into(), text, &mut diagnostics);
        (entries, diagnostics)
    }

    #[test]
    fn names_are_filled_in_once() {
        for (text, values, expected) in [
            ("{n}問", &[("n", "3")][..], "3問"),
            ("「{question}」— {complaint}", &[("question", "{complaint}"), ("complaint", "x")], "「{complaint}」— x"),
            ("a {b", &[("b", "x")], "a {b"),
            ("{unknown}", &[], "{unknown}"),
        ] {
            assert_eq!(fill(text, values), expected);
        }
    }

    #[test]
    fn a_layer_changes_words_and_slips_are_named() {
        let mut ours = Phrases::of(read("next: 次へ\nuntil: '{date}まで'\n").0);
        let (layer, diagnostics) = read("next: すすむ\nnxet: x\nuntil: '{day}まで'\nnext: もう一度\n");
        assert_eq!(diagnostics.errors(), 1, "a key stands there twice");
        let mut diagnostics = Diagnostics::new();
        ours.lay_over(layer, &mut diagnostics);
        assert_eq!(ours.say("next"), "すすむ");
        let places: Vec<String> = diagnostics.sorted().iter().map(|one| one.place.to_string()).collect();
        assert_eq!(places, ["themes/x/languages/ja.yaml:2:1", "themes/x/languages/ja.yaml:3:1"]);
        assert!(diagnostics.sorted()[0].hint.as_ref().is_some_and(|hint| hint.en.contains("“next”")));
    }
}
