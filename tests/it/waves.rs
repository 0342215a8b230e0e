//! Surveys that take their content from another one, and what of two waves can be compared.

use crate::loop_project::here;
use shirube::catalog::{Catalog, Loaded, load};
use shirube::content::Folder;
use shirube::diagnostic::{Diagnostics, to_text};
use shirube::language::{Language, Text};
use shirube::survey::waves::{Change, Standing, twins};
use std::collections::BTreeMap;

const SPRING: &str = "wave: {ja: 春, en: Spring}
title: {ja: 職場の声, en: Voices}
lead: x
minutes: 1
mode: anonymous
open: 2026-04-01
close: 2026-04-20
purpose: x
pages:
  - id: only
    questions:
      - {id: mood, kind: scale, text: {ja: 元気です。, en: I am well.}, points: 5, ends: [いいえ, はい]}
      - {id: load, kind: scale, text: 忙しい。, points: 5, ends: [いいえ, はい]}
      - id: way
        kind: single_choice
        text: 通い方
        choices: [{id: tram, text: 電車}, {id: foot, text: 歩き}]
      - {id: hours, kind: number, text: 時間, unit: 時間}
      - {id: why, kind: short_text, text: どうして, show_if: \"mood = 1\", max_length: 20}
      - id: parts
        kind: grid
        text: どのくらい
        points: 5
        ends: [いいえ, はい]
        rows: [{id: one, text: 一}, {id: two, text: 二}]
scales:
  - {id: both, label: 両方, items: [mood, load], reversed: [load]}
  - {id: rows, label: 行, items: [parts_one, parts_two]}
";

/// The surveys of these files, without faults.
fn catalog(files: &[(&str, &str)]) -> Catalog {
    let (mut folder, mut faults) = (Folder::default(), Diagnostics::new());
    let base = here().join("tests/cases/base/content/project.yaml");
    folder.insert("content/project.yaml", std::fs::read(base).expect("a project"), &mut faults);
    let site = "title: x\nlead: x\nnavigation: [{to: surveys}]\nsurveys: [spring]\nhome: {title: x, lead: x}\nfooter: x\n";
    folder.insert("content/sites/small.yaml", site.as_bytes().to_vec(), &mut faults);
    for (id, text) in files {
        folder.insert(&format!("content/surveys/{id}.yaml"), text.as_bytes().to_vec(), &mut faults);
    }
    let Loaded { catalog, diagnostics, sources, .. } = load(&folder);
    assert!(!diagnostics.has_errors(), "{}", to_text(&diagnostics, &sources, Language::English));
    catalog
}

#[test]
fn a_wave_takes_everything_but_what_it_says_and_its_days() {
    let catalog = catalog(&[
        ("spring", SPRING),
        ("autumn", "same_as: spring\nwave: {ja: 秋, en: Autumn}\nopen: 2026-10-01\nclose: 2026-10-20\nk: 7\n"),
        (
            "summer",
            "same_as: spring\nwave: {ja: 夏, en: Summer}\ntitle: {ja: 夏の声, en: Summer voices}\nopen: 2026-07-01\nclose: 2026-07-20\n",
        ),
        ("client", "same_as: spring\ntitle: 別の会社\nopen: 2026-01-01\nclose: 2026-01-20\n"),
    ]);
    let (spring, autumn, summer) = (&catalog.surveys["spring"], &catalog.surveys["autumn"], &catalog.surveys["summer"]);
    assert_eq!((spring.family(), autumn.family()), ("spring", "spring"));
    assert_eq!((autumn.k, spring.k), (7, 5));
    assert_eq!(autumn.pages, spring.pages);
    assert_eq!(autumn.scales, spring.scales);
    assert_ne!(autumn.open, spring.open);
    assert_eq!(spring.title, Text::pair("職場の声（春）", "Voices (Spring)"));
    assert_eq!(autumn.title, Text::pair("職場の声（秋）", "Voices (Autumn)"));
    // What says it already is left alone
    assert_eq!(summer.title, Text::pair("夏の声", "Summer voices"));
    assert!(autumn.place.file.ends_with("autumn.yaml"));
    let names = |id: &str| catalog.waves(&catalog.surveys[id]).iter().map(|wave| wave.id.clone()).collect::<Vec<_>>();
    assert_eq!(names("summer"), ["spring", "summer", "autumn"]);
    assert_eq!(names("client"), ["spring", "summer", "autumn"]);
}

/// How the variables of the spring stand to those of the same survey with changes.
fn standings(changes: &[(&str, &str)]) -> BTreeMap<String, Standing> {
    let mut text = SPRING.replace("2026-04", "2026-10").replace("{ja: 春, en: Spring}", "{ja: 秋, en: Autumn}");
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let catalog = catalog(&[("spring", SPRING), ("autumn", &text)]);
    let all = twins(&catalog.surveys["spring"], &catalog.surveys["autumn"]);
    all.into_iter().map(|twin| (twin.later.or(twin.earlier).expect("a name"), twin.standing)).collect()
}

#[test]
fn what_can_be_compared_between_two_waves() {
    let same = standings(&[]);
    assert_eq!(same.len(), 9);
    assert!(same.values().all(|standing| *standing == Standing::Comparable), "{same:#?}");
    let changed = |change: Change| Standing::Changed([change].into());
    // What differs, and which variables stop being comparable; all others stay
    for (from, to, broken) in [
        (
            "{ja: 元気です。, en: I am well.}",
            "{ja: 元気だ。, en: I am well.}",
            vec![("mood", changed(Change::Wording)), ("both", changed(Change::Items))],
        ),
        ("{ja: 元気です。, en: I am well.}", "元気です。", vec![("mood", changed(Change::Wording)), ("both", changed(Change::Items))]),
        ("{ja: 元気です。, en: I am well.}", "{ja: 元気です。 , en: \" I  am\\n well.\"}", vec![]),
        (
            "text: 忙しい。, points: 5, ends: [いいえ, はい]",
            "text: 忙しい。, points: 5, ends: [いいえ, とても]",
            vec![("load", changed(Change::Points)), ("both", changed(Change::Items))],
        ),
        ("{id: foot, text: 歩き}]", "{id: foot, text: 歩き}, {id: bus, text: バス}]", vec![("way", changed(Change::Choices))]),
        ("[{id: tram, text: 電車}, {id: foot, text: 歩き}]", "[{id: foot, text: 歩き}, {id: tram, text: 電車}]", vec![]),
        ("{id: tram, text: 電車}", "{id: train, was: tram, text: 電車}", vec![]),
        ("unit: 時間", "unit: 分", vec![("hours", changed(Change::Kind))]),
        ("mood = 1", "mood = 2", vec![("why", changed(Change::Asked))]),
        ("kind: number, text: 時間, unit: 時間", "kind: short_text, max_length: 9, text: 時間", vec![("hours", changed(Change::Kind))]),
        ("{id: two, text: 二}", "{id: two, text: 弐}", vec![("parts_two", changed(Change::Wording)), ("rows", changed(Change::Items))]),
        ("items: [mood, load], reversed: [load]", "items: [mood, load]", vec![("both", changed(Change::Computed))]),
        ("id: hours, ", "id: week, was: hours, ", vec![]),
        ("id: hours, ", "id: week, ", vec![("week", Standing::OnlyLater), ("hours", Standing::OnlyEarlier)]),
    ] {
        let mut found = standings(&[(from, to)]);
        for (id, standing) in &broken {
            assert_eq!(found.remove(*id).as_ref(), Some(standing), "{from} → {to}: {id}");
        }
        assert!(found.values().all(|standing| *standing == Standing::Comparable), "{from} → {to}: {found:#?}");
    }
    // Two things at once; a renamed item keeps its scale
    let both = standings(&[
        ("id: load, kind: scale, text: 忙しい。, points: 5", "id: busy, was: load, kind: scale, text: 多い。, points: 7"),
        ("[mood, load], reversed: [load]", "[mood], method: sum"),
    ]);
    assert_eq!(both["busy"], Standing::Changed([Change::Wording, Change::Points].into()));
    assert_eq!(both["both"], changed(Change::Computed));
    let renamed =
        standings(&[("id: load, kind", "id: busy, was: load, kind"), ("[mood, load], reversed: [load]", "[mood, busy], reversed: [busy]")]);
    assert_eq!((&renamed["busy"], &renamed["both"]), (&Standing::Comparable, &Standing::Comparable));
}
