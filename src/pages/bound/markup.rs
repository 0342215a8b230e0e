//! The tags of a page that we have made ourselves: found again, to be moved and pointed elsewhere.

/// A tag as it stands in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// Its name.
    pub name: &'a str,
    /// It closes an element.
    pub closing: bool,
    /// It ends with `/>`.
    pub alone: bool,
    /// Names and values, as written.
    pub attributes: Vec<(&'a str, Option<&'a str>)>,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, as written.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(known, _)| *known == name).and_then(|(_, value)| *value)
    }

    /// Whether it has this class.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|all| all.split_ascii_whitespace().any(|one| one == class))
    }
}

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A tag.
    Tag(Tag<'a>),
    /// Everything else.
    Text(&'a str),
}

/// Elements whose inside is no markup.
const RAW: [&str; 2] = ["script", "style"];

/// The pieces of a page, in order.
#[must_use]
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            pieces.push(Piece::Text(&rest[..at]));
        }
        rest = &rest[at..];
        let named = rest[1..].trim_start_matches('/').starts_with(|char: char| char.is_ascii_alphabetic());
        let length = if rest.starts_with("<!--") { rest.find("-->").map_or(rest.len(), |at| at + 3) } else { tag_length(rest) };
        let (whole, after) = rest.split_at(length);
        rest = after;
        if !named {
            pieces.push(Piece::Text(whole));
            continue;
        }
        let tag = tag(whole);
        let raw = (!tag.closing && RAW.contains(&tag.name)).then_some(tag.name);
        pieces.push(Piece::Tag(tag));
        if let Some(name) = raw {
            let end = rest.find(&format!("</{name}")).unwrap_or(rest.len());
            if end > 0 {
                pieces.push(Piece::Text(&rest[..end]));
            }
            rest = &rest[end..];
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// Up to the `>` that is in no quotation marks.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, char) in text.char_indices() {
        match (quote, char) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(char),
            (Some(open), _) if open == char => quote = None,
            _ => {}
        }
    }
    text.len()
}

fn tag(whole: &str) -> Tag<'_> {
    let inner = whole.trim_start_matches('<').trim_end_matches('>');
    let closing = inner.starts_with('/');
    let inner = inner.trim_start_matches('/');
    let alone = inner.ends_with('/');
    let inner = if alone { &inner[..inner.len() - 1] } else { inner };
    let (name, mut rest) = inner.split_at(inner.find(|char: char| char.is_ascii_whitespace()).unwrap_or(inner.len()));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        let end = rest.find(|char: char| char.is_ascii_whitespace() || char == '=').unwrap_or(rest.len());
        if end == 0 {
            return Tag { name, closing, alone, attributes };
        }
        let (attribute, after) = rest.split_at(end);
        rest = after;
        let Some(value) = rest.strip_prefix('=') else {
            attributes.push((attribute, None));
            continue;
        };
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(|char: char| char.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        attributes.push((attribute, Some(value)));
        rest = after;
    }
}

/// The pieces from an element's opening tag to its closing one, both included; all that is left where it is never closed.
#[must_use]
pub(super) fn element<'p, 'a>(pieces: &'p [Piece<'a>], opens: impl Fn(&Tag<'a>) -> bool) -> Option<&'p [Piece<'a>]> {
    let first = pieces.iter().position(|piece| matches!(piece, Piece::Tag(tag) if !tag.closing && opens(tag)))?;
    let Some(Piece::Tag(Tag { name, .. })) = pieces.get(first) else { return None };
    let mut depth = 0_usize;
    for (at, piece) in pieces.iter().enumerate().skip(first) {
        match piece {
            Piece::Tag(tag) if tag.name == *name && !tag.closing && !tag.alone => depth += 1,
            Piece::Tag(tag) if tag.name == *name && tag.closing => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return pieces.get(first..=at);
                }
            }
            _ => {}
        }
    }
    pieces.get(first..)
}

/// The inside of an element.
#[must_use]
pub(super) fn inside<'p, 'a>(element: &'p [Piece<'a>]) -> &'p [Piece<'a>] {
    element.get(1..element.len().saturating_sub(1)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_with_what_they_say() {
        let html = "<!DOCTYPE html>a<p class=\"x y\" title='1 > 0' hidden>b</p><br/><!-- <p> --><style>p > a{}</style><3";
        let all = pieces(html);
        let tags: Vec<&Tag<'_>> = all.iter().filter_map(|piece| if let Piece::Tag(tag) = piece { Some(tag) } else { None }).collect();
        assert_eq!(tags.iter().map(|tag| tag.name).collect::<Vec<_>>(), ["p", "p", "br", "style", "style"]);
        assert_eq!(tags[0].get("title"), Some("1 > 0"));
        assert!(tags[0].has_class("y") && tags[0].attributes.contains(&("hidden", None)));
        assert!(all.contains(&Piece::Text("p > a{}")) && all.contains(&Piece::Text("<3")));
    }

    #[test]
    fn an_element_ends_where_it_is_closed() {
        let all = pieces("<nav>0</nav><div id=\"a\">1<div>2</div>3</div>4");
        let found = element(&all, |tag| tag.get("id") == Some("a")).expect("there");
        assert_eq!(inside(found).iter().filter(|piece| matches!(piece, Piece::Text(_))).count(), 3);
        assert_eq!(element(&all, |tag| tag.name == "main"), None);
    }
}
