//! The desk's page on which texts are read before a report may quote them: each with what becomes of it, works without a script.

use super::frame::{DESK, Desk, SURVEYS, TEXTS};
use crate::diagnostic::Diagnostics;
use crate::language::count;
use crate::pages::edition::LinkView;
use crate::pages::form::sheet::FieldView;
use crate::survey::Survey;
use crate::survey::review::{Review, Verdict, Written, key};
use crate::survey::telltale::Telltale;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How many texts stand on a page.
pub const A_PAGE: usize = 10;

/// Which texts are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Looked {
    /// Those that nobody has decided on.
    #[default]
    New,
    /// Those of them that seem to tell who.
    Attention,
    /// Those that are shown.
    Shown,
    /// Those that are not.
    LeftOut,
    /// All of them.
    All,
}

impl Looked {
    /// Every one.
    pub const ALL: [Looked; 5] = [Looked::New, Looked::Attention, Looked::Shown, Looked::LeftOut, Looked::All];

    /// The word that stands for it in an address.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Looked::New => "new",
            Looked::Attention => "attention",
            Looked::Shown => "shown",
            Looked::LeftOut => "left-out",
            Looked::All => "all",
        }
    }

    /// What a word stands for.
    #[must_use]
    pub fn of(word: &str) -> Option<Looked> {
        Looked::ALL.into_iter().find(|looked| looked.word() == word)
    }

    fn holds(self, verdict: Verdict, telling: bool) -> bool {
        match self {
            Looked::New => verdict == Verdict::New,
            Looked::Attention => verdict == Verdict::New && telling,
            Looked::Shown => matches!(verdict, Verdict::Approved | Verdict::Redacted),
            Looked::LeftOut => verdict == Verdict::LeftOut,
            Looked::All => true,
        }
    }
}

/// What the page shows.
#[derive(Debug)]
pub struct Texts<'a> {
    /// The survey.
    pub survey: &'a Survey,
    /// What was decided, with the new texts.
    pub review: &'a Review,
    /// What to look at twice.
    pub attention: &'a BTreeMap<Written, BTreeSet<Telltale>>,
    /// Which are looked at.
    pub looked: Looked,
    /// The page of them, from 0.
    pub page: usize,
    /// The file cannot be read: nothing is shown before it is mended by hand.
    pub faulty: &'a [String],
    /// Keys of texts that were to be redacted without other words, with what was typed.
    pub refused: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
struct View {
    title: String,
    survey: LinkView,
    home: LinkView,
    faulty: Vec<String>,
    none: Option<String>,
    tabs: Vec<LinkView>,
    action: String,
    fields: Vec<FieldView>,
    texts: Vec<TextView>,
    empty: bool,
    before: Option<LinkView>,
    after: Option<LinkView>,
    themes: Vec<ThemeView>,
    theme_action: String,
    theme_labels: Vec<OptionView>,
    file: String,
}

#[derive(Serialize)]
struct TextView {
    key: String,
    asked: String,
    text: String,
    attention: Vec<String>,
    verdicts: Vec<OptionView>,
    shown: String,
    rows: usize,
    refused: bool,
    themes: Vec<OptionView>,
    note: String,
}

#[derive(Serialize)]
struct OptionView {
    value: String,
    label: String,
    chosen: bool,
}

#[derive(Serialize)]
struct ThemeView {
    id: String,
    label: String,
}

/// The page.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(desk: &Desk<'_>, texts: &Texts<'_>) -> Result<String, Diagnostics> {
    let edition = desk.edition();
    let (survey, review) = (texts.survey, texts.review);
    let here = format!("{SURVEYS}/{}/texts", survey.id);
    let telling = |one: &Written| texts.attention.get(one).is_some_and(|found| !found.is_empty());
    let of = |looked: Looked| review.decisions.iter().filter(move |(one, decision)| looked.holds(decision.verdict, telling(one)));
    let at = |looked: Looked, page: usize| format!("{}&looked={}&page={page}", desk.to(&here), looked.word());
    let tab = |looked: Looked| {
        let label = edition.fill(tab_key(looked), &[("n", &count(of(looked).count() as u64))]);
        LinkView { current: (looked == texts.looked).then_some("page"), ..LinkView::new(at(looked, 0), label) }
    };
    let all = of(texts.looked).count();
    let last = all.saturating_sub(1) / A_PAGE;
    let page = texts.page.min(last);
    let (word, number) = (texts.looked.word(), page.to_string());
    let asked: BTreeMap<String, String> =
        survey.variables().into_iter().map(|variable| (variable.id.clone(), edition.plain(&variable.label))).collect();
    let text = |(one, decision): (&Written, &crate::survey::review::Decision)| {
        let key = key(&survey.id, &one.question, &one.text);
        let typed = texts.refused.get(&key);
        let verdict = if typed.is_some() { Verdict::Redacted } else { decision.verdict };
        let shown = typed.cloned().or_else(|| Some(decision.shown.clone()).filter(|shown| !shown.is_empty()));
        TextView {
            asked: asked.get(&one.question).cloned().unwrap_or_default(),
            text: one.text.clone(),
            attention: texts.attention.get(one).into_iter().flatten().map(|one| edition.say(telltale_key(*one)).to_owned()).collect(),
            verdicts: Verdict::ALL
                .into_iter()
                .map(|each| OptionView {
                    value: each.word().to_owned(),
                    label: edition.say(verdict_key(each)).to_owned(),
                    chosen: each == verdict,
                })
                .collect(),
            rows: (one.text.chars().count() / 36 + 1).min(8),
            shown: shown.unwrap_or_else(|| one.text.clone()),
            refused: typed.is_some(),
            themes: review
                .themes
                .iter()
                .map(|(id, label)| OptionView { value: id.clone(), label: edition.plain(label), chosen: decision.themes.contains(id) })
                .collect(),
            note: decision.note.clone(),
            key,
        }
    };
    let shown: Vec<TextView> = of(texts.looked).skip(page * A_PAGE).take(A_PAGE).map(text).collect();
    let languages = &edition.material.catalog.project.languages;
    let view = View {
        title: edition.say("desk_texts_title").to_owned(),
        survey: LinkView::new(desk.to(&format!("{SURVEYS}/{}", survey.id)), edition.plain(&survey.title)),
        home: LinkView::new(desk.to(DESK), edition.say("desk_surveys")),
        faulty: texts.faulty.to_vec(),
        none: (texts.faulty.is_empty() && review.decisions.is_empty())
            .then(|| edition.fill("desk_texts_none", &[("n", &(2 * survey.k).max(10).to_string())])),
        tabs: Looked::ALL.into_iter().map(tab).collect(),
        action: here.clone(),
        fields: desk.fields(&[("looked", word), ("page", &number)]),
        empty: shown.is_empty(),
        texts: shown,
        before: (page > 0).then(|| LinkView::new(at(texts.looked, page - 1), edition.say("desk_texts_before"))),
        after: (page < last).then(|| LinkView::new(at(texts.looked, page + 1), edition.say("desk_texts_after"))),
        themes: review.themes.iter().map(|(id, label)| ThemeView { id: id.clone(), label: edition.plain(label) }).collect(),
        theme_action: format!("{SURVEYS}/{}/theme", survey.id),
        theme_labels: languages
            .iter()
            .map(|language| OptionView { value: language.code().to_owned(), label: language.label().to_owned(), chosen: false })
            .collect(),
        file: format!("private/review/{}.yaml", survey.id),
    };
    desk.render(TEXTS, edition.say("desk_texts_title"), view)
}

fn tab_key(looked: Looked) -> &'static str {
    match looked {
        Looked::New => "desk_texts_tab_new",
        Looked::Attention => "desk_texts_tab_attention",
        Looked::Shown => "desk_texts_tab_shown",
        Looked::LeftOut => "desk_texts_tab_left",
        Looked::All => "desk_texts_tab_all",
    }
}

fn verdict_key(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::New => "desk_texts_new",
        Verdict::Approved => "desk_texts_approved",
        Verdict::Redacted => "desk_texts_redacted",
        Verdict::LeftOut => "desk_texts_left",
    }
}

fn telltale_key(telltale: Telltale) -> &'static str {
    match telltale {
        Telltale::Address => "desk_tells_address",
        Telltale::Phone => "desk_tells_phone",
        Telltale::Number => "desk_tells_number",
        Telltale::Name => "desk_tells_name",
    }
}
