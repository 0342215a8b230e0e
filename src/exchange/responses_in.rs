//! Responses from CSV: every row is judged as a form would be; all are taken or none.

use super::columns::{Column, DECLINED, NOT_SHOWN, SKIPPED, WITHHELD, carried_columns, columns};
use crate::content::record::undefused;
use crate::content::{Cell, Encoding, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Sources, closest, code};
use crate::language::{Day, Words};
use crate::survey::field::{self, DECLINED as DECLINED_FIELD, declined_field};
use crate::survey::question::{Kind, Question};
use crate::survey::{Answer, Answers, Complaint, Fault, Raw, Response, Survey, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a file of responses came to.
#[derive(Debug)]
pub struct Read {
    /// The responses, in the order of the file; complete only when there are no errors.
    pub responses: Vec<Response>,
    /// How many rows there were.
    pub rows: usize,
    /// How many of them were refused.
    pub refused: usize,
    /// How the file was saved.
    pub encoding: Option<Encoding>,
    /// Why rows were refused.
    pub diagnostics: Diagnostics,
    /// The file's text, for showing them.
    pub sources: Sources,
}

/// Reads a table of responses as [`super::responses_out::rows`] writes it, from UTF-8 or CP932. Columns of free text may be absent.
#[must_use]
pub fn read(survey: &Survey, name: &str, bytes: &[u8], today: Day) -> Read {
    let file: Arc<str> = name.into();
    let (table, diagnostics) = Table::read(&file, bytes);
    let mut read = Read { responses: Vec::new(), rows: 0, refused: 0, encoding: None, diagnostics, sources: Sources::default() };
    let Some(table) = table else { return read };
    read.sources.insert(file, Arc::clone(&table.text));
    read.encoding = Some(table.encoding);
    // What answers carry may be missing: it is known from the list of people only
    let (carried, known) = (carried_columns(survey), columns(survey, true));
    let heads = heads(&table.head, carried.iter().chain(&known), &mut read.diagnostics);
    missing_columns(survey, &known, &heads, &table, &mut read.diagnostics);
    read.rows = table.rows.len();
    let absent = absent_texts(survey, &heads);
    for cells in &table.rows {
        match response(survey, cells, &heads, &absent, today, &mut read.diagnostics) {
            Some(response) => read.responses.push(response),
            None => read.refused += 1,
        }
    }
    read
}

type Heads<'c> = Vec<Option<&'c Column>>;

fn heads<'c>(head: &[Cell], known: impl Iterator<Item = &'c Column> + Clone, diagnostics: &mut Diagnostics) -> Heads<'c> {
    head.iter()
        .map(|cell| {
            let found = known.clone().find(|column| column.head == cell.text);
            if found.is_none() {
                let fault = Diagnostic::error(
                    code::UNKNOWN_KEY,
                    cell.place.clone(),
                    format!("「{}」という列は、このアンケートにありません。", cell.text),
                    format!("This survey has no column “{}”.", cell.text),
                );
                diagnostics.push(match closest(&cell.text, known.clone().map(|column| column.head.as_str())) {
                    Some(guess) => fault.hint(format!("{guess} の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
                    None => fault,
                });
            }
            found
        })
        .collect()
}

fn missing_columns(survey: &Survey, known: &[Column], heads: &Heads<'_>, table: &Table, diagnostics: &mut Diagnostics) {
    let texts = survey.text_variables();
    for column in known.iter().filter(|column| !texts.contains(&column.variable.id)) {
        if heads.iter().flatten().all(|head| head.head != column.head)
            && let Some(first) = table.head.first()
        {
            diagnostics.push(Diagnostic::error(
                code::MISSING_KEY,
                first.place.clone(),
                format!("「{}」の列がありません。", column.head),
                format!("The column “{}” is missing.", column.head),
            ));
        }
    }
}

/// Text variables that the file has no column for: rows leave without their texts, so coming back without them is no fault.
fn absent_texts(survey: &Survey, heads: &Heads<'_>) -> BTreeSet<String> {
    let present: BTreeSet<&str> = heads.iter().flatten().map(|column| column.variable.id.as_str()).collect();
    survey.text_variables().into_iter().filter(|variable| !present.contains(variable.as_str())).collect()
}

fn response(
    survey: &Survey,
    cells: &[Cell],
    heads: &Heads<'_>,
    absent: &BTreeSet<String>,
    today: Day,
    diagnostics: &mut Diagnostics,
) -> Option<Response> {
    let raw = raw(survey, cells, heads);
    let mut judgement = survey.judge(&raw, survey.pages.len(), today);
    judgement.complaints.retain(|complaint| !absent.contains(&complaint.field));
    for variable in absent {
        judgement.answers.entry(variable.clone()).or_insert(Answer::Skipped);
    }
    for complaint in &judgement.complaints {
        let place = heads
            .iter()
            .zip(cells)
            .find(|(head, _)| head.is_some_and(|column| column.variable.id == complaint.field || is_of(column, &complaint.field)))
            .map_or_else(|| cells.first().map(|cell| cell.place.clone()), |(_, cell)| Some(cell.place.clone()))?;
        let words = wording(complaint);
        diagnostics.push(Diagnostic::error(code::REFUSED_ROW, place, words.ja, words.en));
    }
    judgement.answers.extend(carried_answers(survey, cells, heads));
    let hidden = hidden_answers(cells, heads, &judgement.answers, diagnostics);
    let other_values = judgement.complaints.is_empty() && !calculated(survey, cells, heads, &mut judgement.answers, diagnostics);
    if judgement.complaints.is_empty() && !hidden && !other_values {
        Some(Response { survey: survey.id.clone(), revision: survey.revision, answers: judgement.answers })
    } else {
        None
    }
}

/// What the answers carried when they left: withheld attributes come back as not known.
fn carried_answers(survey: &Survey, cells: &[Cell], heads: &Heads<'_>) -> Answers {
    let variables = survey.carried_variables();
    let answer = |id: &str| {
        let written = heads.iter().zip(cells).find(|(head, _)| head.is_some_and(|column| column.variable.id == id));
        match written.map(|(_, cell)| undefused(cell.text.trim())) {
            None | Some("" | WITHHELD | NOT_SHOWN | SKIPPED) => Answer::NotShown,
            Some(code) => Answer::Given(Value::Choice(code.to_owned())),
        }
    };
    variables.into_iter().map(|variable| (variable.id.clone(), answer(&variable.id))).collect()
}

/// Holds the calculated values of a row against its answers; `false`: one of them is another one. Where the day of answering
/// decides, the row's own value stays, because that day is not kept.
fn calculated(survey: &Survey, cells: &[Cell], heads: &Heads<'_>, answers: &mut Answers, diagnostics: &mut Diagnostics) -> bool {
    let mut agree = true;
    for (head, cell) in heads.iter().zip(cells) {
        let Some(column) = head else { continue };
        let id = &column.variable.id;
        let Some(Kind::Calculated { value, decimals, .. }) = survey.question(id).map(|question| &question.kind) else { continue };
        let written = undefused(cell.text.trim());
        if ["", SKIPPED, NOT_SHOWN].contains(&written) || answers.get(id) == Some(&Answer::NotShown) {
            continue;
        }
        let given = field::number(written, None, None, *decimals).map(|digits| Answer::Given(Value::Number(digits)));
        match given {
            Ok(given) if value.expression.speaks_of_today() => {
                answers.insert(id.clone(), given);
            }
            Ok(given) if answers.get(id) == Some(&given) => {}
            _ => {
                agree = false;
                diagnostics.push(Diagnostic::error(
                    code::REFUSED_ROW,
                    cell.place.clone(),
                    format!("{id}: 答えから計算した値と違います。"),
                    format!("{id}: this is not what its answers come to."),
                ));
            }
        }
    }
    agree
}

/// A value for a question that this person would not have been asked: dropping it without a word would lose it.
fn hidden_answers(cells: &[Cell], heads: &Heads<'_>, answers: &BTreeMap<String, Answer>, diagnostics: &mut Diagnostics) -> bool {
    let mut any = false;
    for (head, cell) in heads.iter().zip(cells) {
        let Some(column) = head else { continue };
        let text = cell.text.trim();
        let hidden = answers.get(&column.variable.id) == Some(&Answer::NotShown);
        if hidden && !["", WITHHELD, NOT_SHOWN, SKIPPED, "0"].contains(&text) {
            any = true;
            diagnostics.push(Diagnostic::error(
                code::REFUSED_ROW,
                cell.place.clone(),
                format!("「{}」は、この回答では尋ねないはずの質問です。", column.head),
                format!("“{}” would not have been asked of this person.", column.head),
            ));
        }
    }
    any
}

/// Whether a column is a part of this question: what is wrong with all of its parts is said of the question.
fn is_of(column: &Column, question: &str) -> bool {
    column.variable.question == question
}

/// A row as a browser would have sent it.
fn raw(survey: &Survey, cells: &[Cell], heads: &Heads<'_>) -> Raw {
    let mut raw = Raw::new();
    for (head, cell) in heads.iter().zip(cells) {
        let Some(column) = head else { continue };
        let text = undefused(cell.text.trim());
        let id = &column.variable.id;
        let question = survey.question(&column.variable.question);
        // What is calculated is worked out again
        if question.is_some_and(|question| matches!(question.kind, Kind::Calculated { .. })) {
            continue;
        }
        let apart = question.is_some_and(Question::declines_apart);
        match (text, &column.choice) {
            ("" | SKIPPED | NOT_SHOWN | WITHHELD, _) => {}
            (DECLINED, _) if apart => {
                raw.insert(declined_field(&column.variable.question), vec!["1".to_owned()]);
            }
            (DECLINED, Some(_)) => {
                raw.insert(id.clone(), vec![DECLINED_FIELD.to_owned()]);
            }
            // The text of "other" follows its choice; it has no refusal of its own
            (DECLINED, None) if column.variable.question != *id && raw.contains_key(&column.variable.question) => {}
            (DECLINED, None) => {
                raw.insert(id.clone(), vec![DECLINED_FIELD.to_owned()]);
            }
            ("1", Some(code)) => raw.entry(id.clone()).or_default().push(code.clone()),
            ("0", Some(_)) => {}
            (other, _) => raw.entry(id.clone()).or_default().push(other.to_owned()),
        }
    }
    raw
}

fn wording(complaint: &Complaint) -> Words {
    let field = &complaint.field;
    let range = |low: Option<String>, high: Option<String>| format!("{}–{}", low.unwrap_or_default(), high.unwrap_or_default());
    let (ja, en) = match &complaint.fault {
        Fault::Missing => ("答えがありません。かならず答える質問です".to_owned(), "there is no answer, and one is needed".to_owned()),
        Fault::UnknownChoice => ("選択肢にない値です".to_owned(), "this value is not on offer".to_owned()),
        Fault::OnlyOne => ("一つだけ選ぶ質問です".to_owned(), "only one can be chosen".to_owned()),
        Fault::TooMany(most) => (format!("選べるのは {most} 個までです"), format!("at most {most} can be chosen")),
        Fault::Exclusive(_) => {
            ("ほかと一緒には選べない選択肢が含まれています".to_owned(), "one of these choices rules out the others".to_owned())
        }
        Fault::OtherMissing => ("「その他」の文がありません".to_owned(), "the text of “other” is missing".to_owned()),
        Fault::OtherNotChosen => {
            ("「その他」を選んでいないのに、文があります".to_owned(), "there is a text, but “other” is not chosen".to_owned())
        }
        Fault::NotANumber => ("数ではありません".to_owned(), "this is not a number".to_owned()),
        Fault::NumberRange(low, high) => {
            let range = range(low.map(|low| low.to_string()), high.map(|high| high.to_string()));
            (format!("{range} の範囲の数ではありません"), format!("this is outside {range}"))
        }
        Fault::Decimals(places) => (format!("小数点以下は {places} けたまでです"), format!("at most {places} decimals are taken")),
        Fault::TooLong(most, length) => {
            (format!("{most} 字までのところ {length} 字あります"), format!("{length} characters, where {most} are taken"))
        }
        Fault::NotADay => ("日付ではありません".to_owned(), "this is not a date".to_owned()),
        Fault::DayRange(first, last) => {
            let range = range(first.map(|day| day.to_string()), last.map(|day| day.to_string()));
            (format!("{range} の日付ではありません"), format!("this is outside {range}"))
        }
        Fault::OffStep(from, step, _) => {
            (format!("{from} から {step} きざみの数ではありません"), format!("this is not {from} and a number of steps of {step}"))
        }
        Fault::RankTaken(rank, _) => (format!("{rank} 位がほかの項目と重なっています"), format!("another item has rank {rank} too")),
        Fault::RanksMissing(ranks) => {
            let ranks = ranks.iter().map(u32::to_string).collect::<Vec<_>>();
            (format!("順位 {} がありません", ranks.join("、")), format!("nothing has rank {}", ranks.join(", ")))
        }
        Fault::Sum(total, sum) => (format!("合計が {total} でなく {sum} です"), format!("the numbers add up to {sum}, not {total}")),
        Fault::Contradiction => ("答えと「答えたくない」が両方あります".to_owned(), "answered and declined at once".to_owned()),
    };
    Words::new(format!("{field}: {ja}。"), format!("{field}: {en}."))
}
