//! A column of answers: each different answer once, and for every row which one it is.
//!
//! A million people give a few different answers to a question, so what a statistic asks of an answer is asked of those few, and the
//! rows are numbers that are counted.

use super::answer::Answer;
use std::collections::BTreeMap;

/// What every row of a batch holds of one variable. Two columns are equal exactly where their rows are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// Ascending, each held by a row.
    entries: Vec<Answer>,
    /// For each row the index of its answer.
    cells: Vec<u32>,
}

impl Column {
    /// The same answer in every row.
    #[must_use]
    pub fn of_one(answer: Answer, rows: usize) -> Column {
        Column { entries: if rows == 0 { Vec::new() } else { vec![answer] }, cells: vec![0; rows] }
    }

    /// The column whose rows hold the answers at these indices; `None` where an index leads beyond the answers.
    #[must_use]
    pub fn of_cells(answers: Vec<Answer>, cells: Vec<u32>) -> Option<Column> {
        let mut held = vec![false; answers.len()];
        for cell in &cells {
            *held.get_mut(usize::try_from(*cell).ok()?)? = true;
        }
        let in_order = answers.windows(2).all(|pair| pair[0] < pair[1]);
        if in_order && held.iter().all(|held| *held) {
            return Some(Column { entries: answers, cells });
        }
        let kept: BTreeMap<&Answer, u32> = answers.iter().zip(&held).filter(|(_, held)| **held).map(|(answer, _)| (answer, 0)).collect();
        let entries: Vec<Answer> = kept.into_keys().cloned().collect();
        let place = |answer: &Answer| entries.binary_search(answer).ok().and_then(|place| u32::try_from(place).ok()).unwrap_or(0);
        let moved: Vec<u32> = answers.iter().map(place).collect();
        let cells = cells.into_iter().map(|cell| moved[cell as usize]).collect();
        Some(Column { entries, cells })
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The answer of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&Answer> {
        self.cells.get(row).map(|cell| &self.entries[*cell as usize])
    }

    /// The answers in the order of the rows.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Answer> {
        self.cells.iter().map(|cell| &self.entries[*cell as usize])
    }

    /// The different answers, ascending.
    #[must_use]
    pub fn entries(&self) -> &[Answer] {
        &self.entries
    }

    /// For each row the index of its answer in [`Column::entries`].
    #[must_use]
    pub fn cells(&self) -> &[u32] {
        &self.cells
    }

    /// How many rows hold each of the different answers, of these rows only (`None`: of all).
    #[must_use]
    pub fn counts(&self, rows: Option<&[u32]>) -> Vec<u64> {
        let mut counts = vec![0; self.entries.len()];
        match rows {
            None => self.cells.iter().for_each(|cell| counts[*cell as usize] += 1),
            Some(rows) => rows.iter().filter_map(|row| self.cells.get(*row as usize)).for_each(|cell| counts[*cell as usize] += 1),
        }
        counts
    }

    /// The rows at these places, in their order; those beyond the end are left out.
    #[must_use]
    pub fn pick(&self, rows: &[usize]) -> Column {
        let cells = rows.iter().filter_map(|row| self.cells.get(*row).copied()).collect();
        Column::of_cells(self.entries.clone(), cells).unwrap_or_default()
    }

    /// Every answer turned into another.
    #[must_use]
    pub fn map(&self, turn: impl Fn(&Answer) -> Answer) -> Column {
        Column::of_cells(self.entries.iter().map(turn).collect(), self.cells.clone()).unwrap_or_default()
    }

    /// Answers to one question under two names: of each row the one that says something.
    #[must_use]
    pub fn united(&self, other: &Column) -> Column {
        let mut known: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        let mut answers = Vec::new();
        let cells = self.cells.iter().zip(&other.cells).map(|(one, two)| {
            *known.entry((*one, *two)).or_insert_with(|| {
                answers.push(said(&self.entries[*one as usize], &other.entries[*two as usize]).clone());
                u32::try_from(answers.len() - 1).unwrap_or(u32::MAX)
            })
        });
        let cells = cells.collect();
        Column::of_cells(answers, cells).unwrap_or_default()
    }
}

fn said<'a>(one: &'a Answer, another: &'a Answer) -> &'a Answer {
    match (one, another) {
        (Answer::NotShown, _) => another,
        (_, Answer::Given(_)) if !matches!(one, Answer::Given(_)) => another,
        _ => one,
    }
}

impl FromIterator<Answer> for Column {
    fn from_iter<I: IntoIterator<Item = Answer>>(answers: I) -> Column {
        let mut known: BTreeMap<Answer, u32> = BTreeMap::new();
        let mut cells = Vec::new();
        for answer in answers {
            // No memory holds more than 2³² different answers
            let next = known.len();
            let cell = match known.get(&answer) {
                Some(cell) => *cell,
                None => *known.entry(answer).or_insert(u32::try_from(next).unwrap_or(u32::MAX)),
            };
            cells.push(cell);
        }
        let mut moved = vec![0; known.len()];
        for (place, cell) in known.values().enumerate() {
            moved[*cell as usize] = u32::try_from(place).unwrap_or(u32::MAX);
        }
        cells.iter_mut().for_each(|cell| *cell = moved[*cell as usize]);
        Column { entries: known.into_keys().collect(), cells }
    }
}

impl From<Vec<Answer>> for Column {
    fn from(answers: Vec<Answer>) -> Column {
        answers.into_iter().collect()
    }
}

impl<'a> IntoIterator for &'a Column {
    type Item = &'a Answer;
    type IntoIter = std::vec::IntoIter<&'a Answer>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter().collect::<Vec<_>>().into_iter()
    }
}

impl IntoIterator for Column {
    type Item = Answer;
    type IntoIter = std::vec::IntoIter<Answer>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter().cloned().collect::<Vec<_>>().into_iter()
    }
}

impl std::ops::Index<usize> for Column {
    type Output = Answer;

    fn index(&self, row: usize) -> &Answer {
        &self.entries[self.cells[row] as usize]
    }
}

impl<T: AsRef<[Answer]>> PartialEq<T> for Column {
    fn eq(&self, other: &T) -> bool {
        self.iter().eq(other.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::Value;

    fn choice(code: &str) -> Answer {
        Answer::Given(Value::Choice(code.to_owned()))
    }

    #[test]
    fn rows_come_back_and_equal_rows_make_equal_columns() {
        let rows = vec![choice("b"), Answer::NotShown, choice("a"), choice("b")];
        let column = Column::from(rows.clone());
        assert_eq!(column, rows);
        assert_eq!((column.len(), column.entries().len(), column.get(4)), (4, 3, None));
        assert_eq!(column.counts(None), [1, 1, 2]);
        assert_eq!(column.counts(Some(&[0, 3, 9])), [0, 0, 2]);
        let unordered = Column::of_cells(vec![choice("b"), choice("never"), choice("a"), Answer::NotShown, choice("b")], vec![0, 3, 2, 4]);
        assert_eq!(unordered, Some(column.clone()));
        assert_eq!(Column::of_cells(vec![choice("a")], vec![1]), None);
        assert_eq!(column.pick(&[3, 0]), Column::of_one(choice("b"), 2));
        assert_eq!(column.map(|_| choice("c")), Column::of_one(choice("c"), 4));
        assert_eq!(column.united(&Column::of_one(choice("z"), 4)), [choice("b"), choice("z"), choice("a"), choice("b")]);
        assert_eq!(column.united(&Column::of_one(Answer::Skipped, 4)), [choice("b"), Answer::Skipped, choice("a"), choice("b")]);
        assert_eq!(Column::of_one(choice("a"), 0), Column::default());
    }
}
