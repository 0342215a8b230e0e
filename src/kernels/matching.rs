//! Who fits whom: what must hold first, then points out of a thousand, then ten who are not all alike.
//!
//! Whole numbers only. Differences below `TIE` points count for nothing: there a number decides that is made of the consultant and
//! of the facts that were asked (never of the answers on values, so that a small change of mind moves little), so nobody is always
//! the one who stands below.

use serde::{Deserialize, Serialize};

/// Points for what both hold dear, at most.
const VALUES: i64 = 500;
/// Points for the theme: among the two they know best, or among the others.
const THEME: (i64, i64) = (200, 120);
/// Points for lines of work that both know: two, one.
const FIELDS: (i64, i64) = (150, 100);
/// Points for times of the week, at most.
const HOURS: i64 = 100;
/// Points for the manner of talking: the one that is most theirs, or another.
const STYLE: (i64, i64) = (50, 25);
/// What counts as no difference.
const TIE: i64 = 40;
/// Points that somebody loses for each likeness to each of those who were chosen before, and the most that they lose so.
const ALIKE: (i64, i64) = (12, 120);
/// Values that have to be weighed before they count.
const ENOUGH: usize = 4;

/// What somebody says of themselves. An empty list, or no theme, asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Languages to talk in.
    pub languages: Vec<String>,
    /// What to talk about.
    pub theme: Option<String>,
    /// Manners of talking that will do.
    pub styles: Vec<String>,
    /// Times of the week that will do.
    pub hours: Vec<String>,
    /// Lines of work that one knows, or wants to hear of.
    pub fields: Vec<String>,
    /// Lines of work whose people one would rather not meet.
    pub avoid: Vec<String>,
    /// How much each value matters; none where it was not said.
    pub values: Vec<Option<i64>>,
}

/// What is known of a consultant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Their id.
    pub id: String,
    /// Languages they talk in.
    pub languages: Vec<String>,
    /// Themes, the best known first.
    pub themes: Vec<String>,
    /// Manners of talking, the most fitting first.
    pub styles: Vec<String>,
    /// Times of the week.
    pub hours: Vec<String>,
    /// Lines of work, the longest first.
    pub fields: Vec<String>,
    /// How much each value means to them.
    pub values: Vec<i64>,
}

/// One person, everybody there is, and how many are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Who asks.
    pub person: Person,
    /// Who there is.
    pub candidates: Vec<Candidate>,
    /// How many are asked for.
    pub count: usize,
}

/// One who fits, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fitting {
    /// Their id.
    pub id: String,
    /// Their points.
    pub score: i64,
    /// Values that matter to both more than others do, two at most, by their places.
    pub values: Vec<usize>,
    /// The theme is one of the two they know best.
    pub theme: bool,
    /// Lines of work that both know.
    pub fields: Vec<String>,
    /// Times of the week that suit both.
    pub hours: Vec<String>,
    /// The manner that is most theirs is one that was asked for.
    pub style: bool,
}

/// How many would fit if one thing were not asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Without {
    /// The language.
    pub languages: usize,
    /// The theme.
    pub theme: usize,
    /// The manners.
    pub styles: usize,
    /// The times.
    pub hours: usize,
    /// The lines of work to be avoided.
    pub avoid: usize,
}

/// Who fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matching {
    /// Those who are shown, in their order.
    pub chosen: Vec<Fitting>,
    /// How many fit at all.
    pub fit: usize,
    /// How many would, where they are fewer than were asked for.
    pub without: Option<Without>,
}

/// What must hold, in the order of [`Without`].
fn hold(person: &Person, one: &Candidate) -> [bool; 5] {
    [
        person.languages.is_empty() || shares(&person.languages, &one.languages),
        person.theme.as_ref().is_none_or(|theme| one.themes.contains(theme)),
        person.styles.is_empty() || shares(&person.styles, &one.styles),
        person.hours.is_empty() || shares(&person.hours, &one.hours),
        !shares(&person.avoid, &one.fields),
    ]
}

fn shares(one: &[String], other: &[String]) -> bool {
    one.iter().any(|id| other.contains(id))
}

fn shared(one: &[String], other: &[String]) -> Vec<String> {
    one.iter().filter(|id| other.contains(id)).cloned().collect()
}

/// Who fits somebody.
#[must_use]
pub fn matching(input: &Input) -> Matching {
    let person = &input.person;
    let passes: Vec<[bool; 5]> = input.candidates.iter().map(|one| hold(person, one)).collect();
    let all = |passed: &[bool; 5]| passed.iter().all(|holds| *holds);
    let fit = passes.iter().filter(|passed| all(passed)).count();
    let seed = seed(person);
    let mut left: Vec<(i64, Fitting, &Candidate)> = Vec::new();
    for (one, _) in input.candidates.iter().zip(&passes).filter(|(_, passed)| all(passed)) {
        let fitting = weigh(person, one);
        let turn = i64::from(hash(seed, &one.id)) % TIE;
        left.push((fitting.score + turn, fitting, one));
    }
    let mut chosen: Vec<(Fitting, &Candidate)> = Vec::new();
    while chosen.len() < input.count && !left.is_empty() {
        let worth = |(points, _, one): &(i64, Fitting, &Candidate)| {
            let likenesses: i64 = chosen.iter().map(|(_, other)| likeness(one, other)).sum();
            points - (likenesses * ALIKE.0).min(ALIKE.1)
        };
        let mut best = 0;
        for at in 1..left.len() {
            let (own, highest) = (worth(&left[at]), worth(&left[best]));
            if own > highest || (own == highest && left[at].1.id < left[best].1.id) {
                best = at;
            }
        }
        let (_, fitting, one) = left.remove(best);
        chosen.push((fitting, one));
    }
    let without = (fit < input.count).then(|| {
        let but = |which: usize| passes.iter().filter(|passed| passed.iter().enumerate().all(|(at, holds)| *holds || at == which)).count();
        Without { languages: but(0), theme: but(1), styles: but(2), hours: but(3), avoid: but(4) }
    });
    Matching { chosen: chosen.into_iter().map(|(fitting, _)| fitting).collect(), fit, without }
}

fn weigh(person: &Person, one: &Candidate) -> Fitting {
    let (agreement, values) = agreement(&person.values, &one.values);
    let theme = person.theme.as_ref().is_some_and(|theme| one.themes.iter().take(2).any(|known| known == theme));
    let fields = shared(&person.fields, &one.fields);
    let hours = shared(&person.hours, &one.hours);
    let style = one.styles.first().is_some_and(|first| person.styles.contains(first));
    let points = [
        agreement,
        match (&person.theme, theme) {
            (None, _) => (THEME.0 + THEME.1) / 2,
            (Some(_), true) => THEME.0,
            (Some(_), false) => THEME.1,
        },
        match fields.len() {
            _ if person.fields.is_empty() => FIELDS.0 / 2,
            0 => 0,
            1 => FIELDS.1,
            _ => FIELDS.0,
        },
        if person.hours.is_empty() { HOURS / 2 } else { HOURS * length(&hours) / length(&person.hours) },
        if style { STYLE.0 } else { STYLE.1 },
    ];
    Fitting { id: one.id.clone(), score: points.iter().sum(), values, theme, fields, hours, style }
}

fn length<T>(list: &[T]) -> i64 {
    i64::try_from(list.len()).unwrap_or(0)
}

/// Points for values, and the two that matter to both more than others do. What counts is what somebody sets above the rest, not how
/// high they score everything: both are taken from their own average.
fn agreement(person: &[Option<i64>], other: &[i64]) -> (i64, Vec<usize>) {
    let both: Vec<(usize, i64, i64)> =
        person.iter().zip(other).enumerate().filter_map(|(at, (own, theirs))| own.map(|own| (at, own, *theirs))).collect();
    let count = length(&both);
    let sums = both.iter().fold((0, 0), |(own, theirs), one| (own + one.1, theirs + one.2));
    // Whole numbers: everything times the count
    let apart: Vec<(usize, i64, i64)> = both.iter().map(|(at, own, theirs)| (*at, count * own - sums.0, count * theirs - sums.1)).collect();
    let distance: i64 = apart.iter().map(|(_, own, theirs)| (own - theirs).abs()).sum();
    let most: i64 = apart.iter().map(|(_, own, theirs)| own.abs() + theirs.abs()).sum();
    let undecided = apart.iter().all(|(_, own, _)| *own == 0);
    if both.len() < ENOUGH || undecided {
        return (VALUES / 2, Vec::new());
    }
    let mut dear: Vec<(usize, i64)> =
        apart.iter().filter(|(_, own, theirs)| *own > 0 && *theirs > 0).map(|(at, own, theirs)| (*at, *own.min(theirs))).collect();
    dear.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    (VALUES - VALUES * distance / most, dear.into_iter().take(2).map(|(at, _)| at).collect())
}

/// In how many ways two are alike: manner, theme, line of work that come first.
fn likeness(one: &Candidate, other: &Candidate) -> i64 {
    let same = |a: Option<&String>, b: Option<&String>| i64::from(a.is_some() && a == b);
    same(one.styles.first(), other.styles.first())
        + same(one.themes.first(), other.themes.first())
        + same(one.fields.first(), other.fields.first())
}

/// A number of the facts that were asked, whatever their order.
fn seed(person: &Person) -> u32 {
    let mut seed = hash(0x811c_9dc5, person.theme.as_deref().unwrap_or_default());
    for list in [&person.languages, &person.styles, &person.hours, &person.fields, &person.avoid] {
        let mut sorted = list.clone();
        sorted.sort_unstable();
        seed = hash(seed, &sorted.join(" "));
    }
    seed
}

/// FNV-1a over the bytes, with the last bits stirred.
fn hash(start: u32, text: &str) -> u32 {
    let mut sum = start ^ 0x9e37_79b9;
    for byte in text.bytes() {
        sum = (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    sum = (sum ^ (sum >> 16)).wrapping_mul(0x045d_9f3b);
    sum = (sum ^ (sum >> 16)).wrapping_mul(0x045d_9f3b);
    sum ^ (sum >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_set_above_the_rest_counts_not_how_high_all_is() {
        let some = |values: &[i64]| values.iter().map(|value| Some(*value)).collect::<Vec<_>>();
        // The same shape, twice as high: 500; its mirror: 0; in between by hand: 10 8 4 2 is 4 2 −2 −4 off its mean, ×4
        assert_eq!(agreement(&some(&[9, 8, 6, 5]), &[9, 8, 6, 5]), (500, vec![0, 1]));
        assert_eq!(agreement(&some(&[8, 7, 5, 4]), &[10, 9, 7, 6]), (500, vec![0, 1]));
        assert_eq!(agreement(&some(&[9, 8, 6, 5]), &[5, 6, 8, 9]), (0, vec![]));
        // own 2 1 −1 −2, theirs 1 2 −2 −1 (each ×4): distance 4·4 = 16 of 48, and 500 − 500·16/48 = 334
        assert_eq!(agreement(&some(&[9, 8, 6, 5]), &[8, 9, 5, 6]), (334, vec![0, 1]));
        assert_eq!(agreement(&some(&[6, 6, 6, 6]), &[10, 9, 1, 0]).0, 250, "whoever sets nothing above the rest says nothing");
        assert_eq!(agreement(&[Some(9), None, Some(1), Some(5)], &[9, 0, 1, 5]).0, 250, "three are too few");
    }
}
