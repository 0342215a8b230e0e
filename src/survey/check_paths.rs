//! Says what the paths through a survey have shown: warnings, each proven.

use super::definition::Survey;
use super::paths::{Finding, Verdict, at_the_end, findings, nothing_asked};
use crate::diagnostic::{Diagnostic, Diagnostics, code};

/// Warns of conditions that cannot hold or cannot fail, of quotas that nobody can count for, and of a survey that can end without a
/// question.
pub(super) fn check(survey: &Survey, diagnostics: &mut Diagnostics) {
    for finding in findings(survey) {
        diagnostics.push(say(&finding));
    }
    for quota in &survey.quotas {
        if let Some(condition) = &quota.when
            && matches!(at_the_end(survey, condition), Some(Verdict::NeverHolds | Verdict::NeverThere(_)))
        {
            diagnostics.push(
                Diagnostic::warning(
                    code::NEVER_HOLDS,
                    condition.place.clone(),
                    format!("この条件はどう答えても成り立たないので、枠「{}」にはだれも数えられません。", quota.id),
                    format!("Whatever is answered, this condition does not hold, and nobody counts for the quota “{}”.", quota.id),
                )
                .hint(
                    "一つしか選べない答えを二つ求めていないか、範囲の外の値と比べていないか、確かめてください。",
                    "Look for two values of one answer at once, or a value that it cannot take.",
                ),
            );
        }
    }
    if let Some(day) = nothing_asked(survey)
        && let Some(first) = survey.pages.first()
    {
        let place = first.show_if.as_ref().map_or_else(|| first.place.clone(), |condition| condition.place.clone());
        let (ja, en) = if survey.says_today() { (format!("{day} のように、"), format!(", as on {day}")) } else { Default::default() };
        diagnostics.push(
            Diagnostic::warning(
                code::NOTHING_ASKED,
                place,
                format!("{ja}質問が一つも出ないまま終わることがあります。"),
                format!("The survey can end without having asked anything{en}."),
            )
            .hint("条件のない質問のあるページを、一つは置いてください。", "Have one page with a question that everybody is asked."),
        );
    }
}

fn say(finding: &Finding<'_>) -> Diagnostic {
    let place = finding.condition.place.clone();
    let (what_ja, what_en) = match finding.question {
        Some(question) => (format!("質問「{}」", question.id), format!("question “{}”", question.id)),
        None => (format!("ページ「{}」", finding.page.id), format!("page “{}”", finding.page.id)),
    };
    let never = |ja: &str, en: &str| {
        Diagnostic::warning(
            code::NEVER_HOLDS,
            place.clone(),
            format!("{ja}{what_ja}はだれにも出ません。"),
            format!("{en} nobody gets to the {what_en}."),
        )
    };
    match &finding.verdict {
        Verdict::NeverHolds => never("この条件はどう答えても成り立たないので、", "Whatever is answered, this condition does not hold, and")
            .hint(
                "一つしか選べない答えを二つ求めていないか、範囲の外の値と比べていないか、確かめてください。",
                "Look for two values of one answer at once, or a value that it cannot take.",
            ),
        Verdict::NeverThere(behind) => {
            let fault = never(
                "この条件が成り立つ答えは、ここまでに得られないので、",
                "The answers that would meet this condition cannot be there at this point, and",
            )
            .hint(
                "この条件に要る答えが、ほかの条件と両立するか、確かめてください。",
                "See whether the answers it needs go together with the other conditions.",
            );
            behind.iter().fold(fault, |fault, condition| {
                fault.also(condition.place.clone(), "この条件と合わせると成り立ちません", "together with this")
            })
        }
        Verdict::AlwaysHolds => Diagnostic::warning(
            code::ALWAYS_HOLDS,
            place.clone(),
            format!("この条件はいつも成り立つので、{what_ja}は条件がないのと同じです。"),
            format!("This condition always holds: it decides nothing about the {what_en}."),
        )
        .hint("条件を消すか、比べる値を見直してください。", "Remove it, or look at the value it compares with."),
    }
}
