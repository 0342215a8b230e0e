//! What a store promises, whichever database stands behind it. One trait says one thing; a store keeps all of them.

mod ticket;
mod invitations;
mod refusal;
mod lock;
mod intake;
mod batches;
mod closings;
mod publications;
mod keeping;
mod by_code;
mod taken_back;
mod nominations;
mod whole;

pub use batches::{Batches, Holding};
pub use by_code::{ByCode, Draft, MOST_DRAFT_BYTES, MOST_DRAFTS, Saving, Withdrawal};
pub use closings::Closings;
pub use intake::{Claim, Intake, Receipt, Submission};
pub use invitations::{Invitation, Invitations, Invited, Standing};
pub use keeping::{Keeping, Purge, Status, SurveyStatus};
pub use lock::Lock;
pub use nominations::{Kept, MOST_NOMINATIONS, Nominated, Nominating, Nominations, nomination_id};
pub use publications::{Publication, Publications};
pub use refusal::Refusal;
pub use taken_back::TakenBack;
pub use ticket::Ticket;
pub use whole::Store;
