//! The nomination: who reads it stands before the first field; then what was written once more; then a code by which it is erased.

use super::offer::{LineView, Offer, label, tongue};
use crate::catalog::consultants::Days;
use crate::catalog::worksheet::Named;
use crate::catalog::{Consultant, Target};
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::form::sheet::{FieldView, SurveyView, action};
use crate::pages::frame::file;
use crate::survey::nomination::{CONTACT, Choices, HOPE, NAME, Part, SECRET, Slips, WISHES};
use crate::survey::{Fault, Nomination, Token};
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

/// Somebody to nominate, for whoever looks at the form.
#[derive(Clone, Copy)]
pub struct Asked<'a, 'e> {
    edition: &'a Edition<'e>,
    offer: &'a Offered<'e>,
}

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

/// A person who is offered on a site today, with their directory.
pub struct Offered<'e> {
    offer: Offer<'e>,
    person: &'e Consultant,
}

impl<'e> Offered<'e> {
    /// The person of an id; `None` where the site does not offer them today.
    #[must_use]
    pub fn of(edition: &Edition<'e>, id: &str) -> Option<Offered<'e>> {
        let offer = Offer::of(edition)?;
        let person = *offer.people.iter().find(|person| person.id == id)?;
        Some(Offered { offer, person })
    }

    /// Their times, each with the days on which it lies.
    #[must_use]
    pub fn hours(&self) -> Vec<(&'e str, [bool; 7])> {
        let there = self.offer.directory.hours.iter().filter(|one| self.person.hours.contains(&one.named.id));
        let days = |on: Option<Days>| match on {
            None => [true; 7],
            Some(Days::Weekdays) => [true, true, true, true, true, false, false],
            Some(Days::Weekends) => [false, false, false, false, false, true, true],
        };
        there.map(|one| (one.named.id.as_str(), days(one.on))).collect()
    }

    /// What can be chosen with them.
    #[must_use]
    pub fn choices<'c>(&'c self, edition: &Edition<'_>, hours: &'c [(&'c str, [bool; 7])]) -> Choices<'c> {
        Choices {
            consultant: &self.person.id,
            page: edition.language,
            themes: &self.person.themes,
            languages: &self.person.languages,
            hours,
            today: edition.material.today.day,
        }
    }

    /// For how many days a nomination is kept.
    #[must_use]
    pub fn keep_days(&self) -> u32 {
        self.offer.talks.keep_days
    }

    /// This person in an edition.
    #[must_use]
    pub fn asked<'a>(&'a self, edition: &'a Edition<'e>) -> Asked<'a, 'e> {
        Asked { edition, offer: self }
    }
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
    fn spot(&self) -> Spot {
        Spot::Nomination(self.offer.person.id.clone())
    }

    fn person(&self) -> String {
        self.edition.plain(&self.offer.person.name)
    }

    /// Who reads what, where it is kept, until when: from what the site says.
    fn promise(&self) -> Vec<LineView> {
        let edition = self.edition;
        let talks = self.offer.offer.talks;
        let line = |label: &str, text: String| LineView { label: edition.say(label).to_owned(), text };
        let days = talks.keep_days.to_string();
        vec![
            line("ask_seen_label", edition.fill("ask_seen", &[("who", &edition.plain(&talks.seen_by)), ("name", &self.person())])),
            line("ask_sent_label", edition.say("ask_sent").to_owned()),
            line("ask_kept_label", edition.fill("ask_kept", &[("days", &days)])),
            line("ask_unsure_label", edition.say("ask_unsure").to_owned()),
        ]
    }

    fn labels(&self, part: Part) -> String {
        let edition = self.edition;
        let numbered = |key: &str, at: usize| edition.fill(key, &[("n", &(at + 1).to_string())]);
        match part {
            Part::Theme => edition.say("ask_theme").to_owned(),
            Part::Language => edition.say("ask_language").to_owned(),
            Part::Day(at) => numbered("ask_day", at),
            Part::Hours(at) => numbered("ask_hours", at),
            Part::Hope => edition.say("ask_hope").to_owned(),
            Part::Secret => edition.say("ask_secret").to_owned(),
            Part::Name => edition.say("ask_name").to_owned(),
            Part::Contact => edition.say("ask_contact").to_owned(),
        }
    }

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

    /// It has come in; `code` erases it.
    ///
    /// # Errors
    ///
    /// A fault in the theme's template.
    pub fn receipt(&self, code: &Token) -> Result<String, Diagnostics> {
        let edition = self.edition;
        let spot = self.spot();
        let title = edition.say("ask_received_title").to_owned();
        let page = edition.page_view(&spot, title.clone(), String::new());
        let view = ReceiptPage {
            survey: SurveyView::titled(edition.plain(&edition.material.site.title)),
            received: ReceivedView {
                title,
                lead: edition.fill("ask_received_lead", &[("name", &self.person())]),
                sample: self.offer.offer.directory.sample.then(|| edition.say("ask_received_sample").to_owned()),
                lines: self.promise(),
                code: code.in_groups(),
                erase: LinkView::new(edition.link_to(&spot, &Spot::Erase), edition.say("erase_title")),
                home: LinkView::new(edition.link(&spot, &Target::Consultants), edition.say("talk_back")),
            },
        };
        edition.render("nomination-received.html", &spot, &page, &view)
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

#[derive(Serialize)]
struct ReceiptPage {
    survey: SurveyView,
    received: ReceivedView,
}

#[derive(Serialize)]
struct ReceivedView {
    title: String,
    lead: String,
    sample: Option<String>,
    lines: Vec<LineView>,
    code: String,
    erase: LinkView,
    home: LinkView,
}

/// A time of the week with its clock: 平日の夜（18:00–21:00）.
fn times(edition: &Edition<'_>, hours: &crate::catalog::consultants::Hours) -> String {
    let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let range = format!("{}–{}", clock(hours.from), clock(hours.until));
    edition.fill("ask_times", &[("label", &edition.plain(&hours.named.label)), ("range", &range)])
}

/// A wish in words.
pub(in crate::pages) fn wish_in_words(edition: &Edition<'_>, directory: &crate::catalog::Directory, day: &str, hours: &str) -> String {
    let day = crate::language::Day::parse(day).map_or_else(|| day.to_owned(), |day| day.in_words(edition.language));
    let times = directory.hours.iter().find(|one| one.named.id == hours).map_or_else(|| hours.to_owned(), |one| times(edition, one));
    format!("{day} {times}")
}
