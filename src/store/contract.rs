//! What a store promises, whichever database stands behind it.

use super::by_code::ByCode;
use super::digest::digest;
use super::sealed::Handle;
use super::taken_back::TakenBack;
use super::trouble::Trouble;
use crate::language::{Day, Words};
use crate::survey::{Batch, Carried, Response, Token};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

pub use super::lock::Lock;
pub use super::publication::Publication;
pub use super::status::{Purge, Status, SurveyStatus};

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
    pub(super) fn kept(sum: [u8; 16]) -> Ticket {
        Ticket(sum)
    }

    /// The sum, 128 bits of SHA-256.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

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

/// A quota that answers count for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its id.
    pub quota: String,
    /// The revision that was answered.
    pub revision: u32,
    /// How many it takes.
    pub limit: u64,
    /// How many of the answers count for it.
    pub people: u64,
}

/// One accepted sheet on its way into the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The answers.
    pub response: Response,
    /// What makes a second sending harmless.
    pub ticket: Ticket,
    /// The invitation that it uses up; needed where the terms say `access: invited`.
    pub invitation: Option<Ticket>,
    /// The terms under which it was given.
    pub lock: Lock,
    /// The draft of this sheet, if there is one: deleted in the same moment.
    pub draft: Option<Handle>,
    /// By which it can be taken back until its batch is closed.
    pub withdrawal: Option<Handle>,
    /// The quotas that it counts for.
    pub claims: Vec<Claim>,
}

/// What became of a submission. Either way it is on the disk now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipt {
    /// Stored by this call.
    Stored,
    /// Its ticket was used before; the first sending stands, this one changed nothing.
    AlreadyStored,
}

/// Why nothing was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Too many submissions wait to be written (4,096); worth another try in a second.
    Busy,
    /// The survey's terms differ from those of its first answer.
    Locked {
        /// The names of the settings that differ, in order.
        changed: Vec<String>,
    },
    /// The operator has closed the survey.
    Closed,
    /// A quota has no room for it.
    Full {
        /// Its id.
        quota: String,
    },
    /// There is no such invitation to this survey (`None`), or it was used or revoked.
    Uninvited(Option<Standing>),
    /// The disk or the database failed.
    NotStored(Trouble),
    /// Something inside the program failed; the detail is for its log.
    Failed(String),
}

impl Refusal {
    /// What happened, for the operator; a respondent's page has its own phrases.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Refusal::Busy => Words::new(
                "回答が集中しているため、まだ保存できていません。少し待ってから、もう一度送信してください。",
                "Too many answers are arriving at once, so this one is not stored yet. Wait a moment and send it again.",
            ),
            Refusal::Locked { changed } => Words::new(
                format!("最初の回答のあとに設定が変わっているため、保存できません({})。設定を元に戻してください。", changed.join("、")),
                format!("Not stored: settings have changed since the first answer ({}). Set them back.", changed.join(", ")),
            ),
            Refusal::Closed => Words::new(
                "アンケートの受け付けは終わっています。回答は保存していません。",
                "The survey has been closed; the answer is not stored.",
            ),
            Refusal::Full { quota } => Words::new(
                format!("枠「{quota}」の定員を超えるため、保存していません。受け付けるには、アンケートの quotas で定員を増やします。"),
                format!("Not stored: the quota “{quota}” has no room. Raise its limit in the survey to take more."),
            ),
            Refusal::Uninvited(standing) => match standing {
                Some(Standing::Used) => Words::new("この招待では、もう回答されています。", "This invitation was used already."),
                Some(Standing::Revoked) => Words::new("この招待は取り消されています。", "This invitation was revoked."),
                Some(Standing::Open) | None => {
                    Words::new("このアンケートへの招待ではありません。", "This is no invitation to this survey.")
                }
            },
            Refusal::NotStored(trouble) => trouble.words().clone(),
            Refusal::Failed(detail) => Words::new(format!("保存できませんでした({detail})。"), format!("Not stored ({detail}).")),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().en)
    }
}

impl std::error::Error for Refusal {}

/// The variables that a store has columns for, whether or not anybody answered, by survey.
pub type Holding = BTreeMap<String, BTreeSet<String>>;

/// A place that keeps answers. Every method may be called from any thread.
pub trait Store: ByCode + TakenBack + Send + Sync {
    /// Stores one sheet and returns once it is durable: after the commit, with the disk told to flush.
    ///
    /// # Errors
    /// A [`Refusal`]; nothing of the submission is kept then, and it may be sent again.
    fn submit(&self, submission: Submission) -> Result<Receipt, Refusal>;

    /// Stores many answers to one survey, all or none, under one ticket (of the file they came from). They count for quotas as answers
    /// that come one by one do.
    ///
    /// # Errors
    /// A [`Refusal`], also where the responses are of several surveys; nothing is kept then.
    fn import(&self, responses: Vec<Response>, ticket: Ticket, lock: Lock, claims: Vec<Claim>) -> Result<Receipt, Refusal>;

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

    /// How many answers to the survey wait for their batch.
    ///
    /// # Errors
    /// Where the intake cannot be read.
    fn waiting(&self, survey: &str) -> anyhow::Result<u64>;

    /// Closes the waiting answers into batches, one a revision, where a revision has `at_least` of them (and at least one).
    ///
    /// `texts` names the variables of free text; a variable in which any answer is a text counts as one of them in any case.
    /// Returns the numbers of the new batches; empty when too few wait.
    ///
    /// # Errors
    /// Where a file cannot be read or written. What was begun is finished by the next call or the next start.
    fn close_batch(&self, survey: &str, texts: &BTreeSet<String>, at_least: u64) -> anyhow::Result<Vec<u32>>;

    /// Every closed batch of the survey, by number: one moment's view.
    ///
    /// # Errors
    /// Where a file cannot be read, or a stored batch is not whole.
    fn batches(&self, survey: &str) -> anyhow::Result<Vec<Batch>>;

    /// Puts these batches of the survey in the place of those with their numbers: the same people, less of what their answers
    /// carried. What stood there before is wiped; where another program is in the way, by itself as soon as it has gone.
    ///
    /// # Errors
    /// Where a file cannot be written, a batch is not there, or holds another number of answers.
    fn replace(&self, survey: &str, batches: Vec<Batch>) -> anyhow::Result<()>;

    /// The terms that the survey's first answer fixed; `None` before it.
    ///
    /// # Errors
    /// Where the intake cannot be read.
    fn lock(&self, survey: &str) -> anyhow::Result<Option<Lock>>;

    /// How many answers count for each quota of the survey, as far as it may be told: of closed batches with k people or more. How
    /// many there are to the last one is known to the store alone.
    ///
    /// # Errors
    /// Where the intake cannot be read.
    fn quotas(&self, survey: &str) -> anyhow::Result<BTreeMap<String, u64>>;

    /// Every publication of the survey so far, fewest batches first.
    ///
    /// # Errors
    /// Where a file cannot be read.
    fn ledger(&self, survey: &str) -> anyhow::Result<Vec<Publication>>;

    /// Enters a publication into the ledger, durably; one that stands there already changes nothing.
    ///
    /// # Errors
    /// Where a file cannot be written.
    fn record(&self, publication: &Publication) -> anyhow::Result<()>;

    /// The surveys that were closed by hand, and on which day.
    ///
    /// # Errors
    /// Where the intake cannot be read.
    fn closings(&self) -> anyhow::Result<BTreeMap<String, Day>>;

    /// Closes the survey: from now on nothing more is stored. One that is closed already keeps its day.
    ///
    /// # Errors
    /// Where the intake cannot be written.
    fn close_survey(&self, survey: &str, day: Day) -> anyhow::Result<()>;

    /// Takes answers again. Whether anything speaks against it (figures that were published at the close) is the caller's to ask.
    ///
    /// # Errors
    /// Where the intake cannot be written.
    fn reopen_survey(&self, survey: &str) -> anyhow::Result<()>;

    /// Copies both files as they stand at one moment, without waiting answers and drafts, and checks the copies. How many answers
    /// are in them.
    ///
    /// # Errors
    /// Where a file cannot be read or written, a copy is not sound, or another program holds up the closing of a batch.
    fn copy(&self, intake: &Path, answers: &Path) -> anyhow::Result<u64>;

    /// Deletes all that is kept of the survey, for good: answers, texts, tickets, invitations, drafts. Its figures are kept as they
    /// were published, the ledger stays, and nothing is stored of the survey any more. The freed bytes are [`Store::wipe`]d next.
    ///
    /// # Errors
    /// Where a file cannot be written, or the survey was purged before.
    fn purge(&self, purge: &Purge, figures: &str) -> anyhow::Result<()>;

    /// Wipes the bytes that purges have freed; false where another program holds a file, then it is to be called again.
    ///
    /// # Errors
    /// Where a file cannot be written.
    fn wipe(&self) -> anyhow::Result<bool>;

    /// Every purge there was, by survey.
    ///
    /// # Errors
    /// Where a file cannot be read.
    fn purges(&self) -> anyhow::Result<Vec<Purge>>;

    /// The figures of a survey that was purged, as they were kept.
    ///
    /// # Errors
    /// Where a file cannot be read.
    fn kept_figures(&self, survey: &str) -> anyhow::Result<Option<String>>;

    /// How many answers stand where.
    ///
    /// # Errors
    /// Where a file cannot be read.
    fn status(&self) -> anyhow::Result<Status>;
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

    #[test]
    fn differing_terms_are_named() {
        let first: Lock = [("mode", "anonymous"), ("k", "5")].into_iter().collect();
        let later: Lock = [("mode", "identified"), ("k", "5"), ("attributes", "age")].into_iter().collect();
        assert_eq!(first.differences(&later), ["attributes", "mode"]);
        assert_eq!(first.differences(&first), [""; 0]);
    }

    #[test]
    fn a_fingerprint_names_the_content() {
        let one = Publication { survey: "pulse".into(), batches: 1, groups: [("all".to_owned(), 12)].into() };
        let two = Publication { groups: [("all".to_owned(), 13)].into(), ..one.clone() };
        assert_eq!(one.fingerprint(), one.clone().fingerprint());
        assert_eq!(one.fingerprint().len(), 32);
        assert_ne!(one.fingerprint(), two.fingerprint());
    }
}
