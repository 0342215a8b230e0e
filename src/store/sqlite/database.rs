//! The store on SQLite, as the rest of the program sees it.

use super::by_code;
use super::failure::At;
use super::file::File;
use super::invitations;
use super::keeper::SqliteKeeper;
use super::purge::purges;
use super::quotas;
use super::tables::{list, read_batches, single};
use super::taken_back;
use super::terms::read_terms;
use crate::language::Day;
use crate::store::batch::same_survey;
use crate::store::by_code::{ByCode, Draft, Saving, Withdrawal};
use crate::store::columns::encode_row;
use crate::store::contract::{Claim, Invitation, Invited, Lock, Publication, Purge, Receipt, Refusal, Status, Store, Submission, Ticket};
use crate::store::faults::Faults;
use crate::store::sealed::Handle;
use crate::store::taken_back::TakenBack;
use crate::store::writer::{Deposit, Writer};
use crate::survey::{Batch, Mark, Response, Token};
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Both files, a writer thread and a connection that reads.
pub(in crate::store) struct Database {
    // Dropped before the writer, whose connection can empty the log when it is the last to go
    intake: Mutex<File>,
    writer: Writer<SqliteKeeper>,
    answers: PathBuf,
}

impl Database {
    /// Opens both files, making them where they are not there yet. `turn` is the file by which processes take turns at closing.
    pub(in crate::store) fn open(intake: &Path, answers: &Path, turn: PathBuf, faults: Arc<Faults>) -> Result<Database> {
        let keeper = SqliteKeeper::open(intake, answers, turn, Arc::clone(&faults))?;
        let reader = File::read(intake)?;
        Ok(Database { writer: Writer::start(keeper, faults)?, intake: Mutex::new(reader), answers: answers.to_owned() })
    }

    fn intake(&self) -> MutexGuard<'_, File> {
        // A reader holds nothing that a panic could leave half done
        self.intake.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(
        &self,
        responses: Vec<Response>,
        ticket: Ticket,
        invitation: Option<Ticket>,
        lock: Lock,
        claims: Vec<Claim>,
        (draft, withdrawal): (Option<Handle>, Option<Handle>),
    ) -> Result<Receipt, Refusal> {
        let Some(survey) = responses.first().map(|response| response.survey.clone()) else {
            return Ok(Receipt::Stored);
        };
        if !same_survey(&responses) {
            return Err(Refusal::Failed("the responses belong to several surveys".to_owned()));
        }
        let rows = responses.iter().map(|response| (response.revision, encode_row(&response.answers))).collect();
        self.writer.keep(Deposit { survey, ticket, invitation, lock, claims, rows, draft, withdrawal })
    }
}

impl Store for Database {
    fn submit(&self, submission: Submission) -> Result<Receipt, Refusal> {
        if submission.lock.wants_invitation() && submission.invitation.is_none() {
            return Err(Refusal::Uninvited(None));
        }
        let own = (submission.draft, submission.withdrawal);
        self.keep(vec![submission.response], submission.ticket, submission.invitation, submission.lock, submission.claims, own)
    }

    fn import(&self, responses: Vec<Response>, ticket: Ticket, lock: Lock, claims: Vec<Claim>) -> Result<Receipt, Refusal> {
        self.keep(responses, ticket, None, lock, claims, (None, None))
    }

    fn invite(&self, survey: &str, invitations: Vec<Invitation>) -> Result<()> {
        let survey = survey.to_owned();
        self.writer.run(move |keeper| keeper.invite(&survey, &invitations))
    }

    fn revoke(&self, survey: &str, tickets: &[Ticket]) -> Result<usize> {
        let (survey, tickets) = (survey.to_owned(), tickets.to_vec());
        self.writer.run(move |keeper| keeper.revoke(&survey, &tickets))
    }

    fn invitation(&self, ticket: &Ticket) -> Result<Option<Invited>> {
        invitations::find(&self.intake(), ticket)
    }

    fn invitations(&self, survey: &str) -> Result<Vec<Invited>> {
        invitations::all(&self.intake(), survey)
    }

    fn waiting(&self, survey: &str) -> Result<u64> {
        let count = "SELECT count(*) FROM intake WHERE survey = ?1 AND batch = 0";
        Ok(single(&self.intake(), count, [survey], |row| row.get::<_, i64>(0))?.unwrap_or(0).unsigned_abs())
    }

    fn close_batch(&self, survey: &str, texts: &BTreeSet<String>, at_least: u64) -> Result<Vec<u32>> {
        let (survey, texts) = (survey.to_owned(), texts.clone());
        self.writer.run(move |keeper| keeper.close(&survey, &texts, at_least))
    }

    fn batches(&self, survey: &str) -> Result<Vec<Batch>> {
        let answers = File::read(&self.answers)?;
        let moment = answers.connection.unchecked_transaction().at(&self.answers)?;
        let batches = read_batches(&answers, survey, None)?;
        moment.finish().at(&self.answers)?;
        Ok(batches)
    }

    fn replace(&self, survey: &str, batches: Vec<Batch>) -> Result<()> {
        let survey = survey.to_owned();
        self.writer.run(move |keeper| keeper.replace(&survey, &batches))
    }

    fn lock(&self, survey: &str) -> Result<Option<Lock>> {
        let intake = self.intake();
        read_terms(&intake.connection, survey).at(&intake.path)
    }

    fn quotas(&self, survey: &str) -> Result<BTreeMap<String, u64>> {
        let intake = self.intake();
        quotas::told(&intake.connection, survey).at(&intake.path)
    }

    fn ledger(&self, survey: &str) -> Result<Vec<Publication>> {
        let answers = File::read(&self.answers)?;
        let rows: Vec<(String, u32, Option<String>, Option<i64>)> = list(
            &answers,
            "SELECT fingerprint, batches, key, n FROM publication LEFT JOIN publication_group USING (survey, fingerprint)
             WHERE survey = ?1",
            [survey],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )?;
        let mut publications: BTreeMap<String, Publication> = BTreeMap::new();
        for (fingerprint, batches, key, n) in rows {
            let publication = publications.entry(fingerprint).or_insert_with(|| Publication {
                survey: survey.to_owned(),
                batches,
                groups: BTreeMap::new(),
            });
            if let (Some(key), Some(n)) = (key, n) {
                publication.groups.insert(key, n.unsigned_abs());
            }
        }
        let mut publications: Vec<Publication> = publications.into_values().collect();
        publications.sort_unstable();
        Ok(publications)
    }

    fn record(&self, publication: &Publication) -> Result<()> {
        let publication = publication.clone();
        self.writer.run(move |keeper| keeper.record(&publication))
    }

    fn closings(&self) -> Result<BTreeMap<String, Day>> {
        let rows: Vec<(String, String)> =
            list(&self.intake(), "SELECT survey, day FROM survey_closed", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.into_iter()
            .map(|(survey, day)| {
                let day = Day::parse(&day).with_context(|| format!("{day} is no day"))?;
                Ok((survey, day))
            })
            .collect()
    }

    fn close_survey(&self, survey: &str, day: Day) -> Result<()> {
        let survey = survey.to_owned();
        self.writer.run(move |keeper| keeper.close_survey(&survey, day))
    }

    fn reopen_survey(&self, survey: &str) -> Result<()> {
        let survey = survey.to_owned();
        self.writer.run(move |keeper| keeper.reopen_survey(&survey))
    }

    fn copy(&self, intake: &Path, answers: &Path) -> Result<u64> {
        let (intake, answers) = (intake.to_owned(), answers.to_owned());
        self.writer.run(move |keeper| keeper.copy(&intake, &answers))
    }

    fn purge(&self, purge: &Purge, figures: &str) -> Result<()> {
        let (purge, figures) = (purge.clone(), figures.to_owned());
        self.writer.run(move |keeper| keeper.purge(&purge, &figures))
    }

    fn wipe(&self) -> Result<bool> {
        // The reader's own view of the log would be in the way
        let _reader = self.intake();
        self.writer.run(SqliteKeeper::wipe)
    }

    fn purges(&self) -> Result<Vec<Purge>> {
        purges(&File::read(&self.answers)?)
    }

    fn kept_figures(&self, survey: &str) -> Result<Option<String>> {
        single(&File::read(&self.answers)?, "SELECT figures FROM purged WHERE survey = ?1", [survey], |row| row.get(0))
    }

    fn status(&self) -> Result<Status> {
        // On the writer's thread: between the reading of the one file and of the other no batch may move over
        self.writer.run(|keeper| keeper.status())
    }
}

impl ByCode for Database {
    fn save_draft(&self, draft: Draft) -> Result<Saving> {
        self.writer.run(move |keeper| keeper.save_draft(&draft))
    }

    fn draft(&self, survey: &str, handle: &Handle, today: Day) -> Result<Option<Vec<u8>>> {
        by_code::find(&self.intake(), survey, handle, today)
    }

    fn discard_draft(&self, survey: &str, handle: &Handle) -> Result<bool> {
        let (survey, handle) = (survey.to_owned(), *handle);
        self.writer.run(move |keeper| keeper.discard_draft(&survey, &handle))
    }

    fn purge_drafts(&self, today: Day) -> Result<usize> {
        self.writer.run(move |keeper| keeper.purge_drafts(today))
    }

    fn withdrawal(&self, survey: &str, handle: &Handle) -> Result<Option<Withdrawal>> {
        if let Some(standing) = by_code::standing(&self.intake(), survey, handle)? {
            return Ok(Some(standing));
        }
        taken_back::standing(&File::read(&self.answers)?, survey, handle.mark())
    }

    fn withdraw(&self, survey: &str, handle: &Handle) -> Result<Option<Withdrawal>> {
        let (survey, handle) = (survey.to_owned(), *handle);
        self.writer.run(move |keeper| keeper.withdraw(&survey, &handle))
    }
}

impl TakenBack for Database {
    fn take_back(&self, survey: &str, code: &Token) -> Result<Option<Withdrawal>> {
        let (survey, code) = (survey.to_owned(), code.clone());
        self.writer.run(move |keeper| keeper.take_back(&survey, &code))
    }

    fn taken_back(&self, survey: &str) -> Result<BTreeSet<Mark>> {
        taken_back::taken(&File::read(&self.answers)?, survey)
    }

    fn let_leave(&self, survey: &str, marks: &BTreeSet<Mark>) -> Result<()> {
        let (survey, marks) = (survey.to_owned(), marks.clone());
        self.writer.run(move |keeper| keeper.let_leave(&survey, &marks))
    }
}
