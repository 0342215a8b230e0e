//! The other pages of a room: the presenter's own, and those that a phone meets on its way in.

use super::frame::{DOOR, Place, ROOMS};
use crate::diagnostic::Diagnostics;
use crate::pages::qr;
use crate::pages::render::Markup;
use crate::statistics::{Published, Rules};
use crate::survey::Survey;
use crate::survey::definition::Opening;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize, Default)]
struct NoteView {
    plate: String,
    title: String,
    lead: String,
}

/// «This device can open it»; `same`: it is the server's own computer, which proves nothing.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn reached(place: &Place<'_>, same: bool) -> Result<String, Diagnostics> {
    let edition = place.edition;
    let lead = edition.say(if same { "room_ok_same" } else { "room_ok_lead" }).to_owned();
    let view = NoteView { plate: edition.say("room_ok_plate").to_owned(), title: edition.say("room_ok_title").to_owned(), lead };
    place.render("room-note.html", edition.say("room_ok_title"), view)
}

#[derive(Serialize)]
struct DoorView {
    fault: Option<String>,
    typed: Option<String>,
}

/// The page where a code is typed; `typed`: one that leads nowhere.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn door(place: &Place<'_>, typed: Option<&str>) -> Result<String, Diagnostics> {
    let edition = place.edition;
    let view = DoorView { fault: typed.map(|_| edition.say("room_door_unknown").to_owned()), typed: typed.map(str::to_owned) };
    place.render("room-door.html", edition.say("room_door_title"), view)
}

/// A survey with its code, for the list of rooms.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// The survey.
    pub survey: &'a Survey,
    /// Its code.
    pub code: &'a str,
}

#[derive(Serialize)]
struct ListView {
    lead: String,
    rooms: Vec<RowView>,
    reach: String,
}

#[derive(Serialize)]
struct RowView {
    href: String,
    title: String,
    state: String,
    code: String,
}

/// The presenter's list of screens.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn list(place: &Place<'_>, rooms: &[Listed<'_>]) -> Result<String, Diagnostics> {
    let edition = place.edition;
    let state = |survey: &Survey| match edition.opening(survey) {
        Opening::Open => "room_open",
        Opening::NotYet(_) => "room_soon",
        Opening::Closed(_) => "room_closed",
    };
    let row = |room: &Listed<'_>| RowView {
        href: place.screen(&room.survey.id, None),
        title: edition.plain(&room.survey.title),
        state: edition.say(state(room.survey)).to_owned(),
        code: room.code.to_owned(),
    };
    let view = ListView {
        lead: edition.say(if rooms.is_empty() { "room_list_none" } else { "room_list_lead" }).to_owned(),
        rooms: rooms.iter().map(row).collect(),
        reach: place.address(&format!("{ROOMS}/_reach"), None),
    };
    place.render("room-list.html", edition.say("room_list_title"), view)
}

#[derive(Serialize)]
struct WordsView {
    asked: String,
    action: String,
    back: String,
    words: Vec<WordView>,
    note: String,
}

#[derive(Serialize)]
struct WordView {
    text: String,
    chosen: bool,
}

/// The page where the presenter chooses which of the words written in answer to `question` are shown.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn words(
    place: &Place<'_>,
    survey: &Survey,
    published: Option<&Published>,
    question: &str,
    chosen: &BTreeSet<String>,
) -> Result<String, Diagnostics> {
    let edition = place.edition;
    let texts: BTreeSet<&String> = published.and_then(|published| published.texts.get(question)).into_iter().flatten().collect();
    let least = Rules::of(u64::from(survey.k), false, false).text_minimum.to_string();
    let view = WordsView {
        asked: survey.question(question).map(|question| edition.plain(&question.text)).unwrap_or_default(),
        action: place.address(&format!("{ROOMS}/{}/words", survey.id), Some(question)),
        back: place.screen(&survey.id, Some(question)),
        note: edition.fill(if texts.is_empty() { "room_words_few" } else { "room_choose_later" }, &[("n", &least)]),
        words: texts.into_iter().map(|text| WordView { text: text.clone(), chosen: chosen.contains(text) }).collect(),
    };
    place.render("room-words.html", edition.say("room_choose_title"), view)
}

#[derive(Serialize)]
struct ReachView {
    state: String,
    refresh: bool,
    lead: String,
    reached: Option<String>,
    ways: Vec<WayView>,
    help: Vec<HelpView>,
    back: String,
}

#[derive(Serialize)]
struct WayView {
    qr: Markup,
    address: String,
    reached: bool,
}

#[derive(Serialize)]
struct HelpView {
    label: String,
    text: String,
}

/// «Can a phone reach me?»: every host under which this machine may be reached, and the one by which another device came.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn reach(place: &Place<'_>, hosts: &[String], reached: Option<&str>) -> Result<String, Diagnostics> {
    let edition = place.edition;
    let way = |host: &String| {
        let address = format!("http://{host}{DOOR}/reach");
        Some(WayView { qr: Markup::trusted(qr::svg(&address)?), reached: reached == Some(host.as_str()), address })
    };
    let help = |label: &str, text: &str| HelpView { label: edition.say(label).to_owned(), text: edition.say(text).to_owned() };
    let view = ReachView {
        state: format!("{ROOMS}/_reach/state"),
        refresh: reached.is_none(),
        lead: edition.say(if hosts.is_empty() { "room_reach_none" } else { "room_reach_lead" }).to_owned(),
        reached: reached.map(|host| edition.fill("room_reach_address", &[("address", host)])),
        ways: hosts.iter().filter_map(way).collect(),
        help: vec![
            help("room_help_same", "room_help_same_text"),
            help("room_help_isolated", "room_help_isolated_text"),
            help("room_help_firewall", "room_help_firewall_text"),
            help("room_help_readable", "room_help_readable_text"),
        ],
        back: place.address(ROOMS, None),
    };
    place.render("room-reach.html", edition.say("room_reach_title"), view)
}
