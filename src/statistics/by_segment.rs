//! Exhibits by segment: everybody, then each value of an attribute, or each pair of values of two.

use super::average::moments_of;
use super::classes::named;
use super::distribution::{OrdinalRow, is_coarse, ordinal};
use super::frame::{EVERYBODY, Frame, hidden_row, row, single_class};
use super::group::{Condition, Group};
use super::shape::SurveyShape;
use super::shares::{share, shares};
use super::{wording, wording_segments};
use crate::language::Text;
use crate::survey::exhibit::{Class, Exhibit, Kind, People, Row, Tone};
use crate::survey::figure::Unit;
use crate::survey::{Attribute, Category, Figure, Measure, Variable};
use serde::{Deserialize, Serialize};

/// More classes than this have no colours of their own.
const MOST_CLASSES: usize = 6;

/// A row of such an exhibit.
struct Part {
    id: String,
    label: Text,
    group: Group,
}

/// What a comparison needs to know of a row of an exhibit by segment beside what the row shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// The id of the row.
    pub row: String,
    /// It stands as it was published before: of other people than the rows that are new.
    pub earlier: bool,
    /// Of a mean: the standard deviation, where the mean may be told exactly.
    pub deviation: Option<Figure>,
}

/// An exhibit by segment with its name, `vision-by-department`, and what stands behind its rows.
pub(super) struct Segmented {
    pub(super) name: String,
    pub(super) exhibit: Exhibit,
    pub(super) standing: Vec<Standing>,
}

/// Every exhibit by segment.
pub(super) fn exhibits(frame: &Frame<'_, '_>) -> Vec<Segmented> {
    let shape = frame.shape;
    let mut all = Vec::new();
    for attributes in shape.segments.iter().filter(|attributes| !attributes.is_empty()) {
        let by = By { frame, attributes, parts: parts(attributes) };
        all.extend(shape.variables.iter().filter_map(|variable| by.variable(variable)));
        all.extend(shape.scales.iter().map(|scale| by.mean(&scale.id, &scale.label, Some(scale.range()))));
    }
    all
}

/// Everybody, then each combination of values.
fn parts(attributes: &[Attribute]) -> Vec<Part> {
    let mut parts = vec![Part { id: String::new(), label: Text::default(), group: Group::everybody() }];
    for attribute in attributes {
        let with = |part: &Part, value: &Category| Part {
            id: if part.id.is_empty() { value.code.clone() } else { format!("{}-{}", part.id, value.code) },
            label: if part.id.is_empty() { named(value) } else { wording_segments::crossed(&part.label, &named(value)) },
            group: part.group.clone().and(Condition::Chose { variable: attribute.id.clone(), code: value.code.clone() }),
        };
        parts = parts.iter().flat_map(|part| attribute.values.iter().map(move |value| with(part, value))).collect();
    }
    let everybody = Part { id: EVERYBODY.to_owned(), label: wording::everybody(), group: Group::everybody() };
    std::iter::once(everybody).chain(parts).collect()
}

impl SurveyShape {
    /// The segments that figures are asked for, each once.
    pub(super) fn asked(&self) -> Vec<super::disclosure::Asked> {
        let mut asked = std::collections::BTreeMap::new();
        for attributes in &self.segments {
            for part in parts(attributes).into_iter().skip(1) {
                asked.insert(part.group.clone(), self.in_stored_names(&part.group));
            }
        }
        asked.into_iter().map(|(group, segment)| super::disclosure::Asked { group, segment }).collect()
    }
}

struct By<'b, 'f, 'a> {
    frame: &'b Frame<'f, 'a>,
    attributes: &'b [Attribute],
    parts: Vec<Part>,
}

impl By<'_, '_, '_> {
    fn name(&self, id: &str) -> String {
        let all: Vec<&str> = self.attributes.iter().map(|attribute| attribute.id.as_str()).collect();
        format!("{id}-by-{}", all.join("-and-"))
    }

    /// What stands behind the rows.
    fn with(&self, name: String, exhibit: Exhibit, id: &str, deviations: Vec<Option<Figure>>) -> Segmented {
        let earlier = |part: &Part| self.frame.within(&part.group).group(id).is_some_and(|group| group.is_earlier());
        let all = deviations.into_iter().chain(std::iter::repeat(None));
        let standing =
            self.parts.iter().zip(all).map(|(part, deviation)| Standing { row: part.id.clone(), earlier: earlier(part), deviation });
        Segmented { standing: standing.collect(), name, exhibit }
    }

    fn variable(&self, variable: &Variable) -> Option<Segmented> {
        let name = self.name(&variable.id);
        let asked = asked(self.frame.shape, variable);
        let mut exhibit = match &variable.measure {
            Measure::Ordinal(categories) => {
                let row =
                    |part: &Part| OrdinalRow { id: part.id.clone(), label: part.label.clone(), variable, segment: part.group.clone() };
                let rows: Vec<OrdinalRow<'_>> = self.parts.iter().map(row).collect();
                ordinal(self.frame, &name, &asked, &rows, categories)
            }
            Measure::Nominal(categories) if categories.len() <= MOST_CLASSES => self.choices(&name, &asked, variable, categories, false),
            Measure::Multiple(categories) if categories.len() <= MOST_CLASSES => self.choices(&name, &asked, variable, categories, true),
            Measure::Number => return Some(self.mean(&variable.id, &asked, None)),
            _ => return None,
        };
        self.describe(&mut exhibit, &variable.id, variable.sensitive);
        Some(self.with(name, exhibit, &variable.id, Vec::new()))
    }

    fn choices(&self, name: &str, asked: &Text, variable: &Variable, categories: &[Category], several: bool) -> Exhibit {
        let class =
            |(place, category): (u8, &Category)| Class { id: category.code.clone(), label: named(category), tone: Tone::Category(place) };
        let kind = if several { Kind::GroupedBar } else { Kind::StackedBar };
        let mut exhibit = self.frame.exhibit(name, asked, kind, (0..).zip(categories).map(class).collect());
        let one = |part: &Part| match self.frame.within(&part.group).tally(variable) {
            None => hidden_row(&part.id, part.label.clone(), categories.len(), false),
            Some(tally) => {
                let n = tally.completeness.answered;
                let figures = if several { tally.counts.iter().map(|count| share(*count, n)).collect() } else { shares(&tally.counts, n) };
                row(&part.id, part.label.clone(), n, figures, None)
            }
        };
        exhibit.rows = self.parts.iter().map(one).collect();
        exhibit.notes.extend(several.then(wording::multiple));
        let coarse = exhibit.rows.iter().any(|row| row.figures.iter().any(is_coarse));
        exhibit.notes.extend(coarse.then(wording::coarse));
        exhibit
    }

    /// The mean of a number question or a scale.
    fn mean(&self, id: &str, asked: &Text, range: Option<(f64, f64)>) -> Segmented {
        let name = self.name(id);
        let mut exhibit = self.frame.exhibit(&name, asked, Kind::Bar, single_class("mean", wording::mean()));
        exhibit.unit = Unit::Score;
        exhibit.range = range;
        let mut deviations = Vec::new();
        for part in &self.parts {
            let moments = moments_of(&self.frame.within(&part.group), id);
            deviations.push(moments.as_ref().map(|(_, moments)| moments.deviation.clone()));
            exhibit.rows.push(match moments {
                None => hidden_row(&part.id, part.label.clone(), 1, false),
                Some((n, moments)) => row(&part.id, part.label.clone(), n, vec![moments.mean], None),
            });
        }
        let sensitive = self.frame.shape.is_sensitive(id);
        self.describe(&mut exhibit, id, sensitive);
        self.with(name, exhibit, id, deviations)
    }

    fn describe(&self, exhibit: &mut Exhibit, id: &str, sensitive: bool) {
        exhibit.row_head = wording_segments::head(self.attributes);
        exhibit.details.people = Some(People::Different);
        let hidden = |row: &Row| row.n.is_none();
        exhibit.notes.retain(|note| !wording_segments::is_about_hiding(note, &self.frame.rules));
        if exhibit.rows.iter().any(hidden) {
            exhibit.notes.push(wording_segments::why_hidden(&self.frame.rules, sensitive));
        }
        if exhibit.rows.iter().all(hidden) {
            return;
        }
        exhibit.title = wording_segments::title(&exhibit.asked, self.attributes);
        exhibit.source = wording::source(self.frame.shape, None);
        let earlier = self.parts.iter().any(|part| self.frame.within(&part.group).group(id).is_some_and(|group| group.is_earlier()));
        exhibit.notes.extend(earlier.then(wording_segments::as_before));
    }
}

/// What was asked; the row of a grid with the question.
fn asked(shape: &SurveyShape, variable: &Variable) -> Text {
    let grid = shape.grids.iter().find(|grid| grid.rows.iter().any(|(row, _)| *row == variable.id));
    grid.map_or_else(|| variable.label.clone(), |grid| wording::in_grid(&grid.label, &variable.label))
}
