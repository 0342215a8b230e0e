//! `shirube doctor`: whether this project and this machine are fit for collecting answers. Changes nothing.

use super::console::{Console, Exit, Format};
use super::project::{day, private, risks, store_if_any};
use super::requests;
use crate::catalog::Catalog;
use crate::language::{DayTime, Language, Today, Words, count};
use crate::pipeline;
use crate::store::{Status, Store};
use std::path::Path;

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Fit,
    Attention,
    Unfit,
}

impl Verdict {
    fn words(self) -> Words {
        match self {
            Verdict::Fit => Words::new("正常", "fit"),
            Verdict::Attention => Words::new("注意", "attention"),
            Verdict::Unfit => Words::new("問題", "unfit"),
        }
    }

    fn code(self) -> &'static str {
        match self {
            Verdict::Fit => "fit",
            Verdict::Attention => "attention",
            Verdict::Unfit => "unfit",
        }
    }
}

/// What was looked at and what came of it.
struct Finding {
    check: &'static str,
    verdict: Verdict,
    words: Words,
}

/// Runs the command: prints a line a check, worst news included, and ends with 3 where answers should not be collected here.
///
/// # Errors
///
/// When the project cannot be read at all.
pub fn run(root: &Path, today: Option<DayTime>, console: &Console) -> anyhow::Result<Exit> {
    let mut loaded = pipeline::load(root)?;
    pipeline::read_themes(root, &mut loaded)?;
    let today = day(&loaded, today);
    let mut findings = vec![version(), content(loaded.diagnostics.errors(), loaded.diagnostics.warnings()), clock(&loaded.catalog, today)];
    findings.extend(location(root));
    match answers(root, &mut loaded.catalog, today, console) {
        Ok((about, status)) => {
            findings.extend(about);
            findings.extend(surveys(&loaded.catalog, &status, today));
        }
        Err(error) => {
            let told = console.told(&error);
            findings.push(Finding { check: "answers", verdict: Verdict::Unfit, words: Words::new(told.clone(), told) });
        }
    }
    let worst = findings.iter().map(|finding| finding.verdict).max().unwrap_or(Verdict::Fit);
    print(&findings, worst, console);
    Ok(if worst == Verdict::Unfit { Exit::World } else { Exit::Done })
}

fn print(findings: &[Finding], worst: Verdict, console: &Console) {
    if console.format == Format::Json {
        let row = |finding: &Finding| {
            let text = finding.words.in_language(console.language);
            serde_json::json!({"check": finding.check, "verdict": finding.verdict.code(), "text": text})
        };
        console.result(&serde_json::json!({"verdict": worst.code(), "checks": findings.iter().map(row).collect::<Vec<_>>()}).to_string());
        return;
    }
    for finding in findings {
        let verdict = finding.verdict.words();
        console.result(&format!("{}  {}", verdict.in_language(console.language), finding.words.in_language(console.language)));
    }
}

fn version() -> Finding {
    let version = env!("CARGO_PKG_VERSION");
    let words = Words::new(format!("shirube {version}。外とは通信しません。"), format!("shirube {version}; it calls nobody."));
    Finding { check: "version", verdict: Verdict::Fit, words }
}

fn content(errors: usize, warnings: usize) -> Finding {
    let (verdict, words) = match (errors, warnings) {
        (0, 0) => (Verdict::Fit, Words::new("内容に誤りはありません。", "The content has no faults.")),
        (0, warnings) => (
            Verdict::Attention,
            Words::new(
                format!("内容に警告が {warnings} 件あります。shirube check で確かめてください。"),
                format!("The content has warnings ({warnings}). See shirube check."),
            ),
        ),
        (errors, _) => (
            Verdict::Unfit,
            Words::new(
                format!("内容に誤りが {errors} 件あり、サイトを作れません。shirube check で確かめてください。"),
                format!("The content has errors ({errors}), so no site can be built. See shirube check."),
            ),
        ),
    };
    Finding { check: "content", verdict, words }
}

/// A wrong clock opens and closes surveys on the wrong day; only a person can tell.
fn clock(catalog: &Catalog, today: Today) -> Finding {
    let zone = &catalog.project.time_zone;
    let words = Words::new(
        format!("今日は {} です（{zone}）。違うときは、このコンピューターの時計を直してください。", today.day),
        format!("Today is {} ({zone}). If that is wrong, set this computer’s clock.", today.day),
    );
    Finding { check: "clock", verdict: Verdict::Fit, words }
}

fn location(root: &Path) -> Vec<Finding> {
    let risks = risks(root);
    let finding = |verdict, words| Finding { check: "location", verdict, words };
    if risks.is_empty() {
        let place = private(root);
        let words = Words::new(
            format!("回答は {} に置かれます。自動でコピーされる場所ではありません。", place.display()),
            format!("Answers are kept in {}, which is no place that is copied elsewhere by itself.", place.display()),
        );
        return vec![finding(Verdict::Fit, words)];
    }
    risks.iter().map(|risk| finding(Verdict::Unfit, risk.words())).collect()
}

/// Opening the store checks both files as a whole.
fn answers(root: &Path, catalog: &mut Catalog, today: Today, console: &Console) -> anyhow::Result<(Vec<Finding>, Status)> {
    let Some(store) = store_if_any(root, catalog)? else {
        let words = Words::new("回答はまだありません。", "There are no answers yet.");
        return Ok((vec![Finding { check: "answers", verdict: Verdict::Fit, words }], Status::default()));
    };
    let status = store.status()?;
    let unwiped: u32 = status.surveys.values().map(|survey| survey.unwiped).sum();
    let kib = count(status.bytes.div_ceil(1_024));
    let (verdict, words) = if unwiped == 0 {
        let words =
            Words::new(format!("回答のファイルは壊れていません（{kib} KB）。"), format!("The files of answers are sound ({kib} KB)."));
        (Verdict::Fit, words)
    } else {
        let words = Words::new(
            "まとめの途中で止まった回答があります。ほかのプログラムが回答のファイルを開いているなら、閉じてください。",
            "Closing a batch was interrupted. If another program has the files of answers open, close it.",
        );
        (Verdict::Attention, words)
    };
    let overdue = pipeline::terms_of_keeping(catalog, &*store, today)?.into_iter().filter(|term| term.due).map(|term| Finding {
        check: "retention",
        verdict: Verdict::Attention,
        words: Words::new(
            format!("アンケート「{}」の保存の期限（{}）が過ぎています。shirube purge で回答を消します。", term.survey, term.last),
            format!("Answers to “{}” were to be kept until {}. shirube purge deletes them.", term.survey, term.last),
        ),
    });
    let mut findings: Vec<Finding> = std::iter::once(Finding { check: "answers", verdict, words }).chain(overdue).collect();
    findings.extend(requests(catalog, &*store, today, console)?);
    Ok((findings, status))
}

/// Reading them all shows whether their file is sound.
fn requests(catalog: &Catalog, store: &dyn Store, today: Today, console: &Console) -> anyhow::Result<Option<Finding>> {
    let finding = |verdict, words| Some(Finding { check: "requests", verdict, words });
    match requests::requests(catalog, store, today.day) {
        Ok(None) => Ok(None),
        Ok(Some(requests)) if requests.over > 0 => Ok(finding(
            Verdict::Attention,
            Words::new(
                format!("期限の過ぎた相談の申し込みが {} 件残っています。shirube purge --yes で消します。", count(requests.over)),
                format!(
                    "Requests for talks whose time is over are still here ({}). shirube purge --yes deletes them.",
                    count(requests.over)
                ),
            ),
        )),
        Ok(Some(requests)) => {
            let line = |language| format!("{}{}", requests.line(language), if language == Language::Japanese { "。" } else { "." });
            Ok(finding(Verdict::Fit, Words::new(line(Language::Japanese), line(Language::English))))
        }
        Err(error) => {
            let told = console.told(&error);
            Ok(finding(Verdict::Unfit, Words::new(told.clone(), told)))
        }
    }
}

/// Surveys that are closed although answers still wait: a remainder below k is never shown.
fn surveys(catalog: &Catalog, status: &Status, today: Today) -> Vec<Finding> {
    let closed = catalog.surveys.values().filter(|survey| survey.is_over(today));
    let waiting = closed.filter(|survey| status.surveys.get(&survey.id).is_some_and(|own| own.waiting > 0));
    waiting
        .map(|survey| Finding {
            check: "survey",
            verdict: Verdict::Attention,
            words: Words::new(
                format!("アンケート「{}」は終わっていますが、まだまとめていない回答があります。shirube build でまとめます。{} 人に満たない残りは、報告に出ません。", survey.id, survey.k),
                format!("The survey “{}” has ended while answers still wait. shirube build closes their batch; a remainder below {} is never shown.", survey.id, survey.k),
            ),
        })
        .collect()
}
