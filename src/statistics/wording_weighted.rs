//! What statistics says of figures that were adjusted to known numbers of people.

use super::wording_compared::listed;
use super::wording_differences::Number;
use crate::language::{Language, Text, count, number};
use crate::survey::exhibit::Note;
use crate::survey::figure::Unit;

/// What moved from where to where.
pub(super) struct Shift<'a> {
    pub(super) label: &'a Text,
    /// By which number it is told.
    pub(super) number: Number,
    pub(super) from: f64,
    pub(super) to: f64,
    /// `to` is known to one decimal.
    pub(super) rounded: bool,
}

fn ja(text: &Text) -> &str {
    text.in_language(Language::Japanese)
}

fn en(text: &Text) -> &str {
    text.in_language(Language::English)
}

/// A name without the stop that ends a question.
fn bare(text: &str) -> &str {
    text.trim_end_matches(['。', '.'])
}

fn note(lead: (&str, &str), text: (String, String)) -> Note {
    Note { lead: Text::pair(lead.0, lead.1), text: Text::pair(text.0, text.1) }
}

pub(super) fn nothing_to_adjust() -> Text {
    Text::pair("構成比で調整した値は、まだ出せません", "No adjusted figures yet")
}

pub(super) fn as_answered() -> Text {
    Text::pair("答えたまま", "As answered")
}

pub(super) fn adjusted() -> Text {
    Text::pair("構成比で調整", "Adjusted")
}

/// What the margins are of: `年代`, `age`.
fn of_what(margins: &[&Text]) -> (String, String) {
    let all = listed(margins);
    (ja(&all).to_owned(), en(&all).to_lowercase())
}

/// What is told, and by what it was adjusted.
pub(super) fn asked(labels: &[&Text], margins: &[&Text], number: Number) -> Text {
    let (all, (by_ja, by_en), (number_ja, number_en)) = (listed(labels), of_what(margins), number.beside());
    Text::pair(
        format!("{}{number_ja}。答えたままの値と、{by_ja}の構成比で調整した値", bare(ja(&all))),
        format!("{}{number_en}: as answered, and adjusted to the known make-up by {by_en}", bare(en(&all))),
    )
}

/// What is no more than this is hardly anything: a point of a share, a hundredth of a scale.
fn hardly(unit: Unit, range: Option<(f64, f64)>) -> f64 {
    match (unit, range) {
        (Unit::Score, Some((low, high))) => (high - low) / 100.0,
        (Unit::Score, None) => 0.005,
        _ => 1.0,
    }
}

/// By how much the adjustment moves what was answered.
pub(super) fn title(shifts: &[Shift<'_>], margins: &[&Text], unit: Unit, range: Option<(f64, f64)>) -> Text {
    let (by_ja, by_en) = of_what(margins);
    let far = |shift: &Shift<'_>| (shift.to - shift.from).abs();
    let Some(most) = shifts.iter().reduce(|best, one| if far(one) > far(best) { one } else { best }) else {
        return nothing_to_adjust();
    };
    // Of groups told to one decimal, less than that is nothing
    let rounded = shifts.iter().any(|shift| shift.rounded);
    let told = number(far(most), if unit == Unit::Score && !rounded { 2 } else { 1 });
    let hardly = if rounded { hardly(unit, range).max(0.1) } else { hardly(unit, range) };
    let (told_ja, told_en) = match unit {
        Unit::Score => (format!("{told}点"), told.clone()),
        _ => (format!("{told}ポイント"), if told == "1.0" { format!("{told} point") } else { format!("{told} points") }),
    };
    let (japanese, english) = if far(most) < hardly {
        let none = rounded || told.chars().all(|digit| matches!(digit, '0' | '.'));
        (
            format!("{by_ja}の構成比にそろえても、ほとんど変わりません{}", if none { String::new() } else { format!("（最大{told_ja}）") }),
            format!(
                "Adjusted to the known make-up by {by_en}, hardly anything changes{}",
                if none { String::new() } else { format!(" (at most {told_en})") }
            ),
        )
    } else {
        let (way_ja, way_en) = match (most.to > most.from, &most.number) {
            (true, Number::Favourable) => ("上がります", "rise"),
            (true, _) => ("上がります", "rises"),
            (false, Number::Favourable) => ("下がります", "fall"),
            (false, _) => ("下がります", "falls"),
        };
        let (what_ja, what_en) = most.number.of(&[most.label], "に", "to");
        (
            format!("{by_ja}の構成比にそろえると、{what_ja}が{told_ja}{way_ja}"),
            format!("Adjusted to the known make-up by {by_en}, {what_en} {way_en} by {told_en}"),
        )
    };
    Text::pair(japanese, english)
}

/// What is known of the people by one attribute: what it is called, how many have each value, who says so.
pub(super) struct Made<'a> {
    pub(super) label: &'a Text,
    pub(super) known: Vec<(&'a Text, u64)>,
    pub(super) source: &'a Text,
}

/// How the adjusted figures are made.
pub(super) fn how(margins: &[Made<'_>]) -> Note {
    let (by_ja, by_en) = of_what(&margins.iter().map(|margin| margin.label).collect::<Vec<_>>());
    let (rule_ja, rule_en) = if margins.len() == 1 {
        (
            format!("{by_ja}ごとの値に、全員のうちその集まりが占める割合を掛けて、足しています（事後層化）。"),
            format!("The figures by {by_en}, each times the share of all people who are in that group, summed (post-stratification)."),
        )
    } else {
        (
            format!("どの属性の人数の比にも合うように、{by_ja}の交わる集まりに重みを付けています（レイキング）。"),
            format!("The groups that {by_en} cross are weighted until each attribute has its known make-up (raking)."),
        )
    };
    note(
        ("調整のしかた", "How they are adjusted"),
        (
            format!("{rule_ja}計算に使うのは、この集計で公開している集まりの値だけです。区間は、実効nによります（Kish）。"),
            format!("{rule_en} Nothing but published figures of groups is used. Intervals are those of the effective n (Kish)."),
        ),
    )
}

/// The known numbers, and who says so.
pub(super) fn known(margins: &[Made<'_>]) -> Note {
    let one = |margin: &Made<'_>| {
        let people: Vec<String> = margin.known.iter().map(|(label, people)| format!("{}{}人", ja(label), count(*people))).collect();
        let own: Vec<String> = margin.known.iter().map(|(label, people)| format!("{} {}", en(label), count(*people))).collect();
        (format!("{}。{}。", people.join("、"), bare(ja(margin.source))), format!("{}. {}.", own.join(", "), bare(en(margin.source))))
    };
    let (japanese, english): (Vec<String>, Vec<String>) = margins.iter().map(one).unzip();
    note(("人数の出典", "Known numbers of people"), (japanese.concat(), english.join(" ")))
}

/// As many people without weights would tell as much.
pub(super) fn worth(all: &[(&Text, u64, f64)]) -> Note {
    let (mut japanese, mut english) = (Vec::new(), Vec::new());
    for (label, n, effective) in all {
        let (n, effective) = (count(*n), number(*effective, 1));
        japanese.push(format!("「{}」{n}人で{effective}人分", bare(ja(label))));
        english.push(format!("“{}”: {n} people are worth {effective}", bare(en(label))));
    }
    note(
        ("実効n", "Effective n"),
        (
            format!("{}。属性の分からない人は、調整した値に入りません。", japanese.join("、")),
            format!("{}. People without a value of the attribute are not in adjusted figures.", english.join("; ")),
        ),
    )
}

/// Why the two are not tested, and what no adjustment mends.
pub(super) fn no_test() -> Note {
    note(
        ("二つの値の読み方", "How to read the two"),
        (
            "同じ人たちの答えを数え直したものなので、差は検定しません。同じ集まりの中で、答えなかった人の考えが違っていても、調整では直りません。"
                .to_owned(),
            "They are the same people’s answers, counted anew, so their difference is not tested. Where those of a group who did not answer think otherwise than those who did, no adjustment mends it."
                .to_owned(),
        ),
    )
}

/// Why a figure cannot be adjusted. Each of these can be seen from what is published, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bar {
    /// A group is not shown: it has few people, or nobody in it answered.
    Group,
    /// A group is told as «nearly all», «hardly any» or «nearly the same».
    Coarse,
    /// A group stands as it was published before, of other people.
    Earlier,
    /// Not everybody was asked, and how many people there are of those who were is not known.
    Asked,
    /// More people answered than there are by the margin.
    Margin,
    /// No weights fit the margins.
    Open,
}

/// Why these cannot be adjusted; no figure named: none can.
pub(super) fn barred(bar: Bar, margins: &[&Text], figures: &[&Text]) -> Note {
    let (by_ja, by_en) = of_what(margins);
    let (why_ja, why_en) = match bar {
        Bar::Group => (
            format!(
                "{by_ja}の集まりのすべてが公開されているときだけ、計算します。公開していない集まりがあります（人数が少ないか、だれも答えていません）。"
            ),
            format!("It takes every group by {by_en}. Some are not shown: they have few people, or nobody in them answered."),
        ),
        Bar::Coarse => (
            format!("{by_ja}の集まりのなかに、正確な値を示さないもの（95%以上、5%以下、ほとんど同じ値、すすめたさの差し引き）があります。"),
            format!("It takes exact figures of every group by {by_en}. Some are told only as 95% or more, 5% or less, or nearly the same."),
        ),
        Bar::Earlier => (
            format!("{by_ja}の集まりのなかに、前に公開したときのままのものがあります。"),
            format!("It takes figures of one moment. Some groups by {by_en} stand as they were published before."),
        ),
        Bar::Asked => (
            "全員にたずねたものではないので、たずねた人の構成比が分かりません。".to_owned(),
            "Not everybody was asked, and the make-up of those who were is not known.".to_owned(),
        ),
        Bar::Margin => (
            format!("{by_ja}の人数として書かれた数より、多くの人が答えた集まりがあります。"),
            format!("In some group by {by_en} more people answered than it is said to have."),
        ),
        Bar::Open => {
            (format!("{by_ja}の人数の比に、同時に合う重みがありません。"), format!("No weights fit the known make-up by {by_en}."))
        }
    };
    let quoted = |of: fn(&Text) -> &str, marks: (&str, &str)| {
        figures.iter().map(|label| format!("{}{}{}", marks.0, bare(of(label)), marks.1)).collect::<Vec<String>>()
    };
    let (these_ja, these_en) = (quoted(ja, ("「", "」")).concat(), quoted(en, ("“", "”")).join(", "));
    note(
        ("調整していないもの", "Not adjusted"),
        if figures.is_empty() {
            (format!("構成比で調整した値は出せません。{why_ja}"), format!("There are no adjusted figures. {why_en}"))
        } else {
            (format!("{these_ja}。{why_ja}"), format!("{these_en}. {why_en}"))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the low end is favourable, the name alone would rise while its favourable answers fall.
    #[test]
    fn a_shift_says_of_what_the_share_is() {
        let (label, by) = (Text::pair("仕事が多すぎる", "I have too much work"), Text::pair("年代", "Age"));
        for (number, japanese, english) in [
            (
                Number::Favourable,
                "年代の構成比にそろえると、「仕事が多すぎる」に好意的に答えた人の割合が4.0ポイント下がります",
                "Adjusted to the known make-up by age, favourable answers to “I have too much work” fall by 4.0 points",
            ),
            (
                Number::Share(Text::pair("はい", "Yes")),
                "年代の構成比にそろえると、「仕事が多すぎる」の「はい」の割合が4.0ポイント下がります",
                "Adjusted to the known make-up by age, the share of “Yes” for “I have too much work” falls by 4.0 points",
            ),
        ] {
            let told = title(&[Shift { label: &label, number, from: 44.0, to: 40.0, rounded: false }], &[&by], Unit::Percent, None);
            assert_eq!((ja(&told), en(&told)), (japanese, english));
        }
    }

    #[test]
    fn no_more_is_said_of_a_shift_than_is_known() {
        let (label, by) = (Text::pair("成長", "Growth"), Text::pair("年代", "Age"));
        for (to, rounded, expected) in [
            (3.26, false, "年代の構成比にそろえても、ほとんど変わりません（最大0.02点）"),
            (3.26, true, "年代の構成比にそろえても、ほとんど変わりません"),
            (3.32, true, "年代の構成比にそろえても、ほとんど変わりません"),
            (3.32, false, "年代の構成比にそろえると、「成長」が0.08点上がります"),
            (3.03, true, "年代の構成比にそろえると、「成長」が0.2点下がります"),
        ] {
            let shifts = [Shift { label: &label, number: Number::Score, from: 3.24, to, rounded }];
            assert_eq!(ja(&title(&shifts, &[&by], Unit::Score, Some((1.0, 5.0)))), expected, "{to} {rounded}");
        }
    }
}
