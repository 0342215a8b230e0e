//! What people are told about themselves at the end of a survey: their scores, the bands these lie in, what that means and what to do
//! next. It is worked out from one sheet and kept nowhere. `assets/result.js` works out the same on a device without a network.

use super::scoring::Scale;
use crate::diagnostic::Place;
use crate::language::{Text, number};

/// What is drawn of the scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// A bar of its bands for each scale, with the person's mark on it.
    #[default]
    Bars,
    /// The same, and all of them as one shape.
    Radar,
}

/// The personal result of a survey.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonalResult {
    /// Where it is defined.
    pub place: Place,
    /// Its title, where it is not the usual one.
    pub title: Option<Text>,
    /// What to know before reading it (inline Markdown).
    pub lead: Option<Text>,
    /// What is drawn.
    pub profile: Profile,
    /// The mean of everybody stands beside the person's own score, where it is published.
    pub compare: bool,
    /// Its scales, in order.
    pub scales: Vec<Reading>,
    /// What anybody can do next, whatever the scores (inline Markdown).
    pub next: Vec<Text>,
}

/// How the score of a scale is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The id of the scale.
    pub scale: String,
    /// Where it is named.
    pub place: Place,
    /// What the scale is about (inline Markdown).
    pub about: Option<Text>,
    /// A published mean to compare with.
    pub norm: Option<Norm>,
    /// What each band means: as many as the scale has, in their order.
    pub bands: Vec<Meaning>,
}

/// What a band means.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    /// The lower end of the band.
    pub from: f64,
    /// Where it is written.
    pub place: Place,
    /// What it means (inline Markdown).
    pub text: Text,
    /// What to do next (inline Markdown).
    pub next: Vec<Text>,
}

/// A mean that somebody published.
#[derive(Debug, Clone, PartialEq)]
pub struct Norm {
    /// The mean.
    pub mean: f64,
    /// Whose it is.
    pub label: Text,
    /// The id of its source, and where it is named.
    pub source: (String, Place),
}

/// A score as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The score as it is printed.
    pub shown: String,
    /// Where it lies between the lowest and the highest score, in per cent to one place.
    pub at: String,
    /// The index of its band.
    pub band: Option<usize>,
}

/// Most places after the point of a printed score.
const MOST_DECIMALS: u32 = 3;

impl Standing {
    /// How a score stands on its scale. A score that would be printed as another band's is printed with more places.
    #[must_use]
    pub fn of(scale: &Scale, score: f64) -> Standing {
        let band = band(scale, score);
        let fewest = u32::from(scale.method == super::scoring::Method::Mean || score.fract() != 0.0);
        let shown = |decimals: u32| number(score, decimals);
        let tells = |decimals: &u32| shown(*decimals).parse().is_ok_and(|printed| self::band(scale, printed) == band);
        let decimals = (fewest..MOST_DECIMALS).find(tells).unwrap_or(MOST_DECIMALS);
        Standing { shown: shown(decimals), at: number(share(scale, score), 1), band }
    }
}

fn band(scale: &Scale, score: f64) -> Option<usize> {
    scale.bands.iter().rposition(|band| score >= band.from)
}

/// Where a score lies between the ends of its scale, in per cent.
#[must_use]
pub fn share(scale: &Scale, score: f64) -> f64 {
    let (low, high) = scale.range();
    (100.0 * (score - low) / (high - low)).clamp(0.0, 100.0)
}

/// Half the side of the picture that a radar is drawn in, and the length of its axes.
pub const RADAR: (f64, f64) = (120.0, 92.0);

/// The ends of a radar's axes, the first one upwards, the others clockwise: in lengths of an axis, to four places, so that whoever
/// works on with them comes to the same points.
#[must_use]
pub fn axes(count: usize) -> Vec<(f64, f64)> {
    let round = |value: f64| libm::round(value * 10_000.0) / 10_000.0;
    let angle = |index: usize| std::f64::consts::TAU * index as f64 / count as f64;
    (0..count).map(|index| (round(libm::sin(angle(index))), round(-libm::cos(angle(index))))).collect()
}

/// A point on an axis at a share of its length in per cent.
#[must_use]
pub fn point(axis: (f64, f64), share: f64) -> (String, String) {
    let (middle, length) = RADAR;
    let on = |end: f64| number(middle + length * end * share / 100.0, 1);
    (on(axis.0), on(axis.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::scoring::{Band, Method};

    fn scale(method: Method, from: &[f64]) -> Scale {
        Scale {
            id: "s".to_owned(),
            place: Place::whole(&"a.yaml".into()),
            label: Text::plain("s"),
            items: ["a", "b", "c", "d"].map(str::to_owned).to_vec(),
            reversed: Vec::new(),
            method,
            min_answered: 1,
            points: 5,
            bands: from.iter().map(|from| Band { from: *from, label: Text::plain("b") }).collect(),
        }
    }

    #[test]
    fn a_score_is_printed_so_that_it_lies_in_its_band() {
        let mean = scale(Method::Mean, &[1.0, 2.5, 3.5]);
        let sum = scale(Method::Sum, &[4.0, 12.0]);
        for (scale, score, shown, at, band) in [
            (&mean, 1.0, "1.0", "0.0", Some(0)),
            (&mean, 5.0, "5.0", "100.0", Some(2)),
            (&mean, 2.5, "2.5", "37.5", Some(1)),
            (&mean, 42.0 / 17.0, "2.47", "36.8", Some(0)),
            (&mean, 10.0 / 3.0, "3.3", "58.3", Some(1)),
            (&mean, 2.4999, "2.500", "37.5", Some(0)),
            (&sum, 12.0, "12", "50.0", Some(1)),
            (&sum, 35.0 / 3.0, "11.7", "47.9", Some(0)),
            (&sum, 11.96, "11.96", "49.8", Some(0)),
        ] {
            let expected = Standing { shown: shown.to_owned(), at: at.to_owned(), band };
            assert_eq!(Standing::of(scale, score), expected, "{score}");
        }
    }

    #[test]
    fn a_radar_begins_at_the_top_and_goes_round() {
        assert_eq!(axes(4), [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)]);
        assert_eq!(point((0.0, -1.0), 100.0), ("120.0".to_owned(), "28.0".to_owned()));
        assert_eq!(point((0.866, 0.5), 50.0), ("159.8".to_owned(), "143.0".to_owned()));
    }
}
