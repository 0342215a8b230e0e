//! The code of one's own in a pseudonymous survey: made up by the person after a recipe, the same every time, kept by nobody else.
//!
//! Two codes are one only where they are equal to the letter after this: compatibility forms are folded (Unicode NFKC: full-width
//! digits, half-width katakana), letters are capitals, spaces and hyphens are gone. Nothing is ever guessed beyond that: a code
//! that is nearly another one is another one, because a pair of the wrong two people is worse than no pair.

use super::complaint::Fault;
use crate::diagnostic::Place;
use crate::language::Text;
use icu_normalizer::ComposingNormalizerBorrowed;

/// The variable, and the field of the form: the code as it is kept.
pub const OWN_CODE: &str = "own_code";

/// Most characters of a code.
pub const LONGEST: u32 = 32;

/// Fewest characters that an author may ask for: with fewer, many people have one code.
pub const SHORTEST: u32 = 4;

/// How people make up their codes.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnCode {
    /// Where it is defined.
    pub place: Place,
    /// What the code is made of, part by part.
    pub parts: Vec<Text>,
    /// A made-up code as an example.
    pub example: Option<Text>,
    /// Fewest characters.
    pub min_length: u32,
    /// What stands where: `A` a letter, `9` a digit, `*` either. A code is as long as its pattern.
    pub pattern: Option<String>,
}

impl OwnCode {
    /// A typed code as it is kept.
    ///
    /// # Errors
    ///
    /// Nothing was typed; something other than letters and digits; too short or too long; not after the pattern.
    pub fn read(&self, typed: &str) -> Result<String, Fault> {
        let code = normal(typed);
        let length = u32::try_from(code.chars().count()).unwrap_or(u32::MAX);
        if length == 0 {
            return Err(Fault::Missing);
        }
        if !code.chars().all(char::is_alphanumeric) {
            return Err(Fault::CodeCharacters);
        }
        if length > LONGEST {
            return Err(Fault::TooLong(LONGEST, length));
        }
        match &self.pattern {
            Some(pattern) if !follows(&code, pattern) => Err(Fault::CodePattern(pattern.clone())),
            None if length < self.min_length => Err(Fault::CodeShort(self.min_length)),
            _ => Ok(code),
        }
    }

    /// What codes must look like, in one line: two surveys with the same line make the same codes.
    #[must_use]
    pub fn rule(&self) -> String {
        self.pattern.as_ref().map_or_else(|| format!("length {}", self.min_length), |pattern| format!("pattern {pattern}"))
    }
}

/// Whether a pattern is one: letters `A`, digits `9`, `*` for either.
#[must_use]
pub fn is_pattern(pattern: &str) -> bool {
    pattern.chars().all(|place| matches!(place, 'A' | '9' | '*'))
}

fn follows(code: &str, pattern: &str) -> bool {
    let fits = |(char, place): (char, char)| match place {
        'A' => char.is_alphabetic(),
        '9' => char.is_ascii_digit(),
        _ => true,
    };
    code.chars().count() == pattern.chars().count() && code.chars().zip(pattern.chars()).all(fits)
}

/// A text folded, in capitals, without spaces, hyphens and characters that no one sees.
fn normal(typed: &str) -> String {
    let fold = ComposingNormalizerBorrowed::new_nfkc();
    // Capitals of folded letters may be composed anew
    let capitals = fold.normalize(typed).to_uppercase();
    fold.normalize(&capitals).chars().filter(|char| !is_gap(*char)).collect()
}

fn is_gap(char: char) -> bool {
    // The long vowel mark of katakana is a letter and stays
    char.is_whitespace()
        || char.is_control()
        || matches!(char, '-' | '\u{AD}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(min_length: u32, pattern: Option<&str>) -> OwnCode {
        let pattern = pattern.map(str::to_owned);
        OwnCode { place: Place::whole(&"a.yaml".into()), parts: Vec::new(), example: None, min_length, pattern }
    }

    #[test]
    fn the_same_code_typed_differently_is_the_same() {
        let plain = code(4, None);
        for (typed, kept) in [
            ("ha-12 mi", "HA12MI"),
            ("ＨＡ１２ｍｉ", "HA12MI"),
            ("\u{3000}HA\u{2212}12‐mi\u{200B}", "HA12MI"),
            ("ハナ１２", "ハナ12"),
            ("ﾊﾅ12", "ハナ12"),
            ("ガ\u{30FC}ト0", "ガート0"),
            ("ｶﾞｰﾄ0", "ガート0"),
            ("カ\u{3099}ート0", "ガート0"),
            ("straße", "STRASSE"),
            ("e\u{301}tude", "ÉTUDE"),
        ] {
            assert_eq!(plain.read(typed).as_deref(), Ok(kept), "{typed}");
        }
        // What is kept is read as itself, so that an export comes back as it was
        for kept in ["HA12MI", "ハナ12", "ガート0", "STRASSE", "ÉTUDE", "0012"] {
            assert_eq!(plain.read(kept).as_deref(), Ok(kept));
        }
    }

    #[test]
    fn what_is_nearly_the_same_is_another_code() {
        let plain = code(4, None);
        for (one, other) in [("はな12", "ハナ12"), ("HA0O", "HAO0"), ("1l1I", "11ll"), ("ガト12", "カト12")] {
            assert_ne!(plain.read(one), plain.read(other));
        }
    }

    #[test]
    fn what_is_no_code_is_said() {
        let plain = code(4, None);
        for (typed, fault) in [
            ("", Fault::Missing),
            (" - ", Fault::Missing),
            ("abc", Fault::CodeShort(4)),
            ("taro@example.com", Fault::CodeCharacters),
            ("12/05", Fault::CodeCharacters),
            ("=1+2345", Fault::CodeCharacters),
            (&"あ".repeat(33), Fault::TooLong(32, 33)),
        ] {
            assert_eq!(plain.read(typed), Err(fault), "{typed}");
        }
    }

    #[test]
    fn a_pattern_says_what_stands_where() {
        let own = code(4, Some("AA99*"));
        for (typed, fits) in [("ha-12-x", true), ("ハナ129", true), ("HA12", false), ("HA12XX", false), ("H112X", false), ("HAA2X", false)]
        {
            assert_eq!(own.read(typed).is_ok(), fits, "{typed}");
        }
        assert!(is_pattern("AA99*") && !is_pattern("AA9B"));
        assert_eq!((own.rule().as_str(), code(6, None).rule().as_str()), ("pattern AA99*", "length 6"));
    }
}
