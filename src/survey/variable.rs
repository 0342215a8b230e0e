//! Variables: the columns that a survey's questions make. A grid makes one a row, an "other" text one of its own.

use crate::language::Text;

/// One of the values a choice variable can take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its code: `yes`, or a scale's point `"4"`.
    pub code: String,
    /// What respondents read.
    pub label: Text,
}

/// What a variable holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// One of these categories ([`super::Value::Choice`]).
    Nominal(Vec<Category>),
    /// One point of an ordered scale, lowest first ([`super::Value::Choice`], codes `"1"`, `"2"`, …).
    Ordinal(Vec<Category>),
    /// Any number of these categories ([`super::Value::Choices`]).
    Multiple(Vec<Category>),
    /// A number ([`super::Value::Number`]).
    Number,
    /// Free text ([`super::Value::Text`]). Never stored beside other columns once its batch is closed.
    Text,
    /// A date ([`super::Value::Date`]).
    Date,
    /// In which order these were seen ([`super::Value::Choices`], in that order). Never counted; never beside anonymous answers.
    Order(Vec<Category>),
    /// Who it is: the person's id, or a code of the person's own making ([`super::Value::Choice`]). No categories; never counted,
    /// listed or labelled.
    Identity,
}

/// One column of a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its id, unique in the survey: `vision`, `support_boss` (grid row), `reason_other`.
    pub id: String,
    /// The id of the question that makes it.
    pub question: String,
    /// What was asked, with the row of a grid.
    pub label: Text,
    /// What it holds.
    pub measure: Measure,
    /// Figures about it need larger groups.
    pub sensitive: bool,
}
