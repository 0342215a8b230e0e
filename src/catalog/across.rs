//! Checks across files: every name leads somewhere, every site can be built from what it picks.

use super::across_blocks::Checker;
use super::across_values;
use super::everything::Catalog;
use super::links::ShortText;
use super::names::{all_targets, exists, picked, unknown};
use super::plan::Plan;
use super::reference::{Located, Target};
use super::report::{Block, Origin, Report};
use super::site::{Site, Visibility};
use super::{across_change, across_cohorts, across_drivers, across_look, across_totals, across_weighted, addresses, links};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::survey::definition::Segment;
use crate::survey::question::Kind;
use crate::survey::{Measure, Survey};
use std::collections::{BTreeMap, BTreeSet};

/// Says every name that leads nowhere. `texts` are the short texts of all files that may hold links.
pub(super) fn check(catalog: &Catalog, texts: &[ShortText], diagnostics: &mut Diagnostics) {
    let mut checker = Across { catalog, diagnostics };
    checker.sources();
    for site in catalog.sites.values() {
        checker.site(site);
    }
    for report in catalog.reports.keys() {
        checker.report(report);
    }
    for plan in catalog.plans.values() {
        checker.plan(plan);
    }
    checker.worksheets();
    checker.bound();
    checker.project();
    across_cohorts::check(catalog, diagnostics);
    across_totals::check(catalog, diagnostics);
    links::check(catalog, texts, diagnostics);
    addresses::check(catalog, diagnostics);
}

struct Across<'a> {
    catalog: &'a Catalog,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Across<'a> {
    fn unknown<'k>(&mut self, place: &Place, ja: &str, en: &str, id: &str, known: impl Iterator<Item = &'k str>) {
        unknown(self.catalog, self.diagnostics, place, (ja, en), id, known);
    }

    fn named<T>(&mut self, names: &[Located<String>], all: &'a std::collections::BTreeMap<String, T>, ja: &str, en: &str) {
        for name in names.iter().filter(|name| !all.contains_key(&name.value)) {
            self.unknown(&name.place, ja, en, &name.value, all.keys().map(String::as_str));
        }
    }

    fn project(&mut self) {
        let home = self.catalog.project.home.as_ref();
        if let Some(home) = home.filter(|home| !self.catalog.sites.contains_key(&home.value)) {
            self.unknown(&home.place, "サイト", "site", &home.value, self.catalog.sites.keys().map(String::as_str));
        }
        if self.catalog.sites.is_empty() && !self.catalog.unread.iter().any(|name| name.starts_with("site:")) {
            let file = "content/project.yaml".into();
            self.diagnostics.push(
                Diagnostic::error(code::MISSING_FILE, Place::whole(&file), "サイトが一つもありません。", "There is no site.")
                    .hint("content/sites/ に「名前.yaml」を作ってください。", "Write content/sites/NAME.yaml."),
            );
        }
    }

    fn sources(&mut self) {
        let catalog = self.catalog;
        let pages = catalog.pages.values().flat_map(|page| &page.sources);
        let modules = catalog.modules.values().flat_map(|module| &module.sources);
        let sheets = catalog.modules.values().flat_map(|module| &module.worksheets).flat_map(|sheet| &sheet.sources);
        let data = catalog.data.values().map(|dataset| &dataset.source).filter(|source| !source.value.is_empty());
        let plans = catalog.plans.values().flat_map(|plan| &plan.sources);
        let cohorts = catalog.cohorts.values().flat_map(|cohorts| &cohorts.sources);
        for name in pages.chain(modules).chain(sheets).chain(data).chain(plans).chain(cohorts) {
            if catalog.source(&name.value).is_none() {
                self.unknown(&name.place, "出典", "source", &name.value, catalog.sources.iter().map(|source| source.id.as_str()));
            }
        }
        // Waves share what they take from one survey: it is told once
        let norms = catalog.surveys.values().flat_map(|survey| &survey.result).flat_map(|result| &result.scales);
        let norms: BTreeMap<&Place, &str> =
            norms.filter_map(|one| one.norm.as_ref()).map(|norm| (&norm.source.1, norm.source.0.as_str())).collect();
        for (place, source) in norms.into_iter().filter(|(_, source)| !source.is_empty() && catalog.source(source).is_none()) {
            self.unknown(place, "出典", "source", source, catalog.sources.iter().map(|source| source.id.as_str()));
        }
    }

    /// The lesson that a worksheet names is one of its module.
    fn worksheets(&mut self) {
        let catalog = self.catalog;
        for module in catalog.modules.values() {
            let lessons = || module.lessons.iter().map(|lesson| lesson.id.as_str());
            for lesson in module.worksheets.iter().filter_map(|sheet| sheet.lesson.as_ref()) {
                if lessons().all(|known| known != lesson.value) {
                    self.unknown(&lesson.place, "レッスン", "lesson", &lesson.value, lessons());
                }
            }
        }
    }

    fn site(&mut self, site: &'a Site) {
        let catalog = self.catalog;
        self.named(&site.pages, &catalog.pages, "ページ", "page");
        self.named(&site.modules, &catalog.modules, "研修", "module");
        self.named(&site.surveys, &catalog.surveys, "アンケート", "survey");
        self.named(&site.data, &catalog.data, "数値", "data set");
        self.named(&site.reports, &catalog.reports, "報告", "report");
        self.named(&site.plans, &catalog.plans, "施策の選び方", "plan");
        self.named(&site.cohorts, &catalog.cohorts, "節目", "cohorts");
        let internal = |visibility: Visibility| visibility == Visibility::Internal && site.visibility == Visibility::Public;
        self.talks(site);
        for name in &site.reports {
            let Some(report) = catalog.reports.get(&name.value).filter(|report| internal(report.visibility)) else { continue };
            self.internal(name, &report.place, ("報告", "report"));
        }
        for name in &site.plans {
            let Some(plan) = catalog.plans.get(&name.value).filter(|plan| internal(plan.visibility)) else { continue };
            self.internal(name, &plan.place, ("施策の選び方", "plan"));
        }
        let home = &site.home;
        let notices = home.notices.iter().flat_map(|(_, rows)| rows.iter().map(|row| &row.to));
        let steps = home.steps.iter().flat_map(|(_, rows)| rows.iter().map(|row| &row.to));
        let links = site.navigation.iter().chain(&home.actions).map(|link| &link.to).chain(notices).chain(steps);
        for to in links {
            self.target(site, to);
        }
    }

    /// Something for people of the organisation in a site that everybody may read.
    fn internal(&mut self, name: &Located<String>, defined: &Place, (ja, en): (&str, &str)) {
        self.diagnostics.push(
            Diagnostic::error(
                code::VISIBILITY,
                name.place.clone(),
                format!("{ja}「{}」は組織の中だけのもの（internal）ですが、このサイトはだれでも読めます（public）。", name.value),
                format!("The {en} “{}” is internal, and this site is public.", name.value),
            )
            .hint(
                format!("{ja}を public にするか、サイトを internal にしてください。"),
                format!("Make the {en} public, or the site internal."),
            )
            .also(defined.clone(), ja, format!("the {en}")),
        );
    }

    /// A plan of a report: it is there, and what it shows may be shown there.
    fn planned(&mut self, report: &Report, name: &Located<String>) {
        let catalog = self.catalog;
        self.named(std::slice::from_ref(name), &catalog.plans, "施策の選び方", "plan");
        let Some(plan) = catalog.plans.get(&name.value) else { return };
        if plan.visibility == Visibility::Internal && report.visibility == Visibility::Public {
            self.diagnostics.push(
                Diagnostic::error(
                    code::VISIBILITY,
                    name.place.clone(),
                    format!("施策の選び方「{}」は組織の中だけのもの（internal）ですが、この報告はだれでも読めます（public）。", name.value),
                    format!("The plan “{}” is internal, and this report is public.", name.value),
                )
                .hint("施策の選び方を public にするか、報告を internal にしてください。", "Make the plan public, or the report internal.")
                .also(plan.place.clone(), "施策の選び方", "the plan"),
            );
        }
    }

    /// The figures of a plan are numbers that its surveys can give.
    fn plan(&mut self, plan: &'a Plan) {
        let catalog = self.catalog;
        for to in plan.measures.iter().filter_map(|measure| measure.to.as_ref()) {
            self.there(to);
        }
        for input in &plan.inputs {
            let Some(survey) = catalog.surveys.get(&input.survey.value) else {
                self.named(std::slice::from_ref(&input.survey), &catalog.surveys, "アンケート", "survey");
                continue;
            };
            let id = &input.figure.value;
            let scale = survey.scales.iter().any(|scale| scale.id == *id);
            let variables = survey.variables();
            let measured = |variable: &&crate::survey::Variable| matches!(variable.measure, Measure::Number | Measure::Ordinal(_));
            if scale || variables.iter().filter(measured).any(|variable| variable.id == *id) {
                continue;
            }
            let known: Vec<&str> = survey.scales.iter().map(|scale| scale.id.as_str()).collect();
            let known: Vec<&str> =
                known.into_iter().chain(variables.iter().filter(measured).map(|variable| variable.id.as_str())).collect();
            self.unknown(
                &input.figure.place,
                "尺度や、数か段階で答える質問",
                "scale, number question or question of a scale",
                id,
                known.into_iter(),
            );
        }
    }
    /// The directory of a site is there, and so are the people it names.
    fn talks(&mut self, site: &'a Site) {
        let catalog = self.catalog;
        let Some(talks) = &site.consultants else { return };
        self.named(std::slice::from_ref(&talks.from), &catalog.consultants, "相談員の名簿", "directory of consultants");
        let Some(directory) = catalog.consultants.get(&talks.from.value) else { return };
        for name in talks.only.iter().flatten().filter(|name| directory.person(&name.value).is_none()) {
            self.unknown(&name.place, "相談員", "consultant", &name.value, directory.people.iter().map(|person| person.id.as_str()));
        }
    }

    /// Every site that a consultant is bound to is one.
    fn bound(&mut self) {
        let catalog = self.catalog;
        for person in catalog.consultants.values().flat_map(|directory| &directory.people) {
            self.named(&person.not_for, &catalog.sites, "サイト", "site");
        }
    }

    /// A link of a site's own pages: the target must exist and be part of the site.
    fn target(&mut self, site: &Site, to: &Located<Target>) {
        if self.there(to) && !picked(site, &to.value) {
            self.diagnostics.push(
                Diagnostic::error(
                    code::UNKNOWN_REFERENCE,
                    to.place.clone(),
                    format!("「{}」は、このサイトに入っていません。", to.value),
                    format!("“{}” is not part of this site.", to.value),
                )
                .hint("サイトの一覧（pages、modules など）に足してください。", "Add it to the site’s lists (pages, modules, …)."),
            );
        }
    }

    /// Whether the target of a link exists.
    fn there(&mut self, to: &Located<Target>) -> bool {
        let catalog = self.catalog;
        let there = exists(catalog, &to.value);
        if !there {
            let known = all_targets(catalog);
            self.unknown(&to.place, "参照先", "target", &to.value.to_string(), known.iter().map(String::as_str));
        }
        there
    }

    fn report(&mut self, id: &str) {
        let catalog = self.catalog;
        let Some(report) = catalog.reports.get(id) else { return };
        let survey = catalog.surveys.get(&report.survey.value);
        if survey.is_none() && !report.survey.value.is_empty() {
            self.unknown(&report.survey.place, "アンケート", "survey", &report.survey.value, catalog.surveys.keys().map(String::as_str));
        }
        for tile in &report.tiles {
            match &tile.origin {
                Origin::Dataset { dataset, row } => self.row(dataset, row),
                Origin::Survey(figure) => self.figure(figure, survey),
            }
        }
        if let Some(survey) = survey {
            for written in &report.values {
                across_values::check(catalog, survey, written, self.diagnostics);
            }
            if let Some(attribute) = &report.for_each {
                Checker { catalog, survey, diagnostics: self.diagnostics }.for_each(attribute);
            }
        }
        for block in &report.blocks {
            match block {
                Block::Dataset(dataset) => self.named(std::slice::from_ref(dataset), &catalog.data, "数値", "data set"),
                Block::Figure { figure, benchmark, look, .. } => {
                    self.figure(figure, survey);
                    if let Some(survey) = survey {
                        across_look::check(survey, figure, look, self.diagnostics);
                    }
                    if let Some(benchmark) = benchmark {
                        self.row(&benchmark.dataset, &benchmark.row);
                    }
                }
                Block::Compare(block) => {
                    if let Some(survey) = survey {
                        Checker { catalog, survey, diagnostics: self.diagnostics }.compare(block);
                    }
                }
                Block::Trend(block) => {
                    if let Some(survey) = survey {
                        Checker { catalog, survey, diagnostics: self.diagnostics }.trend(report, block);
                    }
                }
                Block::Drivers(block) => {
                    if let Some(survey) = survey {
                        across_drivers::check(catalog, survey, block, self.diagnostics);
                    }
                }
                Block::Change(block) => {
                    if let Some(survey) = survey {
                        across_change::check(catalog, survey, block, self.diagnostics);
                    }
                }
                Block::Comments(comments) => self.written(&comments.question, survey),
                Block::Coverage(block) => {
                    if let Some(survey) = survey {
                        Checker { catalog, survey, diagnostics: self.diagnostics }.coverage(block);
                    }
                }
                Block::Plan(plan) => self.planned(report, plan),
                Block::Benchmarks(block) => {
                    for row in &block.rows {
                        self.row(&row.dataset, &row.row);
                    }
                    if let Some(survey) = survey {
                        Checker { catalog, survey, diagnostics: self.diagnostics }.benchmarks(block);
                    }
                }
                Block::Weighted(block) => {
                    if let Some(survey) = survey {
                        across_weighted::check(&mut Checker { catalog, survey, diagnostics: self.diagnostics }, block);
                    }
                }
                Block::Heading { .. } | Block::Text(_) | Block::Callout { .. } | Block::Method => {}
            }
        }
    }

    fn row(&mut self, dataset: &Located<String>, row: &Located<String>) {
        match self.catalog.data.get(&dataset.value) {
            None => self.named(std::slice::from_ref(dataset), &self.catalog.data, "数値", "data set"),
            Some(known) if known.exhibit.rows.iter().all(|one| one.id != row.value) => {
                self.unknown(&row.place, "行", "row", &row.value, known.exhibit.rows.iter().map(|one| one.id.as_str()));
            }
            Some(_) => {}
        }
    }

    /// What is quoted was answered in words.
    fn written(&mut self, question: &Located<String>, survey: Option<&Survey>) {
        let Some(survey) = survey else { return };
        let texts = survey.text_variables();
        if texts.contains(&question.value) || question.value.is_empty() {
            return;
        }
        if survey.question(&question.value).is_some() {
            let id = &question.value;
            let fault = Diagnostic::error(
                code::UNKNOWN_REFERENCE,
                question.place.clone(),
                format!("「{id}」は文で答える質問ではないので、自由記述がありません。"),
                format!("“{id}” is not answered in words; there is nothing to quote."),
            );
            self.diagnostics.push(match texts.first() {
                Some(_) => {
                    let all: Vec<&str> = texts.iter().map(String::as_str).collect();
                    fault.hint(format!("文で答えるのは {} です。", all.join("、")), format!("Answered in words: {}.", all.join(", ")))
                }
                None => fault,
            });
            return;
        }
        self.unknown(&question.place, "質問", "question", &question.value, texts.iter().map(String::as_str));
    }

    fn figure(&mut self, figure: &Located<String>, survey: Option<&Survey>) {
        let Some(survey) = survey else { return };
        let id = &figure.value;
        let text = survey.question(id).is_some_and(|question| {
            matches!(question.kind, Kind::ShortText { .. } | Kind::LongText { .. } | Kind::Date { .. } | Kind::Table { .. } | Kind::Note)
        });
        if text {
            self.diagnostics.push(Diagnostic::error(
                code::UNKNOWN_REFERENCE,
                figure.place.clone(),
                format!("「{id}」は文や日付の質問なので、集計の図になりません。"),
                format!("“{id}” is answered in words or dates; there is no chart of it."),
            ));
            return;
        }
        let variables: BTreeSet<String> =
            survey.variables().into_iter().filter(|variable| variable.measure != Measure::Text).map(|variable| variable.id).collect();
        let scale = |id: &str| survey.scales.iter().any(|scale| scale.id == id);
        if let Some((of, by)) = id.split_once("-by-") {
            let names: Vec<String> = survey.segments.iter().map(Segment::name).collect();
            let counted: Vec<&str> =
                variables.iter().map(String::as_str).chain(survey.scales.iter().map(|scale| scale.id.as_str())).collect();
            if !counted.contains(&of) {
                self.unknown(&figure.place, "質問や尺度", "question or scale", of, counted.into_iter());
            } else if !names.iter().any(|name| name == by) {
                self.unknown(&figure.place, "分け方（segments）", "segment", by, names.iter().map(String::as_str));
            }
            return;
        }
        let scale = scale(id);
        if survey.question(id).is_none() && !scale && !variables.contains(id) {
            let questions: Vec<&str> = survey
                .questions()
                .map(|question| question.id.as_str())
                .chain(survey.scales.iter().map(|scale| scale.id.as_str()))
                .collect();
            self.unknown(&figure.place, "質問や尺度", "question or scale", id, questions.into_iter());
        }
    }
}
