//! The strict gate, routes, replies, rebuilds and the socket loop.
//!
//! A request's way: `gate` (one well-formed request at a time, within its deadlines) → `serve` (tiny_http and its workers) →
//! a handler that sees a `Request` and answers a `Reply`, no socket in sight → back through the gate.

pub mod limits;
pub mod refusal;
pub mod request;
pub mod reply;
mod gate_head;
mod gate_host;
mod gate_wire;
mod gate_crowd;
mod gate_inside;
mod gate_bridge;
mod gate;
pub mod serve;
pub mod stop;
pub mod clock;
pub mod shelf;
pub mod stage;
mod tries;
mod outcomes;
pub mod password;
pub mod sessions;
pub mod multipart;
mod invitations;
mod quotas;
mod forms;
mod drafts;
mod results;
mod withdrawals;
mod nominations;
pub mod room_code;
pub mod room_address;
pub mod room;
mod room_join;
mod room_screen;
pub mod windows;
mod window_join;
mod desk;
mod manual;
pub mod watch;
pub mod rebuild;
pub mod routes;

pub use desk::Means;
pub use forms::terms;
pub use quotas::claims;
