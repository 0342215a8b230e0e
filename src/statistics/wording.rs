//! What statistics says: titles that state a finding, notes that keep it honest. Japanese and English.

use super::disclosure::Rules;
use super::scale::NoAlpha;
use super::shape::SurveyShape;
use crate::language::{Language, Text, count, number, percent};
use crate::survey::exhibit::Note;

pub(super) fn ja(text: &Text) -> &str {
    text.in_language(Language::Japanese)
}

pub(super) fn en(text: &Text) -> &str {
    text.in_language(Language::English)
}

pub(super) fn note(lead: (&str, &str), text: (String, String)) -> Note {
    Note { lead: Text::pair(lead.0, lead.1), text: Text::pair(text.0, text.1) }
}

pub(super) fn people(n: u64) -> String {
    if n == 1 { "1 person".to_owned() } else { format!("{} people", count(n)) }
}

/// Several labels in quotation marks, in Japanese and in English.
pub(super) fn quoted(labels: &[Text]) -> (String, String) {
    let japanese: String = labels.iter().map(|label| format!("「{}」", ja(label))).collect();
    let english: Vec<String> = labels.iter().map(|label| format!("“{}”", en(label))).collect();
    (japanese, english.join(", "))
}

/// Neighbouring points of a scale: each in quotation marks, or from where to where.
fn span(points: &[Text]) -> (String, String) {
    match points {
        [first, _, .., last] => (format!("「{}」から「{}」まで", ja(first), ja(last)), format!("“{}” to “{}”", en(first), en(last))),
        _ => {
            let english: Vec<String> = points.iter().map(|point| format!("“{}”", en(point))).collect();
            (quoted(points).0, english.join(" or "))
        }
    }
}

/// `count / n` as it stands in a title: whole per cents under 50 people.
fn told(count: u64, n: u64) -> String {
    percent(count, n, u32::from(n >= 50)).unwrap_or_default()
}

// Labels ------------------------------------------------------------------------------------------------------------------

pub(super) fn favourable() -> Text {
    Text::pair("好意的な回答", "Favourable answers")
}

pub(super) fn neutral() -> Text {
    Text::pair("どちらでもない", "Neither")
}

pub(super) fn unfavourable() -> Text {
    Text::pair("好意的でない回答", "Unfavourable answers")
}

pub(super) fn high() -> Text {
    Text::pair("高いほう", "High end")
}

pub(super) fn middle() -> Text {
    Text::pair("中ほど", "Middle")
}

pub(super) fn low() -> Text {
    Text::pair("低いほう", "Low end")
}

pub(super) fn below_bands() -> Text {
    Text::pair("どの段階よりも下", "Below the lowest band")
}

/// What was asked in one row of a grid.
pub(super) fn in_grid(grid: &Text, row: &Text) -> Text {
    Text::pair(format!("{}：{}", ja(grid), ja(row)), format!("{}: {}", en(grid), en(row)))
}

pub(super) fn everybody() -> Text {
    Text::pair("全体", "Everybody")
}

pub(super) fn group_head() -> Text {
    Text::pair("対象", "Group")
}

pub(super) fn item_head() -> Text {
    Text::pair("項目", "Item")
}

pub(super) fn choice_head() -> Text {
    Text::pair("選択肢", "Choice")
}

pub(super) fn share() -> Text {
    Text::pair("割合", "Share")
}

pub(super) fn mean() -> Text {
    Text::pair("平均", "Mean")
}

pub(super) fn source(shape: &SurveyShape, n: Option<u64>) -> Text {
    let (japanese, english) = n.map_or_else(Default::default, |n| (format!("（n={}）", count(n)), format!(" (n={})", count(n))));
    Text::pair(
        format!("「{}」の回答から集計{japanese}", ja(&shape.title)),
        format!("Counted from the answers to “{}”{english}", en(&shape.title)),
    )
}

// Titles ------------------------------------------------------------------------------------------------------------------

pub(super) fn not_shown(closed: bool) -> Text {
    if closed {
        Text::pair("この図は表示しません", "Not shown")
    } else {
        Text::pair("まだ表示できません", "Not shown yet")
    }
}

// The answers themselves are named, not «favourable»: where agreeing is the unfavourable end, that word alone would mislead.

pub(super) fn counted_share(counted: &[Text], count: u64, n: u64) -> Text {
    let (japanese, english) = span(counted);
    let told = told(count, n);
    Text::pair(format!("{japanese}と答えた人は{told}%です"), format!("{told}% chose {english}"))
}

pub(super) fn counted_nearly_all(counted: &[Text]) -> Text {
    let (japanese, english) = span(counted);
    Text::pair(format!("ほとんどの人（95%以上）が{japanese}と答えています"), format!("Nearly everyone (95% or more) chose {english}"))
}

pub(super) fn counted_hardly_any(counted: &[Text]) -> Text {
    let (japanese, english) = span(counted);
    Text::pair(format!("{japanese}と答えた人はほとんどいません（5%以下）"), format!("Hardly anyone (5% or less) chose {english}"))
}

pub(super) fn highest_item(counted: &[Text], items: &[Text], share: Option<(u64, u64)>) -> Text {
    let (counted_ja, counted_en) = span(counted);
    let (japanese, english) = quoted(items);
    match share.map(|(count, n)| told(count, n)) {
        Some(told) => Text::pair(
            format!("{counted_ja}がもっとも多いのは{japanese}で、{told}%です"),
            format!("{counted_en} was chosen most for {english} ({told}%)"),
        ),
        None => Text::pair(
            format!("ほとんどの人（95%以上）が{counted_ja}と答えたのは{japanese}です"),
            format!("Nearly everyone (95% or more) chose {counted_en} for {english}"),
        ),
    }
}

pub(super) fn most_chosen(choices: &[Text], share: Option<(u64, u64)>) -> Text {
    let (japanese, english) = quoted(choices);
    match share.map(|(count, n)| told(count, n)) {
        Some(told) => Text::pair(format!("もっとも多いのは{japanese}で、{told}%です"), format!("Most often: {english} ({told}%)")),
        None => Text::pair(
            format!("ほとんどの人（95%以上）が{japanese}を選んでいます"),
            format!("Nearly everyone (95% or more) chose {english}"),
        ),
    }
}

pub(super) fn most_are_in(bands: &[Text], share: Option<(u64, u64)>) -> Text {
    let (japanese, english) = quoted(bands);
    match share.map(|(count, n)| told(count, n)) {
        Some(told) => Text::pair(format!("もっとも多いのは{japanese}で、{told}%です"), format!("The largest group is {english} ({told}%)")),
        None => {
            Text::pair(format!("ほとんどの人（95%以上）が{japanese}にいます"), format!("Nearly everyone (95% or more) is in {english}"))
        }
    }
}

pub(super) fn nothing_stands_out() -> Text {
    Text::pair("とくに多い答えはありません", "No answer stands out")
}

pub(super) fn average(mean: f64, range: Option<(f64, f64)>) -> Text {
    let mean = number(mean, 2);
    match range {
        Some((low, high)) => {
            let (low, high) = (number(low, 0), number(high, 0));
            Text::pair(format!("平均は{mean}点です（{low}点から{high}点まで）"), format!("Mean {mean} on a scale from {low} to {high}"))
        }
        None => Text::pair(format!("平均は{mean}です"), format!("Mean {mean}")),
    }
}

pub(super) fn nearly_the_same(value: &str) -> Text {
    Text::pair(format!("ほとんどの人（95%以上）が{value}です"), format!("Nearly everyone (95% or more) is at {value}"))
}

// Notes -------------------------------------------------------------------------------------------------------------------

pub(super) fn why_hidden(rules: &Rules) -> Note {
    let k = rules.k;
    note(
        ("表示しないとき", "When nothing is shown"),
        (
            format!("答えた人が{k}人に満たないとき、または差し引きで{k}人に満たない人の答えが分かるときは、表示しません。"),
            format!("Not shown where fewer than {k} people answered, or where subtraction would tell the answers of fewer than {k}."),
        ),
    )
}

pub(super) fn why_sensitive_hidden(rules: &Rules) -> Note {
    let least = rules.sensitive_minimum;
    note(
        ("表示しないとき", "When nothing is shown"),
        (
            format!(
                "慎重に扱う質問です。答えた人が{least}人に満たないとき、または差し引きで{least}人に満たない人の答えが分かるときは、表示しません。"
            ),
            format!(
                "A sensitive question: not shown where fewer than {least} people answered, or where subtraction would tell the answers of fewer than {least}."
            ),
        ),
    )
}

pub(super) fn counts_ends(label: &Text, counted: &[Text], points: usize) -> Note {
    let (japanese, english) = quoted(counted);
    let n = counted.len();
    Note {
        lead: label.clone(),
        text: Text::pair(
            format!("{points}段階のうち{japanese}の{n}段階を合わせた割合です。"),
            format!("{n} of {points} points together: {english}."),
        ),
    }
}

pub(super) fn folded(rules: &Rules) -> Note {
    let least = rules.fine_minimum;
    note(
        ("まとめた表示", "Put together"),
        (
            format!(
                "答えた人、または前の公開から増えた人が{least}人に満たないとき、あるいは答えがほとんど同じときは、細かい段階を分けずに示します。"
            ),
            format!(
                "Single points are not shown where fewer than {least} people answered or came since an earlier figure, or where nearly all agree."
            ),
        ),
    )
}

pub(super) fn coarse() -> Note {
    note(
        ("95%以上と5%以下", "95% or more, 5% or less"),
        (
            "正確な値は示しません。一人ひとりの答えが分かってしまうことがあるためです。".to_owned(),
            "Not given exactly, because that could tell what each person answered.".to_owned(),
        ),
    )
}

pub(super) fn multiple() -> Note {
    note(
        ("複数回答", "Several answers"),
        (
            "割合は、この質問に答えた人に対するものです。足すと100%を超えることがあります。".to_owned(),
            "Shares are of the people who answered this question. They can add up to more than 100%.".to_owned(),
        ),
    )
}

/// What one person makes, where the group is so small that it matters.
pub(super) fn one_person(n: u64) -> Option<Note> {
    let points = percent(1, n, 1).filter(|_| n < 50)?;
    Some(note(
        ("1人の違い", "One person"),
        (format!("n={n}では、1人の違いが{points}ポイントになります。"), format!("With n={n}, one person makes {points} points.")),
    ))
}

pub(super) fn score_from(items: usize, reversed: usize, min_answered: u32) -> Note {
    let (turned_ja, turned_en) = match reversed {
        0 => (String::new(), String::new()),
        n => (format!("（うち{n}項目は点を逆にしています）"), format!(" ({n} reversed)")),
    };
    note(
        ("点の出し方", "How it is scored"),
        (
            format!("{items}項目{turned_ja}のうち{min_answered}項目以上に答えた人の点です。"),
            format!("From {items} items{turned_en}, for those who answered at least {min_answered}."),
        ),
    )
}

pub(super) fn rounded_score() -> Note {
    note(
        ("丸めた値", "Rounded"),
        (
            "一部の項目だけに答えた人が少ないため、平均は小数1けたで示し、区間と散らばりは示しません。".to_owned(),
            "To one place and without an interval, because few people answered only some of the items.".to_owned(),
        ),
    )
}

pub(super) fn alpha(alpha: f64, interval: Option<(f64, f64)>, n: u64) -> Note {
    let (between_ja, between_en) = interval.map_or_else(Default::default, |(low, high)| {
        let (low, high) = (number(low, 2), number(high, 2));
        (format!("95%区間は{low}から{high}、"), format!("95% interval {low} to {high}, "))
    });
    note(
        ("項目のまとまり", "Agreement of the items"),
        (
            format!("クロンバックのα＝{}（{between_ja}すべての項目に答えた{}人）。", number(alpha, 2), count(n)),
            format!("Cronbach’s α = {} ({between_en}{} who answered every item).", number(alpha, 2), people(n)),
        ),
    )
}

pub(super) fn no_alpha(why: NoAlpha) -> Note {
    let (japanese, english) = match why {
        NoAlpha::OneItem => ("項目が一つだけのため", "there is only one item"),
        NoAlpha::FewPeople => ("すべての項目に答えた人が足りないため", "too few people answered every item"),
        NoAlpha::NoSpread => ("合計に違いがないため", "the totals do not differ"),
    };
    note(
        ("項目のまとまり", "Agreement of the items"),
        (format!("{japanese}、αは計算できません。"), format!("α cannot be computed, because {english}.")),
    )
}

pub(super) fn nearly_the_same_note() -> Note {
    note(
        ("ほとんど同じ", "Nearly the same"),
        (
            "95%以上の人が同じ値のため、平均と区間は計算せず、その値だけを示します。".to_owned(),
            "Mean and interval are not computed, because 95% or more have the same value; only that value is shown.".to_owned(),
        ),
    )
}

pub(super) fn no_mean() -> Note {
    note(
        ("計算できません", "Not computable"),
        (
            "値が大きすぎるため、平均は計算できません。".to_owned(),
            "The mean cannot be computed, because the values are too large.".to_owned(),
        ),
    )
}

pub(super) fn not_the_same_sample() -> Note {
    note(
        ("別の調査の値", "From another survey"),
        (
            "目印の値は別の調査のもので、同じ人にたずねたものではありません。差があっても、変化や優劣とは言えません。".to_owned(),
            "The mark is from another survey, not the same sample. A difference is no sign of change or rank.".to_owned(),
        ),
    )
}

// Notes for the whole survey ----------------------------------------------------------------------------------------------

pub(super) fn method(rules: &Rules) -> Vec<Note> {
    let k = rules.k;
    vec![
        note(
            ("割合", "Percentages"),
            (
                "人数から計算し、四捨五入しています。50人に満たないときは整数で示します。".to_owned(),
                "Worked out from counts, rounded half away from zero; whole per cents under 50 people.".to_owned(),
            ),
        ),
        note(
            ("区間", "Intervals"),
            (
                "95%信頼区間です（割合はウィルソンの方法、平均はt分布。差や関連の区間は、それぞれの図に書いています）。答えなかった人の考えは、区間には入っていません。".to_owned(),
                "95% confidence (Wilson for shares, t for means; of differences and relations as said beside each). They say nothing about people who did not answer.".to_owned(),
            ),
        ),
        note(
            ("小さな集まり", "Small groups"),
            (
                format!("{k}人に満たない集まりの数字は、どこにも載せていません。"),
                format!("Figures of groups under {k} people appear nowhere on these pages."),
            ),
        ),
    ]
}

pub(super) fn corrected(population: u64) -> Note {
    let people = count(population);
    note(
        ("有限母集団", "Finite population"),
        (
            format!("対象は{people}人です。全体の図の区間は、そのうち何人が答えたかを入れて狭くしています。"),
            format!("It is about {people} people; intervals of figures about everybody are narrower by how many of them answered."),
        ),
    )
}

pub(super) fn at_close() -> Note {
    note(
        ("公開の時期", "When results appear"),
        (
            "結果は、受付が終わってからまとめて公開します。".to_owned(),
            "Results are shown all at once, after the survey has closed.".to_owned(),
        ),
    )
}

pub(super) fn none_yet(rules: &Rules, closed: bool) -> Note {
    let least = rules.k;
    if closed {
        return note(
            ("公開しません", "Not shown"),
            (
                format!("回答が{least}人に満たないため、結果は公開しません。"),
                format!("Fewer than {least} people answered, so no result is shown."),
            ),
        );
    }
    note(
        ("これから", "Not yet"),
        (
            format!("回答が{least}人以上になってから、まとめて公開します。"),
            format!("Results appear together, once at least {least} people have answered."),
        ),
    )
}

pub(super) fn shown_of(collected: u64, shown: u64, closed: bool) -> Note {
    let (total, visible) = (count(collected), count(shown));
    let (because_ja, because_en) = if closed {
        ("残りは少人数のため、数字に入れません。", "The rest are too few to be included.")
    } else {
        ("残りは、人数がまとまってから加えます。", "The rest are added once they are enough.")
    };
    note(
        ("集計した人", "Who is counted"),
        (
            format!("{total}人が答え、{visible}人分を集計しています。{because_ja}"),
            format!("{total} answered, {visible} are counted. {because_en}"),
        ),
    )
}
