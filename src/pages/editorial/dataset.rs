//! A data set's own page, and its files: CSV, XLSX, JSON, SVG.

use super::free::neighbours;
use super::told;
use crate::catalog::{Dataset, Target};
use crate::charts::figure_sheet;
use crate::diagnostic::Diagnostics;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::pages::exhibit::ExhibitView;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    dataset: DatasetView,
}

#[derive(Serialize)]
struct DatasetView {
    title: String,
    sample: bool,
    exhibit: ExhibitView,
}

/// A data set's page and the files beside it.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, dataset: &Dataset) -> Result<Vec<Artifact>, Diagnostics> {
    let target = Target::Dataset(dataset.id.clone());
    let spot = Spot::Content(target.clone());
    let title = edition.plain(&dataset.exhibit.title);
    let mut page = edition.page_view(&spot, title.clone(), edition.plain(&dataset.exhibit.asked));
    page.crumbs = edition.crumbs(&spot, &[Target::Data], &title);
    page.sources = edition.source_lines(&spot, [&dataset.source]);
    let all: Vec<Target> = edition.material.site.data.iter().map(|id| Target::Dataset(id.value.clone())).collect();
    (page.previous, page.next) = neighbours(edition, &spot, &all, &target);
    let exhibit = edition.dataset_view(&spot, dataset, None, None);
    let view = View { dataset: DatasetView { title: title.clone(), sample: dataset.exhibit.sample, exhibit } };
    let path = edition.path(&spot);
    let stem = path.strip_suffix(".html").unwrap_or(&path);
    let mut artifacts = edition.exhibit_files(&dataset.exhibit, stem)?;
    let sheet = figure_sheet(&dataset.exhibit, edition.language, &edition.fill("figure", &[("n", "1")]));
    artifacts.push(told::as_workbook(&format!("{stem}.xlsx"), &title, &[sheet])?);
    artifacts.push(edition.artifact("dataset.html", &spot, &page, &view)?);
    Ok(artifacts)
}
