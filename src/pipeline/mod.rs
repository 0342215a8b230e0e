//! Content and answers become sites: read, close batches, count what may be shown, render, write.

mod load;
mod gone;
mod people;
mod lost;
mod leaving;
mod pairs;
pub mod response;
mod answers;
mod purge;
mod closings;
pub mod round;
pub mod due;
pub mod reviewed;
mod jobs;
mod shown;
mod build;
mod manual;

pub use answers::{Answers, Watch, collect, collect_watched, nothing_collected};
pub use build::{Built, build, read_themes, write};
pub use closings::{Reopening, apply_closings, may_reopen};
pub use gone::{batches, gone, rows};
pub use jobs::{Input, Job, jobs};
pub use load::load;
pub use manual::{manual, manual_content};
pub use people::{People, people};
pub use purge::{Term, never_due, purge, retain_days, terms_of_keeping, without_term};
pub use shown::{Shown, shown, unknown};
