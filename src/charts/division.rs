//! How a whole is divided: known parts, and a remainder whose split is not known.

use super::reading::Line;

/// Part of a bar, from and to in per cent of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// Its class; `None` is a remainder whose split is not known.
    pub class: Option<usize>,
    /// Where it begins, 0 to 100.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

/// Divides a bar. Known parts that add up to 100 but for rounding fill it exactly; a remainder of classes without numbers is
/// one part of its own, in their place where they are neighbours, else at the end.
#[must_use]
pub(super) fn parts(line: &Line, bracket: Option<(usize, usize)>) -> Vec<Part> {
    let values: Vec<Option<f64>> = line.cells.iter().map(|cell| cell.value.map(|value| value.max(0.0))).collect();
    let known: f64 = values.iter().flatten().sum();
    let missing: Vec<usize> = (0..values.len()).filter(|index| values[*index].is_none()).collect();
    if values.iter().all(Option::is_none) {
        let total = line.total.as_ref().and_then(|total| total.value).filter(|total| *total > 0.0 && *total < 100.0);
        return match (total, bracket) {
            (Some(total), Some((0, _))) => {
                vec![Part { class: None, from: 0.0, to: total }, Part { class: None, from: total, to: 100.0 }]
            }
            _ => vec![Part { class: None, from: 0.0, to: 100.0 }],
        };
    }
    let rounding = 0.06 * values.len() as f64 + 1.0e-9;
    let fills = missing.is_empty() && (known - 100.0).abs() <= rounding;
    let scale = if known > 0.0 && (fills || known > 100.0) { 100.0 / known } else { 1.0 };
    let rest = if missing.is_empty() { 0.0 } else { (100.0 - known * scale).max(0.0) };
    let together = missing.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    let place = if together { missing.first().copied() } else { None };
    let mut parts = Vec::new();
    let mut at = 0.0;
    let mut add = |class: Option<usize>, share: f64| {
        if share > 0.0 {
            parts.push(Part { class, from: at, to: (at + share).min(100.0) });
            at += share;
        }
    };
    for (index, value) in values.iter().enumerate() {
        match value {
            Some(value) => add(Some(index), value * scale),
            None if place == Some(index) => add(None, rest),
            None => {}
        }
    }
    if place.is_none() {
        add(None, rest);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::cell::{Cell, empty};
    use crate::survey::figure::State;

    fn line(values: &[Option<f64>], total: Option<f64>) -> Line {
        let cell = |value: Option<f64>| Cell {
            state: if value.is_some() { State::Given } else { State::Missing },
            value,
            shown: value.map(|value| value.to_string()).unwrap_or_default(),
            ..empty(State::Given, crate::survey::figure::Unit::Percent)
        };
        Line {
            id: "row".to_owned(),
            label: "row".to_owned(),
            n: None,
            cells: values.iter().map(|value| cell(*value)).collect(),
            total: total.map(|total| cell(Some(total))),
            benchmark: None,
            link: None,
            marked: false,
            hidden: false,
            derived: false,
        }
    }

    #[test]
    fn parts_fill_the_bar() {
        let some = |values: &[f64]| values.iter().map(|value| Some(*value)).collect::<Vec<_>>();
        for (values, total, classes, end) in [
            (some(&[20.0, 44.0, 28.0, 5.5, 2.5]), None, vec![Some(0), Some(1), Some(2), Some(3), Some(4)], 100.0),
            // Rounded thirds still fill it
            (some(&[33.3, 33.3, 33.3]), None, vec![Some(0), Some(1), Some(2)], 100.0),
            (some(&[33.4, 33.4, 33.4]), None, vec![Some(0), Some(1), Some(2)], 100.0),
            // The remainder in the place of its classes
            (vec![Some(9.6), Some(34.4), None, None], None, vec![Some(0), Some(1), None], 100.0),
            (vec![Some(9.6), None, Some(34.4)], None, vec![Some(0), None, Some(2)], 100.0),
            // Not neighbours: at the end
            (vec![None, Some(40.0), None], None, vec![Some(1), None], 100.0),
            // Only the sum is known
            (vec![None, None], Some(83.2), vec![None, None], 100.0),
            (vec![None, None], None, vec![None], 100.0),
            // Half is not there at all: the track stays empty
            (some(&[20.0, 30.0]), None, vec![Some(0), Some(1)], 50.0),
            (some(&[0.0, 0.0]), None, vec![], 0.0),
        ] {
            let parts = parts(&line(&values, total), Some((0, 0)));
            assert_eq!(parts.iter().map(|part| part.class).collect::<Vec<_>>(), classes, "{values:?}");
            assert!((parts.last().map_or(0.0, |part| part.to) - end).abs() < 1e-9, "{values:?}");
            assert!(parts.windows(2).all(|pair| (pair[0].to - pair[1].from).abs() < 1e-9));
        }
    }
}
