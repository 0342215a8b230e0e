//! The white paper, complete: every item of `tests/whitepaper.yaml` stands on its page in both languages, with value, n, source and flag;
//! whatever is taken out of the content is missed.

use shirube::catalog::{Catalog, Loaded, Site, Target, load};
use shirube::content::{Fields, Folder, Node, yaml};
use shirube::diagnostic::{Diagnostics, Sources, to_text};
use shirube::language::{DayTime, Language, Today};
use shirube::pages::{Edition, Material, Spot, Theme, site};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What a cell of a table must hold.
#[derive(Debug, Clone, PartialEq)]
struct Cell {
    /// What is printed; `None`: that it is not in the source.
    printed: Option<String>,
    derived: bool,
}

#[derive(Debug, Clone)]
enum Said {
    /// A row of a chart's table, by its label, and its cells from the first.
    Row(BTreeMap<Language, String>, Vec<Cell>),
    /// Words, in each language.
    Words(BTreeMap<Language, Vec<String>>),
}

#[derive(Debug, Clone)]
struct Fact {
    item: String,
    /// The site that shows it; `None`: the home site.
    site: Option<String>,
    page: String,
    source: Option<String>,
    said: Said,
}

/// What a chart of the white paper must be, and among how many it was asked.
struct Chart {
    page: String,
    kind: String,
    n: Asked,
}

enum Asked {
    /// What stands in the column of numbers, row by row.
    Rows(Vec<String>),
    /// The words that it is not in the source.
    Missing(BTreeMap<Language, String>),
}

fn table() -> Node {
    let file = "tests/whitepaper.yaml".into();
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/whitepaper.yaml")).expect("the table");
    let mut faults = Diagnostics::new();
    let root = yaml::parse(&file, &text, 1, &mut faults).expect("a document");
    assert!(faults.is_empty(), "{}", to_text(&faults, &Sources::default(), Language::English));
    root
}

fn charts() -> Vec<Chart> {
    let root = table();
    let chart = |fields: Fields<'_>| Chart {
        page: fields.line("page"),
        kind: fields.line("kind"),
        n: match fields.record("missing") {
            Some(words) => Asked::Missing(Language::ALL.map(|language| (language, words.line(language.code()))).into_iter().collect()),
            None => Asked::Rows(fields.items("n").iter().filter_map(Node::scalar).map(str::to_owned).collect()),
        },
    };
    Fields::of(&root).records("charts").map(chart).collect()
}

fn items() -> BTreeMap<String, Vec<Fact>> {
    let root = table();
    let mut items = BTreeMap::new();
    for item in Fields::of(&root).records("items") {
        let id = item.line("id");
        let facts: Vec<Fact> = item.records("facts").map(|fields| fact(&id, fields)).collect();
        assert!(!facts.is_empty() && items.insert(id.clone(), facts).is_none(), "{id}");
    }
    items
}

fn fact(item: &str, fields: Fields<'_>) -> Fact {
    let said = match fields.record("row") {
        Some(row) => {
            let label = Language::ALL.map(|language| (language, row.line(language.code())));
            let cells = fields.items("cells").iter().filter_map(Node::scalar).map(|text| match text.strip_prefix("derived ") {
                Some(value) => Cell { printed: Some(value.to_owned()), derived: true },
                None => Cell { printed: (text != "missing").then(|| text.to_owned()), derived: false },
            });
            Said::Row(label.into_iter().collect(), cells.collect())
        }
        None => {
            let words = |language: Language| fields.items(language.code()).iter().filter_map(Node::scalar).map(str::to_owned).collect();
            Said::Words(Language::ALL.into_iter().map(|language| (language, words(language))).collect())
        }
    };
    Fact {
        item: item.to_owned(),
        site: fields.optional_line("site"),
        page: fields.line("page"),
        source: fields.optional_line("source"),
        said,
    }
}

/// The content of the demonstration, with changes made to its files.
fn read(change: &dyn Fn(&str, &str) -> Option<String>) -> Loaded {
    let (folder, faults) = Folder::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the demonstration");
    assert!(!faults.has_errors());
    let mut changed = Folder::default();
    let mut faults = Diagnostics::new();
    for file in folder.files() {
        let bytes = file.bytes().to_vec();
        let bytes = std::str::from_utf8(&bytes).ok().and_then(|text| change(&file.path, text)).map_or(bytes.clone(), String::into_bytes);
        changed.insert(&file.path, bytes, &mut faults);
    }
    load(&changed)
}

/// The pages that facts speak of, in both languages.
struct Built<'a> {
    catalog: &'a Catalog,
    theme: &'a Theme,
}

impl Built<'_> {
    fn page(&self, name: &str, language: Language) -> String {
        self.page_of(None, name, language)
    }

    fn site(&self, id: Option<&str>) -> &Site {
        id.map_or_else(|| self.catalog.home(), |id| self.catalog.sites.get(id)).expect("a site")
    }

    fn page_of(&self, site_id: Option<&str>, name: &str, language: Language) -> String {
        let noon = DayTime::parse("2026-11-20 12:00").expect("a moment");
        let today = Today { day: noon.day, now: noon.begins("Asia/Tokyo").expect("a moment") };
        let site_of = self.site(site_id);
        let edition = Edition { material: Material { catalog: self.catalog, site: site_of, theme: self.theme, today }, language };
        let target = match name.split_once('/') {
            Some(("data", id)) => Target::Dataset(id.to_owned()),
            Some(("cohorts", id)) => Target::Cohorts(id.to_owned()),
            Some(("plans", id)) => Target::Plan(id.to_owned()),
            _ if name == "index" => Target::Home,
            _ if name == "consultants" => Target::Consultants,
            _ if name == "consultants/find" => Target::Matching,
            _ => Target::Page(name.to_owned()),
        };
        let spot = Spot::Content(target);
        let path = edition.path(&spot);
        let made = site::make(&edition, &spot, &BTreeMap::new()).unwrap_or_default();
        let page = made.into_iter().find(|file| file.path.as_str() == path);
        page.map(|page| String::from_utf8(page.bytes).expect("text")).unwrap_or_default()
    }

    /// Everything of these facts that is not there, as «S08 data/measures ja: what».
    fn missed(&self, facts: &[Fact]) -> Vec<String> {
        let mut missed = Vec::new();
        let mut pages: BTreeMap<(Option<&str>, &str, Language), String> = BTreeMap::new();
        for fact in facts {
            let site = fact.site.as_deref();
            for language in self.site(site).languages.iter().copied() {
                let html = pages.entry((site, &fact.page, language)).or_insert_with(|| self.page_of(site, &fact.page, language));
                let where_ = format!("{} {} {}", fact.item, fact.page, language.code());
                missed.extend(self.missed_on(fact, language, html).into_iter().map(|what| format!("{where_}: {what}")));
            }
        }
        missed
    }

    fn missed_on(&self, fact: &Fact, language: Language, html: &str) -> Vec<String> {
        let mut missed = Vec::new();
        if let Some(id) = &fact.source {
            let source = self.catalog.source(id).map(|source| source.title.in_language(language)).unwrap_or_default();
            let named = html.split(" id=\"sources\"").nth(1).unwrap_or_default();
            if source.is_empty() || !plain(named).contains(source) {
                missed.push(format!("source {id}"));
            }
        }
        match &fact.said {
            Said::Words(words) => {
                let text = plain(html);
                missed.extend(words[&language].iter().filter(|words| !text.contains(words.as_str())).cloned());
            }
            Said::Row(label, cells) => {
                let found = row(html, &label[&language]);
                for (at, cell) in cells.iter().enumerate() {
                    if found.get(at) != Some(cell) {
                        missed.push(format!("cell {at} of {}: {cell:?} is {:?}", label[&language], found.get(at)));
                    }
                }
            }
        }
        missed
    }
}

/// The text of a page without its tags; cells of tables parted by bars.
fn plain(html: &str) -> String {
    let html = html.replace("<td", " | <td").replace("<th", " | <th").replace("</tr>", " | ");
    let mut text = String::new();
    let mut inside = false;
    for char in html.chars() {
        match char {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(char),
            _ => {}
        }
    }
    let text = text.replace("&amp;", "&").replace("&#x27;", "'").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("白書の記載 ", "白書の記載　").replace("当時の報道 ", "当時の報道　")
}

/// The cells after the label of a row of the page's table of figures.
fn row(html: &str, label: &str) -> Vec<Cell> {
    let missing = ["資料になし", "Not in source", "Not in the source"];
    let Some(table) = html.split("<table class=\"table").nth(1).and_then(|rest| rest.split("</table>").next()) else {
        return Vec::new();
    };
    let rows = table.split("<tr").filter(|row| {
        row.split("</th>").next().map(|head| plain(&format!("<tr{head}"))).is_some_and(|head| head.trim_start_matches("| ") == label)
    });
    let cells = rows.flat_map(|row| row.split("<td").skip(1));
    cells
        .map(|cell| {
            let class = cell.split('>').next().unwrap_or_default();
            let printed = plain(&format!("<td{cell}")).trim_start_matches("| ").trim_end_matches(" |").to_owned();
            let gone = class.contains("quiet") && missing.iter().any(|words| words.eq_ignore_ascii_case(&printed));
            Cell { printed: (!gone).then_some(printed), derived: class.contains("derived") }
        })
        .collect()
}

#[test]
fn every_item_has_its_place_in_both_languages() {
    let items = items();
    let expected: BTreeSet<String> = (1..=30).map(|number| format!("S{number:02}")).collect();
    assert_eq!(items.keys().cloned().collect::<BTreeSet<_>>(), expected, "all items, and no others");
    let loaded = read(&|_, _| None);
    assert!(!loaded.diagnostics.has_errors(), "{}", to_text(&loaded.diagnostics, &loaded.sources, Language::English));
    let theme = Theme::embedded().expect("our theme");
    let built = Built { catalog: &loaded.catalog, theme: &theme };
    let missed: Vec<String> = items.values().flat_map(|facts| built.missed(facts)).collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// What a chart is not: its kind, and n of each row or the words that the source has none.
fn unlike(built: &Built<'_>, chart: &Chart, language: Language) -> Vec<String> {
    let mut unlike = Vec::new();
    let html = built.page(&chart.page, language);
    let kind = built.catalog.data.get(chart.page.trim_start_matches("data/")).map(|data| data.exhibit.kind);
    if kind.map(snake).as_deref() != Some(&chart.kind) {
        unlike.push(format!("kind {kind:?}"));
    }
    let drawn = KINDS.iter().find(|(kind, ..)| *kind == chart.kind).map(|(_, ja, en)| match language {
        Language::Japanese => *ja,
        Language::English => *en,
    });
    let said = html.split("<desc").nth(1).and_then(|rest| rest.split_once('>')).map(|(_, words)| words);
    if !drawn.is_some_and(|drawn| said.is_some_and(|said| said.starts_with(drawn))) {
        unlike.push(format!("drawn as {drawn:?}"));
    }
    match &chart.n {
        Asked::Missing(words) => {
            let words = &words[&language];
            if words.is_empty() || !plain(&html).contains(words.as_str()) {
                unlike.push(format!("n «{words}»"));
            }
        }
        Asked::Rows(numbers) => {
            let table = html.split("<table class=\"table").nth(1).and_then(|rest| rest.split("</table>").next()).unwrap_or_default();
            let body = table.split("<tbody>").nth(1).unwrap_or_default();
            let first = |row: &str| row.split("<td").nth(1).map(|cell| plain(&format!("<td{cell}"))).unwrap_or_default();
            let found: Vec<String> =
                body.split("<tr").skip(1).map(|row| first(row).trim_matches(|char| char == '|' || char == ' ').to_owned()).collect();
            // Where no row has a number the column is not there
            if numbers.is_empty() || found != *numbers {
                unlike.push(format!("n {found:?}"));
            }
        }
    }
    unlike
}

/// `StackedBar` as it is written in a data set.
fn snake(kind: shirube::survey::exhibit::Kind) -> String {
    let mut out = String::new();
    for (at, char) in format!("{kind:?}").chars().enumerate() {
        if at > 0 && char.is_uppercase() {
            out.push('_');
        }
        out.extend(char.to_lowercase());
    }
    out
}

/// What a drawing says that it is.
const KINDS: [(&str, &str, &str); 6] = [
    ("stacked_bar", "100%積み上げ横棒グラフ", "100% stacked bar chart"),
    ("bar", "横棒グラフ", "Bar chart"),
    ("donut", "円環グラフ", "Donut chart"),
    ("grouped_bar", "集合棒グラフ", "Grouped bar chart"),
    ("strip", "点のグラフ", "Dot strip"),
    ("path", "経路図", "Path diagram"),
];

/// S18: type and n of each chart.
#[test]
fn every_chart_is_of_its_kind_and_tells_its_n() {
    let loaded = read(&|_, _| None);
    let theme = Theme::embedded().expect("our theme");
    let built = Built { catalog: &loaded.catalog, theme: &theme };
    let of_items: BTreeSet<String> =
        items().into_values().flatten().map(|fact| fact.page).filter(|page| page.starts_with("data/")).collect();
    let listed: BTreeSet<String> = charts().into_iter().map(|chart| chart.page).collect();
    assert_eq!(listed, of_items, "every chart of the table, and no other");
    for chart in charts() {
        for language in Language::ALL {
            assert_eq!(unlike(&built, &chart, language), Vec::<String>::new(), "{} {}", chart.page, language.code());
        }
    }
}

#[test]
fn another_kind_and_an_n_that_is_gone_are_missed() {
    let theme = Theme::embedded().expect("our theme");
    let all = charts();
    let loaded = read(&|path, text| {
        let mut changed = text.to_owned();
        for chart in &all {
            if path == format!("content/{}.yaml", chart.page) {
                let other = if chart.kind == "stacked_bar" { "grouped_bar" } else { "stacked_bar" };
                changed = changed.replace(&format!("kind: {}\n", chart.kind), &format!("kind: {other}\n"));
                changed = changed.lines().filter(|line| !line.starts_with("    n: ")).map(|line| format!("{line}\n")).collect();
                changed = changed.replace(" n: 10000", " n: 77").replace(" n: 200", " n: 77").replace(" n: 400", " n: 77");
            }
            if let Asked::Missing(words) = &chart.n {
                for words in words.values() {
                    changed = changed.replace(words.as_str(), "…");
                }
            }
        }
        Some(changed).filter(|changed| changed != text)
    });
    let built = Built { catalog: &loaded.catalog, theme: &theme };
    for chart in &all {
        for language in Language::ALL {
            let missed = unlike(&built, chart, language);
            assert_eq!(missed.len(), 3, "{} {}: {missed:?}", chart.page, language.code());
        }
    }
}

/// S18: classes, values, source and flag of each chart, and the same as a table, in both languages.
#[test]
fn every_chart_of_the_white_paper_has_what_a_chart_needs() {
    let loaded = read(&|_, _| None);
    let theme = Theme::embedded().expect("our theme");
    let built = Built { catalog: &loaded.catalog, theme: &theme };
    let charts: BTreeSet<String> = items().into_values().flatten().map(|fact| fact.page).filter(|page| page.starts_with("data/")).collect();
    assert!(charts.len() >= 8);
    for page in &charts {
        let dataset = &loaded.catalog.data[page.trim_start_matches("data/")];
        assert!(!dataset.exhibit.sample, "{page} is real");
        assert!(dataset.source_note.is_some(), "{page} says what its source lacks");
        for language in Language::ALL {
            let html = built.page(page, language);
            assert!(html.contains("<svg") && html.contains("<figcaption class=\"source\">"), "{page}");
            let text = plain(&html);
            let labels = dataset.exhibit.classes.iter().map(|class| &class.label).chain(dataset.exhibit.rows.iter().map(|row| &row.label));
            for label in labels {
                assert!(label.speaks(language) && text.contains(label.in_language(language)), "{page}: {label:?}");
            }
        }
    }
}

/// A number as it is written in a data set: `−0.012` is `-0.012`, `10,000` is `10000`.
fn written(printed: &str) -> String {
    printed.replace('−', "-").replace(',', "")
}

/// Another number of the same kind.
fn other(number: &str) -> String {
    if number.contains('.') { "0.77".to_owned() } else { "77".to_owned() }
}

/// A file of the content without what these facts say.
fn without(facts: &[Fact], path: &str, text: &str) -> String {
    let mut changed = text.to_owned();
    for fact in facts {
        // The notice of a limited directory stands with what its consultants were told
        if fact.site.as_ref().is_some_and(|site| path == format!("content/sites/{site}.yaml")) {
            changed = changed.lines().filter(|line| !line.starts_with("  briefing:")).map(|line| format!("{line}\n")).collect();
        }
        match &fact.said {
            Said::Words(words) => {
                for words in words.values().flatten() {
                    changed = changed.replace(words.as_str(), "…");
                }
            }
            Said::Row(_, cells) if path.starts_with(&format!("content/{}.", fact.page)) => {
                for number in cells.iter().filter_map(|cell| cell.printed.as_deref()).filter(|printed| *printed != "–") {
                    let number = written(number);
                    changed = changed.replace(&number, &other(&number));
                }
                changed = changed.replace("{derived: ", "{value: ").replace(" missing", " 0.5");
            }
            Said::Row(..) => {}
        }
    }
    changed
}

#[test]
fn whatever_is_taken_out_is_missed() {
    let theme = Theme::embedded().expect("our theme");
    for (id, facts) in items() {
        let loaded = read(&|path, text| Some(without(&facts, path, text)).filter(|changed| changed != text));
        let built = Built { catalog: &loaded.catalog, theme: &theme };
        for fact in &facts {
            let missed = built.missed(std::slice::from_ref(fact));
            for language in built.site(fact.site.as_deref()).languages.iter().copied() {
                let of = missed.iter().filter(|one| one.contains(&format!(" {}: ", language.code()))).count();
                let least = match &fact.said {
                    Said::Words(words) => words[&language].len(),
                    // Every number, and every one that was not there
                    Said::Row(_, cells) if !fact.page.ends_with("training") => {
                        cells.iter().filter(|cell| cell.printed.as_deref() != Some("–")).count().saturating_sub(1).max(1)
                    }
                    // In a table of its own what is not known is an empty cell
                    Said::Row(..) => 1,
                };
                assert!(of >= least, "{id} on {}, {}: {missed:#?}", fact.page, language.code());
            }
        }
    }
}

#[test]
fn a_source_that_is_taken_out_is_missed_everywhere() {
    let theme = Theme::embedded().expect("our theme");
    let loaded = read(&|path, text| {
        (path == "content/sources.yaml").then(|| {
            text.lines().map(|line| if line.trim().starts_with("- id:") { format!("{line}-gone\n") } else { format!("{line}\n") }).collect()
        })
    });
    let built = Built { catalog: &loaded.catalog, theme: &theme };
    for fact in items().into_values().flatten().filter(|fact| fact.source.is_some()) {
        let missed = built.missed(std::slice::from_ref(&fact));
        assert_eq!(missed.iter().filter(|one| one.contains(": source ")).count(), 2, "{} {}", fact.item, fact.page);
    }
}
