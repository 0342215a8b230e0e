//! Short codes: what people in a room type to come to a survey. They are no secret, only short.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Signs that cannot be taken for one another on a projector, and that make no words: no vowels, no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
pub(super) const SIGNS: &[u8; 21] = b"34679CDFGHJKMNPQRTWXY";
/// Signs of a code.
const SHORT: usize = 4;
/// Signs of a code where two surveys of a project would have the same short one.
const LONG: usize = 6;

/// The surveys by their codes. A code depends on the survey's id alone, so that it is the same after every start and can be printed
/// on a hand-out; only where the first four signs of two surveys agree, both have six.
#[must_use]
pub fn codes<'s>(surveys: impl IntoIterator<Item = &'s str>) -> BTreeMap<String, String> {
    let mut by_short: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for survey in surveys {
        by_short.entry(code(survey, SHORT)).or_default().push(survey);
    }
    let mut codes = BTreeMap::new();
    for (short, surveys) in by_short {
        if let [only] = surveys.as_slice() {
            codes.insert(short, (*only).to_owned());
        } else {
            codes.extend(surveys.into_iter().map(|survey| (code(survey, LONG), survey.to_owned())));
        }
    }
    codes
}

fn code(survey: &str, length: usize) -> String {
    let sum = Sha256::digest(format!("room {survey}"));
    sum.iter().take(length).map(|byte| char::from(SIGNS[usize::from(*byte) % SIGNS.len()])).collect()
}

/// A code as somebody typed it, written as ours are: in capitals of one width, without spaces and hyphens.
#[must_use]
pub fn typed(text: &str) -> String {
    let narrow = |sign: char| match u32::from(sign) {
        // Full-width signs stand in the same order as ASCII, this much further on
        full @ 0xFF01..=0xFF5E => char::from_u32(full - 0xFEE0).unwrap_or(sign),
        _ => sign,
    };
    text.chars().map(narrow).filter(char::is_ascii_alphanumeric).map(|sign| sign.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_survey_has_the_same_code_for_ever() {
        // Printed on hand-outs: never change these
        let codes = codes(["pulse", "strengths", "feedback"]);
        let printed: Vec<(&str, &str)> = codes.iter().map(|(code, survey)| (code.as_str(), survey.as_str())).collect();
        assert_eq!(printed, [("6Q9W", "feedback"), ("7WPP", "strengths"), ("DH94", "pulse")]);
    }

    #[test]
    fn no_two_surveys_share_a_code() {
        let names: Vec<String> = (0..2_000).map(|number| format!("survey-{number}")).collect();
        let codes = codes(names.iter().map(String::as_str));
        assert_eq!(codes.len(), names.len());
        assert!(codes.keys().all(|code| code.len() == SHORT || code.len() == LONG));
        assert!(codes.keys().any(|code| code.len() == LONG), "two thousand surveys collide somewhere");
        assert!(codes.keys().all(|code| code.bytes().all(|sign| SIGNS.contains(&sign))));
    }

    #[test]
    fn codes_are_read_however_they_are_typed() {
        for text in ["7K43", "7k43", " 7k 43 ", "７ｋ４３", "7K-43", "7K43\u{3000}"] {
            assert_eq!(typed(text), "7K43", "{text:?}");
        }
        assert_eq!(typed("<script>"), "SCRIPT");
        assert_eq!(typed("日本"), "");
    }
}
