//! To which cohort of a year somebody belongs, as what answers carry: worked out from days that are looked at and not kept.

use super::days_in::Asked;
use crate::catalog::Cohorts;
use crate::catalog::cohorts::Dates;
use crate::catalog::read_cohorts::OTHERS;
use crate::language::{Day, FiscalYear};
use crate::survey::Attribute;
use std::collections::BTreeMap;

/// From what attributes by cohort are worked out.
#[derive(Debug, Clone, Copy)]
pub struct ByCohort<'a> {
    /// The cohorts, by id.
    pub cohorts: &'a BTreeMap<String, Cohorts>,
    /// A day of the fiscal year that counts.
    pub day: Day,
}

impl ByCohort<'_> {
    fn of(&self, attribute: &Attribute) -> Option<&Cohorts> {
        self.cohorts.get(attribute.cohort.as_ref()?)
    }

    /// The days that a list has to hold for these attributes.
    pub(super) fn asked<'s>(&self, attributes: impl Iterator<Item = &'s Attribute>) -> Asked {
        let mut asked = Asked::default();
        for cohorts in attributes.filter_map(|attribute| self.of(attribute)) {
            asked = Asked { joined: asked.joined || cohorts.asks_joined(), born: asked.born || cohorts.asks_born() };
        }
        asked
    }

    /// The cohort of somebody in the year that counts: of two the first, as it is called everywhere.
    pub(super) fn code(&self, attribute: &Attribute, dates: &Dates) -> Option<String> {
        let cohorts = self.of(attribute)?;
        let first = cohorts.of(dates, FiscalYear::of(self.day, cohorts.starts)).into_iter().next();
        let own = first.and_then(|at| cohorts.cohorts.get(at)).map(|cohort| cohort.id.clone());
        Some(own.unwrap_or_else(|| OTHERS.to_owned()))
    }
}
