//! Money year by year in two panels on the same years: what comes in stands above zero and what goes out below, line by line; savings
//! are a line for each course with a zero of their own. Above them the person’s age, or everybody’s with what happens to them.

use super::lanes::{Columns, Lane, lanes};
use super::paper::{Paper, figure, step, stroke};
use crate::charts::palette::Token;
use crate::charts::scene::{Anchor, Scene};
use serde::{Deserialize, Serialize};

/// A year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Year {
    year: i32,
    /// What comes in, by group of lines.
    up: Vec<f64>,
    /// What goes out, by group of lines.
    down: Vec<f64>,
    /// What its events cost.
    once: f64,
    /// Savings at its end, one for each course.
    savings: Vec<f64>,
    /// The numbers of its events.
    events: String,
}

/// The years, the age at the end of the first one, and what it is called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Input {
    width: f64,
    years: Vec<Year>,
    age: Option<f64>,
    aged: String,
    /// What the panels are called.
    flowing: String,
    saved: String,
    /// People and things, with their ages and events.
    #[serde(default)]
    lanes: Vec<Lane>,
    /// Whether there is money to draw.
    #[serde(default = "yes")]
    flows: bool,
}

fn yes() -> bool {
    true
}

type Look = (Token, f64, Option<(f64, f64)>);

const COURSES: [Look; 3] = [(Token::Ai, 2.5, None), (Token::C2, 2.0, Some((7.0, 4.0))), (Token::C3, 2.0, Some((2.0, 4.0)))];
const MARKS: [&str; 3] = ["①", "②", "③"];
/// From zero upwards and downwards; what events cost stands outermost.
const UP: [Token; 3] = [Token::D5, Token::D3, Token::D1];
const DOWN: [Token; 5] = [Token::K4, Token::K3, Token::K2, Token::K1, Token::Mid];
const ONCE: Token = Token::C5;

/// A panel: its top and bottom on paper, and the values there.
struct Panel {
    top: f64,
    bottom: f64,
    last: f64,
    first: f64,
    size: f64,
}

impl Panel {
    /// One of a height that holds zero and all of the values.
    fn of(top: f64, height: f64, values: impl Iterator<Item = f64>, most: f64) -> Panel {
        let (low, high) = values.fold((0.0_f64, 1.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let size = step(high - low, most);
        Panel { top, bottom: top + height, last: size * (high / size).ceil(), first: size * (low / size).floor(), size }
    }

    fn y(&self, value: f64) -> f64 {
        self.bottom - (value - self.first) / (self.last - self.first) * (self.bottom - self.top)
    }

    /// Lines across with their values; zero stands out.
    fn grid(&self, paper: &mut Paper, (left, right): (f64, f64), written: impl Fn(f64) -> String) {
        let mut value = self.first;
        while value <= self.last {
            let (token, width) = if value == 0.0 { (Token::Ink, 1.5) } else { (Token::Rule, 1.0) };
            paper.line(&[(left, self.y(value)), (right, self.y(value))], stroke(token, width, None));
            paper.plain((left - 8.0, self.y(value)), &written(value), 12.0, Anchor::End, Token::Ink3);
            value += self.size;
        }
    }
}

pub(super) fn draw(input: &Input) -> Scene {
    let mut paper = Paper::new(input.width);
    let years = &input.years;
    let peopled = !input.lanes.is_empty();
    let left = if peopled && input.width >= 500.0 { 144.0 } else { 56.0 };
    let right = input.width - 26.0;
    let count = years.len() as f64;
    let every = (count / if input.width < 500.0 { 5.0 } else { 11.0 }).ceil();
    let column = (right - left) / count;
    let middle = |at: usize| left + column * (at as f64 + 0.5);
    let mut top = if input.age.is_some() { 56.0 } else { 34.0 };
    if peopled {
        let named: Vec<i32> = years.iter().map(|year| year.year).collect();
        top = lanes(&mut paper, &input.lanes, &Columns { left, right, column, every, years: &named }) + 18.0;
    }
    if !input.flows {
        return paper.scene(top);
    }
    let sums = years.iter().flat_map(|year| [total(&year.up), -(total(&year.down) + year.once.max(0.0))]);
    let flows = Panel::of(top + 20.0, 210.0, sums, 8.0);
    let savings = Panel::of(flows.bottom + 62.0, 180.0, years.iter().flat_map(|year| year.savings.iter().copied()), 5.0);
    paper.bold((left, flows.top - if peopled { 18.0 } else { 36.0 }), &input.flowing, 12.0, Anchor::Start, Token::Ink2);
    paper.bold((left, savings.top - 16.0), &input.saved, 12.0, Anchor::Start, Token::Ink2);
    // What goes out stands below zero, and is no negative amount
    flows.grid(&mut paper, (left, right), |value| figure(value.abs()));
    savings.grid(&mut paper, (left, right), figure);
    if input.age.is_some() {
        paper.plain((left - 8.0, 10.0), &input.aged, 12.0, Anchor::End, Token::Ink3);
    }
    let mut next = 0.0;
    for (at, year) in years.iter().enumerate() {
        let centre = middle(at);
        stack(&mut paper, &flows, (centre, (column * 0.62).min(26.0)), year);
        if at as f64 == next {
            for panel in [&flows, &savings] {
                paper.plain((centre, panel.bottom + 16.0), &year.year.to_string(), 12.0, Anchor::Middle, Token::Ink3);
            }
            if let Some(age) = input.age {
                paper.plain((centre, 10.0), &figure(age + at as f64), 12.0, Anchor::Middle, Token::Ink2);
            }
            next += every;
        }
        if !year.events.is_empty() {
            for (from, until) in [(flows.top - 8.0, flows.bottom), (savings.top - 6.0, savings.bottom)] {
                paper.line(&[(centre, from), (centre, until)], stroke(Token::Kaki, 1.0, Some((2.0, 4.0))));
            }
            if !peopled {
                paper.bold((centre, flows.top - 16.0), &year.events, 12.0, Anchor::Middle, Token::Kaki);
            }
        }
    }
    let courses = years.first().map_or(0, |year| year.savings.len());
    let mut placed: Vec<f64> = Vec::new();
    for course in 0..courses {
        let (token, width, dash) = COURSES[course % 3];
        let points: Vec<(f64, f64)> = years.iter().enumerate().map(|(at, year)| (middle(at), savings.y(year.savings[course]))).collect();
        paper.line(&points, stroke(token, width, dash));
        let mut label = points.last().map_or(0.0, |point| point.1);
        for other in &placed {
            if (label - other).abs() < 14.0 {
                label = other + 14.0;
            }
        }
        placed.push(label);
        paper.bold((right + 6.0, label), MARKS[course % 3], 13.0, Anchor::Start, token);
    }
    if courses > 0 {
        for (at, year) in years.iter().enumerate() {
            let token = if year.savings[0] < 0.0 { Token::Kaki } else { Token::Ai };
            paper.circle((middle(at), savings.y(year.savings[0])), 3.5, token, stroke(Token::Paper, 1.5, None));
        }
    }
    paper.scene(savings.bottom + 28.0)
}

/// What a stack comes to. What came back instead of going out, or the other way round, is in the sums of the table, and no part of a stack.
fn total(values: &[f64]) -> f64 {
    values.iter().map(|value| value.max(0.0)).sum()
}

/// A year’s column: groups above and below zero, from the first one outwards.
fn stack(paper: &mut Paper, panel: &Panel, (centre, width): (f64, f64), year: &Year) {
    let mut at = 0.0;
    for (value, token) in year.up.iter().zip(UP) {
        let until = at + value.max(0.0);
        part(paper, (centre, width), (panel.y(until), panel.y(at)), token);
        at = until;
    }
    at = 0.0;
    for (value, token) in year.down.iter().zip(DOWN).chain([(&year.once, ONCE)]) {
        let until = at - value.max(0.0);
        part(paper, (centre, width), (panel.y(at), panel.y(until)), token);
        at = until;
    }
}

fn part(paper: &mut Paper, (centre, width): (f64, f64), (top, bottom): (f64, f64), token: Token) {
    if bottom > top {
        paper.rect((centre - width / 2.0, top), (width, bottom - top), Some(token), Some(stroke(Token::Edge, 0.75, None)));
    }
}
