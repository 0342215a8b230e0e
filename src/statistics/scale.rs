//! Scales: one score a person from several items, and how well the items agree.

use super::disclosure::Admitted;
use super::summary::Completeness;
use crate::estimate::{Agreement, Distribution, Reason};
use crate::survey::scoring::Scale;
use crate::survey::{Answer, Column, Value};
use std::collections::BTreeMap;

/// The scores of a group.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Scores {
    /// Who got a score.
    pub(super) completeness: Completeness,
    /// Their scores.
    pub(super) distribution: Distribution,
}

/// Why alpha cannot be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAlpha {
    /// It takes two items.
    OneItem,
    /// It takes two people who answered every item.
    FewPeople,
    /// Everybody has the same total.
    NoSpread,
}

/// Cronbach's alpha of those who answered every item, with Feldt's interval: that one is a function of alpha, the number of people and
/// the number of items, which are all told, so it tells nothing more. Of the items nothing else is handed on: alpha without an item, and its
/// correlation with the others, beside the figures of the items, would tell of few people.
pub(super) fn alpha(agreement: &Agreement) -> Result<(f64, Option<(f64, f64)>), NoAlpha> {
    let alpha = agreement.alpha().map(|alpha| (alpha, agreement.reliability().ok().map(|known| (known.interval.low, known.interval.high))));
    alpha.map_err(|why| match why {
        Reason::TooFewVariables => NoAlpha::OneItem,
        Reason::AllEqual => NoAlpha::NoSpread,
        _ => NoAlpha::FewPeople,
    })
}

/// Scores the people of a group.
pub(super) fn scores(group: &Admitted<'_>, scale: &Scale) -> Scores {
    let partials = group.partials(|rows, members| {
        let items: Vec<Item<'_>> =
            scale.items.iter().map(|item| Item::of(rows.column(item), |answer| scale.points_of(item, answer))).collect();
        let (mut sums, mut completeness) = (Sums::default(), Completeness::default());
        for row in members.iter() {
            let (mut sum, mut answered, mut shown, mut declined) = (0, 0, false, false);
            for state in items.iter().map(|item| item.at(row)) {
                match state {
                    State::Points(points) => (sum, answered, shown) = (u32::saturating_add(sum, points), answered + 1, true),
                    State::Declined => (shown, declined) = (true, true),
                    State::Skipped => shown = true,
                    State::NotShown => {}
                }
            }
            match (shown, declined) {
                _ if answered > 0 && answered >= scale.min_answered => sums.add(sum, answered),
                (false, _) => completeness.not_shown += 1,
                (true, true) => completeness.declined += 1,
                (true, false) => completeness.skipped += 1,
            }
        }
        (completeness, sums)
    });
    let mut whole = Scores::default();
    for (completeness, sums) in partials {
        whole.completeness.add(completeness);
        for (sum, answered, n) in sums.iter() {
            match scale.score_from(sum, answered) {
                Some(score) if whole.distribution.add(score, n) => whole.completeness.answered += n,
                _ => whole.completeness.skipped += n,
            }
        }
    }
    whole
}

/// How well the items agree, over those of a group who answered every one of them.
pub(super) fn agreement(group: &Admitted<'_>, scale: &Scale) -> Agreement {
    let partials = group.partials(|rows, members| {
        let points = |item: &String| {
            let reversed = scale.reversed.contains(item);
            Item::of(rows.column(item), |answer| point(answer, reversed, scale.points))
        };
        let items: Vec<Item<'_>> = scale.items.iter().map(points).collect();
        let (mut agreement, mut given) = (Agreement::default(), Vec::new());
        for row in members.iter() {
            given.clear();
            given.extend(
                items.iter().map_while(|item| if let State::Points(points) = item.at(row) { i16::try_from(points).ok() } else { None }),
            );
            if given.len() == items.len() {
                // A scale has as many items in every row.
                let _ = agreement.add(&given, 1);
            }
        }
        agreement
    });
    let mut whole = Agreement::default();
    partials.for_each(|part| whole.merge(&part));
    whole
}

/// What an answer to an item is to a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Points(u32),
    Skipped,
    Declined,
    NotShown,
}

/// An item: every different answer to it is read once.
struct Item<'a> {
    cells: &'a [u32],
    states: Vec<State>,
}

impl<'a> Item<'a> {
    fn of(column: Option<&'a Column>, points: impl Fn(&Answer) -> Option<u32>) -> Item<'a> {
        let state = |answer: &Answer| match answer {
            Answer::NotShown => State::NotShown,
            Answer::Declined => State::Declined,
            Answer::Skipped => State::Skipped,
            Answer::Given(_) => points(answer).map_or(State::Skipped, State::Points),
        };
        Item { cells: column.map_or(&[], Column::cells), states: column.map_or(&[][..], Column::entries).iter().map(state).collect() }
    }

    fn at(&self, row: usize) -> State {
        self.cells.get(row).map_or(State::NotShown, |cell| self.states[*cell as usize])
    }
}

/// Sums below this are counted in a table.
const TABLE: u32 = 1 << 10;

/// How many people have each sum from each number of answers.
#[derive(Debug, Default)]
struct Sums {
    table: Vec<u64>,
    tree: BTreeMap<(u32, u32), u64>,
}

impl Sums {
    fn add(&mut self, sum: u32, answered: u32) {
        if sum >= TABLE {
            *self.tree.entry((answered, sum)).or_default() += 1;
            return;
        }
        let place = (answered * TABLE + sum) as usize;
        if place >= self.table.len() {
            self.table.resize(place + 1, 0);
        }
        self.table[place] += 1;
    }

    fn iter(&self) -> impl Iterator<Item = (u32, u32, u64)> {
        let table = (0..).zip(&self.table).map(|(place, n)| (place % TABLE, place / TABLE, *n));
        table.chain(self.tree.iter().map(|((answered, sum), n)| (*sum, *answered, *n))).filter(|(_, _, n)| *n > 0)
    }
}

impl Scores {
    /// How many scores fall into each band of the scale; at the end those below the first one.
    pub(super) fn in_bands(&self, scale: &Scale) -> Vec<u64> {
        let mut counts = vec![0; scale.bands.len() + 1];
        for (score, times) in self.distribution.iter() {
            let band = scale.bands.iter().rposition(|band| band.from <= score).unwrap_or(scale.bands.len());
            counts[band] += times;
        }
        counts
    }
}

/// The points that an answer gives; none for what is not a point of the scale.
fn point(answer: &Answer, reversed: bool, points: u8) -> Option<u32> {
    let Some(Value::Choice(code)) = answer.value() else { return None };
    let point: u8 = code.parse().ok().filter(|point| (1..=points).contains(point))?;
    Some(u32::from(if reversed { points - point + 1 } else { point }))
}
