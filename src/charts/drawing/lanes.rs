//! People and things above the years of a plan: a lane each, with ages and, in rows of their own so that none covers another, events.

use super::paper::{Paper, figure, short, stroke};
use crate::charts::palette::Token;
use crate::charts::scene::{Anchor, Paint};
use serde::{Deserialize, Serialize};

/// Something that happens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Flag {
    number: usize,
    /// Its year, by its place.
    at: usize,
    /// The year from which on it is prepared, by its place.
    from: Option<usize>,
    movable: bool,
}

/// A lane: the age in each year, as far as there is any, and what happens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Lane {
    label: String,
    ages: Vec<Option<f64>>,
    events: Vec<Flag>,
}

/// The years: from where to where, how wide one is, how many go to one that is named.
pub(super) struct Columns<'y> {
    pub left: f64,
    pub right: f64,
    pub column: f64,
    pub every: f64,
    pub years: &'y [i32],
}

impl Columns<'_> {
    fn middle(&self, at: usize) -> f64 {
        self.left + self.column * (at as f64 + 0.5)
    }

    /// The years that are named, with their middles.
    fn named(&self) -> impl Iterator<Item = (usize, f64)> {
        (0..self.years.len()).filter(|at| *at as f64 % self.every == 0.0).map(|at| (at, self.middle(at)))
    }
}

const RADIUS: f64 = 8.0;
const PITCH: f64 = 20.0;

/// Draws them from the top; where they end. Names stand beside the years, on a narrow drawing above them.
pub(super) fn lanes(paper: &mut Paper, lanes: &[Lane], columns: &Columns<'_>) -> f64 {
    let beside = columns.left > 100.0;
    for (at, x) in columns.named() {
        paper.plain((x, 9.0), &columns.years[at].to_string(), 12.0, Anchor::Middle, Token::Ink3);
    }
    let mut y = 20.0;
    for lane in lanes {
        paper.line(&[(0.0, y), (columns.right, y)], stroke(Token::Rule, 1.0, None));
        let label = short(&lane.label, if beside { 18.0 } else { 44.0 });
        paper.plain((0.0, y + 14.0), &label, 12.0, Anchor::Start, Token::Ink);
        let mut centre = if beside || (lane.ages.is_empty() && lane.events.is_empty()) { y + 14.0 } else { y + 32.0 };
        for (at, x) in columns.named() {
            if let Some(age) = lane.ages.get(at).copied().flatten() {
                paper.plain((x, centre), &figure(age), 12.0, Anchor::Middle, Token::Ink2);
            }
        }
        if !lane.ages.is_empty() && !lane.events.is_empty() {
            centre += PITCH;
        }
        y = flags(paper, &lane.events, columns, centre) + 14.0;
    }
    paper.line(&[(0.0, y), (columns.right, y)], stroke(Token::Edge, 1.0, None));
    y
}

/// Each event in the first row in which it touches none before it; the middle of the last row.
fn flags(paper: &mut Paper, events: &[Flag], columns: &Columns<'_>, first: f64) -> f64 {
    let begins = |flag: &Flag| columns.middle(flag.from.unwrap_or(flag.at));
    let mut sorted: Vec<&Flag> = events.iter().collect();
    sorted.sort_by(|a, b| begins(a).total_cmp(&begins(b)));
    let mut ends: Vec<f64> = Vec::new();
    for flag in sorted {
        let (from, to) = (begins(flag), columns.middle(flag.at));
        let row = ends.iter().position(|end| *end + 2.0 <= from - RADIUS).unwrap_or(ends.len());
        if row == ends.len() {
            ends.push(0.0);
        }
        ends[row] = to + RADIUS;
        let y = first + PITCH * row as f64;
        if flag.from.is_some() {
            paper.line(&[(from, y - 4.0), (from, y + 4.0)], stroke(Token::Kaki, 2.0, None));
            paper.line(&[(from, y), (to, y)], stroke(Token::Kaki, 2.0, None));
        }
        let (fill, ink) = if flag.movable { (Token::Paper, Token::Kaki) } else { (Token::Kaki, Token::Paper) };
        paper.circle((to, y), RADIUS, fill, stroke(Token::Kaki, 1.5, None));
        paper.text((to, y), &flag.number.to_string(), 11.0, Anchor::Middle, Paint::Token(ink), true);
    }
    first + PITCH * (ends.len().max(1) - 1) as f64
}
