//! Points on a circle, by multiplication only, so that bytes are equal on every machine.

/// A point on a circle; share 0 is at the top, 100 a full turn clockwise.
#[must_use]
pub(super) fn on_circle((x, y): (f64, f64), radius: f64, share: f64) -> (f64, f64) {
    let (sine, cosine) = turn(share / 100.0);
    (x + radius * sine, y - radius * cosine)
}

/// Sine and cosine of a part of a full turn, by multiplication only, so that bytes are equal on every machine: reduced to an
/// eighth of a turn, then the first terms of Taylor's series.
fn turn(part: f64) -> (f64, f64) {
    let eighths = (part * 8.0).rem_euclid(8.0);
    let octant = eighths.floor();
    let (angle, mirrored) = if octant % 2.0 == 0.0 { (eighths - octant, false) } else { (1.0 - (eighths - octant), true) };
    let a = angle * std::f64::consts::FRAC_PI_4;
    let square = a * a;
    let sine = a * (1.0 - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0 * (1.0 - square / 72.0))));
    let cosine = 1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0 * (1.0 - square / 90.0))));
    let (s, c) = if mirrored { (cosine, sine) } else { (sine, cosine) };
    // (s, c) is right for the first quarter; each further quarter turns it.
    match eighths {
        value if value < 2.0 => (s, c),
        value if value < 4.0 => (c, -s),
        value if value < 6.0 => (-s, -c),
        _ => (-c, s),
    }
}

#[cfg(test)]
mod tests {
    use super::turn;

    #[test]
    fn turns_agree_with_sine_and_cosine() {
        for step in 0_u8..=100 {
            let part = f64::from(step) / 100.0;
            let (sine, cosine) = turn(part);
            let angle = part * std::f64::consts::TAU;
            assert!((sine - angle.sin()).abs() < 1e-7 && (cosine - angle.cos()).abs() < 1e-7, "{part}");
        }
    }
}
