//! Who is offered what in a fiscal year. Each offer comes to a person once a year, whichever rules lead there; whoever is left out is
//! left out for a reason that is told.

use super::cohorts::{Cohorts, Dates, Offer, What};
use super::everything::Catalog;
use crate::language::{Day, FiscalYear};
use crate::survey::Survey;

/// What becomes of an offer to somebody who is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is made.
    Offered,
    /// It comes by another cohort of the same year, this one.
    Once(usize),
    /// The person has left before its months began.
    Left,
    /// The person joins only after its months.
    JoinedLater,
    /// The survey has no dates in this year.
    NoDates,
}

/// An offer of a cohort to which somebody belongs in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Index of the cohort.
    pub cohort: usize,
    /// What is offered.
    pub what: What,
    /// The first day of its months, or of the survey.
    pub from: Day,
    /// The last one.
    pub until: Day,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// The waves of a survey that have a day of opening, in their order; itself where it has one.
#[must_use]
pub fn dated<'c>(catalog: &'c Catalog, id: &str) -> Vec<&'c Survey> {
    let Some(survey) = catalog.surveys.get(id) else { return Vec::new() };
    let mut all: Vec<&Survey> = std::iter::once(survey).chain(catalog.waves(survey)).filter(|one| one.open.is_some()).collect();
    all.sort_by(|one, other| (one.open.map(|limit| limit.at), &one.id).cmp(&(other.open.map(|limit| limit.at), &other.id)));
    all.dedup_by(|one, other| one.id == other.id);
    all
}

/// From when until when a survey is open, as it is written; the day of opening alone where it has no end.
#[must_use]
pub fn days_of(survey: &Survey) -> Option<(Day, Day)> {
    let open = survey.open?.written.day;
    Some((open, survey.close.map_or(open, |limit| limit.written.day)))
}

/// What somebody is due for in a fiscal year, in the order of the content; with what is not offered, and why.
#[must_use]
pub fn due(catalog: &Catalog, cohorts: &Cohorts, dates: &Dates, year: FiscalYear) -> Vec<Due> {
    let mut all: Vec<Due> = Vec::new();
    for at in cohorts.of(dates, year) {
        let Some(cohort) = cohorts.cohorts.get(at) else { continue };
        let Some(reached) = cohort.rule.reached(dates, cohorts.starts) else { continue };
        for offer in &cohort.offers {
            all.push(one(catalog, at, offer, reached, dates, year));
        }
    }
    for at in 0..all.len() {
        let Some(own) = all.get(at).filter(|own| own.verdict == Verdict::Offered) else { continue };
        let same = |other: &&Due| other.verdict == Verdict::Offered && other.what == own.what;
        // The earliest one counts; of two in the same month, that of the first cohort
        let first = all.iter().filter(same).min_by_key(|other| (other.from, other.cohort)).map(|other| other.cohort);
        let Some(first) = first.filter(|first| *first != own.cohort) else { continue };
        if let Some(own) = all.get_mut(at) {
            own.verdict = Verdict::Once(first);
        }
    }
    all
}

fn one(catalog: &Catalog, cohort: usize, offer: &Offer, reached: Day, dates: &Dates, year: FiscalYear) -> Due {
    let mut what = offer.what.clone();
    let month = offer.month.unwrap_or_else(|| reached.month());
    let (mut from, mut until) = (year.first_of(month), year.last_of(offer.until.unwrap_or(month)));
    let mut undated = false;
    if let What::Survey(id) = &offer.what {
        let waves = dated(catalog, id);
        undated = !waves.is_empty();
        for wave in waves {
            let Some(days) = days_of(wave).filter(|(open, _)| FiscalYear::of(*open, year.starts) == year) else { continue };
            (what, from, until, undated) = (What::Survey(wave.id.clone()), days.0, days.1, false);
            break;
        }
    }
    let verdict = match (dates.left, dates.joined) {
        _ if undated => Verdict::NoDates,
        (Some(left), _) if left < from => Verdict::Left,
        (_, Some(joined)) if joined > until => Verdict::JoinedLater,
        _ => Verdict::Offered,
    };
    Due { cohort, what, from, until, verdict }
}
