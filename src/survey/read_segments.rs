//! Reads what figures are broken down by, and checks that it can be.

use super::attribute::Attribute;
use super::definition::{Segment, Survey};
use super::read_parts::say;
use crate::content::Fields;
use crate::diagnostic::{Diagnostic, Diagnostics, closest, code};
use std::collections::BTreeSet;

pub(super) fn read_segment(fields: Fields<'_>) -> Segment {
    Segment { place: fields.place_of("by"), by: fields.items("by").iter().filter_map(|id| id.scalar()).map(str::to_owned).collect() }
}

/// Every segment is made of attributes whose values are written down, and stands there once.
pub(super) fn check_segments(survey: &Survey, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeSet<BTreeSet<&String>> = BTreeSet::new();
    let attributes = survey.carried_attributes();
    for segment in &survey.segments {
        let mut missing = false;
        for id in &segment.by {
            match attributes.iter().find(|attribute| attribute.id == *id) {
                None => {
                    missing = true;
                    diagnostics.push(unknown(survey, segment, id));
                }
                Some(attribute) if attribute.values.is_empty() => diagnostics.push(without_values(segment, attribute)),
                Some(_) => {}
            }
        }
        let own: BTreeSet<&String> = segment.by.iter().collect();
        if !missing && (own.len() < segment.by.len() || !seen.insert(own)) {
            say(
                diagnostics,
                code::DUPLICATE_ID,
                segment.place.clone(),
                &format!("「{}」の分け方が二度あります。", segment.by.join("、")),
                &format!("“{}” is there twice.", segment.by.join(", ")),
            );
        }
    }
}

fn unknown(survey: &Survey, segment: &Segment, id: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        code::UNKNOWN_REFERENCE,
        segment.place.clone(),
        format!("「{id}」という属性はありません。"),
        format!("There is no attribute “{id}”."),
    );
    match closest(id, survey.carried_attributes().iter().map(|attribute| attribute.id.as_str())) {
        Some(guess) => diagnostic.hint(format!("「{guess}」のことでしょうか。"), format!("Did you mean “{guess}”?")),
        None => diagnostic.hint(
            "attributes に書いた属性の ID を書きます。答えで分けることはできません。",
            "Name an attribute that stands under “attributes”; answers cannot break figures down.",
        ),
    }
}

fn without_values(segment: &Segment, attribute: &Attribute) -> Diagnostic {
    Diagnostic::error(
        code::MISSING_KEY,
        segment.place.clone(),
        format!("「{}」には values がないので、集計を分けられません。", attribute.id),
        format!("“{}” has no “values”, so figures cannot be broken down by it.", attribute.id),
    )
    .hint(
        "取りうる値を values に書いてください。回答から拾うと、だれかが答えたことが値の名前から分かってしまいます。",
        "Write down its values. Taken from the answers, the very name of a value would tell that somebody gave one.",
    )
}
