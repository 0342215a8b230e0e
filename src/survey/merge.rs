//! Which values of attributes to merge so that no combination is held by few people.
//!
//! While a combination is held by fewer than k, the smallest one (then the first by its codes) is taken, and of each of its
//! attributes every merge of its value with another is tried. The best leaves the fewest people in small combinations, then
//! touches the fewest people, then joins the nearest values in the survey's order (of free codes: their own order), then comes
//! first. Each merge leaves one value fewer, so it ends; it fails only where fewer than k people are there at all.

use super::attribute::{Attribute, Carried};
use std::collections::{BTreeMap, BTreeSet};

/// Combinations of codes, in the order of the attributes, and how many people hold each.
type Combinations = BTreeMap<Vec<String>, u64>;

/// Values of one attribute that should become one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The attribute's id.
    pub attribute: String,
    /// The codes to merge, in the survey's order; two or more.
    pub codes: Vec<String>,
}

/// The combinations that fewer than `k` people hold: codes in the order of the attributes, and how many hold them.
#[must_use]
pub fn small<'c>(attributes: &[Attribute], people: impl IntoIterator<Item = &'c Carried>, k: u64) -> Vec<(Vec<String>, u64)> {
    combinations(attributes, people).into_iter().filter(|(_, n)| *n < k).collect()
}

/// What to merge so that every combination is held by at least `k` people; `None` where there are fewer than `k` at all.
#[must_use]
pub fn propose<'c>(attributes: &[Attribute], people: impl IntoIterator<Item = &'c Carried>, k: u64) -> Option<Vec<Merge>> {
    let mut held = combinations(attributes, people);
    if held.values().sum::<u64>() < k {
        return None;
    }
    // The values of each attribute in their order; a merged value stands where its first one stood
    let mut values: Vec<Vec<Vec<String>>> = attributes
        .iter()
        .enumerate()
        .map(|(at, attribute)| order(attribute, at, &held).into_iter().map(|code| vec![code]).collect())
        .collect();
    while let Some(smallest) =
        held.iter().filter(|(_, n)| **n < k).min_by_key(|(codes, n)| (**n, (*codes).clone())).map(|(codes, _)| codes.clone())
    {
        let (at, one, other) = best(&values, &held, &smallest, k)?;
        let (from, into) = (one.max(other), one.min(other));
        let gone = values[at].remove(from);
        let kept = values[at][into][0].clone();
        held = merged(&held, at, &gone[0], &kept);
        values[at][into].extend(gone);
    }
    let merges = attributes.iter().zip(values).flat_map(|(attribute, values)| {
        let joined = values.into_iter().filter(|codes| codes.len() > 1);
        joined.map(|codes| Merge { attribute: attribute.id.clone(), codes }).collect::<Vec<_>>()
    });
    Some(merges.collect())
}

fn combinations<'c>(attributes: &[Attribute], people: impl IntoIterator<Item = &'c Carried>) -> Combinations {
    let mut held = Combinations::new();
    for carried in people {
        let codes = attributes.iter().map(|attribute| carried.get(&attribute.id).cloned().unwrap_or_default()).collect();
        *held.entry(codes).or_default() += 1;
    }
    held
}

/// The codes of an attribute that are held by anybody, in order.
fn order(attribute: &Attribute, at: usize, held: &Combinations) -> Vec<String> {
    let used: BTreeSet<&String> = held.keys().filter_map(|codes| codes.get(at)).collect();
    let mut own: Vec<String> = attribute.values.iter().map(|value| value.code.clone()).filter(|code| used.contains(code)).collect();
    let free: Vec<String> = used.into_iter().filter(|code| !own.contains(code)).cloned().collect();
    own.extend(free);
    own
}

/// The merge to make next: attribute, place of the combination's own value, place of the other one.
fn best(values: &[Vec<Vec<String>>], held: &Combinations, smallest: &[String], k: u64) -> Option<(usize, usize, usize)> {
    let mut tries = Vec::new();
    for (at, own) in smallest.iter().enumerate() {
        let all = values.get(at)?;
        let one = all.iter().position(|codes| codes.first() == Some(own))?;
        for other in (0..all.len()).filter(|other| *other != one) {
            let with = &all[other][0];
            let after = merged(held, at, with, own);
            let left: u64 = after.values().filter(|n| **n < k).sum();
            let touched: u64 = held.iter().filter(|(codes, _)| codes[at] == *own || codes[at] == *with).map(|(_, n)| n).sum();
            tries.push((left, touched, one.abs_diff(other), at, one, other));
        }
    }
    tries.into_iter().min().map(|(_, _, _, at, one, other)| (at, one, other))
}

fn merged(held: &Combinations, at: usize, gone: &str, kept: &str) -> Combinations {
    let mut after = Combinations::new();
    for (codes, n) in held {
        let mut codes = codes.clone();
        if codes[at] == gone {
            codes[at] = kept.to_owned();
        }
        *after.entry(codes).or_default() += n;
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::language::Text;
    use crate::survey::Category;
    use proptest::prelude::*;

    fn attribute(id: &str, codes: &[&str]) -> Attribute {
        let values = codes.iter().map(|code| Category { code: (*code).to_owned(), label: Text::plain(*code) }).collect();
        Attribute { id: id.into(), place: Place::whole(&"a.yaml".into()), text: Text::plain(id), values, cohort: None }
    }

    fn people(held: &[(&str, &str, u64)]) -> Vec<Carried> {
        let one = |team: &str, age: &str| Carried::from([("team".to_owned(), team.to_owned()), ("age".to_owned(), age.to_owned())]);
        held.iter().flat_map(|(team, age, n)| (0..*n).map(|_| one(team, age))).collect()
    }

    fn two() -> Vec<Attribute> {
        vec![attribute("team", &["sales", "law", "staff"]), attribute("age", &["20", "30", "40"])]
    }

    #[test]
    fn neighbours_are_merged_first() {
        let all = people(&[("sales", "20", 9), ("sales", "30", 2), ("sales", "40", 9)]);
        assert_eq!(small(&two(), &all, 5), [(vec!["sales".to_owned(), "30".to_owned()], 2)]);
        let proposal = propose(&two(), &all, 5).expect("enough people");
        assert_eq!(proposal, [Merge { attribute: "age".into(), codes: vec!["20".into(), "30".into()] }]);
        assert_eq!(propose(&two(), &people(&[("law", "20", 4)]), 5), None);
        assert_eq!(propose(&two(), &people(&[("law", "20", 5)]), 5), Some(Vec::new()));
        assert_eq!(small(&[], &people(&[("law", "20", 2)]), 5), [(Vec::new(), 2)]);
    }

    fn applied(merges: &[Merge], carried: &Carried) -> Carried {
        let into = |id: &String, code: &String| {
            let own = merges.iter().find(|merge| merge.attribute == *id && merge.codes.contains(code));
            own.map_or_else(|| code.clone(), |merge| merge.codes[0].clone())
        };
        carried.iter().map(|(id, code)| (id.clone(), into(id, code))).collect()
    }

    proptest! {
        #[test]
        fn what_is_proposed_is_enough(cells in prop::collection::vec((0..3_usize, 0..3_usize, 1..9_u64), 1..9), k in 3..8_u64) {
            let attributes = two();
            let code = |at: usize, value: usize| attributes[at].values[value].code.clone();
            let named: Vec<(String, String, u64)> = cells.iter().map(|(team, age, n)| (code(0, *team), code(1, *age), *n)).collect();
            let borrowed: Vec<(&str, &str, u64)> = named.iter().map(|(team, age, n)| (team.as_str(), age.as_str(), *n)).collect();
            let all = people(&borrowed);
            let Some(merges) = propose(&attributes, &all, k) else {
                prop_assert!((all.len() as u64) < k);
                return Ok(());
            };
            prop_assert_eq!(merges.is_empty(), small(&attributes, &all, k).is_empty(), "nothing is merged without need");
            let after: Vec<Carried> = all.iter().map(|carried| applied(&merges, carried)).collect();
            prop_assert_eq!(small(&attributes, &after, k), []);
            prop_assert_eq!(propose(&attributes, all.iter().rev(), k), Some(merges), "whatever the order of the list");
        }
    }
}
