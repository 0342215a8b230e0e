//! What somebody has typed so far, in words that can be read when the survey has changed or is over.

use crate::pages::edition::Edition;
use crate::survey::consent::CONSENT;
use crate::survey::field::{DECLINED, declined_field, names};
use crate::survey::{Measure, Raw, Survey};
use serde::{Deserialize, Serialize};

/// One field with something in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// Its name.
    pub field: String,
    /// What was asked.
    pub asked: String,
    /// What was typed, or the words of what was chosen.
    pub said: String,
}

/// Everything with something in it, in the order of the survey; fields that it does not have come last, by their names.
#[must_use]
pub fn typed(edition: &Edition<'_>, survey: &Survey, raw: &Raw) -> Vec<Typed> {
    let mut all = Vec::new();
    let mut left = raw.clone();
    for question in survey.questions() {
        let variables = question.variables();
        for name in names(question) {
            let Some(values) = left.remove(&name) else { continue };
            let variable = variables.iter().find(|variable| variable.id == name);
            let label = |value: &str| {
                let measure = variable.map(|variable| &variable.measure);
                let Some(Measure::Nominal(all) | Measure::Ordinal(all) | Measure::Multiple(all)) = measure else { return value.to_owned() };
                all.iter().find(|one| one.code == value).map_or_else(|| value.to_owned(), |one| edition.plain(&one.label))
            };
            let declined = name == declined_field(&question.id);
            let words = |value: &str| if declined || value == DECLINED { edition.say("decline").to_owned() } else { label(value) };
            let asked = edition.plain(variable.map_or(&question.text, |variable| &variable.label));
            all.extend(line(name, asked, &values, &words));
        }
    }
    for variable in survey.carried_variables() {
        let Some(values) = left.remove(&variable.id) else { continue };
        let words = |value: &str| if variable.id == CONSENT { "✓".to_owned() } else { value.to_owned() };
        all.extend(line(variable.id.clone(), edition.plain(&variable.label), &values, &words));
    }
    let unknown = left.iter().filter_map(|(name, values)| line(name.clone(), name.clone(), values, &str::to_owned));
    all.extend(unknown);
    all
}

fn line(field: String, asked: String, values: &[String], words: &dyn Fn(&str) -> String) -> Option<Typed> {
    let said: Vec<String> = values.iter().filter(|value| !value.trim().is_empty()).map(|value| words(value)).collect();
    (!said.is_empty()).then(|| Typed { field, asked, said: said.join("\n") })
}
