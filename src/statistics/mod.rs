//! Figures from answers, small groups hidden before any statistic runs.
//!
//! `publish` is the only door out: it takes a survey's shape, its closed batches and the ledger of everything shown before, and
//! gives [`Published`]. Nothing else here reads an answer, and no statistic takes anything but a group that `disclosure` admitted.

// what is asked, what was answered, what was shown before
mod ledger;
mod shape;
// (rows of batches, and groups of them)
mod group;
mod columns;
mod definition;
mod numbers;
mod measured;
mod shares;
// which groups may be shown
mod disclosure;
// what is counted of them
mod summary;
// (several items, one number)
mod scale;
// how it is told
mod wording;
mod wording_missing;
mod wording_sets;
mod wording_segments;
mod wording_drivers;
mod wording_changes;
// (the classes that shares are of)
mod classes;
// (two figures, and two shares of one)
mod difference;
mod nets;
// exhibits
mod frame;
// (each kind)
mod average;
mod benchmark;
mod quoted;
mod distribution;
mod sets;
mod by_segment;
mod drivers;
mod changes;
mod texts;
mod comments;
mod care;
mod correct;
// the door
mod publish;
mod kept;
// (what is published, held against each other)
mod effect;
mod look;
mod wording_compared;
mod wording_differences;
mod compare;
mod trend;
mod outside;
mod profile;
mod wording_weighted;
mod weighted;

pub use average::Moments;
pub use benchmark::set_beside;
pub use by_segment::Standing;
pub use care::Care;
pub use changes::tell_paired;
pub use comments::{Comment, Comments, Theme};
pub use compare::{Against, Comparison, Series, compare};
pub use difference::Correction;
pub use disclosure::{Find, K_FLOOR, Rules, attack};
pub use group::{Condition, Group};
pub use ledger::{Ledger, Publication};
pub use look::{Drawn, cut, drawn_as, sort};
pub use nets::net_score;
pub use outside::{Own, beside};
pub use profile::profile;
pub use publish::{Published, publish};
pub use quoted::add_intervals;
pub use scale::NoAlpha;
pub use shape::{Analysis, GridShape, PairedItem, Pairing, SetKind, SetShape, Side, SurveyShape};
pub use shares::{HARDLY_ANY, NEARLY_ALL};
pub use summary::Completeness;
pub use trend::{Trend, Turn, Wave, trend};
pub use weighted::{Known, Margin, Weighting, weighted};
