//! A page of a survey as one person reads it: earlier answers filled into its texts, random order as on this person's sheet.

use crate::language::{Day, Text};
use crate::pages::edition::Edition;
use crate::survey::definition::{Page, Survey};
use crate::survey::piping::filled;
use crate::survey::question::OTHER;
use crate::survey::{Answer, Answers, Measure, Value, Variable};
use std::borrow::Cow;

/// The most characters of a text that stand inside another one.
const LONGEST: usize = 80;

/// A page as the person with these answers and this sheet reads it.
pub(super) fn dressed<'s>(
    edition: &Edition<'_>,
    survey: &'s Survey,
    index: usize,
    answers: &Answers,
    sheet: &str,
) -> Option<Cow<'s, Page>> {
    let plain = survey.pages.get(index)?;
    let piped: Vec<_> = survey.piped.iter().filter(|piped| piped.page == index).collect();
    if piped.is_empty() && !survey.shuffles(index) {
        return Some(Cow::Borrowed(plain));
    }
    let mut page = plain.clone();
    let variables = if piped.is_empty() { Vec::new() } else { survey.variables() };
    let answer = |id: &str| words(edition, &variables, id, answers);
    for piped in piped {
        let text = Text::plain(filled(edition.read(&piped.text), &answer));
        page.set_text(piped, text);
    }
    survey.arrange(&mut page, index, sheet);
    Some(Cow::Owned(page))
}

/// What a person answered, in the words of the reader's language; `None`: nothing that could stand in a text.
fn words(edition: &Edition<'_>, variables: &[Variable], id: &str, answers: &Answers) -> Option<String> {
    let Some(Answer::Given(value)) = answers.get(id) else { return None };
    let variable = variables.iter().find(|variable| variable.id == id)?;
    let own = || match answers.get(&format!("{id}_{OTHER}")) {
        Some(Answer::Given(Value::Text(text))) => Some(short(text)),
        _ => None,
    };
    let label = |code: &str| {
        let (Measure::Nominal(all) | Measure::Ordinal(all) | Measure::Multiple(all)) = &variable.measure else { return None };
        // «Other» says nothing, what was written does
        let own = (code == OTHER).then(own).flatten();
        own.or_else(|| all.iter().find(|category| category.code == code).map(|category| edition.plain(&category.label)))
    };
    match value {
        Value::Choice(code) => label(code),
        Value::Choices(codes) => {
            let labels: Vec<String> = codes.iter().filter_map(|code| label(code)).collect();
            (!labels.is_empty()).then(|| labels.join(edition.say("list_gap")))
        }
        Value::Number(text) => Some(text.clone()),
        Value::Text(text) => Some(short(text)),
        Value::Date(text) => Some(Day::parse(text).map_or_else(|| text.clone(), |day| day.in_words(edition.language))),
    }
}

fn short(text: &str) -> String {
    if text.chars().count() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST).chain(['…']).collect() }
}
