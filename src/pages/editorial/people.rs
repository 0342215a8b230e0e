//! How many were asked, answered and are counted, of everybody and by group.

use super::told::MethodLine;
use crate::language::{count, percent};
use crate::pages::edition::Edition;
use crate::statistics::Published;
use crate::survey::{Access, Survey};

/// How many were asked, answered and are counted.
pub(super) fn lines(edition: &Edition<'_>, survey: &Survey, published: Option<&Published>) -> Vec<MethodLine> {
    let k = u64::from(survey.k);
    let line = |label: &str, text: String| MethodLine { label: edition.say(label).to_owned(), text };
    let people = |n: u64| edition.fill("how_n", &[("n", &count(n))]);
    let withheld = || edition.fill("how_few", &[("k", &count(k))]);
    let invited = published.and_then(|published| published.invited).filter(|invited| *invited >= k);
    let collected = published.and_then(|published| published.collected).filter(|n| *n > 0);
    let shown = published.map(|published| published.shown).filter(|n| *n > 0);
    let mut lines = Vec::new();
    if let Some(population) = survey.population {
        lines.push(line("how_population", people(u64::from(population))));
    }
    // Answers that were imported need no invitation
    if survey.access == Access::Invited && published.and_then(|published| published.invited) != Some(0) {
        lines.push(line("how_invited", invited.map_or_else(withheld, people)));
    }
    lines.push(line("how_answered", collected.map_or_else(withheld, people)));
    if let (Some(invited), Some(collected)) = (invited, collected) {
        let rate = percent(collected.min(invited), invited, 0).unwrap_or_default();
        lines.push(line("how_response", edition.fill("how_response_text", &[("rate", &rate)])));
    }
    lines.push(line("how_used", shown.map_or_else(withheld, |n| edition.fill("how_used_text", &[("n", &count(n))]))));
    lines.extend(
        published
            .and_then(|published| published.waiting.as_ref())
            .map(|note| MethodLine { label: edition.plain(&note.lead), text: edition.plain(&note.text) }),
    );
    if let Some(care) = published.and_then(|published| published.care) {
        let least = |n: u64| {
            if n == 0 { edition.fill("comments_few", &[("k", &count(k))]) } else { edition.fill("comments_least", &[("n", &count(n))]) }
        };
        if let Some(straight) = care.straight {
            lines.push(line("how_straight", edition.fill("how_straight_text", &[("n", &least(straight))])));
        }
        lines.push(line("how_broken", edition.fill("how_broken_text", &[("n", &least(care.broken_off))])));
    }
    lines.extend(groups(edition, survey, published));
    lines
}

/// The response of groups that may be told, in the order of the survey.
fn groups(edition: &Edition<'_>, survey: &Survey, published: Option<&Published>) -> Vec<MethodLine> {
    let Some(published) = published else { return Vec::new() };
    let mut lines = Vec::new();
    for attribute in &survey.attributes {
        let Some(codes) = published.response.get(&attribute.id) else { continue };
        let order = |code: &String| attribute.values.iter().position(|value| value.code == *code);
        let mut codes: Vec<(&String, &(u64, u64))> = codes.iter().collect();
        codes.sort_by_key(|(code, _)| order(code));
        for (code, (invited, answered)) in codes {
            let names = [("attribute", edition.plain(&attribute.text)), ("value", edition.plain(&attribute.label(code)))];
            let numbers = [("invited", count(*invited)), ("answered", count(*answered)), ("k", survey.k.to_string())];
            let key = if *answered == 0 { "how_group_few" } else { "how_group_text" };
            lines.push(MethodLine {
                label: edition.fill("attribute_value", &names.each_ref().map(|(name, text)| (*name, text.as_str()))),
                text: edition.fill(key, &numbers.each_ref().map(|(name, text)| (*name, text.as_str()))),
            });
        }
    }
    lines
}
