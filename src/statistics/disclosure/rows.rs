//! Rows of whole numbers, exact: a number that grows too large is told, never rounded.

/// The entries of a row that are not 0, by column.
pub(super) type Row = Vec<(u32, i64)>;

/// The entry of a row in a column.
pub(super) fn at(row: &Row, column: u32) -> i64 {
    row.binary_search_by_key(&column, |(own, _)| *own).map_or(0, |place| row[place].1)
}

fn divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// A multiple of `row` plus a multiple of `pivot` that is 0 in the column, without a common divisor; `None` where it overflows.
pub(super) fn eliminate(row: &Row, pivot: &Row, column: u32) -> Option<Row> {
    let (own, other) = (at(row, column), at(pivot, column));
    let common = i64::try_from(divisor(own.unsigned_abs(), other.unsigned_abs())).ok().filter(|common| *common != 0)?;
    let (times, less) = (other / common, own / common);
    let mut sum = Row::with_capacity(row.len() + pivot.len());
    let (mut a, mut b) = (row.iter().peekable(), pivot.iter().peekable());
    loop {
        let next = match (a.peek(), b.peek()) {
            (None, None) => break,
            (Some((column, _)), None) | (None, Some((column, _))) => *column,
            (Some((one, _)), Some((two, _))) => *one.min(two),
        };
        let first = a.next_if(|(column, _)| *column == next).map_or(0, |(_, value)| *value);
        let second = b.next_if(|(column, _)| *column == next).map_or(0, |(_, value)| *value);
        let value = first.checked_mul(times)?.checked_sub(second.checked_mul(less)?)?;
        if value != 0 {
            sum.push((next, value));
        }
    }
    let common = sum.iter().fold(0, |common, (_, value)| divisor(common, value.unsigned_abs()));
    let common = i64::try_from(common.max(1)).ok()?;
    if common > 1 {
        sum.iter_mut().for_each(|(_, value)| *value /= common);
    }
    Some(sum)
}

/// Those combinations of the rows that are 0 in a column: one row fewer, where any has something there.
pub(super) fn without(mut rows: Vec<Row>, column: u32) -> Option<Vec<Row>> {
    let with = rows.iter().enumerate().filter(|(_, row)| at(row, column) != 0);
    let Some(place) = with.min_by_key(|(_, row)| row.len()).map(|(place, _)| place) else { return Some(rows) };
    let pivot = rows.swap_remove(place);
    for row in &mut rows {
        if at(row, column) != 0 {
            *row = eliminate(row, &pivot, column)?;
        }
    }
    Some(rows)
}

/// Rows none of which is made of others. Each has a column of its own in which all that came after it are 0.
#[derive(Debug, Default)]
pub(super) struct Basis {
    rows: Vec<(u32, Row)>,
    /// The row whose own column it is.
    places: std::collections::BTreeMap<u32, usize>,
}

impl Basis {
    /// Adds a row, where it is not made of those that are there. Its own column is the one that `choose` picks of those it has
    /// left; columns from `until` on only say what a row was made of. `None` where a number grows too large.
    pub(super) fn add(&mut self, mut row: Row, until: u32, choose: impl Fn(&Row) -> Option<u32>) -> Option<()> {
        loop {
            let known = row.iter().filter_map(|(column, _)| self.places.get(column)).min().copied();
            let Some(place) = known else { break };
            let (column, pivot) = &self.rows[place];
            row = eliminate(&row, pivot, *column)?;
        }
        if row.first().is_some_and(|(column, _)| *column < until)
            && let Some(own) = choose(&row)
        {
            self.places.insert(own, self.rows.len());
            self.rows.push((own, row));
        }
        Some(())
    }

    /// The rows whose own column passes.
    pub(super) fn into_rows(self, passes: impl Fn(u32) -> bool) -> Vec<(u32, Row)> {
        self.rows.into_iter().filter(|(column, _)| passes(*column)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elimination_is_exact() {
        let (one, two): (Row, Row) = (vec![(0, 2), (1, 4)], vec![(0, 3), (2, 1)]);
        assert_eq!(eliminate(&one, &two, 0), Some(vec![(1, 6), (2, -1)]));
        assert_eq!(eliminate(&vec![(0, 1), (1, i64::MAX)], &vec![(0, 3), (1, 1)], 0), None, "too large is told");
        assert_eq!(without(vec![one, two], 0).map(|rows| rows.len()), Some(1));
    }
}
