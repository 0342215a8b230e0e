//! Reads questions.

use super::condition::{Condition, place_in};
use super::question::{Choice, Favourable, GridRow, Kind, Need, OTHER, Points, Question};
use crate::content::{Fields, text_of};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, code};
use std::collections::BTreeMap;

pub(super) fn read_condition(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Option<Condition> {
    // An empty one was said to be empty
    let source = fields.optional_line("show_if").filter(|source| !source.trim().is_empty())?;
    let place = fields.place_of("show_if");
    match Condition::parse(&source, place.clone()) {
        Ok(condition) => Some(condition),
        Err(unreadable) => {
            diagnostics.push(Diagnostic::error(
                code::CONDITION,
                place_in(&place, &source, unreadable.at, unreadable.at + 1),
                format!("条件式を読めません。{}。", unreadable.ja),
                format!("This condition cannot be read: {}.", unreadable.en),
            ));
            None
        }
    }
}

pub(super) fn read_question(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Question {
    Question {
        id: fields.line("id"),
        place: fields.place_of("id"),
        text: fields.text("text"),
        hint: fields.optional_text("hint"),
        need: match fields.line("need").as_str() {
            "required" => Need::Required,
            "declinable" => Need::Declinable,
            _ => Need::Optional,
        },
        sensitive: fields.flag("sensitive"),
        show_if: read_condition(fields, diagnostics),
        kind: read_kind(fields, diagnostics),
    }
}

fn read_kind(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Kind {
    match fields.line("kind").as_str() {
        "single_choice" => Kind::SingleChoice { choices: read_choices(fields, diagnostics), other: fields.optional_text("other") },
        "multiple_choice" => {
            let choices = read_choices(fields, diagnostics);
            let at_most = fields.optional_integer("at_most");
            if let Some(most) = at_most.filter(|most| *most as usize > choices.len() + 1) {
                say(
                    diagnostics,
                    code::OUT_OF_RANGE,
                    fields.place_of("at_most"),
                    &format!("選択肢より多い {most} は要りません。"),
                    &format!("{most} is more than there are choices."),
                );
            }
            Kind::MultipleChoice { choices, other: fields.optional_text("other"), at_most }
        }
        "scale" => Kind::Scale(read_points(fields, diagnostics)),
        "grid" => {
            let rows = fields
                .records("rows")
                .map(|row| GridRow { id: row.line("id"), place: row.place_of("id"), text: row.text("text") })
                .collect();
            Kind::Grid { points: read_points(fields, diagnostics), rows }
        }
        "number" => {
            let (minimum, maximum) = (fields.optional_decimal("minimum"), fields.optional_decimal("maximum"));
            if let (Some(low), Some(high)) = (minimum, maximum)
                && low > high
            {
                say(
                    diagnostics,
                    code::OUT_OF_RANGE,
                    fields.place_of("maximum"),
                    "maximum が minimum より小さくなっています。",
                    "The maximum is smaller than the minimum.",
                );
            }
            Kind::Number { minimum, maximum, decimals: fields.integer("decimals", 0), unit: fields.optional_text("unit") }
        }
        "short_text" => Kind::ShortText { max_length: fields.integer("max_length", 200) },
        "long_text" => Kind::LongText { max_length: fields.integer("max_length", 2_000) },
        "date" => {
            let (earliest, latest) = (fields.optional_day("earliest"), fields.optional_day("latest"));
            if let (Some(first), Some(last)) = (earliest, latest)
                && last < first
            {
                say(
                    diagnostics,
                    code::OUT_OF_RANGE,
                    fields.place_of("latest"),
                    "latest が earliest より前の日です。",
                    "The latest day comes before the earliest one.",
                );
            }
            Kind::Date { earliest, latest }
        }
        // The kind is unknown and was said to be; any kind serves to read on
        _ => Kind::Scale(Points { count: 2, labels: Vec::new(), favourable: Favourable::Neither }),
    }
}

fn read_choices(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Vec<Choice> {
    let choices: Vec<Choice> = fields
        .records("choices")
        .map(|choice| Choice {
            id: choice.line("id"),
            place: choice.place_of("id"),
            text: choice.text("text"),
            exclusive: choice.flag("exclusive"),
        })
        .collect();
    duplicates(choices.iter().map(|choice| (choice.id.as_str(), &choice.place)), "選択肢", "choice", diagnostics);
    if let Some(choice) = choices.iter().find(|choice| choice.id == OTHER)
        && fields.node("other").is_some()
    {
        say(
            diagnostics,
            code::DUPLICATE_ID,
            choice.place.clone(),
            "「other」は、自由に書ける選択肢の ID として使われます。別の ID にしてください。",
            "“other” is the id of the choice with the text field; use another one.",
        );
    }
    choices
}

fn read_points(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Points {
    let count = u8::try_from(fields.integer("points", 5).clamp(2, 11)).unwrap_or(5);
    let labels = fields.items("labels");
    let ends = fields.items("ends");
    match (fields.node("labels").is_some(), fields.node("ends").is_some()) {
        (true, true) => say(
            diagnostics,
            code::UNKNOWN_KEY,
            fields.place_of("ends"),
            "labels と ends は、どちらか一つだけ書きます。",
            "Write either labels or ends, not both.",
        ),
        (false, false) => {
            diagnostics.push(
                Diagnostic::error(
                    code::MISSING_KEY,
                    fields.place_of("points"),
                    "labels か ends がありません。",
                    "Neither labels nor ends are given.",
                )
                .hint(
                    "すべての段階の文を labels に、両端だけなら ends に書いてください。",
                    "Give a label for every point in “labels”, or for the two ends in “ends”.",
                ),
            );
        }
        (true, false) if labels.len() != usize::from(count) => say(
            diagnostics,
            code::OUT_OF_RANGE,
            fields.place_of("labels"),
            &format!("labels には points と同じ {count} 個の文が要ります。いまは {} 個です。", labels.len()),
            &format!("“labels” needs {count} texts, one for each point; there are {}.", labels.len()),
        ),
        _ => {}
    }
    let favourable = match fields.line("favourable").as_str() {
        "low" => Favourable::Low,
        "none" => Favourable::Neither,
        _ => Favourable::High,
    };
    let labels = if labels.is_empty() { ends } else { labels };
    Points { count, labels: labels.iter().map(text_of).collect(), favourable }
}

/// Complains of ids that stand there twice.
pub(super) fn duplicates<'i>(ids: impl Iterator<Item = (&'i str, &'i Place)>, ja: &str, en: &str, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
    for (id, place) in ids.filter(|(id, _)| !id.is_empty()) {
        if let Some(first) = seen.get(id) {
            diagnostics.push(
                Diagnostic::error(
                    code::DUPLICATE_ID,
                    place.clone(),
                    format!("{ja}の ID「{id}」が二度使われています。"),
                    format!("The {en} id “{id}” is used twice."),
                )
                .hint("どちらかの ID を変えてください。", "Change one of the two.")
                .also((*first).clone(), "一つ目", "the first one"),
            );
        } else {
            seen.insert(id, place);
        }
    }
}

pub(super) fn say(diagnostics: &mut Diagnostics, name: Code, place: Place, ja: &str, en: &str) {
    diagnostics.push(Diagnostic::error(name, place, ja, en));
}
