//! Groups: the people that a figure is about.

use super::columns::Rows;
use crate::survey::{Answer, Value};
use std::collections::BTreeSet;

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

    /// Which rows belong to it, in their order; `None`: all of them.
    pub(super) fn members(&self, rows: Rows<'_>) -> Option<Vec<bool>> {
        if self.conditions.is_empty() {
            return None;
        }
        let mut members = vec![true; rows.n()];
        for condition in &self.conditions {
            for (member, holds) in members.iter_mut().zip(condition.holds(rows)) {
                *member &= holds;
            }
        }
        Some(members)
    }
}

impl Condition {
    fn key(&self) -> String {
        match self {
            Condition::ShownTo(variables) => format!("shown-to:{}", variables.iter().map(String::as_str).collect::<Vec<_>>().join("+")),
            Condition::Chose { variable, code } => format!("chose:{variable}={code}"),
        }
    }

    fn holds(&self, rows: Rows<'_>) -> Vec<bool> {
        match self {
            Condition::ShownTo(variables) => {
                let mut shown = vec![false; rows.n()];
                for variable in variables {
                    for (shown, answer) in shown.iter_mut().zip(rows.answers(variable)) {
                        *shown |= *answer != Answer::NotShown;
                    }
                }
                shown
            }
            Condition::Chose { variable, code } => rows
                .answers(variable)
                .map(|answer| match answer.value() {
                    Some(Value::Choice(chosen)) => chosen == code,
                    Some(Value::Choices(chosen)) => chosen.contains(code),
                    _ => false,
                })
                .collect(),
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
            ("section".to_owned(), vec![choice("sales"), choice("sales"), Answer::Declined]),
            ("plan".to_owned(), vec![Answer::NotShown, Answer::Skipped, choice("yes")]),
        ];
        let batch = Batch { survey: "s".into(), number: 1, n: 3, columns: columns.into_iter().collect(), ..Batch::default() };
        let batches = [batch];
        let all = Columns::of("s", &batches);
        let sales = Group::everybody().and(Condition::Chose { variable: "section".into(), code: "sales".into() });
        let shown = Condition::ShownTo(BTreeSet::from(["plan".to_owned()]));
        let absent = Group::everybody().and(Condition::ShownTo(BTreeSet::from(["new".to_owned()])));
        for (group, size, key) in [
            (Group::everybody(), 3, "everybody"),
            (sales.clone(), 2, "chose:section=sales"),
            (Group::everybody().and(shown.clone()), 2, "shown-to:plan"),
            (sales.and(shown), 1, "chose:section=sales,shown-to:plan"),
            (absent, 0, "shown-to:new"),
        ] {
            let members = |rows: Rows<'_>| group.members(rows).map_or(rows.n(), |members| members.into_iter().filter(|own| *own).count());
            assert_eq!((all.partials(members).sum::<usize>(), group.key().as_str()), (size, key));
        }
        assert_eq!(Columns::of("other", &batches).n(), 0);
    }
}
