//! Consent: what a person agrees to before the first question, and the version of its wording.
//!
//! The version says which wording somebody has agreed to, years later too. It is the letter `v` and the first eight hexadecimal
//! digits of the SHA-256 of the wording: the texts of all languages in the order of [`Language::ALL`], then, where the author has
//! written one, the labels of the check box in the same order, each on a line of its own (`\n` between two), in UTF-8. Before
//! that, white space is made equal, so that breaking a line in another place makes no new version: none at the two ends, none
//! between two characters beyond ASCII (Japanese is written without), one space elsewhere.
//!
//! The letter keeps spreadsheets from reading a version as a number. The version is the same for everybody who saw the same
//! wording. Where the wording has changed in the middle of a survey, it tells those who came before from those who came after: it
//! divides people as an attribute does, and leaves as one (`exchange/carried`).

use crate::diagnostic::Place;
use crate::language::{Language, Text};
use sha2::{Digest, Sha256};

/// The variable, and the field of the form: the version that was agreed to.
pub const CONSENT: &str = "consent";

/// How many hexadecimal digits of the sum make a version.
const DIGITS: usize = 8;

/// What a person agrees to.
#[derive(Debug, Clone, PartialEq)]
pub struct Consent {
    /// Where it is defined.
    pub place: Place,
    /// What is agreed to (Markdown).
    pub text: Text,
    /// What stands beside the check box; `None`: the theme's words.
    pub label: Option<Text>,
    /// Whoever does not agree cannot answer.
    pub required: bool,
}

impl Consent {
    /// The version of the wording: `v3fa94c1e`.
    #[must_use]
    pub fn version(&self) -> String {
        let texts = [Some(&self.text), self.label.as_ref()].into_iter().flatten();
        let lines: Vec<String> =
            texts.flat_map(|text| Language::ALL.into_iter().map(|language| squeezed(text.in_language(language)))).collect();
        let sum: [u8; 32] = Sha256::digest(lines.join("\n")).into();
        let digits: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("v{}", digits.get(..DIGITS).unwrap_or_default())
    }
}

/// Whether this is a version of some wording.
#[must_use]
pub fn is_version(text: &str) -> bool {
    text.strip_prefix('v')
        .is_some_and(|digits| digits.len() == DIGITS && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')))
}

/// A text whose white space means nothing any more.
pub(super) fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for char in text.chars() {
        if char.is_whitespace() {
            gap = true;
            continue;
        }
        if let Some(before) = out.chars().next_back().filter(|_| gap)
            && (before.is_ascii() || char.is_ascii())
        {
            out.push(' ');
        }
        gap = false;
        out.push(char);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn consent(ja: &str, en: &str, label: Option<&str>) -> Consent {
        let text = Text::pair(ja, en);
        Consent { place: Place::whole(&"a.yaml".into()), text, label: label.map(Text::plain), required: true }
    }

    #[test]
    fn a_version_can_be_worked_out_by_anybody() {
        // printf '回答を研修の見直しに使います。\nWe use your answers to improve the course.' | sha256sum
        let version = consent("回答を研修の見直しに使います。", "We use your answers to improve the course.", None).version();
        assert_eq!(version, "v57140d65");
        // … with '\n同意します\n同意します' behind it
        let labelled = consent("回答を研修の見直しに使います。", "We use your answers to improve the course.", Some("同意します"));
        assert_eq!(labelled.version(), "v0079194b");
    }

    #[test]
    fn white_space_makes_no_new_version_and_words_do() {
        let version = |ja: &str, en: &str| consent(ja, en, None).version();
        let first = version("回答を、\n研修に使います。", "We use\n  your answers.");
        for (ja, en) in
            [("回答を、研修に使います。", "We use your answers."), ("回答を、　研修に使います。\r\n", "\tWe  use your\nanswers. ")]
        {
            assert_eq!(version(ja, en), first, "{ja:?} {en:?}");
        }
        for (ja, en) in [
            ("回答を、研修に使いません。", "We use your answers."),
            ("回答を、研修に使います。", "Weuse your answers."),
            ("We use your answers.", "回答を、研修に使います。"),
        ] {
            assert_ne!(version(ja, en), first, "{ja:?} {en:?}");
        }
    }
}
