//! The desk's page of requests for talks: who asked whom, for when, and how far it has come. What it shows bears names: the form says
//! before it is sent who reads this page.

use super::frame::{ActView, Desk, TALKS};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostics;
use crate::language::{Day, Language};
use crate::pages::edition::Edition;
use crate::pages::talks::asked::wish_in_words;
use crate::pages::talks::offer::{label, tongue};
use crate::survey::Nomination;
use crate::survey::nomination::Stage;
use serde::Serialize;

/// Letters of an id that stand for it among people.
const SHORT: usize = 6;

/// A request as the store keeps it.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Its id.
    pub id: &'a str,
    /// The site it was sent to.
    pub site: &'a str,
    /// What was sent.
    pub nomination: &'a Nomination,
    /// When it came.
    pub made: Day,
    /// Until when it is kept.
    pub until: Day,
    /// How far it has come.
    pub stage: Stage,
    /// The wish that was settled on.
    pub settled: Option<usize>,
}

/// What a request says, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// What it is called among people.
    pub reference: String,
    /// Whom they would like to talk to.
    pub consultant: String,
    /// What about.
    pub theme: String,
    /// The language of the talk.
    pub language: String,
    /// The wishes, in their order.
    pub wishes: Vec<String>,
}

#[derive(Serialize)]
struct View {
    title: String,
    lead: String,
    groups: Vec<GroupView>,
    csv: Option<ActView>,
    calendar: Option<ActView>,
    empty: String,
}

#[derive(Serialize)]
struct GroupView {
    title: String,
    plate: String,
    tone: &'static str,
    requests: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    id: String,
    #[serde(flatten)]
    told: Told,
    name: String,
    contact: String,
    hope: String,
    secret: String,
    made: String,
    until: String,
    settled: Option<String>,
    acts: Vec<ActView>,
}

/// The heads of the table that can be taken along.
pub const TABLE_HEADS: [&str; 15] = [
    "talk_column_reference",
    "talk_column_stage",
    "talk_column_made",
    "talk_column_until",
    "talk_column_consultant",
    "talk_column_theme",
    "talk_column_language",
    "talk_column_wish_1",
    "talk_column_wish_2",
    "talk_column_wish_3",
    "talk_column_settled",
    "talk_column_name",
    "talk_column_contact",
    "talk_column_hope",
    "talk_column_secret",
];

/// What a settled talk is called in a calendar.
#[must_use]
pub fn event_title(edition: &Edition<'_>, told: &Told) -> String {
    edition.fill("talk_event", &[("name", &told.consultant), ("reference", &told.reference)])
}

/// What a request says, in the words of its directory; ids where that has gone.
#[must_use]
pub fn told(edition: &Edition<'_>, catalog: &Catalog, asked: &Asked<'_>) -> Told {
    let nomination = asked.nomination;
    let directory = catalog.sites.get(asked.site).and_then(|site| catalog.talks(site)).map(|(directory, _)| directory);
    let or_id = |text: String, id: &str| if text.is_empty() { id.to_owned() } else { text };
    let person = directory.and_then(|directory| directory.person(&nomination.consultant));
    let wishes = nomination.wishes.iter().map(|wish| match directory {
        Some(directory) => wish_in_words(edition, directory, &wish.day, &wish.hours),
        None => format!("{} {}", wish.day, wish.hours),
    });
    Told {
        reference: asked.id.chars().take(SHORT).collect(),
        consultant: person.map_or_else(|| nomination.consultant.clone(), |person| edition.plain(&person.name)),
        theme: or_id(
            directory.map(|directory| label(edition, &directory.themes, &nomination.theme)).unwrap_or_default(),
            &nomination.theme,
        ),
        language: Language::from_code(&nomination.language).map_or_else(|| nomination.language.clone(), |one| tongue(edition, one)),
        wishes: wishes.collect(),
    }
}

/// What a stage is called.
#[must_use]
pub fn stage_words<'e>(edition: &'e Edition<'_>, stage: Stage) -> &'e str {
    edition.say(match stage {
        Stage::New => "talk_stage_new",
        Stage::Confirmed => "talk_stage_confirmed",
        Stage::Held => "talk_stage_held",
        Stage::Closed => "talk_stage_closed",
    })
}

/// The page.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(desk: &Desk<'_>, all: &[Asked<'_>]) -> Result<String, Diagnostics> {
    let edition = desk.edition();
    let group = |stage: Stage| GroupView {
        title: stage_words(edition, stage).to_owned(),
        plate: stage_words(edition, stage).to_owned(),
        tone: match stage {
            Stage::New => "here",
            Stage::Confirmed => "",
            Stage::Held | Stage::Closed => "soft",
        },
        requests: all.iter().filter(|asked| asked.stage == stage).map(|asked| row(desk, asked)).collect(),
    };
    let act = |word: &str, key: &str| desk.act(format!("{TALKS}/{word}"), key, "", &[]);
    let view = View {
        title: edition.say("desk_talks").to_owned(),
        lead: edition.say("desk_talks_lead").to_owned(),
        groups: Stage::ALL.into_iter().map(group).filter(|group| !group.requests.is_empty()).collect(),
        csv: (!all.is_empty()).then(|| act("csv", "desk_talks_csv")),
        calendar: all.iter().any(|asked| asked.settled.is_some()).then(|| act("ics", "desk_talks_ics")),
        empty: edition.say("desk_talks_none").to_owned(),
    };
    desk.render("desk-talks.html", edition.say("desk_talks"), view)
}

fn row(desk: &Desk<'_>, asked: &Asked<'_>) -> RowView {
    let edition = desk.edition();
    let told = told(edition, edition.material.catalog, asked);
    let of = told.reference.clone();
    let stage = |stage: Stage, key: &str, settled: Option<usize>| {
        let number = settled.map(|wish| wish.to_string()).unwrap_or_default();
        desk.act(format!("{TALKS}/stage"), key, &of, &[("id", asked.id), ("stage", stage.word()), ("settled", &number)])
    };
    let mut acts = match asked.stage {
        Stage::New => {
            let confirm = |at: usize| {
                let label = edition.fill("desk_talk_confirm", &[("n", &(at + 1).to_string())]);
                let act = stage(Stage::Confirmed, "desk_talk_confirm", Some(at)).named(&label);
                if at == 0 { act.first() } else { act }
            };
            (0..told.wishes.len()).map(confirm).collect()
        }
        Stage::Confirmed => {
            vec![stage(Stage::Held, "desk_talk_held", asked.settled).first(), stage(Stage::New, "desk_talk_again", None)]
        }
        Stage::Held => vec![stage(Stage::Closed, "desk_talk_close", asked.settled).first()],
        Stage::Closed => vec![stage(Stage::New, "desk_talk_again", None)],
    };
    if matches!(asked.stage, Stage::New | Stage::Confirmed) {
        acts.push(stage(Stage::Closed, "desk_talk_close", asked.settled));
        acts.push(desk.act(format!("{TALKS}/ics"), "desk_talk_ics", &of, &[("id", asked.id)]));
    }
    let erase = desk.act(format!("{TALKS}/erase"), "desk_talk_erase", &of, &[("id", asked.id)]);
    acts.push(erase.after(edition.say("desk_talk_erase_warning").to_owned()));
    RowView {
        id: asked.id.to_owned(),
        name: asked.nomination.name.clone(),
        contact: asked.nomination.contact.clone(),
        hope: asked.nomination.hope.clone(),
        secret: asked.nomination.secret.clone(),
        made: asked.made.in_words(edition.language),
        until: asked.until.in_words(edition.language),
        settled: asked.settled.and_then(|wish| told.wishes.get(wish).cloned()),
        acts,
        told,
    }
}
