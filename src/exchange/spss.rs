//! Responses for SPSS and PSPP: a syntax file that reads a table of numbers, names and labels it and declares what is missing.
//!
//! Choices become numbers in the order of the survey (`1`, `2`, …; a scale's points keep theirs), several choices a variable of 0
//! and 1 each. Three user-missing values keep apart why there is no answer; a fourth state, blanked attributes, is system-missing.

use super::columns::{Column, Multiple, categories, columns, label};
use super::release::Release;
use crate::content::plain;
use crate::content::record::push_record;
use crate::language::{Day, Language};
use crate::survey::{Answer, Measure, Value};
use std::collections::BTreeSet;

/// Words that the syntax keeps for itself.
const RESERVED: [&str; 13] = ["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"];
/// Days from the calendar's first day in 1582, by which these programs count, to ours, 1970-01-01.
const DAYS_BEFORE: i64 = 141_428;

/// A syntax file and the table that it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spss {
    /// The syntax, UTF-8 without a byte order mark.
    pub syntax: String,
    /// The table, UTF-8 without a byte order mark, lines ended by CRLF.
    pub table: String,
}

/// The rows as a table of numbers with its syntax. `table_name` is how the table's file is called.
#[must_use]
pub fn spss(release: &Release<'_>, table_name: &str, language: Language) -> Spss {
    let columns = columns(&release.variables, Multiple::Columns);
    let at: Vec<usize> = columns
        .iter()
        .map(|column| release.variables.iter().position(|variable| variable.id == column.variable.id).unwrap_or(usize::MAX))
        .collect();
    let names = names(&columns);
    let missing: Vec<[String; 3]> = columns.iter().zip(&at).map(|(column, at)| missing_values(release, column, *at)).collect();
    let mut table = String::new();
    push_record(&mut table, &names);
    for row in &release.rows {
        push_record(
            &mut table,
            columns
                .iter()
                .zip(&at)
                .zip(&missing)
                .map(|((column, at), missing)| cell(column, row.get(*at).and_then(Option::as_ref), missing)),
        );
    }
    Spss { syntax: syntax(release, &columns, &names, &missing, table_name, language), table }
}

/// Names that the programs take: at most 64 bytes, none of their own words, each once whatever its case.
fn names(columns: &[Column]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    columns
        .iter()
        .map(|column| {
            let mut name = column.head.clone();
            if RESERVED.contains(&name.as_str()) {
                name += "_";
            }
            if name.len() > 64 {
                name.truncate(60);
            }
            let base = name.clone();
            let mut number = 2;
            while !taken.insert(name.clone()) {
                name = format!("{base}_{number}");
                number += 1;
            }
            name
        })
        .collect()
}

/// The values that say: not shown, declined, skipped. Below everything that was answered.
fn missing_values(release: &Release<'_>, column: &Column, at: usize) -> [String; 3] {
    let numbers = || {
        release.rows.iter().filter_map(move |row| match row.get(at) {
            Some(Some(Answer::Given(Value::Number(text)))) => text.parse::<f64>().ok(),
            _ => None,
        })
    };
    let lowest = if column.variable.measure == Measure::Number { numbers().fold(0.0, f64::min) } else { 0.0 };
    let mut base: i64 = 100;
    while lowest <= (3 - base) as f64 && base < 1_000_000_000_000_000 {
        base *= 10;
    }
    [3, 2, 1].map(|less| (less - base).to_string())
}

fn cell(column: &Column, answer: Option<&Answer>, missing: &[String; 3]) -> String {
    match answer {
        None => String::new(),
        Some(Answer::Given(Value::Choice(code))) if column.variable.measure == Measure::Identity => code.clone(),
        Some(Answer::Given(Value::Choices(codes))) if matches!(column.variable.measure, Measure::Order(_)) => codes.join(" "),
        // A text has no numbers for why it is missing: it is empty
        _ if is_text(column) => String::new(),
        Some(Answer::NotShown) => missing[0].clone(),
        Some(Answer::Declined) => missing[1].clone(),
        Some(Answer::Skipped) => missing[2].clone(),
        Some(Answer::Given(Value::Choice(code))) => number_of(column, code).to_string(),
        Some(Answer::Given(Value::Choices(codes))) => {
            let chosen = column.choice.as_ref().is_some_and(|choice| codes.contains(&choice.code));
            u8::from(chosen).to_string()
        }
        Some(Answer::Given(Value::Number(text) | Value::Text(text))) => text.clone(),
        Some(Answer::Given(Value::Date(text))) => {
            Day::parse(text).map(|day| ((day.number() + DAYS_BEFORE) * 86_400).to_string()).unwrap_or_default()
        }
    }
}

/// Whether the cells of a column are texts.
fn is_text(column: &Column) -> bool {
    matches!(column.variable.measure, Measure::Identity | Measure::Order(_))
}

/// How many bytes an order of all parts takes.
fn longest_order(column: &Column) -> usize {
    categories(&column.variable).iter().map(|category| category.code.len() + 1).sum::<usize>().clamp(8, 32_767)
}

/// The number of a choice: a point's own, else its place among the choices.
fn number_of(column: &Column, code: &str) -> usize {
    match &column.variable.measure {
        Measure::Ordinal(_) if code.bytes().all(|byte| byte.is_ascii_digit()) => code.parse().unwrap_or(0),
        _ => categories(&column.variable).iter().position(|category| category.code == code).map_or(0, |place| place + 1),
    }
}

/// A text between quotation marks, cut to `most` bytes and broken into pieces, so that no line grows beyond what is taken.
fn quoted(text: &str, most: usize) -> String {
    let flat: String = text.split_whitespace().collect::<Vec<&str>>().join(" ");
    let mut kept = String::new();
    for char in flat.chars() {
        if kept.len() + char.len_utf8() > most {
            break;
        }
        kept.push(char);
    }
    let mut pieces = vec![String::new()];
    for char in kept.chars() {
        if pieces.last().is_some_and(|piece| piece.len() > 150) {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(char);
        }
    }
    pieces.iter().map(|piece| format!("'{}'", piece.replace('\'', "''"))).collect::<Vec<String>>().join(" +\n    ")
}

fn syntax(
    release: &Release<'_>,
    columns: &[Column],
    names: &[String],
    missing: &[[String; 3]],
    table_name: &str,
    language: Language,
) -> String {
    let survey = release.survey;
    let states = ["not shown / 尋ねていない", "declined / 答えたくない", "skipped / 無回答"];
    let mut out = format!(
        "* Encoding: UTF-8.\n* {}: {} responses. Read it in the folder of {table_name}.\n\nGET DATA\n  /TYPE=TXT\n  /FILE={}\n  \
         /ENCODING='UTF8'\n  /ARRANGEMENT=DELIMITED\n  /DELIMITERS=','\n  /QUALIFIER='\"'\n  /FIRSTCASE=2\n  /VARIABLES=",
        survey.id,
        release.rows.len(),
        quoted(table_name, 255),
    );
    for (column, name) in columns.iter().zip(names) {
        let format = match column.variable.measure {
            Measure::Number => "F16.6".to_owned(),
            // Bytes: a code of one's own may be all kana
            Measure::Identity => "A192".to_owned(),
            Measure::Order(_) => format!("A{}", longest_order(column)),
            _ => "F16.0".to_owned(),
        };
        out += &format!("\n    {name} {format}");
    }
    out += ".\n\n";
    for ((column, name), missing) in columns.iter().zip(names).zip(missing) {
        let asked = label(survey, &column.variable, language);
        let title =
            column.choice.as_ref().map_or(asked.clone(), |choice| format!("{} | {asked}", plain(choice.label.in_language(language))));
        out += &format!("VARIABLE LABELS {name}\n    {}.\n", quoted(&title, 255));
        if is_text(column) {
            out += &format!("VARIABLE LEVEL {name} (NOMINAL).\n");
            continue;
        }
        out += &format!("MISSING VALUES {name} ({}).\nVALUE LABELS {name}", missing.join(", "));
        for (value, state) in missing.iter().zip(states) {
            out += &format!("\n    {value} {}", quoted(state, 120));
        }
        if column.choice.is_some() {
            out += "\n    0 'no / いいえ'\n    1 'yes / はい'";
        } else {
            for category in categories(&column.variable) {
                let words = plain(category.label.in_language(language));
                out += &format!("\n    {} {}", number_of(column, &category.code), quoted(&words, 120));
            }
        }
        out += ".\n";
        out += &match &column.variable.measure {
            Measure::Date => format!("FORMATS {name} (SDATE10).\n"),
            Measure::Number => format!("VARIABLE LEVEL {name} (SCALE).\nFORMATS {name} ({}).\n", number_format(release, column)),
            Measure::Ordinal(_) => format!("VARIABLE LEVEL {name} (ORDINAL).\nFORMATS {name} (F8.0).\n"),
            _ => format!("VARIABLE LEVEL {name} (NOMINAL).\nFORMATS {name} (F8.0).\n"),
        };
    }
    for variable in release.variables.iter().filter(|variable| matches!(variable.measure, Measure::Multiple(_))) {
        let own: Vec<&str> =
            columns.iter().zip(names).filter(|(column, _)| column.variable.id == variable.id).map(|(_, name)| name.as_str()).collect();
        if own.len() > 1 {
            let title = quoted(&label(survey, variable, language), 150);
            out += &format!("MRSETS /MDGROUP NAME=${} LABEL={title}\n  VARIABLES={}\n  VALUE=1.\n", variable.id, own.join("\n    "));
        }
    }
    out + "\nEXECUTE.\n"
}

/// As many places after the point as the answers have.
fn number_format(release: &Release<'_>, column: &Column) -> String {
    let at = release.variables.iter().position(|variable| variable.id == column.variable.id).unwrap_or(usize::MAX);
    let places = release.rows.iter().filter_map(|row| match row.get(at) {
        Some(Some(Answer::Given(Value::Number(text)))) => text.split_once('.').map(|(_, fraction)| fraction.len()),
        _ => None,
    });
    format!("F16.{}", places.max().unwrap_or(0).min(10))
}
