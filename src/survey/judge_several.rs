//! Judges a question of several parts: rows, ranks, cards, points, pairs, a table. What is wrong with one part is said of its
//! variable, what is wrong with them together of the question.

use super::answer::{Answer, Value};
use super::complaint::Fault;
use super::field::{self, Raw};
use super::judge_one::{self, Verdict, is_declined, is_point, nothing, one_of, several, values};
use super::question::{Item, Kind, Need, Question};
use super::variables::pairs;
use std::collections::BTreeMap;

/// Judges a question of any kind. Notes have no verdict, and calculated values none that is judged.
pub(super) fn judge(question: &Question, raw: &Raw) -> Vec<Verdict> {
    match &question.kind {
        Kind::Grid { points, rows } => {
            each(question, rows, |name| one_of(question, &values(raw, name), |code| is_point(code, 1..=points.count)))
        }
        Kind::MultipleGrid { choices, rows, at_most } => {
            whole(question, raw, false, || each(question, rows, |name| several(question, &values(raw, name), choices, None, *at_most)))
        }
        Kind::Ranking { items, top } => whole(question, raw, true, || ranking(question, items, *top, raw)),
        Kind::CardSort { cards, piles } => whole(question, raw, true, || {
            each(question, cards, |name| one_of(question, &values(raw, name), |code| piles.iter().any(|pile| pile.id == code)))
        }),
        Kind::Allocation { items, total, .. } => whole(question, raw, true, || allocation(question, items, *total, raw)),
        Kind::PairedComparison { items } => whole(question, raw, false, || {
            pairs(items)
                .map(|(first, second)| {
                    let name = question.pair_variable(first, second);
                    let verdict = one_of(question, &values(raw, &name), |code| code == first.id || code == second.id);
                    (name, verdict)
                })
                .collect()
        }),
        Kind::Table { columns, at_most } => whole(question, raw, true, || table(question, columns, *at_most, raw)),
        _ => judge_one::judge(question, raw),
    }
}

fn each(question: &Question, items: &[Item], judge: impl Fn(&str) -> Result<Answer, Fault>) -> Vec<Verdict> {
    let one = |item: &Item| {
        let name = question.row_variable(&item.id);
        let verdict = judge(&name);
        (name, verdict)
    };
    items.iter().map(one).collect()
}

/// What holds of every question of several parts that is declined as a whole. `together`: nothing at all is one complaint.
fn whole(question: &Question, raw: &Raw, together: bool, judge: impl FnOnce() -> Vec<Verdict>) -> Vec<Verdict> {
    let all = |answer: Answer| question.variables().into_iter().map(|variable| (variable.id, Ok(answer.clone()))).collect();
    let written = question.variables().iter().any(|variable| !values(raw, &variable.id).is_empty());
    match (written, is_declined(question, raw)) {
        (true, true) => vec![(question.id.clone(), Err(Fault::Contradiction))],
        (false, true) => all(Answer::Declined),
        (false, false) if question.need == Need::Optional => all(Answer::Skipped),
        (false, false) if together => vec![(question.id.clone(), nothing(question))],
        _ => judge(),
    }
}

/// Ranks 1 to `top`, each given to one item.
fn ranking(question: &Question, items: &[Item], top: u32, raw: &Raw) -> Vec<Verdict> {
    let mut taken: BTreeMap<u32, &Item> = BTreeMap::new();
    let mut verdicts = each(question, items, |name| match values(raw, name).as_slice() {
        [] => Ok(Answer::Skipped),
        [text] => field::number(text, Some(1.0), Some(f64::from(top)), 0).map(|rank| Answer::Given(Value::Number(rank))),
        _ => Err(Fault::OnlyOne),
    });
    for ((_, verdict), item) in verdicts.iter_mut().zip(items) {
        let Ok(Answer::Given(Value::Number(rank))) = &*verdict else { continue };
        let Ok(rank) = rank.parse::<u32>() else { continue };
        match taken.get(&rank) {
            Some(other) => *verdict = Err(Fault::RankTaken(rank, other.text.clone())),
            None => {
                taken.insert(rank, item);
            }
        }
    }
    let absent: Vec<u32> = (1..=top).filter(|rank| !taken.contains_key(rank)).collect();
    // A rank that stands there twice leaves another one open: one complaint is enough
    if !absent.is_empty() && verdicts.iter().all(|(_, verdict)| verdict.is_ok()) {
        return vec![(question.id.clone(), Err(Fault::RanksMissing(absent)))];
    }
    verdicts
}

/// Whole numbers that add up to the total; what is left empty is nothing.
fn allocation(question: &Question, items: &[Item], total: u32, raw: &Raw) -> Vec<Verdict> {
    let verdicts = each(question, items, |name| match values(raw, name).as_slice() {
        [] => Ok(Answer::Given(Value::Number("0".to_owned()))),
        [text] => field::number(text, Some(0.0), Some(f64::from(total)), 0).map(|points| Answer::Given(Value::Number(points))),
        _ => Err(Fault::OnlyOne),
    });
    let points = |verdict: &Verdict| match &verdict.1 {
        Ok(Answer::Given(Value::Number(points))) => points.parse::<u64>().ok(),
        _ => None,
    };
    // With a number that is none, there is no sum to speak of
    match verdicts.iter().map(points).sum::<Option<u64>>() {
        Some(sum) if sum != u64::from(total) => vec![(question.id.clone(), Err(Fault::Sum(total, sum)))],
        _ => verdicts,
    }
}

/// The rows of a table. Empty rows are passed over: those below move up, so that row 1 is the first one told.
fn table(question: &Question, columns: &[Question], at_most: u32, raw: &Raw) -> Vec<Verdict> {
    let cells = |row: u32| columns.iter().map(move |column| question.cell(row, column));
    let is_told = |row: &u32| cells(*row).flat_map(|cell| field::names(&cell)).any(|name| !values(raw, &name).is_empty());
    let mut verdicts = Vec::new();
    let mut filled = 0;
    for row in (1..=at_most).filter(is_told) {
        filled += 1;
        for (from, to) in cells(row).zip(cells(filled)) {
            // Complaints stay beside the field that they are about
            let names = from.variables().into_iter().zip(to.variables());
            let moved: BTreeMap<String, String> = names.map(|(from, to)| (from.id, to.id)).collect();
            verdicts.extend(judge_one::judge(&from, raw).into_iter().map(|(name, verdict)| match (&verdict, moved.get(&name)) {
                (Ok(_), Some(to)) => (to.clone(), verdict),
                _ => (name, verdict),
            }));
        }
    }
    for row in filled + 1..=at_most {
        let unused = cells(row).flat_map(|cell| cell.variables());
        verdicts.extend(unused.map(|variable| (variable.id, Ok(Answer::Skipped))));
    }
    verdicts
}
