//! What statistics says of the same people before and after: what changed, never why.

use super::disclosure::Rules;
use super::wording::{en, ja, note};
use super::wording_drivers::all;
use crate::estimate::MeanChanged;
use crate::language::{Text, count, number, percent};
use crate::survey::exhibit::Note;

pub(super) fn asked(before: &Text, after: &Text) -> Text {
    Text::pair(
        format!("同じ人の「{}」と「{}」の平均（変化の原因は、ここからは分かりません）", ja(before), ja(after)),
        format!("Means of the same people, {} and {} (what made the change, this cannot tell)", en(before), en(after)),
    )
}

pub(super) fn people_asked(before: &Text, after: &Text) -> Text {
    Text::pair(
        format!("「{}」から「{}」へ、同じ人の答えがどちらへ動いたか（%）", ja(before), ja(after)),
        format!("Which way the answers of the same people went, from {} to {} (%)", en(before), en(after)),
    )
}

pub(super) fn better() -> Text {
    Text::pair("好ましいほうへ", "The favourable way")
}

pub(super) fn same() -> Text {
    Text::pair("同じ", "The same")
}

pub(super) fn worse() -> Text {
    Text::pair("逆のほうへ", "The other way")
}

/// The finding: what went up, what went down, of what no change can be told.
pub(super) fn title(after: &Text, up: &[Text], down: &[Text], open: &[Text]) -> Text {
    let after = (format!("「{}」に", ja(after)), en(after).to_owned());
    let ((up_ja, up_en), (down_ja, down_en)) = (all(up), all(down));
    match (up.is_empty(), down.is_empty()) {
        (false, true) => Text::pair(format!("{}高くなったのは{up_ja}です", after.0), format!("{}: higher in {up_en}", after.1)),
        (true, false) => Text::pair(format!("{}低くなったのは{down_ja}です", after.0), format!("{}: lower in {down_en}", after.1)),
        (false, false) => Text::pair(
            format!("{}高くなったのは{up_ja}、低くなったのは{down_ja}です", after.0),
            format!("{}: higher in {up_en}, lower in {down_en}", after.1),
        ),
        (true, true) if open.is_empty() => Text::pair("同じ人の前と後", "The same people before and after"),
        (true, true) => Text::pair("同じ人の前と後に、変化があるとは言えません", "Among the same people no change can be told from chance"),
    }
}

pub(super) fn people_title(labels: &[Text], share: Option<(u64, u64)>) -> Text {
    let (japanese, english) = all(labels);
    let told = share.and_then(|(count, n)| percent(count, n, u32::from(n >= 50)));
    match told {
        Some(told) => Text::pair(
            format!("好ましいほうへ動いた人がもっとも多いのは{japanese}で、{told}%です"),
            format!("The favourable move was most frequent in {english} ({told}% of people)"),
        ),
        None => Text::pair(
            format!("{japanese}では、ほとんどの人（95%以上）が好ましいほうへ動きました"),
            format!("In {english} nearly everyone (95% or more) moved the favourable way"),
        ),
    }
}

pub(super) fn hardly_any_better() -> Text {
    Text::pair("好ましいほうへ動いた人は、ほとんどいません（5%以下）", "Hardly anyone (5% or less) moved the favourable way")
}

pub(super) fn source(own: &Text, other: &Text) -> Text {
    Text::pair(
        format!("「{}」と「{}」の両方に答えた人から集計", ja(other), ja(own)),
        format!("Counted from people who answered both “{}” and “{}”", en(other), en(own)),
    )
}

pub(super) fn no_effect() -> Note {
    note(
        ("効果とは限りません", "Not necessarily an effect"),
        (
            "比べる相手（参加しなかった人）がいないため、時期や慣れによる変化と区別できません。二回とも答えた人だけの集計です。".to_owned(),
            "There is nobody to compare with who did not take part, so this cannot be told from what time or practice brings. Only people who answered both times are counted.".to_owned(),
        ),
    )
}

pub(super) fn together(of: usize) -> Note {
    note(
        ("いくつも同時に見るので", "Several at once"),
        (
            format!(
                "変化があるかどうかは、{of}項目の検定をまとめて、一つでも誤る確率がおよそ5%に収まるように判断しています（ホルム）。p はその調整をした値、区間は項目ごとの95%区間です。"
            ),
            format!(
                "Whether something changed is judged of all {of} tests together, so that the chance of even one false find is about 5% at most (Holm). Each p is adjusted so; each interval is that of its own item."
            ),
        ),
    )
}

fn chance(p: f64) -> String {
    if p < 0.001 { "p<0.001".to_owned() } else { format!("p={}", number(p, 3)) }
}

/// The tests of one item, with their probabilities as judged beside those of the others.
pub(super) fn tests(label: &Text, test: &MeanChanged, p: f64, ranks: Option<f64>) -> Note {
    let (freedom, t, p, d) = (number(test.freedom, 0), number(test.t, 2), chance(p), number(test.d_z.size, 2));
    let (ranks_ja, ranks_en) = ranks.map_or_else(Default::default, |ranks| {
        let p = chance(ranks);
        (format!("、ウィルコクソンの符号付き順位検定 {p}"), format!(", Wilcoxon’s signed ranks {p}"))
    });
    Note {
        lead: label.clone(),
        text: Text::pair(
            format!("対応のある t 検定 t({freedom})={t}、{p}、d={d}（変化の標準偏差に対して）{ranks_ja}。"),
            format!("Paired t test t({freedom}) = {t}, {p}, d = {d} (in standard deviations of the change){ranks_en}."),
        ),
    }
}

/// Nearly all changed by as much.
pub(super) fn alike(label: &Text) -> Note {
    Note {
        lead: label.clone(),
        text: Text::pair(
            "95%以上の人の変化が同じため、区間と検定は計算しません。",
            "Intervals and tests are not computed, because 95% or more changed by the same.",
        ),
    }
}

pub(super) fn who(pairs_only: bool) -> Note {
    let (more_ja, more_en) = if pairs_only {
        (
            "これらの項目は、一回だけ答えた人を含めた数字を公開していません。",
            " Of these items nothing is published that counts people who answered only once.",
        )
    } else {
        ("", "")
    };
    note(
        ("結びつけた人", "Who is paired"),
        (
            format!(
                "本人の合いことば（記名のときは本人）が一字ずつ同じ回答どうしを結んでいます。同じ合いことばが一回のうちに二つ以上あるものは使っていません。{more_ja}"
            ),
            format!(
                "Answers with exactly the same own code (or person) are paired. A code that stands twice in one of the surveys is not used.{more_en}"
            ),
        ),
    )
}

/// How many of those who answered before and after were paired, of the item with the fewest pairs and of that with the most.
pub(super) fn paired((before, after): (u64, u64), (least, most): (u64, u64)) -> Note {
    let share = |all: u64| {
        let [low, high] = [least, most].map(|pairs| percent(pairs, all, 0).unwrap_or_default());
        if low == high { low } else { format!("{low}–{high}") }
    };
    let (first, second) = (share(before), share(after));
    let (before, after) = (count(before), count(after));
    let (pairs_ja, pairs_en) = if least == most {
        (format!("{}人", count(most)), count(most))
    } else {
        (format!("項目によって{}人から{}人", count(least), count(most)), format!("{} to {}, by item,", count(least), count(most)))
    };
    note(
        ("組にできた人", "How many are paired"),
        (
            format!(
                "前に答えた{before}人、後に答えた{after}人のうち、組にできたのは{pairs_ja}です（前の{first}%、後の{second}%）。ほかの人は、もう一回に同じ合いことばがないか、同じ合いことばが二つ以上あるか、項目を空けています。"
            ),
            format!(
                "Of {before} who answered before and {after} after, {pairs_en} could be paired ({first}% of those before, {second}% of those after). The others’ code is not in the other survey or stands twice, or they left the item empty."
            ),
        ),
    )
}

/// So few are not paired that their number is not told.
pub(super) fn nearly_all_paired(k: u64) -> Note {
    note(
        ("組にできた人", "How many are paired"),
        (
            format!("組にできなかった人が{k}人に満たない回があるため、その人数は示しません（0人のときも同じです）。"),
            format!("In one of the surveys fewer than {k} people, or none, could not be paired, so their number is not told."),
        ),
    )
}

pub(super) fn hidden(rules: &Rules, pairs_only: bool) -> Note {
    let k = rules.k;
    let (more_ja, more_en) = if pairs_only {
        ("", "")
    } else {
        (
            "（pairs_only を書くと、二回とも答えた人の数字だけを公開できます）",
            " (with pairs_only, only the figures of those who answered twice are published)",
        )
    };
    note(
        ("表示しないとき", "When nothing is shown"),
        (
            format!(
                "二回とも答えた人が{k}人に満たないか、一回だけ答えた人が{k}人に満たず、その答えが計算できてしまうとき{more_ja}は、表示しません。"
            ),
            format!(
                "Not shown where fewer than {k} people answered both times, or where fewer than {k} answered only once, so that theirs could be worked out{more_en}."
            ),
        ),
    )
}

pub(super) fn not_yet() -> Note {
    note(
        ("これから", "Not yet"),
        ("二つのアンケートの受付が、どちらも終わってから示します。".to_owned(), "Shown once both surveys have closed.".to_owned()),
    )
}
