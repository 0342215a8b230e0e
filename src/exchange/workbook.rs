//! Responses as a workbook: the data in codes, the same in labels, and the codebook, a sheet each; texts in a workbook of their own.

use super::codebook::{counts, measure_name};
use super::columns::{Column, Multiple, WITHHELD, categories, columns, headings, label};
use super::release::Release;
use crate::content::plain;
use crate::content::spreadsheet::{Entry, SheetOut, xlsx};
use crate::language::Language;
use crate::survey::{Answer, Value};

/// The workbook of the rows: sheets `data`, `labels`, `codebook`.
///
/// # Errors
///
/// When there are more rows, columns or characters than a workbook can hold.
pub fn rows(release: &Release<'_>, multiple: Multiple, language: Language) -> anyhow::Result<Vec<u8>> {
    let sheets = [
        SheetOut { name: "data".to_owned(), rows: table(release, multiple, None) },
        SheetOut { name: "labels".to_owned(), rows: table(release, multiple, Some(language)) },
        SheetOut { name: "codebook".to_owned(), rows: codebook(release) },
    ];
    xlsx(release.survey.title.in_language(language), &sheets)
}

/// The workbook of the texts that leave: one sheet, question and text, sorted.
///
/// # Errors
///
/// When there are more of them than a workbook can hold.
pub fn texts(release: &Release<'_>, language: Language) -> anyhow::Result<Vec<u8>> {
    let mut rows = vec![vec![Entry::text("question"), Entry::text("text")]];
    for (variable, text) in release.texts.iter().flat_map(|(variable, all)| all.iter().map(move |text| (variable, text))) {
        rows.push(vec![Entry::text(variable), Entry::text(text)]);
    }
    xlsx(release.survey.title.in_language(language), &[SheetOut { name: "texts".to_owned(), rows }])
}

fn table(release: &Release<'_>, multiple: Multiple, labels: Option<Language>) -> Vec<Vec<Entry>> {
    let columns = columns(&release.variables, multiple);
    let at: Vec<usize> = columns
        .iter()
        .map(|column| release.variables.iter().position(|variable| variable.id == column.variable.id).unwrap_or(usize::MAX))
        .collect();
    let heads = match labels {
        Some(language) => headings(release.survey, &columns, language),
        None => columns.iter().map(|column| column.head.clone()).collect(),
    };
    let mut rows = vec![heads.into_iter().map(Entry::text).collect()];
    for row in &release.rows {
        rows.push(columns.iter().zip(&at).map(|(column, at)| entry(column, row.get(*at), labels)).collect());
    }
    rows
}

fn entry(column: &Column, cell: Option<&Option<Answer>>, labels: Option<Language>) -> Entry {
    let Some(Some(answer)) = cell else {
        return Entry::text(if cell.is_some() { WITHHELD.to_owned() } else { column.write(None, labels) });
    };
    let written = column.write(Some(answer), labels);
    match answer {
        Answer::Given(Value::Number(_)) => Entry::Number(written),
        Answer::Given(Value::Date(_)) => Entry::Day(written),
        Answer::Given(Value::Choices(_)) if column.choice.is_some() => Entry::Number(written),
        // The points of a scale are numbers to those who calculate with them
        Answer::Given(Value::Choice(code)) if labels.is_none() && code.bytes().all(|byte| byte.is_ascii_digit()) => Entry::Number(written),
        _ => Entry::text(written),
    }
}

/// One row a value; what belongs to the variable stands in its first row.
fn codebook(release: &Release<'_>) -> Vec<Vec<Entry>> {
    let heads = ["variable", "question", "measure", "text ja", "text en", "code", "label ja", "label en", "scales", "reversed", "n"];
    let states = ["not_shown", "skipped", "declined", "withheld"];
    let mut rows = vec![heads.into_iter().chain(states).map(Entry::text).collect::<Vec<Entry>>()];
    for (at, variable) in release.variables.iter().enumerate() {
        let counts = counts(release, at);
        let scales: Vec<&crate::survey::Scale> = release.survey.scales.iter().filter(|scale| scale.items.contains(&variable.id)).collect();
        let names = |all: &mut dyn Iterator<Item = &&crate::survey::Scale>| {
            Entry::text(all.map(|scale| scale.id.as_str()).collect::<Vec<&str>>().join(" "))
        };
        let values = categories(variable);
        for index in 0..values.len().max(1) {
            let category = values.get(index);
            let value =
                |language: Language| Entry::text(category.map(|category| plain(category.label.in_language(language))).unwrap_or_default());
            let code = Entry::text(category.map(|category| category.code.clone()).unwrap_or_default());
            let own = [
                Entry::text(&variable.id),
                Entry::text(&variable.question),
                Entry::text(measure_name(&variable.measure)),
                Entry::text(label(release.survey, variable, Language::Japanese)),
                Entry::text(label(release.survey, variable, Language::English)),
            ];
            let mut row: Vec<Entry> =
                if index == 0 { own.to_vec() } else { vec![own[0].clone(), Entry::Empty, Entry::Empty, Entry::Empty, Entry::Empty] };
            row.extend([code, value(Language::Japanese), value(Language::English)]);
            if index == 0 {
                row.push(names(&mut scales.iter()));
                row.push(names(&mut scales.iter().filter(|scale| scale.reversed.contains(&variable.id))));
                let numbers = [counts.given, counts.not_shown, counts.skipped, counts.declined, counts.withheld];
                row.extend(numbers.map(|number| Entry::Number(number.to_string())));
            }
            rows.push(row);
        }
    }
    rows
}
