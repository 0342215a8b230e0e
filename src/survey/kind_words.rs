//! What the kinds of question are called, in the words of the manual.

use super::question::Kind;
use super::shape_kinds::KINDS;
use crate::language::Words;

impl Kind {
    /// What it is called in content: `single_choice`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Kind::SingleChoice { .. } => "single_choice",
            Kind::Dropdown { .. } => "dropdown",
            Kind::YesNo { .. } => "yes_no",
            Kind::MultipleChoice { .. } => "multiple_choice",
            Kind::MultipleGrid { .. } => "multiple_grid",
            Kind::Scale(_) => "scale",
            Kind::Grid { .. } => "grid",
            Kind::Recommendation { .. } => "recommendation",
            Kind::Number { .. } => "number",
            Kind::Slider(_) => "slider",
            Kind::ShortText { .. } => "short_text",
            Kind::LongText { .. } => "long_text",
            Kind::Date { .. } => "date",
            Kind::Ranking { .. } => "ranking",
            Kind::CardSort { .. } => "card_sort",
            Kind::Allocation { .. } => "allocation",
            Kind::PairedComparison { .. } => "paired_comparison",
            Kind::Table { .. } => "table",
            Kind::Calculated { .. } => "calculated",
            Kind::Note => "note",
        }
    }

    /// What it is called for people.
    #[must_use]
    pub fn words(&self) -> Words {
        let known = KINDS.iter().find(|variant| variant.word.word == self.word());
        known.map_or_else(|| Words::new(self.word(), self.word()), |variant| Words::new(variant.word.ja, variant.word.en))
    }
}
