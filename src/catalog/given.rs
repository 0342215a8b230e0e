//! What of a worksheet can stand in a closed question: choices and numbers, never words that somebody wrote.

use super::outcome::Compute;
use super::worksheet::{Field, FieldKind, Holds, Named, Part, Worksheet};

/// What a place of a worksheet gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Given<'a> {
    /// Any number of these.
    Several(Vec<&'a Named>),
    /// Those of these that came out highest, so many as the question takes.
    Highest(Vec<&'a Named>),
    /// One of these.
    One(Vec<&'a Named>),
    /// A number.
    Number,
}

impl<'a> Given<'a> {
    /// What it can be, if it is no number.
    #[must_use]
    pub fn named(&self) -> &[&'a Named] {
        match self {
            Given::Several(all) | Given::Highest(all) | Given::One(all) => all,
            Given::Number => &[],
        }
    }
}

/// What came out highest, as it is written behind its part.
pub const HIGHEST: &str = "highest";

/// The cards that were picked, as they are written behind their part.
pub const PICKED: &str = "own";

impl Worksheet {
    /// What `part.field` gives; nothing where there is no such place, or only words.
    #[must_use]
    pub fn given(&self, from: &str) -> Option<Given<'_>> {
        let (part, field) = from.split_once('.')?;
        self.gives(self.part(part)?).into_iter().find_map(|(name, given)| (name == field).then_some(given))
    }

    /// Every place that gives something, as it is written.
    #[must_use]
    pub fn givers(&self) -> Vec<String> {
        let of = |part: &Part| self.gives(part).into_iter().map(|(name, _)| format!("{}.{name}", part.id)).collect::<Vec<_>>();
        self.parts.iter().flat_map(of).collect()
    }

    /// Money, or the jobs of a life: a worksheet that has them gives nothing to anybody.
    #[must_use]
    pub fn is_private(&self) -> bool {
        let money = self.parts.iter().any(|part| matches!(part.holds, Holds::Money(..)));
        money || self.results.iter().any(|result| matches!(result.compute, Compute::Timeline(..)))
    }

    fn gives<'a>(&'a self, part: &'a Part) -> Vec<(&'a str, Given<'a>)> {
        let one = |field: &'a Field| Some((field.id.as_str(), self.field(field)?));
        let scored = |all: &'a [Named]| {
            let highest = (HIGHEST, Given::Highest(all.iter().collect()));
            std::iter::once(highest).chain(all.iter().map(|one| (one.id.as_str(), Given::Number))).collect()
        };
        match &part.holds {
            Holds::Fields(fields) => fields.iter().filter_map(one).collect(),
            Holds::Rows(columns, ..) => columns
                .iter()
                .filter_map(one)
                .filter_map(|(id, given)| match given {
                    Given::One(all) => Some((id, Given::Several(all))),
                    _ => None,
                })
                .collect(),
            Holds::Cards { pick, piles, .. } => {
                let picked = pick.map(|_| PICKED);
                let places = picked.into_iter().chain(piles.iter().map(|pile| pile.id.as_str()));
                places.map(|place| (place, Given::Several(self.cards(&part.id)))).collect()
            }
            Holds::Ratings { groups, .. } => scored(groups),
            Holds::Pairs(items) | Holds::BestWorst(items) => scored(items),
            Holds::Prompts(_) | Holds::Points { .. } | Holds::Money(..) | Holds::People(_) => Vec::new(),
        }
    }

    fn field<'a>(&'a self, field: &'a Field) -> Option<Given<'a>> {
        match &field.kind {
            FieldKind::Choice(choices) => Some(Given::One(choices.iter().collect())),
            FieldKind::Card(from) => Some(Given::One(self.cards(&from.value))),
            FieldKind::Number(..) => Some(Given::Number),
            FieldKind::Text | FieldKind::Long(_) | FieldKind::Month | FieldKind::Tick | FieldKind::Lines | FieldKind::Who(_) => None,
        }
    }

    fn cards(&self, part: &str) -> Vec<&Named> {
        match self.part(part).map(|part| &part.holds) {
            Some(Holds::Cards { families, .. }) => families.iter().flat_map(|(_, cards)| cards).collect(),
            _ => Vec::new(),
        }
    }
}
