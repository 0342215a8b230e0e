//! What is written in a field, as numbers and months. The script reads fields the same way.

use std::collections::BTreeMap;

/// What stands in the fields, by their names; empty fields are absent.
pub(super) type Values = BTreeMap<String, String>;

/// A number, however it was typed: full-width digits, commas, any minus.
pub(super) fn number(text: Option<&String>) -> Option<f64> {
    let plain: String = text?.chars().filter_map(half).collect();
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.chars().all(|char| char.is_ascii_digit());
    if all(whole) && all(fraction) { plain.parse().ok() } else { None }
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

/// A month, counted from the year 0: `2015-04`, `2015/4`, `2015年4月`.
pub(super) fn month(text: Option<&String>) -> Option<i32> {
    match numbers(text)[..] {
        [year, month] if (1800..=2200).contains(&year) && (1..=12).contains(&month) => Some(year * 12 + month - 1),
        _ => None,
    }
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
        assert_eq!(month(text("2015年4月").as_ref()), Some(2015 * 12 + 3));
        assert_eq!((month(text("2015-13").as_ref()), month(text("2015").as_ref())), (None, None));
        assert_eq!(words(text("図にする、 教える,待つ").as_ref()), ["図にする", "教える", "待つ"]);
    }
}
