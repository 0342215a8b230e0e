//! What a form's constraint says, where our questions have a key for it.

use crate::language::Day;
use serde_json::{Map, Value as Tree};

/// Adds the keys that a constraint stands for to a question.
///
/// # Errors
///
/// The parts that no key stands for.
pub(super) fn keys(constraint: &str, question: &mut Map<String, Tree>) -> Result<(), Vec<String>> {
    let kind = question.get("kind").and_then(Tree::as_str).unwrap_or_default().to_owned();
    let mut unknown = Vec::new();
    for part in parts(constraint) {
        let bare: String = part.chars().filter(|char| !char.is_whitespace()).collect();
        if !one(&bare, &kind, question) {
            unknown.push(part);
        }
    }
    if unknown.is_empty() { Ok(()) } else { Err(unknown) }
}

/// The parts that `and` joins, outside of brackets and quotation marks.
fn parts(text: &str) -> Vec<String> {
    let (mut parts, mut depth, mut quote, mut current) = (Vec::new(), 0_i32, None, String::new());
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        match (quote, char) {
            (Some(open), _) if open == char => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(char),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            (None, _) if depth == 0 && rest.to_ascii_lowercase().starts_with(" and ") => {
                parts.push(std::mem::take(&mut current).trim().to_owned());
                rest = &rest[4..];
                continue;
            }
            _ => {}
        }
        current.push(char);
        rest = &rest[char.len_utf8()..];
    }
    parts.push(current.trim().to_owned());
    parts
        .into_iter()
        .map(|part| match part.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
            Some(inner) if !inner.contains(['(', ')']) => inner.trim().to_owned(),
            _ => part,
        })
        .filter(|part| !part.is_empty())
        .collect()
}

fn one(part: &str, kind: &str, question: &mut Map<String, Tree>) -> bool {
    if let Some(length) = part.strip_prefix("string-length(.)") {
        return bound(length, true).is_some_and(|(low, value)| !low && set(question, "max_length", value));
    }
    if let Some(count) = part.strip_prefix("count-selected(.)") {
        return bound(count, true).is_some_and(|(low, value)| !low && set(question, "at_most", value));
    }
    if let Some(code) = part.strip_prefix("not(selected(.,'").and_then(|rest| rest.strip_suffix("')andcount-selected(.)>1)")) {
        let choices = question.get_mut("choices").and_then(Tree::as_array_mut);
        let choice = choices
            .into_iter()
            .flatten()
            .filter_map(Tree::as_object_mut)
            .find(|choice| choice.get("id").and_then(Tree::as_str) == Some(code));
        return choice.is_some_and(|choice| set(choice, "exclusive", "true".to_owned()));
    }
    let Some(rest) = part.strip_prefix('.') else { return false };
    match kind {
        "number" => bound(rest, question.get("decimals").is_none())
            .is_some_and(|(low, value)| set(question, if low { "minimum" } else { "maximum" }, value)),
        "date" => {
            let Some((low, day)) = [(">=", true), ("<=", false)].into_iter().find_map(|(sign, low)| {
                let day = rest.strip_prefix(sign)?.trim_start_matches("date(").trim_end_matches(')').trim_matches(['\'', '"']);
                Day::parse(day).map(|day| (low, day.to_string()))
            }) else {
                return false;
            };
            set(question, if low { "earliest" } else { "latest" }, day)
        }
        _ => false,
    }
}

/// Whether it is a lower bound, and the bound itself; `> 3` of whole numbers is `>= 4`.
fn bound(text: &str, whole: bool) -> Option<(bool, String)> {
    let (sign, digits) = [">=", "<=", ">", "<"].into_iter().find_map(|sign| text.strip_prefix(sign).map(|digits| (sign, digits)))?;
    let number: f64 = digits.parse().ok().filter(|number: &f64| number.is_finite())?;
    match sign {
        ">=" => Some((true, digits.to_owned())),
        "<=" => Some((false, digits.to_owned())),
        ">" if whole && number.fract() == 0.0 => Some((true, (number + 1.0).to_string())),
        "<" if whole && number.fract() == 0.0 => Some((false, (number - 1.0).to_string())),
        _ => None,
    }
}

fn set(keys: &mut Map<String, Tree>, key: &str, value: String) -> bool {
    keys.insert(key.to_owned(), value.into());
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_become_keys() {
        let read = |kind: &str, constraint: &str| {
            let mut question = Map::from_iter([("kind".to_owned(), Tree::from(kind))]);
            let result = keys(constraint, &mut question);
            question.shift_remove("kind");
            (Tree::Object(question).to_string(), result.err().unwrap_or_default())
        };
        assert_eq!(read("number", ". >= 0 and . < 60").0, r#"{"minimum":"0","maximum":"59"}"#);
        assert_eq!(read("number", "(.>0) and (. <= 9.5)").0, r#"{"minimum":"1","maximum":"9.5"}"#);
        assert_eq!(read("date", ". >= date('2020-01-01')").0, r#"{"earliest":"2020-01-01"}"#);
        assert_eq!(read("short_text", "string-length(.) <= 20 and regex(., 'and')").1, ["regex(., 'and')"]);
        assert_eq!(read("number", ". != 13").1, [". != 13"]);
    }
}
