//! The personal result: scores, their bands, what these mean, what to do next. Shown to the person and kept nowhere.

use crate::content::{Reference, ResolvedLink, inline_linked};
use crate::diagnostic::Diagnostics;
use crate::language::{Text, number};
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::pages::render::Markup;
use crate::statistics::Published;
use crate::survey::result::{Meaning, PersonalResult, Profile, RADAR, Reading, Standing, axes, point, share};
use crate::survey::{Answers, Scale, Survey};
use serde::Serialize;

/// Where the links of a result lead.
#[derive(Debug, Clone, Copy)]
pub(in crate::pages) enum Leading<'a> {
    /// To the pages beside this one, each in a tab of its own, because the page that is left cannot be shown again.
    Beside(&'a Spot),
    /// From a file that may lie anywhere to the site at this address; without one the words stand alone.
    From(Option<&'a str>),
}

/// A result as a page shows it.
#[derive(Debug, Clone, Serialize)]
pub(in crate::pages) struct ResultView {
    title: String,
    lead: Option<Markup>,
    /// A device fills in what was answered: everything that could come of it stands there.
    device: bool,
    how: String,
    not_a_test: String,
    radar: Option<RadarView>,
    scales: Vec<ScaleView>,
    next: Vec<Markup>,
}

#[derive(Debug, Clone, Serialize)]
struct RadarView {
    side: String,
    label: String,
    rings: Vec<String>,
    axes: Vec<AxisView>,
    middle: String,
    shape: String,
    dots: Vec<DotView>,
}

#[derive(Debug, Clone, Serialize)]
struct AxisView {
    end: DotView,
    number: usize,
    at: DotView,
}

#[derive(Debug, Clone, Serialize)]
struct DotView {
    x: String,
    y: String,
}

impl From<(String, String)> for DotView {
    fn from((x, y): (String, String)) -> DotView {
        DotView { x, y }
    }
}

#[derive(Debug, Clone, Serialize)]
struct ScaleView {
    id: String,
    number: Option<usize>,
    label: String,
    about: Option<Markup>,
    /// Why there is no score.
    none: Option<String>,
    /// There is a score, or there may be one.
    scored: bool,
    shown: String,
    range: String,
    low: String,
    high: String,
    /// Per cent of the way from the lowest to the highest score.
    at: String,
    segments: Vec<SegmentView>,
    bands: Vec<BandView>,
    marks: Vec<MarkView>,
}

#[derive(Debug, Clone, Serialize)]
struct SegmentView {
    x: String,
    width: String,
    dip: usize,
}

#[derive(Debug, Clone, Serialize)]
struct BandView {
    index: usize,
    label: String,
    text: Markup,
    next: Vec<Markup>,
}

#[derive(Debug, Clone, Serialize)]
struct MarkView {
    kind: &'static str,
    at: String,
    text: String,
    source: Option<String>,
}

/// What a result is made from.
#[derive(Debug, Clone, Copy)]
pub(in crate::pages) struct Made<'a> {
    pub edition: &'a Edition<'a>,
    pub survey: &'a Survey,
    pub result: &'a PersonalResult,
    pub leading: Leading<'a>,
    /// The figures that the site shows of the survey, for the mean of everybody.
    pub published: Option<&'a Published>,
}

impl Made<'_> {
    /// The result of a sheet; `None`: everything that could come of one, for a device to choose from.
    pub(in crate::pages) fn view(&self, answers: Option<&Answers>) -> ResultView {
        let (edition, result) = (self.edition, self.result);
        let told: Vec<(&Reading, &Scale)> = result
            .scales
            .iter()
            .filter_map(|reading| Some((reading, self.survey.scales.iter().find(|scale| scale.id == reading.scale)?)))
            .collect();
        let numbered = result.profile == Profile::Radar;
        let scales =
            told.iter().enumerate().map(|(index, (reading, scale))| self.scale(numbered.then_some(index + 1), reading, scale, answers));
        let scales: Vec<ScaleView> = scales.collect();
        let shares = answers.map(|answers| told.iter().map(|(_, scale)| Some(share(scale, scale.score(answers)?))).collect());
        let shares: Option<Vec<f64>> = shares.unwrap_or_else(|| Some(vec![0.0; told.len()]));
        let radar = shares.filter(|_| numbered && told.len() > 2).map(|shares| self.radar(&shares));
        let how =
            [(true, "result_how"), (radar.is_some(), "result_how_radar"), (matches!(self.leading, Leading::Beside(_)), "result_tabs")];
        let gap = if edition.say("list_gap").ends_with(' ') { " " } else { "" };
        ResultView {
            title: self.title(),
            lead: result.lead.as_ref().map(|lead| self.inline(lead)),
            device: answers.is_none(),
            how: how.into_iter().filter(|(is, _)| *is).map(|(_, key)| edition.say(key)).collect::<Vec<_>>().join(gap),
            not_a_test: edition.say("result_not_a_test").to_owned(),
            radar,
            scales,
            next: result.next.iter().map(|text| self.inline(text)).collect(),
        }
    }

    /// Its title.
    pub(in crate::pages) fn title(&self) -> String {
        self.result.title.as_ref().map_or_else(|| self.edition.say("result_title").to_owned(), |title| self.edition.plain(title))
    }

    fn scale(&self, number_of: Option<usize>, reading: &Reading, scale: &Scale, answers: Option<&Answers>) -> ScaleView {
        let edition = self.edition;
        let standing = answers.map(|answers| scale.score(answers).map(|score| Standing::of(scale, score)));
        let least = scale.min_answered.max(1).to_string();
        let none = || edition.fill("result_none", &[("least", &least), ("all", &scale.items.len().to_string())]);
        let (low, high) = scale.range();
        let (low, high) = (plain(low), plain(high));
        let known = standing.as_ref().and_then(Option::as_ref);
        let here = |index: usize| standing.is_none() || known.is_some_and(|standing| standing.band == Some(index));
        let bands = reading.bands.iter().zip(&scale.bands).enumerate().filter(|(index, _)| here(*index));
        ScaleView {
            id: scale.id.clone(),
            number: number_of,
            label: edition.plain(&scale.label),
            about: reading.about.as_ref().map(|about| self.inline(about)),
            none: known.is_none().then(none),
            scored: standing.is_none() || known.is_some(),
            shown: known.map(|standing| standing.shown.clone()).unwrap_or_default(),
            range: edition.fill("result_range", &[("low", &low), ("high", &high)]),
            low,
            high,
            at: known.map_or_else(|| "0.0".to_owned(), |standing| standing.at.clone()),
            segments: segments(scale),
            bands: bands.map(|(index, (meaning, band))| self.band(index, meaning, &band.label)).collect(),
            marks: self.marks(reading, scale),
        }
    }

    fn band(&self, index: usize, meaning: &Meaning, label: &Text) -> BandView {
        BandView {
            index,
            label: self.edition.plain(label),
            text: self.inline(&meaning.text),
            next: meaning.next.iter().map(|text| self.inline(text)).collect(),
        }
    }

    /// What stands beside the person's own score: a published mean with its source, and the mean of everybody where the site's own
    /// report tells it.
    fn marks(&self, reading: &Reading, scale: &Scale) -> Vec<MarkView> {
        let edition = self.edition;
        let at = |mean: f64| number(share(scale, mean), 1);
        let norm = reading.norm.as_ref().map(|norm| MarkView {
            kind: "norm",
            at: at(norm.mean),
            text: edition.fill("result_norm", &[("label", &edition.plain(&norm.label)), ("mean", &plain(norm.mean))]),
            source: edition
                .material
                .catalog
                .source(&norm.source.0)
                .map(|source| edition.fill("source_line", &[("source", &edition.plain(&source.title))])),
        });
        let told = self.result.compare && edition.report_on(&self.survey.id).is_some();
        let moments = self.published.filter(|_| told).and_then(|published| published.moments.get(&scale.id));
        let group = moments.and_then(|moments| Some((moments.mean.value?, moments.mean.n))).map(|(mean, n)| {
            let text = edition.fill("result_group", &[("mean", &number(mean, 1))]);
            let n = n.map(|n| format!("（n={}）", crate::language::count(n))).unwrap_or_default();
            let n = if edition.say("list_gap").ends_with(' ') { n.replace('（', " (").replace('）', ")") } else { n };
            MarkView { kind: "group", at: at(mean), text: format!("{text}{n}"), source: None }
        });
        norm.into_iter().chain(group).collect()
    }

    fn radar(&self, shares: &[f64]) -> RadarView {
        let axes = axes(shares.len());
        let ring = |share: f64| axes.iter().map(|axis| joined(point(*axis, share))).collect::<Vec<_>>().join(" ");
        let spokes = axes.iter().enumerate().map(|(index, axis)| AxisView {
            end: point(*axis, 100.0).into(),
            number: index + 1,
            at: point(*axis, 115.0).into(),
        });
        let dots: Vec<(String, String)> = axes.iter().zip(shares).map(|(axis, share)| point(*axis, *share)).collect();
        RadarView {
            side: number(2.0 * RADAR.0, 0),
            label: self.edition.say("result_radar").to_owned(),
            rings: [25.0, 50.0, 75.0, 100.0].map(ring).to_vec(),
            axes: spokes.collect(),
            middle: number(RADAR.0, 0),
            shape: dots.iter().cloned().map(joined).collect::<Vec<_>>().join(" "),
            dots: dots.into_iter().map(DotView::from).collect(),
        }
    }

    fn inline(&self, text: &Text) -> Markup {
        let edition = self.edition;
        match self.leading {
            Leading::Beside(spot) => {
                let markup = edition.inline(spot, text);
                Markup::trusted(markup.as_str().replace("<a ", "<a target=\"_blank\" "))
            }
            Leading::From(base) => {
                let home = Spot::Content(crate::catalog::Target::Home);
                let top = edition.path(&home);
                let folder = top.strip_suffix("index.html").unwrap_or_default();
                let resolve = |reference: &Reference| -> Option<ResolvedLink> {
                    let link = edition.resolve(&home, reference)?;
                    let base = base?.trim_end_matches('/');
                    Some(ResolvedLink { href: format!("{base}/{folder}{}", link.href), ..link })
                };
                Markup::trusted(inline_linked(edition.read(text), &resolve).into_string())
            }
        }
    }
}

fn joined((x, y): (String, String)) -> String {
    format!("{x},{y}")
}

/// A number with as many places as it has, three at most.
fn plain(value: f64) -> String {
    let text = number(value, 3);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The bands of a scale as parts of a bar, each dipped once more than the one before it.
fn segments(scale: &Scale) -> Vec<SegmentView> {
    let count = scale.bands.len();
    let end = |index: usize| scale.bands.get(index).map_or(100.0, |band| share(scale, band.from));
    let dip = |index: usize| match count {
        0 | 1 => 2,
        2 => 1 + 3 * index,
        3 => 1 + 2 * index,
        _ => 1 + index * 5 / (count - 1),
    };
    let parts = scale.bands.iter().enumerate().map(|(index, band)| {
        let from = share(scale, band.from);
        SegmentView { x: number(from, 1), width: number(end(index + 1) - from, 1), dip: dip(index) }
    });
    parts.collect()
}

#[derive(Serialize)]
struct FileView {
    language: &'static str,
    heading: String,
    organisation: String,
    person: Option<String>,
    style: Markup,
    result: ResultView,
    about: String,
}

/// Whose result a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeper<'a> {
    /// The person asked for it at the end of the survey.
    Own,
    /// Whoever runs an identified survey made it: id and name.
    Named(&'a str, &'a str),
}

/// A result as one file, which stands alone and prints on A4. `base` is the address of the site, for links.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn standing_alone(
    edition: &Edition<'_>,
    survey: &Survey,
    answers: &Answers,
    published: Option<&Published>,
    base: Option<&str>,
    keeper: Keeper<'_>,
) -> Result<String, Diagnostics> {
    let Some(result) = &survey.result else { return Ok(String::new()) };
    let made = Made { edition, survey, result, leading: Leading::From(base), published };
    file(edition, survey, made.view(Some(answers)), keeper)
}

/// The same for a device to fill in.
pub(in crate::pages) fn for_device(edition: &Edition<'_>, survey: &Survey) -> Result<Option<String>, Diagnostics> {
    let Some(result) = &survey.result else { return Ok(None) };
    let made = Made { edition, survey, result, leading: Leading::From(None), published: None };
    file(edition, survey, made.view(None), Keeper::Own).map(Some)
}

fn file(edition: &Edition<'_>, survey: &Survey, result: ResultView, keeper: Keeper<'_>) -> Result<String, Diagnostics> {
    let theme = edition.material.theme;
    let (person, about) = match keeper {
        Keeper::Own => (None, "result_file_own"),
        Keeper::Named(id, name) => (Some(format!("{id} {name}").trim().to_owned()), "result_file_named"),
    };
    let view = FileView {
        language: edition.language.code(),
        heading: edition.plain(&survey.title),
        organisation: edition.organisation(),
        person,
        style: theme.standing_style(&["charts.css", "result.css", "handout-result.css"]),
        result,
        about: edition.say(about).to_owned(),
    };
    theme.renderer().render("result-file.html", &view, &[("say", theme.words(edition.language))])
}
