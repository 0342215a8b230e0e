//! What is asked, what is answered, what comes of it: pure, the heart. No I/O, no clock, no HTML.

pub mod figure;
pub mod exhibit;
pub mod variable;
pub mod answer;
pub mod response;
pub mod expression;
pub mod condition;
pub mod check;
pub mod question;
pub mod variables;
pub mod scoring;
pub mod definition;
pub mod complaint;
pub mod field;
mod judge_one;
mod judge_several;
pub mod accept;
mod shape_kinds;
pub mod shape;
mod read_parts;
mod read_kind;
mod read_question;
mod read_scale;
pub mod read;

pub use accept::Judgement;
pub use answer::{Answer, Answers, Value};
pub use complaint::{Complaint, Fault};
pub use condition::Condition;
pub use definition::Survey;
pub use exhibit::Exhibit;
pub use field::Raw;
pub use figure::Figure;
pub use question::Question;
pub use response::{Batch, Response};
pub use scoring::Scale;
pub use variable::{Category, Measure, Variable};
