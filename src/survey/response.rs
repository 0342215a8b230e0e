//! Responses and batches: accepted answers and nothing that names their author, their time or their order.

use super::answer::Answers;
use super::column::Column;
use super::mark::{Mark, Marks, marked};
use std::collections::{BTreeMap, BTreeSet};

/// Accepted answers of one person to one revision of a survey.
///
/// Deliberately without a name, token, address, time, day, language or browser: what is not here cannot leak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The survey's id.
    pub survey: String,
    /// The revision of the survey that was answered.
    pub revision: u32,
    /// Every variable's answer.
    pub answers: Answers,
}

/// A closed batch: the unit in which answers become visible.
///
/// `columns` holds one entry a row for every variable that is not free text, all of length `n`, rows sorted by content.
/// `texts` holds the free texts of each variable, sorted by themselves, so that no text can be set beside an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Batch {
    /// The survey's id.
    pub survey: String,
    /// The revision of the survey.
    pub revision: u32,
    /// Number of the batch within its survey, from 1.
    pub number: u32,
    /// How many responses it holds.
    pub n: u64,
    /// One column a variable, rows sorted by content.
    pub columns: BTreeMap<String, Column>,
    /// The given free texts of each text variable, each list sorted by itself.
    pub texts: BTreeMap<String, Vec<String>>,
    /// By which rows and texts can be taken back. Nothing that leaves the program.
    pub marks: Marks,
}

impl Batch {
    /// The batch without the rows and texts of these marks.
    #[must_use]
    pub fn without(&self, taken: &BTreeSet<Mark>) -> Batch {
        let stays = |mark: Option<Mark>| mark.is_none_or(|mark| !taken.contains(&mark));
        let mut rest = self.clone();
        let n = usize::try_from(self.n).unwrap_or(0);
        let rows: Vec<usize> = (0..n).filter(|row| stays(self.marks.row(*row))).collect();
        if rows.len() < n {
            for column in rest.columns.values_mut() {
                *column = column.pick(&rows);
            }
            rest.marks.rows = marked(rows.iter().map(|row| self.marks.row(*row)).collect());
            rest.n = rows.len() as u64;
        }
        for (variable, marks) in &self.marks.texts {
            let Some(texts) = self.texts.get(variable) else { continue };
            let kept: Vec<usize> = (0..texts.len()).filter(|text| stays(self.marks.text(variable, *text))).collect();
            if kept.len() < texts.len() {
                rest.texts.insert(variable.clone(), kept.iter().filter_map(|text| texts.get(*text).cloned()).collect());
                let left = marked(kept.iter().map(|text| marks.get(*text).copied().flatten()).collect());
                rest.marks.texts.insert(variable.clone(), left);
            }
        }
        rest.marks.texts.retain(|_, marks| !marks.is_empty());
        rest
    }
}
