//! Headings and their ids.

use crate::diagnostic::Place;
use std::collections::BTreeMap;

/// A heading of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6: the page's title is the only heading of level 1.
    pub level: u8,
    /// Unique in its text; Japanese stays as written.
    pub id: String,
    /// Its words without markup and readings.
    pub text: String,
    /// Whether it begins a page of its own on paper: a hand-out (`## … {.handout}`), and what comes after it.
    pub starts_page: bool,
    /// Where it stands.
    pub place: Place,
}

/// The class that makes a heading the beginning of a hand-out, which ends before the next heading of its level.
pub(super) const HANDOUT: &str = "handout";

/// An id made from a heading's words: small letters, white space as `-`, punctuation dropped, kana and kanji kept.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for char in text.trim().chars() {
        if char.is_alphanumeric() || char == '-' || char == '_' || is_mark(char) {
            slug.extend(char.to_lowercase());
        } else if char.is_whitespace() {
            slug.push('-');
        }
    }
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// Marks that belong to the letter before them (variation selectors, dakuten written apart), which are no alphanumerics.
fn is_mark(char: char) -> bool {
    matches!(char, '\u{0300}'..='\u{036F}' | '\u{3099}' | '\u{309A}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Ids that are taken, each with the number to try next after it.
#[derive(Default)]
pub(super) struct Taken(BTreeMap<String, u32>);

impl Taken {
    /// The id, or the id with the first number that makes it unique.
    pub(super) fn unique(&mut self, id: String) -> String {
        let Some(mut number) = self.0.get(&id).copied() else {
            self.0.insert(id.clone(), 1);
            return id;
        };
        let mut candidate = format!("{id}-{number}");
        while self.0.contains_key(&candidate) {
            number += 1;
            candidate = format!("{id}-{number}");
        }
        self.0.insert(id, number + 1);
        self.0.insert(candidate.clone(), 1);
        candidate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_japanese_and_are_unique() {
        for (text, expected) in [
            ("強みを見つける", "強みを見つける"),
            ("1. はじめに（導入）", "1-はじめに導入"),
            ("What is «Career Autonomy»?", "what-is-career-autonomy"),
            ("データ・ソース", "データソース"),
            ("コーヒー　ブレイク", "コーヒー-ブレイク"),
            ("!?", "section"),
        ] {
            assert_eq!(slug(text), expected);
        }
        let mut taken = Taken::default();
        assert_eq!(["a", "a", "a-1", "a", "a-1"].map(|id| taken.unique(id.into())), ["a", "a-1", "a-1-1", "a-2", "a-1-2"]);
    }
}
