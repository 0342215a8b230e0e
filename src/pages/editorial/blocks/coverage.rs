//! How many of each group were invited and how many have answered: the numbers that the page on method tells, as a table.

use crate::catalog::Report;
use crate::catalog::read_cohorts::OTHERS;
use crate::catalog::report::Coverage;
use crate::content::spreadsheet_charts::Held;
use crate::language::count;
use crate::pages::edition::Edition;
use crate::statistics::Published;
use crate::survey::{Attribute, Survey};
use serde::Serialize;

/// A table with something to tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// What stands above.
    pub title: String,
    /// The heads of its columns: group, invited, answered.
    pub heads: [String; 3],
    /// Everybody, then the values of the attribute in the order of the survey.
    pub rows: Vec<CoveredRow>,
    /// How the numbers are to be read.
    pub notes: Vec<String>,
}

/// A group, or everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoveredRow {
    /// Who.
    pub label: String,
    /// How many were invited, in words.
    pub invited: String,
    /// How many of them have answered, in words.
    pub answered: String,
    /// It is everybody.
    pub total: bool,
}

/// The table; `None` while nothing may be told. Its numbers are those that were let out, and no others: small groups, groups that
/// follow from others and groups nobody was invited from look alike.
pub(in crate::pages::editorial) fn covered(
    edition: &Edition<'_>,
    report: &Report,
    block: &Coverage,
    published: Option<&Published>,
) -> Option<Covered> {
    let published = published?;
    let (survey, attribute) = asked(edition, report, block)?;
    let codes = published.response.get(&attribute.id).filter(|codes| !codes.is_empty())?;
    let hidden = || edition.say("coverage_hidden").to_owned();
    let k = count(u64::from(survey.k));
    let least = |n: u64| {
        if n == 0 { edition.fill("coverage_few", &[("k", &k)]) } else { edition.fill("coverage_least", &[("n", &count(n))]) }
    };
    let exact = |n: Option<u64>| {
        n.filter(|n| *n >= u64::from(survey.k)).map_or_else(hidden, |n| edition.fill("coverage_exact", &[("n", &count(n))]))
    };
    let mut rows = vec![CoveredRow {
        label: edition.say("coverage_all").to_owned(),
        invited: exact(published.invited),
        answered: exact(published.collected),
        total: true,
    }];
    // Where the values are whatever the list of people says, those that are told name themselves
    let known: Vec<&String> = attribute.values.iter().map(|value| &value.code).collect();
    let own = codes.keys().filter(|code| !known.contains(code));
    rows.extend(known.iter().copied().chain(own).map(|code| {
        let told = codes.get(code);
        CoveredRow {
            label: edition.plain(&attribute.label(code)),
            invited: told.map_or_else(hidden, |(invited, _)| least(*invited)),
            answered: told.map_or_else(hidden, |(_, answered)| least(*answered)),
            total: false,
        }
    }));
    let mut notes = vec![edition.fill("coverage_how", &[("k", &k)])];
    if attribute.cohort.is_some() {
        notes.push(edition.fill("coverage_cohorts", &[("k", &k), ("others", &edition.plain(&attribute.label(OTHERS)))]));
    }
    let head = |key: &str| edition.say(key).to_owned();
    Some(Covered {
        title: title(edition, report, block),
        heads: [edition.plain(&attribute.text), head("coverage_invited"), head("coverage_answered")],
        rows,
        notes,
    })
}

fn asked<'e>(edition: &Edition<'e>, report: &Report, block: &Coverage) -> Option<(&'e Survey, &'e Attribute)> {
    let survey = edition.material.catalog.surveys.get(&report.survey.value)?;
    Some((survey, survey.attributes.iter().find(|attribute| attribute.id == block.by.value)?))
}

/// What stands above.
pub(in crate::pages::editorial) fn title(edition: &Edition<'_>, report: &Report, block: &Coverage) -> String {
    let named = || asked(edition, report, block).map(|(_, attribute)| edition.plain(&attribute.text)).unwrap_or_default();
    let own = block.title.as_ref().map(|title| edition.plain(title));
    own.unwrap_or_else(|| edition.fill("coverage_title", &[("attribute", &named())]))
}

/// What stands where nothing may be told yet, or at all. Both look alike.
pub(in crate::pages::editorial) fn nothing(edition: &Edition<'_>, report: &Report) -> String {
    let k = edition.material.catalog.surveys.get(&report.survey.value).map_or(0, |survey| survey.k);
    edition.fill("coverage_waits", &[("k", &count(u64::from(k)))])
}

/// The rows of a sheet of the report's workbook.
pub(in crate::pages::editorial) fn sheet(covered: &Covered) -> Vec<Vec<Held>> {
    let mut rows = vec![vec![Held::Title(covered.title.clone())], Vec::new()];
    rows.push(covered.heads.iter().map(|head| Held::Head(head.clone())).collect());
    rows.extend(covered.rows.iter().map(|row| [&row.label, &row.invited, &row.answered].map(|text| Held::Text(text.clone())).into()));
    rows.push(Vec::new());
    rows.extend(covered.notes.iter().map(|note| vec![Held::Text(note.clone())]));
    rows
}
