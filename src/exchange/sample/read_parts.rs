//! What readers of a plan need again and again: faults, shares, the correlations of factors.

use crate::content::Fields;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, closest, code};

/// Says what is wrong with a plan.
pub(super) fn say(diagnostics: &mut Diagnostics, place: Place, ja: impl Into<String>, en: impl Into<String>) {
    diagnostics.push(Diagnostic::error(code::PLAN, place, ja, en));
}

/// Says that something is not there, and what was meant.
pub(super) fn unknown<'k>(
    diagnostics: &mut Diagnostics,
    place: Place,
    (what_ja, what): (&str, &str),
    id: &str,
    known: impl Iterator<Item = &'k str>,
) {
    let fault = Diagnostic::error(
        code::UNKNOWN_REFERENCE,
        place,
        format!("{what_ja}「{id}」はありません。"),
        format!("There is no {what} “{id}”."),
    );
    diagnostics.push(match closest(id, known) {
        Some(guess) => fault.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
        None => fault,
    });
}

/// A share between 0 and 1.
pub(super) fn share(fields: Fields<'_>, key: &str, usual: f64, diagnostics: &mut Diagnostics) -> f64 {
    let share = fields.optional_decimal(key).unwrap_or(usual);
    if !(0.0..=1.0).contains(&share) {
        say(diagnostics, fields.place_of(key), "割合は 0 から 1 までの数で書きます。", "A share is a number from 0 to 1.");
    }
    share.clamp(0.0, 1.0)
}

/// Weights as shares that sum to 1; `None` where they are none.
pub(super) fn shared_out(weights: &[f64], place: &Place, diagnostics: &mut Diagnostics) -> Option<Vec<f64>> {
    let total: f64 = weights.iter().sum();
    if weights.iter().any(|weight| *weight < 0.0 || !weight.is_finite()) || total <= 0.0 || !total.is_finite() {
        say(
            diagnostics,
            place.clone(),
            "重みは 0 以上の数で、少なくとも一つは 0 より大きくします。",
            "Weights are numbers from 0 on, and one of them at least is above 0.",
        );
        return None;
    }
    Some(weights.iter().map(|weight| weight / total).collect())
}

/// The lower triangle L with L·Lᵀ = the correlations (Cholesky); `None` where no factors can go together like that.
pub(super) fn triangle(correlations: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let size = correlations.len();
    let mut lower = vec![vec![0.0; size]; size];
    for (row, wanted) in correlations.iter().enumerate() {
        for column in 0..=row {
            let known: f64 = (0..column).map(|at| lower[row][at] * lower[column][at]).sum();
            let left = wanted[column] - known;
            if row == column {
                if left < 1e-9 {
                    return None;
                }
                lower[row][row] = left.sqrt();
            } else {
                lower[row][column] = left / lower[column][column];
            }
        }
    }
    Some(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_triangle_gives_its_correlations_back() {
        let wanted = vec![vec![1.0, 0.5, -0.3], vec![0.5, 1.0, 0.2], vec![-0.3, 0.2, 1.0]];
        let lower = triangle(&wanted).expect("possible");
        for (row, numbers) in wanted.iter().enumerate() {
            for (column, wanted) in numbers.iter().enumerate() {
                let found: f64 = (0..3).map(|at| lower[row][at] * lower[column][at]).sum();
                assert!((found - wanted).abs() < 1e-12, "{row} {column} {found}");
            }
        }
        assert!(triangle(&[vec![1.0, 1.0], vec![1.0, 1.0]]).is_none());
        assert!(triangle(&[vec![1.0, 0.9, -0.9], vec![0.9, 1.0, 0.9], vec![-0.9, 0.9, 1.0]]).is_none());
    }
}
