//! What everybody sees now: the last good build, and beside it, for the person at this machine, what is wrong with the content.

use super::shelf::Shelf;
use crate::diagnostic::Diagnostic;
use crate::language::Day;
use std::sync::{Arc, PoisonError, RwLock};

/// What the last build came to, for the desk.
#[derive(Debug, Clone)]
pub struct Report {
    /// The day on which it was made; the hour would tell when a batch was closed.
    pub day: Day,
    /// Files that changed; `None`: nothing was built.
    pub changed: Option<usize>,
    /// What is wrong with the content, warnings too, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The disk or the database failed.
    pub failed: bool,
}

/// Swapped at once, read by every request.
#[derive(Default)]
pub struct Stage {
    now: RwLock<Now>,
}

#[derive(Default)]
struct Now {
    shelf: Option<Arc<Shelf>>,
    /// The page that shows the faults, and how often there have been any.
    faults: Option<(String, u64)>,
    count: u64,
    /// The last build, and how many there were.
    report: Option<Report>,
    builds: u64,
}

impl Stage {
    /// The last good build; `None` until there is one.
    #[must_use]
    pub fn shelf(&self) -> Option<Arc<Shelf>> {
        self.read(|now| now.shelf.clone())
    }

    /// A good build: faults are gone.
    pub fn put(&self, shelf: Shelf) {
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        now.shelf = Some(Arc::new(shelf));
        now.faults = None;
    }

    /// A good build of older content, with newer answers: what is wrong with the content stays.
    pub fn renew(&self, shelf: Shelf) {
        self.now.write().unwrap_or_else(PoisonError::into_inner).shelf = Some(Arc::new(shelf));
    }

    /// The content has faults; the last good build stays.
    pub fn complain(&self, page: String) {
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        now.count += 1;
        now.faults = Some((page, now.count));
    }

    /// What a build came to; said after it is shown.
    pub fn report(&self, report: Report) {
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        now.report = Some(report);
        now.builds += 1;
    }

    /// How many builds there were, and what the last came to.
    #[must_use]
    pub fn last(&self) -> (u64, Option<Report>) {
        self.read(|now| (now.builds, now.report.clone()))
    }

    /// The page that shows the faults, where there are any.
    #[must_use]
    pub fn fault_page(&self) -> Option<String> {
        self.read(|now| now.faults.as_ref().map(|(page, _)| page.clone()))
    }

    /// A word that changes when there is something newer to see.
    #[must_use]
    pub fn state(&self, operator: bool) -> String {
        self.read(|now| match (&now.faults, &now.shelf) {
            (Some((_, count)), _) if operator => format!("faulty {count}"),
            (_, Some(shelf)) => format!("good {}", shelf.version),
            _ => "none".to_owned(),
        })
    }

    fn read<T>(&self, look: impl FnOnce(&Now) -> T) -> T {
        look(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }
}
