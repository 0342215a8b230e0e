//! `shirube backup`: a copy of the answers to put aside.

use super::console::{Console, Exit, Format};
use super::project::{day, private, sound, store_if_any};
use crate::language::{DayTime, Words, count};
use crate::pipeline::reviewed::back_up;
use std::path::Path;

/// Runs the command: a new folder below `to`, or below `private/backups/`.
///
/// # Errors
///
/// When the store or the disk fails.
pub fn run(root: &Path, to: Option<&Path>, today: Option<DayTime>, console: &Console) -> anyhow::Result<Exit> {
    let (mut loaded, _) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    let today = day(&loaded, today);
    let Some(store) = store_if_any(root, &mut loaded.catalog)? else {
        console.note(&Words::new("回答はまだないので、控えるものがありません。", "There are no answers yet, so there is nothing to copy."));
        return Ok(Exit::Done);
    };
    let waiting: u64 = store.status()?.surveys.values().map(|own| own.waiting).sum();
    let made = back_up(&private(root), &loaded.catalog, &*store, to, today.day)?;
    if console.format == Format::Json {
        console.result(
            &serde_json::json!({"folder": made.folder, "answers": made.answers, "requests": made.nominations, "bytes": made.bytes})
                .to_string(),
        );
        return Ok(Exit::Done);
    }
    let (n, folder) = (count(made.answers), made.folder.display());
    console.note(&Words::new(
        format!("回答 {n} 人分の控えを {folder} に作りました。このディスクが壊れたときのために、別の媒体にも写しておいてください。"),
        format!("Copied {n} answers to {folder}. Put it on another medium as well, in case this disk fails."),
    ));
    if made.nominations > 0 {
        let n = count(made.nominations);
        console.note(&Words::new(
            format!("相談の申し込み {n} 件も入っています。名前があるので、控えを読める人を、申し込みを読む人に限ってください。"),
            format!("Requests for talks are in it, too ({n}). They bear names: let nobody read the copy who may not read requests."),
        ));
    }
    if waiting > 0 {
        console.note(&Words::new(
            "まだまとまっていない回答は、控えに入りません。あとの控えと比べて、だれの回答か分かるのを防ぐためです。",
            "Answers that wait for their batch are not in it: with a later copy beside it, it could be told whose they are.",
        ));
    }
    Ok(Exit::Done)
}
