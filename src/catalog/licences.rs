//! Licences that have run out by a day: those people are not offered until their entry is mended.

use super::everything::Catalog;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::language::{Day, Language};

/// For how many days before its end a licence is worth a word.
const SOON: i64 = 60;

/// What is to be said of licences on a day.
#[must_use]
pub fn licences(catalog: &Catalog, day: Day) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for person in catalog.consultants.values().flat_map(|directory| &directory.people) {
        let Some(licence) = &person.licence else { continue };
        let left = licence.until.number() - day.number();
        if left > SOON {
            continue;
        }
        let (ja, en) = (person.name.in_language(Language::Japanese), person.name.in_language(Language::English));
        let fault = if left < 0 {
            Diagnostic::warning(
                code::LICENCE,
                licence.place.clone(),
                format!("{ja}さんの登録は {} に切れているので、候補に出ません。", licence.until),
                format!("The licence of {en} ran out on {}, so they are not offered.", licence.until),
            )
        } else {
            Diagnostic::warning(
                code::LICENCE,
                licence.place.clone(),
                format!("{ja}さんの登録は {} に切れます。その翌日から候補に出ません。", licence.until),
                format!("The licence of {en} runs out on {}; from the next day on they are not offered.", licence.until),
            )
        };
        diagnostics.push(fault.hint("更新されたら、until を新しい期限にしてください。", "Once it is renewed, set “until” to the new day."));
    }
    diagnostics
}
