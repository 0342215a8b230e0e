//! The types of content that have files of their own.

use super::{shape, shape_cohorts, shape_consultants, shape_data, shape_plan, shape_report, shape_site, shape_worksheet};
use crate::content::shape::Record;
use crate::survey::shape::SURVEY;

/// Every type of content that has a file of its own, by the name of its schema and of its part in the manual.
pub const TYPES: [(&str, &Record); 13] = [
    ("project", &shape::PROJECT),
    ("sources", &shape::SOURCES),
    ("site", &shape_site::SITE),
    ("page", &shape::PAGE),
    ("module", &shape::MODULE),
    ("lesson", &shape::LESSON),
    ("worksheet", &shape_worksheet::WORKSHEET),
    ("survey", &SURVEY),
    ("data", &shape_data::DATASET),
    ("report", &shape_report::REPORT),
    ("plan", &shape_plan::PLAN),
    ("cohorts", &shape_cohorts::COHORTS),
    ("consultants", &shape_consultants::CONSULTANTS),
];
