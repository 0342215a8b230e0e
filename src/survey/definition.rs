//! A whole survey: its pages, its promise to respondents, its scales.

use super::answer::{Answer, Answers, Value};
use super::attribute::{Access, Attribute, Carried, PERSON};
use super::condition::Condition;
use super::consent::{CONSENT, Consent};
use super::history::History;
pub use super::hours::{Limit, Opening};
use super::hours::{SETTLING, SOON};
use super::own_code::{OWN_CODE, OwnCode};
use super::piping::{Piped, Slot};
use super::question::Question;
use super::quota::Quota;
use super::result::PersonalResult;
use super::rotation;
use super::sample::{INVENTED, SAMPLE, mark};
use super::scoring::Scale;
use super::shuffle::Shuffle;
use super::variable::{Category, Measure, Variable};
use crate::diagnostic::Place;
use crate::language::{Day, DayTime, Moment, Text, Today};
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

/// What figures are broken down by.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Where it is asked for.
    pub place: Place,
    /// Ids of one attribute, or of two that are crossed.
    pub by: Vec<String>,
}

impl Segment {
    /// What stands behind `-by-` in the names of its figures.
    #[must_use]
    pub fn name(&self) -> String {
        self.by.join("-and-")
    }
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

impl Page {
    /// Sets a text where a piped one stands; a question that is not on this page changes nothing.
    pub fn set_text(&mut self, piped: &Piped, text: Text) {
        let question = piped.question.as_ref().and_then(|id| self.questions.iter_mut().find(|question| question.id == *id));
        match (piped.slot, question) {
            (Slot::Title, _) => self.title = Some(text),
            (Slot::Lead, _) => self.lead = Some(text),
            (Slot::Question, Some(question)) => question.text = text,
            (Slot::Hint, Some(question)) => question.hint = Some(text),
            (Slot::Question | Slot::Hint, None) => {}
        }
    }
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
    /// The survey that its content was taken from: the first of its waves.
    pub same_as: Option<String>,
    /// What it is called among its waves.
    pub wave: Option<Text>,
    /// It takes invented answers, and says so wherever it is shown.
    pub sample: bool,
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
    /// By which attributes figures are broken down: one, or the crossing of two.
    pub segments: Vec<Segment>,
    /// When answers become visible.
    pub publish: Publish,
    /// The smallest group that is shown, at least 3.
    pub k: u32,
    /// What the answers are for.
    pub purpose: Text,
    /// From when answers are taken.
    pub open: Option<Limit>,
    /// Until when answers are taken; a day without an hour is included.
    pub close: Option<Limit>,
    /// For how many minutes after the close a sheet that was begun before it is still taken.
    pub grace: u32,
    /// For how many days after the close answers are kept, where the project's number is not meant.
    pub retain_days: Option<u32>,
    /// How many people it is about, where that is known: intervals are narrower by how many of them answered.
    pub population: Option<u32>,
    /// The day on which the operator closed it by hand; no content says this.
    pub closed: Option<Day>,
    /// For how many days a sheet that was put aside is kept; `None`: nothing is kept before it is sent.
    pub drafts: Option<u32>,
    /// Whether an answer can be taken back: until its batch is closed, or after it, too ([`Survey::takes_back_closed`]).
    pub withdrawal: bool,
    /// Shown below the receipt (inline Markdown).
    pub thanks: Option<Text>,
    /// What people are told of their own scores at the end.
    pub result: Option<PersonalResult>,
    /// Its pages, in order; at least one.
    pub pages: Vec<Page>,
    /// What people agree to before the first question.
    pub consent: Option<Consent>,
    /// How people make up their codes, where the survey is pseudonymous.
    pub code: Option<OwnCode>,
    /// How many answers of one kind are taken.
    pub quotas: Vec<Quota>,
    /// Its scales.
    pub scales: Vec<Scale>,
    /// Those of its texts that hold answers, as they were written; in `pages` other words stand in for the answers.
    pub piped: Vec<Piped>,
    /// What stands in random order.
    pub shuffles: Vec<Shuffle>,
    /// In how many fixed orders that stands, where it is not another one on every sheet.
    pub rotations: Option<u32>,
    /// What its parts were called before.
    pub history: History,
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

    /// The survey whose content it shares with all waves of its kind: itself, or the one that it was taken from.
    #[must_use]
    pub fn family(&self) -> &str {
        self.same_as.as_deref().unwrap_or(&self.id)
    }

    /// The moment by which waves are put in order: when it opens, else when it closes.
    #[must_use]
    pub fn begins(&self) -> Option<Moment> {
        self.open.or(self.close).map(|limit| limit.at)
    }

    /// Whether an answer can be taken back after its batch was closed: where its row names its person, or carries the person's own
    /// code, so that keeping a mark beside it tells nothing more.
    #[must_use]
    pub fn takes_back_closed(&self) -> bool {
        self.withdrawal && self.mode != Mode::Anonymous
    }

    /// Every variable, in the order of asking.
    #[must_use]
    pub fn variables(&self) -> Vec<Variable> {
        self.questions().flat_map(Question::variables).collect()
    }

    /// What answers carry besides what was asked: the person or the person's own code, the consent, the mark of a
    /// sample, the attributes and the order. Columns of
    /// the responses, but nothing that figures or conditions speak of.
    #[must_use]
    pub fn carried_variables(&self) -> Vec<Variable> {
        let variable = |id: &str, label: Text, measure: Measure| Variable {
            id: id.to_owned(),
            question: id.to_owned(),
            label,
            measure,
            sensitive: false,
        };
        let identity = |id: &str, ja: &str, en: &str| variable(id, Text::pair(ja, en), Measure::Identity);
        let person = (self.mode == Mode::Identified).then(|| identity(PERSON, "回答者の ID", "Id of the person"));
        let code = self.code.is_some().then(|| identity(OWN_CODE, "本人の合いことば", "The person’s own code"));
        let consent = self.consent.as_ref().map(|consent| {
            let label = Text::pair("いまの文面に同意", "Agreed to the present wording");
            let measure = Measure::Nominal(vec![Category { code: consent.version(), label }]);
            variable(CONSENT, Text::pair("同意（文面の版）", "Consent (version of the wording)"), measure)
        });
        let invented = self.sample.then(|| {
            let measure = Measure::Nominal(vec![Category { code: INVENTED.to_owned(), label: mark() }]);
            variable(SAMPLE, Text::pair("見本の印", "Mark of a sample"), measure)
        });
        let own = [person, code, consent, invented].into_iter().flatten();
        own.chain(self.carried_attributes().iter().map(Attribute::variable)).collect()
    }

    /// Everything by which answers can be told apart without having been asked: the attributes of invited people, in the order of
    /// weight, and behind them which of the fixed orders was seen.
    #[must_use]
    pub fn carried_attributes(&self) -> Vec<Attribute> {
        let rotation = self.rotations.map(|orders| rotation::attribute(orders, &self.place));
        self.attributes.iter().cloned().chain(rotation).collect()
    }

    /// The attributes of a segment, those that there are.
    #[must_use]
    pub fn attributes_of(&self, segment: &Segment) -> Vec<Attribute> {
        let all = self.carried_attributes();
        let attribute = |id: &String| all.iter().find(|attribute| attribute.id == *id).cloned();
        segment.by.iter().filter_map(attribute).collect()
    }

    /// What is asked before the first question, beside it on its page: the consent, the code of one's own. Names of fields of the
    /// form, and of columns.
    #[must_use]
    pub fn asked_first(&self) -> Vec<&'static str> {
        [(CONSENT, self.consent.is_some()), (OWN_CODE, self.code.is_some())]
            .into_iter()
            .filter_map(|(id, asked)| asked.then_some(id))
            .collect()
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

    /// Whether somebody may begin to answer at this moment.
    #[must_use]
    pub fn opening(&self, today: Today) -> Opening {
        if let Some(closed) = self.closed {
            // Whoever closes it afterwards, or deletes its answers, does not move the day on which it ended
            let ended = self.close.map(|close| close.written).filter(|ended| ended.day < closed);
            return Opening::Closed(ended.unwrap_or(DayTime::whole(closed)));
        }
        match (self.open, self.close) {
            (Some(open), _) if today.now < open.at => Opening::NotYet(open.written),
            (_, Some(close)) if today.now >= close.at => Opening::Closed(close.written),
            _ => Opening::Open,
        }
    }

    /// Whether a sheet is taken at this moment: also during the grace, where it was begun before the close. Closing by hand leaves no grace.
    #[must_use]
    pub fn takes_sheets(&self, today: Today) -> bool {
        match self.opening(today) {
            Opening::Open => true,
            Opening::NotYet(_) => false,
            Opening::Closed(_) => self.closed.is_none() && self.grace_ends().is_some_and(|end| today.now < end),
        }
    }

    /// Whether answers that came after a close could be told from those before by what had become visible: figures that were held
    /// back until then, or rows with attributes of people who are not named.
    #[must_use]
    pub fn closes_for_good(&self) -> bool {
        self.publish == Publish::AtClose || (self.mode != Mode::Identified && !self.carried_attributes().is_empty())
    }

    /// Whether no further answer can come: it was closed by hand, or the grace has run out and what came in it is stored.
    #[must_use]
    pub fn is_over(&self, today: Today) -> bool {
        self.closed.is_some() || self.has_ended(today)
    }

    /// Whether its own end is over, with the grace and what came in it.
    #[must_use]
    pub fn has_ended(&self, today: Today) -> bool {
        self.grace_ends().is_some_and(|end| today.now.0 >= end.0.saturating_add(SETTLING))
    }

    /// The end of a survey that takes answers now but no longer than a day.
    #[must_use]
    pub fn closes_soon(&self, today: Today) -> Option<Limit> {
        let soon = |close: &Limit| today.now.plus_minutes(SOON) >= close.at;
        self.close.filter(|close| self.opening(today) == Opening::Open && soon(close))
    }

    /// The moment from which sheets are refused that were begun before the close.
    #[must_use]
    pub fn grace_ends(&self) -> Option<Moment> {
        self.close.map(|close| close.at.plus_minutes(self.grace))
    }

    /// Takes the days and hours as those of this zone; an unknown one changes nothing.
    pub fn settle_in(&mut self, zone: &str) {
        if Day::knows_zone(zone) {
            self.open = self.open.map(|open| Limit::opening(open.written, zone));
            self.close = self.close.map(|close| Limit::closing(close.written, zone));
        }
    }

    /// How many questions there are, every row of a grid and every pair counted, notes and calculated values not.
    #[must_use]
    pub fn question_count(&self) -> usize {
        self.questions().map(Question::count).sum()
    }
}
