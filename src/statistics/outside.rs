//! Own figures in one picture with published ones, each beside its own mark.

use super::compare::{Series, measure_label, number_of, told_of, unit_of};
use super::frame::{EVERYBODY, single_class};
use super::publish::Published;
use super::wording_compared as said;
use super::{benchmark, wording};
use crate::language::Text;
use crate::survey::Figure;
use crate::survey::exhibit::{Details, Exhibit, Kind, Row};
use crate::survey::figure::Unit;

/// An own figure and what it is set beside.
#[derive(Debug, Clone, PartialEq)]
pub struct Own {
    /// The figure.
    pub series: Series,
    /// What its row is called.
    pub label: Text,
    /// The published number.
    pub outside: Figure,
    /// Where that one comes from.
    pub source: Text,
}

/// One bar a row with the published number as a mark. Without rows where nothing is published yet.
#[must_use]
pub fn beside(published: Option<&Published>, id: &str, all: &[Own], label: &Text) -> Exhibit {
    let found: Vec<(&Own, &Exhibit)> =
        all.iter().filter_map(|own| published?.exhibits.get(&own.series.id).map(|exhibit| (own, exhibit))).collect();
    let unit = found.first().map_or(Unit::Percent, |(own, exhibit)| unit_of(exhibit, own.series.choice.as_deref()));
    let labels: Vec<&Text> = all.iter().map(|own| &own.label).collect();
    let class = match unit {
        Unit::Score => single_class("mean", wording::mean()),
        Unit::Points => single_class("net", said::net_score()),
        _ => single_class("share", share_label(&found)),
    };
    let mut exhibit = Exhibit {
        id: id.to_owned(),
        title: said::nothing_to_compare(),
        asked: said::listed(&labels),
        row_head: wording::item_head(),
        unit,
        range: found.first().and_then(|(_, exhibit)| exhibit.range),
        kind: Kind::Bar,
        classes: class,
        rows: Vec::new(),
        bracket: None,
        benchmark_label: None,
        source: found.first().map(|(_, exhibit)| exhibit.source.clone()).unwrap_or_default(),
        notes: Vec::new(),
        sample: false,
        details: Details::default(),
    };
    for (own, like) in &found {
        let choice = own.series.choice.as_deref();
        let everybody = like.rows.iter().find(|row| row.id == EVERYBODY);
        let figure = everybody.and_then(|row| told_of(like, row, choice, None)).map(|(figure, _)| figure);
        let bar = || like.rows.iter().find(|row| choice == Some(row.id.as_str())).and_then(|row| row.figures.first());
        let figure = figure.or_else(|| bar().cloned()).unwrap_or_else(Figure::hidden);
        exhibit.rows.push(Row {
            id: own.series.id.clone(),
            label: own.label.clone(),
            n: figure.n,
            figures: vec![figure],
            total: None,
            benchmark: None,
            link: None,
            marked: false,
        });
    }
    if exhibit.rows.iter().all(|row| row.n.is_none()) {
        exhibit.rows.clear();
        return exhibit;
    }
    exhibit.title = said::beside(label);
    let shown: Vec<(&&Own, usize)> = found.iter().map(|(own, _)| own).zip(0..).filter(|(_, at)| exhibit.rows[*at].n.is_some()).collect();
    let mut sources: Vec<&Text> = Vec::new();
    for (own, at) in shown {
        benchmark::set_at(&mut exhibit, at, own.outside.clone(), label);
        if !own.source.is_empty() && !sources.contains(&&own.source) {
            sources.push(&own.source);
        }
    }
    exhibit.notes.extend((!sources.is_empty()).then(|| said::marks_from(&sources)));
    exhibit
}

/// Of what the shares are, where all are of the same: a question whose low end is favourable would else read as its opposite.
fn share_label(found: &[(&Own, &Exhibit)]) -> Text {
    let mut numbers = found.iter().map(|(own, exhibit)| (number_of(exhibit, own.series.choice.as_deref()), own, exhibit));
    match numbers.next() {
        Some((first, own, exhibit)) if numbers.all(|(other, ..)| other == first) => measure_label(exhibit, own.series.choice.as_deref()),
        _ => wording::share(),
    }
}
