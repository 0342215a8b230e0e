//! What every row of a form is written with: cells, texts in their languages, conditions, and what travels along for our own eyes.

use super::expression_out::XPath;
use super::sheet::{OWN, head, said};
use crate::content::spreadsheet::{Entry, SheetOut};
use crate::diagnostic::{Diagnostics, Place};
use crate::exchange::expression_out::{Translated, condition};
use crate::exchange::loss::lost;
use crate::language::{Language, Text};
use crate::survey::Survey;
use crate::survey::expression::parse;
use crate::survey::piping::{Piece, pieces};
use serde_json::{Map, Value as Tree};
use std::collections::{BTreeMap, BTreeSet};

pub(super) type Row = BTreeMap<String, String>;
pub(super) type Keys = Map<String, Tree>;

pub(super) struct Writer<'a> {
    pub(super) survey: &'a Survey,
    pub(super) languages: &'a [Language],
    pub(super) dialect: XPath<'a>,
    pub(super) rows: Vec<Row>,
    pub(super) choices: Vec<Row>,
    pub(super) taken: BTreeSet<String>,
    pub(super) diagnostics: Diagnostics,
}

pub(super) fn string<'t>(keys: &'t Keys, key: &str) -> &'t str {
    keys.get(key).and_then(Tree::as_str).unwrap_or_default()
}

/// The records of a list.
pub(super) fn records<'t>(keys: &'t Keys, key: &str) -> impl Iterator<Item = &'t Keys> {
    keys.get(key).and_then(Tree::as_array).into_iter().flatten().filter_map(Tree::as_object)
}

pub(super) fn cell(row: &mut Row, column: &str, text: impl Into<String>) {
    let text = text.into();
    if !text.is_empty() {
        row.insert(column.to_owned(), text);
    }
}

pub(super) fn rest(keys: &Keys, without: &[&str]) -> Keys {
    keys.iter().filter(|(key, _)| !without.contains(&key.as_str())).map(|(key, value)| (key.clone(), value.clone())).collect()
}

pub(super) fn own(row: &mut Row, keys: Keys) {
    if !keys.is_empty() {
        cell(row, OWN, Tree::Object(keys).to_string());
    }
}

/// A text that was read, as the tree of its file has it.
pub(super) fn text_tree(text: &Text, languages: &[Language]) -> Tree {
    let forms = languages.iter().map(|language| (language.code().to_owned(), Tree::from(text.in_language(*language))));
    Tree::Object(forms.collect())
}

impl Writer<'_> {
    pub(super) fn sheet(&self, name: &str, columns: &[&str], rows: &[Row]) -> SheetOut {
        let mut heads: Vec<String> = Vec::new();
        for column in columns {
            match column.strip_suffix('*') {
                Some(base) => heads.extend(self.languages.iter().map(|language| head(base, *language))),
                None => heads.push((*column).to_owned()),
            }
        }
        heads.push(OWN.to_owned());
        let mut out = vec![heads.iter().map(Entry::text).collect::<Vec<Entry>>()];
        for row in rows {
            out.push(heads.iter().map(|head| row.get(head).map_or(Entry::Empty, Entry::text)).collect());
        }
        SheetOut { name: name.to_owned(), rows: out }
    }

    pub(super) fn place(&self, id: &str) -> Place {
        self.survey.question(id).map_or_else(|| self.survey.place.clone(), |question| question.place.clone())
    }

    pub(super) fn lose(&mut self, place: &Place, ja: impl Into<String>, en: impl Into<String>) {
        lost(place.clone(), ja, en, &mut self.diagnostics);
    }

    /// A name that no row has yet.
    pub(super) fn name(&mut self, wanted: String) -> String {
        let mut name = wanted;
        while !self.taken.insert(name.clone()) {
            name.push('_');
        }
        name
    }

    /// `{{nickname | you}}` as a form fills in an answer: `${nickname}`; the words behind the bar where it cannot.
    fn filled(&self, text: &str) -> String {
        let Ok(pieces) = pieces(text) else { return text.to_owned() };
        let words = |piece: &Piece<'_>| match piece {
            Piece::Words(words) => (*words).to_owned(),
            Piece::Answer { variable, .. } if self.dialect.is_row(variable) => format!("${{{variable}}}"),
            Piece::Answer { instead, .. } => (*instead).to_owned(),
        };
        pieces.iter().map(words).collect()
    }

    /// A text in every language. Answers that it fills in are references there; the original travels along.
    pub(super) fn text(&mut self, row: &mut Row, keys: &mut Keys, column: &str, key: &str, text: Option<&Tree>, place: &Place) {
        let Some(text) = text else { return };
        let mut changed = Keys::new();
        for language in self.languages {
            let original = said(text, *language);
            let form = self.filled(&original);
            if form != original {
                changed.insert(language.code().to_owned(), form.clone().into());
            }
            cell(row, &head(column, *language), form);
        }
        if !changed.is_empty() {
            keys.insert(key.to_owned(), text.clone());
            keys.insert(format!("~{column}"), Tree::Object(changed));
            self.lose(
                place,
                "答えを差し込む文です。ほかのソフトでは、答えがないときの言葉が出ません。",
                "This text fills in an answer; other programs show nothing where there is none.",
            );
        }
    }

    pub(super) fn condition(&mut self, row: &mut Row, keys: &mut Keys, source: &str, place: &Place) {
        if source.is_empty() {
            return;
        }
        keys.insert("show_if".to_owned(), source.into());
        let path = parse(source).map_err(|_| source.to_owned()).and_then(|expression| condition(&expression, &self.dialect));
        match path {
            Ok(Translated { text, .. }) => {
                keys.insert("~relevant".to_owned(), text.clone().into());
                cell(row, "relevant", text);
            }
            Err(part) => self.lose(
                place,
                format!("条件の「{part}」は XLSForm で書けません。ほかのソフトでは、いつも尋ねます。"),
                format!("XLSForm has no words for “{part}”; other programs always ask this."),
            ),
        }
    }
}
