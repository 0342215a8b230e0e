//! The page of a worksheet.

use super::cards::{CardsView, Deck};
use super::gather::Filled;
use super::parts::{Maker, PartView};
use super::peers::{Cards, WINDOWS};
use super::pictures::{pictures, sample};
use super::rules::{rules, wide};
use super::totals::{self, TotalsView};
use crate::catalog::outcome::{Compute, Outcome};
use crate::catalog::worksheet::{Field, FieldKind, Holds, Share};
use crate::catalog::{Module, Target, Worksheet};
use crate::charts::drawing;
use crate::diagnostic::Diagnostics;
use crate::kernels;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::render::Markup;
use serde::Serialize;
use serde_json::Value as Json;

#[derive(Serialize)]
struct View {
    sheet: SheetView,
}

#[derive(Serialize)]
struct SheetView {
    plate: String,
    title: String,
    lead: Markup,
    minutes: String,
    share: String,
    money: bool,
    lesson: Option<LinkView>,
    parts: Vec<PartView>,
    results: Vec<ResultView>,
    reflect: Vec<Markup>,
    material: Option<Markup>,
    unproven: bool,
    sample: bool,
    expression: bool,
    /// A sentence is put together.
    composed: bool,
    /// Whether a card is chosen somewhere.
    chooses: bool,
    /// Whether cards go into piles.
    piles: bool,
    /// Whether jobs, a life or its money is worked out.
    lives: bool,
    /// Scripts that put results into the page which few sheets have.
    told: Vec<&'static str>,
    /// Whether things are compared three at a time.
    sets: bool,
    /// Whether roles stand round the person.
    wheel: bool,
    /// Whether people and their years are on it.
    people: bool,
    /// Whether points can be kept from others.
    private: bool,
    /// Where others in a room can pick cards, on a server.
    window: Option<String>,
    /// What can be printed as cards.
    cards: Option<CardsView>,
    /// What of it can be added to the totals of a class.
    totals: Option<TotalsView>,
    rules: Markup,
}

#[derive(Serialize)]
struct ResultView {
    id: String,
    title: String,
    hint: Option<Markup>,
    compute: &'static str,
    /// The rows of a calendar that is filled in by hand.
    lanes: Vec<String>,
    /// Its years.
    columns: [(); 11],
    examples: Vec<ExampleView>,
}

/// A drawing of the made-up person’s sheet.
#[derive(Serialize)]
struct ExampleView {
    wide: Markup,
    narrow: Markup,
}

/// A worksheet: nothing that is written on it can leave the page but by the person’s own hand, and the page says so to the browser.
const POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'";

/// What worksheet-lives.js shows.
const LIVES: [&str; 3] = ["timeline", "lifeline", "cash_flow"];

/// What of the results few sheets have: the script that puts it into the page, and the kernels it does so for.
const TOLD: [(&str, &[&str]); 3] = [
    ("worksheet-overlap.js", &["overlap"]),
    ("worksheet-compared.js", &["johari", "use_gap", "paired", "best_worst", "recurring"]),
    ("worksheet-statement.js", &["compose"]),
];

fn fields(sheet: &Worksheet) -> impl Iterator<Item = &Field> {
    sheet.parts.iter().flat_map(|part| match &part.holds {
        Holds::Fields(fields) | Holds::Rows(fields, ..) => fields.as_slice(),
        _ => &[],
    })
}

/// JSON for an attribute in single quotation marks: written for double ones, every second character of it would be an entity.
fn in_single_quotes(json: &str) -> Markup {
    Markup::trusted(json.replace('&', "&amp;").replace('<', "&lt;").replace('\'', "&#39;"))
}

/// The page.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, module: &Module, sheet: &Worksheet) -> Result<Artifact, Diagnostics> {
    let target = Target::Worksheet(module.id.clone(), sheet.id.clone());
    let spot = Spot::Content(target);
    let title = edition.plain(&sheet.title);
    let mut page = edition.page_view(&spot, title.clone(), edition.plain(&sheet.lead));
    page.policy = POLICY.to_owned();
    page.crumbs = edition.crumbs(&spot, &[Target::Modules, Target::Module(module.id.clone())], &title);
    page.sources = edition.source_lines(&spot, &sheet.sources);
    let lesson = sheet.lesson.as_ref().map(|lesson| Target::Lesson(module.id.clone(), lesson.value.clone()));
    let totals = totals::view(edition, &spot, sheet);
    let maker = Maker { edition, spot: &spot };
    let view = View {
        sheet: SheetView {
            plate: edition.say("worksheet_plate").to_owned(),
            title,
            lead: edition.inline(&spot, &sheet.lead),
            minutes: edition.fill("minutes", &[("n", &sheet.minutes.to_string())]),
            share: edition
                .say(match sheet.share {
                    Share::Nobody if totals.is_some() => "worksheet_share_totals",
                    Share::Nobody => "worksheet_share_none",
                    Share::Trainer => "worksheet_share_trainer",
                    Share::Group => "worksheet_share_group",
                })
                .to_owned(),
            money: sheet.parts.iter().any(|part| matches!(part.holds, Holds::Money(..))),
            lesson: lesson.filter(|target| edition.has(target)).map(|target| edition.target_view(&spot, &target)),
            parts: sheet.parts.iter().map(|part| maker.part(part)).collect(),
            results: sheet.results.iter().enumerate().map(|(at, result)| result_view(edition, &spot, sheet, at, result)).collect(),
            reflect: sheet.reflect.iter().map(|text| edition.inline(&spot, text)).collect(),
            unproven: sheet.unproven(),
            material: sheet.material.as_ref().map(|text| edition.inline(&spot, text)),
            sample: !sheet.sample.is_empty(),
            expression: sheet.results.iter().any(|result| result.compute.name() == "value"),
            composed: sheet.results.iter().any(|result| result.compute.name() == "compose"),
            chooses: fields(sheet).any(|field| matches!(field.kind, FieldKind::Card(_))),
            piles: sheet.parts.iter().any(|part| matches!(&part.holds, Holds::Cards { piles, .. } if !piles.is_empty())),
            lives: sheet.results.iter().any(|result| LIVES.contains(&result.compute.name())),
            told: TOLD
                .iter()
                .filter(|(_, kernels)| sheet.results.iter().any(|result| kernels.contains(&result.compute.name())))
                .map(|(script, _)| *script)
                .collect(),
            sets: sheet.parts.iter().any(|part| matches!(part.holds, Holds::BestWorst(_))),
            wheel: sheet.results.iter().any(|result| result.pictures.iter().any(|picture| picture == "wheel")),
            people: sheet.parts.iter().any(|part| matches!(part.holds, Holds::People(_))),
            private: sheet.parts.iter().any(|part| matches!(part.holds, Holds::Points { .. })),
            window: Cards::of(module, sheet)
                .map(|_| format!("{WINDOWS}?sheet={}/{}&lang={}", module.id, sheet.id, edition.language.code())),
            cards: Deck::of(sheet).map(|deck| deck.view(&|text| edition.plain(text))),
            totals,
            rules: in_single_quotes(&rules(edition, &module.id, sheet).to_string()),
        },
    };
    edition.artifact("worksheet.html", &spot, &page, &view)
}

fn result_view(edition: &Edition<'_>, spot: &Spot, sheet: &Worksheet, at: usize, result: &Outcome) -> ResultView {
    let values = sample(sheet, edition.language);
    let filled = Filled { sheet, values: &values, language: edition.language };
    let title = edition.plain(&result.title);
    let id = format!("example-{at}");
    let mut examples = Vec::new();
    // Everybody's years weigh as much as all other drawings together: their example is drawn once it is filled in
    let peopled = matches!(result.compute, Compute::CashFlow(.., Some(_)));
    if !values.is_empty() && !peopled {
        let input = filled.input(result);
        let output = kernels::run(result.compute.name(), &input).unwrap_or(Json::Null);
        let say = |key: &str| edition.say(key).to_owned();
        let words = edition.fill("worksheet_example_of", &[("title", &title)]);
        for (place, (name, drawn)) in pictures(&filled, result, &input, &output, &say).into_iter().enumerate() {
            let own = format!("{id}-{place}");
            let head = (own.as_str(), words.as_str(), edition.say("worksheet_example_is"));
            let at = |width: f64| drawing::draw(name, &wide(&drawn, width), head, edition.language);
            if let (Some(large), Some(small)) = (at(792.0), at(328.0)) {
                examples.push(ExampleView { wide: Markup::trusted(large.into_string()), narrow: Markup::trusted(small.into_string()) });
            }
        }
    }
    ResultView {
        id: format!("result-{at}"),
        title,
        hint: result.hint.as_ref().map(|hint| edition.inline(spot, hint)),
        compute: result.compute.name(),
        columns: [(); 11],
        lanes: match &result.compute {
            Compute::CashFlow(.., Some(people)) => match sheet.part(&people.value).map(|part| &part.holds) {
                Some(Holds::People(lines)) => lines.iter().map(|line| edition.plain(&line.named.label)).collect(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        },
        examples,
    }
}
