//! The variables that a question makes, and the fields that its parts have.

use super::question::{Choice, Item, Kind, MOST_LIKELY, NO, OTHER, Question, YES};
use super::variable::{Category, Measure, Variable};
use crate::language::{Language, Text};

impl Question {
    /// The variables that this question makes, in order: one, one more for an "other" text; or one a row, item, card, pair or cell;
    /// none for a note.
    #[must_use]
    pub fn variables(&self) -> Vec<Variable> {
        let each = |items: &[Item], measure: &dyn Fn() -> Measure| -> Vec<Variable> {
            items.iter().map(|item| self.variable(self.row_variable(&item.id), item.text.clone(), measure())).collect()
        };
        match &self.kind {
            Kind::SingleChoice { choices, other } | Kind::Dropdown { choices, other } => {
                self.with_other(Measure::Nominal(categories(choices, other.as_ref())), other.is_some())
            }
            Kind::MultipleChoice { choices, other, .. } => {
                self.with_other(Measure::Multiple(categories(choices, other.as_ref())), other.is_some())
            }
            Kind::YesNo { yes, no } => {
                let both = [(YES, yes), (NO, no)].map(|(code, label)| Category { code: code.to_owned(), label: label.clone() });
                self.one(Measure::Nominal(both.into()))
            }
            Kind::MultipleGrid { choices, rows, .. } => each(rows, &|| Measure::Multiple(categories(choices, None))),
            Kind::Scale(points) => self.one(Measure::Ordinal(points.categories())),
            Kind::Grid { points, rows } => each(rows, &|| Measure::Ordinal(points.categories())),
            Kind::Recommendation { ends } => self.one(Measure::Ordinal(likelihoods(ends))),
            Kind::Number { .. } | Kind::Slider(_) | Kind::Calculated { .. } => self.one(Measure::Number),
            Kind::ShortText { .. } | Kind::LongText { .. } => self.one(Measure::Text),
            Kind::Date { .. } => self.one(Measure::Date),
            Kind::Ranking { items, .. } | Kind::Allocation { items, .. } => each(items, &|| Measure::Number),
            Kind::CardSort { cards, piles } => each(cards, &|| Measure::Nominal(named(piles))),
            Kind::PairedComparison { items } => pairs(items)
                .map(|(first, second)| {
                    let measure = Measure::Nominal(named(&[first.clone(), second.clone()]));
                    self.variable(self.pair_variable(first, second), versus(&first.text, &second.text), measure)
                })
                .collect(),
            Kind::Table { columns, at_most } => (1..=*at_most)
                .flat_map(|row| columns.iter().map(move |column| (row, column)))
                .flat_map(|(row, column)| {
                    let mut variables = self.cell(row, column).variables();
                    variables.iter_mut().for_each(|variable| variable.question.clone_from(&self.id));
                    variables
                })
                .collect(),
            Kind::Note => Vec::new(),
        }
    }

    fn variable(&self, id: String, label: Text, measure: Measure) -> Variable {
        Variable { id, question: self.id.clone(), label, measure, sensitive: self.sensitive }
    }

    fn one(&self, measure: Measure) -> Vec<Variable> {
        vec![self.variable(self.id.clone(), self.text.clone(), measure)]
    }

    fn with_other(&self, measure: Measure, other: bool) -> Vec<Variable> {
        let mut both = self.one(measure);
        both.extend(other.then(|| self.variable(self.other_variable(), self.text.clone(), Measure::Text)));
        both
    }

    /// The id of the variable of a row, an item or a card.
    #[must_use]
    pub fn row_variable(&self, row: &str) -> String {
        format!("{}_{row}", self.id)
    }

    /// The id of the variable of a pair.
    #[must_use]
    pub fn pair_variable(&self, first: &Item, second: &Item) -> String {
        format!("{}_{}_{}", self.id, first.id, second.id)
    }

    /// The id of the variable of the "other" text.
    #[must_use]
    pub fn other_variable(&self) -> String {
        format!("{}_{OTHER}", self.id)
    }

    /// A cell of a table as a question of its own: `question_row_column`, rows counted from 1.
    #[must_use]
    pub fn cell(&self, row: u32, column: &Question) -> Question {
        let text = |language: Language| match language {
            Language::Japanese => format!("{}（{row}件目）", column.text.in_language(language)),
            Language::English => format!("{} (row {row})", column.text.in_language(language)),
        };
        Question {
            id: format!("{}_{row}_{}", self.id, column.id),
            text: Language::ALL.into_iter().map(|language| (language, text(language))).collect(),
            sensitive: self.sensitive || column.sensitive,
            ..column.clone()
        }
    }

    /// The cell of a table that has this field.
    #[must_use]
    pub fn cell_of(&self, field: &str) -> Option<Question> {
        let Kind::Table { columns, at_most } = &self.kind else { return None };
        let mut cells = (1..=*at_most).flat_map(|row| columns.iter().map(move |column| self.cell(row, column)));
        cells.find(|cell| cell.id == field || cell.other_variable() == field)
    }

    /// Whether «I would rather not say» has a field of its own, because the answer is typed or has several parts; else it is a
    /// value beside the others.
    #[must_use]
    pub fn declines_apart(&self) -> bool {
        match &self.kind {
            Kind::SingleChoice { .. }
            | Kind::Dropdown { .. }
            | Kind::YesNo { .. }
            | Kind::MultipleChoice { .. }
            | Kind::Scale(_)
            | Kind::Grid { .. }
            | Kind::Recommendation { .. }
            | Kind::Calculated { .. }
            | Kind::Note => false,
            Kind::MultipleGrid { .. }
            | Kind::Number { .. }
            | Kind::Slider(_)
            | Kind::ShortText { .. }
            | Kind::LongText { .. }
            | Kind::Date { .. }
            | Kind::Ranking { .. }
            | Kind::CardSort { .. }
            | Kind::Allocation { .. }
            | Kind::PairedComparison { .. }
            | Kind::Table { .. } => true,
        }
    }

    /// How many questions it is to those who answer: every row of a grid and every pair is one, what is not answered none.
    #[must_use]
    pub fn count(&self) -> usize {
        match &self.kind {
            Kind::Grid { rows, .. } | Kind::MultipleGrid { rows, .. } => rows.len(),
            Kind::PairedComparison { items } => pairs(items).count(),
            Kind::Calculated { .. } | Kind::Note => 0,
            _ => 1,
        }
    }
}

/// Every pair of items, each once, in the order of the items.
pub fn pairs(items: &[Item]) -> impl Iterator<Item = (&Item, &Item)> {
    items.iter().enumerate().flat_map(|(at, first)| items[at + 1..].iter().map(move |second| (first, second)))
}

fn categories(choices: &[Choice], other: Option<&Text>) -> Vec<Category> {
    let own = choices.iter().map(|choice| Category { code: choice.id.clone(), label: choice.text.clone() });
    own.chain(other.map(|label| Category { code: OTHER.to_owned(), label: label.clone() })).collect()
}

fn named(items: &[Item]) -> Vec<Category> {
    items.iter().map(|item| Category { code: item.id.clone(), label: item.text.clone() }).collect()
}

fn likelihoods((lowest, highest): &(Text, Text)) -> Vec<Category> {
    (0..=MOST_LIKELY)
        .map(|point| {
            let number = point.to_string();
            let label = match point {
                0 => lowest.map(|text| format!("{number} {text}")),
                MOST_LIKELY => highest.map(|text| format!("{number} {text}")),
                _ => Text::plain(number.clone()),
            };
            Category { code: number, label }
        })
        .collect()
}

fn versus(first: &Text, second: &Text) -> Text {
    let text = |language: Language| {
        let (first, second) = (first.in_language(language), second.in_language(language));
        match language {
            Language::Japanese => format!("{first}／{second}"),
            Language::English => format!("{first} / {second}"),
        }
    };
    Language::ALL.into_iter().map(|language| (language, text(language))).collect()
}
