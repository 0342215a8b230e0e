//! Texts are read, one after the other, before a report may quote them; what is decided stands in a file that people may edit, too.

use super::office::{Office, Showing};
use crate::diagnostic::Severity;
use crate::language::{Language, Text};
use crate::pages::desk::frame::{Done, SURVEYS};
use crate::pages::desk::texts::{Looked, Texts, page};
use crate::pipeline::reviewed::{add_new, attention, known, read, write};
use crate::server::refusal::Refusal;
use crate::server::reply::Reply;
use crate::server::request::{Form, Request};
use crate::survey::Survey;
use crate::survey::review::{Review, Verdict, key};
use std::collections::BTreeMap;

/// The longest of what stands in a text's place, and of a remark.
const LONGEST: usize = 20_000;

/// Which texts are looked at, and what was typed there that cannot be kept.
#[derive(Default)]
struct Place {
    looked: Looked,
    page: usize,
    refused: BTreeMap<String, String>,
}

impl Office<'_> {
    /// The page of texts.
    pub(super) fn texts(&self, request: &Request, survey: &Survey) -> anyhow::Result<Reply> {
        let looked = request.query.get("looked").and_then(Looked::of).unwrap_or_default();
        let page = request.query.get("page").and_then(|page| page.parse().ok()).unwrap_or(0);
        self.read_texts(Showing::asked(request), survey, &Place { looked, page, refused: BTreeMap::new() })
    }

    fn read_texts(&self, showing: Showing<'_>, survey: &Survey, place: &Place) -> anyhow::Result<Reply> {
        let language = self.language(showing.language);
        let (review, faults) = self.review(survey, language)?;
        let known = known(&self.means.private, survey);
        let attention = review.decisions.keys().map(|one| (one.clone(), attention(&known, one))).collect();
        let texts = Texts {
            survey,
            review: &review,
            attention: &attention,
            looked: place.looked,
            page: place.page,
            faulty: &faults,
            refused: &place.refused,
        };
        Ok(self.show(showing, |desk| page(desk, &texts)))
    }

    /// What was decided, with the texts that are new; and in words what is wrong with the file, where nothing can be decided then.
    fn review(&self, survey: &Survey, language: Language) -> anyhow::Result<(Review, Vec<String>)> {
        let read = read(&self.means.private, &self.shelf.catalog, survey)?;
        let faults = read.diagnostics.sorted().into_iter().filter(|fault| fault.severity == Severity::Error);
        let faults: Vec<String> = faults.map(|fault| format!("{}: {}", fault.place, fault.message.in_language(language))).collect();
        if !faults.is_empty() {
            return Ok((Review::default(), faults));
        }
        let mut review = read.read.review;
        if let Some(published) = self.shelf.answers.published.get(&survey.id) {
            add_new(survey, &mut review, &published.texts);
        }
        Ok((review, Vec::new()))
    }

    /// Keeps what was decided on a page of texts.
    pub(super) fn decide(&self, request: &Request, survey: &Survey) -> anyhow::Result<Reply> {
        let form = match self.admitted(request) {
            Ok(form) => form,
            Err(refusal) => return Ok(Reply::refusal(refusal)),
        };
        let language = self.language(form.get("lang"));
        let (mut review, faults) = self.review(survey, language)?;
        let looked = form.get("looked").and_then(Looked::of).unwrap_or_default();
        let mut place = Place { looked, page: form.get("page").and_then(|page| page.parse().ok()).unwrap_or(0), refused: BTreeMap::new() };
        let here = format!("{SURVEYS}/{}/texts", survey.id);
        if faults.is_empty() {
            place.refused = apply(survey, &mut review, &form);
            write(&self.means.private, survey, &review)?;
            (self.means.rebuild)();
        }
        if faults.is_empty() && place.refused.is_empty() {
            let done = Done::Reviewed.word();
            return Reply::see_other(&format!("{here}?lang={}&looked={}&page={}&done={done}", language.code(), looked.word(), place.page));
        }
        let alert = (!place.refused.is_empty()).then_some(match language {
            Language::Japanese => "言葉を置き換えるものに、置き換える言葉がありません。もとのままです。ほかは保存しました",
            Language::English => "Where words are to be replaced, others have to be written. The rest is kept",
        });
        let showing = Showing { here: &here, language: form.get("lang"), done: None, alert, faulty: true };
        self.read_texts(showing, survey, &place)
    }

    /// Adds a theme.
    pub(super) fn add_theme(&self, request: &Request, survey: &Survey) -> anyhow::Result<Reply> {
        let form = match self.admitted(request) {
            Ok(form) => form,
            Err(refusal) => return Ok(Reply::refusal(refusal)),
        };
        let language = self.language(form.get("lang"));
        let (mut review, faults) = self.review(survey, language)?;
        let languages = self.shelf.catalog.languages();
        let labels = languages.iter().filter_map(|one| {
            let label = form.get(&format!("label-{}", one.code()))?.trim();
            (!label.is_empty()).then(|| (*one, label.chars().filter(|char| !char.is_control()).take(80).collect::<String>()))
        });
        let labels: Vec<(Language, String)> = labels.collect();
        let here = format!("{SURVEYS}/{}/texts", survey.id);
        if !faults.is_empty() || labels.is_empty() {
            let alert = labels.is_empty().then_some(match language {
                Language::Japanese => "テーマの名前を書いてください",
                Language::English => "Write the name of the theme",
            });
            let showing = Showing { here: &here, language: form.get("lang"), done: None, alert, faulty: true };
            return self.read_texts(showing, survey, &Place::default());
        }
        let taken = |id: &String| review.themes.iter().any(|(known, _)| known == id);
        let Some(id) = (1..=1_000).map(|number| format!("theme_{number}")).find(|id| !taken(id)) else {
            return Ok(Reply::refusal(Refusal::Fault));
        };
        // Missing in one language, it reads as in another
        let label: Text = if labels.len() < languages.len() { Text::plain(labels[0].1.clone()) } else { labels.into_iter().collect() };
        review.themes.push((id, label));
        write(&self.means.private, survey, &review)?;
        (self.means.rebuild)();
        self.back(&here, language, Done::ThemeAdded)
    }
}

/// Takes over what was decided of each text of the page. Those whose words are to be replaced by none, or by the same, stay as they
/// were: their keys with what was typed.
fn apply(survey: &Survey, review: &mut Review, form: &Form) -> BTreeMap<String, String> {
    let mut refused = BTreeMap::new();
    let themes: Vec<String> = review.themes.iter().map(|(id, _)| id.clone()).collect();
    let sent: std::collections::BTreeSet<&str> = form.all("text").collect();
    for (one, decision) in &mut review.decisions {
        let key = key(&survey.id, &one.question, &one.text);
        if !sent.contains(key.as_str()) {
            continue;
        }
        let typed = |name: &str| -> String {
            let text = form.get(&format!("{name}-{key}")).unwrap_or_default().replace("\r\n", "\n");
            text.trim().chars().take(LONGEST).collect()
        };
        decision.note = typed("note");
        let tagged: Vec<&str> = form.all(&format!("theme-{key}")).collect();
        // Those that were chosen before keep their order
        decision.themes.retain(|id| tagged.contains(&id.as_str()));
        let fresh: Vec<String> =
            themes.iter().filter(|id| tagged.contains(&id.as_str()) && !decision.themes.contains(id)).cloned().collect();
        decision.themes.extend(fresh);
        let Some(verdict) = form.get(&format!("state-{key}")).and_then(Verdict::of) else { continue };
        let shown = typed("shown");
        if verdict == Verdict::Redacted && (shown.is_empty() || shown == one.text) {
            refused.insert(key, shown);
            continue;
        }
        decision.shown = if verdict == Verdict::Redacted { shown } else { String::new() };
        decision.verdict = verdict;
    }
    refused
}
