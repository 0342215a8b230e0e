//! `shirube close`: ends a survey by hand, or takes answers again.

use super::console::{Console, Exit};
use super::project::{day, private, sound, survey};
use crate::language::{DayTime, Words};
use crate::pipeline::{Reopening, apply_closings, may_reopen};
use crate::store;
use std::path::Path;

/// Runs the command. A server that runs beside it refuses answers at once and shows the page that says so within half a minute.
///
/// # Errors
///
/// When the store fails.
pub fn run(root: &Path, id: &str, reopen: bool, today: Option<DayTime>, console: &Console) -> anyhow::Result<Exit> {
    let (mut loaded, _) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    if let Err(exit) = survey(&loaded, id, console) {
        return Ok(exit);
    }
    let today = day(&loaded, today);
    let store = store::open(&private(root))?;
    apply_closings(&mut loaded.catalog, &*store)?;
    let Ok(survey) = survey(&loaded, id, console) else { return Ok(Exit::Arguments) };
    if !reopen {
        store.close_survey(id, today.day)?;
        console.note(&Words::new(
            format!("アンケート「{id}」の受付を終えました。次に作るサイトから、その旨のページに変わります。"),
            format!("Closed the survey “{id}”. The next build shows the page that says so."),
        ));
        return Ok(Exit::Done);
    }
    if survey.closed.is_none() {
        console.note(&Words::new(
            format!("アンケート「{id}」は、手で閉じてはいません。受付の期間は、アンケートのファイルで決まっています。"),
            format!("The survey “{id}” was not closed by hand. Its days stand in its file."),
        ));
        return Ok(Exit::Done);
    }
    if may_reopen(survey, &*store)? == Reopening::Final {
        console.fault(
            Words::new(
                format!("アンケート「{id}」は、締め切ったあとの集計や回答の行が、もう見られる状態です。いま再開すると、前後の差から一人ひとりの回答が分かるおそれがあるため、再開できません。新しいアンケートを作ってください。"),
                format!("The figures of “{id}” were published at its close, or its rows could leave. Answers taken now could be worked out by comparing both, so it stays closed. Make a new survey."),
            )
            .in_language(console.language),
        );
        return Ok(Exit::Arguments);
    }
    store.reopen_survey(id)?;
    console.note(&Words::new(format!("アンケート「{id}」を再開しました。"), format!("Reopened the survey “{id}”.")));
    Ok(Exit::Done)
}
