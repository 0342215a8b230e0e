//! Which column of a table of responses is which variable.

use super::headings::Known;
use super::mapping::Mapping;
use super::source::Source;
use crate::content::Cell;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, closest, code};
use crate::survey::Survey;
use std::collections::{BTreeMap, BTreeSet};

/// Of each column of a table, what it is; `None`: nothing that is taken.
pub(super) type Heads<'c> = Vec<Option<&'c Known>>;

/// Finds what the heads of a table say.
pub(super) fn heads<'c>(head: &[Cell], known: &'c [Known], mapping: Option<&Mapping>, diagnostics: &mut Diagnostics) -> Heads<'c> {
    let mut taken: BTreeMap<&str, Place> = BTreeMap::new();
    head.iter()
        .map(|cell| {
            let found = match mapping.and_then(|mapping| mapping.columns.get(&cell.text)) {
                Some(None) => return None,
                Some(Some(id)) => known.iter().find(|known| known.column.head == *id),
                None => {
                    let was = || known.iter().find(|known| known.was_called(&cell.text));
                    known.iter().find(|known| known.is_called(&cell.text)).or_else(was)
                }
            };
            match found {
                None if !cell.text.is_empty() => diagnostics.push(unknown_column(cell, known)),
                None => {}
                Some(found) => {
                    if let Some(first) = taken.insert(&found.column.head, cell.place.clone()) {
                        diagnostics.push(
                            Diagnostic::error(
                                code::DUPLICATE_ID,
                                cell.place.clone(),
                                format!("二つの列が同じ変数「{}」になります。", found.column.head),
                                format!("Two columns are the same variable “{}”.", found.column.head),
                            )
                            .also(first, "一つ目", "the first one"),
                        );
                    }
                }
            }
            found
        })
        .collect()
}

fn unknown_column(cell: &Cell, known: &[Known]) -> Diagnostic {
    let fault = Diagnostic::error(
        code::UNKNOWN_KEY,
        cell.place.clone(),
        format!("「{}」という列は、このアンケートにありません。", cell.text),
        format!("This survey has no column “{}”.", cell.text),
    );
    match closest(&cell.text, known.iter().flat_map(|known| known.names.iter().map(String::as_str))) {
        Some(guess) => fault.hint(format!("{guess} の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
        None => fault.hint(
            "取り込まない列は、対応表（--mapping）で「~」にします。ひな型は --write-mapping で書き出せます。",
            "A mapping (--mapping) can leave columns out; --write-mapping writes one to begin with.",
        ),
    }
}

/// Says which columns a table would need.
pub(super) fn missing_columns(survey: &Survey, known: &[Known], heads: &Heads<'_>, table: &Source, diagnostics: &mut Diagnostics) {
    let texts = survey.text_variables();
    let Some(first) = table.head.first() else { return };
    let present = |wanted: &str| heads.iter().flatten().any(|head| head.column.head == wanted);
    for variable in survey.variables().iter().filter(|variable| !texts.contains(&variable.id)) {
        if present(&variable.id) {
            continue;
        }
        let parts: Vec<&str> =
            known.iter().filter(|known| known.column.variable.id == variable.id).map(|known| known.column.head.as_str()).collect();
        let choices = parts.iter().filter(|part| **part != variable.id);
        let missing: Vec<&str> = if choices.clone().any(|part| present(part)) {
            choices.copied().filter(|part| !present(part)).collect()
        } else {
            vec![variable.id.as_str()]
        };
        for column in missing {
            diagnostics.push(Diagnostic::error(
                code::MISSING_KEY,
                first.place.clone(),
                format!("「{column}」の列がありません。"),
                format!("The column “{column}” is missing."),
            ));
        }
    }
}

/// Text variables that the file has no column for: rows leave without their texts, so coming back without them is no fault.
pub(super) fn absent_texts(survey: &Survey, heads: &Heads<'_>) -> BTreeSet<String> {
    let present: BTreeSet<&str> = heads.iter().flatten().map(|known| known.column.variable.id.as_str()).collect();
    survey.text_variables().into_iter().filter(|variable| !present.contains(variable.as_str())).collect()
}
