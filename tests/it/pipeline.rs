//! Jobs record what they read: what a job does not name cannot change what it makes.

use crate::loop_project::{Project, here, today};
use rayon::prelude::*;
use shirube::catalog::Target;
use shirube::output::Artifact;
use shirube::pages::Material;
use shirube::pipeline::{self, Input};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What every job of the demonstration reads and makes, by its site, language and page.
fn made(root: &Path) -> BTreeMap<String, (BTreeSet<Input>, Vec<Artifact>)> {
    let mut loaded = pipeline::load(root).expect("content");
    let themes = pipeline::read_themes(root, &mut loaded).expect("themes");
    assert!(!loaded.diagnostics.has_errors(), "{:?}", loaded.diagnostics);
    let answers = pipeline::nothing_collected(&loaded.catalog, today());
    let mut made = BTreeMap::new();
    for (id, site) in &loaded.catalog.sites {
        let material = Material { catalog: &loaded.catalog, site, theme: &themes[id], today: today() };
        let jobs = pipeline::jobs(material, &answers);
        let pages = jobs.par_iter().map(|job| {
            let name = format!("{id} {:?} {:?}", job.edition.language, job.spot);
            (name, (job.inputs.clone(), job.run().expect("a page")))
        });
        made.extend(pages.collect::<Vec<_>>());
    }
    made
}

/// A piece of content, and how its file can be changed without changing its title.
struct Piece {
    target: Target,
    files: Vec<(String, Change)>,
}

#[derive(Clone, Copy)]
enum Change {
    /// Another sentence at the end of a Markdown text.
    Sentence,
    /// Another word at the beginning of the first Japanese text after this key.
    Word(&'static str),
}

fn change(project: &Project, file: &str, change: Change) {
    let text = project.read(file);
    let changed = match change {
        Change::Sentence => format!("{text}\n変わった文です。\n"),
        Change::Word(key) => {
            let at = text.find(key).unwrap_or_else(|| panic!("{file} has no {key}"));
            let word = at + text[at..].find("ja: ").expect("a Japanese text") + "ja: ".len();
            format!("{}変わった{}", &text[..word], &text[word..])
        }
    };
    project.write(file, changed);
}

fn pieces(root: &Path) -> Vec<Piece> {
    let catalog = pipeline::load(root).expect("content").catalog;
    let one = |target: Target, file: String, change: Change| Piece { target, files: vec![(file, change)] };
    let mut pieces = Vec::new();
    for id in catalog.data.keys() {
        pieces.push(one(Target::Dataset(id.clone()), format!("content/data/{id}.yaml"), Change::Word("asked:")));
    }
    for id in catalog.pages.keys() {
        pieces.push(one(Target::Page(id.clone()), format!("content/pages/{id}.md"), Change::Sentence));
    }
    for (id, module) in &catalog.modules {
        let files = vec![
            (format!("content/modules/{id}/module.yaml"), Change::Word("lead:")),
            (format!("content/modules/{id}/module.md"), Change::Sentence),
        ];
        pieces.push(Piece { target: Target::Module(id.clone()), files });
        for lesson in &module.lessons {
            pieces.push(one(
                Target::Lesson(id.clone(), lesson.id.clone()),
                format!("content/modules/{id}/{}.md", lesson.id),
                Change::Sentence,
            ));
        }
    }
    for (id, survey) in &catalog.surveys {
        let file = format!("content/surveys/{id}.yaml");
        // A wave takes the rest from another file, whose change moves it too
        let keys: &[&'static str] = if survey.same_as.is_some() { &["lead:"] } else { &["lead:", "purpose:", "- id:"] };
        let files = keys.iter().map(|key| (file.clone(), Change::Word(key))).collect();
        pieces.push(Piece { target: Target::Survey(id.clone()), files });
    }
    for id in catalog.reports.keys() {
        pieces.push(one(Target::Report(id.clone()), format!("content/reports/{id}.yaml"), Change::Word("lead:")));
    }
    pieces
}

/// For every two pieces there is a round that changes the one and not the other.
#[test]
fn a_job_that_does_not_name_a_piece_is_not_moved_by_it() {
    let before = made(here());
    let pieces = pieces(here());
    assert!(pieces.len() > 30 && before.len() > 100);
    let bits = usize::BITS - pieces.len().leading_zeros();
    let mut untold = BTreeSet::new();
    let mut moved = BTreeSet::new();
    for round in 0..2 * bits {
        let chosen: Vec<&Piece> =
            pieces.iter().enumerate().filter(|(index, _)| index >> (round / 2) & 1 == round as usize & 1).map(|(_, piece)| piece).collect();
        let project = Project::of(here());
        for (file, how) in chosen.iter().flat_map(|piece| &piece.files) {
            change(&project, file, *how);
        }
        let touched: BTreeSet<Input> = chosen.iter().map(|piece| Input::Content(piece.target.clone())).collect();
        for (page, (inputs, artifacts)) in made(project.root()) {
            if artifacts != before[&page].1 {
                moved.insert(page.clone());
                if inputs.is_disjoint(&touched) {
                    untold.insert(page);
                }
            }
        }
    }
    assert!(untold.is_empty(), "these pages show something that their jobs do not name: {untold:#?}");
    // Each piece moved at least its own page, or the rounds would say nothing
    for piece in &pieces {
        let own = format!("{:?}", shirube::pages::Spot::Content(piece.target.clone()));
        assert!(moved.iter().any(|page| page.ends_with(&own)), "{own} did not move");
    }
}

/// Reports alone read what people answered.
#[test]
fn only_reports_and_plans_read_the_answers() {
    for (page, (inputs, _)) in made(here()) {
        let reads = inputs.iter().any(|input| matches!(input, Input::Published(_)));
        assert_eq!(reads, ["Report(", "Slides(", "Method(", "Plan(", "Part("].iter().any(|name| page.contains(name)), "{page}");
    }
}
