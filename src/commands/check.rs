//! `shirube check`: reads everything, reports every fault, writes nothing.

use super::console::{Console, Exit, Format};
use super::project::{day, gone, never_due, review_faults};
use crate::catalog::licences;
use crate::language::Words;
use crate::pipeline;
use std::path::Path;

/// Runs the command. With `strict`, warnings count as errors.
///
/// # Errors
///
/// When the project cannot be read at all.
pub fn run(root: &Path, strict: bool, console: &Console) -> anyhow::Result<Exit> {
    let mut project = pipeline::load(root)?;
    if !project.diagnostics.has_errors() {
        project.diagnostics.append(gone(root, &project.catalog)?);
        let faults = review_faults(root, &mut project)?;
        project.diagnostics.append(faults);
    }
    // Told, but no fault of the content: a survey may be meant to go on
    let faulty = project.diagnostics.has_errors() || (strict && !project.diagnostics.is_empty());
    if !project.diagnostics.has_errors() {
        project.diagnostics.append(never_due(root, &project.catalog)?);
        project.diagnostics.append(licences(&project.catalog, day(&project, None).day));
    }
    console.diagnostics(&project.diagnostics, &project.sources);
    // Behind warnings «all is well» would be a contradiction
    if project.diagnostics.is_empty() && console.format == Format::Text {
        let catalog = &project.catalog;
        console.note(&Words::new(
            format!(
                "問題はありません（サイト {}、ページ {}、研修 {}、アンケート {}、数値 {}、報告 {}）。",
                catalog.sites.len(),
                catalog.pages.len(),
                catalog.modules.len(),
                catalog.surveys.len(),
                catalog.data.len(),
                catalog.reports.len()
            ),
            format!(
                "All is well (sites: {}, pages: {}, modules: {}, surveys: {}, data sets: {}, reports: {}).",
                catalog.sites.len(),
                catalog.pages.len(),
                catalog.modules.len(),
                catalog.surveys.len(),
                catalog.data.len(),
                catalog.reports.len()
            ),
        ));
    }
    Ok(if faulty { Exit::Content } else { Exit::Done })
}
