//! Free pages and lessons: a text with its contents at the side.

use crate::catalog::{Lesson, Located, Module, Page, Target};
use crate::diagnostic::Diagnostics;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::body::PartView;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::frame::PageView;
use crate::pages::render::Markup;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    text: TextView,
}

#[derive(Serialize)]
struct TextView {
    plate: Option<String>,
    title: String,
    lead: Option<Markup>,
    minutes: Option<String>,
    parts: Vec<PartView>,
}

/// The neighbours of `here` in a list of targets.
pub(super) fn neighbours(edition: &Edition<'_>, spot: &Spot, all: &[Target], here: &Target) -> (Option<LinkView>, Option<LinkView>) {
    let Some(at) = all.iter().position(|target| target == here) else { return (None, None) };
    let view = |target: &Target| edition.target_view(spot, target);
    (at.checked_sub(1).and_then(|before| all.get(before)).map(view), all.get(at + 1).map(view))
}

/// Adds the list of sources to the contents of a page that has both.
pub(super) fn close_contents(edition: &Edition<'_>, page: &mut PageView) {
    if !page.contents.is_empty() && !page.sources.is_empty() {
        page.contents.push(LinkView::new("#sources".to_owned(), edition.say("sources")));
    }
}

/// A free page.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, free: &Page) -> Result<Artifact, Diagnostics> {
    let spot = Spot::Content(Target::Page(free.id.clone()));
    let title = edition.plain(&free.title);
    let lead = free.lead.as_ref().map(|lead| edition.plain(lead)).unwrap_or_default();
    let mut page = edition.page_view(&spot, title.clone(), lead);
    let body = edition.body(&spot, &free.body, "", 1);
    page.crumbs = edition.crumbs(&spot, &[], &title);
    page.contents = body.contents;
    page.sources = edition.source_lines(&spot, &free.sources);
    close_contents(edition, &mut page);
    let all = &edition.material.site.pages;
    if let Some(at) = all.iter().position(|id| id.value == free.id) {
        let view = |id: &Located<String>| edition.target_view(&spot, &Target::Page(id.value.clone()));
        (page.previous, page.next) = (at.checked_sub(1).and_then(|before| all.get(before)).map(view), all.get(at + 1).map(view));
    }
    let view = View {
        text: TextView {
            plate: free.plate.as_ref().map(|plate| edition.plain(plate)),
            title,
            lead: free.lead.as_ref().map(|lead| edition.inline(&spot, lead)),
            minutes: None,
            parts: body.parts,
        },
    };
    edition.artifact("text.html", &spot, &page, &view)
}

/// A lesson of a module.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn lesson(edition: &Edition<'_>, module: &Module, lesson: &Lesson) -> Result<Artifact, Diagnostics> {
    let target = Target::Lesson(module.id.clone(), lesson.id.clone());
    let spot = Spot::Content(target.clone());
    let title = edition.plain(&lesson.title);
    let lead = lesson.lead.as_ref().map(|lead| edition.plain(lead)).unwrap_or_default();
    let mut page = edition.page_view(&spot, title.clone(), lead);
    let body = edition.body(&spot, &lesson.body, "", 1);
    page.crumbs = edition.crumbs(&spot, &[Target::Modules, Target::Module(module.id.clone())], &title);
    page.contents = body.contents;
    let all: Vec<Target> = module.lessons.iter().map(|one| Target::Lesson(module.id.clone(), one.id.clone())).collect();
    (page.previous, page.next) = neighbours(edition, &spot, &all, &target);
    page.before = edition.say("previous_lesson").to_owned();
    page.after = edition.say("next_lesson").to_owned();
    let minutes = module.lesson_minutes(&lesson.id);
    let view = View {
        text: TextView {
            plate: Some(edition.plain(&module.plate)),
            title,
            lead: lesson.lead.as_ref().map(|lead| edition.inline(&spot, lead)),
            minutes: (minutes > 0).then(|| edition.fill("minutes", &[("n", &minutes.to_string())])),
            parts: body.parts,
        },
    };
    edition.artifact("text.html", &spot, &page, &view)
}
