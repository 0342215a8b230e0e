//! The only door out: answers go in, [`Published`] comes out.

use super::average::{self, Moments};
use super::by_segment::{self, Segmented, Standing};
use super::care::{Care, care};
use super::changes;
use super::columns::Columns;
use super::comments::{Comments, comments};
use super::correct::{correct, correct_figure};
use super::disclosure::{Admission, Admitted, Request, Rules, Timing, admit};
use super::distribution::{OrdinalRow, choices, ordinal};
use super::drivers;
use super::frame::Frame;
use super::group::Group;
use super::ledger::{Ledger, Publication};
use super::sets;
use super::shape::SurveyShape;
use super::summary::Completeness;
use super::texts::texts;
use super::wording;
use crate::survey::definition::Publish;
use crate::survey::exhibit::Note;
use crate::survey::history::History;
use crate::survey::review::Review;
use crate::survey::{Batch, Exhibit, Measure, Variable};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that may be shown of a survey.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// The survey's id.
    pub survey: String,
    /// How many people's answers have been collected in closed batches; `None` where that itself may not be told.
    pub collected: Option<u64>,
    /// How many people's answers the figures are counted from: 0, or at least k.
    pub shown: u64,
    /// Why not everybody is counted in, or nobody yet; `None`: all are.
    pub waiting: Option<Note>,
    /// How percentages, intervals and small groups are dealt with: once for a report.
    pub notes: Vec<Note>,
    /// By the id of the variable, grid or scale (`SCALE-bands` for its bands), and by segment (`VARIABLE-by-ATTRIBUTE`); of
    /// relations by the id of the analysis (`-field`, `-coefficients`). There is one for each that can have one, whether or
    /// not anything may be shown in it yet.
    pub exhibits: BTreeMap<String, Exhibit>,
    /// Who answered, by the id of the variable or scale; only of what is shown.
    pub completeness: BTreeMap<String, Completeness>,
    /// Mean, spread and agreement, by the id of the number question or scale.
    pub moments: BTreeMap<String, Moments>,
    /// What comparisons need to know of the rows of exhibits by segment, by the exhibit's name: a line for each row.
    #[serde(default)]
    pub segments: BTreeMap<String, Vec<Standing>>,
    /// Items of pairings that may be told of, as far as this survey is concerned ([`super::Pairing::part`]).
    #[serde(default)]
    pub paired: BTreeSet<String>,
    /// How many were invited, where people were; of the store, not of the answers.
    #[serde(default)]
    pub invited: Option<u64>,
    /// Of groups, by attribute and value: how many were invited at least, and of them have answered at least; once the survey is over.
    #[serde(default)]
    pub response: BTreeMap<String, BTreeMap<String, (u64, u64)>>,
    /// How carefully sheets were filled in; `None`: nothing is shown yet.
    #[serde(default)]
    pub care: Option<Care>,
    /// Free texts that whoever runs the survey may read, by the id of the variable, sorted. No page shows one that a person has not
    /// approved.
    #[serde(skip)]
    pub texts: BTreeMap<String, Vec<String>>,
    /// What reports may quote of them, by the id of the variable: nothing before somebody has decided on it.
    #[serde(skip)]
    pub comments: BTreeMap<String, Comments>,
    /// What the ledger must record before these figures are shown to anyone; `None`: it knows all that is told.
    #[serde(skip)]
    pub publication: Option<Publication>,
}

/// Counts what may be shown of a survey's batches, after everything that the ledger knows was shown before. The batches are those
/// that the store holds, in the names of their time.
///
/// The same batches and ledger give the same result; recording its publication and publishing again gives the same figures.
#[must_use]
pub fn publish(shape: &SurveyShape, batches: &[Batch], ledger: &Ledger) -> Published {
    let today: Vec<Batch>;
    let in_todays_names = if shape.history == History::default() {
        batches
    } else {
        today = batches.iter().cloned().map(|batch| shape.history.read(batch)).collect();
        &today
    };
    let columns = Columns::of(&shape.id, in_todays_names);
    let rules = Rules::of(shape.k, shape.has_fine(), shape.variables.iter().any(|variable| variable.sensitive));
    let timing = match (shape.closed, shape.publish) {
        (true, _) => Timing::Final,
        (false, Publish::Rolling) => Timing::Rolling,
        (false, Publish::AtClose) => Timing::Wait,
    };
    let request = Request { survey: &shape.id, stored: batches, segments: shape.asked(), measured: shape.measured(), rules, timing };
    let admission = admit(&request, &columns, ledger);
    let shown = admission.everybody.as_ref().map_or(0, Admitted::n);
    let collected = Some(columns.n()).filter(|n| timing != Timing::Wait && rules.allow(*n));
    let mut published = Published {
        survey: shape.id.clone(),
        collected,
        shown,
        waiting: waiting(&rules, timing, collected, shown),
        notes: wording::method(&rules),
        exhibits: BTreeMap::new(),
        completeness: BTreeMap::new(),
        moments: BTreeMap::new(),
        segments: BTreeMap::new(),
        paired: BTreeSet::new(),
        texts: admission.everybody.as_ref().map(|everybody| texts_of(shape, everybody)).unwrap_or_default(),
        comments: BTreeMap::new(),
        invited: None,
        response: BTreeMap::new(),
        care: admission.everybody.as_ref().map(|everybody| care(shape, everybody, rules.k)),
        publication: admission.new.clone(),
    };
    published.fill(shape, rules, &admission);
    if let Some(population) = shape.population {
        published.correct(shape, population);
    }
    published
}

/// The texts of every text variable that has any to be read.
fn texts_of(shape: &SurveyShape, everybody: &Admitted<'_>) -> BTreeMap<String, Vec<String>> {
    let variables = shape.variables.iter().filter(|variable| variable.measure == Measure::Text);
    variables.map(|variable| (variable.id.clone(), texts(everybody, &variable.id))).filter(|(_, texts)| !texts.is_empty()).collect()
}

fn waiting(rules: &Rules, timing: Timing, collected: Option<u64>, shown: u64) -> Option<Note> {
    match (shown, collected) {
        (0, _) if timing == Timing::Wait => Some(wording::at_close()),
        (0, _) => Some(wording::none_yet(rules, timing == Timing::Final)),
        (shown, Some(collected)) if collected > shown => Some(wording::shown_of(collected, shown, timing == Timing::Final)),
        _ => None,
    }
}

impl Published {
    /// Takes what was decided of the texts; `k`: the smallest group of the survey.
    pub fn review(&mut self, review: &Review, k: u32) {
        let of = |(question, texts): (&String, &Vec<String>)| (question.clone(), comments(&self.survey, question, texts, review, k));
        self.comments = self.texts.iter().map(of).collect();
    }

    /// Corrects the intervals of figures about everybody for how many people there are. Relations and changes stay as they were made:
    /// their titles and tests are made of these intervals, and they are of whoever answered every item, or both times.
    fn correct(&mut self, shape: &SurveyShape, population: u64) {
        let made = shape.analyses.iter().map(|one| one.id.as_str()).chain(shape.pairings.iter().map(|one| one.id.as_str()));
        let made: Vec<&str> = made.collect();
        let parts = ["", "-coefficients", "-field", "-people"];
        let part_of = |id: &str| parts.into_iter().find(|part| id.strip_suffix(part).is_some_and(|own| made.contains(&own)));
        for (id, exhibit) in self.exhibits.iter_mut().filter(|(id, _)| !id.contains("-by-")) {
            match part_of(id) {
                None => correct(exhibit, population),
                // Importance beside the score, which is the one that stands elsewhere, too
                Some("-field") => exhibit.rows.iter_mut().filter_map(|row| row.figures.get_mut(1)).for_each(|score| {
                    correct_figure(score, population);
                }),
                Some(_) => {}
            }
        }
        for moments in self.moments.values_mut() {
            correct_figure(&mut moments.mean, population);
        }
        self.notes.push(wording::corrected(population));
    }

    fn fill(&mut self, shape: &SurveyShape, rules: Rules, admission: &Admission<'_>) {
        let frame = Frame { shape, rules, admission, segment: Group::everybody() };
        for variable in &shape.variables {
            let exhibit = match &variable.measure {
                Measure::Ordinal(categories) => {
                    let grid = shape.grids.iter().find(|grid| grid.rows.iter().any(|(row, _)| *row == variable.id));
                    let asked = grid.map_or_else(|| variable.label.clone(), |grid| wording::in_grid(&grid.label, &variable.label));
                    ordinal(&frame, &variable.id, &asked, &[OrdinalRow::alone(variable)], categories)
                }
                Measure::Nominal(categories) => choices(&frame, variable, categories, false),
                Measure::Multiple(categories) => choices(&frame, variable, categories, true),
                Measure::Number => {
                    let (exhibit, moments, completeness) = average::mean(&frame, variable);
                    self.numbers(&variable.id, moments, completeness);
                    exhibit
                }
                Measure::Text | Measure::Date | Measure::Order(_) | Measure::Identity => continue,
            };
            if let Some(tally) = frame.tally(variable).filter(|_| variable.measure != Measure::Number) {
                self.completeness.insert(variable.id.clone(), tally.completeness);
            }
            self.exhibits.insert(variable.id.clone(), exhibit);
        }
        for grid in &shape.grids {
            let rows: Vec<(&Variable, _)> =
                grid.rows.iter().filter_map(|(id, label)| shape.variable(id).map(|variable| (variable, label))).collect();
            let Some(Measure::Ordinal(categories)) = rows.first().map(|(variable, _)| &variable.measure) else { continue };
            let alike =
                rows.iter().filter(|(variable, _)| matches!(&variable.measure, Measure::Ordinal(own) if own.len() == categories.len()));
            let rows: Vec<OrdinalRow<'_>> = alike
                .map(|(variable, label)| OrdinalRow {
                    id: variable.id.clone(),
                    label: (*label).clone(),
                    variable,
                    segment: Group::everybody(),
                })
                .collect();
            self.exhibits.insert(grid.id.clone(), ordinal(&frame, &grid.id, &grid.label, &rows, categories));
        }
        for set in &shape.sets {
            self.exhibits.extend(sets::exhibit(&frame, set).map(|exhibit| (set.id.clone(), exhibit)));
        }
        for scale in &shape.scales {
            let (exhibits, moments, completeness) = average::score(&frame, scale);
            self.numbers(&scale.id, moments, completeness);
            self.exhibits.extend(exhibits);
        }
        for Segmented { name, exhibit, standing } in by_segment::exhibits(&frame) {
            self.segments.insert(name.clone(), standing);
            self.exhibits.insert(name, exhibit);
        }
        for analysis in &shape.analyses {
            let made = drivers::exhibits(&frame, analysis, &self.exhibits, &self.moments);
            self.exhibits.extend(made);
        }
        for pairing in &shape.pairings {
            let told = changes::admitted(&frame, pairing);
            self.paired.extend(pairing.items.iter().filter(|item| told.contains(&item.id)).map(|item| pairing.part(item)));
            self.exhibits.extend(changes::exhibits(&frame, pairing));
        }
    }

    fn numbers(&mut self, id: &str, moments: Moments, completeness: Completeness) {
        self.moments.insert(id.to_owned(), moments);
        if completeness != Completeness::default() {
            self.completeness.insert(id.to_owned(), completeness);
        }
    }
}
