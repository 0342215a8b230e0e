//! Being asked to stop: Ctrl-C, and what a service manager sends. The only user of ctrlc.

use std::sync::Mutex;

use anyhow::{Context, Result};

/// Calls `action` once, on a thread of its own, at the first Ctrl-C (SIGINT), SIGTERM or SIGHUP, or when the console window
/// closes. A second Ctrl-C while the action still runs does nothing: what is being stored is stored.
///
/// # Errors
/// The process has such an action already, or the system refuses the handler.
pub fn on_stop(action: impl FnOnce() + Send + 'static) -> Result<()> {
    let action = Mutex::new(Some(action));
    ctrlc::set_handler(move || {
        let action = action.lock().ok().and_then(|mut action| action.take());
        if let Some(action) = action {
            action();
        }
    })
    .context("no handler for Ctrl-C can be set")
}
