//! Two sheets of one person: what somebody answered to another survey, beside what the same person answered here.
//!
//! Only sheets with one and the same identity to the letter belong together: the code of one's own as it is kept (`own_code`), or the
//! person of an identified survey. An identity that stands twice in one of the surveys pairs nobody: which of the two it was is not
//! guessed. The columns live in memory while figures are counted and are never stored.

use super::answer::{Answer, Value};
use super::response::Batch;
use std::collections::{BTreeMap, BTreeSet};

/// What stands between the name of a column and the survey that it comes from. No id has it.
const FROM: char = '@';

/// The name of another survey's column beside the own ones.
#[must_use]
pub fn joined_name(column: &str, survey: &str) -> String {
    format!("{column}{FROM}{survey}")
}

/// The column and the survey of such a name.
#[must_use]
pub fn joined_from(name: &str) -> Option<(&str, &str)> {
    name.split_once(FROM)
}

/// The rows of every identity that stands in one row only, as (batch, row).
fn once<'b>(batches: &'b [Batch], identity: &str) -> BTreeMap<&'b str, (usize, usize)> {
    let mut found: BTreeMap<&str, Option<(usize, usize)>> = BTreeMap::new();
    for (place, batch) in batches.iter().enumerate() {
        for (row, answer) in batch.columns.get(identity).into_iter().flatten().enumerate() {
            if let Some(Value::Choice(code)) = answer.value() {
                found.entry(code).and_modify(|place| *place = None).or_insert(Some((place, row)));
            }
        }
    }
    found.into_iter().filter_map(|(code, place)| Some((code, place?))).collect()
}

/// The batches with columns of another survey beside them: what the same person answered there; where nobody is found, it was not shown.
/// `other`: its batches in the names of today; `columns`: those that are wanted.
#[must_use]
pub fn join(own: &[Batch], survey: &str, other: &[Batch], identity: &str, columns: &BTreeSet<String>) -> Vec<Batch> {
    let (here, there) = (once(own, identity), once(other, identity));
    let mut joined = own.to_vec();
    for column in columns {
        let name = joined_name(column, survey);
        let nobody = |batch: &Batch| vec![Answer::NotShown; usize::try_from(batch.n).unwrap_or(0)];
        let mut beside: Vec<Vec<Answer>> = joined.iter().map(nobody).collect();
        for (code, (place, row)) in &here {
            let Some((from, at)) = there.get(code) else { continue };
            let answer = other.get(*from).and_then(|batch| batch.columns.get(column)).and_then(|answers| answers.get(*at));
            let cell = beside.get_mut(*place).and_then(|cells| cells.get_mut(*row));
            if let Some((cell, answer)) = cell.zip(answer) {
                cell.clone_from(answer);
            }
        }
        for (batch, answers) in joined.iter_mut().zip(beside) {
            batch.columns.insert(name.clone(), answers.into());
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(number: u32, rows: &[(&str, &str)]) -> Batch {
        let choice = |code: &str| if code.is_empty() { Answer::Skipped } else { Answer::Given(Value::Choice(code.to_owned())) };
        let columns = [
            ("own_code".to_owned(), rows.iter().map(|row| choice(row.0)).collect()),
            ("mood".to_owned(), rows.iter().map(|row| choice(row.1)).collect()),
        ];
        Batch { number, n: rows.len() as u64, columns: columns.into(), ..Batch::default() }
    }

    #[test]
    fn the_same_code_to_the_letter_and_no_other() {
        let before = [batch(1, &[("AB01", "1"), ("CD02", "2"), ("EF03", "3")]), batch(2, &[("EF03", "4"), ("GH04", "")])];
        let after =
            [batch(1, &[("AB01", "5"), ("CD02", "4"), ("EF03", "3"), ("GH04", "2"), ("1J05", "1")]), batch(2, &[("CD02", "1"), ("", "1")])];
        let joined = join(&after, "spring", &before, "own_code", &BTreeSet::from(["mood".to_owned()]));
        let given = |code: &str| Answer::Given(Value::Choice(code.to_owned()));
        // CD02 stands twice here, EF03 twice there, 1J05 is nobody, an empty one pairs nothing
        let none = Answer::NotShown;
        assert_eq!(joined[0].columns["mood@spring"], [given("1"), none.clone(), none.clone(), Answer::Skipped, none.clone()]);
        assert_eq!(joined[1].columns["mood@spring"], [none.clone(), none]);
        assert_eq!(joined[0].columns["mood"], after[0].columns["mood"]);
        assert_eq!((joined_from("mood@spring"), joined_from("mood")), (Some(("mood", "spring")), None));
    }
}
