//! Invented answers for surveys that are samples: a plan in, tables out that `import responses` reads. The same plan gives the same
//! bytes on every machine.

mod random;
mod plan;
mod shape;
mod read_parts;
mod read_answer;
mod model;
mod truth;
mod read;
mod sheet;
mod table;

pub use plan::{Expected, Plan, Planted, Question};
pub use read::read;
pub use shape::PLAN;
pub use table::{Invented, invent};
pub use truth::{Truth, truths};
