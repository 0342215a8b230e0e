//! Cards that others pick too: which worksheets have them, and where a window for them is opened on a server.

use crate::catalog::worksheet::{Holds, Named, Part};
use crate::catalog::{Module, Worksheet};

/// Where windows are opened and looked at.
pub const WINDOWS: &str = "/_window";

/// The cards that are picked from.
#[derive(Debug, Clone, Copy)]
pub struct Cards<'a> {
    /// The module of the worksheet.
    pub module: &'a Module,
    /// The worksheet.
    pub sheet: &'a Worksheet,
    /// The part with the cards.
    pub part: &'a Part,
}

impl<'a> Cards<'a> {
    /// The cards of a worksheet that others pick too.
    #[must_use]
    pub fn of(module: &'a Module, sheet: &'a Worksheet) -> Option<Cards<'a>> {
        let picked = |part: &&Part| matches!(part.holds, Holds::Cards { others: true, pick: Some(_), .. });
        Some(Cards { module, sheet, part: sheet.parts.iter().find(picked)? })
    }

    /// The families with their cards.
    #[must_use]
    pub fn families(&self) -> &'a [(Named, Vec<Named>)] {
        match &self.part.holds {
            Holds::Cards { families, .. } => families,
            _ => &[],
        }
    }

    /// How many are picked.
    #[must_use]
    pub fn pick(&self) -> usize {
        match self.part.holds {
            Holds::Cards { pick: Some(pick), .. } => pick as usize,
            _ => 0,
        }
    }
}
