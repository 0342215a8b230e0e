//! A smooth curve through points that never leaves the height between two neighbours: Fritsch and Butland's tangents, only by
//! + − × ÷, so that a device draws the same.

/// Tangents at the points, whose first numbers rise: zero at every summit and in every valley.
#[must_use]
pub(super) fn tangents(points: &[(f64, f64)]) -> Vec<f64> {
    let step = |index: usize| points[index + 1].0 - points[index].0;
    let slope = |index: usize| (points[index + 1].1 - points[index].1) / step(index);
    let last = points.len().saturating_sub(1);
    (0..points.len())
        .map(|index| match (index, last) {
            (_, 0) => 0.0,
            (_, 1) => slope(0),
            (0, _) => edge((step(0), slope(0)), (step(1), slope(1))),
            (index, _) if index == last => edge((step(last - 1), slope(last - 1)), (step(last - 2), slope(last - 2))),
            (index, _) => {
                let ((before, after), (from, to)) = ((step(index - 1), step(index)), (slope(index - 1), slope(index)));
                if from * to <= 0.0 { 0.0 } else { 3.0 * (before + after) / ((2.0 * after + before) / from + (after + 2.0 * before) / to) }
            }
        })
        .collect()
}

/// The tangent at an end, from the step and slope next to it and the one after, kept from passing its neighbour.
fn edge((step, slope): (f64, f64), (next, second): (f64, f64)) -> f64 {
    let tangent = ((2.0 * step + next) * slope - step * second) / (step + next);
    if tangent * slope <= 0.0 {
        0.0
    } else if slope * second <= 0.0 && tangent.abs() > 3.0 * slope.abs() {
        3.0 * slope
    } else {
        tangent
    }
}

/// The two handles of the piece after the point `index`.
#[must_use]
pub(super) fn handles(points: &[(f64, f64)], tangents: &[f64], index: usize) -> ((f64, f64), (f64, f64)) {
    let ((x, y), (end, height)) = (points[index], points[index + 1]);
    let third = (end - x) / 3.0;
    ((x + third, y + tangents[index] * third), (end - third, height - tangents[index + 1] * third))
}

/// A point of a piece, `part` of the way along.
#[must_use]
pub(super) fn along(points: &[(f64, f64)], tangents: &[f64], index: usize, part: f64) -> (f64, f64) {
    let (first, second) = handles(points, tangents, index);
    let rest = 1.0 - part;
    let weights = [rest * rest * rest, 3.0 * rest * rest * part, 3.0 * rest * part * part, part * part * part];
    let ends = [points[index], first, second, points[index + 1]];
    ends.iter().zip(weights).fold((0.0, 0.0), |(x, y), (point, weight)| (x + point.0 * weight, y + point.1 * weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_stays_between_its_points() {
        let mut seed = 7_u64;
        let mut random = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 40) as f64 / f64::from(1 << 24)
        };
        for _ in 0..2_000 {
            let mut x = 0.0;
            let points: Vec<(f64, f64)> = (0..2 + (random() * 8.0) as usize)
                .map(|_| {
                    x += 0.01 + random() * 30.0;
                    (x, (random() * 12.0 - 6.0).round())
                })
                .collect();
            let tangents = tangents(&points);
            for index in 0..points.len() - 1 {
                let (low, high) = (points[index].1.min(points[index + 1].1), points[index].1.max(points[index + 1].1));
                let mut before = points[index].0;
                for step in 0..=50 {
                    let (x, y) = along(&points, &tangents, index, f64::from(step) / 50.0);
                    assert!(y >= low - 1e-9 && y <= high + 1e-9, "{points:?}: {y} is not between {low} and {high}");
                    assert!(x >= before - 1e-9, "{points:?} turns back");
                    before = x;
                }
            }
        }
    }

    #[test]
    fn few_points_make_straight_lines_or_none() {
        assert_eq!(tangents(&[]), Vec::<f64>::new());
        assert_eq!(tangents(&[(1.0, 1.0)]), vec![0.0]);
        assert_eq!(tangents(&[(0.0, 0.0), (2.0, 4.0)]), vec![2.0, 2.0]);
    }
}
