//! `shirube purge`: deletes answers whose time is up; the figures that were published stay.

use super::console::{Console, Exit, Format};
use super::project::{day, knows_what_was_shown, private, sound, store_if_any};
use super::requests::{self, Requests};
use crate::language::{Day, DayTime, Language, Words, count};
use crate::pipeline::reviewed::review_file;
use crate::pipeline::{self, Term};
use crate::store::{Purge, Store};
use anyhow::Context;
use std::path::Path;

/// What is asked of the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// To say what would be deleted.
    Look,
    /// To delete it.
    Delete,
    /// Neither was said.
    Unsure,
}

/// Runs the command.
///
/// # Errors
///
/// When the disk or the store fails.
pub fn run(root: &Path, wish: Wish, today: Option<DayTime>, console: &Console) -> anyhow::Result<Exit> {
    let (mut loaded, _) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    let today = day(&loaded, today);
    let Some(store) = store_if_any(root, &mut loaded.catalog)? else {
        console.note(&Words::new("回答はまだありません。", "There are no answers yet."));
        return Ok(Exit::Done);
    };
    if let Some(exit) = knows_what_was_shown(root, Some(&*store), &mut loaded, console)? {
        return Ok(exit);
    }
    let terms = pipeline::terms_of_keeping(&loaded.catalog, &*store, today)?;
    let due: Vec<&Term> = terms.iter().filter(|term| term.due).collect();
    let mut done = Vec::new();
    if wish == Wish::Delete {
        for term in &due {
            let Some(survey) = loaded.catalog.surveys.get(&term.survey) else { continue };
            done.push(pipeline::purge(&loaded.catalog, &*store, survey, today)?.survey);
            remove_handed_out(root, &term.survey)?;
        }
    }
    let requests = requests::requests(&loaded.catalog, &*store, today.day)?;
    if wish == Wish::Delete {
        // In copies that can be written, too
        store.purge_nominations(today.day)?;
    }
    let wiped = wish != Wish::Delete || store.wipe()?;
    if console.format == Format::Json {
        console.result(&json(&due, &done, &*store, requests.as_ref())?);
    } else {
        tell(&terms, wish, &*store, console)?;
        if let Some(requests) = &requests {
            tell_requests(requests, wish, console);
        }
        for survey in pipeline::without_term(&loaded.catalog, &*store)? {
            console.note(&Words::new(
                format!("{survey}: 終わる日が決まっていないので、いつまでも残ります。終わったら「shirube close {survey}」とします。"),
                format!("{survey}: has no day on which it ends, so nothing is ever deleted. When it is over: shirube close {survey}"),
            ));
        }
    }
    if !wiped {
        console.fault(
            Words::new(
                "回答は消しましたが、ほかのプログラムがファイルを使っているため、消した跡がディスクに残っています。serve を止めて、もう一度「shirube purge --yes」を実行してください。",
                "The answers are deleted, but another program holds the files, so traces of them are still on the disk. Stop “serve” and run “shirube purge --yes” again.",
            )
            .in_language(console.language),
        );
        return Ok(Exit::World);
    }
    let over = requests.is_some_and(|requests| requests.over > 0);
    Ok(if wish == Wish::Unsure && (over || !due.is_empty()) { Exit::Arguments } else { Exit::Done })
}

/// Names, addresses and codes of the people who were invited, letters made of them, and results made for each of them.
pub(super) fn remove_handed_out(root: &Path, survey: &str) -> anyhow::Result<()> {
    for room in ["links", "mail", "personal"] {
        let folder = private(root).join(room).join(survey);
        if folder.is_dir() {
            std::fs::remove_dir_all(&folder)
                .with_context(|| Words::new(format!("{} を消せません", folder.display()), format!("cannot delete {}", folder.display())))?;
        }
    }
    // What was decided of its texts holds their words
    let file = review_file(&private(root), survey);
    if file.is_file() {
        std::fs::remove_file(&file)
            .with_context(|| Words::new(format!("{} を消せません", file.display()), format!("cannot delete {}", file.display())))?;
    }
    Ok(())
}

fn tell(terms: &[Term], wish: Wish, store: &dyn Store, console: &Console) -> anyhow::Result<()> {
    for Term { survey, last, due } in terms {
        console.note(&match (due, wish) {
            (true, Wish::Delete) => continue,
            (true, _) => Words::new(
                format!("{survey}: 保存の期限（{last}）が過ぎています。回答・自由記述・招待を消し、公開した集計は残します。"),
                format!("{survey}: kept until {last}, which is over. Answers, texts and invitations would go; published figures stay."),
            ),
            (false, _) => Words::new(format!("{survey}: {last} まで保存します。"), format!("{survey}: kept until {last}.")),
        });
    }
    for Purge { survey, day, answers, invitations, .. } in store.purges()? {
        let (answers, invitations) = (count(answers), count(invitations));
        console.note(&Words::new(
            format!("{survey}: {day} に消しました（回答 {answers} 件以上、招待 {invitations} 件以上）。公開した集計は残っています。"),
            format!("{survey}: deleted on {day} (at least {answers} answers, {invitations} invitations). Published figures are kept."),
        ));
    }
    if terms.iter().any(|term| term.due) {
        console.note(&match wish {
            Wish::Delete => Words::new(
                "前に作った控えや書き出したファイルは、消していません。要らないものは、自分で消してください。",
                "Copies and exports made earlier are not touched; delete those yourself.",
            ),
            _ => Words::new("消すときは「shirube purge --yes」とします。", "To delete: shirube purge --yes"),
        });
    }
    Ok(())
}

/// What is over, or until when they are kept.
fn tell_requests(requests: &Requests, wish: Wish, console: &Console) {
    let n = count(requests.over);
    console.note(&match (requests.over, wish) {
        (0, _) => return console.note(&Words::new(requests.line(Language::Japanese), requests.line(Language::English))),
        (_, Wish::Delete) => Words::new(
            format!("期限の過ぎた相談の申し込みを {n} 件消しました。このコンピューターの控えからも消しました。"),
            format!("Deleted requests for talks whose time was over ({n}), in the backups on this computer too."),
        ),
        _ => Words::new(
            format!("期限の過ぎた相談の申し込みが {n} 件あります。消すときは「shirube purge --yes」とします。"),
            format!("Requests for talks whose time is over: {n}. To delete: shirube purge --yes"),
        ),
    });
}

fn json(due: &[&Term], done: &[String], store: &dyn Store, requests: Option<&Requests>) -> anyhow::Result<String> {
    let day = |day: Day| day.to_string();
    let waiting: Vec<_> = due.iter().filter(|term| !done.contains(&term.survey)).collect();
    let mut all = serde_json::json!({
        "due": waiting.iter().map(|term| serde_json::json!({"survey": term.survey, "kept_until": day(term.last)})).collect::<Vec<_>>(),
        "purged": store.purges()?.iter().map(|purge| serde_json::json!({
            "survey": purge.survey, "day": day(purge.day), "answers_at_least": purge.answers,
            "invitations_at_least": purge.invitations, "wiped": purge.wiped,
        })).collect::<Vec<_>>(),
    });
    if let Some(requests) = requests {
        all["requests"] = requests.to_json()["requests"].clone();
    }
    Ok(format!("{all:#}"))
}
