//! What the colours of a drawing mean, in the order of the bars.

use super::palette::{Token, fill_of};
use super::reading::Reading;
use super::svg::{Svg, swatch};
use super::words;
use crate::survey::exhibit::Kind;

/// A colour and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendEntry {
    /// What it means.
    pub label: String,
    /// Its colour; `None` is hatched.
    pub fill: Option<Token>,
}

impl LegendEntry {
    /// A swatch of 14 pixels, hidden from screen readers: the words beside it say the same.
    #[must_use]
    pub fn swatch(&self) -> Svg {
        swatch(self.fill)
    }
}

/// The legend to set beside the drawing; empty where the drawing names its colours itself.
#[must_use]
pub(super) fn legend(reading: &Reading) -> Vec<LegendEntry> {
    let visible = reading.lines.iter().any(|line| !line.hidden);
    if !visible || !matches!(reading.kind, Kind::StackedBar | Kind::GroupedBar) {
        return Vec::new();
    }
    let known = |index: usize| reading.lines.iter().any(|line| line.cells.get(index).is_some_and(|cell| cell.value.is_some()));
    let mut entries: Vec<LegendEntry> = Vec::new();
    let mut unknown: Vec<String> = Vec::new();
    for (index, column) in reading.columns.iter().enumerate() {
        if known(index) {
            entries.push(LegendEntry { label: column.label.clone(), fill: fill_of(column.tone, reading.steps) });
        } else {
            unknown.push(column.label.clone());
        }
    }
    let gaps = reading.kind == Kind::StackedBar
        && reading.lines.iter().any(|line| !line.hidden && line.cells.iter().any(|cell| cell.value.is_none()));
    if gaps {
        let names = words::listed(reading.language, &unknown);
        let label = match (unknown.is_empty(), reading.language) {
            (true, _) => reading.say(words::NO_SPLIT).to_owned(),
            (false, crate::language::Language::Japanese) => format!("{}（{names}）", reading.say(words::NO_SPLIT)),
            (false, crate::language::Language::English) => format!("{} ({names})", reading.say(words::NO_SPLIT)),
        };
        entries.push(LegendEntry { label, fill: None });
    }
    entries
}
