//! Response by group: how many were invited and how many have answered, in steps of the smallest group, never who.

use crate::language::{Language, count};
use crate::store::{Invited, Standing};
use crate::survey::Survey;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Invitations that are not taken back, and those that were used, rounded down to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// Invitations that are not taken back.
    pub invited: u64,
    /// Those that were used, rounded down to a step.
    pub answered: u64,
}

/// A survey's response.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Response {
    /// Of all.
    pub all: Counted,
    /// By attribute, in the survey's order, and code. Groups of fewer than k invited people are left out.
    pub groups: Vec<(String, BTreeMap<String, Counted>)>,
}

/// Counts these invitations.
fn count_of<'i>(invited: impl Iterator<Item = &'i Invited>, step: u64) -> Counted {
    let mut counted = Counted::default();
    for one in invited.filter(|one| one.standing != Standing::Revoked) {
        counted.invited += 1;
        counted.answered += u64::from(one.standing == Standing::Used);
    }
    counted.answered = counted.answered / step * step;
    counted
}

/// Counts a survey's invitations, all of them and by each attribute.
#[must_use]
pub fn response(survey: &Survey, invited: &[Invited]) -> Response {
    let step = u64::from(survey.k.max(1));
    let group = |id: &String| {
        let mut by_code: BTreeMap<String, Vec<&Invited>> = BTreeMap::new();
        for one in invited {
            by_code.entry(one.invitation.carried.get(id).cloned().unwrap_or_default()).or_default().push(one);
        }
        let counted = by_code.into_iter().map(|(code, own)| (code, count_of(own.into_iter(), step)));
        counted.filter(|(_, counted)| counted.invited >= step).collect()
    };
    let groups = survey.attributes.iter().map(|attribute| (attribute.id.clone(), group(&attribute.id))).collect();
    Response { all: count_of(invited.iter(), step), groups }
}

/// For programs.
#[must_use]
pub fn to_json(response: &Response) -> Value {
    let pair = |counted: &Counted| json!({"invited": counted.invited, "answered_at_least": counted.answered});
    let mut all = pair(&response.all);
    for (attribute, codes) in &response.groups {
        all["by"][attribute] = codes.iter().map(|(code, counted)| (code.clone(), pair(counted))).collect::<serde_json::Map<_, _>>().into();
    }
    all
}

/// For people, a line a group.
#[must_use]
pub fn to_lines(survey: &Survey, response: &Response, language: Language) -> Vec<String> {
    let line = |counted: &Counted| {
        let (invited, answered) = (count(counted.invited), count(counted.answered));
        match language {
            Language::Japanese => format!("招待 {invited} 人、うち回答 {answered} 人以上"),
            Language::English => format!("{invited} invited, {answered} or more have answered"),
        }
    };
    let mut lines = vec![format!("  {}", line(&response.all))];
    for (id, codes) in &response.groups {
        let Some(attribute) = survey.attributes.iter().find(|attribute| attribute.id == *id) else { continue };
        let order = |code: &String| attribute.values.iter().position(|value| value.code == *code);
        let mut codes: Vec<(&String, &Counted)> = codes.iter().collect();
        codes.sort_by_key(|(code, _)| order(code));
        for (code, counted) in codes {
            let (name, value) = (attribute.text.in_language(language), attribute.label(code));
            lines.push(format!("  {name} {}: {}", value.in_language(language), line(counted)));
        }
    }
    lines
}
