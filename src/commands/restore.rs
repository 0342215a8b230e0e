//! `shirube restore`: brings a backup back. Nothing that is known is lost by it, nothing is overwritten.

use super::console::{Console, Exit, Format};
use super::project::{day, private, store_if_any};
use super::purge::remove_handed_out;
use crate::catalog::Loaded;
use crate::language::{DayTime, Words, count};
use crate::pipeline;
use crate::pipeline::reviewed::bring_back;
use crate::store::{Faults, Outcome, Restored, Wish, restore};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Runs the command. `sure`: also where the backup may be of another store.
///
/// # Errors
///
/// When a copy is not whole or not of this project, the store is open elsewhere, or the disk fails.
pub fn run(root: &Path, copies: &[PathBuf], sure: bool, today: Option<DayTime>, console: &Console) -> anyhow::Result<Exit> {
    // Content with faults is no reason to be without answers
    let mut loaded = pipeline::load(root)?;
    let surveys: BTreeSet<String> = loaded.catalog.surveys.keys().cloned().collect();
    let shown: Vec<_> = pipeline::shown(&root.join("output")).into_iter().flat_map(|site| site.publications).collect();
    let wish = Wish { copies, shown: &shown, surveys: &surveys, sure, today: day(&loaded, today).day };
    let outcome = restore(&private(root), &wish, &Faults::default())?;
    let decisions = if matches!(outcome, Outcome::Unsure { .. }) { 0 } else { reviews(root, copies, &mut loaded, console)? };
    match outcome {
        Outcome::Restored(done) => {
            for survey in &done.purged {
                remove_handed_out(root, survey)?;
            }
            if console.format == Format::Json {
                console.result(&json(&done, decisions));
            } else {
                tell(&done, console);
                told_decisions(decisions, console);
            }
            Ok(Exit::Done)
        }
        Outcome::Nothing => {
            if console.format == Format::Json {
                console.result(&serde_json::json!({"restored": decisions > 0, "decisions": decisions}).to_string());
            } else if decisions > 0 {
                told_decisions(decisions, console);
            } else {
                console.note(&Words::new(
                    "いまの回答に、控えにあるものがすべてあります。何も変えていません。",
                    "Everything in the backup is here already. Nothing was changed.",
                ));
            }
            Ok(Exit::Done)
        }
        Outcome::Unsure { foreign, apart } => {
            console.fault(doubt(foreign, apart).in_language(console.language));
            Ok(Exit::Arguments)
        }
    }
}

/// What was decided of texts comes back once the answers are there.
fn reviews(root: &Path, copies: &[PathBuf], loaded: &mut Loaded, console: &Console) -> anyhow::Result<usize> {
    let Some(store) = store_if_any(root, &mut loaded.catalog)? else { return Ok(0) };
    let (came, faults) = bring_back(&private(root), copies, &loaded.catalog, &*store, &mut loaded.sources)?;
    if !faults.is_empty() {
        console.diagnostics(&faults, &loaded.sources);
    }
    Ok(came)
}

fn told_decisions(decisions: usize, console: &Console) {
    if decisions > 0 {
        let n = count(decisions as u64);
        console.note(&Words::new(
            format!("自由記述を載せるかどうかの判断が、{n} 件戻りました。控えといまとで違うときは、載せないほうにしました。"),
            format!("Decisions on texts are back ({n}). Where the backup and what was here differ, less is shown."),
        ));
    }
}

fn doubt(foreign: bool, apart: u64) -> Words {
    let n = count(apart);
    match (foreign, apart) {
        (true, _) => Words::new(
            "控えは、いまここにある回答とは別に始めた保管場所のものです。同じプロジェクトで、回答を集め直していたのなら、両方を合わせて戻せます。そうするときは --yes を付けます。何も変えていません。",
            "The backup is of a store that was begun apart from the one that is here. Where both are this project’s (collecting was begun anew), both can be united: add --yes. Nothing was changed.",
        ),
        (false, _) => Words::new(
            format!(
                "控えのあとで古い状態に戻り、そこから別々に集めた回答が {n} 人分あります。同じ人が二度答えているかもしれません（だれかは分かりません）。どちらも残して合わせるときは --yes を付けます。何も変えていません。"
            ),
            format!(
                "After this backup the store went back to an older state and collected {n} answers apart. Somebody may have answered twice (nobody can tell who). To keep both, add --yes. Nothing was changed."
            ),
        ),
    }
}

fn json(done: &Restored, decisions: usize) -> String {
    let all = serde_json::json!({
        "restored": true, "answers_before": done.before, "answers": done.now, "set_aside": done.aside, "damaged": done.damaged,
        "without_waiting": done.without_waiting, "purged_again": done.purged, "batches_lost": done.lost, "answers_apart": done.apart,
        "requests": done.nominations, "decisions": decisions,
    });
    format!("{all:#}")
}

fn tell(done: &Restored, console: &Console) {
    let (now, before) = (count(done.now), done.before.map(count));
    console.note(&match before {
        Some(before) => Words::new(
            format!("控えを戻しました。まとまった回答は {before} 人分から {now} 人分になりました。公開した集計・締め切り・消した記録・使われた招待は、両方のものを残しています。"),
            format!("The backup is back: {before} answers in closed batches before, {now} now. What was published, closed, purged or used before stays so, whichever of both knew it."),
        ),
        None => Words::new(
            format!("控えを戻しました。まとまった回答は {now} 人分です。"),
            format!("The backup is back: {now} answers in closed batches."),
        ),
    });
    if done.without_waiting {
        console.note(&Words::new(
            "控えを取ったときにまとまっていなかった回答と、そのあとの回答は戻りません。控えより前に招待で答えた人は「回答済み」のままです。控えよりあとに答えた人は、同じ招待でもう一度答えられます（前の回答は残っていないので、二重にはなりません）。",
            "Answers that waited for their batch when the backup was made, and all that came after it, are not back. Whoever had answered with an invitation by then counts as having answered; whoever answered later can answer again with the same invitation (their former answer is gone, so none is counted twice).",
        ));
    }
    if done.lost > 0 {
        let n = count(done.lost);
        console.note(&Words::new(
            format!("前に公開した集計の元になった回答が、{n} 束分戻っていません。公開した集計の記録は残っているので、これからの集計は、それと比べても少人数が分からないように出します。"),
            format!("{n} batches on which published figures rest are in no copy. What was shown stays in the ledger, so figures to come are held against it: comparing both tells of no small group."),
        ));
    }
    if !done.purged.is_empty() {
        let names = done.purged.join("、");
        console.note(&Words::new(
            format!("保存の期限が過ぎて消したアンケートの回答は、戻さずに消し直しました: {names}"),
            format!("Purged before, and so purged again: {}", done.purged.join(", ")),
        ));
    }
    if done.apart > 0 {
        let n = count(done.apart);
        console.note(&Words::new(
            format!("別々に集めた回答が {n} 人分あります。同じ人が二度答えているかもしれません。"),
            format!("{n} answers were collected apart; somebody may have answered twice."),
        ));
    }
    if done.nominations > 0 {
        let n = count(done.nominations);
        console.note(&Words::new(
            format!("相談の申し込みが {n} 件戻りました。消したものと、期限の過ぎたものは戻りません。"),
            format!("Requests for talks are back ({n}). None that was erased or whose time is over comes back."),
        ));
    }
    let Some(aside) = &done.aside else { return };
    let place = aside.display();
    console.note(&match done.damaged.is_empty() {
        true => Words::new(
            format!("前の回答は {place} に残してあります。要らなくなったら、自分で消してください。"),
            format!("What was here before stands in {place}. Delete it yourself once it is not needed."),
        ),
        false => {
            let files = done.damaged.join("、");
            Words::new(
                format!("壊れたファイル（{files}）は、そのまま {place} に残してあります。まとまる前の回答が読み取れることがあるので、要らなくなったら、自分で消してください。"),
                format!("What is damaged ({}) stands as it was in {place}. Single answers may be readable in it: delete it yourself once it is not needed.", done.damaged.join(", ")),
            )
        }
    });
}
