//! How many batches may be looked at together, so that what is new between two looks is again that of many.

/// How many of the first batches may be seen, where each brings so many people (or texts): as soon as those that are not yet seen come
/// to `least`, all of them are. The steps depend on the batches before them alone, so later batches never change them, and a rest that
/// stays below waits for good.
#[must_use]
pub fn together(brought: impl IntoIterator<Item = u64>, least: u64) -> usize {
    let (mut seen, mut waiting) = (0, 0);
    for (at, people) in brought.into_iter().enumerate() {
        waiting += people;
        if waiting >= least {
            (seen, waiting) = (at + 1, 0);
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_two_looks_there_are_never_fewer() {
        for (brought, expected) in
            [(&[][..], 0), (&[4], 0), (&[5], 1), (&[5, 1], 1), (&[5, 1, 1, 3], 4), (&[1, 1, 1, 1], 0), (&[20, 3], 1), (&[4, 0, 1, 2], 3)]
        {
            assert_eq!(together(brought.iter().copied(), 5), expected, "{brought:?}");
        }
        // Whatever comes later, earlier steps stand
        let brought = [7, 2, 2, 2, 9, 1, 1, 1, 1, 1];
        let mut last = 0;
        for n in 0..=brought.len() {
            let now = together(brought[..n].iter().copied(), 5);
            let new: u64 = brought[last..now].iter().sum();
            assert!(now == last || (now > last && new >= 5), "{n}");
            last = now;
        }
    }
}
