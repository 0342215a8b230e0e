//! Reads scales.

use super::read_parts::{duplicates, say};
use super::scoring::{Band, Method, Scale};
use super::variable::{Measure, Variable};
use crate::content::Fields;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, closest, code};
use std::collections::BTreeMap;

pub(super) fn read_scale(fields: Fields<'_>, variables: &BTreeMap<String, Variable>, diagnostics: &mut Diagnostics) -> Scale {
    let names = |key: &str| -> Vec<(String, Place)> {
        fields.items(key).iter().filter_map(|item| Some((item.scalar()?.to_owned(), item.place.clone()))).collect()
    };
    let items = names("items");
    let mut points = None;
    for (item, place) in &items {
        match variables.get(item).map(|variable| &variable.measure) {
            // A recommendation begins at 0 and is told in classes of its own
            Some(Measure::Ordinal(categories)) if categories.first().is_some_and(|lowest| lowest.code == "1") => {
                let count = categories.len();
                if *points.get_or_insert(count) != count {
                    say(
                        diagnostics,
                        code::OUT_OF_RANGE,
                        place.clone(),
                        &format!("「{item}」は {count} 段階で、ほかの項目と段階の数が違います。"),
                        &format!("“{item}” has {count} points, unlike the items before it."),
                    );
                }
            }
            Some(_) => say(
                diagnostics,
                code::UNKNOWN_REFERENCE,
                place.clone(),
                &format!("「{item}」は段階で答える質問ではありません。"),
                &format!("“{item}” is not answered on a scale."),
            ),
            None => {
                let diagnostic = Diagnostic::error(
                    code::UNKNOWN_REFERENCE,
                    place.clone(),
                    format!("「{item}」という質問はありません。"),
                    format!("There is no question “{item}”."),
                );
                diagnostics.push(match closest(item, variables.keys().map(String::as_str)) {
                    Some(guess) => {
                        diagnostic.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?"))
                    }
                    None => diagnostic,
                });
            }
        }
    }
    duplicates(items.iter().map(|(item, place)| (item.as_str(), place)), "項目", "item", diagnostics);
    let reversed = names("reversed");
    for (item, place) in &reversed {
        if !items.iter().any(|(known, _)| known == item) {
            say(
                diagnostics,
                code::UNKNOWN_REFERENCE,
                place.clone(),
                &format!("「{item}」は items にありません。"),
                &format!("“{item}” is not among the items."),
            );
        }
    }
    let least = fields.integer("min_answered", u32::try_from(items.len()).unwrap_or(u32::MAX));
    if least as usize > items.len() && !items.is_empty() {
        say(
            diagnostics,
            code::OUT_OF_RANGE,
            fields.place_of("min_answered"),
            &format!("項目は {} 個しかありません。", items.len()),
            &format!("There are only {} items.", items.len()),
        );
    }
    let bands: Vec<Band> = fields
        .records("bands")
        .map(|band| Band { from: band.optional_decimal("from").unwrap_or(0.0), label: band.text("label") })
        .collect();
    if bands.windows(2).any(|pair| pair[0].from >= pair[1].from) {
        say(
            diagnostics,
            code::OUT_OF_RANGE,
            fields.place_of("bands"),
            "bands は from の小さい順に書きます。",
            "Bands are written in rising order of “from”.",
        );
    }
    Scale {
        id: fields.line("id"),
        place: fields.place_of("id"),
        label: fields.text("label"),
        items: items.into_iter().map(|(item, _)| item).collect(),
        reversed: reversed.into_iter().map(|(item, _)| item).collect(),
        method: if fields.line("method") == "sum" { Method::Sum } else { Method::Mean },
        min_answered: least,
        points: points.and_then(|count| u8::try_from(count).ok()).unwrap_or(5),
        bands,
    }
}
