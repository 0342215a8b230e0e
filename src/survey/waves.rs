//! One survey asked again and again: which of its variables can be compared between two waves, and where a line has to break.
//!
//! A variable is the same one in both waves where it has the same id, or an id that `was:` leads to, in either wave. It is comparable
//! where people read the same words and could answer the same. White space means nothing; a translation that one of the two lacks
//! means nothing; the order of choices, the page, and whether an answer was needed are not looked at.

use super::consent::squeezed;
use super::definition::{Mode, Survey};
use super::question::{Kind, Question};
use super::scoring::Scale;
use super::variable::{Category, Measure, Variable};
use crate::language::{Language, Text};
use std::collections::{BTreeMap, BTreeSet};

/// What differs between two waves in what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The words of the question, of its row or of its hint.
    Wording,
    /// The choices: their words, or which there are.
    Choices,
    /// The points of the scale: how many, or what they are called.
    Points,
    /// What kind of answer it is, or its unit.
    Kind,
    /// Who was asked: the condition of the question or its page.
    Asked,
    /// How it is worked out: of a scale its items, which are reversed, how they are put together; of a calculated value its expression.
    Computed,
    /// Of a scale: one of its items changed.
    Items,
}

/// How a variable or a scale stands in two waves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The same was asked in both.
    Comparable,
    /// Both asked it, but not alike: no line leads from the one to the other.
    Changed(BTreeSet<Change>),
    /// Only the earlier wave has it.
    OnlyEarlier,
    /// Only the later wave has it.
    OnlyLater,
}

/// A variable or a scale in two waves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// What the earlier wave calls it.
    pub earlier: Option<String>,
    /// What the later wave calls it.
    pub later: Option<String>,
    /// How the two stand to each other.
    pub standing: Standing,
}

/// Every variable and every scale of two waves: those of the later one in their order, then those that only the earlier one has.
#[must_use]
pub fn twins(earlier: &Survey, later: &Survey) -> Vec<Twin> {
    let (before, after) = (earlier.variables(), later.variables());
    let mut all: Vec<Twin> = after
        .iter()
        .map(|variable| {
            let same = before.iter().find(|other| is_the_same(earlier, later, &other.id, &variable.id));
            let standing = same.map_or(Standing::OnlyLater, |same| standing(changes(earlier, later, same, variable)));
            Twin { earlier: same.map(|same| same.id.clone()), later: Some(variable.id.clone()), standing }
        })
        .collect();
    let variables: BTreeMap<String, Twin> = all.iter().filter_map(|twin| Some((twin.later.clone()?, twin.clone()))).collect();
    for scale in &later.scales {
        let same = earlier.scales.iter().find(|other| other.id == scale.id);
        let standing = same.map_or(Standing::OnlyLater, |same| standing(scale_changes(same, scale, &variables)));
        all.push(Twin { earlier: same.map(|same| same.id.clone()), later: Some(scale.id.clone()), standing });
    }
    let met: BTreeSet<String> = all.iter().filter_map(|twin| twin.earlier.clone()).collect();
    let gone = before.iter().map(|variable| &variable.id).chain(earlier.scales.iter().map(|scale| &scale.id));
    let gone = gone.filter(|id| !met.contains(*id));
    all.extend(gone.map(|id| Twin { earlier: Some(id.clone()), later: None, standing: Standing::OnlyEarlier }));
    all
}

/// Whether the same person is known in both by the same rule.
#[must_use]
pub fn paired_alike(before: &Survey, after: &Survey) -> bool {
    match (&before.code, &after.code) {
        (Some(one), Some(other)) => one.rule() == other.rule(),
        (None, None) => before.mode == Mode::Identified && after.mode == Mode::Identified,
        _ => false,
    }
}

fn is_the_same(earlier: &Survey, later: &Survey, before: &str, after: &str) -> bool {
    before == after || later.history.variable(before) == after || earlier.history.variable(after) == before
}

fn standing(changes: BTreeSet<Change>) -> Standing {
    if changes.is_empty() { Standing::Comparable } else { Standing::Changed(changes) }
}

/// Whether two texts read alike in every language that both have; false where they have none in common.
fn alike(one: &Text, other: &Text) -> bool {
    let mut both = Language::ALL.into_iter().filter(|language| one.speaks(*language) && other.speaks(*language)).peekable();
    (both.peek().is_some() || one.is_empty() && other.is_empty())
        && both.all(|language| squeezed(one.in_language(language)) == squeezed(other.in_language(language)))
}

fn both_alike(one: Option<&Text>, other: Option<&Text>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => alike(one, other),
        (None, None) => true,
        _ => false,
    }
}

fn changes(earlier: &Survey, later: &Survey, one: &Variable, other: &Variable) -> BTreeSet<Change> {
    let mut found = BTreeSet::new();
    if !alike(&one.label, &other.label) {
        found.insert(Change::Wording);
    }
    match (&one.measure, &other.measure) {
        (Measure::Ordinal(before), Measure::Ordinal(after)) if !same_points(before, after) => drop(found.insert(Change::Points)),
        (Measure::Nominal(before), Measure::Nominal(after)) | (Measure::Multiple(before), Measure::Multiple(after))
            if !same_choices(earlier, later, &other.id, before, after) =>
        {
            found.insert(Change::Choices);
        }
        (before, after) if std::mem::discriminant(before) != std::mem::discriminant(after) => drop(found.insert(Change::Kind)),
        _ => {}
    }
    if let (Some(before), Some(after)) = (earlier.question(&one.question), later.question(&other.question)) {
        question_changes(before, after, &mut found);
        if asked_if(earlier, before) != asked_if(later, after) {
            found.insert(Change::Asked);
        }
    }
    found
}

fn same_points(before: &[Category], after: &[Category]) -> bool {
    before.len() == after.len() && before.iter().zip(after).all(|(one, other)| one.code == other.code && alike(&one.label, &other.label))
}

fn same_choices(earlier: &Survey, later: &Survey, variable: &str, before: &[Category], after: &[Category]) -> bool {
    let today = |survey: &Survey, code: &str| {
        let codes = survey.history.codes.get(variable);
        codes.and_then(|codes| codes.get(code)).cloned().unwrap_or_else(|| code.to_owned())
    };
    let named = |all: &[Category]| -> BTreeMap<String, Text> {
        all.iter().map(|category| (today(earlier, &today(later, &category.code)), category.label.clone())).collect()
    };
    let (before, after) = (named(before), named(after));
    before.len() == after.len() && before.iter().zip(&after).all(|((one, text), (other, words))| one == other && alike(text, words))
}

/// What the question says beyond its variables.
fn question_changes(before: &Question, after: &Question, found: &mut BTreeSet<Change>) {
    if !alike(&before.text, &after.text) || !both_alike(before.hint.as_ref(), after.hint.as_ref()) {
        found.insert(Change::Wording);
    }
    let unit = |question: &Question| match &question.kind {
        Kind::Number { unit, .. } | Kind::Allocation { unit, .. } | Kind::Calculated { unit, .. } => unit.clone(),
        Kind::Slider(slider) => slider.unit.clone(),
        _ => None,
    };
    if !both_alike(unit(before).as_ref(), unit(after).as_ref()) {
        found.insert(Change::Kind);
    }
    match (&before.kind, &after.kind) {
        (Kind::Calculated { value: one, .. }, Kind::Calculated { value: other, .. }) if one.source != other.source => {
            found.insert(Change::Computed);
        }
        (Kind::Slider(one), Kind::Slider(other)) => {
            let ends = match (&one.ends, &other.ends) {
                (Some(one), Some(other)) => alike(&one.0, &other.0) && alike(&one.1, &other.1),
                (None, None) => true,
                _ => false,
            };
            // The same words of the author, read by the same reader: equal to the bit or changed
            let numbers = |slider: &super::question::Slider| [slider.minimum, slider.maximum, slider.step].map(f64::to_bits);
            if !ends || numbers(one) != numbers(other) {
                found.insert(Change::Points);
            }
        }
        (Kind::Allocation { total: one, .. }, Kind::Allocation { total: other, .. }) if one != other => drop(found.insert(Change::Points)),
        (Kind::Ranking { items: one, top: few }, Kind::Ranking { items: other, top: many }) if few != many || one.len() != other.len() => {
            found.insert(Change::Choices);
        }
        (Kind::MultipleChoice { at_most: one, .. }, Kind::MultipleChoice { at_most: other, .. })
        | (Kind::MultipleGrid { at_most: one, .. }, Kind::MultipleGrid { at_most: other, .. })
            if one != other =>
        {
            found.insert(Change::Choices);
        }
        _ => {}
    }
}

/// The conditions under which a question is asked, as they are written.
fn asked_if<'s>(survey: &'s Survey, question: &'s Question) -> [Option<&'s str>; 2] {
    let page = survey.pages.iter().find(|page| page.questions.iter().any(|one| one.id == question.id));
    [page.and_then(|page| page.show_if.as_ref()), question.show_if.as_ref()].map(|condition| condition.map(|one| one.source.as_str()))
}

fn scale_changes(before: &Scale, after: &Scale, variables: &BTreeMap<String, Twin>) -> BTreeSet<Change> {
    let mut found = BTreeSet::new();
    let formerly = |items: &[String]| -> BTreeSet<String> {
        items.iter().map(|item| variables.get(item).and_then(|twin| twin.earlier.clone()).unwrap_or_else(|| item.clone())).collect()
    };
    let same = |one: &[String], other: &[String]| one.iter().cloned().collect::<BTreeSet<String>>() == formerly(other);
    if !same(&before.items, &after.items)
        || !same(&before.reversed, &after.reversed)
        || before.method != after.method
        || before.min_answered != after.min_answered
    {
        found.insert(Change::Computed);
    }
    let items = after.items.iter().filter_map(|item| variables.get(item));
    if before.points != after.points || items.into_iter().any(|twin| matches!(twin.standing, Standing::Changed(_))) {
        found.insert(Change::Items);
    }
    found
}
