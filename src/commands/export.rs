//! `shirube export responses`: the rows of a survey's closed batches, its texts in a file apart.

use super::console::{Console, Exit};
use super::project::{day, sound, store_if_any, survey};
use crate::exchange::release::{Release, may_leave};
use crate::exchange::{Multiple, Style, codebook, json_lines, responses_csv, spss, workbook};
use crate::language::{Language, Words};
use crate::pipeline;
use crate::survey::Survey;
use anyhow::{Context, ensure};
use std::path::{Path, PathBuf};

/// A format of responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponsesAs {
    /// CSV.
    Csv,
    /// A workbook.
    Xlsx,
    /// JSON Lines.
    JsonLines,
    /// SPSS syntax with its table.
    Spss,
    /// The codebook alone, as JSON and as a page.
    Codebook,
}

impl ResponsesAs {
    /// The names of the formats on the command line.
    pub const NAMES: [&str; 5] = ["csv", "xlsx", "jsonl", "spss", "codebook"];

    /// The format of a name; CSV where it is none.
    #[must_use]
    pub fn from_name(name: &str) -> ResponsesAs {
        match name {
            "xlsx" => ResponsesAs::Xlsx,
            "jsonl" => ResponsesAs::JsonLines,
            "spss" => ResponsesAs::Spss,
            "codebook" => ResponsesAs::Codebook,
            _ => ResponsesAs::Csv,
        }
    }
}

/// What was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The survey's id.
    pub survey: &'a str,
    /// The folder to write to; none: this one.
    pub to: Option<&'a Path>,
    /// Whether files that stand there may be replaced.
    pub force: bool,
    /// The format.
    pub format: ResponsesAs,
    /// Labels in this language in place of codes (CSV), or the language of labels (the others).
    pub labels: Option<Language>,
    /// How several choices are written.
    pub multiple: Multiple,
    /// CP932 in place of UTF-8 (CSV).
    pub cp932: bool,
}

/// Files to write, and what has to be said of them.
struct Made {
    files: Vec<(String, Vec<u8>)>,
    notes: Vec<Words>,
}

/// Runs the command: writes the files of one format into a folder.
///
/// # Errors
///
/// When the store or the disk fails, a file stands there already, or fewer rows would leave than are stored.
pub fn run(root: &Path, wish: &Wish<'_>, console: &Console) -> anyhow::Result<Exit> {
    let (mut loaded, _) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    let store = store_if_any(root, &mut loaded.catalog)?;
    let survey = match survey(&loaded, wish.survey, console) {
        Ok(survey) => survey,
        Err(exit) => return Ok(exit),
    };
    if wish.format != ResponsesAs::Codebook && !may_leave(survey, day(&loaded, None)) {
        let id = &survey.id;
        anyhow::bail!(Words::new(
            format!("アンケート「{id}」の回答は、受け付けが終わってから書き出せます。いま終えるなら shirube close {id} です"),
            format!("the responses of “{id}” leave once the survey has closed; to end it now: shirube close {id}"),
        ));
    }
    let (batches, stored, waiting) = match store {
        Some(store) => {
            let batches = pipeline::batches(&*store, survey)?;
            let own = store.status()?.surveys.get(&survey.id).cloned().unwrap_or_default();
            (batches, own.closed, own.waiting)
        }
        None => (Vec::new(), 0, 0),
    };
    let release = Release::of(survey, &batches);
    let count = release.rows.len();
    ensure!(
        count as u64 == stored,
        Words::new(
            format!("保存されている {stored} 人分と、書き出す {count} 人分の数が合いません。何も書き出していません"),
            format!("{stored} responses are stored, but {count} would be written; nothing was written"),
        )
    );
    let made = make(survey, &release, wish, console.language)?;
    let names = write(wish, made.files)?;
    console.note(&Words::new(
        format!("保存されている {stored} 人分のうち {count} 人分を書き出しました（{}）。", names.join("、")),
        format!("Wrote {count} of {stored} stored responses ({}).", names.join(", ")),
    ));
    for note in left_out(&release, waiting).iter().chain(&made.notes) {
        console.note(note);
    }
    Ok(Exit::Done)
}

fn make(survey: &Survey, release: &Release<'_>, wish: &Wish<'_>, language: Language) -> anyhow::Result<Made> {
    let id = &survey.id;
    let words = wish.labels.unwrap_or(language);
    let has_texts = !release.texts.is_empty() || !release.held.is_empty();
    let mut made = Made { files: Vec::new(), notes: Vec::new() };
    let file = |name: String, bytes: Vec<u8>| (name, bytes);
    match wish.format {
        ResponsesAs::Csv => {
            let style = Style { labels: wish.labels, multiple: wish.multiple };
            let mut tables = vec![(format!("{id}.csv"), responses_csv::rows(release, style))];
            if has_texts {
                tables.push((format!("{id}-texts.csv"), responses_csv::texts(release)));
            }
            for (name, table) in tables {
                let bytes = if wish.cp932 {
                    let (bytes, lacking) = responses_csv::cp932(&table);
                    if !lacking.is_empty() {
                        made.notes.push(lacking_words(&name, &lacking));
                    }
                    bytes
                } else {
                    responses_csv::utf8(&table)
                };
                made.files.push(file(name, bytes));
            }
        }
        ResponsesAs::Xlsx => {
            made.files.push(file(format!("{id}.xlsx"), workbook::rows(release, wish.multiple, words)?));
            if has_texts {
                made.files.push(file(format!("{id}-texts.xlsx"), workbook::texts(release, words)?));
            }
        }
        ResponsesAs::JsonLines => {
            made.files.push(file(format!("{id}.jsonl"), json_lines::rows(release).into_bytes()));
            if has_texts {
                made.files.push(file(format!("{id}-texts.jsonl"), json_lines::texts(release).into_bytes()));
            }
        }
        ResponsesAs::Spss => {
            let table = format!("{id}-spss.csv");
            let spss = spss::spss(release, &table, words);
            made.files.push(file(format!("{id}.sps"), spss.syntax.into_bytes()));
            made.files.push(file(table, spss.table.into_bytes()));
            if has_texts {
                made.files.push(file(format!("{id}-texts.csv"), responses_csv::utf8(&responses_csv::texts(release))));
            }
        }
        ResponsesAs::Codebook => {
            made.files.push(file(format!("{id}-codebook.json"), codebook::json(release).into_bytes()));
            made.files.push(file(format!("{id}-codebook.html"), codebook::page(release).into_bytes()));
        }
    }
    Ok(made)
}

fn write(wish: &Wish<'_>, files: Vec<(String, Vec<u8>)>) -> anyhow::Result<Vec<String>> {
    let folder = wish.to.map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    std::fs::create_dir_all(&folder).with_context(|| cannot_write(&folder))?;
    let files: Vec<(PathBuf, Vec<u8>)> = files.into_iter().map(|(name, bytes)| (folder.join(name), bytes)).collect();
    if let Some((taken, _)) = files.iter().find(|(file, _)| file.exists()).filter(|_| !wish.force) {
        anyhow::bail!(Words::new(
            format!("{} がすでにあります。上書きするなら --force を付けてください", taken.display()),
            format!("{} exists already; add --force to replace it", taken.display()),
        ));
    }
    for (file, bytes) in &files {
        std::fs::write(file, bytes).with_context(|| cannot_write(file))?;
    }
    Ok(files.iter().map(|(file, _)| file.display().to_string()).collect())
}

/// What stays behind, a sentence each.
fn left_out(release: &Release<'_>, waiting: u64) -> Vec<Words> {
    let mut notes = Vec::new();
    if waiting > 0 {
        notes.push(Words::new("まだまとまっていない回答は含みません。", "Answers that wait for their batch are not among them."));
    }
    if !release.held.is_empty() {
        let least = 10_u32.max(2 * release.survey.k);
        let names: Vec<&str> = release.held.keys().map(String::as_str).collect();
        notes.push(Words::new(
            format!("書いた人が {least} 人に満たない質問の文は含みません（{}）。", names.join("、")),
            format!("Texts of questions that fewer than {least} people have written to stay here ({}).", names.join(", ")),
        ));
    }
    if release.withheld > 0 {
        let (withheld, k) = (release.withheld, release.survey.k);
        notes.push(Words::new(
            format!("属性の組み合わせが {k} 人に満たない {withheld} 人分の属性は伏せました。"),
            format!("The attributes of {withheld} responses are withheld: fewer than {k} people share them."),
        ));
    }
    if !release.retired.is_empty() {
        let names: Vec<&str> = release.retired.iter().map(String::as_str).collect();
        notes.push(Words::new(
            format!("いまのアンケートにはない質問や選択肢への回答も含みます（{}）。", names.join("、")),
            format!("Among them are answers that the survey no longer asks for ({}).", names.join(", ")),
        ));
    }
    notes
}

fn lacking_words(name: &str, lacking: &std::collections::BTreeMap<char, usize>) -> Words {
    let all: Vec<String> = lacking.iter().map(|(char, times)| format!("{char}×{times}")).collect();
    Words::new(
        format!("{name}: Shift_JIS にない文字を「〓」に替えました（{}）。", all.join("、")),
        format!("{name}: characters that Shift_JIS lacks became “〓” ({}).", all.join(", ")),
    )
}

fn cannot_write(path: &Path) -> Words {
    Words::new(format!("{} に書けません", path.display()), format!("cannot write {}", path.display()))
}
