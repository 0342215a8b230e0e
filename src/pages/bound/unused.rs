//! Rules of style sheets that nothing in the one file answers to: left out.

use super::markup::{Piece, pieces};
use std::collections::BTreeSet;

/// The classes of everything in a page.
pub(super) fn classes(html: &str) -> BTreeSet<&str> {
    let tags = pieces(html).into_iter().filter_map(|piece| if let Piece::Tag(tag) = piece { tag.get("class") } else { None });
    tags.flat_map(str::split_ascii_whitespace).collect()
}

/// A style without the selectors that ask for a class which is not among those that are used, and without what is empty then.
pub(super) fn without_unused(style: &str, used: &BTreeSet<&str>) -> String {
    let mut out = String::with_capacity(style.len());
    let mut rest = style;
    while let Some(open) = outside_quotes(rest, |char, _| matches!(char, '{' | ';')) {
        let head = rest.get(..open).unwrap_or_default().trim();
        if rest[open..].starts_with(';') {
            out.push_str(head);
            out.push(';');
            rest = &rest[open + 1..];
            continue;
        }
        let body = &rest[open + 1..];
        let close = outside_quotes(body, |char, depth| char == '}' && depth == 0).unwrap_or(body.len());
        rest = body.get(close + 1..).unwrap_or_default();
        let body = &body[..close];
        let nested = ["@media", "@supports", "@container"].iter().any(|at| head.starts_with(at));
        let (head, body) = match (nested, head.starts_with('@')) {
            (true, _) => (head.to_owned(), without_unused(body, used)),
            (_, true) => (head.to_owned(), body.to_owned()),
            _ => (selectors(head).into_iter().filter(|one| is_alive(one, used)).collect::<Vec<_>>().join(","), body.to_owned()),
        };
        if !head.is_empty() && !body.trim().is_empty() {
            out.push_str(&head);
            out.push('{');
            out.push_str(&body);
            out.push('}');
        }
    }
    out.push_str(rest.trim());
    out
}

/// The first place outside of quotation marks where `ends` holds, with how deep in braces it is.
fn outside_quotes(text: &str, ends: impl Fn(char, usize) -> bool) -> Option<usize> {
    let (mut quote, mut depth, mut escaped) = (None, 0_usize, false);
    for (at, char) in text.char_indices() {
        match quote {
            _ if escaped => escaped = false,
            _ if char == '\\' => escaped = true,
            Some(open) if open == char => quote = None,
            Some(_) => {}
            None if ends(char, depth) => return Some(at),
            None if matches!(char, '"' | '\'') => quote = Some(char),
            None if char == '{' => depth += 1,
            None if char == '}' => depth = depth.saturating_sub(1),
            None => {}
        }
    }
    None
}

/// The parts of a list that no bracket holds together.
fn selectors(list: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut from) = (Vec::new(), 0_usize, 0);
    for (at, char) in list.char_indices() {
        match char {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(list[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(list[from..].trim());
    parts
}

/// Whether every class that it asks for outside of brackets is used.
fn is_alive(selector: &str, used: &BTreeSet<&str>) -> bool {
    let mut depth = 0_usize;
    selector.char_indices().all(|(at, char)| {
        match char {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '.' if depth == 0 => {
                let rest = &selector[at + 1..];
                let end = rest.find(|char: char| !(char.is_alphanumeric() || matches!(char, '-' | '_' | '\\'))).unwrap_or(rest.len());
                // Escaped names are nobody's of ours: let them be
                return rest[..end].contains('\\') || used.contains(&rest[..end]);
            }
            _ => {}
        }
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nothing_answers_to_goes_and_all_else_stays() {
        let used = classes("<p class=\"a b\"><i class=c></i></p><style>.x{}</style>");
        assert_eq!(used, ["a", "b", "c"].into());
        for (style, expected) in [
            ("p{margin:0}.a{x:y}", "p{margin:0}.a{x:y}"),
            (".gone{x:y}.a,.gone b,.a.c{x:y}", ".a,.a.c{x:y}"),
            (".a:not(.gone,.x){x:y}:is(.a,.gone) p{x:y}", ".a:not(.gone,.x){x:y}:is(.a,.gone) p{x:y}"),
            ("@media print{.gone{x:y}}@media print{.a{x:y}.gone{x:y}}", "@media print{.a{x:y}}"),
            ("@keyframes k{12.5%{x:y}}@page{margin:1cm}", "@keyframes k{12.5%{x:y}}@page{margin:1cm}"),
            ("@charset \"utf-8\";.a::after{content:\"}.gone{\"}", "@charset \"utf-8\";.a::after{content:\"}.gone{\"}"),
            (".a[href=\".gone\"]{x:y}.gone-1{x:y}.a{}", ".a[href=\".gone\"]{x:y}"),
            (".a{b:url(data:x;base64,AA==)}", ".a{b:url(data:x;base64,AA==)}"),
        ] {
            assert_eq!(without_unused(style, &used), expected);
        }
    }
}
