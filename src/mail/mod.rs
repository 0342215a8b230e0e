//! Letters by mail: each to one person, through a server of the organisation, once.
//!
//! `message` makes a mail, `post` is the way to the server, `journal` remembers what went out, `mailing` sends one after the other.

pub mod message;
pub mod journal;
pub mod post;
pub mod smtp;
pub mod mailing;
