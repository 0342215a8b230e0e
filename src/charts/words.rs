//! What the charts say by themselves, in Japanese and English.

use crate::language::Language;

/// The same words in Japanese and in English.
pub(super) type Pair = (&'static str, &'static str);

/// One of the pair.
#[must_use]
pub(super) fn say(language: Language, (ja, en): Pair) -> &'static str {
    match language {
        Language::Japanese => ja,
        Language::English => en,
    }
}

/// The one wording for everything held back. It gives no limit: projects have different ones.
pub(super) const HIDDEN: Pair =
    ("表示しません（人数が少ない、または差し引きで分かるため）", "Not shown (too few people, or could be worked out)");
/// The same where there is little room.
pub(super) const HIDDEN_SHORT: Pair = ("表示しません", "Not shown");
/// A number that the source does not give.
pub(super) const MISSING: Pair = ("資料になし", "Not in the source");
/// A split that the source does not give.
pub(super) const NO_SPLIT: Pair = ("内訳は資料になし", "Split not in the source");
/// Sample size unknown.
pub(super) const NO_N: Pair = ("n は資料になし", "n not in the source");
/// All figures of the row are worked out.
pub(super) const WORKED_OUT: Pair = ("（計算値）", " (worked out)");
/// An exhibit without rows or classes.
pub(super) const NOTHING: Pair = ("まだデータがありません", "No data yet");
/// Sample data.
pub(super) const SAMPLE: Pair = ("見本", "Sample");
/// Where the numbers come from.
pub(super) const SOURCE: Pair = ("出典　", "Source: ");
/// Before the values that stand under the right end of a narrow bar.
pub(super) const RIGHT_END: Pair = ("右端", "Right end");
/// The sum of the counted classes, where the bracket has no name.
pub(super) const TOTAL: Pair = ("計", "Total");
/// Head of the column of intervals.
pub(super) const INTERVAL: Pair = ("95%区間", "95% interval");
/// Head of the column of benchmarks, where they have no name.
pub(super) const BENCHMARK: Pair = ("比較値", "Benchmark");
/// No relation can be told from chance.
pub(super) const NO_RELATION: Pair = ("関係は見られない", "no relation found");
/// Heights without meaning.
pub(super) const NO_HEIGHT: Pair = ("縦の位置に意味はありません。", "Height has no meaning.");
/// The whiskers.
pub(super) const WHISKERS: Pair = ("ひげは95%区間", "Whiskers: 95% interval");

/// The band around a line.
pub(super) const BAND: Pair = ("帯は95%区間", "Band: 95% interval");
/// A difference whose interval holds zero.
pub(super) const NOT_APART: Pair = ("差があるとは言えない", "Not distinguishable");
/// Head of the column of changes.
pub(super) const CHANGE: Pair = ("変化", "Change");
/// Head of the column of net scores.
pub(super) const NET: Pair = ("すすめたさの差し引き", "Recommendation score");
/// The mean of a distribution.
pub(super) const MEAN: Pair = ("平均", "Mean");

/// A name in quotation marks.
#[must_use]
pub(super) fn quoted(language: Language, name: &str) -> String {
    match language {
        Language::Japanese => format!("「{name}」"),
        Language::English => format!("“{name}”"),
    }
}

/// Things one after the other: `A、B、C` or `A, B and C`.
#[must_use]
pub(super) fn listed(language: Language, names: &[String]) -> String {
    match (language, names) {
        (Language::Japanese, _) => names.join("、"),
        (Language::English, [rest @ .., last]) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        (Language::English, _) => names.join(", "),
    }
}

/// What the upright mark across a bar is.
pub(super) fn upright_mark(language: Language, label: &str) -> String {
    match language {
        Language::Japanese => format!("柿色の線は{label}"),
        Language::English => format!("Upright mark: {label}"),
    }
}
