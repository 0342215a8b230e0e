//! Charts as a reader meets them: well-formed, nothing cut, nothing covered, nothing leaked, the same numbers everywhere.

#[path = "charts_edges.rs"]
mod edges;
#[path = "charts_gallery.rs"]
mod gallery;
#[path = "charts_markup.rs"]
mod markup;
#[path = "charts_more.rs"]
mod more;
#[path = "charts_samples.rs"]
mod samples;

use edges::{HOSTILE, KINDS, edge_cases};
use markup::{Element, elements, texts};
use samples::given;
use shirube::charts::{Chart, chart, csv, json};
use shirube::language::Language;
use shirube::survey::exhibit::{Contrast, Exhibit, Kind, People, Spot};
use shirube::survey::figure::{Figure, Interval, State};
use std::collections::BTreeSet;

fn everything() -> Vec<Exhibit> {
    samples::honest().into_iter().chain(KINDS.into_iter().flat_map(edge_cases)).collect()
}

fn drawings(chart: &Chart) -> [(&'static str, &str); 3] {
    [("wide", chart.wide.as_str()), ("narrow", chart.narrow.as_str()), ("file", chart.flat.as_str())]
}

fn each(mut look: impl FnMut(&str, &Exhibit, Language, &str, &str, &[Element])) {
    for exhibit in everything() {
        for language in Language::ALL {
            let chart = chart(&exhibit, language);
            for (variant, svg) in drawings(&chart) {
                let name = format!("{} {:?} {} {variant}", exhibit.id, exhibit.kind, language.code());
                let elements = elements(svg).unwrap_or_else(|fault| panic!("{name}: {fault}\n{svg}"));
                look(&name, &exhibit, language, variant, svg, &elements);
            }
        }
    }
}

#[test]
fn every_drawing_is_well_formed_and_names_itself() {
    each(|name, _, _, variant, svg, elements| {
        let root = &elements[0];
        assert_eq!(root.name, "svg", "{name}");
        assert_eq!(root.attribute("role"), Some("img"), "{name}");
        let labels: Vec<&str> = root.attribute("aria-labelledby").unwrap_or_default().split(' ').collect();
        for (label, tag) in labels.iter().zip(["title", "desc"]) {
            let element =
                elements.iter().find(|element| element.attribute("id") == Some(*label)).unwrap_or_else(|| panic!("{name}: no {label}"));
            assert_eq!(element.name, tag, "{name}");
            assert!(!element.text.trim().is_empty(), "{name}: empty {tag}");
        }
        let inner = elements.iter().find(|element| element.attribute("aria-hidden") == Some("true"));
        assert!(inner.is_some_and(|group| group.name == "g"), "{name}: inner text is not hidden from screen readers");
        for forbidden in ["NaN", "inf", "style=", "<script", "<style", "javascript:", "\u{0}", "\u{202E}", "\u{FFFE}"] {
            assert!(!svg.contains(forbidden), "{name} contains {forbidden:?}");
        }
        assert_eq!(svg.contains("xmlns="), variant == "file", "{name}");
        assert_eq!(svg.contains("var("), variant != "file", "{name}");
    });
}

#[test]
fn nothing_has_a_negative_or_absurd_size() {
    each(|name, _, _, variant, _, elements| {
        for element in elements {
            for attribute in ["width", "height", "r", "stroke-width", "font-size"] {
                if let Some(value) = element.number(attribute) {
                    assert!((0.0..20_000.0).contains(&value), "{name}: {attribute}={value} in {element:?}");
                }
            }
            if let Some(size) = element.number("font-size") {
                assert!(size >= 12.0, "{name}: text of {size} px");
            }
        }
        let width = elements[0].number("width");
        let expected = match variant {
            "wide" => 792.0,
            "narrow" => 328.0,
            _ => 840.0,
        };
        assert_eq!(width, Some(expected), "{name}");
    });
}

#[test]
fn no_text_leaves_the_sheet_and_none_covers_another() {
    let mut faults = Vec::new();
    each(|name, _, _, _, _, elements| {
        let (width, height) = (elements[0].number("width").unwrap_or(0.0), elements[0].number("height").unwrap_or(0.0));
        let texts = texts(elements);
        for text in &texts {
            let inside = text.left >= -1.0 && text.right <= width + 1.0 && text.top >= -1.0 && text.bottom <= height + 1.0;
            if !inside {
                faults.push(format!("{name}: «{}» leaves the sheet {width} × {height}: {text:?}", text.words));
            }
        }
        for (index, text) in texts.iter().enumerate() {
            for other in &texts[index + 1..] {
                if text.covers(other) {
                    faults.push(format!("{name}: «{}» and «{}» meet: {text:?} {other:?}", text.words, other.words));
                }
            }
        }
    });
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.into_iter().take(40).collect::<Vec<_>>().join("\n"));
}

#[test]
fn no_label_is_cut() {
    for kind in KINDS {
        let exhibit = &edge_cases(kind)[0];
        let chart = chart(exhibit, Language::Japanese);
        for (variant, svg) in drawings(&chart) {
            let drawn: String = texts(&elements(svg).expect("well-formed")).iter().map(|text| text.words.as_str()).collect();
            let drawn = drawn.replace([' ', '\u{3000}'], "");
            // A donut with many rows is drawn as bars; a row without a second number is named in a list: labels appear anyway.
            for (_, label) in HOSTILE.iter().filter(|(id, _)| !matches!(*id, "control" | "rtl" | "empty")) {
                let label = label.replace(' ', "");
                assert!(drawn.contains(&label), "{kind:?} {variant}: «{label}» is not whole in {drawn}");
            }
        }
    }
}

#[test]
fn ids_are_unique_in_a_page_of_all_charts() {
    let mut seen = BTreeSet::new();
    let mut ids: Vec<String> = samples::honest().into_iter().map(|exhibit| exhibit.id).collect();
    ids.extend(["結果", "a b", "a-b", "a_b", "a.b"].map(str::to_owned));
    for id in ids {
        let exhibit = Exhibit { id, ..samples::measures() };
        let chart = chart(&exhibit, Language::Japanese);
        for svg in [&chart.wide, &chart.narrow] {
            let elements = elements(svg.as_str()).expect("well-formed");
            for id in elements.iter().filter_map(|element| element.attribute("id")) {
                assert!(!id.contains([' ', '.']) && id.starts_with("c-"), "{id}");
                assert!(seen.insert(id.to_owned()), "{id} twice");
            }
            for reference in elements.iter().filter_map(|element| element.attribute("fill")).filter_map(|fill| fill.strip_prefix("url(#")) {
                let id = reference.trim_end_matches(')');
                assert!(elements.iter().any(|element| element.attribute("id") == Some(id)), "{id} is not in its own drawing");
            }
        }
    }
}

#[test]
fn stacked_segments_fill_the_bar() {
    for exhibit in [samples::importance(), samples::retention(), samples::measures()] {
        let chart = chart(&exhibit, Language::English);
        let elements = elements(chart.wide.as_str()).expect("well-formed");
        for row in &exhibit.rows {
            let inside = markup::inside(&elements, "row", &row.id);
            let values: f64 = inside
                .iter()
                .filter(|element| element.attribute("data-class").is_some_and(|class| class != "total"))
                .filter_map(|element| element.number("data-value"))
                .sum();
            let missing = inside.iter().any(|element| element.attribute("data-state") == Some("missing"));
            assert!((values - 100.0).abs() < 0.1 || missing, "{}: {values}", row.id);
            // Segments and the track behind them end at the same place.
            let rects: Vec<&Element> =
                inside.iter().copied().filter(|element| element.name == "rect" && element.number("height") == Some(38.0)).collect();
            let end = |element: &Element| element.number("x").unwrap_or(0.0) + element.number("width").unwrap_or(0.0);
            let track = rects.iter().map(|rect| end(rect)).fold(0.0, f64::max);
            let segments = rects.iter().filter(|rect| rect.attribute("fill").is_some_and(|fill| !fill.contains("sunk") && fill != "none"));
            let last = segments.map(|rect| end(rect)).fold(0.0, f64::max);
            assert!((track - last).abs() < 0.2, "{}: {last} of {track}", row.id);
        }
    }
}

/// Makes figures hidden while still carrying numbers, as a careless caller might.
fn leaky(kind: Kind, value: f64, n: u64) -> Exhibit {
    let mut exhibit = match kind {
        Kind::Path => samples::intention(),
        Kind::Scatter | Kind::Strip => samples::scatter(),
        Kind::Bar => samples::items(),
        Kind::GroupedBar => samples::before_after(),
        Kind::Donut => samples::donut(),
        Kind::StackedBar | Kind::Diverging => samples::importance(),
        Kind::Quadrant => more::quadrant(),
        Kind::Heatmap => more::heatmap(),
        Kind::Waves => more::waves(),
        Kind::Dumbbell => more::dumbbell(),
        Kind::Radar => more::radar(),
        Kind::LifeLine => more::life_line(),
        Kind::Histogram => more::histogram(),
        Kind::Dots => more::dots(),
        Kind::Recommendation => more::recommendation(),
        Kind::Differences => more::differences(),
    };
    exhibit.kind = kind;
    let hide = |figure: &mut Figure| {
        *figure = Figure {
            value: Some(value),
            printed: Some(format!("{value}!")),
            count: Some(n / 2),
            n: Some(n),
            interval: Some(Interval { low: value - 1.0, high: value + 1.0, level: 0.95 }),
            p: Some(0.01),
            state: State::Hidden,
        };
    };
    let row = exhibit.rows.last_mut().expect("a row");
    row.figures.iter_mut().for_each(hide);
    row.n = Some(n);
    if let Some(total) = &mut row.total {
        hide(total);
    }
    exhibit
}

#[test]
fn nothing_about_a_hidden_figure_leaves() {
    for kind in KINDS {
        for language in Language::ALL {
            let all = |value: f64, n: u64| {
                let exhibit = leaky(kind, value, n);
                (chart(&exhibit, language), csv(&exhibit, language), json(&exhibit, language))
            };
            let (one, other) = (all(37.77, 4441), all(0.13, 6));
            assert_eq!(one, other, "{kind:?}: a hidden figure changes what is written");
            let written = format!("{one:?}");
            for trace in ["37.77", "4441", "2220", "36.77", "38.77"] {
                assert!(!written.contains(trace), "{kind:?} writes {trace}");
            }
            assert!(one.0.finding.contains(if language == Language::Japanese { "表示しません" } else { "not shown" }), "{}", one.0.finding);
        }
    }
}

/// Differences that end at something hidden, or are hidden themselves, and the mean of a distribution with a hidden column.
#[test]
fn no_difference_and_no_mean_gives_a_hidden_figure_away() {
    let hidden = |figure: &mut Figure| *figure = Figure { state: State::Hidden, ..figure.clone() };
    for kind in KINDS {
        for language in Language::ALL {
            let all = |value: f64| {
                let mut exhibit = leaky(kind, value, 4441);
                exhibit.kind = kind;
                let last = exhibit.rows.len() - 1;
                let told = || samples::between(Figure { n: Some(4441), ..given(value) }, value - 1.0, value + 1.0);
                let spot = |row: usize, class: Option<usize>| Spot { row, class };
                let classes = exhibit.classes.len();
                let ends = [(spot(0, Some(0)), spot(last, Some(0))), (spot(last, Some(0)), spot(last, Some(classes - 1)))];
                let total = (spot(0, None), spot(last, None));
                exhibit.details.contrasts =
                    ends.into_iter().chain([total]).map(|(from, to)| Contrast { from, to, figure: told() }).collect();
                // Both ends are shown, the difference is not.
                let mut own = told();
                hidden(&mut own);
                exhibit.details.contrasts.push(Contrast { from: spot(0, Some(0)), to: spot(0, Some(classes - 1)), figure: own });
                if kind.parts_in_a_column() {
                    exhibit.details.mean = Some(told());
                }
                (chart(&exhibit, language), csv(&exhibit, language), json(&exhibit, language))
            };
            let (one, other) = (all(37.77), all(12.13));
            assert_eq!(one, other, "{kind:?}: a hidden figure changes what is written");
            let written = format!("{one:?}");
            for trace in ["37.77", "4441", "36.77", "38.77", "4,441"] {
                assert!(!written.contains(trace), "{kind:?} writes {trace}");
            }
        }
    }
}

#[test]
fn findings_of_changes_say_what_cannot_be_told_from_chance() {
    for (exhibit, language, said, unsaid) in [
        (
            more::waves(),
            Language::Japanese,
            vec!["差があるとは言えません（+4.5ポイント、95%区間 −2.5から+11.4）", "偶然の範囲を超えています"],
            vec!["増えました"],
        ),
        (more::waves(), Language::English, vec!["can’t tell this difference from chance (+4.5 points"], vec![]),
        (
            more::waves_broken(),
            Language::Japanese,
            vec![
                "「将来像を描ける」は2025年11月から質問の文が変わったため、前の回とは比べられません",
                "「不安が少ない」は、2024年11月の数値が出典にありません",
            ],
            vec!["42.6%から、2026年"],
        ),
        (
            more::dumbbell(),
            Language::Japanese,
            vec![
                "増えたと言えるのは「強みを三つ言える」、「次の一歩が決まっている」",
                "変化があるとは言えないのは「相談先を知っている」、「今の仕事に意味」",
            ],
            vec!["減ったと言える"],
        ),
        (
            more::differences(),
            Language::English,
            vec!["Above zero, more than chance: “I want advice”", "Not distinguishable from no difference: “Few worries”"],
            vec![],
        ),
        (
            more::heatmap(),
            Language::Japanese,
            vec!["比べた5個のうち、偶然の範囲を超えるのは3個", "ほかの2個は、差があるとは言えません"],
            vec![],
        ),
        (more::heatmap_of_items(), Language::Japanese, vec!["検定していないため、偶然かどうかは判断できません"], vec![]),
        (
            more::quadrant(),
            Language::Japanese,
            vec!["「先に手を打つ」にあるのは「話せる相手がいる」", "どちら側とも言えません", "原因とは限りません"],
            vec![],
        ),
        (more::recommendation(), Language::Japanese, vec!["すすめたさの差し引きは−20.0です", "0を下回ると言えます"], vec![]),
        (more::histogram(), Language::English, vec!["The mean is 3.41 (95% interval 3.34–3.48)"], vec![]),
    ] {
        let finding = chart(&exhibit, language).finding;
        for words in said {
            assert!(finding.contains(words), "«{words}» is not in: {finding}");
        }
        for words in unsaid {
            assert!(!finding.contains(words), "«{words}» is in: {finding}");
        }
    }
}

#[test]
fn a_part_of_a_whole_is_never_hidden_alone() {
    let mut exhibit = samples::importance();
    exhibit.rows[2].figures[1] = Figure::hidden();
    let chart = chart(&exhibit, Language::Japanese);
    assert!(chart.table.rows[2].hidden);
    let written = format!("{chart:?}{}{}", csv(&exhibit, Language::Japanese), json(&exhibit, Language::Japanese));
    for trace in ["33.5", "15.5", "57.0"] {
        assert!(!written.contains(trace), "{trace} gives the hidden part away");
    }
}

#[test]
fn an_empty_group_looks_like_a_hidden_one() {
    let with = |figures: Vec<Figure>, n: Option<u64>| {
        let mut exhibit = samples::eleven();
        exhibit.rows[1].figures = figures;
        exhibit.rows[1].n = n;
        (chart(&exhibit, Language::Japanese), csv(&exhibit, Language::Japanese), json(&exhibit, Language::Japanese))
    };
    assert_eq!(with(vec![Figure::hidden(); 11], Some(3)), with(vec![Figure::missing(); 11], Some(0)));
}

#[test]
fn drawing_table_csv_and_json_have_the_same_numbers() {
    for exhibit in samples::honest() {
        let language = Language::English;
        let chart = chart(&exhibit, language);
        let json = json(&exhibit, language);
        let csv = csv(&exhibit, language);
        assert!(csv.starts_with('\u{FEFF}') && csv.ends_with("\r\n"));
        let lines: Vec<Vec<String>> = csv.trim_start_matches('\u{FEFF}').lines().skip(1).map(markup::csv_fields).collect();
        let elements = elements(chart.wide.as_str()).expect("well-formed");
        let mut line = lines.iter();
        for (row, cells) in json["rows"].as_array().expect("rows").iter().zip(&chart.table.rows) {
            let id = row["id"].as_str().unwrap_or_default();
            let drawn = markup::inside(&elements, "row", id);
            // Cells of classes and sum follow the label and, where there is one, n.
            let first = 1 + usize::from(chart.table.head.get(1).is_some_and(|head| head.text == "n"));
            for (index, figure) in row["figures"].as_array().expect("figures").iter().enumerate() {
                let fields = line.next().expect("as many CSV lines as figures");
                let class = figure["class"].as_str().unwrap_or_default();
                assert_eq!((fields[0].as_str(), fields[2].as_str()), (id, class));
                assert_eq!(fields[4], figure["state"].as_str().unwrap_or_default());
                let value = figure.get("value").map(ToString::to_string).unwrap_or_default();
                assert_eq!(fields[5], value, "{id} {class}");
                if value.is_empty() {
                    continue;
                }
                assert_eq!(fields[6], figure["shown"].as_str().unwrap_or_default());
                let own = exhibit.classes.iter().any(|known| known.id == class) || class == "total";
                if own {
                    // Behind a figure may stand its interval and n
                    let text = &cells.cells[first + index].text;
                    assert_eq!(text.split_once(" (").map_or(text.as_str(), |(figure, _)| figure), fields[6], "{id} {class}");
                }
                for element in drawn.iter().filter(|element| element.attribute("data-class") == Some(class)) {
                    assert_eq!(element.attribute("data-value"), Some(value.as_str()), "{id} {class}");
                }
                let must_be_drawn = figure["value"].as_f64().unwrap_or(0.0) != 0.0 && (index == 0 || exhibit.kind != Kind::Bar) && own;
                assert!(
                    !must_be_drawn || drawn.iter().any(|element| element.attribute("data-class") == Some(class)),
                    "{id} {class} is not drawn"
                );
            }
        }
        // A mean is nobody's row.
        assert_eq!(line.next().map(|fields| fields[0].as_str()), json.get("mean").map(|_| "mean"));
        assert!(line.next().is_none());
    }
}

#[test]
fn tables_have_as_many_cells_as_heads() {
    for exhibit in everything() {
        let chart = chart(&exhibit, Language::Japanese);
        for row in &chart.table.rows {
            let covered: usize = row.cells.iter().map(|cell| cell.span).sum();
            assert_eq!(covered, chart.table.head.len(), "{} {:?}", exhibit.id, exhibit.kind);
        }
    }
}

#[test]
fn the_same_exhibit_gives_the_same_bytes() {
    for exhibit in everything() {
        assert_eq!(chart(&exhibit, Language::Japanese), chart(&exhibit, Language::Japanese), "{}", exhibit.id);
    }
}

#[test]
fn findings_say_what_the_figures_bear() {
    let overlapping = || {
        let mut exhibit = samples::importance();
        exhibit.rows[1].total = Some(samples::between(given(60.0), 53.0, 66.6));
        exhibit
    };
    // Without the row of all firms nobody knows whether the two are of different firms
    let unknown = |mut exhibit: Exhibit| {
        exhibit.rows.remove(0);
        exhibit
    };
    // The two intervals meet, and yet the shares differ
    let apart = || {
        let mut exhibit = samples::importance();
        exhibit.rows[2].total = Some(samples::between(given(60.0), 53.1, 66.6));
        exhibit
    };
    let same = |mut exhibit: Exhibit| {
        exhibit.rows.remove(0);
        exhibit.details.people = Some(People::Same);
        exhibit
    };
    for (exhibit, language, said, unsaid) in [
        (
            samples::importance(),
            Language::Japanese,
            vec![
                "全体では、「重視」が64.0%です",
                "大企業の71.0%",
                "中小企業の57.0%",
                "差は+14.0ポイント（95%区間 +4.6から+23.0）で、偶然の範囲を超えています",
            ],
            vec!["区別できません"],
        ),
        (
            samples::importance(),
            Language::English,
            vec!["highest in Large firms (71.0%)", "The difference of +14.0 points"],
            vec!["can’t tell"],
        ),
        (overlapping(), Language::Japanese, vec!["差があるとは言えません（+3.0ポイント、95%区間"], vec!["重なって"]),
        (overlapping(), Language::English, vec!["We can’t tell this difference from chance (+3.0 points"], vec!["differ by"]),
        (apart(), Language::Japanese, vec!["差は+11.0ポイント（95%区間 +1.7から+20.0）で、偶然の範囲を超えています"], vec!["重なって"]),
        (apart(), Language::English, vec!["The difference of +11.0 points", "is more than chance"], vec!["can’t tell"]),
        (
            unknown(overlapping()),
            Language::Japanese,
            vec!["区間は重なっています。この図だけでは、差があるかどうか言えません。"],
            vec!["偶然"],
        ),
        (
            unknown(overlapping()),
            Language::English,
            vec!["Their intervals overlap; this chart alone does not settle whether they differ."],
            vec!["chance"],
        ),
        (
            unknown(samples::importance()),
            Language::English,
            vec!["They differ by 14.0 points, and their intervals do not overlap."],
            vec![],
        ),
        (same(apart()), Language::Japanese, vec!["大企業の71.0%", "中小企業の60.0%"], vec!["偶然", "重な"]),
        (same(samples::importance()), Language::English, vec!["highest in Large firms (71.0%)"], vec!["chance", "overlap"]),
        (samples::retention(), Language::Japanese, vec!["若手社員の44.0%", "判断できません", "出典にありません"], vec!["差は5.7"]),
        (samples::measures(), Language::Japanese, vec!["83.2%", "大企業では、「実施・検討」が88.5%", "中小企業は、内訳"], vec!["83.3"]),
        (
            samples::trainings(),
            Language::Japanese,
            vec!["「自律への効果」の値は、出典に数値がありません", "「キャリア相談」、「キャリア計画研修」の6.4%"],
            vec![],
        ),
        (
            samples::intention(),
            Language::Japanese,
            vec!["「市場価値」と「転職意向」が0.349", "関係は見られません（−0.012", "原因とは限りません"],
            vec![],
        ),
        (
            samples::items(),
            Language::English,
            vec!["Above benchmark (other people), taking the mark as exact: “My work has meaning”", "Some rows are not shown"],
            vec!["highest"],
        ),
    ] {
        let finding = chart(&exhibit, language).finding;
        for words in said {
            assert!(finding.contains(words), "«{words}» is not in: {finding}");
        }
        for words in unsaid {
            assert!(!finding.contains(words), "«{words}» is in: {finding}");
        }
    }
}

/// A mark that is uncertain itself is judged by the difference; one of which nothing is known is taken as exact, which is said.
#[test]
fn a_mark_is_no_more_certain_than_its_source() {
    let share = |value: f64, low: f64, high: f64| Figure { n: Some(200), ..samples::between(given(value), low, high) };
    let mark = |mark: Figure| {
        let line = |id: &str, figure: Figure, benchmark: Option<Figure>| shirube::survey::exhibit::Row {
            benchmark,
            ..samples::row(id, id, id, Some(200), vec![figure])
        };
        let rows = vec![line("one", share(58.0, 51.1, 64.6), Some(mark.clone())), line("other", share(30.0, 24.1, 36.7), None)];
        let classes = vec![samples::class("share", "割合", "Share", shirube::survey::exhibit::Tone::Step(0))];
        let exhibit = Exhibit {
            benchmark_label: Some(shirube::language::Text::pair("全国", "the country")),
            ..samples::exhibit("x", Kind::Bar, shirube::survey::figure::Unit::Percent, classes, rows)
        };
        [Language::Japanese, Language::English].map(|language| chart(&exhibit, language).finding)
    };
    for (given, ja, en) in [
        (
            given(50.0),
            "全国を上回るのは「one」です（目印の値を確かなものと見たとき）。",
            "Above the country, taking the mark as exact: “one”.",
        ),
        (
            Figure { n: Some(150), ..given(50.0) },
            "全国との差を偶然と区別できないのは「one」です。",
            "Not distinguishable from the country: “one”.",
        ),
        (samples::between(given(50.0), 41.0, 59.0), "全国との差を偶然と区別できないのは「one」です。", "Not distinguishable from"),
        (Figure { n: Some(20_000), ..given(50.0) }, "全国を上回るのは「one」です。", "Above the country: “one”."),
    ] {
        // Rows with marks are of different questions, and are not held against each other
        assert_eq!(mark(given.clone())[0], ja, "{given:?}");
        assert!(mark(given)[1].starts_with(en));
    }
}

/// The farthest apart of several groups were picked out of all of them: they are judged as if any two had been compared.
#[test]
fn of_many_groups_the_farthest_apart_are_no_find() {
    let groups = |shares: &[u64]| {
        let share = |count: &u64| Figure {
            count: Some(*count),
            n: Some(100),
            interval: shirube::estimate::interval::wilson(*count, 100).ok(),
            ..given(*count as f64)
        };
        let rows = shares.iter().enumerate().map(|(at, count)| {
            let name = format!("g{at}");
            samples::row(&name, &name, &name, Some(100), vec![share(count)])
        });
        let classes = vec![samples::class("share", "割合", "Share", shirube::survey::exhibit::Tone::Step(0))];
        let mut exhibit = samples::exhibit("x", Kind::Bar, shirube::survey::figure::Unit::Percent, classes, rows.collect::<Vec<_>>());
        exhibit.details.people = Some(People::Different);
        chart(&exhibit, Language::English).finding
    };
    assert!(groups(&[60, 43]).contains("The difference of +17.0 points") && groups(&[60, 43]).contains("is more than chance"));
    let many = groups(&[60, 50, 51, 52, 49, 53, 43]);
    assert!(many.contains("Among so many comparisons we can’t tell this difference from chance (+17.0 points"), "{many}");
    assert!(groups(&[80, 50, 51, 52, 49, 53, 43]).contains("is more than chance"));
}

#[test]
fn numbers_are_printed_by_the_rule() {
    let items = chart(&samples::items(), Language::English);
    let small = items.table.rows.last().expect("a row");
    assert_eq!(small.cells[2].text, "42", "whole per cents under fifty people");
    assert_eq!(items.table.rows[0].cells[2].text, "53.6");
    let quoted = chart(&samples::measures(), Language::Japanese);
    assert!(quoted.wide.as_str().contains(">83.2%<") && !quoted.wide.as_str().contains(">83.3%<"), "quoted figures stay as printed");
    assert!(quoted.wide.as_str().contains("data-value=\"83.25\""));
    let derived = chart(&samples::importance(), Language::Japanese);
    assert!(derived.wide.as_str().contains("(2.5)") && derived.wide.as_str().contains("n=200（計算値）"));
    assert!(derived.table.notes.iter().any(|note| note.contains("斜体")));
}

/// Where several columns have intervals, each cell tells its own, and n where the row has another or none.
#[test]
fn every_figure_of_a_table_has_its_interval() {
    let quadrant = chart(&more::quadrant(), Language::English).table;
    let texts: Vec<&str> = quadrant.rows[0].cells.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["Someone to talk to", "388", "38.4 (33.5–43.3)", "0.410 (0.320–0.500)"]);
    assert!(quadrant.notes.iter().any(|note| note == "In parentheses: 95% interval."), "{:?}", quadrant.notes);
    let mut waves = more::quadrant();
    waves.kind = Kind::Waves;
    for row in &mut waves.rows {
        row.n = None;
        row.figures[1].n = Some(142);
    }
    let waves = chart(&waves, Language::Japanese).table;
    assert_eq!(waves.rows[0].cells[2].text, "0.410 (0.320–0.500; n=142)");
    assert!(waves.notes.iter().any(|note| note == "かっこの中は、95%区間と人数（n）です。"), "{:?}", waves.notes);
}

/// A field holds what lies in it for sure; what may lie on either side of a line is said to be so, and nothing else of it.
#[test]
fn a_dot_is_in_a_field_or_undecided() {
    let mut exhibit = more::quadrant();
    let finding = |exhibit: &Exhibit| chart(exhibit, Language::English).finding;
    assert!(finding(&exhibit).contains("In “Act first”: “Someone to talk to”."), "{}", finding(&exhibit));
    exhibit.rows[0].figures[0].interval = Some(Interval { low: 30.0, high: 60.0, level: 0.95 });
    let open = finding(&exhibit);
    assert!(!open.contains("In “Act first”") && open.contains("“Someone to talk to”"), "{open}");
    // Where nobody is in the field that is told of, that is said
    exhibit.rows.retain(|row| ["meaning", "time"].contains(&row.id.as_str()));
    assert!(finding(&exhibit).starts_with("Nothing lies in “Act first”."), "{}", finding(&exhibit));
}

#[test]
fn english_drawings_carry_no_japanese() {
    for exhibit in samples::honest() {
        let chart = chart(&exhibit, Language::English);
        let written = format!("{}{}{}{}{:?}{:?}", chart.wide, chart.narrow, chart.description, chart.finding, chart.table, chart.legend);
        let japanese: String =
            written.chars().filter(|character| matches!(*character as u32, 0x3000..=0x30FF | 0x4E00..=0x9FFF | 0xFF00..=0xFFEF)).collect();
        assert!(japanese.is_empty(), "{}: {japanese}", exhibit.id);
    }
}
