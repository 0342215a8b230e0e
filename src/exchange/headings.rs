//! The columns that a table of responses may have, by every name they go by, and how their cells become codes.

use super::columns::{Column, Multiple, categories, columns, headings, state_of};
use crate::content::plain;
use crate::diagnostic::closest;
use crate::language::Language;
use crate::survey::{Measure, Survey, Variable};
use std::collections::BTreeMap;

/// A column with the names that it goes by.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// The column.
    pub(super) column: Column,
    /// Its head as we write it, in ids and in both languages.
    pub(super) names: Vec<String>,
    /// Its head as it was before a renaming (`was:`).
    former: Vec<String>,
    /// What its codes were called before, and are today.
    former_codes: BTreeMap<String, String>,
}

/// Every column that a table may have: several choices as a column each and as one column.
pub(super) fn known_columns(survey: &Survey) -> Vec<Known> {
    let variables: Vec<Variable> =
        survey.carried_variables().into_iter().chain(survey.variables()).chain(survey.order_variables()).collect();
    let mut known: Vec<Known> = Vec::new();
    for multiple in [Multiple::Columns, Multiple::OneColumn] {
        let columns = columns(&variables, multiple);
        let words: Vec<Vec<String>> = Language::ALL.into_iter().map(|language| headings(survey, &columns, language)).collect();
        for (at, column) in columns.into_iter().enumerate() {
            if known.iter().any(|known| known.column.head == column.head) {
                continue;
            }
            let mut names = vec![column.head.clone()];
            names.extend(words.iter().filter_map(|all| all.get(at)).map(|name| squeezed(name)));
            let (former, former_codes) = before(survey, &column);
            known.push(Known { column, names, former, former_codes });
        }
    }
    known
}

/// The heads that a column had before a renaming, and what its codes were called.
fn before(survey: &Survey, column: &Column) -> (Vec<String>, BTreeMap<String, String>) {
    let (history, id) = (&survey.history, column.variable.id.as_str());
    let ids: Vec<&str> = std::iter::once(id).chain(history.formerly(id)).collect();
    let heads = match &column.choice {
        None => ids.into_iter().map(str::to_owned).collect::<Vec<String>>(),
        Some(choice) => {
            let codes: Vec<&str> = std::iter::once(choice.code.as_str()).chain(history.code_formerly(id, &choice.code)).collect();
            ids.iter().flat_map(|id| codes.iter().map(move |code| format!("{id}.{code}"))).collect()
        }
    };
    (heads.into_iter().filter(|head| *head != column.head).collect(), history.codes.get(id).cloned().unwrap_or_default())
}

/// A text with its white space squeezed: line breaks inside a head mean nothing.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

impl Known {
    /// Whether a head means this column.
    pub(super) fn is_called(&self, head: &str) -> bool {
        let head = squeezed(head);
        self.names.contains(&head)
    }

    /// Whether a head meant this column before a renaming.
    pub(super) fn was_called(&self, head: &str) -> bool {
        self.former.contains(&squeezed(head))
    }

    /// Whether its cells hold codes.
    pub(super) fn has_codes(&self) -> bool {
        self.column.choice.is_none() && !categories(&self.column.variable).is_empty()
    }

    /// The codes on offer.
    pub(super) fn codes(&self) -> Vec<String> {
        categories(&self.column.variable).iter().map(|category| category.code.clone()).collect()
    }

    /// The code of one value: a code, a number that is one (`4.0`), or a label in any language. `None` where it is none of these, or
    /// where two choices read alike.
    pub(super) fn code_of(&self, text: &str) -> Option<String> {
        let text = squeezed(text);
        let all = categories(&self.column.variable);
        let whole = text.strip_suffix(".0").unwrap_or(&text);
        if let Some(category) = all.iter().find(|category| category.code == text || category.code == whole) {
            return Some(category.code.clone());
        }
        if let Some(today) = self.former_codes.get(&text).or_else(|| self.former_codes.get(whole)) {
            return Some(today.clone());
        }
        let reads = |category: &&crate::survey::Category| {
            Language::ALL.into_iter().any(|language| squeezed(&plain(category.label.in_language(language))) == text)
        };
        let mut found = all.iter().filter(reads);
        match (found.next(), found.next()) {
            (Some(one), None) => Some(one.code.clone()),
            _ => None,
        }
    }

    /// The codes that a cell holds; for several choices parted by spaces, semicolons, commas or line breaks. `None` where something
    /// is neither code nor label.
    pub(super) fn codes_of(&self, text: &str) -> Option<Vec<String>> {
        if state_of(text.trim()).is_some() {
            return Some(vec![text.trim().to_owned()]);
        }
        if let Some(code) = self.code_of(text) {
            return Some(vec![code]);
        }
        if !matches!(self.column.variable.measure, Measure::Multiple(_) | Measure::Order(_)) {
            return None;
        }
        // Labels may hold a separator themselves: as many parts as possible are taken together
        for separators in [&[';', '；', '\n'][..], &[',', '、', ';', '；', '\n'], &[' ', ',', ';', '\n']] {
            let parts: Vec<(usize, &str)> =
                text.split(separators).map(|part| (part.as_ptr() as usize - text.as_ptr() as usize, part)).collect();
            let mut codes = Vec::new();
            let mut at = 0;
            while at < parts.len() {
                let (start, part) = parts[at];
                if part.trim().is_empty() {
                    at += 1;
                    continue;
                }
                let joined = (at..parts.len()).rev().find_map(|last| {
                    let (begin, final_part) = parts[last];
                    self.code_of(text.get(start..begin + final_part.len())?.trim()).map(|code| (last, code))
                });
                let Some((last, code)) = joined else { break };
                codes.push(code);
                at = last + 1;
            }
            if at >= parts.len() && !codes.is_empty() {
                return Some(codes);
            }
        }
        None
    }

    /// The code that a value most likely means.
    pub(super) fn guess(&self, text: &str) -> Option<String> {
        let all = categories(&self.column.variable);
        let labels: Vec<(String, String)> = all
            .iter()
            .flat_map(|category| {
                Language::ALL.into_iter().map(|language| (plain(category.label.in_language(language)), category.code.clone()))
            })
            .collect();
        let found = closest(text, labels.iter().map(|(label, _)| label.as_str()))?;
        labels.iter().find(|(label, _)| label == found).map(|(_, code)| code.clone())
    }
}
