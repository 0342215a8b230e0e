//! Where a code of one's own is typed, and what is said of one that does not do.

use super::sheet::{FieldView, SurveyView};
use crate::pages::edition::Edition;
use crate::survey::invitation::CHARACTERS;
use crate::survey::{Slip, Token};
use serde::Serialize;

/// What is wrong with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// None came.
    Missing,
    /// A slip of the pen.
    Mistyped,
    /// Nothing stands under it.
    Unknown,
    /// What stands under it cannot be opened.
    Damaged,
    /// Too many wrong ones from this network.
    TooMany,
}

impl Wrong {
    /// One of each.
    pub const ALL: [Wrong; 5] = [Wrong::Missing, Wrong::Mistyped, Wrong::Unknown, Wrong::Damaged, Wrong::TooMany];

    /// The status code of its page.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Wrong::Missing | Wrong::Mistyped => 422,
            Wrong::Unknown => 404,
            Wrong::Damaged => 500,
            Wrong::TooMany => 429,
        }
    }
}

#[derive(Serialize)]
pub(in crate::pages) struct View {
    pub survey: SurveyView,
    pub entry: EntryView,
}

/// A page with a field for a code.
#[derive(Serialize)]
pub(in crate::pages) struct EntryView {
    pub title: String,
    pub lead: String,
    pub notes: Vec<String>,
    /// What is wrong with the code that was sent.
    pub complaint: Option<String>,
    pub contact: Option<String>,
    pub action: String,
    pub carried: Vec<FieldView>,
    pub label: String,
    pub hint: String,
    pub name: &'static str,
    pub value: String,
    /// There is a field; without one the code came by a link.
    pub field: bool,
    /// There is a button.
    pub button: Option<String>,
}

/// Where a code that was typed goes wrong, in words.
pub(in crate::pages) fn slip(edition: &Edition<'_>, typed: &str) -> String {
    match Token::slip(typed) {
        Some(Slip::Length(n)) => edition.fill("slip_length", &[("n", &n.to_string()), ("all", &CHARACTERS.to_string())]),
        Some(Slip::Character(place, char)) => {
            edition.fill("slip_character", &[("n", &place.to_string()), ("character", &char.to_string())])
        }
        Some(Slip::Place(place)) => {
            let (group, inside) = ((place - 1) / 4 + 1, (place - 1) % 4 + 1);
            edition.fill("slip_place", &[("group", &group.to_string()), ("n", &inside.to_string())])
        }
        Some(Slip::Several) | None => edition.say("slip_several").to_owned(),
    }
}
