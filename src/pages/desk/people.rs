//! The desk's page of a list of people: what was read, what is wrong with it, and only then the button that makes links.

use super::frame::{Desk, Listing, SURVEYS};
use super::survey::{ListView, list};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::count;
use crate::pages::edition::LinkView;
use crate::survey::Carried;
use serde::Serialize;
use std::collections::BTreeMap;

/// A list that was read, nothing of it kept.
#[derive(Debug)]
pub struct Preview<'a> {
    /// The survey.
    pub listing: &'a Listing<'a>,
    /// The list as it was pasted, or as the file was read.
    pub text: &'a str,
    /// What names this text, so that what is issued is what was looked at.
    pub seen: &'a str,
    /// What links begin with, as it was typed.
    pub base: &'a str,
    /// How the file was saved; empty where it was pasted.
    pub encoding: &'a str,
    /// Rows in it.
    pub rows: usize,
    /// What the people in it carry, those who have a link already left out.
    pub carried: &'a [Carried],
    /// Those of them without a mail address.
    pub without_mail: usize,
    /// Those who have a link already.
    pub already: usize,
    /// Columns of which nothing is taken.
    pub unused: &'a [String],
    /// What is wrong.
    pub faults: &'a [Diagnostic],
    /// What is to be known, though nothing is wrong.
    pub warnings: &'a [Diagnostic],
    /// It is an addition.
    pub adds: bool,
}

#[derive(Serialize)]
struct View {
    title: String,
    survey: LinkView,
    home: LinkView,
    faults: Vec<FaultView>,
    faults_title: String,
    lead: String,
    lines: Vec<String>,
    attributes: Vec<AttributeView>,
    issue: Option<String>,
    seen: String,
    list: ListView,
}

#[derive(Serialize)]
pub(super) struct FaultView {
    pub(super) place: String,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

#[derive(Serialize)]
struct AttributeView {
    name: String,
    values: Vec<ValueView>,
}

#[derive(Serialize)]
pub(super) struct ValueView {
    pub(super) label: String,
    pub(super) n: String,
}

/// The page of a list.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(desk: &Desk<'_>, preview: &Preview<'_>) -> Result<String, Diagnostics> {
    let edition = desk.edition();
    let title = edition.say(if preview.adds { "desk_people_add" } else { "desk_people_title" });
    let sound = preview.faults.is_empty();
    let number = |n: usize| count(n as u64);
    let fill = |key: &str, n: usize| edition.fill(key, &[("n", &number(n))]);
    let mut lines = vec![edition.fill(
        if preview.encoding.is_empty() { "desk_people_pasted" } else { "desk_people_read" },
        &[("n", &number(preview.rows)), ("encoding", preview.encoding)],
    )];
    lines.extend((preview.already > 0).then(|| fill("desk_people_already", preview.already)));
    lines.extend((sound && preview.without_mail > 0).then(|| fill("desk_people_no_mail", preview.without_mail)));
    let unused = preview.unused.join(edition.say("list_gap"));
    lines.extend((!unused.is_empty()).then(|| edition.fill("desk_people_unused", &[("columns", &unused)])));
    let warnings = preview.warnings.iter().filter(|_| sound);
    lines.extend(warnings.map(|one| one.message.in_language(edition.language).to_owned()));
    let people = preview.carried.len();
    let view = View {
        title: title.to_owned(),
        survey: LinkView::new(desk.to(&format!("{SURVEYS}/{}", preview.listing.survey.id)), edition.plain(&preview.listing.survey.title)),
        home: LinkView::new(desk.to(super::frame::DESK), edition.say("desk_surveys")),
        faults: preview.faults.iter().map(|fault| fault_view(desk, fault)).collect(),
        faults_title: fill("desk_people_faults", preview.faults.len()),
        lead: fill(if preview.adds { "desk_people_lead_add" } else { "desk_people_lead" }, people),
        lines,
        attributes: if sound { attributes(desk, preview) } else { Vec::new() },
        issue: (sound && people > 0).then(|| fill(if preview.adds { "desk_issue_add" } else { "desk_issue" }, people)),
        seen: preview.seen.to_owned(),
        list: list(desk, preview.listing, preview.base, preview.text),
    };
    desk.render("desk-people.html", title, view)
}

pub(super) fn fault_view(desk: &Desk<'_>, fault: &Diagnostic) -> FaultView {
    let edition = desk.edition();
    let place = match fault.place.line {
        0 => String::new(),
        line => edition.fill("desk_line", &[("n", &line.to_string())]),
    };
    FaultView {
        place,
        message: fault.message.in_language(edition.language).to_owned(),
        hint: fault.hint.as_ref().map(|hint| hint.in_language(edition.language).to_owned()),
    }
}

fn attributes(desk: &Desk<'_>, preview: &Preview<'_>) -> Vec<AttributeView> {
    let edition = desk.edition();
    let of = |attribute: &crate::survey::Attribute| {
        let mut held: BTreeMap<&str, u64> = BTreeMap::new();
        for code in preview.carried.iter().filter_map(|carried| carried.get(&attribute.id)) {
            *held.entry(code).or_default() += 1;
        }
        let mut held: Vec<(&str, u64)> = held.into_iter().collect();
        held.sort_by_key(|(code, _)| attribute.values.iter().position(|value| value.code == *code));
        let value = |(code, n): (&str, u64)| ValueView { label: edition.plain(&attribute.label(code)), n: count(n) };
        AttributeView { name: edition.plain(&attribute.text), values: held.into_iter().map(value).collect() }
    };
    preview.listing.survey.attributes.iter().map(of).collect()
}
