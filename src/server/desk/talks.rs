//! Requests for talks at the desk: how far each has come, a table and dates to take along, erasing.

use super::office::{Office, Showing};
use crate::catalog::Directory;
use crate::content::calendar::{Entry, calendar};
use crate::content::record::{BOM, push_record};
use crate::diagnostic::Diagnostics;
use crate::language::{Day, Moment, Shown};
use crate::pages::desk::frame::{Done, TALKS};
use crate::pages::desk::talks::{Asked, TABLE_HEADS, event_title, page, stage_words, told};
use crate::server::refusal::Refusal;
use crate::server::reply::Reply;
use crate::server::request::{Form, Request};
use crate::server::room::Hall;
use crate::store::Kept;
use crate::survey::nomination::{Stage, WISHES, Wish};

/// A request as pages see it.
fn asked(kept: &Kept) -> Asked<'_> {
    Asked {
        id: &kept.id,
        site: &kept.site,
        nomination: &kept.nomination,
        made: kept.made,
        until: kept.until,
        stage: kept.stage,
        settled: kept.settled,
    }
}

impl Office<'_> {
    /// The page.
    pub(super) fn talks(&self, showing: Showing<'_>) -> anyhow::Result<Reply> {
        let all = self.store.nominations()?;
        let all: Vec<Asked<'_>> = all.iter().map(asked).collect();
        Ok(self.show(showing, |desk| page(desk, &all)))
    }

    /// Something that is done to requests.
    pub(super) fn talk(&self, request: &Request, act: &str) -> anyhow::Result<Reply> {
        let form = match self.admitted(request) {
            Ok(form) => form,
            Err(refusal) => return Ok(Reply::refusal(refusal)),
        };
        match act {
            "stage" => self.talk_stage(&form),
            "erase" => {
                let there = self.store.erase_nomination(form.get("id").unwrap_or_default())?;
                self.back(TALKS, self.language(form.get("lang")), if there { Done::TalkErased } else { Done::TalkGone })
            }
            "csv" => self.talks_table(&form),
            _ => self.talks_calendar(&form),
        }
    }

    fn talk_stage(&self, form: &Form) -> anyhow::Result<Reply> {
        let (id, stage) = (form.get("id").unwrap_or_default(), form.get("stage").and_then(Stage::of));
        let Some(stage) = stage else { return Ok(Reply::refusal(Refusal::Fault)) };
        let settled = form.get("settled").and_then(|wish| wish.parse().ok()).filter(|wish| *wish < WISHES);
        let kept = self.store.nominations()?.into_iter().find(|kept| kept.id == id);
        // A time is settled only where that was wished for
        let settled = settled.filter(|wish| kept.as_ref().is_some_and(|kept| *wish < kept.nomination.wishes.len()));
        if stage == Stage::Confirmed && settled.is_none() && kept.is_some() {
            return Ok(Reply::refusal(Refusal::Fault));
        }
        let there = kept.is_some() && self.store.set_stage(id, stage, settled, self.today.day)?;
        self.back(TALKS, self.language(form.get("lang")), if there { Done::TalkMoved } else { Done::TalkGone })
    }

    /// Everything as a table that no spreadsheet runs.
    fn talks_table(&self, form: &Form) -> anyhow::Result<Reply> {
        let language = self.language(form.get("lang"));
        let all = self.store.nominations()?;
        let made = Hall::home(self.shelf, self.today).and_then(|hall| {
            hall.page(language, |place| {
                let edition = place.edition;
                let mut table = String::from(BOM);
                push_record(&mut table, TABLE_HEADS.map(|key| edition.say(key).to_owned()));
                for kept in &all {
                    let told = told(edition, &self.shelf.catalog, &asked(kept));
                    let wish = |at: usize| told.wishes.get(at).cloned().unwrap_or_default();
                    let nomination = &kept.nomination;
                    let fields = [
                        told.reference.clone(),
                        stage_words(edition, kept.stage).to_owned(),
                        kept.made.to_string(),
                        kept.until.to_string(),
                        told.consultant.clone(),
                        told.theme.clone(),
                        told.language.clone(),
                        wish(0),
                        wish(1),
                        wish(2),
                        kept.settled.map(wish).unwrap_or_default(),
                        nomination.name.clone(),
                        nomination.contact.clone(),
                        nomination.hope.clone(),
                        nomination.secret.clone(),
                    ];
                    push_record(&mut table, fields);
                }
                Ok::<String, Diagnostics>(table)
            })
        });
        match made {
            Some(table) => self.file("text/csv; charset=utf-8", "talks.csv", table.into_bytes()),
            None => Ok(Reply::refusal(Refusal::Fault)),
        }
    }

    /// The times that are settled; of one request that is not, all its wishes.
    fn talks_calendar(&self, form: &Form) -> anyhow::Result<Reply> {
        let language = self.language(form.get("lang"));
        let all = self.store.nominations()?;
        let wanted = form.get("id");
        let made = Hall::home(self.shelf, self.today).and_then(|hall| {
            hall.page(language, |place| {
                let edition = place.edition;
                let mut entries = Vec::new();
                for kept in all.iter().filter(|kept| wanted.is_none_or(|id| id == kept.id) && kept.stage != Stage::Closed) {
                    let told = told(edition, &self.shelf.catalog, &asked(kept));
                    let title = event_title(edition, &told);
                    for (at, wish) in kept.nomination.wishes.iter().enumerate() {
                        let settled = kept.settled == Some(at);
                        let open = kept.settled.is_none() && wanted.is_some();
                        let span = (settled || open).then(|| self.span(&kept.site, wish)).flatten();
                        entries.extend(span.map(|(from, until)| Entry {
                            id: format!("{}-{}", kept.id, at + 1),
                            from,
                            until,
                            title: title.clone(),
                            tentative: !settled,
                        }));
                    }
                }
                Ok::<String, Diagnostics>(calendar(&entries, self.today.now))
            })
        });
        match made {
            Some(text) => self.file("text/calendar; charset=utf-8", "talks.ics", text.into_bytes()),
            None => Ok(Reply::refusal(Refusal::Fault)),
        }
    }

    /// From when until when a wish is.
    fn span(&self, site: &str, wish: &Wish) -> Option<(Moment, Moment)> {
        let catalog = &self.shelf.catalog;
        let (directory, _): (&Directory, _) = catalog.talks(catalog.sites.get(site)?)?;
        let hours = directory.hours.iter().find(|one| one.named.id == wish.hours)?;
        let day = Day::parse(&wish.day)?;
        let at = |minutes: u32| match day.shows(u16::try_from(minutes).ok()?, &catalog.project.time_zone)? {
            Shown::Once(moment) | Shown::Twice(moment, _) | Shown::Never(moment) => Some(moment),
        };
        Some((at(hours.from)?, at(hours.until)?))
    }
}
