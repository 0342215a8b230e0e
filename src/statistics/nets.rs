//! The net score of a recommendation, from what is published of its classes: the share of those who recommend minus the share of those
//! who do not.

use super::classes::{DETRACTORS, PROMOTERS};
use super::difference::Measured;
use crate::estimate::net;
use crate::survey::compared::NET;
use crate::survey::exhibit::{Contrast, Exhibit, Row, Spot};
use crate::survey::figure::{Figure, State};

/// Whether this choice of an exhibit is its net score.
pub(super) fn is_net(exhibit: &Exhibit, choice: Option<&str>) -> bool {
    choice == Some(NET) && [PROMOTERS, DETRACTORS].iter().all(|id| place(exhibit, id).is_some())
}

/// The net score of a row with what it is made of. Held back where one of the two shares is told as «nearly all» or «hardly any»: from
/// the score and the other share it could be worked out.
pub(super) fn net_of(exhibit: &Exhibit, row: &Row) -> (Figure, Option<Measured>) {
    let figure = |id: &str| row.figures.get(place(exhibit, id)?).filter(|figure| figure.state == State::Given && figure.printed.is_none());
    let told = || {
        let (favour, against) = (figure(PROMOTERS)?, figure(DETRACTORS)?);
        let n = favour.n.filter(|n| against.n == Some(*n))?;
        net(favour.count?, against.count?, n).ok()
    };
    let Some(found) = told() else { return (Figure::hidden(), None) };
    let figure = Figure { n: Some(found.n), interval: Some(found.interval), ..Figure::of(found.points, State::Given) };
    (figure, Some(Measured::Net { favour: found.favour, against: found.against, n: found.n }))
}

/// The net scores of all rows of a recommendation that may be told, from those who do not recommend to those who do.
pub(super) fn net_contrasts(exhibit: &Exhibit) -> Vec<Contrast> {
    let Some((against, favour)) = place(exhibit, DETRACTORS).zip(place(exhibit, PROMOTERS)) else { return Vec::new() };
    let contrast = |(at, row): (usize, &Row)| {
        let spot = |class: usize| Spot { row: at, class: Some(class) };
        let figure = net_of(exhibit, row).0;
        figure.value.is_some().then(|| Contrast { from: spot(against), to: spot(favour), figure })
    };
    exhibit.rows.iter().enumerate().filter_map(contrast).collect()
}

/// The net score of a row of a recommendation, as it may be told; nothing where it is held back, or of another question.
#[must_use]
pub fn net_score(exhibit: &Exhibit, row: &Row) -> Option<Figure> {
    is_net(exhibit, Some(NET)).then(|| net_of(exhibit, row).0).filter(|figure| figure.value.is_some())
}

fn place(exhibit: &Exhibit, id: &str) -> Option<usize> {
    exhibit.classes.iter().position(|class| class.id == id)
}
