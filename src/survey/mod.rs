//! What is asked, what is answered, what comes of it: pure, the heart. No I/O, no clock, no HTML.

pub mod answer;
pub mod figure;
pub mod exhibit;
pub mod response;
pub mod variable;

pub use answer::{Answer, Answers, Value};
pub use exhibit::Exhibit;
pub use figure::Figure;
pub use response::{Batch, Response};
pub use variable::{Category, Measure, Variable};
