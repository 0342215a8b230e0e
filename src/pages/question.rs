//! Questions as a form shows them: what is asked, the controls, what was typed, what is wrong with it.

use super::address::Spot;
use super::edition::Edition;
use super::render::Markup;
use crate::language::number;
use crate::survey::field::{DECLINED, OTHER_LENGTH, declined_field};
use crate::survey::question::{Choice, GridRow, Kind, Need, OTHER, Points, Question};
use crate::survey::{Complaint, Raw};
use serde::Serialize;

/// A choice, a point of a scale, or «I would rather not say».
#[derive(Debug, Clone, Serialize)]
pub(super) struct ChoiceView {
    id: String,
    name: String,
    value: String,
    label: Markup,
    control: &'static str,
    checked: bool,
    other: Option<OtherView>,
}

/// The field for a text of one's own.
#[derive(Debug, Clone, Serialize)]
struct OtherView {
    id: String,
    name: String,
    label: String,
    value: String,
    max_length: u32,
}

/// A row of a grid.
#[derive(Debug, Clone, Serialize)]
struct RowView {
    anchor: String,
    text: Markup,
    complaint: Option<String>,
    choices: Vec<ChoiceView>,
    decline: Option<ChoiceView>,
}

/// A question.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct QuestionView {
    kind: &'static str,
    anchor: String,
    id: String,
    name: String,
    text: Markup,
    need: &'static str,
    hint: Option<Markup>,
    complaint: Option<String>,
    describe: Option<String>,
    choices: Vec<ChoiceView>,
    decline: Option<ChoiceView>,
    heads: Vec<Markup>,
    columns: usize,
    declinable: bool,
    rows: Vec<RowView>,
    value: String,
    max_length: u32,
    inputmode: &'static str,
    unit: Option<String>,
    earliest: Option<String>,
    latest: Option<String>,
}

/// The place of a field in its page: where a complaint leads.
pub(super) fn anchor(field: &str) -> String {
    format!("q-{field}")
}

/// Makes the views of a page's questions.
pub(super) struct Asking<'a> {
    /// The edition.
    pub edition: &'a Edition<'a>,
    /// The page.
    pub spot: &'a Spot,
    /// What was typed.
    pub raw: &'a Raw,
    /// What is wrong with it.
    pub complaints: &'a [Complaint],
}

impl Asking<'_> {
    /// A question.
    pub(super) fn view(&self, question: &Question) -> QuestionView {
        let id = format!("f-{}", question.id);
        let hint = self.hint(question);
        let other = question.other_variable();
        let complaint = self.complaint(question, &question.id).or_else(|| self.complaint(question, &other));
        let mut described = Vec::new();
        if hint.is_some() {
            described.push(format!("{id}-hint"));
        }
        if complaint.is_some() {
            described.push(format!("{id}-fault"));
        }
        let mut view = QuestionView {
            anchor: anchor(&question.id),
            name: question.id.clone(),
            text: self.edition.inline(self.spot, &question.text),
            need: if question.need == Need::Optional { "optional" } else { "required" },
            describe: (!described.is_empty()).then(|| described.join(" ")),
            declinable: question.need == Need::Declinable,
            hint,
            complaint,
            id,
            ..QuestionView::default()
        };
        self.controls(question, &mut view);
        view
    }

    fn controls(&self, question: &Question, view: &mut QuestionView) {
        match &question.kind {
            Kind::SingleChoice { choices, other } => self.choices(question, view, "radio", choices, other.is_some()),
            Kind::MultipleChoice { choices, other, .. } => self.choices(question, view, "checkbox", choices, other.is_some()),
            Kind::Scale(points) => {
                view.kind = "choices";
                view.choices = self.points(&question.id, points);
                view.decline = self.decline(question, &question.id, "radio");
            }
            Kind::Grid { points, rows } => {
                view.kind = "grid";
                view.columns = usize::from(points.count) + usize::from(view.declinable);
                view.heads = points.categories().iter().map(|point| self.edition.inline(self.spot, &point.label)).collect();
                view.rows = rows.iter().map(|row| self.row(question, points, row)).collect();
            }
            Kind::Number { decimals, unit, minimum, .. } => {
                view.kind = "number";
                // A numeric keyboard without a minus sign would lock negative numbers out.
                view.inputmode = match (minimum.is_some_and(|least| least >= 0.0), decimals) {
                    (true, 0) => "numeric",
                    (true, _) => "decimal",
                    (false, _) => "text",
                };
                view.unit = unit.as_ref().map(|unit| self.edition.plain(unit));
                self.typed(question, view);
            }
            Kind::ShortText { max_length } => {
                view.kind = "short_text";
                view.max_length = *max_length;
                self.typed(question, view);
            }
            Kind::LongText { max_length } => {
                view.kind = "long_text";
                view.max_length = *max_length;
                self.typed(question, view);
            }
            Kind::Date { earliest, latest } => {
                view.kind = "date";
                view.earliest = earliest.map(|day| day.to_string());
                view.latest = latest.map(|day| day.to_string());
                self.typed(question, view);
            }
        }
    }

    fn typed(&self, question: &Question, view: &mut QuestionView) {
        view.value = self.first(&question.id).to_owned();
        if question.need == Need::Declinable {
            let name = declined_field(&question.id);
            view.decline = Some(ChoiceView {
                id: format!("f-{}-declined", question.id),
                value: "yes".to_owned(),
                label: Markup::text(self.edition.say("decline")),
                control: "checkbox",
                checked: !self.first(&name).is_empty(),
                other: None,
                name,
            });
        }
    }

    fn choices(&self, question: &Question, view: &mut QuestionView, control: &'static str, choices: &[Choice], other: bool) {
        view.kind = "choices";
        let one = |code: &str, label: Markup| ChoiceView {
            id: format!("f-{}-{code}", question.id),
            name: question.id.clone(),
            value: code.to_owned(),
            label,
            control,
            checked: self.has(&question.id, code),
            other: None,
        };
        view.choices = choices.iter().map(|choice| one(&choice.id, self.edition.inline(self.spot, &choice.text))).collect();
        if let (true, Kind::SingleChoice { other: Some(label), .. } | Kind::MultipleChoice { other: Some(label), .. }) =
            (other, &question.kind)
        {
            let name = question.other_variable();
            let field = OtherView {
                id: format!("f-{name}-text"),
                label: self.edition.fill("other_text", &[("label", &self.edition.plain(label))]),
                value: self.first(&name).to_owned(),
                max_length: OTHER_LENGTH,
                name,
            };
            view.choices.push(ChoiceView { other: Some(field), ..one(OTHER, self.edition.inline(self.spot, label)) });
        }
        view.decline = self.decline(question, &question.id, control);
    }

    fn points(&self, field: &str, points: &Points) -> Vec<ChoiceView> {
        let view = |point: crate::survey::Category| ChoiceView {
            id: format!("f-{field}-{}", point.code),
            name: field.to_owned(),
            label: self.edition.inline(self.spot, &point.label),
            control: "radio",
            checked: self.has(field, &point.code),
            other: None,
            value: point.code,
        };
        points.categories().into_iter().map(view).collect()
    }

    fn row(&self, question: &Question, points: &Points, row: &GridRow) -> RowView {
        let field = question.row_variable(&row.id);
        RowView {
            anchor: anchor(&field),
            text: self.edition.inline(self.spot, &row.text),
            complaint: self.complaint(question, &field),
            choices: self.points(&field, points),
            decline: self.decline(question, &field, "radio"),
        }
    }

    fn decline(&self, question: &Question, field: &str, control: &'static str) -> Option<ChoiceView> {
        (question.need == Need::Declinable).then(|| ChoiceView {
            id: format!("f-{field}-declined"),
            name: field.to_owned(),
            value: DECLINED.to_owned(),
            label: Markup::text(self.edition.say("decline")),
            control,
            checked: self.has(field, DECLINED),
            other: None,
        })
    }

    /// The author's hint, and what the control itself asks for.
    fn hint(&self, question: &Question) -> Option<Markup> {
        let edition = self.edition;
        let own = question.hint.as_ref().map(|hint| edition.inline(self.spot, hint));
        let bounds = |low: Option<String>, high: Option<String>| match (&low, &high) {
            (None, None) => None,
            _ => Some(edition.range(["hint_between", "hint_from", "hint_to", "optional"], low, high)),
        };
        let added = match &question.kind {
            Kind::MultipleChoice { at_most: Some(most), .. } => Some(edition.fill("at_most", &[("n", &most.to_string())])),
            Kind::MultipleChoice { at_most: None, .. } => Some(edition.say("any_number").to_owned()),
            Kind::Grid { .. } => Some(edition.say("hint_grid").to_owned()),
            Kind::Number { minimum, maximum, decimals, .. } => {
                let word = |value: &Option<f64>| value.map(|value| number(value, *decimals));
                bounds(word(minimum), word(maximum))
            }
            Kind::Date { earliest, latest } => {
                let word = |day: &Option<crate::language::Day>| day.map(|day| day.in_words(edition.language));
                bounds(word(earliest), word(latest))
            }
            Kind::SingleChoice { .. } | Kind::Scale(_) | Kind::ShortText { .. } | Kind::LongText { .. } => None,
        };
        match (own, added) {
            (Some(own), Some(added)) => Some(Markup::trusted(format!("{} {}", own.as_str(), Markup::text(&added).as_str()))),
            (own, added) => own.or_else(|| added.map(|added| Markup::text(&added))),
        }
    }

    fn complaint(&self, question: &Question, field: &str) -> Option<String> {
        self.complaints
            .iter()
            .find(|complaint| complaint.field == field)
            .map(|complaint| self.edition.complaint(question, &complaint.fault))
    }

    fn first(&self, field: &str) -> &str {
        self.raw.get(field).and_then(|values| values.first()).map_or("", String::as_str)
    }

    fn has(&self, field: &str, value: &str) -> bool {
        self.raw.get(field).is_some_and(|values| values.iter().any(|one| one.trim() == value))
    }
}
