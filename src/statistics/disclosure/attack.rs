//! The attacker in the build: a second look at everything ever published, by another way than that of the choice.
//!
//! `search.rs` combines rows. This asks of every set of few people whether the rows part it from the others: with `D` the vectors
//! that every published row is blind to, a set of atoms can be told (as a sum with some weights) exactly where the rows of `D`
//! at these atoms depend on each other. It works from the ledger and the stored batches alone, person by person, over the
//! integers modulo 2^61 − 1. A find here means that the choice has a fault: the build stops, and nothing is shown.
//!
//! Its limits: sets of more than [`MOST_SETS`] candidates are not all tried, the smallest come first; and groups of which people
//! have left are taken as they were, so that only what does not rest on those people is found.

use super::parted::Parted;
use super::rules::Rules;
use crate::language::Words;
use crate::statistics::definition::{Line, People, Segment};
use crate::statistics::ledger::{Detail, Ledger, Publication};
use crate::survey::{Answer, Batch, Column, Value};
use std::collections::{BTreeMap, BTreeSet};

/// So many sets of atoms are tried at most.
const MOST_SETS: usize = 100_000;

const PRIME: u64 = (1 << 61) - 1;

/// People who could be told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Find {
    /// The survey's id.
    pub survey: String,
    /// The published group without which they could not.
    pub group: String,
    /// How many they are fewer than.
    pub fewer_than: u64,
}

impl Find {
    /// What happened, for whoever builds.
    #[must_use]
    pub fn words(&self) -> Words {
        let Find { survey, group, fewer_than } = self;
        Words::new(
            format!(
                "アンケート「{survey}」の集計を組み合わせると、{fewer_than}人に満たない人の答えが計算できてしまいます（手がかりになる集まり：{group}）。何も公開していません。shirube の不具合です。お知らせください"
            ),
            format!(
                "the figures of {survey}, put together, would tell the answers of fewer than {fewer_than} people (by the group {group}). Nothing was published. This is a fault of shirube; please report it"
            ),
        )
    }
}

/// One published line.
struct Told {
    until: u32,
    line: Line,
    n: u64,
    new: bool,
}

/// Tries to tell few people apart with all that is in the ledger and in what is to be published now. `sensitive`: the stored names of the
/// variables of which nothing may be told of fewer than ten people.
#[must_use]
pub fn attack(rules: &Rules, sensitive: &BTreeSet<String>, batches: &[Batch], ledger: &Ledger, new: &Publication) -> Option<Find> {
    let before = ledger.of(&new.survey).map(|publication| (publication, false));
    let mut families: BTreeMap<(bool, u8, usize), Vec<Told>> = BTreeMap::new();
    let mut variables: Vec<(u8, BTreeSet<String>)> = Vec::new();
    for (publication, new) in before.chain([(new, true)]) {
        for (key, n) in &publication.groups {
            let (key, word) = key.split_once(';').map_or((key.as_str(), ""), |(key, word)| (key, word));
            let fine = word == Detail::Fine.word();
            let Some(line) = Line::read(key) else { continue };
            // A relation told to its last place is taken for the sum of each answer in it
            let summed: Vec<People> = match &line.people {
                People::Together(all) if word == Detail::Exact.word() => all.iter().cloned().collect(),
                _ if fine || word.is_empty() => vec![line.people.clone()],
                _ => continue,
            };
            for people in summed {
                let names: BTreeSet<String> = people.names().into_iter().cloned().collect();
                let kind = match people {
                    People::All => 0,
                    People::Shown(_) | People::Rest(..) => continue,
                    People::Counted(_) => 1,
                    People::Any(_) => 2,
                    People::Answered(..) | People::Number(_) => 3,
                    People::Together(_) => 4,
                };
                // Of two relations with something in common nothing can be subtracted unless all of it is
                let alike = |all: &BTreeSet<String>| if kind == 4 { *all == names } else { all.is_empty() || !all.is_disjoint(&names) };
                let known = variables.iter().position(|(own, all)| *own == kind && alike(all));
                let place = known.unwrap_or(variables.len());
                match variables.get_mut(place) {
                    Some((_, all)) => all.extend(names),
                    None => variables.push((kind, names)),
                }
                let told = Told { until: publication.batches, line: line.clone(), n: *n, new };
                families.entry((fine, kind, place)).or_default().push(told);
            }
        }
    }
    let people = Crowd::of(&new.survey, batches, families.values().flatten());
    families.into_iter().find_map(|((fine, _, _), told)| {
        let find = |told: &[Told], least: u64| {
            let group = people.find(told, least)?;
            Some(Find { survey: new.survey.clone(), group, fewer_than: least })
        };
        let least = if fine { rules.fine_minimum } else { rules.k };
        find(&told, least).or_else(|| {
            let is_sensitive = |told: &Told| told.line.people.names().into_iter().any(|name| sensitive.contains(name));
            let more = least.max(rules.sensitive_minimum);
            let told: Vec<Told> = told.into_iter().filter(is_sensitive).collect();
            if more > least && told.iter().any(|told| told.new) { find(&told, more) } else { None }
        })
    })
}

/// The people of all batches, and to which segments each belongs.
struct Crowd<'b> {
    segments: Vec<Segment>,
    /// Each batch, its rows parted by the segments they belong to, and the pattern of each part.
    batches: Vec<(&'b Batch, Parted, Vec<u32>)>,
    patterns: Vec<Vec<bool>>,
}

impl<'b> Crowd<'b> {
    fn of<'t>(survey: &str, batches: &'b [Batch], told: impl Iterator<Item = &'t Told>) -> Crowd<'b> {
        let segments: Vec<Segment> = told.map(|told| told.line.segment.clone()).collect::<BTreeSet<_>>().into_iter().collect();
        let mut crowd = Crowd { segments, batches: Vec::new(), patterns: Vec::new() };
        let mut known: BTreeMap<Vec<bool>, u32> = BTreeMap::new();
        for batch in batches.iter().filter(|batch| batch.survey == survey) {
            let n = usize::try_from(batch.n).unwrap_or(0);
            let belongs: Vec<Vec<bool>> = crowd.segments.iter().map(|segment| belongs(batch, n, segment)).collect();
            let parts = belongs.iter().fold(Parted::one(n), |parts, own| parts.by(own.iter().map(|own| u32::from(*own)), 2));
            let own = parts.first().iter().map(|row| {
                let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                *known.entry(belongs.iter().map(|own| own[*row]).collect()).or_insert(next)
            });
            let own = own.collect();
            crowd.batches.push((batch, parts, own));
        }
        let mut patterns: Vec<(Vec<bool>, u32)> = known.into_iter().collect();
        patterns.sort_by_key(|(_, place)| *place);
        crowd.patterns = patterns.into_iter().map(|(pattern, _)| pattern).collect();
        crowd
    }

    /// The group without which fewer than `least` people could not be told apart, if they can.
    fn find(&self, told: &[Told], least: u64) -> Option<String> {
        let mut atoms: BTreeMap<Vec<bool>, u64> = BTreeMap::new();
        for (batch, by_segment, patterns) in &self.batches {
            let mut kinds: BTreeMap<&People, Vec<bool>> = BTreeMap::new();
            told.iter().for_each(|told| {
                kinds.entry(&told.line.people).or_insert_with(|| told.line.people.rows(batch));
            });
            let parts = kinds.values().fold(by_segment.clone(), |parts, own| parts.by(own.iter().map(|own| u32::from(*own)), 2));
            let alike = |row: &usize| -> (u32, Vec<bool>) {
                (patterns[by_segment.of()[*row] as usize], kinds.values().map(|own| own[*row]).collect())
            };
            let order: Vec<&&People> = kinds.keys().collect();
            for ((pattern, kinds), n) in parts.first().iter().map(alike).zip(parts.sizes()) {
                let holds = |told: &Told| {
                    let segment = self.segments.iter().position(|one| *one == told.line.segment);
                    let kind = order.iter().position(|one| ***one == told.line.people);
                    batch.number <= told.until
                        && segment.is_some_and(|place| self.patterns[pattern as usize][place])
                        && kind.is_some_and(|place| kinds[place])
                };
                *atoms.entry(told.iter().map(holds).collect()).or_default() += n;
            }
        }
        let atoms: Vec<(Vec<bool>, u64)> = atoms.into_iter().filter(|(held, _)| held.contains(&true)).collect();
        // Those who left are one more atom of their row, of which nothing may be told
        let rows: Vec<Vec<u64>> = (0..told.len())
            .map(|row| {
                let there: u64 = atoms.iter().filter(|(held, _)| held[row]).map(|(_, n)| n).sum();
                let gone = (0..told.len()).map(|other| u64::from(other == row && there != told[row].n));
                atoms.iter().map(|(held, _)| u64::from(held[row])).chain(gone).collect()
            })
            .collect();
        let weights: Vec<u64> = atoms.iter().map(|(_, n)| *n).collect();
        let of = |passes: &dyn Fn(usize) -> bool| -> Vec<Vec<u64>> {
            rows.iter().enumerate().filter(|(place, _)| passes(*place)).map(|(_, row)| row.clone()).collect()
        };
        let blind = blind(of(&|_| true), weights.len() + told.len());
        let old = self::blind(of(&|place| !told[place].new), weights.len() + told.len());
        let mut hunt = Hunt { weights: &weights, blind: &blind, old: &old, least, tried: 0 };
        let set = hunt.hunt()?;
        let without = |one: usize| self::blind(of(&|place| place != one), weights.len() + told.len());
        let decisive = (0..told.len()).filter(|place| told[*place].new && !depend(&without(*place), &set));
        let decisive = decisive.min_by_key(|place| (told[*place].n, *place));
        let named = decisive.or_else(|| told.iter().position(|told| told.new))?;
        Some(told[named].line.to_string())
    }
}

/// Which rows of a batch belong to a segment.
fn belongs(batch: &Batch, n: usize, segment: &Segment) -> Vec<bool> {
    let mut all = vec![true; n];
    for chosen in &segment.0 {
        let columns: Vec<&Column> = chosen.names.iter().filter_map(|name| batch.columns.get(name)).collect();
        let holds = |answer: &Answer| matches!(answer.value(), Some(Value::Choice(code)) if chosen.codes.contains(code));
        let held: Vec<Vec<bool>> = columns.iter().map(|column| column.entries().iter().map(holds).collect()).collect();
        for (row, own) in all.iter_mut().enumerate() {
            let given = columns.iter().zip(&held).filter(|(column, _)| column.get(row).is_some_and(|answer| answer.value().is_some()));
            *own &= given.map(|(column, held)| held[column.cells()[row] as usize]).next().unwrap_or(false);
        }
    }
    all
}

/// Looks for sets of few people that can be told.
struct Hunt<'h> {
    weights: &'h [u64],
    blind: &'h [Vec<u64>],
    old: &'h [Vec<u64>],
    least: u64,
    tried: usize,
}

impl Hunt<'_> {
    fn hunt(&mut self) -> Option<Vec<usize>> {
        let mut small: Vec<usize> = (0..self.weights.len()).filter(|atom| self.weights[*atom] < self.least).collect();
        small.sort_by_key(|atom| (self.weights[*atom], *atom));
        // One atom, then two, and so on
        let most = usize::try_from(self.least).unwrap_or(usize::MAX).min(small.len() + 1);
        (1..most).find_map(|size| self.extend(&small, 0, size, &mut Vec::new(), 0))
    }

    fn extend(&mut self, small: &[usize], from: usize, size: usize, set: &mut Vec<usize>, people: u64) -> Option<Vec<usize>> {
        if set.len() == size {
            self.tried += 1;
            let found = depend(self.blind, set) && !depend(self.old, set);
            return found.then(|| set.clone());
        }
        for place in from..small.len() {
            let people = people + self.weights[small[place]];
            if people >= self.least || self.tried > MOST_SETS {
                break;
            }
            set.push(small[place]);
            let found = self.extend(small, place + 1, size, set, people);
            set.pop();
            if found.is_some() {
                return found;
            }
        }
        None
    }
}

fn times(a: u64, b: u64) -> u64 {
    u64::try_from(u128::from(a) * u128::from(b) % u128::from(PRIME)).unwrap_or(0)
}

fn minus(a: u64, b: u64) -> u64 {
    if a >= b { a - b } else { a + PRIME - b }
}

fn inverse(a: u64) -> u64 {
    let (mut result, mut base, mut power) = (1, a, PRIME - 2);
    while power > 0 {
        if power & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        power >>= 1;
    }
    result
}

/// For every column a row: its entries in the vectors that all the rows are blind to.
fn blind(mut rows: Vec<Vec<u64>>, columns: usize) -> Vec<Vec<u64>> {
    let mut pivots: Vec<usize> = Vec::new();
    for column in 0..columns {
        let done = pivots.len();
        let Some(place) = (done..rows.len()).find(|row| rows[*row][column] != 0) else { continue };
        rows.swap(done, place);
        let scale = inverse(rows[done][column]);
        rows[done].iter_mut().for_each(|entry| *entry = times(*entry, scale));
        let pivot = rows[done].clone();
        for (place, row) in rows.iter_mut().enumerate() {
            let factor = row[column];
            if place != done && factor != 0 {
                row.iter_mut().zip(&pivot).for_each(|(entry, pivot)| *entry = minus(*entry, times(factor, *pivot)));
            }
        }
        pivots.push(column);
    }
    let free: Vec<usize> = (0..columns).filter(|column| !pivots.contains(column)).collect();
    (0..columns)
        .map(|column| match pivots.iter().position(|pivot| *pivot == column) {
            Some(row) => free.iter().map(|free| minus(0, rows[row][*free])).collect(),
            None => free.iter().map(|free| u64::from(*free == column)).collect(),
        })
        .collect()
}

/// Whether the rows of these columns depend on each other.
fn depend(blind: &[Vec<u64>], set: &[usize]) -> bool {
    let mut rows: Vec<Vec<u64>> = set.iter().filter_map(|column| blind.get(*column).cloned()).collect();
    let width = rows.first().map_or(0, Vec::len);
    let mut rank = 0;
    for column in 0..width {
        let Some(place) = (rank..rows.len()).find(|row| rows[*row][column] != 0) else { continue };
        rows.swap(rank, place);
        let scale = inverse(rows[rank][column]);
        let pivot: Vec<u64> = rows[rank].iter().map(|entry| times(*entry, scale)).collect();
        for row in rows.iter_mut().skip(rank + 1) {
            let factor = row[column];
            if factor != 0 {
                row.iter_mut().zip(&pivot).for_each(|(entry, pivot)| *entry = minus(*entry, times(factor, *pivot)));
            }
        }
        rank += 1;
        if rank == rows.len() {
            return false;
        }
    }
    rank < rows.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A batch of people of these teams, so many each.
    fn batch(number: u32, teams: &[(&str, usize)]) -> Batch {
        let people = teams.iter().flat_map(|(team, n)| std::iter::repeat_n(Answer::Given(Value::Choice((*team).to_owned())), *n));
        let column: Vec<Answer> = people.collect();
        Batch {
            survey: "s".into(),
            number,
            n: column.len() as u64,
            columns: [("team".to_owned(), column.into())].into(),
            ..Batch::default()
        }
    }

    fn publication(batches: u32, groups: &[(&str, u64)]) -> Publication {
        let groups = groups.iter().map(|(key, n)| ((*key).to_owned(), *n)).collect();
        Publication { survey: "s".into(), batches, groups }
    }

    #[test]
    fn what_is_left_over_is_found() {
        let rules = Rules::of(5, false, false);
        let batches = [batch(1, &[("a", 20), ("b", 9), ("c", 3)]), batch(2, &[("a", 1), ("b", 6)])];
        let none = Ledger::default();
        let all = publication(1, &[("everybody", 32), ("chose:team=a", 20), ("chose:team=b", 9)]);
        let found = attack(&rules, &none_sensitive(), &batches, &none, &all).expect("the three of c");
        assert_eq!((found.fewer_than, found.survey.as_str()), (5, "s"));
        let fewer = publication(1, &[("everybody", 32), ("chose:team=a", 20)]);
        assert_eq!(attack(&rules, &none_sensitive(), &batches, &none, &fewer), None);
        // One more in team a between two builds
        let later = publication(2, &[("everybody", 39), ("chose:team=a", 21)]);
        let found = attack(&rules, &none_sensitive(), &batches, &Ledger::new([fewer.clone()]), &later).expect("the one who came");
        assert_eq!(found.group, "chose:team=a");
        let later = publication(2, &[("everybody", 39)]);
        assert_eq!(attack(&rules, &none_sensitive(), &batches, &Ledger::new([fewer]), &later), None);
        // What was told before is no fault of this build
        assert_eq!(attack(&rules, &none_sensitive(), &batches, &Ledger::new([all.clone()]), &all), None);
    }

    fn none_sensitive() -> BTreeSet<String> {
        BTreeSet::new()
    }

    #[test]
    fn of_a_sensitive_question_nothing_is_told_of_fewer_than_ten() {
        let rules = Rules::of(5, false, true);
        let batches = [batch(1, &[("a", 20), ("b", 7)])];
        let all = publication(1, &[("everybody/answered:team=a|b", 27), ("chose:team=a/answered:team=a|b", 20)]);
        let sensitive = BTreeSet::from(["team".to_owned()]);
        let found = attack(&rules, &sensitive, &batches, &Ledger::default(), &all).expect("the seven of b");
        assert_eq!(found.fewer_than, 10);
        assert_eq!(attack(&rules, &none_sensitive(), &batches, &Ledger::default(), &all), None, "seven are enough elsewhere");
        let later = publication(2, &[("everybody/answered:team=a|b", 36)]);
        let more = [batches[0].clone(), batch(2, &[("a", 9)])];
        let ledger = Ledger::new([publication(1, &[("everybody/answered:team=a|b", 27)])]);
        assert!(attack(&rules, &sensitive, &more, &ledger, &later).is_some(), "the nine who came");
        assert_eq!(attack(&rules, &none_sensitive(), &more, &ledger, &later), None);
    }

    #[test]
    fn half_a_sum_is_found() {
        let rules = Rules::of(5, false, false);
        let batches = [batch(1, &[("a", 9), ("b", 9), ("c", 3)])];
        let ring = publication(1, &[("chose:team=a|b", 18), ("chose:team=b|c", 12), ("chose:team=a|c", 12)]);
        assert!(
            attack(&rules, &none_sensitive(), &batches, &Ledger::default(), &ring).is_some(),
            "two times the three are the sum of two less the third"
        );
    }
}
