//! One sum by segment: which of its groups may be shown, how finely, and to which place.

use super::build::{Classes, Count, Gone, Standing};
use super::choose::choose;
use super::earlier::Shown;
use super::request::{Asked, Judge, costs};
use super::system::System;
use super::unanimous::{self, Telling, to_hide};
use crate::statistics::definition::{People, Segment};
use crate::statistics::ledger::Detail;
use crate::statistics::measured::Measured;
use crate::statistics::numbers::Numbers;
use std::collections::BTreeSet;

/// Fewer people with one number are not nearly all of 20.
const MANY_ALIKE: u64 = 19;

/// One sum, with all that was shown of it.
pub(super) struct Sum<'s, 'c, 'a> {
    pub(super) judge: &'s Judge<'s>,
    pub(super) measured: &'s Measured,
    pub(super) count: &'s Count<'c, 'a>,
    pub(super) now: u32,
    pub(super) earlier: Vec<Shown>,
}

impl Sum<'_, '_, '_> {
    /// What was shown before of this sum, or of the `people` that its lines stand for.
    fn system(&self, minimum: u64, detail: Option<Detail>, people: impl Fn(&Shown) -> Option<Vec<People>>) -> System {
        let mut system = self.count.system(minimum);
        system.lost |= self.judge.earlier.lost;
        let whole = |shown: &Shown| {
            let alike = |one: &&Shown| one.until == shown.until && one.line.segment == shown.line.segment;
            // Of several publications with one number the one that has lost most
            let all = self.judge.earlier.people(None).filter(alike).map(|one| self.count.stands(one));
            all.reduce(|one, other| match (one, other) {
                (Standing::Less(one), Standing::Less(other)) => Standing::Less(one.max(other)),
                _ => Standing::Unknown,
            })
        };
        let mut gone = Gone::default();
        for shown in self.earlier.iter().filter(|shown| shown.detail == detail && self.was_shown(shown)) {
            for people in people(shown).into_iter().flatten() {
                gone.enter(&mut system, self.count, shown, &people, whole(shown).unwrap_or(Standing::Unknown));
            }
        }
        system
    }

    fn was_shown(&self, shown: &Shown) -> bool {
        let size = |people: &People| self.count.size(shown.until, &shown.line.segment, people);
        !shown.if_all_shown || size(&self.measured.shown) == size(&People::All)
    }

    fn candidates(&self, segments: &[(Asked, u64)], people: &[&People]) -> Vec<Vec<Vec<u32>>> {
        let rows = |asked: &Asked| people.iter().map(|people| self.count.atoms(self.now, &asked.segment, people)).collect();
        segments.iter().map(|(asked, _)| rows(asked)).collect()
    }

    /// Which of the segments have at least so many people whose answers are summed.
    fn enough(&self, segments: &[(Asked, u64)], minimum: u64) -> Vec<bool> {
        segments.iter().map(|(asked, _)| self.count.size(self.now, &asked.segment, &self.measured.people) >= minimum).collect()
    }

    /// Which of the segments may be shown.
    pub(super) fn kept(&self, segments: &[(Asked, u64)]) -> Vec<bool> {
        let (rules, measured) = (self.judge.rules, self.measured);
        // From mean and deviation of few people follows how many chose each point of one item
        let of_one_item = measured.numbers.as_ref().is_some_and(Numbers::is_of_one_item);
        let minimum = rules.minimum(measured.sensitive).max(if of_one_item { rules.fine_minimum } else { 0 });
        let mut main = self.system(minimum, None, |shown| Some(vec![shown.line.people.clone()]));
        main.now = self.candidates(segments, &[&measured.people]);
        let enough = self.enough(segments, main.minimum.max(measured.least));
        chosen(std::iter::once(main).chain(self.not_asked(segments)).collect(), &enough, segments)
    }

    /// Of those that are shown, which may be told to the last place, although the parts of the sum are told, too.
    pub(super) fn exact(&self, segments: &[(Asked, u64)], kept: &[bool]) -> Vec<bool> {
        if self.measured.rests.is_empty() {
            return vec![false; segments.len()];
        }
        let systems = self.measured.rests.iter().map(|rest| {
            let alike = |shown: &Shown| match (&shown.line.people, rest) {
                (People::Counted(items), People::Rest(_, of)) => Some(vec![People::Rest(items.clone(), *of)]),
                _ => None,
            };
            let mut system = self.system(self.judge.rules.k, Some(Detail::Exact), alike);
            system.now = self.candidates(segments, &[rest]);
            system
        });
        chosen(systems.collect(), kept, segments)
    }

    /// Those who were asked and those who were not: what became of a question is told of both.
    fn not_asked(&self, segments: &[(Asked, u64)]) -> Option<System> {
        let both = [&People::All, &self.measured.shown];
        let now = self.candidates(segments, &both);
        let asked = |one: &Shown, people: &People| self.count.atoms(one.until, &one.line.segment, people);
        let all_then = self.earlier.iter().all(|one| asked(one, both[0]) == asked(one, both[1]));
        if all_then && now.iter().all(|rows| rows.windows(2).all(|pair| pair[0] == pair[1])) {
            return None;
        }
        let mut system = self.system(self.judge.rules.k, None, |_| Some(vec![People::All, self.measured.shown.clone()]));
        system.now = now;
        Some(system)
    }

    /// Of those that are shown, which may be in more than three classes.
    pub(super) fn fine(&self, segments: &[(Asked, u64)], kept: &[bool]) -> Vec<bool> {
        let minimum = self.judge.rules.fine_minimum;
        if !self.measured.fine {
            return vec![false; segments.len()];
        }
        let mut system = self.system(minimum, Some(Detail::Fine), |shown| Some(vec![shown.line.people.clone()]));
        system.now = self.candidates(segments, &[&self.measured.people]);
        let enough: Vec<bool> = self.enough(segments, minimum).into_iter().zip(kept).map(|(enough, kept)| enough && *kept).collect();
        let mut fine = chosen(vec![system], &enough, segments);
        // The rows of one exhibit have the same classes: all of them are fine, with everybody, or none
        let attributes = |asked: &Asked| asked.segment.0.iter().map(|chosen| chosen.names.clone()).collect::<BTreeSet<_>>();
        let coarse: BTreeSet<_> = segments
            .iter()
            .enumerate()
            .filter(|(index, _)| kept[*index] && !fine[*index])
            .map(|(_, (asked, _))| attributes(asked))
            .collect();
        for (fine, (asked, _)) in fine.iter_mut().zip(segments) {
            *fine &= !coarse.contains(&attributes(asked)) && !coarse.contains(&BTreeSet::new());
        }
        fine
    }

    /// Hides what would tell of many people, by a difference, that they say one thing.
    pub(super) fn hide_what_is_given_away(&self, segments: &[(Asked, u64)], kept: &mut [bool], fine: &[bool]) {
        // Nothing follows from one row
        if kept.iter().filter(|kept| **kept).count() + self.earlier.len() < 2 {
            return;
        }
        let (census, measured) = (self.judge.census, self.measured);
        let cuts: BTreeSet<u32> = self.earlier.iter().map(|shown| shown.until).chain([self.now]).collect();
        if let People::Answered(names, _) = &measured.people {
            let finer = fine.iter().zip(kept.iter()).any(|(fine, kept)| *fine && *kept);
            let classes = measured.classes.iter().take(if finer { 2 } else { 1 }).flatten();
            let classes: Vec<People> = classes.map(|codes| People::Answered(names.clone(), codes.clone())).collect();
            let telling = if measured.several { Telling::Choices } else { Telling::Choice };
            self.hide(segments, kept, &Classes::of_people(census, &classes, &cuts), telling);
        }
        if let Some(numbers) = &measured.numbers {
            self.hide(segments, kept, &Classes::of_numbers(census, numbers, MANY_ALIKE, &cuts), Telling::Number);
        }
        let size = |people: &People| self.count.size(self.now, &Segment::default(), people);
        // Where everybody was asked it is known of everybody, and of each group
        if measured.asked_by_answers && size(&measured.shown) != size(&People::All) {
            let asked = Classes::of_people(census, std::slice::from_ref(&measured.shown), &cuts);
            self.hide(segments, kept, &asked, Telling::Asked);
        }
    }

    /// Hides what gives one of these classes away.
    fn hide(&self, segments: &[(Asked, u64)], kept: &mut [bool], classes: &Classes<'_, '_>, telling: Telling) {
        if classes.number == 0 {
            return;
        }
        // Of whom the classes are a part
        fn among(telling: Telling, people: &People) -> &People {
            if telling == Telling::Asked { &People::All } else { people }
        }
        let told = |segment: &Segment, until: u32, people: &People, now: Option<usize>| unanimous::Told {
            family: (0, until, segment.0.iter().map(|chosen| chosen.names.clone()).collect()),
            atoms: self.count.atoms(until, segment, among(telling, people)).into_iter().collect(),
            n: self.count.size(until, segment, among(telling, people)),
            counts: classes.sizes(until, segment),
            now,
        };
        // Where people have left since, nothing follows from it
        let stands = |shown: &&Shown| shown.detail.is_none() && self.was_shown(shown) && self.count.stands(shown) == Standing::Less(0);
        let before: Vec<&Shown> = self.earlier.iter().filter(stands).collect();
        let again = |segment: &Segment| before.iter().any(|shown| shown.until == self.now && shown.line.segment == *segment);
        let mut all: Vec<unanimous::Told> =
            before.iter().map(|shown| told(&shown.line.segment, shown.until, &shown.line.people, None)).collect();
        let new = segments.iter().enumerate().filter(|(place, (asked, _))| kept[*place] && !again(&asked.segment));
        all.extend(new.map(|(place, (asked, _))| told(&asked.segment, self.now, &self.measured.people, Some(place))));
        let unseen = |place: usize| told(&segments[place].0.segment, self.now, &self.measured.people, None);
        let mut hidden: Vec<unanimous::Told> = (0..segments.len()).filter(|place| !kept[*place]).map(unseen).collect();
        while let Some(place) = to_hide(&all, &hidden, telling) {
            kept[place] = false;
            all.retain(|one| one.now != Some(place));
            hidden.push(unseen(place));
        }
    }

    /// The last publication of a segment that would be the same if it were counted again: its number, and what was shown of it.
    pub(super) fn as_before(&self, segment: &Segment) -> Option<(u32, Vec<Detail>)> {
        if self.judge.earlier.lost {
            return None;
        }
        let same = |shown: &&Shown| {
            shown.line.segment == *segment && shown.line.people == self.measured.people && self.count.stands(shown) == Standing::Less(0)
        };
        let of =
            |detail: Option<Detail>| self.earlier.iter().filter(same).filter(move |shown| shown.detail == detail).map(|shown| shown.until);
        let until = of(None).max()?;
        let details = [Detail::Fine, Detail::Exact].into_iter().filter(|detail| of(Some(*detail)).any(|own| own == until));
        Some((until, details.collect()))
    }
}

/// Which of those that are large enough may be shown.
fn chosen(mut systems: Vec<System>, enough: &[bool], segments: &[(Asked, u64)]) -> Vec<bool> {
    for system in &mut systems {
        system.now.iter_mut().zip(enough).filter(|(_, enough)| !**enough).for_each(|(rows, _)| rows.clear());
    }
    choose(&systems, &costs(segments)).into_iter().zip(enough).map(|(kept, enough)| kept && *enough).collect()
}
