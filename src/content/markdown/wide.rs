//! Which characters are as wide as a kanji.

/// East Asian Width W, F or H (UAX #11) without emoji and Hangul: the characters between which Chinese and Japanese write no
/// space.
pub(super) fn is_wide(char: char) -> bool {
    matches!(u32::from(char),
        0x2E80..=0x303E   // radicals, CJK punctuation
        | 0x3041..=0x312F // kana, bopomofo
        | 0x3190..=0x321E | 0x3220..=0xA4CF // kanji and their kin, enclosed forms, Yi
        | 0xF900..=0xFAFF
        | 0xFE10..=0xFE19 | 0xFE30..=0xFE6F
        | 0xFF01..=0xFF9F // full-width Latin, half-width katakana
        | 0xFFE0..=0xFFE6
        | 0x16FE0..=0x18D08 | 0x1AFF0..=0x1B2FB // Tangut, kana supplements
        | 0x1F200..=0x1F202 | 0x1F210..=0x1F23B
        | 0x20000..=0x3FFFD)
        && !is_space(char)
}

/// Hangul, which is wide and yet written with spaces.
fn is_hangul(char: char) -> bool {
    matches!(u32::from(char), 0x1100..=0x11FF | 0x3131..=0x318E | 0x3200..=0x321E | 0x3260..=0x327E | 0xA960..=0xA97C | 0xAC00..=0xD7FB)
}

fn is_space(char: char) -> bool {
    char == '\u{3000}'
}

/// Whether a line break between these two is no space: CSS Text, «segment break transformation».
pub(super) fn join(before: char, after: char) -> bool {
    let joins = |char: char| (is_wide(char) || is_space(char)) && !is_hangul(char);
    joins(before) && joins(after)
}

/// Punctuation or symbol as the flanking rule sees it. May say yes to marks that are none: beside those the guard does no harm.
pub(super) fn is_punctuation(char: char) -> bool {
    !char.is_alphanumeric() && !char.is_whitespace()
}
