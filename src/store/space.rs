//! How much room is left on the disk that answers are kept on. The only user of fs4.

use std::path::Path;

/// Bytes that may still be written where this folder stands; `None` where the system does not say.
#[must_use]
pub fn free_space(folder: &Path) -> Option<u64> {
    fs4::available_space(folder).ok()
}
