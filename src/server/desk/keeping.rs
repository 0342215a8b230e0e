//! Publishing, packing, copies of the answers: what is not one survey's.

use super::office::{Office, Showing, told};
use crate::output::{Artifact, RelativePath, archive};
use crate::pages::desk::frame::{Done, KEEPING};
use crate::pages::desk::keeping::{Keeping, page};
use crate::pipeline::reviewed::back_up;
use crate::server::refusal::Refusal;
use crate::server::reply::Reply;
use crate::server::request::Request;
use crate::store::{free_space, last_backup, risks};
use std::time::{Duration, Instant};

/// How long a browser waits for a build; the gate gives up after 30 seconds.
const PATIENCE: Duration = Duration::from_secs(25);
/// How often it is looked whether it is done.
const LOOK: Duration = Duration::from_millis(20);

impl Office<'_> {
    /// The page.
    pub(super) fn keeping(&self, showing: Showing<'_>) -> anyhow::Result<Reply> {
        let language = self.language(showing.language);
        let (_, last) = self.stage.last();
        let private = std::fs::canonicalize(&self.means.private).unwrap_or_else(|_| self.means.private.clone());
        // Linux has this table; elsewhere the names of folders have to do
        let mounts = std::fs::read_to_string("/proc/self/mounts").ok();
        let risks: Vec<String> =
            risks(&private, mounts.as_deref()).iter().map(|risk| risk.words().in_language(language).to_owned()).collect();
        let backup = last_backup(&self.means.private).map(|(day, folder)| (day, folder.map(|folder| folder.display().to_string())));
        let keeping = Keeping {
            built: last.as_ref().filter(|last| !last.failed).map(|last| (last.day, last.changed)),
            failed: last.as_ref().is_some_and(|last| last.failed),
            faults: last.as_ref().map(|last| last.diagnostics.as_slice()).unwrap_or_default(),
            fault_page: self.faults,
            bytes: self.store.status()?.bytes,
            free: free_space(&private),
            backup,
            risks: &risks,
            open_elsewhere: self.means.sessions.is_some(),
        };
        Ok(self.show(showing, |desk| page(desk, &keeping)))
    }

    /// Reads the content and builds, and waits for what comes of it.
    pub(super) fn publish(&self, request: &Request) -> anyhow::Result<Reply> {
        let form = match self.admitted(request) {
            Ok(form) => form,
            Err(refusal) => return Ok(Reply::refusal(refusal)),
        };
        let (before, _) = self.stage.last();
        (self.means.rebuild)();
        let end = Instant::now() + PATIENCE;
        while self.stage.last().0 == before && Instant::now() < end {
            std::thread::sleep(LOOK);
        }
        let (after, last) = self.stage.last();
        let good = after != before && last.is_some_and(|last| last.changed.is_some());
        self.back(KEEPING, self.language(form.get("lang")), if good { Done::Published } else { Done::Unpublished })
    }

    /// A site as one file, as it is served now.
    pub(super) fn pack(&self, request: &Request) -> anyhow::Result<Reply> {
        let form = match self.admitted(request) {
            Ok(form) => form,
            Err(refusal) => return Ok(Reply::refusal(refusal)),
        };
        let Some(site) = form.get("site").and_then(|id| self.shelf.catalog.sites.get(id)) else {
            return Ok(Reply::refusal(Refusal::Fault));
        };
        let own = self.shelf.site_files(&site.id);
        let artifacts = own
            .map(|(path, file)| Ok(Artifact { path: RelativePath::new(path)?, bytes: file.bytes.to_vec() }))
            .collect::<anyhow::Result<Vec<_>>>()?;
        self.file("application/zip", &format!("{}.zip", site.id), archive(&site.id, &artifacts)?)
    }

    /// A copy of the answers in their folder.
    pub(super) fn back_up(&self, request: &Request) -> anyhow::Result<Reply> {
        let form = match self.admitted(request) {
            Ok(form) => form,
            Err(refusal) => return Ok(Reply::refusal(refusal)),
        };
        let language = self.language(form.get("lang"));
        match back_up(&self.means.private, &self.shelf.catalog, self.store, None, self.today.day) {
            Ok(_) => self.back(KEEPING, language, Done::Copied),
            Err(error) => {
                let alert = told(&error, language).ok_or(error)?;
                self.keeping(Showing { here: KEEPING, language: form.get("lang"), done: None, alert: Some(&alert), faulty: true })
            }
        }
    }
}
