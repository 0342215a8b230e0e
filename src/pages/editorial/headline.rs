//! The headline of a report whose author wrote none: what its tests find, where its template has no better word than a name.

use super::blocks::{compare, trend};
use super::known::Known;
use crate::catalog::Report;
use crate::catalog::report::{Block, Template};
use crate::charts::is_told_apart;
use crate::language::Text;
use crate::pages::edition::Edition;
use crate::survey::Exhibit;
use crate::survey::exhibit::Kind;

/// The first finding of a comparison or of waves; of departments, where nothing differs, that. None while nothing is published.
pub(super) fn headline(edition: &Edition<'_>, report: &Report, known: Known<'_>) -> Option<Text> {
    let template = report.template.as_ref().filter(|_| report.untitled)?.value;
    let of = |block: &Block| match block {
        Block::Compare(block) => compare::exhibit(edition, report, known, block),
        Block::Trend(block) => trend::exhibit(edition, report, known, block),
        _ => None,
    };
    let tested: Vec<Exhibit> = match template {
        Template::Executive | Template::Department => report.blocks.iter().filter_map(of).filter(|one| !one.rows.is_empty()).collect(),
        Template::Change | Template::Pulse => Vec::new(),
    };
    let none = || tested.first().filter(|one| template == Template::Department && is_tested(one));
    tested.iter().find(|one| finds(one)).or_else(none).map(|one| one.title.clone())
}

fn is_tested(exhibit: &Exhibit) -> bool {
    exhibit.kind == Kind::Differences || !exhibit.details.contrasts.is_empty()
}

/// Whether its title tells a difference: of waves it is about the last step.
fn finds(exhibit: &Exhibit) -> bool {
    let last = exhibit.rows.len().saturating_sub(1);
    match exhibit.kind {
        Kind::Differences => exhibit.rows.iter().filter_map(|row| row.figures.first()).any(is_told_apart),
        Kind::Waves => {
            exhibit.details.contrasts.iter().any(|one| one.to.row == last && one.from.row + 1 == last && is_told_apart(&one.figure))
        }
        _ => exhibit.details.contrasts.iter().any(|one| is_told_apart(&one.figure)),
    }
}
