//! Taking answers on SQLite.

use super::super::database::Database;
use super::super::failure::At;
use super::super::quotas;
use super::super::terms::read_terms;
use crate::store::batch::same_survey;
use crate::store::columns::encode_row;
use crate::store::contract::{Claim, Intake, Lock, Receipt, Refusal, Submission, Ticket};
use crate::store::writer::Deposit;
use crate::survey::Response;
use anyhow::Result;
use std::collections::BTreeMap;

impl Intake for Database {
    fn submit(&self, submission: Submission) -> Result<Receipt, Refusal> {
        let Submission { response, ticket, invitation, lock, draft, withdrawal, claims } = submission;
        if lock.wants_invitation() && invitation.is_none() {
            return Err(Refusal::Uninvited(None));
        }
        let rows = vec![(response.revision, encode_row(&response.answers))];
        self.writer.keep(Deposit { survey: response.survey, ticket, invitation, lock, claims, rows, draft, withdrawal })
    }

    fn import(&self, responses: Vec<Response>, ticket: Ticket, lock: Lock, claims: Vec<Claim>) -> Result<Receipt, Refusal> {
        let Some(survey) = responses.first().map(|response| response.survey.clone()) else {
            return Ok(Receipt::Stored);
        };
        if !same_survey(&responses) {
            return Err(Refusal::Failed("the responses belong to several surveys".to_owned()));
        }
        let rows = responses.iter().map(|response| (response.revision, encode_row(&response.answers))).collect();
        self.writer.keep(Deposit { survey, ticket, invitation: None, lock, claims, rows, draft: None, withdrawal: None })
    }

    fn lock(&self, survey: &str) -> Result<Option<Lock>> {
        let intake = self.intake();
        read_terms(&intake.connection, survey).at(&intake.path)
    }

    fn quotas(&self, survey: &str) -> Result<BTreeMap<String, u64>> {
        let intake = self.intake();
        quotas::told(&intake.connection, survey).at(&intake.path)
    }
}
