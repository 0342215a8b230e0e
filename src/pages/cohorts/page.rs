//! The page of cohorts: the milestones on their road, the year month by month, how all of it is counted.

use super::words;
use super::year::{self, Entry};
use crate::catalog::cohorts::{Cohort, Rule};
use crate::catalog::{Cohorts, Target};
use crate::diagnostic::Diagnostics;
use crate::language::{Day, month_in_words};
use crate::output::Artifact;
use crate::pages::address::{Spot, relative};
use crate::pages::edition::{Edition, LinkView};
use crate::pages::frame::file;
use crate::pages::render::Markup;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    cohorts: CohortsView,
}

#[derive(Serialize)]
struct CohortsView {
    title: String,
    lead: Markup,
    sample: bool,
    stones: Vec<StoneView>,
    year_lead: String,
    months: Vec<MonthView>,
    free: Markup,
    free_to: Option<LinkView>,
    read: Vec<LinkView>,
    counted: Vec<CountedView>,
    files: Vec<LinkView>,
}

/// A milestone.
#[derive(Serialize)]
struct StoneView {
    id: String,
    title: String,
    rule: String,
    note: Option<Markup>,
    offers: Vec<OfferView>,
}

#[derive(Serialize)]
struct OfferView {
    when: String,
    kind: String,
    tone: &'static str,
    title: String,
    href: Option<String>,
    who: String,
    /// It began in a month before.
    again: bool,
}

/// A month of the year.
#[derive(Serialize)]
struct MonthView {
    name: String,
    own: bool,
    entries: Vec<OfferView>,
}

/// One line on how things are counted.
#[derive(Serialize)]
struct CountedView {
    label: String,
    text: String,
}

/// The page, with its calendar and its table.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, cohorts: &Cohorts) -> Result<Vec<Artifact>, Diagnostics> {
    let spot = Spot::Content(Target::Cohorts(cohorts.id.clone()));
    let title = edition.plain(&cohorts.title);
    let mut page = edition.page_view(&spot, title.clone(), edition.plain(&cohorts.lead));
    page.crumbs = edition.crumbs(&spot, &[], &title);
    page.sources = edition.source_lines(&spot, &cohorts.sources);
    let all = year::entries(edition, cohorts, None);
    let own = edition.path(&spot);
    let beside = |ending: &str| edition.addresses().beside(&spot, edition.language, ending);
    let (dates, table) = (beside(".ics"), beside(".csv"));
    let link = |path: &str, key: &str| LinkView::new(relative(&own, path), edition.say(key));
    let starts = month_in_words(cohorts.starts, edition.language);
    let view = View {
        cohorts: CohortsView {
            title,
            lead: edition.inline(&spot, &cohorts.lead),
            sample: cohorts.sample,
            stones: cohorts.cohorts.iter().enumerate().map(|(at, cohort)| stone(edition, &spot, cohorts, &all, at, cohort)).collect(),
            year_lead: edition.fill("cohorts_year_lead", &[("month", &starts)]),
            months: months(edition, &spot, cohorts, &all),
            free: edition.inline(&spot, &cohorts.free),
            free_to: cohorts.free_to.as_ref().map(|to| edition.target_view(&spot, &to.value)),
            read: cohorts.read.iter().map(|to| edition.target_view(&spot, &to.value)).collect(),
            counted: counted(edition, cohorts),
            files: vec![link(&dates, "cohorts_ics"), link(&table, "cohorts_csv")],
        },
    };
    Ok(vec![
        edition.artifact("cohorts.html", &spot, &page, &view)?,
        file(dates, year::calendar(edition, cohorts, None).into_bytes())?,
        file(table, year::table(edition, cohorts, None).into_bytes())?,
    ])
}

fn stone(edition: &Edition<'_>, spot: &Spot, cohorts: &Cohorts, all: &[Entry], at: usize, cohort: &Cohort) -> StoneView {
    StoneView {
        id: format!("cohort-{}", cohort.id),
        title: edition.plain(&cohort.title),
        rule: words::rule(edition, cohorts, cohort),
        note: cohort.note.as_ref().map(|note| edition.inline(spot, note)),
        offers: all.iter().filter(|entry| entry.who.contains(&at)).map(|entry| offer(edition, spot, cohorts, entry)).collect(),
    }
}

fn offer(edition: &Edition<'_>, spot: &Spot, cohorts: &Cohorts, entry: &Entry) -> OfferView {
    let target = entry.target().filter(|target| edition.has(target));
    OfferView {
        when: entry.when(edition, cohorts),
        kind: entry.kind(edition).to_owned(),
        tone: if entry.who.is_empty() { "soft" } else { "" },
        title: entry.title.clone(),
        href: target.map(|target| edition.link(spot, &target)),
        who: entry.who(edition, cohorts),
        again: false,
    }
}

/// Twelve months, with what comes in everybody's own month before them.
fn months(edition: &Edition<'_>, spot: &Spot, cohorts: &Cohorts, all: &[Entry]) -> Vec<MonthView> {
    let frame = cohorts.year(cohorts.from_year);
    let begins = |entry: &Entry| entry.days.map(|(from, _): (Day, Day)| from.month()).or(entry.months.map(|(from, _)| from));
    let of = |month: Option<u32>| -> Vec<OfferView> {
        let spans = |entry: &&Entry| match (entry.months, month) {
            (Some((from, until)), Some(month)) => (frame.place_of(from)..=frame.place_of(until)).contains(&frame.place_of(month)),
            _ => begins(entry) == month,
        };
        let within = all.iter().filter(spans);
        // The month stands beside them; only what tells more than it is said again
        within
            .map(|entry| {
                let more = month.is_none() || entry.days.is_some() || entry.months.is_some_and(|(from, until)| from != until);
                let view = offer(edition, spot, cohorts, entry);
                OfferView { when: if more { view.when } else { String::new() }, again: begins(entry) != month, ..view }
            })
            .collect()
    };
    let own = of(None);
    let own = (!own.is_empty()).then(|| MonthView { name: edition.say("cohorts_own").to_owned(), own: true, entries: own });
    let twelve = frame.months().into_iter().map(|(_, month)| MonthView {
        name: month_in_words(month, edition.language),
        own: false,
        entries: of(Some(month)),
    });
    own.into_iter().chain(twelve).collect()
}

/// How people are counted, as far as these rules need it.
fn counted(edition: &Edition<'_>, cohorts: &Cohorts) -> Vec<CountedView> {
    let mut all = Vec::new();
    let mut add = |label: &str, text: String| all.push(CountedView { label: label.to_owned(), text });
    let rules: Vec<Rule> = cohorts.cohorts.iter().map(|cohort| cohort.rule).collect();
    let starts = month_in_words(cohorts.starts, edition.language);
    let has = |wanted: &dyn Fn(&Rule) -> bool| rules.iter().any(wanted);
    if has(&|rule| matches!(rule, Rule::ServiceYear { .. })) {
        let late = rules.iter().find_map(|rule| match rule {
            Rule::ServiceYear { late_from, .. } => *late_from,
            _ => None,
        });
        let text = match late {
            Some(month) => {
                let late = month_in_words(month, edition.language);
                edition.fill("cohorts_counted_service_late", &[("month", &starts), ("late", &late)])
            }
            None => edition.fill("cohorts_counted_service", &[("month", &starts)]),
        };
        add(edition.say("cohorts_counted_service_label"), text);
    }
    if has(&|rule| matches!(rule, Rule::Anniversary { .. })) {
        add(edition.say("cohorts_counted_anniversary_label"), edition.say("cohorts_counted_anniversary").to_owned());
    }
    if has(&|rule| matches!(rule, Rule::Age { .. })) {
        let before = has(&|rule| matches!(rule, Rule::Age { day_before: true, .. }));
        let text = edition.say(if before { "cohorts_counted_age_law" } else { "cohorts_counted_age" });
        add(edition.say("cohorts_counted_age_label"), edition.fill("cohorts_counted_age_all", &[("text", text), ("month", &starts)]));
    }
    add(edition.say("cohorts_counted_twice_label"), edition.say("cohorts_counted_twice").to_owned());
    add(edition.say("cohorts_counted_away_label"), edition.say("cohorts_counted_away").to_owned());
    add(edition.say("cohorts_counted_seen_label"), edition.say("cohorts_counted_seen").to_owned());
    all
}
