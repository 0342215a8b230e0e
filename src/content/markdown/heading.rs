//! Headings and their ids.

use crate::diagnostic::Place;
use std::collections::BTreeSet;

/// A heading of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6: the page's title is the only heading of level 1.
    pub level: u8,
    /// Unique in its text; Japanese stays as written.
    pub id: String,
    /// Its words without markup and readings.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

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

/// The id, or the id with the first number that makes it unique.
pub(super) fn unique(id: String, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = id.clone();
    let mut number = 1_u32;
    while !taken.insert(candidate.clone()) {
        candidate = format!("{id}-{number}");
        number += 1;
    }
    candidate
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
        let mut taken = BTreeSet::new();
        assert_eq!(["a", "a", "a-1", "a"].map(|id| unique(id.into(), &mut taken)), ["a", "a-1", "a-1-1", "a-2"]);
    }
}
