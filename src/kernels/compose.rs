//! Sentences out of a template and what somebody wrote, in the grammar of each language.
//!
//! A place is `{name}`, or `{name:and}` where several join in one; English has `{name:do}` for an infinitive and `{name:a}` for a
//! noun that wants its article. A line with an empty place is left out.

use super::english::{self, in_english};
use super::japanese::{self, in_japanese};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a line is filled with.
pub type Values = BTreeMap<String, Vec<String>>;

/// A line, once for each of its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The words with their places.
    pub template: String,
    /// What fills them.
    pub rows: Vec<Values>,
}

/// The lines and their language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Whether they are Japanese.
    pub japanese: bool,
    /// The lines.
    pub lines: Vec<Line>,
}

/// The filled lines.
#[must_use]
pub fn compose(input: &Input) -> Vec<String> {
    let lines = input.lines.iter().flat_map(|line| line.rows.iter().map(move |row| (line, row)));
    lines.filter_map(|(line, row)| fill(&line.template, row, input.japanese)).collect()
}

fn fill(template: &str, row: &Values, japanese: bool) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (place, after) = after.split_once('}')?;
        out.push_str(before);
        let (name, manner) = place.split_once(':').unwrap_or((place, ""));
        // What the template goes on with, up to the next place
        let follows = after.split('{').next().unwrap_or_default();
        let words: Vec<String> = row
            .get(name)?
            .iter()
            .map(|text| match manner {
                // What somebody put into words of their own stays as it is
                "last" => text.trim().to_owned(),
                _ if japanese => in_japanese(text, follows),
                _ => in_english(text, manner, &out),
            })
            .filter(|text| !text.is_empty())
            .collect();
        if words.is_empty() {
            return None;
        }
        out.push_str(&if japanese { japanese::joined(&words) } else { english::joined(&words) });
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(template: &str, japanese: bool, values: &[(&str, &[&str])]) -> Vec<String> {
        let row = values.iter().map(|(name, all)| ((*name).to_owned(), all.iter().map(|one| (*one).to_owned()).collect())).collect();
        compose(&Input { japanese, lines: vec![Line { template: template.to_owned(), rows: vec![row] }] })
    }

    #[test]
    fn each_language_has_its_grammar() {
        let ja = "わたしは、{whom}が{change}ように、{strength:and}を使って{deed}。";
        assert_eq!(
            one(
                ja,
                true,
                &[
                    ("whom", &["はじめて機械にさわる人が"]),
                    ("change", &["こわがらずに一週間を終えられるように"]),
                    ("strength", &["図にする力", "待つ力を"]),
                    ("deed", &["手順を一枚ずつ渡す。"])
                ]
            ),
            ["わたしは、はじめて機械にさわる人がこわがらずに一週間を終えられるように、図にする力と待つ力を使って手順を一枚ずつ渡す。"]
        );
        // The verb keeps its end
        assert_eq!(one("{a}に", true, &[("a", &["わたしの力になる"])]), ["わたしの力になるに"]);
        let en = "I {deed:do} so that {whom} {change}, keeping {value:and}. As {role:a}, I {best:do}.";
        assert_eq!(
            one(
                en,
                false,
                &[
                    ("deed", &["I will draw each step."]),
                    ("whom", &["New people"]),
                    ("change", &["Get through week one without fear."]),
                    ("value", &["Patience", "fairness", "Honesty."]),
                    ("role", &["Older brother"]),
                    ("best", &["To listen first"])
                ]
            ),
            [
                "I draw each step so that new people get through week one without fear, keeping patience, fairness and honesty. As an older brother, I listen first."
            ]
        );
        assert!(one("{a} b", false, &[("a", &[" . "])]).is_empty());
        assert!(one("{a} b", false, &[]).is_empty());
    }

    #[test]
    fn names_keep_their_capitals_and_other_words_do_not() {
        let whom = |written: &str| one("I am there for {whom}.", false, &[("whom", &[written])]).remove(0);
        for name in ["Mary", "Mary next door", "James", "James my son", "Mary and her class", "Florence", "Ken", "Mary can ask"] {
            assert_eq!(whom(name), format!("I am there for {name}."));
        }
        for words in ["New people", "People new to it", "Older colleagues", "My team", "Whoever asks", "A friend", "Talent for order"] {
            let (first, rest) = words.split_at(1);
            assert_eq!(whom(words), format!("I am there for {}{rest}.", first.to_ascii_lowercase()));
        }
        // A sentence that begins with it begins as it was written, or as sentences do
        assert_eq!(one("{whom} can ask me.", false, &[("whom", &["Mary"])]), ["Mary can ask me."]);
    }
}
