//! Something of a SurveyJS survey with its keys: who reads a key says so, and what nobody has read is lost and said to be.

use super::expression_in::read;
use super::writer::{Keys, OWN};
use crate::content::yaml::{Node, Value};
use crate::diagnostic::Diagnostics;
use crate::exchange::expression_in::{Foreign, Manner, condition};
use crate::exchange::loss::lost;
use crate::exchange::meaning::{Names, fills};
use crate::exchange::tree::tree;
use crate::language::Language;
use serde_json::Value as Tree;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// What elements are read by, and what is said while they are.
pub(super) struct Context<'a> {
    pub(super) languages: &'a [Language],
    pub(super) names: Names,
    /// The ids of elements by their names.
    pub(super) ids: BTreeMap<String, String>,
    pub(super) diagnostics: RefCell<Diagnostics>,
    /// The questions of earlier pages, whose answers texts can fill in.
    pub(super) earlier: RefCell<BTreeSet<String>>,
}

/// A mapping, and where it stands in the whole: `pages[0].elements[2]`.
pub(super) struct Element<'a> {
    pub(super) node: &'a Node,
    pub(super) path: String,
    read: RefCell<BTreeSet<String>>,
}

impl<'a> Element<'a> {
    pub(super) fn new(node: &'a Node, path: String) -> Element<'a> {
        Element { node, path, read: RefCell::default() }
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a Node> {
        self.read.borrow_mut().insert(key.to_owned());
        self.node.get(key)
    }

    pub(super) fn text(&self, key: &str) -> &'a str {
        self.get(key).and_then(Node::scalar).unwrap_or_default()
    }

    pub(super) fn is(&self, key: &str) -> bool {
        self.text(key) == "true"
    }

    /// The records of a list.
    pub(super) fn list(&self, key: &str) -> Vec<Element<'a>> {
        let items = self.get(key).map_or(&[][..], Node::items);
        let at = |index: usize| if self.path.is_empty() { format!("{key}[{index}]") } else { format!("{}.{key}[{index}]", self.path) };
        items.iter().enumerate().map(|(index, node)| Element::new(node, at(index))).collect()
    }

    /// Its value as an item of a list: itself, or that of its key.
    pub(super) fn value(&self) -> &'a str {
        self.node.scalar().unwrap_or_else(|| self.text("value"))
    }

    /// What of it only we understand.
    pub(super) fn own(&self) -> Keys {
        self.get(OWN).map(tree).and_then(|tree| tree.as_object().cloned()).unwrap_or_default()
    }

    /// Where a key stands, for a sentence.
    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}

/// What of our own keys belongs to the question itself.
pub(super) fn bare(own: &Keys) -> Keys {
    own.iter().filter(|(key, _)| !key.starts_with('~')).map(|(key, value)| (key.clone(), value.clone())).collect()
}

impl Context<'_> {
    pub(super) fn manner(&self) -> Manner<'_> {
        Manner { names: &self.names, nought: true }
    }

    /// Says that a key is not taken over.
    pub(super) fn lose(&self, element: &Element<'_>, key: &str, words: &str) {
        element.read.borrow_mut().insert(key.to_owned());
        let place = element.node.get(key).map_or_else(|| element.node.place.clone(), |node| node.place.clone());
        let path = element.path_of(key);
        let short: String = words.chars().take(60).collect();
        let behind = |open: &str, close: &str| if short.is_empty() { String::new() } else { format!("{open}{short}{close}") };
        lost(
            place,
            format!("{path}{}は取り込めません。", behind("（", "）")),
            format!("{path}{} cannot be taken over.", behind(" (", ")")),
            &mut self.diagnostics.borrow_mut(),
        );
    }

    /// Says of every key that nobody has read that it is lost.
    pub(super) fn unread(&self, element: &Element<'_>) {
        let Value::Map(entries) = &element.node.value else { return };
        for (key, node) in entries {
            if !element.read.borrow().contains(&key.text) {
                self.lose(element, &key.text, node.scalar().unwrap_or_default());
            }
        }
    }

    /// A text in our languages; the original where nobody has changed it since it left us.
    pub(super) fn words(&self, element: &Element<'_>, key: &str, own: &Keys, ours: &str) -> Option<Tree> {
        let there = tree(element.get(key)?);
        if let Some(original) = own.get(ours).filter(|_| own.get(&format!("~{key}")) == Some(&there)) {
            return Some(original.clone());
        }
        let Tree::Object(forms) = &there else {
            return there.as_str().filter(|text| !text.is_empty()).map(|text| self.filled(element, key, text).into());
        };
        let usual = forms.get("default").and_then(Tree::as_str);
        let mut out = Keys::new();
        for language in self.languages {
            let own = forms.get(language.code()).and_then(Tree::as_str);
            if let Some(text) = own.or(usual.filter(|_| *language == Language::English)) {
                out.insert(language.code().to_owned(), self.filled(element, key, text).into());
            }
        }
        let known = |code: &String| code == "default" || self.languages.iter().any(|language| language.code() == code);
        for code in forms.keys().filter(|code| !known(code)) {
            self.lose(element, &format!("{key}.{code}"), "");
        }
        match (out.len(), usual) {
            (0, None) => None,
            (0, Some(text)) => Some(self.filled(element, key, text).into()),
            (1, Some(text)) if forms.len() == 1 => Some(self.filled(element, key, text).into()),
            _ => Some(Tree::Object(out)),
        }
    }

    /// `{name}` as we fill in an answer.
    fn filled(&self, element: &Element<'_>, key: &str, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, behind)) = after.split_once('}') else { break };
            match fills(&self.names, &self.earlier.borrow(), name) {
                Some(id) => {
                    out += &format!("{before}{{{{{id} | …}}}}");
                    self.lose(element, key, "{…} → …");
                }
                None if self.names.contains_key(name.trim()) => {
                    out += &format!("{before}…");
                    self.lose(element, key, &format!("{{{name}}}"));
                }
                None => out += &format!("{before}{{{name}}}"),
            }
            rest = behind;
        }
        out + rest
    }

    /// A condition in our language.
    pub(super) fn condition(&self, element: &Element<'_>, key: &str, own: &Keys, ours: &str) -> Option<String> {
        let written = element.text(key);
        let left = own.get(&format!("~{key}")).and_then(Tree::as_str).unwrap_or_default();
        if let Some(kept) = own.get(ours).and_then(Tree::as_str).filter(|_| left == written) {
            return Some(kept.to_owned());
        }
        if written.is_empty() {
            return None;
        }
        match read(written).and_then(|tree| self.told(element, key, &tree).and_then(|tree| condition(tree, self.manner()))) {
            Ok(source) => Some(source),
            Err(part) => {
                self.lose(element, key, &part);
                None
            }
        }
    }

    /// Says what of an expression is not quite the same with us: texts are compared with their capitals.
    pub(super) fn told<'f>(&self, element: &Element<'_>, key: &str, foreign: &'f Foreign) -> Result<&'f Foreign, String> {
        if foreign.compares_texts(&self.names) {
            let place = element.node.get(key).map_or_else(|| element.node.place.clone(), |node| node.place.clone());
            let path = element.path_of(key);
            lost(
                place,
                format!("{path}: 文を比べるとき、大文字と小文字を区別するようになります。"),
                format!("{path}: capitals are told from small letters from now on when texts are compared."),
                &mut self.diagnostics.borrow_mut(),
            );
        }
        Ok(foreign)
    }
}
