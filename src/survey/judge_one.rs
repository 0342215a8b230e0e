//! Judges a question with one answer: a choice, a point, a number, a text, a day.

use super::answer::{Answer, Value};
use super::complaint::Fault;
use super::field::{self, DECLINED, Raw, declined_field};
use super::question::{Choice, Kind, MOST_LIKELY, NO, Need, OTHER, Question, Slider, YES};
use crate::language::Text;

/// A field and what is thought of it: a variable with its answer, or whatever is wrong with it.
pub(super) type Verdict = (String, Result<Answer, Fault>);

/// Judges a question with one answer and, perhaps, an "other" text. Questions of other kinds have no verdict here.
pub(super) fn judge(question: &Question, raw: &Raw) -> Vec<Verdict> {
    let chosen = |offered: &dyn Fn(&str) -> bool| vec![(question.id.clone(), one_of(question, &values(raw, &question.id), offered))];
    let typed = |read: &dyn Fn(&str) -> Result<Value, Fault>| vec![(question.id.clone(), typed(question, raw, read))];
    match &question.kind {
        Kind::SingleChoice { choices, other } | Kind::Dropdown { choices, other } => {
            with_other(question, raw, other.is_some(), |chosen| one_of(question, chosen, |code| offers(choices, other.as_ref(), code)))
        }
        Kind::MultipleChoice { choices, other, at_most } => {
            with_other(question, raw, other.is_some(), |chosen| several(question, chosen, choices, other.as_ref(), *at_most))
        }
        Kind::YesNo { .. } => chosen(&|code| code == YES || code == NO),
        Kind::Scale(points) => chosen(&|code| is_point(code, 1..=points.count)),
        Kind::Recommendation { .. } => chosen(&|code| is_point(code, 0..=MOST_LIKELY)),
        Kind::Number { minimum, maximum, decimals, .. } => {
            typed(&|text| field::number(text, *minimum, *maximum, *decimals).map(Value::Number))
        }
        Kind::Slider(slider) => typed(&|text| on_slider(text, slider).map(Value::Number)),
        Kind::ShortText { max_length } => typed(&|text| field::text(text, *max_length, false).map(Value::Text)),
        Kind::LongText { max_length } => typed(&|text| field::text(text, *max_length, true).map(Value::Text)),
        Kind::Date { earliest, latest } => typed(&|text| field::day(text, *earliest, *latest).map(|day| Value::Date(day.to_string()))),
        Kind::Grid { .. }
        | Kind::MultipleGrid { .. }
        | Kind::Ranking { .. }
        | Kind::CardSort { .. }
        | Kind::Allocation { .. }
        | Kind::PairedComparison { .. }
        | Kind::Table { .. }
        | Kind::Calculated { .. }
        | Kind::Note => Vec::new(),
    }
}

/// The values of a field, trimmed, without empty ones.
pub(super) fn values<'r>(raw: &'r Raw, name: &str) -> Vec<&'r str> {
    raw.get(name).map(|values| values.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).collect()).unwrap_or_default()
}

/// Whether the field of its own that declines a question is ticked.
pub(super) fn is_declined(question: &Question, raw: &Raw) -> bool {
    question.need == Need::Declinable && question.declines_apart() && !values(raw, &declined_field(&question.id)).is_empty()
}

fn on_slider(text: &str, slider: &Slider) -> Result<String, Fault> {
    let decimals = slider.decimals();
    let off_step = || Fault::OffStep(slider.minimum, slider.step, decimals);
    let number = field::number(text, Some(slider.minimum), Some(slider.maximum), decimals).map_err(|fault| match fault {
        Fault::Decimals(_) => off_step(),
        fault => fault,
    })?;
    if number.parse().is_ok_and(|value| slider.is_on_step(value)) { Ok(number) } else { Err(off_step()) }
}

/// What an empty field means.
pub(super) fn nothing(question: &Question) -> Result<Answer, Fault> {
    match question.need {
        Need::Optional => Ok(Answer::Skipped),
        Need::Required | Need::Declinable => Err(Fault::Missing),
    }
}

fn declines(question: &Question, value: &str) -> bool {
    question.need == Need::Declinable && !question.declines_apart() && value == DECLINED
}

pub(super) fn one_of(question: &Question, chosen: &[&str], offered: impl Fn(&str) -> bool) -> Result<Answer, Fault> {
    match chosen {
        [] => nothing(question),
        [code] if declines(question, code) => Ok(Answer::Declined),
        [code] if offered(code) => Ok(Answer::Given(Value::Choice((*code).to_owned()))),
        [_] => Err(Fault::UnknownChoice),
        _ => Err(Fault::OnlyOne),
    }
}

pub(super) fn several(
    question: &Question,
    chosen: &[&str],
    choices: &[Choice],
    other: Option<&Text>,
    at_most: Option<u32>,
) -> Result<Answer, Fault> {
    if chosen.is_empty() {
        return nothing(question);
    }
    if chosen.iter().any(|code| declines(question, code)) {
        return if chosen.iter().all(|code| declines(question, code)) { Ok(Answer::Declined) } else { Err(Fault::Contradiction) };
    }
    if chosen.iter().any(|code| !offers(choices, other, code)) {
        return Err(Fault::UnknownChoice);
    }
    // In the order of the survey, each once: what a person did first is nobody's business
    let order = choices.iter().map(|choice| choice.id.as_str()).chain([OTHER]);
    let codes: Vec<String> = order.filter(|code| chosen.contains(code)).map(str::to_owned).collect();
    if let Some(alone) = choices.iter().find(|choice| choice.exclusive && codes.contains(&choice.id)).filter(|_| codes.len() > 1) {
        return Err(Fault::Exclusive(alone.text.clone()));
    }
    match at_most {
        Some(most) if codes.len() > most as usize => Err(Fault::TooMany(most)),
        _ => Ok(Answer::Given(Value::Choices(codes))),
    }
}

fn offers(choices: &[Choice], other: Option<&Text>, code: &str) -> bool {
    choices.iter().any(|choice| choice.id == code) || (other.is_some() && code == OTHER)
}

pub(super) fn is_point(code: &str, points: std::ops::RangeInclusive<u8>) -> bool {
    code.parse::<u8>().is_ok_and(|point| points.contains(&point) && point.to_string() == code)
}

/// A choice with its "other" text: two variables that must agree.
fn with_other(question: &Question, raw: &Raw, has_other: bool, judge: impl Fn(&[&str]) -> Result<Answer, Fault>) -> Vec<Verdict> {
    let choice = judge(&values(raw, &question.id));
    if !has_other {
        return vec![(question.id.clone(), choice)];
    }
    let name = question.other_variable();
    let chosen = match &choice {
        Ok(Answer::Given(Value::Choice(code))) => code == OTHER,
        Ok(Answer::Given(Value::Choices(codes))) => codes.iter().any(|code| code == OTHER),
        _ => false,
    };
    let written = values(raw, &name).first().map(|text| field::text(text, field::OTHER_LENGTH, false));
    let text = match (chosen, written) {
        (true, None) => Err(Fault::OtherMissing),
        (true, Some(text)) => text.map(|text| Answer::Given(Value::Text(text))),
        // A text without its choice would be lost without a word: ask
        (false, Some(_)) if choice.is_ok() => Err(Fault::OtherNotChosen),
        (false, _) => Ok(match &choice {
            Ok(Answer::Declined) => Answer::Declined,
            _ => Answer::Skipped,
        }),
    };
    vec![(question.id.clone(), choice), (name, text)]
}

fn typed(question: &Question, raw: &Raw, read: impl Fn(&str) -> Result<Value, Fault>) -> Result<Answer, Fault> {
    let written = values(raw, &question.id);
    match (written.as_slice(), is_declined(question, raw)) {
        ([], true) => Ok(Answer::Declined),
        ([], false) => nothing(question),
        (_, true) => Err(Fault::Contradiction),
        ([text], false) => read(text).map(Answer::Given),
        _ => Err(Fault::OnlyOne),
    }
}
