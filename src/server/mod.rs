//! The strict gate, routes, replies, rebuilds and the socket loop.
//!
//! A request's way: `gate` (one well-formed request at a time, within its deadlines) → `serve` (tiny_http, workers) → a
//! [`Handler`] that sees a [`Request`] and answers a [`Reply`], no socket in sight → back through the gate.

mod gate;
mod gate_bridge;
mod gate_crowd;
mod gate_head;
mod gate_host;
mod gate_wire;
mod limits;
mod refusal;
mod reply;
mod request;
mod serve;
#[cfg(unix)]
mod socket_folder;
mod stop;

pub use limits::Limits;
pub use refusal::Refusal;
pub use reply::{Policy, Reply, etag};
pub use request::{Form, Headers, Method, Request};
pub use serve::{Handler, Running, serve};
pub use stop::on_stop;
