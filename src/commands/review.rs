//! `shirube review`: the texts of a survey in a file where people decide what may be quoted.

use super::console::{Console, Exit, Format};
use super::project::{day, knows_what_was_shown, private, sound, store_if_any, survey};
use crate::diagnostic::Place;
use crate::language::{DayTime, Words};
use crate::pipeline;
use crate::pipeline::reviewed::{Standing, add_new, hear, read, review_file, standing, write};
use crate::survey::review::{Verdict, Written};
use crate::survey::telltale::Telltale;
use std::collections::BTreeMap;
use std::path::Path;

/// Runs the command: adds what is new to the file, says how the texts stand and which want a second look.
///
/// # Errors
///
/// When the store or the disk fails.
pub fn run(root: &Path, id: &str, today: Option<DayTime>, console: &Console) -> anyhow::Result<Exit> {
    let (mut loaded, _) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    if let Err(exit) = survey(&loaded, id, console) {
        return Ok(exit);
    }
    let today = day(&loaded, today);
    let Some(store) = store_if_any(root, &mut loaded.catalog)? else {
        console.note(&Words::new("回答はまだありません。", "There are no answers yet."));
        return Ok(Exit::Done);
    };
    if let Some(exit) = knows_what_was_shown(root, Some(&*store), &mut loaded, console)? {
        return Ok(exit);
    }
    let mut answers = pipeline::collect(&loaded.catalog, &*store, today)?;
    let faults = hear(&private(root), &loaded.catalog, Some(&*store), &mut answers, &mut loaded.sources)?;
    if !faults.is_empty() {
        console.diagnostics(&faults, &loaded.sources);
        if faults.has_errors() {
            return Ok(Exit::Content);
        }
    }
    let Ok(survey) = survey(&loaded, id, console) else { return Ok(Exit::Arguments) };
    let private = private(root);
    let mut review = read(&private, &loaded.catalog, survey)?.read.review;
    let none = BTreeMap::new();
    let added = add_new(survey, &mut review, answers.published.get(id).map_or(&none, |published| &published.texts));
    if review.decisions.is_empty() {
        console.note(&Words::new(
            "点検できる自由記述はまだありません。人数がそろったまとまりになってから出ます。",
            "There are no texts to review yet. They come once enough people have written.",
        ));
        return Ok(Exit::Done);
    }
    write(&private, survey, &review)?;
    let standing = standing(&private, survey, &review, added);
    let file = review_file(&private, id);
    if console.format == Format::Json {
        let attention: Vec<_> = standing
            .attention
            .iter()
            .map(|(one, found)| {
                let key = crate::survey::review::key(id, &one.question, &one.text);
                serde_json::json!({"key": key, "question": one.question, "found": found.iter().map(|one| one.word()).collect::<Vec<_>>()})
            })
            .collect();
        let all = serde_json::json!({
            "survey": id, "file": file, "added": standing.added, "states": standing.verdicts, "attention": attention,
        });
        console.result(&format!("{all:#}"));
        return Ok(Exit::Done);
    }
    let places = read(&private, &loaded.catalog, survey)?.read.places;
    tell(&standing, &places, &file, console);
    Ok(Exit::Done)
}

fn tell(standing: &Standing, places: &BTreeMap<Written, Place>, file: &Path, console: &Console) {
    let of = |verdict: Verdict| standing.verdicts.get(verdict.word()).copied().unwrap_or(0);
    let (new, approved, redacted, left) = (of(Verdict::New), of(Verdict::Approved), of(Verdict::Redacted), of(Verdict::LeftOut));
    let file = file.display();
    console.note(&Words::new(
        format!(
            "{file}: 新しく {} 件を足しました。まだ決めていないもの {new}、そのまま載せる {approved}、置き換えて載せる {redacted}、載せない {left}。",
            standing.added
        ),
        format!("{file}: {} added; to decide {new}, shown as written {approved}, with words replaced {redacted}, left out {left}.", standing.added),
    ));
    if !standing.attention.is_empty() {
        console.note(&Words::new(
            format!("まだ決めていないもののうち {} 件は、だれのことか分かるかもしれません。", standing.attention.len()),
            format!("{} of those to decide may tell who is meant:", standing.attention.len()),
        ));
    }
    for (one, found) in &standing.attention {
        let (ja, en): (Vec<&str>, Vec<&str>) = found.iter().map(|one| words(*one)).unzip();
        // The terminal keeps what it shows; the words stand in the file
        let place = places.get(one).map(ToString::to_string).unwrap_or_default();
        console.note(&Words::new(
            format!("  {place} {}（{}）", one.question, ja.join("・")),
            format!("  {place} {} ({})", one.question, en.join(", ")),
        ));
    }
}

fn words(one: Telltale) -> (&'static str, &'static str) {
    match one {
        Telltale::Address => ("アドレスらしいもの", "an address"),
        Telltale::Phone => ("電話番号らしいもの", "a phone number"),
        Telltale::Number => ("番号らしいもの", "a number"),
        Telltale::Name => ("名前らしいもの", "a name"),
    }
}
