//! What was handed out: its files, reminders, links taken back, the data sheet.

use super::office::{Office, Showing, kind_of, told};
use super::survey::Typed;
use crate::language::Language;
use crate::pages::desk::frame::{Done, SURVEYS};
use crate::pages::paper::data_sheet;
use crate::pipeline::round::{links_folder, made_files};
use crate::server::refusal::Refusal;
use crate::server::reply::Reply;
use crate::server::request::Request;
use crate::survey::{Access, Survey};

impl Office<'_> {
    /// A file of the round.
    pub(super) fn round_file(&self, request: &Request, survey: &Survey) -> anyhow::Result<Reply> {
        let form = match self.admitted(request) {
            Ok(form) => form,
            Err(refusal) => return Ok(Reply::refusal(refusal)),
        };
        // Only a name that we give ourselves is ever opened
        let known = made_files(&self.means.private, &survey.id);
        let Some(name) = known.into_iter().find(|name| form.get("name") == Some(name)) else {
            return Ok(Reply::refusal(Refusal::Fault));
        };
        let bytes = std::fs::read(links_folder(&self.means.private, &survey.id).join(&name))?;
        self.file(kind_of(&name), &format!("{}-{name}", survey.id), bytes)
    }

    /// The data sheet in a language.
    pub(super) fn sheet(&self, request: &Request, survey: &Survey) -> anyhow::Result<Reply> {
        let form = match self.admitted(request) {
            Ok(form) => form,
            Err(refusal) => return Ok(Reply::refusal(refusal)),
        };
        let language = Language::ALL.into_iter().find(|language| form.get("name") == Some(&format!("data-sheet.{}.html", language.code())));
        let (Some(language), Some(round)) = (language, self.round(survey)) else { return Ok(Reply::refusal(Refusal::Fault)) };
        match data_sheet::page(round.material, language, survey, env!("CARGO_PKG_VERSION")) {
            Ok(page) => {
                self.file("text/html; charset=utf-8", &format!("data-sheet-{}.{}.html", survey.id, language.code()), page.into_bytes())
            }
            Err(_) => Ok(Reply::refusal(Refusal::Fault)),
        }
    }

    /// Writes the files of a reminder.
    pub(super) fn remind(&self, request: &Request, survey: &Survey) -> anyhow::Result<Reply> {
        self.change(request, survey, |office, form| {
            let everyone = form.get("whom") != Some("missing");
            let Some(round) = office.round(survey) else { anyhow::bail!("no site shows this survey") };
            let handed = round.handed()?;
            let base = handed.base.clone();
            round.remind(handed, everyone, &base)?;
            Ok(if everyone { Done::RemindedAll } else { Done::Reminded })
        })
    }

    /// Takes links back.
    pub(super) fn revoke(&self, request: &Request, survey: &Survey) -> anyhow::Result<Reply> {
        self.change(request, survey, |office, form| {
            let Some(round) = office.round(survey) else { anyhow::bail!("no site shows this survey") };
            let typed = form.get("ids").unwrap_or_default();
            let ids: Vec<String> =
                typed.split(['\n', '\r', ',', '、', '\t']).map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect();
            if ids.is_empty() {
                anyhow::bail!(crate::language::Words::new(
                    "取り消す人の ID を、1行に一つ書いてください",
                    "write the ids of those whose links are taken back, one a line"
                ));
            }
            round.revoke(&ids)?;
            Ok(Done::Revoked)
        })
    }

    /// Does something and leads back; what could not be done is said on the page, with what was typed.
    fn change(
        &self,
        request: &Request,
        survey: &Survey,
        act: impl FnOnce(&Self, &crate::server::request::Form) -> anyhow::Result<Done>,
    ) -> anyhow::Result<Reply> {
        let form = match self.admitted(request) {
            Ok(form) => form,
            Err(refusal) => return Ok(Reply::refusal(refusal)),
        };
        if survey.access != Access::Invited {
            return Ok(Reply::refusal(Refusal::Fault));
        }
        let (here, language) = (format!("{SURVEYS}/{}", survey.id), self.language(form.get("lang")));
        let error = match act(self, &form) {
            Ok(done) => return self.back(&here, language, done),
            Err(error) => error,
        };
        let alert = told(&error, language).ok_or(error)?;
        let showing = Showing { here: &here, language: form.get("lang"), done: None, alert: Some(&alert), faulty: true };
        self.detail(showing, survey, Typed { ids: form.get("ids").unwrap_or_default() })
    }
}
