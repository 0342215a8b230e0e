//! Titles of groups and waves held against each other: by which number, where it is higher, since when.

use super::wording::{en, ja};
use super::wording_compared::{names, quoted};
use crate::language::Text;
use crate::survey::exhibit::Note;

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

/// As a sentence begins.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
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

/// So many differences are named in a title; of more their number says more.
const NAMED: usize = 4;

/// A thing in a group, of the cells of a heat map.
pub(super) fn cell(thing: &Text, group: &Text) -> Text {
    let (thing_ja, thing_en) = quoted(&[thing]);
    Text::pair(format!("{}の{thing_ja}", ja(group)), format!("{thing_en} in {}", en(group)))
}

/// Which differences of a heat map are more than chance: by name where they are few and of one number, else how many of all.
/// `found`: the thing, the group, above or below everybody else.
pub(super) fn map(by: &Text, number: Option<&Number>, all: usize, found: &[(&Text, &Text, i8)]) -> Text {
    let (by_ja, by_en) = (ja(by), en(by).to_lowercase());
    let told = found.len();
    match number.filter(|_| (1..=NAMED).contains(&told)) {
        _ if told == 0 => Text::pair(
            format!("{by_ja}による差を{all}個比べましたが、差があると言えるものはありません"),
            format!("Of {all} differences by {by_en}, none can be told from chance"),
        ),
        None => Text::pair(
            format!("{by_ja}による差{all}個のうち、差があると言えるのは{told}個です"),
            format!("Of {all} differences by {by_en}, {told} {} more than chance", if told == 1 { "is" } else { "are" }),
        ),
        Some(number) => {
            let (parts_ja, parts_en) = (cells(number, found, true), cells(number, found, false));
            let (before_ja, before_en) = match number {
                Number::Favourable => ("好意的に答えた人の割合は、".to_owned(), "Favourable answers are ".to_owned()),
                Number::Share(choice) => (format!("「{}」の割合は、", ja(choice)), format!("The share of “{}” is ", en(choice))),
                Number::Score => Default::default(),
            };
            Text::pair(
                format!("{before_ja}{}と言えます（{by_ja}による差{all}個のうち{told}個）", parts_ja.join("、")),
                format!(
                    "{}, more than chance ({told} of {all} differences by {by_en})",
                    capital(&format!("{before_en}{}", parts_en.join("; ")))
                ),
            )
        }
    }
}

/// What of each thing is higher and lower where; in Japanese all but the last word of the sentence in the form that goes on.
fn cells(number: &Number, found: &[(&Text, &Text, i8)], japanese: bool) -> Vec<String> {
    let mut kinds: Vec<(&Text, i8, Vec<&Text>)> = Vec::new();
    for (thing, group, way) in found {
        match kinds.iter_mut().find(|(known, sign, _)| known == thing && sign == way) {
            Some((_, _, groups)) => groups.push(group),
            None => kinds.push((thing, *way, vec![group])),
        }
    }
    kinds.sort_by_key(|(thing, _, _)| found.iter().position(|(known, _, _)| known == thing));
    let last = kinds.len().saturating_sub(1);
    let one = |(at, (thing, way, groups)): (usize, &(&Text, i8, Vec<&Text>))| {
        let ((thing_ja, thing_en), (groups_ja, groups_en)) = (quoted(&[thing]), names(groups));
        let again = at > 0 && kinds.get(at - 1).is_some_and(|(before, _, _)| before == thing);
        if japanese {
            let word = match (*way > 0, at == last) {
                (true, true) => "高い",
                (true, false) => "高く",
                (false, true) => "低い",
                (false, false) => "低く",
            };
            let what = if again { String::new() } else { format!("{thing_ja}{}", if *number == Number::Score { "は" } else { "が" }) };
            return format!("{what}{groups_ja}で{word}");
        }
        let word = match (number, *way > 0) {
            (Number::Favourable, true) => "more frequent",
            (Number::Favourable, false) => "less frequent",
            (_, true) => "higher",
            (_, false) => "lower",
        };
        match number {
            Number::Score if again => format!("{word} in {groups_en}"),
            Number::Score => format!("{thing_en} is {word} in {groups_en}"),
            Number::Favourable => format!("{word} to {thing_en} in {groups_en}"),
            Number::Share(_) => format!("{word} for {thing_en} in {groups_en}"),
        }
    };
    kinds.iter().enumerate().map(one).collect()
}

/// A step up to the last wave, by where it begins; of what, where there are several lines.
pub(super) fn step(of: Option<&Text>, from: &Text) -> Text {
    let (of_ja, of_en) = of.map(|of| quoted(&[of])).unwrap_or_default();
    let gap = if of.is_some() { " " } else { "" };
    Text::pair(format!("{of_ja}{}から", ja(from)), format!("{of_en}{gap}since {}", en(from)))
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

/// In what a group is told apart from everybody else. `all`: what was tested here, where more is found elsewhere.
pub(super) fn profile(group: &Text, number: &Number, all: &[&Text], above: &[&Text], below: &[&Text]) -> Text {
    let (group_ja, group_en) = (ja(group), en(group));
    let ((up_ja, up_en), (down_ja, down_en)) = (quoted(above), quoted(below));
    let (share_ja, share_en) = match number {
        Number::Favourable => ("好意的に答えた人の割合".to_owned(), String::new()),
        Number::Share(choice) => (format!("「{}」の割合", ja(choice)), format!("the share of “{}” is ", en(choice))),
        Number::Score => {
            return match (above.is_empty(), below.is_empty()) {
                (true, true) => no_difference(group, all),
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
        (true, true) => no_difference(group, all),
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

/// Several names to be set within one pair of quotation marks: `A” or “B`.
pub(super) fn within_marks(labels: &[Text]) -> Text {
    let all = |of: fn(&Text) -> &str, between: &str| labels.iter().map(of).collect::<Vec<_>>().join(between);
    Text::pair(all(ja, "」または「"), all(en, "” or “"))
}

/// Shares and means stand apart, and are judged together. `here`: those that are told beside this, of `all`.
pub(super) fn together(here: usize, all: usize, scores: bool) -> Note {
    let (means, shares) = if scores { (here, all - here) } else { (all - here, here) };
    let means_en = if means == 1 { "1 of a mean".to_owned() } else { format!("{means} of means") };
    let shares_en = if shares == 1 { "1 difference of a share".to_owned() } else { format!("{shares} differences of shares") };
    Note {
        lead: Text::pair("まとめて判断", "Judged together"),
        text: Text::pair(
            format!("割合の差{shares}個と平均の差{means}個の、あわせて{all}個をまとめて判断しています。"),
            format!("{shares_en} and {means_en}: all {all} are judged together."),
        ),
    }
}

/// Nothing of these, where another picture of the page tells of others; of none at all, where `all` is empty.
fn no_difference(group: &Text, all: &[&Text]) -> Text {
    let (group_ja, group_en) = (ja(group), en(group));
    let (of_ja, of_en) = match all {
        [] => Default::default(),
        [one] => {
            let (one_ja, one_en) = quoted(&[one]);
            (format!("{one_ja}の"), format!(" in {one_en}"))
        }
        several => (format!("この{}項目の", several.len()), format!(" in any of these {}", several.len())),
    };
    Text::pair(
        format!("{group_ja}とほかの全員とのあいだに、{of_ja}差があるとは言えません"),
        format!("{group_en}: no difference from everybody else{of_en} can be told from chance"),
    )
}
