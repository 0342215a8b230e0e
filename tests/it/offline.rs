//! Surveys without a network: the device's judge is held equal to the program's on generated sheets, and what it saves comes in once.

use serde_json::{Value as Json, json};
use shirube::language::Day;
use shirube::store::Ticket;
use shirube::survey::portable::portable;
use shirube::survey::question::Kind;
use shirube::survey::rotation::of_sheet;
use shirube::survey::shuffle::arrange;
use shirube::survey::{Answer, Complaint, Consent, Fault, Judgement, OwnCode, Question, Raw, Survey, Value, field};
use std::path::{Path, PathBuf};
use std::process::Command;

fn today() -> Day {
    Day::parse("2026-11-20").expect("a day")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every kind there is, a survey full of conditions, and all that we ship.
fn surveys() -> Vec<Survey> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("offline-logic");
    let place = |path: &str| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        path
    };
    std::fs::copy(root().join("tests/kinds/content/project.yaml"), place("content/project.yaml")).expect("a file");
    std::fs::copy(root().join("tests/logic/survey.yaml"), place("content/surveys/logic.yaml")).expect("a file");
    let load = |root: &Path| shirube::pipeline::load(root).expect("content").catalog.surveys.into_values();
    let mut all: Vec<Survey> = load(&folder).chain(load(&root().join("tests/kinds"))).chain(load(root())).collect();
    // What is asked before the first question, in every way that it can be asked
    let place = || shirube::diagnostic::Place::whole(&"a.yaml".into());
    let text = || shirube::language::Text::pair("回答を研修の見直しに使います。", "We use your answers to improve the course.");
    let consent = |required| Consent { place: place(), text: text(), label: None, required };
    let code = |min_length, pattern: Option<&str>| OwnCode {
        place: place(),
        parts: vec![text()],
        example: None,
        min_length,
        pattern: pattern.map(str::to_owned),
    };
    let first = all.iter().find(|survey| survey.pages.len() > 1).expect("a survey of several pages").clone();
    for (consent, code) in [
        (Some(consent(true)), None),
        (Some(consent(false)), Some(code(4, None))),
        (None, Some(code(6, Some("AA99*")))),
        (Some(consent(true)), Some(code(8, None))),
    ] {
        all.push(Survey { consent, code, ..first.clone() });
    }
    all
}

/// A sequence that is the same on every machine (a multiplicative congruential generator modulo 2^61 − 1).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = u64::try_from(u128::from(self.0) * 3_935_559_000_370_003_845 % ((1 << 61) - 1)).expect("below 2^61");
        usize::try_from(self.0 >> 20).expect("small") % most
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// A sheet: mostly what a person could send, sometimes what nobody should.
    fn raw(&mut self, survey: &Survey) -> Raw {
        const TYPED: [&str; 34] = [
            "0",
            "1",
            "2",
            "3",
            "４",
            "10",
            "007.50",
            "−3",
            "1,200",
            "12.345",
            "2.5",
            "0.1",
            "1e3",
            ".5",
            "5.",
            "+4",
            "70",
            "100",
            "2026-11-20",
            "２０２６年１１月２０日",
            "2026.2.30",
            "26/1/2",
            "2026-12-01日",
            "営業",
            "  a\r\nb\t\u{0}\u{202E}c ",
            "😀😀",
            "\u{feff}",
            "\u{85}x\u{85}",
            "\u{3000}",
            "a",
            "_declined",
            "other",
            "yes",
            "",
        ];
        let mut raw = Raw::new();
        let careful = self.below(4) > 0;
        for question in survey.questions() {
            let declines = field::declined_field(&question.id);
            for name in field::names(question) {
                if self.below(if careful { 60 } else { 3 }) == 0 || (name == declines && self.below(if careful { 40 } else { 5 }) > 0) {
                    continue;
                }
                let offered = codes(question, &name);
                let mut values: Vec<String> = Vec::new();
                let several = matches!(question.kind, Kind::MultipleChoice { .. } | Kind::MultipleGrid { .. }) || !careful;
                for _ in 0..=(if several && self.below(3) == 0 { self.below(3) } else { 0 }) {
                    let made_up = offered.is_empty() || self.below(if careful { 90 } else { 5 }) == 0;
                    values.push(if made_up { (*self.pick(&TYPED)).to_owned() } else { self.pick(&offered).clone() });
                }
                raw.insert(name, values);
            }
            // A ranking and a sum by chance alone would hardly ever be right
            match &question.kind {
                Kind::Ranking { items, top } if self.below(3) > 0 => {
                    let first = self.below(items.len());
                    for (at, item) in items.iter().cycle().skip(first).take(items.len()).enumerate() {
                        let rank = if at < *top as usize { (at + 1).to_string() } else { String::new() };
                        raw.insert(question.row_variable(&item.id), vec![rank]);
                    }
                    raw.remove(&declines);
                }
                Kind::Allocation { items, total, .. } if self.below(3) > 0 => {
                    for (at, item) in items.iter().enumerate() {
                        raw.insert(question.row_variable(&item.id), vec![if at == 0 { total.to_string() } else { String::new() }]);
                    }
                    raw.remove(&declines);
                }
                _ => {}
            }
        }
        self.terms(survey, careful, &mut raw);
        if self.below(20) == 0 {
            raw.insert("nobody".to_owned(), vec!["x".to_owned()]);
        }
        raw
    }
}

impl Dice {
    /// What is asked before the first question.
    fn terms(&mut self, survey: &Survey, careful: bool, raw: &mut Raw) {
        const CODES: [&str; 34] = [
            "",
            " - ",
            "さく07み",
            "さく－０７ み",
            "サク07ミ",
            "ha-12-x",
            "HA12",
            "HA129",
            "ＨＡ１２ｍｉ",
            "ハナ１２",
            "ﾊﾅ12",
            "ガ\u{30FC}ト0",
            "ｶﾞｰﾄ0",
            "カ\u{3099}ート0",
            "straße",
            "e\u{301}tude",
            "ﬀ12",
            "ŉ123",
            "ǰ1234",
            "ΐΰ12",
            "ςΣ12",
            "Ⅻ345",
            "½½12",
            "①②③④",
            "٣٤٥٦",
            "٣x12",
            "taro@example.com",
            "12/05",
            "=1+2345",
            "\u{200B}a\u{AD}b\u{2060}1\u{FEFF}2",
            "\u{85}ab12",
            "ab12\u{0}",
            "ｱｲｳｴｵｶｷｸｹｺ",
            "ÀÉÎõü12",
        ];
        if let Some(consent) = &survey.consent
            && self.below(if careful { 12 } else { 3 }) > 0
        {
            let version = consent.version();
            let seen = if self.below(if careful { 8 } else { 2 }) > 0 {
                version
            } else {
                (*self.pick(&["v00000000", "", "yes", " ", "V57140D65"])).to_owned()
            };
            let padded = if self.below(5) == 0 { format!("\u{3000}{seen}\n") } else { seen };
            raw.insert("consent".to_owned(), if self.below(15) == 0 { vec![padded, "x".to_owned()] } else { vec![padded] });
        }
        if survey.code.is_some() && self.below(8) > 0 {
            let made = match self.below(5) {
                // Fitting, for every pattern that is asked for here
                0 => "HA129".to_owned(),
                1 => (0..self.below(40)).map(|_| *self.pick(&['a', 'Ｂ', '7', 'ね', '-', ' ', 'ﾈ', '漢', '😀', '\u{301}'])).collect(),
                2 => (0..30 + self.below(20)).map(|_| *self.pick(&['a', '7', 'ね', '-', '漢', '𠮷'])).collect(),
                _ => (*self.pick(&CODES)).to_owned(),
            };
            raw.insert("own_code".to_owned(), vec![made]);
        }
    }
}

/// What is on offer in a field.
fn codes(question: &Question, name: &str) -> Vec<String> {
    use shirube::survey::Measure;
    let asker = question.cell_of(name).unwrap_or_else(|| question.clone());
    let variable = asker.variables().into_iter().find(|variable| variable.id == name);
    match variable.map(|variable| variable.measure) {
        Some(Measure::Nominal(all) | Measure::Ordinal(all) | Measure::Multiple(all)) => {
            all.into_iter().map(|category| category.code).chain(["_declined".to_owned()]).collect()
        }
        _ => Vec::new(),
    }
}

fn answer(answer: &Answer) -> Json {
    match answer {
        Answer::NotShown => json!("not_shown"),
        Answer::Skipped => json!("skipped"),
        Answer::Declined => json!("declined"),
        Answer::Given(Value::Choice(code)) => json!({"choice": code}),
        Answer::Given(Value::Choices(codes)) => json!({"choices": codes}),
        Answer::Given(Value::Number(digits)) => json!({"number": digits}),
        Answer::Given(Value::Text(text)) => json!({"text": text}),
        Answer::Given(Value::Date(day)) => json!({"date": day}),
    }
}

fn fault(survey: &Survey, complaint: &Complaint) -> Json {
    let coded = |text: &shirube::language::Text| match &survey.question(&complaint.question).expect("a question").kind {
        Kind::MultipleChoice { choices, .. } | Kind::MultipleGrid { choices, .. } => {
            choices.iter().find(|choice| choice.text == *text).map(|choice| choice.id.clone())
        }
        Kind::Ranking { items, .. } => items.iter().find(|item| item.text == *text).map(|item| item.id.clone()),
        Kind::Table { columns, .. } => columns.iter().find_map(|column| match &column.kind {
            Kind::MultipleChoice { choices, .. } => choices.iter().find(|choice| choice.text == *text).map(|choice| choice.id.clone()),
            _ => None,
        }),
        _ => None,
    };
    match &complaint.fault {
        Fault::Missing => json!(["missing"]),
        Fault::UnknownChoice => json!(["unknown_choice"]),
        Fault::OnlyOne => json!(["only_one"]),
        Fault::TooMany(most) => json!(["too_many", most]),
        Fault::Exclusive(label) => json!(["exclusive", coded(label)]),
        Fault::OtherMissing => json!(["other_missing"]),
        Fault::OtherNotChosen => json!(["other_not_chosen"]),
        Fault::NotANumber => json!(["not_a_number"]),
        Fault::NumberRange(..) => json!(["range"]),
        Fault::Decimals(most) => json!(["decimals", most]),
        Fault::TooLong(most, length) => json!(["too_long", most, length]),
        Fault::NotADay => json!(["not_a_day"]),
        Fault::DayRange(..) => json!(["day_range"]),
        Fault::Contradiction => json!(["contradiction"]),
        Fault::OffStep(..) => json!(["off_step"]),
        Fault::RankTaken(rank, other) => json!(["rank_taken", rank, coded(other)]),
        Fault::RanksMissing(ranks) => json!(["ranks_missing", ranks]),
        Fault::Sum(total, sum) => json!(["sum", total, sum]),
        Fault::NoConsent => json!(["no_consent"]),
        Fault::NewWording => json!(["new_wording"]),
        Fault::CodeCharacters => json!(["code_characters"]),
        Fault::CodeShort(least) => json!(["code_short", least]),
        Fault::CodePattern(pattern) => json!(["code_pattern", pattern]),
    }
}

fn judged(survey: &Survey, judgement: &Judgement) -> Json {
    let complaints: Vec<Json> = judgement
        .complaints
        .iter()
        .map(|complaint| json!({"question": complaint.question, "field": complaint.field, "fault": fault(survey, complaint)}))
        .collect();
    let answers: serde_json::Map<String, Json> = judgement.answers.iter().map(|(id, one)| (id.clone(), answer(one))).collect();
    json!({
        "answers": answers, "complaints": complaints, "shown": judgement.shown, "pages": judgement.pages, "unknown": judgement.unknown_fields,
    })
}

#[test]
fn the_device_judges_sheets_as_the_program_does() {
    let mut dice = Dice(20_261_120);
    let (mut accepted, mut refused) = (0, 0);
    let mut kinds = std::collections::BTreeSet::new();
    let mut first = std::collections::BTreeMap::new();
    let mut all = Vec::new();
    for survey in surveys() {
        kinds.extend(survey.questions().map(|question| std::mem::discriminant(&question.kind)).map(|kind| format!("{kind:?}")));
        let trials = survey.pages.len() * 4 + 150;
        let cases: Vec<Json> = (0..trials)
            .map(|at| {
                let raw = dice.raw(&survey);
                let pages = if at % 4 == 0 { 1 + dice.below(survey.pages.len()) } else { survey.pages.len() };
                let judgement = survey.judge(&raw, pages, today());
                for complaint in judgement.complaints.iter().filter(|one| survey.asked_first().contains(&one.question.as_str())) {
                    *first.entry(fault(&survey, complaint)[0].to_string()).or_insert(0) += 1;
                }
                if judgement.complaints.is_empty() {
                    accepted += 1
                } else {
                    refused += 1
                }
                json!({"raw": raw, "pages": pages, "expected": judged(&survey, &judgement)})
            })
            .collect();
        all.push(json!({"rules": portable(&survey), "cases": cases}));
    }
    assert!(all.len() >= 8 && kinds.len() >= 17, "{} surveys, {} kinds", all.len(), kinds.len());
    assert!(accepted > 50 && refused > 500, "{accepted} accepted, {refused} refused");
    assert!(first.len() >= 7 && first.values().all(|times| *times > 5), "what is asked first: {first:?}");
    let ids = ["a", "b", "none", "c", "d", "other"];
    let orders: Vec<Json> = (0..40)
        .map(|sheet| {
            let sheet = format!("{sheet:032x}");
            let mut items = ids.to_vec();
            arrange(&mut items, &sheet, "理由", |id| (*id).to_owned(), |id| matches!(*id, "none" | "other"));
            json!({"ids": ids, "pinned": ["none", "other"], "sheet": sheet, "of": "理由", "expected": items})
        })
        .collect();
    let rotations: Vec<Json> = (0..200_u32)
        .map(|sheet| {
            let (orders, sheet) = (2 + sheet % 7, format!("{sheet:032x}"));
            json!({"orders": orders, "sheet": sheet, "expected": of_sheet(orders, &sheet)})
        })
        .collect();
    let receipts: Vec<Json> = (0..40)
        .map(|sheet| {
            let (sheet, survey) = (format!("{sheet:032x}"), "a".repeat(sheet));
            let ticket = Ticket::of(&survey, sheet.as_bytes());
            let number: String = ticket.bytes().iter().take(4).map(|byte| format!("{byte:02X}")).collect();
            json!({"survey": survey, "sheet": sheet, "expected": number})
        })
        .collect();
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("judge.json");
    std::fs::write(
        &file,
        json!({"today": today().to_string(), "surveys": all, "orders": orders, "rotations": rotations, "receipts": receipts}).to_string(),
    )
    .expect("a file");
    match Command::new("node").arg(root().join("tests/browser/judge.mjs")).arg(&file).output() {
        Ok(output) => {
            assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        }
        Err(_) => assert!(std::env::var_os("CI").is_none(), "node is not there"),
    }
}

#[test]
fn a_file_cannot_stand_for_an_invitation() {
    let survey = surveys().into_iter().find(|survey| survey.id == "kinds").expect("the survey of kinds");
    let invited = Survey { access: shirube::survey::Access::Invited, ..survey.clone() };
    let file = json!({"format": "shirube-answer", "version": 1, "survey": "kinds", "revision": 1, "sheet": "a".repeat(32), "answers": {}});
    let said = |survey: &Survey| {
        let faults = shirube::exchange::answer_file::read(survey, "a.json", file.to_string().as_bytes(), today()).expect_err("refused");
        faults.into_iter().map(|fault| fault.message.en.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert!(said(&invited).contains("invited"), "{}", said(&invited));
    assert!(!said(&survey).contains("invited"), "an open survey says what is missing instead: {}", said(&survey));
}
