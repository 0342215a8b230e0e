//! What every exhibit of a survey has in common: the groups it may look at, its empty form, its form when nothing may be shown.

use super::disclosure::{Admission, Admitted, Rules};
use super::group::Group;
use super::shape::SurveyShape;
use super::summary::{Tally, tally};
use super::wording;
use crate::language::Text;
use crate::survey::Variable;
use crate::survey::exhibit::{Class, Exhibit, Kind, Row, Tone};
use crate::survey::figure::{Figure, Unit};

/// The id of the row that is about everybody.
pub(super) const EVERYBODY: &str = "everybody";

/// A survey with what may be shown of a segment of it.
pub(super) struct Frame<'f, 'a> {
    pub(super) shape: &'f SurveyShape,
    pub(super) rules: Rules,
    pub(super) admission: &'f Admission<'a>,
    /// Everybody, or those whom the figures are about.
    pub(super) segment: Group,
}

impl<'a> Frame<'_, 'a> {
    /// The same of a segment.
    pub(super) fn within(&self, segment: &Group) -> Frame<'_, 'a> {
        Frame { shape: self.shape, rules: self.rules, admission: self.admission, segment: segment.clone() }
    }

    /// The people to whom this was shown, if what is summed of it may be shown: a variable, a scale, a question of several parts.
    pub(super) fn group(&self, id: &str) -> Option<&Admitted<'a>> {
        self.admission.parts.get(&(self.segment.clone(), id.to_owned()))
    }

    /// The choices made, if they may be shown.
    pub(super) fn tally(&self, variable: &Variable) -> Option<Tally> {
        let group = self.group(&variable.id)?;
        let mut tally = tally(group, variable);
        tally.completeness.not_shown += group.others();
        group.shows(tally.completeness.answered, variable.sensitive).then_some(tally)
    }

    /// An exhibit without rows, titled for nothing to show.
    pub(super) fn exhibit(&self, id: &str, asked: &Text, kind: Kind, classes: Vec<Class>) -> Exhibit {
        Exhibit {
            id: format!("{}-{id}", self.shape.id),
            title: wording::not_shown(self.shape.closed),
            asked: asked.clone(),
            row_head: wording::group_head(),
            unit: Unit::Percent,
            range: None,
            kind,
            classes,
            rows: Vec::new(),
            bracket: None,
            benchmark_label: None,
            source: wording::source(self.shape, None),
            notes: Vec::new(),
            sample: self.shape.sample,
            details: crate::survey::exhibit::Details::default(),
        }
    }

    /// Says why an exhibit shows nothing, or not all of its rows.
    pub(super) fn explain(&self, exhibit: &mut Exhibit, sensitive: bool) {
        exhibit.notes.push(if sensitive { wording::why_sensitive_hidden(&self.rules) } else { wording::why_hidden(&self.rules) });
    }
}

/// A row that may be shown.
pub(super) fn row(id: &str, label: Text, n: u64, figures: Vec<Figure>, total: Option<Figure>) -> Row {
    Row { id: id.to_owned(), label, n: Some(n), figures, total, benchmark: None, link: None, marked: false }
}

/// A row that may not: empty and too small look alike.
pub(super) fn hidden_row(id: &str, label: Text, classes: usize, bracket: bool) -> Row {
    let total = bracket.then(Figure::hidden);
    Row { id: id.to_owned(), label, n: None, figures: vec![Figure::hidden(); classes], total, benchmark: None, link: None, marked: false }
}

/// The only class of a chart of bars.
pub(super) fn single_class(id: &str, label: Text) -> Vec<Class> {
    vec![Class { id: id.to_owned(), label, tone: Tone::Category(0) }]
}
