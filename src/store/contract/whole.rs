//! All of the contract.

use super::batches::Batches;
use super::by_code::ByCode;
use super::closings::Closings;
use super::intake::Intake;
use super::invitations::Invitations;
use super::keeping::Keeping;
use super::nominations::Nominations;
use super::publications::Publications;
use super::taken_back::TakenBack;

/// A place that keeps answers. What is called on a `dyn Store` needs no other name in scope.
pub trait Store:
    Intake + Invitations + Batches + Closings + Publications + ByCode + TakenBack + Nominations + Keeping + Send + Sync
{
}

impl<S: Intake + Invitations + Batches + Closings + Publications + ByCode + TakenBack + Nominations + Keeping + Send + Sync> Store for S {}
