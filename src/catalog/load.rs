//! Reads all content, then looks across: every name must lead somewhere.

use super::across;
use super::dataset::Dataset;
use super::everything::Catalog;
use super::links::{ShortText, short_texts};
use super::module::Module;
use super::page::Page;
use super::project::{Project, Source};
use super::reference::Located;
use super::site::Site;
use super::worksheet::Worksheet;
use super::{
    cohort_values, read_brand, read_cohorts, read_consultants, read_dataset, read_plan, read_project, read_report, read_texts, read_waves,
    read_worksheet, template, template_waves,
};
use crate::content::{Encoding, File, FileKind, Folder, Node, Table, yaml};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Sources, code};
use crate::language::{Language, Text};
use crate::survey::Survey;
use crate::survey::hours::ZONE;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A project's content as it was read.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Everything on offer, whole as far as it could be read; it may be built only when there are no errors.
    pub catalog: Catalog,
    /// Everything that is wrong with it.
    pub diagnostics: Diagnostics,
    /// The texts of all files, for showing what is wrong.
    pub sources: Sources,
    /// How each table was saved, by path.
    pub encodings: BTreeMap<Arc<str>, Encoding>,
}

/// Reads a project's content.
#[must_use]
pub fn load(folder: &Folder) -> Loaded {
    let mut diagnostics = Diagnostics::new();
    let mut reader = Reader {
        folder,
        taken: BTreeSet::new(),
        diagnostics: &mut diagnostics,
        sources: folder.sources(),
        encodings: BTreeMap::new(),
        texts: Vec::new(),
        unread: BTreeSet::new(),
    };
    let catalog = reader.catalog();
    reader.leftovers();
    let (sources, encodings, texts) = (reader.sources, reader.encodings, reader.texts);
    across::check(&catalog, &texts, &mut diagnostics);
    Loaded { catalog, diagnostics, sources, encodings }
}

struct Reader<'a> {
    folder: &'a Folder,
    taken: BTreeSet<Arc<str>>,
    diagnostics: &'a mut Diagnostics,
    sources: Sources,
    encodings: BTreeMap<Arc<str>, Encoding>,
    texts: Vec<ShortText>,
    unread: BTreeSet<Arc<str>>,
}

/// How the content of a file is referred to.
fn reference(path: &str) -> Option<String> {
    let (folder, name) = path.strip_prefix("content/")?.split_once('/')?;
    let id = match folder {
        "modules" => match name.split_once("/worksheets/") {
            Some((module, sheet)) => return Some(format!("worksheet:{module}/{}", sheet.strip_suffix(".yaml")?)),
            None => name.strip_suffix("/module.yaml")?,
        },
        "pages" => name.strip_suffix(".md").map(|id| id.split_once('.').map_or(id, |(id, _)| id))?,
        _ => name.strip_suffix(".yaml")?,
    };
    let kind = match folder {
        "data" => "data",
        "consultants" => "directory of consultants",
        "cohorts" => "cohorts",
        _ => folder.strip_suffix('s')?,
    };
    Some(format!("{kind}:{id}"))
}

impl Reader<'_> {
    fn catalog(&mut self) -> Catalog {
        let project = match self.one("content/project.yaml", true) {
            Some(node) => read_project::project(&node, self.diagnostics),
            // No language is known: every one that the files are written in may be right
            None => Project {
                languages: Language::ALL.to_vec(),
                time_zone: ZONE.to_owned(),
                home: None,
                organisation: Text::default(),
                contact: Text::default(),
                retain_days: 365,
                mail: None,
            },
        };
        let (languages, zone) = (project.languages.clone(), project.time_zone.clone());
        let sources = self
            .one("content/sources.yaml", false)
            .map(|node| read_project::sources(&node, &languages, self.diagnostics))
            .unwrap_or_default();
        let sites = self.each("content/sites/", |id, node, diagnostics| read_project::site(id, node, &languages, diagnostics));
        let pages = self.pages(&languages, &sites);
        let modules = self.modules(&languages);
        let mut data = self.data(&languages);
        for dataset in data.values_mut() {
            dataset.exhibit.source = source_line(&sources, dataset, &languages);
        }
        let cohorts = self.each("content/cohorts/", |_, node, _| node.clone());
        let mut catalog = Catalog {
            surveys: self.surveys(&languages, &zone, &cohorts),
            reports: self.each("content/reports/", |id, node, diagnostics| {
                read_report::report(id, node, &shown_in(&sites, &languages, id, |site| &site.reports), diagnostics)
            }),
            plans: self.each("content/plans/", |id, node, diagnostics| read_plan::plan(id, node, &languages, diagnostics)),
            cohorts: cohorts.iter().map(|(id, node)| (id.clone(), read_cohorts::cohorts(id, node, &languages, self.diagnostics))).collect(),
            consultants: self
                .each("content/consultants/", |id, node, diagnostics| read_consultants::directory(id, node, &languages, diagnostics)),
            project,
            sources,
            sites,
            pages,
            modules,
            data,
            sums: self.folder.files().map(|file| (file.path.to_string(), file.sum())).collect(),
            unread: BTreeSet::new(),
        };
        for brand in catalog.sites.values_mut().filter_map(|site| site.brand.as_mut()) {
            read_brand::pictures(brand, self.folder, &mut self.taken, &mut self.sources, self.diagnostics);
        }
        let mut reports = std::mem::take(&mut catalog.reports);
        for report in reports.values_mut() {
            if let Some(survey) = catalog.surveys.get(&report.survey.value) {
                let before = template::Rounds {
                    waves: catalog.waves(survey),
                    before: template_waves::round_before(survey, catalog.surveys.values()),
                };
                template::expand(report, survey, &before, self.diagnostics);
            }
        }
        catalog.reports = reports;
        for report in catalog.reports.values_mut() {
            // Nobody can forget to say it of figures that were invented
            report.sample |= catalog.surveys.get(&report.survey.value).is_some_and(|survey| survey.sample);
        }
        let refused = self.folder.refused().chain(self.unread.iter().map(|path| &**path));
        catalog.unread = refused.filter_map(reference).collect();
        catalog
    }

    /// The surveys: what each document says, and what it takes from another one.
    fn surveys(&mut self, languages: &[Language], zone: &str, cohorts: &BTreeMap<String, Node>) -> BTreeMap<String, Survey> {
        let mut documents = self.each("content/surveys/", |_, node, _| node.clone());
        let there =
            |path: String| self.folder.refused().any(|refused| *refused == *path) || self.unread.iter().any(|unread| **unread == *path);
        let no_cohorts = |id: &str| there(format!("content/cohorts/{id}.yaml"));
        cohort_values::fill(&mut documents, cohorts, &no_cohorts, languages, self.diagnostics);
        let unread = |id: &str| there(format!("content/surveys/{id}.yaml"));
        let (surveys, faulty) = read_waves::surveys(&documents, &unread, languages, zone, self.diagnostics);
        self.unread.extend(faulty.into_iter().map(|id| format!("content/surveys/{id}.yaml").into()));
        surveys
    }

    /// A file that stands alone.
    fn one(&mut self, path: &str, needed: bool) -> Option<Node> {
        match self.folder.get(path) {
            Some(file) => self.document(file),
            None if needed => {
                let file: Arc<str> = path.into();
                self.diagnostics.push(
                    Diagnostic::error(
                        code::MISSING_FILE,
                        Place::whole(&file),
                        format!("{path} がありません。"),
                        format!("The file {path} is missing."),
                    )
                    .hint("「shirube new」で作るプロジェクトに見本があります。", "A project made by “shirube new” has one to start from."),
                );
                None
            }
            None => None,
        }
    }

    /// Every `ID.yaml` of a folder.
    fn each<T>(&mut self, below: &'static str, read: impl Fn(&str, &Node, &mut Diagnostics) -> T) -> BTreeMap<String, T> {
        let mut all = BTreeMap::new();
        let folder = self.folder;
        for file in folder.under(below) {
            let Some(id) = file.path.strip_prefix(below).and_then(|name| name.strip_suffix(".yaml")) else { continue };
            if !self.is_id(file, id) {
                continue;
            }
            if let Some(node) = self.document(file) {
                all.insert(id.to_owned(), read(id, &node, self.diagnostics));
            }
        }
        all
    }

    fn is_id(&mut self, file: &File, id: &str) -> bool {
        let fits = crate::content::scalar::is_file_id(id) && !id.contains('/');
        if !fits {
            self.taken.insert(Arc::clone(&file.path));
            self.diagnostics.push(
                Diagnostic::error(
                    code::INVALID_ID,
                    Place::whole(&file.path),
                    format!("ファイル名「{id}」は ID に使えません。"),
                    format!("The file’s name “{id}” cannot be an id."),
                )
                .hint(
                    "半角の小文字・数字・ハイフンだけにし、フォルダーには分けません。",
                    "Use lower-case letters, digits and hyphens, without folders.",
                ),
            );
        }
        fits
    }

    fn document(&mut self, file: &File) -> Option<Node> {
        self.taken.insert(Arc::clone(&file.path));
        let Some(node) = yaml::parse(&file.path, file.text()?, 1, self.diagnostics) else {
            self.unread.insert(Arc::clone(&file.path));
            return None;
        };
        short_texts(&node, &mut self.texts, self.diagnostics);
        Some(node)
    }

    /// Every Markdown file below a folder was looked at: what is wrong with its name was said.
    fn take_texts(&mut self, below: &str) {
        let texts = self.folder.under(below).filter(|file| file.kind == FileKind::Markdown);
        self.taken.extend(texts.map(|file| Arc::clone(&file.path)));
    }

    fn pages(&mut self, languages: &[Language], sites: &BTreeMap<String, Site>) -> BTreeMap<String, Page> {
        let texts = read_texts::forms(self.folder, "content/pages/", languages, self.diagnostics);
        self.take_texts("content/pages/");
        let read: Vec<(String, Page, Diagnostics)> = texts
            .into_par_iter()
            .map(|(id, forms)| {
                let mut diagnostics = Diagnostics::new();
                let wanted = shown_in(sites, languages, &id, |site| &site.pages);
                let page = read_texts::page(&id, &forms, &wanted, &mut diagnostics);
                (id, page, diagnostics)
            })
            .collect();
        let mut pages = BTreeMap::new();
        for (id, page, diagnostics) in read {
            self.diagnostics.append(diagnostics);
            pages.insert(id, page);
        }
        pages
    }

    fn modules(&mut self, languages: &[Language]) -> BTreeMap<String, Module> {
        let mut modules = BTreeMap::new();
        let folder = self.folder;
        let below = "content/modules/";
        for file in folder.under(below) {
            let Some(id) = file.path.strip_prefix(below).and_then(|name| name.strip_suffix("/module.yaml")) else { continue };
            if !self.is_id(file, id) {
                continue;
            }
            let own = format!("{below}{id}/");
            let texts = read_texts::forms(folder, &own, languages, self.diagnostics);
            self.take_texts(&own);
            if let Some(node) = self.document(file) {
                let mut module = read_texts::module(id, &node, texts, languages, self.diagnostics);
                module.worksheets = self.worksheets(id, languages);
                modules.insert(id.to_owned(), module);
            }
        }
        modules
    }

    /// `content/modules/MODULE/worksheets/ID.yaml`
    fn worksheets(&mut self, module: &str, languages: &[Language]) -> Vec<Worksheet> {
        let below = format!("content/modules/{module}/worksheets/");
        let folder = self.folder;
        let mut sheets = Vec::new();
        for file in folder.under(&below) {
            let Some(id) = file.path.strip_prefix(&below).and_then(|name| name.strip_suffix(".yaml")) else { continue };
            if !self.is_id(file, id) {
                continue;
            }
            if let Some(node) = self.document(file) {
                sheets.push(read_worksheet::worksheet(id, &node, languages, self.diagnostics));
            }
        }
        sheets
    }

    fn data(&mut self, languages: &[Language]) -> BTreeMap<String, Dataset> {
        let mut tables: BTreeMap<String, Table> = BTreeMap::new();
        let folder = self.folder;
        for file in folder.under("content/data/") {
            let Some(id) = file.path.strip_prefix("content/data/").and_then(|name| name.strip_suffix(".csv")) else { continue };
            if folder.get(&format!("content/data/{id}.yaml")).is_some() {
                self.taken.insert(Arc::clone(&file.path));
                let (table, faults) = Table::read(&file.path, file.bytes());
                self.diagnostics.append(faults);
                if let Some(table) = table {
                    self.sources.insert(Arc::clone(&file.path), Arc::clone(&table.text));
                    self.encodings.insert(Arc::clone(&file.path), table.encoding);
                    tables.insert(id.to_owned(), table);
                }
            }
        }
        self.each("content/data/", |id, node, diagnostics| read_dataset::dataset(id, node, tables.get(id), languages, diagnostics))
    }

    /// Files that nobody read: a slip in a name, most often.
    fn leftovers(&mut self) {
        for file in self.folder.files().filter(|file| !self.taken.contains(&file.path)) {
            self.diagnostics.push(
                Diagnostic::warning(
                    code::UNKNOWN_FILE,
                    Place::whole(&file.path),
                    "このファイルは使われていません。",
                    "Nothing uses this file.",
                )
                .hint(
                    "フォルダーの名前とファイルの名前を確かめてください。読むのは surveys/名前.yaml、data/名前.yaml、pages/名前.md などです。",
                    "Check the names of the folder and the file. What is read is surveys/NAME.yaml, data/NAME.yaml, pages/NAME.md and so on.",
                ),
            );
        }
    }
}

/// The languages in which something is asked for: of the project's those of the sites that pick it, all where none does.
fn shown_in(
    sites: &BTreeMap<String, Site>,
    languages: &[Language],
    id: &str,
    picked: impl Fn(&Site) -> &Vec<Located<String>>,
) -> Vec<Language> {
    let shows: Vec<&Site> = sites.values().filter(|site| picked(site).iter().any(|one| one.value == id)).collect();
    let wanted =
        languages.iter().copied().filter(|language| shows.is_empty() || shows.iter().any(|site| site.languages.contains(language)));
    wanted.collect()
}

/// The line under a chart: who found it, when, among whom.
fn source_line(sources: &[Source], dataset: &Dataset, languages: &[Language]) -> Text {
    let Some(source) = sources.iter().find(|source| source.id == dataset.source.value) else { return Text::default() };
    languages
        .iter()
        .map(|language| {
            let part = |text: &Text| text.in_language(*language).trim().trim_end_matches(['。', '.']).to_owned();
            let parts = [Some(&source.by), Some(&source.title), Some(&source.date), source.sample.as_ref()];
            let parts: Vec<String> = parts.into_iter().flatten().map(part).filter(|part| !part.is_empty()).collect();
            let (join, end) = match language {
                Language::Japanese => ("、", "。"),
                Language::English => (". ", "."),
            };
            (*language, format!("{}{end}", parts.join(join)))
        })
        .collect()
}
