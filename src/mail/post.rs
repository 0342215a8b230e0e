//! The way to a mail server, step by step, and what can go wrong on each step.

use crate::content::MailAddress;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The server will not take this mail now (4xx); perhaps later.
    Later {
        /// Its code: `451`.
        code: String,
        /// What it said.
        said: String,
    },
    /// The server will never take this mail (5xx).
    Never {
        /// Its code: `550`.
        code: String,
        /// What it said.
        said: String,
    },
    /// The server refuses us, whoever the mail is for: a password, a certificate, a sender.
    Us(String),
    /// The connection is gone.
    Gone(String),
}

/// A way to a mail server.
pub trait Post {
    /// Connects, encrypts and shows who we are. What stood open before is left.
    ///
    /// # Errors
    /// Never [`Trouble::Never`].
    fn open(&mut self) -> Result<(), Trouble>;

    /// Names sender and recipient and asks for leave to hand the mail over. Nothing is delivered yet, whatever happens.
    ///
    /// # Errors
    /// Any; after [`Trouble::Gone`] it has to be opened again.
    fn address(&mut self, from: &MailAddress, to: &MailAddress) -> Result<(), Trouble>;

    /// Hands the mail over. After [`Trouble::Gone`] nobody knows whether the server has it.
    ///
    /// # Errors
    /// Any but [`Trouble::Us`].
    fn hand_over(&mut self, mail: &[u8]) -> Result<(), Trouble>;

    /// Takes leave, if anything is open.
    fn close(&mut self);
}
