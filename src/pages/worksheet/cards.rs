//! Worksheets that can be printed as cards: a statement, or words with what they mean to the person. The blank ones stand in the page,
//! the script makes those of a filled sheet.

use crate::catalog::Worksheet;
use crate::catalog::outcome::Compute;
use crate::catalog::worksheet::{Field, FieldKind, Holds};
use crate::language::Text;
use serde::Serialize;
use serde_json::{Value as Json, json};

/// What of a worksheet stands on cards.
pub(super) struct Deck<'a> {
    /// The result that they show.
    result: usize,
    /// The part with the words; a statement has none.
    words: Option<&'a str>,
    /// The table where the words are written about.
    rows: Option<&'a str>,
    /// Whether the rows are an order, so that only they make cards.
    ranked: bool,
    /// What is written about a word.
    lines: Vec<&'a Field>,
}

/// The blank cards.
#[derive(Serialize)]
pub(super) struct CardsView {
    statement: bool,
    ranked: bool,
    lines: Vec<String>,
    /// The cards of one sheet of paper, by number.
    four: [u32; 4],
    /// The words on a sheet with all of them, by number.
    all: [&'static str; 5],
}

impl<'a> Deck<'a> {
    /// The cards of a worksheet, of the first result that makes some.
    pub(super) fn of(sheet: &'a Worksheet) -> Option<Deck<'a>> {
        let deck = |(result, outcome): (usize, &'a crate::catalog::outcome::Outcome)| match &outcome.compute {
            Compute::Compose(_) if outcome.pictures.iter().any(|picture| picture == "card") => {
                Some(Deck { result, words: None, rows: None, ranked: false, lines: Vec::new() })
            }
            Compute::Ranking(cards, top) => {
                let lines = written_about(sheet, &top.value);
                Some(Deck { result, words: Some(&cards.value), rows: Some(&top.value), ranked: true, lines })
            }
            Compute::Johari(cards) => {
                let rows = told_in(sheet, &cards.value);
                let lines = rows.map(|rows| written_about(sheet, rows)).unwrap_or_default();
                Some(Deck { result, words: Some(&cards.value), rows, ranked: false, lines })
            }
            _ => None,
        };
        sheet.results.iter().enumerate().find_map(deck)
    }

    /// The blank cards in a language.
    pub(super) fn view(&self, plain: &dyn Fn(&Text) -> String) -> CardsView {
        CardsView {
            statement: self.words.is_none(),
            ranked: self.ranked,
            lines: self.lines.iter().map(|field| plain(&field.label)).collect(),
            four: [1, 2, 3, 4],
            all: ["1", "2", "3", "4", "5"],
        }
    }

    /// What the script makes cards from.
    pub(super) fn rules(&self, plain: &dyn Fn(&Text) -> String) -> Json {
        let lines: Vec<Json> = self.lines.iter().map(|field| json!({"id": field.id, "label": plain(&field.label)})).collect();
        json!({"result": self.result, "words": self.words, "rows": self.rows, "ranked": self.ranked, "lines": lines})
    }
}

/// The table that has a column for cards of a part.
fn told_in<'a>(sheet: &'a Worksheet, cards: &str) -> Option<&'a str> {
    let takes = |field: &Field| matches!(&field.kind, FieldKind::Card(from) if from.value == cards);
    let table = sheet.parts.iter().find(|part| matches!(&part.holds, Holds::Rows(columns, ..) if columns.iter().any(takes)))?;
    Some(&table.id)
}

/// The columns of a table that take words.
fn written_about<'a>(sheet: &'a Worksheet, rows: &str) -> Vec<&'a Field> {
    match sheet.part(rows).map(|part| &part.holds) {
        Some(Holds::Rows(columns, ..)) => {
            columns.iter().filter(|column| matches!(column.kind, FieldKind::Text | FieldKind::Long(_))).collect()
        }
        _ => Vec::new(),
    }
}
