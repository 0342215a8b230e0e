//! What figures are counted of a survey: each sum with the people whose answers are in it.
//!
//! Two figures can be subtracted only where the same is summed in both. So every variable, every scale and every question that is
//! counted as a whole is judged by itself, among those who answered it: that one person left one question empty parts nobody in
//! the figures of another.

use super::definition::{Chosen, Items, Names, People, Segment};
use super::group::Group;
use super::numbers::Numbers;
use super::shape::{Analysis, PairedItem, SetKind, SurveyShape, counted};
use crate::survey::scoring::Scale;
use crate::survey::{Measure, Variable};
use std::collections::BTreeSet;

/// One sum.
#[derive(Debug, Clone)]
pub(super) struct Measured {
    /// The id of the variable, scale or question.
    pub(super) id: String,
    /// The variables, of which at least one was shown to those whom it is about.
    pub(super) variables: BTreeSet<String>,
    /// Those to whom one of them was shown, in stored names.
    pub(super) shown: People,
    /// Those whose answers are summed.
    pub(super) people: People,
    /// Those who would be left if this sum were subtracted from those of its parts.
    pub(super) rests: Vec<People>,
    /// Of a relation between several things, what each of them is counted of by itself.
    pub(super) members: Vec<Measured>,
    /// It is told to its last place or not at all.
    pub(super) whole: bool,
    /// The fewest people of whom it is told, where that is more than of others.
    pub(super) least: u64,
    /// It needs larger groups.
    pub(super) sensitive: bool,
    /// The number of each person, where figures are made of it.
    pub(super) numbers: Option<Numbers>,
    /// Who was asked depends on earlier answers.
    pub(super) asked_by_answers: bool,
    /// It has more than three classes in order.
    pub(super) fine: bool,
    /// The classes that shares are told of, and those of the finer picture: the codes of each, in stored names.
    pub(super) classes: [Vec<BTreeSet<String>>; 2],
    /// People could choose more than one class.
    pub(super) several: bool,
}

impl SurveyShape {
    /// Every sum that figures are made of.
    pub(super) fn measured(&self) -> Vec<Measured> {
        let withheld = self.of_pairs_only();
        let told = |measured: &Measured| measured.variables.iter().all(|variable| !withheld.contains(variable.as_str()));
        let variables = self.variables.iter().filter_map(|variable| self.variable_measured(variable));
        let sets = self.sets.iter().filter_map(|set| {
            let all: BTreeSet<String> = set.rows.iter().map(|(variable, _)| variable.clone()).collect();
            let names: BTreeSet<Names> = all.iter().map(|variable| self.names(variable)).collect();
            let (people, rests) = match set.kind {
                SetKind::First(_) => (People::Any(names), Vec::new()),
                SetKind::Pairs(_) => {
                    let items = Items { least: u32::try_from(names.len()).unwrap_or(u32::MAX), items: names, points: false };
                    (People::Counted(items.clone()), items.rests())
                }
                SetKind::Choices | SetKind::Ranks(_) | SetKind::Piles | SetKind::Points(_) => return None,
            };
            Some(self.of_variables(&set.id, all, people, rests, set.sensitive))
        });
        let scales = self.scales.iter().map(|scale| self.scale_measured(scale));
        // Relations last: they are held against what is told of their parts
        let relations = self.analyses.iter().filter_map(|analysis| self.relation_measured(analysis));
        let pairs = self.pairings.iter().filter(|pairing| pairing.ready).flat_map(|pairing| {
            let told = pairing.items.iter().filter(|item| !item.held);
            told.filter_map(|item| self.pair_measured(&pairing.part(item), item))
        });
        // Scores after the answers that they are made of
        let (scored, single): (Vec<Measured>, Vec<Measured>) = pairs.partition(|pair| pair.members.iter().any(|own| !own.rests.is_empty()));
        variables.chain(sets).chain(scales).chain(relations).filter(told).chain(single).chain(scored).collect()
    }

    /// An item of everybody who answered it here and in another survey.
    fn pair_measured(&self, id: &str, item: &PairedItem) -> Option<Measured> {
        let own = match self.scales.iter().find(|scale| scale.id == item.id) {
            Some(scale) => self.scale_measured(scale),
            None => self.variable(&item.id).and_then(|variable| self.variable_measured(variable))?,
        };
        let there = match (&item.scale, &own.people) {
            (Some(scale), _) => {
                let items = scale.items.iter().map(|item| vec![item.clone()]).collect();
                People::Counted(Items { items, least: scale.min_answered.max(1), points: true })
            }
            (None, People::Answered(_, codes)) => People::Answered(vec![item.joined.clone()], codes.clone()),
            (None, _) => return None,
        };
        let people = People::Together([own.people.clone(), there].into());
        let sensitive = own.sensitive;
        let measured = self.of_variables(id, own.variables.clone(), people, Vec::new(), sensitive);
        Some(Measured { shown: People::All, asked_by_answers: false, members: vec![own], whole: true, ..measured })
    }

    /// How several answers of one person go together: told of everybody who gave all of them, and of nobody else.
    fn relation_measured(&self, analysis: &Analysis) -> Option<Measured> {
        let member = |id: &String| match self.scales.iter().find(|scale| scale.id == *id) {
            Some(scale) => Some(self.scale_measured(scale)),
            None => self.variable(id).and_then(|variable| self.variable_measured(variable)),
        };
        let members: Vec<Measured> = analysis.of.iter().chain([&analysis.outcome]).map(member).collect::<Option<_>>()?;
        let variables = members.iter().flat_map(|member| member.variables.clone()).collect();
        let people = People::Together(members.iter().map(|member| member.people.clone()).collect());
        let sensitive = members.iter().any(|member| member.sensitive);
        let least = analysis.minimum;
        // How many of them were asked is not told
        let measured = self.of_variables(&analysis.id, variables, people, Vec::new(), sensitive);
        Some(Measured { shown: People::All, asked_by_answers: false, members, least, ..measured })
    }

    fn variable_measured(&self, variable: &Variable) -> Option<Measured> {
        let names = self.names(&variable.id);
        let (people, fine) = match &variable.measure {
            Measure::Nominal(categories) | Measure::Multiple(categories) | Measure::Ordinal(categories) => {
                let codes = categories.iter().flat_map(|category| self.codes(&variable.id, &category.code)).collect();
                let ordinal = matches!(variable.measure, Measure::Ordinal(_));
                (People::Answered(names.clone(), codes), ordinal && self.is_fine(variable))
            }
            Measure::Number => (People::Number(names.clone()), false),
            Measure::Text | Measure::Date | Measure::Order(_) | Measure::Identity => return None,
        };
        let own = BTreeSet::from([variable.id.clone()]);
        let classes = self.classes(variable);
        let several = matches!(variable.measure, Measure::Multiple(_));
        let numbers = matches!(variable.measure, Measure::Number).then_some(Numbers::Given(names));
        Some(Measured { fine, classes, several, numbers, ..self.of_variables(&variable.id, own, people, Vec::new(), variable.sensitive) })
    }

    fn scale_measured(&self, scale: &Scale) -> Measured {
        let all: BTreeSet<String> = scale.items.iter().cloned().collect();
        let items = Items { items: all.iter().map(|item| self.names(item)).collect(), least: scale.min_answered.max(1), points: true };
        let sensitive = self.is_sensitive(&scale.id);
        let fine = scale.bands.len() > 3;
        let numbers = Some(Numbers::Scored(Box::new(scale.clone()), scale.items.iter().map(|item| self.names(item)).collect()));
        Measured { fine, numbers, ..self.of_variables(&scale.id, all, People::Counted(items.clone()), items.rests(), sensitive) }
    }

    fn of_variables(&self, id: &str, variables: BTreeSet<String>, people: People, rests: Vec<People>, sensitive: bool) -> Measured {
        let shown = People::Shown(variables.iter().map(|variable| self.names(variable)).collect());
        let classes = [Vec::new(), Vec::new()];
        let asked_by_answers = variables.iter().any(|variable| self.asked_by_answers.contains(variable));
        Measured {
            id: id.to_owned(),
            variables,
            asked_by_answers,
            shown,
            people,
            rests,
            members: Vec::new(),
            whole: false,
            least: 0,
            sensitive,
            numbers: None,
            fine: false,
            classes,
            several: false,
        }
    }

    /// The classes that shares of a variable are told of: each category; of points in order three, and each in the finer picture.
    fn classes(&self, variable: &Variable) -> [Vec<BTreeSet<String>>; 2] {
        let (Measure::Nominal(categories) | Measure::Multiple(categories) | Measure::Ordinal(categories)) = &variable.measure else {
            return [Vec::new(), Vec::new()];
        };
        let each: Vec<BTreeSet<String>> = categories.iter().map(|category| self.codes(&variable.id, &category.code)).collect();
        let together = |points: &[BTreeSet<String>]| points.iter().flatten().cloned().collect::<BTreeSet<String>>();
        let parts = match &variable.measure {
            Measure::Ordinal(_) if self.recommendations.contains(&variable.id) && each.len() == 11 => [7, 9],
            Measure::Ordinal(_) if self.is_fine(variable) => [counted(each.len()), each.len() - counted(each.len())],
            _ => return [each, Vec::new()],
        };
        let thirds = vec![together(&each[..parts[0]]), together(&each[parts[0]..parts[1]]), together(&each[parts[1]..])];
        let fine = if self.is_fine(variable) { each } else { Vec::new() };
        [thirds, fine]
    }

    /// Every name that batches hold of a variable of which nothing may be told of fewer than ten people.
    #[must_use]
    pub fn sensitive_names(&self) -> BTreeSet<String> {
        self.variables.iter().filter(|variable| variable.sensitive).flat_map(|variable| self.names(&variable.id)).collect()
    }

    /// A segment in the names that batches hold.
    pub(super) fn in_stored_names(&self, group: &Group) -> Segment {
        let chosen = group.chosen().map(|(variable, code)| Chosen { names: self.names(variable), codes: self.codes(variable, code) });
        chosen.fold(Segment::default(), Segment::and)
    }

    /// Every name under which batches hold a variable or an attribute, ascending.
    pub(super) fn names(&self, id: &str) -> Names {
        let own = Some(id).filter(|id| !self.history.variables.contains_key(*id));
        let mut names: Names = self.history.formerly(id).into_iter().chain(own).map(str::to_owned).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Every code that batches hold where today's would stand.
    pub(super) fn codes(&self, variable: &str, code: &str) -> BTreeSet<String> {
        let turned = self.history.codes.get(variable).is_some_and(|codes| codes.contains_key(code));
        let own = Some(code).filter(|_| !turned);
        self.history.code_formerly(variable, code).into_iter().chain(own).map(str::to_owned).collect()
    }
}
