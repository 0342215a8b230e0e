//! The desk's page of who is due: a list of people is looked through for a fiscal year or a quarter, what it comes to is told in numbers, and the
//! files are there to be taken away. The list itself stands on this page alone.

use super::frame::{COHORTS, Desk};
use super::people::{FaultView, ValueView, fault_view};
use crate::catalog::Cohorts;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::{FiscalYear, Period, count};
use crate::pages::form::sheet::FieldView;
use serde::Serialize;

/// How many faults are told one by one.
const MOST_FAULTS: usize = 100;

/// What was asked, and what it came to.
#[derive(Debug)]
pub struct DuePage<'a> {
    /// The cohorts that sites show.
    pub cohorts: &'a [&'a Cohorts],
    /// Those that were chosen.
    pub chosen: &'a Cohorts,
    /// The fiscal years that can be chosen, each whole or by its quarters.
    pub years: &'a [FiscalYear],
    /// The quarter of today, and the one after it.
    pub near: [Period; 2],
    /// What was chosen.
    pub period: Period,
    /// The list as it was pasted, or as the file was read.
    pub text: &'a str,
    /// What it came to; `None`: no list yet.
    pub found: Option<Found<'a>>,
}

/// What a list came to.
#[derive(Debug)]
pub struct Found<'a> {
    /// What names this list, these cohorts and this year, so that what is taken away is what was looked at.
    pub seen: &'a str,
    /// Rows in it.
    pub rows: usize,
    /// How the file was saved; empty where it was pasted.
    pub encoding: &'a str,
    /// What is wrong, each with the name of its column.
    pub faults: &'a [(Diagnostic, Option<String>)],
    /// Whom what is offered, in the order of the year.
    pub invited: &'a [Offered],
    /// How many people are invited to anything.
    pub people: usize,
    /// Offers of the same year whose months were over before.
    pub earlier: usize,
    /// Offers that are not made.
    pub not_invited: usize,
    /// People who are due for nothing.
    pub others: usize,
    /// The names of the files.
    pub files: &'a [String],
}

/// An offer, and how many it is made to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// When, in words.
    pub when: String,
    /// What, in words.
    pub what: String,
    /// How many of each cohort.
    pub by: Vec<(String, usize)>,
}

#[derive(Serialize)]
struct View {
    title: String,
    lead: String,
    faults: Vec<FaultView>,
    faults_title: String,
    more: Option<String>,
    lines: Vec<String>,
    offers: Vec<OfferView>,
    files: Vec<String>,
    seen: String,
    form: FormView,
    kept: Vec<String>,
}

#[derive(Serialize)]
struct OfferView {
    when: String,
    what: String,
    total: String,
    by: Vec<ValueView>,
}

#[derive(Serialize)]
struct FormView {
    action: String,
    fields: Vec<FieldView>,
    cohorts: Vec<OptionView>,
    near: Vec<OptionView>,
    years: Vec<YearView>,
    text: String,
}

#[derive(Serialize)]
struct YearView {
    label: String,
    parts: Vec<OptionView>,
}

#[derive(Serialize)]
struct OptionView {
    value: String,
    label: String,
    chosen: bool,
}

/// What a choice is called in the form: a year, or a quarter of it.
#[must_use]
pub fn named(period: Period) -> String {
    let year = period.year.year;
    period.number().map_or_else(|| year.to_string(), |number| format!("{year}-q{number}"))
}

/// The page.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(desk: &Desk<'_>, due: &DuePage<'_>) -> Result<String, Diagnostics> {
    let edition = desk.edition();
    let title = edition.say("desk_due");
    let found = due.found.as_ref();
    let sound = found.filter(|found| found.faults.is_empty());
    let lead = match sound {
        Some(found) => {
            let year = due.period.in_words(edition.language);
            let own = edition.plain(&due.chosen.title);
            edition.fill("desk_due_found", &[("title", &own), ("year", &year), ("n", &number(found.people))])
        }
        None => edition.say("desk_due_lead").to_owned(),
    };
    let faults = found.map(|found| found.faults).unwrap_or_default();
    let view = View {
        title: title.to_owned(),
        lead,
        faults: faults.iter().take(MOST_FAULTS).map(|(fault, column)| placed(desk, fault, column.as_deref())).collect(),
        faults_title: edition.fill("desk_people_faults", &[("n", &number(faults.len()))]),
        more: (faults.len() > MOST_FAULTS).then(|| edition.fill("desk_due_more", &[("n", &number(faults.len() - MOST_FAULTS))])),
        lines: found.map(|found| lines(desk, found, due.period)).unwrap_or_default(),
        offers: sound.map(|found| found.invited.iter().map(offer).collect()).unwrap_or_default(),
        files: sound.map(|found| found.files.to_vec()).unwrap_or_default(),
        seen: sound.map(|found| found.seen.to_owned()).unwrap_or_default(),
        form: form(desk, due),
        kept: kept(desk),
    };
    desk.render("desk-due.html", title, view)
}

fn number(n: usize) -> String {
    count(n as u64)
}

/// A fault with its row and the name of its column.
fn placed(desk: &Desk<'_>, fault: &Diagnostic, column: Option<&str>) -> FaultView {
    let line = fault.place.line.to_string();
    let own = fault_view(desk, fault);
    match column {
        Some(column) => FaultView { place: desk.edition().fill("desk_due_place", &[("n", &line), ("column", column)]), ..own },
        None => own,
    }
}

fn lines(desk: &Desk<'_>, found: &Found<'_>, period: Period) -> Vec<String> {
    let edition = desk.edition();
    let key = if found.encoding.is_empty() { "desk_people_pasted" } else { "desk_people_read" };
    let mut lines = vec![edition.fill(key, &[("n", &number(found.rows)), ("encoding", found.encoding)])];
    if found.faults.is_empty() {
        let key = if period.is_whole() { "desk_due_others" } else { "desk_due_others_months" };
        lines.push(edition.fill(key, &[("n", &number(found.others))]));
        lines.extend((found.earlier > 0).then(|| edition.fill("desk_due_earlier", &[("n", &number(found.earlier))])));
        lines.extend((found.not_invited > 0).then(|| edition.fill("desk_due_out", &[("n", &number(found.not_invited))])));
    }
    lines
}

fn offer(offered: &Offered) -> OfferView {
    let total: usize = offered.by.iter().map(|(_, n)| n).sum();
    OfferView {
        when: offered.when.clone(),
        what: offered.what.clone(),
        total: number(total),
        by: offered.by.iter().map(|(title, n)| ValueView { label: title.clone(), n: number(*n) }).collect(),
    }
}

fn form(desk: &Desk<'_>, due: &DuePage<'_>) -> FormView {
    let edition = desk.edition();
    let cohorts = due.cohorts.iter().map(|cohorts| OptionView {
        value: cohorts.id.clone(),
        label: edition.plain(&cohorts.title),
        chosen: cohorts.id == due.chosen.id,
    });
    let named = |period: Period, label: String, chosen: bool| OptionView { value: named(period), label, chosen };
    let near = ["desk_due_this_quarter", "desk_due_next_quarter"].into_iter().zip(due.near).map(|(key, period)| {
        let months = period.months_in_words(edition.language);
        named(period, edition.fill(key, &[("months", &months)]), false)
    });
    let years = due.years.iter().map(|year| {
        let label = year.in_words(edition.language);
        let all = edition.fill("desk_due_whole_year", &[("year", &label)]);
        let whole = named(Period::whole(*year), all, due.period == Period::whole(*year));
        let quarters = (1..=4).filter_map(|number| Period::quarter(*year, number));
        let quarters = quarters.map(|period| named(period, period.in_words(edition.language), due.period == period));
        YearView { label, parts: std::iter::once(whole).chain(quarters).collect() }
    });
    FormView {
        action: format!("{COHORTS}/due"),
        fields: desk.fields(&[]),
        cohorts: cohorts.collect(),
        near: near.collect(),
        years: years.collect(),
        text: due.text.to_owned(),
    }
}

/// What is kept, what the files tell, and how the list gets here from another machine.
fn kept(desk: &Desk<'_>) -> Vec<String> {
    let edition = desk.edition();
    let own = [edition.say("desk_due_kept"), edition.say("desk_due_files_kept"), edition.say("desk_due_learns")];
    let far = desk.elsewhere.then(|| edition.say("desk_due_elsewhere"));
    own.into_iter().chain(far).map(str::to_owned).collect()
}
