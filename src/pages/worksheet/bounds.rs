//! Between which values numbers of a worksheet may lie. What lies outside is marked by the script and counts as not written.

use crate::catalog::worksheet::{Field, FieldKind, Holds, Part};

/// The least and the most, as far as there are any.
pub(super) type Bounds = (Option<f64>, Option<f64>);

/// The bounds of the numbers of a part, by the last word of their names.
pub(super) fn bounds(part: &Part) -> Vec<(&str, Bounds)> {
    let between = |least: f64, most: f64| (Some(least), Some(most));
    let years = between(1800.0, 2200.0);
    match &part.holds {
        Holds::Fields(fields) | Holds::Rows(fields, ..) => {
            fields.iter().filter_map(|field| Some((field.id.as_str(), own(field)?))).filter(|(_, own)| *own != (None, None)).collect()
        }
        Holds::Points { range: (low, high), .. } => vec![("y", between(low.min(*high), low.max(*high)))],
        Holds::Money(_, _, most) => vec![
            ("start", years),
            ("age", between(0.0, 120.0)),
            ("years", between(0.0, f64::from(*most))),
            // Which way money goes is told by the side that a line stands on
            ("amount", (Some(0.0), None)),
            ("growth", between(-100.0, 100.0)),
            ("rate", between(-100.0, 100.0)),
            ("from", years),
            ("until", years),
        ],
        Holds::Cards { others: true, .. } => vec![("others", between(0.0, 99.0))],
        Holds::Ratings { .. } => vec![("important", between(0.0, 10.0)), ("used", between(0.0, 10.0))],
        Holds::Prompts(_) | Holds::People(_) | Holds::Cards { .. } | Holds::Pairs(_) | Holds::BestWorst(_) => Vec::new(),
    }
}

fn own(field: &Field) -> Option<Bounds> {
    match field.kind {
        FieldKind::Number(least, most, _) => Some((least, most)),
        _ => None,
    }
}

/// The bounds of one number of a part.
pub(super) fn bounds_of(part: &Part, name: &str) -> Bounds {
    let column = name.rsplit('.').next().unwrap_or(name);
    bounds(part).into_iter().find(|(known, _)| *known == column).map_or((None, None), |(_, bounds)| bounds)
}

/// Whether a number lies between its bounds.
pub(super) fn within(value: f64, (least, most): Bounds) -> bool {
    least.is_none_or(|least| value >= least) && most.is_none_or(|most| value <= most)
}
