//! `shirube sample`: invents the answers of a plan, for surveys that are samples.

use super::console::{Console, Exit, Format};
use super::project::sound;
use crate::diagnostic::Diagnostics;
use crate::exchange::responses_csv::utf8;
use crate::exchange::sample::{self, Expected, Question, Truth};
use crate::language::Words;
use anyhow::Context;
use serde_json::{Value, json};
use std::path::Path;

/// Writes a table for each survey of the plan into a folder (`private/` of the project, unless another is named), and tells what was
/// planted.
///
/// # Errors
///
/// When the plan cannot be read or a table cannot be written.
pub fn run(root: &Path, file: &Path, to: Option<&Path>, force: bool, console: &Console) -> anyhow::Result<Exit> {
    let (loaded, _) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    let bytes = std::fs::read(file)
        .with_context(|| Words::new(format!("{} を読めません", file.display()), format!("cannot read {}", file.display())))?;
    let (surveys, languages) = (&loaded.catalog.surveys, loaded.catalog.languages());
    let (mut diagnostics, mut sources) = (Diagnostics::new(), loaded.sources.clone());
    let plan = sample::read(surveys, languages, &file.display().to_string(), &bytes, &mut diagnostics, &mut sources);
    let invented = plan.as_ref().map(|plan| sample::invent(plan, surveys, &mut diagnostics)).unwrap_or_default();
    let Some(plan) = plan.filter(|_| !diagnostics.has_errors()) else {
        console.diagnostics(&diagnostics, &sources);
        return Ok(Exit::Content);
    };
    let folder = to.map_or_else(|| root.join("private"), Path::to_path_buf);
    let tables: Vec<_> = invented.iter().map(|one| (one, folder.join(format!("{}.sample.csv", one.survey)))).collect();
    if let Some((_, there)) = tables.iter().find(|(_, path)| !force && path.exists()) {
        anyhow::bail!(Words::new(
            format!("{} がすでにあります。上書きするなら --force を付けてください", there.display()),
            format!("{} exists already; to replace it, add --force", there.display()),
        ));
    }
    std::fs::create_dir_all(&folder)
        .with_context(|| Words::new(format!("{} を作れません", folder.display()), format!("cannot make {}", folder.display())))?;
    for (one, path) in &tables {
        std::fs::write(path, utf8(&one.table))
            .with_context(|| Words::new(format!("{} に書けません", path.display()), format!("cannot write {}", path.display())))?;
    }
    let truths = sample::truths(&plan, surveys);
    if console.format == Format::Json {
        let files: Vec<Value> = tables
            .iter()
            .map(|(one, path)| json!({"survey": one.survey, "asked": one.asked, "rows": one.rows, "file": path.display().to_string()}))
            .collect();
        let planted: Vec<Value> = truths.iter().map(as_json).collect();
        console.result(&json!({"files": files, "planted": planted}).to_string());
        return Ok(Exit::Done);
    }
    for (one, path) in &tables {
        console.note(&Words::new(
            format!("{}: 見本の回答を {} 人分作りました（{} 人のうち）。{}", one.survey, one.rows, one.asked, path.display()),
            format!("{}: invented {} answers of {} people. {}", one.survey, one.rows, one.asked, path.display()),
        ));
    }
    for truth in &truths {
        console.note(&in_words(truth));
    }
    Ok(Exit::Done)
}

fn expected(truth: &Truth) -> &'static str {
    match truth.planted.expected {
        Expected::Higher => "higher",
        Expected::Lower => "lower",
        Expected::Nothing => "nothing",
    }
}

fn as_json(truth: &Truth) -> Value {
    let planted = &truth.planted;
    let mut line = json!({
        "id": planted.id,
        "figure": planted.figure,
        "expect": expected(truth),
        // Twelve digits, as everywhere
        "size": format!("{:.12}", truth.size).parse::<f64>().unwrap_or(truth.size),
    });
    let more = match &planted.question {
        Question::Group { attribute, value } => json!({"kind": "group", "attribute": attribute, "value": value}),
        Question::Change { from, to } => json!({"kind": "change", "from": from, "to": to}),
        Question::Relation { with } => json!({"kind": "relation", "with": with}),
    };
    if let (Value::Object(line), Value::Object(more)) = (&mut line, more) {
        line.extend(more);
    }
    line
}

fn in_words(truth: &Truth) -> Words {
    let (id, figure, size) = (&truth.planted.id, &truth.planted.figure, truth.size);
    let (ja, en) = match &truth.planted.question {
        Question::Group { attribute, value } => (
            format!("{figure} は、{attribute} が {value} の人で {size:+.2}（ほかの人と比べて）"),
            format!("{figure} is {size:+.2} where {attribute} is {value}, beside all others"),
        ),
        Question::Change { from, to } => {
            (format!("{figure} は、{from} から {to} へ {size:+.2}"), format!("{figure} changes by {size:+.2} from {from} to {to}"))
        }
        Question::Relation { with } => (
            format!("{figure} と {with} の関係は {size:+.2}（答えの背後の相関）"),
            format!("{figure} and {with} go together by {size:+.2} (the correlation behind the answers)"),
        ),
    };
    Words::new(format!("しかけ {id}: {ja}。"), format!("Planted {id}: {en}."))
}
