//! The desk's first page: every survey in a row, and what is to be done today.

use super::frame::{Desk, KEEPING, Listing, SURVEYS, StandingView, TALKS, standing};
use crate::diagnostic::Diagnostics;
use crate::language::Day;
use crate::pages::edition::LinkView;
use crate::survey::definition::{Limit, Opening};
use serde::Serialize;

/// How many days before its close a survey is worth a thought.
const SOON: i64 = 7;
/// How many days after the last copy of the answers another one is due.
const STALE: i64 = 7;

/// What the first page shows.
#[derive(Debug)]
pub struct Overview<'a> {
    /// Every survey, those that take answers first.
    pub listings: &'a [Listing<'a>],
    /// The content has faults.
    pub faulty: bool,
    /// Requests for talks that nobody has looked after yet.
    pub talks: usize,
    /// There are answers.
    pub answered: bool,
    /// The day of the newest copy of the answers.
    pub backup: Option<Day>,
}

#[derive(Serialize)]
struct View {
    title: String,
    faults: Option<LinkView>,
    groups: Vec<GroupView>,
    todo: Vec<TodoView>,
}

#[derive(Serialize)]
struct GroupView {
    title: String,
    surveys: Vec<RowView>,
}

#[derive(Serialize)]
struct TodoView {
    link: LinkView,
    why: String,
}

#[derive(Serialize)]
struct RowView {
    id: String,
    title: String,
    href: String,
    standing: StandingView,
}

/// The first page.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(desk: &Desk<'_>, overview: &Overview<'_>) -> Result<String, Diagnostics> {
    let edition = desk.edition();
    let today = edition.material.today;
    let row = |listing: &&Listing<'_>| RowView {
        id: listing.survey.id.clone(),
        title: edition.plain(&listing.survey.title),
        href: desk.to(&format!("{SURVEYS}/{}", listing.survey.id)),
        standing: standing(desk, listing),
    };
    let group = |key: &str, surveys: Vec<&Listing<'_>>| GroupView {
        title: edition.say(key).to_owned(),
        surveys: surveys.iter().map(row).collect(),
    };
    let (running, others): (Vec<_>, Vec<_>) = overview.listings.iter().partition(|listing| matches!(listing.opening, Opening::Open));
    let groups = [group("desk_open", running), group("desk_others", others)];
    let view = View {
        title: edition.fill("desk_title", &[("date", &today.day.in_words(edition.language))]),
        faults: overview.faulty.then(|| LinkView::new(desk.to(&format!("{KEEPING}#faults")), edition.say("desk_faults_link"))),
        groups: groups.into_iter().filter(|group| !group.surveys.is_empty()).collect(),
        todo: todo(desk, overview),
    };
    desk.render("desk.html", edition.say("desk_name"), view)
}

fn todo(desk: &Desk<'_>, overview: &Overview<'_>) -> Vec<TodoView> {
    let edition = desk.edition();
    let today = edition.material.today.day;
    let one = |path: &str, text: String, why: String| TodoView { link: LinkView::new(desk.to(path), text), why };
    let mut todo = Vec::new();
    if overview.faulty {
        todo.push(one(KEEPING, edition.say("desk_todo_faults").to_owned(), edition.say("desk_todo_faults_why").to_owned()));
    }
    if overview.talks > 0 {
        let text = edition.fill("desk_todo_talks", &[("n", &overview.talks.to_string())]);
        todo.push(one(TALKS, text, edition.say("desk_todo_talks_why").to_owned()));
    }
    for listing in overview.listings.iter().filter(|listing| !matches!(listing.opening, Opening::Closed(_))) {
        let title = edition.plain(&listing.survey.title);
        let path = format!("{SURVEYS}/{}", listing.survey.id);
        if listing.invited == Some(0) {
            let why = edition.say("desk_todo_links_why").to_owned();
            todo.push(one(&path, edition.fill("desk_todo_links", &[("title", &title)]), why));
        }
        let near = |close: &Limit| close.written.day.number() - today.number() <= SOON && matches!(listing.opening, Opening::Open);
        if let Some(close) = listing.survey.close.filter(near) {
            let why = edition.until(close.written);
            todo.push(one(&path, edition.fill("desk_todo_closing", &[("title", &title)]), why));
        }
    }
    let stale = overview.backup.is_none_or(|day| today.number() - day.number() >= STALE);
    if overview.answered && stale {
        let why = match overview.backup {
            Some(day) => edition.fill("desk_backup_last", &[("date", &day.in_words(edition.language))]),
            None => edition.say("desk_backup_none").to_owned(),
        };
        todo.push(one(KEEPING, edition.say("desk_todo_backup").to_owned(), why));
    }
    todo
}
