//! The block `weighted` of a report: figures adjusted to known numbers of people.

use super::figure_names::{joined, segment};
use super::reference::Located;
use crate::diagnostic::Place;
use crate::language::Text;

/// How many people there are of each value of an attribute, as somebody knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownMargin {
    /// The attribute.
    pub attribute: Located<String>,
    /// Where the numbers stand.
    pub place: Place,
    /// Its values, and how many people have each.
    pub people: Vec<(Located<String>, u64)>,
    /// Who says so.
    pub source: Text,
}

impl KnownMargin {
    /// How many people these are.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.people.iter().map(|(_, people)| people).sum()
    }
}

/// Figures adjusted to known numbers of people.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighted {
    /// The questions, rows of grids or scales.
    pub figures: Vec<Located<String>>,
    /// The choice whose share it is.
    pub choice: Option<Located<String>>,
    /// One margin, or two.
    pub margins: Vec<KnownMargin>,
    /// The finding as the author words it.
    pub title: Option<Text>,
}

impl Weighted {
    /// Its name among the figures of its report: `weighted-vision-by-age`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("weighted-{}-by-{}", joined(&self.figures, &self.choice), self.segment())
    }

    /// The name of the segment that its margins make.
    #[must_use]
    pub fn segment(&self) -> String {
        segment(&self.margins.iter().map(|margin| margin.attribute.clone()).collect::<Vec<_>>())
    }
}
