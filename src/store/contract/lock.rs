//! The terms on which a survey is answered.

use std::collections::{BTreeMap, BTreeSet};

/// The settings that the first answer to a survey fixes: privacy mode, k, attributes, publication. Name to value.
///
/// Whoever answered did so on these terms, so later answers under other terms are refused.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lock {
    /// Name to value; the words are the caller's.
    pub settings: BTreeMap<String, String>,
}

impl Lock {
    /// Whether answers need an invitation.
    #[must_use]
    pub(in crate::store) fn wants_invitation(&self) -> bool {
        self.settings.get("access").is_some_and(|access| access == "invited")
    }

    /// How many people a group has at least; 5 where the terms do not say it.
    #[must_use]
    pub(in crate::store) fn smallest_group(&self) -> u64 {
        self.settings.get("k").and_then(|k| k.parse().ok()).unwrap_or(5)
    }

    /// The names of the settings that differ between the two, in order.
    #[must_use]
    pub fn differences(&self, other: &Lock) -> Vec<String> {
        let names: BTreeSet<&String> = self.settings.keys().chain(other.settings.keys()).collect();
        names.into_iter().filter(|name| self.settings.get(*name) != other.settings.get(*name)).cloned().collect()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Lock {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(settings: I) -> Lock {
        Lock { settings: settings.into_iter().map(|(name, value)| (name.into(), value.into())).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differing_terms_are_named() {
        let first: Lock = [("mode", "anonymous"), ("k", "5")].into_iter().collect();
        let later: Lock = [("mode", "identified"), ("k", "5"), ("attributes", "age")].into_iter().collect();
        assert_eq!(first.differences(&later), ["attributes", "mode"]);
        assert_eq!(first.differences(&first), [""; 0]);
    }
}
