//! The surveys that interchange is tried on: those of the repository, and some of every construct.

use crate::loop_project::here;
use shirube::content::yaml;
use shirube::diagnostic::{Diagnostics, Sources, to_text};
use shirube::exchange::tree;
use shirube::language::Language;
use shirube::survey::{Survey, read};
use std::path::PathBuf;

/// Every survey that the repository has; a wave has no questions of its own, those it takes are tried where they stand.
pub(crate) fn surveys() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for folder in [
        "content/surveys",
        "tests/sites/small/content/surveys",
        "tests/cases/base/content/surveys",
        "tests/kinds/content/surveys",
        "tests/terms",
    ] {
        let Ok(entries) = std::fs::read_dir(here().join(folder)) else { continue };
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "yaml")) {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(path).expect("a survey");
            if !text.lines().any(|line| line.starts_with("same_as:")) {
                all.push((name, text));
            }
        }
    }
    all
}

pub(crate) fn parsed(name: &str, text: &str) -> (serde_json::Value, Survey) {
    let mut diagnostics = Diagnostics::new();
    let file = format!("{name}.yaml").into();
    let node = yaml::parse(&file, text, 1, &mut diagnostics).expect("YAML");
    let survey = read::read(name, &node, &Language::ALL, &mut diagnostics);
    let mut sources = Sources::default();
    sources.insert(file, text.into());
    assert!(!diagnostics.has_errors(), "{name}: {}", to_text(&diagnostics, &sources, Language::English));
    (tree::normal(tree::tree(&node)), survey)
}

/// Surveys of every construct: each kind of question with each need, conditions of every operator, scales, random order, piping.
pub(crate) fn written_here() -> Vec<(String, String)> {
    const HEAD: &str = "title: {ja: 題, en: Title}\nlead: {ja: はじめに, en: To begin}\nminutes: 3\nmode: anonymous\npurpose: {ja: 目的, en: Purpose}\npages:\n  - id: first\n    title: {ja: 一, en: One}\n    lead: {ja: 読む, en: Read}\n    questions:\n";
    let questions = [
        (
            "way",
            "kind: single_choice\n        choices: [{id: train, text: {ja: 電車, en: Train}}, {id: foot, text: {ja: 歩き, en: Foot}}]\n        other: {ja: ほか, en: Other}",
        ),
        (
            "few",
            "kind: multiple_choice\n        order: random\n        at_most: 2\n        choices:\n          - {id: a, text: A}\n          - {id: b, text: {ja: い, en: B}}\n          - {id: none, text: {ja: なし, en: None}, exclusive: true, pin: true}",
        ),
        ("mood", "kind: scale\n        points: 5\n        ends: [{ja: わるい, en: Bad}, {ja: よい, en: Good}]\n        favourable: low"),
        ("full", "kind: scale\n        points: 3\n        labels: [{ja: 低, en: Low}, {ja: 中, en: Mid}, {ja: 高, en: High}]"),
        (
            "rooms",
            "kind: grid\n        points: 5\n        ends: [{ja: わるい, en: Bad}, {ja: よい, en: Good}]\n        rows: [{id: big, text: {ja: 大, en: Big}}, {id: small, text: {ja: 小, en: Small}}]",
        ),
        ("age", "kind: number\n        minimum: 0\n        maximum: 120\n        unit: {ja: 歳, en: years}"),
        ("rate", "kind: number\n        decimals: 2"),
        ("word", "kind: short_text\n        max_length: 40"),
        ("more", "kind: long_text"),
        ("since", "kind: date\n        earliest: 1990-01-01\n        latest: 2030-12-31"),
        (
            "town",
            "kind: dropdown\n        order: random\n        choices: [{id: t1, text: {ja: 町, en: Town}}, {id: t2, text: {ja: 村, en: Village}}]\n        other: {ja: ほか, en: Other}",
        ),
        ("talked", "kind: yes_no\n        yes: {ja: 話した, en: Talked}"),
        ("agreed", "kind: yes_no"),
        (
            "learnt",
            "kind: multiple_grid\n        at_most: 2\n        choices: [{id: job, text: {ja: 仕事, en: Job}}, {id: never, text: {ja: なし, en: Never}, exclusive: true}]\n        rows: [{id: plan, text: {ja: 計画, en: Plan}, pin: true}, {id: hear, text: {ja: 聞く, en: Listen}}]",
        ),
        ("tell", "kind: recommendation"),
        ("tells", "kind: recommendation\n        ends: [{ja: いや, en: No}, {ja: はい, en: Yes}]"),
        (
            "force",
            "kind: slider\n        minimum: 0\n        maximum: 10\n        step: 0.5\n        unit: \"%\"\n        ends: [{ja: 弱, en: Weak}, {ja: 強, en: Strong}]",
        ),
        (
            "order",
            "kind: ranking\n        top: 2\n        order: random\n        items: [{id: u, text: {ja: う, en: U}}, {id: v, text: {ja: ぶ, en: V}}, {id: w, text: {ja: わ, en: W}}]",
        ),
        (
            "piles",
            "kind: card_sort\n        cards: [{id: c1, text: {ja: 一, en: One}}, {id: c2, text: {ja: 二, en: Two}}]\n        piles: [{id: much, text: {ja: 多, en: Much}}, {id: less, text: {ja: 少, en: Less}}]",
        ),
        (
            "share",
            "kind: allocation\n        total: 10\n        order: random\n        items: [{id: x, text: {ja: 甲, en: X}}, {id: y, text: {ja: 乙, en: Y}}, {id: z, text: {ja: 丙, en: Z}}]",
        ),
        (
            "rather",
            "kind: paired_comparison\n        items: [{id: pay, text: {ja: 給料, en: Pay}}, {id: free, text: {ja: 自由, en: Freedom}}, {id: learn, text: {ja: 技能, en: Skill}}]",
        ),
        (
            "jobs",
            "kind: table\n        at_most: 3\n        columns:\n          - {id: name, kind: short_text, text: {ja: 仕事, en: Job}, need: required, max_length: 60}\n          - {id: years, kind: number, text: {ja: 年, en: Years}, minimum: 0, maximum: 60, decimals: 1}\n          - {id: again, kind: yes_no, text: {ja: また, en: Again}}\n          - {id: kind, kind: dropdown, text: {ja: 種, en: Kind}, choices: [{id: k1, text: {ja: 甲, en: K1}}, {id: k2, text: {ja: 乙, en: K2}}]}\n          - {id: from, kind: date, text: {ja: から, en: From}}",
        ),
    ];
    let conditions = [
        "way = 'train'",
        "way != 'train'",
        "few contains 'a'",
        "not few contains 'a'",
        "mood >= 4",
        "mood != 3 and age < 30",
        "mood + 1 > age / 2",
        "answered(word)",
        "not answered(word) or age = 3",
        "count(mood, full, age) >= 2",
        "sum(mood, full) > 3",
        "mean(mood, rooms_big) <= 2.5",
        "since < '2020-01-01'",
        "since <= today",
        "score(joy) >= 3",
        "mood = full",
        "-age < 3",
        "way = 'other' and (mood > 2 or full > 1)",
        "word != 'it'",
        "score(joy) != 4",
        "order_u = 1",
        "order_v != 2 or order_w > 1",
        "share_x >= 5",
        "share_x + share_y != share_z",
        "piles_c1 = 'much' and rather_pay_free != 'pay'",
        "learnt_plan contains 'job'",
        "jobs_1_years > 2",
        "sum(jobs_1_years, jobs_2_years, jobs_3_years) > 10",
        "jobs_2_again = 'yes' or jobs_1_from < today",
        "talked != 'no'",
        "force >= 2.5 and tell != 10",
        "mean(tell, tells) / 2 > count(share_x, order_u)",
        "word = \"it's\"",
        "town != 't1' or town_other = 'x'",
        "twice != 4 or twice < 2",
    ];

    let needs = ["required", "optional", "declinable"];
    conditions
        .iter()
        .enumerate()
        .map(|(number, condition)| {
            let mut text = HEAD.to_owned();
            for (at, (id, kind)) in questions.iter().enumerate() {
                let need = if kind.starts_with("kind: note") { "optional" } else { needs[(at + number) % 3] };
                text += &format!("      - id: {id}\n        text: {{ja: 「{id}」は？, en: \"What, {id}: 'it'?\"}}\n        need: {need}\n        {kind}\n");
            }
            text += "      - id: rest\n        kind: note\n        text: {ja: \"**説明**\", en: \"**A note**\"}\n      - id: twice\n        kind: calculated\n        text: {ja: 二倍, en: Twice}\n        value: age * 2 + mean(mood, full)\n        decimals: 1\n        unit: {ja: 歳, en: years}\n        show: true\n";
            text += &format!(
                "  - id: second\n    show_if: {}\n    order: random\n    questions:\n      - id: why\n        kind: short_text\n        text: {{ja: \"{{{{word | それ}}}}はなぜ？\", en: \"Why {{{{word | that}}}}?\"}}\n        hint: {{ja: ヒント, en: Hint}}\n        sensitive: true\nscales:\n  - id: joy\n    label: {{ja: 喜び, en: Joy}}\n    items: [mood, rooms_big, rooms_small]\n    reversed: [mood]\n    min_answered: 2\n",
                shirube::content::yaml_text::quoted(condition)
            );
            (format!("form-{number}"), text)
        })
        .collect()
}

pub(crate) fn all() -> Vec<(String, String)> {
    surveys().into_iter().chain(written_here()).collect()
}

/// Two texts are the same; the first line that differs is shown, not both of them.
pub(crate) fn same(name: &str, back: &str, own: &str) {
    let lines = back.lines().map(Some).chain(std::iter::repeat(None)).zip(own.lines().map(Some).chain(std::iter::repeat(None)));
    for (at, (one, other)) in lines.take(back.lines().count().max(own.lines().count())).enumerate() {
        assert_eq!(one, other, "{name}, line {}", at + 1);
    }
}

/// A page that asks a question of every kind, and what stands behind the pages.
pub(crate) fn first_page() -> (String, String) {
    let text = written_here().swap_remove(0).1;
    let (page, rest) = text.split_once("  - id: second").expect("a second page");
    let tail = rest.find("scales:").map_or("", |at| &rest[at..]);
    (page.to_owned(), tail.to_owned())
}
