//! The files that responses leave in: what the command writes into a folder and the desk hands out.

use super::release::{Release, text_minimum};
use super::{Multiple, Style, codebook, json_lines, responses_csv, spss, workbook};
use crate::language::{Language, Words};
use std::collections::BTreeMap;

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
    /// The names of the formats.
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

/// How they are to leave.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// The format.
    pub format: ResponsesAs,
    /// Labels in this language in place of codes (CSV), or the language of labels (the others).
    pub labels: Option<Language>,
    /// How several choices are written.
    pub multiple: Multiple,
    /// CP932 in place of UTF-8 (CSV).
    pub cp932: bool,
}

/// Files by their names, and what has to be said of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// Name and content, the rows first.
    pub files: Vec<(String, Vec<u8>)>,
    /// A sentence each.
    pub notes: Vec<Words>,
}

/// The files of one format; labels in `language` where none was asked for.
///
/// # Errors
///
/// When there is more than a workbook can hold.
pub fn files(release: &Release<'_>, manner: Manner, language: Language) -> anyhow::Result<Made> {
    let id = &release.survey.id;
    let words = manner.labels.unwrap_or(language);
    let has_texts = !release.texts.is_empty() || !release.held.is_empty();
    let mut made = Made::default();
    match manner.format {
        ResponsesAs::Csv => {
            let style = Style { labels: manner.labels, multiple: manner.multiple };
            let mut tables = vec![(format!("{id}.csv"), responses_csv::rows(release, style))];
            if has_texts {
                tables.push((format!("{id}-texts.csv"), responses_csv::texts(release)));
            }
            for (name, table) in tables {
                let bytes = if manner.cp932 {
                    let (bytes, lacking) = responses_csv::cp932(&table);
                    if !lacking.is_empty() {
                        made.notes.push(lacking_words(&name, &lacking));
                    }
                    bytes
                } else {
                    responses_csv::utf8(&table)
                };
                made.files.push((name, bytes));
            }
        }
        ResponsesAs::Xlsx => {
            made.files.push((format!("{id}.xlsx"), workbook::rows(release, manner.multiple, words)?));
            if has_texts {
                made.files.push((format!("{id}-texts.xlsx"), workbook::texts(release, words)?));
            }
        }
        ResponsesAs::JsonLines => {
            made.files.push((format!("{id}.jsonl"), json_lines::rows(release).into_bytes()));
            if has_texts {
                made.files.push((format!("{id}-texts.jsonl"), json_lines::texts(release).into_bytes()));
            }
        }
        ResponsesAs::Spss => {
            let table = format!("{id}-spss.csv");
            let spss = spss::spss(release, &table, words);
            made.files.push((format!("{id}.sps"), spss.syntax.into_bytes()));
            made.files.push((table, spss.table.into_bytes()));
            if has_texts {
                made.files.push((format!("{id}-texts.csv"), responses_csv::utf8(&responses_csv::texts(release))));
            }
        }
        ResponsesAs::Codebook => {
            made.files.push((format!("{id}-codebook.json"), codebook::json(release).into_bytes()));
            made.files.push((format!("{id}-codebook.html"), codebook::page(release).into_bytes()));
        }
    }
    Ok(made)
}

/// What stays behind, a sentence each; `waiting` answers are in no batch yet.
#[must_use]
pub fn left_out(release: &Release<'_>, waiting: u64) -> Vec<Words> {
    let mut notes = Vec::new();
    if waiting > 0 {
        notes.push(Words::new("まだまとまっていない回答は含みません。", "Answers that wait for their batch are not among them."));
    }
    if release.kept > 0 {
        let k = release.survey.k;
        notes.push(Words::new(
            format!("最後に届いた {k} 人に満たない分は含みません。前に書き出したものと比べると、だれの回答か分かるおそれがあるためです。"),
            format!(
                "The responses that came last, of fewer than {k} people, stay here: beside an earlier file they would tell whose they are."
            ),
        ));
    }
    if !release.held.is_empty() {
        let least = text_minimum(release.survey.k);
        let names: Vec<&str> = release.held.iter().map(String::as_str).collect();
        notes.push(Words::new(
            format!("文は、新しく {least} 人分がそろうごとに書き出します。まだそろわない分は含みません（{}）。", names.join("、")),
            format!("Texts leave as soon as {least} people have written new ones; those that wait stay here ({}).", names.join(", ")),
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

fn lacking_words(name: &str, lacking: &BTreeMap<char, usize>) -> Words {
    let all: Vec<String> = lacking.iter().map(|(char, times)| format!("{char}×{times}")).collect();
    Words::new(
        format!("{name}: Shift_JIS にない文字を「〓」に替えました（{}）。", all.join("、")),
        format!("{name}: characters that Shift_JIS lacks became “〓” ({}).", all.join(", ")),
    )
}
