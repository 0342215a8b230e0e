//! The classes of an ordinal variable: their order, tones, and which of them count as favourable.

use super::shape::counted;
use super::{wording, wording_sets};
use crate::language::Text;
use crate::survey::Category;
use crate::survey::exhibit::{Bracket, Class, Tone};
use crate::survey::question::Favourable;

/// The class of those who recommend.
pub(super) const PROMOTERS: &str = "promoters";
/// The class of those who do not.
pub(super) const DETRACTORS: &str = "detractors";

/// How the points of an ordinal variable are shown, favourable ones first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Classes {
    /// The classes.
    pub(super) classes: Vec<Class>,
    /// For each class the indices of its points among the variable's categories.
    pub(super) points: Vec<Vec<usize>>,
    /// The favourable classes, where there are at least two points.
    pub(super) bracket: Option<Bracket>,
    /// Whether points were put together.
    pub(super) folded: bool,
}

/// Whether this many points make more than favourable, neutral and unfavourable.
pub(super) fn can_fold(points: usize) -> bool {
    points > 3
}

impl Classes {
    /// The classes of these categories (lowest first), each point by itself or folded into favourable, neutral, unfavourable.
    /// Where neither end is favourable, the high end comes first, tones are steps, and nothing is counted together.
    pub(super) fn of(categories: &[Category], favourable: Favourable, folded: bool) -> Classes {
        let points = categories.len();
        let order: Vec<usize> = if favourable == Favourable::Low { (0..points).collect() } else { (0..points).rev().collect() };
        let ends = counted(points);
        let folded = folded && can_fold(points);
        let judged = favourable != Favourable::Neither;
        let (classes, groups): (Vec<Class>, Vec<Vec<usize>>) = if folded {
            let thirds = [0..ends, ends..points - ends, points - ends..points];
            let thirds = thirds.into_iter().enumerate().filter(|(_, places)| !places.is_empty());
            thirds.map(|(third, places)| (third_class(third, judged), places.map(|place| order[place]).collect())).unzip()
        } else {
            let class = |(place, index): (usize, &usize)| {
                let category = &categories[*index];
                let tone = if judged { tone(place, points) } else { step(place, points) };
                (Class { id: category.code.clone(), label: named(category), tone }, vec![*index])
            };
            order.iter().enumerate().map(class).unzip()
        };
        let last = if folded { Some(0) } else { ends.checked_sub(1) };
        let bracket = last.filter(|_| judged).map(|last| Bracket { label: wording::favourable(), first: 0, last });
        Classes { classes, points: groups, bracket, folded }
    }

    /// The classes of a recommendation from 0 to 10: promoters 9 and 10, passives 7 and 8, detractors 0 to 6.
    ///
    /// Reichheld, F. F. (2003), «The one number you need to grow», Harvard Business Review 81(12).
    pub(super) fn of_recommendation() -> Classes {
        let class = |id: &str, label: Text, tone: Tone| Class { id: id.to_owned(), label, tone };
        Classes {
            classes: vec![
                class(PROMOTERS, wording_sets::promoters(), Tone::Positive),
                class("passives", wording_sets::passives(), Tone::Neutral),
                class(DETRACTORS, wording_sets::detractors(), Tone::Negative),
            ],
            points: vec![vec![10, 9], vec![8, 7], (0..=6).rev().collect()],
            bracket: Some(Bracket { label: wording_sets::promoters(), first: 0, last: 0 }),
            folded: true,
        }
    }

    /// How often each class was chosen, from how often each category was.
    pub(super) fn sum(&self, counts: &[u64]) -> Vec<u64> {
        self.points.iter().map(|points| points.iter().filter_map(|point| counts.get(*point)).sum()).collect()
    }
}

/// The label of a category; its code, where it has none.
pub(super) fn named(category: &Category) -> Text {
    if category.label.is_empty() { Text::plain(category.code.clone()) } else { category.label.clone() }
}

/// The first, middle or last of three classes.
fn third_class(third: usize, judged: bool) -> Class {
    let (id, label, tone) = match (third, judged) {
        (0, true) => ("favourable", wording::favourable(), Tone::Positive),
        (1, true) => ("neutral", wording::neutral(), Tone::Neutral),
        (_, true) => ("unfavourable", wording::unfavourable(), Tone::Negative),
        (0, false) => ("high", wording::high(), Tone::Step(0)),
        (1, false) => ("middle", wording::middle(), Tone::Step(2)),
        (_, false) => ("low", wording::low(), Tone::Step(4)),
    };
    Class { id: id.to_owned(), label, tone }
}

/// The tone of the n-th of several ordered classes, strongest first, spread over the six steps.
pub(super) fn step(place: usize, classes: usize) -> Tone {
    Tone::Step(u8::try_from((5 * place).checked_div(classes.saturating_sub(1)).unwrap_or(0).min(5)).unwrap_or(5))
}

/// The tone of the class at this place, favourable first: the two extremes are strong where an end has more than one point.
fn tone(place: usize, points: usize) -> Tone {
    let ends = counted(points);
    if place < ends {
        if place == 0 && ends > 1 { Tone::VeryPositive } else { Tone::Positive }
    } else if place < points - ends {
        Tone::Neutral
    } else if place + 1 == points && ends > 1 {
        Tone::VeryNegative
    } else {
        Tone::Negative
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(n: usize) -> Vec<Category> {
        (1..=n).map(|point| Category { code: point.to_string(), label: Text::default() }).collect()
    }

    #[test]
    fn how_many_points_count() {
        let table = [(0, 0), (1, 0), (2, 1), (3, 1), (4, 2), (5, 2), (6, 2), (7, 2), (8, 3), (9, 3), (10, 4), (11, 4)];
        for (points, expected) in table {
            assert_eq!(counted(points), expected, "{points} points");
        }
    }

    #[test]
    fn five_points_in_order_and_folded() {
        let fine = Classes::of(&points(5), Favourable::High, false);
        let tones: Vec<Tone> = fine.classes.iter().map(|class| class.tone).collect();
        assert_eq!(tones, [Tone::VeryPositive, Tone::Positive, Tone::Neutral, Tone::Negative, Tone::VeryNegative]);
        assert_eq!(fine.classes.iter().map(|class| class.id.as_str()).collect::<Vec<_>>(), ["5", "4", "3", "2", "1"]);
        assert_eq!(fine.bracket.as_ref().map(|bracket| (bracket.first, bracket.last)), Some((0, 1)));
        let folded = Classes::of(&points(5), Favourable::High, true);
        assert_eq!(folded.sum(&[1, 2, 4, 8, 16]), [24, 4, 3]);
        let low = Classes::of(&points(5), Favourable::Low, true);
        assert_eq!(low.sum(&[1, 2, 4, 8, 16]), [3, 4, 24]);
    }

    #[test]
    fn every_number_of_points() {
        for n in 0..=12 {
            for (fold, end) in [false, true].into_iter().flat_map(|fold| [Favourable::High, Favourable::Neither].map(|end| (fold, end))) {
                let classes = Classes::of(&points(n), end, fold);
                assert_eq!(classes.points.iter().map(Vec::len).sum::<usize>(), n);
                assert!(!fold || classes.classes.len() <= 3);
            }
        }
    }
}
