//! What was written in a nomination once more, before it is sent; or why it could not be kept.

use super::asked::{Asked, wish_in_words};
use super::nomination::SHEET;
use super::offer::{LineView, label, tongue};
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::pages::form::sheet::{FieldView, SurveyView, action};
use crate::survey::Nomination;
use crate::survey::nomination::Part;
use serde::Serialize;

/// Why a nomination could not be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Too many came from one place in a short time.
    Often,
    /// There are as many as are kept at most.
    Full,
    /// The disk refused.
    Store,
}

impl Trouble {
    fn key(self) -> &'static str {
        match self {
            Trouble::Often => "ask_trouble_often",
            Trouble::Full => "ask_trouble_full",
            Trouble::Store => "ask_trouble_store",
        }
    }
}

#[derive(Serialize)]
struct ReviewPage {
    survey: SurveyView,
    review: ReviewView,
}

#[derive(Serialize)]
struct ReviewView {
    title: String,
    lead: String,
    action: String,
    carried: Vec<FieldView>,
    rows: Vec<LineView>,
    none: String,
    trouble: Option<String>,
}

impl Asked<'_, '_> {
    /// What was written, in words.
    fn rows(&self, nomination: &Nomination) -> Vec<LineView> {
        let edition = self.edition;
        let directory = self.offer.offer.directory;
        let row = |part: Part, text: String| LineView { label: self.labels(part), text };
        let mut rows = vec![LineView { label: edition.say("talk_person_plate").to_owned(), text: self.person() }];
        rows.push(row(Part::Theme, label(edition, &directory.themes, &nomination.theme)));
        let spoken = Language::from_code(&nomination.language).map(|language| tongue(edition, language));
        rows.push(row(Part::Language, spoken.unwrap_or_default()));
        for (at, wish) in nomination.wishes.iter().enumerate() {
            rows.push(LineView {
                label: edition.fill("ask_wish", &[("n", &(at + 1).to_string())]),
                text: wish_in_words(edition, directory, &wish.day, &wish.hours),
            });
        }
        let written = [
            (Part::Hope, &nomination.hope),
            (Part::Secret, &nomination.secret),
            (Part::Name, &nomination.name),
            (Part::Contact, &nomination.contact),
        ];
        rows.extend(written.into_iter().map(|(part, text)| row(part, text.clone())));
        rows
    }

    /// What was written once more, before it is sent; with `trouble` where it could not be kept.
    ///
    /// # Errors
    ///
    /// A fault in the theme's template.
    pub fn review(&self, nomination: &Nomination, sheet: &str, trouble: Option<Trouble>) -> Result<String, Diagnostics> {
        let (edition, spot) = (self.edition, self.spot());
        let title = edition.say("ask_review_title").to_owned();
        let page = edition.page_view(&spot, title.clone(), String::new());
        let mut carried = vec![
            (Part::Theme.name(), nomination.theme.clone()),
            (Part::Language.name(), nomination.language.clone()),
            (Part::Hope.name(), nomination.hope.clone()),
            (Part::Secret.name(), nomination.secret.clone()),
            (Part::Name.name(), nomination.name.clone()),
            (Part::Contact.name(), nomination.contact.clone()),
            (SHEET.to_owned(), sheet.to_owned()),
        ];
        for (at, wish) in nomination.wishes.iter().enumerate() {
            carried.extend([(Part::Day(at).name(), wish.day.clone()), (Part::Hours(at).name(), wish.hours.clone())]);
        }
        let view = ReviewPage {
            survey: SurveyView::switching(edition.plain(&edition.material.site.title)),
            review: ReviewView {
                title,
                lead: edition.fill("ask_review_lead", &[("who", &edition.plain(&self.offer.offer.talks.seen_by))]),
                action: action(edition, &spot),
                carried: carried.into_iter().map(|(name, value)| FieldView { name, value }).collect(),
                rows: self.rows(nomination),
                none: edition.say("ask_empty").to_owned(),
                trouble: trouble.map(|trouble| edition.say(trouble.key()).to_owned()),
            },
        };
        edition.render("nomination-review.html", &spot, &page, &view)
    }
}
