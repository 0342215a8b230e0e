//! How old people are in each year of a plan: on 31 December, or at the end of the Japanese school year, on 31 March of the next.

use serde::{Deserialize, Serialize};

/// When somebody is born, as far as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Birth {
    /// The year.
    pub year: i32,
    /// The month.
    pub month: Option<u32>,
    /// The day.
    pub day: Option<u32>,
}

/// The years and the people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// The first year.
    pub start: i32,
    /// How many years follow.
    pub years: u32,
    /// Whether the ages are those at the end of the school year that begins in April.
    pub school: bool,
    /// The people.
    pub people: Vec<Birth>,
}

/// The age of each person in each year; none before a birth.
#[must_use]
pub fn ages(input: &Input) -> Vec<Vec<Option<i32>>> {
    let of = |birth: &Birth| {
        let born = if input.school { school_year(birth) } else { birth.year };
        (0..=input.years.min(80))
            .map(|passed| Some(input.start + i32::try_from(passed).unwrap_or(0) - born).filter(|age| *age >= 0))
            .collect()
    };
    input.people.iter().map(of).collect()
}

/// The school year in which somebody is born. An age is reached at the end of the day before the birthday (Act No. 50 of 1902), so that
/// whoever is born on 1 April still belongs to the year before. Without a month: as born in April or later.
fn school_year(birth: &Birth) -> i32 {
    let before = match (birth.month, birth.day) {
        (Some(month), _) if month < 4 => true,
        (Some(4), Some(1)) => true,
        _ => false,
    };
    if before { birth.year - 1 } else { birth.year }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_year_ends_in_march() {
        let born = |month, day| Birth { year: 2023, month, day };
        let people = vec![born(None, None), born(Some(3), Some(31)), born(Some(4), Some(1)), born(Some(4), Some(2)), born(Some(4), None)];
        let mut input = Input { start: 2029, years: 1, school: true, people };
        let first = |input: &Input| ages(input).iter().map(|own| own[0]).collect::<Vec<_>>();
        // Who is 7 at the end of a school year has begun school in it
        assert_eq!(first(&input), [Some(6), Some(7), Some(7), Some(6), Some(6)]);
        input.school = false;
        assert_eq!(first(&input), [Some(6); 5]);
        input.start = 2022;
        assert_eq!(ages(&input)[0], [None, Some(0)]);
    }
}
