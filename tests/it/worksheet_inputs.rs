//! What is written on a worksheet: read alike by the program and on a device, however it is written; and the controls that it is written
//! into, which let it be typed on a phone and are called what they are.

use super::worksheets::{Chance, agree, contains, every_worksheet, shared};
use serde_json::json;
use shirube::catalog::Worksheet;
use shirube::catalog::worksheet::{Field, FieldKind, Holds, Part};
use shirube::language::{Language, birth_written, month_written};
use shirube::pages::worksheet::{case_of, page};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn the_shared_sheets_are_gathered_as_written_here_and_on_a_device() {
    let shared = shared();
    let mut sheets = Vec::new();
    every_worksheet(&mut |edition, module, sheet| {
        let id = format!("{module}/{}", sheet.id);
        for one in shared["gathered"].as_array().expect("cases").iter().filter(|one| one["sheet"] == id) {
            let values: BTreeMap<String, String> = serde_json::from_value(one["values"].clone()).expect("values");
            let mut case = case_of(edition, module, sheet, &values);
            let names = sheet.names();
            values.keys().for_each(|name| assert!(names.contains(name), "{id} has no field {name}"));
            let input = &case["results"][0]["input"];
            let input = one["pick"].as_str().map_or(input, |pick| input.pointer(pick).expect("something"));
            contains(input, &one["expected"], &one["about"].to_string());
            case["left"] = one["left"].clone();
            sheets.push(case);
        }
    });
    assert_eq!(sheets.len(), 2 * shared["gathered"].as_array().map_or(0, Vec::len), "a case names no worksheet");
    agree("gathered", &json!({"sheets": sheets}));
}

const NUMBERS: [&str; 24] = [
    "0",
    "1",
    "３",
    "7",
    "10",
    "11",
    "−５",
    "-5",
    "▲20",
    "100",
    "-100",
    "101",
    "-101",
    "１，２３４",
    "2.5",
    "．5",
    "0.04",
    "約30",
    "5e3",
    "２０２６",
    "2030",
    "1799",
    "99999",
    "   ",
];
const MONTHS: [&str; 22] = [
    "2015-04",
    "2015/4",
    "２０１８年３月",
    "201504",
    "平成30年3月",
    "平成３１年５月",
    "令和元年5月",
    "R2.1",
    "s60.4",
    "㍻27年4月",
    "H27",
    "いま",
    "2015",
    "2015-13",
    "2015-04-01",
    "1799-12",
    "明治元年10月",
    "2026年11月から",
    "　",
    "Mar 2015-4",
    "昭和64年1月",
    "大正15年13月",
];
const BIRTHS: [&str; 14] = [
    "1991",
    "１９９２年",
    "平成3年",
    "S33",
    "令和元年",
    "2023-04",
    "202401",
    "2023-04-01",
    "H5.4.2",
    "20270331",
    "2023-02-29",
    "昭和65年",
    "34歳",
    " ",
];
const TEXTS: [&str; 8] = ["図にする", "draw、教える", "to wait", "後輩が", " ", "渡す。", "1、3", "A plan"];
const RATES: [&str; 8] = ["0", "1", "２．５", "10", "-5", "101", "約3", "5e3"];
const LINES: [&str; 6] = ["1", "１、3", "2 1", "9", "-1", "なし"];

/// What somebody may write into a field: sound, odd, nothing.
fn typed(part: &Part, sheet: &Worksheet, name: &str, chance: &mut Chance) -> Option<String> {
    let own = |fields: &[Field]| fields.iter().find(|field| name.ends_with(&format!(".{}", field.id))).map(|field| field.kind.clone());
    let kind = match &part.holds {
        Holds::Fields(fields) | Holds::Prompts(fields) | Holds::Rows(fields, ..) => own(fields)?,
        Holds::Points { .. } if name.ends_with(".x") || name.ends_with(".y") => FieldKind::Number(None, None, None),
        Holds::Money(..) if !name.ends_with(".label") => FieldKind::Number(None, None, None),
        // Radios hold what they offer
        Holds::Ratings { points, .. } if name.split('.').count() == 2 => {
            let most = u64::try_from(points.len()).unwrap_or(1);
            return (chance.next(5) > 0).then(|| (1 + chance.next(most)).to_string());
        }
        Holds::Ratings { .. } => FieldKind::Number(None, None, None),
        Holds::Cards { .. } if name.ends_with(".others") => FieldKind::Number(None, None, None),
        Holds::Cards { .. } if name.ends_with(".own") => FieldKind::Tick,
        Holds::Points { .. } if name.ends_with(".future") || name.ends_with(".private") => FieldKind::Tick,
        Holds::People(_) if name.ends_with(".school") => FieldKind::Tick,
        Holds::People(_) if name.ends_with(".born") => return (chance.next(4) > 0).then(|| chance.one_of(&BIRTHS).to_owned()),
        // Ids of what there is; texts do for what is not
        Holds::Cards { piles, .. } if chance.next(8) > 0 => FieldKind::Choice(piles.clone()),
        Holds::Pairs(items) | Holds::BestWorst(items) if chance.next(8) > 0 => FieldKind::Choice(items.clone()),
        Holds::Points { categories, .. } if name.ends_with(".category") => FieldKind::Choice(categories.clone()),
        _ => FieldKind::Text,
    };
    if chance.next(5) == 0 {
        return None;
    }
    let cards: Vec<String> = match &kind {
        FieldKind::Choice(all) => all.iter().map(|one| one.id.clone()).collect(),
        FieldKind::Card(from) => match sheet.part(&from.value).map(|part| &part.holds) {
            Some(Holds::Cards { families, .. }) => families.iter().flat_map(|(_, cards)| cards).map(|card| card.id.clone()).collect(),
            _ => Vec::new(),
        },
        FieldKind::Who(from) => match sheet.part(&from.value).map(|part| &part.holds) {
            Some(Holds::People(lines)) => lines.iter().map(|line| line.named.id.clone()).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    // Years stand in fields of that name, so that some of them meet
    let year = ["year", "from", "until", "to", "start", "prepare"].iter().any(|end| name.ends_with(&format!(".{end}")));
    let rate = name.ends_with(".rate") || name.ends_with(".growth");
    Some(match kind {
        FieldKind::Number(..) if rate => chance.one_of(&RATES).to_owned(),
        FieldKind::Number(..) if year && chance.next(4) > 0 => (2020 + chance.next(30)).to_string(),
        FieldKind::Number(..) => chance.one_of(&NUMBERS).to_owned(),
        FieldKind::Month => chance.one_of(&MONTHS).to_owned(),
        FieldKind::Tick => "yes".to_owned(),
        FieldKind::Choice(_) | FieldKind::Card(_) | FieldKind::Who(_) => {
            let all: Vec<&str> = cards.iter().map(String::as_str).collect();
            chance.one_of(&all).to_owned()
        }
        FieldKind::Lines => chance.one_of(&LINES).to_owned(),
        FieldKind::Text | FieldKind::Long(_) => chance.one_of(&TEXTS).to_owned(),
    })
}

/// Sheets of any values: full-width digits, eras, what is outside its bounds, rows with holes, ends before beginnings, empty texts.
#[test]
fn whatever_is_written_is_gathered_alike_on_a_device() {
    let mut chance = Chance(20_261_123);
    let mut sheets = Vec::new();
    every_worksheet(&mut |edition, module, sheet| {
        for _ in 0..10 {
            let fields = sheet.parts.iter().flat_map(|part| part.names().into_iter().map(move |name| (part, name)));
            let values: BTreeMap<String, String> =
                fields.filter_map(|(part, name)| Some((name.clone(), typed(part, sheet, &name, &mut chance)?))).collect();
            sheets.push(case_of(edition, module, sheet, &values));
        }
    });
    // In parts, so that no file of cases grows out of hand
    for (at, sheets) in sheets.chunks(60).enumerate() {
        agree(&format!("written-{at}"), &json!({"sheets": sheets}));
    }
}

/// The table of eras is one, here and on a device.
#[test]
fn months_of_all_eras_are_read_alike_on_a_device() {
    let mut months = Vec::new();
    let heads = [
        "令和", "令", "R", "r", "㋿", "平成", "平", "H", "㍻", "昭和", "昭", "S", "㍼", "大正", "大", "T", "㍽", "明治", "明", "M", "m.",
        "Ｍ", "X", "",
    ];
    for head in heads {
        for year in ["元", "1", "2", "７", "15", "30", "31", "32", "45", "63", "64", "99", "100", "0", "2015"] {
            for month in 0..=13 {
                for text in [format!("{head}{year}年{month}月"), format!("{head} {year}.{month}"), format!("{head}{year}{month:02}")] {
                    let read = month_written(&text).map(|(year, month)| year * 12 + i32::try_from(month).unwrap_or(0) - 1);
                    months.push(json!({"text": text, "month": read}));
                }
            }
        }
    }
    months.extend(
        MONTHS.map(
            |text| json!({"text": text, "month": month_written(text).map(|(year, month)| i64::from(year) * 12 + i64::from(month) - 1)}),
        ),
    );
    assert!(months.iter().filter(|one| one["month"].is_number()).count() > 1000);
    agree("months", &json!({"months": months}));
}

/// When somebody was born, here and on a device.
#[test]
fn births_of_all_eras_are_read_alike_on_a_device() {
    let mut births = Vec::new();
    for head in ["令和", "R", "㍻", "平成", "h.", "昭和", "昭", "S", "大正", "T", "明治", "M", "X", "", "西暦"] {
        for year in ["元", "1", "2", "７", "15", "31", "32", "45", "63", "64", "65", "100", "0", "1868", "1989", "２０２４", "2300"] {
            births.extend([format!("{head}{year}"), format!("{head}{year}年"), format!("{head}{year}年度生まれ")]);
            for month in ["0", "1", "02", "4", "12", "13"] {
                births.push(format!("{head}{year}年{month}月"));
                births.push(format!("{head}{year}{month}"));
                for day in ["0", "1", "07", "28", "29", "30", "31", "32", "3 1"] {
                    births.extend([format!("{head}{year}-{month}-{day}"), format!("{head}{year}{month}{day}")]);
                }
            }
        }
    }
    births.extend(BIRTHS.map(str::to_owned));
    let read = |text: &String| birth_written(text).map(|(year, month, day)| json!({"year": year, "month": month, "day": day}));
    let births: Vec<_> = births.iter().map(|text| json!({"text": text, "birth": read(text)})).collect();
    assert!(births.iter().filter(|one| one["birth"].is_object()).count() > 1000);
    agree("births", &json!({"births": births}));
}

/// The page of every worksheet.
fn every_page(look: &mut dyn FnMut(Language, &Worksheet, &str)) {
    every_worksheet(&mut |edition, module, sheet| {
        let module = &edition.material.catalog.modules[module];
        let artifact = page(edition, module, sheet).expect("a page");
        look(edition.language, sheet, &String::from_utf8(artifact.bytes).expect("text"));
    });
}

/// What stands between two marks, each time.
fn between<'a>(text: &'a str, begin: &str, end: &str) -> Vec<&'a str> {
    text.split(begin).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// The keypads of phones for digits have no minus, no hyphen and no comma.
#[test]
fn whatever_may_hold_a_minus_or_a_comma_can_be_typed_on_a_phone() {
    let mut keypads = BTreeSet::new();
    every_page(&mut |_, sheet, html| {
        for input in between(html, "<input class=\"field\"", ">").into_iter().filter(|input| input.contains("inputmode")) {
            assert!(input.contains("inputmode=\"decimal\""), "{input}");
            let name = between(input, "name=\"", "\"")[0];
            let part = sheet.part(name.split('.').next().expect("a part")).expect("the part");
            let column = name.rsplit('.').next().expect("a column");
            let digits = match &part.holds {
                Holds::Fields(fields) | Holds::Rows(fields, ..) => fields
                    .iter()
                    .any(|field| field.id == column && matches!(field.kind, FieldKind::Number(Some(least), ..) if least >= 0.0)),
                Holds::Points { range, .. } => column == "y" && range.0 >= 0.0 && range.1 >= 0.0,
                Holds::Money(..) => ["start", "age", "years", "amount", "from", "until"].contains(&column),
                Holds::Ratings { .. } => ["important", "used"].contains(&column),
                Holds::Cards { .. } => column == "others",
                _ => false,
            };
            assert!(digits, "{}: {name} can hold more than digits", sheet.id);
            keypads.insert(format!("{}.{column}", sheet.id));
        }
    });
    assert!(keypads.contains("life-plan.amount") && keypads.contains("career-inventory.level"), "{keypads:?}");
}

/// A legend says once what it is about, and no two fields of a table are called the same.
#[test]
fn controls_are_called_what_they_are() {
    let mut legends = 0;
    every_page(&mut |language, sheet, html| {
        for legend in between(html, "<legend class=\"hidden\">", "</legend>") {
            legends += 1;
            let plain: Vec<char> = legend.chars().filter(|char| !char.is_whitespace()).collect();
            let (first, second) = plain.split_at(plain.len() / 2);
            assert!(!plain.is_empty() && first != second, "{}: {legend}", sheet.id);
        }
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for label in between(html, "<label for=\"f-", "</label>") {
            let (id, text) = label.split_once("\">").expect("an id");
            let part = id.split('-').next().unwrap_or_default();
            let words: String = text.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, words)| words)).collect();
            if let Some(other) = names.insert(format!("{part} {words}"), id.to_owned()) {
                panic!("{} {language:?}: {other} and {id} are both called {words}", sheet.id);
            }
        }
    });
    assert!(legends > 200, "{legends}");
}
