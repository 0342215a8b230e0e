//! Which numbers the page on method defines: those that the report tells, and no others.

use super::blocks::profile;
use crate::catalog::report::{Block, Correction, Origin, Report};
use crate::catalog::value::value;
use crate::catalog::{Catalog, waves_of};
use crate::survey::compared::{By, Comparable, NET, comparable};
use crate::survey::question::{Favourable, Kind};
use crate::survey::{Exhibit, Survey};
use std::collections::BTreeSet;

/// A number, or a way to judge one, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Defined {
    Share,
    Favourable,
    Wilson,
    Mean,
    Score,
    Alpha,
    Recommendation,
    NetInterval,
    Population,
    Weighted,
    DifferenceOfShares,
    DifferenceOfMeans,
    DifferenceOfNets,
    Effect,
    Holm,
    BenjaminiHochberg,
    Paired,
    SignedRanks,
    ChangeSize,
    Importance,
    Coefficients,
    Bonferroni,
}

impl Defined {
    /// Its name, its words and, where it stands on somebody's shoulders, on whose.
    pub(super) fn phrases(self) -> (&'static str, &'static str, Option<&'static str>) {
        match self {
            Defined::Share => ("how_def_share", "how_def_share_text", None),
            Defined::Favourable => ("how_def_favourable", "how_def_favourable_text", None),
            Defined::Wilson => ("how_def_wilson", "how_def_wilson_text", Some("how_def_wilson_by")),
            Defined::Mean => ("how_def_mean", "how_def_mean_text", Some("how_def_mean_by")),
            Defined::Score => ("how_def_score", "how_def_score_text", None),
            Defined::Alpha => ("how_def_alpha", "how_def_alpha_text", Some("how_def_alpha_by")),
            Defined::Recommendation => ("how_def_recommendation", "how_def_recommendation_text", Some("how_def_recommendation_by")),
            Defined::NetInterval => ("how_def_net", "how_def_net_text", Some("how_def_net_by")),
            Defined::Population => ("how_def_population", "how_def_population_text", Some("how_def_population_by")),
            Defined::Weighted => ("how_def_weighted", "how_def_weighted_text", Some("how_def_weighted_by")),
            Defined::DifferenceOfShares => ("how_def_difference", "how_def_difference_text", Some("how_def_difference_by")),
            Defined::DifferenceOfMeans => ("how_def_welch", "how_def_welch_text", Some("how_def_welch_by")),
            Defined::DifferenceOfNets => ("how_def_nets", "how_def_nets_text", Some("how_def_nets_by")),
            Defined::Effect => ("how_def_effect", "how_def_effect_text", Some("how_def_effect_by")),
            Defined::Holm => ("how_def_holm", "how_def_holm_text", Some("how_def_holm_by")),
            Defined::BenjaminiHochberg => ("how_def_bh", "how_def_bh_text", Some("how_def_bh_by")),
            Defined::Paired => ("how_def_paired", "how_def_paired_text", Some("how_def_paired_by")),
            Defined::SignedRanks => ("how_def_signed", "how_def_signed_text", Some("how_def_signed_by")),
            Defined::ChangeSize => ("how_def_dz", "how_def_dz_text", Some("how_def_dz_by")),
            Defined::Importance => ("how_def_lmg", "how_def_lmg_text", Some("how_def_lmg_by")),
            Defined::Coefficients => ("how_def_coefficients", "how_def_coefficients_text", Some("how_def_coefficients_by")),
            Defined::Bonferroni => ("how_def_bonferroni", "how_def_bonferroni_text", Some("how_def_bonferroni_by")),
        }
    }
}

/// What a report tells, as far as it has to be defined.
pub(super) fn defined(catalog: &Catalog, report: &Report) -> BTreeSet<Defined> {
    let mut telling = Telling { catalog, survey: catalog.surveys.get(&report.survey.value), all: BTreeSet::new() };
    for block in &report.blocks {
        telling.block(report, block);
    }
    for tile in &report.tiles {
        match &tile.origin {
            Origin::Dataset { dataset, .. } => telling.dataset(&dataset.value),
            Origin::Survey(figure) => telling.figure(&figure.value),
        }
    }
    for written in report.values.iter().filter_map(|written| value(&written.value)) {
        let survey = written.wave.map_or(telling.survey, |wave| catalog.surveys.get(wave));
        telling.numbers(survey, written.figure, Some(written.what));
    }
    if let Some(survey) = telling.survey.filter(|_| report.for_each.is_some()) {
        let all = profile::all(survey, report);
        for series in &all {
            telling.compared(&series.id, None, Correction::Holm);
            telling.effect(&series.id, None);
        }
    }
    telling.all
}

struct Telling<'c> {
    catalog: &'c Catalog,
    survey: Option<&'c Survey>,
    all: BTreeSet<Defined>,
}

impl Telling<'_> {
    fn add<const N: usize>(&mut self, all: [Defined; N]) {
        self.all.extend(all);
    }

    fn block(&mut self, report: &Report, block: &Block) {
        match block {
            Block::Text(body) => {
                let exhibits = body.values().flat_map(|document| document.exhibits()).map(|mark| &mark.id);
                exhibits.for_each(|id| self.dataset(id));
            }
            Block::Dataset(id) => self.dataset(&id.value),
            Block::Figure { figure, benchmark, .. } => {
                self.figure(&figure.value);
                benchmark.iter().for_each(|benchmark| self.dataset(&benchmark.dataset.value));
            }
            Block::Compare(block) => {
                let choice = block.choice.as_ref().map(|choice| choice.value.as_str());
                block.figures.iter().for_each(|figure| self.compared(&figure.value, choice, block.correction));
                block.figures.iter().for_each(|figure| self.effect(&figure.value, choice));
            }
            Block::Trend(block) => {
                // One wave has nothing to be tested against
                let several = waves_of(self.catalog, report, block).len() > 1;
                let choice = block.choice.as_ref().map(|choice| choice.value.as_str());
                for figure in &block.figures {
                    if several {
                        self.compared(&figure.value, choice, block.correction);
                        self.effect(&figure.value, choice);
                    } else {
                        self.numbers(self.survey, &figure.value, choice);
                    }
                }
            }
            Block::Drivers(_) => self.add([Defined::Importance, Defined::Coefficients, Defined::Bonferroni]),
            Block::Change(block) => {
                self.add([Defined::Share, Defined::Wilson, Defined::Mean, Defined::Paired, Defined::SignedRanks, Defined::ChangeSize]);
                if block.of.len() > 1 {
                    self.add([Defined::Bonferroni]);
                }
            }
            Block::Plan(plan) => {
                for input in self.catalog.plans.get(&plan.value).into_iter().flat_map(|plan| &plan.inputs) {
                    self.numbers(self.catalog.surveys.get(&input.survey.value), &input.figure.value, None);
                }
            }
            Block::Benchmarks(block) => {
                for row in &block.rows {
                    self.numbers(self.survey, &row.figure.value, row.choice.as_ref().map(|choice| choice.value.as_str()));
                    self.dataset(&row.dataset.value);
                }
            }
            Block::Weighted(block) => {
                self.add([Defined::Weighted]);
                let choice = block.choice.as_ref().map(|choice| choice.value.as_str());
                block.figures.iter().for_each(|figure| self.numbers(self.survey, &figure.value, choice));
            }
            // Counts of people, words, and what has no number at all
            Block::Coverage(_) | Block::Comments(_) | Block::Heading { .. } | Block::Callout { .. } | Block::Method => {}
        }
    }

    /// Figures from elsewhere stand as their source gives them; intervals of shares are ours.
    fn dataset(&mut self, id: &str) {
        let has_interval = |exhibit: &Exhibit| {
            let figures = exhibit.rows.iter().flat_map(|row| row.total.iter().chain(&row.figures));
            figures.into_iter().any(|figure| figure.interval.is_some())
        };
        if self.catalog.data.get(id).is_some_and(|dataset| has_interval(&dataset.exhibit)) {
            self.add([Defined::Wilson]);
        }
    }

    /// A figure of its own: a question, a grid or a scale, of everybody or by an attribute.
    fn figure(&mut self, id: &str) {
        let Some(survey) = self.survey else { return };
        let (own, by_segment) = id.split_once("-by-").map_or((id, false), |(own, _)| (own, true));
        if survey.population.is_some() && !by_segment {
            self.add([Defined::Population]);
        }
        if survey.scales.iter().any(|scale| scale.id == own) {
            self.add([Defined::Mean, Defined::Score]);
            if !by_segment {
                self.add([Defined::Alpha]);
            }
            return;
        }
        let Some(question) = survey.questions().find(|question| question.id == own || question.variables().iter().any(|one| one.id == own))
        else {
            // Bands of a scale, and what else is shares alone
            return self.add([Defined::Share, Defined::Wilson]);
        };
        match &question.kind {
            Kind::Scale(points) | Kind::Grid { points, .. } => {
                self.add([Defined::Share, Defined::Wilson]);
                if points.favourable != Favourable::Neither {
                    self.add([Defined::Favourable]);
                }
            }
            Kind::Recommendation { .. } => self.add([Defined::Share, Defined::Wilson, Defined::Recommendation]),
            Kind::Number { .. } | Kind::Slider(_) | Kind::Allocation { .. } | Kind::Calculated { .. } => self.add([Defined::Mean]),
            Kind::Ranking { items, top } if *top as usize == items.len() => self.add([Defined::Mean]),
            Kind::PairedComparison { .. } => self.add([Defined::Share, Defined::Mean]),
            _ => self.add([Defined::Share, Defined::Wilson]),
        }
    }

    /// The one number by which things are held beside others.
    fn numbers(&mut self, survey: Option<&Survey>, id: &str, choice: Option<&str>) {
        for one in survey.map(|survey| comparable(survey, id)).unwrap_or_default() {
            self.number(survey, &one, choice);
        }
    }

    fn number(&mut self, survey: Option<&Survey>, one: &Comparable, choice: Option<&str>) {
        match one.by {
            By::Favourable => self.add([Defined::Share, Defined::Favourable, Defined::Wilson]),
            By::Recommendation if choice == Some(NET) => self.add([Defined::Recommendation, Defined::NetInterval]),
            By::Recommendation => self.add([Defined::Share, Defined::Wilson, Defined::Recommendation]),
            By::Mean if survey.is_some_and(|survey| survey.scales.iter().any(|scale| scale.id == one.id)) => {
                self.add([Defined::Mean, Defined::Score]);
            }
            By::Mean => self.add([Defined::Mean]),
            By::Choice(_) => self.add([Defined::Share, Defined::Wilson]),
            By::Nothing => {}
        }
    }

    /// The same, with a difference that is tested beside others.
    fn compared(&mut self, id: &str, choice: Option<&str>, correction: Correction) {
        for one in self.survey.map(|survey| comparable(survey, id)).unwrap_or_default() {
            self.number(self.survey, &one, choice);
            match one.by {
                By::Recommendation if choice == Some(NET) => self.add([Defined::DifferenceOfNets]),
                By::Mean => self.add([Defined::DifferenceOfMeans]),
                By::Favourable | By::Recommendation | By::Choice(_) => self.add([Defined::DifferenceOfShares]),
                By::Nothing => continue,
            }
            self.add([match correction {
                Correction::Holm => Defined::Holm,
                Correction::BenjaminiHochberg => Defined::BenjaminiHochberg,
            }]);
        }
    }

    /// How large a difference is, in spreads.
    fn effect(&mut self, id: &str, choice: Option<&str>) {
        for one in self.survey.map(|survey| comparable(survey, id)).unwrap_or_default() {
            let net = one.by == By::Recommendation && choice == Some(NET);
            if one.by != By::Nothing && !net {
                self.add([Defined::Effect]);
            }
        }
    }
}
