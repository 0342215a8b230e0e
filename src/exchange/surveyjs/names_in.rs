//! The names of a SurveyJS survey: what each is called with us, and what it holds.

use super::choices_in::{codes, is_numbered};
use super::element::Element;
use crate::exchange::meaning::{Meaning, Named, Names};
use crate::exchange::names;
use std::collections::{BTreeMap, BTreeSet};

/// The most rows that a table of ours may have.
pub(super) const MOST_ROWS: u32 = 20;

#[derive(Default)]
pub(super) struct Collected {
    pub(super) names: Names,
    pub(super) ids: BTreeMap<String, String>,
    taken: BTreeSet<String>,
}

impl Collected {
    /// Of the elements of a page or a panel.
    pub(super) fn elements(&mut self, parent: &Element<'_>) {
        for element in parent.list("elements").into_iter().chain(parent.list("questions")) {
            self.element(&element);
        }
    }

    fn named(&mut self, name: String, id: String, meaning: Meaning) {
        self.names.insert(name, Named { id, meaning });
    }

    /// A value of the survey as a whole.
    pub(super) fn value(&mut self, element: &Element<'_>) {
        let name = element.text("name").to_owned();
        let id = names::id(&name, "q", &mut self.taken);
        self.ids.insert(name.clone(), id.clone());
        self.named(name, id, Meaning::Number(true));
    }

    fn element(&mut self, element: &Element<'_>) {
        let (typed, name) = (element.text("type"), element.text("name").to_owned());
        let pairs = element.own().get("kind").is_some_and(|kind| kind == "paired_comparison");
        if typed == "panel" && !pairs {
            return self.elements(element);
        }
        let id = names::id(&name, "q", &mut self.taken);
        self.ids.insert(name.clone(), id.clone());
        let each = |element: &Element<'_>, list: &str| -> Vec<(String, String)> { codes(&element.list(list)) };
        match typed {
            "panel" => {
                for pair in element.list("elements") {
                    let own = pair.text("name").to_owned();
                    self.named(
                        own.clone(),
                        own.replacen(&name, &id, 1),
                        Meaning::Choice(codes(&pair.list("choices")).into_iter().collect()),
                    );
                }
            }
            "matrix" => {
                let columns = element.list("columns");
                let meaning = if element.text("cellType") == "checkbox" {
                    Meaning::Set(codes(&columns).into_iter().collect())
                } else if is_numbered(&columns) && element.own().get("kind").is_none_or(|kind| kind != "card_sort") {
                    Meaning::Number(false)
                } else {
                    Meaning::Choice(codes(&columns).into_iter().collect())
                };
                for (row, code) in each(element, "rows") {
                    self.named(format!("{name}.{row}"), format!("{id}_{code}"), meaning.clone());
                }
            }
            "matrixdropdown" => {
                for (row, code) in each(element, "rows") {
                    for column in element.list("columns") {
                        let (own, kind) = (column.text("name").to_owned(), column.text("cellType").to_owned());
                        let path = format!("{name}.{row}.{own}");
                        let cell = names::id(&format!("{id}_{code}_{own}"), "q", &mut self.taken);
                        self.ids.insert(path.clone(), cell.clone());
                        for (path, id, meaning) in held(&column, &kind, path, cell) {
                            self.named(path, id, meaning);
                        }
                    }
                }
            }
            "matrixdynamic" | "paneldynamic" => {
                let (list, most, kind) = if typed == "matrixdynamic" {
                    ("columns", "maxRowCount", "cellType")
                } else {
                    ("templateElements", "maxPanelCount", "type")
                };
                let rows = element.text(most).parse().unwrap_or(MOST_ROWS).clamp(1, MOST_ROWS);
                let mut taken = BTreeSet::new();
                for column in element.list(list) {
                    let own = column.text("name").to_owned();
                    let cell = names::id(&own, "q", &mut taken);
                    for row in 0..rows {
                        let path = format!("{name}[{row}].{own}");
                        for (path, id, meaning) in held(&column, column.text(kind), path, format!("{id}_{}_{cell}", row + 1)) {
                            self.named(path, id, meaning);
                        }
                    }
                }
            }
            "multipletext" => {
                let apart = element.own().get("kind").is_none();
                for item in element.list("items") {
                    let (own, path) = (item.text("name").to_owned(), format!("{name}.{}", item.text("name")));
                    let wanted = format!("{id}_{own}");
                    let cell = if apart { names::id(&wanted, "q", &mut self.taken) } else { wanted };
                    self.ids.insert(path.clone(), cell.clone());
                    for (path, id, meaning) in held(&item, "text", path, cell) {
                        self.named(path, id, meaning);
                    }
                }
            }
            _ => {
                for (name, id, meaning) in held(element, typed, name, id) {
                    self.named(name, id, meaning);
                }
            }
        }
    }
}

/// What a single field holds, and the text of one's own beside it.
fn held(element: &Element<'_>, typed: &str, name: String, id: String) -> Vec<(String, String, Meaning)> {
    let mut codes: BTreeMap<String, String> = codes(&element.list("choices")).into_iter().collect();
    if element.is("showOtherItem") || element.is("hasOther") {
        codes.insert("other".to_owned(), "other".to_owned());
    }
    let special = [("showNoneItem", "hasNone", "none"), ("showDontKnowItem", "showDontKnowItem", "dontknow")];
    for (key, old, code) in special.into_iter().filter(|(key, old, _)| element.is(key) || element.is(old)) {
        let _ = (key, old);
        codes.insert(code.to_owned(), code.to_owned());
    }
    let fractional = element.text("step").contains('.') || element.text("step") == "any";
    let meaning = match typed {
        "radiogroup" | "dropdown" | "imagepicker" | "buttongroup" => Meaning::Choice(codes),
        "checkbox" | "tagbox" => Meaning::Set(codes),
        "boolean" => {
            let value = |key: &str, usual: &str| Some(element.text(key)).filter(|value| !value.is_empty()).unwrap_or(usual).to_owned();
            Meaning::Choice([(value("valueTrue", "true"), "yes".to_owned()), (value("valueFalse", "false"), "no".to_owned())].into())
        }
        "rating" => {
            let values = element.list("rateValues");
            if values.is_empty() || is_numbered(&values) {
                Meaning::Number(element.text("rateStep").contains('.'))
            } else {
                Meaning::Choice(super::choices_in::codes(&values).into_iter().collect())
            }
        }
        "text" | "" | "default" => match element.text("inputType") {
            "number" | "range" => Meaning::Number(fractional),
            "date" => Meaning::Day,
            _ => Meaning::Text,
        },
        "comment" => Meaning::Text,
        "slider" => Meaning::Number(true),
        "expression" => Meaning::Number(true),
        _ => return Vec::new(),
    };
    let own = matches!(meaning, Meaning::Choice(_) | Meaning::Set(_));
    let beside = own.then(|| (format!("{name}-Comment"), format!("{id}_other"), Meaning::Text));
    std::iter::once((name, id, meaning)).chain(beside).collect()
}
