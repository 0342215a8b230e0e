//! What a difference would tell that its group itself would not: that (nearly) all of many people say one thing.
//!
//! From 95 % up a share is told as «nearly all» ([`crate::statistics::shares`]). Where everybody and all other departments are told by
//! number, the number of that department follows all the same, and so would that of people who are in no row, or who came between
//! two publications. So of the groups told by number as few as possible are hidden until no such difference is left. Of fewer than
//! 20 people «nearly all» is all of them: there nothing more would be learned. The same holds for means, where nearly all gave one
//! number: a sum that follows would tell what the others gave; and for how many were asked because of an earlier answer.

use crate::statistics::definition::Names;
use crate::statistics::shares::{Extent, extent};
use std::collections::{BTreeMap, BTreeSet};

/// Of fewer people «nearly all» are all.
const MANY: u64 = 20;

/// So often it is asked what follows from what follows.
const ROUNDS: usize = 3;

/// So many groups that follow are looked at.
const MOST: usize = 400;

/// So many parts at most, all sets of which are tried.
const MOST_PARTS: usize = 12;

/// Below this a number is nought.
const TINY: f64 = 1e-7;

/// What is told of a group by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Telling {
    /// How many chose each class, one of which everybody chose.
    Choice,
    /// How many chose each class; people could choose more than one.
    Choices,
    /// The sum of what was given; the classes are the numbers that many gave.
    Number,
    /// How many were asked, because of what they had answered: the one class.
    Asked,
}

impl Telling {
    /// Whether the number itself is told of a group, and no «nearly all» in its place.
    fn is_exact(self, one: &Told, class: usize) -> bool {
        match self {
            Telling::Choice | Telling::Choices => one.extent(class) == Some(Extent::Exact),
            Telling::Number => one.n > 0 && (0..one.counts.len()).all(|class| one.extent(class) != Some(Extent::NearlyAll)),
            Telling::Asked => one.n > 0,
        }
    }

    /// Whether the number would tell more than may be told of the group.
    fn gives_away(self, one: &Told, class: usize) -> bool {
        let (told, count) = (one.extent(class), one.counts.get(class).copied().unwrap_or(0));
        one.n >= MANY
            && match self {
                Telling::Choice | Telling::Number => told == Some(Extent::NearlyAll),
                Telling::Choices => matches!(told, Some(Extent::NearlyAll | Extent::HardlyAny)),
                // Where somebody is in the minority, so are k people or more
                Telling::Asked => count == 0 || count == one.n,
            }
    }
}

/// Groups that have nobody in common: the values of the same attributes, in the batches after one number up to another.
pub(super) type Family = (u32, u32, BTreeSet<Names>);

/// A group whose answers are told.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) family: Family,
    /// Its people, as atoms.
    pub(super) atoms: BTreeSet<u32>,
    /// How many answered.
    pub(super) n: u64,
    /// How many of them chose each class.
    pub(super) counts: Vec<u64>,
    /// Its place among the candidates of now; `None`: it was told before.
    pub(super) now: Option<usize>,
}

impl Told {
    fn extent(&self, class: usize) -> Option<Extent> {
        self.counts.get(class).filter(|_| self.n > 0).map(|count| extent(*count, self.n))
    }

    /// Its people without those of others, who are all among its own and have nobody in common.
    fn without(&self, others: &[&Told]) -> Told {
        let mut rest = self.clone();
        for other in others {
            rest.atoms.retain(|atom| !other.atoms.contains(atom));
            rest.n = rest.n.saturating_sub(other.n);
            rest.counts.iter_mut().zip(&other.counts).for_each(|(count, less)| *count = count.saturating_sub(*less));
        }
        rest
    }

    fn holds(&self, other: &Told) -> bool {
        other.n < self.n && other.atoms.is_subset(&self.atoms)
    }

    /// What is hidden where this must not be known: whether it is everybody, how many people it has, its place.
    fn blamed(&self) -> Option<(bool, u64, usize)> {
        Some((self.family.2.is_empty(), self.n, self.now?))
    }
}

/// The candidate that is to be hidden because of what a difference would tell: the smallest that helps, everybody last. `hidden`:
/// groups that are not told, but might follow from others.
pub(super) fn to_hide(told: &[Told], hidden: &[Told], telling: Telling) -> Option<usize> {
    let classes = told.first().map_or(0, |one| one.counts.len());
    (0..classes).filter_map(|class| in_class(told, hidden, class, telling)).min().map(|(_, _, place)| place)
}

/// What is to be hidden because of one class: whether it is everybody, how many people it has, its place.
fn in_class(told: &[Told], hidden: &[Told], class: usize, telling: Telling) -> Option<(bool, u64, usize)> {
    let exact: Vec<&Told> = told.iter().filter(|one| telling.is_exact(one, class)).collect();
    // Those who came between two publications
    let between = exact.iter().filter(|one| one.now.is_some()).flat_map(|later| {
        let before = exact.iter().filter(|one| one.now.is_none() && one.family.2 == later.family.2 && later.holds(one));
        before.map(|before| Told { family: (before.family.1, later.family.1, later.family.2.clone()), ..later.without(&[before]) })
    });
    let between: Vec<Told> = between.collect();
    let told_exactly = exact.clone();
    let mut all: Vec<Told> = exact.into_iter().cloned().chain(between.iter().cloned()).collect();
    let mut found: Vec<(bool, u64, usize)> = all.iter().filter(|one| telling.gives_away(one, class)).filter_map(Told::blamed).collect();
    // What follows from these, and what follows from that
    for _ in 0..ROUNDS {
        let mut families: BTreeMap<&Family, Vec<&Told>> = BTreeMap::new();
        all.iter().for_each(|one| families.entry(&one.family).or_default().push(one));
        let mut follows: BTreeMap<BTreeSet<u32>, Told> = BTreeMap::new();
        let wholes = all.iter().map(|whole| (whole, true)).chain(hidden.iter().map(|whole| (whole, false)));
        for (whole, is_known) in wholes {
            for family in families.values() {
                let inside: Vec<&Told> = family.iter().copied().filter(|one| whole.holds(one)).collect();
                if inside.is_empty() {
                    continue;
                }
                let least = inside.iter().copied().chain(is_known.then_some(whole)).filter_map(Told::blamed).min();
                let rest = whole.without(&inside);
                if is_known && telling.gives_away(&rest, class) {
                    found.extend(least);
                }
                // A group that is not told is known where all of its parts are; what is left of one that is may be another
                let known = if is_known { rest } else { Told { n: if rest.n == 0 { whole.n } else { 0 }, ..whole.clone() } };
                if known.n > 0 && telling.is_exact(&known, class) {
                    let known = Told { now: least.map(|(_, _, place)| place), ..known };
                    let alike = hidden.iter().find(|one| one.atoms == known.atoms).map(|one| one.family.clone());
                    let family =
                        alike.unwrap_or_else(|| (known.family.0, known.family.1, BTreeSet::from([vec![format!("{:?}", known.atoms)]])));
                    follows.entry(known.atoms.clone()).or_insert(Told { family, ..known });
                }
            }
        }
        let there: BTreeSet<BTreeSet<u32>> = all.iter().map(|one| one.atoms.clone()).collect();
        let before = all.len();
        all.extend(follows.into_values().filter(|one| !there.contains(&one.atoms)));
        if all.len() == before || all.len() > MOST {
            break;
        }
    }
    found.into_iter().min().or_else(|| of_every_set(&told_exactly, class, telling))
}

/// The same by trying every set of people whom the rows part, where these are few.
fn of_every_set(rows: &[&Told], class: usize, telling: Telling) -> Option<(bool, u64, usize)> {
    let people: BTreeSet<u32> = rows.iter().flat_map(|row| row.atoms.iter().copied()).collect();
    let patterns: BTreeSet<Vec<bool>> = people.iter().map(|atom| rows.iter().map(|row| row.atoms.contains(atom)).collect()).collect();
    if patterns.len() > MOST_PARTS || rows.is_empty() {
        return None;
    }
    let line = |place: usize, row: &Told| {
        let count = row.counts.get(class).copied().unwrap_or(0);
        patterns.iter().map(|held| f64::from(u8::from(held[place]))).chain([row.n as f64, count as f64]).collect::<Vec<f64>>()
    };
    let lines: Vec<Vec<f64>> = rows.iter().enumerate().map(|(place, row)| line(place, row)).collect();
    let steps = echelon(lines.clone(), patterns.len());
    let before = rows.iter().zip(&lines).filter(|(row, _)| row.now.is_none()).map(|(_, line)| line.clone());
    let old = echelon(before.collect(), patterns.len());
    (1_usize..1 << patterns.len()).find_map(|set| {
        let (n, count) = known(&steps, set, patterns.len())?;
        let rest = Told { family: Family::default(), atoms: BTreeSet::new(), n, counts: vec![count], now: None };
        let decisive = |place: &usize| {
            let others = lines.iter().enumerate().filter(|(other, _)| other != place).map(|(_, line)| line.clone()).collect();
            known(&echelon(others, patterns.len()), set, patterns.len()).is_none()
        };
        if !telling.gives_away(&rest, 0) || known(&old, set, patterns.len()).is_some() {
            return None;
        }
        let least = |holds: &dyn Fn(&usize) -> bool| (0..rows.len()).filter(holds).filter_map(|place| rows[place].blamed()).min();
        // Where it follows in more than one way, one of them after the other
        least(&decisive).or_else(|| least(&|_| true))
    })
}

/// What is left of a line once multiples of others are taken from it.
fn less(line: &mut [f64], other: &[f64], times: f64) {
    line.iter_mut().zip(other).for_each(|(entry, less)| *entry -= times * less);
}

/// The lines so that each begins further right than the one before; only the first so many entries count.
fn echelon(mut lines: Vec<Vec<f64>>, columns: usize) -> Vec<(usize, Vec<f64>)> {
    let mut steps: Vec<(usize, Vec<f64>)> = Vec::new();
    for column in 0..columns {
        let Some(place) = (0..lines.len()).max_by(|one, other| lines[*one][column].abs().total_cmp(&lines[*other][column].abs())) else {
            break;
        };
        if lines[place][column].abs() < TINY {
            continue;
        }
        let step = lines.swap_remove(place);
        for line in &mut lines {
            let times = line[column] / step[column];
            less(line, &step, times);
        }
        steps.push((column, step));
    }
    steps
}

/// How many people a set has and how many of them chose the class, where that follows from the lines.
fn known(steps: &[(usize, Vec<f64>)], set: usize, columns: usize) -> Option<(u64, u64)> {
    let mut line: Vec<f64> = (0..columns).map(|place| f64::from(u8::from(set >> place & 1 == 1))).chain([0.0, 0.0]).collect();
    for (column, step) in steps {
        let times = line[*column] / step[*column];
        less(&mut line, step, times);
    }
    let whole = |at: usize| (-line[at]).round().max(0.0) as u64;
    line[..columns].iter().all(|entry| entry.abs() < TINY).then(|| (whole(columns), whole(columns + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(attribute: &str, until: u32, atoms: std::ops::Range<u32>, counts: [u64; 2], now: Option<usize>) -> Told {
        let names = Some(vec![attribute.to_owned()]).filter(|_| !attribute.is_empty());
        Told { family: (0, until, names.into_iter().collect()), atoms: atoms.collect(), n: counts.iter().sum(), counts: counts.into(), now }
    }

    #[test]
    fn a_department_of_one_mind_does_not_follow_from_the_others() {
        let everybody = told("", 1, 0..3, [50, 30], Some(0));
        let (alike, mixed, small) =
            (told("team", 1, 0..1, [25, 0], Some(1)), told("team", 1, 1..2, [15, 15], Some(2)), told("team", 1, 2..3, [10, 15], Some(3)));
        assert_eq!(
            to_hide(&[everybody.clone(), alike.clone(), mixed.clone(), small.clone()], &[], Telling::Choice),
            Some(3),
            "the smallest that helps"
        );
        assert_eq!(
            to_hide(&[everybody.clone(), alike.clone(), mixed.clone()], &[], Telling::Choice),
            None,
            "25 of 25 and 10 of 25 together"
        );
        // Hidden itself it follows, too
        assert_eq!(to_hide(&[everybody, mixed, small], &[], Telling::Choice), Some(3));
        let few = told("team", 1, 0..1, [12, 0], Some(1));
        let rest = [told("", 1, 0..2, [27, 15], Some(0)), few, told("team", 1, 1..2, [15, 15], Some(2))];
        assert_eq!(to_hide(&rest, &[], Telling::Choice), None, "of twelve, nearly all are all: the row itself says so");
    }

    #[test]
    fn nor_do_those_who_came_between_two_publications() {
        let before = told("", 1, 0..1, [10, 10], None);
        assert_eq!(to_hide(&[before.clone(), told("", 2, 0..2, [32, 10], Some(0))], &[], Telling::Choice), Some(0));
        assert_eq!(to_hide(&[before.clone(), told("", 2, 0..2, [22, 20], Some(0))], &[], Telling::Choice), None);
        // Hardly any of those who could choose several
        let (before, now) = (told("", 1, 0..1, [10, 12], None), told("", 2, 0..2, [10, 30], Some(0)));
        let now = Told { n: 44, ..now };
        let before = Told { n: 20, ..before };
        assert_eq!(
            (to_hide(&[before.clone(), now.clone()], &[], Telling::Choice), to_hide(&[before, now], &[], Telling::Choices)),
            (None, Some(0))
        );
    }
}
