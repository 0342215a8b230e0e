//! A whole report from one word: what a template makes of a survey's own questions, scales, segments and waves. What the survey cannot
//! give is left out, and the author is told.

use super::reference::Located;
use super::report::{Block, CommentsBlock, Look, Origin, Report, Template, Tile};
use super::template_drivers::drivers;
use super::template_groups::comparisons;
use super::template_waves::{changes, so_far, trends};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::language::Text;
use crate::survey::definition::Segment;
use crate::survey::question::{Favourable, Kind, Question};
use crate::survey::{Measure, Survey};

/// The most large numbers at a head.
const TILES: usize = 4;
/// How many texts of a theme are quoted.
const QUOTED: u32 = 5;

/// The rounds that a survey can be held against.
#[derive(Default)]
pub(super) struct Rounds<'s> {
    /// Its waves, itself among them, in their order.
    pub(super) waves: Vec<&'s Survey>,
    /// The round before that the same people answered.
    pub(super) before: Option<&'s Survey>,
}

/// Lays the parts of its template before the report's own ones.
pub(super) fn expand(report: &mut Report, survey: &Survey, rounds: &Rounds<'_>, diagnostics: &mut Diagnostics) {
    let Some(template) = report.template.clone() else { return };
    let mut making = Making { survey, place: template.place.clone(), blocks: Vec::new(), missing: Vec::new() };
    let (title, tiles) = match template.value {
        Template::Executive => {
            // Whoever writes relations of their own has no use for others
            let own = report.blocks.iter().any(|block| matches!(block, Block::Drivers(_)));
            making.executive(rounds, (!own).then_some(report.outcome.as_ref()));
            (("全体のまとめ", "At a glance"), making.tiles())
        }
        Template::Department => {
            making.department();
            if report.for_each.is_none() {
                report.for_each = making.single().first().map(|by| making.located(by));
            }
            (("部署ごとのまとめ", "By group"), Vec::new())
        }
        Template::Change => {
            making.change(rounds);
            (("前との違い", "What has changed"), Vec::new())
        }
        Template::Pulse => {
            making.pulse(rounds);
            (("今回の集計", "Results"), making.tiles())
        }
    };
    for (ja, en) in &making.missing {
        diagnostics.push(Diagnostic::warning(code::NOTHING_TO_SHOW, template.place.clone(), ja.clone(), en.clone()));
    }
    if report.title.is_empty() {
        report.title = survey.title.both(&Text::pair("　", ": "), &Text::pair(title.0, title.1));
    }
    if report.lead.is_empty() {
        report.lead = survey.lead.clone();
    }
    if report.tiles.is_empty() {
        report.tiles = tiles;
    }
    let own = std::mem::take(&mut report.blocks);
    let method = own.iter().any(|block| matches!(block, Block::Method));
    report.blocks = making.blocks;
    report.blocks.extend(own);
    if !method {
        report.blocks.push(Block::Method);
    }
}

struct Making<'s> {
    survey: &'s Survey,
    place: Place,
    blocks: Vec<Block>,
    missing: Vec<(String, String)>,
}

impl Making<'_> {
    fn located(&self, value: &str) -> Located<String> {
        Located { value: value.to_owned(), place: self.place.clone() }
    }

    fn heading(&mut self, text: Text) {
        self.blocks.push(Block::Heading { text, lead: None });
    }

    fn figure(&mut self, id: &str) {
        let figure = self.located(id);
        self.blocks.push(Block::Figure { figure, title: None, benchmark: None, look: Look::default() });
    }

    fn miss(&mut self, ja: &str, en: &str) {
        self.missing.push((ja.to_owned(), en.to_owned()));
    }

    /// Scales, else what is asked on scales that judge.
    fn measures(&self) -> Vec<String> {
        if !self.survey.scales.is_empty() {
            return self.survey.scales.iter().map(|scale| scale.id.clone()).collect();
        }
        self.survey.questions().filter(|question| judges(question)).map(|question| question.id.clone()).collect()
    }

    /// Large numbers: single questions that judge; scales where there are none.
    fn tiles(&self) -> Vec<Tile> {
        let variables = self.survey.variables();
        let single = self.survey.questions().filter(|question| matches!(&question.kind, Kind::Scale(_)) && judges(question));
        let of = |id: &str, label: Text| Tile { label, origin: Origin::Survey(self.located(id)) };
        let mut tiles: Vec<Tile> = single.map(|question| of(&question.id, question.text.clone())).collect();
        let grids = self.survey.questions().filter(|question| matches!(question.kind, Kind::Grid { .. }) && judges(question));
        let rows = grids.flat_map(|grid| variables.iter().filter(|variable| variable.question == grid.id).take(1));
        tiles.extend(rows.map(|row| of(&row.id, row.label.clone())));
        tiles.truncate(TILES);
        tiles
    }

    /// `relations`: whether any are told, and of which outcome.
    fn executive(&mut self, rounds: &Rounds<'_>, relations: Option<Option<&Located<String>>>) {
        self.heading(Text::pair("全体", "Overall"));
        let recommended: Vec<String> = self.of(|kind| matches!(kind, Kind::Recommendation { .. }));
        let measures = self.measures();
        if measures.is_empty() && recommended.is_empty() {
            self.miss(
                "ひな型「executive」に載せる尺度や段階の質問が、このアンケートにはありません。",
                "This survey has no scales and no questions with points for the template “executive” to show.",
            );
        }
        measures.iter().chain(&recommended).for_each(|id| self.figure(id));
        if so_far(self.survey, &rounds.waves).len() > 1 {
            self.lines();
        }
        self.beside_everybody(&measures.iter().chain(&recommended).cloned().collect::<Vec<_>>());
        if let Some(outcome) = relations.filter(|_| !measures.is_empty()) {
            self.relations(outcome);
        }
        self.by_segment(&measures, false, "executive");
        self.texts();
    }

    fn department(&mut self) {
        let measures: Vec<String> = self.measures();
        let recommended = self.of(|kind| matches!(kind, Kind::Recommendation { .. }));
        let all: Vec<String> = measures.into_iter().chain(recommended).collect();
        self.by_segment(&all, true, "department");
    }

    /// The attributes by which the survey is parted, each alone.
    fn single(&self) -> Vec<String> {
        self.survey.segments.iter().filter_map(|one| <&[String; 1]>::try_from(&one.by[..]).ok()).map(|[by]| by.clone()).collect()
    }

    /// Each measure by each segment, a grid by its rows; tested first, where that is asked for.
    fn by_segment(&mut self, measures: &[String], tested: bool, template: &str) {
        if self.survey.segments.is_empty() {
            self.miss(
                &format!("ひな型「{template}」は属性ごとの図を載せますが、このアンケートには分け方（segments）がありません。"),
                &format!("The template “{template}” shows figures by attribute, but this survey has no “segments”."),
            );
            return;
        }
        let variables = self.survey.variables();
        for segment in &self.survey.segments {
            let name = segment.name();
            self.heading(self.called(segment));
            if tested {
                self.blocks.extend(comparisons(self.survey, measures, &segment.by, &self.place));
            }
            for measure in measures {
                let grid = self.survey.question(measure).is_some_and(|question| matches!(question.kind, Kind::Grid { .. }));
                let rows: Vec<String> = if grid {
                    variables.iter().filter(|variable| variable.question == *measure).map(|variable| variable.id.clone()).collect()
                } else {
                    vec![measure.clone()]
                };
                rows.iter().for_each(|row| self.figure(&format!("{row}-by-{name}")));
            }
        }
    }

    fn called(&self, segment: &Segment) -> Text {
        let mut attributes = self.survey.attributes_of(segment).into_iter().map(|attribute| attribute.text);
        let first = attributes.next().unwrap_or_default();
        attributes.fold(first, |text, next| text.both(&Text::pair("×", " × "), &next))
    }

    /// The same people before and after, where they are known; else, and where there are more rounds, lines from wave to wave.
    fn change(&mut self, rounds: &Rounds<'_>) {
        let measures = self.measures();
        let waves = so_far(self.survey, &rounds.waves);
        let place = &self.place;
        let people = rounds.before.map(|before| changes(before, self.survey, &measures, place)).unwrap_or_default();
        let lines = if waves.len() > if people.is_empty() { 1 } else { 2 } { self.trends() } else { Vec::new() };
        if people.is_empty() && lines.is_empty() {
            self.miss(
                "ひな型「change」は前の回と比べますが、このアンケートには、同じことをたずねた前の回（same_as と wave）がありません。",
                "The template “change” compares with earlier waves, but this survey has none that asked the same (“same_as” and “wave”).",
            );
        }
        for (text, blocks) in [
            (Text::pair("同じ人の、前と今回", "The same people, before and now"), people),
            (Text::pair("前の回からの動き", "From wave to wave"), lines),
        ] {
            if !blocks.is_empty() {
                self.heading(text);
                self.blocks.extend(blocks);
            }
        }
        self.heading(Text::pair("今回", "This time"));
        measures.iter().for_each(|id| self.figure(id));
        self.texts();
    }

    /// Measures and recommendation from wave to wave.
    fn trends(&self) -> Vec<Block> {
        let mut all = self.measures();
        all.extend(self.of(|kind| matches!(kind, Kind::Recommendation { .. })));
        trends(self.survey, &all, &self.place)
    }

    /// The lines under a heading of their own.
    fn lines(&mut self) {
        let lines = self.trends();
        if !lines.is_empty() {
            self.heading(Text::pair("前の回からの動き", "From wave to wave"));
            self.blocks.extend(lines);
        }
    }

    /// All measures of the groups of each attribute, tested against everybody else; attributes that are only crossed are left out.
    fn beside_everybody(&mut self, measures: &[String]) {
        let single = self.single();
        let blocks: Vec<Block> =
            single.iter().flat_map(|by| comparisons(self.survey, measures, std::slice::from_ref(by), &self.place)).collect();
        if !blocks.is_empty() {
            self.heading(Text::pair("どこで違うか", "Where groups differ"));
            self.blocks.extend(blocks);
        }
    }

    /// What goes together with an outcome.
    fn relations(&mut self, outcome: Option<&Located<String>>) {
        match drivers(self.survey, outcome, &self.place) {
            Ok((block, left)) => {
                if !left.is_empty() {
                    let (most, left) = (block.of.len(), left.join(", "));
                    self.miss(
                        &format!("関連を見る相手は{most}までです。次のものは入れません: {left}"),
                        &format!("Relations are of at most {most} things. Left out: {left}"),
                    );
                }
                self.heading(Text::pair("何と関連しているか", "What goes together"));
                self.blocks.push(Block::Drivers(block));
            }
            Err((ja, en)) => self.miss(&ja, &en),
        }
    }

    fn pulse(&mut self, rounds: &Rounds<'_>) {
        if so_far(self.survey, &rounds.waves).len() > 1 {
            self.lines();
        }
        let pages: Vec<(Option<Text>, Vec<String>)> = self
            .survey
            .pages
            .iter()
            .map(|page| {
                let shown = page.questions.iter().filter(|question| is_drawn(question)).map(|question| question.id.clone());
                (page.title.clone(), shown.collect())
            })
            .collect();
        for (title, questions) in pages.into_iter().filter(|(_, questions)| !questions.is_empty()) {
            if let Some(title) = title {
                self.heading(title);
            }
            questions.iter().for_each(|id| self.figure(id));
        }
        let scales: Vec<String> = self.survey.scales.iter().map(|scale| scale.id.clone()).collect();
        if !scales.is_empty() {
            self.heading(Text::pair("尺度", "Scales"));
            scales.iter().for_each(|id| self.figure(id));
        }
        self.texts();
    }

    /// What people wrote in answer to questions of their own.
    fn texts(&mut self) {
        let questions: Vec<String> = self.of(|kind| matches!(kind, Kind::LongText { .. }));
        if questions.is_empty() {
            return;
        }
        self.heading(Text::pair("書かれたこと", "What people wrote"));
        for id in questions {
            let question = self.located(&id);
            self.blocks.push(Block::Comments(CommentsBlock { question, themes: Vec::new(), most: QUOTED, title: None }));
        }
    }

    fn of(&self, is: impl Fn(&Kind) -> bool) -> Vec<String> {
        self.survey.questions().filter(|question| is(&question.kind)).map(|question| question.id.clone()).collect()
    }
}

/// Whether a question is answered by points of which one end is better.
fn judges(question: &Question) -> bool {
    matches!(&question.kind, Kind::Scale(points) | Kind::Grid { points, .. } if points.favourable != Favourable::Neither)
}

/// Whether there is a figure of a question.
fn is_drawn(question: &Question) -> bool {
    let words = matches!(
        question.kind,
        Kind::ShortText { .. } | Kind::LongText { .. } | Kind::Date { .. } | Kind::Table { .. } | Kind::Note | Kind::Calculated { .. }
    );
    !words && question.variables().iter().any(|variable| variable.measure != Measure::Text)
}
