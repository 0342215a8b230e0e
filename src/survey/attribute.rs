//! Who may answer, and what an answer carries besides what was asked.

use super::variable::{Category, Measure, Variable};
use crate::diagnostic::Place;
use crate::language::{Language, Text};
use std::collections::BTreeMap;

/// The variable of an identified survey that says whose answers they are: the id from the invitation.
pub const PERSON: &str = "person";

/// Who may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Whoever opens the page.
    #[default]
    Open,
    /// Whoever was sent a link of their own; each answers once.
    Invited,
    /// Whoever is in the room where a code is shown.
    Room,
}

impl Access {
    /// Its word in content, and in the terms that the first answer fixes.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Access::Open => "open",
            Access::Invited => "invited",
            Access::Room => "room",
        }
    }
}

/// Something that is known of invited people beforehand and goes with their answers: department, age band.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// Its id: a column of the list of people, and a variable of the responses.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// What it is called.
    pub text: Text,
    /// The values it may have, in order; empty: any code that the list of people holds.
    pub values: Vec<Category>,
    /// The cohorts, by id, that its values are: worked out from days in the list of people, which are not kept.
    pub cohort: Option<String>,
}

/// What one person's answers carry: attribute to code. Every attribute of the survey is there.
pub type Carried = BTreeMap<String, String>;

impl Attribute {
    /// The column that it makes. Where any code is allowed, the categories are empty.
    #[must_use]
    pub fn variable(&self) -> Variable {
        let measure = Measure::Nominal(self.values.clone());
        Variable { id: self.id.clone(), question: self.id.clone(), label: self.text.clone(), measure, sensitive: false }
    }

    /// The code of what stands in a list of people: a code, or what a value is called in any language.
    #[must_use]
    pub fn code(&self, written: &str) -> Option<String> {
        let written = written.trim();
        if self.values.is_empty() {
            let fits = !written.is_empty() && written.chars().count() <= 60 && !written.chars().any(char::is_control);
            return fits.then(|| written.to_owned());
        }
        let is = |category: &&Category| {
            category.code == written || Language::ALL.iter().any(|language| category.label.in_language(*language) == written)
        };
        self.values.iter().find(is).map(|category| category.code.clone())
    }

    /// What a code is called; the code itself where it has no other name.
    #[must_use]
    pub fn label(&self, code: &str) -> Text {
        let own = self.values.iter().find(|category| category.code == code).map(|category| category.label.clone());
        own.unwrap_or_else(|| Text::plain(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn department(values: &[&str]) -> Attribute {
        let values = values.iter().map(|code| Category { code: (*code).to_owned(), label: Text::plain(format!("{code}部")) }).collect();
        Attribute { id: "department".into(), place: Place::whole(&"a.yaml".into()), text: Text::plain("部署"), values, cohort: None }
    }

    #[test]
    fn values_are_named_by_code_or_by_label() {
        let own = department(&["sales", "law"]);
        for (written, code) in [(" sales ", Some("sales")), ("law部", Some("law")), ("Sales", None), ("", None)] {
            assert_eq!(own.code(written).as_deref(), code, "{written}");
        }
        let any = department(&[]);
        for (written, code) in [("営業 1課", Some("営業 1課")), ("", None), (" ", None), ("a\tb", None)] {
            assert_eq!(any.code(written).as_deref(), code, "{written}");
        }
        assert!(any.code(&"長".repeat(61)).is_none());
    }
}
