//! A plan: which measures suit a firm, by rules over figures of its own surveys or over answers given by hand.

use super::reference::{Located, Target};
use super::site::Visibility;
use crate::diagnostic::Place;
use crate::language::Text;
use crate::survey::condition::Condition;

/// Something to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// What it is good at.
    pub strength: Text,
    /// What it cannot do.
    pub limit: Text,
    /// What it takes, and whom it suits.
    pub fits: Option<Text>,
    /// Where it begins on a site that has this.
    pub to: Option<Located<Target>>,
}

/// A figure that the rules speak of.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its id: its name in conditions.
    pub id: String,
    /// What it is.
    pub label: Text,
    /// The survey that it comes from.
    pub survey: Located<String>,
    /// A scale, a number question or a question of a scale.
    pub figure: Located<String>,
}

/// A measure that an answer speaks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// Index of the measure.
    pub measure: usize,
    /// Why.
    pub reason: Option<Text>,
    /// The source itself names it; else we matched it to what the source says.
    pub given: bool,
}

/// One of the states that a question tells apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub label: Text,
    /// When figures say so.
    pub condition: Condition,
    /// What the source says to choose then.
    pub says: Option<Text>,
    /// The measures that it speaks for, the most fitting first.
    pub choose: Vec<Chosen>,
}

/// A question about the state of a firm.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// As one answers it by hand.
    pub text: Text,
    /// A few words on how to answer.
    pub hint: Option<Text>,
    /// Its answers; exactly one of them holds.
    pub answers: Vec<Answer>,
}

/// `content/plans/ID.yaml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Its id: the name of its file.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// Its title.
    pub title: Text,
    /// One or two sentences.
    pub lead: Text,
    /// Who may read it.
    pub visibility: Visibility,
    /// Its figures are invented and say so.
    pub sample: bool,
    /// The measures, in the order of their numbers.
    pub measures: Vec<Measure>,
    /// The figures that the rules speak of.
    pub inputs: Vec<Input>,
    /// The questions.
    pub questions: Vec<Question>,
    /// Index of the question with which to begin where the answers share no measure.
    pub leads: usize,
    /// What of all this is ours and not the source's.
    pub ours: Text,
    /// Its sources.
    pub sources: Vec<Located<String>>,
}

impl Plan {
    /// Every way in which all questions can be answered, as indices of answers, in the order of the content.
    #[must_use]
    pub fn combinations(&self) -> Vec<Vec<usize>> {
        self.questions.iter().fold(vec![Vec::new()], |before, question| {
            let with = |chosen: &Vec<usize>| {
                let chosen = chosen.clone();
                (0..question.answers.len()).map(move |answer| [chosen.clone(), vec![answer]].concat())
            };
            before.iter().flat_map(with).collect()
        })
    }
}
