//! What there is to name, and what to say of a name that leads nowhere.

use super::everything::Catalog;
use super::reference::{Located, Target};
use super::site::Site;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, closest, code};

/// Says that there is no such thing, unless its file is there and could not be read, with the name that was probably meant, or with all there are where they are few.
pub(super) fn unknown<'k>(
    catalog: &Catalog,
    diagnostics: &mut Diagnostics,
    place: &Place,
    (ja, en): (&str, &str),
    id: &str,
    known: impl Iterator<Item = &'k str>,
) {
    let kind = if en == "data set" { "data" } else { en };
    if catalog.unread.contains(&format!("{kind}:{id}")) || catalog.unread.contains(id) {
        return;
    }
    not_there(diagnostics, place, (ja, en), id, known);
}

/// Says that there is no such thing, with the name that was probably meant, or with all there are where they are few.
pub(super) fn not_there<'k>(
    diagnostics: &mut Diagnostics,
    place: &Place,
    (ja, en): (&str, &str),
    id: &str,
    known: impl Iterator<Item = &'k str>,
) {
    const FEW: usize = 12;
    let diagnostic = Diagnostic::error(
        code::UNKNOWN_REFERENCE,
        place.clone(),
        format!("{ja}「{id}」はありません。"),
        format!("There is no {en} “{id}”."),
    );
    let known: Vec<&str> = known.collect();
    diagnostics.push(match closest(id, known.iter().copied()) {
        Some(guess) => diagnostic.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
        None if !known.is_empty() && known.len() <= FEW => {
            diagnostic.hint(format!("いまあるのは {} です。", known.join("、")), format!("What there is: {}.", known.join(", ")))
        }
        None => diagnostic,
    });
}

/// Whether the project has what a reference names.
pub(super) fn exists(catalog: &Catalog, target: &Target) -> bool {
    match target {
        Target::Home
        | Target::Modules
        | Target::Surveys
        | Target::Data
        | Target::Reports
        | Target::Sources
        | Target::Consultants
        | Target::Matching => true,
        Target::Plan(id) => catalog.plans.contains_key(id),
        Target::Cohorts(id) => catalog.cohorts.contains_key(id),
        Target::Page(id) => catalog.pages.contains_key(id),
        Target::Module(id) => catalog.modules.contains_key(id),
        Target::Lesson(module, lesson) => {
            catalog.modules.get(module).is_some_and(|known| known.lessons.iter().any(|one| one.id == *lesson))
        }
        Target::Worksheet(module, sheet) => catalog.modules.get(module).is_some_and(|known| known.worksheet(sheet).is_some()),
        Target::Survey(id) => catalog.surveys.contains_key(id),
        Target::Dataset(id) => catalog.data.contains_key(id),
        Target::Report(id) => catalog.reports.contains_key(id),
        Target::Source(id) => catalog.source(id).is_some(),
    }
}

/// Whether a site has a page for what a reference names.
pub(super) fn picked(site: &Site, target: &Target) -> bool {
    let holds = |names: &[Located<String>], id: &str| names.iter().any(|name| name.value == id);
    match target {
        Target::Home | Target::Modules | Target::Surveys | Target::Data | Target::Reports | Target::Sources | Target::Source(_) => true,
        Target::Consultants => site.consultants.is_some(),
        Target::Matching => site.consultants.as_ref().is_some_and(|talks| talks.only.is_none()),
        Target::Page(id) => holds(&site.pages, id),
        Target::Module(id) | Target::Lesson(id, _) | Target::Worksheet(id, _) => holds(&site.modules, id),
        Target::Survey(id) => holds(&site.surveys, id),
        Target::Dataset(id) => holds(&site.data, id),
        Target::Report(id) => holds(&site.reports, id),
        Target::Plan(id) => holds(&site.plans, id),
        Target::Cohorts(id) => holds(&site.cohorts, id),
    }
}

/// Everything that a reference can name, as it is written.
pub(super) fn all_targets(catalog: &Catalog) -> Vec<String> {
    let mut all: Vec<String> = Target::LISTS.iter().map(|list| (*list).to_owned()).collect();
    all.extend(catalog.pages.keys().map(|id| format!("page:{id}")));
    for module in catalog.modules.values() {
        all.push(format!("module:{}", module.id));
        all.extend(module.lessons.iter().map(|lesson| format!("lesson:{}/{}", module.id, lesson.id)));
        all.extend(module.worksheets.iter().map(|sheet| format!("worksheet:{}/{}", module.id, sheet.id)));
    }
    all.extend(catalog.surveys.keys().map(|id| format!("survey:{id}")));
    all.extend(catalog.data.keys().map(|id| format!("data:{id}")));
    all.extend(catalog.reports.keys().map(|id| format!("report:{id}")));
    all.extend(catalog.plans.keys().map(|id| format!("plan:{id}")));
    all.extend(catalog.cohorts.keys().map(|id| format!("cohorts:{id}")));
    all.extend(catalog.sources.iter().map(|source| format!("source:{}", source.id)));
    all
}
