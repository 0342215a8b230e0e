//! Reads a figure of a data set: a number as the source prints it, worked out or missing, with its interval.

use crate::content::Node;
use crate::content::scalar::decimal;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, code};
use crate::survey::figure::{Figure, Interval, State};

/// Sources print 95 % intervals; another level belongs into the note of the source.
const LEVEL: f64 = 0.95;

/// `20.0`, `missing`, `{derived: 2.5}`, `{value: 41.2, low: 36.4, high: 46.1}`.
pub(super) fn figure(node: &Node, diagnostics: &mut Diagnostics) -> Figure {
    let number = |key: &str| node.get(key).and_then(Node::scalar);
    let mut figure = match (number("derived"), number("value"), node.scalar()) {
        (Some(text), ..) => written(text, State::Derived),
        (_, Some(text), _) => written(text, State::Given),
        (_, _, Some(text)) if text != "missing" => written(text, State::Given),
        _ => Figure::missing(),
    };
    let ends = number("low").and_then(decimal).zip(number("high").and_then(decimal));
    if let (Some((low, high)), Some(value)) = (ends, figure.value) {
        if low <= value && value <= high {
            figure.interval = Some(Interval { low, high, level: LEVEL });
        } else {
            say(
                diagnostics,
                code::OUT_OF_RANGE,
                node.place.clone(),
                "区間の low と high のあいだに、値がありません。",
                "The value does not lie between low and high of its interval.",
            );
        }
    }
    figure
}

/// A number as it is printed.
pub(super) fn written(text: &str, state: State) -> Figure {
    match decimal(text) {
        Some(value) => Figure { printed: Some(text.replace('-', "−").trim_start_matches('+').to_owned()), ..Figure::of(value, state) },
        None => Figure::missing(),
    }
}

/// Tells a fault.
pub(super) fn say(diagnostics: &mut Diagnostics, name: Code, place: Place, ja: &str, en: &str) {
    diagnostics.push(Diagnostic::error(name, place, ja, en));
}
