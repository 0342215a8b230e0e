//! `kind: trend`: one thing from wave to wave, broken where something else was asked.

use super::compare::{correction, series};
use crate::catalog::{Report, report, waves_of};
use crate::language::Text;
use crate::pages::edition::Edition;
use crate::pages::editorial::known::Known;
use crate::statistics::{Series, Trend, Turn, Wave, trend};
use crate::survey::waves::{Change, Standing, twins};
use crate::survey::{Exhibit, Survey};
use std::collections::BTreeSet;

/// The figure of the block; without rows where nothing is published yet.
pub(in crate::pages::editorial) fn exhibit(
    edition: &Edition<'_>,
    report: &Report,
    known: Known<'_>,
    block: &report::Trend,
) -> Option<Exhibit> {
    let catalog = edition.material.catalog;
    let surveys = waves_of(catalog, report, block);
    let last = surveys.last()?;
    let label = |survey: &Survey| survey.wave.clone().unwrap_or_else(|| survey.title.clone());
    let labels: Vec<Text> = surveys.iter().map(|survey| label(survey)).collect();
    let waves: Vec<Wave<'_>> =
        surveys.iter().zip(&labels).map(|(survey, label)| Wave { id: &survey.id, label, published: known.all.get(&survey.id) }).collect();
    let choice = block.choice.as_ref().map(|choice| choice.value.as_str());
    let own = catalog.surveys.get(&report.survey.value)?;
    let things: Vec<Series> = block.figures.iter().flat_map(|figure| series(own, &figure.value, choice)).collect();
    let groups = groups(own, block);
    let (mut lines, mut turns) = (Vec::new(), Vec::new());
    for thing in &things {
        let (through, breaks) = through(&surveys, thing);
        let of = |label: Text, group: Option<(String, String)>| Trend { label, series: through.clone(), group };
        let own: Vec<Trend> = match (&groups, block.segment()) {
            (groups, Some(by)) if !groups.is_empty() => {
                groups.iter().map(|(row, label)| of(label.clone(), Some((by.clone(), row.clone())))).collect()
            }
            _ => vec![of(thing.label.clone(), None)],
        };
        for line in own {
            let at = lines.len();
            turns.extend(breaks.iter().map(|(wave, label)| Turn { line: at, wave: *wave, label: label.clone() }));
            lines.push(line);
        }
    }
    let id = format!("{}-{}", last.id, block.name());
    let mut exhibit = trend(&id, &waves, &lines, &turns, correction(block.correction));
    if let Some(thing) = things.first().filter(|_| !groups.is_empty()) {
        exhibit.asked = about(&thing.label, &exhibit.asked);
    }
    if let Some(title) = block.title.as_ref().filter(|_| !exhibit.rows.is_empty()) {
        exhibit.title = title.clone();
    }
    exhibit.sample = surveys.iter().any(|survey| survey.sample) || report.sample;
    Some(exhibit)
}

/// What lines of groups are about stands before their names.
fn about(thing: &Text, asked: &Text) -> Text {
    use crate::language::Language::{English, Japanese};
    let bare = |language| thing.in_language(language).trim_end_matches(['。', '.']);
    Text::pair(
        format!("「{}」。{}", bare(Japanese), asked.in_language(Japanese)),
        format!("“{}”. {}", bare(English), asked.in_language(English)),
    )
}

/// The chosen groups of a segment, or all of them: the ids of their rows and what they are called.
fn groups(survey: &Survey, block: &report::Trend) -> Vec<(String, Text)> {
    let Some(name) = block.segment() else { return Vec::new() };
    let Some(segment) = survey.segments.iter().find(|segment| segment.name() == name) else { return Vec::new() };
    let mut rows: Vec<(String, Text)> = Vec::new();
    for attribute in survey.attributes_of(segment) {
        let values = attribute.values.iter().map(|value| (value.code.clone(), value.label.clone()));
        rows = if rows.is_empty() {
            values.collect()
        } else {
            let crossed = |(row, label): &(String, Text)| {
                let (row, label) = (row.clone(), label.clone());
                values.clone().map(move |(code, value)| (format!("{row}-{code}"), both(&label, &value))).collect::<Vec<_>>()
            };
            rows.iter().flat_map(crossed).collect()
        };
    }
    rows.retain(|(row, _)| block.groups.is_empty() || block.groups.iter().any(|group| group.value == *row));
    rows
}

fn both(one: &Text, other: &Text) -> Text {
    use crate::language::Language::{English, Japanese};
    Text::pair(
        format!("{}・{}", one.in_language(Japanese), other.in_language(Japanese)),
        format!("{}, {}", one.in_language(English), other.in_language(English)),
    )
}

/// What each wave calls the thing that the last one asks so, and where it was not the same any more.
fn through(surveys: &[&Survey], thing: &Series) -> (Vec<Option<Series>>, Vec<(usize, Text)>) {
    let mut through: Vec<Option<Series>> = vec![None; surveys.len()];
    let mut breaks = Vec::new();
    let mut current = Some(thing.clone());
    for at in (0..surveys.len()).rev() {
        through[at].clone_from(&current);
        let Some((series, earlier)) = current.as_ref().zip(at.checked_sub(1)) else { continue };
        let twin = twins(surveys[earlier], surveys[at]).into_iter().find(|twin| twin.later.as_deref() == Some(series.id.as_str()));
        let Some(twin) = twin else {
            current = None;
            continue;
        };
        if let Standing::Changed(changes) = &twin.standing {
            breaks.push((at, changed(changes)));
        }
        current = twin.earlier.map(|id| Series { id, ..series.clone() });
    }
    breaks.reverse();
    (through, breaks)
}

/// What changed, in a few words.
fn changed(changes: &BTreeSet<Change>) -> Text {
    let word = |change: &Change| match change {
        Change::Wording => ("質問の文", "wording"),
        Change::Choices => ("選択肢", "choices"),
        Change::Points => ("段階", "points"),
        Change::Kind => ("答え方", "kind of answer"),
        Change::Asked => ("たずねた相手", "who was asked"),
        Change::Computed => ("点の出し方", "how it is scored"),
        Change::Items => ("もとの質問", "its items"),
    };
    let (ja, en): (Vec<&str>, Vec<&str>) = changes.iter().map(word).unzip();
    Text::pair(ja.join("、"), en.join(", "))
}
