//! Readings above characters: `{漢字|かんじ}`, `{電子|でん|し}`, with a full-width bar inside tables: `{漢字｜かんじ}`.

use super::html::Html;
use super::wide::is_wide;

/// A piece of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Segment<'a> {
    /// Words without readings.
    Plain(&'a str),
    /// Characters, each group with its reading.
    Ruby(Vec<(&'a str, &'a str)>),
}

/// A text in pieces. Braces that are no ruby stay as they are.
pub(super) fn segments(text: &str) -> Vec<Segment<'_>> {
    let mut found = Vec::new();
    let (mut plain, mut from) = (0, 0);
    while let Some(open) = text[from..].find('{').map(|index| from + index) {
        let inner = open + 1;
        let Some(close) = text[inner..].find(['{', '}']).map(|index| inner + index) else { break };
        match pairs(&text[inner..close]).filter(|_| text[close..].starts_with('}')) {
            Some(pairs) => {
                if plain < open {
                    found.push(Segment::Plain(&text[plain..open]));
                }
                found.push(Segment::Ruby(pairs));
                plain = close + 1;
                from = plain;
            }
            None => from = close,
        }
    }
    if plain < text.len() {
        found.push(Segment::Plain(&text[plain..]));
    }
    found
}

/// One reading for all, or one for each character; the characters must be wide, so that `{a|b}` stays.
fn pairs(inner: &str) -> Option<Vec<(&str, &str)>> {
    let mut parts = inner.split(['|', '｜']);
    let base = parts.next().filter(|base| base.chars().any(is_wide))?;
    let readings: Vec<&str> = parts.collect();
    if readings.is_empty() || readings.iter().any(|reading| reading.trim().is_empty()) {
        return None;
    }
    if let [reading] = readings.as_slice() {
        return Some(vec![(base, reading)]);
    }
    let characters: Vec<&str> = base.char_indices().map(|(index, char)| &base[index..index + char.len_utf8()]).collect();
    (characters.len() == readings.len()).then(|| characters.into_iter().zip(readings).collect())
}

/// Writes a text with its readings.
pub(super) fn push(html: &mut Html, text: &str) {
    for segment in segments(text) {
        match segment {
            Segment::Plain(words) => html.push_text(words),
            Segment::Ruby(pairs) => {
                html.push_markup("<ruby>");
                for (base, reading) in pairs {
                    html.push_text(base);
                    html.push_markup("<rp>(</rp><rt>");
                    html.push_text(reading);
                    html.push_markup("</rt><rp>)</rp>");
                }
                html.push_markup("</ruby>");
            }
        }
    }
}

/// The text without its readings.
pub(super) fn base(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for segment in segments(text) {
        match segment {
            Segment::Plain(words) => plain.push_str(words),
            Segment::Ruby(pairs) => plain.extend(pairs.into_iter().map(|(base, _)| base)),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_set_and_other_braces_stay() {
        for (text, expected) in [
            ("{漢字|かんじ}", "<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>"),
            ("{漢字｜かんじ}の", "<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>の"),
            ("{電子|でん|し}", "<ruby>電<rp>(</rp><rt>でん</rt><rp>)</rp>子<rp>(</rp><rt>し</rt><rp>)</rp></ruby>"),
            ("{自律|<b>}", "<ruby>自律<rp>(</rp><rt>&lt;b&gt;</rt><rp>)</rp></ruby>"),
            ("{a|b} {漢字} {漢字|} {|x} {漢|字|x} {漢", "{a|b} {漢字} {漢字|} {|x} {漢|字|x} {漢"),
            ("{{漢|かん}}", "{<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>}"),
        ] {
            let mut html = Html::default();
            push(&mut html, text);
            assert_eq!(html.as_str(), expected);
        }
        assert_eq!(base("これは{漢字|かんじ}です"), "これは漢字です");
    }
}
