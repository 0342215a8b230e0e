//! Exhibits of numbers: means of number questions, scores of scales and their bands.

use super::classes::step;
use super::disclosure::Admitted;
use super::frame::{EVERYBODY, Frame, hidden_row, row, single_class};
use super::scale::{Scores, scores};
use super::shares::{Extent, best, extent, shares};
use super::summary::{Completeness, numbers};
use super::wording;
use super::wording_missing;
use crate::estimate::{Distribution, Interval, LEVEL, interval};
use crate::language::{Text, number};
use crate::survey::exhibit::{Class, Exhibit, Kind, Tone};
use crate::survey::figure::{State, Unit};
use crate::survey::scoring::Scale;
use crate::survey::{Figure, Variable};
use serde::{Deserialize, Serialize};

/// Mean, spread and agreement as figures, for JSON and tiles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Moments {
    /// The mean with its t interval.
    pub mean: Figure,
    /// The standard deviation, divisor n − 1.
    pub deviation: Figure,
    /// Cronbach's alpha of a scale, over those who answered every item; missing where it cannot be computed.
    pub alpha: Option<Figure>,
}

impl Moments {
    /// Mean and deviation to one place and nothing else, so that the figures of single items cannot be subtracted from them.
    fn rounded(self) -> Moments {
        let one_place = |figure: Figure| match figure.value.filter(|_| figure.printed.is_none()) {
            Some(value) => Figure { n: figure.n, ..Figure::of(libm::round(value * 10.0) / 10.0, State::Given) },
            None => figure,
        };
        Moments { mean: one_place(self.mean), deviation: one_place(self.deviation), alpha: None }
    }

    fn hidden(scale: bool) -> Moments {
        Moments { mean: Figure::hidden(), deviation: Figure::hidden(), alpha: scale.then(Figure::hidden) }
    }
}

/// The mean of a number question.
pub(super) fn mean(frame: &Frame<'_, '_>, variable: &Variable) -> (Exhibit, Moments, Completeness) {
    let mut exhibit = blank(frame, &variable.id, &variable.label);
    let counted = frame.group(&variable.id).and_then(|group| {
        let (mut completeness, distribution) = numbers(group, &variable.id);
        completeness.not_shown += group.others();
        group.shows(completeness.answered, variable.sensitive).then_some((completeness, distribution))
    });
    let Some((completeness, distribution)) = counted else {
        frame.explain(&mut exhibit, variable.sensitive);
        return (exhibit, Moments::hidden(false), Completeness::default());
    };
    let moments = moments(&distribution);
    describe(frame, &mut exhibit, &distribution, &moments, None);
    exhibit.notes.extend(wording_missing::completeness(&completeness, &frame.rules, variable.sensitive));
    (exhibit, moments, completeness)
}

/// How many people a segment's mean is about, and the moments of a number question or a scale; `None` where they may not be shown.
pub(super) fn moments_of(frame: &Frame<'_, '_>, id: &str) -> Option<(u64, Moments)> {
    let group = frame.group(id)?;
    let sensitive = frame.shape.is_sensitive(id);
    match frame.shape.scales.iter().find(|scale| scale.id == id) {
        Some(scale) => {
            let scored = scores(group, scale);
            let n = scored.completeness.answered;
            let own = moments(&scored.distribution);
            let shown = group.shows(n, sensitive) && (group.is_exact() || group.is_many());
            shown.then(|| (n, if group.is_exact() { own } else { own.rounded() }))
        }
        None => {
            let (completeness, distribution) = numbers(group, id);
            group.shows(completeness.answered, sensitive).then(|| (completeness.answered, moments(&distribution)))
        }
    }
}

/// The score of a scale, and its bands where it has some.
pub(super) fn score(frame: &Frame<'_, '_>, scale: &Scale) -> (Vec<(String, Exhibit)>, Moments, Completeness) {
    let mut exhibit = blank(frame, &scale.id, &scale.label);
    exhibit.range = Some(scale.range());
    let sensitive = frame.shape.is_sensitive(&scale.id);
    let scored = frame.group(&scale.id).and_then(|group| {
        let mut scored = scores(group, scale);
        scored.completeness.not_shown += group.others();
        (group.shows(scored.completeness.answered, sensitive) && (group.is_exact() || group.is_many())).then_some((group, scored))
    });
    let Some((group, scored)) = scored else {
        frame.explain(&mut exhibit, sensitive);
        let mut exhibits = vec![(scale.id.clone(), exhibit)];
        exhibits.extend(bands(frame, scale, None, sensitive));
        return (exhibits, Moments::hidden(true), Completeness::default());
    };
    let mut moments = moments(&scored.distribution);
    if !group.is_exact() {
        moments = moments.rounded();
        exhibit.notes.push(wording::rounded_score());
    }
    describe(frame, &mut exhibit, &scored.distribution, &moments, Some(scale.range()));
    exhibit.notes.push(wording::score_from(scale.items.len(), scale.reversed.len(), scale.min_answered.max(1)));
    let alpha = alpha(group, scale, &scored, &mut exhibit);
    moments.alpha = Some(alpha);
    exhibit.notes.extend(wording_missing::completeness(&scored.completeness, &frame.rules, sensitive));
    let completeness = scored.completeness;
    let mut exhibits = vec![(scale.id.clone(), exhibit)];
    exhibits.extend(bands(frame, scale, Some((group, &scored)), sensitive));
    (exhibits, moments, completeness)
}

/// Alpha, where enough people answered every item and their answers differ; a note says it, or why not.
fn alpha(group: &Admitted<'_>, scale: &Scale, scored: &Scores, exhibit: &mut Exhibit) -> Figure {
    if alike(&scored.distribution).is_some() {
        return Figure::missing();
    }
    let agreement = super::scale::agreement(group, scale);
    let n = agreement.n();
    if !group.shows(n, false) || !group.is_exact() {
        return Figure::hidden();
    }
    match super::scale::alpha(&agreement) {
        Ok((alpha, interval)) => {
            exhibit.notes.push(wording::alpha(alpha, interval, n));
            let interval = interval.map(|(low, high)| Interval { low, high, level: LEVEL });
            Figure { n: Some(n), interval, ..Figure::of(alpha, State::Given) }
        }
        Err(why) => {
            exhibit.notes.push(wording::no_alpha(why));
            Figure::missing()
        }
    }
}

/// How the scores fall into the bands, lowest first. More than three bands need a group that may be shown finely.
fn bands(frame: &Frame<'_, '_>, scale: &Scale, scored: Option<(&Admitted<'_>, &Scores)>, sensitive: bool) -> Option<(String, Exhibit)> {
    if scale.bands.is_empty() {
        return None;
    }
    let steps = scale.bands.len();
    let below = scale.bands.first().is_some_and(|band| band.from > scale.range().0);
    let mut classes: Vec<Class> = scale
        .bands
        .iter()
        .enumerate()
        .map(|(place, band)| Class { id: format!("band-{}", place + 1), label: band.label.clone(), tone: step(steps - 1 - place, steps) })
        .collect();
    if below {
        classes.push(Class { id: "below".to_owned(), label: wording::below_bands(), tone: Tone::None });
    }
    let id = format!("{}-bands", scale.id);
    let mut exhibit = frame.exhibit(&id, &scale.label, Kind::StackedBar, classes);
    let steps = exhibit.classes.len();
    let shown = scored.filter(|(group, scored)| steps <= 3 || group.shows_fine(scored.completeness.answered));
    let Some((_, scored)) = shown else {
        exhibit.rows.push(hidden_row(EVERYBODY, wording::everybody(), steps, false));
        if scored.is_some() {
            exhibit.notes.push(wording::folded(&frame.rules));
        } else {
            frame.explain(&mut exhibit, sensitive);
        }
        return Some((id, exhibit));
    };
    let n = scored.completeness.answered;
    let figures = shares(&scored.in_bands(scale)[..steps], n);
    let coarse = figures.iter().any(|figure| figure.count.is_none());
    let highest = best(exhibit.classes.iter().map(|class| &class.label).zip(&figures));
    exhibit.title = highest.map_or_else(|| scale.label.clone(), |best| wording::most_are_in(&best.labels, best.share));
    exhibit.source = wording::source(frame.shape, Some(n));
    exhibit.rows.push(row(EVERYBODY, wording::everybody(), n, figures, None));
    exhibit.notes.extend(coarse.then(wording::coarse));
    Some((id, exhibit))
}

fn blank(frame: &Frame<'_, '_>, id: &str, asked: &Text) -> Exhibit {
    let mut exhibit = frame.exhibit(id, asked, Kind::Bar, single_class("mean", wording::mean()));
    exhibit.unit = Unit::Score;
    exhibit.rows.push(hidden_row(EVERYBODY, wording::everybody(), 1, false));
    exhibit
}

fn describe(frame: &Frame<'_, '_>, exhibit: &mut Exhibit, of: &Distribution, moments: &Moments, range: Option<(f64, f64)>) {
    exhibit.source = wording::source(frame.shape, Some(of.n()));
    exhibit.rows = vec![row(EVERYBODY, wording::everybody(), of.n(), vec![moments.mean.clone()], None)];
    match (alike(of), moments.mean.value) {
        (Some(value), _) => {
            exhibit.title = wording::nearly_the_same(&number(value, 2));
            exhibit.notes.push(wording::nearly_the_same_note());
        }
        (None, Some(mean)) => exhibit.title = wording::average(mean, range),
        (None, None) => {
            exhibit.title = exhibit.asked.clone();
            exhibit.notes.push(wording::no_mean());
        }
    }
}

/// The value that nearly all have.
pub(super) fn alike(of: &Distribution) -> Option<f64> {
    of.mode().filter(|(_, times)| extent(*times, of.n()) == Extent::NearlyAll).map(|(value, _)| value)
}

/// Mean and deviation; nearly the same values are told by one number only.
pub(super) fn moments(of: &Distribution) -> Moments {
    let n = Some(of.n());
    if let Some(value) = alike(of) {
        let mean = Figure { n, printed: Some(format!("≈{}", number(value, 1))), ..Figure::of(value, State::Given) };
        return Moments { mean, deviation: Figure::missing(), alpha: None };
    }
    let (Some(mean), Some(deviation)) = (of.mean(), of.deviation()) else {
        return Moments { mean: Figure::missing(), deviation: Figure::missing(), alpha: None };
    };
    let interval = interval::mean(mean, deviation, of.n()).ok();
    Moments {
        mean: Figure { n, interval, ..Figure::of(mean, State::Given) },
        deviation: Figure { n, ..Figure::of(deviation, State::Given) },
        alpha: None,
    }
}
