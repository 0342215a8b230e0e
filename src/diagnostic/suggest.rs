//! «Did you mean …?»

/// The candidate that is most like `word`, when one is like enough to be worth a guess.
#[must_use]
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // 0.55 keeps 満足/満足度 (0.67) and pionts/points (0.83) and drops pairs that share a letter or two.
    const LIKE_ENOUGH: f64 = 0.55;
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::normalized_damerau_levenshtein(&word, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness >= LIKE_ENOUGH)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_slip_of_the_pen_is_guessed_and_nonsense_is_not() {
        let keys = ["points", "title", "questions"];
        assert_eq!(closest("pionts", keys), Some("points"));
        assert_eq!(closest("Title", keys), Some("title"));
        assert_eq!(closest("zebra", keys), None);
    }
}
