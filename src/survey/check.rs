//! Checks a condition against its survey: names that do not exist or come later, choices that are not on offer, kinds that do not fit.

use super::condition::Condition;
use super::expression::{Expression, Operator, Term};
use super::variable::{Category, Measure, Variable};
use crate::diagnostic::{Diagnostic, Diagnostics, closest, code};
use crate::language::Day;
use std::collections::{BTreeMap, BTreeSet};

/// What a condition may speak of.
pub struct Scope<'a> {
    /// The variables that are asked before the condition is judged.
    pub earlier: &'a BTreeMap<String, Variable>,
    /// Every variable of the survey.
    pub all: &'a BTreeMap<String, Variable>,
    /// The scales whose items have all been asked before.
    pub scales: &'a BTreeSet<String>,
    /// Every scale.
    pub all_scales: &'a BTreeSet<String>,
}

/// The type of an expression.
#[derive(Debug, Clone, PartialEq)]
enum Type<'a> {
    Truth,
    Number,
    Text,
    Date,
    Choice(&'a [Category]),
    Set(&'a [Category]),
    /// Already complained about.
    Unknown,
}

/// What an expression has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Something that holds or does not: a condition.
    Truth,
    /// A number: a calculated value.
    Number,
}

/// Says everything that is wrong with an expression.
pub fn check(condition: &Condition, wanted: Wanted, scope: &Scope<'_>, diagnostics: &mut Diagnostics) {
    let mut checker = Checker { condition, scope, diagnostics };
    let kind = checker.kind(&condition.expression);
    match (wanted, kind) {
        (_, Type::Unknown) | (Wanted::Truth, Type::Truth) | (Wanted::Number, Type::Number) => {}
        (Wanted::Truth, _) => checker.say(
            &condition.expression,
            "条件は、成り立つか成り立たないかのどちらかになる式で書きます。",
            "A condition is something that holds or does not.",
            "vision >= 4",
        ),
        (Wanted::Number, _) => checker.say(
            &condition.expression,
            "計算の式は、数になるように書きます。",
            "A calculated value has to be a number.",
            "mean(vision, action)",
        ),
    }
}

struct Checker<'a, 'd> {
    condition: &'a Condition,
    scope: &'a Scope<'a>,
    diagnostics: &'d mut Diagnostics,
}

impl<'a> Checker<'a, '_> {
    fn kind(&mut self, expression: &'a Expression) -> Type<'a> {
        match &expression.term {
            Term::Number(_) => Type::Number,
            Term::Text(text) if Day::parse(text).is_some() => Type::Date,
            Term::Text(_) => Type::Text,
            Term::Today => Type::Date,
            Term::Variable(id) => self.variable(expression, id),
            Term::Answered(id) => {
                self.variable(expression, id);
                Type::Truth
            }
            Term::Score(id) => self.score(expression, id),
            Term::Not(inner) => {
                self.wants_truth(inner);
                Type::Truth
            }
            Term::Negative(inner) => {
                self.wants_number(inner);
                Type::Number
            }
            Term::Binary(operator, left, right) => self.binary(*operator, left, right),
            Term::Aggregate(aggregate, parts) => {
                for part in parts {
                    if *aggregate == super::expression::Aggregate::Count {
                        self.kind(part);
                    } else {
                        self.wants_number(part);
                    }
                }
                Type::Number
            }
        }
    }

    fn binary(&mut self, operator: Operator, left: &'a Expression, right: &'a Expression) -> Type<'a> {
        match operator {
            Operator::And | Operator::Or => {
                self.wants_truth(left);
                self.wants_truth(right);
                Type::Truth
            }
            Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide => {
                self.wants_number(left);
                self.wants_number(right);
                Type::Number
            }
            Operator::Contains => {
                match self.kind(left) {
                    Type::Set(categories) => self.wants_code(right, categories),
                    Type::Unknown => {}
                    _ => self.say(
                        left,
                        "「contains」の左には、複数選べる質問の ID を書きます。",
                        "“contains” wants the id of a multiple-choice question on its left.",
                        "reasons contains 'boss'",
                    ),
                }
                Type::Truth
            }
            _ => {
                self.comparison(operator, left, right);
                Type::Truth
            }
        }
    }

    fn comparison(&mut self, operator: Operator, left: &'a Expression, right: &'a Expression) {
        let (left_kind, right_kind) = (self.kind(left), self.kind(right));
        let ordered = !matches!(operator, Operator::Equal | Operator::NotEqual);
        match (&left_kind, &right_kind) {
            (Type::Unknown, _) | (_, Type::Unknown) | (Type::Number, Type::Number) | (Type::Date, Type::Date) => {}
            (Type::Text, Type::Text) if !ordered => {}
            (Type::Choice(categories), Type::Text) if !ordered => self.wants_code(right, categories),
            (Type::Text, Type::Choice(categories)) if !ordered => self.wants_code(left, categories),
            (Type::Set(_), _) | (_, Type::Set(_)) => {
                self.say(
                    left,
                    "複数選べる質問は「contains」で比べます。",
                    "Compare a multiple-choice question with “contains”.",
                    "reasons contains 'boss'",
                );
            }
            (Type::Choice(_), _) | (_, Type::Choice(_)) if ordered => {
                self.say(
                    left,
                    "選択肢には順序がありません。「=」か「!=」で比べます。",
                    "Choices have no order; use “=” or “!=”.",
                    "team = 'sales'",
                );
            }
            _ => self.say(right, "比べる二つの種類が違います。", "These two are of different kinds and cannot be compared.", "years >= 3"),
        }
    }

    fn wants_truth(&mut self, expression: &'a Expression) {
        if !matches!(self.kind(expression), Type::Truth | Type::Unknown) {
            self.say(
                expression,
                "ここには、成り立つか成り立たないかのどちらかになる式を書きます。",
                "This has to be something that holds or does not.",
                "vision >= 4",
            );
        }
    }

    fn wants_number(&mut self, expression: &'a Expression) {
        if !matches!(self.kind(expression), Type::Number | Type::Unknown) {
            self.say(expression, "ここには数を書きます。", "This has to be a number.", "mean(vision, action) >= 3.5");
        }
    }

    fn wants_code(&mut self, expression: &'a Expression, categories: &[Category]) {
        let Term::Text(text) = &expression.term else {
            self.say(
                expression,
                "ここには選択肢の ID を引用符で囲んで書きます。",
                "This has to be the id of a choice, between quotation marks.",
                "'boss'",
            );
            return;
        };
        if categories.iter().any(|category| category.code == *text) {
            return;
        }
        let known: Vec<&str> = categories.iter().map(|category| category.code.as_str()).collect();
        let place = self.condition.place_of(expression.start, expression.end);
        let diagnostic = Diagnostic::error(
            code::UNKNOWN_REFERENCE,
            place,
            format!("選択肢「{text}」はありません。"),
            format!("There is no choice “{text}”."),
        );
        self.diagnostics.push(match closest(text, known.iter().copied()) {
            Some(guess) => diagnostic.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
            None => diagnostic.hint(format!("選べるのは {} です。", known.join("、")), format!("Choose one of {}.", known.join(", "))),
        });
    }

    fn variable(&mut self, expression: &Expression, id: &str) -> Type<'a> {
        if let Some(variable) = self.scope.earlier.get(id) {
            return match &variable.measure {
                Measure::Nominal(categories) => Type::Choice(categories),
                Measure::Multiple(categories) => Type::Set(categories),
                Measure::Ordinal(_) | Measure::Number => Type::Number,
                Measure::Text | Measure::Order(_) | Measure::Identity => Type::Text,
                Measure::Date => Type::Date,
            };
        }
        self.out_of_scope(expression, id, self.scope.all.contains_key(id), self.scope.all.keys());
        Type::Unknown
    }

    fn score(&mut self, expression: &Expression, id: &str) -> Type<'a> {
        if self.scope.scales.contains(id) {
            return Type::Number;
        }
        self.out_of_scope(expression, id, self.scope.all_scales.contains(id), self.scope.all_scales.iter());
        Type::Unknown
    }

    fn out_of_scope<'n>(&mut self, expression: &Expression, id: &str, exists: bool, known: impl Iterator<Item = &'n String>) {
        let place = self.condition.place_of(expression.start, expression.end);
        let diagnostic = if exists {
            Diagnostic::error(
                code::LATER_ANSWER,
                place,
                format!("「{id}」は、ここではまだ尋ねていません。"),
                format!("“{id}” has not been asked yet at this point."),
            )
            .hint("前のページか、この質問より前の質問だけを使えます。", "A condition can only speak of earlier questions.")
        } else {
            let diagnostic = Diagnostic::error(
                code::UNKNOWN_REFERENCE,
                place,
                format!("「{id}」という質問や尺度はありません。"),
                format!("There is no question or scale “{id}”."),
            );
            match closest(id, known.map(String::as_str)) {
                Some(guess) => diagnostic.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
                None => diagnostic,
            }
        };
        self.diagnostics.push(diagnostic);
    }

    fn say(&mut self, expression: &Expression, ja: &str, en: &str, example: &str) {
        let place = self.condition.place_of(expression.start, expression.end);
        self.diagnostics.push(
            Diagnostic::error(code::CONDITION, place, ja, en)
                .hint(format!("たとえば「{example}」のように書きます。"), format!("Write it like “{example}”.")),
        );
    }
}
