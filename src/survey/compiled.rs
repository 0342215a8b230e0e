//! Conditions for the browser: the same expressions and rules as JSON, so that a form can show and hide questions while it is
//! filled in. What the browser makes of them is a courtesy; every sheet is judged again here.
//!
//! An expression is a number, or a list whose first word says what it is: `["text", "sales"]`, `["today"]`, `["answer", "team"]`,
//! `["score", "mood"]`, `["answered", "team"]`, `["not", x]`, `["negative", x]`, `["count", x, …]`, `["and", x, y]`, `["<=", x, y]`.
//! A value is null where it is missing, a number, a text, a truth value, or a list of codes.

use super::answer::{Answer, Answers, Value};
use super::condition::Condition;
use super::definition::{Page, Survey};
use super::domain::{TODAY, names};
use super::expression::{Aggregate, Expression, Term};
use super::field::{OTHER_LENGTH, names as names_of_fields};
use super::question::{Kind, Question};
use super::scoring::{Method, Scale};
use super::variable::{Measure, Variable};
use crate::language::Day;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// An expression as JSON.
#[must_use]
pub fn compiled(expression: &Expression) -> Json {
    match &expression.term {
        // JSON knows no infinity; no answer comes near the largest number either
        Term::Number(number) => json!(number.min(f64::MAX)),
        Term::Text(text) => json!(["text", text]),
        Term::Today => json!(["today"]),
        Term::Variable(id) => json!(["answer", id]),
        Term::Score(id) => json!(["score", id]),
        Term::Answered(id) => json!(["answered", id]),
        Term::Not(inner) => json!(["not", compiled(inner)]),
        Term::Negative(inner) => json!(["negative", compiled(inner)]),
        Term::Binary(operator, left, right) => json!([operator.sign(), compiled(left), compiled(right)]),
        Term::Aggregate(aggregate, parts) => {
            let word = match aggregate {
                Aggregate::Count => "count",
                Aggregate::Sum => "sum",
                Aggregate::Mean => "mean",
            };
            std::iter::once(json!(word)).chain(parts.iter().map(compiled)).collect()
        }
    }
}

/// An answer as JSON, as expressions see it.
#[must_use]
pub fn operand(answer: Option<&Answer>) -> Json {
    match answer.and_then(Answer::value) {
        None => Json::Null,
        Some(Value::Choice(code)) if code.starts_with(|first: char| first.is_ascii_digit()) => number(code),
        Some(Value::Choice(text) | Value::Text(text) | Value::Date(text)) => json!(text),
        Some(Value::Choices(codes)) => json!(codes),
        Some(Value::Number(digits)) => number(digits),
    }
}

fn number(digits: &str) -> Json {
    digits.parse::<f64>().map_or(Json::Null, |number| json!(number))
}

/// A scale as JSON: what its score is made of.
#[must_use]
pub fn scale(scale: &Scale) -> Json {
    json!({
        "items": scale.items,
        "reversed": scale.reversed,
        "sum": scale.method == Method::Sum,
        "least": scale.min_answered,
        "points": scale.points,
    })
}

/// What a form needs to know to show and hide the questions of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Live {
    /// The ids of the questions that come and go with answers of this page.
    pub questions: BTreeSet<String>,
    /// Everything that decides about them.
    pub rules: Json,
}

impl Survey {
    /// The rules of a page, `None` where nothing on it depends on its own answers. `answers` are those of earlier pages, of which
    /// only those are handed over that the page's conditions speak of; `shown` says whether a question is asked. The day goes along
    /// where a condition speaks of it; without one (a page that is built and not served) the browser takes its own.
    #[must_use]
    pub fn live(&self, page: &Page, answers: &Answers, shown: &dyn Fn(&str) -> bool, today: Option<Day>) -> Option<Live> {
        let here: BTreeSet<String> = page.questions.iter().flat_map(Question::variables).map(|variable| variable.id).collect();
        let named = |condition: &Condition| {
            let mut named = BTreeSet::new();
            names(&condition.expression, &self.scales, &mut named);
            named
        };
        // What is worked out from other answers has no field that a browser could read: it comes with the next page
        let fields: BTreeSet<String> = page.questions.iter().flat_map(names_of_fields).collect();
        let comes_and_goes = |question: &Question| {
            // Nor does a calculated value come and go before its page is sent
            let calculated = matches!(question.kind, Kind::Calculated { .. });
            question.show_if.as_ref().filter(|_| !calculated).is_some_and(|condition| {
                let named = named(condition);
                !named.is_disjoint(&here) && named.intersection(&here).all(|id| fields.contains(id))
            })
        };
        let live: BTreeSet<String> =
            page.questions.iter().filter(|question| comes_and_goes(question)).map(|question| question.id.clone()).collect();
        if live.is_empty() {
            return None;
        }
        let conditions: Vec<&Condition> =
            page.questions.iter().filter(|question| live.contains(&question.id)).filter_map(|question| question.show_if.as_ref()).collect();
        let spoken: BTreeSet<String> = conditions.iter().flat_map(|condition| named(condition)).collect();
        let questions: Vec<Json> = page
            .questions
            .iter()
            .filter(|question| live.contains(&question.id) || shown(&question.id))
            .map(|question| {
                let fields: Map<String, Json> =
                    question.variables().iter().map(|variable| (variable.id.clone(), field(question, variable))).collect();
                let condition = question.show_if.as_ref().filter(|_| live.contains(&question.id));
                json!({"id": question.id, "if": condition.map(|condition| compiled(&condition.expression)), "fields": fields})
            })
            .collect();
        let earlier: Map<String, Json> =
            spoken.iter().filter(|id| !here.contains(*id) && *id != TODAY).map(|id| (id.clone(), operand(answers.get(id)))).collect();
        // Those of which every item has a say in some condition; others have none
        let scales = self.scales.iter().filter(|scale| scale.items.iter().all(|item| spoken.contains(item)));
        let scales: Map<String, Json> = scales.map(|one| (one.id.clone(), scale(one))).collect();
        let today = today.filter(|_| spoken.contains(TODAY)).map(|day| day.to_string());
        let rules = json!({"today": today, "answers": earlier, "scales": scales, "questions": questions});
        Some(Live { questions: live, rules })
    }
}

/// How the answer of a variable is read from its field.
#[must_use]
pub fn field(question: &Question, variable: &Variable) -> Json {
    match (&variable.measure, &question.kind) {
        (Measure::Nominal(_) | Measure::Ordinal(_), _) => json!({"kind": "choice"}),
        (Measure::Multiple(_), _) => json!({"kind": "choices"}),
        (Measure::Number, Kind::Number { minimum, maximum, decimals, .. }) => {
            json!({"kind": "number", "minimum": minimum, "maximum": maximum, "decimals": decimals})
        }
        (Measure::Number, _) => json!({"kind": "number", "minimum": null, "maximum": null, "decimals": 6}),
        (Measure::Text, Kind::ShortText { max_length }) => json!({"kind": "text", "most": max_length, "lines": false}),
        (Measure::Text, Kind::LongText { max_length }) => json!({"kind": "text", "most": max_length, "lines": true}),
        (Measure::Text, _) if variable.id == question.other_variable() => {
            json!({"kind": "text", "most": OTHER_LENGTH, "lines": false, "beside": question.id})
        }
        (Measure::Text | Measure::Order(_) | Measure::Identity, _) => json!({"kind": "text", "most": 10_000, "lines": true}),
        (Measure::Date, Kind::Date { earliest, latest }) => {
            let day = |day: &Option<Day>| day.map(|day| day.to_string());
            json!({"kind": "date", "earliest": day(earliest), "latest": day(latest)})
        }
        (Measure::Date, _) => json!({"kind": "date", "earliest": null, "latest": null}),
    }
}
