//! Which groups may be shown. Every statistic takes an [`Admitted`], and nothing but [`admit`] makes one.
//!
//! k counts people in a group, not people in an answer class. What is published is a sum over a group; whoever has several can add
//! and subtract them, but only sums of the same thing. So groups are judged in two steps: everybody and the segments as sets of
//! people, once for the whole survey, and then for each variable, scale and set those of them whose answers are summed. In each
//! step nothing that somebody could work out, with all that was ever published, is about 1 to k − 1 people (`search.rs`), and of
//! the choices of groups for which this holds the one is taken that loses the least (`choose.rs`).
//!
//! The finer picture (more than three classes) and sensitive questions are sums of their own, with a larger minimum.
//!
//! Where a group cannot be shown as it is now, because those who came since an earlier publication are too few, it is shown as it
//! was then: that tells nothing new.

use super::admitted::{Admission, Admitted};
use super::build::{Count, Gone, Standing};
use super::census::Census;
use super::choose::choose;
use super::earlier::{Earlier, Shown};
use super::rules::{Rules, Timing};
use super::search::find;
use super::system::System;
use super::unanimous::{self, to_hide};
use crate::statistics::columns::Columns;
use crate::statistics::definition::{Line, People, Segment};
use crate::statistics::group::{Condition, Group};
use crate::statistics::ledger::{Detail, Ledger, Publication};
use crate::statistics::measured::Measured;
use crate::survey::Batch;
use std::collections::{BTreeMap, BTreeSet};

/// A segment that figures are asked for.
#[derive(Debug, Clone)]
pub(in crate::statistics) struct Asked {
    /// In today's names.
    pub(in crate::statistics) group: Group,
    /// In stored names.
    pub(in crate::statistics) segment: Segment,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub(in crate::statistics) struct Request<'r> {
    /// The survey's id.
    pub(in crate::statistics) survey: &'r str,
    /// The batches as they are stored.
    pub(in crate::statistics) stored: &'r [Batch],
    /// The segments besides everybody.
    pub(in crate::statistics) segments: Vec<Asked>,
    /// The sums.
    pub(in crate::statistics) measured: Vec<Measured>,
    /// How large groups must be.
    pub(in crate::statistics) rules: Rules,
    /// What may be expected.
    pub(in crate::statistics) timing: Timing,
}

/// Losing a figure of everybody is worse than losing all others.
const EVERYBODY: u64 = 1 << 40;

/// So many classes are counted at once.
const MOST_KINDS: usize = 30;

/// Losing one person of a segment by one attribute is as bad as losing so many in a crossing of two.
const LEVEL: u64 = 4;

/// Chooses how many batches may be shown, and which groups in them. `columns`: the same batches in today's names.
pub(in crate::statistics) fn admit<'a>(request: &Request<'_>, columns: &Columns<'a>, ledger: &Ledger) -> Admission<'a> {
    let earlier = Earlier::of(request.survey, ledger);
    let asked = request.segments.iter().flat_map(|asked| &asked.segment.0).map(|chosen| chosen.names.clone());
    let attributes = earlier.attributes().into_iter().chain(asked).collect();
    let census = Census::of(request.survey, request.stored, attributes);
    let judge = Judge { request, rules: request.rules, earlier, census: &census };
    let Some((now, everybody)) = judge.everybody(columns) else {
        return Admission { everybody: None, segments: BTreeMap::new(), parts: BTreeMap::new(), new: None };
    };
    let mut admission = Admission { everybody: None, segments: BTreeMap::new(), parts: BTreeMap::new(), new: None };
    let mut publication = Publication { survey: request.survey.to_owned(), batches: now, groups: BTreeMap::new() };
    let details =
        [(Detail::Fine, judge.rules.has_fine && everybody.fine), (Detail::Sensitive, judge.rules.has_sensitive && everybody.sensitive)];
    publication.enter(&Line::default().to_string(), everybody.n, details.into_iter().filter(|(_, shown)| *shown).map(|(detail, _)| detail));
    let segments = judge.segments(now);
    for (asked, n) in segments.iter().skip(1) {
        publication.enter(&Line { segment: asked.segment.clone(), people: People::All }.to_string(), *n, []);
        admission.segments.insert(asked.group.clone(), *n);
    }
    for measured in &request.measured {
        judge.sum(measured, now, &segments, columns, &mut admission, &mut publication);
    }
    admission.new = Some(publication).filter(|publication| !ledger.knows(publication));
    admission.everybody = Some(everybody);
    admission
}

struct Judge<'j> {
    request: &'j Request<'j>,
    rules: Rules,
    earlier: Earlier,
    census: &'j Census<'j>,
}

impl Judge<'_> {
    /// Everybody in as many batches as may be shown, and the number of the last of them.
    fn everybody<'a>(&self, columns: &Columns<'a>) -> Option<(u32, Admitted<'a>)> {
        let had = |detail| self.earlier.people(Some(detail)).next().is_some();
        let (had_fine, had_sensitive) = (had(Detail::Fine), had(Detail::Sensitive));
        let shown = self.earlier.until().unwrap_or(0);
        let last = self.census.numbers().next_back().unwrap_or(0).max(shown);
        let until = if self.request.timing == Timing::Wait { shown } else { last };
        let cuts: BTreeSet<u32> = self.earlier.people(None).map(|shown| shown.until).collect();
        let mut count = Count::of(self.census, [People::All], &cuts);
        let mut largest = None;
        let between = self.census.numbers().rev().filter(|number| *number > shown && *number <= until);
        for number in between.chain([shown]).filter(|number| *number > 0) {
            count = count.parted(&cuts.iter().copied().chain([number]).collect());
            let Some(candidate) = self.candidate(&count, number, columns) else { continue };
            let keeps_detail = (candidate.fine || !had_fine) && (candidate.sensitive || !had_sensitive);
            if keeps_detail || self.request.timing != Timing::Rolling {
                return Some((number, candidate));
            }
            largest = largest.or(Some((number, candidate)));
        }
        largest
    }

    /// Everybody in the batches up to this number, if they may be shown after all that was.
    fn candidate<'a>(&self, count: &Count<'_, '_>, number: u32, columns: &Columns<'a>) -> Option<Admitted<'a>> {
        let all = Segment::default();
        let n = count.size(number, &all, &People::All);
        let fits = |minimum: u64, detail: Option<Detail>| {
            let mut system = self.shown_before(count, minimum, self.earlier.people(detail));
            system.now.push(vec![count.atoms(number, &all, &People::All)]);
            n >= minimum && find(&system, &[true]).is_none()
        };
        fits(self.rules.k, None).then(|| Admitted {
            group: Group::everybody(),
            columns: columns.until(number),
            n,
            of: n,
            rules: self.rules,
            fine: fits(self.rules.fine_minimum, Some(Detail::Fine)),
            sensitive: fits(self.rules.sensitive_minimum, Some(Detail::Sensitive)),
            exact: true,
            earlier: false,
        })
    }

    fn shown_before<'s>(&self, count: &Count<'_, '_>, minimum: u64, shown: impl Iterator<Item = &'s Shown>) -> System {
        let mut system = count.system(minimum);
        system.lost |= self.earlier.lost;
        let mut gone = Gone::default();
        shown.for_each(|shown| gone.enter(&mut system, count, shown, &shown.line.people, Standing::Unknown));
        system
    }

    /// The segments that may be shown as sets of people, everybody first, and how many people each has.
    fn segments(&self, now: u32) -> Vec<(Asked, u64)> {
        let everybody = Asked { group: Group::everybody(), segment: Segment::default() };
        let cuts = self.earlier.people(None).map(|shown| shown.until).chain([now]).collect();
        let count = Count::of(self.census, [People::All], &cuts);
        let mut system = self.shown_before(&count, self.rules.k, self.earlier.people(None));
        let all = std::iter::once(&everybody).chain(&self.request.segments).cloned();
        let sized = all.map(|asked| (count.size(now, &asked.segment, &People::All), asked));
        let large: Vec<(Asked, u64)> = sized.filter(|(n, _)| *n >= self.rules.k).map(|(n, asked)| (asked, n)).collect();
        system.now = large.iter().map(|(asked, _)| vec![count.atoms(now, &asked.segment, &People::All)]).collect();
        let kept = choose(&[system], &costs(&large));
        large.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(asked, _)| asked).collect()
    }

    /// What may be shown of a sum.
    fn sum<'a>(
        &self,
        measured: &Measured,
        now: u32,
        segments: &[(Asked, u64)],
        columns: &Columns<'a>,
        admission: &mut Admission<'a>,
        publication: &mut Publication,
    ) {
        let mut earlier = self.earlier.of_sum(measured);
        if measured.members.is_empty() {
            // A relation that was told to its last place is taken for the sum of each answer in it
            earlier.extend(self.earlier.together_with(&measured.people).map(|shown| Shown { detail: None, ..shown.clone() }));
        }
        let rests = |people: &People| if let People::Counted(items) = people { items.rests() } else { Vec::new() };
        let before = earlier.iter().flat_map(|shown| rests(&shown.line.people).into_iter().chain([shown.line.people.clone()]));
        let own = [measured.people.clone(), measured.shown.clone(), People::All];
        let cuts = self.earlier.people(None).chain(&earlier).map(|shown| shown.until).chain([now]).collect();
        let count = Count::of(self.census, own.into_iter().chain(measured.rests.clone()).chain(before), &cuts);
        let sum = Sum { judge: self, measured, count: &count, now, earlier };
        // How answers go together is told of everybody only
        let asked = |asked: &Asked| measured.members.is_empty() || asked.segment == Segment::default();
        let segments: Vec<(Asked, u64)> = segments.iter().filter(|(one, _)| asked(one)).cloned().collect();
        let segments = segments.as_slice();
        let mut kept = sum.kept(segments);
        let fine = sum.fine(segments, &kept);
        sum.hide_what_is_given_away(segments, &mut kept, &fine);
        let mut exact = sum.exact(segments, &kept);
        if !measured.members.is_empty() {
            let apart = self.apart(measured, now, publication);
            kept.iter_mut().for_each(|kept| *kept &= apart || !measured.whole);
            exact = kept.iter().map(|kept| *kept && apart).collect();
        }
        let mut admit = |asked: &Asked, until: u32, details: &[Detail], earlier: bool| {
            let size = |people: &People| count.size(until, &asked.segment, people);
            let admitted = Admitted {
                group: asked.group.clone().and(Condition::ShownTo(measured.variables.clone())),
                columns: columns.until(until),
                n: size(&measured.shown),
                of: size(&People::All),
                rules: self.rules,
                fine: details.contains(&Detail::Fine),
                sensitive: measured.sensitive,
                exact: (measured.rests.is_empty() && measured.members.is_empty()) || details.contains(&Detail::Exact),
                earlier,
            };
            admission.parts.insert((asked.group.clone(), measured.id.clone()), admitted);
        };
        for (index, (asked, _)) in segments.iter().enumerate().filter(|(index, _)| kept[*index]) {
            let details = [(Detail::Fine, fine[index]), (Detail::Exact, exact[index])];
            let details: Vec<Detail> = details.into_iter().filter(|(_, shown)| *shown).map(|(detail, _)| detail).collect();
            admit(asked, now, &details, false);
            let key = |people: &People| Line { segment: asked.segment.clone(), people: people.clone() }.to_string();
            let size = |people: &People| count.size(now, &asked.segment, people);
            publication.enter(&key(&measured.people), size(&measured.people), details);
            if size(&measured.shown) < size(&People::All) {
                publication.enter(&key(&measured.shown), size(&measured.shown), []);
            }
        }
        let everybody = Asked { group: Group::everybody(), segment: Segment::default() };
        for asked in std::iter::once(&everybody).chain(&self.request.segments) {
            let shown = segments.iter().zip(&kept).any(|((one, _), kept)| *kept && one.segment == asked.segment);
            if let Some((until, details)) = sum.as_before(&asked.segment).filter(|_| !shown) {
                admit(asked, until, &details, true);
            }
        }
    }
}

impl Judge<'_> {
    /// Whether a relation may be told to its last place: what is told of all who answered everything, as if it were the sum of each
    /// answer, leaves nothing small where it is subtracted from anything that is or was told of that answer.
    fn apart(&self, measured: &Measured, now: u32, publication: &Publication) -> bool {
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
}

impl Judge<'_> {
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

/// What hiding each segment costs.
fn costs(segments: &[(Asked, u64)]) -> Vec<u64> {
    let cost = |(asked, n): &(Asked, u64)| match asked.segment.0.len() {
        0 => EVERYBODY,
        1 => n.saturating_mul(LEVEL),
        _ => *n,
    };
    segments.iter().map(cost).collect()
}

/// One sum, with all that was shown of it.
struct Sum<'s, 'c, 'a> {
    judge: &'s Judge<'s>,
    measured: &'s Measured,
    count: &'s Count<'c, 'a>,
    now: u32,
    earlier: Vec<Shown>,
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
    fn kept(&self, segments: &[(Asked, u64)]) -> Vec<bool> {
        let (rules, measured) = (self.judge.rules, self.measured);
        let mut main = self.system(rules.minimum(measured.sensitive), None, |shown| Some(vec![shown.line.people.clone()]));
        main.now = self.candidates(segments, &[&measured.people]);
        let enough = self.enough(segments, main.minimum.max(measured.least));
        chosen(std::iter::once(main).chain(self.not_asked(segments)).collect(), &enough, segments)
    }

    /// Of those that are shown, which may be told to the last place, although the parts of the sum are told, too.
    fn exact(&self, segments: &[(Asked, u64)], kept: &[bool]) -> Vec<bool> {
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
    fn fine(&self, segments: &[(Asked, u64)], kept: &[bool]) -> Vec<bool> {
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
    fn hide_what_is_given_away(&self, segments: &[(Asked, u64)], kept: &mut [bool], fine: &[bool]) {
        let People::Answered(names, _) = &self.measured.people else { return };
        let finer = fine.iter().zip(kept.iter()).any(|(fine, kept)| *fine && *kept);
        let classes = self.measured.classes.iter().take(if finer { 2 } else { 1 }).flatten();
        let classes: Vec<People> = classes.map(|codes| People::Answered(names.clone(), codes.clone())).collect();
        let cuts: BTreeSet<u32> = self.earlier.iter().map(|shown| shown.until).chain([self.now]).collect();
        // No more kinds than a count can tell apart
        let counts: Vec<Count<'_, '_>> =
            classes.chunks(MOST_KINDS).map(|some| Count::of(self.judge.census, some.to_vec(), &cuts)).collect();
        let told = |segment: &Segment, until: u32, people: &People, now: Option<usize>| {
            let of = |class: usize| counts[class / MOST_KINDS].size(until, segment, &classes[class]);
            unanimous::Told {
                family: (0, until, segment.0.iter().map(|chosen| chosen.names.clone()).collect()),
                atoms: self.count.atoms(until, segment, people).into_iter().collect(),
                n: self.count.size(until, segment, people),
                counts: (0..classes.len()).map(of).collect(),
                now,
            }
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
        while let Some(place) = to_hide(&all, &hidden, self.measured.several) {
            kept[place] = false;
            all.retain(|one| one.now != Some(place));
            hidden.push(unseen(place));
        }
    }

    /// The last publication of a segment that would be the same if it were counted again: its number, and what was shown of it.
    fn as_before(&self, segment: &Segment) -> Option<(u32, Vec<Detail>)> {
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
