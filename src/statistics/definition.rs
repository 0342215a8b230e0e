//! Whom a line of the ledger is about, in the names that stand in the store, so that it can be worked out again later.
//!
//! `everybody`, `chose:section|dept=sales|trade` (those whose `section`, once called `dept`, is `sales`, once `trade`), with commas
//! where several must hold; `shown-to:plan+why` (those to whom one of these was shown). Behind a stroke: whose answers are summed.
//! `everybody/answered:plan=no|yes`, `/number:years`, `/any:rank_a+rank_b`, `/scored:3:a+b+c` (those who answered three or more of
//! these points), `/complete:2:p_ab+p_ac` (the same of choices), `/together:number:years&scored:3:a+b+c` (those who are in all of these).

use crate::survey::pairing::joined_from;
use crate::survey::{Answer, Batch, Column, Value};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

/// Every name that one thing has in batches, ascending.
pub(super) type Names = Vec<String>;

/// Those who chose one of these codes of a variable.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Chosen {
    pub(super) names: Names,
    pub(super) codes: BTreeSet<String>,
}

/// Those for whom all of this holds; without any, everybody.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Segment(pub(super) BTreeSet<Chosen>);

/// Several things a person answered, and how many of them it takes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Items {
    pub(super) items: BTreeSet<Names>,
    pub(super) least: u32,
    /// Only points count: codes that are numbers.
    pub(super) points: bool,
}

/// Whose answers are summed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum People {
    /// Everybody's.
    #[default]
    All,
    /// Theirs to whom one of these was shown.
    Shown(BTreeSet<Names>),
    /// Theirs who chose a code that is counted.
    Answered(Names, BTreeSet<String>),
    /// Theirs who gave a number.
    Number(Names),
    /// Theirs who gave something to any of these.
    Any(BTreeSet<Names>),
    /// Theirs who answered enough.
    Counted(Items),
    /// Theirs who are in all of these.
    Together(BTreeSet<People>),
    /// Theirs who answered something, but are not counted with exactly so many. Never a line of its own: where the sum over those
    /// who are counted is subtracted from the sums of the items, these are left.
    Rest(Items, usize),
}

/// What one line is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Line {
    pub(super) segment: Segment,
    pub(super) people: People,
}

impl Segment {
    /// Those of the segment who fulfil this too.
    pub(super) fn and(mut self, chosen: Chosen) -> Segment {
        self.0.insert(chosen);
        self
    }
}

impl People {
    /// Every name of every variable that it speaks of.
    pub(super) fn names(&self) -> BTreeSet<&String> {
        match self {
            People::All => BTreeSet::new(),
            People::Shown(all) | People::Any(all) => all.iter().flatten().collect(),
            People::Answered(names, _) | People::Number(names) => names.iter().collect(),
            People::Together(all) => all.iter().flat_map(People::names).collect(),
            People::Counted(items) | People::Rest(items, _) => items.items.iter().flatten().collect(),
        }
    }

    /// The one variable that it depends on, if it is one; what is about everybody depends on none, and has none.
    pub(super) fn variable(&self) -> Option<&Names> {
        match self {
            People::Shown(all) | People::Any(all) if all.len() == 1 => all.first(),
            People::Answered(names, _) | People::Number(names) => Some(names),
            _ => None,
        }
    }

    /// Whether somebody with this answer to the variable that it depends on belongs to them.
    pub(super) fn holds(&self, answer: &Answer) -> bool {
        match (self, answer) {
            (People::All, _) => true,
            (People::Shown(_), _) => *answer != Answer::NotShown,
            (People::Any(_), _) => answer.value().is_some(),
            (People::Answered(_, codes), Answer::Given(Value::Choice(code))) => codes.contains(code),
            (People::Answered(_, codes), Answer::Given(Value::Choices(all))) => all.iter().any(|code| codes.contains(code)),
            (People::Number(_), Answer::Given(Value::Number(text))) => text.parse().is_ok_and(f64::is_finite),
            _ => false,
        }
    }

    /// Which rows of a batch as it is stored belong to them.
    pub(super) fn rows(&self, batch: &Batch) -> Vec<bool> {
        match self {
            People::All => vec![true; rows(batch)],
            People::Shown(all) | People::Any(all) => {
                let mut found = vec![false; rows(batch)];
                for names in all {
                    let each = each(&column(batch, names), |answer| self.holds(answer));
                    found.iter_mut().zip(each).for_each(|(found, holds)| *found |= holds);
                }
                found
            }
            People::Answered(names, _) | People::Number(names) => each(&column(batch, names), |answer| self.holds(answer)),
            People::Together(all) => all.iter().fold(vec![true; rows(batch)], |mut together, one| {
                together.iter_mut().zip(one.rows(batch)).for_each(|(together, own)| *together &= own);
                together
            }),
            People::Counted(items) => items.answered(batch).into_iter().map(|answered| items.enough(answered)).collect(),
            People::Rest(items, of) => {
                let rest = |answered: usize| answered > 0 && !(items.enough(answered) && answered == *of);
                items.answered(batch).into_iter().map(rest).collect()
            }
        }
    }
}

impl Items {
    fn enough(&self, answered: usize) -> bool {
        answered > 0 && answered >= usize::try_from(self.least).unwrap_or(usize::MAX)
    }

    /// How many of them each row answered.
    fn answered(&self, batch: &Batch) -> Vec<usize> {
        let mut counts = vec![0; rows(batch)];
        for names in &self.items {
            let counted =
                |answer: &Answer| matches!(answer.value(), Some(Value::Choice(code)) if !self.points || code.parse::<u32>().is_ok());
            counts.iter_mut().zip(each(&column(batch, names), counted)).for_each(|(count, counted)| *count += usize::from(counted));
        }
        counts
    }

    /// What is left of those who answered anything, one for each number of items that is enough.
    pub(super) fn rests(&self) -> Vec<People> {
        let least = usize::try_from(self.least).unwrap_or(usize::MAX).max(1);
        (least..=self.items.len()).map(|of| People::Rest(self.clone(), of)).collect()
    }
}

fn rows(batch: &Batch) -> usize {
    usize::try_from(batch.n).unwrap_or(0)
}

/// What each row of a batch holds under any of the names: of two, the one that says something.
pub(super) fn column<'b>(batch: &'b Batch, names: &Names) -> Cow<'b, Column> {
    let mut all = names.iter().filter_map(|name| batch.columns.get(name)).filter(|column| column.len() == rows(batch));
    let Some(first) = all.next() else { return Cow::Owned(Column::of_one(Answer::NotShown, rows(batch))) };
    all.fold(Cow::Borrowed(first), |one, another| Cow::Owned(one.united(another)))
}

/// Something asked of each different answer once, for every row.
fn each(column: &Column, holds: impl Fn(&Answer) -> bool) -> Vec<bool> {
    let held: Vec<bool> = column.entries().iter().map(holds).collect();
    column.cells().iter().map(|cell| held[*cell as usize]).collect()
}

fn joined(names: &Names) -> String {
    names.join("|")
}

fn listed(all: &BTreeSet<Names>) -> String {
    all.iter().map(joined).collect::<Vec<_>>().join("+")
}

fn codes(all: &BTreeSet<String>) -> String {
    all.iter().map(String::as_str).collect::<Vec<_>>().join("|")
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words: Vec<String> =
            self.segment.0.iter().map(|chosen| format!("chose:{}={}", joined(&chosen.names), codes(&chosen.codes))).collect();
        if let People::Shown(all) = &self.people {
            words.push(format!("shown-to:{}", listed(all)));
        }
        words.sort();
        f.write_str(&if words.is_empty() { "everybody".to_owned() } else { words.join(",") })?;
        self.people.summed().map_or(Ok(()), |summed| write!(f, "/{summed}"))
    }
}

impl People {
    /// Whether these people answered several things, one of which has something in common with what the others answered.
    pub(super) fn is_together_with(&self, other: &People) -> bool {
        matches!(self, People::Together(all) if all.iter().any(|one| !one.names().is_disjoint(&other.names())))
    }

    /// Whether both answered the same several things, under whatever names.
    pub(super) fn is_the_relation(&self, other: &People) -> bool {
        let (People::Together(one), People::Together(two)) = (self, other) else { return false };
        one.len() == two.len() && one.iter().all(|own| two.iter().any(|their| !own.names().is_disjoint(&their.names())))
    }

    /// Whether these are people whose answers to a single item of that scale are summed.
    pub(super) fn is_of_an_item(&self, scale: &People) -> bool {
        match self {
            People::Answered(..) => !self.names().is_disjoint(&scale.names()),
            People::Together(all) => all.iter().any(|one| one.is_of_an_item(scale)),
            _ => false,
        }
    }

    /// Whether it takes answers to another survey.
    pub(super) fn is_joined(&self) -> bool {
        matches!(self, People::Together(_)) && self.names().into_iter().any(|name| joined_from(name).is_some())
    }

    /// What stands behind the stroke.
    fn summed(&self) -> Option<String> {
        Some(match self {
            People::All | People::Shown(_) | People::Rest(..) => return None,
            People::Answered(names, all) => format!("answered:{}={}", joined(names), codes(all)),
            People::Number(names) => format!("number:{}", joined(names)),
            People::Any(all) => format!("any:{}", listed(all)),
            People::Together(all) => {
                format!("together:{}", all.iter().filter_map(People::summed).collect::<Vec<_>>().join("&"))
            }
            People::Counted(items) => {
                format!("{}:{}:{}", if items.points { "scored" } else { "complete" }, items.least, listed(&items.items))
            }
        })
    }

    /// What stands behind the stroke, read.
    fn read(summed: &str) -> Option<People> {
        let items = |rest: &str, points: bool| {
            let (least, all) = rest.split_once(':')?;
            Some(People::Counted(Items { items: several(all), least: least.parse().ok()?, points }))
        };
        Some(match summed.split_once(':')? {
            ("answered", rest) => {
                let (variable, all) = rest.split_once('=')?;
                People::Answered(names(variable), split(all, '|').collect())
            }
            ("number", rest) => People::Number(names(rest)),
            ("any", rest) => People::Any(several(rest)),
            ("scored", rest) => items(rest, true)?,
            ("complete", rest) => items(rest, false)?,
            ("together", rest) => People::Together(rest.split('&').map(People::read).collect::<Option<_>>()?),
            _ => return None,
        })
    }
}

fn split(text: &str, at: char) -> impl Iterator<Item = String> {
    text.split(at).map(str::to_owned)
}

fn names(text: &str) -> Names {
    let mut names: Names = split(text, '|').collect();
    names.sort_unstable();
    names
}

fn several(text: &str) -> BTreeSet<Names> {
    text.split('+').map(names).collect()
}

impl Line {
    /// What a key of the ledger is about, without the word behind it; `None` where this program cannot read it.
    pub(super) fn read(key: &str) -> Option<Line> {
        let (group, counted) = key.split_once('/').map_or((key, None), |(group, counted)| (group, Some(counted)));
        let mut line = Line::default();
        for word in group.split(',').filter(|word| *word != "everybody") {
            match word.split_once(':')? {
                ("chose", rest) => {
                    let (variable, code) = rest.split_once('=')?;
                    line.segment = line.segment.and(Chosen { names: names(variable), codes: split(code, '|').collect() });
                }
                ("shown-to", rest) => line.people = People::Shown(several(rest)),
                _ => return None,
            }
        }
        if let Some(counted) = counted {
            line.people = People::read(counted)?;
        }
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        for key in [
            "everybody",
            "shown-to:plan+why",
            "chose:dept|section=sales|trade",
            "chose:age=young,chose:section=sales,shown-to:plan",
            "everybody/answered:plan=no|yes",
            "chose:section=sales/number:years",
            "everybody/any:rank_a+rank_b",
            "everybody/scored:3:a+b|old_b+c",
            "everybody/complete:2:p_ab+p_ac",
            "everybody/together:answered:mood=1|2&answered:mood@voice-2025=1|2",
            "everybody/together:answered:plan=no|yes&number:years|years_old&scored:3:a+b",
        ] {
            assert_eq!(Line::read(key).map(|line| line.to_string()).as_deref(), Some(key));
        }
        for key in ["", "all", "chose:section", "everybody/median:x", "everybody/scored:x:a", "everybody/together:number"] {
            assert_eq!(Line::read(key), None, "{key}");
        }
    }
}
