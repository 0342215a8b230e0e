//! A module: facts, aims, timetable, lessons, and the rest of its text.

use super::free::{close_contents, neighbours};
use crate::catalog::module::Form;
use crate::catalog::{Module, Target, Worksheet};
use crate::diagnostic::Diagnostics;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::body::PartView;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::render::Markup;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    module: ModuleView,
}

#[derive(Serialize)]
struct ModuleView {
    plate: String,
    title: String,
    lead: Markup,
    facts: Vec<FactView>,
    opening: Vec<PartView>,
    key: Vec<KeyView>,
    timetable: Vec<SlotView>,
    end: String,
    total: u32,
    lessons: Vec<LessonView>,
    worksheets: Vec<LessonView>,
    rest: Vec<PartView>,
}

#[derive(Serialize)]
struct FactView {
    label: String,
    value: String,
}

#[derive(Serialize)]
struct KeyView {
    class: &'static str,
    label: String,
}

#[derive(Serialize)]
struct SlotView {
    start: String,
    minutes: u32,
    height: u32,
    form: &'static str,
    form_label: String,
    title: String,
    note: Option<Markup>,
    href: Option<String>,
}

#[derive(Serialize)]
struct LessonView {
    number: usize,
    title: String,
    href: String,
    lead: Option<Markup>,
    minutes: Option<String>,
}

/// A module's own page.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, module: &Module) -> Result<Artifact, Diagnostics> {
    let target = Target::Module(module.id.clone());
    let spot = Spot::Content(target.clone());
    let title = edition.plain(&module.title);
    let mut page = edition.page_view(&spot, title.clone(), edition.plain(&module.lead));
    page.crumbs = edition.crumbs(&spot, &[Target::Modules], &edition.plain(&module.plate));
    let body = edition.body(&spot, &module.body, "", 1);
    let (opening, rest) = after_first_section(body.parts);
    let mut headings = body.contents.into_iter();
    page.contents.extend(headings.next());
    page.contents.push(LinkView::new("#timetable".to_owned(), edition.say("timetable")));
    page.contents.push(LinkView::new("#lessons".to_owned(), edition.say("lessons")));
    if !module.worksheets.is_empty() {
        page.contents.push(LinkView::new("#worksheets".to_owned(), edition.say("worksheets")));
    }
    page.contents.extend(headings);
    page.sources = edition.source_lines(&spot, &module.sources);
    close_contents(edition, &mut page);
    let all: Vec<Target> = edition.material.site.modules.iter().map(|id| Target::Module(id.value.clone())).collect();
    (page.previous, page.next) = neighbours(edition, &spot, &all, &target);
    let view = View {
        module: ModuleView {
            plate: edition.plain(&module.plate),
            title,
            lead: edition.inline(&spot, &module.lead),
            facts: facts(edition, module),
            opening,
            key: key(edition, module),
            timetable: timetable(edition, &spot, module),
            end: clock(module.start + module.minutes()),
            total: module.minutes(),
            lessons: lessons(edition, &spot, module),
            worksheets: worksheets(edition, &spot, module),
            rest,
        },
    };
    edition.artifact("module.html", &spot, &page, &view)
}

fn facts(edition: &Edition<'_>, module: &Module) -> Vec<FactView> {
    let fact = |key: &str, value: String| FactView { label: edition.say(key).to_owned(), value };
    vec![
        fact("fact_time", edition.fill("minutes", &[("n", &module.minutes().to_string())])),
        fact("fact_audience", edition.plain(&module.audience)),
        fact("fact_group", edition.plain(&module.group)),
        fact("fact_bring", edition.plain(&module.bring)),
    ]
}

fn form(form: Form) -> (&'static str, &'static str) {
    match form {
        Form::Listen => ("listen", "form_listen"),
        Form::Alone => ("alone", "form_alone"),
        Form::Together => ("together", "form_together"),
        Form::Break => ("break", "form_break"),
    }
}

/// The forms of work that the timetable has, in a fixed order.
fn key(edition: &Edition<'_>, module: &Module) -> Vec<KeyView> {
    let used = |wanted: &Form| module.timetable.iter().any(|slot| slot.form == *wanted);
    let all = [Form::Listen, Form::Alone, Form::Together, Form::Break];
    all.into_iter()
        .filter(used)
        .map(|one| {
            let (class, say) = form(one);
            KeyView { class, label: edition.say(say).to_owned() }
        })
        .collect()
}

fn timetable(edition: &Edition<'_>, spot: &Spot, module: &Module) -> Vec<SlotView> {
    let mut now = module.start;
    let mut rows = Vec::new();
    for slot in &module.timetable {
        let (class, say) = form(slot.form);
        let lesson = slot.lesson.as_ref().map(|lesson| Target::Lesson(module.id.clone(), lesson.value.clone()));
        rows.push(SlotView {
            start: clock(now),
            minutes: slot.minutes,
            height: bar_height(slot.minutes),
            form: class,
            form_label: if slot.form == Form::Break { String::new() } else { edition.say(say).to_owned() },
            title: edition.plain(&slot.title),
            note: slot.note.as_ref().map(|note| edition.inline(spot, note)),
            href: lesson.filter(|target| edition.has(target)).map(|target| edition.link(spot, &target)),
        });
        now += slot.minutes;
    }
    rows
}

fn lessons(edition: &Edition<'_>, spot: &Spot, module: &Module) -> Vec<LessonView> {
    let view = |(index, lesson): (usize, &crate::catalog::Lesson)| {
        let minutes = module.lesson_minutes(&lesson.id);
        LessonView {
            number: index + 1,
            title: edition.plain(&lesson.title),
            href: edition.link(spot, &Target::Lesson(module.id.clone(), lesson.id.clone())),
            lead: lesson.lead.as_ref().map(|lead| edition.inline(spot, lead)),
            minutes: (minutes > 0).then(|| edition.fill("minutes", &[("n", &minutes.to_string())])),
        }
    };
    module.lessons.iter().enumerate().map(view).collect()
}

/// The worksheets, in the order of the lessons that they belong to.
fn worksheets(edition: &Edition<'_>, spot: &Spot, module: &Module) -> Vec<LessonView> {
    let place = |sheet: &&Worksheet| {
        let lesson = sheet.lesson.as_ref().map(|lesson| lesson.value.as_str());
        module.lessons.iter().position(|known| Some(known.id.as_str()) == lesson).unwrap_or(usize::MAX)
    };
    let mut sheets: Vec<&Worksheet> = module.worksheets.iter().collect();
    sheets.sort_by_key(place);
    let view = |(index, sheet): (usize, &Worksheet)| LessonView {
        number: index + 1,
        title: edition.plain(&sheet.title),
        href: edition.link(spot, &Target::Worksheet(module.id.clone(), sheet.id.clone())),
        lead: Some(edition.inline(spot, &sheet.lead)),
        minutes: Some(edition.fill("minutes", &[("n", &sheet.minutes.to_string())])),
    };
    sheets.into_iter().enumerate().map(view).collect()
}

/// Minutes after midnight as a clock shows them.
fn clock(minutes: u32) -> String {
    format!("{}:{:02}", minutes / 60 % 24, minutes % 60)
}

/// 3.1 pixels a minute, at least 40.
fn bar_height(minutes: u32) -> u32 {
    (minutes.saturating_mul(31).saturating_add(5) / 10).max(40)
}

/// Parts a text before its second heading of level 2.
fn after_first_section(parts: Vec<PartView>) -> (Vec<PartView>, Vec<PartView>) {
    let mut opening = Vec::new();
    let mut rest = Vec::new();
    let mut seen = 0;
    for part in parts {
        if seen > 1 {
            rest.push(part);
            continue;
        }
        let Some(html) = part.html.as_ref().map(Markup::as_str) else {
            opening.push(part);
            continue;
        };
        let cut = html.match_indices("<h2").map(|(at, _)| at).filter(|at| is_outside(&html[..*at])).nth(1 - seen);
        match cut {
            Some(at) => {
                let piece = |text: &str| PartView { html: Some(Markup::trusted(text)), exhibit: None, language: part.language };
                opening.push(piece(&html[..at]));
                rest.push(piece(&html[at..]));
                seen = 2;
            }
            None => {
                seen = (seen + html.matches("<h2").count()).min(1);
                opening.push(part);
            }
        }
    }
    opening.retain(|part| part.html.as_ref().is_none_or(|html| !html.as_str().trim().is_empty()));
    (opening, rest)
}

/// Whether everything that was opened is closed again.
fn is_outside(html: &str) -> bool {
    ["blockquote", "li", "div", "section", "td"].iter().all(|tag| {
        html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count() == html.matches(&format!("</{tag}>")).count()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_timetable_stands_after_the_first_section() {
        let part = |html: &str| PartView { html: Some(Markup::trusted(html)), exhibit: None, language: None };
        let split = |parts: &[&str]| {
            let (a, b) = after_first_section(parts.iter().map(|html| part(html)).collect());
            let join = |parts: Vec<PartView>| {
                parts.into_iter().filter_map(|part| part.html).map(|html| html.as_str().to_owned()).collect::<String>()
            };
            (join(a), join(b))
        };
        for (parts, opening, rest) in [
            (&["<h2>a</h2>x<h2>b</h2>y<h2>c</h2>"][..], "<h2>a</h2>x", "<h2>b</h2>y<h2>c</h2>"),
            (&["<h2>a</h2>x", "y<h2>b</h2>", "z"], "<h2>a</h2>xy", "<h2>b</h2>z"),
            (&["x"], "x", ""),
            (&["<h2>a</h2><blockquote><h2>q</h2></blockquote><h2>b</h2>"], "<h2>a</h2><blockquote><h2>q</h2></blockquote>", "<h2>b</h2>"),
        ] {
            assert_eq!(split(parts), (opening.to_owned(), rest.to_owned()));
        }
    }

    #[test]
    fn clocks_and_bars() {
        assert_eq!((clock(780), clock(13 * 60 + 5), clock(24 * 60 + 1)), ("13:00".into(), "13:05".into(), "0:01".into()));
        assert_eq!((bar_height(5), bar_height(15), bar_height(30)), (40, 47, 93));
    }
}
