//! What the pages of the operator's desk share: their addresses, their frame, what was just done. Never a result.

use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::form::sheet::FieldView;
use crate::pages::room::frame::{Place, ROOMS, step};
use crate::survey::Survey;
use crate::survey::definition::Opening;
use serde::Serialize;
use std::collections::BTreeMap;

/// Where the desk stands on the server.
pub const DESK: &str = "/_desk";
/// Where the pages of surveys stand.
pub const SURVEYS: &str = "/_desk/surveys";
/// Where sites are published, packed and kept safe.
pub const KEEPING: &str = "/_desk/site";
/// Where a form is looked at as a respondent sees it.
pub const REHEARSAL: &str = "/_desk/preview";
/// The template of the page where texts are read.
pub(super) const TEXTS: &str = "desk-texts.html";
/// Where requests for talks stand.
pub const TALKS: &str = "/_desk/talks";
/// Where lists of people are looked through for who is due.
pub const COHORTS: &str = "/_desk/cohorts";
/// The field of its forms that only pages of this server know.
pub const KEY: &str = "_key";

/// What the server knows of a survey.
#[derive(Debug, Clone)]
pub struct Listing<'s> {
    /// The survey.
    pub survey: &'s Survey,
    /// Whether it takes answers today.
    pub opening: Opening,
    /// Answers so far, in whole steps of the smallest group.
    pub counted: u64,
    /// How many answers count for each quota as far as it may be told, by its id.
    pub quotas: BTreeMap<String, u64>,
    /// How many were invited, where it is for invited people.
    pub invited: Option<u64>,
}

/// What was just done, for the line at the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// A survey was closed.
    Closed,
    /// A survey was opened again.
    Reopened,
    /// It cannot be opened again: its figures are out.
    StaysClosed,
    /// Links were made.
    Issued,
    /// Links were added.
    Added,
    /// Letters to those who are missing were written.
    Reminded,
    /// Letters to everyone were written.
    RemindedAll,
    /// Links were taken back.
    Revoked,
    /// The site was built anew.
    Published,
    /// It could not be.
    Unpublished,
    /// A copy of the answers was made.
    Copied,
    /// What was decided of texts was kept.
    Reviewed,
    /// A theme was added.
    ThemeAdded,
    /// A request for a talk was brought to another stage.
    TalkMoved,
    /// A request for a talk was erased.
    TalkErased,
    /// There is no such request any more.
    TalkGone,
}

impl Done {
    const ALL: [Done; 16] = [
        Done::Closed,
        Done::Reopened,
        Done::StaysClosed,
        Done::Issued,
        Done::Added,
        Done::Reminded,
        Done::RemindedAll,
        Done::Revoked,
        Done::Published,
        Done::Unpublished,
        Done::Copied,
        Done::Reviewed,
        Done::ThemeAdded,
        Done::TalkMoved,
        Done::TalkErased,
        Done::TalkGone,
    ];

    /// The word that stands for it in an address.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Done::Closed => "closed",
            Done::Reopened => "reopened",
            Done::StaysClosed => "stays-closed",
            Done::Issued => "issued",
            Done::Added => "added",
            Done::Reminded => "reminded",
            Done::RemindedAll => "reminded-all",
            Done::Revoked => "revoked",
            Done::Published => "published",
            Done::Unpublished => "unpublished",
            Done::Copied => "copied",
            Done::Reviewed => "reviewed",
            Done::ThemeAdded => "theme-added",
            Done::TalkMoved => "talk-moved",
            Done::TalkErased => "talk-erased",
            Done::TalkGone => "talk-gone",
        }
    }

    /// What a word stands for.
    #[must_use]
    pub fn of(word: &str) -> Option<Done> {
        Done::ALL.into_iter().find(|done| done.word() == word)
    }

    fn key(self) -> &'static str {
        match self {
            Done::Closed => "desk_done_closed",
            Done::Reopened => "desk_done_reopened",
            Done::StaysClosed => "desk_done_stays",
            Done::Issued => "desk_done_issued",
            Done::Added => "desk_done_added",
            Done::Reminded => "desk_done_reminded",
            Done::RemindedAll => "desk_done_reminded_all",
            Done::Revoked => "desk_done_revoked",
            Done::Published => "desk_done_published",
            Done::Unpublished => "desk_done_unpublished",
            Done::Copied => "desk_done_copied",
            Done::Reviewed => "desk_done_reviewed",
            Done::ThemeAdded => "desk_done_theme",
            Done::TalkMoved => "desk_done_talk_moved",
            Done::TalkErased => "desk_done_talk_erased",
            Done::TalkGone => "desk_done_talk_gone",
        }
    }
}

/// A page of the desk for whoever looks at it.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// The home site in a language.
    pub place: &'a Place<'a>,
    /// What its forms carry, so that no page of somebody else can send them.
    pub key: &'a str,
    /// The page's own address.
    pub here: &'a str,
    /// What was just done.
    pub done: Option<Done>,
    /// What could not be done, and why.
    pub alert: Option<&'a str>,
    /// It is seen on another machine, after the password was typed.
    pub elsewhere: bool,
}

#[derive(Serialize)]
struct FrameView {
    home: LinkView,
    nav: Vec<LinkView>,
    languages: Vec<LinkView>,
    done: Option<String>,
    alert: Option<String>,
    leave: Option<ActView>,
    state: String,
}

/// Something that is done by a form of its own; with `warning`, after having read it.
#[derive(Serialize)]
pub(super) struct ActView {
    action: String,
    label: String,
    /// What a screen reader says: the label and what it is done to.
    about: String,
    warning: Option<String>,
    primary: bool,
    fields: Vec<FieldView>,
    /// What `about` says behind the label.
    #[serde(skip)]
    tail: String,
}

impl ActView {
    /// The same after a warning has been read.
    pub(super) fn after(mut self, warning: String) -> ActView {
        self.warning = Some(warning);
        self
    }

    /// The same with a label of its own.
    pub(super) fn named(mut self, label: &str) -> ActView {
        label.clone_into(&mut self.label);
        self.about = format!("{label}{}", self.tail);
        self
    }

    /// The same as the one that matters most.
    pub(super) fn first(mut self) -> ActView {
        self.primary = true;
        self
    }
}

/// A page with the frame around it.
#[derive(Serialize)]
struct Framed<V: Serialize> {
    frame: FrameView,
    #[serde(flatten)]
    page: V,
}

impl<'a> Desk<'a> {
    /// The words of the page.
    pub(super) fn edition(&self) -> &'a Edition<'a> {
        self.place.edition
    }

    /// An address of the desk in this language.
    pub(super) fn to(&self, path: &str) -> String {
        self.place.address(path, None)
    }

    /// What every form of the desk carries.
    pub(super) fn fields(&self, own: &[(&str, &str)]) -> Vec<FieldView> {
        let language = self.edition().language.code();
        let all = [(KEY, self.key), ("lang", language)].into_iter().chain(own.iter().copied());
        all.map(|(name, value)| FieldView { name: name.to_owned(), value: value.to_owned() }).collect()
    }

    /// A button that does something; `of`: to what, where the label does not say.
    pub(super) fn act(&self, action: String, label: &str, of: &str, own: &[(&str, &str)]) -> ActView {
        let edition = self.edition();
        let label = edition.say(label).to_owned();
        let tail = if of.is_empty() { String::new() } else { format!("{}{of}", edition.say("title_gap")) };
        ActView { action, about: format!("{label}{tail}"), label, warning: None, primary: false, fields: self.fields(own), tail }
    }

    /// The page of a template.
    pub(super) fn render(&self, template: &str, title: &str, page: impl Serialize) -> Result<String, Diagnostics> {
        let edition = self.edition();
        let own = |path: &str, key: &str| {
            let mut link = LinkView::new(self.to(path), edition.say(key));
            let below = |path: &str| self.here == path || self.here.starts_with(&format!("{path}/"));
            link.current = (self.here == path || if path == DESK { below(SURVEYS) } else { below(path) }).then_some("page");
            link
        };
        let rooms = LinkView::new(self.to(ROOMS), edition.say("desk_rooms"));
        let site = LinkView::new("/".to_owned(), edition.say("desk_site"));
        // The manual's first language is Japanese, whatever the project's is
        let manual = if edition.language == Language::English { "/_manual/en/" } else { "/_manual/" };
        let manual = LinkView::new(manual.to_owned(), edition.say("desk_manual"));
        // Only where texts are read do words of answers stand on the desk
        let state = match (template == TEXTS, self.elsewhere) {
            (true, _) => "desk_texts_state",
            (false, true) => "desk_elsewhere",
            (false, false) => "desk_local",
        };
        let asks = edition.material.catalog.sites.values().any(|site| site.consultants.is_some());
        let talks = asks.then(|| own(TALKS, "desk_talks"));
        let shown = edition.material.catalog.sites.values().any(|site| !site.cohorts.is_empty());
        let due = shown.then(|| own(COHORTS, "desk_due"));
        let frame = FrameView {
            home: own(DESK, "desk_name"),
            nav: [own(DESK, "desk_surveys")]
                .into_iter()
                .chain(talks)
                .chain(due)
                .chain([own(KEEPING, "desk_keeping"), rooms, site, manual])
                .collect(),
            languages: self.languages(),
            done: self.done.map(|done| edition.say(done.key()).to_owned()),
            alert: self.alert.map(str::to_owned),
            leave: self.elsewhere.then(|| self.act(format!("{DESK}/leave"), "desk_leave", "", &[])),
            state: edition.say(state).to_owned(),
        };
        self.place.render_with(template, title, "desk", Framed { frame, page })
    }

    fn languages(&self) -> Vec<LinkView> {
        let all = &self.edition().material.catalog.project.languages;
        let link = |language: &Language| {
            let mut link = LinkView::new(format!("{}?lang={}", self.here, language.code()), language.label());
            link.current = (*language == self.edition().language).then_some("true");
            link
        };
        if all.len() > 1 { all.iter().map(link).collect() } else { Vec::new() }
    }
}

/// How a survey stands, in the words of a row.
#[derive(Serialize)]
pub(super) struct StandingView {
    pub(super) plate: String,
    tone: &'static str,
    when: Option<String>,
    number: Option<String>,
    unit: String,
    note: String,
    /// How far the answers have come, in whole per cent of those invited.
    rate: Option<u64>,
    rated: Option<String>,
    quotas: Vec<String>,
}

pub(super) fn standing(desk: &Desk<'_>, listing: &Listing<'_>) -> StandingView {
    use crate::language::count;
    use crate::survey::definition::Publish;
    let (edition, survey) = (desk.edition(), listing.survey);
    let day = |day: crate::language::DayTime| edition.limit(day);
    let (plate, tone, when) = match listing.opening {
        Opening::Open => ("desk_state_open", "here", survey.close.map(|close| edition.until(close.written))),
        Opening::NotYet(open) => ("desk_state_soon", "soft", Some(edition.fill("desk_from", &[("date", &day(open))]))),
        Opening::Closed(closed) => ("desk_state_closed", "soft", Some(edition.fill("desk_closed_on", &[("date", &day(closed))]))),
    };
    let note = match (listing.opening, survey.publish) {
        (Opening::Closed(_), _) => "desk_note_closed",
        (_, Publish::Rolling) => "desk_note_rolling",
        (_, Publish::AtClose) => "desk_note_at_close",
    };
    let k = step(survey).to_string();
    let unit = match listing.invited {
        _ if listing.counted == 0 => match listing.opening {
            Opening::NotYet(_) => edition.say("desk_not_begun").to_owned(),
            Opening::Open => edition.fill("desk_below", &[("k", &k)]),
            Opening::Closed(_) => edition.fill("desk_below_closed", &[("k", &k)]),
        },
        Some(invited) => edition.fill("desk_of", &[("n", &count(invited))]),
        None => edition.say("desk_people").to_owned(),
    };
    // Rounded down: «at least» stays true
    let rate =
        listing.invited.filter(|invited| *invited > 0 && listing.counted > 0).map(|invited| (listing.counted * 100 / invited).min(100));
    StandingView {
        plate: edition.say(plate).to_owned(),
        tone,
        when,
        number: (listing.counted > 0).then(|| count(listing.counted)),
        unit,
        note: edition.fill(note, &[("k", &k)]),
        rate,
        rated: rate.map(|rate| edition.fill("desk_rate", &[("rate", &rate.to_string())])),
        quotas: quotas(edition, listing),
    }
}

/// How far each quota is filled, in steps of the smallest group.
fn quotas(edition: &Edition<'_>, listing: &Listing<'_>) -> Vec<String> {
    use crate::language::count;
    let k = u64::from(listing.survey.k.max(1));
    let line = |quota: &crate::survey::Quota| {
        let told = listing.quotas.get(&quota.id).copied().unwrap_or(0);
        let key = match (told >= u64::from(quota.limit), told >= k) {
            (true, _) => "desk_quota_full",
            (false, true) => "desk_quota",
            (false, false) => "desk_quota_below",
        };
        let label = quota.label.as_ref().map_or_else(|| quota.id.clone(), |label| edition.plain(label));
        let (n, limit) = (count(told / k * k), count(u64::from(quota.limit)));
        edition.fill(key, &[("label", &label), ("limit", &limit), ("n", &n), ("k", &k.to_string())])
    };
    listing.survey.quotas.iter().map(line).collect()
}
