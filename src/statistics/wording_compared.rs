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

/// As a sentence begins.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Names one after the other: `A、B`, `A, B and C`.
fn names(all: &[&Text]) -> (String, String) {
    let japanese: Vec<&str> = all.iter().map(|text| ja(text)).collect();
    let english: Vec<&str> = all.iter().map(|text| en(text)).collect();
    let english = match english.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => english.join(", "),
    };
    (japanese.join("、"), english)
}

/// Things in quotation marks, one after the other.
fn quoted(all: &[&Text]) -> (String, String) {
    let marked: Vec<Text> = all.iter().map(|text| Text::pair(format!("「{}」", bare(ja(text))), format!("“{}”", bare(en(text))))).collect();
    let (_, english) = names(&marked.iter().collect::<Vec<_>>());
    (marked.iter().map(ja).collect(), english)
}

/// By which number things are compared. A title that named the thing alone would say the opposite of one whose low end is favourable:
/// where more people agree that they have too much work, fewer answer favourably.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Number {
    /// The share of those who answered favourably.
    Favourable,
    /// The share of this class or choice.
    Share(Text),
    /// A mean, or a net score.
    Score,
}

impl Number {
    /// The number of some things: what is higher or lower. `at`: favourable to a question, or in a group.
    pub(super) fn of(&self, things: &[&Text], at_ja: &str, at_en: &str) -> (String, String) {
        let (japanese, english) = quoted(things);
        match self {
            Number::Favourable => (format!("{japanese}{at_ja}好意的に答えた人の割合"), format!("favourable answers {at_en} {english}")),
            Number::Share(choice) => {
                (format!("{japanese}の「{}」の割合", ja(choice)), format!("the share of “{}” for {english}", en(choice)))
            }
            Number::Score => (japanese, english),
        }
    }

    /// What is told behind the names of things, where they stand without a finding; nothing of a score.
    pub(super) fn beside(&self) -> (String, String) {
        match self {
            Number::Favourable => ("（好意的に答えた人の割合）".to_owned(), " (share of favourable answers)".to_owned()),
            Number::Share(choice) => (format!("（「{}」の割合）", ja(choice)), format!(" (share of “{}”)", en(choice))),
            Number::Score => Default::default(),
        }
    }
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

/// Which groups are told apart from the others.
pub(super) fn groups(label: &Text, number: &Number, by: &Text, other: &Text, above: &[&Text], below: &[&Text]) -> Text {
    let (bare_ja, bare_en) = quoted(&[label]);
    let ((up_ja, up_en), (down_ja, down_en)) = (names(above), names(below));
    let (other_ja, other_en) = (ja(other), en(other));
    let (what_ja, what_en) = number.of(&[label], "に", "to");
    let what_en = capital(&what_en);
    let (is, more, less) = match number {
        Number::Favourable => ("are", "more frequent", "less frequent"),
        Number::Share(_) | Number::Score => ("is", "higher", "lower"),
    };
    match (above.is_empty(), below.is_empty()) {
        (true, true) => Text::pair(
            format!("{bare_ja}に、{}による差があるとは言えません", ja(by)),
            format!("{bare_en}: no difference by {} can be told from chance", en(by).to_lowercase()),
        ),
        (false, true) => Text::pair(
            format!("{what_ja}は、{up_ja}で{other_ja}より高いと言えます"),
            format!("{what_en} {is} {more} in {up_en} than for {other_en}, more than chance"),
        ),
        (true, false) => Text::pair(
            format!("{what_ja}は、{down_ja}で{other_ja}より低いと言えます"),
            format!("{what_en} {is} {less} in {down_en} than for {other_en}, more than chance"),
        ),
        (false, false) => Text::pair(
            format!("{what_ja}は、{other_ja}と比べて{up_ja}で高く、{down_ja}で低いと言えます"),
            format!("{what_en} {is} {more} in {up_en} and {less} in {down_en} than for {other_en}, more than chance"),
        ),
    }
}

/// How many of all differences of a heat map are more than chance.
pub(super) fn map(by: &Text, all: usize, told: usize) -> Text {
    match told {
        0 => Text::pair(
            format!("{}による差を{all}個比べましたが、差があると言えるものはありません", ja(by)),
            format!("Of {all} differences by {}, none can be told from chance", en(by).to_lowercase()),
        ),
        told => Text::pair(
            format!("{}による差{all}個のうち、差があると言えるのは{told}個です", ja(by)),
            format!("Of {all} differences by {}, {told} {} more than chance", en(by).to_lowercase(), if told == 1 { "is" } else { "are" }),
        ),
    }
}

/// How many tests were made, and how they are judged.
pub(super) fn tests(count: usize, correction: Correction, test: Test) -> Note {
    let (test_ja, test_en) = match test {
        Test::Means => ("ウェルチのt検定", "Welch’s t"),
        Test::Shares => ("割合の差の検定（区間はニューカムの方法）", "two proportions, intervals after Newcombe"),
        Test::Nets => (
            "すすめたさの差し引きの差のz検定（区間は、両方の区間から）",
            "two recommendation scores, z; intervals joined from those of both",
        ),
    };
    let (how_ja, how_en) = match correction {
        Correction::Holm => (
            "ホルムの方法で、まとめて誤る確率が5%を超えないように判断しています",
            "judged together after Holm, so that the chance of even one false find is at most 5%",
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

/// What changed since the wave before; `since` is its name. `up` and `down` are what moved, of `all`; of lines of `groups`, these are
/// the groups.
pub(super) fn since(all: &[&Text], number: &Number, groups: bool, since: &Text, up: &[&Text], down: &[&Text]) -> Text {
    let (wave_ja, wave_en) = (ja(since), en(since));
    let (at_ja, at_en) = if groups { ("で", "in") } else { ("に", "to") };
    let ((up_ja, up_en), (down_ja, down_en)) = (number.of(up, at_ja, at_en), number.of(down, at_ja, at_en));
    let (rose, fell) = match number {
        Number::Favourable => ("have become more frequent", "have become less frequent"),
        Number::Share(_) | Number::Score => ("rose", "fell"),
    };
    match (up.is_empty(), down.is_empty()) {
        (true, true) if all.len() == 1 => {
            let (what_ja, what_en) = quoted(all);
            Text::pair(
                format!("{what_ja}は、{wave_ja}から変わったとは言えません"),
                format!("{what_en}: no change since {wave_en} can be told from chance"),
            )
        }
        (true, true) => Text::pair(
            format!("{wave_ja}から変わったと言えるものはありません"),
            format!("No change since {wave_en} can be told from chance"),
        ),
        (false, true) => Text::pair(
            format!("{up_ja}は、{wave_ja}より高くなったと言えます"),
            format!("{} {rose} since {wave_en}, more than chance", capital(&up_en)),
        ),
        (true, false) => Text::pair(
            format!("{down_ja}は、{wave_ja}より低くなったと言えます"),
            format!("{} {fell} since {wave_en}, more than chance", capital(&down_en)),
        ),
        (false, false) => {
            let ((up_ja, up_en), (down_ja, down_en)) = (quoted(up), quoted(down));
            match number {
                Number::Favourable => Text::pair(
                    format!("{wave_ja}と比べて、好意的に答えた人の割合は、{up_ja}で高く、{down_ja}で低くなったと言えます"),
                    format!(
                        "Since {wave_en} favourable answers have become more frequent {at_en} {up_en} and less frequent {at_en} {down_en}, more than chance"
                    ),
                ),
                Number::Share(choice) => Text::pair(
                    format!("{wave_ja}と比べて、「{}」の割合は、{up_ja}で高く、{down_ja}で低くなったと言えます", ja(choice)),
                    format!("Since {wave_en} the share of “{}” rose for {up_en} and fell for {down_en}, more than chance", en(choice)),
                ),
                Number::Score => Text::pair(
                    format!("{wave_ja}と比べて、{up_ja}は高く、{down_ja}は低くなったと言えます"),
                    format!("Since {wave_en} {up_en} rose and {down_en} fell, more than chance"),
                ),
            }
        }
    }
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

/// In what a group is told apart from everybody else.
pub(super) fn profile(group: &Text, number: &Number, above: &[&Text], below: &[&Text]) -> Text {
    let (group_ja, group_en) = (ja(group), en(group));
    let ((up_ja, up_en), (down_ja, down_en)) = (quoted(above), quoted(below));
    let (share_ja, share_en) = match number {
        Number::Favourable => ("好意的に答えた人の割合".to_owned(), String::new()),
        Number::Share(choice) => (format!("「{}」の割合", ja(choice)), format!("the share of “{}” is ", en(choice))),
        Number::Score => {
            return match (above.is_empty(), below.is_empty()) {
                (true, true) => no_difference(group),
                (false, true) => Text::pair(
                    format!("{group_ja}がほかの全員より高いと言えるのは、{up_ja}です"),
                    format!("{group_en} is higher than everybody else in {up_en}, more than chance"),
                ),
                (true, false) => Text::pair(
                    format!("{group_ja}がほかの全員より低いと言えるのは、{down_ja}です"),
                    format!("{group_en} is lower than everybody else in {down_en}, more than chance"),
                ),
                (false, false) => Text::pair(
                    format!("{group_ja}は、{up_ja}がほかの全員より高く、{down_ja}が低いと言えます"),
                    format!("{group_en} is higher than everybody else in {up_en} and lower in {down_en}, more than chance"),
                ),
            };
        }
    };
    let (share_en, more, less, at) = match number {
        Number::Favourable => ("favourable answers are ".to_owned(), "more frequent", "less frequent", "to"),
        Number::Share(_) | Number::Score => (share_en, "higher", "lower", "for"),
    };
    match (above.is_empty(), below.is_empty()) {
        (true, true) => no_difference(group),
        (false, true) => Text::pair(
            format!("{group_ja}で{share_ja}がほかの全員より高いと言えるのは、{up_ja}です"),
            format!("{group_en}: {share_en}{more} {at} {up_en} than among everybody else, more than chance"),
        ),
        (true, false) => Text::pair(
            format!("{group_ja}で{share_ja}がほかの全員より低いと言えるのは、{down_ja}です"),
            format!("{group_en}: {share_en}{less} {at} {down_en} than among everybody else, more than chance"),
        ),
        (false, false) => Text::pair(
            format!("{group_ja}では、{share_ja}が{up_ja}でほかの全員より高く、{down_ja}で低いと言えます"),
            format!("{group_en}: {share_en}{more} {at} {up_en} and {less} {at} {down_en} than among everybody else, more than chance"),
        ),
    }
}

fn no_difference(group: &Text) -> Text {
    Text::pair(
        format!("{}とほかの全員とのあいだに、差があるとは言えません", ja(group)),
        format!("{}: no difference from everybody else can be told from chance", en(group)),
    )
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
