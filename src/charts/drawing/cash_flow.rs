//! Money year by year: what comes in and goes out as columns, savings as a line for each course; above them, on the same years, the
//! person’s age, or everybody’s with what happens to them.

use super::lanes::{Columns, Lane, lanes};
use super::paper::{Paper, figure, step, stroke};
use crate::charts::palette::Token;
use crate::charts::scene::{Anchor, Scene};
use serde::{Deserialize, Serialize};

/// A year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Year {
    year: i32,
    income: f64,
    expense: f64,
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

pub(super) fn draw(input: &Input) -> Scene {
    let mut paper = Paper::new(input.width);
    let years = &input.years;
    let values: Vec<f64> =
        years.iter().flat_map(|year| [year.income, year.expense].into_iter().chain(year.savings.iter().copied())).collect();
    let high = values.iter().fold(1.0_f64, |most, value| most.max(*value));
    let low = values.iter().fold(0.0_f64, |least, value| least.min(*value));
    let size = step(high - low, 6.0);
    let (last, first) = (size * (high / size).ceil(), size * (low / size).floor());
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
    let bottom = top + 300.0;
    let y = |value: f64| bottom - (value - first) / (last - first) * (bottom - top);
    let mut value = first;
    while value <= last {
        let (token, width) = if value == 0.0 { (Token::Ink, 1.5) } else { (Token::Rule, 1.0) };
        paper.line(&[(left, y(value)), (right, y(value))], stroke(token, width, None));
        paper.plain((left - 8.0, y(value)), &figure(value), 12.0, Anchor::End, Token::Ink3);
        value += size;
    }
    let bar = (column * 0.34).min(18.0);
    let mut next = 0.0;
    if input.age.is_some() {
        paper.plain((left - 8.0, 10.0), &input.aged, 12.0, Anchor::End, Token::Ink3);
    }
    for (at, year) in years.iter().enumerate() {
        let centre = middle(at);
        paper.rect((centre - bar - 1.0, y(year.income)), (bar, y(0.0) - y(year.income)), Some(Token::D3), None);
        paper.rect((centre + 1.0, y(year.expense)), (bar, y(0.0) - y(year.expense)), Some(Token::K2), None);
        if at as f64 == next {
            paper.plain((centre, bottom + 16.0), &year.year.to_string(), 12.0, Anchor::Middle, Token::Ink3);
            if let Some(age) = input.age {
                paper.plain((centre, 10.0), &figure(age + at as f64), 12.0, Anchor::Middle, Token::Ink2);
            }
            next += every;
        }
        if !year.events.is_empty() {
            paper.line(&[(centre, top - 8.0), (centre, bottom)], stroke(Token::Kaki, 1.0, Some((2.0, 4.0))));
            if !peopled {
                paper.bold((centre, top - 16.0), &year.events, 12.0, Anchor::Middle, Token::Kaki);
            }
        }
    }
    let courses = years.first().map_or(0, |year| year.savings.len());
    let mut placed: Vec<f64> = Vec::new();
    for course in 0..courses {
        let (token, width, dash) = COURSES[course % 3];
        let points: Vec<(f64, f64)> = years.iter().enumerate().map(|(at, year)| (middle(at), y(year.savings[course]))).collect();
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
            paper.circle((middle(at), y(year.savings[0])), 3.5, token, stroke(Token::Paper, 1.5, None));
        }
    }
    paper.scene(bottom + 28.0)
}
