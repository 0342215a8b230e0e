//! The tables of keys name every key that the readers know, in both languages, with its meaning.

use serde_json::Value;
use shirube::commands::schema::{TYPES, manual};
use shirube::content::schema::json_schema;
use shirube::language::Language;
use std::collections::BTreeSet;

fn keys(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Object(properties)) = map.get("properties") {
                found.extend(properties.keys().cloned());
            }
            map.values().for_each(|inner| keys(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| keys(inner, found)),
        _ => {}
    }
}

#[test]
fn every_key_stands_in_the_manual_with_its_meaning() {
    let mut all = BTreeSet::new();
    for (_, record) in TYPES {
        keys(&json_schema(record), &mut all);
    }
    // Forms of a text and of a figure, not keys of their own
    for form in ["ja", "en", "derived"] {
        all.remove(form);
    }
    assert!(all.len() > 80, "{all:?}");
    for language in Language::ALL {
        let manual = manual(language);
        for key in &all {
            assert!(manual.contains(&format!("| `{key}` |")), "{key} is not in the {} manual", language.code());
        }
        let empty: Vec<&str> = manual.lines().filter(|line| line.starts_with("| `") && line.ends_with("|  |")).collect();
        assert!(empty.is_empty(), "no meaning: {empty:?}");
    }
}
