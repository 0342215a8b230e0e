//! What of a sheet that was put aside no longer fits its survey, because the survey has changed meanwhile.

use super::definition::Survey;
use super::field::{self, DECLINED, Raw};
use super::variable::{Measure, Variable};
use std::collections::{BTreeMap, BTreeSet};

impl Survey {
    /// The names of the fields with something in them that no page of this survey would show again: their question is gone, or what
    /// was chosen is no longer on offer.
    #[must_use]
    pub fn leftover(&self, raw: &Raw) -> BTreeSet<String> {
        let first = self.asked_first().into_iter().map(str::to_owned);
        let known: BTreeSet<String> = self.questions().flat_map(field::names).chain(first).collect();
        let variables: BTreeMap<String, Variable> = self.variables().into_iter().map(|one| (one.id.clone(), one)).collect();
        let fits = |name: &str, value: &str| {
            known.contains(name) && variables.get(name).is_none_or(|variable| value == DECLINED || is_on_offer(variable, value))
        };
        let typed = raw.iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value.trim())));
        typed.filter(|(name, value)| !value.is_empty() && !fits(name, value)).map(|(name, _)| name.clone()).collect()
    }
}

/// Whether a field of this variable can hold the value; what is typed freely is shown again whatever it is.
fn is_on_offer(variable: &Variable, value: &str) -> bool {
    match &variable.measure {
        Measure::Nominal(all) | Measure::Ordinal(all) | Measure::Multiple(all) => all.iter().any(|one| one.code == value),
        Measure::Number | Measure::Text | Measure::Date | Measure::Order(_) | Measure::Identity => true,
    }
}
