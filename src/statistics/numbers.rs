//! The number of each person, from rows as they are stored: what was given to a question, or the score of a scale.

use super::definition::{Names, column};
use crate::survey::scoring::Scale;
use crate::survey::{Answer, Batch, Value};
use std::collections::BTreeMap;

/// What makes a number of a row.
#[derive(Debug, Clone)]
pub(super) enum Numbers {
    /// What was given to a question.
    Given(Names),
    /// A score, with every stored name of each item.
    Scored(Box<Scale>, Vec<Names>),
}

/// The rows of a batch: each different number once, and for every row which one it is.
#[derive(Debug)]
pub(super) struct Numbered {
    /// `None`: of these rows there is none.
    pub(super) numbers: Vec<Option<f64>>,
    pub(super) cells: Vec<u32>,
}

impl Numbers {
    /// Whether it says no more than the answer to one item.
    pub(super) fn is_of_one_item(&self) -> bool {
        matches!(self, Numbers::Scored(scale, _) if scale.items.len() == 1)
    }

    /// The number of each row.
    pub(super) fn of(&self, batch: &Batch) -> Numbered {
        match self {
            Numbers::Given(names) => {
                let column = column(batch, names);
                Numbered { numbers: column.entries().iter().map(given).collect(), cells: column.cells().to_vec() }
            }
            Numbers::Scored(scale, names) => scored(scale, names, batch),
        }
    }
}

fn given(answer: &Answer) -> Option<f64> {
    let Some(Value::Number(text)) = answer.value() else { return None };
    // No number has two signs
    text.parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| number + 0.0)
}

/// Sum of points and answered items, for each different pair of which the score is worked out once.
fn scored(scale: &Scale, names: &[Names], batch: &Batch) -> Numbered {
    let mut of_rows = vec![(0_u32, 0_u32); usize::try_from(batch.n).unwrap_or(0)];
    for (item, names) in scale.items.iter().zip(names) {
        let column = column(batch, names);
        let points: Vec<Option<u32>> = column.entries().iter().map(|answer| scale.points_of(item, answer)).collect();
        for ((sum, answered), cell) in of_rows.iter_mut().zip(column.cells()) {
            if let Some(points) = points[*cell as usize] {
                (*sum, *answered) = (sum.saturating_add(points), *answered + 1);
            }
        }
    }
    let mut places: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    let mut numbers = Vec::new();
    let place = |pair: (u32, u32)| {
        *places.entry(pair).or_insert_with(|| {
            numbers.push(scale.score_from(pair.0, pair.1));
            u32::try_from(numbers.len() - 1).unwrap_or(u32::MAX)
        })
    };
    let cells = of_rows.into_iter().map(place).collect();
    Numbered { numbers, cells }
}
