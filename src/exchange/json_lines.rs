//! Responses as JSON Lines: an object a response, for programs.

use super::columns::{DECLINED, NOT_SHOWN, SKIPPED, WITHHELD};
use super::release::Release;
use crate::survey::{Answer, Value};
use serde_json::{Map, Value as Json};

/// The rows: an object a response with a key a variable. Choices are codes, several are lists, numbers are numbers, and a question
/// without an answer is an object that says why: `{"state": "not_shown"}`.
#[must_use]
pub fn rows(release: &Release<'_>) -> String {
    let mut out = String::new();
    for row in &release.rows {
        let mut object = Map::new();
        for (variable, answer) in release.variables.iter().zip(row) {
            object.insert(variable.id.clone(), answer.as_ref().map_or_else(|| state(WITHHELD), json));
        }
        out += &Json::Object(object).to_string();
        out.push('\n');
    }
    out
}

/// The texts that leave: an object a text.
#[must_use]
pub fn texts(release: &Release<'_>) -> String {
    let all = release.texts.iter().flat_map(|(variable, all)| all.iter().map(move |text| (variable, text)));
    all.map(|(variable, text)| format!("{}\n", serde_json::json!({"question": variable, "text": text}))).collect()
}

fn state(name: &str) -> Json {
    serde_json::json!({"state": name.trim_start_matches('_')})
}

fn json(answer: &Answer) -> Json {
    match answer {
        Answer::NotShown => state(NOT_SHOWN),
        Answer::Skipped => state(SKIPPED),
        Answer::Declined => state(DECLINED),
        Answer::Given(Value::Choices(codes)) => codes.clone().into(),
        // Only a number that comes back as it went: JSON readers hold them as binary fractions
        Answer::Given(Value::Number(text)) => match text.parse::<f64>() {
            Ok(number) if number.to_string() == *text => text.parse::<i64>().map_or_else(|_| number.into(), Json::from),
            _ => text.clone().into(),
        },
        Answer::Given(Value::Choice(text) | Value::Text(text) | Value::Date(text)) => text.clone().into(),
    }
}
