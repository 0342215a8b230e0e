//! Responses from a table: every row is judged as a form would be; all are taken or none.

use super::columns::{Column, DECLINED, NOT_SHOWN, SKIPPED, WITHHELD, state_of};
use super::headings::{Known, known_columns};
use super::mapping::Mapping;
use super::source::{self, Source};
use super::wording::wording;
use crate::content::Cell;
use crate::content::record::undefused;
use crate::content::workbook::{cell_name, looks_like_one};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Sources, closest, code};
use crate::language::{Day, Words};
use crate::survey::consent::CONSENT;
use crate::survey::field::{self, DECLINED as DECLINED_FIELD, declined_field};
use crate::survey::own_code::OWN_CODE;
use crate::survey::question::{Kind, Question};
use crate::survey::rotation::{self, ROTATION};
use crate::survey::sample::is_mark;
use crate::survey::{Answer, Answers, Measure, Raw, Response, Survey, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What a file of responses came to.
#[derive(Debug)]
pub struct Read {
    /// The responses, in the order of the file; complete only when there are no errors.
    pub responses: Vec<Response>,
    /// How many rows there were.
    pub rows: usize,
    /// How many of them were refused.
    pub refused: usize,
    /// How the file was saved: `UTF-8`, `Shift_JIS (CP932)`, the name of a sheet.
    pub label: String,
    /// Why rows were refused.
    pub diagnostics: Diagnostics,
    /// The file's text, for showing them.
    pub sources: Sources,
}

/// How a table is to be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading<'a> {
    /// Which column is which variable, where heads do not say it.
    pub mapping: Option<&'a Mapping>,
    /// The sheet of a workbook.
    pub sheet: Option<&'a str>,
}

/// Reads a table of responses as our exports write it, and as others do: CSV in UTF-8 or CP932, or a workbook; columns by id, by label
/// or by a mapping. Columns of free text may be absent.
#[must_use]
pub fn read(survey: &Survey, name: &str, bytes: &[u8], reading: Reading<'_>, today: Day) -> Read {
    let mut read = Read {
        responses: Vec::new(),
        rows: 0,
        refused: 0,
        label: String::new(),
        diagnostics: Diagnostics::new(),
        sources: Sources::default(),
    };
    let Some(table) = source::read(name, bytes, reading.sheet, &mut read.diagnostics, &mut read.sources) else { return read };
    read.label.clone_from(&table.label);
    let known = known_columns(survey);
    if let Some(mark) = invented(&table).filter(|_| !survey.sample) {
        read.diagnostics.push(
            Diagnostic::error(
                code::INVENTED,
                mark.place.clone(),
                "この表は、見本のために作られた回答です。見本ではないアンケートには取り込みません。",
                "These are answers that were invented for a sample. A survey that is none does not take them.",
            )
            .hint(
                "見本のアンケートなら、はじめの回答の前に「sample: true」と書いてください。",
                "If the survey is a sample, write “sample: true” into it before its first answer.",
            ),
        );
        return read;
    }
    let heads = heads(&table.head, &known, reading.mapping, &mut read.diagnostics);
    missing_columns(survey, &known, &heads, &table, &mut read.diagnostics);
    read.rows = table.rows.len();
    let reader = Reader {
        survey,
        heads: &heads,
        absent: absent_texts(survey, &heads),
        mapping: reading.mapping,
        today,
        workbook: looks_like_one(bytes),
    };
    for cells in &table.rows {
        match reader.response(cells, &mut read.diagnostics) {
            Some(response) => read.responses.push(response),
            None => read.refused += 1,
        }
    }
    read
}

/// The first cell that says that its row is invented, whatever its column is called and however it is mapped.
fn invented(table: &Source) -> Option<&Cell> {
    table.rows.iter().flatten().find(|cell| is_mark(undefused(&cell.text)))
}

type Heads<'c> = Vec<Option<&'c Known>>;

fn heads<'c>(head: &[Cell], known: &'c [Known], mapping: Option<&Mapping>, diagnostics: &mut Diagnostics) -> Heads<'c> {
    let mut taken: BTreeMap<&str, Place> = BTreeMap::new();
    head.iter()
        .map(|cell| {
            let found = match mapping.and_then(|mapping| mapping.columns.get(&cell.text)) {
                Some(None) => return None,
                Some(Some(id)) => known.iter().find(|known| known.column.head == *id),
                None => {
                    let was = || known.iter().find(|known| known.was_called(&cell.text));
                    known.iter().find(|known| known.is_called(&cell.text)).or_else(was)
                }
            };
            match found {
                None if !cell.text.is_empty() => diagnostics.push(unknown_column(cell, known)),
                None => {}
                Some(found) => {
                    if let Some(first) = taken.insert(&found.column.head, cell.place.clone()) {
                        diagnostics.push(
                            Diagnostic::error(
                                code::DUPLICATE_ID,
                                cell.place.clone(),
                                format!("二つの列が同じ変数「{}」になります。", found.column.head),
                                format!("Two columns are the same variable “{}”.", found.column.head),
                            )
                            .also(first, "一つ目", "the first one"),
                        );
                    }
                }
            }
            found
        })
        .collect()
}

fn unknown_column(cell: &Cell, known: &[Known]) -> Diagnostic {
    let fault = Diagnostic::error(
        code::UNKNOWN_KEY,
        cell.place.clone(),
        format!("「{}」という列は、このアンケートにありません。", cell.text),
        format!("This survey has no column “{}”.", cell.text),
    );
    match closest(&cell.text, known.iter().flat_map(|known| known.names.iter().map(String::as_str))) {
        Some(guess) => fault.hint(format!("{guess} の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
        None => fault.hint(
            "取り込まない列は、対応表（--mapping）で「~」にします。ひな型は --write-mapping で書き出せます。",
            "A mapping (--mapping) can leave columns out; --write-mapping writes one to begin with.",
        ),
    }
}

fn missing_columns(survey: &Survey, known: &[Known], heads: &Heads<'_>, table: &Source, diagnostics: &mut Diagnostics) {
    let texts = survey.text_variables();
    let Some(first) = table.head.first() else { return };
    let present = |wanted: &str| heads.iter().flatten().any(|head| head.column.head == wanted);
    for variable in survey.variables().iter().filter(|variable| !texts.contains(&variable.id)) {
        if present(&variable.id) {
            continue;
        }
        let parts: Vec<&str> =
            known.iter().filter(|known| known.column.variable.id == variable.id).map(|known| known.column.head.as_str()).collect();
        let choices = parts.iter().filter(|part| **part != variable.id);
        let missing: Vec<&str> = if choices.clone().any(|part| present(part)) {
            choices.copied().filter(|part| !present(part)).collect()
        } else {
            vec![variable.id.as_str()]
        };
        for column in missing {
            diagnostics.push(Diagnostic::error(
                code::MISSING_KEY,
                first.place.clone(),
                format!("「{column}」の列がありません。"),
                format!("The column “{column}” is missing."),
            ));
        }
    }
}

/// Text variables that the file has no column for: rows leave without their texts, so coming back without them is no fault.
fn absent_texts(survey: &Survey, heads: &Heads<'_>) -> BTreeSet<String> {
    let present: BTreeSet<&str> = heads.iter().flatten().map(|known| known.column.variable.id.as_str()).collect();
    survey.text_variables().into_iter().filter(|variable| !present.contains(variable.as_str())).collect()
}

struct Reader<'a> {
    survey: &'a Survey,
    heads: &'a Heads<'a>,
    absent: BTreeSet<String>,
    mapping: Option<&'a Mapping>,
    today: Day,
    workbook: bool,
}

impl Reader<'_> {
    fn response(&self, cells: &[Cell], diagnostics: &mut Diagnostics) -> Option<Response> {
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
