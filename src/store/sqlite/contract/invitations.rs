//! Invitations on SQLite.

use super::super::database::Database;
use super::super::invitations;
use crate::store::contract::{Invitation, Invitations, Invited, Ticket};
use anyhow::Result;

impl Invitations for Database {
    fn invite(&self, survey: &str, invitations: Vec<Invitation>) -> Result<()> {
        let (survey, all) = (survey.to_owned(), invitations);
        self.writer.run(move |keeper| invitations::hand_out(keeper.intake()?, &survey, &all))
    }

    fn revoke(&self, survey: &str, tickets: &[Ticket]) -> Result<usize> {
        let (survey, tickets) = (survey.to_owned(), tickets.to_vec());
        self.writer.run(move |keeper| invitations::revoke(keeper.intake()?, &survey, &tickets))
    }

    fn invitation(&self, ticket: &Ticket) -> Result<Option<Invited>> {
        invitations::find(&self.intake(), ticket)
    }

    fn invitations(&self, survey: &str) -> Result<Vec<Invited>> {
        invitations::all(&self.intake(), survey)
    }
}
