//! What worksheets may fill in on a form. Whatever stands behind the «#» of an address is anybody's: the form names the questions, and
//! all that can be taken for them.

use crate::catalog::{Target, Worksheet};
use crate::pages::edition::Edition;
use crate::survey::Survey;
use crate::survey::question::Kind;
use serde_json::{Map, Value as Json, json};

/// The worksheets of this site that can be carried over into a survey.
pub(in crate::pages) fn sheets<'a>(edition: &Edition<'a>, survey: &Survey) -> Vec<&'a Worksheet> {
    let catalog = edition.material.catalog;
    let modules = edition.material.site.modules.iter().filter_map(|module| catalog.modules.get(&module.value));
    let into = |sheet: &&Worksheet| sheet.totals.as_ref().is_some_and(|totals| totals.survey.value == survey.id);
    if !edition.has(&Target::Survey(survey.id.clone())) {
        return Vec::new();
    }
    modules.flat_map(|module| &module.worksheets).filter(into).collect()
}

/// The questions with what can be taken for each, as JSON; nothing where no worksheet leads here.
pub(super) fn known(edition: &Edition<'_>, survey: &Survey) -> Option<String> {
    let mut known = Map::new();
    for sheet in sheets(edition, survey) {
        for fill in sheet.totals.iter().flat_map(|totals| &totals.fill) {
            let (Some(given), Some(question)) = (sheet.given(&fill.from.value), survey.question(&fill.question.value)) else { continue };
            let values: Vec<&str> = given.named().iter().map(|one| one.id.as_str()).collect();
            let rule = match &question.kind {
                Kind::MultipleChoice { at_most, .. } => json!({"values": values, "most": at_most}),
                Kind::SingleChoice { .. } | Kind::Dropdown { .. } => json!({"values": values, "most": 1}),
                Kind::Number { minimum, maximum, decimals, .. } => json!({"least": minimum, "highest": maximum, "decimals": decimals}),
                Kind::Slider(slider) => json!({"least": slider.minimum, "highest": slider.maximum, "decimals": slider.decimals()}),
                _ => continue,
            };
            merge(known.entry(question.id.clone()).or_insert(Json::Null), rule);
        }
    }
    (!known.is_empty()).then(|| Json::Object(known).to_string())
}

/// Two worksheets may fill one question.
fn merge(known: &mut Json, rule: Json) {
    let more = rule["values"].as_array().cloned().unwrap_or_default();
    match known.get_mut("values").and_then(Json::as_array_mut) {
        Some(values) => {
            for value in more {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        None => *known = rule,
    }
}
