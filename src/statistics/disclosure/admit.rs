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
use super::build::Count;
use super::census::Census;
use super::choose::choose;
use super::earlier::{Earlier, Shown};
use super::request::{Asked, Judge, Request, costs};
use super::rules::Timing;
use super::search::find;
use super::sum::Sum;
use crate::statistics::columns::Columns;
use crate::statistics::definition::{Line, People, Segment};
use crate::statistics::group::{Condition, Group};
use crate::statistics::ledger::{Detail, Ledger, Publication};
use crate::statistics::measured::Measured;
use std::collections::{BTreeMap, BTreeSet};

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
