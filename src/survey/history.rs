//! What the parts of a survey were called before: answers that were given under an old id are read as those of the new one.

use super::answer::{Answer, Value};
use super::attribute::Carried;
use super::column::Column;
use super::mark::Marks;
use super::response::Batch;
use std::collections::{BTreeMap, BTreeSet};

/// Old names and what became of them. What is stored is never rewritten; reading turns it into today's names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// Old variable to the variable that it is today, attributes included.
    pub variables: BTreeMap<String, String>,
    /// Of an attribute of today: the first name that it had.
    pub oldest: BTreeMap<String, String>,
    /// Of a variable of today: old code to the code that it is today.
    pub codes: BTreeMap<String, BTreeMap<String, String>>,
    /// Variables that were taken out on purpose: nobody needs to be told that answers to them are there.
    pub removed: BTreeSet<String>,
}

impl History {
    /// What a variable that was stored is called today.
    #[must_use]
    pub fn variable<'n>(&'n self, stored: &'n str) -> &'n str {
        self.variables.get(stored).map_or(stored, String::as_str)
    }

    /// What a variable of today was called before, in order.
    #[must_use]
    pub fn formerly(&self, variable: &str) -> Vec<&str> {
        self.variables.iter().filter(|(_, today)| *today == variable).map(|(old, _)| old.as_str()).collect()
    }

    /// What a code of a variable of today was called before, in order.
    #[must_use]
    pub fn code_formerly(&self, variable: &str, code: &str) -> Vec<&str> {
        let codes = self.codes.get(variable).into_iter().flatten();
        codes.filter(|(_, today)| *today == code).map(|(old, _)| old.as_str()).collect()
    }

    /// The first name that a variable of today had.
    #[must_use]
    pub fn oldest<'n>(&'n self, variable: &'n str) -> &'n str {
        self.oldest.get(variable).map_or(variable, String::as_str)
    }

    /// A batch in today's names. Where a batch holds answers under an old and a new name, each row keeps the one it has.
    #[must_use]
    pub fn read(&self, batch: Batch) -> Batch {
        if self.variables.is_empty() && self.codes.is_empty() {
            return batch;
        }
        let mut columns: BTreeMap<String, Column> = BTreeMap::new();
        for (stored, mut column) in batch.columns {
            let name = self.variable(&stored).to_owned();
            if let Some(codes) = self.codes.get(&name) {
                column = column.map(|answer| recoded(answer, codes));
            }
            match columns.remove(&name) {
                None => columns.insert(name, column),
                Some(other) => columns.insert(name, other.united(&column)),
            };
        }
        let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (stored, list) in batch.texts {
            let all = texts.entry(self.variable(&stored).to_owned()).or_default();
            all.extend(list);
            all.sort_unstable();
        }
        // Texts under two names stand together now: their marks would no longer be in their order
        let marks = Marks { texts: BTreeMap::new(), ..batch.marks };
        Batch { columns, texts, marks, ..batch }
    }

    /// What an invitation carries, in today's names.
    #[must_use]
    pub fn carried(&self, carried: &Carried) -> Carried {
        let today = |(attribute, code): (&String, &String)| {
            let name = self.variable(attribute);
            let code = self.codes.get(name).and_then(|codes| codes.get(code)).unwrap_or(code);
            (name.to_owned(), code.clone())
        };
        carried.iter().map(today).collect()
    }
}

fn recoded(answer: &Answer, codes: &BTreeMap<String, String>) -> Answer {
    let mut today = answer.clone();
    recode(&mut today, codes);
    today
}

fn recode(answer: &mut Answer, codes: &BTreeMap<String, String>) {
    let turn = |code: &mut String| {
        if let Some(today) = codes.get(code.as_str()) {
            code.clone_from(today);
        }
    };
    match answer {
        Answer::Given(Value::Choice(code)) => turn(code),
        Answer::Given(Value::Choices(all)) => {
            all.iter_mut().for_each(turn);
            // Two that became one are one
            let mut seen = BTreeSet::new();
            all.retain(|code| seen.insert(code.clone()));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(code: &str) -> Answer {
        Answer::Given(Value::Choice(code.to_owned()))
    }

    #[test]
    fn a_batch_from_before_and_after_a_renaming() {
        let text = |text: &str| text.to_owned();
        let history = History {
            variables: [(text("way"), text("commute")), (text("way_other"), text("commute_other"))].into(),
            codes: [(text("commute"), [(text("tram"), text("train"))].into())].into(),
            ..History::default()
        };
        let columns = [
            (text("commute"), vec![Answer::NotShown, choice("foot")].into()),
            (text("way"), vec![choice("tram"), Answer::NotShown].into()),
        ];
        let texts = [(text("commute_other"), vec![text("b")]), (text("way_other"), vec![text("a")])];
        let batch = Batch { n: 2, columns: columns.into(), texts: texts.into(), ..Batch::default() };
        let read = history.read(batch);
        assert_eq!(read.columns, [(text("commute"), vec![choice("train"), choice("foot")].into())].into());
        assert_eq!(read.texts, [(text("commute_other"), vec![text("a"), text("b")])].into());
        assert_eq!(history.formerly("commute"), ["way"]);
        let mut several = Answer::Given(Value::Choices(vec![text("tram"), text("train")]));
        recode(&mut several, &history.codes["commute"]);
        assert_eq!(several, Answer::Given(Value::Choices(vec![text("train")])));
    }
}
