//! What was published, kept for the time when the answers behind it are deleted.

use super::publish::Published;
use serde::{Deserialize, Serialize};

/// The form in which figures are kept: JSON with its own version.
#[derive(Serialize, Deserialize)]
struct Kept<P> {
    version: u32,
    published: P,
}

const VERSION: u32 = 1;

impl Published {
    /// These figures as they are kept: everything that pages show of them; no text that anybody wrote.
    ///
    /// # Errors
    ///
    /// Where a number cannot be written.
    pub fn keep(&self) -> serde_json::Result<String> {
        serde_json::to_string(&Kept { version: VERSION, published: self })
    }

    /// Figures that were kept; `None` where they are not in a form that this program knows.
    #[must_use]
    pub fn kept(text: &str) -> Option<Published> {
        let kept: Kept<Published> = serde_json::from_str(text).ok()?;
        (kept.version == VERSION).then_some(kept.published)
    }
}
