use shirube::{catalog, content::Folder, pages::{self, Edition, Material, Theme}, language::*, diagnostic, survey::*};
use std::{collections::BTreeMap, path::Path, fs};
fn main() {
    let (folder, faults) = Folder::read(Path::new("/tmp/wt/content")).unwrap();
    let loaded = catalog::load(&folder);
    println!("{}", diagnostic::to_text(&faults, &loaded.sources, Language::English));
    println!("{}", diagnostic::to_text(&loaded.diagnostics, &loaded.sources, Language::English).lines().rev().take(3).collect::<Vec<_>>().join("\n"));
    let theme = match Theme::embedded() { Ok(t) => t, Err(e) => { println!("{}", diagnostic::to_text(&e, &Default::default(), Language::English)); return } };
    let today = Day::parse("2026-11-22").unwrap();
    let with = std::env::args().nth(1).is_some_and(|a| a == "answers");
    let out = Path::new("/tmp/theme-proto/out").join(if with { "b" } else { "a" });
    let _ = fs::remove_dir_all(&out);
    for site in loaded.catalog.sites.values() {
        let m = Material { catalog: &loaded.catalog, site, theme: &theme, today, updated: None };
        let mut published = BTreeMap::new();
        for (id, survey) in &loaded.catalog.surveys {
            let shape = shirube::statistics::SurveyShape::of(survey, false);
            let mut batches = vec![];
            if with { batches.push(batch(survey)); }
            published.insert(id.clone(), shirube::statistics::publish(&shape, &batches, &shirube::statistics::Ledger::default()));
        }
        let mut all = pages::site::assets(&m).unwrap();
        println!("{}", diagnostic::to_text(&pages::site::check(&loaded.catalog, site), &loaded.sources, Language::English));
        for &language in loaded.catalog.languages() {
            let e = Edition { material: m, language };
            for (spot, _) in pages::site::spots(&loaded.catalog, site) {
                match pages::site::make(&e, &spot, &published) { Ok(a) => all.extend(a), Err(d) => { println!("{spot:?} {}", diagnostic::to_text(&d, &Default::default(), Language::English)); return } }
            }
            for survey in loaded.catalog.surveys.values() {
                let mut raw: Raw = BTreeMap::new();
                raw.insert("vision".into(), vec!["4".into()]);
                let prefix = if language == Language::Japanese { "" } else { "en/" };
                for i in 0..survey.pages.len() {
                    let sheet = pages::form::Sheet { survey, raw: &raw, id: "abc", shown: "", today };
                    for complain in [false, true] {
                        let t = pages::form::page(&e, &sheet, i, complain).unwrap();
                        let p = out.join(format!("{prefix}surveys/form-{i}-{complain}.html")); fs::create_dir_all(p.parent().unwrap()).unwrap(); fs::write(p, t).unwrap();
                    }
                }
                let sheet = pages::form::Sheet { survey, raw: &raw, id: "abc", shown: "", today };
                fs::write(out.join(format!("{prefix}surveys/review.html")), pages::review::page(&e, &sheet).unwrap()).unwrap();
                let d = Day::parse("2026-12-11").unwrap();
                fs::write(out.join(format!("{prefix}surveys/closed.html")), pages::message::closed(&e, survey, d).unwrap().bytes).unwrap();
            }
            let mut d = diagnostic::Diagnostics::new();
            d.push(diagnostic::Diagnostic::error(diagnostic::code::UNKNOWN_KEY, diagnostic::Place::new(&"content/project.yaml".into(), 3, 1, 6), "「pionts」という項目はありません", "unknown key \"pionts\"").hint("points の書き間違いではありませんか", "did you mean \"points\"?"));
            let prefix = if language == Language::Japanese { "" } else { "en/" };
            fs::write(out.join(format!("{prefix}fault.html")), pages::fault::page(&e, &d, &loaded.sources).unwrap()).unwrap();
        }
        for a in all { let p = a.path.below(&out); fs::create_dir_all(p.parent().unwrap()).unwrap(); fs::write(p, a.bytes).unwrap(); }
    }
}
fn batch(survey: &Survey) -> Batch {
    let n = 62; let mut columns: BTreeMap<String, Vec<Answer>> = BTreeMap::new();
    for (vi, v) in survey.variables().into_iter().enumerate() {
        let col = (0..n).map(|i| { let r = (i * 7919 + vi * 104729 + i * i * 31) % 97; match &v.measure {
            Measure::Ordinal(c) | Measure::Nominal(c) => Answer::Given(Value::Choice(c[(r * c.len() / 97).min(c.len() - 1)].code.clone())),
            Measure::Multiple(c) => Answer::Given(Value::Choices(vec![c[r % c.len()].code.clone()])),
            Measure::Number => Answer::Given(Value::Number("3".into())), _ => Answer::Skipped } }).collect();
        if !matches!(v.measure, Measure::Text) { columns.insert(v.id.clone(), col); }
    }
    Batch { survey: survey.id.clone(), revision: survey.revision, number: 1, n: n as u64, columns, texts: BTreeMap::new() }
}
