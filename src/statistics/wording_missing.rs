//! How many gave no answer, and why: never a number of fewer people than may be shown, and none that follows from the others.
//!
//! How many were asked and how many answered stand elsewhere, so whoever gave no answer is known as a sum. Why they did not is told in
//! parts only where each of these is large enough; else one small part would be what is left of the sum.

use super::disclosure::Rules;
use super::summary::Completeness;
use super::wording::{note, people};
use crate::language::count;
use crate::survey::exhibit::Note;

/// Who answered and who did not; `None` where everybody did.
pub(super) fn completeness(of: &Completeness, rules: &Rules, sensitive: bool) -> Option<Note> {
    let least = if sensitive { rules.sensitive_minimum } else { rules.k };
    let reasons = [
        (of.skipped, "答えていない人", "left it empty"),
        (of.retired, "いまはない選択肢を選んだ人", "chose what is no longer on offer"),
        (of.declined, "「答えたくない」を選んだ人", "would rather not say"),
    ];
    let asked = (of.skipped + of.retired + of.declined, "答えのない人", "gave no answer that counts");
    let others = (of.not_shown, "質問が出なかった人", "were not asked");
    let both = (asked.0 + others.0, "答えのない人と質問が出なかった人", "gave no answer that counts or were not asked");
    let may = |part: &(u64, &str, &str)| part.0 == 0 || part.0 >= least;
    let parts = match () {
        () if both.0 == 0 => return None,
        () if !may(&asked) || !may(&others) => vec![both],
        () if !reasons.iter().all(may) => vec![asked, others],
        () => reasons.into_iter().chain([others]).collect(),
    };
    let told = || parts.iter().filter(|part| part.0 > 0);
    let japanese: Vec<String> = told()
        .map(|(n, japanese, _)| if *n < least { format!("{japanese} {least}人未満") } else { format!("{japanese} {}人", count(*n)) })
        .collect();
    let english: Vec<String> = told()
        .map(|(n, _, english)| if *n < least { format!("fewer than {least} {english}") } else { format!("{} {english}", count(*n)) })
        .collect();
    Some(note(
        ("答えた人", "Who answered"),
        (
            format!("答えた人 {}人、{}。", count(of.answered), japanese.join("、")),
            format!("{} answered; {}.", people(of.answered), english.join(", ")),
        ),
    ))
}
