//! What everybody sees now: the last good build, and beside it, for the person at this machine, what is wrong with the content.

use super::shelf::Shelf;
use std::sync::{Arc, PoisonError, RwLock};

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
