//! Looks whether what a worksheet's results name is there, of the right kind, with the columns that are worked with.

use super::outcome::{ComposedLine, Compute};
use super::reference::Located;
use super::worksheet::{FieldKind, Holds, Worksheet};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, closest, code};
use crate::language::Language;
use crate::survey::expression::{Expression, Term};

/// Looks at all results of a worksheet.
pub(super) fn check(sheet: &Worksheet, diagnostics: &mut Diagnostics) {
    Links { diagnostics }.references(sheet);
}

/// Says that a name is none of those that are known.
pub(super) fn unknown<'k>(
    diagnostics: &mut Diagnostics,
    name: &Located<String>,
    (ja, en): (&str, &str),
    known: impl Iterator<Item = &'k str>,
) {
    let known: Vec<&str> = known.collect();
    let id = &name.value;
    let fault = Diagnostic::error(
        code::UNKNOWN_REFERENCE,
        name.place.clone(),
        format!("{ja}「{id}」は、このワークシートにありません。"),
        format!("There is no {en} “{id}” on this worksheet."),
    );
    diagnostics.push(match closest(id, known.iter().copied()) {
        Some(guess) => fault.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
        None => fault.hint(format!("いまあるのは {} です。", known.join("、")), format!("What there is: {}.", known.join(", "))),
    });
}

struct Links<'d> {
    diagnostics: &'d mut Diagnostics,
}

impl Links<'_> {
    fn say(&mut self, place: &Place, name: crate::diagnostic::Code, ja: String, en: String) {
        self.diagnostics.push(Diagnostic::error(name, place.clone(), ja, en));
    }

    /// Every part that is named is there and of the right kind, with the columns that are worked with.
    fn references(&mut self, sheet: &Worksheet) {
        for part in &sheet.parts {
            if let Holds::Fields(fields) | Holds::Rows(fields, ..) = &part.holds {
                for field in fields {
                    match &field.kind {
                        FieldKind::Card(from) => self.wants(sheet, from, "cards", &[]),
                        FieldKind::Who(from) => self.wants(sheet, from, "people", &[]),
                        _ => {}
                    }
                }
            }
        }
        for result in &sheet.results {
            match &result.compute {
                Compute::Overlap(circles) => {
                    const JOINED: [&[&str]; 3] = [&["line"], &["line", "with_1"], &["line", "with_1", "with_2"]];
                    circles.iter().zip(JOINED).for_each(|(circle, columns)| self.wants(sheet, circle, "rows", columns));
                }
                Compute::Johari(cards) => self.wants(sheet, cards, "cards", &[]),
                Compute::Ranking(cards, top) => {
                    self.wants(sheet, cards, "cards", &[]);
                    self.wants(sheet, top, "rows", &["card", "lived"]);
                }
                Compute::UseGap(ratings) => self.wants(sheet, ratings, "ratings", &[]),
                Compute::CashFlow(money, events, scenarios, people) => {
                    const COLUMNS: [&str; 7] = ["event", "year", "cost", "who", "month", "prepare", "payer"];
                    self.wants(sheet, money, "money", &[]);
                    people.iter().for_each(|people| self.wants(sheet, people, "people", &[]));
                    let columns = if people.is_some() { &COLUMNS[..] } else { &COLUMNS[..3] };
                    events.iter().for_each(|events| self.wants(sheet, events, "rows", columns));
                    scenarios
                        .iter()
                        .for_each(|rows| self.wants(sheet, rows, "rows", &["name", "rate", "stop", "from", "until", "move", "to"]));
                }
                Compute::Paired(pairs) => self.wants(sheet, pairs, "pairs", &[]),
                Compute::BestWorst(sets) => self.wants(sheet, sets, "best_worst", &[]),
                Compute::Timeline(rows, licences) => {
                    self.wants(sheet, rows, "rows", &["from", "to", "role", "skills", "feeling", "level"]);
                    licences.iter().for_each(|own| self.wants(sheet, own, "rows", &["name", "when"]));
                }
                Compute::Lifeline(points) => self.wants(sheet, points, "points", &[]),
                Compute::Compose(lines) => lines.iter().for_each(|line| self.composed(sheet, line)),
                Compute::Recurring(prompts, words) => {
                    self.wants(sheet, prompts, "prompts", &[]);
                    self.wants(sheet, words, "rows", &["word"]);
                }
                Compute::Value { place, expression, .. } => self.numbers(sheet, expression, place),
            }
        }
    }

    fn wants(&mut self, sheet: &Worksheet, name: &Located<String>, kind: &str, columns: &[&str]) {
        let Some(part) = sheet.part(&name.value) else {
            unknown(self.diagnostics, name, ("部分", "part"), sheet.parts.iter().map(|part| part.id.as_str()));
            return;
        };
        if part.holds.kind() != kind {
            let (id, is) = (&name.value, part.holds.kind());
            self.say(
                &name.place,
                code::UNKNOWN_REFERENCE,
                format!("ここで使えるのは kind: {kind} の部分です。「{id}」は {is} です。"),
                format!("This works with a part of kind: {kind}, and “{id}” is {is}."),
            );
            return;
        }
        let Holds::Rows(own, ..) = &part.holds else { return };
        let absent: Vec<&str> = columns.iter().copied().filter(|column| own.iter().all(|one| one.id != *column)).collect();
        if !absent.is_empty() {
            let (id, absent) = (&name.value, absent.join(", "));
            self.say(
                &name.place,
                code::MISSING_KEY,
                format!("計算に使う列 {absent} が、表「{id}」にありません。"),
                format!("The table “{id}” lacks the columns {absent}, which this works with."),
            );
        }
    }

    /// Every place of a composed line leads to something that is written.
    fn composed(&mut self, sheet: &Worksheet, line: &ComposedLine) {
        if let Some(each) = &line.each {
            self.wants(sheet, each, "rows", &[]);
        }
        if let Some(unless) = line.unless.as_ref().filter(|unless| !sheet.fills(&unless.value, None)) {
            unknown(self.diagnostics, unless, ("欄", "field"), sheet.parts.iter().map(|part| part.id.as_str()));
        }
        for text in Language::ALL.iter().map(|language| line.template.in_language(*language)) {
            for hole in text.split('{').skip(1) {
                let name = hole.split(['}', ':']).next().unwrap_or_default();
                if sheet.fills(name, line.each.as_ref().map(|each| each.value.as_str())) {
                    continue;
                }
                let name = Located { value: name.to_owned(), place: line.place.clone() };
                unknown(self.diagnostics, &name, ("欄", "field"), sheet.parts.iter().map(|part| part.id.as_str()));
            }
        }
    }

    fn numbers(&mut self, sheet: &Worksheet, expression: &Expression, place: &Place) {
        match &expression.term {
            Term::Variable(id) => {
                let numbers: Vec<String> = sheet.numbers().into_iter().map(|(id, _)| id).collect();
                if !numbers.contains(id) {
                    let name = Located { value: id.clone(), place: place.clone() };
                    unknown(self.diagnostics, &name, ("数の欄", "number field"), numbers.iter().map(String::as_str));
                }
            }
            Term::Not(inner) | Term::Negative(inner) => self.numbers(sheet, inner, place),
            Term::Binary(_, left, right) => {
                self.numbers(sheet, left, place);
                self.numbers(sheet, right, place);
            }
            Term::Aggregate(_, parts) => parts.iter().for_each(|part| self.numbers(sheet, part, place)),
            Term::Number(_) | Term::Text(_) | Term::Today | Term::Score(_) | Term::Answered(_) => {}
        }
    }
}
