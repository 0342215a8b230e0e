//! How large a difference is beside how much people differ: Hedges' g of means, Cohen's h of shares, with their 95% intervals.
//!
//! All are worked out of the two figures that the difference itself is worked out of, which are published: they tell nothing new.

use super::difference::Difference;
use crate::language::{Language, Text, number};
use crate::survey::exhibit::Note;
use crate::survey::figure::Unit;

/// The sizes of the differences that can be told from chance, each with the name of what differs; nothing where there is none.
pub(super) fn sizes(unit: Unit, all: impl Iterator<Item = (Text, Difference)>) -> Option<Note> {
    let told: Vec<(Text, String, [String; 2])> = all
        .filter_map(|(label, found)| {
            let (size, interval) = found.size.map(|found| (found.size, found.interval))?;
            Some((label, number(size, 2), [interval.low, interval.high].map(|end| number(end, 2))))
        })
        .collect();
    let list = |language| {
        let (between, left, right, gap) =
            if language == Language::Japanese { ("から", "（", "）", "、") } else { (" to ", " (", ")", ", ") };
        let one = |(label, size, [low, high]): &(Text, String, [String; 2])| {
            // A minus beside a dash cannot be read
            let between = if low.starts_with('−') { between } else { "–" };
            format!("{} {size}{left}{low}{between}{high}{right}", label.in_language(language))
        };
        told.iter().map(one).collect::<Vec<_>>().join(gap)
    };
    let (ja, en) = if unit == Unit::Score { ("ヘッジズのg", "Hedges’ g") } else { ("コーエンのh", "Cohen’s h") };
    (!told.is_empty()).then(|| Note {
        lead: Text::pair(format!("差の大きさ（{ja}）"), format!("Size ({en})")),
        text: Text::pair(format!("{}。", list(Language::Japanese)), format!("{}.", list(Language::English))),
    })
}
