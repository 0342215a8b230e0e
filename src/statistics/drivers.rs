//! Which answers go together with an outcome, and how much: relative importance, coefficients, importance beside the score.
//!
//! What a relation tells of single people. All of it is made of the correlations among those who answered every item: nothing of it is a
//! sum over few people, and alone it fits more sets of answers than anybody could try. But whoever knows the answers of all but one of
//! them to the last unit could hold every possible answer of that one against the numbers, and the figures of the single items are told
//! of other people than this one: of everybody who answered that item. So
//!
//! - those who answered every item are a group like others, with 0 or k people between any two publications (`admit`);
//! - they are told to the last place only where, taken for the sum of each item in them, they leave nobody or k people beside all that
//!   is and was told of that item, of everybody and of segments (`admit`, `Judge::apart`);
//! - else a few are left over whose answers sums would tell. Then every number is rounded so far that at least 2 k values of any sum of
//!   products fit each printed one. Whatever those few answered, there are answers of the others (the same ones, dealt out otherwise, so
//!   that every figure of a single item stays as it is) that give the same numbers: a sum of products of n whole answers moves a correlation by
//!   1 / (n s t), so steps of 0.05 take n s² of 40 k, steps of 0.1 half of it; with less, shares to 5 % are all that is told;
//! - nothing has more digits than are printed: whole per cents, two places;
//! - where 95 % or more gave one and the same answer, or one item follows from the others by 95 % or more, nothing is told: else it would
//!   tell what each of them said;
//! - of fewer people than the author's minimum (100, or ten for each item, where nothing is written) nothing is told.

use super::average::{Moments, alike};
use super::disclosure::Admitted;
use super::frame::{EVERYBODY, Frame, hidden_row, row, single_class};
use super::shape::{Analysis, SurveyShape};
use super::wording;
use super::wording_drivers as words;
use crate::estimate::{Distribution, Estimate, Importance, Interval, Observations, Reason, importance, importance_shares};
use crate::language::{Text, number};
use crate::survey::exhibit::{Class, Exhibit, Kind, Note, People, Row, Tone};
use crate::survey::figure::{State, Unit};
use crate::survey::question::Favourable;
use crate::survey::{Answer, Figure, Value};
use std::collections::BTreeMap;

/// What follows from the others by this share or more is not told apart from them.
const NEARLY_ALL_OF_IT: f64 = 0.95;

/// From here on it is said that items are alike.
const INFLATED: f64 = 5.0;

/// What coefficients are rounded to where nobody is left over.
const EXACT: f64 = 0.01;

/// What coefficients may be rounded to where a few are left over, the finest first.
const STEPS: [f64; 2] = [0.05, 0.1];

/// Of a larger probability by chance no shares are told: they would be shares of nothing.
const CHANCE: f64 = 0.05;

/// The exhibits of an analysis: shares, coefficients where they may be told, importance beside the score where the scores are of one
/// kind. `shown` and `moments`: the figures of the single items.
pub(super) fn exhibits(
    frame: &Frame<'_, '_>,
    analysis: &Analysis,
    shown: &BTreeMap<String, Exhibit>,
    moments: &BTreeMap<String, Moments>,
) -> Vec<(String, Exhibit)> {
    let relation = Relation { frame, analysis, outcome: frame.shape.label_of(&analysis.outcome) };
    let mut bars = relation.blank();
    let found = match relation.found() {
        Ok(found) => found,
        Err(why) => {
            bars.notes = vec![why];
            return vec![(analysis.id.clone(), bars)];
        }
    };
    let mut all = Vec::new();
    if found.importance.regression.p < CHANCE {
        relation.describe(&mut bars, &found);
        all.extend(relation.field(&bars, &found, shown, moments));
    } else {
        bars.rows = analysis.of.iter().map(|id| relation.row(id, found.n, vec![Figure::missing()])).collect();
        bars.notes = vec![words::only_chance(found.n)];
    }
    all.extend(relation.coefficients(&found));
    all.push((analysis.id.clone(), bars));
    all
}

struct Relation<'r, 'f, 'a> {
    frame: &'r Frame<'f, 'a>,
    analysis: &'r Analysis,
    outcome: Text,
}

/// What was worked out.
struct Found {
    n: u64,
    importance: Importance,
    /// Shares of R² in per cent, as they may be told.
    shares: Vec<(f64, Option<Interval>)>,
    /// To what coefficients and R² are rounded; `None`: no coefficient may be told.
    step: Option<f64>,
}

impl Relation<'_, '_, '_> {
    fn label(&self, id: &str) -> Text {
        self.frame.shape.label_of(id)
    }

    fn row(&self, id: &str, n: u64, figures: Vec<Figure>) -> Row {
        row(id, self.label(id), n, figures, None)
    }

    fn blank(&self) -> Exhibit {
        let mut exhibit =
            self.frame.exhibit(&self.analysis.id, &words::asked(&self.outcome), Kind::Bar, single_class("share", words::share()));
        exhibit.row_head = wording::item_head();
        exhibit.details.people = Some(People::Same);
        exhibit.rows = self.analysis.of.iter().map(|id| hidden_row(id, self.label(id), 1, false)).collect();
        exhibit
    }

    fn found(&self) -> Result<Found, Note> {
        let group = self.frame.group(&self.analysis.id).ok_or_else(|| words::too_few(self.analysis.minimum))?;
        let ids: Vec<&String> = self.analysis.of.iter().chain([&self.analysis.outcome]).collect();
        let columns = columns(group, self.frame.shape, &ids);
        let n = columns.first().map_or(0, Vec::len) as u64;
        if n < self.analysis.minimum {
            return Err(words::too_few(self.analysis.minimum));
        }
        let same = |column: &Vec<f64>| {
            let values = Distribution::from_counts(column.iter().map(|value| (*value, 1)));
            values.ok().and_then(|values| alike(&values)).is_some()
        };
        let same: Vec<Text> = ids.iter().zip(&columns).filter(|(_, column)| same(column)).map(|(id, _)| self.label(id)).collect();
        if !same.is_empty() {
            return Err(words::no_spread(&same));
        }
        let worked_out: Estimate<_> = Observations::of(&columns).and_then(|all| Ok((importance(&all)?, importance_shares(&all))));
        let (importance, shares) = worked_out.map_err(|why| match why {
            Reason::TooLarge | Reason::NotConverged => words::too_large(),
            Reason::Collinear | Reason::PerfectFit | Reason::AllEqual => words::too_alike(),
            _ => words::too_few(self.analysis.minimum),
        })?;
        let follows = |vif: f64| vif >= 1.0 / (1.0 - NEARLY_ALL_OF_IT);
        let whole = importance.regression.r_squared;
        if whole >= NEARLY_ALL_OF_IT || importance.regression.coefficients.iter().any(|own| follows(own.vif)) {
            return Err(words::too_alike());
        }
        let spread = columns.iter().map(|column| variance(column)).fold(f64::INFINITY, f64::min);
        let fits = |step: &f64| step * n as f64 * spread >= 2.0 * self.frame.rules.k as f64;
        let step = if group.is_exact() { Some(EXACT) } else { STEPS.into_iter().find(fits) };
        let unit = if group.is_exact() { 1.0 } else { 5.0 };
        let percent = |share: f64| to(100.0 * share, unit);
        let told = |(share, interval): (f64, Interval)| {
            let ends = Interval { low: 100.0 * interval.low, high: 100.0 * interval.high, ..interval };
            (percent(share), step.map(|_| outward(ends, unit)))
        };
        Ok(Found { n, shares: shares.unwrap_or_default().into_iter().map(told).collect(), importance, step })
    }

    /// The bars of the shares.
    fn describe(&self, exhibit: &mut Exhibit, found: &Found) {
        let (of, n) = (self.analysis.of.len(), found.n);
        let figure = |(share, interval): &(f64, Option<Interval>)| Figure {
            n: Some(n),
            interval: *interval,
            printed: Some(number(*share, 0)),
            ..Figure::of(*share, State::Given)
        };
        exhibit.rows = self.analysis.of.iter().zip(&found.shares).map(|(id, share)| self.row(id, n, vec![figure(share)])).collect();
        exhibit.rows.sort_by(|one, other| {
            let value = |row: &Row| row.figures.first().and_then(|figure| figure.value).unwrap_or_default();
            value(other).total_cmp(&value(one))
        });
        exhibit.title = self.title(found, &exhibit.rows);
        exhibit.source = wording::source(self.frame.shape, Some(n));
        let whole = found.importance.regression.r_squared;
        exhibit.notes = vec![words::whole(to(whole, found.step.unwrap_or(0.1)), of, n), words::no_cause()];
        exhibit.notes.extend((found.step != Some(EXACT)).then(|| words::rounded(found.step)));
        if found.step.is_some() {
            exhibit.notes.push(words::how());
            let alike = self.analysis.of.iter().zip(&found.importance.regression.coefficients).filter(|(_, own)| own.vif >= INFLATED);
            let alike: Vec<Text> = alike.map(|(id, _)| self.label(id)).collect();
            exhibit.notes.extend((!alike.is_empty()).then(|| words::alike(&alike)));
        }
    }

    fn title(&self, found: &Found, sorted: &[Row]) -> Text {
        let interval = |row: &Row| row.figures.first().and_then(|figure| figure.interval);
        let Some((top, most)) = sorted.first().and_then(|row| Some((interval(row)?, row.figures.first()?.value?))) else {
            return words::plain_title(&self.outcome);
        };
        let near = sorted.iter().filter(|row| interval(row).is_some_and(|own| own.high >= top.low));
        let first: Vec<Text> = near.map(|row| row.label.clone()).collect();
        words::title(&self.outcome, &first, found.shares.len(), most)
    }

    /// The coefficients, where they may be told.
    fn coefficients(&self, found: &Found) -> Option<(String, Exhibit)> {
        let regression = &found.importance.regression;
        let step = found.step?;
        let intervals = regression.together().ok()?;
        let id = format!("{}-coefficients", self.analysis.id);
        let classes = single_class("coefficient", words::coefficient());
        let mut exhibit = self.frame.exhibit(&id, &words::coefficients_asked(&self.outcome), Kind::Path, classes);
        (exhibit.unit, exhibit.range, exhibit.row_head) = (Unit::Coefficient, Some((-1.0, 1.0)), wording::item_head());
        exhibit.source = wording::source(self.frame.shape, Some(found.n));
        let (mut up, mut down) = (Vec::new(), Vec::new());
        for ((id, own), interval) in self.analysis.of.iter().zip(&regression.coefficients).zip(intervals) {
            let (beta, ends) = (to(own.beta, step), outward(interval, step));
            let printed = Some(number(beta, places(step)));
            let figure = Figure { n: Some(found.n), interval: Some(ends), printed, ..Figure::of(beta, State::Given) };
            let label = self.label(id);
            if ends.low > 0.0 {
                up.push(label.clone());
            } else if ends.high < 0.0 {
                down.push(label.clone());
            }
            exhibit.rows.push(Row { link: Some((label, self.outcome.clone())), ..self.row(id, found.n, vec![figure]) });
        }
        exhibit.title = words::coefficients_title(&self.outcome, &up, &down);
        exhibit.notes = vec![words::together(self.analysis.of.len()), words::no_cause()];
        exhibit.notes.extend((step > EXACT).then(|| words::rounded(Some(step))));
        Some((id, exhibit))
    }

    /// Importance beside the score of each item, where all scores are of one kind: means between the same ends, or favourable shares.
    fn field(
        &self,
        bars: &Exhibit,
        found: &Found,
        shown: &BTreeMap<String, Exhibit>,
        moments: &BTreeMap<String, Moments>,
    ) -> Option<(String, Exhibit)> {
        let shape = self.frame.shape;
        let scale = |id: &String| shape.scales.iter().find(|scale| scale.id == *id);
        let favourable = self.analysis.of.iter().all(|id| scale(id).is_none());
        let ends = self.analysis.of.first().and_then(scale).map(crate::survey::scoring::Scale::range);
        let mut turned = Vec::new();
        let mut rows = Vec::new();
        for bar in &bars.rows {
            let score = if favourable {
                shown.get(&bar.id)?.rows.iter().find(|row| row.id == EVERYBODY)?.total.clone()?
            } else {
                let scale = scale(&bar.id).filter(|scale| Some(scale.range()) == ends)?;
                let mean = moments.get(&bar.id)?.mean.clone();
                let (low, high) = scale.range();
                let low_is_good =
                    scale.items.iter().filter(|item| !scale.reversed.contains(item)).all(|item| shape.favourable(item) == Favourable::Low);
                if low_is_good {
                    turned.push(bar.label.clone());
                    let turn = |value: f64| low + high - value;
                    let interval = mean.interval.map(|own| Interval { low: turn(own.high), high: turn(own.low), ..own });
                    Figure { value: mean.value.map(turn), printed: None, interval, ..mean }
                } else {
                    mean
                }
            };
            score.value?;
            rows.push(Row { figures: vec![bar.figures.first()?.clone(), score], ..bar.clone() });
        }
        let id = format!("{}-field", self.analysis.id);
        let class = |id: &str, label: Text, place: u8| Class { id: id.to_owned(), label, tone: Tone::Category(place) };
        let classes = vec![class("share", words::share(), 0), class("score", words::field_score(favourable), 1)];
        let mut exhibit = self.frame.exhibit(&id, &words::field_asked(favourable), Kind::Quadrant, classes);
        exhibit.row_head = wording::item_head();
        exhibit.title = words::field_title(&self.outcome);
        exhibit.source = wording::source(shape, Some(found.n));
        exhibit.rows = rows;
        exhibit.details.units = vec![Unit::Percent, if favourable { Unit::Percent } else { Unit::Score }];
        exhibit.details.corners = Some(words::corners());
        exhibit.notes = vec![words::no_cause()];
        exhibit.notes.extend((!turned.is_empty()).then(|| words::turned(&turned)));
        Some((id, exhibit))
    }
}

/// How many places a step has.
fn places(step: f64) -> u32 {
    match step {
        step if step >= 1.0 => 0,
        step if step >= 0.1 => 1,
        _ => 2,
    }
}

/// In whole steps by this rounding; never −0.
fn stepped(value: f64, step: f64, round: fn(f64) -> f64) -> f64 {
    // By the number of steps in one, so that a twentieth is 0.05 and nothing else
    let in_one = libm::round(1.0 / step);
    if step >= 1.0 { round(value / step) * step + 0.0 } else { round(value * in_one) / in_one + 0.0 }
}

fn to(value: f64, step: f64) -> f64 {
    stepped(value, step, libm::round)
}

/// An interval that holds at least what it held.
fn outward(interval: Interval, step: f64) -> Interval {
    Interval { low: stepped(interval.low, step, libm::floor), high: stepped(interval.high, step, libm::ceil), ..interval }
}

fn variance(column: &[f64]) -> f64 {
    let n = column.len().max(1) as f64;
    let mean = column.iter().sum::<f64>() / n;
    column.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n
}

/// The numbers of everybody who gave all of them, a column each.
fn columns(group: &Admitted<'_>, shape: &SurveyShape, ids: &[&String]) -> Vec<Vec<f64>> {
    let partials = group.partials(|rows, members| {
        let numbers: Vec<Vec<Option<f64>>> = ids
            .iter()
            .map(|id| match shape.scales.iter().find(|scale| scale.id == **id) {
                Some(scale) => {
                    let mut items: Vec<_> = scale.items.iter().map(|item| rows.answers(item)).collect();
                    let score = |_| {
                        let answers: Vec<Option<&Answer>> = items.iter_mut().map(Iterator::next).collect();
                        scale.score_of(|item| scale.items.iter().position(|own| own == item).and_then(|place| answers[place]))
                    };
                    (0..rows.n()).map(score).collect()
                }
                None => rows.answers(id).map(number_of).collect(),
            })
            .collect();
        let mut columns: Vec<Vec<f64>> = vec![Vec::new(); ids.len()];
        for row in members.iter() {
            let whole: Option<Vec<f64>> = numbers.iter().map(|column| column.get(row).copied().flatten()).collect();
            columns.iter_mut().zip(whole.into_iter().flatten()).for_each(|(column, number)| column.push(number));
        }
        columns
    });
    let mut whole: Vec<Vec<f64>> = vec![Vec::new(); ids.len()];
    for part in partials {
        whole.iter_mut().zip(part).for_each(|(column, part)| column.extend(part));
    }
    whole
}

/// A point of a scale, or a number.
fn number_of(answer: &Answer) -> Option<f64> {
    match answer.value()? {
        Value::Choice(code) | Value::Number(code) => code.parse().ok().filter(|number: &f64| number.is_finite()),
        Value::Choices(_) | Value::Text(_) | Value::Date(_) => None,
    }
}
