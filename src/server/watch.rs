//! Notices that content or a theme has changed. The only user of notify.

use notify::{RecursiveMode, Watcher as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, SystemTime};

/// How often folders are looked through where the system cannot tell of changes.
const LOOK: Duration = Duration::from_secs(2);

/// Calls back on every change below some folders until it is dropped.
pub struct Watch {
    over: Arc<AtomicBool>,
    wake: Sender<()>,
}

impl Watch {
    /// Watches `content/`, `themes/` and what people decide of texts, `private/review/`, of the project at `root`, also where they are made, moved or replaced later. Where the
    /// system cannot tell of changes (network drives, no descriptors left), the folders are looked through every two seconds.
    #[must_use]
    pub fn new(root: &Path, changed: impl Fn() + Send + Sync + 'static) -> Watch {
        // The system may tell of a place by its real name
        let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        let folders: Vec<PathBuf> = ["content", "themes", "private/review"].into_iter().map(|name| root.join(name)).collect();
        let changed: Arc<dyn Fn() + Send + Sync> = Arc::new(changed);
        let over = Arc::new(AtomicBool::new(false));
        let (wake, woken) = channel();
        let watch = Watch { over: Arc::clone(&over), wake: wake.clone() };
        let (told, own) = (Arc::clone(&changed), folders.clone());
        let system = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            if event.kind.is_access() {
                return;
            }
            if event.paths.iter().any(|path| own.contains(path)) {
                // A whole folder came or went: what was watched is not what stands there now
                let _ = wake.send(());
            } else if event.paths.iter().any(|path| own.iter().any(|folder| path.starts_with(folder))) || event.need_rescan() {
                told();
            }
        });
        let system = system.ok().and_then(|mut system| {
            let ready = system.watch(&root, RecursiveMode::NonRecursive).is_ok() && watch_all(&mut system, &folders);
            ready.then_some(system)
        });
        std::thread::spawn(move || match system {
            Some(system) => follow(system, &folders, &over, &woken, &*changed),
            None => look(&folders, &over, &*changed),
        });
        watch
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        let _ = self.wake.send(());
    }
}

/// Watches those of the folders that there are, as they stand now.
fn watch_all(system: &mut notify::RecommendedWatcher, folders: &[PathBuf]) -> bool {
    folders.iter().all(|folder| {
        // What is not watched need not be left
        let _ = system.unwatch(folder);
        !folder.is_dir() || system.watch(folder, RecursiveMode::Recursive).is_ok()
    })
}

/// Keeps to the folders whatever becomes of them, until it is over.
fn follow(mut system: notify::RecommendedWatcher, folders: &[PathBuf], over: &AtomicBool, woken: &Receiver<()>, changed: &dyn Fn()) {
    while woken.recv().is_ok() && !over.load(Ordering::Relaxed) {
        if !watch_all(&mut system, folders) {
            changed();
            return look(folders, over, changed);
        }
        changed();
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
