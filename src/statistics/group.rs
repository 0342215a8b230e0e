//! Groups: the people that a figure is about.

use crate::survey::{Answer, Column, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What makes somebody belong to a group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// At least one of these variables was shown to them.
    ShownTo(BTreeSet<String>),
    /// They chose this code of this variable: a segment.
    Chose {
        /// A choice variable.
        variable: String,
        /// The code they chose.
        code: String,
    },
}

/// The people who fulfil every condition; without any, everybody.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Group {
    conditions: BTreeSet<Condition>,
}

impl Group {
    /// Everybody who answered the survey.
    #[must_use]
    pub fn everybody() -> Group {
        Group::default()
    }

    /// Those of the group who fulfil this too.
    #[must_use]
    pub fn and(mut self, condition: Condition) -> Group {
        self.conditions.insert(condition);
        self
    }

    /// The name under which the ledger knows it, the same however the group was put together:
    /// `everybody`, `shown-to:a+b`, `chose:section=sales,shown-to:plan`.
    #[must_use]
    pub fn key(&self) -> String {
        if self.conditions.is_empty() {
            return "everybody".to_owned();
        }
        let mut words: Vec<String> = self.conditions.iter().map(Condition::key).collect();
        words.sort();
        words.join(",")
    }

    /// The variables and codes that its people chose.
    pub(super) fn chosen(&self) -> impl Iterator<Item = (&str, &str)> {
        self.conditions.iter().filter_map(|condition| match condition {
            Condition::Chose { variable, code } => Some((variable.as_str(), code.as_str())),
            Condition::ShownTo(_) => None,
        })
    }

    /// The same people without regard to what was shown to them.
    pub(super) fn segment(&self) -> Group {
        let chosen = |condition: &&Condition| matches!(condition, Condition::Chose { .. });
        Group { conditions: self.conditions.iter().filter(chosen).cloned().collect() }
    }

    /// Which rows chose what its people chose, ascending.
    pub(super) fn chosen_rows<'c>(&self, columns: impl Fn(&str) -> Option<&'c Column>, n: usize) -> Vec<u32> {
        let tests: Vec<Option<Test<'c>>> = self.chosen().map(|(variable, code)| Some(Test::chose(columns(variable)?, code))).collect();
        let Some(tests) = tests.into_iter().collect::<Option<Vec<_>>>() else { return Vec::new() };
        rows(n).filter(|row| tests.iter().all(|test| test.holds(*row))).collect()
    }

    /// Which of these rows (`None`: of all) were shown what was shown to its people; `None`: all of all.
    pub(super) fn shown_rows<'c>(
        &self,
        columns: impl Fn(&str) -> Option<&'c Column>,
        n: usize,
        of: Option<Arc<[u32]>>,
    ) -> Option<Arc<[u32]>> {
        let mut left = of;
        for condition in &self.conditions {
            let Condition::ShownTo(variables) = condition else { continue };
            let tests: Vec<Test<'c>> = variables.iter().filter_map(|variable| columns(variable)).map(Test::shown).collect();
            if tests.iter().any(Test::always) {
                continue;
            }
            let holds = |row: &u32| tests.iter().any(|test| test.holds(*row));
            left = Some(match &left {
                None => rows(n).filter(holds).collect(),
                Some(all) => all.iter().copied().filter(holds).collect(),
            });
        }
        left
    }
}

/// The places of so many rows.
fn rows(n: usize) -> std::ops::Range<u32> {
    0..u32::try_from(n).unwrap_or(u32::MAX)
}

/// Something asked of each different answer of a column once.
struct Test<'a> {
    column: &'a Column,
    holds: Vec<bool>,
}

impl Test<'_> {
    fn shown(column: &Column) -> Test<'_> {
        Test { column, holds: column.entries().iter().map(|answer| *answer != Answer::NotShown).collect() }
    }

    fn chose<'a>(column: &'a Column, code: &str) -> Test<'a> {
        let chose = |answer: &Answer| match answer.value() {
            Some(Value::Choice(chosen)) => chosen == code,
            Some(Value::Choices(chosen)) => chosen.iter().any(|one| one == code),
            _ => false,
        };
        Test { column, holds: column.entries().iter().map(chose).collect() }
    }

    fn always(&self) -> bool {
        self.holds.iter().all(|holds| *holds)
    }

    fn holds(&self, row: u32) -> bool {
        self.column.cells().get(row as usize).is_some_and(|cell| self.holds[*cell as usize])
    }
}

impl Condition {
    fn key(&self) -> String {
        match self {
            Condition::ShownTo(variables) => format!("shown-to:{}", variables.iter().map(String::as_str).collect::<Vec<_>>().join("+")),
            Condition::Chose { variable, code } => format!("chose:{variable}={code}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::columns::Columns;
    use crate::survey::Batch;

    fn choice(code: &str) -> Answer {
        Answer::Given(Value::Choice(code.to_owned()))
    }

    #[test]
    fn members_and_keys() {
        let columns = [
            ("section".to_owned(), vec![choice("sales"), choice("sales"), Answer::Declined].into()),
            ("plan".to_owned(), vec![Answer::NotShown, Answer::Skipped, choice("yes")].into()),
        ];
        let batch = Batch { survey: "s".into(), number: 1, n: 3, columns: columns.into_iter().collect(), ..Batch::default() };
        let batches = [batch];
        let all = Columns::of("s", &batches);
        let sales = Group::everybody().and(Condition::Chose { variable: "section".into(), code: "sales".into() });
        let shown = Condition::ShownTo(BTreeSet::from(["plan".to_owned()]));
        let absent = Group::everybody().and(Condition::ShownTo(BTreeSet::from(["new".to_owned()])));
        for (group, places, key) in [
            (Group::everybody(), &[0, 1, 2][..], "everybody"),
            (sales.clone(), &[0, 1], "chose:section=sales"),
            (Group::everybody().and(shown.clone()), &[1, 2], "shown-to:plan"),
            (sales.and(shown), &[1], "chose:section=sales,shown-to:plan"),
            (absent, &[], "shown-to:new"),
        ] {
            // Twice: the second time the segment is known
            for _ in 0..2 {
                let members = all.partials(|rows| all.members(&group, rows).iter().collect::<Vec<_>>());
                assert_eq!((members.flatten().collect::<Vec<_>>().as_slice(), group.key().as_str()), (places, key));
            }
        }
        assert_eq!(Columns::of("other", &batches).n(), 0);
    }
}
