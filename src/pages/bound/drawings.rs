//! All drawings of the one file: looks become classes with one rule each, lines of one look one path, what repeats is drawn once.
//! Nothing that is seen is lost. What a pointer would read stands in the tables beside them.

use super::attribute;
use super::classes::is_taken;
use super::drawing::{Drawing, Drawn, Shape, drawing};
use super::markup::{Piece, Tag, element};
use super::repeats::shared;
use std::collections::BTreeMap;

/// The drawings of the pages, in order, and what they share.
#[derive(Debug, Default)]
pub(super) struct Drawings {
    /// By the page's path: title and inside of each; `None` where a drawing is left as it is.
    pages: BTreeMap<String, Vec<Option<(String, String)>>>,
    /// The rules of their classes.
    pub style: String,
    /// What they use.
    pub shared: String,
}

/// Whether a drawing begins here.
pub(super) fn is_drawing(tag: &Tag<'_>) -> bool {
    tag.name == "svg" && !tag.closing && (tag.has_class("chart") || tag.has_class("swatch"))
}

impl Drawings {
    /// The drawings of pages: paths and pieces. No class is called as one of `style` is.
    pub(super) fn of<'p, 'a: 'p>(pages: impl Iterator<Item = (&'p str, &'p [Piece<'a>])>, style: &str) -> Drawings {
        let mut found: Vec<(&str, Option<Drawing>)> = Vec::new();
        for (path, pieces) in pages {
            let starts = (0..pieces.len()).filter(|at| matches!(pieces.get(*at), Some(Piece::Tag(tag)) if is_drawing(tag)));
            found.extend(starts.map(|at| (path, element(pieces.get(at..).unwrap_or_default(), is_drawing).and_then(drawing))));
        }
        let marks: Vec<Vec<Drawn>> =
            found.iter().map(|(_, made)| made.as_ref().map(|made| joined(&made.marks)).unwrap_or_default()).collect();
        let classes = classes(marks.iter().flatten(), style);
        let written: Vec<Vec<String>> = marks.iter().map(|marks| marks.iter().map(|mark| written(mark, &classes)).collect()).collect();
        let repeats = shared(&written);
        let mut all = Drawings { style: rules(&classes), shared: repeats.defined, ..Drawings::default() };
        let hatch = found.iter().find_map(|(_, made)| made.as_ref().and_then(|made| made.hatch.clone()));
        all.shared.insert_str(0, &hatch.unwrap_or_default());
        for ((path, made), inside) in found.into_iter().zip(repeats.drawings) {
            all.pages.entry(path.to_owned()).or_default().push(made.map(|made| (made.title, inside)));
        }
        all
    }

    /// Title and inside of a page's drawing.
    pub(super) fn get(&self, path: &str, index: usize) -> Option<(&str, &str)> {
        let drawn = self.pages.get(path)?.get(index)?.as_ref()?;
        Some((&drawn.0, &drawn.1))
    }
}

/// Lines of one look become one path, where nothing but words stands between them: those stay on top.
fn joined(marks: &[Drawn]) -> Vec<Drawn> {
    let mut out: Vec<Drawn> = Vec::new();
    for mark in marks {
        if let Shape::Path(more) = &mark.shape {
            let before = out.iter_mut().rev().find(|mark| !matches!(mark.shape, Shape::Text(..)));
            let lines = mark.look.contains("fill:none") || !mark.look.contains("fill:");
            if let Some(Drawn { shape: Shape::Path(path), .. }) = before.filter(|before| lines && before.look == mark.look) {
                path.push_str(more);
                continue;
            }
        }
        out.push(mark.clone());
    }
    out
}

fn written(mark: &Drawn, classes: &BTreeMap<&str, String>) -> String {
    let mut class = String::new();
    if let Some(name) = classes.get(mark.look.as_str()) {
        attribute::add(&mut class, "class", name);
    }
    match &mark.shape {
        Shape::Text(place, words) => format!("<text{class}{place}>{words}</text>"),
        Shape::Circle(place) => format!("<circle{class}{place} />"),
        Shape::Path(path) => {
            let mut d = String::new();
            attribute::add(&mut d, "d", path);
            format!("<path{class}{d} />")
        }
    }
}

/// The classes of all looks, the most frequent with the shortest names.
fn classes<'a>(marks: impl Iterator<Item = &'a Drawn>, style: &str) -> BTreeMap<&'a str, String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for mark in marks.filter(|mark| !mark.look.is_empty()) {
        *counts.entry(&mark.look).or_default() += 1;
    }
    let mut looks: Vec<(&str, usize)> = counts.into_iter().collect();
    looks.sort_by_key(|(look, count)| (std::cmp::Reverse(*count), *look));
    let names = (0..).map(name).filter(|name| !is_taken(name, style));
    looks.into_iter().zip(names).map(|((look, _), name)| (look, name)).collect()
}

/// Small letters: a, b … z, aa, ab …
fn name(mut index: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + u8::try_from(index % 26).unwrap_or_default()));
        if index < 26 {
            break;
        }
        index = index / 26 - 1;
    }
    letters.iter().rev().collect()
}

fn rules(classes: &BTreeMap<&str, String>) -> String {
    classes.iter().map(|(look, name)| format!(".{name}{{{look}}}")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::markup::pieces;
    use super::*;

    #[test]
    fn looks_become_classes_and_lines_of_one_look_one_path() {
        let line = |x: u8| format!("<line x1=\"{x}\" y1=\"0\" x2=\"{x}\" y2=\"9\" stroke=\"var(--rule,#D8CFBC)\" stroke-width=\"1\"/>");
        let words = "<text x=\"1\" y=\"1\" dy=\"0.35em\" font-size=\"10\" fill=\"var(--ink,#211F1B)\">1</text>";
        let svg = format!(
            "<p><svg class=\"chart\"><title id=\"t\">T</title>{}{words}{}</svg><svg class=\"chart\"><image/></svg>",
            line(1),
            line(2)
        );
        let page = pieces(&svg);
        let all = Drawings::of([("a", page.as_slice())].into_iter(), ".a b{c:d}.bb{e:f}");
        assert_eq!(all.get("a", 0), Some(("T", "<path class=c d=M1,0V9M2,0V9 /><text class=b x=1 y=4.5>1</text>")));
        assert_eq!((all.get("a", 1), all.get("b", 0)), (None, None));
        assert_eq!(all.style, ".b{fill:var(--ink);font-size:10px}.c{stroke:var(--rule)}");
        assert_eq!([0, 25, 26, 701, 702].map(name), ["a", "z", "aa", "zz", "aaa"]);
    }
}
