//! Money in and out, year by year: each amount grows from the first year on and is rounded, sums are sums of what is printed, and
//! savings are last year's with their yield and what is left over.

use super::rounding::{decimals, power};
use serde::{Deserialize, Serialize};

/// A line of the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Whether money comes in.
    pub income: bool,
    /// The amount in the first year’s money.
    pub amount: f64,
    /// Growth a year, in per cent.
    pub growth: f64,
    /// The first year that has it.
    pub from: Option<i32>,
    /// The last year that has it.
    pub until: Option<i32>,
    /// Whether it goes to children and what they learn.
    #[serde(default)]
    pub children: bool,
}

/// Something that costs once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The row it is written in, from 1.
    pub number: usize,
    /// Its year.
    pub year: i32,
    /// Its cost.
    pub cost: f64,
}

/// A line that has no money for some years.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stop {
    /// The line, by its place.
    pub line: usize,
    /// The first year without.
    pub from: i32,
    /// The last year without.
    pub until: i32,
}

/// An event in another year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Move {
    /// The event’s number.
    pub event: usize,
    /// Its other year.
    pub to: i32,
}

/// What is otherwise.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// Another yield, in per cent.
    pub rate: Option<f64>,
    /// An income that pauses.
    pub stop: Option<Stop>,
    /// An event that moves.
    #[serde(rename = "move")]
    pub moved: Option<Move>,
}

/// A household’s plan.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// The first year, whose savings are known.
    pub start: i32,
    /// The age at the end of the first year, where it is known.
    #[serde(default)]
    pub age: Option<i32>,
    /// How many years follow.
    pub years: u32,
    /// Savings at the end of the first year.
    pub savings: f64,
    /// Yield of savings a year, in per cent.
    pub rate: f64,
    /// Decimals of every amount: 0 for whole units, 4 for yen where the unit is 10,000 yen.
    pub decimals: u32,
    /// The lines.
    pub lines: Vec<Line>,
    /// What costs once.
    pub events: Vec<Event>,
    /// What may be otherwise; the plan itself stands first.
    pub scenarios: Vec<Scenario>,
}

/// A year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Year {
    /// The year.
    pub year: i32,
    /// The amount of each line.
    pub cells: Vec<f64>,
    /// What costs once in that year.
    pub once: f64,
    /// A, all that comes in.
    pub income: f64,
    /// B, all that goes out.
    pub expense: f64,
    /// C = A − B.
    pub balance: f64,
    /// Savings at its end.
    pub savings: f64,
}

/// An age that many plan for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Age {
    /// The age.
    pub age: i32,
    /// The year in which it is reached, by its place.
    pub at: usize,
}

/// What children cost in the year in which they cost most.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Children {
    /// The year, by its place; the first of equals.
    pub at: usize,
    /// What they cost.
    pub cost: f64,
}

/// How it goes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Course {
    /// The years.
    pub years: Vec<Year>,
    /// The first year whose savings are below zero.
    pub below: Option<i32>,
    /// The year after the first with the least savings.
    pub lowest: Option<usize>,
    /// 60 and 65, where they are reached.
    pub ages: Vec<Age>,
    /// When children cost most, where they cost anything.
    pub children: Option<Children>,
}

/// Works it out, for the plan and each scenario.
#[must_use]
pub fn cash_flow(input: &Input) -> Vec<Course> {
    let plan = Scenario::default();
    std::iter::once(&plan).chain(&input.scenarios).map(|scenario| course(input, scenario)).collect()
}

fn course(input: &Input, scenario: &Scenario) -> Course {
    let round = |value: f64| decimals(value, input.decimals);
    let rate = scenario.rate.unwrap_or(input.rate);
    let mut years: Vec<Year> = Vec::new();
    for passed in 0..=input.years.min(80) {
        let year = input.start + i32::try_from(passed).unwrap_or(0);
        let cell = |(at, line): (usize, &Line)| {
            let paused = scenario.stop.as_ref().is_some_and(|stop| stop.line == at && year >= stop.from && year <= stop.until);
            let there = line.from.is_none_or(|from| year >= from) && line.until.is_none_or(|until| year <= until);
            if paused || !there { 0.0 } else { round(line.amount * power(1.0 + line.growth / 100.0, passed)) }
        };
        let cells: Vec<f64> = input.lines.iter().enumerate().map(cell).collect();
        let when = |event: &Event| match &scenario.moved {
            Some(moved) if moved.event == event.number => moved.to,
            _ => event.year,
        };
        let mut once = 0.0;
        for event in input.events.iter().filter(|event| when(event) == year) {
            once += event.cost;
        }
        let once = round(once);
        let (mut income, mut expense) = (0.0, once);
        for (line, amount) in input.lines.iter().zip(&cells) {
            if line.income {
                income += amount;
            } else {
                expense += amount;
            }
        }
        let (income, expense) = (round(income), round(expense));
        let balance = round(income - expense);
        let savings = match years.last() {
            None => input.savings,
            Some(last) => round(last.savings * (1.0 + rate / 100.0) + balance),
        };
        years.push(Year { year, cells, once, income, expense, balance, savings });
    }
    let mut lowest: Option<usize> = None;
    for at in 1..years.len() {
        if lowest.is_none_or(|least| years[at].savings < years[least].savings) {
            lowest = Some(at);
        }
    }
    let reached = |age: i32| {
        let at = usize::try_from(age.saturating_sub(input.age?)).ok().filter(|at| *at < years.len())?;
        Some(Age { age, at })
    };
    let ages = [60, 65].into_iter().filter_map(reached).collect();
    let mut children: Option<Children> = None;
    for (at, year) in years.iter().enumerate() {
        let own = input.lines.iter().zip(&year.cells).filter(|(line, _)| line.children && !line.income);
        let cost = round(own.map(|(_, cell)| cell).sum());
        if cost > 0.0 && children.as_ref().is_none_or(|most| cost > most.cost) {
            children = Some(Children { at, cost });
        }
    }
    Course { below: years.iter().find(|year| year.savings < 0.0).map(|year| year.year), lowest, years, ages, children }
}
