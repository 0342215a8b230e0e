//! A report: a page of results as content defines it.

use super::reference::Located;
use super::site::Visibility;
use crate::content::Document;
use crate::diagnostic::Place;
use crate::language::{Language, Text};
use std::collections::BTreeMap;

/// Where a number comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    /// A row of a data set.
    Dataset {
        /// The data set.
        dataset: Located<String>,
        /// The row.
        row: Located<String>,
    },
    /// A question, a grid or a scale of the report's survey.
    Survey(Located<String>),
}

/// A large number at the head of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// What it is.
    pub label: Text,
    /// Where it comes from.
    pub origin: Origin,
}

/// A row of a data set to set beside an own figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Benchmark {
    /// The data set.
    pub dataset: Located<String>,
    /// The row.
    pub row: Located<String>,
    /// What it is called.
    pub label: Text,
}

/// What people wrote, as far as somebody has decided to show it.
#[derive(Debug, Clone, PartialEq)]
pub struct CommentsBlock {
    /// The question, or the text of its own that goes with a choice (`reason_other`).
    pub question: Located<String>,
    /// Themes of the review, in the order of the report; none: all of them.
    pub themes: Vec<Located<String>>,
    /// How many texts of each theme are quoted at most.
    pub most: u32,
    /// What stands above; `None`: the question.
    pub title: Option<Text>,
}

/// One part of a report.
#[derive(Debug, Clone)]
pub enum Block {
    /// A heading that opens a part.
    Heading {
        /// The heading.
        text: Text,
        /// A few words below.
        lead: Option<Text>,
    },
    /// Text, in each language.
    Text(BTreeMap<Language, Document>),
    /// A data set, drawn.
    Dataset(Located<String>),
    /// A figure of the survey, drawn.
    Figure {
        /// The question, grid or scale.
        figure: Located<String>,
        /// The finding as the author words it; `None`: as the figures word it.
        title: Option<Text>,
        /// A number from elsewhere to set beside it.
        benchmark: Option<Benchmark>,
    },
    /// A question to the board.
    Callout {
        /// Its bold first words.
        lead: Text,
        /// The rest (inline Markdown).
        text: Text,
    },
    /// How the report is made.
    Method,
    /// What people wrote.
    Comments(CommentsBlock),
}

/// A whole report from one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// A page for those who decide: scales, recommendation, groups, texts.
    Executive,
    /// The same figures for every group.
    Department,
    /// What has changed since the wave before.
    Change,
    /// Every question in its order.
    Pulse,
}

impl Template {
    /// What a word stands for.
    #[must_use]
    pub fn of(word: &str) -> Option<Template> {
        [Template::Executive, Template::Department, Template::Change, Template::Pulse].into_iter().find(|template| template.word() == word)
    }

    /// The word that stands for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Template::Executive => "executive",
            Template::Department => "department",
            Template::Change => "change",
            Template::Pulse => "pulse",
        }
    }
}

/// `content/reports/ID.yaml`.
#[derive(Debug, Clone)]
pub struct Report {
    /// Its id: the name of its file.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// Its headline.
    pub title: Text,
    /// What follows the headline.
    pub lead: Text,
    /// A line above the headline.
    pub eyebrow: Option<Text>,
    /// Who may read it.
    pub visibility: Visibility,
    /// The survey it reports on.
    pub survey: Located<String>,
    /// Its own figures are invented and say so.
    pub sample: bool,
    /// Large numbers, at most four.
    pub tiles: Vec<Tile>,
    /// What its first parts are made of.
    pub template: Option<Located<Template>>,
    /// Its parts, in order.
    pub blocks: Vec<Block>,
}
