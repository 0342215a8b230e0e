//! Invitations: leave to answer once.

use super::ticket::Ticket;
use crate::survey::Carried;

/// Leave to answer once, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The sum of its token.
    pub ticket: Ticket,
    /// What its answers carry.
    pub carried: Carried,
    /// Whose it is; only where the survey is identified.
    pub person: Option<String>,
}

/// How an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It can be used.
    Open,
    /// An answer was given with it.
    Used,
    /// It was taken back.
    Revoked,
}

/// An invitation that was handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// The survey's id.
    pub survey: String,
    /// The invitation.
    pub invitation: Invitation,
    /// How it stands.
    pub standing: Standing,
}

/// What a store knows of who was invited. Every method may be called from any thread.
pub trait Invitations {
    /// Hands out invitations to a survey, all or none.
    ///
    /// # Errors
    /// Where the intake cannot be written, or one of the tickets was handed out before.
    fn invite(&self, survey: &str, invitations: Vec<Invitation>) -> anyhow::Result<()>;

    /// Takes back those of these invitations to the survey that were not used; returns how many.
    ///
    /// # Errors
    /// Where the intake cannot be written.
    fn revoke(&self, survey: &str, tickets: &[Ticket]) -> anyhow::Result<usize>;

    /// The invitation of this ticket, to whichever survey.
    ///
    /// # Errors
    /// Where the intake cannot be read.
    fn invitation(&self, ticket: &Ticket) -> anyhow::Result<Option<Invited>>;

    /// Every invitation to the survey, by its ticket.
    ///
    /// # Errors
    /// Where the intake cannot be read.
    fn invitations(&self, survey: &str) -> anyhow::Result<Vec<Invited>>;
}
