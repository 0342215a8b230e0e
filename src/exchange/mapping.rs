//! A mapping: which column of somebody else's table is which variable, and which of its values is which code.
//!
//! ```yaml
//! columns:
//!   "Timestamp": ~            # not taken
//!   "How do you come here?": way
//! values:
//!   way:
//!     "Walk": foot
//! ```

use super::headings::{Known, known_columns};
use super::source::Source;
use crate::content::encoding::utf8;
use crate::content::yaml::{self, Value};
use crate::content::yaml_text::{quoted, scalar};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Sources, closest, code};
use crate::survey::Survey;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A mapping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Head of a column to the column of ours; `None`: it is not taken.
    pub columns: BTreeMap<String, Option<String>>,
    /// Variable to value to code.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
}

impl Mapping {
    /// Reads a mapping and checks that what it names exists.
    #[must_use]
    pub fn read(survey: &Survey, name: &str, bytes: &[u8], diagnostics: &mut Diagnostics, sources: &mut Sources) -> Mapping {
        let file: Arc<str> = name.into();
        let mut mapping = Mapping::default();
        let text = match utf8(&file, bytes) {
            Ok(text) => text,
            Err(fault) => {
                diagnostics.push(*fault);
                return mapping;
            }
        };
        sources.insert(Arc::clone(&file), text.clone().into());
        let Some(node) = yaml::parse(&file, &text, 1, diagnostics) else { return mapping };
        let known = known_columns(survey);
        let names: BTreeSet<&str> = known.iter().map(|known| known.column.head.as_str()).collect();
        let Value::Map(sections) = &node.value else {
            diagnostics.push(shape(node.place.clone()));
            return mapping;
        };
        for (section, content) in sections {
            let Value::Map(entries) = &content.value else {
                if content.value != Value::Null {
                    diagnostics.push(shape(content.place.clone()));
                }
                continue;
            };
            match section.text.as_str() {
                "columns" => {
                    for (head, target) in entries {
                        let target = match &target.value {
                            Value::Null => None,
                            Value::Scalar(id) if names.contains(id.as_str()) => Some(id.clone()),
                            Value::Scalar(id) => {
                                diagnostics.push(unknown(target.place.clone(), id, names.iter().copied()));
                                continue;
                            }
                            Value::List(_) | Value::Map(_) => {
                                diagnostics.push(shape(target.place.clone()));
                                continue;
                            }
                        };
                        mapping.columns.insert(head.text.clone(), target);
                    }
                }
                "values" => {
                    for (variable, values) in entries {
                        if !names.contains(variable.text.as_str()) {
                            diagnostics.push(unknown(variable.place.clone(), &variable.text, names.iter().copied()));
                        }
                        let Value::Map(values) = &values.value else {
                            diagnostics.push(shape(values.place.clone()));
                            continue;
                        };
                        let own = mapping.values.entry(variable.text.clone()).or_default();
                        for (value, code) in values {
                            match &code.value {
                                Value::Scalar(code) => drop(own.insert(value.text.clone(), code.clone())),
                                Value::Null => drop(own.insert(value.text.clone(), String::new())),
                                Value::List(_) | Value::Map(_) => diagnostics.push(shape(code.place.clone())),
                            }
                        }
                    }
                }
                _ => diagnostics.push(unknown(section.place.clone(), &section.text, ["columns", "values"].into_iter())),
            }
        }
        mapping
    }

    /// A mapping to begin with: every column with our best guess, every value that is no code of its variable with what is on offer.
    #[must_use]
    pub fn template(survey: &Survey, source: &Source) -> String {
        const MOST_VALUES: usize = 40;
        let known = known_columns(survey);
        let mut out = String::from(
            "# 左が表の見出し、右がこのアンケートの変数。~ は取り込まない列です。\n# Left a head of the table, right a variable of the survey; ~ is a column that is not taken.\ncolumns:\n",
        );
        let mut guesses: Vec<(usize, &Known)> = Vec::new();
        for (at, cell) in source.head.iter().enumerate() {
            let exact = known.iter().find(|known| known.is_called(&cell.text));
            let near = || {
                let guess = closest(&cell.text, known.iter().flat_map(|known| known.names.iter().map(String::as_str)))?;
                known.iter().find(|known| known.names.iter().any(|name| name == guess))
            };
            let (target, mark) = match (exact, near()) {
                (Some(known), _) => (Some(known), ""),
                (None, Some(known)) => (Some(known), " # ?"),
                (None, None) => (None, ""),
            };
            guesses.extend(target.map(|known| (at, known)));
            let id = target.map_or("~", |known| known.column.head.as_str());
            out += &format!("  {}: {id}{mark}\n", quoted(&cell.text));
        }
        let mut values = String::new();
        for (at, known) in guesses.into_iter().filter(|(_, known)| known.has_codes()) {
            let found: BTreeSet<&str> =
                source.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect();
            let strange: Vec<&&str> = found.iter().filter(|text| known.codes_of(text).is_none()).take(MOST_VALUES).collect();
            if strange.is_empty() {
                continue;
            }
            values += &format!("  # {}\n  {}:\n", known.codes().join(", "), known.column.head);
            for text in strange {
                let guess = known.guess(text).map_or_else(|| "~ # ?".to_owned(), |code| format!("{} # ?", scalar(&code)));
                values += &format!("    {}: {guess}\n", quoted(text));
            }
        }
        if !values.is_empty() {
            out +=
                "# 左が表の値、右が選択肢のコード。~ は無回答です。\n# Left a value of the table, right a code; ~ is no answer.\nvalues:\n";
            out += &values;
        }
        out
    }
}

fn shape(place: Place) -> Diagnostic {
    Diagnostic::error(
        code::WRONG_TYPE,
        place,
        "対応表は、columns と values に「左: 右」の形で書きます。",
        "A mapping has “columns” and “values”, each with lines of the form “left: right”.",
    )
    .hint("--write-mapping で、ひな型を書き出せます。", "--write-mapping writes one to begin with.")
}

fn unknown<'n>(place: Place, id: &str, known: impl Iterator<Item = &'n str>) -> Diagnostic {
    let fault = Diagnostic::error(
        code::UNKNOWN_REFERENCE,
        place,
        format!("「{id}」は、このアンケートにありません。"),
        format!("This survey has no “{id}”."),
    );
    match closest(id, known) {
        Some(guess) => fault.hint(format!("{guess} の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
        None => fault,
    }
}
