//! What makes a submission happen once.

use crate::store::digest::digest;
use crate::survey::Token;

/// What makes a submission happen once, however often it is sent: the sum of a secret of one form or one invitation.
///
/// Only this sum is kept, so a store that is read gives no secret away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket([u8; 16]);

impl Ticket {
    /// The ticket of a secret (an invitation's token, the random number inside an open form, the bytes of an imported file).
    /// The same secret makes another ticket in another survey.
    #[must_use]
    pub fn of(survey: &str, secret: &[u8]) -> Ticket {
        let mut ticket = [0; 16];
        ticket.copy_from_slice(&digest(&[b"ticket", survey.as_bytes(), secret])[..16]);
        Ticket(ticket)
    }

    /// The ticket of an invitation's token: the same in every survey, so that a token is found whichever survey it belongs to.
    #[must_use]
    pub fn of_token(token: &Token) -> Ticket {
        let mut ticket = [0; 16];
        ticket.copy_from_slice(&digest(&[b"invitation", token.in_link().as_bytes()])[..16]);
        Ticket(ticket)
    }

    /// A ticket as it was kept.
    pub(in crate::store) fn kept(sum: [u8; 16]) -> Ticket {
        Ticket(sum)
    }

    /// The sum, 128 bits of SHA-256.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_belongs_to_its_survey() {
        assert_eq!(Ticket::of("pulse", b"abc"), Ticket::of("pulse", b"abc"));
        assert_ne!(Ticket::of("pulse", b"abc"), Ticket::of("entry", b"abc"));
        assert_ne!(Ticket::of("pulse", b"abc"), Ticket::of("pulse", b"abd"));
    }
}
