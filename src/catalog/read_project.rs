//! Reads `project.yaml`, `sources.yaml` and sites.

use super::project::{Project, Source};
use super::read_mail;
use super::read_names::names;
use super::reference::{Located, Target};
use super::shape::{PROJECT, SOURCES};
use super::shape_site::SITE;
use super::site::{Home, Link, Milestone, Notice, Opening, Plate, Site, Step, Triad, TriadPart, Visibility};
use super::{read_brand, read_consultants, read_languages};
use crate::content::shape::Shape;
use crate::content::{Fields, Node, RawHtml, check, text_of};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, closest, code};
use crate::language::{Day, Language};
use crate::survey::hours::ZONE;
use std::collections::BTreeMap;

/// Reads `content/project.yaml`.
pub(super) fn project(node: &Node, diagnostics: &mut Diagnostics) -> Project {
    check(node, &Shape::Record(&PROJECT), &[], diagnostics);
    let fields = Fields::of(node);
    let languages = read_languages::of_project(fields, diagnostics);
    let time_zone = fields.optional_line("time_zone").unwrap_or_else(|| ZONE.to_owned());
    if !Day::knows_zone(&time_zone) {
        diagnostics.push(
            Diagnostic::error(
                code::UNKNOWN_VALUE,
                fields.place_of("time_zone"),
                format!("「{time_zone}」という時間帯はありません。"),
                format!("There is no time zone “{time_zone}”."),
            )
            .hint("日本なら「Asia/Tokyo」と書きます。", "For Japan, write “Asia/Tokyo”."),
        );
    }
    // The texts of the project in its own languages: the languages are only known now
    for key in ["organisation", "contact"] {
        if let Some(text) = fields.node(key) {
            let mut warnings = Diagnostics::new();
            check(text, &Shape::Text, &languages, &mut warnings);
            for one in warnings.sorted().into_iter().filter(|one| one.code == code::MISSING_TRANSLATION) {
                diagnostics.push(one.clone());
            }
        }
    }
    Project {
        languages,
        time_zone,
        home: fields.optional_line("home").map(|value| Located { value, place: fields.place_of("home") }),
        organisation: fields.text("organisation"),
        contact: fields.text("contact"),
        retain_days: fields.integer("retain_days", 365),
        mail: fields.record("mail").and_then(|mail| read_mail::server(mail, diagnostics)),
    }
}

/// Reads `content/sources.yaml`.
pub(super) fn sources(node: &Node, languages: &[Language], diagnostics: &mut Diagnostics) -> Vec<Source> {
    check(node, &Shape::Record(&SOURCES), languages, diagnostics);
    let mut sources: Vec<Source> = Vec::new();
    let mut seen: BTreeMap<String, Place> = BTreeMap::new();
    for fields in Fields::of(node).records("sources") {
        let source = Source {
            id: fields.line("id"),
            place: fields.place_of("id"),
            title: fields.text("title"),
            by: fields.text("by"),
            date: fields.text("date"),
            sample: fields.optional_text("sample"),
            note: fields.optional_text("note"),
            url: fields.optional_line("url"),
        };
        if let Some(first) = seen.insert(source.id.clone(), source.place.clone()) {
            diagnostics.push(
                Diagnostic::error(
                    code::DUPLICATE_ID,
                    source.place.clone(),
                    format!("出典の ID「{}」が二度使われています。", source.id),
                    format!("The source id “{}” is used twice.", source.id),
                )
                .hint("どちらかの ID を変えてください。", "Change one of the two.")
                .also(first, "一つ目", "the first one"),
            );
        }
        sources.push(source);
    }
    sources
}

/// Reads `content/sites/ID.yaml`.
pub(super) fn site(id: &str, node: &Node, project: &[Language], diagnostics: &mut Diagnostics) -> Site {
    let fields = Fields::of(node);
    let languages = read_languages::of_site(fields, project, diagnostics);
    // Its texts are only asked for in its own languages
    check(node, &Shape::Record(&SITE), &languages, diagnostics);
    let home = fields.record("home");
    Site {
        id: id.to_owned(),
        place: fields.place_of("title"),
        title: fields.text("title"),
        lead: fields.text("lead"),
        languages,
        brand: fields.record("brand").map(|brand| read_brand::brand(brand, diagnostics)),
        visibility: visibility(fields, Visibility::Public),
        sample: fields.flag("sample"),
        collector: fields.optional_line("collector"),
        raw_html: if fields.line("raw_html") == "sanitize" { RawHtml::Sanitize } else { RawHtml::Escape },
        theme: fields.optional_line("theme").map(|value| Located { value, place: fields.place_of("theme") }),
        navigation: fields.records("navigation").filter_map(|link| read_link(link, diagnostics)).collect(),
        pages: names(fields, "pages", diagnostics),
        modules: names(fields, "modules", diagnostics),
        surveys: names(fields, "surveys", diagnostics),
        data: names(fields, "data", diagnostics),
        reports: names(fields, "reports", diagnostics),
        plans: names(fields, "plans", diagnostics),
        cohorts: names(fields, "cohorts", diagnostics),
        consultants: fields.record("consultants").map(|talks| read_consultants::talks(talks, diagnostics)),
        home: home.map(|home| read_home(home, diagnostics)).unwrap_or_else(empty_home),
        footer: fields.text("footer"),
    }
}

/// Who may read it, or `default`.
pub(super) fn visibility(fields: Fields<'_>, default: Visibility) -> Visibility {
    match fields.line("visibility").as_str() {
        "public" => Visibility::Public,
        "internal" => Visibility::Internal,
        _ => default,
    }
}

fn empty_home() -> Home {
    Home {
        opening: Opening::default(),
        signpost: Vec::new(),
        actions: Vec::new(),
        notices: None,
        steps: None,
        triad: None,
        pages: None,
        modules: None,
        road: None,
        visibility: None,
    }
}

fn read_home(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Home {
    let notices = fields.record("notices").map(|notices| {
        let rows = notices.records("rows").filter_map(|row| read_notice(row, diagnostics)).collect();
        (notices.text("title"), rows)
    });
    let road = fields.record("road").map(|road| {
        let milestone = |one: Fields<'_>| Milestone { title: one.text("title"), note: one.text("note"), here: one.flag("here") };
        (road.text("title"), road.records("milestones").map(milestone).collect())
    });
    let steps = fields.record("steps").map(|steps| {
        let step = |row: Fields<'_>, diagnostics: &mut Diagnostics| {
            let to = read_target(row, "to", diagnostics)?;
            Some(Step { title: row.text("title"), note: row.text("note"), to, label: row.optional_text("label") })
        };
        (read_opening(steps), steps.records("rows").filter_map(|row| step(row, diagnostics)).collect())
    });
    Home {
        opening: read_opening(fields),
        signpost: fields.items("signpost").iter().map(text_of).collect(),
        actions: fields.records("actions").filter_map(|link| read_link(link, diagnostics)).collect(),
        notices,
        steps,
        triad: fields.record("triad").map(read_triad),
        pages: fields.record("pages").map(read_opening),
        modules: fields.record("modules").map(read_opening),
        road,
        visibility: fields.record("visibility").map(read_opening),
    }
}

fn read_opening(fields: Fields<'_>) -> Opening {
    Opening { title: fields.text("title"), lead: fields.text("lead") }
}

fn read_triad(fields: Fields<'_>) -> Triad {
    let part = |one: Fields<'_>| TriadPart {
        title: one.text("title"),
        note: one.text("note"),
        everyone: one.text("everyone"),
        each: one.text("each"),
    };
    Triad {
        opening: read_opening(fields),
        centre: fields.record("centre").map(part).unwrap_or_default(),
        parts: fields.records("parts").map(part).collect(),
    }
}

fn read_notice(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Option<Notice> {
    Some(Notice {
        plate: match fields.line("plate").as_str() {
            "answer" => Plate::Answer,
            "join" => Plate::Join,
            _ => Plate::Read,
        },
        to: read_target(fields, "to", diagnostics)?,
        title: fields.optional_text("title"),
        note: fields.text("note"),
        date: fields.optional_text("date"),
    })
}

fn read_link(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Option<Link> {
    Some(Link { to: read_target(fields, "to", diagnostics)?, label: fields.optional_text("label") })
}

/// A reference that stands at a key.
pub(super) fn read_target(fields: Fields<'_>, key: &str, diagnostics: &mut Diagnostics) -> Option<Located<Target>> {
    located_target(&fields.optional_line(key)?, fields.place_of(key), diagnostics)
}

/// A reference as it is written; what is none is said.
pub(super) fn located_target(text: &str, place: Place, diagnostics: &mut Diagnostics) -> Option<Located<Target>> {
    if let Some(value) = Target::parse(text) {
        return Some(Located { value, place });
    }
    let diagnostic = Diagnostic::error(
        code::UNKNOWN_REFERENCE,
        place,
        format!("「{text}」は参照として読めません。"),
        format!("“{text}” is not a reference."),
    );
    let kind = text.split(':').next().unwrap_or_default();
    let known = Target::KINDS.into_iter().chain(Target::LISTS);
    diagnostics.push(match closest(kind, known).filter(|guess| *guess != kind) {
        Some(guess) => diagnostic.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
        None => diagnostic.hint(
            format!("module:strengths のように「種類:ID」で書くか、{} のどれかを書きます。", Target::LISTS.join("、")),
            format!("Write kind:id, such as module:strengths, or one of {}.", Target::LISTS.join(", ")),
        ),
    });
    None
}
