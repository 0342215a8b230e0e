//! Faults made on purpose: the tests stop a closing after any step, fill the disk, let the writer panic; a benchmark makes the
//! disk slow.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

/// The steps of closing a batch, in order. After each of them a crash leaves every answer in exactly one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The intake rows carry the number of their batch.
    Marked = 1,
    /// The batch stands in the answers, durably.
    Written,
    /// Its rows are gone from the intake's tables.
    Deleted,
    /// The intake is rebuilt without freed pages.
    Rebuilt,
    /// The intake's log is empty.
    Emptied,
    /// The closing itself is forgotten.
    Forgotten,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Step; 6] = [Step::Marked, Step::Written, Step::Deleted, Step::Rebuilt, Step::Emptied, Step::Forgotten];
}

/// The steps of putting a restored store in its place. A crash before [`PlaceStep::Decided`] leaves the old store, one after it the new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceStep {
    /// The new store stands complete beside the old one.
    Staged = 1,
    /// It is written down that it takes the old one's place.
    Decided,
    /// The old intake is out of the way.
    Cleared,
    /// The new intake stands in its place.
    Intake,
    /// The new answers stand in theirs.
    Answers,
    /// The requests for talks stand in theirs, where any came.
    Nominations,
    /// What was there before has its name.
    Aside,
}

impl PlaceStep {
    /// Every step, in order.
    pub const ALL: [PlaceStep; 7] = [
        PlaceStep::Staged,
        PlaceStep::Decided,
        PlaceStep::Cleared,
        PlaceStep::Intake,
        PlaceStep::Answers,
        PlaceStep::Nominations,
        PlaceStep::Aside,
    ];
}

/// Which faults to make. The default makes none.
#[derive(Debug, Default)]
pub struct Faults {
    stop_after: AtomicU8,
    stop_placing: AtomicU8,
    pages: AtomicU32,
    panic: AtomicBool,
    crowd: AtomicBool,
    flush: AtomicU64,
    /// Held while a test wants the writer to stand still.
    stand_still: Mutex<()>,
}

impl Faults {
    /// Lets every closing fail right after this step, as a crash there would.
    pub fn stop_after(&self, step: Option<Step>) {
        self.stop_after.store(step.map_or(0, |step| step as u8), Ordering::SeqCst);
    }

    /// Lets every restoring fail right after this step, as a crash there would.
    pub fn stop_placing_after(&self, step: Option<PlaceStep>) {
        self.stop_placing.store(step.map_or(0, |step| step as u8), Ordering::SeqCst);
    }

    /// The step was reached.
    pub(super) fn placed(&self, step: PlaceStep) -> anyhow::Result<()> {
        anyhow::ensure!(self.stop_placing.load(Ordering::SeqCst) != step as u8, "stopped on purpose after {step:?}");
        Ok(())
    }

    /// Lets neither file grow beyond this many pages; 0 takes the limit away.
    pub fn limit_pages(&self, pages: u32) {
        self.pages.store(pages, Ordering::SeqCst);
    }

    /// Lets the writer panic once, in the middle of its next group.
    pub fn panic_once(&self) {
        self.panic.store(true, Ordering::SeqCst);
    }

    /// Lets the queue in front of the writer be full.
    pub fn crowd(&self, crowd: bool) {
        self.crowd.store(crowd, Ordering::SeqCst);
    }

    pub(super) fn is_crowded(&self) -> bool {
        self.crowd.load(Ordering::SeqCst)
    }

    /// Lets every commit of answers take this much longer, as on a disk that is slow to flush.
    pub fn slow_flush(&self, longer: Duration) {
        self.flush.store(u64::try_from(longer.as_micros()).unwrap_or(u64::MAX), Ordering::SeqCst);
    }

    pub(super) fn flush(&self) {
        let longer = self.flush.load(Ordering::SeqCst);
        if longer > 0 {
            std::thread::sleep(Duration::from_micros(longer));
        }
    }

    /// Holds the writer before its next group for as long as `meanwhile` runs.
    pub fn hold_writer<T>(&self, meanwhile: impl FnOnce() -> T) -> T {
        let _held = self.stand_still.lock();
        meanwhile()
    }

    pub(super) fn stand_still(&self) {
        drop(self.stand_still.lock());
    }

    pub(super) fn stops_after(&self, step: Step) -> bool {
        self.stop_after.load(Ordering::SeqCst) == step as u8
    }

    pub(super) fn pages(&self) -> u32 {
        self.pages.load(Ordering::SeqCst)
    }

    /// Panics where a test asked for it.
    pub(super) fn panic_point(&self) {
        assert!(!self.panic.swap(false, Ordering::SeqCst), "a fault made on purpose");
    }
}
