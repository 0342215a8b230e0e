//! Hands out the typed values of a mapping that was checked.
//!
//! The getters are silent: what is wrong was said by [`super::check`], so they give the nearest harmless value and reading goes
//! on to find the faults further down.

use super::scalar::{decimal, minutes_of_day};
use super::yaml::{Node, Value};
use crate::diagnostic::Place;
use crate::language::{Day, DayTime, Language, Text};

/// Typed values of a mapping that was checked.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'a> {
    node: &'a Node,
}

impl<'a> Fields<'a> {
    /// The values of a node.
    #[must_use]
    pub fn of(node: &'a Node) -> Fields<'a> {
        Fields { node }
    }

    /// Where the mapping begins.
    #[must_use]
    pub fn place(&self) -> Place {
        self.node.place.clone()
    }

    /// Where the value of a key stands; the mapping's own place where the key is absent.
    #[must_use]
    pub fn place_of(&self, key: &str) -> Place {
        self.node.get(key).unwrap_or(self.node).place.clone()
    }

    /// The node of a key.
    #[must_use]
    pub fn node(&self, key: &str) -> Option<&'a Node> {
        self.node.get(key).filter(|node| node.value != Value::Null)
    }

    /// A text, empty where it is absent.
    #[must_use]
    pub fn text(&self, key: &str) -> Text {
        self.optional_text(key).unwrap_or_default()
    }

    /// A text that may be absent.
    #[must_use]
    pub fn optional_text(&self, key: &str) -> Option<Text> {
        self.node(key).map(text_of)
    }

    /// A plain text, empty where it is absent.
    #[must_use]
    pub fn line(&self, key: &str) -> String {
        self.optional_line(key).unwrap_or_default()
    }

    /// A plain text that may be absent.
    #[must_use]
    pub fn optional_line(&self, key: &str) -> Option<String> {
        self.node(key).and_then(Node::scalar).map(str::to_owned)
    }

    /// A whole number, or `default`.
    #[must_use]
    pub fn integer(&self, key: &str, default: u32) -> u32 {
        self.optional_integer(key).unwrap_or(default)
    }

    /// A whole number that may be absent.
    #[must_use]
    pub fn optional_integer(&self, key: &str) -> Option<u32> {
        self.node(key).and_then(Node::scalar).and_then(|text| text.parse().ok())
    }

    /// A decimal number that may be absent.
    #[must_use]
    pub fn optional_decimal(&self, key: &str) -> Option<f64> {
        self.node(key).and_then(Node::scalar).and_then(decimal)
    }

    /// A truth value, `false` where it is absent.
    #[must_use]
    pub fn flag(&self, key: &str) -> bool {
        self.node(key).and_then(Node::scalar) == Some("true")
    }

    /// A day that may be absent.
    #[must_use]
    pub fn optional_day(&self, key: &str) -> Option<Day> {
        self.node(key).and_then(Node::scalar).and_then(Day::parse)
    }

    /// A day with or without an hour, that may be absent.
    #[must_use]
    pub fn optional_day_time(&self, key: &str) -> Option<DayTime> {
        self.node(key).and_then(Node::scalar).and_then(DayTime::parse)
    }

    /// A time of day in minutes after midnight, 0 where it is absent.
    #[must_use]
    pub fn time(&self, key: &str) -> u32 {
        self.node(key).and_then(Node::scalar).and_then(minutes_of_day).unwrap_or(0)
    }

    /// The items of a list; none where it is absent.
    #[must_use]
    pub fn items(&self, key: &str) -> &'a [Node] {
        self.node(key).map_or(&[], Node::items)
    }

    /// The items of a list of mappings.
    pub fn records(&self, key: &str) -> impl Iterator<Item = Fields<'a>> {
        self.items(key).iter().map(Fields::of)
    }

    /// The mapping of a key.
    #[must_use]
    pub fn record(&self, key: &str) -> Option<Fields<'a>> {
        self.node(key).map(Fields::of)
    }
}

/// A checked node as a text.
#[must_use]
pub fn text_of(node: &Node) -> Text {
    match &node.value {
        Value::Scalar(text) => Text::plain(text.clone()),
        Value::Map(entries) => {
            entries.iter().filter_map(|(key, value)| Some((Language::from_code(&key.text)?, value.scalar()?.to_owned()))).collect()
        }
        Value::Null | Value::List(_) => Text::default(),
    }
}
