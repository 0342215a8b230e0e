//! What I see in myself and what others see: four panes.

use super::rounding::decimals;
use serde::{Deserialize, Serialize};

/// A card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its id.
    pub id: String,
    /// Its family.
    pub family: String,
    /// Whether I chose it.
    pub own: bool,
    /// How many others chose it.
    pub others: u32,
}

/// How a family was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Family {
    /// Its id.
    pub id: String,
    /// Its cards that I chose.
    pub own: u32,
    /// How often others chose one of its cards.
    pub others: u32,
}

/// The four panes and what they say together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Window {
    /// Chosen by me and by others.
    pub open: Vec<String>,
    /// Chosen by others alone.
    pub blind: Vec<String>,
    /// Chosen by me alone.
    pub hidden: Vec<String>,
    /// How many nobody chose.
    pub unknown: usize,
    /// The share of the open pane among all that was chosen, in per cent.
    pub agreement: Option<f64>,
    /// What most others chose.
    pub most_named: Vec<String>,
    /// The families, in their order.
    pub families: Vec<Family>,
}

/// Sorts cards into the panes; within a pane the most often named first.
#[must_use]
pub fn johari(cards: &[Card]) -> Window {
    let pane = |own: bool, others: bool| -> Vec<String> {
        let mut found: Vec<&Card> = cards.iter().filter(|card| card.own == own && (card.others > 0) == others).collect();
        found.sort_by_key(|card| std::cmp::Reverse(card.others));
        found.into_iter().map(|card| card.id.clone()).collect()
    };
    let (open, blind, hidden) = (pane(true, true), pane(false, true), pane(true, false));
    let chosen = open.len() + blind.len() + hidden.len();
    let most = cards.iter().map(|card| card.others).max().unwrap_or(0);
    let mut families: Vec<Family> = Vec::new();
    for card in cards {
        let at = families.iter().position(|family| family.id == card.family).unwrap_or_else(|| {
            families.push(Family { id: card.family.clone(), own: 0, others: 0 });
            families.len() - 1
        });
        families[at].own += u32::from(card.own);
        families[at].others += card.others;
    }
    Window {
        unknown: cards.len() - chosen,
        agreement: (chosen > 0).then(|| decimals(open.len() as f64 * 100.0 / chosen as f64, 0)),
        most_named: cards.iter().filter(|card| most > 0 && card.others == most).map(|card| card.id.clone()).collect(),
        open,
        blind,
        hidden,
        families,
    }
}
