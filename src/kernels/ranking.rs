//! Cards in piles, then a ranked few: what matters most, and how far it is lived now.

use super::rounding::decimals;
use serde::{Deserialize, Serialize};

/// A card in its pile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its family.
    pub family: String,
    /// Its pile, 0 is the most important; none where it was not sorted.
    pub pile: Option<usize>,
}

/// One of the ranked few.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Top {
    /// The card.
    pub id: String,
    /// How far it is lived now, 0 to 10.
    pub lived: Option<f64>,
}

/// What was sorted and ranked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// All cards.
    pub cards: Vec<Card>,
    /// The ranked few, the most important first.
    pub top: Vec<Top>,
}

/// A ranked card.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ranked {
    /// The card.
    pub id: String,
    /// Its rank, from 1.
    pub rank: usize,
    /// 10 for the first, falling evenly.
    pub importance: f64,
    /// How far it is lived now.
    pub lived: Option<f64>,
    /// Importance without what is lived.
    pub gap: Option<f64>,
}

/// How much of the first pile a family has.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// The family.
    pub id: String,
    /// Its cards in the first pile.
    pub count: usize,
    /// Their share of that pile, in per cent.
    pub share: f64,
}

/// What the sheet says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ranking {
    /// The ranked few.
    pub ranked: Vec<Ranked>,
    /// The families of the first pile.
    pub families: Vec<Share>,
    /// How many cards lie in a pile.
    pub sorted: usize,
}

/// Ranks.
#[must_use]
pub fn ranking(input: &Input) -> Ranking {
    let count = input.top.len();
    let ranked = input.top.iter().enumerate().map(|(at, top)| {
        let importance = decimals(10.0 * (count - at) as f64 / count as f64, 1);
        let gap = top.lived.map(|lived| decimals(importance - lived, 1));
        Ranked { id: top.id.clone(), rank: at + 1, importance, lived: top.lived, gap }
    });
    let first: Vec<&Card> = input.cards.iter().filter(|card| card.pile == Some(0)).collect();
    let mut families: Vec<Share> = Vec::new();
    for card in &first {
        match families.iter_mut().find(|family| family.id == card.family) {
            Some(family) => family.count += 1,
            None => families.push(Share { id: card.family.clone(), count: 1, share: 0.0 }),
        }
    }
    for family in &mut families {
        family.share = decimals(family.count as f64 * 100.0 / first.len() as f64, 0);
    }
    families.sort_by_key(|family| std::cmp::Reverse(family.count));
    Ranking { ranked: ranked.collect(), families, sorted: input.cards.iter().filter(|card| card.pile.is_some()).count() }
}
