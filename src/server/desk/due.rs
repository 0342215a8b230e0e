//! Who is due in a year or a quarter: a list of people is read in memory, what it comes to is told, its files are handed over. Nothing of it is
//! written anywhere, and the next request knows nothing of it.

use super::office::{Office, Showing, kind_of};
use super::people::sum;
use crate::catalog::Cohorts;
use crate::catalog::due::Verdict;
use crate::content::Table;
use crate::diagnostic::{Diagnostic, Severity};
use crate::exchange::list_text::{list_text, table_name};
use crate::exchange::people_dates::read;
use crate::language::{FiscalYear, Period};
use crate::output::{Artifact, RelativePath, archive};
use crate::pages::Material;
use crate::pages::desk::due::{DuePage, Found, Offered, named, page};
use crate::pages::desk::frame::{COHORTS, KEY};
use crate::pipeline::due::{Invited, Line, Year, asked, site_of};
use crate::server::multipart::Parts;
use crate::server::refusal::Refusal;
use crate::server::reply::Reply;
use crate::server::request::Request;
use std::collections::{BTreeMap, BTreeSet};

/// The years that can be chosen: from the one before the running one on.
const YEARS: std::ops::RangeInclusive<i32> = -1..=3;
/// What is sent for all files in one.
const ALL: &str = "zip";

impl Office<'_> {
    /// The page before there is a list; `None` where no site shows cohorts.
    pub(super) fn cohorts(&self, showing: Showing<'_>) -> Option<anyhow::Result<Reply>> {
        let all = self.shown();
        let chosen = all.first().copied()?;
        let (years, period) = self.choice(chosen, "");
        let due = DuePage { cohorts: &all, chosen, years: &years, near: self.near(chosen), period, text: "", found: None };
        Some(Ok(self.show(showing, |desk| page(desk, &due))))
    }

    /// A list that was pasted or chosen: looked at, or its files taken.
    pub(super) fn due(&self, request: &Request) -> anyhow::Result<Reply> {
        let parts = match Parts::of(request) {
            Ok(parts) => parts,
            Err(refusal) => return Ok(Reply::refusal(refusal)),
        };
        let field = |name: &str| parts.text(name).unwrap_or_default();
        if !self.admits(request, Some(&field(KEY))) {
            return Ok(Reply::refusal(Refusal::Misdirected));
        }
        let all = self.shown();
        let (id, code) = (field("cohorts"), field("lang"));
        let chosen = all.iter().copied().find(|cohorts| cohorts.id == id);
        let site = chosen.and_then(|cohorts| site_of(&self.shelf.catalog, &cohorts.id));
        let theme = site.and_then(|site| self.shelf.themes.get(&site.id));
        let (Some(chosen), Some(site), Some(theme)) = (chosen, site, theme) else { return Ok(Reply::refusal(Refusal::Fault)) };
        let (years, period) = self.choice(chosen, &field("year"));
        // A file that was chosen stands for what is in the field; it is shown there from now on
        let mut unread: Vec<Diagnostic> = Vec::new();
        let (text, encoding) = match parts.file("file") {
            Some(file) => list_text(file.file.as_deref().unwrap_or_default(), &file.content).unwrap_or_else(|found| {
                unread = found;
                (field("list"), String::new())
            }),
            None => (field("list"), String::new()),
        };
        let text = text.replace("\r\n", "\n");
        let list = read(asked(chosen), table_name(&text), text.as_bytes());
        let faults: Vec<(Diagnostic, Option<String>)> = if unread.is_empty() {
            let errors = list.diagnostics.sorted().into_iter().filter(|fault| fault.severity == Severity::Error).cloned();
            in_columns(&text, errors.collect())
        } else {
            unread.into_iter().map(|fault| (fault, None)).collect()
        };
        let material = Material { catalog: &self.shelf.catalog, site, theme, today: self.today };
        let year = Year { material, cohorts: chosen, period };
        // Of a list with faults nobody is counted: it would look like an answer
        let told = faults.is_empty().then(|| year.told(&list));
        let called = named(period);
        let seen = sum(&format!("{}\n{called}\n{text}", chosen.id));
        if let (Some(told), true) = (&told, field("seen") == seen)
            && let Some(taken) = parts.text("take").filter(|taken| !taken.is_empty())
        {
            return self.take(&format!("{}-{called}", chosen.id), &taken, &told.files);
        }
        let offered = |line: &&Line<'_>| line.due.verdict == Verdict::Offered;
        let edition = year.edition(self.language(Some(&code)));
        let counts = told.as_ref().map(|told| year.counts(told, &edition)).unwrap_or_default();
        let invited: Vec<Offered> = counts.into_iter().map(|Invited { when, what, by }| Offered { when, what, by }).collect();
        let lines = told.as_ref().map(|told| told.lines.as_slice()).unwrap_or_default();
        let people: BTreeSet<&str> = lines.iter().filter(offered).map(|line| line.person.id.as_str()).collect();
        let files: Vec<String> = told.iter().flat_map(|told| &told.files).map(|(name, _)| name.clone()).collect();
        let found = Found {
            seen: &seen,
            rows: list.rows,
            encoding: &encoding,
            faults: &faults,
            invited: &invited,
            people: people.len(),
            earlier: told.as_ref().map_or(0, |told| told.earlier.len()),
            not_invited: lines.len() - lines.iter().filter(offered).count(),
            others: told.as_ref().map_or(0, |told| told.others),
            files: &files,
        };
        let due = DuePage { cohorts: &all, chosen, years: &years, near: self.near(chosen), period, text: &text, found: Some(found) };
        let showing = Showing { here: COHORTS, language: Some(&code), done: None, alert: None, faulty: !faults.is_empty() };
        Ok(self.show(showing, |desk| page(desk, &due)))
    }

    /// The cohorts that sites show.
    fn shown(&self) -> Vec<&Cohorts> {
        let catalog = &self.shelf.catalog;
        catalog.cohorts.values().filter(|cohorts| site_of(catalog, &cohorts.id).is_some()).collect()
    }

    /// The years that can be chosen, and what was of them, whole or a quarter; the running year where nothing was.
    fn choice(&self, cohorts: &Cohorts, wished: &str) -> (Vec<FiscalYear>, Period) {
        let running = FiscalYear::of(self.today.day, cohorts.starts);
        let years: Vec<FiscalYear> = YEARS.map(|step| cohorts.year(running.year + step)).collect();
        let (year, quarter) = wished.split_once("-q").map_or((wished, None), |(year, quarter)| (year, Some(quarter)));
        let year = years.iter().copied().find(|one| one.year.to_string() == year);
        let quarter = quarter.and_then(|number| Period::quarter(year?, number.parse().ok()?));
        let whole = Period::whole(year.unwrap_or(running));
        (years, quarter.unwrap_or(whole))
    }

    /// The quarter of today, and the next one.
    fn near(&self, cohorts: &Cohorts) -> [Period; 2] {
        [Period::quarter_of(self.today.day, cohorts.starts), Period::quarter_after(self.today.day, cohorts.starts)]
    }

    /// One file, or all of them in one. Only a name that was given here is ever handed out.
    fn take(&self, stem: &str, taken: &str, files: &[(String, String)]) -> anyhow::Result<Reply> {
        if taken == ALL {
            let artifact = |(name, text): &(String, String)| {
                Ok(Artifact { path: RelativePath::new(name.as_str())?, bytes: text.clone().into_bytes() })
            };
            let artifacts = files.iter().map(artifact).collect::<anyhow::Result<Vec<_>>>()?;
            return self.file(kind_of("x.zip"), &format!("{stem}.zip"), archive(stem, &artifacts)?);
        }
        match files.iter().find(|(name, _)| name == taken) {
            Some((name, text)) => self.file(kind_of(name), &format!("{stem}-{name}"), text.clone().into_bytes()),
            None => Ok(Reply::refusal(Refusal::Fault)),
        }
    }
}

/// Faults of a list, each with the name of the column where it stands.
fn in_columns(text: &str, faults: Vec<Diagnostic>) -> Vec<(Diagnostic, Option<String>)> {
    if faults.is_empty() {
        return Vec::new();
    }
    let (table, _) = Table::read(&table_name(text).into(), text.as_bytes());
    let Some(table) = table else { return faults.into_iter().map(|fault| (fault, None)).collect() };
    let cells = table.rows.iter().flat_map(|row| row.iter().enumerate()).map(|(at, cell)| ((cell.place.line, cell.place.column), at));
    let columns: BTreeMap<(u32, u32), usize> = cells.collect();
    let name = |fault: &Diagnostic| {
        let at = columns.get(&(fault.place.line, fault.place.column))?;
        table.head.get(*at).map(|cell| cell.text.clone())
    };
    let placed = |fault: Diagnostic| {
        let name = name(&fault);
        (fault, name)
    };
    faults.into_iter().map(placed).collect()
}
