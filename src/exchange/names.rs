//! Names of others become ids of ours.

use std::collections::BTreeSet;

/// Words of the expression language, which no question may be called by.
const RESERVED: [&str; 10] = ["today", "and", "or", "not", "contains", "score", "answered", "count", "sum", "mean"];

/// An id that resembles a name: `[a-z][a-z0-9_]*`, at most 32 characters, not among those taken; it is taken then.
pub(super) fn id(name: &str, otherwise: &str, taken: &mut BTreeSet<String>) -> String {
    let mut base: String = name
        .trim()
        .chars()
        .map(|char| if char.is_ascii_alphanumeric() { char.to_ascii_lowercase() } else { '_' })
        .collect::<String>()
        .trim_matches('_')
        .to_owned();
    if !base.starts_with(|first: char| first.is_ascii_lowercase()) {
        base = if base.is_empty() { otherwise.to_owned() } else { format!("{otherwise}_{base}") };
    }
    base.truncate(32);
    if RESERVED.contains(&base.as_str()) {
        base.push('_');
    }
    let mut id = base.clone();
    let mut number = 2;
    while !taken.insert(id.clone()) {
        let tail = format!("_{number}");
        id = format!("{}{tail}", &base[..base.len().min(32 - tail.len())]);
        number += 1;
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_ours_and_each_once() {
        let mut taken = BTreeSet::new();
        for (name, expected) in [
            ("way", "way"),
            ("Way", "way_2"),
            ("1. Name", "q_1__name"),
            ("通勤", "q"),
            ("手段", "q_2"),
            ("today", "today_"),
            ("a-b", "a_b"),
        ] {
            assert_eq!(id(name, "q", &mut taken), expected);
        }
        assert_eq!(id(&"x".repeat(50), "q", &mut taken).len(), 32);
        assert_eq!(id(&"x".repeat(50), "q", &mut taken).len(), 32);
    }
}
