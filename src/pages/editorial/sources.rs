//! The list of sources: what each is, its slips and caveats, and where its figures stand.

use crate::catalog::{Source, Target};
use crate::diagnostic::Diagnostics;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::render::Markup;
use crate::survey::licence::Licence;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    sources: Vec<SourceView>,
    instruments: Vec<InstrumentView>,
}

/// A survey or worksheet, and whose words it is made of.
#[derive(Serialize)]
struct InstrumentView {
    link: LinkView,
    licence: String,
    unproven: bool,
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
    let instruments = instruments(edition, &spot);
    edition.artifact("sources.html", &spot, &page, &View { sources, instruments })
}

/// What this site asks and has filled in, as far as its files say whose words they are.
fn instruments(edition: &Edition<'_>, spot: &Spot) -> Vec<InstrumentView> {
    let (site, catalog) = (edition.material.site, edition.material.catalog);
    let view = |target: Target, licence: Licence, unproven: bool| InstrumentView {
        link: edition.target_view(spot, &target),
        licence: edition
            .say(match licence {
                Licence::Own => "licence_own",
                Licence::PublicDomain => "licence_public_domain",
                Licence::Official => "licence_official",
                Licence::Permitted => "licence_permitted",
            })
            .to_owned(),
        unproven,
    };
    let modules = site.modules.iter().filter_map(|id| catalog.modules.get(&id.value));
    let sheets = modules.flat_map(|module| module.worksheets.iter().map(move |sheet| (module, sheet)));
    let sheets = sheets
        .filter_map(|(module, sheet)| Some(view(Target::Worksheet(module.id.clone(), sheet.id.clone()), sheet.licence?, sheet.unproven())));
    let surveys = site.surveys.iter().filter_map(|id| catalog.surveys.get(&id.value));
    let surveys = surveys.filter_map(|survey| {
        let unproven = !survey.validated && !survey.scales.is_empty();
        Some(view(Target::Survey(survey.id.clone()), survey.licence?, unproven))
    });
    sheets.chain(surveys).collect()
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
