//! YAML as a tree of located nodes. The only user of the YAML reader.
//!
//! Scalars keep their source text, so that `2024`, `0123`, `no` and `1.10` stay what the author wrote where a text is asked.

use super::yaml_slip::explain;
use crate::diagnostic::{Diagnostics, Place};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::{DuplicateKeyPolicy, MergeKeyPolicy, NonFiniteFloatPolicy};
use serde_saphyr::{Error, Location, Spanned};
use std::sync::Arc;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it stands; for lists and mappings the place where they begin.
    pub place: Place,
    /// What it is.
    pub value: Value,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing: `key:` with nothing behind it, `~` or `null`.
    Null,
    /// A text, number, truth value or date, as it is written.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the file. A key may stand there twice: the readers report it.
    Map(Vec<(Key, Node)>),
}

/// A key and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl Node {
    /// The value of a key, where this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|(name, _)| name.text == key).map(|(_, node)| node),
            Value::Null | Value::Scalar(_) | Value::List(_) => None,
        }
    }

    /// The text, where this is a scalar.
    #[must_use]
    pub fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The items, where this is a list; else none.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            Value::Null | Value::Scalar(_) | Value::Map(_) => &[],
        }
    }
}

/// Reads a document. `text` is a whole file, or a part of one that begins at line `first_line` (the head of a Markdown file).
///
/// `None` means that it is not YAML at all, and that a diagnostic says where and what to do.
pub fn parse(file: &Arc<str>, text: &str, first_line: u32, diagnostics: &mut Diagnostics) -> Option<Node> {
    // A file of 4 MiB holds at most some 500,000 nodes. Aliases may add a fifth of that: nobody writes so many, and a bomb is
    // defused in no time. The reader recurses, and a level takes some 35 KiB of stack in a debug build, of which Windows gives a
    // main thread 1 MiB; our own content has nine levels.
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: 1_000_000,
            max_events: 2_500_000,
            max_depth: 16,
            max_aliases: 1_000,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 100_000,
            max_replay_stack_depth: 16,
            max_alias_expansions_per_anchor: 1_000,
        },
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::AsOrdinary,
        strict_booleans: true,
        // `.inf` may be a text, too
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
    };
    let source = Source { file, text, first_line };
    match serde_saphyr::from_str_with_options::<Spanned<Raw>>(text, options) {
        // An empty document is an empty mapping: the readers then name the keys that are missing.
        Ok(Spanned { value: Raw::Null, .. }) => Some(Node { place: Place::new(file, first_line, 1, 1), value: Value::Map(Vec::new()) }),
        Ok(raw) => Some(source.node(raw)),
        Err(Error::Eof { .. }) => Some(Node { place: Place::new(file, first_line, 1, 1), value: Value::Map(Vec::new()) }),
        Err(error) => {
            let error = error.without_snippet();
            let place = source.place(error.location().unwrap_or(Location::UNKNOWN));
            diagnostics.push(explain(error, &place, text, first_line));
            None
        }
    }
}

/// What the reader hands over: scalars by their own words where they are quoted, else `None` (the source has them).
enum Raw {
    Null,
    Plain,
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("any YAML value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Raw, E> {
        Ok(Raw::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}

struct Source<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    first_line: u32,
}

impl Source<'_> {
    fn node(&self, raw: Spanned<Raw>) -> Node {
        let place = self.place(raw.referenced);
        let value = match raw.value {
            Raw::Null => Value::Null,
            Raw::Plain => Value::Scalar(self.slice(raw.defined).unwrap_or_default().trim().to_owned()),
            Raw::Text(text) => Value::Scalar(text),
            Raw::List(items) => Value::List(items.into_iter().map(|item| self.node(item)).collect()),
            Raw::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, value)| (Key { place: self.place(key.referenced), text: key.value }, self.node(value)))
                    .collect(),
            ),
        };
        Node { place, value }
    }

    /// The source of a span.
    fn slice(&self, location: Location) -> Option<&str> {
        let start = usize::try_from(location.span().byte_offset()?).ok()?;
        let length = usize::try_from(location.span().byte_len()?).ok()?;
        self.text.get(start..start.checked_add(length)?)
    }

    fn place(&self, location: Location) -> Place {
        let line = u32::try_from(location.line()).unwrap_or(u32::MAX).max(1);
        let column = u32::try_from(location.column()).unwrap_or(1).max(1);
        let length = self.slice(location).and_then(|text| text.lines().next()).map_or(1, |line| line.trim_end().chars().count().max(1));
        Place::new(self.file, line + self.first_line - 1, column, u32::try_from(length).unwrap_or(1))
    }
}
