//! The two sides of a scale: which classes lie left and right of its middle, and which belong to neither.

use super::reading::{Column, Line, Reading};
use crate::survey::exhibit::Tone;

/// The classes of a scale, each list from left to right.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Sides {
    /// Unfavourable, the strongest first.
    pub left: Vec<usize>,
    /// Neither.
    pub middle: Vec<usize>,
    /// Favourable, the strongest last.
    pub right: Vec<usize>,
    /// No answer.
    pub none: Vec<usize>,
}

impl Sides {
    /// By tone where classes are favourable or not, else by order: an even scale parts between its two middle steps, an odd
    /// one in the middle of its middle step.
    pub(super) fn of(columns: &[Column]) -> Sides {
        let mut sides = Sides { none: (0..columns.len()).filter(|index| columns[*index].tone == Tone::None).collect(), ..Sides::default() };
        let mut scale: Vec<usize> = (0..columns.len()).filter(|index| columns[*index].tone != Tone::None).collect();
        let side = |index: usize| match columns[index].tone {
            Tone::VeryPositive | Tone::Positive => 1,
            Tone::VeryNegative | Tone::Negative => -1,
            _ => 0,
        };
        let sided: Vec<i32> = scale.iter().map(|index| side(*index)).filter(|side| *side != 0).collect();
        if sided.is_empty() {
            // The strongest step stands at the right end.
            if let (Some(Tone::Step(first)), Some(Tone::Step(last))) =
                (scale.first().map(|index| columns[*index].tone), scale.last().map(|index| columns[*index].tone))
                && first < last
            {
                scale.reverse();
            }
            let half = scale.len() / 2;
            sides.left = scale[..half].to_vec();
            sides.middle = scale[half..scale.len() - half].to_vec();
            sides.right = scale[scale.len() - half..].to_vec();
            return sides;
        }
        if sided[0] > 0 && sided.last() != Some(&1) {
            scale.reverse();
        }
        for index in scale {
            match side(index) {
                1 => sides.right.push(index),
                -1 => sides.left.push(index),
                _ => sides.middle.push(index),
            }
        }
        sides
    }

    /// All classes from left to right, as they stand in a drawing.
    pub(super) fn order(&self, apart: bool) -> Vec<usize> {
        let (left, middle, right, none) = (&self.left, &self.middle, &self.right, &self.none);
        let parts: [&Vec<usize>; 4] = if apart { [left, right, middle, none] } else { [left, middle, right, none] };
        parts.into_iter().flatten().copied().collect()
    }
}

/// The sum of some classes of a line.
pub(super) fn sum(line: &Line, classes: &[usize]) -> f64 {
    classes.iter().filter_map(|class| line.cells.get(*class).and_then(|cell| cell.value)).map(|value| value.max(0.0)).sum()
}

/// How far a drawing reaches to both sides of its middle, and how wide neutral and no answers are set apart, in per cents.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Reach {
    /// To the left.
    pub left: f64,
    /// To the right.
    pub right: f64,
    /// Neutral answers set apart.
    pub middle: f64,
    /// No answers.
    pub none: f64,
}

impl Reach {
    /// What the widest of all lines need.
    pub(super) fn of<'a>(reading: &Reading, sides: &Sides, lines: impl Iterator<Item = &'a Line>) -> Reach {
        lines.fold(Reach::default(), |reach, line| {
            let middle = sum(line, &sides.middle);
            let half = if reading.apart { 0.0 } else { middle / 2.0 };
            Reach {
                left: reach.left.max(sum(line, &sides.left) + half),
                right: reach.right.max(sum(line, &sides.right) + half),
                middle: reach.middle.max(if reading.apart { middle } else { 0.0 }),
                none: reach.none.max(sum(line, &sides.none)),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::figure::Unit;

    #[test]
    fn scales_part_in_their_middle() {
        let columns = |tones: &[Tone]| -> Vec<Column> {
            tones.iter().map(|tone| Column { id: String::new(), label: String::new(), tone: *tone, unit: Unit::Percent }).collect()
        };
        let steps = |count: u8| (0..count).map(Tone::Step).collect::<Vec<_>>();
        let five = [Tone::VeryPositive, Tone::Positive, Tone::Neutral, Tone::Negative, Tone::VeryNegative, Tone::None];
        let six = [Tone::VeryNegative, Tone::Negative, Tone::Neutral, Tone::Neutral, Tone::Positive, Tone::VeryPositive];
        for (tones, left, middle, right, none) in [
            (five.to_vec(), vec![4, 3], vec![2], vec![1, 0], vec![5]),
            (six.to_vec(), vec![0, 1], vec![2, 3], vec![4, 5], vec![]),
            (steps(4), vec![3, 2], vec![], vec![1, 0], vec![]),
            (steps(5), vec![4, 3], vec![2], vec![1, 0], vec![]),
            (vec![Tone::Positive], vec![], vec![], vec![0], vec![]),
            (vec![Tone::Neutral], vec![], vec![0], vec![], vec![]),
            (vec![], vec![], vec![], vec![], vec![]),
        ] {
            let sides = Sides::of(&columns(&tones));
            assert_eq!(sides, Sides { left, middle, right, none }, "{tones:?}");
        }
    }
}
