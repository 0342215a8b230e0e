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
use crate::survey::exhibit::{Class, Exhibit, Kind, Row, Tone};
use crate::survey::figure::Unit;
use crate::survey::{Attribute, Category, Measure, Variable};

/// More classes than this have no colours of their own.
const MOST_CLASSES: usize = 6;

/// A row of such an exhibit.
struct Part {
    id: String,
    label: Text,
    group: Group,
}

/// Every exhibit by segment, by its name: `vision-by-department`.
pub(super) fn exhibits(frame: &Frame<'_, '_>) -> Vec<(String, Exhibit)> {
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

    fn variable(&self, variable: &Variable) -> Option<(String, Exhibit)> {
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
        Some((name, exhibit))
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
    fn mean(&self, id: &str, asked: &Text, range: Option<(f64, f64)>) -> (String, Exhibit) {
        let name = self.name(id);
        let mut exhibit = self.frame.exhibit(&name, asked, Kind::Bar, single_class("mean", wording::mean()));
        exhibit.unit = Unit::Score;
        exhibit.range = range;
        let one = |part: &Part| match moments_of(&self.frame.within(&part.group), id) {
            None => hidden_row(&part.id, part.label.clone(), 1, false),
            Some((n, mean)) => row(&part.id, part.label.clone(), n, vec![mean], None),
        };
        exhibit.rows = self.parts.iter().map(one).collect();
        let sensitive = self.frame.shape.is_sensitive(id);
        self.describe(&mut exhibit, id, sensitive);
        (name, exhibit)
    }

    fn describe(&self, exhibit: &mut Exhibit, id: &str, sensitive: bool) {
        exhibit.row_head = wording_segments::head(self.attributes);
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
