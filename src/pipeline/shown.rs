//! What sites have shown: every publication of the surveys that they report on. It stands beside the sites in `output/`, so that it is
//! known where the answers were put back to an older state, or lost; and in none of them, since it names groups that a site which does
//! not show them should not tell.

use crate::catalog::{Catalog, Site, surveys_of};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Sources, code};
use crate::output::{Artifact, RelativePath};
use crate::store::{Publication, Store};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// The file that names them.
pub(super) const PUBLICATIONS: &str = "publications.json";

/// The folder beside the sites that has a folder for each of them. A name with a dot is no site's.
pub(super) const SHOWN: &str = ".shown";

/// The file of a site. Only surveys that it has a report of, or a plan that reads them: of others it shows no figure.
pub(super) fn file(catalog: &Catalog, site: &Site, ledgers: &BTreeMap<String, Vec<Publication>>) -> Option<Artifact> {
    let reports = site.reports.iter().filter_map(|report| catalog.reports.get(&report.value));
    let plans = site.plans.iter().filter_map(|plan| catalog.plans.get(&plan.value)).flat_map(|plan| &plan.inputs);
    let plans = plans.map(|input| input.survey.value.as_str());
    let reported: BTreeSet<&str> = reports.flat_map(|report| surveys_of(catalog, report)).chain(plans).collect();
    let line = |one: &Publication| serde_json::json!({"batches": one.batches, "groups": one.groups});
    let shown: BTreeMap<&str, Vec<serde_json::Value>> = reported
        .into_iter()
        .filter_map(|survey| Some((survey, ledgers.get(survey).filter(|ledger| !ledger.is_empty())?.iter().map(line).collect())))
        .collect();
    let path = RelativePath::new(PUBLICATIONS).ok().filter(|_| !shown.is_empty())?;
    Some(Artifact { path, bytes: format!("{:#}\n", serde_json::json!(shown)).into_bytes() })
}

/// A site below `output/` and what it has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The name of its folder.
    pub site: String,
    /// What it has shown.
    pub publications: Vec<Publication>,
    /// The text of its file.
    text: String,
}

/// What every site below this folder has shown, those too that the project no longer has.
#[must_use]
pub fn shown(output: &Path) -> Vec<Shown> {
    let Ok(entries) = std::fs::read_dir(output.join(SHOWN)) else { return Vec::new() };
    let mut all: Vec<Shown> = entries
        .flatten()
        .filter_map(|entry| {
            let text = std::fs::read_to_string(entry.path().join(PUBLICATIONS)).ok()?;
            Some(Shown { site: entry.file_name().to_string_lossy().into_owned(), publications: read(&text), text })
        })
        .collect();
    all.sort_by(|one, other| one.site.cmp(&other.site));
    all
}

/// A file that cannot be read says nothing: whoever changed it by hand has given up what it said.
fn read(text: &str) -> Vec<Publication> {
    let Ok(surveys) = serde_json::from_str::<BTreeMap<String, Vec<serde_json::Value>>>(text) else { return Vec::new() };
    let line = |survey: &str, line: &serde_json::Value| {
        let groups = line["groups"].as_object()?.iter().map(|(key, n)| Some((key.clone(), n.as_u64()?))).collect::<Option<_>>()?;
        Some(Publication { survey: survey.to_owned(), batches: u32::try_from(line["batches"].as_u64()?).ok()?, groups })
    };
    surveys.iter().flat_map(|(survey, lines)| lines.iter().filter_map(move |one| line(survey, one))).collect()
}

/// A fault for every survey of which a site has shown what the ledger does not know: the answers were put back to an older state, and
/// what came since could be told by comparing both. Nothing may be closed, counted or written then.
///
/// # Errors
///
/// When the store fails.
pub fn unknown(output: &Path, store: Option<&dyn Store>, sources: &mut Sources) -> anyhow::Result<Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    for Shown { site, publications, text } in shown(output) {
        let mut told = BTreeSet::new();
        for publication in &publications {
            let survey = &publication.survey;
            let ledger = store.map(|store| store.ledger(survey)).transpose()?.unwrap_or_default();
            if ledger.contains(publication) || !told.insert(survey) {
                continue;
            }
            let file: Arc<str> = format!("output/{SHOWN}/{site}/{PUBLICATIONS}").into();
            sources.insert(Arc::clone(&file), text.as_str().into());
            let name = format!("\"{survey}\"");
            let start = text.find(&name).unwrap_or(0);
            diagnostics.push(
                Diagnostic::error(
                    code::UNKNOWN_PUBLICATION,
                    Place::of_bytes(&file, &text, start, start + name.len()),
                    format!("サイト {site} には、いまの private/ が知らない集計（アンケート「{survey}」）が載っています。"),
                    format!("The site {site} shows figures of the survey “{survey}” that private/ does not know of."),
                )
                .hint(
                    format!("回答が古い状態に戻っています。新しい控えを「shirube restore」で戻してください。控えがなければ「shirube restore --shown」で、載っている集計だけを記録に加えます。別のプロジェクトの出力なら、output/{site} と output/{SHOWN}/{site} を自分で別の場所へ移します。"),
                    format!("The answers were put back to an older state. Bring a newer backup back with “shirube restore”. Where there is none, “shirube restore --shown” enters what the sites have shown into the ledger. If the output is another project’s, move output/{site} and output/{SHOWN}/{site} away yourself."),
                ),
            );
        }
    }
    Ok(diagnostics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_site_says_is_read_or_left() {
        let text = r#"{"pulse": [{"batches": 2, "groups": {"everybody": 12}}, {"batches": -1, "groups": {}}, {"groups": {}}]}"#;
        let expected = Publication { survey: "pulse".into(), batches: 2, groups: [("everybody".to_owned(), 12)].into() };
        assert_eq!(read(text), [expected]);
        for text in ["", "{", r#"{"pulse": "0123456789abcdef"}"#, "[]"] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
