//! A row of a table as a form would have sent it, judged as a form would be.

use super::columns::{Column, DECLINED, NOT_SHOWN, SKIPPED, WITHHELD, state_of};
use super::mapping::Mapping;
use super::response_heads::Heads;
use super::wording::wording;
use crate::content::Cell;
use crate::content::record::undefused;
use crate::content::workbook::cell_name;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::language::{Day, Words};
use crate::survey::consent::CONSENT;
use crate::survey::field::{self, DECLINED as DECLINED_FIELD, declined_field};
use crate::survey::own_code::OWN_CODE;
use crate::survey::question::{Kind, Question};
use crate::survey::rotation::{self, ROTATION};
use crate::survey::{Answer, Answers, Measure, Raw, Response, Survey, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Judges the rows of a table, one by one.
pub(super) struct Reader<'a> {
    pub(super) survey: &'a Survey,
    pub(super) heads: &'a Heads<'a>,
    pub(super) absent: BTreeSet<String>,
    pub(super) mapping: Option<&'a Mapping>,
    pub(super) today: Day,
    pub(super) workbook: bool,
}

impl Reader<'_> {
    /// The response of a row; none where it was refused, which was said.
    pub(super) fn response(&self, cells: &[Cell], diagnostics: &mut Diagnostics) -> Option<Response> {
        let raw = self.raw(cells);
        let mut judgement = self.survey.judge(&raw, self.survey.pages.len(), self.today);
        // Whether somebody agreed was asked when the answer was given: a row comes back with what is known of it
        judgement.complaints.retain(|complaint| !self.absent.contains(&complaint.field) && complaint.field != CONSENT);
        for variable in &self.absent {
            judgement.answers.entry(variable.clone()).or_insert(Answer::Skipped);
        }
        for complaint in &judgement.complaints {
            let place = self
                .heads
                .iter()
                .zip(cells)
                .find(|(head, _)| head.is_some_and(|known| is_of(&known.column, &complaint.field)))
                .map_or_else(|| cells.first().map(|cell| cell.place.clone()), |(_, cell)| Some(cell.place.clone()))?;
            self.refuse(place, wording(complaint), diagnostics);
        }
        judgement.answers.extend(self.carried_answers(cells));
        let disordered = !self.orders(cells, &mut judgement.answers, diagnostics);
        let hidden = self.hidden_answers(cells, &judgement.answers, diagnostics);
        let other_values = judgement.complaints.is_empty() && !self.calculated(cells, &mut judgement.answers, diagnostics);
        if judgement.complaints.is_empty() && !hidden && !other_values && !disordered {
            Some(Response { survey: self.survey.id.clone(), revision: self.survey.revision, answers: judgement.answers })
        } else {
            None
        }
    }

    /// What the answers carried when they left: withheld attributes come back as not known.
    fn carried_answers(&self, cells: &[Cell]) -> Answers {
        let answer = |id: &str| {
            let written =
                self.heads.iter().zip(cells).find_map(|(head, cell)| Some((head.filter(|known| known.column.variable.id == id)?, cell)));
            match written.map(|(known, cell)| (known, undefused(cell.text.trim()))) {
                Some((known, code)) if !code.is_empty() && state_of(code).is_none() => {
                    Answer::Given(Value::Choice(known.code_of(code).unwrap_or_else(|| code.to_owned())))
                }
                // Asked, and not agreed to
                Some((_, code)) if id == CONSENT && state_of(code) == Some(SKIPPED) => Answer::Skipped,
                _ => Answer::NotShown,
            }
        };
        // A code was judged as the form would
        let known = self.survey.carried_variables().into_iter().filter(|variable| variable.id != OWN_CODE);
        known.map(|variable| (variable.id.clone(), answer(&variable.id))).collect()
    }

    /// The orders that were seen: each part of a list once at most. `false`: one of them is no such order.
    fn orders(&self, cells: &[Cell], answers: &mut Answers, diagnostics: &mut Diagnostics) -> bool {
        let mut sound = true;
        if let (Some(orders), Some(Answer::Given(Value::Choice(code)))) = (self.survey.rotations, answers.get(ROTATION))
            && (0..orders).all(|at| rotation::code(at) != *code)
        {
            sound = false;
            let words =
                Words::new(format!("{ROTATION}: 「{code}」という順はありません。"), format!("{ROTATION}: there is no order “{code}”."));
            let own = self.heads.iter().zip(cells).find(|(head, _)| head.is_some_and(|known| known.column.variable.id == ROTATION));
            if let Some((_, cell)) = own {
                self.refuse(cell.place.clone(), words, diagnostics);
            }
        }
        for variable in self.survey.order_variables() {
            let found = self
                .heads
                .iter()
                .zip(cells)
                .find_map(|(head, cell)| Some((head.filter(|known| known.column.variable.id == variable.id)?, cell)));
            let Some((known, cell)) = found else { continue };
            let text = undefused(cell.text.trim());
            if text.is_empty() || state_of(text).is_some() {
                answers.insert(variable.id, Answer::NotShown);
                continue;
            }
            match known.codes_of(text).filter(|codes| codes.iter().collect::<BTreeSet<_>>().len() == codes.len()) {
                Some(codes) => drop(answers.insert(variable.id, Answer::Given(Value::Choices(codes)))),
                None => {
                    sound = false;
                    let words = Words::new(
                        format!("{}: 並び順として読めません。", variable.id),
                        format!("{}: this is no order of what was asked.", variable.id),
                    );
                    self.refuse(cell.place.clone(), words, diagnostics);
                }
            }
        }
        sound
    }

    /// Holds the calculated values of a row against its answers; `false`: one of them is another one. Where the day of answering
    /// decides, the row's own value stays, because that day is not kept.
    fn calculated(&self, cells: &[Cell], answers: &mut Answers, diagnostics: &mut Diagnostics) -> bool {
        let mut agree = true;
        for (head, cell) in self.heads.iter().zip(cells) {
            let Some(known) = head else { continue };
            let id = &known.column.variable.id;
            let Some(Kind::Calculated { value, decimals, .. }) = self.survey.question(id).map(|question| &question.kind) else { continue };
            let written = undefused(cell.text.trim());
            let unsaid = written.is_empty() || matches!(state_of(written), Some(SKIPPED | NOT_SHOWN));
            if unsaid || answers.get(id) == Some(&Answer::NotShown) {
                continue;
            }
            match field::number(written, None, None, *decimals).map(|digits| Answer::Given(Value::Number(digits))) {
                Ok(given) if value.expression.speaks_of_today() => {
                    answers.insert(id.clone(), given);
                }
                Ok(given) if answers.get(id) == Some(&given) => {}
                _ => {
                    agree = false;
                    let words =
                        Words::new(format!("{id}: 答えから計算した値と違います。"), format!("{id}: this is not what its answers come to."));
                    self.refuse(cell.place.clone(), words, diagnostics);
                }
            }
        }
        agree
    }

    /// A workbook's cell is called by its name, too.
    fn refuse(&self, place: Place, words: Words, diagnostics: &mut Diagnostics) {
        let words = if self.workbook {
            let cell = cell_name(place.line, place.column);
            Words::new(format!("セル {cell} {}", words.ja), format!("Cell {cell}, {}", words.en))
        } else {
            words
        };
        diagnostics.push(Diagnostic::error(code::REFUSED_ROW, place, words.ja, words.en));
    }

    /// A value for a question that this person would not have been asked: dropping it without a word would lose it.
    fn hidden_answers(&self, cells: &[Cell], answers: &BTreeMap<String, Answer>, diagnostics: &mut Diagnostics) -> bool {
        let mut any = false;
        for (head, cell) in self.heads.iter().zip(cells) {
            let Some(known) = head else { continue };
            let text = cell.text.trim();
            let hidden = answers.get(&known.column.variable.id) == Some(&Answer::NotShown);
            let empty = ["", "0", "FALSE"].contains(&text) || matches!(state_of(text), Some(NOT_SHOWN | SKIPPED | WITHHELD));
            if hidden && !empty {
                any = true;
                let words = Words::new(
                    format!("「{}」は、この回答では尋ねないはずの質問です。", known.column.head),
                    format!("“{}” would not have been asked of this person.", known.column.head),
                );
                self.refuse(cell.place.clone(), words, diagnostics);
            }
        }
        any
    }

    /// A row as a browser would have sent it.
    fn raw(&self, cells: &[Cell]) -> Raw {
        let mut raw = Raw::new();
        for (head, cell) in self.heads.iter().zip(cells) {
            let Some(known) = head else { continue };
            let column = &known.column;
            let mut text = undefused(cell.text.trim());
            if let Some(mapped) = self.mapping.and_then(|mapping| mapping.values.get(&column.head)).and_then(|values| values.get(text)) {
                text = mapped;
            }
            let id = &column.variable.id;
            let question = self.survey.question(&column.variable.question);
            // What is calculated is worked out again
            if question.is_some_and(|question| matches!(question.kind, Kind::Calculated { .. }))
                || matches!(column.variable.measure, Measure::Order(_))
            {
                continue;
            }
            let apart = question.is_some_and(Question::declines_apart);
            // A text may be anything, also the words for a state in a person's language
            let state = if column.variable.measure == Measure::Text && !text.starts_with('_') { None } else { state_of(text) };
            match (state.unwrap_or(text), &column.choice) {
                ("" | SKIPPED | NOT_SHOWN | WITHHELD, _) => {}
                (DECLINED, _) if apart => {
                    raw.insert(declined_field(&column.variable.question), vec!["1".to_owned()]);
                }
                // The text of "other" follows its choice; it has no refusal of its own
                (DECLINED, None) if column.variable.question != *id && raw.contains_key(&column.variable.question) => {}
                (DECLINED, _) => {
                    raw.insert(id.clone(), vec![DECLINED_FIELD.to_owned()]);
                }
                ("1" | "1.0" | "TRUE", Some(choice)) => raw.entry(id.clone()).or_default().push(choice.code.clone()),
                ("0" | "0.0" | "FALSE", Some(_)) => {}
                (other, None) if known.has_codes() => {
                    let codes = known.codes_of(other).unwrap_or_else(|| vec![other.to_owned()]);
                    raw.entry(id.clone()).or_default().extend(codes);
                }
                (other, None) if column.variable.measure == Measure::Date => raw.entry(id.clone()).or_default().push(as_day(other)),
                (other, _) => raw.entry(id.clone()).or_default().push(other.to_owned()),
            }
        }
        raw
    }
}

/// Whether a column is what a complaint speaks of, or a part of that question: what is wrong with all of its parts is said of the
/// question.
fn is_of(column: &Column, field: &str) -> bool {
    column.variable.id == field || column.variable.question == field
}

/// A day as a form takes it: spreadsheets count days from 1900 (`46346`), and write a time behind some (`2026-11-20 00:00:00`).
fn as_day(text: &str) -> String {
    const FIRST_OF_1970: i64 = 25_569;
    let whole = text.strip_suffix(".0").unwrap_or(text);
    if let Ok(serial) = whole.parse::<i64>()
        && (61..2_958_466).contains(&serial)
        && let Some(day) = Day::in_zone((serial - FIRST_OF_1970) * 86_400, "UTC")
    {
        return day.to_string();
    }
    text.split_once([' ', 'T']).filter(|(_, time)| time.contains(':')).map_or(text, |(day, _)| day).to_owned()
}
