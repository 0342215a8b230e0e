//! Which measures suit a firm, by rules over figures that were published.

mod evidence;
mod outcome;
mod advise;

pub use advise::{Advice, Change, Judged, Move, Swing, advise};
pub use evidence::{Evidence, Known, Unknown, evidence};
pub use outcome::{Outcome, Step, outcome};
