//! The JSON Schemas that editors read: they take what the readers take and refuse what the readers refuse.

use serde_json::Value as Json;
use shirube::catalog::TYPES;
use shirube::content::schema::json_schema;
use shirube::content::yaml::{self, Node, Value};
use shirube::content::{Folder, split_front_matter};
use shirube::diagnostic::Diagnostics;
use std::path::Path;

/// The schema of a file by its path.
fn schema_of(path: &str) -> Option<Json> {
    let name = match path.strip_prefix("content/")?.split_once('/') {
        None => path.strip_prefix("content/")?.strip_suffix(".yaml")?,
        Some(("sites", _)) => "site",
        Some(("surveys", _)) => "survey",
        Some(("data", _)) => "data",
        Some(("reports", _)) => "report",
        Some(("consultants", _)) => "consultants",
        Some(("pages", _)) => "page",
        Some(("modules", name)) if name.ends_with("/module.yaml") => "module",
        Some(("modules", name)) if name.contains("/module.") => return None,
        Some(("modules", name)) if name.contains("/worksheets/") => "worksheet",
        Some(("modules", _)) => "lesson",
        Some(_) => return None,
    };
    TYPES.iter().find(|(known, _)| *known == name).map(|(_, record)| json_schema(record))
}

/// A tree as an editor sees it: plain words that look like numbers or truth values are such.
fn as_json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Scalar(text) => match text.as_str() {
            "true" => Json::Bool(true),
            "false" => Json::Bool(false),
            // Quotation marks stand in the place too; a word taken over by an alias has the place of the alias
            text if node.place.length as usize != text.chars().count() + 2 => {
                serde_json::from_str::<serde_json::Number>(text).map_or_else(|_| Json::String(text.to_owned()), Json::Number)
            }
            text => Json::String(text.to_owned()),
        },
        Value::List(items) => Json::Array(items.iter().map(as_json).collect()),
        Value::Map(entries) => Json::Object(entries.iter().map(|(key, value)| (key.text.clone(), as_json(value))).collect()),
    }
}

/// The words of draft-07 that our schemas use; another one is a fault of this judge, not a passed check.
fn faults(value: &Json, schema: &Json, at: &str, found: &mut Vec<String>) {
    let Some(rules) = schema.as_object() else { return found.push(format!("{at}: a schema that is no object")) };
    let length = |value: &Json| value.as_str().map(|text| text.chars().count() as u64);
    for (word, rule) in rules {
        let holds = match word.as_str() {
            "$schema" | "title" | "description" | "then" => true,
            "type" => {
                let is = |name: &str| match name {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "number" => value.is_number(),
                    "integer" => value.is_i64() || value.is_u64(),
                    "boolean" => value.is_boolean(),
                    other => panic!("type {other}"),
                };
                match rule {
                    Json::String(name) => is(name),
                    Json::Array(names) => names.iter().filter_map(Json::as_str).any(is),
                    _ => panic!("type {rule}"),
                }
            }
            "enum" => rule.as_array().expect("a list").contains(value),
            "const" => rule == value,
            "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().expect("a number")),
            "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().expect("a number")),
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= rule.as_u64().expect("a number")),
            "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= rule.as_u64().expect("a number")),
            "minLength" => length(value).is_none_or(|length| length >= rule.as_u64().expect("a number")),
            "minProperties" => value.as_object().is_none_or(|map| map.len() as u64 >= rule.as_u64().expect("a number")),
            "pattern" => value.as_str().is_none_or(|text| matches_pattern(text, rule.as_str().expect("a pattern"))),
            "required" => {
                let keys = rule.as_array().expect("a list").iter().filter_map(Json::as_str);
                value.as_object().is_none_or(|map| keys.clone().all(|key| map.contains_key(key)))
            }
            "properties" => {
                for (key, inner) in rule.as_object().expect("a mapping") {
                    if let Some(value) = value.get(key) {
                        faults(value, inner, &format!("{at}/{key}"), found);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = rules.get("properties").and_then(Json::as_object);
                let extra = value.as_object().into_iter().flatten().filter(|(key, _)| known.is_none_or(|known| !known.contains_key(*key)));
                for (key, inner) in extra {
                    match rule {
                        Json::Bool(false) => found.push(format!("{at}/{key}: additionalProperties")),
                        rule => faults(inner, rule, &format!("{at}/{key}"), found),
                    }
                }
                true
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    faults(item, rule, &format!("{at}/{index}"), found);
                }
                true
            }
            "anyOf" => rule.as_array().expect("a list").iter().any(|one| fits(value, one)),
            "allOf" => {
                rule.as_array().expect("a list").iter().for_each(|one| faults(value, one, at, found));
                true
            }
            "if" => {
                if fits(value, rule) {
                    faults(value, &rules["then"], at, found);
                }
                true
            }
            other => panic!("this judge does not know «{other}»"),
        };
        if !holds {
            found.push(format!("{at}: {word} {rule}"));
        }
    }
}

fn fits(value: &Json, schema: &Json) -> bool {
    let mut found = Vec::new();
    faults(value, schema, "", &mut found);
    found.is_empty()
}

/// The few patterns there are.
fn matches_pattern(text: &str, pattern: &str) -> bool {
    let digits = |text: &str, form: &str| {
        text.len() == form.len()
            && text.bytes().zip(form.bytes()).all(|(byte, form)| if form == b'0' { byte.is_ascii_digit() } else { byte == form })
    };
    match pattern {
        "^[a-z0-9-]+(/[a-z0-9-]+)*$" => {
            text.split('/').all(|part| !part.is_empty() && part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')))
        }
        "^[a-z][a-z0-9_]{0,31}$" => shirube::content::scalar::is_name_id(text),
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => digits(text, "0000-00-00"),
        "^[0-2][0-9]:[0-5][0-9]$" => digits(text, "00:00"),
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-2][0-9]:[0-5][0-9])?$" => {
            ["0000-00-00", "0000-00-00 00:00", "0000-00-00T00:00"].iter().any(|form| digits(text, form))
        }
        "^#[0-9A-Fa-f]{6}$" => text.len() == 7 && text.starts_with('#') && text[1..].bytes().all(|byte| byte.is_ascii_hexdigit()),
        pattern if pattern.starts_with("^https?://") => shirube::content::scalar::is_url(text),
        other => panic!("this judge does not know «{other}»"),
    }
}

/// Every document of a project with its schema: YAML files, and the heads of Markdown files.
fn documents(root: &Path) -> Vec<(String, Json, Json)> {
    let (folder, _) = Folder::read(root).expect("a project");
    let mut documents = Vec::new();
    for file in folder.files() {
        let (Some(schema), Some(text)) = (schema_of(&file.path), file.text()) else { continue };
        let mut diagnostics = Diagnostics::new();
        let node = if file.path.ends_with(".md") {
            let parts = split_front_matter(&file.path, text, &mut diagnostics);
            yaml::parse(&file.path, parts.yaml, parts.first_line, &mut diagnostics)
        } else {
            yaml::parse(&file.path, text, 1, &mut diagnostics)
        };
        documents.extend(node.map(|node| (file.path.to_string(), as_json(&node), schema)));
    }
    documents
}

#[test]
fn the_demonstration_and_the_base_project_fit_their_schemas() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    for root in [repository.to_path_buf(), repository.join("tests/cases/base")] {
        let documents = documents(&root);
        assert!(documents.len() >= 8);
        for (path, value, schema) in documents {
            let mut found = Vec::new();
            faults(&value, &schema, "", &mut found);
            assert!(found.is_empty(), "{path}: {found:#?}");
        }
    }
}

/// What a reader says of shapes, an editor must flag, too; what hangs on other files it cannot know.
#[test]
fn faulty_files_do_not_fit() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    for (case, file) in [
        ("unknown-key", "surveys/pulse.yaml"),
        ("missing-key", "reports/pulse.yaml"),
        ("wrong-type", "modules/first/module.yaml"),
        ("out-of-range", "surveys/pulse.yaml"),
        ("unknown-value", "project.yaml"),
        ("invalid-id", "surveys/pulse.yaml"),
        ("many-survey", "surveys/pulse.yaml"),
        ("many-site", "sites/small.yaml"),
        ("many-project", "project.yaml"),
        ("many-sources", "sources.yaml"),
        ("many-module", "modules/first/module.yaml"),
        ("many-data", "data/share.yaml"),
        ("many-report", "reports/pulse.yaml"),
    ] {
        let path = format!("content/{file}");
        let found = documents(&cases.join(case)).into_iter().find(|(known, ..)| *known == path);
        let (_, value, schema) = found.unwrap_or_else(|| panic!("{case}: {path} is no YAML"));
        assert!(!fits(&value, &schema), "{case}: {path} fits its schema");
    }
}

/// Every key has words for those who hover over it, in both languages.
#[test]
fn every_key_explains_itself() {
    fn walk(schema: &Json, at: &str, bare: &mut Vec<String>) {
        for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
            let here = format!("{at}/{key}");
            let description = inner["description"].as_str().unwrap_or_default();
            let japanese = description.chars().any(|char| char as u32 >= 0x3040) || description.contains('%');
            let english = description.chars().filter(char::is_ascii_alphabetic).count() > 4;
            // The key of a kind stands in every branch; what it means stands beside its first mention.
            if inner.get("const").is_none() && !matches!(key.as_str(), "ja" | "en" | "derived") && !(japanese && english) {
                bare.push(format!("{here}: «{description}»"));
            }
            walk(inner, &here, bare);
        }
        for word in ["items", "then"] {
            if let Some(inner) = schema.get(word) {
                walk(inner, at, bare);
            }
        }
        schema["allOf"].as_array().into_iter().flatten().for_each(|one| walk(one, at, bare));
    }
    for (name, record) in TYPES {
        let schema = json_schema(record);
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        let mut bare = Vec::new();
        walk(&schema, name, &mut bare);
        assert!(bare.is_empty(), "{bare:#?}");
    }
}
