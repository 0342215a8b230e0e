//! What statistics says of groups held against each other, and of waves.

use super::difference::Correction;
use crate::language::{Language, Text};
use crate::survey::exhibit::Note;
use crate::survey::figure::Unit;

/// What a difference is tested with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
    /// Of two shares.
    Shares,
    /// Of two means.
    Means,
    /// Of two net scores.
    Nets,
}

impl Test {
    /// Of figures that count in this.
    pub(super) fn of(unit: Unit) -> Test {
        match unit {
            Unit::Percent => Test::Shares,
            Unit::Points => Test::Nets,
            _ => Test::Means,
        }
    }
}

fn ja(text: &Text) -> &str {
    text.in_language(Language::Japanese)
}

fn en(text: &Text) -> &str {
    text.in_language(Language::English)
}

fn note(lead: (&str, &str), text: (String, String)) -> Note {
    Note { lead: Text::pair(lead.0, lead.1), text: Text::pair(text.0, text.1) }
}

/// A name without the stop that ends a question.
fn bare(text: &str) -> &str {
    text.trim_end_matches(['。', '.'])
}

/// Names one after the other: `A、B`, `A, B and C`.
pub(super) fn names(all: &[&Text]) -> (String, String) {
    let japanese: Vec<&str> = all.iter().map(|text| ja(text)).collect();
    let english: Vec<&str> = all.iter().map(|text| en(text)).collect();
    let english = match english.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => english.join(", "),
    };
    (japanese.join("、"), english)
}

/// Things in quotation marks, one after the other.
pub(super) fn quoted(all: &[&Text]) -> (String, String) {
    let marked: Vec<Text> = all.iter().map(|text| Text::pair(format!("「{}」", bare(ja(text))), format!("“{}”", bare(en(text))))).collect();
    let (_, english) = names(&marked.iter().collect::<Vec<_>>());
    (marked.iter().map(ja).collect(), english)
}

/// Several things as one text.
pub(super) fn listed(all: &[&Text]) -> Text {
    let (japanese, english) = names(all);
    Text::pair(japanese, english)
}

pub(super) fn nothing_to_compare() -> Text {
    Text::pair("まだ比べられません", "Nothing to compare yet")
}

pub(super) fn everybody_else() -> Text {
    Text::pair("ほかの全員", "everybody else")
}

pub(super) fn whole() -> Text {
    Text::pair("全体", "everybody")
}

/// The head of the differences.
pub(super) fn difference(other: &Text) -> Text {
    Text::pair(format!("{}との差", ja(other)), format!("Difference from {}", en(other)))
}

/// What is compared, and with whom.
pub(super) fn asked(label: &Text, measure: &Text, score: bool, other: &Text) -> Text {
    let (what_ja, what_en) = if score {
        (ja(measure).to_owned(), en(measure).to_lowercase())
    } else {
        (format!("「{}」の割合", ja(measure)), format!("share of “{}”", en(measure)))
    };
    Text::pair(
        format!("「{}」の{what_ja}。{}との差", bare(ja(label)), ja(other)),
        format!("“{}”, {what_en}: difference from {}", bare(en(label)), en(other)),
    )
}

/// What a heat map shows.
pub(super) fn asked_several(measure: &Text, score: bool, by: &Text) -> Text {
    if score {
        Text::pair(format!("{}（{}別）", ja(measure), ja(by)), format!("{}, by {}", en(measure), en(by).to_lowercase()))
    } else {
        Text::pair(
            format!("「{}」の割合（{}別）", ja(measure), ja(by)),
            format!("Share of “{}”, by {}", en(measure), en(by).to_lowercase()),
        )
    }
}

/// How many tests were made, and how they are judged.
pub(super) fn tests(count: usize, correction: Correction, test: Test) -> Note {
    let (test_ja, test_en) = match test {
        Test::Means => ("t検定（ウェルチとスチューデントの慎重なほう）", "the more careful of Welch’s and Student’s t"),
        Test::Shares => {
            ("割合の差の検定（少人数はフィッシャー。区間はニューカム）", "two proportions, of few people Fisher’s; Newcombe’s intervals")
        }
        Test::Nets => (
            "すすめたさの差し引きの差のz検定かt検定の慎重なほう（区間は、両方の区間から）",
            "two recommendation scores: z or t, whichever is more careful; intervals joined from those of both",
        ),
    };
    let (how_ja, how_en) = match correction {
        Correction::Holm => (
            "ホルムの方法で、一つでも誤る確率を5%ほどに抑えて判断しています",
            "judged together after Holm, so that the chance of even one false find is about 5%",
        ),
        Correction::BenjaminiHochberg => (
            "ベンジャミニとホッホベルグの方法で、見つけた差のうち誤りが平均5%を超えないように判断しています",
            "judged together after Benjamini and Hochberg, so that at most 5% of the finds are false on average",
        ),
    };
    let text = if count == 1 {
        (format!("{test_ja}で比べました。検定は1回です。"), format!("One test ({test_en})."))
    } else {
        (format!("{count}個の差を一度に比べました（{test_ja}）。{how_ja}。"), format!("{count} differences at once ({test_en}), {how_en}."))
    };
    note(("検定", "Tests"), text)
}

/// What the difference of those who recommend and those who do not is called.
pub(super) fn net_score() -> Text {
    Text::pair("すすめたさの差し引き", "Recommendation score")
}

/// What a net score is, and where there is none.
pub(super) fn what_net_is() -> Note {
    note(
        ("すすめたさの差し引き", "Recommendation score"),
        (
            "9か10を選んだ人の割合から、0から6を選んだ人の割合を引いた数（−100から+100）です。どちらかの割合が95%以上か5%以下のところは、示しません。"
                .to_owned(),
            "The share of those who chose 9 or 10, minus the share of those who chose 0 to 6 (−100 to +100). Where one of the two is 95% or more or 5% or less, there is none."
                .to_owned(),
        ),
    )
}

/// What a difference to the whole is.
pub(super) fn of_whole() -> Note {
    note(
        ("全体との差", "Difference from the whole"),
        (
            "全体にはその集まりの人も入っています。検定は、その集まりとほかの全員とを比べたものです。".to_owned(),
            "The whole holds the group’s own people. What is tested is the group against everybody else.".to_owned(),
        ),
    )
}

/// Which groups could not be compared.
pub(super) fn left_out(groups: &[&Text]) -> Note {
    let (japanese, english) = names(groups);
    note(
        ("比べていない集まり", "Groups not compared"),
        (
            format!(
                "{japanese}。割合が95%以上か5%以下で正確な値を示さないもの、値がほとんど同じもの、前に公開したときのままのものは、比べません。"
            ),
            format!(
                "{english}. What is told only as 95% or more or 5% or less, is nearly the same for all, or stands as it was published before, is not compared."
            ),
        ),
    )
}

/// Some means are told to one place only.
pub(super) fn rounded() -> Note {
    note(
        ("丸めた平均の差", "Differences of rounded means"),
        (
            "一部の項目だけに答えた人が少ない集まりの平均は、小数1けたまでしか使いません。丸めの分だけ差を小さく、区間を広く見て判断しています。".to_owned(),
            "Of groups where few people answered only some of the items, means are used to one place. For what rounding may hide, differences are judged as smaller and intervals as wider.".to_owned(),
        ),
    )
}

/// Of whom n is told where several things stand in a row.
pub(super) fn fewest() -> Note {
    note(
        ("n", "n"),
        ("答えた人がもっとも少ない項目の人数です。".to_owned(), "The number of people for the item that fewest answered.".to_owned()),
    )
}

/// There is nothing to compare the last wave with.
pub(super) fn only_one_wave() -> Note {
    note(
        ("まだ一回", "One wave so far"),
        ("比べられる前の回がまだありません。".to_owned(), "There is no earlier wave to compare with yet.".to_owned()),
    )
}

/// That waves are compared as of different people.
pub(super) fn unpaired() -> Note {
    note(
        ("回の比べ方", "How waves are compared"),
        (
            "回ごとに、答えた人どうしは結び付けていません。別の人たちの答えとして比べています。".to_owned(),
            "Nobody is followed from wave to wave; waves are compared as answers of different people.".to_owned(),
        ),
    )
}

/// What some waves did not ask.
pub(super) fn not_asked(label: &Text, waves: &[&Text]) -> Note {
    let (japanese, english) = names(waves);
    note(
        ("たずねていない回", "Not asked"),
        (
            format!("「{}」は、{japanese}にはたずねていません。", bare(ja(label))),
            format!("“{}” was not asked in {english}.", bare(en(label))),
        ),
    )
}

/// What is shown over waves.
pub(super) fn over_waves(labels: &[&Text], measure: &Text, score: bool) -> Text {
    let (what_ja, what_en) = quoted(labels);
    if score {
        Text::pair(format!("{what_ja}の{}。回ごと", ja(measure)), format!("{what_en}: {} by wave", en(measure).to_lowercase()))
    } else {
        Text::pair(format!("{what_ja}の「{}」の割合。回ごと", ja(measure)), format!("{what_en}: share of “{}” by wave", en(measure)))
    }
}

pub(super) fn from_each_wave() -> Text {
    Text::pair("各回の回答から集計", "Counted from the answers of each wave")
}

pub(super) fn wave_head() -> Text {
    Text::pair("回", "Wave")
}

/// What a group's own page shows.
pub(super) fn profile_asked(group: &Text, measure: &Text, score: bool) -> Text {
    let other = everybody_else();
    if score {
        Text::pair(
            format!("{}の{}。{}との差", ja(group), ja(measure), ja(&other)),
            format!("{}, {}: difference from {}", en(group), en(measure).to_lowercase(), en(&other)),
        )
    } else {
        Text::pair(
            format!("{}の「{}」の割合。{}との差", ja(group), ja(measure), ja(&other)),
            format!("{}, share of “{}”: difference from {}", en(group), en(measure), en(&other)),
        )
    }
}

/// A title that finds nothing: own figures and those of another survey are of different people.
pub(super) fn beside(label: &Text) -> Text {
    Text::pair(format!("わたしたちの数と、{}", ja(label)), format!("Our figures beside {}", en(label)))
}

/// Where the marks come from.
pub(super) fn marks_from(sources: &[&Text]) -> Note {
    let japanese: Vec<&str> = sources.iter().map(|text| ja(text).trim_end_matches('。')).collect();
    let english: Vec<&str> = sources.iter().map(|text| en(text).trim_end_matches('.')).collect();
    note(("目印の出典", "Source of the marks"), (format!("{}。", japanese.join("。")), format!("{}.", english.join(". "))))
}
