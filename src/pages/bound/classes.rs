//! Class names of cells and spans that stand thousands of times: in the one file they are called by a letter.

use super::markup::Piece;
use std::collections::BTreeMap;

/// Elements of which there are many.
const MANY: [&str; 3] = ["td", "th", "span"];
/// Fewer letters than this are not worth a rule that reads less well.
const WORTH: usize = 1_000;

/// Short names of the classes that weigh most, by their names. None is called as a class of `style` is.
pub(super) fn short<'p, 'a: 'p>(pages: impl Iterator<Item = &'p [Piece<'a>]>, style: &str) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for piece in pages.flatten() {
        let Piece::Tag(tag) = piece else { continue };
        if MANY.contains(&tag.name) && !tag.closing {
            tag.get("class").unwrap_or_default().split_ascii_whitespace().for_each(|class| *counts.entry(class).or_default() += 1);
        }
    }
    let mut heavy: Vec<(usize, &str)> = counts.into_iter().map(|(class, count)| (count * (class.len() - 1), class)).collect();
    heavy.retain(|(weight, _)| *weight >= WORTH);
    heavy.sort_by(|one, other| other.cmp(one));
    let letters = ('a'..='z').rev().map(|letter| letter.to_string()).filter(|letter| !is_taken(letter, style));
    heavy.into_iter().zip(letters).map(|((_, class), letter)| (class.to_owned(), letter)).collect()
}

/// Whether a style has rules for a class of this name.
pub(super) fn is_taken(name: &str, style: &str) -> bool {
    places(name, style).next().is_some()
}

/// The words of a `class` by their short names.
pub(super) fn renamed(value: &str, short: &BTreeMap<String, String>) -> String {
    let words = value.split_ascii_whitespace().map(|class| short.get(class).map_or(class, String::as_str));
    words.collect::<Vec<_>>().join(" ")
}

/// The style of the short names.
pub(super) fn restyled(style: &str, short: &BTreeMap<String, String>) -> String {
    short.iter().fold(style.to_owned(), |style, (class, letter)| {
        let (mut out, mut done) = (String::with_capacity(style.len()), 0);
        for at in places(class, &style) {
            out.push_str(style.get(done..=at).unwrap_or_default());
            out.push_str(letter);
            done = at + 1 + class.len();
        }
        out.push_str(style.get(done..).unwrap_or_default());
        out
    })
}

/// Where the dots of a class stand.
fn places<'a>(name: &'a str, style: &'a str) -> impl Iterator<Item = usize> + 'a {
    style.match_indices('.').map(|(at, _)| at).filter(move |at| {
        let rest = style.get(at + 1..).unwrap_or_default();
        rest.strip_prefix(name)
            .is_some_and(|after| !after.starts_with(|char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_')))
    })
}

#[cfg(test)]
mod tests {
    use super::super::markup::pieces;
    use super::*;

    #[test]
    fn what_stands_often_has_a_letter_in_markup_and_style() {
        let cells = "<td class=\"number total\">1</td>".repeat(400) + "<td class=\"rare\">2</td><p class=\"paragraph\">3</p>";
        let style = ".z{}.number,.number-one{margin:.5em}td.number.total{}";
        let short = short(std::iter::once(pieces(&cells).as_slice()), style);
        assert_eq!(short, [("number", "y"), ("total", "x")].map(|(a, b)| (a.to_owned(), b.to_owned())).into());
        assert_eq!(restyled(style, &short), ".z{}.y,.number-one{margin:.5em}td.y.x{}");
        assert_eq!(renamed("number rare", &short), "y rare");
    }
}
