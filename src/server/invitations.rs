//! Invitations at the door: a code becomes a cookie, a page that says why not, or leave to answer.
//!
//! `GET /i/CODE` never uses anything up, whoever opens it: mail scanners do. It puts the code into a cookie that only the form's own
//! address gets and leads there, so that the code leaves the address bar. A browser without cookies types it once more and the
//! form carries it. Only an accepted answer uses an invitation up, in the store.

use super::outcomes::Outcomes;
use super::refusal::Refusal;
use super::reply::Reply;
use super::request::{Form, Request};
use super::shelf::{FormSpot, Shelf};
use super::tries::Tries;
use crate::language::{Language, Today};
use crate::pages::form::invitation::{self, Along, Problem};
use crate::pages::form::sheet::INVITATION;
use crate::pages::{Addresses, Edition, Material, Spot};
use crate::store::{Invited, Standing, Store, Ticket};
use crate::survey::definition::Opening;
use crate::survey::{Survey, Token};
use std::net::IpAddr;
use std::time::Instant;

/// The cookie that holds the code.
pub(super) const COOKIE: &str = "invitation";
/// What stands behind a form's address after a code was taken: cookies set on the way here are not always sent along at once.
const TAKEN: &str = "invited";
/// The longest that is looked at as a code.
const LONGEST: usize = 200;

/// What is needed to look at codes.
#[derive(Clone, Copy)]
pub(super) struct Door<'a> {
    pub(super) shelf: &'a Shelf,
    pub(super) store: &'a dyn Store,
    pub(super) tries: &'a Tries,
    /// Sheets that were put aside for the first time.
    pub(super) drafts: &'a Tries,
    /// Sheets that may still be answered with their results.
    pub(super) outcomes: &'a Outcomes,
    pub(super) today: Today,
}

/// An invitation that came with a request.
pub(super) struct Held {
    /// The code as it was typed; empty where it came in a cookie.
    pub(super) typed: String,
    /// What the store knows of it.
    pub(super) invited: Invited,
}

/// Why a request has no invitation.
pub(super) enum Without {
    /// Its page says so.
    Problem(Problem, String),
    /// The store failed.
    Failed,
}

impl Door<'_> {
    /// The invitation that a form was sent with. One that was used is handed over all the same: only the store can tell a second
    /// sending of the same sheet from another answer.
    pub(super) fn of_form(&self, request: &Request, sent: &Form, survey: &str) -> Result<Held, Without> {
        let typed = sent.get(INVITATION).unwrap_or_default();
        // A cookie carries authority, so the form has to come from a page of ours
        let cookie = request.cookie(COOKIE).filter(|_| request.same_origin());
        let held = match (typed, cookie) {
            ("", None) => return Err(Without::Problem(Problem::Missing, String::new())),
            ("", Some(code)) => Held { typed: String::new(), invited: self.look(code, request.peer)? },
            (typed, _) => Held { typed: typed.to_owned(), invited: self.look(typed, request.peer)? },
        };
        fitting(held, survey)
    }

    /// What a form is opened with: an invitation, or (`None`) only the word that there is one.
    pub(super) fn of_visit(&self, request: &Request, survey: &str) -> Result<Option<Held>, Without> {
        match request.cookie(COOKIE) {
            Some(code) => {
                let held = fitting(Held { typed: String::new(), invited: self.look(code, request.peer)? }, survey)?;
                match held.invited.standing {
                    Standing::Used => Err(Without::Problem(Problem::Used, String::new())),
                    _ => Ok(Some(held)),
                }
            }
            None if request.query.get(TAKEN).is_some() => Ok(None),
            None => Err(Without::Problem(Problem::Missing, String::new())),
        }
    }

    /// `GET /i/CODE` and `/en/i/CODE`, and the page where a code is typed.
    pub(super) fn knock(&self, request: &Request, language: Language, code: Option<&str>) -> Reply {
        let spot = self.door_at(&request.path, language);
        let typed = match (code, request.form().ok()) {
            (Some(code), _) => code.to_owned(),
            (None, Some(sent)) if sent.get(INVITATION).is_some() => sent.get(INVITATION).unwrap_or_default().to_owned(),
            (None, _) => return self.page(&spot, language, None, 200, (Problem::Missing, ""), Vec::new()),
        };
        let problem = match self.look(&typed, request.peer) {
            Ok(invited) => match (invited.standing, self.lead_to(&invited.survey, language, &typed)) {
                (Standing::Open, Some(reply)) => return reply,
                (Standing::Open, None) => Problem::Unknown,
                (Standing::Used, _) => Problem::Used,
                (Standing::Revoked, _) => Problem::Revoked,
            },
            Err(Without::Problem(problem, _)) => problem,
            Err(Without::Failed) => return Reply::refusal(Refusal::Fault),
        };
        // What came in a link is not put into the field again: it is not what anybody typed
        let again = if code.is_some() && problem != Problem::Mistyped { "" } else { &typed };
        self.page(&spot, language, None, problem.status(), (problem, again), Vec::new())
    }

    /// The page for codes at an address: its links lead up as far as that lies below the home site's own page for codes, which need
    /// not have the language.
    fn door_at(&self, path: &str, language: Language) -> Spot {
        let home = self.shelf.catalog.home();
        let own = home.map(|site| Addresses { first: site.first_language() }.path(&Spot::Invitation, site.language_for(language)));
        let folders = |path: &str| path.trim_start_matches('/').matches('/').count();
        match folders(path).saturating_sub(own.map_or(0, |own| folders(&own))) {
            0 => Spot::Invitation,
            below => Spot::InvitationBelow(below),
        }
    }

    /// The page of a form's address that asks for a code; `along` holds what was typed into the form.
    pub(super) fn ask(&self, spot: &FormSpot, survey: &Survey, without: &Without, along: Along<'_>) -> Reply {
        let Without::Problem(problem, typed) = without else { return Reply::refusal(Refusal::Fault) };
        let here = Spot::Content(crate::catalog::Target::Survey(survey.id.clone()));
        self.page(&here, spot.language, Some((spot, survey)), problem.status(), (*problem, typed), along)
    }

    /// What the store knows of a code.
    fn look(&self, code: &str, peer: IpAddr) -> Result<Invited, Without> {
        let now = Instant::now();
        let problem = |problem: Problem| Without::Problem(problem, code.chars().take(LONGEST).collect());
        if !self.tries.may_try(peer, now) {
            return Err(problem(Problem::TooMany));
        }
        let wrong = |why: Problem| {
            self.tries.wrong(peer, now);
            problem(why)
        };
        let token = if code.len() > LONGEST { None } else { Token::read(code).ok() };
        let Some(token) = token else {
            return Err(if code.trim().is_empty() { problem(Problem::Missing) } else { wrong(Problem::Mistyped) });
        };
        match self.store.invitation(&Ticket::of_token(&token)) {
            Ok(Some(mut invited)) => {
                // It may have been handed out before an attribute was given another id
                if let Some(survey) = self.shelf.catalog.surveys.get(&invited.survey) {
                    invited.invitation.carried = survey.history.carried(&invited.invitation.carried);
                }
                Ok(invited)
            }
            Ok(None) => Err(wrong(Problem::Unknown)),
            Err(_) => Err(Without::Failed),
        }
    }

    /// To the form, with the code in a cookie for each of the form's languages. `None` where no site has this survey.
    fn lead_to(&self, survey: &str, language: Language, typed: &str) -> Option<Reply> {
        let known = self.shelf.catalog.surveys.get(survey)?;
        let forms = self.shelf.form_addresses(survey);
        let address = forms.iter().find(|(own, _)| *own == language).or(forms.first()).map(|(_, address)| address)?;
        if known.opening(self.today) != Opening::Open {
            // Its own page says since or until when
            return Some(
                self.shelf.get(address).map_or_else(|| Reply::refusal(Refusal::Fault), |file| Reply::html(403, file.bytes.clone())),
            );
        }
        let code = Token::read(typed).ok()?;
        let mut reply = Reply::see_other(&format!("{address}?{TAKEN}")).ok()?;
        for (_, path) in &forms {
            let cookie = format!("{COOKIE}={}; Path={path}; HttpOnly; SameSite=Strict", code.in_link());
            reply = reply.with_header("Set-Cookie", &cookie).ok()?;
        }
        Some(reply)
    }

    fn page(
        &self,
        spot: &Spot,
        language: Language,
        form: Option<(&FormSpot, &Survey)>,
        status: u16,
        (problem, typed): (Problem, &str),
        along: Along<'_>,
    ) -> Reply {
        let catalog = &self.shelf.catalog;
        let site = form.map_or_else(|| catalog.home(), |(spot, _)| catalog.sites.get(&spot.site));
        let made = site.and_then(|site| {
            let theme = self.shelf.themes.get(&site.id)?;
            let material = Material { catalog, site, theme, today: self.today };
            invitation::page(&Edition { material, language }, spot, form.map(|(_, survey)| survey), problem, typed, along).ok()
        });
        made.map_or_else(|| Reply::refusal(Refusal::Fault), |text| Reply::html(status, text.into_bytes()))
    }
}

/// Holds an invitation against the survey that it was brought to.
fn fitting(held: Held, survey: &str) -> Result<Held, Without> {
    let problem = if held.invited.survey != survey {
        Problem::Foreign
    } else if held.invited.standing == Standing::Revoked {
        Problem::Revoked
    } else {
        return Ok(held);
    };
    Err(Without::Problem(problem, held.typed))
}

/// The language and the code of an address where codes are taken: `/i`, `/i/CODE`, `/en/i/CODE`. `first` is that of an address without
/// a language.
pub(super) fn address(path: &str, languages: &[Language], first: Language) -> Option<(Language, Option<String>)> {
    let prefixed = languages.iter().find_map(|language| Some((*language, path.strip_prefix(&format!("/{}/i", language.code()))?)));
    let (language, rest) = prefixed.or_else(|| Some((first, path.strip_prefix("/i")?)))?;
    match rest {
        "" | ".html" | "/" => Some((language, None)),
        _ => {
            let code = rest.strip_prefix('/')?;
            Some((language, (!code.contains('/')).then(|| code.to_owned())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_codes() {
        let languages = [Language::Japanese, Language::English];
        for (path, expected) in [
            ("/i", Some((Language::Japanese, None))),
            ("/i.html", Some((Language::Japanese, None))),
            ("/en/i", Some((Language::English, None))),
            ("/i/7K3M", Some((Language::Japanese, Some("7K3M".to_owned())))),
            ("/en/i/7K3M-9", Some((Language::English, Some("7K3M-9".to_owned())))),
            ("/ja/i", Some((Language::Japanese, None))),
            ("/index.html", None),
            ("/ix", None),
            ("/en/index.html", None),
            ("/", None),
        ] {
            assert_eq!(address(path, &languages, Language::Japanese), expected, "{path}");
        }
    }
}
