//! How XLSForm (XPath with the functions of ODK) says what our expressions say.

use crate::exchange::expression_out::{Dialect, Reference};
use crate::exchange::meaning::{Meaning, fractions};
use crate::survey::expression::Operator;
use crate::survey::question::{Item, Kind};
use crate::survey::scoring::Scale;
use crate::survey::{Question, Survey};
use std::collections::BTreeMap;

/// The answers of a survey as its form holds them.
pub(super) struct XPath<'a> {
    survey: &'a Survey,
    answers: BTreeMap<String, (String, String, bool, Meaning)>,
}

impl XPath<'_> {
    /// Of a survey.
    pub(super) fn of(survey: &Survey) -> XPath<'_> {
        let mut answers = BTreeMap::new();
        for question in survey.questions() {
            for variable in question.variables() {
                let (value, there, soft) = held(question, &variable.id);
                let meaning = Meaning::of(&variable, fractions(question, &variable.id));
                answers.insert(variable.id, (value, there, soft, meaning));
            }
        }
        XPath { survey, answers }
    }

    /// Whether a variable is a row of its own, so that texts can fill it in.
    pub(super) fn is_row(&self, id: &str) -> bool {
        self.answers.get(id).is_some_and(|(value, ..)| *value == format!("${{{id}}}"))
    }
}

/// The value of a variable, the test for it, and whether comparisons without it are false by themselves.
fn held(question: &Question, variable: &str) -> (String, String, bool) {
    let whole = format!("${{{}}}", question.id);
    let item = |items: &[Item]| items.iter().find(|item| question.row_variable(&item.id) == variable).map(|item| item.id.clone());
    match &question.kind {
        Kind::Ranking { items, top } => {
            let id = item(items).unwrap_or_default();
            let at = |rank: u32| format!("selected-at({whole}, {}) = '{id}'", rank - 1);
            let there: Vec<String> = (1..=*top).map(at).collect();
            let value = (1..*top).rev().fold(top.to_string(), |rest, rank| format!("if({}, {rank}, {rest})", at(rank)));
            (value, format!("({})", there.join(" or ")), false)
        }
        Kind::Allocation { items, .. } => {
            let rows = items.iter().map(|item| format!("${{{}}} != ''", question.row_variable(&item.id)));
            let own = format!("${{{variable}}}");
            (format!("if({own} = '', 0, {own})"), format!("({})", rows.collect::<Vec<String>>().join(" or ")), false)
        }
        Kind::Table { .. } => {
            let rest = variable.strip_prefix(&format!("{}_", question.id)).unwrap_or_default();
            let (row, column) = rest.split_once('_').unwrap_or_default();
            let value = format!("indexed-repeat(${{{}_{column}}}, {whole}, {row})", question.id);
            (value.clone(), format!("{value} != ''"), true)
        }
        _ => (format!("${{{variable}}}"), format!("${{{variable}}} != ''"), true),
    }
}

impl Dialect for XPath<'_> {
    const KEEPS_NOTHING: bool = true;
    const LENIENT: bool = false;

    fn reference(&self, id: &str) -> Option<Reference> {
        let (value, there, soft, meaning) = self.answers.get(id)?.clone();
        Some(Reference { value, there, soft, meaning })
    }

    fn literal(&self, text: &str) -> Option<String> {
        Some(match (text.contains('\''), text.contains('"')) {
            (false, _) => format!("'{text}'"),
            (true, false) => format!("\"{text}\""),
            (true, true) => {
                let parts: Vec<String> = text.split('\'').map(|part| format!("'{part}'")).collect();
                format!("concat({})", parts.join(", \"'\", "))
            }
        })
    }

    fn day(&self, text: &str) -> String {
        format!("date('{text}')")
    }

    fn as_day(&self, value: &str) -> String {
        format!("date({value})")
    }

    fn as_number(&self, value: &str) -> String {
        format!("number({value})")
    }

    fn today(&self) -> &'static str {
        "today()"
    }

    fn not(&self, inner: &str) -> String {
        format!("not({inner})")
    }

    fn choose(&self, condition: &str, then: &str, otherwise: &str) -> String {
        format!("if({condition}, {then}, {otherwise})")
    }

    fn sign(&self, operator: Operator) -> &'static str {
        if operator == Operator::Divide { "div" } else { operator.sign() }
    }

    fn contains(&self, set: &str, code: &str) -> String {
        format!("selected({set}, {code})")
    }

    fn scale(&self, id: &str) -> Option<&Scale> {
        self.survey.scales.iter().find(|scale| scale.id == id)
    }
}
