//! The tables of a plan: who is asked, who answers, and every sheet as the survey itself takes it.

use super::plan::{Plan, Wave};
use super::random::Stream;
use super::read_parts::say;
use super::sheet::Person;
use crate::content::record::push_record;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::exchange::columns::{Multiple, columns};
use crate::exchange::wording::wording;
use crate::language::Day;
use crate::survey::attribute::PERSON;
use crate::survey::definition::Mode;
use crate::survey::rotation::{self, ROTATION};
use crate::survey::sample::{INVENTED, SAMPLE};
use crate::survey::{Answer, Answers, Survey, Value, Variable};
use std::collections::BTreeMap;

/// The invented answers to one survey.
#[derive(Debug, Clone)]
pub struct Invented {
    /// The survey.
    pub survey: String,
    /// How many people were asked.
    pub asked: usize,
    /// How many answered.
    pub rows: usize,
    /// The table, as `import responses` reads it: every row says that it is invented.
    pub table: String,
}

/// Invents the answers of a plan. Says which sheets the survey itself would refuse.
#[must_use]
pub fn invent(plan: &Plan, surveys: &BTreeMap<String, Survey>, diagnostics: &mut Diagnostics) -> Vec<Invented> {
    let everybody = people(plan);
    let used = plan.surveys.iter().filter_map(|wave| Some((wave, surveys.get(&wave.survey)?)));
    used.filter_map(|(wave, survey)| of_wave(plan, wave, survey, &everybody, diagnostics)).collect()
}

/// The people, with the values of their attributes: exactly as many of each as its share is, in random order.
fn people(plan: &Plan) -> Vec<Person<'_>> {
    let columns: Vec<(&str, Vec<&str>)> = plan
        .attributes
        .iter()
        .map(|(attribute, values)| {
            let mut column: Vec<&str> = numbers(plan.people, values)
                .into_iter()
                .zip(values)
                .flat_map(|(count, (value, _))| std::iter::repeat_n(value.as_str(), count))
                .collect();
            Stream::new(plan.seed, &["attribute", attribute]).shuffle(&mut column);
            (attribute.as_str(), column)
        })
        .collect();
    let carried =
        |number: usize| columns.iter().filter_map(|(id, column)| Some(((*id).to_owned(), (*column.get(number)?).to_owned()))).collect();
    (0..plan.people).map(|number| Person { plan, number, carried: carried(number) }).collect()
}

/// Whole numbers after shares, the largest remainders rounded up.
fn numbers(people: usize, values: &[(String, f64)]) -> Vec<usize> {
    let wanted: Vec<f64> = values.iter().map(|(_, share)| share * people as f64).collect();
    let mut counts: Vec<usize> = wanted.iter().map(|wanted| (wanted + 1e-9).floor() as usize).collect();
    let mut order: Vec<usize> = (0..values.len()).collect();
    let rest = |at: usize| wanted[at] - counts[at] as f64;
    order.sort_by(|one, other| rest(*other).total_cmp(&rest(*one)).then(one.cmp(other)));
    let left = people.saturating_sub(counts.iter().sum());
    for at in order.into_iter().cycle().take(left) {
        counts[at] += 1;
    }
    counts
}

fn of_wave(plan: &Plan, wave: &Wave, survey: &Survey, people: &[Person<'_>], diagnostics: &mut Diagnostics) -> Option<Invented> {
    let variables: Vec<Variable> = survey.carried_variables().into_iter().chain(survey.variables()).collect();
    let columns = columns(&variables, Multiple::Columns);
    let mut table = String::new();
    push_record(&mut table, columns.iter().map(|column| column.head.as_str()));
    let today = day(survey);
    let mut rows = 0;
    for person in people {
        if person.stream(&["answering", &survey.id]).uniform() >= wave.answering {
            continue;
        }
        let Some(raw) = person.sheet(survey) else { continue };
        let answers = match survey.accept(&raw, today) {
            Ok(answers) => answers,
            Err(judgement) => {
                // One is enough to mend the plan
                match judgement.complaints.first() {
                    Some(complaint) => {
                        let place = plan.items.get(&complaint.field).map(|item| item.place.clone());
                        let words = wording(complaint);
                        diagnostics.push(
                            Diagnostic::error(
                                code::PLAN,
                                place.unwrap_or_else(|| survey.place.clone()),
                                format!("この計画の答えを、アンケート「{}」が受け付けません。{}", survey.id, words.ja),
                                format!("The survey “{}” does not take what this plan answers. {}", survey.id, words.en),
                            )
                            .also(survey.place.clone(), "アンケート", "the survey"),
                        );
                    }
                    None => say(
                        diagnostics,
                        survey.place.clone(),
                        "この計画の答えを、アンケートが受け付けません。",
                        "The survey does not take what this plan answers.",
                    ),
                }
                return None;
            }
        };
        let answers: Answers = answers.into_iter().chain(beside(person, survey)).collect();
        push_record(&mut table, columns.iter().map(|column| column.write(answers.get(&column.variable.id), None)));
        rows += 1;
    }
    Some(Invented { survey: survey.id.clone(), asked: people.len(), rows, table })
}

/// What goes with the answers of a person: attributes, who it is, and that it is invented.
fn beside(person: &Person<'_>, survey: &Survey) -> Answers {
    let own = survey.attributes.iter().filter_map(|attribute| Some((attribute.id.clone(), person.carried.get(&attribute.id)?.clone())));
    let name = (survey.mode == Mode::Identified).then(|| (PERSON.to_owned(), format!("sample-{:05}", person.number + 1)));
    let mark = (SAMPLE.to_owned(), INVENTED.to_owned());
    let lot = |orders: u32| (person.stream(&[ROTATION, &survey.id]).uniform() * f64::from(orders)).floor() as u32;
    let order = survey.rotations.map(|orders| (ROTATION.to_owned(), rotation::code(lot(orders).min(orders - 1))));
    own.chain(name).chain([mark]).chain(order).map(|(id, code)| (id, Answer::Given(Value::Choice(code)))).collect()
}

/// The day on which everybody answers: the first of the survey, so that no clock is asked.
fn day(survey: &Survey) -> Day {
    let first = survey.open.or(survey.close).map(|limit| limit.written.day);
    first.or_else(|| Day::parse("2000-01-01")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_shared_out_exactly() {
        let values = |shares: &[f64]| shares.iter().map(|share| (String::new(), *share)).collect::<Vec<_>>();
        for (people, shares, counts) in [
            (10, &[0.5, 0.25, 0.25][..], &[5, 3, 2][..]),
            (100, &[1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0], &[34, 33, 33]),
            (1, &[0.2, 0.8], &[0, 1]),
            (680, &[0.4, 0.6], &[272, 408]),
        ] {
            assert_eq!(numbers(people, &values(shares)), counts, "{people} {shares:?}");
        }
    }
}
