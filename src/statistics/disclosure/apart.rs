//! Whether a relation may be told to its last place.

use super::build::Count;
use super::earlier::Shown;
use super::request::Judge;
use super::search::find;
use crate::statistics::definition::{Line, People, Segment};
use crate::statistics::ledger::{Detail, Publication};
use crate::statistics::measured::Measured;
use std::collections::BTreeSet;

impl Judge<'_> {
    /// Whether a relation may be told to its last place: what is told of all who answered everything, as if it were the sum of each
    /// answer, leaves nothing small where it is subtracted from anything that is or was told of that answer.
    pub(super) fn apart(&self, measured: &Measured, now: u32, publication: &Publication) -> bool {
        let line = |key: &String| {
            let (key, word) = key.split_once(';').map_or((key.as_str(), None), |(key, word)| (key, Some(word)));
            Some((Line::read(key)?, word.map(Detail::read)))
        };
        let told_now: Vec<Line> = publication.groups.keys().filter_map(|key| Some(line(key)?.0)).collect();
        measured.members.iter().all(|member| {
            if !self.whole_scores(measured, member, now, &told_now) {
                return false;
            }
            let mut shown = self.earlier.of_sum(member);
            shown.retain(|shown| shown.detail.is_none());
            shown.extend(self.earlier.together_with(&member.people).cloned());
            let with = publication.groups.iter().filter_map(|(key, n)| {
                let (line, word) = line(key)?;
                let own = word.is_none() && line.people == member.people;
                let also = word == Some(Some(Detail::Exact)) && line.people.is_together_with(&member.people);
                (own || also).then_some(Shown { until: now, line, n: Some(*n), detail: None, if_all_shown: false })
            });
            shown.extend(with.collect::<Vec<_>>());
            let people = shown.iter().map(|shown| shown.line.people.clone()).chain([measured.people.clone(), People::All]);
            let cuts = self.earlier.people(None).chain(&shown).map(|shown| shown.until).chain([now]).collect();
            let count = Count::of(self.census, people.collect::<Vec<_>>(), &cuts);
            let mut system = self.shown_before(&count, self.rules.minimum(measured.sensitive), shown.iter());
            system.now.push(vec![count.atoms(now, &Segment::default(), &measured.people)]);
            find(&system, &[true]).is_none()
        })
    }

    /// Whether the scores of a scale may be summed beside what is told of its items: of those whose scores are summed, nobody or k answered
    /// only some of the items.
    fn whole_scores(&self, measured: &Measured, member: &Measured, now: u32, told_now: &[Line]) -> bool {
        let before = self.earlier.people_told();
        let told = || told_now.iter().map(|line| &line.people).chain(before.clone());
        if member.rests.is_empty() || !told().any(|people| people.is_of_an_item(&member.people)) {
            return true;
        }
        let cuts = BTreeSet::from([now]);
        let within = |rest: &People| People::Together([measured.people.clone(), rest.clone()].into());
        member.rests.iter().all(|rest| {
            let people = [rest.clone(), within(rest)];
            let count = Count::of(self.census, people.clone(), &cuts);
            people.iter().all(|people| self.rules.allow(count.size(now, &Segment::default(), people)))
        })
    }
}
