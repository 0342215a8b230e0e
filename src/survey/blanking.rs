//! Attributes of answers that few share: blanked once the last answer is in, so that what is kept tells nobody apart by them.
//!
//! A person who was invited is known by a combination of attributes, and the used mark of an invitation says who answered. A row
//! whose combination fewer than k rows hold would point at one of few. So every row ends in a class of rows that show the same
//! attributes, and every class has at least k rows or is all there is:
//!
//! - A row in a class below k loses its last attribute (the order of the survey is the order of weight), then the one before, until
//!   its class is large enough.
//! - Rows that show nothing in the end are at least k: while they are fewer, the smallest other class joins them.
//!
//! Rows are put in order again, for a blanked value would still be told by its place among its sorted neighbours. With `deal`, all
//! rows of a revision are put in order together and dealt again to batches of the same sizes: who was in which batch is gone, too.

use super::answer::Answer;
use super::column::Column;
use super::mark::{Mark, marked};
use super::response::Batch;
use std::collections::BTreeMap;

/// What a row shows of its attributes.
type Class = Vec<Answer>;

/// The batches with no class of fewer than `k` rows in what their `attributes` show, each revision for itself. `deal` mixes the
/// batches of a revision; it must not be set where some of them were published without the others. Doing it again changes nothing.
#[must_use]
pub fn blank(batches: &[Batch], attributes: &[String], k: u64, deal: bool) -> Vec<Batch> {
    let mut result = batches.to_vec();
    let mut revisions: Vec<u32> = batches.iter().map(|batch| batch.revision).collect();
    revisions.sort_unstable();
    revisions.dedup();
    for revision in revisions {
        let mut own: Vec<&mut Batch> = result.iter_mut().filter(|batch| batch.revision == revision).collect();
        let classes = classes(&own, attributes, k);
        for batch in &mut own {
            let all = (0..rows(batch)).map(|row| class(batch, attributes, row));
            let shown: Vec<Class> = all.map(|own| classes.get(&own).cloned().unwrap_or(own)).collect();
            for (at, id) in attributes.iter().enumerate() {
                if let Some(column) = batch.columns.get_mut(id) {
                    *column = shown.iter().map(|class| class[at].clone()).collect();
                }
            }
        }
        if deal {
            dealt(&mut own);
        } else {
            own.into_iter().for_each(sort);
        }
    }
    result
}

fn rows(batch: &Batch) -> usize {
    usize::try_from(batch.n).unwrap_or(0)
}

fn class(batch: &Batch, attributes: &[String], row: usize) -> Class {
    let cell = |id: &String| batch.columns.get(id).and_then(|cells| cells.get(row)).cloned().unwrap_or(Answer::NotShown);
    attributes.iter().map(cell).collect()
}

/// What the rows of every class may show.
fn classes(batches: &[&mut Batch], attributes: &[String], k: u64) -> BTreeMap<Class, Class> {
    let mut sizes: BTreeMap<Class, u64> = BTreeMap::new();
    for batch in batches {
        for row in 0..rows(batch) {
            *sizes.entry(class(batch, attributes, row)).or_default() += 1;
        }
    }
    // What each class has become, and how many rows show that now
    let mut becomes: BTreeMap<Class, Class> = sizes.keys().map(|one| (one.clone(), one.clone())).collect();
    for at in (0..attributes.len()).rev() {
        let small: Vec<Class> = sizes.iter().filter(|(_, n)| **n < k).map(|(one, _)| one.clone()).collect();
        for one in small {
            let mut less = one.clone();
            less[at] = Answer::NotShown;
            join(&mut sizes, &mut becomes, &one, &less);
        }
    }
    let nothing: Class = vec![Answer::NotShown; attributes.len()];
    while sizes.get(&nothing).is_some_and(|n| *n < k) {
        let smallest = sizes.iter().filter(|(one, _)| **one != nothing).min_by_key(|(one, n)| (**n, (*one).clone()));
        let Some(smallest) = smallest.map(|(one, _)| one.clone()) else { break };
        join(&mut sizes, &mut becomes, &smallest, &nothing);
    }
    becomes
}

fn join(sizes: &mut BTreeMap<Class, u64>, becomes: &mut BTreeMap<Class, Class>, one: &Class, into: &Class) {
    if one == into {
        return;
    }
    let n = sizes.remove(one).unwrap_or(0);
    *sizes.entry(into.clone()).or_default() += n;
    becomes.values_mut().filter(|shown| *shown == one).for_each(|shown| shown.clone_from(into));
}

/// A row with its mark, which goes wherever the row goes.
type Row = (Vec<Answer>, Option<Mark>);

/// The rows of a batch, in order.
fn sorted_rows(batch: &Batch, names: &[String]) -> Vec<Row> {
    let cell = |name: &String, row: usize| batch.columns.get(name).and_then(|cells| cells.get(row)).cloned().unwrap_or(Answer::NotShown);
    let of = |row: usize| (names.iter().map(|name| cell(name, row)).collect(), batch.marks.row(row));
    let mut all: Vec<Row> = (0..rows(batch)).map(of).collect();
    all.sort_unstable();
    all
}

fn set_rows(batch: &mut Batch, names: &[String], rows: impl Iterator<Item = Row>) {
    let mut columns: Vec<Vec<Answer>> = names.iter().map(|_| Vec::new()).collect();
    let mut marks = Vec::new();
    for (row, mark) in rows {
        columns.iter_mut().zip(row).for_each(|(column, answer)| column.push(answer));
        marks.push(mark);
    }
    batch.columns = names.iter().cloned().zip(columns.into_iter().map(Column::from)).collect();
    batch.marks.rows = marked(marks);
}

fn sort(batch: &mut Batch) {
    let names: Vec<String> = batch.columns.keys().cloned().collect();
    let rows = sorted_rows(batch, &names);
    set_rows(batch, &names, rows.into_iter());
}

/// All rows and all texts of the batches, in order, dealt again in the sizes that the batches had.
fn dealt(batches: &mut [&mut Batch]) {
    let mut names: Vec<String> = batches.iter().flat_map(|batch| batch.columns.keys().cloned()).collect();
    names.sort_unstable();
    names.dedup();
    let mut all: Vec<Row> = batches.iter().flat_map(|batch| sorted_rows(batch, &names)).collect();
    all.sort_unstable();
    let mut rest = all.into_iter();
    let mut texts: BTreeMap<String, Vec<(String, Option<Mark>)>> = BTreeMap::new();
    for batch in batches.iter() {
        for (variable, list) in &batch.texts {
            let own = list.iter().enumerate().map(|(at, text)| (text.clone(), batch.marks.text(variable, at)));
            texts.entry(variable.clone()).or_default().extend(own);
        }
    }
    texts.values_mut().for_each(|list| list.sort_unstable());
    // How many of a batch wrote something would tell the batch's people: each takes as many as it can
    let mut texts: BTreeMap<String, _> = texts.into_iter().map(|(id, list)| (id, list.into_iter())).collect();
    for batch in batches {
        let n = rows(batch);
        set_rows(batch, &names, rest.by_ref().take(n));
        batch.texts.clear();
        batch.marks.texts.clear();
        for (id, rest) in &mut texts {
            let (own, marks): (Vec<String>, Vec<Option<Mark>>) = rest.by_ref().take(n).unzip();
            batch.texts.insert(id.clone(), own);
            let marks = marked(marks);
            if !marks.is_empty() {
                batch.marks.texts.insert(id.clone(), marks);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::Value;
    use std::collections::BTreeSet;

    const ATTRIBUTES: [&str; 2] = ["team", "age"];

    fn attributes() -> Vec<String> {
        ATTRIBUTES.map(str::to_owned).into()
    }

    fn choice(code: &str) -> Answer {
        Answer::Given(Value::Choice(code.to_owned()))
    }

    /// A batch of people of these teams and ages, each with an answer of their own.
    fn batch(number: u32, people: &[(&str, &str, usize)]) -> Batch {
        let each = || people.iter().flat_map(|(team, age, n)| (0..*n).map(move |at| (*team, *age, at)));
        let column = |of: &dyn Fn((&str, &str, usize)) -> String| each().map(|one| choice(&of(one))).collect::<Column>();
        let columns = BTreeMap::from([
            ("age".to_owned(), column(&|(_, age, _)| age.to_owned())),
            ("own".to_owned(), column(&|(team, age, at)| format!("{team}{age}{at}{number}"))),
            ("team".to_owned(), column(&|(team, _, _)| team.to_owned())),
        ]);
        Batch { number, revision: 1, n: each().count() as u64, columns, ..Batch::default() }
    }

    fn shown(batches: &[Batch]) -> BTreeMap<String, u64> {
        let mut held = BTreeMap::new();
        for batch in batches {
            for row in 0..rows(batch) {
                let told = class(batch, &attributes(), row);
                let name = told.iter().map(|answer| {
                    answer.value().map_or("*", |value| match value {
                        Value::Choice(code) => code.as_str(),
                        _ => "?",
                    })
                });
                *held.entry(name.collect::<Vec<_>>().join(" ")).or_default() += 1;
            }
        }
        held
    }

    #[test]
    fn a_row_loses_as_little_as_it_must() {
        for (people, expected) in [
            (&[("a", "1", 5), ("a", "2", 9)][..], "a 1 5, a 2 9"),
            // Three of one age join the two of another as «some age» of their team
            (&[("a", "1", 3), ("a", "2", 2), ("a", "3", 8)], "a * 5, a 3 8"),
            // Too few even so: they show nothing, and the smallest of the others hides them
            (&[("a", "1", 3), ("b", "2", 6), ("b", "3", 9)], "* * 9, b 3 9"),
            (&[("a", "1", 2), ("b", "1", 2)], "* * 4"),
            (&[("a", "1", 3), ("b", "2", 4), ("c", "3", 9)], "* * 7, c 3 9"),
        ] {
            let blanked = blank(&[batch(1, people)], &attributes(), 5, true);
            let told: Vec<String> = shown(&blanked).into_iter().map(|(name, n)| format!("{name} {n}")).collect();
            assert_eq!(told.join(", "), expected);
            assert_eq!(blank(&blanked, &attributes(), 5, true), blanked, "again: nothing changes");
        }
    }

    #[test]
    fn neither_place_nor_batch_tells_what_was_blanked() {
        let people = [("a", "1", 6), ("b", "1", 1), ("c", "1", 5)];
        let (first, second) = (batch(1, &people), batch(2, &[("a", "2", 4), ("b", "1", 1), ("a", "1", 7)]));
        let own = |batches: &[Batch]| -> BTreeSet<Answer> { batches.iter().flat_map(|batch| batch.columns["own"].clone()).collect() };
        for deal in [true, false] {
            let blanked = blank(&[first.clone(), second.clone()], &attributes(), 5, deal);
            assert_eq!(blanked.iter().map(|batch| batch.n).collect::<Vec<_>>(), [12, 12], "the sizes stay");
            assert_eq!(own(&blanked), own(&[first.clone(), second.clone()]), "nobody is lost");
            for batch in &blanked {
                let names: Vec<String> = batch.columns.keys().cloned().collect();
                let stored: Vec<Vec<Answer>> =
                    (0..rows(batch)).map(|row| names.iter().map(|name| batch.columns[name][row].clone()).collect()).collect();
                let sorted: Vec<Vec<Answer>> = sorted_rows(batch, &names).into_iter().map(|(row, _)| row).collect();
                assert_eq!(stored, sorted, "in the order of what is left");
            }
            // Whichever batch came first
            let turned = blank(&[second.clone(), first.clone()], &attributes(), 5, deal);
            assert_eq!(turned[0].columns == blanked[0].columns, deal);
        }
    }
}
