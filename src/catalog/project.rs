//! What is true for all sites of a project, and its sources.

use super::reference::Located;
use crate::diagnostic::Place;
use crate::language::{Language, Text};

/// `content/project.yaml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    /// The languages, in order; the first is the default and has addresses without a prefix. Never empty.
    pub languages: Vec<Language>,
    /// The time zone in which surveys open and close: `Asia/Tokyo`.
    pub time_zone: String,
    /// The site that `serve` shows at `/`; `None`: the first one by name.
    pub home: Option<Located<String>>,
    /// Who publishes.
    pub organisation: Text,
    /// Whom to ask.
    pub contact: Text,
    /// For how many days closed batches are kept.
    pub retain_days: u32,
}

/// A source of facts or figures: one entry of `content/sources.yaml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// Title of the survey or paper.
    pub title: Text,
    /// Who made it.
    pub by: Text,
    /// When the fieldwork was, or when it was published.
    pub date: Text,
    /// Whom they asked, and how many.
    pub sample: Option<Text>,
    /// Defects, corrections, caveats (inline Markdown).
    pub note: Option<Text>,
    /// Address of a public page.
    pub url: Option<String>,
}
