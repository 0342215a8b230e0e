//! Rows told apart by one thing after the other: who cannot be told apart is in one part.

use std::collections::BTreeMap;

/// For so many pairs of a part and a kind a table is faster than a tree.
const TABLE: usize = 1 << 22;

/// The rows of a batch in parts, numbered as they first occur.
#[derive(Debug, Clone, Default)]
pub(super) struct Parted {
    of: Vec<u32>,
    first: Vec<usize>,
}

impl Parted {
    /// So many rows in one part.
    pub(super) fn one(rows: usize) -> Parted {
        Parted { of: vec![0; rows], first: if rows == 0 { Vec::new() } else { vec![0] } }
    }

    /// The number of each row's part.
    pub(super) fn of(&self) -> &[u32] {
        &self.of
    }

    /// The first row of each part.
    pub(super) fn first(&self) -> &[usize] {
        &self.first
    }

    /// How many rows each part has.
    pub(super) fn sizes(&self) -> Vec<u64> {
        let mut sizes = vec![0; self.first.len()];
        self.of.iter().for_each(|part| sizes[*part as usize] += 1);
        sizes
    }

    /// The same, parted further by a number below `kinds` for each row.
    pub(super) fn by(mut self, numbers: impl Iterator<Item = u32>, kinds: usize) -> Parted {
        const NEW: u32 = u32::MAX;
        let mut first = Vec::new();
        let mut number = |known: &mut u32, row: usize| {
            if *known == NEW {
                *known = u32::try_from(first.len()).unwrap_or(NEW);
                first.push(row);
            }
            *known
        };
        let rows = self.of.iter_mut().zip(numbers).enumerate();
        match self.first.len().checked_mul(kinds).filter(|size| *size <= TABLE) {
            Some(size) => {
                let mut table = vec![NEW; size];
                rows.for_each(|(row, (part, kind))| *part = number(&mut table[*part as usize * kinds + kind as usize], row));
            }
            None => {
                let mut tree: BTreeMap<(u32, u32), u32> = BTreeMap::new();
                rows.for_each(|(row, (part, kind))| *part = number(tree.entry((*part, kind)).or_insert(NEW), row));
            }
        }
        Parted { first, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_numbered_as_they_occur() {
        let by_letter = Parted::one(5).by([2, 0, 2, 1, 0].into_iter(), 3);
        assert_eq!((by_letter.of(), by_letter.first(), by_letter.sizes()), (&[0, 1, 0, 2, 1][..], &[0, 1, 3][..], vec![2, 2, 1]));
        for kinds in [2, TABLE + 1] {
            let further = by_letter.clone().by([1, 1, 0, 1, 1].into_iter(), kinds);
            assert_eq!((further.of(), further.first()), (&[0, 1, 2, 3, 1][..], &[0, 1, 2, 3][..]));
        }
        assert_eq!(Parted::one(0).by(std::iter::empty(), 2).sizes(), Vec::<u64>::new());
    }
}
