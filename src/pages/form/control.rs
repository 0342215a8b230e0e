//! Controls as a form shows them: choices, fields, rows, questions.

use crate::pages::render::Markup;
use serde::Serialize;

/// A number with its unit: `40点`, `70%`, `3 years`.
pub(super) fn measured(digits: &str, unit: Option<String>) -> String {
    let unit = unit.unwrap_or_default();
    let gap = if unit.starts_with(|first: char| first.is_ascii_alphabetic()) { " " } else { "" };
    format!("{digits}{gap}{unit}")
}

/// A choice, a point of a scale, or «I would rather not say».
#[derive(Debug, Clone, Serialize)]
pub(super) struct ChoiceView {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) value: String,
    pub(super) label: Markup,
    pub(super) control: &'static str,
    pub(super) checked: bool,
    pub(super) other: Option<OtherView>,
}

/// The field for a text of one's own.
#[derive(Debug, Clone, Serialize)]
pub(super) struct OtherView {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) value: String,
    pub(super) max_length: u32,
}

/// A part of a question: a row of a grid, a card, an item, a pair.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct RowView {
    pub(super) anchor: String,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) text: Markup,
    pub(super) complaint: Option<String>,
    pub(super) choices: Vec<ChoiceView>,
    pub(super) decline: Option<ChoiceView>,
    pub(super) value: String,
}

/// A row of a table.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TableRowView {
    pub(super) title: String,
    pub(super) more: String,
    pub(super) first: bool,
    pub(super) open: bool,
    pub(super) cells: Vec<QuestionView>,
}

/// What a slider is made from where scripts run.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SliderView {
    pub(super) minimum: f64,
    pub(super) maximum: f64,
    pub(super) step: f64,
    pub(super) low: Option<String>,
    pub(super) high: Option<String>,
}

/// A question.
#[derive(Debug, Clone, Default, Serialize)]
pub(in crate::pages) struct QuestionView {
    pub(super) kind: &'static str,
    pub(super) anchor: String,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) text: Markup,
    pub(super) need: &'static str,
    pub(super) hint: Option<Markup>,
    pub(super) complaint: Option<String>,
    pub(super) describe: Option<String>,
    pub(super) choices: Vec<ChoiceView>,
    pub(super) decline: Option<ChoiceView>,
    pub(super) other: Option<OtherView>,
    pub(super) heads: Vec<Markup>,
    pub(super) columns: usize,
    pub(super) declinable: bool,
    pub(super) rows: Vec<RowView>,
    pub(super) group: &'static str,
    pub(super) low: Option<String>,
    pub(super) high: Option<String>,
    pub(super) table: Vec<TableRowView>,
    pub(super) slider: Option<SliderView>,
    pub(super) total: String,
    pub(super) value: String,
    pub(super) max_length: u32,
    pub(super) inputmode: &'static str,
    pub(super) unit: Option<String>,
    pub(super) earliest: Option<String>,
    pub(super) latest: Option<String>,
}
