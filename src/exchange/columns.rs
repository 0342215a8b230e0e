//! The columns of a table of responses: their heads, and how an answer is written in them.

use crate::content::plain;
use crate::language::{Language, Words};
use crate::survey::question::Kind;
use crate::survey::{Answer, Category, Measure, Survey, Value, Variable};
use std::collections::BTreeMap;

/// What stands in a cell whose question was left empty.
pub(super) const SKIPPED: &str = "_skipped";
/// What stands in a cell whose question was declined.
pub(super) const DECLINED: &str = "_declined";
/// What stands in a cell whose question was never put.
pub(super) const NOT_SHOWN: &str = "_not_shown";
/// What stands in a cell that was blanked, because few people share what stood there.
pub(super) const WITHHELD: &str = "_withheld";

/// How several choices are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Multiple {
    /// A column of 0 and 1 for each choice, `question.choice`.
    Columns,
    /// One column with all that were chosen: codes parted by spaces, labels by semicolons.
    OneColumn,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Labels in this language in place of ids and codes.
    pub labels: Option<Language>,
    /// How several choices are written.
    pub multiple: Multiple,
}

impl Style {
    /// Ids and codes, a column for each choice.
    pub const CODES: Style = Style { labels: None, multiple: Multiple::Columns };
}

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    /// Its head: the variable's id, or `variable.choice`.
    pub(super) head: String,
    /// The variable.
    pub(super) variable: Variable,
    /// For one choice of several: that choice.
    pub(super) choice: Option<Category>,
}

/// The columns of these variables, in their order.
pub(super) fn columns(variables: &[Variable], multiple: Multiple) -> Vec<Column> {
    let mut columns = Vec::new();
    for variable in variables {
        match (&variable.measure, multiple) {
            (Measure::Multiple(categories), Multiple::Columns) => {
                for category in categories {
                    let head = format!("{}.{}", variable.id, category.code);
                    columns.push(Column { head, variable: variable.clone(), choice: Some(category.clone()) });
                }
            }
            _ => columns.push(Column { head: variable.id.clone(), variable: variable.clone(), choice: None }),
        }
    }
    columns
}

/// The text of a variable as people know it: the question, with the row of a grid or the words «other» behind it. No markup.
pub(super) fn label(survey: &Survey, variable: &Variable, language: Language) -> String {
    let own = plain(variable.label.in_language(language));
    let Some(question) = survey.question(&variable.question).filter(|question| question.id != variable.id) else {
        return own;
    };
    let asked = plain(question.text.in_language(language));
    let part = match &question.kind {
        Kind::SingleChoice { other: Some(other), .. } | Kind::MultipleChoice { other: Some(other), .. }
            if variable.id == question.other_variable() =>
        {
            // The choice “other” has a column that is called by its words alone
            let text = Words::new("文", "text");
            format!("{}: {}", plain(other.in_language(language)), text.in_language(language))
        }
        _ => own,
    };
    if part == asked || part.is_empty() { asked } else { format!("{asked} [{part}]") }
}

/// The heads of the columns as people read them, each once: two that read alike get their ids behind them.
pub(super) fn headings(survey: &Survey, columns: &[Column], language: Language) -> Vec<String> {
    let texts: Vec<String> = columns
        .iter()
        .map(|column| {
            let asked = label(survey, &column.variable, language);
            match &column.choice {
                Some(choice) => format!("{asked} [{}]", plain(choice.label.in_language(language))),
                None => asked,
            }
        })
        .collect();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for text in &texts {
        *seen.entry(text).or_default() += 1;
    }
    texts
        .iter()
        .zip(columns)
        .map(|(text, column)| if seen.get(text.as_str()) == Some(&1) { text.clone() } else { format!("{text} ({})", column.head) })
        .collect()
}

/// What people read for a cell without a value.
pub(super) fn state_words(state: &str) -> Option<Words> {
    Some(match state {
        SKIPPED => Words::new("（無回答）", "(no answer)"),
        DECLINED => Words::new("（答えたくない）", "(would rather not say)"),
        NOT_SHOWN => Words::new("（尋ねていない）", "(not asked)"),
        WITHHELD => Words::new("（人数が少ないため伏せた）", "(blanked: few people)"),
        _ => return None,
    })
}

/// The states that a cell can be in without a value.
pub(super) const STATES: [&str; 4] = [NOT_SHOWN, SKIPPED, DECLINED, WITHHELD];

/// The state that a cell says, in the words of [`state_words`] or as it is kept.
pub(super) fn state_of(text: &str) -> Option<&'static str> {
    STATES.into_iter().find(|state| *state == text || state_words(state).is_some_and(|words| words.ja == text || words.en == text))
}

impl Column {
    /// How an answer is written in this column.
    pub(super) fn write(&self, answer: Option<&Answer>, labels: Option<Language>) -> String {
        let state = |state: &str| match (labels, state_words(state)) {
            (Some(language), Some(words)) => words.in_language(language).to_owned(),
            _ => state.to_owned(),
        };
        match (answer, &self.choice) {
            (None | Some(Answer::NotShown), _) => state(NOT_SHOWN),
            (Some(Answer::Skipped), _) => state(SKIPPED),
            (Some(Answer::Declined), _) => state(DECLINED),
            (Some(Answer::Given(Value::Choices(codes))), Some(choice)) => u8::from(codes.contains(&choice.code)).to_string(),
            (Some(Answer::Given(Value::Choices(codes))), None) => match labels {
                Some(language) => codes.iter().map(|code| self.named(code, language)).collect::<Vec<String>>().join("; "),
                None => codes.join(" "),
            },
            (Some(Answer::Given(Value::Choice(code))), _) => labels.map_or_else(|| code.clone(), |language| self.named(code, language)),
            (Some(Answer::Given(Value::Number(text) | Value::Text(text) | Value::Date(text))), _) => text.clone(),
        }
    }

    fn named(&self, code: &str, language: Language) -> String {
        let found = categories(&self.variable).iter().find(|category| category.code == code);
        found.map_or_else(|| code.to_owned(), |category| plain(category.label.in_language(language)))
    }
}

/// The values that a variable can take, where they are listed.
pub(super) fn categories(variable: &Variable) -> &[Category] {
    match &variable.measure {
        Measure::Nominal(categories) | Measure::Ordinal(categories) | Measure::Multiple(categories) | Measure::Order(categories) => {
            categories
        }
        Measure::Number | Measure::Text | Measure::Date | Measure::Identity => &[],
    }
}
