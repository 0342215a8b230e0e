//! What stands in several drawings, drawn once: the labels of eight departments, the scales of three waves. Runs of marks that only
//! ever stand side by side become one; a run that is worth it gets an id and is used from there.

use std::collections::BTreeMap;

/// Bytes of a run's own group, about.
const GROUP: usize = 16;
/// Bytes of one use of it, about.
const USE: usize = 18;

/// A run of marks: one of them, or two runs side by side.
#[derive(Debug, Clone, Copy)]
enum Run<'a> {
    One(&'a str),
    Pair(usize, usize),
}

/// Drawings in which what repeats is used, and what they use.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shared {
    /// The inside of each drawing.
    pub drawings: Vec<String>,
    /// What they use, as markup.
    pub defined: String,
}

/// Draws once what stands in several drawings, each given by its marks.
#[must_use]
pub(super) fn shared(drawings: &[Vec<String>]) -> Shared {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut lines: Vec<Vec<usize>> = Vec::new();
    for drawing in drawings {
        let line = drawing.iter().map(|mark| {
            *known.entry(mark).or_insert_with(|| {
                runs.push(Run::One(mark));
                runs.len() - 1
            })
        });
        lines.push(line.collect());
    }
    while join(&mut runs, &mut lines) {}
    let counts = counts(&lines, runs.len());
    let mut out = Shared::default();
    let mut names: BTreeMap<usize, usize> = BTreeMap::new();
    for line in &lines {
        let mut inside = String::new();
        for run in line {
            let mut marks = String::new();
            write(&runs, *run, &mut marks);
            let count = counts.get(*run).copied().unwrap_or_default();
            if count * marks.len() <= count * USE + GROUP + marks.len() {
                inside.push_str(&marks);
                continue;
            }
            let next = names.len();
            let name = *names.entry(*run).or_insert_with(|| {
                out.defined.push_str(&format!("<g id=-{}>{marks}</g>", numbered(next)));
                next
            });
            inside.push_str(&format!("<use href=#-{} />", numbered(name)));
        }
        out.drawings.push(inside);
    }
    out
}

/// How often each run stands somewhere.
fn counts(lines: &[Vec<usize>], runs: usize) -> Vec<usize> {
    let mut counts = vec![0; runs];
    for run in lines.iter().flatten() {
        if let Some(count) = counts.get_mut(*run) {
            *count += 1;
        }
    }
    counts
}

/// Joins all runs that stand side by side whenever they stand somewhere, and more than once. Whether there were any.
fn join(runs: &mut Vec<Run<'_>>, lines: &mut [Vec<usize>]) -> bool {
    let single = counts(lines, runs.len());
    let mut pairs: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for pair in lines.iter().flat_map(|line| line.windows(2)) {
        if let [one, other] = *pair {
            *pairs.entry((one, other)).or_default() += 1;
        }
    }
    let of = |run: usize| single.get(run).copied().unwrap_or_default();
    pairs.retain(|(one, other), count| *count > 1 && *count == of(*one) && *count == of(*other));
    let mut joined: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for line in lines.iter_mut() {
        let mut next = Vec::with_capacity(line.len());
        let mut rest = line.as_slice();
        while let Some((one, after)) = rest.split_first() {
            let pair = after.first().map(|other| (*one, *other)).filter(|pair| pairs.contains_key(pair));
            rest = if pair.is_some() { after.get(1..).unwrap_or_default() } else { after };
            next.push(pair.map_or(*one, |pair| {
                *joined.entry(pair).or_insert_with(|| {
                    runs.push(Run::Pair(pair.0, pair.1));
                    runs.len() - 1
                })
            }));
        }
        *line = next;
    }
    !joined.is_empty()
}

fn write(runs: &[Run<'_>], run: usize, out: &mut String) {
    match runs.get(run) {
        Some(Run::One(mark)) => out.push_str(mark),
        Some(Run::Pair(one, other)) => {
            write(runs, *one, out);
            write(runs, *other, out);
        }
        None => {}
    }
}

/// A number in as few letters as can be: digits, then the small letters.
pub(super) fn numbered(mut number: usize) -> String {
    const LETTERS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(LETTERS[number % 36]));
        number /= 36;
        if number == 0 {
            return letters.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_stands_once_and_everything_is_drawn() {
        let [long, more, own] = ["<text>a label of a row</text>", "<text>a second line</text>", "<path d=M0 />"].map(str::to_owned);
        let drawings = [vec![long.clone(), more.clone(), own.clone()], vec![own.clone(), long.clone(), more.clone()], vec![own.clone()]];
        let made = shared(&drawings);
        assert_eq!(made.defined, format!("<g id=-0>{long}{more}</g>"));
        assert_eq!(made.drawings, [format!("<use href=#-0 />{own}"), format!("{own}<use href=#-0 />"), own.clone()]);
        assert_eq!(shared(&[vec![long.clone(), long.clone()]]).drawings.concat().matches("text").count(), 4, "too little to be worth it");
        assert_eq!(shared(&[]), Shared::default());
    }
}
