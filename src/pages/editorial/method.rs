//! How a report was made, on a page of its own: what was asked in which words, of whom, when, what is counted and how, and the sums of
//! the files that it was made from.

use super::definitions::{Defined, defined};
use super::made_from::files_of;
use super::people;
use super::told::MethodLine;
use crate::catalog::{Report, Target};
use crate::content::byte_letters::hex;
use crate::diagnostic::Diagnostics;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::render::Markup;
use crate::statistics::{Published, Rules};
use crate::survey::definition::{Limit, Mode, Publish};
use crate::survey::question::{Favourable, Kind, Question};
use crate::survey::scoring::{Method, Scale};
use crate::survey::{Access, Measure, Survey};
use serde::Serialize;
use sha2::{Digest, Sha256};

#[derive(Serialize)]
struct View {
    method: MethodView,
}

#[derive(Serialize)]
struct MethodView {
    title: String,
    report: LinkView,
    about: Markup,
    organisation: String,
    sample: bool,
    parts: Vec<PartView>,
    asked: Vec<AskedView>,
    scales: Vec<MethodLine>,
    definitions: Vec<DefinitionView>,
    files: Vec<FileView>,
    sum: String,
    made: String,
}

#[derive(Serialize)]
struct PartView {
    anchor: &'static str,
    heading: String,
    lines: Vec<MethodLine>,
    notes: Vec<String>,
}

/// A page of the questionnaire.
#[derive(Serialize)]
struct AskedView {
    title: Option<String>,
    only_if: Option<String>,
    questions: Vec<QuestionView>,
}

#[derive(Serialize)]
struct QuestionView {
    id: String,
    text: String,
    hint: Option<String>,
    kind: String,
    /// What could be chosen.
    options: Vec<String>,
    /// What it was asked of.
    rows: Vec<String>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct DefinitionView {
    label: String,
    text: String,
    reference: Option<String>,
}

#[derive(Serialize)]
struct FileView {
    path: String,
    sum: String,
}

/// The page.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, report: &Report, published: Option<&Published>) -> Result<Artifact, Diagnostics> {
    let spot = Spot::Method(report.id.clone());
    let target = Target::Report(report.id.clone());
    let title = edition.say("how_title").to_owned();
    let mut page = edition.page_view(&spot, title.clone(), edition.plain(&report.title));
    page.crumbs.clear();
    let survey = edition.material.catalog.surveys.get(&report.survey.value);
    let telling = Telling { edition, report, published };
    let (files, sum) = telling.files();
    let view = View {
        method: MethodView {
            title,
            report: LinkView::new(edition.link(&spot, &target), edition.say("slides_report")),
            about: edition.inline(&spot, &report.title),
            organisation: edition.organisation(),
            sample: report.sample,
            parts: survey.map(|survey| telling.parts(survey)).unwrap_or_default(),
            asked: survey.map(|survey| telling.asked(survey)).unwrap_or_default(),
            scales: survey.map(|survey| survey.scales.iter().map(|scale| telling.scale(survey, scale)).collect()).unwrap_or_default(),
            definitions: defined(edition.material.catalog, report).into_iter().map(|one| telling.definition(one)).collect(),
            files,
            made: edition.fill("how_made", &[("version", env!("CARGO_PKG_VERSION"))]),
            sum,
        },
    };
    edition.artifact("method.html", &spot, &page, &view)
}

struct Telling<'a> {
    edition: &'a Edition<'a>,
    report: &'a Report,
    published: Option<&'a Published>,
}

impl Telling<'_> {
    fn line(&self, label: &str, text: String) -> MethodLine {
        MethodLine { label: self.edition.say(label).to_owned(), text }
    }

    fn said(&self, label: &str, text: &str) -> MethodLine {
        self.line(label, self.edition.say(text).to_owned())
    }

    fn parts(&self, survey: &Survey) -> Vec<PartView> {
        let part = |anchor, heading: &str, lines, notes| PartView { anchor, heading: self.edition.say(heading).to_owned(), lines, notes };
        let mut parts = vec![
            part("survey", "how_survey", self.survey(survey), Vec::new()),
            part(
                "people",
                "how_people",
                people::lines(self.edition, survey, self.published),
                ["how_people_note", "method_response_text"].map(|key| self.edition.say(key).to_owned()).into(),
            ),
            part("rules", "how_rules", self.rules(survey), Vec::new()),
        ];
        parts.retain(|part| !part.lines.is_empty());
        parts
    }

    /// Which survey, when, for what.
    fn survey(&self, survey: &Survey) -> Vec<MethodLine> {
        let edition = self.edition;
        let mode = match survey.mode {
            Mode::Anonymous => "sheet_anonymous",
            Mode::Pseudonymous => "sheet_pseudonymous",
            Mode::Identified => "sheet_identified",
        };
        let access = match survey.access {
            Access::Open => "sheet_open",
            Access::Invited => "sheet_invited",
            Access::Room => "sheet_room",
        };
        let mut lines = vec![
            self.line(
                "how_name",
                edition.fill(
                    "how_name_text",
                    &[("title", &edition.plain(&survey.title)), ("id", &survey.id), ("revision", &survey.revision.to_string())],
                ),
            ),
            self.line("promise_purpose", edition.plain(&survey.purpose)),
            self.line("how_dates", self.days(survey)),
            self.said("sheet_mode", mode),
            self.said("sheet_access", access),
        ];
        if let Some(consent) = &survey.consent {
            let key = if consent.required { "sheet_consent_required" } else { "sheet_consent_optional" };
            lines.push(self.line("sheet_consent", edition.fill(key, &[("version", &consent.version())])));
        }
        if !survey.shuffles.is_empty() {
            lines.push(self.said("how_order", "how_order_text"));
        }
        let waves = edition.material.catalog.waves(survey);
        if waves.len() > 1 {
            let wave = |wave: &&Survey| {
                let name = wave.wave.as_ref().map(|name| edition.plain(name)).unwrap_or_default();
                edition.fill("how_wave", &[("wave", &name), ("days", &self.days(wave))])
            };
            lines.push(self.line("how_waves", waves.iter().map(wave).collect::<Vec<_>>().join(edition.say("list_gap"))));
        }
        lines
    }

    fn days(&self, survey: &Survey) -> String {
        let day = |limit: Option<Limit>| {
            limit.map_or_else(|| self.edition.say("sheet_not_fixed").to_owned(), |limit| self.edition.limit(limit.written))
        };
        self.edition.fill("how_dates_text", &[("from", &day(survey.open)), ("until", &day(survey.close))])
    }

    /// By which rules figures are shown.
    fn rules(&self, survey: &Survey) -> Vec<MethodLine> {
        let edition = self.edition;
        let rules = Rules::of(u64::from(survey.k), false, false);
        let numbers = [
            ("k", rules.k.to_string()),
            ("fine", rules.fine_minimum.to_string()),
            ("sensitive", rules.sensitive_minimum.to_string()),
            ("texts", rules.text_minimum.to_string()),
        ];
        let numbers: Vec<(&str, &str)> = numbers.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let filled = |label: &str, text: &str| self.line(label, edition.fill(text, &numbers));
        let publish = match survey.publish {
            Publish::AtClose => "sheet_at_close",
            Publish::Rolling => "sheet_rolling",
        };
        let mut lines = vec![
            filled("how_k", "how_k_text"),
            filled("how_differences", "how_differences_text"),
            filled("how_fine", "how_fine_text"),
            filled("how_ends", "how_ends_text"),
            filled("sheet_publish", publish),
        ];
        if survey.questions().any(|question| question.sensitive) {
            lines.push(filled("how_sensitive", "how_sensitive_text"));
        }
        if !survey.text_variables().is_empty() {
            lines.push(filled("how_texts", "how_texts_text"));
        }
        lines
    }

    fn asked(&self, survey: &Survey) -> Vec<AskedView> {
        let edition = self.edition;
        survey
            .pages
            .iter()
            .map(|page| AskedView {
                title: page.title.as_ref().map(|title| edition.plain(title)),
                only_if: page.show_if.as_ref().map(|condition| edition.fill("how_only_if", &[("condition", &condition.source)])),
                questions: page.questions.iter().map(|question| self.question(survey, question)).collect(),
            })
            .collect()
    }

    fn question(&self, survey: &Survey, question: &Question) -> QuestionView {
        let edition = self.edition;
        let variables = question.variables();
        let own = |measure: &Measure| match measure {
            Measure::Nominal(all) | Measure::Ordinal(all) | Measure::Multiple(all) => {
                all.iter().map(|one| edition.plain(&one.label)).collect()
            }
            _ => Vec::new(),
        };
        let options: Vec<String> = variables.first().map(|variable| own(&variable.measure)).unwrap_or_default();
        let rows: Vec<String> = match &question.kind {
            Kind::Grid { rows, .. } | Kind::MultipleGrid { rows, .. } => rows.iter().map(|row| edition.plain(&row.text)).collect(),
            Kind::Ranking { items, .. } | Kind::Allocation { items, .. } | Kind::PairedComparison { items } => {
                items.iter().map(|item| edition.plain(&item.text)).collect()
            }
            Kind::CardSort { cards, .. } => cards.iter().map(|card| edition.plain(&card.text)).collect(),
            _ => Vec::new(),
        };
        let favourable = match &question.kind {
            Kind::Scale(points) | Kind::Grid { points, .. } => Some(match points.favourable {
                Favourable::High => "how_high",
                Favourable::Low => "how_low",
                Favourable::Neither => "how_neither",
            }),
            _ => None,
        };
        let scored =
            survey.scales.iter().filter(|scale| scale.items.iter().any(|item| variables.iter().any(|variable| variable.id == *item)));
        let mut notes: Vec<String> = favourable.map(|key| edition.say(key).to_owned()).into_iter().collect();
        notes.extend(scored.map(|scale| edition.fill("how_scored", &[("scale", &edition.plain(&scale.label))])));
        notes.extend(question.show_if.as_ref().map(|condition| edition.fill("how_only_if", &[("condition", &condition.source)])));
        notes.extend(question.sensitive.then(|| edition.say("how_is_sensitive").to_owned()));
        QuestionView {
            id: question.id.clone(),
            text: edition.plain(&question.text),
            hint: question.hint.as_ref().map(|hint| edition.plain(hint)),
            kind: self.kind(&question.kind),
            options,
            rows,
            notes,
        }
    }

    fn kind(&self, kind: &Kind) -> String {
        let words = kind.words();
        words.in_language(self.edition.language).to_owned()
    }

    fn scale(&self, survey: &Survey, scale: &Scale) -> MethodLine {
        let edition = self.edition;
        let variables = survey.variables();
        let name = |id: &String| {
            let label = variables.iter().find(|variable| variable.id == *id).map(|variable| edition.plain(&variable.label));
            let label = label.unwrap_or_else(|| id.clone());
            if scale.reversed.contains(id) { edition.fill("how_reversed", &[("item", &label)]) } else { label }
        };
        let method = match scale.method {
            Method::Mean => "how_scale_mean",
            Method::Sum => "how_scale_sum",
        };
        let items = scale.items.iter().map(name).collect::<Vec<_>>().join(edition.say("how_item_gap"));
        let numbers = [("n", scale.items.len().to_string()), ("least", scale.min_answered.max(1).to_string())];
        let mut filled: Vec<(&str, &str)> = numbers.iter().map(|(name, text)| (*name, text.as_str())).collect();
        filled.push(("items", &items));
        MethodLine { label: edition.plain(&scale.label), text: edition.fill(method, &filled) }
    }

    fn definition(&self, one: Defined) -> DefinitionView {
        let (label, text, by) = one.phrases();
        let say = |key: &str| self.edition.say(key).to_owned();
        DefinitionView { label: say(label), text: say(text), reference: by.map(say) }
    }

    /// The content that the report was made from, each file with its sum, and the sum of all. Line ends and byte order marks do not
    /// count, so it is the same on every machine.
    fn files(&self) -> (Vec<FileView>, String) {
        let catalog = self.edition.material.catalog;
        let paths = files_of(catalog, self.report);
        let known: Vec<FileView> =
            paths.into_iter().filter_map(|path| Some(FileView { sum: hex(catalog.sums.get(path.as_str())?), path })).collect();
        let lines: String = known.iter().map(|file| format!("{}  {}\n", file.sum, file.path)).collect();
        (known, hex(&Sha256::digest(lines)))
    }
}
