//! A Johari window: where it is opened, what its person sees of it, what peers pick from.

use super::frame::{DOOR, Place, Way};
use crate::catalog::Target;
use crate::catalog::worksheet::Named;
use crate::diagnostic::Diagnostics;
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::pages::qr;
use crate::pages::render::Markup;
pub use crate::pages::worksheet::peers::{Cards, WINDOWS};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct LineView {
    label: String,
    text: String,
}

fn lines(edition: &Edition<'_>, rows: &[(&str, &str)], values: &[(&str, &str)]) -> Vec<LineView> {
    rows.iter().map(|(label, text)| LineView { label: edition.say(label).to_owned(), text: edition.fill(text, values) }).collect()
}

#[derive(Serialize)]
struct OpenView {
    lead: String,
    action: String,
    language: &'static str,
    sheet: String,
    lines: Vec<LineView>,
    wanted: Vec<u32>,
    chosen: u32,
    fault: Option<String>,
    alone: bool,
    back: String,
}

/// Where a window is opened. `least` and `most`: how many peers it can have; `full`: there are too many now; `alone`: no phone can
/// reach this machine.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn open(
    place: &Place<'_>,
    root: &str,
    cards: &Cards<'_>,
    (least, most): (u32, u32),
    full: bool,
    alone: bool,
) -> Result<String, Diagnostics> {
    let edition = place.edition;
    let view = OpenView {
        lead: edition.fill("window_open_lead", &[("title", &edition.plain(&cards.sheet.title)), ("pick", &cards.pick().to_string())]),
        action: WINDOWS.to_owned(),
        language: edition.language.code(),
        sheet: format!("{}/{}", cards.module.id, cards.sheet.id),
        lines: lines(
            edition,
            &[("window_seen_label", "window_seen_own"), ("window_kept_label", "window_kept"), ("window_own_label", "window_own")],
            &[],
        ),
        wanted: (least..=most).collect(),
        chosen: 4,
        fault: full.then(|| edition.say("window_too_many").to_owned()),
        alone,
        back: format!("{root}{}", worksheet(edition, cards)),
    };
    place.render("window-open.html", edition.say("window_open_title"), view)
}

fn worksheet(edition: &Edition<'_>, cards: &Cards<'_>) -> String {
    edition.path(&Spot::Content(Target::Worksheet(cards.module.id.clone(), cards.sheet.id.clone())))
}

/// The address of a window's own page.
#[must_use]
pub fn address(place: &Place<'_>, key: &str) -> String {
    place.address(&format!("{WINDOWS}/{key}"), None)
}

/// What a window's own page shows.
#[derive(Debug, Clone, Copy)]
pub struct Own<'a> {
    /// Its address.
    pub key: &'a str,
    /// What the person is called.
    pub name: &'a str,
    /// The way for peers; `None`: no phone can reach this machine.
    pub way: Option<Way<'a>>,
    /// What peers type.
    pub code: &'a str,
    /// How many are to pick.
    pub wanted: u32,
    /// Three or more have picked.
    pub enough: bool,
    /// It is closed: how many picked, how often each card was.
    pub told: Option<(u32, &'a BTreeMap<String, u32>)>,
}

#[derive(Serialize)]
struct OwnView {
    title: String,
    lead: String,
    state: Option<String>,
    refresh: bool,
    qr: Option<Markup>,
    code: String,
    address: Option<String>,
    waiting: String,
    enough: bool,
    close: String,
    erase: String,
    rows: Vec<RowView>,
    people: String,
    sheet: String,
    carry: String,
    lines: Vec<LineView>,
}

#[derive(Serialize)]
struct RowView {
    label: String,
    family: String,
    count: u32,
    people: String,
}

/// The person's own page: how peers come in; once it is closed, how often each card was picked.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn own(place: &Place<'_>, root: &str, cards: &Cards<'_>, own: &Own<'_>) -> Result<String, Diagnostics> {
    let edition = place.edition;
    let wanted = own.wanted.to_string();
    let mut rows = Vec::new();
    for (family, known) in cards.families() {
        for card in known {
            let Some(count) = own.told.and_then(|(_, picked)| picked.get(&card.id)) else { continue };
            let people = edition.fill("window_people", &[("n", &count.to_string())]);
            rows.push(RowView { label: edition.plain(&card.label), family: edition.plain(&family.label), count: *count, people });
        }
    }
    // The most often named first; among equals the order of the cards, which is nobody's
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    let sheet = format!("{root}{}", worksheet(edition, cards));
    let counts = own.told.map(|(_, picked)| picked.iter().map(|(card, count)| format!("{card}={count}")).collect::<Vec<_>>().join(";"));
    let (title, lead) = match (own.told, own.name) {
        (Some(_), _) => ("window_told_title", edition.say("window_told_lead").to_owned()),
        (None, "") => ("window_title", edition.fill("window_lead", &[("n", &wanted)])),
        (None, name) => ("window_title", edition.fill("window_lead_named", &[("n", &wanted), ("name", name)])),
    };
    let address = format!("{WINDOWS}/{}", own.key);
    let view = OwnView {
        title: edition.say(title).to_owned(),
        lead,
        state: own.told.is_none().then(|| format!("{address}/state")),
        refresh: own.told.is_none(),
        qr: own.way.filter(|_| own.told.is_none()).and_then(|way| qr::svg(&way.url())).map(Markup::trusted),
        code: own.code.to_owned(),
        address: own.way.map(|way| format!("{}{DOOR}", way.host)),
        waiting: edition.say(if own.enough { "window_enough" } else { "window_few" }).to_owned(),
        enough: own.enough,
        close: place.address(&format!("{address}/close"), None),
        erase: place.address(&format!("{address}/erase"), None),
        rows,
        people: own.told.map(|(people, _)| edition.fill("window_by", &[("n", &people.to_string())])).unwrap_or_default(),
        carry: counts.map(|counts| format!("{sheet}#peers={}:{counts}", cards.part.id)).unwrap_or_default(),
        sheet,
        lines: lines(edition, &[("window_seen_label", "window_seen_own"), ("window_kept_label", "window_kept")], &[]),
    };
    place.render("window.html", edition.say(title), view)
}

/// What a peer has sent that cannot be taken.
#[derive(Debug, Clone, Copy)]
pub struct Picking<'a> {
    /// What peers type.
    pub code: &'a str,
    /// What the person is called.
    pub name: &'a str,
    /// How many are to pick.
    pub wanted: u32,
    /// The random id of this sheet.
    pub sheet: &'a str,
    /// The cards that were picked before, where they were too few or too many.
    pub picked: Option<&'a std::collections::BTreeSet<&'a str>>,
}

#[derive(Serialize)]
struct PickView {
    title: String,
    lead: String,
    fault: Option<String>,
    action: String,
    sheet: String,
    families: Vec<FamilyView>,
    lines: Vec<LineView>,
    languages: Vec<(&'static str, &'static str, String)>,
}

#[derive(Serialize)]
struct FamilyView {
    label: String,
    cards: Vec<CardView>,
}

#[derive(Serialize)]
struct CardView {
    id: String,
    label: String,
    note: Option<String>,
    picked: bool,
}

/// Where a peer picks.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn pick(place: &Place<'_>, cards: &Cards<'_>, picking: &Picking<'_>) -> Result<String, Diagnostics> {
    let edition = place.edition;
    let pick = cards.pick().to_string();
    let wanted = picking.wanted.to_string();
    let card = |card: &Named| CardView {
        id: card.id.clone(),
        label: edition.plain(&card.label),
        note: card.note.as_ref().map(|note| edition.plain(note)),
        picked: picking.picked.is_some_and(|picked| picked.contains(card.id.as_str())),
    };
    let title = match picking.name {
        "" => edition.fill("window_pick_title", &[("pick", &pick)]),
        name => edition.fill("window_pick_title_named", &[("pick", &pick), ("name", name)]),
    };
    let family =
        |(family, known): &(Named, Vec<Named>)| FamilyView { label: edition.plain(&family.label), cards: known.iter().map(card).collect() };
    let came = picking.picked.map(|picked| edition.fill("window_pick_fault", &[("pick", &pick), ("n", &picked.len().to_string())]));
    let here = format!("{DOOR}/{}", picking.code);
    let others = edition.material.site.languages.iter().filter(|language| **language != edition.language);
    let view = PickView {
        lead: edition.say("window_pick_lead").to_owned(),
        fault: came,
        action: format!("{here}?lang={}", edition.language.code()),
        sheet: picking.sheet.to_owned(),
        families: cards.families().iter().map(family).collect(),
        lines: lines(
            edition,
            &[("window_seen_label", "window_seen_peer"), ("window_kept_label", "window_kept"), ("window_care_label", "window_care")],
            &[("n", &wanted)],
        ),
        languages: others.map(|one| (one.code(), one.label(), format!("{here}?lang={}", one.code()))).collect(),
        title: title.clone(),
    };
    place.render("window-pick.html", &title, view)
}

/// What is said to a peer, or to a person whose window is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// The cards have come.
    Taken,
    /// As many as were announced have picked.
    Full,
    /// The window is closed.
    Closed,
    /// It is gone, or never was.
    Gone,
    /// Its person has erased it.
    Erased,
}

#[derive(Serialize)]
struct NoteView {
    plate: String,
    title: String,
    lead: String,
}

/// A page that says one thing.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn note(place: &Place<'_>, note: Note) -> Result<String, Diagnostics> {
    let say = |key: &str| place.edition.say(key).to_owned();
    let (plate, title, lead) = match note {
        Note::Taken => (say("received"), say("window_taken_title"), say("window_taken")),
        Note::Full => (say("window_plate"), say("window_full_title"), say("window_full")),
        Note::Closed => (say("window_plate"), say("window_closed_title"), say("window_closed")),
        Note::Gone => (say("window_plate"), say("window_gone_title"), say("window_gone")),
        Note::Erased => (say("window_plate"), say("window_erased_title"), say("window_erased")),
    };
    place.render("room-note.html", &title.clone(), NoteView { plate, title, lead })
}
