//! Checks of the report block on the same people before and after: both surveys know who is who by the same rule, and both asked the
//! same.

use super::everything::Catalog;
use super::names::unknown;
use super::reference::Located;
use super::report::Change;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::survey::compared::points;
use crate::survey::waves::{Standing, paired_alike, twins};
use crate::survey::{Measure, Survey};

/// Says what is wrong with the block.
pub(super) fn check(catalog: &Catalog, after: &Survey, block: &Change, diagnostics: &mut Diagnostics) {
    let name = &block.before;
    if name.value.is_empty() {
        return;
    }
    let Some(before) = catalog.surveys.get(&name.value) else {
        unknown(catalog, diagnostics, &name.place, ("アンケート", "survey"), &name.value, catalog.surveys.keys().map(String::as_str));
        return;
    };
    if before.id == after.id || !paired_alike(before, after) {
        diagnostics.push(
            Diagnostic::error(
                code::SAME_AS,
                name.place.clone(),
                format!("「{}」と「{}」の答えを、人ごとに結ぶことはできません。", before.id, after.id),
                format!("The answers to “{}” and “{}” cannot be paired person by person.", before.id, after.id),
            )
            .hint(
                "別々のアンケートで、どちらも記名か、どちらも同じ決まりの合いことば（code）が要ります。",
                "It takes two surveys that are both identified, or that both ask for a code of one’s own with the same rule.",
            ),
        );
        return;
    }
    let twins = twins(before, after);
    let mut ends: Option<(&Located<String>, usize)> = None;
    for item in block.of.iter().filter(|item| !item.value.is_empty()) {
        let Some(points) = points(after, &item.value) else {
            let known = comparable(after);
            let what = ("段階の質問か尺度", "scale or question with points");
            unknown(catalog, diagnostics, &item.place, what, &item.value, known.iter().map(String::as_str));
            continue;
        };
        let twin = twins.iter().find(|twin| twin.later.as_ref() == Some(&item.value));
        if twin.is_none_or(|twin| twin.standing != Standing::Comparable) {
            diagnostics.push(
                Diagnostic::error(
                    code::SAME_AS,
                    item.place.clone(),
                    format!("「{}」は、前のアンケートでは尋ねていないか、言い回しか選択肢が違います。比べることはできません。", item.value),
                    format!("“{}” was not asked before, or with other words or choices, so it cannot be compared.", item.value),
                )
                .hint("後のアンケートに same_as を使うと、同じになります。", "With same_as in the later survey they are the same."),
            );
            continue;
        }
        match ends {
            Some((first, own)) if own != points => diagnostics.push(
                Diagnostic::error(
                    code::SUM,
                    item.place.clone(),
                    format!("「{}」は{points}段階、「{}」は{own}段階なので、一つの図に並べられません。", item.value, first.value),
                    format!("“{}” has {points} points and “{}” {own}, so they do not fit into one chart.", item.value, first.value),
                )
                .hint("change を二つに分けてください。", "Make two blocks of it."),
            ),
            Some(_) => {}
            None => ends = Some((item, points)),
        }
    }
}

fn comparable(survey: &Survey) -> Vec<String> {
    let points = survey.variables().into_iter().filter(|variable| matches!(variable.measure, Measure::Ordinal(_)));
    points.map(|variable| variable.id).chain(survey.scales.iter().map(|scale| scale.id.clone())).collect()
}
