//! Announcements, ready to go out: plain texts with everything filled in.

use super::year::{Entry, entries};
use crate::catalog::Cohorts;
use crate::catalog::cohorts::{Announcement, What};
use crate::language::{FiscalYear, month_in_words};
use crate::pages::edition::Edition;

/// A text for one month of a year: its subject on the first line. CRLF, as mail programs of Windows paste it.
#[must_use]
pub fn text(edition: &Edition<'_>, cohorts: &Cohorts, one: &Announcement, month: u32, year: FiscalYear) -> String {
    let catalog = edition.material.catalog;
    let all = entries(edition, cohorts, Some(year));
    // What is over is not told of
    let ahead = |entry: &&Entry| {
        let last = entry.days.map(|(_, until)| until).or(entry.months.map(|(_, until)| year.last_of(until)));
        last.is_none_or(|last| last >= year.first_of(month))
    };
    let lines = |wanted: &dyn Fn(&Entry) -> bool| {
        let line = |entry: &Entry| {
            edition.fill("cohorts_text_line", &[("when", &entry.when(edition, cohorts)), ("what", &entry.line(edition, cohorts))])
        };
        let lines: Vec<String> = all.iter().filter(ahead).filter(|entry| wanted(entry)).map(line).collect();
        if lines.is_empty() { edition.say("cohorts_text_none").to_owned() } else { lines.join("\n") }
    };
    let value = |name: &str| match name {
        "organisation" => edition.plain(&catalog.project.organisation),
        "contact" => edition.plain(&catalog.project.contact),
        "site" => edition.plain(&edition.material.site.title),
        "year" => year.in_words(edition.language),
        "month" => month_in_words(month, edition.language),
        "free" => edition.plain(&cohorts.free),
        "offers" => lines(&|entry| entry.who.iter().any(|at| one.cohorts.contains(at))),
        "surveys" => lines(&|entry| entry.who.is_empty() && matches!(entry.what, Some(What::Survey(_)))),
        _ => String::new(),
    };
    let filled = |text: &str| {
        let mut parts = text.split('{');
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').unwrap_or((part, ""));
            out.push_str(&value(name));
            out.push_str(rest);
        }
        out
    };
    let subject = edition.fill("mail_subject_line", &[("subject", &filled(edition.read(&one.title)))]);
    format!("{subject}\n\n{}\n", filled(edition.read(&one.text)).trim_end()).replace('\n', "\r\n")
}
