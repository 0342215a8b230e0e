//! The form of a nomination: who reads it stands before the first field.

use super::asked::{Asked, Offered, times};
use super::offer::{LineView, label, tongue};
use crate::catalog::worksheet::Named;
use crate::diagnostic::Diagnostics;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::form::sheet::{SurveyView, action};
use crate::pages::frame::file;
use crate::survey::Fault;
use crate::survey::nomination::{CONTACT, HOPE, NAME, Part, SECRET, Slips, WISHES};
use serde::Serialize;

/// The field that holds the random id of a form.
pub const SHEET: &str = "_sheet";
/// The field that says which button was pressed.
pub const GO: &str = "_go";
/// The button that sends.
pub const SEND: &str = "send";
/// The button that leads back to the fields, and the switch of the language.
pub const BACK: [&str; 2] = ["back", "stay"];

#[derive(Serialize)]
struct View {
    survey: SurveyView,
    ask: AskView,
}

#[derive(Serialize)]
struct AskView {
    title: String,
    lead: String,
    sample: bool,
    profile: LinkView,
    action: String,
    sheet: String,
    promise: Vec<LineView>,
    faults_title: Option<String>,
    faults: Vec<FaultView>,
    theme: ControlView,
    language: Option<ControlView>,
    wishes: Vec<WishView>,
    hope: ControlView,
    secret: ControlView,
    name: ControlView,
    contact: ControlView,
    person: String,
}

#[derive(Serialize)]
struct FaultView {
    anchor: String,
    text: String,
}

/// A field with what stands in it.
#[derive(Serialize)]
struct ControlView {
    name: String,
    value: String,
    complaint: Option<String>,
    options: Vec<OptionView>,
    most: u32,
}

#[derive(Serialize)]
struct OptionView {
    value: String,
    label: String,
    chosen: bool,
}

#[derive(Serialize)]
struct WishView {
    label: String,
    needed: bool,
    day: ControlView,
    hours: ControlView,
}

/// The page of the form as a file of the site; nothing for people who are not offered.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, id: &str) -> Result<Vec<Artifact>, Diagnostics> {
    let Some(offered) = Offered::of(edition, id) else { return Ok(Vec::new()) };
    let text = offered.asked(edition).form(&|_| None, "", &Vec::new())?;
    Ok(vec![file(edition.path(&Spot::Nomination(id.to_owned())), text.into_bytes())?])
}

impl Asked<'_, '_> {
    fn complaint(&self, part: Part, fault: &Fault) -> String {
        let edition = self.edition;
        match fault {
            Fault::Missing => edition.say(match part {
                Part::Theme | Part::Language | Part::Hours(_) => "ask_choose",
                Part::Day(_) => "ask_day_missing",
                _ => "ask_write",
            }),
            Fault::UnknownChoice => edition.say("unknown_choice"),
            Fault::Contradiction => edition.say("ask_other_day"),
            Fault::NotADay => edition.say("not_a_day"),
            Fault::DayRange(Some(from), Some(to)) => {
                return edition.fill("day_between", &[("low", &from.in_words(edition.language)), ("high", &to.in_words(edition.language))]);
            }
            Fault::TooLong(most, length) => {
                return edition.fill("too_long", &[("most", &most.to_string()), ("length", &length.to_string())]);
            }
            _ => edition.say("ask_write"),
        }
        .to_owned()
    }

    /// What can be chosen in a field, with its words.
    fn options(&self, part: Part) -> Vec<(String, String)> {
        let (edition, person, directory) = (self.edition, self.offer.person, self.offer.offer.directory);
        let named = |all: &[Named], ids: &[String]| ids.iter().map(|id| (id.clone(), label(edition, all, id))).collect();
        match part {
            Part::Theme => named(&directory.themes, &person.themes),
            Part::Language => person.languages.iter().map(|language| (language.code().to_owned(), tongue(edition, *language))).collect(),
            Part::Hours(_) => {
                let there = directory.hours.iter().filter(|one| person.hours.contains(&one.named.id));
                there.map(|one| (one.named.id.clone(), times(edition, one))).collect()
            }
            _ => Vec::new(),
        }
    }

    fn control<'s>(&self, part: Part, sent: &dyn Fn(&str) -> Option<&'s str>, slips: &Slips) -> ControlView {
        let name = part.name();
        let value = sent(&name).unwrap_or_default();
        let fault = slips.iter().find(|(known, _)| *known == part);
        let options = self.options(part).into_iter().map(|(id, label)| OptionView { chosen: id == value, value: id, label });
        ControlView {
            value: value.to_owned(),
            complaint: fault.map(|(_, fault)| self.complaint(part, fault)),
            options: options.collect(),
            most: match part {
                Part::Name => NAME,
                Part::Contact => CONTACT,
                Part::Hope => HOPE,
                Part::Secret => SECRET,
                _ => 0,
            },
            name,
        }
    }

    /// The form, with what was sent and what is wrong with it.
    ///
    /// # Errors
    ///
    /// A fault in the theme's template.
    pub fn form<'s>(&self, sent: &dyn Fn(&str) -> Option<&'s str>, sheet: &str, slips: &Slips) -> Result<String, Diagnostics> {
        let (edition, spot, person) = (self.edition, self.spot(), self.offer.person);
        let title = edition.fill("talk_nominate", &[("name", &self.person())]);
        let page = edition.page_view(&spot, title.clone(), String::new());
        let control = |part: Part| self.control(part, sent, slips);
        let wish = |at: usize| WishView {
            label: edition.fill("ask_wish", &[("n", &(at + 1).to_string())]),
            needed: at == 0,
            day: control(Part::Day(at)),
            hours: control(Part::Hours(at)),
        };
        let faults = slips.iter().map(|(part, fault)| FaultView {
            anchor: part.name(),
            text: format!("{}{}{}", self.labels(*part), edition.say("label_gap"), self.complaint(*part, fault)),
        });
        let survey = if sheet.is_empty() && Part::all().iter().all(|part| sent(&part.name()).is_none()) {
            SurveyView::titled(edition.plain(&edition.material.site.title))
        } else {
            SurveyView::switching(edition.plain(&edition.material.site.title))
        };
        let view = View {
            survey,
            ask: AskView {
                title,
                lead: edition.say("ask_lead").to_owned(),
                sample: self.offer.offer.directory.sample,
                profile: LinkView::new(edition.link_to(&spot, &Spot::Consultant(person.id.clone())), edition.say("ask_profile")),
                action: action(edition, &spot),
                sheet: sheet.to_owned(),
                promise: self.promise(),
                faults_title: (!slips.is_empty()).then(|| edition.fill("ask_faults", &[("n", &slips.len().to_string())])),
                faults: faults.collect(),
                theme: control(Part::Theme),
                language: (person.languages.len() > 1).then(|| control(Part::Language)),
                wishes: (0..WISHES).map(wish).collect(),
                hope: control(Part::Hope),
                secret: control(Part::Secret),
                name: control(Part::Name),
                contact: control(Part::Contact),
                person: self.person(),
            },
        };
        edition.render("nomination.html", &spot, &page, &view)
    }
}
