//! Reads a plan. Exactly one answer of each question must hold, whatever the figures are.

use super::names;
use super::plan::{Answer, Chosen, Input, Measure, Plan, Question};
use super::read_names::names as located_names;
use super::read_project::{read_target, visibility};
use super::reference::Located;
use super::shape_plan::PLAN;
use super::site::Visibility;
use crate::content::shape::Shape;
use crate::content::{Fields, Node, check};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::language::Language;
use crate::survey::check::{Scope, Wanted, check as check_condition};
use crate::survey::condition::{Condition, place_in};
use crate::survey::span::{holds, points};
use crate::survey::{Measure as Measured, Variable};
use std::collections::{BTreeMap, BTreeSet};

/// Reads `content/plans/ID.yaml`.
pub(super) fn plan(id: &str, node: &Node, languages: &[Language], diagnostics: &mut Diagnostics) -> Plan {
    check(node, &Shape::Record(&PLAN), languages, diagnostics);
    let fields = Fields::of(node);
    let mut reader = Reader { measures: Vec::new(), inputs: BTreeMap::new(), diagnostics };
    let measures = reader.measures(fields);
    let inputs = reader.inputs(fields);
    let mut seen = BTreeMap::new();
    let questions: Vec<Question> = fields.records("questions").map(|question| reader.question(question, &mut seen)).collect();
    let leads = fields.optional_line("leads").map_or(Some(0), |wanted| questions.iter().position(|question| question.id == wanted));
    if leads.is_none() {
        let known = questions.iter().map(|question| question.id.as_str());
        reader.unknown(&fields.place_of("leads"), ("問い", "question"), &fields.line("leads"), known);
    }
    Plan {
        id: id.to_owned(),
        place: fields.place_of("title"),
        title: fields.text("title"),
        lead: fields.text("lead"),
        visibility: visibility(fields, Visibility::Internal),
        sample: fields.flag("sample"),
        measures,
        inputs,
        questions,
        leads: leads.unwrap_or(0),
        ours: fields.text("ours"),
        sources: located_names(fields, "sources", reader.diagnostics),
    }
}

struct Reader<'a> {
    measures: Vec<String>,
    inputs: BTreeMap<String, Variable>,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn unknown<'k>(&mut self, place: &Place, words: (&str, &str), id: &str, known: impl Iterator<Item = &'k str>) {
        names::not_there(self.diagnostics, place, words, id, known);
    }

    /// Says an id that was there before.
    fn twice(&mut self, seen: &mut BTreeMap<String, Place>, id: &str, place: Place) {
        if let Some(before) = seen.insert(id.to_owned(), place.clone()) {
            self.diagnostics.push(
                Diagnostic::error(code::DUPLICATE_ID, place, format!("ID「{id}」が二つあります。"), format!("There are two ids “{id}”."))
                    .also(before, "もう一つ", "the other one"),
            );
        }
    }

    fn measures(&mut self, fields: Fields<'_>) -> Vec<Measure> {
        let mut seen = BTreeMap::new();
        let mut measures = Vec::new();
        for measure in fields.records("measures") {
            let id = measure.line("id");
            self.twice(&mut seen, &id, measure.place_of("id"));
            self.measures.push(id.clone());
            let (title, strength, limit) = (measure.text("title"), measure.text("strength"), measure.text("limit"));
            let (fits, to) = (measure.optional_text("fits"), read_target(measure, "to", self.diagnostics));
            measures.push(Measure { id, title, strength, limit, fits, to });
        }
        measures
    }

    fn inputs(&mut self, fields: Fields<'_>) -> Vec<Input> {
        let mut seen = BTreeMap::new();
        let mut inputs = Vec::new();
        for input in fields.records("inputs") {
            let id = input.line("id");
            self.twice(&mut seen, &id, input.place_of("id"));
            let located = |key: &str| Located { value: input.line(key), place: input.place_of(key) };
            let label = input.text("label");
            let (question, measure) = (id.clone(), Measured::Number);
            self.inputs.insert(id.clone(), Variable { id: id.clone(), question, label: label.clone(), measure, sensitive: false });
            inputs.push(Input { id, label, survey: located("survey"), figure: located("figure") });
        }
        inputs
    }

    fn question(&mut self, fields: Fields<'_>, seen: &mut BTreeMap<String, Place>) -> Question {
        let id = fields.line("id");
        self.twice(seen, &id, fields.place_of("id"));
        let mut own = BTreeMap::new();
        let answers: Vec<Option<Answer>> = fields.records("answers").map(|answer| self.answer(answer, &mut own)).collect();
        let whole = answers.iter().all(Option::is_some);
        let question = Question {
            id,
            place: fields.place_of("id"),
            text: fields.text("text"),
            hint: fields.optional_text("hint"),
            answers: answers.into_iter().flatten().collect(),
        };
        if whole {
            self.exactly_one(&question);
        }
        question
    }

    fn answer(&mut self, fields: Fields<'_>, seen: &mut BTreeMap<String, Place>) -> Option<Answer> {
        let id = fields.line("id");
        self.twice(seen, &id, fields.place_of("id"));
        let mut named = BTreeSet::new();
        let mut choose = Vec::new();
        for chosen in fields.records("choose") {
            let measure = chosen.line("measure");
            let place = chosen.place_of("measure");
            let Some(index) = self.measures.iter().position(|known| *known == measure) else {
                let known: Vec<String> = self.measures.clone();
                self.unknown(&place, ("施策", "measure"), &measure, known.iter().map(String::as_str));
                continue;
            };
            if named.insert(index) {
                choose.push(Chosen { measure: index, reason: chosen.optional_text("reason"), given: chosen.flag("given") });
            } else {
                self.diagnostics.push(Diagnostic::error(
                    code::DUPLICATE_ID,
                    place,
                    format!("施策「{measure}」は、この答えで二度選ばれています。"),
                    format!("This answer chooses the measure “{measure}” twice."),
                ));
            }
        }
        let condition = self.condition(fields)?;
        Some(Answer { id, label: fields.text("label"), condition, says: fields.optional_text("says"), choose })
    }

    /// A condition over the inputs, and over nothing that changes from day to day.
    fn condition(&mut self, fields: Fields<'_>) -> Option<Condition> {
        // An empty one was said to be empty
        let source = fields.optional_line("if").filter(|source| !source.trim().is_empty())?;
        let place = fields.place_of("if");
        let condition = match Condition::parse(&source, place.clone()) {
            Ok(condition) => condition,
            Err(unreadable) => {
                let (ja, en) =
                    (format!("条件式を読めません。{}。", unreadable.ja), format!("This condition cannot be read: {}.", unreadable.en));
                self.diagnostics.push(Diagnostic::error(
                    code::CONDITION,
                    place_in(&place, &source, unreadable.at, unreadable.at + 1),
                    ja,
                    en,
                ));
                return None;
            }
        };
        let mut faults = Diagnostics::new();
        let none = BTreeSet::new();
        let scope = Scope { earlier: &self.inputs, all: &self.inputs, scales: &none, all_scales: &none };
        check_condition(&condition, Wanted::Truth, &scope, &mut faults);
        if condition.expression.speaks_of_today() {
            faults.push(Diagnostic::error(
                code::PLAN_RULES,
                condition.place.clone(),
                "施策の選び方は、日によって変わってはいけません。",
                "Which measures suit a firm must not change with the day.",
            ));
        }
        let sound = !faults.has_errors();
        self.diagnostics.append(faults);
        sound.then_some(condition)
    }

    /// Tries figures on both sides of every number that the conditions compare with.
    fn exactly_one(&mut self, question: &Question) {
        let conditions: Vec<&Condition> = question.answers.iter().map(|answer| &answer.condition).collect();
        for point in points(conditions.iter().map(|condition| &condition.expression)).unwrap_or_default() {
            let of = |id: &str| point.get(id).map(|value| (*value, *value));
            let hold: Vec<&Condition> =
                conditions.iter().copied().filter(|condition| holds(&condition.expression, &of) == Some(true)).collect();
            if hold.len() == 1 {
                continue;
            }
            let told: Vec<String> = point.iter().map(|(id, value)| format!("{id} = {value}")).collect();
            let told = told.join(", ");
            let diagnostic = match hold.as_slice() {
                [] => Diagnostic::error(
                    code::PLAN_RULES,
                    question.place.clone(),
                    format!("{told} のとき、問い「{}」のどの答えも成り立ちません。", question.id),
                    format!("With {told}, no answer of the question “{}” holds.", question.id),
                ),
                [one, other, ..] => Diagnostic::error(
                    code::PLAN_RULES,
                    other.place.clone(),
                    format!("{told} のとき、二つの答えが同時に成り立ちます。"),
                    format!("With {told}, two answers hold at once."),
                )
                .also(one.place.clone(), "もう一つ", "the other one"),
                [_] => continue,
            };
            self.diagnostics.push(diagnostic.hint(
                "「>= 3.5」と「< 3.5」のように、どんな数でも一つだけが成り立つように分けてください。",
                "Part them so that exactly one holds for any number, such as “>= 3.5” and “< 3.5”.",
            ));
            return;
        }
    }
}
