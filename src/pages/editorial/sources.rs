//! The list of sources: what each is, its slips and caveats, and where its figures stand.

use crate::catalog::{Source, Target};
use crate::diagnostic::Diagnostics;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::render::Markup;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    sources: Vec<SourceView>,
}

#[derive(Serialize)]
struct SourceView {
    id: String,
    title: String,
    pairs: Vec<PairView>,
    note: Option<Markup>,
    url: Option<String>,
    used: Vec<LinkView>,
}

#[derive(Serialize)]
struct PairView {
    label: String,
    value: String,
}

/// The list of sources.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>) -> Result<Artifact, Diagnostics> {
    let spot = Spot::Content(Target::Sources);
    let title = edition.say("sources").to_owned();
    let mut page = edition.page_view(&spot, title.clone(), edition.say("sources_lead").to_owned());
    page.crumbs = edition.crumbs(&spot, &[], &title);
    let sources = edition.material.catalog.sources.iter().map(|source| view(edition, &spot, source)).collect();
    edition.artifact("sources.html", &spot, &page, &View { sources })
}

fn view(edition: &Edition<'_>, spot: &Spot, source: &Source) -> SourceView {
    let pair = |key: &str, text: &crate::language::Text| PairView { label: edition.say(key).to_owned(), value: edition.plain(text) };
    let mut pairs = vec![pair("source_by", &source.by), pair("source_date", &source.date)];
    pairs.extend(source.sample.as_ref().map(|sample| pair("source_sample", sample)));
    pairs.retain(|pair| !pair.value.is_empty());
    let data = edition.material.site.data.iter().filter_map(|id| edition.material.catalog.data.get(&id.value));
    let used = data.filter(|dataset| dataset.source.value == source.id);
    SourceView {
        id: source.id.clone(),
        title: edition.plain(&source.title),
        pairs,
        note: source.note.as_ref().map(|note| edition.inline(spot, note)),
        url: source.url.clone(),
        used: used.map(|dataset| edition.target_view(spot, &Target::Dataset(dataset.id.clone()))).collect(),
    }
}
