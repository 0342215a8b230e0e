//! The desk's first page.

use super::office::{Office, Showing};
use crate::pages::desk::frame::Listing;
use crate::pages::desk::overview::{Overview, page};
use crate::server::reply::Reply;
use crate::server::request::Request;
use crate::store::last_backup;
use crate::survey::definition::Opening;
use crate::survey::nomination::Stage;

impl Office<'_> {
    /// Every survey in a row.
    pub(super) fn overview(&self, request: &Request) -> anyhow::Result<Reply> {
        let status = self.store.status()?;
        let all = self.shelf.catalog.surveys.values().map(|survey| self.listing(survey, &status));
        let mut listings: Vec<Listing<'_>> = all.collect::<anyhow::Result<_>>()?;
        listings.sort_by_key(|listing| match listing.opening {
            Opening::Open => 0,
            Opening::NotYet(_) => 1,
            Opening::Closed(_) => 2,
        });
        let overview = Overview {
            listings: &listings,
            faulty: self.faults.is_some(),
            talks: self.store.nominations()?.iter().filter(|kept| kept.stage == Stage::New).count(),
            answered: status.surveys.values().any(|own| own.closed > 0),
            backup: last_backup(&self.means.private).map(|(day, _)| day),
        };
        Ok(self.show(Showing::asked(request), |desk| page(desk, &overview)))
    }
}
