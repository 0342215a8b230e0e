//! The projector's screens and the presenter's own pages, for this machine alone; and the word by which anybody's page learns that
//! there is something newer to see.

use super::refusal::Refusal;
use super::reply::{Reply, etag};
use super::request::{Method, Request};
use super::room::{Hall, Room, Words, by_code, code_of, rooms};
use super::shelf::Shelf;
use crate::language::{Language, Today};
use crate::pages::room::frame::{ROOMS, Way, counted};
use crate::pages::room::projector::{Screen, page, word_questions};
use crate::pages::room::screens::{self, Listed};
use crate::pipeline::reviewed::{add_new, read, write};
use crate::survey::Survey;
use crate::survey::review::{Review, Verdict};
use std::collections::BTreeSet;
use std::path::Path;

/// The operator, in front of a room.
#[derive(Clone, Copy)]
pub(super) struct Presenter<'p> {
    /// The folder of answers, where what may be shown is decided; `None`: it is remembered until the server stops.
    pub(super) private: Option<&'p Path>,
}

/// The reply to a request below `/_room`; `None`: there is no such page, or not for whoever asks. `presenter`: it is the operator.
pub(super) fn reply(room: &Room, shelf: &Shelf, request: &Request, today: Today, presenter: Option<Presenter<'_>>) -> Option<Reply> {
    let inside = request.path.strip_prefix(ROOMS)?;
    let parts: Vec<&str> = inside.split('/').filter(|part| !part.is_empty()).collect();
    let survey = |id: &str| rooms(shelf).find(|survey| survey.id == id);
    if let [id, "state"] = parts.as_slice()
        && let Some(survey) = survey(id)
    {
        return Some(state(room, shelf, request, survey));
    }
    let presenter = presenter?;
    if !inside.is_empty() && !inside.starts_with('/') {
        return None;
    }
    let visit = Visit { room, shelf, request, today, private: presenter.private };
    match parts.as_slice() {
        [id, "words"] => visit.words(survey(id)?),
        _ if request.method == Method::Post => Some(Reply::refusal(Refusal::Method)),
        [] => visit.list(),
        ["_reach"] => visit.reach(),
        ["_reach", "state"] => Some(told(request, if room.reached().is_some() { "reached" } else { "waiting" })),
        [id] => match survey(id) {
            Some(survey) => visit.screen(survey),
            None if *id == "reach" => Reply::see_other("/_room/_reach").ok(),
            None => None,
        },
        _ => None,
    }
}

/// Changes when a whole step of people has answered or newer figures are published; for the presenter also when the words or the
/// content have changed. Never with a single answer.
fn state(room: &Room, shelf: &Shelf, request: &Request, survey: &Survey) -> Reply {
    let people = counted(survey, shelf.answers.published.get(&survey.id));
    let figures = shelf.answers.fingerprints.get(&survey.id).map_or("", |fingerprint| fingerprint.get(..8).unwrap_or_default());
    let mut state = format!("{people} {figures}");
    if request.peer.is_loopback() {
        state.push_str(&format!(" {} {} {}", shelf.version, room.choices(), room.host().unwrap_or_default()));
    }
    told(request, &state)
}

fn told(request: &Request, state: &str) -> Reply {
    Reply::plain(200, state).with_etag(&etag(state.as_bytes())).unless_known(request)
}

/// The presenter asks for a page.
struct Visit<'v> {
    room: &'v Room,
    shelf: &'v Shelf,
    request: &'v Request,
    today: Today,
    private: Option<&'v Path>,
}

impl Visit<'_> {
    /// What was decided of texts, where that is kept and can be read.
    fn review(&self, survey: &Survey) -> Option<Review> {
        let read = read(self.private?, &self.shelf.catalog, survey).ok()?;
        (!read.diagnostics.has_errors()).then_some(read.read.review)
    }

    /// The words that may be shown: those that were approved, here or at the desk.
    fn approved(&self, survey: &Survey) -> Words {
        let Some(review) = self.review(survey) else { return self.room.words(&survey.id) };
        let mut words = Words::new();
        for (one, _) in review.decisions.into_iter().filter(|(_, decision)| decision.verdict == Verdict::Approved) {
            words.entry(one.question).or_default().insert(one.text);
        }
        words
    }

    fn language(&self, hall: &Hall<'_>) -> Language {
        hall.language(self.request.query.get("lang"))
    }

    fn screen(&self, survey: &Survey) -> Option<Reply> {
        let (hall, code) = (Hall::of(self.shelf, &survey.id, self.today)?, code_of(self.shelf, &survey.id)?);
        let (host, approved) = (self.room.host(), self.approved(survey));
        let screen = Screen {
            survey,
            published: self.shelf.answers.published.get(&survey.id),
            way: host.as_deref().map(|host| Way { code: &code, host }),
            show: self.request.query.get("show"),
            approved: &approved,
        };
        made(hall.page(self.language(&hall), |place| page(place, &screen)))
    }

    fn words(&self, survey: &Survey) -> Option<Reply> {
        let question = word_questions(survey).find(|id| self.request.query.get("show") == Some(id))?;
        let hall = Hall::of(self.shelf, &survey.id, self.today)?;
        let published = self.shelf.answers.published.get(&survey.id);
        if self.request.method != Method::Post {
            let chosen = self.approved(survey).remove(question).unwrap_or_default();
            return made(hall.page(self.language(&hall), |place| screens::words(place, survey, published, question, &chosen)));
        }
        // What appears before everybody is decided here: a page of somebody else must not be able to
        if !self.request.same_origin() {
            return Some(Reply::refusal(Refusal::Misdirected));
        }
        let form = match self.request.form() {
            Ok(form) => form,
            Err(refusal) => return Some(Reply::refusal(refusal)),
        };
        let released = published.and_then(|published| published.texts.get(question));
        let ticked: BTreeSet<&str> = form.all("word").collect();
        let words: BTreeSet<String> = released.into_iter().flatten().filter(|text| ticked.contains(text.as_str())).cloned().collect();
        if let (Some(private), Some(mut review), Some(published)) = (self.private, self.review(survey), published) {
            add_new(survey, &mut review, &published.texts);
            for (one, decision) in review.decisions.iter_mut().filter(|(one, _)| one.question == question) {
                decision.verdict = match (decision.verdict, words.contains(&one.text)) {
                    (Verdict::New | Verdict::Approved, true) => Verdict::Approved,
                    (Verdict::New | Verdict::Approved, false) => Verdict::New,
                    // Whatever was decided at the desk, with more time, stays
                    (decided, _) => decided,
                };
            }
            if write(private, survey, &review).is_err() {
                return Some(Reply::refusal(Refusal::Fault));
            }
        }
        self.room.choose(&survey.id, question, words);
        let back = hall.page(self.language(&hall), |place| Ok::<String, ()>(place.screen(&survey.id, Some(question))))?;
        Reply::see_other(&back).ok()
    }

    fn list(&self) -> Option<Reply> {
        let (hall, codes) = (Hall::home(self.shelf, self.today)?, by_code(self.shelf));
        let code = |survey: &Survey| codes.iter().find(|(_, id)| **id == survey.id).map(|(code, _)| code.as_str());
        let listed: Vec<Listed<'_>> = rooms(self.shelf).filter_map(|survey| Some(Listed { survey, code: code(survey)? })).collect();
        made(hall.page(self.language(&hall), |place| screens::list(place, &listed)))
    }

    fn reach(&self) -> Option<Reply> {
        let (hall, reached) = (Hall::home(self.shelf, self.today)?, self.room.reached());
        made(hall.page(self.language(&hall), |place| screens::reach(place, self.room.hosts(), reached.as_deref())))
    }
}

#[allow(clippy::unnecessary_wraps, reason = "every page of a visit ends so")]
fn made(page: Option<String>) -> Option<Reply> {
    Some(page.map_or_else(|| Reply::refusal(Refusal::Fault), |page| Reply::html(200, page.into_bytes())))
}
