//! The columns of a table of responses: one a variable, one a choice where several may be chosen.

use crate::survey::{Answer, Measure, Survey, Value, Variable};

/// What stands in a cell whose question was left empty.
pub(super) const SKIPPED: &str = "_skipped";
/// What stands in a cell whose question was declined.
pub(super) const DECLINED: &str = "_declined";
/// What stands in a cell that too few people share.
pub(super) const WITHHELD: &str = "_withheld";
/// What stands in a cell whose question was never put.
pub(super) const NOT_SHOWN: &str = "_not_shown";

/// One column.
pub(super) struct Column {
    /// Its head: the variable's id, or `variable.choice`.
    pub(super) head: String,
    /// The variable.
    pub(super) variable: Variable,
    /// For one choice of several: its code.
    pub(super) choice: Option<String>,
}

/// The columns of a survey, in the order of asking; free texts too, when `texts` is asked.
pub(super) fn columns(survey: &Survey, texts: bool) -> Vec<Column> {
    let mut columns = Vec::new();
    for variable in survey.variables() {
        match &variable.measure {
            Measure::Text if !texts => {}
            Measure::Multiple(categories) => {
                for category in categories {
                    let head = format!("{}.{}", variable.id, category.code);
                    columns.push(Column { head, variable: variable.clone(), choice: Some(category.code.clone()) });
                }
            }
            _ => columns.push(Column { head: variable.id.clone(), variable, choice: None }),
        }
    }
    columns
}

/// The columns of what answers carry besides what was asked.
pub(super) fn carried_columns(survey: &Survey) -> Vec<Column> {
    survey.carried_variables().into_iter().map(|variable| Column { head: variable.id.clone(), variable, choice: None }).collect()
}

impl Column {
    /// How an answer is written in this column.
    pub(super) fn write(&self, answer: Option<&Answer>) -> String {
        match (answer, &self.choice) {
            (None | Some(Answer::NotShown), _) => NOT_SHOWN.to_owned(),
            (Some(Answer::Skipped), _) => SKIPPED.to_owned(),
            (Some(Answer::Declined), _) => DECLINED.to_owned(),
            (Some(Answer::Given(Value::Choices(codes))), Some(code)) => u8::from(codes.contains(code)).to_string(),
            (Some(Answer::Given(Value::Choices(codes))), None) => codes.join(" "),
            (Some(Answer::Given(Value::Choice(text) | Value::Number(text) | Value::Text(text) | Value::Date(text))), _) => text.clone(),
        }
    }
}
