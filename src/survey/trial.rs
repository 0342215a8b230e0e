//! Test cases that a survey brings along: given these answers, these pages, questions, scores. Tried by every check and build.

use super::accept::Judgement;
use super::answer::{Answer, Value};
use super::complaint::Fault;
use super::definition::Survey;
use super::field::Raw;
use super::question::{Kind, Question};
use crate::diagnostic::Place;
use crate::language::{Day, Language};
use std::collections::BTreeSet;

/// A test case.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// What is tried.
    pub name: String,
    /// The day of answering.
    pub today: Day,
    /// What a browser would send.
    pub raw: Raw,
    /// What has to come out, each with its place.
    pub expected: Vec<(Expected, Place)>,
    /// Nothing is said of refusals: then every answer that is written has to be taken. Where the answers stand.
    pub takes_all: Option<Place>,
}

/// One thing that has to come out.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// These pages are seen, in this order, and no others.
    Pages(Vec<String>),
    /// This question is asked.
    Shown(String),
    /// This question is not asked.
    Hidden(String),
    /// This scale has this score, or this calculated value, as it is written: compared to as many decimals as there are; `None`: it has none.
    Score(String, Option<String>),
    /// The score of this scale lies in the band of this name; `None`: in none.
    Band(String, Option<String>),
    /// The answers of these questions are refused, and no others.
    Refused(BTreeSet<String>),
}

/// What came instead of one thing that was expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// What was expected.
    pub expected: Expected,
    /// Where it is written.
    pub place: Place,
    /// What came.
    pub came: Came,
}

/// What came instead.
#[derive(Debug, Clone, PartialEq)]
pub enum Came {
    /// These pages.
    Pages(Vec<String>),
    /// The question is asked.
    Asked,
    /// The question is not asked.
    NotAsked,
    /// This score.
    Score(Option<f64>),
    /// The band of this name in each language.
    Band(Option<super::scoring::Band>),
    /// The answers of these questions are refused.
    Refused(BTreeSet<String>),
}

impl Trial {
    /// Tries the case: everything that came out otherwise.
    #[must_use]
    pub fn run(&self, survey: &Survey) -> Vec<Failure> {
        let mut judgement = survey.judge(&self.raw, survey.pages.len(), self.today);
        // A case is about questions: whoever it speaks of has agreed and has a code
        judgement.complaints.retain(|complaint| !survey.asked_first().contains(&complaint.question.as_str()));
        let mut failures: Vec<Failure> = self
            .expected
            .iter()
            .filter_map(|(expected, place)| {
                let came = came(survey, &judgement, expected)?;
                Some(Failure { expected: expected.clone(), place: place.clone(), came })
            })
            .collect();
        if let Some(place) = &self.takes_all {
            let refused = judgement.complaints.iter().filter(|complaint| complaint.fault != Fault::Missing);
            let refused: BTreeSet<String> = refused.map(|complaint| complaint.question.clone()).collect();
            if !refused.is_empty() {
                let expected = Expected::Refused(BTreeSet::new());
                failures.push(Failure { expected, place: place.clone(), came: Came::Refused(refused) });
            }
        }
        failures
    }
}

/// What came instead; `None` where it is what was expected.
fn came(survey: &Survey, judgement: &Judgement, expected: &Expected) -> Option<Came> {
    let score = |id: &str| match survey.scales.iter().find(|scale| scale.id == id) {
        Some(scale) => scale.score(&judgement.answers),
        // A calculated value
        None => match judgement.answers.get(id) {
            Some(Answer::Given(Value::Number(digits))) => digits.parse().ok(),
            _ => None,
        },
    };
    match expected {
        Expected::Pages(pages) => {
            let seen = judgement.pages.iter().filter_map(|index| survey.pages.get(*index));
            let seen: Vec<String> = seen.map(|page| page.id.clone()).collect();
            (seen != *pages).then_some(Came::Pages(seen))
        }
        Expected::Shown(question) => (!judgement.shown.contains(question)).then_some(Came::NotAsked),
        Expected::Hidden(question) => judgement.shown.contains(question).then_some(Came::Asked),
        Expected::Score(scale, wanted) => {
            let score = score(scale);
            let fits = match (score, wanted) {
                (Some(score), Some(wanted)) => is_about(score, wanted),
                (None, None) => true,
                _ => false,
            };
            (!fits).then_some(Came::Score(score))
        }
        Expected::Band(id, wanted) => {
            let scale = survey.scales.iter().find(|scale| scale.id == *id);
            let band = scale.zip(score(id)).and_then(|(scale, score)| scale.band(score));
            let called =
                |name: &str| band.is_some_and(|band| Language::ALL.iter().any(|language| band.label.in_language(*language) == name));
            let fits = wanted.as_ref().map_or(band.is_none(), |name| called(name));
            (!fits).then(|| Came::Band(band.cloned()))
        }
        Expected::Refused(wanted) => {
            let refused: BTreeSet<String> = judgement.complaints.iter().map(|complaint| complaint.question.clone()).collect();
            (refused != *wanted).then_some(Came::Refused(refused))
        }
    }
}

/// Whether a score is what is written, to as many decimals as are written.
fn is_about(score: f64, written: &str) -> bool {
    let decimals = written.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let half = 0.5 / (0..decimals).fold(1.0, |power, _| power * 10.0);
    // A hair more than half a step, for sums that binary numbers do not hit
    written.parse::<f64>().is_ok_and(|wanted| (score - wanted).abs() <= half + 1e-9)
}

impl Survey {
    /// Whether what is asked depends on the day.
    #[must_use]
    pub fn says_today(&self) -> bool {
        let calculated = |question: &Question| match &question.kind {
            Kind::Calculated { value, .. } => value.expression.speaks_of_today(),
            _ => false,
        };
        let pages = self.pages.iter().filter_map(|page| page.show_if.as_ref());
        let mut conditions = pages.chain(self.questions().filter_map(|question| question.show_if.as_ref()));
        conditions.any(|condition| condition.expression.speaks_of_today()) || self.questions().any(calculated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_compared_to_as_many_decimals_as_are_written() {
        for (score, written, fits) in [
            (10.0 / 3.0, "3.33", true),
            (10.0 / 3.0, "3.3", true),
            (10.0 / 3.0, "3.34", false),
            (10.0 / 3.0, "3", true),
            (3.5, "3.5", true),
            (3.5, "4", true),
            (3.51, "3.5", true),
            (2.0, "2", true),
            (2.0, "2.00", true),
            (2.01, "2.00", false),
            (-1.5, "-1.5", true),
        ] {
            assert_eq!(is_about(score, written), fits, "{score} {written}");
        }
    }
}
