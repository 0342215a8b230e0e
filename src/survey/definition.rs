//! A whole survey: its pages, its promise to respondents, its scales.

use super::answer::{Answer, Answers, Value};
use super::attribute::{Access, Attribute, Carried, PERSON};
use super::condition::Condition;
use super::piping::Piped;
use super::question::Question;
use super::scoring::Scale;
use super::shuffle::Shuffle;
use super::variable::{Measure, Variable};
use crate::diagnostic::Place;
use crate::language::{Day, Text};
use std::collections::BTreeSet;

/// What is known of a respondent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Nothing.
    Anonymous,
    /// A code of the respondent's own making.
    Pseudonymous,
    /// Who it is.
    Identified,
}

/// When answers become visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publish {
    /// All at once when the survey has closed.
    AtClose,
    /// Batch by batch.
    Rolling,
}

/// One page of questions.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its id, unique among the survey's pages.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// Its title.
    pub title: Option<Text>,
    /// A few words before the questions.
    pub lead: Option<Text>,
    /// Shown only if this holds.
    pub show_if: Option<Condition>,
    /// Its questions, in order.
    pub questions: Vec<Question>,
}

/// A whole survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    /// Its id: the name of its file.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// Its title.
    pub title: Text,
    /// One or two sentences before it begins.
    pub lead: Text,
    /// Raised by the author whenever a question changes its meaning.
    pub revision: u32,
    /// How many minutes answering takes.
    pub minutes: u32,
    /// What is known of respondents.
    pub mode: Mode,
    /// Who may answer.
    pub access: Access,
    /// What is known of invited people beforehand and goes with their answers.
    pub attributes: Vec<Attribute>,
    /// When answers become visible.
    pub publish: Publish,
    /// The smallest group that is shown, at least 3.
    pub k: u32,
    /// What the answers are for.
    pub purpose: Text,
    /// First day on which answers are taken.
    pub open: Option<Day>,
    /// Last day on which answers are taken, included.
    pub close: Option<Day>,
    /// The day on which the operator closed it by hand; no content says this.
    pub closed: Option<Day>,
    /// For how many days a sheet that was put aside is kept; `None`: nothing is kept before it is sent.
    pub drafts: Option<u32>,
    /// Whether an answer can be taken back until its batch is closed.
    pub withdrawal: bool,
    /// Shown below the receipt (inline Markdown).
    pub thanks: Option<Text>,
    /// Its pages, in order; at least one.
    pub pages: Vec<Page>,
    /// Its scales.
    pub scales: Vec<Scale>,
    /// Those of its texts that hold answers, as they were written; in `pages` other words stand in for the answers.
    pub piped: Vec<Piped>,
    /// What stands in random order.
    pub shuffles: Vec<Shuffle>,
}

/// Whether a survey takes answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// It has not begun.
    NotYet(Day),
    /// It takes answers.
    Open,
    /// It has ended.
    Closed(Day),
}

impl Survey {
    /// Every question, in the order of asking.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.pages.iter().flat_map(|page| &page.questions)
    }

    /// The question with this id.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions().find(|question| question.id == id)
    }

    /// Every variable, in the order of asking.
    #[must_use]
    pub fn variables(&self) -> Vec<Variable> {
        self.questions().flat_map(Question::variables).collect()
    }

    /// What answers carry besides what was asked: the person, where the survey is identified, and its attributes. Columns of the
    /// responses, but nothing that figures or conditions speak of.
    #[must_use]
    pub fn carried_variables(&self) -> Vec<Variable> {
        let person = (self.mode == Mode::Identified).then(|| Variable {
            id: PERSON.to_owned(),
            question: PERSON.to_owned(),
            label: Text::pair("回答者の ID", "Id of the person"),
            measure: Measure::Nominal(Vec::new()),
            sensitive: false,
        });
        person.into_iter().chain(self.attributes.iter().map(Attribute::variable)).collect()
    }

    /// The answers that go with a sheet: of every attribute the code that is known of the person, and who it is where the survey
    /// is identified.
    #[must_use]
    pub fn carry(&self, carried: &Carried, person: Option<&str>) -> Answers {
        let of = |id: &str| carried.get(id).map_or(Answer::NotShown, |code| Answer::Given(Value::Choice(code.clone())));
        let mut answers: Answers = self.attributes.iter().map(|attribute| (attribute.id.clone(), of(&attribute.id))).collect();
        if let (Mode::Identified, Some(person)) = (self.mode, person) {
            answers.insert(PERSON.to_owned(), Answer::Given(Value::Choice(person.to_owned())));
        }
        answers
    }

    /// The ids of the variables that hold free text.
    #[must_use]
    pub fn text_variables(&self) -> BTreeSet<String> {
        self.variables().into_iter().filter(|variable| variable.measure == Measure::Text).map(|variable| variable.id).collect()
    }

    /// Whether answers are taken on this day.
    #[must_use]
    pub fn opening(&self, today: Day) -> Opening {
        if let Some(closed) = self.closed {
            return Opening::Closed(closed);
        }
        match (self.open, self.close) {
            (Some(open), _) if today < open => Opening::NotYet(open),
            (_, Some(close)) if today > close => Opening::Closed(close),
            _ => Opening::Open,
        }
    }

    /// How many questions there are, every row of a grid and every pair counted, notes and calculated values not.
    #[must_use]
    pub fn question_count(&self) -> usize {
        self.questions().map(Question::count).sum()
    }
}
