//! JSON Schemas for editors and key tables for the manual, from the same description that the readers obey.

use super::shape::{Choice, Field, Need, Record, Shape, Word};
use crate::language::Language;
use serde_json::{Map, Value, json};

/// The key by which a file takes from another one what it does not say itself.
const SAME_AS: &str = "same_as";

/// The JSON Schema (draft-07) of a record, with hover texts in both languages. yaml-language-server reads it.
#[must_use]
pub fn json_schema(record: &Record) -> Value {
    let mut schema = of_record(record.fields);
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("title".to_owned(), json!(record.name));
    Value::Object(schema)
}

fn of_record(fields: &[Field]) -> Map<String, Value> {
    let properties: Map<String, Value> = fields.iter().map(|field| (field.key.to_owned(), of_field(field))).collect();
    let required: Vec<&str> = fields.iter().filter(|field| field.need == Need::Required).map(|field| field.key).collect();
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("additionalProperties".to_owned(), json!(false));
    // What takes its content from another file needs to name that one alone
    if fields.iter().any(|field| field.key == SAME_AS) {
        schema.insert("anyOf".to_owned(), json!([{"required": [SAME_AS]}, {"required": required}]));
    } else {
        schema.insert("required".to_owned(), json!(required));
    }
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema
}

fn of_field(field: &Field) -> Value {
    let mut schema = of_shape(&field.shape);
    if let Value::Object(map) = &mut schema {
        let mut hover = format!("{}\n\n{}", field.ja, field.en);
        if let Shape::Word(words) = field.shape {
            hover.push_str(&meanings(words));
        }
        map.insert("description".to_owned(), json!(hover));
    }
    schema
}

fn meanings(words: &[Word]) -> String {
    words.iter().map(|word| format!("\n\n- {}: {} / {}", word.word, word.ja, word.en)).collect()
}

fn of_shape(shape: &Shape) -> Value {
    match shape {
        Shape::Text => {
            let languages: Map<String, Value> =
                Language::ALL.iter().map(|language| (language.code().to_owned(), json!({"type": "string"}))).collect();
            json!({"anyOf": [
                {"type": ["string", "number", "boolean"]},
                {"type": "object", "additionalProperties": false, "minProperties": 1, "properties": languages},
            ]})
        }
        Shape::Line | Shape::Condition => json!({"type": ["string", "number", "boolean"]}),
        Shape::Reference => json!({"type": "string", "minLength": 1}),
        Shape::FileId => json!({"type": "string", "pattern": "^[a-z0-9-]+(/[a-z0-9-]+)*$"}),
        Shape::NameId => json!({"type": "string", "pattern": "^[a-z][a-z0-9_]{0,31}$"}),
        Shape::Integer(low, high) => json!({"type": "integer", "minimum": low, "maximum": high}),
        Shape::Decimal => json!({"type": "number"}),
        Shape::Flag => json!({"type": "boolean"}),
        Shape::Day => json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
        Shape::DayTime => json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-2][0-9]:[0-5][0-9])?$"}),
        Shape::Time => json!({"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"}),
        Shape::Url => json!({"type": "string", "pattern": "^https?://[^\\s\"<>']+$"}),
        Shape::Colour => json!({"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"}),
        Shape::Word(words) => json!({"type": "string", "enum": words.iter().map(|word| word.word).collect::<Vec<_>>()}),
        Shape::List(of, least, most) => json!({"type": "array", "items": of_shape(of), "minItems": least, "maxItems": most}),
        Shape::Record(record) => Value::Object(of_record(record.fields)),
        Shape::Choice(choice) => of_choice(choice),
        Shape::Map(of) => json!({"type": "object", "additionalProperties": of_shape(of)}),
        Shape::Answer => json!({"anyOf": [
            {"type": ["string", "number", "boolean"]},
            {"type": "array", "items": {"type": ["string", "number", "boolean"]}},
        ]}),
        Shape::Figure => json!({"anyOf": [
            {"type": "number"},
            {"type": "string", "enum": ["missing"]},
            of_figure(&["derived"]),
            of_figure(&["derived", "low", "high"]),
            of_figure(&["value"]),
            of_figure(&["value", "low", "high"]),
        ]}),
    }
}

/// A figure without its interval, or with both of its ends.
fn of_figure(keys: &[&str]) -> Value {
    let properties: Map<String, Value> = keys.iter().map(|key| ((*key).to_owned(), json!({"type": "number"}))).collect();
    json!({"type": "object", "additionalProperties": false, "required": keys, "properties": properties})
}

/// A record by kind: editors offer the keys of the kind that is written, and every kind where none is.
fn of_choice(choice: &Choice) -> Value {
    let words: Vec<Word> = choice.variants.iter().map(|variant| variant.word).collect();
    let kinds: Vec<&str> = words.iter().map(|word| word.word).collect();
    let branches: Vec<Value> = choice
        .variants
        .iter()
        .map(|variant| {
            let fields: Vec<Field> = choice.fields.iter().chain(variant.fields).copied().collect();
            let mut schema = of_record(&fields);
            if let Some(Value::Object(properties)) = schema.get_mut("properties") {
                properties.insert(choice.key.to_owned(), json!({"const": variant.word.word}));
            }
            json!({"if": {"properties": {choice.key: {"const": variant.word.word}}, "required": [choice.key]}, "then": schema})
        })
        .collect();
    json!({
        "type": "object",
        "required": [choice.key],
        "properties": {choice.key: {"type": "string", "enum": kinds, "description": meanings(&words).trim_start()}},
        "allOf": branches,
    })
}

/// The key table of a record and of every record inside it, as Markdown in one language, for the manual.
#[must_use]
pub fn key_tables(record: &Record, language: Language) -> String {
    let mut out = String::new();
    table(record.name, record.fields, None, language, &mut out);
    out
}

/// The same for one of the choices inside a record, with every record inside that; `None` where the record has no such choice.
#[must_use]
pub fn choice_tables(record: &Record, name: &str, language: Language) -> Option<String> {
    let choice = record.fields.iter().find_map(|field| choice_in(&field.shape, name))?;
    let mut out = String::new();
    table(choice.name, choice.fields, Some(choice), language, &mut out);
    Some(out)
}

fn choice_in(shape: &Shape, name: &str) -> Option<&'static Choice> {
    match shape {
        Shape::List(of, ..) | Shape::Map(of) => choice_in(of, name),
        Shape::Record(record) => record.fields.iter().find_map(|field| choice_in(&field.shape, name)),
        Shape::Choice(choice) => (choice.name == name).then_some(choice),
        _ => None,
    }
}

fn table(name: &str, fields: &[Field], choice: Option<&Choice>, language: Language, out: &mut String) {
    let (head, yes) = match language {
        Language::Japanese => ("| 項目 | 要否 | 値 | 意味 |", "必須"),
        Language::English => ("| key | needed | value | meaning |", "yes"),
    };
    out.push_str(&format!("### {name}\n\n{head}\n| --- | --- | --- | --- |\n"));
    if let Some(choice) = choice {
        let kinds: Vec<String> = choice.variants.iter().map(|variant| format!("`{}`", variant.word.word)).collect();
        out.push_str(&format!("| `{}` | {yes} | {} | |\n", choice.key, kinds.join(" ")));
    }
    for field in fields {
        row(field, yes, language, out);
    }
    for variant in choice.map_or(&[][..], |choice| choice.variants) {
        if variant.fields.is_empty() {
            continue;
        }
        let meaning = if language == Language::Japanese { variant.word.ja } else { variant.word.en };
        out.push_str(&format!("\n`{}` ({meaning})\n\n{head}\n| --- | --- | --- | --- |\n", variant.word.word));
        for field in variant.fields {
            row(field, yes, language, out);
        }
    }
    out.push('\n');
    for field in fields.iter().chain(choice.map_or(&[][..], |choice| choice.variants).iter().flat_map(|variant| variant.fields)) {
        inner(&field.shape, language, out);
    }
}

fn inner(shape: &Shape, language: Language, out: &mut String) {
    match shape {
        Shape::List(of, ..) | Shape::Map(of) => inner(of, language, out),
        Shape::Record(record) if !out.contains(&format!("### {}\n", record.name)) => table(record.name, record.fields, None, language, out),
        Shape::Choice(choice) if !out.contains(&format!("### {}\n", choice.name)) => {
            table(choice.name, choice.fields, Some(choice), language, out)
        }
        _ => {}
    }
}

fn row(field: &Field, yes: &str, language: Language, out: &mut String) {
    let need = if field.need == Need::Required { yes } else { "" };
    // A bar would end the cell
    let meaning = if language == Language::Japanese { field.ja } else { field.en }.replace('|', "\\|");
    let (ja, en) = field.shape.called();
    // Which of the other tables tells what stands inside
    let inside = inside(&field.shape).map(|name| format!(" → {name}")).unwrap_or_default();
    let value = match field.shape {
        Shape::Word(words) => words.iter().map(|word| format!("`{}`", word.word)).collect::<Vec<_>>().join(" "),
        Shape::Integer(low, high) => format!("{low}–{high}"),
        _ if language == Language::Japanese => format!("{ja}{inside}"),
        _ => format!("{en}{inside}"),
    };
    out.push_str(&format!("| `{}` | {need} | {value} | {meaning} |\n", field.key));
}

fn inside(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::List(of, ..) | Shape::Map(of) => inside(of),
        Shape::Record(record) => Some(record.name),
        Shape::Choice(choice) => Some(choice.name),
        _ => None,
    }
}
