//! Judges a sheet: every field against its question and its condition, page by page, all complaints at once.

use super::answer::{Answer, Answers, Value};
use super::complaint::{Complaint, Fault};
use super::condition::{Condition, Judged, Operand};
use super::consent::CONSENT;
use super::definition::{Page, Survey};
use super::field::{self, Raw};
use super::judge_several;
use super::own_code::OWN_CODE;
use super::question::{Kind, Question};
use super::quota::Quota;
use crate::language::{Day, number};
use std::collections::BTreeSet;

/// A judged sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judgement {
    /// The answers of all pages that were judged; variables with complaints are absent.
    pub answers: Answers,
    /// Everything that is wrong, in the order of the survey.
    pub complaints: Vec<Complaint>,
    /// Ids of the questions that this person is asked, and of the notes that they read; nobody is asked for a calculated value.
    pub shown: BTreeSet<String>,
    /// Indices of the pages that this person sees.
    pub pages: Vec<usize>,
    /// Names of fields that no question has: the sheet was tampered with, or the survey has changed.
    pub unknown_fields: Vec<String>,
}

impl Judgement {
    /// Takes what came of something that is asked before the first question.
    fn take(&mut self, id: &str, answer: Result<Answer, Fault>) {
        self.shown.insert(id.to_owned());
        match answer {
            Ok(answer) => {
                self.answers.insert(id.to_owned(), answer);
            }
            Err(fault) => self.complaints.push(Complaint { question: id.to_owned(), field: id.to_owned(), fault }),
        }
    }
}

impl Survey {
    /// Judges the first `pages` pages of a sheet.
    ///
    /// Answers to questions that are not shown are dropped and recorded as [`Answer::NotShown`], whatever was sent.
    #[must_use]
    pub fn judge(&self, raw: &Raw, pages: usize, today: Day) -> Judgement {
        let mut judgement = Judgement::default();
        self.judge_terms(raw, &mut judgement);
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
        let terms = self.asked_first().into_iter().map(str::to_owned);
        let known: BTreeSet<String> = self.questions().flat_map(field::names).chain(terms).collect();
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
        let asked = page.questions.iter().filter(|question| !matches!(question.kind, Kind::Calculated { .. }));
        asked.filter(|question| self.holds(question.show_if.as_ref(), answers, today)).collect()
    }

    /// The quotas that these answers count for. Only those of which every answer they speak of is there: a page that was not seen
    /// yet decides nothing, and what was not asked on a page that was is there as [`Answer::NotShown`].
    #[must_use]
    pub fn quotas_met(&self, answers: &Answers) -> Vec<&Quota> {
        let met = |quota: &&Quota| {
            let Some(condition) = &quota.when else { return true };
            let there = |name: &String| answers.contains_key(name);
            // No quota speaks of the day
            self.speaks_of(&condition.expression).iter().all(there) && self.holds(Some(condition), answers, Day::default())
        };
        self.quotas.iter().filter(met).collect()
    }

    /// The most bytes that a form of this survey can send, urlencoded.
    #[must_use]
    pub fn body_limit(&self) -> usize {
        // A kana is nine bytes urlencoded; names, codes and the sheet's own fields come on top.
        const A_CHARACTER: usize = 9;
        const A_FIELD: usize = 160;
        fn size(question: &Question) -> usize {
            match &question.kind {
                Kind::ShortText { max_length } | Kind::LongText { max_length } => *max_length as usize * A_CHARACTER + A_FIELD,
                Kind::SingleChoice { choices, .. } | Kind::Dropdown { choices, .. } | Kind::MultipleChoice { choices, .. } => {
                    choices.len() * A_FIELD + field::OTHER_LENGTH as usize * A_CHARACTER + A_FIELD
                }
                Kind::MultipleGrid { choices, rows, .. } => (choices.len() * rows.len() + 1) * A_FIELD,
                Kind::Table { columns, at_most } => *at_most as usize * columns.iter().map(size).sum::<usize>() + A_FIELD,
                _ => (question.variables().len() + 1) * A_FIELD,
            }
        }
        // Texts travel twice as long where the person typed more than is taken: they get their own text back with a complaint.
        self.questions().map(size).sum::<usize>() * 2 + 16 * 1024
    }

    pub(super) fn holds(&self, condition: Option<&Condition>, answers: &Answers, today: Day) -> bool {
        condition.is_none_or(|condition| condition.holds(&Judged { answers, score: &|id| self.score(id, answers), today }))
    }

    fn score(&self, id: &str, answers: &Answers) -> Option<f64> {
        self.scales.iter().find(|scale| scale.id == id).and_then(|scale| scale.score(answers))
    }

    /// The value of an expression, rounded half away from zero. Missing stays missing: [`Answer::Skipped`].
    fn calculate(&self, value: &Condition, decimals: u32, answers: &Answers, today: Day) -> Answer {
        // Beyond this, numbers have no place after the point that is theirs
        const LARGEST: f64 = 1e15;
        let judged = Judged { answers, score: &|id| self.score(id, answers), today };
        match judged.value(&value.expression) {
            Operand::Number(result) if result.abs() < LARGEST => field::number(&number(result, decimals), None, None, decimals)
                .map_or(Answer::Skipped, |digits| Answer::Given(Value::Number(digits))),
            _ => Answer::Skipped,
        }
    }

    /// What is asked before the first question.
    fn judge_terms(&self, raw: &Raw, judgement: &mut Judgement) {
        let given = |id: &str| raw.get(id).and_then(|values| values.first()).map_or("", |value| value.trim());
        if let Some(consent) = &self.consent {
            // The box says which wording stood beside it: nobody agrees to what they have not seen
            let version = consent.version();
            let answer = match given(CONSENT) {
                "" if consent.required => Err(Fault::NoConsent),
                "" => Ok(Answer::Skipped),
                seen if seen == version => Ok(Answer::Given(Value::Choice(version))),
                _ => Err(Fault::NewWording),
            };
            judgement.take(CONSENT, answer);
        }
        if let Some(code) = &self.code {
            judgement.take(OWN_CODE, code.read(given(OWN_CODE)).map(|code| Answer::Given(Value::Choice(code))));
        }
    }

    fn judge_page(&self, page: &Page, raw: &Raw, today: Day, judgement: &mut Judgement) {
        for question in &page.questions {
            if !self.holds(question.show_if.as_ref(), &judgement.answers, today) {
                judgement.answers.extend(question.variables().into_iter().map(|variable| (variable.id, Answer::NotShown)));
                continue;
            }
            if let Kind::Calculated { value, decimals, .. } = &question.kind {
                let answer = self.calculate(value, *decimals, &judgement.answers, today);
                judgement.answers.insert(question.id.clone(), answer);
                continue;
            }
            judgement.shown.insert(question.id.clone());
            for (variable, result) in judge_several::judge(question, raw) {
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
