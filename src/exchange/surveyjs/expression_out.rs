//! How SurveyJS says what our expressions say.

use crate::exchange::expression_out::{Dialect, Reference};
use crate::exchange::meaning::{Meaning, fractions};
use crate::survey::expression::Operator;
use crate::survey::question::{Item, Kind};
use crate::survey::scoring::Scale;
use crate::survey::{Question, Survey};
use std::collections::BTreeMap;

/// The answers of a survey as its result holds them.
pub(super) struct Answered<'a> {
    survey: &'a Survey,
    answers: BTreeMap<String, (String, String, bool, Meaning)>,
}

impl Answered<'_> {
    /// Of a survey.
    pub(super) fn of(survey: &Survey) -> Answered<'_> {
        let mut answers = BTreeMap::new();
        for question in survey.questions() {
            for variable in question.variables() {
                let (value, there, soft) = held(question, &variable.id);
                let meaning = Meaning::of(&variable, fractions(question, &variable.id));
                answers.insert(variable.id, (value, there, soft, meaning));
            }
        }
        Answered { survey, answers }
    }

    /// How texts fill in a variable; none where it is worked out from others.
    pub(super) fn filled(&self, id: &str) -> Option<&str> {
        self.answers.get(id).filter(|(value, ..)| value.starts_with('{')).map(|(value, ..)| value.as_str())
    }
}

/// The value of a variable, the test for it, and whether comparisons without it are false by themselves.
fn held(question: &Question, variable: &str) -> (String, String, bool) {
    let id = &question.id;
    let own = |path: String| (format!("{{{path}}}"), format!("{{{path}}} notempty"), true);
    let item = |items: &[Item]| {
        items.iter().find(|item| question.row_variable(&item.id) == variable).map(|item| item.id.clone()).unwrap_or_default()
    };
    match &question.kind {
        _ if variable == question.other_variable() && !matches!(question.kind, Kind::Table { .. }) => own(format!("{id}-Comment")),
        Kind::Grid { rows, .. } | Kind::MultipleGrid { rows, .. } => own(format!("{id}.{}", item(rows))),
        Kind::CardSort { cards, .. } => own(format!("{id}.{}", item(cards))),
        Kind::Ranking { items, top } => {
            let item = item(items);
            let at = |rank: u32| format!("{{{id}[{}]}} = '{item}'", rank - 1);
            let there: Vec<String> = (1..=*top).map(at).collect();
            let value = (1..*top).rev().fold(top.to_string(), |rest, rank| format!("iif({}, {rank}, {rest})", at(rank)));
            (value, format!("({})", there.join(" or ")), false)
        }
        Kind::Allocation { items, .. } => {
            let path = |item: &str| format!("{{{id}.{item}}}");
            let own = path(&item(items));
            let any: Vec<String> = items.iter().map(|item| format!("{} notempty", path(&item.id))).collect();
            (format!("iif({own} empty, 0, {own})"), format!("({})", any.join(" or ")), false)
        }
        Kind::Table { .. } => {
            let rest = variable.strip_prefix(&format!("{id}_")).unwrap_or_default();
            let (row, column) = rest.split_once('_').unwrap_or_default();
            let row = row.parse::<u32>().unwrap_or(1) - 1;
            let other = question.cell_of(variable).filter(|cell| cell.other_variable() == variable);
            match other.and(column.strip_suffix("_other")) {
                Some(column) => own(format!("{id}[{row}].{column}-Comment")),
                None => own(format!("{id}[{row}].{column}")),
            }
        }
        _ => own(variable.to_owned()),
    }
}

impl Dialect for Answered<'_> {
    const KEEPS_NOTHING: bool = false;
    const LENIENT: bool = true;

    fn reference(&self, id: &str) -> Option<Reference> {
        let (value, there, soft, meaning) = self.answers.get(id)?.clone();
        Some(Reference { value, there, soft, meaning })
    }

    fn literal(&self, text: &str) -> Option<String> {
        match (text.contains(['\'', '\\']), text.contains(['"', '\\'])) {
            (false, _) => Some(format!("'{text}'")),
            (true, false) => Some(format!("'{}'", text.replace('\'', "\\'"))),
            (true, true) => None,
        }
    }

    fn day(&self, text: &str) -> String {
        format!("'{text}'")
    }

    fn as_day(&self, value: &str) -> String {
        value.to_owned()
    }

    fn as_number(&self, value: &str) -> String {
        value.to_owned()
    }

    fn today(&self) -> &'static str {
        "today()"
    }

    fn not(&self, inner: &str) -> String {
        format!("!({inner})")
    }

    fn choose(&self, condition: &str, then: &str, otherwise: &str) -> String {
        format!("iif({condition}, {then}, {otherwise})")
    }

    fn sign(&self, operator: Operator) -> &'static str {
        operator.sign()
    }

    fn contains(&self, set: &str, code: &str) -> String {
        format!("{set} contains {code}")
    }

    fn scale(&self, id: &str) -> Option<&Scale> {
        self.survey.scales.iter().find(|scale| scale.id == id)
    }
}
