//! Figures on their way out: workbooks with native charts, files of every format, slides.

use crate::loop_project::{Project, here};
use shirube::charts::{chart, csv, figure_sheet, json};
use shirube::commands::figures::{Wish, run};
use shirube::commands::{Console, Exit, Format};
use shirube::content::spreadsheet_charts::{Drawn, Held, figures_workbook};
use shirube::language::{DayTime, Language, Text};
use shirube::survey::exhibit::{Class, Details, Exhibit, Kind, Row, Tone};
use shirube::survey::figure::{Figure, State, Unit};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

const QUIET: Console = Console { language: Language::English, format: Format::Text, quiet: true };

/// The files inside a workbook.
fn unpacked(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let names: Vec<String> = zip.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let mut files = BTreeMap::new();
    for name in names {
        let mut text = String::new();
        zip.by_name(&name).expect("there").read_to_string(&mut text).expect("text");
        files.insert(name, text);
    }
    files
}

fn row(id: &str, ja: &str, en: &str, n: Option<u64>, figures: Vec<Figure>) -> Row {
    Row { id: id.to_owned(), label: Text::pair(ja, en), n, figures, total: None, benchmark: None, link: None, marked: false }
}

fn exhibit(kind: Kind) -> Exhibit {
    let class = |id: &str, tone| Class { id: id.to_owned(), label: Text::pair(format!("{id}ja"), format!("{id}en")), tone };
    let given = |value: f64| Figure { n: Some(200), ..Figure::of(value, State::Given) };
    let leaky = Figure { value: Some(61.5), printed: Some("61.5".to_owned()), count: Some(3), n: Some(4), ..Figure::hidden() };
    let bound = Figure { printed: Some("≥95".to_owned()), ..Figure::of(97.5, State::Given) };
    Exhibit {
        id: "sample".to_owned(),
        title: Text::pair("題", "Title"),
        asked: Text::pair("問い", "Question"),
        row_head: Text::pair("部署", "Department"),
        unit: Unit::Percent,
        range: None,
        kind,
        classes: vec![class("a", Tone::VeryPositive), class("b", Tone::Neutral)],
        rows: vec![
            row("one", "一", "One", Some(200), vec![given(60.0), given(40.0)]),
            row("two", "二", "Two", Some(4), vec![leaky.clone(), leaky]),
            row("three", "三", "Three", None, vec![Figure::missing(), Figure::missing()]),
            row("four", "四", "Four", Some(60), vec![bound, given(5.0)]),
        ],
        bracket: None,
        benchmark_label: None,
        source: Text::pair("出典", "Source"),
        notes: Vec::new(),
        sample: true,
        details: Details::default(),
    }
}

#[test]
fn hidden_and_missing_cells_of_a_workbook_are_empty_alike() {
    for kind in [Kind::StackedBar, Kind::Bar, Kind::GroupedBar, Kind::Scatter] {
        let sheet = figure_sheet(&exhibit(kind), Language::English, "Figure 1");
        let find = |label: &str| {
            let row = sheet.rows.iter().find(|row| row.first() == Some(&Held::Head(label.to_owned()))).expect("a row");
            row[1..].to_vec()
        };
        assert_eq!(find("Two"), vec![Held::Empty; 3], "{kind:?}: held back, with its n");
        assert_eq!(find("Three"), find("Two"), "{kind:?}: missing looks the same");
        assert_eq!(find("Four")[1], Held::Number(95.0, "\"≥\"0".to_owned(), false), "{kind:?}: a bound is no number of its own");
        let bytes = figures_workbook("t", std::slice::from_ref(&sheet)).expect("a workbook");
        assert_eq!(bytes, figures_workbook("t", std::slice::from_ref(&sheet)).expect("a workbook"));
        let files = unpacked(&bytes);
        assert!(files.contains_key("xl/charts/chart1.xml"), "{kind:?}: {:?}", files.keys());
        for (name, text) in &files {
            assert!(!text.contains("61.5") && !text.contains("97.5"), "{kind:?}: {name} tells");
        }
    }
}

#[test]
fn a_bound_is_no_number_in_any_file() {
    // Every kind of chart that draws a row of shares or a score
    let kinds = [
        Kind::StackedBar,
        Kind::Diverging,
        Kind::Donut,
        Kind::Bar,
        Kind::GroupedBar,
        Kind::Dumbbell,
        Kind::Waves,
        Kind::Heatmap,
        Kind::Strip,
        Kind::Radar,
        Kind::Recommendation,
    ];
    for kind in kinds {
        for (printed, drawn) in [("≥95", 97.625), ("≤5", 2.625), ("≈3.0", 3.0625)] {
            let mut all = exhibit(kind);
            let class = |id: &str, tone| Class { id: id.to_owned(), label: Text::pair(id, id), tone };
            all.classes = vec![class("a", Tone::VeryNegative), class("b", Tone::Neutral), class("c", Tone::VeryPositive)];
            let bound = |value: f64| Figure { printed: Some(printed.to_owned()), n: Some(60), ..Figure::of(value, State::Given) };
            let given = |value: f64| Figure { n: Some(60), ..Figure::of(value, State::Given) };
            let figures = vec![bound(drawn), given(1.0), given(1.25)];
            all.rows =
                vec![Row { total: Some(bound(drawn)), benchmark: Some(bound(drawn)), ..row("four", "四", "Four", Some(60), figures) }];
            if kind == Kind::Donut {
                all.rows[0].benchmark = None;
            }
            let (table, tree) = (csv(&all, Language::English), json(&all, Language::English));
            let fields = table.lines().find(|line| line.contains(",a,a,")).expect("the figure");
            assert!(fields.contains(&format!("given,,{printed},,60")), "{kind:?}: {fields}");
            let told = &tree["rows"][0]["figures"][0];
            assert_eq!((told.get("value"), told["shown"].as_str()), (None, Some(printed)), "{kind:?}");
            assert_eq!(tree["rows"][0]["figures"][1]["value"], 1, "{kind:?}: what is a number stays one");
            let drawings = chart(&all, Language::English);
            for svg in [drawings.wide.as_str(), drawings.narrow.as_str()] {
                assert!(!svg.contains(&format!("data-value=\"{drawn}")), "{kind:?}: {svg}");
            }
            // Nor what is worked out of it: the difference of the outer two of a recommendation
            let (net, points) = ((1.25 - drawn).to_string(), (drawn - 1.25).to_string());
            for text in [&table, &tree.to_string(), &drawings.wide.as_str().to_owned()] {
                assert!(![&drawn.to_string(), &net, &points].iter().any(|number| text.contains(&format!("\"{number}"))), "{kind:?}");
                assert!(!text.contains(&format!(",{drawn}")) && !text.contains(&format!(":{drawn}")), "{kind:?}: {text}");
            }
        }
    }
}

#[test]
fn bars_and_lines_of_a_workbook_have_their_intervals() {
    use shirube::estimate::interval::Interval;
    for (kind, series) in [(Kind::Bar, 1), (Kind::GroupedBar, 2), (Kind::Dumbbell, 2), (Kind::Waves, 2)] {
        let mut bars = exhibit(kind);
        for row in &mut bars.rows {
            for figure in row.figures.iter_mut().filter(|figure| figure.state == State::Given && figure.printed.is_none()) {
                figure.interval = figure.value.map(|value| Interval { low: value - 2.0, high: value + 1.75, level: 0.95 });
            }
        }
        // What is held back has an interval too, and never shows it
        bars.rows[1].figures[0].interval = Some(Interval { low: 47.25, high: 71.75, level: 0.95 });
        let sheet = figure_sheet(&bars, Language::English, "Figure 1");
        let chart = sheet.chart.as_ref().expect("a chart");
        assert_eq!(chart.series.iter().filter(|series| series.whiskers.is_some()).count(), series, "{kind:?}");
        let (above, below) = chart.series[0].whiskers.expect("whiskers");
        let cell = |row: u32, column: u16| &sheet.rows[usize::try_from(row).expect("small")][usize::from(column)];
        let number = |value: f64| Held::Number(value, "0.00".to_owned(), true);
        assert_eq!(cell(above.first.0, above.first.1), &number(1.75), "{kind:?}");
        assert_eq!(cell(below.first.0, below.first.1), &number(2.0), "{kind:?}");
        for row in above.first.0 + 1..=above.last.0 {
            assert_eq!([cell(row, above.first.1), cell(row, below.first.1)], [&Held::Empty, &Held::Empty], "hidden, missing, a bound");
        }
        let files = unpacked(&figures_workbook("t", std::slice::from_ref(&sheet)).expect("a workbook"));
        let drawn = &files["xl/charts/chart1.xml"];
        assert_eq!(drawn.matches("<c:errBars>").count(), series, "{kind:?}");
        // Read back: what the bars point to is the two columns, row by row
        let letter = |column: u16| char::from(b'A' + u8::try_from(column).expect("few"));
        for (name, strip) in [("plus", above), ("minus", below)] {
            let own = drawn.split(&format!("<c:{name}>")).nth(1).and_then(|rest| rest.split(&format!("</c:{name}>")).next()).expect(name);
            let column = letter(strip.first.1);
            assert!(own.contains(&format!("${column}${}:${column}${}", strip.first.0 + 1, strip.last.0 + 1)), "{kind:?}: {own}");
        }
        assert!(drawn.contains("<c:errValType val=\"cust\"/>"), "{kind:?}");
        for (name, text) in &files {
            assert!(["61.5", "97.5", "47.25", "71.75", "14.25", "10.25"].iter().all(|hidden| !text.contains(hidden)), "{kind:?}: {name}");
        }
    }
    let plain = figure_sheet(&exhibit(Kind::Bar), Language::English, "Figure 1");
    assert!(plain.chart.expect("a chart").series.iter().all(|series| series.whiskers.is_none()), "no interval, no bar");
}

#[test]
fn a_spreadsheet_draws_what_it_can() {
    let drawn = |exhibit: &Exhibit| figure_sheet(exhibit, Language::Japanese, "図1").chart.map(|chart| chart.drawn);
    assert_eq!(drawn(&exhibit(Kind::StackedBar)), Some(Drawn::Stacked));
    assert_eq!(drawn(&exhibit(Kind::Bar)), Some(Drawn::Bars));
    assert_eq!(drawn(&exhibit(Kind::Scatter)), Some(Drawn::Dots));
    assert_eq!(drawn(&exhibit(Kind::Diverging)), Some(Drawn::Stacked));
    assert_eq!(drawn(&exhibit(Kind::Waves)), Some(Drawn::Lines));
    assert_eq!(drawn(&exhibit(Kind::Radar)), Some(Drawn::Radar));
    assert_eq!(drawn(&exhibit(Kind::Path)), None);
    assert_eq!(drawn(&exhibit(Kind::Heatmap)), None);
    let mut ring = exhibit(Kind::Donut);
    ring.rows.truncate(1);
    assert_eq!(drawn(&ring), Some(Drawn::Donut));
    ring.rows.clear();
    assert_eq!(drawn(&ring), None);
}

#[test]
fn a_reports_figures_leave_as_files_in_every_language() {
    let project = Project::of(here());
    let to = project.path("figures");
    let mut wish = Wish {
        id: "pulse",
        report: true,
        to: Some(&to),
        formats: vec!["csv", "xlsx", "json", "svg"],
        force: false,
        today: DayTime::parse("2026-11-20"),
    };
    assert_eq!(run(project.root(), &wish, &QUIET).expect("the disk"), Exit::Done);
    let names: Vec<String> =
        std::fs::read_dir(&to).expect("a folder").map(|entry| entry.expect("one").file_name().to_string_lossy().into_owned()).collect();
    for name in ["pulse.ja.xlsx", "pulse.en.xlsx", "data-importance.ja.csv", "data-importance.en.json", "data-importance.ja.svg"] {
        assert!(names.iter().any(|known| known == name), "{name} is not among {names:?}");
    }
    let files = unpacked(&std::fs::read(to.join("pulse.ja.xlsx")).expect("a workbook"));
    let book = &files["xl/workbook.xml"];
    assert!(book.contains("name=\"図1\"") && book.contains("name=\"この報告の作り方\""), "{book}");
    assert!(files.keys().filter(|name| name.starts_with("xl/charts/chart")).count() >= 4);
    assert!(run(project.root(), &wish, &QUIET).is_err(), "nothing is replaced unasked");
    wish.id = "nothing";
    wish.force = true;
    assert_eq!(run(project.root(), &wish, &QUIET).expect("the disk"), Exit::Arguments);
}
