//! What the colours of a drawing mean, in the order of the bars.

use super::heatmap::thresholds;
use super::palette::{Token, fill_of};
use super::reading::Reading;
use super::recommendation::parts;
use super::sides::Sides;
use super::svg::{Svg, swatch};
use super::words;
use crate::language::{Language, number};
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
    let of_classes = matches!(reading.kind, Kind::StackedBar | Kind::GroupedBar | Kind::Diverging);
    let fills: Vec<Option<Token>> = match reading.kind {
        _ if !visible => return Vec::new(),
        Kind::Heatmap => return steps(reading),
        Kind::Recommendation => return recommendation_parts(reading),
        // The outlines of a radar differ in colour, its bars follow them.
        Kind::Radar if reading.columns.len() > 1 => reading.columns.iter().map(|column| fill_of(column.tone, reading.steps)).collect(),
        _ if of_classes => reading.columns.iter().map(|column| fill_of(column.tone, reading.steps)).collect(),
        _ => return Vec::new(),
    };
    let order = if reading.kind == Kind::Diverging { Sides::of(&reading.columns).order(reading.apart) } else { (0..fills.len()).collect() };
    let known = |index: usize| reading.lines.iter().any(|line| line.cells.get(index).is_some_and(|cell| cell.value.is_some()));
    let mut entries: Vec<LegendEntry> = Vec::new();
    let mut unknown: Vec<String> = Vec::new();
    for index in order {
        let column = &reading.columns[index];
        if known(index) {
            entries.push(LegendEntry { label: column.label.clone(), fill: fills[index] });
        } else {
            unknown.push(column.label.clone());
        }
    }
    let gaps = matches!(reading.kind, Kind::StackedBar | Kind::Diverging)
        && reading.lines.iter().any(|line| !line.hidden && line.cells.iter().any(|cell| cell.value.is_none()));
    if gaps {
        let names = words::listed(reading.language, &unknown);
        let label = match (unknown.is_empty(), reading.language) {
            (true, _) => reading.say(words::NO_SPLIT).to_owned(),
            (false, Language::Japanese) => format!("{}（{names}）", reading.say(words::NO_SPLIT)),
            (false, Language::English) => format!("{} ({names})", reading.say(words::NO_SPLIT)),
        };
        entries.push(LegendEntry { label, fill: None });
    }
    entries
}

/// The colours of a heat map: how far from the whole.
fn steps(reading: &Reading) -> Vec<LegendEntry> {
    if reading.whole.is_none() {
        return Vec::new();
    }
    let (some, much) = thresholds(reading);
    let decimals = |value: f64| if value.fract().abs() < 1.0e-9 { 0 } else { 2 };
    let sign = super::cell::sign(reading.unit.of_difference(), reading.language);
    let told = |value: f64| format!("{}{sign}", number(value, decimals(value)));
    let (some, much) = (told(some), told(much));
    let entry = |label: String, fill: Token| LegendEntry { label, fill: Some(fill) };
    match reading.language {
        Language::Japanese => vec![
            entry(format!("{much}以上高い"), Token::D5),
            entry(format!("{some}以上高い"), Token::D2),
            entry(format!("差は{some}未満"), Token::Sunk),
            entry(format!("{some}以上低い"), Token::K2),
            entry(format!("{much}以上低い"), Token::K3),
        ],
        Language::English => vec![
            entry(format!("{much} or more above"), Token::D5),
            entry(format!("{some} or more above"), Token::D2),
            entry(format!("less than {some} apart"), Token::Sunk),
            entry(format!("{some} or more below"), Token::K2),
            entry(format!("{much} or more below"), Token::K3),
        ],
    }
}

/// The three parts of a recommendation, in the order of the bar.
fn recommendation_parts(reading: &Reading) -> Vec<LegendEntry> {
    let Some(parts) = parts(reading) else { return Vec::new() };
    let fills = [Token::K3, Token::Mid, Token::D5];
    parts.iter().zip(fills).map(|(class, fill)| LegendEntry { label: reading.columns[*class].label.clone(), fill: Some(fill) }).collect()
}
