//! A site: what it picks from the content, its first page, its header and footer.

use super::brand::Brand;
use super::consultants::Talks;
use super::reference::{Located, Target};
use crate::content::RawHtml;
use crate::diagnostic::Place;
use crate::language::{Language, Text};

/// Who may read a site or a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody.
    Public,
    /// People of the organisation: no search engines, and a banner.
    Internal,
}

/// A link with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Where it leads.
    pub to: Located<Target>,
    /// Its words; `None`: the target's title.
    pub label: Option<Text>,
}

/// What a notice asks of the reader; decides the words on its plate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plate {
    /// 回答する
    Answer,
    /// 参加する
    Join,
    /// 読む
    Read,
}

/// A row of «what has reached you».
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// What it asks.
    pub plate: Plate,
    /// Where it leads.
    pub to: Located<Target>,
    /// Its title; `None`: the target's.
    pub title: Option<Text>,
    /// A line below.
    pub note: Text,
    /// Until when, or since when, in words.
    pub date: Option<Text>,
}

/// A milestone on the road.
#[derive(Debug, Clone, PartialEq)]
pub struct Milestone {
    /// 入社3年
    pub title: Text,
    /// What it brings.
    pub note: Text,
    /// This year's own.
    pub here: bool,
}

/// A title and a few words below.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Opening {
    /// The title.
    pub title: Text,
    /// The words below; may be empty.
    pub lead: Text,
}

/// One of the steps in which a visitor is led.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What one does.
    pub title: Text,
    /// A line below.
    pub note: Text,
    /// Where it is done.
    pub to: Located<Target>,
    /// The words of the link; `None`: the target's title.
    pub label: Option<Text>,
}

/// A part of the picture of the whole: what it does, for everyone and for each person.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TriadPart {
    /// Its name, short enough for a picture.
    pub title: Text,
    /// What it does.
    pub note: Text,
    /// What there is for everyone.
    pub everyone: Text,
    /// What there is for each person.
    pub each: Text,
}

/// The picture of the whole: three parts around a centre.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Triad {
    /// Its title and the words below.
    pub opening: Opening,
    /// What it is all for.
    pub centre: TriadPart,
    /// The three parts.
    pub parts: Vec<TriadPart>,
}

/// The first page.
#[derive(Debug, Clone, PartialEq)]
pub struct Home {
    /// Title and lead of the page.
    pub opening: Opening,
    /// The words on the signpost, three or none: then the theme's.
    pub signpost: Vec<Text>,
    /// One or two buttons.
    pub actions: Vec<Link>,
    /// «What has reached you», with its title.
    pub notices: Option<(Text, Vec<Notice>)>,
    /// The steps in which a visitor is led, with their title and lead.
    pub steps: Option<(Opening, Vec<Step>)>,
    /// The picture of the whole.
    pub triad: Option<Triad>,
    /// Title and lead of the part that lists the site's free pages.
    pub pages: Option<Opening>,
    /// Title and lead of the part that shows the site's modules.
    pub modules: Option<Opening>,
    /// The road, with its title.
    pub road: Option<(Text, Vec<Milestone>)>,
    /// Title and lead of the table of who sees what.
    pub visibility: Option<Opening>,
}

/// `content/sites/ID.yaml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Its id: the name of its file and of its folder in `output/`.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// Its name.
    pub title: Text,
    /// One sentence on what it is.
    pub lead: Text,
    /// Its languages, some of the project's or all of them; the first has addresses without a prefix. Never empty.
    pub languages: Vec<Language>,
    /// The look of whom it was made for; `None`: the project's own.
    pub brand: Option<Brand>,
    /// Who may read it.
    pub visibility: Visibility,
    /// It belongs to no real organisation and says so.
    pub sample: bool,
    /// Where its forms post when it is hosted away from `serve`.
    pub collector: Option<String>,
    /// What happens to HTML inside Markdown.
    pub raw_html: RawHtml,
    /// Folder in `themes/` that is laid over the default theme.
    pub theme: Option<Located<String>>,
    /// The header's links.
    pub navigation: Vec<Link>,
    /// Its free pages, in reading order.
    pub pages: Vec<Located<String>>,
    /// Its modules.
    pub modules: Vec<Located<String>>,
    /// Its surveys.
    pub surveys: Vec<Located<String>>,
    /// Its data sets.
    pub data: Vec<Located<String>>,
    /// Its reports.
    pub reports: Vec<Located<String>>,
    /// Its plans.
    pub plans: Vec<Located<String>>,
    /// Its cohorts.
    pub cohorts: Vec<Located<String>>,
    /// Whom one can talk to, and who reads of it.
    pub consultants: Option<Talks>,
    /// Its first page.
    pub home: Home,
    /// A sentence or two at the foot of every page (inline Markdown).
    pub footer: Text,
}

impl Site {
    /// The language whose addresses have no prefix.
    #[must_use]
    pub fn first_language(&self) -> Language {
        self.languages.first().copied().unwrap_or(Language::Japanese)
    }

    /// This language, where the site has it, else its first one.
    #[must_use]
    pub fn language_for(&self, wanted: Language) -> Language {
        if self.languages.contains(&wanted) { wanted } else { self.first_language() }
    }
}
