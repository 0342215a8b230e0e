//! Questions with one answer, as a form shows them; and what all questions have: what is asked, what was typed, what is wrong.

use super::complaint::short_number;
use super::control::{ChoiceView, OtherView, QuestionView, SliderView, measured};
use crate::language::Text;
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::pages::render::Markup;
use crate::survey::field::{DECLINED, OTHER_LENGTH, declined_field};
use crate::survey::question::{Choice, Kind, MOST_LIKELY, NO, Need, OTHER, Points, Question, Slider, YES};
use crate::survey::{Answers, Complaint, Raw};

/// The place of a field in its page: where a complaint leads.
pub(super) fn anchor(field: &str) -> String {
    format!("q-{field}")
}

/// Makes the views of a page's questions.
pub(in crate::pages) struct Asking<'a> {
    /// The edition.
    pub(in crate::pages) edition: &'a Edition<'a>,
    /// The page.
    pub(in crate::pages) spot: &'a Spot,
    /// What was typed.
    pub(in crate::pages) raw: &'a Raw,
    /// What is wrong with it.
    pub(in crate::pages) complaints: &'a [Complaint],
    /// The answers so far, for calculated values.
    pub(in crate::pages) answers: &'a Answers,
}

impl Asking<'_> {
    /// What every question has.
    pub(super) fn frame(&self, question: &Question) -> QuestionView {
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
        QuestionView {
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
        }
    }

    /// The controls of a question with one answer.
    pub(super) fn one(&self, question: &Question, view: &mut QuestionView) {
        let typed = |view: &mut QuestionView, kind: &'static str| {
            view.kind = kind;
            view.value = self.first(&question.id).to_owned();
            view.decline = self.decline_apart(question);
        };
        match &question.kind {
            Kind::SingleChoice { choices, other } => self.choices(question, view, "radio", choices, other.as_ref()),
            Kind::MultipleChoice { choices, other, .. } => self.choices(question, view, "checkbox", choices, other.as_ref()),
            Kind::Dropdown { choices, other } => self.dropdown(question, view, choices, other.as_ref()),
            Kind::YesNo { yes, no } => {
                view.kind = "choices";
                view.choices = [(YES, yes), (NO, no)]
                    .map(|(code, label)| self.choice(&question.id, "radio", code, self.edition.inline(self.spot, label)))
                    .into();
                view.decline = self.decline(question, &question.id, "radio");
            }
            Kind::Scale(points) => {
                view.kind = "choices";
                view.choices = self.points(&question.id, points);
                view.decline = self.decline(question, &question.id, "radio");
            }
            Kind::Recommendation { ends: (low, high) } => {
                view.kind = "likelihood";
                view.choices = (0..=MOST_LIKELY)
                    .map(|point| self.choice(&question.id, "radio", &point.to_string(), Markup::text(&point.to_string())))
                    .collect();
                view.low = Some(self.edition.plain(low));
                view.high = Some(self.edition.plain(high));
                view.decline = self.decline(question, &question.id, "radio");
            }
            Kind::Number { decimals, unit, minimum, .. } => {
                view.inputmode = inputmode(*minimum, *decimals);
                view.unit = unit.as_ref().map(|unit| self.edition.plain(unit));
                typed(view, "number");
            }
            Kind::Slider(slider) => {
                view.inputmode = inputmode(Some(slider.minimum), slider.decimals());
                view.unit = slider.unit.as_ref().map(|unit| self.edition.plain(unit));
                view.slider = Some(self.slider(slider));
                typed(view, "number");
            }
            Kind::ShortText { max_length } => {
                view.max_length = *max_length;
                typed(view, "short_text");
            }
            Kind::LongText { max_length } => {
                view.max_length = *max_length;
                typed(view, "long_text");
            }
            Kind::Date { earliest, latest } => {
                view.earliest = earliest.map(|day| day.to_string());
                view.latest = latest.map(|day| day.to_string());
                typed(view, "date");
            }
            _ => {}
        }
    }

    fn slider(&self, slider: &Slider) -> SliderView {
        let ends = slider.ends.as_ref();
        SliderView {
            minimum: slider.minimum,
            maximum: slider.maximum,
            step: slider.step,
            low: ends.map(|(low, _)| self.edition.plain(low)),
            high: ends.map(|(_, high)| self.edition.plain(high)),
        }
    }

    fn choices(&self, question: &Question, view: &mut QuestionView, control: &'static str, choices: &[Choice], other: Option<&Text>) {
        view.kind = "choices";
        let one = |choice: &Choice| self.choice(&question.id, control, &choice.id, self.edition.inline(self.spot, &choice.text));
        view.choices = choices.iter().map(one).collect();
        view.choices.extend(other.map(|label| ChoiceView {
            other: Some(self.other(question, label)),
            ..self.choice(&question.id, control, OTHER, self.edition.inline(self.spot, label))
        }));
        view.decline = self.decline(question, &question.id, control);
    }

    /// A list that opens can hold plain texts only.
    fn dropdown(&self, question: &Question, view: &mut QuestionView, choices: &[Choice], other: Option<&Text>) {
        view.kind = "dropdown";
        let one = |code: &str, label: &Text| self.choice(&question.id, "option", code, Markup::text(&self.edition.plain(label)));
        view.choices = choices.iter().map(|choice| one(&choice.id, &choice.text)).collect();
        view.choices.extend(other.map(|label| one(OTHER, label)));
        view.choices.extend(self.decline(question, &question.id, "option"));
        view.other = other.map(|label| self.other(question, label));
    }

    fn other(&self, question: &Question, label: &Text) -> OtherView {
        let name = question.other_variable();
        OtherView {
            id: format!("f-{name}-text"),
            label: self.edition.fill("other_text", &[("label", &self.edition.plain(label))]),
            value: self.first(&name).to_owned(),
            max_length: OTHER_LENGTH,
            name,
        }
    }

    /// One thing to choose.
    pub(super) fn choice(&self, field: &str, control: &'static str, code: &str, label: Markup) -> ChoiceView {
        ChoiceView {
            id: format!("f-{field}-{code}"),
            name: field.to_owned(),
            value: code.to_owned(),
            label,
            control,
            checked: self.has(field, code),
            other: None,
        }
    }

    /// The points of a scale.
    pub(super) fn points(&self, field: &str, points: &Points) -> Vec<ChoiceView> {
        let all = points.categories().into_iter();
        all.map(|point| self.choice(field, "radio", &point.code, self.edition.inline(self.spot, &point.label))).collect()
    }

    /// «I would rather not say» among the choices.
    pub(super) fn decline(&self, question: &Question, field: &str, control: &'static str) -> Option<ChoiceView> {
        (question.need == Need::Declinable).then(|| ChoiceView {
            id: format!("f-{field}-declined"),
            ..self.choice(field, control, DECLINED, Markup::text(self.edition.say("decline")))
        })
    }

    /// «I would rather not say» as a field of its own.
    pub(super) fn decline_apart(&self, question: &Question) -> Option<ChoiceView> {
        (question.need == Need::Declinable).then(|| {
            let name = declined_field(&question.id);
            ChoiceView {
                id: format!("f-{}-declined", question.id),
                value: "yes".to_owned(),
                label: Markup::text(self.edition.say("decline")),
                control: "checkbox",
                checked: !self.first(&name).is_empty(),
                other: None,
                name,
            }
        })
    }

    /// The author's hint, and what the control itself asks for.
    fn hint(&self, question: &Question) -> Option<Markup> {
        let own = question.hint.as_ref().map(|hint| self.edition.inline(self.spot, hint));
        let added = self.added_hint(&question.kind);
        match (own, added) {
            (Some(own), Some(added)) => Some(Markup::trusted(format!("{} {}", own.as_str(), Markup::text(&added).as_str()))),
            (own, added) => own.or_else(|| added.map(|added| Markup::text(&added))),
        }
    }

    fn added_hint(&self, kind: &Kind) -> Option<String> {
        let edition = self.edition;
        let say = |key: &str| Some(edition.say(key).to_owned());
        let fill = |key: &str, n: u32| Some(edition.fill(key, &[("n", &n.to_string())]));
        let bounds = |low: Option<String>, high: Option<String>| match (&low, &high) {
            (None, None) => None,
            _ => Some(edition.range(["hint_between", "hint_from", "hint_to", "optional"], low, high)),
        };
        match kind {
            Kind::MultipleChoice { at_most: Some(most), .. } => fill("at_most", *most),
            Kind::MultipleChoice { at_most: None, .. } => say("any_number"),
            Kind::Grid { .. } => say("hint_grid"),
            Kind::MultipleGrid { at_most: Some(most), .. } => fill("hint_grid_at_most", *most),
            Kind::MultipleGrid { at_most: None, .. } => say("hint_grid_any"),
            Kind::Number { minimum, maximum, decimals, .. } => {
                let word = |value: &Option<f64>| value.map(|value| short_number(value, *decimals));
                bounds(word(minimum), word(maximum))
            }
            Kind::Slider(slider) => {
                let word = |value: f64| short_number(value, slider.decimals());
                let values = [("low", word(slider.minimum)), ("high", word(slider.maximum)), ("step", word(slider.step))];
                // Steps of one are what everybody expects
                let key = if slider.step == 1.0 { "hint_between" } else { "hint_steps" };
                let named = values.each_ref().map(|(name, value)| (*name, value.as_str()));
                Some(edition.fill(key, if slider.step == 1.0 { &named[..2] } else { &named }))
            }
            Kind::Date { earliest, latest } => {
                let word = |day: &Option<crate::language::Day>| day.map(|day| day.in_words(edition.language));
                bounds(word(earliest), word(latest))
            }
            Kind::Ranking { items, top } if *top as usize == items.len() => fill("hint_ranks_all", *top),
            Kind::Ranking { top, .. } => fill("hint_ranks", *top),
            Kind::CardSort { .. } => say("hint_cards"),
            Kind::Allocation { total, unit, .. } => {
                let total = measured(&total.to_string(), unit.as_ref().map(|unit| edition.plain(unit)));
                Some(edition.fill("hint_sum", &[("total", &total)]))
            }
            Kind::PairedComparison { .. } => say("hint_pairs"),
            Kind::Table { at_most, .. } => fill("hint_table", *at_most),
            _ => None,
        }
    }

    /// What is wrong with a field.
    pub(super) fn complaint(&self, question: &Question, field: &str) -> Option<String> {
        let complaint = self.complaints.iter().find(|complaint| complaint.field == field)?;
        Some(self.edition.complaint(question, &complaint.fault))
    }

    /// What was typed into a field.
    pub(super) fn first(&self, field: &str) -> &str {
        self.raw.get(field).and_then(|values| values.first()).map_or("", String::as_str)
    }

    pub(super) fn has(&self, field: &str, value: &str) -> bool {
        self.raw.get(field).is_some_and(|values| values.iter().any(|one| one.trim() == value))
    }
}

/// A numeric keyboard without a minus sign would lock negative numbers out.
fn inputmode(minimum: Option<f64>, decimals: u32) -> &'static str {
    match (minimum.is_some_and(|least| least >= 0.0), decimals) {
        (true, 0) => "numeric",
        (true, _) => "decimal",
        (false, _) => "text",
    }
}
