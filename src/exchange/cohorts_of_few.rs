//! Cohorts with too few invited people to be told apart: whoever is in one is counted with the others, so that a milestone that only
//! two people reach this year neither stops the links nor points at them.

use crate::catalog::read_cohorts::OTHERS;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::language::Language;
use crate::survey::definition::Mode;
use crate::survey::{Attribute, Carried, Survey};
use std::collections::BTreeMap;

/// Counts people of cohorts with fewer than `k` invited people with the others, and says so. `fresh` are those who get a link now,
/// `already` those who have one, who keep what they carry. While the others are too few themselves, the smallest cohort joins them.
pub(super) fn fold(
    survey: &Survey,
    fresh: &mut [&mut Carried],
    already: &BTreeMap<String, Carried>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) {
    if survey.mode == Mode::Identified {
        return;
    }
    let k = u64::from(survey.k);
    for attribute in survey.attributes.iter().filter(|attribute| attribute.cohort.is_some()) {
        let mut held = counted(attribute, fresh.iter().map(|one| &**one).chain(already.values()));
        let mut small: Vec<(String, u64)> = held.clone().into_iter().filter(|(code, n)| *n < k && code != OTHERS).collect();
        small.iter().for_each(|(code, n)| join(&mut held, code, *n));
        while held.get(OTHERS).is_some_and(|n| *n < k) {
            let next = held.iter().filter(|(code, _)| *code != OTHERS).min_by_key(|(code, n)| (**n, (*code).clone()));
            let Some((code, n)) = next.map(|(code, n)| (code.clone(), *n)) else { break };
            join(&mut held, &code, n);
            small.push((code, n));
        }
        for (code, n) in small {
            let mut any = false;
            for one in fresh.iter_mut().filter(|one| one.get(&attribute.id) == Some(&code)) {
                one.insert(attribute.id.clone(), OTHERS.to_owned());
                any = true;
            }
            if any {
                diagnostics.push(told(attribute, &code, n, k, place));
            }
        }
    }
}

/// How many people hold each value.
fn counted<'c>(attribute: &Attribute, people: impl Iterator<Item = &'c Carried>) -> BTreeMap<String, u64> {
    let mut held = BTreeMap::new();
    for code in people.filter_map(|one| one.get(&attribute.id)) {
        *held.entry(code.clone()).or_default() += 1;
    }
    held
}

fn join(held: &mut BTreeMap<String, u64>, code: &str, n: u64) {
    held.remove(code);
    *held.entry(OTHERS.to_owned()).or_default() += n;
}

fn told(attribute: &Attribute, code: &str, n: u64, k: u64, place: &Place) -> Diagnostic {
    let label = |code: &str, language: Language| attribute.label(code).in_language(language).to_owned();
    let [(own_ja, others_ja), (own, others)] =
        [Language::Japanese, Language::English].map(|language| (label(code, language), label(OTHERS, language)));
    let (ja, en) = if n < k {
        (
            format!("「{own_ja}」は {n} 人だけで、{k} 人に満たないので、「{others_ja}」に数えます。"),
            format!("Only {n} are in “{own}”, fewer than {k}: they count as “{others}”."),
        )
    } else {
        (
            format!("「{others_ja}」が {k} 人に満たないので、「{own_ja}」の {n} 人も「{others_ja}」に数えます。"),
            format!("Fewer than {k} are in “{others}”: the {n} of “{own}” count there, too."),
        )
    };
    Diagnostic::warning(code::OUT_OF_RANGE, place.clone(), ja, en)
}
