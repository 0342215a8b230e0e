//! Checks of the report block on answers that go together: all of them exist, are numbers or points, and none is part of another.

use super::everything::Catalog;
use super::names::unknown;
use super::reference::Located;
use super::related::{is_counted, parts};
use super::report::Drivers;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::survey::Survey;
use std::collections::BTreeSet;

/// Says what is wrong with the block.
pub(super) fn check(catalog: &Catalog, survey: &Survey, block: &Drivers, diagnostics: &mut Diagnostics) {
    if let Some(everybody) = survey.population.filter(|everybody| *everybody < block.minimum) {
        let place = &block.outcome.place;
        diagnostics.push(
            Diagnostic::warning(
                code::NOTHING_TO_SHOW,
                place.clone(),
                format!("対象は{everybody}人ですが、関連は、すべてに答えた人が{}人いないと示しません。", block.minimum),
                format!("{everybody} people are asked, but of fewer than {} who answered all of it no relation is shown.", block.minimum),
            )
            .hint(
                "項目を減らすか（一つにつき10人、少なくとも50人）、minimum を下げます。",
                "Name fewer items (ten people for each, fifty at least), or lower “minimum”.",
            ),
        );
    }
    let mut met: Vec<(&Located<String>, BTreeSet<String>)> = Vec::new();
    for name in std::iter::once(&block.outcome).chain(&block.of).filter(|name| !name.value.is_empty()) {
        let Some(parts) = parts(survey, &name.value) else {
            let counted = survey.variables().into_iter().filter(|variable| is_counted(&variable.measure)).map(|variable| variable.id);
            let known: Vec<String> = counted.chain(survey.scales.iter().map(|scale| scale.id.clone())).collect();
            let what = ("段階か数の質問、尺度", "scale or question with points or numbers");
            unknown(catalog, diagnostics, &name.place, what, &name.value, known.iter().map(String::as_str));
            continue;
        };
        if let Some((other, _)) = met.iter().find(|(_, own)| !own.is_disjoint(&parts)) {
            let (one, two) = (&name.value, &other.value);
            diagnostics.push(
                Diagnostic::error(
                    code::DUPLICATE_ID,
                    name.place.clone(),
                    format!("「{one}」と「{two}」には同じ質問が入っています。関連を見ることはできません。"),
                    format!("“{one}” and “{two}” share a question, so they cannot be held against each other."),
                )
                .hint("どちらか一つにしてください。", "Keep one of them.")
                .also(other.place.clone(), "もう一つ", "the other one"),
            );
        }
        met.push((name, parts));
    }
}
