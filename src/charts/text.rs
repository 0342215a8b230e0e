//! How wide a text will be, without any font: a table of em widths, and what may stand in a text at all.
//!
//! The table is within 2 % of Noto Sans CJK JP; [`width`] keeps 10 % spare, because other fonts set Latin letters wider.

/// Part of the width that is kept spare.
const SPARE: f64 = 1.10;
/// Bold letters against regular ones.
const BOLD: f64 = 1.07;

/// How wide a line of text may become at `size` pixels, in pixels: by a table of em widths, with 10 % spare.
#[must_use]
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    ems(text) * size * SPARE * if bold { BOLD } else { 1.0 }
}

/// The width of a text in em, without spare.
#[must_use]
pub(super) fn ems(text: &str) -> f64 {
    text.chars().map(em).sum()
}

/// Widths of the printable ASCII characters from the space on, in hundredths of an em, as Noto Sans CJK JP sets them.
#[rustfmt::skip]
const ASCII: [u8; 95] = [
    22, 32, 47, 55, 55, 92, 68, 28, 34, 34, 47, 55, 28, 35, 28, 39, 55, 55, 55, 55, 55, 55, 55, 55, 55, 55, 28,
    28, 55, 55, 55, 47, 95, 61, 66, 64, 69, 59, 55, 69, 73, 29, 53, 65, 54, 81, 72, 74, 63, 74, 63, 60, 60, 72,
    57, 88, 57, 53, 60, 34, 39, 34, 55, 56, 61, 56, 62, 51, 62, 55, 32, 56, 61, 27, 27, 55, 28, 93, 61, 61, 62,
    62, 39, 47, 38, 61, 52, 80, 50, 52, 47, 34, 27, 34, 55,
];

/// The width of a character in em.
fn em(character: char) -> f64 {
    let code = character as u32;
    let printable = code.checked_sub(32).and_then(|place| usize::try_from(place).ok()).and_then(|place| ASCII.get(place));
    printable.map_or_else(|| em_beyond_ascii(code), |hundredths| f64::from(*hundredths) / 100.0)
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
        // Quotation marks, dash and minus of Latin fonts
        0x2018..=0x201D => 0.5,
        0x2013 | 0x2212 => 0.58,
        0x00D7 => 1.0,
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
        0x0080..=0x06FF => 0.7,
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
