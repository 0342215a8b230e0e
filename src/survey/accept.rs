//! Judges a sheet: every field against its question and its condition, page by page, all complaints at once.

use super::answer::{Answer, Answers, Value};
use super::complaint::{Complaint, Fault};
use super::condition::{Condition, Judged};
use super::definition::{Page, Survey};
use super::field::{self, DECLINED, declined_field};
use super::question::{Choice, Kind, Need, OTHER, Question};
use crate::language::{Day, Text};
use std::collections::{BTreeMap, BTreeSet};

/// What a browser sent: the values of each field, in order.
pub type Raw = BTreeMap<String, Vec<String>>;

/// A judged sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judgement {
    /// The answers of all pages that were judged; variables with complaints are absent.
    pub answers: Answers,
    /// Everything that is wrong, in the order of the survey.
    pub complaints: Vec<Complaint>,
    /// Ids of the questions that this person is asked.
    pub shown: BTreeSet<String>,
    /// Indices of the pages that this person sees.
    pub pages: Vec<usize>,
    /// Names of fields that no question has: the sheet was tampered with, or the survey has changed.
    pub unknown_fields: Vec<String>,
}

impl Survey {
    /// Judges the first `pages` pages of a sheet.
    ///
    /// Answers to questions that are not shown are dropped and recorded as [`Answer::NotShown`], whatever was sent.
    #[must_use]
    pub fn judge(&self, raw: &Raw, pages: usize, today: Day) -> Judgement {
        let mut judgement = Judgement::default();
        for (index, page) in self.pages.iter().take(pages).enumerate() {
            if self.holds(page.show_if.as_ref(), &judgement.answers, today) {
                let before = judgement.shown.len();
                self.judge_page(page, raw, today, &mut judgement);
                // A page on which nothing is asked is not seen
                if judgement.shown.len() > before {
                    judgement.pages.push(index);
                }
            } else {
                let unseen = page.questions.iter().flat_map(Question::variables);
                judgement.answers.extend(unseen.map(|variable| (variable.id, Answer::NotShown)));
            }
        }
        let known: BTreeSet<String> = self.questions().flat_map(field::names).collect();
        judgement.unknown_fields = raw.keys().filter(|name| !known.contains(*name)).cloned().collect();
        judgement
    }

    /// Judges a whole sheet.
    ///
    /// # Errors
    ///
    /// The judgement, where anything is wrong with any field.
    pub fn accept(&self, raw: &Raw, today: Day) -> Result<Answers, Judgement> {
        let judgement = self.judge(raw, self.pages.len(), today);
        if judgement.complaints.is_empty() && judgement.unknown_fields.is_empty() { Ok(judgement.answers) } else { Err(judgement) }
    }

    /// The page that follows page `after` for these answers; `None` at the end. `after: None` asks for the first one.
    #[must_use]
    pub fn next_page(&self, answers: &Answers, after: Option<usize>, today: Day) -> Option<usize> {
        let first = after.map_or(0, |index| index + 1);
        (first..self.pages.len()).find(|index| {
            let page = &self.pages[*index];
            self.holds(page.show_if.as_ref(), answers, today) && !self.shown_questions(page, answers, today).is_empty()
        })
    }

    /// The questions of a page that are shown for these answers.
    #[must_use]
    pub fn shown_questions<'a>(&'a self, page: &'a Page, answers: &Answers, today: Day) -> Vec<&'a Question> {
        page.questions.iter().filter(|question| self.holds(question.show_if.as_ref(), answers, today)).collect()
    }

    /// The most bytes that a form of this survey can send, urlencoded.
    #[must_use]
    pub fn body_limit(&self) -> usize {
        // A kana is nine bytes urlencoded; names, codes and the sheet's own fields come on top.
        const A_CHARACTER: usize = 9;
        const A_FIELD: usize = 160;
        let question = |question: &Question| match &question.kind {
            Kind::ShortText { max_length } | Kind::LongText { max_length } => *max_length as usize * A_CHARACTER + A_FIELD,
            Kind::SingleChoice { choices, .. } | Kind::MultipleChoice { choices, .. } => {
                choices.len() * A_FIELD + field::OTHER_LENGTH as usize * A_CHARACTER + A_FIELD
            }
            Kind::Grid { rows, .. } => rows.len() * A_FIELD,
            Kind::Scale(_) | Kind::Number { .. } | Kind::Date { .. } => A_FIELD,
        };
        // Texts travel twice as long where the person typed more than is taken: they get their own text back with a complaint.
        self.questions().map(question).sum::<usize>() * 2 + 16 * 1024
    }

    fn holds(&self, condition: Option<&Condition>, answers: &Answers, today: Day) -> bool {
        let score = |id: &str| self.scales.iter().find(|scale| scale.id == id).and_then(|scale| scale.score(answers));
        condition.is_none_or(|condition| condition.holds(&Judged { answers, score: &score, today }))
    }

    fn judge_page(&self, page: &Page, raw: &Raw, today: Day, judgement: &mut Judgement) {
        for question in &page.questions {
            if !self.holds(question.show_if.as_ref(), &judgement.answers, today) {
                judgement.answers.extend(question.variables().into_iter().map(|variable| (variable.id, Answer::NotShown)));
                continue;
            }
            judgement.shown.insert(question.id.clone());
            for (variable, result) in judge_question(question, raw) {
                match result {
                    Ok(answer) => {
                        judgement.answers.insert(variable, answer);
                    }
                    Err(fault) => judgement.complaints.push(Complaint { question: question.id.clone(), field: variable, fault }),
                }
            }
        }
    }
}

type Judged1 = (String, Result<Answer, Fault>);

fn judge_question(question: &Question, raw: &Raw) -> Vec<Judged1> {
    let values = |name: &str| -> Vec<&str> {
        raw.get(name).map(|values| values.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).collect()).unwrap_or_default()
    };
    match &question.kind {
        Kind::SingleChoice { choices, other } => {
            with_other(question, &values, other.is_some(), |chosen| one_of(question, chosen, |code| offers(choices, other, code)))
        }
        Kind::MultipleChoice { choices, other, at_most } => {
            with_other(question, &values, other.is_some(), |chosen| several(question, chosen, choices, other, *at_most))
        }
        Kind::Scale(points) => vec![(question.id.clone(), one_of(question, &values(&question.id), |code| point(code, points.count)))],
        Kind::Grid { points, rows } => rows
            .iter()
            .map(|row| {
                let name = question.row_variable(&row.id);
                let result = one_of(question, &values(&name), |code| point(code, points.count));
                (name, result)
            })
            .collect(),
        Kind::Number { minimum, maximum, decimals, .. } => {
            vec![(
                question.id.clone(),
                typed(question, &values, |text| field::number(text, *minimum, *maximum, *decimals).map(Value::Number)),
            )]
        }
        Kind::ShortText { max_length } => {
            vec![(question.id.clone(), typed(question, &values, |text| field::text(text, *max_length, false).map(Value::Text)))]
        }
        Kind::LongText { max_length } => {
            vec![(question.id.clone(), typed(question, &values, |text| field::text(text, *max_length, true).map(Value::Text)))]
        }
        Kind::Date { earliest, latest } => {
            vec![(
                question.id.clone(),
                typed(question, &values, |text| field::day(text, *earliest, *latest).map(|day| Value::Date(day.to_string()))),
            )]
        }
    }
}

/// What an empty field means.
fn nothing(question: &Question) -> Result<Answer, Fault> {
    match question.need {
        Need::Optional => Ok(Answer::Skipped),
        Need::Required | Need::Declinable => Err(Fault::Missing),
    }
}

fn declines(question: &Question, value: &str) -> bool {
    question.need == Need::Declinable && value == DECLINED
}

fn one_of(question: &Question, chosen: &[&str], offered: impl Fn(&str) -> bool) -> Result<Answer, Fault> {
    match chosen {
        [] => nothing(question),
        [code] if declines(question, code) => Ok(Answer::Declined),
        [code] if offered(code) => Ok(Answer::Given(Value::Choice((*code).to_owned()))),
        [_] => Err(Fault::UnknownChoice),
        _ => Err(Fault::OnlyOne),
    }
}

fn several(question: &Question, chosen: &[&str], choices: &[Choice], other: &Option<Text>, at_most: Option<u32>) -> Result<Answer, Fault> {
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

fn offers(choices: &[Choice], other: &Option<Text>, code: &str) -> bool {
    choices.iter().any(|choice| choice.id == code) || (other.is_some() && code == OTHER)
}

fn point(code: &str, count: u8) -> bool {
    code.parse::<u8>().is_ok_and(|point| (1..=count).contains(&point) && point.to_string() == code)
}

/// A choice with its "other" text: two variables that must agree.
fn with_other<'r>(
    question: &Question,
    values: &dyn Fn(&str) -> Vec<&'r str>,
    has_other: bool,
    judge: impl Fn(&[&str]) -> Result<Answer, Fault>,
) -> Vec<Judged1> {
    let choice = judge(&values(&question.id));
    if !has_other {
        return vec![(question.id.clone(), choice)];
    }
    let name = question.other_variable();
    let chosen = match &choice {
        Ok(Answer::Given(Value::Choice(code))) => code == OTHER,
        Ok(Answer::Given(Value::Choices(codes))) => codes.iter().any(|code| code == OTHER),
        _ => false,
    };
    let written = values(&name).first().map(|text| field::text(text, field::OTHER_LENGTH, false));
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

fn typed<'r>(
    question: &Question,
    values: &dyn Fn(&str) -> Vec<&'r str>,
    read: impl Fn(&str) -> Result<Value, Fault>,
) -> Result<Answer, Fault> {
    let written = values(&question.id);
    let declined = question.need == Need::Declinable && !values(&declined_field(&question.id)).is_empty();
    match (written.as_slice(), declined) {
        ([], true) => Ok(Answer::Declined),
        ([], false) => nothing(question),
        (_, true) => Err(Fault::Contradiction),
        ([text], false) => read(text).map(Answer::Given),
        _ => Err(Fault::OnlyOne),
    }
}
