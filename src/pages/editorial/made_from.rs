//! The content that a report was made from, as files.

use crate::catalog::report::{Block, Origin, Report};
use crate::catalog::{Catalog, surveys_of};
use std::collections::BTreeSet;

/// The files, by their paths; some of them may not be there, such as the table of a data set that has none.
pub(super) fn files_of(catalog: &Catalog, report: &Report) -> BTreeSet<String> {
    let mut paths: BTreeSet<String> = ["content/project.yaml".to_owned(), format!("content/reports/{}.yaml", report.id)].into();
    for id in surveys_of(catalog, report) {
        // Waves take their questions from others
        let mut survey = catalog.surveys.get(id);
        while let Some(one) = survey {
            let fresh = paths.insert(format!("content/surveys/{}.yaml", one.id));
            paths.extend(one.attributes.iter().filter_map(|own| own.cohort.as_ref()).map(|id| format!("content/cohorts/{id}.yaml")));
            survey = one.same_as.as_ref().filter(|_| fresh).and_then(|id| catalog.surveys.get(id));
        }
    }
    let (datasets, plans) = (datasets(report), plans(report));
    // Both say in words of the list whose they are
    if !datasets.is_empty() || !plans.is_empty() {
        paths.insert("content/sources.yaml".to_owned());
    }
    paths.extend(datasets.iter().flat_map(|id| ["yaml", "csv"].map(|ending| format!("content/data/{id}.{ending}"))));
    paths.extend(plans.iter().map(|id| format!("content/plans/{id}.yaml")));
    paths
}

fn plans(report: &Report) -> BTreeSet<&str> {
    report.blocks.iter().filter_map(|block| if let Block::Plan(plan) = block { Some(plan.value.as_str()) } else { None }).collect()
}

/// Data sets that stand in the report: drawn, in its texts, beside its own figures, as large numbers.
fn datasets(report: &Report) -> BTreeSet<&str> {
    let mut all = BTreeSet::new();
    for block in &report.blocks {
        match block {
            Block::Text(body) => all.extend(body.values().flat_map(|document| document.exhibits()).map(|mark| mark.id.as_str())),
            Block::Dataset(id) => {
                all.insert(id.value.as_str());
            }
            Block::Figure { benchmark, .. } => all.extend(benchmark.iter().map(|benchmark| benchmark.dataset.value.as_str())),
            Block::Benchmarks(block) => all.extend(block.rows.iter().map(|row| row.dataset.value.as_str())),
            Block::Heading { .. }
            | Block::Compare(_)
            | Block::Trend(_)
            | Block::Drivers(_)
            | Block::Change(_)
            | Block::Plan(_)
            | Block::Weighted(_)
            | Block::Callout { .. }
            | Block::Method
            | Block::Comments(_)
            | Block::Coverage(_) => {}
        }
    }
    let tiles = report.tiles.iter();
    all.extend(
        tiles.filter_map(|tile| if let Origin::Dataset { dataset, .. } = &tile.origin { Some(dataset.value.as_str()) } else { None }),
    );
    all
}
