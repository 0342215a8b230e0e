//! Checks whether a figure can be drawn as its author wishes.

use super::reference::Located;
use super::report::{Drawn, Look};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::survey::Survey;
use crate::survey::question::{Favourable, Kind, Question};

/// So many parts of a ring can be told apart.
const PARTS: std::ops::RangeInclusive<usize> = 2..=4;
/// So many axes make a shape.
const AXES: std::ops::RangeInclusive<usize> = 3..=10;

/// The chart fits what is asked; an order and an end are wished for choices.
pub(super) fn check(survey: &Survey, figure: &Located<String>, look: &Look, diagnostics: &mut Diagnostics) {
    let (id, by) = figure.value.split_once("-by-").map_or((figure.value.as_str(), false), |(id, _)| (id, true));
    let own = |question: &&Question| question.id == id || question.variables().iter().any(|variable| variable.id == id);
    let Some(question) = survey.questions().find(own) else {
        if survey.scales.iter().any(|scale| scale.id == id) {
            let wished = look.chart.iter().map(|chart| &chart.place).chain(&look.sort).chain(look.top.iter().map(|top| &top.place));
            wished.for_each(|place| refuse(place, id, ("尺度の得点には使えません。", "It is not for scores of scales."), diagnostics));
        }
        return;
    };
    let whole = question.id == id && !by;
    if let Some(chart) = &look.chart {
        let (fits, hint) = match chart.value {
            Drawn::Diverging => (
                matches!(question.kind, Kind::Scale(_) | Kind::Grid { .. }),
                ("段階で答える質問（scale）と、その表（grid）に使えます。", "It is for questions with points (“scale”) and grids of them."),
            ),
            Drawn::Donut => (
                whole && parts(&question.kind).is_some_and(|parts| PARTS.contains(&parts)),
                (
                    "一つだけ選ぶ質問で、選択肢が2つから4つのものに使えます。属性で分けた図には使えません。",
                    "It is for questions with one choice of two to four, of everybody.",
                ),
            ),
            Drawn::Radar => (
                whole && axes(&question.kind).is_some_and(|axes| AXES.contains(&axes)),
                (
                    "どちらかの側が好ましい表（grid）、順位、点の配分で、行が3つから10までのものに使えます。属性で分けた図には使えません。",
                    "It is for grids of which one side is favourable, rankings and allocations, with three to ten rows, of everybody.",
                ),
            ),
        };
        if !fits {
            refuse(&chart.place, id, hint, diagnostics);
        }
    }
    let choices = whole
        && matches!(
            question.kind,
            Kind::SingleChoice { .. } | Kind::Dropdown { .. } | Kind::YesNo { .. } | Kind::MultipleChoice { .. } | Kind::Ranking { .. }
        );
    if !choices {
        for place in look.sort.iter().chain(look.top.iter().map(|top| &top.place)) {
            let hint = (
                "選択肢の質問と順位に使えます。属性で分けた図には使えません。",
                "It is for questions with choices and rankings, of everybody.",
            );
            refuse(place, id, hint, diagnostics);
        }
    }
}

fn refuse(place: &Place, id: &str, hint: (&str, &str), diagnostics: &mut Diagnostics) {
    let fault = Diagnostic::error(
        code::UNKNOWN_VALUE,
        place.clone(),
        format!("「{id}」の図は、こうは描けません。"),
        format!("The figure of “{id}” cannot be drawn so."),
    );
    diagnostics.push(fault.hint(hint.0, hint.1));
}

/// How many choices there are, of which everybody takes one.
fn parts(kind: &Kind) -> Option<usize> {
    match kind {
        Kind::SingleChoice { choices, other } | Kind::Dropdown { choices, other } => Some(choices.len() + usize::from(other.is_some())),
        Kind::YesNo { .. } => Some(2),
        _ => None,
    }
}

/// How many rows there are with one number each.
fn axes(kind: &Kind) -> Option<usize> {
    match kind {
        Kind::Grid { points, rows } if points.favourable != Favourable::Neither => Some(rows.len()),
        Kind::Ranking { items, .. } | Kind::Allocation { items, .. } => Some(items.len()),
        _ => None,
    }
}
