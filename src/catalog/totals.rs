//! What of a worksheet a person can carry over into a survey, so that a class sees its totals: by that survey's own rules alone.

use super::reference::Located;
use crate::diagnostic::Place;

/// A survey and which of its questions a worksheet can fill.
#[derive(Debug, Clone, PartialEq)]
pub struct Totals {
    /// Where it is written.
    pub place: Place,
    /// The survey whose figures are the totals.
    pub survey: Located<String>,
    /// Its questions, each with what fills it.
    pub fill: Vec<Fill>,
}

/// A question and what fills it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fill {
    /// The question of the survey.
    pub question: Located<String>,
    /// `part.field` of the worksheet.
    pub from: Located<String>,
}
