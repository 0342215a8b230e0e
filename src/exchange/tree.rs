//! A survey's file as a tree of keys and texts, and the YAML of a tree: always written alike, keys in the order of the manual.
//!
//! Surveys cross to other formats as trees, not as the survey that was read from them: a key that no format knows yet travels as it is.

use crate::content::shape::{Field, Shape};
use crate::content::yaml::{Node, Value};
use crate::content::yaml_text::{quoted, scalar};
use crate::survey::shape::SURVEY;
use serde_json::{Map, Value as Tree};

/// The tree of a document. Scalars are texts as they were written.
#[must_use]
pub fn tree(node: &Node) -> Tree {
    match &node.value {
        Value::Null => Tree::Null,
        Value::Scalar(text) => Tree::String(text.clone()),
        Value::List(items) => items.iter().map(tree).collect(),
        Value::Map(entries) => Tree::Object(entries.iter().map(|(key, node)| (key.text.clone(), tree(node))).collect()),
    }
}

/// A key that is no key: its text becomes a comment.
pub(super) const COMMENT: &str = "#";

/// The YAML of a survey.
#[must_use]
pub fn survey_yaml(tree: &Tree) -> String {
    let mut out = String::new();
    block(tree, Some(&Shape::Record(&SURVEY)), 0, &mut out);
    out
}

/// The keys that a record may have, in the order of the manual.
fn fields(shape: Option<&Shape>, entries: &Map<String, Tree>) -> Vec<&'static Field> {
    match shape {
        Some(Shape::Record(record)) => record.fields.iter().collect(),
        Some(Shape::Choice(choice)) => {
            let named = entries.get(choice.key).and_then(Tree::as_str);
            let own = choice.variants.iter().find(|variant| Some(variant.word.word) == named).map_or(&[][..], |variant| variant.fields);
            choice.fields.iter().chain(own).collect()
        }
        _ => Vec::new(),
    }
}

/// The key that says what a record is stands first; ids before it, as people write them.
fn rank(key: &str, fields: &[&Field]) -> (usize, usize) {
    let first = ["#", "id", "kind"].iter().position(|one| *one == key);
    match (first, fields.iter().position(|field| field.key == key)) {
        (Some(at), _) => (0, at),
        (None, Some(at)) => (1, at),
        (None, None) => (2, 0),
    }
}

fn block(tree: &Tree, shape: Option<&Shape>, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match tree {
        Tree::Object(entries) => {
            let fields = fields(shape, entries);
            let mut keys: Vec<&String> = entries.keys().collect();
            keys.sort_by_key(|key| rank(key, &fields));
            for key in keys {
                let Some(value) = entries.get(key) else { continue };
                if key == COMMENT {
                    for line in value.as_str().unwrap_or_default().lines() {
                        *out += &format!("{indent}# {line}\n");
                    }
                    continue;
                }
                let inner = fields.iter().find(|field| field.key == key.as_str()).map(|field| &field.shape).or(match shape {
                    Some(Shape::Map(inner)) => Some(*inner),
                    _ => None,
                });
                let key = scalar(key);
                match short(value, inner) {
                    Some(text) if text.is_empty() => *out += &format!("{indent}{key}:\n"),
                    Some(text) => *out += &format!("{indent}{key}: {text}\n"),
                    None => {
                        *out += &format!("{indent}{key}:\n");
                        block(value, inner, depth + 1, out);
                    }
                }
            }
        }
        Tree::Array(items) => {
            let inner = match shape {
                Some(Shape::List(inner, _, _)) => Some(*inner),
                _ => None,
            };
            for item in items {
                if let Some(text) = short(item, inner) {
                    *out += &format!("{indent}- {text}\n");
                    continue;
                }
                let mut own = String::new();
                block(item, inner, depth + 1, &mut own);
                // The first line of the item moves behind its dash; a comment stands before it
                let deeper = "  ".repeat(depth + 1);
                let mut rest = own.as_str();
                while let Some((line, after)) = rest.split_once('\n').filter(|(line, _)| line.trim_start().starts_with('#')) {
                    *out += &format!("{indent}{}\n", line.trim_start());
                    rest = after;
                }
                *out += &format!("{indent}- {}", rest.strip_prefix(&deeper).unwrap_or(rest));
            }
        }
        _ => *out += &format!("{indent}{}\n", one_line(tree)),
    }
}

/// A value on one line, where it fits there: scalars; texts in their languages and small records, within 100 characters.
fn short(tree: &Tree, shape: Option<&Shape>) -> Option<String> {
    match tree {
        Tree::Array(items) if items.is_empty() => Some("[]".to_owned()),
        Tree::Object(entries) if entries.is_empty() => Some("{}".to_owned()),
        Tree::Array(items) => {
            let flat = items.iter().all(|item| matches!(item, Tree::String(_)));
            let text = flow(tree, shape);
            (flat && text.chars().count() <= 100).then_some(text)
        }
        Tree::Object(entries) => {
            let flat = entries.values().all(|value| match value {
                Tree::String(_) => true,
                Tree::Object(inner) => inner.keys().all(|key| key == "ja" || key == "en"),
                _ => false,
            });
            let small = entries.len() <= 3 && !entries.contains_key(COMMENT);
            let text = flow(tree, shape);
            (flat && small && text.chars().count() <= 100).then_some(text)
        }
        _ => Some(one_line(tree)),
    }
}

fn flow(tree: &Tree, shape: Option<&Shape>) -> String {
    match tree {
        Tree::Object(entries) => {
            let fields = fields(shape, entries);
            let mut keys: Vec<&String> = entries.keys().collect();
            keys.sort_by_key(|key| rank(key, &fields));
            let inner = |key: &str| fields.iter().find(|field| field.key == key).map(|field| &field.shape);
            let parts =
                keys.iter().filter_map(|key| entries.get(*key).map(|value| format!("{}: {}", scalar(key), flow(value, inner(key)))));
            format!("{{{}}}", parts.collect::<Vec<String>>().join(", "))
        }
        Tree::Array(items) => format!("[{}]", items.iter().map(|item| flow(item, None)).collect::<Vec<String>>().join(", ")),
        _ => one_line(tree),
    }
}

fn one_line(tree: &Tree) -> String {
    match tree {
        Tree::String(text) if is_bare(text) => text.clone(),
        Tree::String(text) => scalar(text),
        Tree::Bool(truth) => truth.to_string(),
        Tree::Number(number) => number.to_string(),
        Tree::Null => String::new(),
        Tree::Array(_) | Tree::Object(_) => quoted(""),
    }
}

/// Numbers, days and truth values need no quotation marks: readers keep them as they are written.
fn is_bare(text: &str) -> bool {
    let number = |text: &str| {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        all(whole) && all(fraction) && (whole == "0" || !whole.starts_with('0'))
    };
    text == "true" || text == "false" || number(text) || crate::language::Day::parse(text).is_some()
}

/// The same tree as we write it: a text that is equal in every language is written once.
#[must_use]
pub fn normal(tree: Tree) -> Tree {
    match tree {
        Tree::Object(entries) => {
            let languages = !entries.is_empty() && entries.keys().all(|key| key == "ja" || key == "en");
            let mut texts = entries.values().filter_map(Tree::as_str);
            if languages
                && entries.len() == 2
                && let (Some(one), Some(other)) = (texts.next(), texts.next())
                && one == other
            {
                return Tree::String(one.to_owned());
            }
            Tree::Object(entries.into_iter().map(|(key, value)| (key, normal(value))).collect())
        }
        Tree::Array(items) => items.into_iter().map(normal).collect(),
        other => other,
    }
}
