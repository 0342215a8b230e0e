//! The fields of a form: their names, and how what is typed becomes a value.

use super::complaint::Fault;
use super::question::{Kind, Question};
use crate::language::Day;
use std::collections::BTreeMap;

/// What a browser sent: the values of each field, in order.
pub type Raw = BTreeMap<String, Vec<String>>;

/// The value of a field that says «I would rather not say».
pub const DECLINED: &str = "_declined";

/// The name of the check box that declines a question which is typed into, or has several parts.
#[must_use]
pub fn declined_field(question: &str) -> String {
    format!("{question}.declined")
}

/// Most characters of an "other" text.
pub const OTHER_LENGTH: u32 = 200;

/// The names of the fields that a question's form has.
#[must_use]
pub fn names(question: &Question) -> Vec<String> {
    // What is calculated is never taken from a browser
    if matches!(question.kind, Kind::Calculated { .. } | Kind::Note) {
        return Vec::new();
    }
    let mut names: Vec<String> = question.variables().into_iter().map(|variable| variable.id).collect();
    if question.declines_apart() {
        names.push(declined_field(&question.id));
    }
    names
}

/// A typed number: full-width digits and signs are turned, thousands separators dropped, zeros that mean nothing removed.
///
/// # Errors
///
/// Not a number, out of range, too many decimals.
pub fn number(text: &str, minimum: Option<f64>, maximum: Option<f64>, decimals: u32) -> Result<String, Fault> {
    let ascii: String = text.chars().map(narrow).filter(|char| !matches!(char, ',' | ' ')).collect();
    let (sign, digits) = match ascii.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", ascii.strip_prefix('+').unwrap_or(&ascii)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || digits.ends_with('.') || digits.len() > 30 {
        return Err(Fault::NotANumber);
    }
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > decimals as usize {
        return Err(Fault::Decimals(decimals));
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let sign = if whole == "0" && fraction.is_empty() { "" } else { sign };
    let point = if fraction.is_empty() { "" } else { "." };
    let normal = format!("{sign}{whole}{point}{fraction}");
    let value: f64 = normal.parse().map_err(|_| Fault::NotANumber)?;
    if minimum.is_some_and(|least| value < least) || maximum.is_some_and(|most| value > most) {
        return Err(Fault::NumberRange(minimum, maximum));
    }
    Ok(normal)
}

/// A typed text: trimmed, control characters removed, line ends as `\n` or, on one line, as a space.
///
/// # Errors
///
/// Too long.
pub fn text(text: &str, max_length: u32, lines: bool) -> Result<String, Fault> {
    let joined = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = joined
        .chars()
        .filter_map(|char| match char {
            '\n' if lines => Some('\n'),
            '\n' | '\t' => Some(' '),
            // Separators that move other text about, and characters that no font shows
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => None,
            char if char.is_control() => None,
            char => Some(char),
        })
        .collect();
    let kept = kept.trim();
    let length = u32::try_from(kept.chars().count()).unwrap_or(u32::MAX);
    if length > max_length {
        return Err(Fault::TooLong(max_length, length));
    }
    if kept.is_empty() { Err(Fault::Missing) } else { Ok(kept.to_owned()) }
}

/// A typed day: `2026-11-20`, also with slashes, dots, Japanese signs or full-width digits, and without leading zeros.
///
/// # Errors
///
/// Not a day, out of range.
pub fn day(text: &str, earliest: Option<Day>, latest: Option<Day>) -> Result<Day, Fault> {
    let ascii: String = text.chars().map(narrow).filter(|char| *char != ' ').collect();
    let parts: Vec<&str> = ascii.trim_end_matches('日').split(['-', '/', '.', '年', '月']).collect();
    let [year, month, date] = parts.as_slice() else { return Err(Fault::NotADay) };
    let day = Day::parse(&format!("{year:0>4}-{month:0>2}-{date:0>2}")).ok_or(Fault::NotADay)?;
    if earliest.is_some_and(|first| day < first) || latest.is_some_and(|last| day > last) {
        return Err(Fault::DayRange(earliest, latest));
    }
    Ok(day)
}

/// The ASCII form of a full-width character; minus signs of every kind as a hyphen.
fn narrow(char: char) -> char {
    match char {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(char) - 0xFEE0).unwrap_or(char),
        '\u{3000}' => ' ',
        '−' | '‐' | '–' | '—' | 'ー' => '-',
        '、' => ',',
        _ => char,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_as_people_type_them() {
        for (typed, expected) in [("１２", "12"), ("1,200", "1200"), ("-0", "0"), ("007.50", "7.5"), ("−3", "-3"), ("＋４", "4")] {
            assert_eq!(number(typed, None, None, 2).as_deref(), Ok(expected), "{typed}");
        }
        for typed in ["", "abc", "1.", ".5", "1e3", "0x10", "∞", "1 2 3x"] {
            assert_eq!(number(typed, None, None, 2), Err(Fault::NotANumber), "{typed}");
        }
        assert_eq!(number("1.234", None, None, 2), Err(Fault::Decimals(2)));
        assert_eq!(number("61", Some(0.0), Some(60.0), 0), Err(Fault::NumberRange(Some(0.0), Some(60.0))));
    }

    #[test]
    fn texts_are_cleaned_and_counted_in_characters() {
        assert_eq!(text("  a\r\nb\u{0}\u{202E} ", 10, true).as_deref(), Ok("a\nb"));
        assert_eq!(text("a\nb", 10, false).as_deref(), Ok("a b"));
        assert_eq!(text("あいう", 2, true), Err(Fault::TooLong(2, 3)));
        assert_eq!(text("\u{0}", 2, true), Err(Fault::Missing));
    }

    #[test]
    fn days_are_taken_as_people_type_them() {
        for typed in ["2026-11-20", "2026/11/20", "２０２６年１１月２０日", "2026.11.20"] {
            assert_eq!(day(typed, None, None).map(|day| day.to_string()).as_deref(), Ok("2026-11-20"), "{typed}");
        }
        assert_eq!(day("2026-02-30", None, None), Err(Fault::NotADay));
        assert_eq!(day("2026-01-02", Day::parse("2026-02-01"), None), Err(Fault::DayRange(Day::parse("2026-02-01"), None)));
    }
}
