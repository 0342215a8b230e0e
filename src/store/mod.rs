//! Answers kept: durable before they are acknowledged, visible only in whole batches.
//!
//! Two files under `private/`: `intake.sqlite` takes single answers and forgets each once its batch is closed, `answers.sqlite`
//! keeps closed batches, sorted by content. The promise, exactly: *once a batch is closed, nothing that we keep links person,
//! order and answer; until then someone who reads the server's disk could.*

mod trouble;
mod digest;
mod rights;
mod sealed;
mod contract;
mod nowhere;
mod columns;
mod faults;
mod batch;
mod writer;
mod hold;
mod place;
mod copies;
mod sqlite;
mod open;
mod location;
mod space;
mod backup;
mod restore;

pub use backup::{Backup, back_up, is_backup, last_backup};
pub use columns::{decode_columns, decode_texts, encode_columns, encode_texts};
pub use contract::{
    Batches, ByCode, Claim, Closings, Draft, Holding, Intake, Invitation, Invitations, Invited, Keeping, Kept, Lock, MOST_DRAFT_BYTES,
    MOST_DRAFTS, MOST_NOMINATIONS, Nominated, Nominating, Nominations, Publication, Publications, Purge, Receipt, Refusal, Saving,
    Standing, Status, Store, Submission, SurveyStatus, TakenBack, Ticket, Withdrawal, nomination_id,
};
pub use faults::{Faults, PlaceStep, Step};
pub use location::{Risk, risks};
pub use nowhere::Nowhere;
pub use open::{ANSWERS, INTAKE, open, open_with, peek, peek_closings};
pub use restore::{Outcome, Restored, Wish, restore};
pub use rights::{make_private, write_private};
pub use sealed::{Handle, resume_code, seal, text_mark, unseal, withdrawal_code};
pub use space::free_space;
pub use trouble::Trouble;
