//! How a figure is drawn where its author wants it otherwise.

use crate::catalog::report::{Drawn, Look};
use crate::statistics::{self, cut, drawn_as, sort};
use crate::survey::Exhibit;

/// The figure as it is to be drawn. Drawn otherwise it has a name of its own, since the same figure may stand on the page in two ways.
pub(in crate::pages::editorial) fn dressed(plain: Exhibit, look: &Look) -> Exhibit {
    let mut exhibit = plain.clone();
    if look.sort.is_some() {
        sort(&mut exhibit);
    }
    if let Some(top) = &look.top {
        cut(&mut exhibit, usize::try_from(top.value).unwrap_or(usize::MAX), look.sort.is_some());
    }
    if let Some(chart) = &look.chart {
        exhibit = drawn_as(
            exhibit,
            match chart.value {
                Drawn::Diverging => statistics::Drawn::Diverging,
                Drawn::Donut => statistics::Drawn::Donut,
                Drawn::Radar => statistics::Drawn::Radar,
            },
        );
    }
    if exhibit == plain { plain } else { Exhibit { id: named(&plain.id, look), ..exhibit } }
}

/// The same with all its rows, for the table beside the drawing.
pub(in crate::pages::editorial) fn uncut(plain: &Exhibit, look: &Look) -> Exhibit {
    dressed(plain.clone(), &Look { top: None, ..look.clone() })
}

/// The same with all its rows in the order of the survey, for a sheet of a workbook.
pub(in crate::pages::editorial) fn unsorted(plain: &Exhibit, look: &Look) -> Exhibit {
    dressed(plain.clone(), &Look { chart: look.chart.clone(), ..Look::default() })
}

/// What its files are called: `reason-donut`, `reason-sorted-top-10`.
pub(in crate::pages::editorial) fn named(id: &str, look: &Look) -> String {
    let chart = look.chart.as_ref().map(|chart| match chart.value {
        Drawn::Diverging => "-diverging",
        Drawn::Donut => "-donut",
        Drawn::Radar => "-radar",
    });
    let sorted = look.sort.as_ref().map_or("", |_| "-sorted");
    let top = look.top.as_ref().map(|top| format!("-top-{}", top.value)).unwrap_or_default();
    format!("{id}{}{sorted}{top}", chart.unwrap_or_default())
}
