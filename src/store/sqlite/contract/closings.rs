//! Surveys that were closed by hand, on SQLite.

use super::super::closings;
use super::super::database::Database;
use crate::language::Day;
use crate::store::contract::Closings;
use anyhow::Result;
use std::collections::BTreeMap;

impl Closings for Database {
    fn closings(&self) -> Result<BTreeMap<String, Day>> {
        closings::all(&self.intake())
    }

    fn close_survey(&self, survey: &str, day: Day) -> Result<()> {
        let survey = survey.to_owned();
        self.writer.run(move |keeper| closings::close(keeper.intake()?, &survey, day))
    }

    fn reopen_survey(&self, survey: &str) -> Result<()> {
        let survey = survey.to_owned();
        self.writer.run(move |keeper| closings::reopen(keeper.intake()?, &survey))
    }
}
