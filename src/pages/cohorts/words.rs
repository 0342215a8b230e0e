//! Rules, months and offers in words.

use crate::catalog::Cohorts;
use crate::catalog::cohorts::{Cohort, Rule, What};
use crate::catalog::due::Verdict;
use crate::language::{Day, month_in_words};
use crate::pages::edition::Edition;

/// The rule of a cohort in words.
#[must_use]
pub fn rule(edition: &Edition<'_>, cohorts: &Cohorts, cohort: &Cohort) -> String {
    let year = edition.say(if cohorts.starts == 1 { "cohorts_plain_year" } else { "cohorts_fiscal_year" });
    let fill = |key: &str, n: u32| edition.fill(key, &[("n", &n.to_string()), ("year", year)]);
    match cohort.rule {
        Rule::ServiceYear { number, .. } => fill("cohorts_rule_service", number),
        Rule::Anniversary { years } => fill("cohorts_rule_anniversary", years),
        Rule::Age { years, .. } => fill("cohorts_rule_age", years),
    }
}

/// The month in which somebody’s own day lies, in words: of joining, of the birthday.
#[must_use]
pub fn own_month<'e>(edition: &'e Edition<'_>, rule: Rule) -> &'e str {
    edition.say(if rule.is_age() { "cohorts_own_birthday" } else { "cohorts_own_joining" })
}

/// A month, or from one to another.
#[must_use]
pub fn months(edition: &Edition<'_>, from: u32, until: u32) -> String {
    let (from, until) = (month_in_words(from, edition.language), month_in_words(until, edition.language));
    if from == until { from } else { edition.fill("cohorts_span", &[("from", &from), ("until", &until)]) }
}

/// From one day to another; where these are whole months, the months.
#[must_use]
pub fn span(edition: &Edition<'_>, from: Day, until: Day) -> String {
    let whole = from.date() == 1 && until.plus(1).date() == 1;
    if whole { months(edition, from.month(), until.month()) } else { days(edition, from, until) }
}

/// From one day to another.
#[must_use]
pub fn days(edition: &Edition<'_>, from: Day, until: Day) -> String {
    let (first, last) = (from.in_words(edition.language), until.in_words(edition.language));
    if from == until { first } else { edition.fill("cohorts_span", &[("from", &first), ("until", &last)]) }
}

/// What kind of thing is offered: training, talk, survey.
#[must_use]
pub fn kind<'e>(edition: &'e Edition<'_>, what: &What) -> &'e str {
    edition.say(match what {
        What::Talk => "cohorts_kind_talk",
        What::Training(_) => "cohorts_kind_training",
        What::Survey(_) => "cohorts_kind_survey",
    })
}

/// What is offered, by its name.
#[must_use]
pub fn name(edition: &Edition<'_>, what: &What) -> String {
    match what {
        What::Talk => edition.say("cohorts_talk").to_owned(),
        What::Training(_) => edition.label(&what.target()),
        What::Survey(id) => {
            let wave = edition.material.catalog.surveys.get(id).and_then(|survey| survey.wave.as_ref());
            let title = edition.label(&what.target());
            match wave {
                Some(wave) => edition.fill("cohorts_wave", &[("title", &title), ("wave", &edition.plain(wave))]),
                None => title,
            }
        }
    }
}

/// Kind and name of what is offered.
#[must_use]
pub fn offer(edition: &Edition<'_>, what: &What) -> String {
    match what {
        What::Talk => name(edition, what),
        _ => edition.fill("cohorts_offer", &[("kind", kind(edition, what)), ("title", &name(edition, what))]),
    }
}

/// Why an offer is not made to somebody who is due; `None` where it is.
#[must_use]
pub fn why(edition: &Edition<'_>, cohorts: &Cohorts, verdict: Verdict) -> Option<String> {
    Some(match verdict {
        Verdict::Offered => return None,
        Verdict::Once(other) => {
            let title = cohorts.cohorts.get(other).map(|cohort| edition.plain(&cohort.title)).unwrap_or_default();
            edition.fill("cohorts_why_once", &[("cohort", &title)])
        }
        Verdict::Left => edition.say("cohorts_why_left").to_owned(),
        Verdict::JoinedLater => edition.say("cohorts_why_later").to_owned(),
        Verdict::NoDates => edition.say("cohorts_why_no_dates").to_owned(),
    })
}
