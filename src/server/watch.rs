//! Notices that content or a theme has changed. The only user of notify.

use notify::{RecursiveMode, Watcher as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

/// How often folders are looked through where the system cannot tell of changes.
const LOOK: Duration = Duration::from_secs(2);

/// Calls back on every change below some folders until it is dropped.
pub struct Watch {
    _system: Option<notify::RecommendedWatcher>,
    over: Arc<AtomicBool>,
}

impl Watch {
    /// Watches `content/` and `themes/` of the project at `root`. Where the system cannot tell of changes (network drives, no
    /// descriptors left), the folders are looked through every two seconds.
    #[must_use]
    pub fn new(root: &Path, changed: impl Fn() + Send + Sync + 'static) -> Watch {
        let folders: Vec<PathBuf> = ["content", "themes"].into_iter().map(|name| root.join(name)).collect();
        let changed = Arc::new(changed);
        let over = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&changed);
        let system = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| !event.kind.is_access()) {
                told();
            }
        });
        let system = system.ok().and_then(|mut watcher| {
            let all = folders.iter().filter(|folder| folder.is_dir()).all(|folder| watcher.watch(folder, RecursiveMode::Recursive).is_ok());
            all.then_some(watcher)
        });
        if system.is_none() {
            let over = Arc::clone(&over);
            std::thread::spawn(move || look(&folders, &over, &*changed));
        }
        Watch { _system: system, over }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}

fn look(folders: &[PathBuf], over: &AtomicBool, changed: &dyn Fn()) {
    let mut before = state(folders);
    while !over.load(Ordering::Relaxed) {
        std::thread::sleep(LOOK);
        let now = state(folders);
        if now != before {
            before = now;
            changed();
        }
    }
}

/// Names, sizes and times of all files.
fn state(folders: &[PathBuf]) -> Vec<(PathBuf, u64, Option<SystemTime>)> {
    let mut all = Vec::new();
    let mut open: Vec<PathBuf> = folders.to_vec();
    while let Some(folder) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let Ok(about) = entry.metadata() else { continue };
            if about.is_dir() {
                open.push(entry.path());
            } else {
                all.push((entry.path(), about.len(), about.modified().ok()));
            }
        }
    }
    all.sort();
    all
}
