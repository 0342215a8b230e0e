//! How large a difference is beside how much people differ: Hedges' g of means, Cohen's h of shares.
//!
//! Both are worked out of the two figures that the difference itself is worked out of, which are published: they tell nothing new.

use super::difference::Difference;
use crate::language::{Text, number};
use crate::survey::exhibit::Note;
use crate::survey::figure::Unit;

/// The sizes of the differences that can be told from chance, each with the name of its row; nothing where there is none.
pub(super) fn sizes<'l>(unit: Unit, all: impl Iterator<Item = (&'l Text, Difference)>) -> Option<Note> {
    use crate::language::Language::{English, Japanese};
    let told: Vec<(&Text, String)> = all.filter_map(|(label, found)| Some((label, number(found.size?, 2)))).collect();
    let list = |language, colon: &str, gap: &str| {
        told.iter().map(|(label, size)| format!("{}{colon}{size}", label.in_language(language))).collect::<Vec<_>>().join(gap)
    };
    let (ja, en) = if unit == Unit::Score { ("ヘッジズのg", "Hedges’ g") } else { ("コーエンのh", "Cohen’s h") };
    (!told.is_empty()).then(|| Note {
        lead: Text::pair("差の大きさ", "Size of the differences"),
        text: Text::pair(
            format!("{ja}は、{}です（目安：0.2で小さい、0.5で中くらい、0.8で大きい）。", list(Japanese, " ", "、")),
            format!("{en}: {} (by rule of thumb 0.2 is small, 0.5 medium, 0.8 large).", list(English, " ", ", ")),
        ),
    })
}
