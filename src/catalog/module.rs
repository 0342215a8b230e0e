//! A module: a training unit with its timetable and its lessons.

use super::reference::Located;
use super::worksheet::Worksheet;
use crate::content::Document;
use crate::diagnostic::Place;
use crate::language::{Language, Text};
use std::collections::BTreeMap;

/// The line drawing of a module on the first page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// Three circles that overlap.
    Overlap,
    /// A life line.
    Line,
    /// A card with writing.
    Card,
}

/// How people work in a part of the timetable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// They listen.
    Listen,
    /// Each works alone.
    Alone,
    /// They talk.
    Together,
    /// They rest.
    Break,
}

/// A row of the timetable.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// How long, in minutes, at least 1.
    pub minutes: u32,
    /// How people work.
    pub form: Form,
    /// What happens.
    pub title: Text,
    /// A line below.
    pub note: Option<Text>,
    /// The lesson it belongs to.
    pub lesson: Option<Located<String>>,
}

/// One text of a module.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// Its id: the name of its file.
    pub id: String,
    /// The head of its first file.
    pub place: Place,
    /// Its title.
    pub title: Text,
    /// A sentence below the title.
    pub lead: Option<Text>,
    /// Its text in each language.
    pub body: BTreeMap<Language, Document>,
}

/// `content/modules/ID/`.
#[derive(Debug, Clone)]
pub struct Module {
    /// Its id: the name of its folder.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// Its short name, on the plate.
    pub plate: Text,
    /// Its title.
    pub title: Text,
    /// One or two sentences.
    pub lead: Text,
    /// Its drawing.
    pub picture: Picture,
    /// Whom it is for.
    pub audience: Text,
    /// How many people.
    pub group: Text,
    /// What to bring.
    pub bring: Text,
    /// When it starts, minutes after midnight.
    pub start: u32,
    /// Its timetable, in order.
    pub timetable: Vec<Slot>,
    /// Its lessons, in order.
    pub lessons: Vec<Lesson>,
    /// Its worksheets, by their ids.
    pub worksheets: Vec<Worksheet>,
    /// Its sources.
    pub sources: Vec<Located<String>>,
    /// The text of its own page in each language.
    pub body: BTreeMap<Language, Document>,
}

impl Module {
    /// How long it takes, in minutes, breaks included.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.timetable.iter().map(|slot| slot.minutes).sum()
    }

    /// The worksheet with an id.
    #[must_use]
    pub fn worksheet(&self, id: &str) -> Option<&Worksheet> {
        self.worksheets.iter().find(|sheet| sheet.id == id)
    }

    /// How long a lesson takes, in minutes, by the timetable.
    #[must_use]
    pub fn lesson_minutes(&self, lesson: &str) -> u32 {
        let belongs = |slot: &&Slot| slot.lesson.as_ref().is_some_and(|named| named.value == lesson);
        self.timetable.iter().filter(belongs).map(|slot| slot.minutes).sum()
    }
}
