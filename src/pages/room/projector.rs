//! The projector's screens: how to join, then one question after the other, each as soon as enough people have answered.

use super::frame::{Place, Way, counted, step};
use crate::charts::{Chart, chart};
use crate::diagnostic::Diagnostics;
use crate::language::{Language, count};
use crate::pages::edition::Edition;
use crate::pages::qr;
use crate::pages::render::Markup;
use crate::statistics::{Published, Rules};
use crate::survey::definition::{Mode, Opening, Publish};
use crate::survey::question::Kind;
use crate::survey::{Exhibit, Survey};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a screen is made of.
#[derive(Debug, Clone, Copy)]
pub struct Screen<'a> {
    /// The survey.
    pub survey: &'a Survey,
    /// What may be shown of it: the same that its reports show.
    pub published: Option<&'a Published>,
    /// How to join; `None`: nobody else can reach this machine.
    pub way: Option<Way<'a>>,
    /// The slide that is shown; `None`, or one that does not exist: how to join.
    pub show: Option<&'a str>,
    /// The words that the presenter has chosen, by the id of the variable.
    pub approved: &'a BTreeMap<String, BTreeSet<String>>,
}

/// What a slide shows.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Slide {
    /// A question's or scale's exhibit, by its id.
    Figure(String),
    /// Words from a question with short texts, by its id.
    Words(String),
}

#[derive(Serialize)]
struct RoomView {
    big: bool,
    refresh: bool,
    state: String,
    title: String,
    join: Option<JoinView>,
    shut: String,
    count: Option<String>,
    dots: Markup,
    dot: Option<String>,
    late: String,
    promise: Vec<String>,
    slide: Option<SlideView>,
    previous: Option<String>,
    next: Option<String>,
    choose: Option<String>,
    place: Option<String>,
    languages: Vec<LanguageLink>,
}

#[derive(Serialize)]
struct JoinView {
    code: String,
    address: String,
    qr: Markup,
}

#[derive(Serialize)]
struct LegendView {
    swatch: Markup,
    label: String,
}

#[derive(Serialize, Default)]
struct SlideView {
    title: String,
    /// The title takes more than a line or two.
    long: bool,
    asked: String,
    legend: Vec<LegendView>,
    drawing: Option<Markup>,
    words: Vec<String>,
    note: String,
    sample: bool,
}

#[derive(Serialize)]
struct LanguageLink {
    code: &'static str,
    label: &'static str,
    href: String,
}

/// A screen of the projector.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(place: &Place<'_>, screen: &Screen<'_>) -> Result<String, Diagnostics> {
    let (edition, survey) = (place.edition, screen.survey);
    let slides = slides(survey, screen.published);
    let at = screen.show.and_then(|show| slides.iter().position(|slide| slide.id() == show));
    let address = |index: Option<usize>| place.screen(&survey.id, index.and_then(|index| slides.get(index)).map(Slide::id));
    let next = at.map_or(0, |at| at + 1);
    let slide = at.and_then(|at| slides.get(at));
    let open = edition.opening(survey) == Opening::Open;
    let step = step(survey);
    let people = counted(survey, screen.published);
    let (dots, unit) = dots(people, step);
    let values = [("k", step.to_string())];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let late = match edition.opening(survey) {
        Opening::Closed(_) => edition.fill("room_step_closed", &values),
        _ if survey.publish == Publish::AtClose => edition.say("room_at_close").to_owned(),
        _ if people == 0 => edition.fill("room_nobody_lead", &values),
        _ => edition.fill("room_step", &values),
    };
    let view = RoomView {
        big: true,
        refresh: at.is_none(),
        state: format!("{}/{}/state", super::frame::ROOMS, survey.id),
        title: edition.plain(&survey.title),
        join: screen.way.filter(|_| open).and_then(|way| join(&way)),
        shut: edition.say(shut(edition, survey)).to_owned(),
        count: (people > 0).then(|| count(people)),
        dots,
        dot: (unit > 1).then(|| edition.fill("room_dot", &[("n", &count(unit))])),
        late,
        promise: promise(edition, survey, step),
        slide: slide.map(|slide| slide_view(edition, screen, slide)),
        previous: at.map(|at| address(at.checked_sub(1))),
        next: (next < slides.len()).then(|| address(Some(next))),
        choose: slide
            .filter(|slide| matches!(slide, Slide::Words(_)))
            .map(|slide| place.address(&format!("{}/{}/words", super::frame::ROOMS, survey.id), Some(slide.id()))),
        place: at.map(|_| edition.fill("room_place", &[("n", &next.to_string()), ("all", &slides.len().to_string())])),
        languages: languages(edition, &survey.id, slide.map(Slide::id)),
    };
    place.render("room.html", &edition.plain(&survey.title), view)
}

/// The text variables whose words can be shown: those of questions for short texts.
pub fn word_questions(survey: &Survey) -> impl Iterator<Item = &str> {
    survey.questions().filter(|question| matches!(question.kind, Kind::ShortText { .. })).map(|question| question.id.as_str())
}

impl Slide {
    fn id(&self) -> &str {
        match self {
            Slide::Figure(id) | Slide::Words(id) => id,
        }
    }
}

/// The most rows of a grid that can be read together at ten metres; of more, each gets a slide of its own.
const MOST_ROWS: usize = 4;

/// The slides of a survey, in the order of asking, scales last. They are the same before and after the first answer.
fn slides(survey: &Survey, published: Option<&Published>) -> Vec<Slide> {
    let known = |id: &str| published.is_some_and(|published| published.exhibits.contains_key(id));
    let mut slides = Vec::new();
    for question in survey.questions() {
        if matches!(question.kind, Kind::ShortText { .. }) {
            slides.push(Slide::Words(question.id.clone()));
        } else if known(&question.id) && !matches!(&question.kind, Kind::Grid { rows, .. } if rows.len() > MOST_ROWS) {
            slides.push(Slide::Figure(question.id.clone()));
        } else {
            let own = question.variables().into_iter().map(|variable| variable.id).filter(|id| known(id));
            slides.extend(own.map(Slide::Figure));
        }
    }
    slides.extend(survey.scales.iter().filter(|scale| known(&scale.id)).map(|scale| Slide::Figure(scale.id.clone())));
    slides
}

fn slide_view(edition: &Edition<'_>, screen: &Screen<'_>, slide: &Slide) -> SlideView {
    match slide {
        Slide::Figure(id) => match screen.published.and_then(|published| Some((published, published.exhibits.get(id)?))) {
            Some((published, exhibit)) => figure(edition, screen.survey, published, exhibit),
            None => SlideView::default(),
        },
        Slide::Words(id) => words(edition, screen, id),
    }
}

fn figure(edition: &Edition<'_>, survey: &Survey, published: &Published, exhibit: &Exhibit) -> SlideView {
    let empty = exhibit.rows.iter().all(|row| row.total.iter().chain(&row.figures).all(|figure| figure.value.is_none()));
    if empty {
        // Enough have answered, but not this question: then the exhibit itself says how many it needs
        let own = exhibit.notes.last().filter(|_| published.shown > 0).map(|note| edition.plain(&note.text));
        let waiting = || match survey.publish {
            Publish::AtClose => edition.say("room_at_close").to_owned(),
            Publish::Rolling => edition.fill("room_waiting", &[("k", &step(survey).to_string())]),
        };
        let note = own.unwrap_or_else(waiting);
        return SlideView { title: edition.plain(&exhibit.asked), note, ..SlideView::default() };
    }
    let drawn = chart(exhibit, edition.language);
    let title = edition.plain(&exhibit.title);
    let legend =
        drawn.legend.iter().map(|entry| LegendView { swatch: Markup::trusted(entry.swatch().as_str()), label: entry.label.clone() });
    SlideView {
        long: title.chars().count() > if edition.language == Language::Japanese { LONG } else { 2 * LONG },
        title,
        asked: edition.plain(&exhibit.asked),
        legend: legend.collect(),
        drawing: Some(larger(&drawn)),
        words: Vec::new(),
        note: late(edition, survey, published),
        sample: exhibit.sample,
    }
}

/// Whom a figure counts, and what becomes of answers that came after it. Only steps are told of those.
fn late(edition: &Edition<'_>, survey: &Survey, published: &Published) -> String {
    let step = step(survey).to_string();
    let people = counted(survey, Some(published));
    let told = [("k", step), ("shown", count(published.shown)), ("step", count(people))];
    let values = told.each_ref().map(|(name, value)| (*name, value.as_str()));
    let gap = if edition.say("list_gap").ends_with(' ') { " " } else { "" };
    let closed = matches!(edition.opening(survey), Opening::Closed(_));
    let rest = match (closed, people > published.shown) {
        (true, _) if published.collected == Some(published.shown) => return edition.fill("room_shown", &values),
        (true, _) => "room_late_closed",
        (false, true) => "room_late_more",
        (false, false) => "room_late_open",
    };
    format!("{}{gap}{}", edition.fill("room_shown", &values), edition.fill(rest, &values))
}

fn words(edition: &Edition<'_>, screen: &Screen<'_>, id: &str) -> SlideView {
    let survey = screen.survey;
    let asked = survey.question(id).map(|question| edition.plain(&question.text)).unwrap_or_default();
    let released = screen.published.and_then(|published| published.texts.get(id));
    let chosen = screen.approved.get(id);
    let shown: Vec<String> =
        chosen.into_iter().flatten().filter(|word| released.is_some_and(|texts| texts.contains(word))).cloned().collect();
    let least = Rules::of(u64::from(survey.k), false, false).text_minimum.to_string();
    let note = match (released.is_some(), shown.is_empty()) {
        (false, _) => edition.fill("room_words_few", &[("n", &least)]),
        (true, true) => edition.say("room_words_none").to_owned(),
        (true, false) => edition.say("room_words_note").to_owned(),
    };
    SlideView { title: asked, words: shown, note, ..SlideView::default() }
}

/// Japanese characters from which a title is set smaller.
const LONG: usize = 36;

/// Width and height of the place for a figure, in sixteenths of the screen's width: only their ratio counts.
const FIGURE: (f64, f64) = (55.0, 26.0);

/// The drawing in which letters come out larger when it fills its place.
fn larger(drawn: &Chart) -> Markup {
    let grown = |svg: &str| {
        let sizes = svg.split_once("viewBox=\"0 0 ").and_then(|(_, rest)| rest.split_once('"')).map(|(sizes, _)| sizes);
        let (width, height) = sizes.and_then(|sizes| sizes.split_once(' ')).unwrap_or(("1", "1"));
        let (width, height): (f64, f64) = (width.parse().unwrap_or(1.0), height.parse().unwrap_or(1.0));
        (FIGURE.0 / width).min(FIGURE.1 / height)
    };
    let (wide, narrow) = (drawn.wide.as_str(), drawn.narrow.as_str());
    let chosen = if grown(narrow) > grown(wide) { narrow } else { wide };
    // It hangs at the left edge, like the words above it
    Markup::trusted(chosen.replacen("<svg ", "<svg preserveAspectRatio=\"xMinYMin meet\" ", 1))
}

fn join(way: &Way<'_>) -> Option<JoinView> {
    let qr = Markup::trusted(qr::svg(&way.url())?);
    Some(JoinView { code: way.code.to_owned(), address: format!("{}{}", way.host, super::frame::DOOR), qr })
}

/// Why nobody can join now.
fn shut(edition: &Edition<'_>, survey: &Survey) -> &'static str {
    match edition.opening(survey) {
        Opening::Open => "room_no_network",
        Opening::NotYet(_) => "room_soon",
        Opening::Closed(_) => "room_closed",
    }
}

fn promise(edition: &Edition<'_>, survey: &Survey, step: u64) -> Vec<String> {
    let nameless = if survey.mode == Mode::Anonymous { "room_promise_nameless" } else { "room_promise_named" };
    vec![edition.say(nameless).to_owned(), edition.fill("room_promise_k", &[("k", &step.to_string())])]
}

/// Dots in a row.
const ROW: u64 = 16;
/// The most dots; with more people each stands for several.
const MOST: u64 = 4 * ROW;

/// One dot a person, or for `n` people each where they would be too many; those of the last step in another colour.
fn dots(people: u64, step: u64) -> (Markup, u64) {
    let mut unit = 1;
    while people / unit > MOST {
        unit = if unit == 1 { step } else { unit * 2 };
    }
    let (all, fresh) = (people / unit, (step / unit).max(1));
    let rows = all.div_ceil(ROW).max(1);
    let mut svg = format!("<svg viewBox=\"0 0 320 {}\" aria-hidden=\"true\">", rows * 20);
    for dot in 0..all {
        let class = if dot + fresh >= all { "dot new" } else { "dot" };
        svg.push_str(&format!("<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"6\"/>", dot % ROW * 20 + 8, dot / ROW * 20 + 10));
    }
    svg.push_str("</svg>");
    (Markup::trusted(svg), unit)
}

fn languages(edition: &Edition<'_>, survey: &str, show: Option<&str>) -> Vec<LanguageLink> {
    let others = edition.material.site.languages.iter().filter(|language| **language != edition.language);
    let link = |&language: &Language| {
        let other = Edition { material: edition.material, language };
        let href = Place { edition: &other, assets: "" }.screen(survey, show);
        LanguageLink { code: language.code(), label: language.label(), href }
    };
    others.map(link).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_people_until_they_are_too_many() {
        for (people, step, unit, drawn, fresh) in [
            (0, 5, 1, 0, 0),
            (5, 5, 1, 5, 5),
            (60, 5, 1, 60, 5),
            (65, 5, 5, 13, 1),
            (320, 5, 5, 64, 1),
            (325, 5, 10, 32, 1),
            (990, 3, 24, 41, 1),
        ] {
            let (svg, one) = dots(people, step);
            let found = (one, svg.as_str().matches("<circle").count(), svg.as_str().matches("new").count());
            assert_eq!(found, (unit, drawn, fresh), "{people} people");
        }
    }
}
