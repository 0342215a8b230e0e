//! Marks: by which a closed row, and each text of its author, is found again by whoever holds the code of the receipt.
//!
//! Only where rows name their person anyway, or carry the person's own code. A row and its texts have marks that cannot be told to
//! belong together: the code alone makes all of them. Until the batch is closed they travel beside the answers, under names that no
//! question can have.

use super::answer::{Answer, Answers, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Before the names under which marks travel: no id begins like this.
const PREFIX: &str = "_mark";

/// 128 bits that tell nothing of the code that makes them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark([u8; 16]);

/// What is printed ends in logs.
impl std::fmt::Debug for Mark {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Mark")
    }
}

impl Mark {
    /// A mark of these bytes.
    #[must_use]
    pub fn new(bytes: [u8; 16]) -> Mark {
        Mark(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// As 32 hexadecimal digits.
    #[must_use]
    pub fn written(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// A mark as it was written.
    #[must_use]
    pub fn read(written: &str) -> Option<Mark> {
        let mut bytes = [0; 16];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(written.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        (written.len() == 32).then_some(Mark(bytes))
    }
}

/// The marks of a batch; empty where none of its rows has one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// One a row, in the order of the rows; or none at all.
    pub rows: Vec<Option<Mark>>,
    /// By the variable, one a text, in the order of the texts.
    pub texts: BTreeMap<String, Vec<Option<Mark>>>,
}

impl Marks {
    /// The marks of rows that are among these.
    #[must_use]
    pub fn among(&self, others: &BTreeSet<Mark>) -> BTreeSet<Mark> {
        self.rows.iter().flatten().filter(|mark| others.contains(*mark)).copied().collect()
    }

    /// The mark of a row.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<Mark> {
        self.rows.get(row).copied().flatten()
    }

    /// The mark of a text.
    #[must_use]
    pub fn text(&self, variable: &str, text: usize) -> Option<Mark> {
        self.texts.get(variable).and_then(|marks| marks.get(text)).copied().flatten()
    }
}

/// As many marks as there are things to be found; none at all where none has one.
#[must_use]
pub fn marked(marks: Vec<Option<Mark>>) -> Vec<Option<Mark>> {
    if marks.iter().all(Option::is_none) { Vec::new() } else { marks }
}

/// Puts marks beside the answers of a sheet: one for the row, and for each text that was given one by its variable.
pub fn attach(answers: &mut Answers, row: Mark, text: impl Fn(&str) -> Mark) {
    let is_text = |answer: &Answer| matches!(answer, Answer::Given(Value::Text(_)));
    let texts: Vec<String> = answers.iter().filter(|(_, answer)| is_text(answer)).map(|(variable, _)| variable.clone()).collect();
    let written = |mark: Mark| Answer::Given(Value::Choice(mark.written()));
    for variable in texts {
        let mark = text(&variable);
        answers.insert(format!("{PREFIX}.{variable}"), written(mark));
    }
    answers.insert(PREFIX.to_owned(), written(row));
}

/// Takes the marks from the answers of a sheet again: that of the row, and those of its texts.
pub fn detach(answers: &mut Answers) -> (Option<Mark>, BTreeMap<String, Mark>) {
    let (mut row, mut texts) = (None, BTreeMap::new());
    answers.retain(|variable, answer| {
        let Some(rest) = variable.strip_prefix(PREFIX) else { return true };
        let mark = match answer {
            Answer::Given(Value::Choice(written)) => Mark::read(written),
            _ => None,
        };
        match (rest.strip_prefix('.'), mark) {
            (Some(variable), Some(mark)) => texts.extend([(variable.to_owned(), mark)]),
            (None, mark) => row = mark,
            (Some(_), None) => {}
        }
        false
    });
    (row, texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_travel_beside_the_answers_and_come_off_again() {
        let text = |text: &str| Answer::Given(Value::Text(text.to_owned()));
        let plain: Answers =
            [("mood".to_owned(), Answer::Skipped), ("why".to_owned(), text("a")), ("word".to_owned(), Answer::Declined)].into();
        let mut marked = plain.clone();
        attach(&mut marked, Mark::new([7; 16]), |variable| Mark::new([variable.len() as u8; 16]));
        assert_eq!(marked.len(), 5);
        let (row, texts) = detach(&mut marked);
        assert_eq!((row, texts, marked), (Some(Mark::new([7; 16])), [("why".to_owned(), Mark::new([3; 16]))].into(), plain));
    }

    #[test]
    fn a_mark_is_read_as_it_was_written() {
        let mark = Mark::new(std::array::from_fn(|at| at as u8 * 16 + 1));
        assert_eq!(Mark::read(&mark.written()), Some(mark));
        for wrong in ["", "01", "zz112131415161718191a1b1c1d1e1f1", "0111213141516171819 a1b1c1d1e1f1", &format!("{}0", mark.written())] {
            assert_eq!(Mark::read(wrong), None, "{wrong}");
        }
        assert_eq!(format!("{mark:?}"), "Mark");
    }
}
