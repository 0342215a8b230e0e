//! What of a worksheet its person can add to the totals of a class: carried over behind the «#» of an address to the form of a survey,
//! which alone sends it.

use crate::catalog::given::Given;
use crate::catalog::totals::Fill;
use crate::catalog::{Target, Worksheet};
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::pages::form::sheet::action;
use crate::survey::Survey;
use crate::survey::question::{Kind, Question};
use serde::Serialize;
use serde_json::{Value as Json, json};

/// What the page says of it.
#[derive(Serialize)]
pub(super) struct TotalsView {
    /// The survey.
    survey: String,
    /// What is promised of it.
    seen: String,
    rows: Vec<RowView>,
    /// The form.
    href: String,
    /// The form stands beside this page, where only a server can take it in.
    near: bool,
}

#[derive(Serialize)]
struct RowView {
    asked: String,
    most: Option<String>,
}

/// A question that is filled in, with what fills it.
type Filled<'a> = (&'a Fill, Given<'a>, &'a Question);

fn of<'a>(edition: &Edition<'a>, sheet: &'a Worksheet) -> Option<(&'a Survey, Vec<Filled<'a>>)> {
    let totals = sheet.totals.as_ref()?;
    let id = &totals.survey.value;
    let survey = edition.material.catalog.surveys.get(id).filter(|_| edition.has(&Target::Survey(id.clone())))?;
    let filled = |fill: &'a Fill| Some((fill, sheet.given(&fill.from.value)?, survey.question(&fill.question.value)?));
    Some((survey, totals.fill.iter().filter_map(filled).collect()))
}

/// What the page says, where its site has the survey.
pub(super) fn view(edition: &Edition<'_>, spot: &Spot, sheet: &Worksheet) -> Option<TotalsView> {
    let (survey, filled) = of(edition, sheet)?;
    let form = Spot::Content(Target::Survey(survey.id.clone()));
    let near = edition.material.site.collector.is_none();
    let row = |(_, given, question): Filled<'_>| RowView {
        asked: edition.plain(&question.text),
        most: most(question).map(|most| {
            let n = [("n", most.to_string())];
            let n = n.each_ref().map(|(name, value)| (*name, value.as_str()));
            if matches!(given, Given::Highest(_)) { edition.fill("totals_highest", &n) } else { edition.fill("totals_most", &n) }
        }),
    };
    Some(TotalsView {
        survey: edition.plain(&survey.title),
        seen: edition.fill("totals_seen", &[("survey", &edition.plain(&survey.title)), ("k", &survey.k.to_string())]),
        rows: filled.into_iter().map(row).collect(),
        href: if near { edition.link_to(spot, &form) } else { action(edition, &form) },
        near,
    })
}

/// The same for the script.
pub(super) fn rules(edition: &Edition<'_>, sheet: &Worksheet) -> Json {
    let Some((_, filled)) = of(edition, sheet) else { return Json::Null };
    let rule = |(fill, given, question): Filled<'_>| {
        let decimals = match &question.kind {
            Kind::Number { decimals, .. } => *decimals,
            Kind::Slider(slider) => slider.decimals(),
            _ => 0,
        };
        let number = matches!(given, Given::Number);
        json!({"question": question.id, "from": fill.from.value, "most": most(question), "number": number, "decimals": decimals})
    };
    filled.into_iter().map(rule).collect()
}

fn most(question: &Question) -> Option<u32> {
    match question.kind {
        Kind::MultipleChoice { at_most, .. } => at_most,
        _ => None,
    }
}
