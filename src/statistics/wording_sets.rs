//! What statistics says of questions with several parts, and of recommendations.

use crate::language::{Language, Text};
use crate::survey::exhibit::Note;

pub(super) fn promoters() -> Text {
    Text::pair("すすめる人（9・10）", "Promoters (9–10)")
}

pub(super) fn passives() -> Text {
    Text::pair("どちらでもない人（7・8）", "Passives (7–8)")
}

pub(super) fn detractors() -> Text {
    Text::pair("すすめない人（0〜6）", "Detractors (0–6)")
}

pub(super) fn mean_rank() -> Text {
    Text::pair("順位の平均", "Mean rank")
}

pub(super) fn mean_points() -> Text {
    Text::pair("平均", "Mean")
}

pub(super) fn among_first(top: u32) -> Text {
    Text::pair(format!("{top}位までに選んだ割合"), format!("Ranked among the first {top}"))
}

pub(super) fn wins() -> Text {
    Text::pair("選ばれた割合", "Share of comparisons won")
}

/// The finding: which part stands first.
pub(super) fn first_of_all(label: &Text) -> Text {
    let word = |language: Language| label.in_language(language).trim_end_matches(['。', '.']);
    Text::pair(format!("いちばん上は「{}」", word(Language::Japanese)), format!("“{}” comes first", word(Language::English)))
}

pub(super) fn rank_note() -> Note {
    Note {
        lead: Text::pair("読み方", "How to read it"),
        text: Text::pair("1 に近いほど、上の順位です。", "The nearer to 1, the higher the rank."),
    }
}

pub(super) fn wins_note() -> Note {
    Note {
        lead: Text::pair("読み方", "How to read it"),
        text: Text::pair(
            "二つずつ比べたうち、その項目が選ばれた割合を、すべての組に答えた人で平均しました。",
            "The share of its comparisons that each item won, averaged over those who answered every pair.",
        ),
    }
}
