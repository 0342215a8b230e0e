//! What is written in a field, as numbers and months. The script reads fields the same way.

use crate::language::month_written;
use std::collections::BTreeMap;

/// What stands in the fields, by their names; empty fields are absent.
pub(super) type Values = BTreeMap<String, String>;

/// A number, however it was typed: full-width digits, commas, any minus.
pub(super) fn number(text: Option<&String>) -> Option<f64> {
    let plain: String = text?.chars().filter_map(half).collect();
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.chars().all(|char| char.is_ascii_digit());
    if all(whole) && all(fraction) { plain.parse().ok().filter(|value: &f64| value.is_finite()) } else { None }
}

/// A character as a number has it; none for what does not count.
fn half(char: char) -> Option<char> {
    match char {
        ',' | '，' | ' ' | '\u{3000}' | '+' | '＋' => None,
        '０'..='９' => char::from_digit(u32::from(char) - u32::from('０'), 10),
        '．' => Some('.'),
        '−' | '－' | '▲' | 'ー' => Some('-'),
        other => Some(other),
    }
}

/// The groups of digits in a text: `1、3` and `1 3` alike.
pub(super) fn numbers(text: Option<&String>) -> Vec<i32> {
    let plain: String = text.map(String::as_str).unwrap_or_default().chars().map(|char| half(char).unwrap_or(' ')).collect();
    plain.split(|char: char| !char.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

/// A month, counted from the year 0.
pub(super) fn month(text: Option<&String>) -> Option<i32> {
    let (year, month) = month_written(text?)?;
    Some(year * 12 + i32::try_from(month).ok()? - 1)
}

/// A number without what follows its point, as far as a year or a row can be numbered.
pub(super) fn whole(value: f64) -> i32 {
    value as i32
}

/// Words parted by commas of any kind.
pub(super) fn words(text: Option<&String>) -> Vec<String> {
    let text = text.map(String::as_str).unwrap_or_default();
    text.split(['、', ',', '，', '・', '\n']).map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_however_they_were_typed() {
        let text = |text: &str| Some(text.to_owned());
        for (written, expected) in [
            ("１，２３４", Some(1234.0)),
            ("−3.5", Some(-3.5)),
            ("▲20", Some(-20.0)),
            ("", None),
            ("約30", None),
            ("1.", None),
            ("1e5", None),
        ] {
            assert_eq!(number(text(written).as_ref()), expected, "{written}");
        }
        assert_eq!(numbers(text("１、3と 5").as_ref()), [1, 3, 5]);
        assert_eq!(month(text("平成27年4月").as_ref()), Some(2015 * 12 + 3));
        assert_eq!((month(text("2015-13").as_ref()), month(text("2015").as_ref())), (None, None));
        assert_eq!(words(text("図にする、 教える,待つ").as_ref()), ["図にする", "教える", "待つ"]);
    }
}
