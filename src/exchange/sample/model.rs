//! What a plan comes to for people of one group in one wave: where they stand on each factor, and what they answer on average.

use super::plan::{Answering, Item, Plan};
use super::random::below;

/// A group of people: the value that they have of one attribute, or everybody.
pub(super) type Group<'a> = Option<(&'a str, &'a str)>;

impl Plan {
    /// By how much somebody with these values stands higher on every factor in a wave.
    pub(super) fn shifts(&self, values: &dyn Fn(&str) -> Option<String>, survey: &str) -> Vec<f64> {
        self.factors
            .iter()
            .map(|factor| {
                let own = factor.shifts.iter().filter(|shift| {
                    let group = shift.group.as_ref().is_none_or(|(attribute, value)| values(attribute).as_ref() == Some(value));
                    group && shift.survey.as_ref().is_none_or(|wave| wave == survey)
                });
                own.map(|shift| shift.by).sum()
            })
            .collect()
    }

    /// How the people of a group are spread over the places where people stand: shares that sum to 1, each with its shifts.
    /// Attributes are independent of each other, as they are when people are made.
    pub(super) fn places(&self, group: Group<'_>, survey: &str) -> Vec<(f64, Vec<f64>)> {
        let mut places: Vec<(f64, Vec<(String, String)>)> = vec![(1.0, Vec::new())];
        for (attribute, values) in &self.attributes {
            let fixed = group.filter(|(id, _)| id == attribute).map(|(_, value)| value);
            let matters = |value: &str| {
                let mut shifts = self.factors.iter().flat_map(|factor| &factor.shifts);
                shifts.any(|shift| shift.group.as_ref().is_some_and(|(id, one)| id == attribute && one == value))
            };
            // Values without a shift of their own are one
            let mut shares: Vec<(Option<&str>, f64)> = match fixed {
                Some(value) => vec![(Some(value), 1.0)],
                None => values.iter().filter(|(value, _)| matters(value)).map(|(value, share)| (Some(value.as_str()), *share)).collect(),
            };
            let rest = 1.0 - shares.iter().map(|(_, share)| share).sum::<f64>();
            if rest > 1e-12 {
                shares.push((None, rest));
            }
            places = places
                .iter()
                .flat_map(|(weight, held)| {
                    shares.iter().map(move |(value, share)| {
                        let own = value.map(|value| (attribute.clone(), value.to_owned()));
                        (weight * share, held.iter().cloned().chain(own).collect())
                    })
                })
                .collect();
        }
        let shifts = |held: &[(String, String)]| {
            self.shifts(&|attribute| held.iter().find(|(id, _)| id == attribute).map(|(_, value)| value.clone()), survey)
        };
        places.iter().map(|(weight, held)| (*weight, shifts(held))).collect()
    }

    /// How two items go together beyond the differences between groups: the correlation of what lies behind their answers.
    pub(super) fn together(&self, one: &[f64], other: &[f64]) -> f64 {
        let size = self.factors.len();
        let through = |weights: &[f64], at: usize| -> f64 { (at..size).map(|row| self.triangle[row][at] * weights[row]).sum() };
        (0..size).map(|at| through(one, at) * through(other, at)).sum()
    }
}

impl Item {
    /// Where people with these shifts stand on the line behind the answers.
    pub(super) fn stand(&self, shifts: &[f64]) -> f64 {
        self.weights.iter().zip(shifts).map(|(weight, shift)| weight * shift).sum()
    }

    /// What people who stand there answer on average; `None` where answers are no numbers.
    pub(super) fn mean(&self, stand: f64) -> Option<f64> {
        match &self.answer {
            Answering::Steps(codes, ends) => {
                let mut before = 0.0;
                let mut mean = 0.0;
                for (at, code) in codes.iter().enumerate() {
                    let up_to = ends.get(at).map_or(1.0, |end| below(end - stand));
                    mean += (up_to - before) * code.parse::<f64>().ok()?;
                    before = up_to;
                }
                Some(mean)
            }
            // Ends of the range are not counted with: a plan should stay away from them
            Answering::Number(mean, sd) => Some(mean + sd * stand),
            Answering::Several(_) | Answering::Texts(..) => None,
        }
    }
}
