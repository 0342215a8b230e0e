//! Reads a report.

use super::read_project::visibility;
use super::reference::Located;
use super::report::{Benchmark, Block, CommentsBlock, Coverage, Drawn, Look, Origin, Report, Template, Tile, Written};
use super::shape_report::REPORT;
use super::site::Visibility;
use super::{read_block_benchmark, read_block_change, read_block_compare, read_block_drivers, read_block_weighted, read_values};
use crate::content::shape::Shape;
use crate::content::{Document, Fields, Node, check, text_of};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::language::Language;
use std::collections::BTreeMap;

/// How many texts of a theme are quoted where nothing is said.
const QUOTED: u32 = 6;

/// Reads `content/reports/ID.yaml`.
pub(super) fn report(id: &str, node: &Node, languages: &[Language], diagnostics: &mut Diagnostics) -> Report {
    check(node, &Shape::Record(&REPORT), languages, diagnostics);
    let fields = Fields::of(node);
    let mut values = Vec::new();
    read_values::values(node, &mut values, diagnostics);
    let written = if values.is_empty() { Written::default() } else { written(fields) };
    let (title, lead) = (read_values::without(&fields.text("title")), read_values::without(&fields.text("lead")));
    let template = Template::of(&fields.line("template")).map(|value| Located { value, place: fields.place_of("template") });
    // A template brings what is not written
    for (key, ja, en) in
        [("title", "見出し", "a headline"), ("lead", "見出しに続く文", "what follows the headline"), ("blocks", "中身", "its parts")]
    {
        if fields.node("template").is_none() && node.get(key).is_none() {
            diagnostics.push(
                Diagnostic::error(code::MISSING_KEY, fields.place(), format!("「{key}」がありません。"), format!("“{key}” is missing."))
                    .hint(
                        format!("{ja}を「{key}: …」と書くか、「template: executive」のようにひな型を選びます。"),
                        format!("Write {en} as “{key}: …”, or choose a template, such as “template: executive”."),
                    ),
            );
        }
    }
    let outcome = fields.optional_line("outcome").map(|value| Located { value, place: fields.place_of("outcome") });
    if let Some(outcome) = outcome.as_ref().filter(|_| template.as_ref().is_none_or(|one| one.value != Template::Executive)) {
        diagnostics.push(
            Diagnostic::error(
                code::UNKNOWN_KEY,
                outcome.place.clone(),
                "「outcome」は、ひな型「executive」だけのものです。",
                "“outcome” belongs to the template “executive” alone.",
            )
            .hint("ほかの報告では、blocks に「kind: drivers」を書きます。", "In other reports write a block of “kind: drivers”."),
        );
    }
    Report {
        id: id.to_owned(),
        place: fields.place_of(if fields.node("title").is_some() { "title" } else { "template" }),
        untitled: title.is_empty(),
        title,
        lead,
        eyebrow: fields.optional_text("eyebrow"),
        visibility: visibility(fields, Visibility::Internal),
        survey: located(fields, "survey"),
        sample: fields.flag("sample"),
        tiles: fields.records("tiles").filter_map(|tile| read_tile(tile, diagnostics)).collect(),
        template,
        outcome,
        blocks: fields.records("blocks").filter_map(|block| read_block(block, languages, diagnostics)).collect(),
        for_each: fields.optional_line("for_each").map(|value| Located { value, place: fields.place_of("for_each") }),
        values,
        written,
    }
}

/// The texts as they are written. A block that cannot be read has been said, and then nothing is built.
fn written(fields: Fields<'_>) -> Written {
    let texts = fields.records("blocks").enumerate().filter(|(_, block)| block.line("kind") == "text");
    Written { title: fields.text("title"), lead: fields.text("lead"), texts: texts.map(|(at, block)| (at, block.text("text"))).collect() }
}

fn located(fields: Fields<'_>, key: &str) -> Located<String> {
    Located { value: fields.line(key), place: fields.place_of(key) }
}

fn read_comments(fields: Fields<'_>) -> CommentsBlock {
    let theme = |node: &Node| Some(Located { value: node.scalar()?.to_owned(), place: node.place.clone() });
    CommentsBlock {
        question: located(fields, "question"),
        themes: fields.items("themes").iter().filter_map(theme).collect(),
        most: fields.integer("most", QUOTED),
        title: fields.optional_text("title"),
    }
}

fn read_tile(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Option<Tile> {
    let origin = match (fields.node("data").is_some(), fields.node("row").is_some(), fields.node("figure").is_some()) {
        (true, true, false) => Origin::Dataset { dataset: located(fields, "data"), row: located(fields, "row") },
        (false, false, true) => Origin::Survey(located(fields, "figure")),
        _ => {
            diagnostics.push(
                Diagnostic::error(
                    code::MISSING_KEY,
                    fields.place(),
                    "数の出どころがはっきりしません。",
                    "It is not clear where this number comes from.",
                )
                .hint("data と row の組か、figure のどちらか一つを書きます。", "Write either “data” with “row”, or “figure”."),
            );
            return None;
        }
    };
    Some(Tile { label: fields.text("label"), origin })
}

fn read_block(fields: Fields<'_>, languages: &[Language], diagnostics: &mut Diagnostics) -> Option<Block> {
    Some(match fields.line("kind").as_str() {
        "heading" => Block::Heading { text: fields.text("text"), lead: fields.optional_text("lead") },
        "text" => Block::Text(fields.node("text").map(|text| documents(text, languages, diagnostics)).unwrap_or_default()),
        "data" => Block::Dataset(located(fields, "data")),
        "figure" => Block::Figure {
            figure: located(fields, "figure"),
            title: fields.optional_text("title"),
            benchmark: fields.record("benchmark").map(|benchmark| Benchmark {
                dataset: located(benchmark, "data"),
                row: located(benchmark, "row"),
                label: benchmark.text("label"),
            }),
            look: Look {
                chart: fields.optional_line("chart").and_then(|word| {
                    let value = match word.as_str() {
                        "diverging" => Drawn::Diverging,
                        "donut" => Drawn::Donut,
                        "radar" => Drawn::Radar,
                        _ => return None,
                    };
                    Some(Located { value, place: fields.place_of("chart") })
                }),
                sort: fields.flag("sort").then(|| fields.place_of("sort")),
                top: fields.optional_integer("top").map(|value| Located { value, place: fields.place_of("top") }),
            },
        },
        "compare" => return read_block_compare::compare(fields, diagnostics),
        "trend" => read_block_compare::trend(fields),
        "drivers" => Block::Drivers(read_block_drivers::drivers(fields)),
        "change" => Block::Change(read_block_change::change(fields)),
        "plan" => Block::Plan(located(fields, "plan")),
        "benchmark" => read_block_benchmark::benchmarks(fields),
        "weighted" => read_block_weighted::weighted(fields),
        "callout" => Block::Callout { lead: fields.text("lead"), text: fields.text("text") },
        "method" => Block::Method,
        "comments" => Block::Comments(read_comments(fields)),
        "coverage" => Block::Coverage(Coverage { by: located(fields, "by"), title: fields.optional_text("title") }),
        _ => return None,
    })
}

/// A text of the YAML file as Markdown, in every language that it has. Faults inside it are reported where the text begins; those of
/// its links are said with all other links of the file.
fn documents(node: &Node, languages: &[Language], diagnostics: &mut Diagnostics) -> BTreeMap<Language, Document> {
    let text = text_of(node);
    let mut documents = BTreeMap::new();
    for language in languages.iter().copied().filter(|language| text.speaks(*language)) {
        let place = &node.get(language.code()).unwrap_or(node).place;
        let (document, faults) = Document::parse(&place.file, text.in_language(language), 0);
        let of_links = |fault: &&Diagnostic| fault.code == code::UNSAFE_LINK || fault.code == code::REMOTE_IMAGE;
        for fault in faults.sorted().into_iter().filter(|fault| !of_links(fault)) {
            diagnostics.push(Diagnostic { place: place.clone(), ..fault.clone() });
        }
        documents.insert(language, document.at(place));
    }
    documents
}
