//! Rotation: what stands in random order stands in one of a few fixed orders, and which of them a person saw is kept.
//!
//! A permutation beside anonymous answers is a fingerprint ([`super::shuffle`]); the number of one of two to eight orders is not. So
//! it goes with the answers as an attribute does: told before the first question, fixed by the first answer, blanked where few share
//! it together with the other attributes, something that figures can be broken down by.
//!
//! The orders are made from the order of the author alone, so they are the same on every machine and in every wave:
//! - Order 1 is the author's.
//! - With an even number of orders, each second one is the reverse of the one before: every part has the same mean place.
//! - The others are rows of a Williams square, in which every part leads once, stands at every place once, and follows every other part
//!   equally often. Of any number of orders, no part leads more than one order oftener than another.
//!
//! Which order a sheet gets is decided by its own random id, for all lists of the survey together.

use super::attribute::Attribute;
use super::variable::Category;
use crate::diagnostic::Place;
use crate::language::Text;
use sha2::{Digest, Sha256};

/// The variable that says which order was seen.
pub const ROTATION: &str = "rotation";

/// What goes with the answers: one code an order.
#[must_use]
pub fn attribute(orders: u32, place: &Place) -> Attribute {
    let value = |at: u32| Category { code: code(at), label: Text::pair(format!("順 {}", at + 1), format!("Order {}", at + 1)) };
    Attribute {
        id: ROTATION.to_owned(),
        place: place.clone(),
        text: Text::pair("並び順", "Order shown"),
        values: (0..orders).map(value).collect(),
        cohort: None,
    }
}

/// The code of an order, counted from 0.
#[must_use]
pub fn code(at: u32) -> String {
    format!("r{}", at + 1)
}

/// Which of so many orders a sheet has, counted from 0.
#[must_use]
pub fn of_sheet(orders: u32, sheet: &str) -> u32 {
    let mut sum = Sha256::new();
    for part in [sheet, ROTATION] {
        sum.update((part.len() as u64).to_le_bytes());
        sum.update(part);
    }
    let sum = sum.finalize();
    let lot = sum.iter().take(4).fold(0_u32, |lot, byte| lot << 8 | u32::from(*byte));
    lot % orders.max(1)
}

/// Puts items into order `at` of so many; what is pinned keeps its place.
pub fn rotate<T>(items: &mut Vec<T>, orders: u32, at: u32, pinned: impl Fn(&T) -> bool) {
    let mut fixed = Vec::new();
    let mut free = Vec::new();
    for (place, item) in items.drain(..).enumerate() {
        if pinned(&item) {
            fixed.push((place, item));
        } else {
            free.push(Some(item));
        }
    }
    let order = order(free.len(), orders as usize, at as usize);
    items.extend(order.into_iter().filter_map(|part| free.get_mut(part)?.take()));
    // In rising order, so that each finds the places before it filled
    for (place, item) in fixed {
        items.insert(place.min(items.len()), item);
    }
}

/// Order `at` of so many, of so many parts: their numbers in the order of the author, each once.
fn order(parts: usize, orders: usize, at: usize) -> Vec<usize> {
    if parts < 2 {
        return (0..parts).collect();
    }
    let even = parts.is_multiple_of(2);
    let (row, back, block) = if orders.is_multiple_of(2) {
        // A row and its reverse. With an even number of parts the reverse is a row of the same square, half of it further on
        let (pair, in_block) = (at / 2, if even { parts / 2 } else { parts });
        (pair % in_block, at % 2 == 1, pair / in_block)
    } else {
        let (block, at) = (at / parts, at % parts);
        // Spread over the square where not all of its rows are taken; with an odd number of parts its second half is the reverse
        let row = if orders < parts { at * parts / orders } else { at };
        (row, !even && block % 2 == 1, block)
    };
    let mut order = williams(parts, row);
    if back {
        order.reverse();
    }
    if even && block % 2 == 1 {
        // Another square: the first two parts have changed names
        order.iter_mut().filter(|part| **part < 2).for_each(|part| *part = 1 - *part);
    }
    order
}

/// A row of the Williams square whose first row is 0, 1, 2, …
fn williams(parts: usize, row: usize) -> Vec<usize> {
    // 0, 1, n − 1, 2, n − 2, …: neighbours differ by every number once
    let step = |place: usize| if place.is_multiple_of(2) { (parts - place / 2) % parts } else { place / 2 + 1 };
    let mut of_step = vec![0; parts];
    (0..parts).for_each(|place| of_step[step(place)] = place);
    (0..parts).map(|place| of_step[(step(place) + row) % parts]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn all(parts: usize, orders: usize) -> Vec<Vec<usize>> {
        (0..orders).map(|at| order(parts, orders, at)).collect()
    }

    #[test]
    fn the_first_order_is_the_authors_and_every_second_one_a_reverse() {
        for parts in 2..=14 {
            for orders in 2..=8 {
                let all = all(parts, orders);
                assert_eq!(all[0], (0..parts).collect::<Vec<_>>());
                for one in &all {
                    assert_eq!(one.iter().collect::<BTreeSet<_>>().len(), parts, "each once: {one:?}");
                }
                for pair in all.chunks(2).filter(|_| orders % 2 == 0) {
                    assert_eq!(pair[0].iter().rev().collect::<Vec<_>>(), pair[1].iter().collect::<Vec<_>>());
                }
            }
        }
    }

    #[test]
    fn no_part_leads_oftener_than_another_by_more_than_one() {
        for parts in 2..=14 {
            for orders in 2..=8 {
                let all = all(parts, orders);
                let mut leads = vec![0_i32; parts];
                all.iter().for_each(|one| leads[one[0]] += 1);
                let (least, most) = (leads.iter().min().expect("parts"), leads.iter().max().expect("parts"));
                assert!(most - least <= 1, "{parts} parts, {orders} orders: {all:?}");
                let distinct = all.iter().collect::<BTreeSet<_>>().len();
                let possible = (2..=parts).product::<usize>().min(orders);
                assert_eq!(distinct, possible, "{parts} parts, {orders} orders: {all:?}");
            }
        }
    }

    /// As many orders as parts (twice as many where they are odd in number): a whole Williams design.
    #[test]
    fn a_whole_square_is_balanced_in_every_way() {
        for (parts, orders) in [(2, 2), (4, 4), (6, 6), (8, 8), (3, 6)] {
            let all = all(parts, orders);
            let mut places: BTreeMap<(usize, usize), usize> = BTreeMap::new();
            let mut after: BTreeMap<(usize, usize), usize> = BTreeMap::new();
            for one in &all {
                one.iter().enumerate().for_each(|(place, part)| *places.entry((place, *part)).or_default() += 1);
                one.windows(2).for_each(|two| *after.entry((two[0], two[1])).or_default() += 1);
            }
            assert_eq!((places.len(), after.len()), (parts * parts, parts * (parts - 1)));
            assert!(places.values().chain(after.values()).all(|times| *times == orders / parts), "{all:?}");
        }
        for parts in [3, 5, 7] {
            let all = all(parts, parts);
            for place in 0..parts {
                assert_eq!(all.iter().map(|one| one[place]).collect::<BTreeSet<_>>().len(), parts, "a Latin square: {all:?}");
            }
        }
    }

    #[test]
    fn what_is_pinned_keeps_its_place() {
        let at = |orders: u32, at: u32| {
            let mut items: Vec<char> = "abcdef".chars().collect();
            rotate(&mut items, orders, at, |item| "bf".contains(*item));
            items.into_iter().collect::<String>()
        };
        assert_eq!(["abcdef", "ebdcaf"], [at(2, 0), at(2, 1)].each_ref().map(String::as_str));
        let leads: BTreeSet<char> = (0..4).filter_map(|order| at(4, order).chars().next()).collect();
        assert_eq!(leads, "acde".chars().collect());
    }

    /// Of 8,000 sheets each of four orders gets 2,000; five standard deviations are 194.
    #[test]
    fn sheets_are_spread_evenly() {
        let mut seen = [0_u32; 4];
        (0..8_000).for_each(|sheet| seen[of_sheet(4, &format!("{sheet:032x}")) as usize] += 1);
        assert!(seen.iter().all(|count| (1_806..=2_194).contains(count)), "{seen:?}");
    }
}
