//! What statistics says of relations: that answers go together, never that one brings about the other.

use super::wording::{en, ja, note, quoted};
use crate::language::{Text, count, number};
use crate::survey::exhibit::{Corner, Corners, Note};

/// A label without its full stop, in quotation marks.
pub(super) fn named(label: &Text) -> (String, String) {
    (format!("「{}」", ja(label).trim_end_matches('。')), format!("“{}”", en(label).trim_end_matches('.')))
}

pub(super) fn all(labels: &[Text]) -> (String, String) {
    let names: Vec<(String, String)> = labels.iter().map(named).collect();
    let japanese = names.iter().map(|name| name.0.as_str()).collect();
    let english: Vec<&str> = names.iter().map(|name| name.1.as_str()).collect();
    let english = match english.as_slice() {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => english.join(""),
    };
    (japanese, english)
}

pub(super) fn asked(outcome: &Text) -> Text {
    let (japanese, english) = named(outcome);
    Text::pair(
        format!("{japanese}と、ほかの答えとの関連。合わせた関連を100%とした割合（関連であって、原因とは限りません）"),
        format!("How other answers go together with {english}: shares of the whole relation (association, not necessarily cause)"),
    )
}

pub(super) fn share() -> Text {
    Text::pair("関連に占める割合", "Share of the relation")
}

/// The finding. `first`: the one of the largest share, and those whose intervals reach up to its own; `of`: how many there are.
pub(super) fn title(outcome: &Text, first: &[Text], of: usize, share: f64) -> Text {
    let (outcome_ja, outcome_en) = named(outcome);
    let (japanese, english) = all(first);
    let share = number(share, 0);
    match first.len() {
        n if n == of => Text::pair(
            format!("{outcome_ja}と、どの答えがもっとも関連するかは言えません"),
            format!("We can’t tell which answer goes together most with {outcome_en}"),
        ),
        1 => Text::pair(
            format!("{outcome_ja}ともっとも関連するのは{japanese}です（関連の{share}%）"),
            format!("{english} goes together most with {outcome_en} ({share}% of the relation)"),
        ),
        // Those that cannot be told from the first are not told from one another, nor all of them from the rest: what is known is that
        // the first is among them
        several => {
            let either = if several == 2 { "どちらか" } else { "どれか" };
            let names: Vec<String> = first.iter().map(|label| named(label).1).collect();
            let (last, before) =
                names.split_last().map_or((String::new(), String::new()), |(last, before)| (last.clone(), before.join(", ")));
            Text::pair(
                format!("{outcome_ja}ともっとも関連するのは{japanese}の{either}です（{either}は言えません）"),
                format!("What goes together most with {outcome_en} is {before} or {last} (which of them, we can’t tell)"),
            )
        }
    }
}

/// A title that finds nothing.
pub(super) fn plain_title(outcome: &Text) -> Text {
    let (japanese, english) = named(outcome);
    Text::pair(format!("{japanese}との関連の大きさ"), format!("How other answers go together with {english}"))
}

/// How much of the differences between people goes with all of them, in hundredths.
pub(super) fn whole(r_squared: f64, of: usize, n: u64) -> Note {
    let (points, told, n) = (number(100.0 * r_squared, 0), number(r_squared, 2), count(n));
    note(
        ("関連の大きさ", "How large"),
        (
            format!(
                "この{of}項目を合わせると、人による違いの{points}%と関連します（R²={told}、すべてに答えた{n}人）。残りは、これらの項目では説明できません（ほかのこと、偶然のゆれ、測定の誤差など）。"
            ),
            format!(
                "Together these {of} go with {points}% of the differences between people (R² = {told}, {n} people who answered all of them). The rest they do not account for: other things, chance, and error of measurement."
            ),
        ),
    )
}

pub(super) fn no_cause() -> Note {
    note(
        ("原因とは限りません", "Not necessarily a cause"),
        (
            "一方を変えればもう一方も変わる、とは言えません。逆の向きのことも、ここにない別のことが両方を動かしていることもあります。".to_owned(),
            "Nothing here says that changing the one would change the other. It may be the other way round, or something else may move both.".to_owned(),
        ),
    )
}

pub(super) fn how() -> Note {
    note(
        ("計算のしかた", "How it is worked out"),
        (
            "項目を一つずつ加えるあらゆる順で、R²の増え方を平均しています（LMG）。線は95%区間です（漸近）。".to_owned(),
            "How much R² grows when an item joins, averaged over every order of joining (LMG). The lines are 95% intervals (asymptotic)."
                .to_owned(),
        ),
    )
}

/// Few left something empty. `step`: what coefficients are rounded to; `None`: they are not told.
pub(super) fn rounded(step: Option<f64>) -> Note {
    let (ja, en) = match step.map(|step| number(step, if step < 0.1 { 2 } else { 1 })) {
        Some(step) => (
            format!("割合とその区間は5%きざみ、R²と係数は{step}きざみです。"),
            format!("Shares and their intervals are in steps of 5%, R² and coefficients in steps of {step}"),
        ),
        None => (
            "割合は5%きざみ、R²は0.1きざみで、区間と係数は示しません。".to_owned(),
            "Shares are in steps of 5%, R² in steps of 0.1, without intervals and coefficients".to_owned(),
        ),
    };
    note(
        ("丸めた値", "Rounded"),
        (format!("一部の項目だけに答えた人が少ないため、{ja}"), format!("{en}, because few people answered only some of the items.")),
    )
}

/// Predictors that say nearly the same.
pub(super) fn alike(labels: &[Text]) -> Note {
    let (japanese, english) = all(labels);
    note(
        ("似た項目", "Items that are alike"),
        (
            format!("{japanese}は、ほかの項目とよく似た答えになっています（VIFが5以上）。どちらとの関連かは、はっきり分けられません。"),
            format!(
                "{english}: the answers are much like those of other items (VIF of 5 or more), so their relations cannot be told apart well."
            ),
        ),
    )
}

// Coefficients ------------------------------------------------------------------------------------------------------------

pub(super) fn coefficients_asked(outcome: &Text) -> Text {
    let (japanese, english) = named(outcome);
    Text::pair(
        format!("{japanese}への標準偏回帰係数。ほかの項目の答えが同じ人どうしで比べたもの（0は関連なし）"),
        format!("Standardised coefficients for {english}: people compared whose other answers are equal (0 is none)"),
    )
}

pub(super) fn coefficient() -> Text {
    Text::pair("標準偏回帰係数", "Standardised coefficient")
}

pub(super) fn coefficients_title(outcome: &Text, up: &[Text], down: &[Text]) -> Text {
    let (outcome_ja, outcome_en) = named(outcome);
    let ((up_ja, up_en), (down_ja, down_en)) = (all(up), all(down));
    match (up.is_empty(), down.is_empty()) {
        (true, true) => Text::pair(
            format!("ほかの項目をそろえると、{outcome_ja}と関連があると言える項目はありません"),
            format!("With the others equal, no item can be told to go together with {outcome_en}"),
        ),
        (false, true) => Text::pair(
            format!("ほかの項目が同じでも、{up_ja}が高い人ほど、{outcome_ja}も高くなっています"),
            format!("With the others equal, {outcome_en} is higher among people with more of {up_en}"),
        ),
        (true, false) => Text::pair(
            format!("ほかの項目が同じでも、{down_ja}が高い人ほど、{outcome_ja}は低くなっています"),
            format!("With the others equal, {outcome_en} is lower among people with more of {down_en}"),
        ),
        (false, false) => Text::pair(
            format!("ほかの項目が同じでも、{outcome_ja}は、{up_ja}が高い人ほど高く、{down_ja}が高い人ほど低くなっています"),
            format!("With the others equal, {outcome_en} is higher among people with more of {up_en}, and lower with more of {down_en}"),
        ),
    }
}

pub(super) fn together(of: usize) -> Note {
    note(
        ("いくつも同時に見るので", "Several at once"),
        (
            format!("{of}項目の区間を合わせて95%になるよう、一つひとつの区間は広くしてあります（ボンフェローニ）。"),
            format!("Each interval is wider, so that all {of} together hold with 95% (Bonferroni)."),
        ),
    )
}

// The field ---------------------------------------------------------------------------------------------------------------

pub(super) fn field_title(outcome: &Text) -> Text {
    let (japanese, english) = named(outcome);
    Text::pair(format!("{japanese}との関連と、いまのようす"), format!("Relation with {english}, and where things stand"))
}

pub(super) fn field_asked(favourable: bool) -> Text {
    let (up_ja, up_en) = if favourable {
        ("好意的な回答の割合", "share of favourable answers")
    } else {
        ("平均の点（好ましいほうが上）", "mean score, the favourable end on top")
    };
    Text::pair(
        format!("横は関連に占める割合、縦は{up_ja}。関連であって、原因とは限りません"),
        format!("Across: share of the relation; up: {up_en}. Association, not necessarily cause"),
    )
}

pub(super) fn field_score(favourable: bool) -> Text {
    if favourable { Text::pair("好意的な回答（%）", "Favourable (%)") } else { Text::pair("平均の点", "Mean score") }
}

pub(super) fn corners() -> Corners {
    Corners {
        upper_left: Text::pair("このまま", "Fine as it is"),
        upper_right: Text::pair("大切に保つ", "Keep"),
        lower_left: Text::pair("ようすを見る", "Watch"),
        lower_right: Text::pair("まず話し合う", "Talk about first"),
        first: Some(Corner::LowerRight),
    }
}

pub(super) fn turned(labels: &[Text]) -> Note {
    let (japanese, english) = all(labels);
    note(
        ("向きをそろえた点", "Turned scores"),
        (
            format!("{japanese}は低いほうが好ましいため、点を逆にして置いています。"),
            format!("{english}: the low end is the favourable one, so the scores are turned round."),
        ),
    )
}

// Why there is nothing ----------------------------------------------------------------------------------------------------

const NOT: (&str, &str) = ("計算していません", "Not computed");

pub(super) fn too_few(minimum: u64) -> Note {
    let least = count(minimum);
    note(
        NOT,
        (
            format!("すべての項目に答えた人が{least}人に満たないか、表示すると少ない人の答えが計算できてしまうため、関連は示しません。"),
            format!(
                "No relation is shown, because fewer than {least} people answered all of the items, or because the answers of few could be worked out from it."
            ),
        ),
    )
}

pub(super) fn no_spread(labels: &[Text]) -> Note {
    let (japanese, english) = quoted(labels);
    note(
        NOT,
        (
            format!("{japanese}は、ほとんどの人（95%以上）の答えが同じため、ほかの答えとの関連は計算できません。"),
            format!("Not computable, because nearly everyone (95% or more) gave the same answer: {english}."),
        ),
    )
}

pub(super) fn too_alike() -> Note {
    note(
        NOT,
        (
            "ほとんど同じ答えになっている項目があるため、どれとの関連かを分けて計算できません。似た項目を一つにしてください。".to_owned(),
            "Not computable, because some of the items get nearly the same answers, so their relations cannot be told apart. Keep one of those that are alike.".to_owned(),
        ),
    )
}

pub(super) fn only_chance(n: u64) -> Note {
    let n = count(n);
    note(
        ("関連は見られません", "No relation found"),
        (
            format!("すべての項目に答えた{n}人では、これらの項目との関連を偶然と区別できません。"),
            format!("Among the {n} people who answered all of the items we can’t tell a relation from chance."),
        ),
    )
}

pub(super) fn too_large() -> Note {
    note(NOT, ("値が大きすぎるため、計算できません。".to_owned(), "Not computable, because the values are too large.".to_owned()))
}
