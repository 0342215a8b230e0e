//! Rounding that a script can repeat: half away from zero.

/// Rounds to whole numbers, half away from zero.
#[must_use]
pub fn whole(value: f64) -> f64 {
    let size = value.abs();
    let floor = size.trunc();
    let rounded = if size - floor >= 0.5 { floor + 1.0 } else { floor };
    // No −0
    if value < 0.0 && rounded != 0.0 { -rounded } else { rounded }
}

/// Rounds to so many decimals, at most four.
#[must_use]
pub fn decimals(value: f64, places: u32) -> f64 {
    let unit = power(10.0, places.min(4));
    whole(value * unit) / unit
}

/// A power by multiplication.
#[must_use]
pub fn power(base: f64, times: u32) -> f64 {
    let mut product = 1.0;
    for _ in 0..times {
        product *= base;
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero() {
        for (value, expected) in [(0.5, 1.0), (-0.5, -1.0), (0.499_999_999_999_999_94, 0.0), (2.5, 3.0), (-0.2, 0.0), (401.8, 402.0)] {
            assert_eq!(whole(value), expected, "{value}");
        }
        assert!(whole(-0.2).is_sign_positive());
        assert_eq!((decimals(1.05, 1), decimals(-2.345, 2), power(2.0, 10)), (1.1, -2.35, 1024.0));
    }
}
