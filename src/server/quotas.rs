//! Quotas at the counter: what answers count for, and whether there is still room, as far as that may be told.

use crate::store::{Claim, Store};
use crate::survey::{Answers, Quota, Response, Survey};

/// The quotas that these responses count for.
#[must_use]
pub fn claims(survey: &Survey, responses: &[Response]) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    for response in responses {
        for quota in survey.quotas_met(&response.answers) {
            match claims.iter_mut().find(|claim| claim.quota == quota.id && claim.revision == response.revision) {
                Some(claim) => claim.people += 1,
                None => {
                    claims.push(Claim { quota: quota.id.clone(), revision: response.revision, limit: u64::from(quota.limit), people: 1 })
                }
            }
        }
    }
    claims
}

/// The first quota that these answers count for and that is full as far as it may be told: nobody needs to go on who cannot be
/// taken. Whether there is room to the last one is decided when the answer is stored.
pub(super) fn full<'s>(store: &dyn Store, survey: &'s Survey, answers: &Answers) -> Option<&'s Quota> {
    let met = survey.quotas_met(answers);
    if met.is_empty() {
        return None;
    }
    // Where the store cannot be read now, the answer will be refused or stored in the end
    let told = store.quotas(&survey.id).ok()?;
    met.into_iter().find(|quota| told.get(&quota.id).is_some_and(|told| *told >= u64::from(quota.limit)))
}
