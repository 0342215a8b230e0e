//! Worksheets: what the program works out and draws is what a device works out and draws, on the shipped examples, on published
//! figures and on some thousand sheets that a fixed seed makes; money is right to the yen.

use serde_json::{Value as Json, json};
use shirube::catalog::Worksheet;
use shirube::charts::drawing;
use shirube::kernels;
use shirube::language::{DayTime, Language, Today};
use shirube::pages::{Edition, Material, Theme, worksheet};
use shirube::pipeline;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Holds cases against the scripts. Where there is no node (a checkout for Rust alone), the browser tests have the rest.
pub(crate) fn agree(name: &str, cases: &Json) {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("worksheets-{name}.json"));
    std::fs::write(&file, cases.to_string()).expect("a file");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/worksheet-cases.mjs");
    match Command::new("node").arg(script).arg(&file).output() {
        Ok(output) => {
            assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        }
        Err(_) => assert!(std::env::var_os("CI").is_none(), "node is not there"),
    }
}

pub(crate) fn shared() -> Json {
    serde_json::from_str(include_str!("../cases/worksheets.json")).expect("JSON")
}

#[test]
fn the_shared_cases_come_out_as_written_here_and_on_a_device() {
    let shared = shared();
    let cases = shared["cases"].as_array().expect("cases");
    assert!(cases.len() >= 20);
    for name in kernels::NAMES {
        assert!(cases.iter().any(|case| case["kernel"] == name), "no case of {name}");
    }
    let mut complete = Vec::new();
    for case in cases {
        let output = kernels::run(case["kernel"].as_str().expect("a name"), &case["input"]).unwrap_or_else(|| panic!("unread: {case}"));
        contains(&output, &case["expected"], &case["about"].to_string());
        complete.push(json!({"kernel": case["kernel"], "input": case["input"], "expected": output}));
    }
    agree("shared", &json!({"kernels": complete}));
}

/// Everything that is expected is there; a case need not name all that comes out.
pub(crate) fn contains(came: &Json, expected: &Json, about: &str) {
    match (came, expected) {
        (Json::Object(came), Json::Object(expected)) => {
            expected.iter().for_each(|(key, value)| contains(&came[key], value, &format!("{about} {key}")));
        }
        (Json::Array(came), Json::Array(expected)) => {
            assert_eq!(came.len(), expected.len(), "{about}");
            came.iter().zip(expected).enumerate().for_each(|(at, (came, expected))| contains(came, expected, &format!("{about} {at}")));
        }
        (Json::Number(came), Json::Number(expected)) => assert_eq!(came.as_f64(), expected.as_f64(), "{about}"),
        _ => assert_eq!(came, expected, "{about}"),
    }
}

pub(crate) fn every_worksheet(look: &mut dyn FnMut(&Edition<'_>, &str, &Worksheet)) {
    let mut loaded = pipeline::load(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the demonstration");
    pipeline::read_themes(Path::new(env!("CARGO_MANIFEST_DIR")), &mut loaded).expect("themes");
    assert!(!loaded.diagnostics.has_errors());
    let catalog = &loaded.catalog;
    let theme = Theme::embedded().expect("our theme");
    let noon = DayTime::parse("2026-11-20 12:00").expect("a moment");
    let today = Today { day: noon.day, now: noon.begins("Asia/Tokyo").expect("a moment") };
    let site = catalog.home().expect("a site");
    for language in Language::ALL {
        let edition = Edition { material: Material { catalog, site, theme: &theme, today }, language };
        for module in catalog.modules.values() {
            for sheet in &module.worksheets {
                look(&edition, &module.id, sheet);
            }
        }
    }
}

#[test]
fn every_shipped_example_is_worked_out_and_drawn_alike_on_a_device() {
    let mut cases = Vec::new();
    let mut drawn = 0;
    every_worksheet(&mut |edition, module, sheet| {
        let case = worksheet::case(edition, module, sheet);
        assert!(!sheet.sample.is_empty(), "{module}/{} has no example", sheet.id);
        drawn +=
            case["results"].as_array().into_iter().flatten().filter_map(|result| result["scenes"].as_array()).map(Vec::len).sum::<usize>();
        cases.push(case);
    });
    assert!(cases.len() >= 2 && drawn > 0);
    agree("examples", &json!({"sheets": cases}));
}

/// What the examples say in sentences, as a person reads it: who changes a word of them or of the grammar reads them again.
#[test]
fn the_sentences_of_the_examples_are_sentences() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected/worksheets/composed.txt");
    let mut made = String::new();
    every_worksheet(&mut |edition, module, sheet| {
        let case = worksheet::case(edition, module, sheet);
        let composed = case["results"].as_array().into_iter().flatten().filter(|result| result["compute"] == "compose");
        for result in composed {
            let lines = result["output"].as_array().expect("lines").iter().filter_map(Json::as_str);
            made += &format!("{module}/{} {}\n", sheet.id, edition.language.code());
            lines.for_each(|line| made += &format!("  {line}\n"));
        }
    });
    if std::env::var_os("SHIRUBE_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        std::fs::write(&path, &made).expect("the file");
    }
    assert_eq!(made, std::fs::read_to_string(&path).expect("tests/expected/worksheets/composed.txt"));
}

/// Which sheets are printed as cards, and what is written about a word on them.
#[test]
fn statements_and_chosen_words_are_printed_as_cards() {
    let mut decks = Vec::new();
    every_worksheet(&mut |edition, module, sheet| {
        let case = worksheet::case(edition, module, sheet);
        let cards = &case["rules"]["cards"];
        if edition.language == Language::English && !cards.is_null() {
            let lines: Vec<&str> = cards["lines"].as_array().into_iter().flatten().filter_map(|line| line["id"].as_str()).collect();
            decks.push(format!("{}: {} {} {}", sheet.id, cards["words"], cards["rows"], lines.join(" ")));
        }
    });
    decks.sort();
    assert_eq!(
        decks,
        [
            "mission-statement: null null ",
            "strength-cards: \"words\" \"five\" episode lately",
            "twenty-questions: null null ",
            "values-cards: \"cards\" \"top\" meaning",
        ]
    );
}

/// The life plan that the lesson works through by hand, and the table printed there, in all three courses.
#[test]
fn the_life_plan_is_the_one_that_the_lesson_prints() {
    let mut seen = 0;
    every_worksheet(&mut |edition, module, sheet| {
        if (module, sheet.id.as_str()) != ("life-plan", "life-plan") {
            return;
        }
        seen += 1;
        let case = worksheet::case(edition, module, sheet);
        let courses = case["results"][0]["output"].as_array().expect("courses");
        let column = |course: usize, key: &str| -> Vec<i64> {
            courses[course]["years"].as_array().expect("years").iter().map(|year| year[key].as_f64().expect("a number") as i64).collect()
        };
        assert_eq!(column(0, "income"), [540, 544, 547, 551, 555, 618, 622, 626, 630, 634, 638]);
        assert_eq!(column(0, "expense"), [458, 470, 462, 645, 467, 501, 483, 556, 488, 502, 505]);
        assert_eq!(column(0, "balance"), [82, 74, 85, -94, 88, 117, 139, 70, 142, 132, 133]);
        assert_eq!(column(0, "savings"), [260, 334, 419, 325, 413, 530, 669, 739, 881, 1013, 1146]);
        assert_eq!(column(1, "savings"), [260, 334, 239, -35, 53, 170, 309, 379, 521, 653, 786]);
        assert_eq!(column(2, "savings"), [260, 334, 239, 145, 233, 350, 309, 379, 521, 653, 786]);
        assert_eq!((&courses[0]["below"], &courses[1]["below"], &courses[2]["below"]), (&Json::Null, &json!(2028), &Json::Null));
        // Children: 36 from the start, 12 more from 2030, 12 more from 2034; nobody is 60 within these years
        assert_eq!(courses[0]["children"], json!({"at": 9, "cost": 60.0}));
        assert_eq!(courses[0]["ages"], json!([]));
        assert_eq!((&courses[0]["lowest"], &courses[2]["lowest"]), (&json!(3), &json!(3)));
    });
    assert_eq!(seen, Language::ALL.len());
}

/// Nothing of a year is missing in its column: what stands above zero is its income, what stands below are its expenses.
#[test]
fn the_columns_of_a_year_are_its_income_and_its_expenses() {
    every_worksheet(&mut |edition, module, sheet| {
        if (module, sheet.id.as_str()) != ("life-plan", "life-plan") {
            return;
        }
        let case = worksheet::case(edition, module, sheet);
        let result = &case["results"][0];
        let (years, drawn) = (&result["output"][0]["years"], &result["scenes"][0]["input"]["years"]);
        assert!(years.as_array().is_some_and(|years| years.len() > 5));
        for (year, drawn) in years.as_array().into_iter().flatten().zip(drawn.as_array().expect("years")) {
            let number = |value: &Json| value.as_f64().expect("a number");
            let sum = |key: &str| -> f64 { drawn[key].as_array().expect("groups").iter().map(number).sum() };
            assert!((sum("up") - number(&year["income"])).abs() < 1e-9, "{year} {drawn}");
            assert!((sum("down") + number(&drawn["once"]) - number(&year["expense"])).abs() < 1e-9, "{year} {drawn}");
            assert!(drawn["up"].as_array().is_some_and(|all| all.len() <= 3) && drawn["down"].as_array().is_some_and(|all| all.len() <= 5));
        }
    });
}

/// The ages that the lesson prints, by the years of birth of the example, and each event in the lane of whom it is about.
#[test]
fn the_calendar_is_the_one_that_the_lesson_prints() {
    every_worksheet(&mut |edition, module, sheet| {
        if (module, sheet.id.as_str()) != ("life-plan", "life-plan") {
            return;
        }
        let case = worksheet::case(edition, module, sheet);
        let drawn = &case["results"][0]["scenes"][0]["input"];
        let lanes = drawn["lanes"].as_array().expect("lanes");
        let ages: Vec<Vec<i64>> =
            lanes.iter().map(|lane| lane["ages"].as_array().into_iter().flatten().take(6).filter_map(Json::as_i64).collect()).collect();
        assert_eq!(ages[..4], [[34, 35, 36, 37, 38, 39], [33, 34, 35, 36, 37, 38], [2, 3, 4, 5, 6, 7], [67, 68, 69, 70, 71, 72]]);
        let flags: Vec<Vec<(u64, u64)>> = lanes
            .iter()
            .map(|lane| {
                lane["events"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|one| Some((one["number"].as_u64()?, one["at"].as_u64()?)))
                    .collect()
            })
            .collect();
        assert_eq!(flags, [vec![], vec![], vec![(3, 5)], vec![], vec![(4, 7)], vec![(1, 1), (2, 3)], vec![(5, 3)]]);
        // The age of the money table is the first one's
        assert_eq!((&drawn["age"], &case["results"][0]["input"]["age"]), (&Json::Null, &json!(34)));
    });
}

/// Numbers that are always the same.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn number(&mut self, low: i64, high: i64) -> f64 {
        let whole = low + i64::try_from(self.next(u64::try_from(high - low + 1).unwrap_or(1))).unwrap_or(0);
        if self.next(3) == 0 { whole as f64 + self.next(10) as f64 / 10.0 } else { whole as f64 }
    }

    pub(crate) fn one_of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        let place = self.next(u64::try_from(all.len()).unwrap_or(1));
        all[usize::try_from(place).unwrap_or(0)]
    }

    fn maybe(&mut self, low: i64, high: i64) -> Json {
        if self.next(3) == 0 { Json::Null } else { json!(self.number(low, high)) }
    }
}

fn made(kernel: &str, chance: &mut Chance) -> Json {
    let count = chance.next(9);
    let many = |chance: &mut Chance, make: &dyn Fn(&mut Chance) -> Json| (0..count).map(|_| make(chance)).collect::<Vec<_>>();
    match kernel {
        "overlap" => {
            let lines: Vec<u64> = (0..count).map(|_| chance.next(3)).collect();
            let links: Vec<[u64; 2]> = (0..count).map(|_| [chance.next(10), chance.next(10)]).collect();
            json!({"lines": lines, "links": links})
        }
        "johari" => json!(many(
            chance,
            &|chance| json!({"id": format!("c{}", chance.next(99)), "family": format!("f{}", chance.next(3)), "own": chance.next(2) == 0, "others": chance.next(4)})
        )),
        "ranking" => json!({
            "cards": many(chance, &|chance| json!({"family": format!("f{}", chance.next(3)), "pile": if chance.next(4) == 0 { Json::Null } else { json!(chance.next(3)) }})),
            "top": many(chance, &|chance| json!({"id": format!("c{}", chance.next(99)), "lived": chance.maybe(0, 10)})),
        }),
        "use_gap" => json!({"points": 5.0, "groups": many(chance, &|chance| {
            let items: Vec<Json> = (0..chance.next(5)).map(|_| json!({"score": chance.maybe(1, 4), "reverse": chance.next(2) == 0})).collect();
            json!({"id": format!("g{}", chance.next(99)), "items": items, "important": chance.maybe(0, 9), "used": chance.maybe(0, 9)})
        })}),
        "cash_flow" => {
            let year = |chance: &mut Chance| if chance.next(2) == 0 { Json::Null } else { json!(2020 + chance.next(30)) };
            json!({
                "start": 2020 + chance.next(10), "age": if chance.next(3) == 0 { Json::Null } else { json!(25 + chance.next(45)) }, "years": chance.next(40), "savings": chance.number(-200, 3000), "rate": chance.number(0, 4),
                "decimals": chance.next(2) * 4,
                "lines": many(chance, &|chance| json!({"income": chance.next(2) == 0, "amount": chance.number(0, 700), "growth": chance.number(-2, 4), "from": year(chance), "until": year(chance), "children": chance.next(3) == 0})),
                "events": many(chance, &|chance| json!({"number": 1 + chance.next(8), "year": 2020 + chance.next(30), "cost": chance.number(0, 4000)})),
                "scenarios": (0..chance.next(3)).map(|_| json!({
                    "rate": chance.maybe(0, 5),
                    "stop": {"line": chance.next(8), "from": 2020 + chance.next(20), "until": 2030 + chance.next(20)},
                    "move": if chance.next(2) == 0 { Json::Null } else { json!({"event": 1 + chance.next(8), "to": 2020 + chance.next(40)}) },
                })).collect::<Vec<_>>(),
            })
        }
        "ages" => {
            let part = |chance: &mut Chance, most: u64| if chance.next(3) == 0 { Json::Null } else { json!(1 + chance.next(most)) };
            let people =
                many(chance, &|chance| json!({"year": 1940 + chance.next(100), "month": part(chance, 12), "day": part(chance, 3)}));
            json!({"start": 2020 + chance.next(10), "years": chance.next(90), "school": chance.next(2) == 0, "people": people})
        }
        "paired" => {
            let count = count + 3;
            let gap = chance.next(3) == 0;
            let mut pairs = Vec::new();
            for a in 0..count {
                for b in a + 1..count {
                    pairs.push(json!([a, b, if gap && chance.next(4) == 0 { Json::Null } else { json!(chance.next(2)) }]));
                }
            }
            json!({"count": count, "pairs": pairs})
        }
        "best_worst" => {
            let count = [7, 9, 13, 8][usize::try_from(chance.next(4)).unwrap_or(0)];
            let chosen = |chance: &mut Chance, set: &[usize; 3]| match chance.next(12) {
                0 => Json::Null,
                1 => json!(chance.next(14)),
                other => json!(set[usize::try_from(other % 3).unwrap_or(0)]),
            };
            let all = kernels::best_worst::sets(count);
            let answers: Vec<[Json; 2]> = all.iter().map(|set| [chosen(chance, set), chosen(chance, set)]).collect();
            json!({"count": count, "answers": answers})
        }
        "timeline" => json!(many(chance, &|chance| {
            let from = 24_000 + chance.next(240);
            let skills: Vec<String> = (0..chance.next(4)).map(|_| format!("s{}", chance.next(5))).collect();
            json!({"from": from, "to": from + chance.next(60), "skills": skills, "feeling": chance.maybe(-5, 5), "level": chance.maybe(1, 5), "place": chance.one_of(&["", "A", " A", "B"]), "again": chance.next(2) == 0})
        })),
        "lifeline" => {
            json!({"prominence": 10.0, "points": many(chance, &|chance| json!({"x": chance.number(0, 70), "y": chance.number(-100, 99), "category": chance.one_of(&["", "work", "home"]), "future": chance.next(5) == 0}))})
        }
        "compose" => {
            const TEXTS: [&str; 29] = [
                "はじめての人の",
                "着るもの",
                "家族を大切に",
                "図にする力を使って",
                "見せること",
                "くに",
                "Mary",
                "Mary next door",
                "James and Mary",
                "Talent for order",
                "Japanese colleagues",
                "I'm patient",
                "they can be calm",
                "University lecturer",
                "HR manager",
                "honest",
                "8-year-old",
                "後輩が",
                "図にする力を",
                "渡す。",
                "",
                "I will draw it.",
                "To listen",
                "A plan",
                "IT people",
                "an hour",
                "older friend",
                "ように",
                "できるように",
            ];
            const TEMPLATES: [&str; 7] = [
                "{a}のために、{b:and}を大切にすること。",
                "so that {a} can {b:do}",
                "わたしは、{a}が{b:and}ように、{a}を使って{b}。",
                "I {a:do} so that {b}, keeping {b:and}. {a} stays.",
                "As {a:a}, I {b:do}.",
                "{a:name}",
                "{a",
            ];
            let mut text = || json!(chance.one_of(&TEXTS));
            let row = json!({"a": [text()], "b": [text(), text(), text()]});
            let template = chance.one_of(&TEMPLATES);
            json!({"japanese": chance.next(2) == 0, "lines": [{"template": template, "rows": [row]}]})
        }
        _ => {
            json!({"texts": many(chance, &|chance| json!(format!("図にする {} Draw", chance.next(4)))), "words": ["図", "draw", " ", "2", "無い"]})
        }
    }
}

/// Made-up drawings, next to each other, upside down, with one point or many.
fn drawn(name: &str, chance: &mut Chance) -> Json {
    let width = [792.0, 328.0][usize::try_from(chance.next(2)).unwrap_or(0)];
    let count = 1 + chance.next(9);
    match name {
        "life_line" => {
            let mut xs: Vec<f64> = (0..count).map(|_| chance.number(0, 70)).collect();
            xs.sort_by(f64::total_cmp);
            let points: Vec<Json> =
                xs.iter().map(|x| json!({"x": x, "y": chance.number(-100, 99), "future": chance.next(5) == 0})).collect();
            json!({"width": width, "points": points, "from": 0.0, "to": 75.0, "low": -100.0, "high": 100.0, "peaks": [0], "valleys": [1]})
        }
        "cash_flow" => {
            let (courses, ups, downs) = (1 + chance.next(3), chance.next(4), chance.next(6));
            let years: Vec<Json> = (0..count * 3)
                .map(|at| {
                    let savings: Vec<f64> = (0..courses).map(|_| chance.number(-900, 9000)).collect();
                    let [up, down] = [ups, downs].map(|groups| (0..groups).map(|_| chance.number(0, 900)).collect::<Vec<_>>());
                    json!({"year": 2025 + at, "up": up, "down": down, "once": chance.number(0, 400), "savings": savings, "events": chance.one_of(&["", "1", "2・3"])})
                })
                .collect();
            let lanes: Vec<Json> = (0..chance.next(6)).map(|_| lane(chance, count * 3)).collect();
            json!({"width": width, "years": years, "age": chance.maybe(18, 60), "aged": "年齢", "flowing": "出入り", "saved": "貯蓄", "lanes": lanes, "flows": chance.next(4) > 0})
        }
        "timeline" => {
            let rows: Vec<Json> = (0..count)
                .map(|_| {
                    let from = 24_000 + chance.next(240);
                    json!({"label": "設計の担当 designer of machines 長い名前の仕事", "from": from as f64, "to": (from + chance.next(80)) as f64, "feeling": chance.maybe(-5, 4)})
                })
                .collect();
            json!({"width": width, "from": 24_000.0, "to": 24_320.0, "rows": rows})
        }
        "quadrant" => {
            let points: Vec<Json> = (0..count).map(|_| json!({"x": chance.number(1, 4), "y": chance.number(-5, 4)})).collect();
            json!({"width": width, "points": points, "x": [1.0, 5.0], "y": [-5.0, 5.0], "corners": ["a", "b", "c", "d"], "up": "↑", "across": "→"})
        }
        _ => {
            let rows: Vec<Json> = (0..count)
                .map(|_| json!({"label": "図にする draw it", "value": chance.number(0, 9), "other": chance.maybe(0, 9), "words": "+1", "marked": chance.next(3) == 0}))
                .collect();
            json!({"width": width, "low": 0.0, "high": 10.0, "rows": rows})
        }
    }
}

/// Somebody's years and what happens in them: often in the same year, or with others between beginning and end.
fn lane(chance: &mut Chance, years: u64) -> Json {
    let ages: Vec<Json> = if chance.next(3) == 0 { Vec::new() } else { (0..years).map(|at| chance.maybe(0, 90 + at as i64)).collect() };
    let flag = |chance: &mut Chance| {
        let at = chance.next(years);
        let from = if chance.next(2) == 0 || at == 0 { Json::Null } else { json!(chance.next(at)) };
        json!({"number": 1 + chance.next(15), "at": at, "from": from, "movable": chance.next(2) == 0})
    };
    let events: Vec<Json> = (0..chance.next(7)).map(|_| flag(chance)).collect();
    json!({"label": chance.one_of(&["自分", "いっしょに暮らす人", "A very long name of somebody who is called like that", "–"]), "ages": ages, "events": events})
}

#[test]
fn generated_sheets_come_out_alike_on_a_device() {
    let mut chance = Chance(20_261_120);
    let mut computed = Vec::new();
    let mut scenes = Vec::new();
    for _ in 0..150 {
        // People and consultants are made up in `matching.rs`
        for kernel in kernels::NAMES.into_iter().filter(|name| *name != "matching") {
            let input = made(kernel, &mut chance);
            let output = kernels::run(kernel, &input).unwrap_or_else(|| panic!("{kernel} does not read {input}"));
            computed.push(json!({"kernel": kernel, "input": input, "expected": output}));
        }
        for name in drawing::NAMES {
            let input = drawn(name, &mut chance);
            let scene = drawing::scene(name, &input).unwrap_or_else(|| panic!("{name} does not read {input}"));
            scenes.push(json!({"name": name, "input": input, "scene": scene}));
        }
    }
    agree("generated", &json!({"kernels": computed, "scenes": scenes}));
}

/// Ages stand above the columns, one for each year that is named below them, and nothing of them where no age is written.
#[test]
fn the_ages_stand_above_their_years() {
    let years: Vec<Json> =
        (0..30).map(|at| json!({"year": 2025 + at, "up": [5.0], "down": [4.0], "once": 0.0, "savings": [10.0], "events": ""})).collect();
    let texts = |age: Json| -> Vec<(String, f64, f64)> {
        let scene = drawing::scene(
            "cash_flow",
            &json!({"width": 792.0, "years": years, "age": age, "aged": "Age", "flowing": "Flows", "saved": "Saved"}),
        )
        .expect("a scene");
        let marks = scene["marks"].as_array().expect("marks").iter().filter(|mark| mark["kind"] == "text");
        let text = |mark: &Json| {
            let at = |key: &str| mark[key].as_f64().expect("a number");
            (mark["text"].as_str().expect("a text").to_owned(), at("x"), at("y"))
        };
        marks.map(text).collect()
    };
    let with = texts(json!(34.0));
    let at = |wanted: &str| with.iter().find(|(text, ..)| text == wanted).unwrap_or_else(|| panic!("no {wanted} in {with:?}"));
    for (age, year) in [("34", "2025"), ("37", "2028"), ("61", "2052")] {
        assert_eq!(at(age).1, at(year).1, "{age} stands above {year}");
        assert!(at(age).2 < at(year).2);
    }
    assert!(at("Age").1 < at("34").1);
    assert_eq!(texts(Json::Null).len(), with.len() - 11);
}

/// Whatever happens, nothing in a lane covers anything else, and no lane covers another one.
#[test]
fn nothing_above_the_years_covers_anything() {
    let mut chance = Chance(11);
    for round in 0..300 {
        let width = [792.0, 328.0][round % 2];
        let count = 3 + chance.next(38);
        let years: Vec<Json> = (0..count)
            .map(|at| json!({"year": 2025 + at, "up": [5.0], "down": [4.0], "once": 0.0, "savings": [10.0], "events": "1"}))
            .collect();
        let lanes: Vec<Json> = (0..1 + chance.next(8)).map(|_| lane(&mut chance, count)).collect();
        let input =
            json!({"width": width, "years": years, "age": null, "aged": "", "flowing": "", "saved": "", "lanes": lanes, "flows": false});
        let scene = drawing::scene("cash_flow", &input).expect("a scene");
        let number = |mark: &Json, key: &str| mark[key].as_f64().expect("a number");
        let marks = scene["marks"].as_array().expect("marks");
        let mut boxes: Vec<(f64, f64, f64, f64)> = Vec::new();
        for mark in marks {
            let found = match mark["kind"].as_str() {
                Some("circle") => {
                    let (x, y, radius) = (number(mark, "x"), number(mark, "y"), number(mark, "radius"));
                    (x - radius, y - radius, x + radius, y + radius)
                }
                // Numbers of events stand in their circles
                Some("text") if mark["bold"] == false => {
                    let (x, y, size) = (number(mark, "x"), number(mark, "y"), number(mark, "size"));
                    let half: f64 =
                        mark["text"].as_str().expect("a text").chars().map(|char| if u32::from(char) < 0x2e80 { 0.3 } else { 0.5 }).sum();
                    let begin = if mark["anchor"] == "start" { x } else { x - half * size };
                    (begin, y - size / 2.0, begin + 2.0 * half * size, y + size / 2.0)
                }
                _ => continue,
            };
            assert!(found.0 >= 0.0 && found.2 <= width && found.1 >= 0.0 && found.3 <= number(&scene, "height"), "{mark} stands outside");
            for other in &boxes {
                let apart = found.0 >= other.2 || other.0 >= found.2 || found.1 >= other.3 || other.1 >= found.3;
                assert!(apart, "{mark} covers {other:?} in {input}");
            }
            boxes.push(found);
        }
    }
}

/// The curve of a life line stays between the points that it joins.
#[test]
fn the_life_line_never_goes_past_its_points() {
    let mut chance = Chance(7);
    for _ in 0..300 {
        let scene = drawing::scene("life_line", &drawn("life_line", &mut chance)).expect("a scene");
        for mark in scene["marks"].as_array().expect("marks").iter().filter(|mark| mark["kind"] == "path") {
            let at = |step: usize, place: usize| mark["steps"][step][place].as_f64().expect("a number");
            let (y0, y1, y2, y3) = (at(0, 2), at(1, 2), at(1, 4), at(1, 6));
            for part in 0..=40 {
                let t = f64::from(part) / 40.0;
                let u = 1.0 - t;
                let y = u * u * u * y0 + 3.0 * u * u * t * y1 + 3.0 * u * t * t * y2 + t * t * t * y3;
                assert!(y >= y0.min(y3) - 0.15 && y <= y0.max(y3) + 0.15, "{mark}");
            }
        }
    }
}

/// What is said to be marked is marked, and nothing else has its colour; a short scale shows its steps.
#[test]
fn only_marked_rows_have_the_colour_of_marks() {
    let row = |gap: f64| json!({"label": "x", "value": 5.0, "other": 5.0 - gap, "words": "", "marked": gap >= 3.0});
    for (gap, marked) in [(-2.0, false), (0.0, false), (1.0, false), (2.0, false), (3.0, true), (5.0, true)] {
        let scene = drawing::scene("bars", &json!({"width": 328.0, "low": 0.0, "high": 10.0, "rows": [row(gap)]})).expect("a scene");
        let kaki = scene["marks"].as_array().expect("marks").iter().filter(|mark| mark.to_string().contains("\"kaki\"")).count();
        assert_eq!(kaki, if marked { 2 } else { 0 }, "a gap of {gap}: {scene}");
    }
    let bar = json!({"label": "x", "value": 4.0, "other": null, "words": "4", "marked": true});
    let steps = |low: f64, high: f64| {
        let scene = drawing::scene("bars", &json!({"width": 328.0, "low": low, "high": high, "rows": [bar]})).expect("a scene");
        scene["marks"].as_array().expect("marks").iter().filter(|mark| mark["kind"] == "line").count()
    };
    assert_eq!((steps(1.0, 5.0), steps(0.0, 120.0)), (3, 0));
}
