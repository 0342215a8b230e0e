//! Builds again whenever something has changed: one build at a time, the latest wins.

use super::clock::today;
use super::shelf::Shelf;
use super::stage::{Report, Stage};
use crate::catalog::{Catalog, Loaded, licences};
use crate::diagnostic::{Diagnostics, Sources};
use crate::language::{Day, Language, Today};
use crate::pages::{Edition, Material, Theme, fault};
use crate::pipeline;
use crate::store::Store;
use crate::survey::definition::{Opening, Publish};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Why to look again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A file of the content or of a theme.
    Content,
    /// An answer to this survey was stored.
    Answer(String),
    /// Stop.
    Stop,
}

/// What a build came to, for whoever tells the person at the terminal.
pub enum News<'a> {
    /// A good build; how many files changed on the disk.
    Built {
        /// Files that are new, different or gone.
        changed: usize,
        /// Warnings, if any.
        diagnostics: &'a Diagnostics,
        /// The texts they speak of.
        sources: &'a Sources,
    },
    /// The content has faults.
    Faulty {
        /// All of them.
        diagnostics: &'a Diagnostics,
        /// The texts they speak of.
        sources: &'a Sources,
        /// Whether an earlier build is still shown.
        standing: bool,
    },
    /// The disk or the database failed.
    Failed(&'a anyhow::Error),
}

/// Is told of every build.
pub type Herald = dyn Fn(&News<'_>) + Send + Sync;

/// What is built, from where, to where.
pub struct Workshop {
    /// The project's folder.
    pub root: PathBuf,
    /// The store.
    pub store: Arc<dyn Store>,
    /// Where the result is shown.
    pub stage: Arc<Stage>,
    /// Who is told.
    pub herald: Box<Herald>,
    /// The language of the page of faults until there is a good build.
    pub language: Language,
}

/// A thread that builds when it is told to.
pub struct Rebuilder {
    reasons: Mutex<Sender<Reason>>,
    thread: Mutex<Option<std::thread::JoinHandle<()>>>,
}

/// Content is built when it has been quiet for so long: editors write in several strokes.
const QUIET: Duration = Duration::from_millis(60);
/// It is not waited for longer: while answers pour in it is never quiet.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the clock is looked at, and what failed is tried again.
const A_WHILE: Duration = Duration::from_secs(30);

impl Rebuilder {
    /// Builds once, then waits for reasons.
    ///
    /// # Errors
    ///
    /// When the first build fails for another cause than the content, or there is no thread to be had.
    pub fn start(workshop: Workshop) -> anyhow::Result<Rebuilder> {
        let mut bench = Bench { workshop, good: None, stood: None, owed: None, faulty: false, failure: None };
        bench.build(true)?;
        let (reasons, inbox) = channel();
        let thread = std::thread::Builder::new().name("rebuild".to_owned()).spawn(move || bench.work(&inbox))?;
        Ok(Rebuilder { reasons: Mutex::new(reasons), thread: Mutex::new(Some(thread)) })
    }

    /// Says that something has changed; returns at once.
    pub fn tell(&self, reason: Reason) {
        // A thread that has ended needs no reasons
        let _ = self.reasons.lock().unwrap_or_else(PoisonError::into_inner).send(reason);
    }

    /// Finishes the build that runs, if any, and ends.
    pub fn stop(&self) {
        self.tell(Reason::Stop);
        if let Some(thread) = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = thread.join();
        }
    }
}

/// The first reason with all that follow it closely, each once.
fn gather(first: Option<Reason>, inbox: &Receiver<Reason>) -> BTreeSet<Reason> {
    let end = Instant::now() + PATIENCE;
    let mut reasons: BTreeSet<Reason> = first.into_iter().collect();
    while Instant::now() < end {
        let quiet = if reasons.contains(&Reason::Content) { QUIET } else { Duration::ZERO };
        match inbox.recv_timeout(quiet) {
            Ok(next) => reasons.insert(next),
            Err(_) => break,
        };
    }
    reasons
}

/// A day, and of every survey whether it takes answers and whether the last has come in.
type Stand = (Day, Vec<(Opening, bool)>);

fn stand(catalog: &Catalog, today: Today) -> Stand {
    (today.day, catalog.surveys.values().map(|survey| (survey.opening(today), survey.is_over(today))).collect())
}

struct Bench {
    workshop: Workshop,
    /// What the last good build was made of: answers go on moving it while newer content has faults.
    good: Option<(Loaded, BTreeMap<String, Theme>)>,
    /// How every survey stood at that build, and on which day.
    stood: Option<Stand>,
    /// A build that failed and is still to be made; whether the content is to be read for it.
    owed: Option<bool>,
    /// The content on the disk has faults.
    faulty: bool,
    /// What was last said of a failure, so that trying again does not repeat it.
    failure: Option<String>,
}

impl Bench {
    fn work(&mut self, inbox: &Receiver<Reason>) {
        loop {
            let first = match inbox.recv_timeout(A_WHILE) {
                Ok(reason) => Some(reason),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let reasons = gather(first, inbox);
            if reasons.contains(&Reason::Stop) {
                return;
            }
            let content = reasons.contains(&Reason::Content) || self.owed == Some(true);
            let closed = self.closings_changed();
            let moves = || self.owed.is_some() || closed || self.stand() != self.stood || self.batch_is_due(&reasons);
            // Without a good build there is nothing to move before the content changes
            if content || (self.good.is_some() && moves()) {
                self.try_to_build(content);
            }
        }
    }

    /// Builds; what fails is owed and tried again with the next reason, or after a while.
    fn try_to_build(&mut self, content: bool) {
        match self.build(content) {
            Ok(()) => (self.owed, self.failure) = (None, None),
            Err(error) => {
                self.owed = Some(content);
                self.workshop.stage.report(Report { failed: true, ..report(self.today().day, None, &Diagnostics::new()) });
                let said = format!("{error:#}");
                if self.failure.as_ref() != Some(&said) {
                    (self.workshop.herald)(&News::Failed(&error));
                    self.failure = Some(said);
                }
            }
        }
    }

    fn today(&self) -> Today {
        today(self.good.as_ref().map_or("UTC", |(loaded, _)| loaded.catalog.project.time_zone.as_str()))
    }

    fn stand(&self) -> Option<Stand> {
        let today = self.today();
        self.good.as_ref().map(|(loaded, _)| stand(&loaded.catalog, today))
    }

    /// Whether surveys were closed or opened by hand since the last build, by this process or another.
    fn closings_changed(&mut self) -> bool {
        let store = Arc::clone(&self.workshop.store);
        // A store that fails is met again by the next build, which says so
        self.good.as_mut().is_some_and(|(loaded, _)| pipeline::apply_closings(&mut loaded.catalog, &*store).unwrap_or(false))
    }

    /// Whether enough answers wait for a batch. A single answer never causes a build: its time would be told.
    fn batch_is_due(&self, reasons: &BTreeSet<Reason>) -> bool {
        let Some((loaded, _)) = &self.good else { return false };
        reasons.iter().any(|reason| {
            let Reason::Answer(id) = reason else { return false };
            let Some(survey) = loaded.catalog.surveys.get(id) else { return false };
            let least = match survey.publish {
                Publish::Rolling => u64::from(survey.k),
                Publish::AtClose => u64::from(survey.k).max(20),
            };
            self.workshop.store.waiting(id).is_ok_and(|waiting| waiting >= least)
        })
    }

    fn build(&mut self, content: bool) -> anyhow::Result<()> {
        let fresh = if content || self.good.is_none() {
            let mut loaded = pipeline::load(&self.workshop.root)?;
            let themes = pipeline::read_themes(&self.workshop.root, &mut loaded)?;
            if loaded.diagnostics.has_errors() {
                self.complain(&loaded.diagnostics, &loaded.sources);
                return Ok(());
            }
            pipeline::apply_closings(&mut loaded.catalog, &*self.workshop.store)?;
            loaded.diagnostics.append(licences(&loaded.catalog, today(&loaded.catalog.project.time_zone).day));
            Some((loaded, themes))
        } else {
            None
        };
        let Some((loaded, themes)) = fresh.as_ref().or(self.good.as_ref()) else { return Ok(()) };
        let today = today(&loaded.catalog.project.time_zone);
        let store = &*self.workshop.store;
        let output = self.workshop.root.join("output");
        let mut sources = Sources::default();
        let unknown = pipeline::unknown(&output, Some(store), &mut sources)?;
        if !unknown.is_empty() {
            self.complain(&unknown, &sources);
            return Ok(());
        }
        let mut answers = pipeline::collect(&loaded.catalog, store, today)?;
        let private = self.workshop.root.join("private");
        let faults = pipeline::reviewed::hear(&private, &loaded.catalog, Some(store), &mut answers, &mut sources)?;
        if faults.has_errors() {
            self.complain(&faults, &sources);
            return Ok(());
        }
        let built = match pipeline::build(&loaded.catalog, themes, &answers, today, None) {
            Ok(built) => built,
            Err(faults) => {
                let sources = loaded.sources.clone();
                self.complain(&faults, &sources);
                return Ok(());
            }
        };
        let written = pipeline::write(&output, &built)?;
        let changed: usize = written.values().map(|one| one.created.len() + one.changed.len() + one.removed.len()).sum();
        let shelf = Shelf::new(loaded.catalog.clone(), themes.clone(), answers, &built);
        self.faulty &= fresh.is_none();
        if self.faulty {
            self.workshop.stage.renew(shelf);
        } else {
            self.workshop.stage.put(shelf);
        }
        if !self.faulty {
            self.workshop.stage.report(report(today.day, Some(changed), &loaded.diagnostics));
        }
        (self.workshop.herald)(&News::Built { changed, diagnostics: &loaded.diagnostics, sources: &loaded.sources });
        self.good = fresh.or(self.good.take());
        self.stood = self.good.as_ref().map(|(loaded, _)| stand(&loaded.catalog, today));
        Ok(())
    }

    fn complain(&mut self, diagnostics: &Diagnostics, sources: &Sources) {
        self.faulty = true;
        let good = self.workshop.stage.shelf();
        (self.workshop.herald)(&News::Faulty { diagnostics, sources, standing: good.is_some() });
        let page = good.as_ref().and_then(|shelf| {
            let site = shelf.catalog.home()?;
            let material = Material { catalog: &shelf.catalog, site, theme: shelf.themes.get(&site.id)?, today: self.today() };
            let language = site.language_for(self.workshop.language);
            fault::page(&Edition { material, language }, diagnostics, sources).ok()
        });
        self.workshop.stage.complain(page.unwrap_or_else(|| fault::plain(diagnostics, sources, self.workshop.language)));
        self.workshop.stage.report(report(self.today().day, None, diagnostics));
    }
}

fn report(day: Day, changed: Option<usize>, diagnostics: &Diagnostics) -> Report {
    Report { day, changed, diagnostics: diagnostics.sorted().into_iter().cloned().collect(), failed: false }
}
