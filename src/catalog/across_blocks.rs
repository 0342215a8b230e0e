//! Checks the blocks of a report that hold figures against each other: what they name is there, can be compared, and is in one unit.

use super::everything::Catalog;
use super::names::unknown;
use super::reference::Located;
use super::report::{Against, Benchmarks, Block, Compare, Coverage, Report, Trend};
use super::value::value;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::survey::Survey;
use crate::survey::compared::{By, Comparable, NET, all, comparable};
use crate::survey::definition::Segment;
use crate::survey::figure::Unit;
use crate::survey::waves::{Standing, twins};
use std::collections::BTreeSet;

/// A block of a report, with what it is checked against.
pub(super) struct Checker<'a, 'd> {
    pub(super) catalog: &'a Catalog,
    pub(super) survey: &'a Survey,
    pub(super) diagnostics: &'d mut Diagnostics,
}

impl Checker<'_, '_> {
    /// Groups held against each other.
    pub(super) fn compare(&mut self, block: &Compare) {
        let things = self.things(&block.figures, block.choice.as_ref());
        self.one_unit(&block.figures, &units(&things, block.choice.as_ref()));
        let Some(rows) = self.segment(&block.by) else { return };
        if let Against::Group(group) = &block.against
            && !rows.contains(&group.value)
        {
            let known = ["everybody_else", "whole"].into_iter().chain(rows.iter().map(String::as_str));
            unknown(self.catalog, self.diagnostics, &group.place, ("比べる相手", "group"), &group.value, known);
        }
    }

    /// Whom a survey has invited and heard of, by an attribute.
    pub(super) fn coverage(&mut self, block: &Coverage) {
        let known = || self.survey.attributes.iter().map(|attribute| attribute.id.as_str());
        if known().all(|id| id != block.by.value) {
            let known: Vec<&str> = known().collect();
            unknown(self.catalog, self.diagnostics, &block.by.place, ("属性", "attribute"), &block.by.value, known.into_iter());
        }
    }

    /// One thing from wave to wave.
    pub(super) fn trend(&mut self, report: &Report, block: &Trend) {
        let things = self.things(&block.figures, block.choice.as_ref());
        self.one_unit(&block.figures, &units(&things, block.choice.as_ref()));
        let waves = self.catalog.waves(self.survey);
        for wave in &block.waves {
            if waves.iter().all(|known| known.id != wave.value) {
                unknown(
                    self.catalog,
                    self.diagnostics,
                    &wave.place,
                    ("回", "wave"),
                    &wave.value,
                    waves.iter().map(|known| known.id.as_str()),
                );
            }
        }
        let chosen = waves_of(self.catalog, report, block);
        self.unlike(block, &things, &chosen);
        if chosen.len() < 2 && block.waves.is_empty() {
            self.say(
                &block.place,
                ("このアンケートには、ほかの回がありません。", "This survey has no other wave."),
                (
                    "二回目からのアンケートに same_as と wave を書き、はじめの回にも wave を書きます。",
                    "Later surveys name the first one with “same_as” and have a “wave”; the first has a “wave”, too.",
                ),
            );
        }
        let place = |list: &[Located<String>]| list.first().map_or_else(|| block.place.clone(), |one| one.place.clone());
        let lines = if block.by.is_empty() {
            if !block.groups.is_empty() {
                let fault = ("groups は、by と一緒に書きます。", "“groups” goes with “by”.");
                self.say(&place(&block.groups), fault, ("by に属性を書いてください。", "Name the attribute in “by”."));
            }
            things.len()
        } else {
            let Some(rows) = self.segment(&block.by) else { return };
            for group in block.groups.iter().filter(|group| !rows.contains(&group.value)) {
                let known = rows.iter().map(String::as_str);
                unknown(self.catalog, self.diagnostics, &group.place, ("集まり", "group"), &group.value, known);
            }
            if things.len() > 1 {
                let fault = ("集まりごとの線は、一つの数についてだけ引けます。", "Lines of groups are of one figure only.");
                self.say(&place(&block.figures), fault, ("figures を一つにしてください。", "Let “figures” name one."));
                return;
            }
            if block.groups.is_empty() { rows.len() } else { block.groups.len() }
        };
        if lines > Trend::MOST_LINES {
            let most = Trend::MOST_LINES;
            let fault = (
                format!("線が{lines}本になります。見分けられるのは{most}本までです。"),
                format!("That makes {lines} lines; {most} can be told apart."),
            );
            let hint = if block.by.is_empty() {
                ("いくつかの trend に分けてください。", "Part it into several blocks.")
            } else {
                ("groups に、六つまでの集まりを書いてください。", "Name up to six in “groups”.")
            };
            self.say(&place(&block.figures), (&fault.0, &fault.1), hint);
        }
    }

    /// A note on each thing that no other of these waves asked alike: its line has one point.
    fn unlike(&mut self, block: &Trend, things: &[Comparable], waves: &[&Survey]) {
        let alike = |id: &String, wave: &Survey| {
            let twin = twins(wave, self.survey).into_iter().find(|twin| twin.later.as_ref() == Some(id));
            twin.is_some_and(|twin| twin.standing == Standing::Comparable)
        };
        let others: Vec<&&Survey> = waves.iter().filter(|wave| wave.id != self.survey.id).collect();
        let lonely = |thing: &&Comparable| !others.is_empty() && others.iter().all(|wave| !alike(&thing.id, wave));
        for thing in things.iter().filter(lonely).collect::<Vec<_>>() {
            let place = block.figures.iter().find(|figure| figure.value == thing.id).map_or(&block.place, |figure| &figure.place);
            self.note(
                place,
                (
                    &format!("「{}」は、ほかのどの回でも同じようにはたずねていません。線になりません。", thing.id),
                    &format!("No other wave asked “{}” in the same way, so there is no line to draw.", thing.id),
                ),
                (
                    "言い回しと選択肢を前の回に合わせるか、この行を消します。",
                    "Keep the words and choices of the earlier wave, or take it out.",
                ),
            );
        }
    }

    /// Figures in one unit, each of which is one number.
    pub(super) fn comparable(&mut self, figures: &[Located<String>], choice: Option<&Located<String>>) {
        let things = self.things(figures, choice);
        self.one_unit(figures, &units(&things, choice));
    }

    /// Groups that these attributes cross.
    pub(super) fn crossed(&mut self, by: &[Located<String>]) {
        self.segment(by);
    }

    /// Pages of the values of an attribute.
    pub(super) fn for_each(&mut self, attribute: &Located<String>) {
        self.segment(std::slice::from_ref(attribute));
    }

    /// Own figures beside published ones: each in one number, all in one unit, the marks too.
    pub(super) fn benchmarks(&mut self, block: &Benchmarks) {
        let mut all = Vec::new();
        for row in &block.rows {
            let things = self.things(std::slice::from_ref(&row.figure), row.choice.as_ref());
            if things.len() > 1 {
                let fault = ("一つの行に並べられるのは、一つの数です。", "A row holds one number.");
                self.say(&row.figure.place, fault, ("表の行の ID を書いてください。", "Name a row of the grid."));
            }
            let Some(thing) = things.into_iter().next() else { continue };
            let unit = thing.unit(row.choice.as_ref().map(|choice| choice.value.as_str()));
            if let Some(dataset) = self.catalog.data.get(&row.dataset.value).map(|dataset| &dataset.exhibit) {
                let known = || dataset.classes.iter().map(|class| class.id.as_str());
                if let Some(class) = row.class.as_ref().filter(|class| known().all(|id| id != class.value)) {
                    unknown(self.catalog, self.diagnostics, &class.place, ("区分", "class"), &class.value, known());
                }
                if let Some(outside) = dataset.rows.iter().find(|known| known.id == row.row.value)
                    && outside.total.iter().chain(&outside.figures).all(|figure| figure.value.is_none())
                {
                    let note = ("並べる行に、数値がありません。目印は出ません。", "That row has no number, so there is no mark.");
                    self.note(&row.row.place, note, ("数値のある行を書いてください。", "Name a row that has one."));
                }
                if dataset.unit != unit {
                    let fault = ("外の数値と、単位が違います。", "The published number is in another unit.");
                    let hint = ("割合は割合と、得点は得点と並べます。", "Set shares beside shares and scores beside scores.");
                    self.say(&row.row.place, fault, hint);
                }
            }
            all.push((row.figure.clone(), unit));
        }
        let (figures, units): (Vec<Located<String>>, Vec<Unit>) = all.into_iter().unzip();
        self.one_unit(&figures, &units);
    }

    /// What an author should know although the report can be built.
    fn note(&mut self, place: &Place, note: (&str, &str), hint: (&str, &str)) {
        self.diagnostics.push(Diagnostic::warning(code::NOTHING_TO_SHOW, place.clone(), note.0, note.1).hint(hint.0, hint.1));
    }

    fn say(&mut self, place: &Place, fault: (&str, &str), hint: (&str, &str)) {
        self.diagnostics.push(Diagnostic::error(code::NOT_COMPARABLE, place.clone(), fault.0, fault.1).hint(hint.0, hint.1));
    }

    /// What is compared; what cannot be is said.
    fn things(&mut self, figures: &[Located<String>], choice: Option<&Located<String>>) -> Vec<Comparable> {
        let mut found = Vec::new();
        for figure in figures {
            let things = comparable(self.survey, &figure.value);
            if things.is_empty() {
                let known = all(self.survey);
                let what = ("質問や尺度", "question or scale");
                unknown(self.catalog, self.diagnostics, &figure.place, what, &figure.value, known.iter().map(String::as_str));
            }
            for thing in &things {
                self.thing(figure, thing, choice);
            }
            found.extend(things);
        }
        found
    }

    fn thing(&mut self, figure: &Located<String>, thing: &Comparable, choice: Option<&Located<String>>) {
        let id = &thing.id;
        match (&thing.by, choice) {
            (By::Nothing, _) => self.say(
                &figure.place,
                (
                    &format!("「{id}」は、一つの数では比べられません。"),
                    &format!("There is no one number by which “{id}” could be compared."),
                ),
                (
                    "比べられるのは、どちらかの端が好ましい段階の質問、数、尺度、六つまでの選択肢の質問です。",
                    "What can be compared: points of which one end is favourable, numbers, scales, and questions of up to six choices.",
                ),
            ),
            (By::Choice(choices), None) => {
                let codes: Vec<&str> = choices.iter().map(|choice| choice.code.as_str()).collect();
                self.say(
                    &figure.place,
                    (
                        &format!("「{id}」のどの選択肢の割合を比べるのかが、書かれていません。"),
                        &format!("It is not said which choice of “{id}” is compared."),
                    ),
                    (
                        &format!("choice に {} のどれかを書きます。", codes.join("、")),
                        &format!("Write one of these as “choice”: {}.", codes.join(", ")),
                    ),
                );
            }
            (By::Choice(choices), Some(choice)) if choices.iter().all(|known| known.code != choice.value) => {
                let known = choices.iter().map(|known| known.code.as_str());
                unknown(self.catalog, self.diagnostics, &choice.place, ("選択肢", "choice"), &choice.value, known);
            }
            (By::Recommendation, Some(choice)) if choice.value != NET => {
                unknown(self.catalog, self.diagnostics, &choice.place, ("数え方", "way to count it"), &choice.value, [NET].into_iter());
            }
            (By::Favourable | By::Mean, Some(choice)) => self.say(
                &choice.place,
                (&format!("「{id}」は、選択肢の質問ではありません。"), &format!("“{id}” is no question with choices.")),
                ("choice の行を消してください。", "Remove the line “choice”."),
            ),
            _ => {}
        }
    }

    /// Shares and means cannot stand in one picture, nor scores of different ranges be read off one axis.
    fn one_unit(&mut self, figures: &[Located<String>], units: &[Unit]) {
        let Some(figure) = figures.first().filter(|_| units.iter().any(|unit| Some(unit) != units.first())) else { return };
        let (fault, hint) = if units.contains(&Unit::Points) {
            (
                (
                    "すすめたさの差し引きと、割合や平均は、一つの図に並べられません。",
                    "Recommendation scores cannot stand in one picture with shares or means.",
                ),
                ("すすめたさの差し引きは、ブロックを分けてください。", "Give each a block of its own."),
            )
        } else {
            (
                ("割合と平均は、一つの図に並べられません。", "Shares and means cannot stand in one picture."),
                ("割合のものと平均のもので、ブロックを分けてください。", "Give each a block of its own."),
            )
        };
        self.say(&figure.place, fault, hint);
    }

    /// The ids of the rows of a segment; nothing where the survey has no such one, which is said.
    fn segment(&mut self, by: &[Located<String>]) -> Option<Vec<String>> {
        let first = by.first()?;
        let known = || self.survey.attributes.iter().map(|attribute| attribute.id.as_str());
        if let Some(odd) = by.iter().find(|one| known().all(|id| id != one.value)) {
            let known: Vec<&str> = known().collect();
            unknown(self.catalog, self.diagnostics, &odd.place, ("属性", "attribute"), &odd.value, known.into_iter());
            return None;
        }
        let name = by.iter().map(|one| one.value.as_str()).collect::<Vec<_>>().join("-and-");
        let Some(segment) = self.survey.segments.iter().find(|segment| segment.name() == name) else {
            let known: Vec<String> = self.survey.segments.iter().map(Segment::name).collect();
            let ids: Vec<&str> = by.iter().map(|one| one.value.as_str()).collect();
            self.say(
                &first.place,
                (
                    &format!("アンケート「{}」は、「{}」で分けて集計していません。", self.survey.id, ids.join("、")),
                    &format!("The survey “{}” has no figures by “{}”.", self.survey.id, ids.join(", ")),
                ),
                (
                    &format!(
                        "アンケートの segments に「- by: [{}]」を足します。いまあるのは {} です。",
                        ids.join(", "),
                        listed(&known, "ありません")
                    ),
                    &format!("Add “- by: [{}]” to the survey’s “segments”. What there is: {}.", ids.join(", "), listed(&known, "none")),
                ),
            );
            return None;
        };
        let mut rows = vec![String::new()];
        for attribute in self.survey.attributes_of(segment) {
            let with = |row: &String, code: &str| if row.is_empty() { code.to_owned() } else { format!("{row}-{code}") };
            rows = rows.iter().flat_map(|row| attribute.values.iter().map(|value| with(row, &value.code)).collect::<Vec<_>>()).collect();
        }
        Some(rows)
    }
}

/// What each of these counts in.
fn units(things: &[Comparable], choice: Option<&Located<String>>) -> Vec<Unit> {
    things.iter().map(|thing| thing.unit(choice.map(|choice| choice.value.as_str()))).collect()
}

fn listed(known: &[String], none: &str) -> String {
    if known.is_empty() { none.to_owned() } else { known.join(", ") }
}

/// The surveys whose figures a report shows: its own, and the waves that its blocks follow.
#[must_use]
pub fn surveys_of<'c>(catalog: &'c Catalog, report: &'c Report) -> BTreeSet<&'c str> {
    let mut surveys = BTreeSet::from([report.survey.value.as_str()]);
    for block in &report.blocks {
        match block {
            Block::Trend(block) => surveys.extend(waves_of(catalog, report, block).iter().map(|wave| wave.id.as_str())),
            Block::Change(block) => {
                surveys.insert(block.before.value.as_str());
            }
            Block::Plan(plan) => {
                let inputs = catalog.plans.get(&plan.value).into_iter().flat_map(|plan| &plan.inputs);
                surveys.extend(inputs.map(|input| input.survey.value.as_str()));
            }
            _ => {}
        }
    }
    surveys.extend(report.values.iter().filter_map(|written| value(&written.value)?.wave));
    surveys.retain(|id| catalog.surveys.contains_key(*id));
    surveys
}

/// The waves that a block follows, in the order of their days.
#[must_use]
pub fn waves_of<'c>(catalog: &'c Catalog, report: &Report, block: &Trend) -> Vec<&'c Survey> {
    let Some(survey) = catalog.surveys.get(&report.survey.value) else { return Vec::new() };
    let waves = catalog.waves(survey);
    if !block.waves.is_empty() {
        return waves.into_iter().filter(|wave| block.waves.iter().any(|one| one.value == wave.id)).collect();
    }
    waves.into_iter().filter(|wave| wave.begins() <= survey.begins()).collect()
}
