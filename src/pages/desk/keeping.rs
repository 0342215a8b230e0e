//! The desk's page of what is not one survey's: publishing, packing, copies of the answers, the disk, the way in for phones.

use super::frame::{ActView, DESK, Desk, KEEPING};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::language::{Day, count};
use crate::pages::edition::LinkView;
use crate::pages::room::frame::ROOMS;
use serde::Serialize;

/// What the page shows.
#[derive(Debug)]
pub struct Keeping<'a> {
    /// The day of the last build and how many files it changed; `None`: the content has faults, nothing was built.
    pub built: Option<(Day, Option<usize>)>,
    /// The last build met a disk or a database that failed.
    pub failed: bool,
    /// What is wrong with the content, warnings too.
    pub faults: &'a [Diagnostic],
    /// Where the page stands that shows the faults in their lines.
    pub fault_page: Option<&'a str>,
    /// Bytes that the answers take on the disk.
    pub bytes: u64,
    /// Bytes that are left.
    pub free: Option<u64>,
    /// The newest copy of the answers: day and, where it still stands, place.
    pub backup: Option<(Day, Option<String>)>,
    /// Why answers are not safe where they stand, in words.
    pub risks: &'a [String],
    /// The desk can be used on other machines, after a password.
    pub open_elsewhere: bool,
}

#[derive(Serialize)]
struct View {
    title: String,
    home: LinkView,
    publish: ActView,
    built: Option<String>,
    failed: Option<String>,
    faults_title: Option<String>,
    faults: Vec<FaultView>,
    fault_page: Option<LinkView>,
    sites: Vec<SiteView>,
    backup: ActView,
    last_backup: String,
    stale: bool,
    folder: Option<String>,
    disk: Vec<String>,
    tight: Option<String>,
    risks: Vec<String>,
    reach: LinkView,
    access: String,
}

#[derive(Serialize)]
struct FaultView {
    plate: String,
    tone: &'static str,
    place: String,
    message: String,
    hint: Option<String>,
}

#[derive(Serialize)]
struct SiteView {
    title: String,
    note: String,
    act: ActView,
}

/// Below this the desk says that the disk is nearly full: a round of a large firm with its backups fits in it.
const TIGHT: u64 = 500 << 20;
/// Days after which a copy is called old.
const STALE: i64 = 7;

/// The page.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(desk: &Desk<'_>, keeping: &Keeping<'_>) -> Result<String, Diagnostics> {
    let edition = desk.edition();
    let catalog = edition.material.catalog;
    let day = |day: Day| day.in_words(edition.language);
    let errors = keeping.faults.iter().filter(|fault| fault.severity == Severity::Error).count();
    let warnings = keeping.faults.len() - errors;
    let built = keeping.built.map(|(on, changed)| match changed {
        Some(changed) => edition.fill("desk_built", &[("date", &day(on)), ("n", &count(changed as u64))]),
        None => edition.fill("desk_not_built", &[("date", &day(on))]),
    });
    let site = |site: &crate::catalog::Site| {
        let title = edition.plain(&site.title);
        SiteView {
            note: edition.fill("desk_site_note", &[("folder", &format!("output/{}", site.id))]),
            act: desk.act(format!("{KEEPING}/pack"), "desk_pack", &title, &[("site", &site.id)]),
            title,
        }
    };
    let free = keeping.free.map(size);
    let mut disk = vec![edition.fill("desk_size", &[("size", &size(keeping.bytes))])];
    disk.extend(free.as_ref().map(|free| edition.fill("desk_free", &[("size", free)])));
    let tight = keeping.free.filter(|free| *free < TIGHT).map(|_| edition.say("desk_tight").to_owned());
    let counts = [count(errors as u64), count(warnings as u64)];
    let view = View {
        title: edition.say("desk_keeping").to_owned(),
        home: LinkView::new(desk.to(DESK), edition.say("desk_surveys")),
        publish: desk.act(format!("{KEEPING}/publish"), "desk_publish", "", &[]).first(),
        built,
        failed: keeping.failed.then(|| edition.say("desk_failed").to_owned()),
        faults_title: (!keeping.faults.is_empty())
            .then(|| edition.fill("broken_count", &[("errors", &counts[0]), ("warnings", &counts[1])])),
        faults: keeping.faults.iter().map(|fault| fault_view(desk, fault)).collect(),
        fault_page: keeping.fault_page.map(|href| LinkView::new(href.to_owned(), edition.say("desk_faults_lines"))),
        sites: catalog.sites.values().map(site).collect(),
        backup: desk.act(format!("{KEEPING}/backup"), "desk_backup", "", &[]),
        last_backup: match &keeping.backup {
            Some((on, _)) => edition.fill("desk_backup_last", &[("date", &day(*on))]),
            None => edition.say("desk_backup_none").to_owned(),
        },
        stale: keeping.backup.as_ref().is_none_or(|(on, _)| edition.material.today.day.number() - on.number() >= STALE),
        folder: keeping.backup.as_ref().and_then(|(_, folder)| folder.clone()),
        disk,
        tight,
        risks: keeping.risks.to_vec(),
        reach: LinkView::new(desk.to(&format!("{ROOMS}/_reach")), edition.say("desk_reach")),
        access: edition.say(if keeping.open_elsewhere { "desk_access_open" } else { "desk_access_here" }).to_owned(),
    };
    desk.render("desk-site.html", edition.say("desk_keeping"), view)
}

fn fault_view(desk: &Desk<'_>, fault: &Diagnostic) -> FaultView {
    let edition = desk.edition();
    let error = fault.severity == Severity::Error;
    FaultView {
        plate: edition.say(if error { "desk_fault_error" } else { "desk_fault_warning" }).to_owned(),
        tone: if error { "here" } else { "soft" },
        place: fault.place.to_string(),
        message: fault.message.in_language(edition.language).to_owned(),
        hint: fault.hint.as_ref().map(|hint| hint.in_language(edition.language).to_owned()),
    }
}

/// Bytes in the largest unit of which there is at least one, one digit behind the point from MB on; rounded down.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_048_576 => format!("{} KB", count(bytes.div_ceil(1_024))),
        1_048_576..1_073_741_824 => format!("{}.{} MB", bytes >> 20, ((bytes % (1 << 20)) * 10) >> 20),
        _ => format!("{}.{} GB", count(bytes >> 30), ((bytes % (1 << 30)) * 10) >> 30),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_units_that_people_read() {
        for (bytes, told) in
            [(0, "0 KB"), (1, "1 KB"), (1_048_575, "1,024 KB"), (1_572_864, "1.5 MB"), (3 << 30, "3.0 GB"), (2_000 << 30, "2,000.0 GB")]
        {
            assert_eq!(size(bytes), told);
        }
    }
}
