//! Checks of the block `weighted`: its margins are those of a segment of the survey, name every value once, and count the same people.

use super::across_blocks::Checker;
use super::names::unknown;
use super::weighted::{KnownMargin, Weighted};
use crate::diagnostic::{Diagnostic, code};
use crate::survey::Attribute;
use crate::survey::compared::NET;

/// Says what is wrong with the block.
pub(super) fn check(checker: &mut Checker<'_, '_>, block: &Weighted) {
    if let Some(choice) = block.choice.as_ref().filter(|choice| choice.value == NET) {
        let fault = Diagnostic::error(
            code::NOT_COMPARABLE,
            choice.place.clone(),
            "すすめたさの差し引きは、構成比で調整できません。",
            "Recommendation scores cannot be adjusted.",
        );
        checker.diagnostics.push(fault.hint(
            "choice の行を消すと、すすめる人の割合を調整します。",
            "Without this line the share of those who recommend is adjusted.",
        ));
    } else {
        checker.comparable(&block.figures, block.choice.as_ref());
    }
    let by: Vec<_> = block.margins.iter().map(|margin| margin.attribute.clone()).collect();
    if let [first, second] = &by[..]
        && first.value == second.value
    {
        let fault = Diagnostic::error(
            code::MARGINS,
            second.place.clone(),
            format!("「{}」の人数が、二つあります。", second.value),
            format!("There are two margins of “{}”.", second.value),
        );
        checker.diagnostics.push(fault.hint("どちらかを消してください。", "Take one of them out."));
        return;
    }
    let attributes = &checker.survey.attributes;
    for margin in &block.margins {
        if let Some(attribute) = attributes.iter().find(|attribute| attribute.id == margin.attribute.value) {
            values(checker, attribute, margin);
        }
    }
    let [first, rest @ ..] = &block.margins[..] else { return };
    for other in rest.iter().filter(|other| other.all() != first.all()) {
        let fault = Diagnostic::error(
            code::MARGINS,
            other.place.clone(),
            format!("人数の合計が、「{}」と違います（{}人と{}人）。", first.attribute.value, other.all(), first.all()),
            format!("These are {} people, but {} by “{}”.", other.all(), first.all(), first.attribute.value),
        );
        checker
            .diagnostics
            .push(fault.hint("同じ日の、同じ人たちの人数を書いてください。", "Let both count the same people on the same day."));
    }
    checker.crossed(&by);
}

/// Each value of the attribute once, and none that it does not have.
fn values(checker: &mut Checker<'_, '_>, attribute: &Attribute, margin: &KnownMargin) {
    let known = || attribute.values.iter().map(|value| value.code.as_str());
    for (value, _) in margin.people.iter().filter(|(value, _)| known().all(|code| code != value.value)) {
        unknown(checker.catalog, checker.diagnostics, &value.place, ("属性の値", "value of the attribute"), &value.value, known());
    }
    let missing: Vec<&str> = known().filter(|code| margin.people.iter().all(|(value, _)| value.value != *code)).collect();
    if !missing.is_empty() {
        let fault = Diagnostic::error(
            code::MARGINS,
            margin.place.clone(),
            format!("「{}」の人数に、{} がありません。", attribute.id, missing.join("、")),
            format!("The margin of “{}” does not say how many are in: {}.", attribute.id, missing.join(", ")),
        );
        checker.diagnostics.push(fault.hint(
            "どの値にも人数を書きます。だれもいなければ 0 です。",
            "Write how many there are of every value; 0 where there is nobody.",
        ));
    } else if margin.all() == 0 {
        let fault = Diagnostic::error(
            code::MARGINS,
            margin.place.clone(),
            format!("「{}」の人数が、どれも 0 です。", attribute.id),
            format!("By the margin of “{}” there is nobody at all.", attribute.id),
        );
        checker.diagnostics.push(fault.hint("全員の人数を書いてください。", "Write how many people there are."));
    }
}
