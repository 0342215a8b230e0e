//! A drawing of a page taken apart: what it looks like, and what it draws. Written by `charts::svg`, so its few elements are known;
//! a drawing with others is left as it is.

use super::attribute;
use super::markup::{Piece, Tag};
use std::fmt::Write as _;

/// Attributes that say how a mark looks, not where it is.
const LOOKS: [&str; 7] = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight", "text-anchor"];

/// The id of the pattern that all drawings share.
pub(super) const HATCH: &str = "h-";

/// A mark: how it looks, as rules of a style sheet, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Drawn {
    pub look: String,
    pub shape: Shape,
}

/// What a mark is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// The inside of `<text>`: its place as attributes, its words.
    Text(String, String),
    /// The attributes of a `<circle>`.
    Circle(String),
    /// What a `<path>` draws.
    Path(String),
}

/// A drawing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Drawing {
    /// What it says about itself, where nothing beside it does.
    pub title: String,
    /// Its marks, hindmost first.
    pub marks: Vec<Drawn>,
    /// The pattern that it hatches with, as markup.
    pub hatch: Option<String>,
}

/// The marks of a drawing, from its opening tag to its closing one; `None`: there is something in it that we do not know.
#[must_use]
pub(super) fn drawing(pieces: &[Piece<'_>]) -> Option<Drawing> {
    let mut made = Drawing::default();
    let mut rest = pieces.get(1..pieces.len().saturating_sub(1)).unwrap_or_default();
    while let Some((piece, after)) = rest.split_first() {
        rest = after;
        let Piece::Tag(tag) = piece else { return None };
        match tag.name {
            "g" if tag.closing || tag.attributes.iter().all(|(name, _)| name.starts_with("data-") || *name == "aria-hidden") => {}
            "title" | "desc" => {
                if let Some(Piece::Text(words)) = rest.first() {
                    if tag.name == "title" && tag.get("id").is_some() {
                        (*words).clone_into(&mut made.title);
                    }
                    rest = rest.get(1..).unwrap_or_default();
                }
                rest = rest.get(1..).unwrap_or_default();
            }
            "defs" => {
                let end = rest.iter().position(|piece| matches!(piece, Piece::Tag(tag) if tag.name == "defs" && tag.closing))?;
                made.hatch = Some(pattern(rest.get(..end)?));
                rest = rest.get(end + 1..).unwrap_or_default();
            }
            "text" => {
                let words = if let Some(Piece::Text(words)) = rest.first() { *words } else { "" };
                rest = rest.get(1 + usize::from(!words.is_empty())..)?;
                made.marks.push(Drawn { look: look(tag), shape: text(tag, words)? });
            }
            _ => made.marks.push(Drawn { look: look(tag), shape: shape(tag)? }),
        }
    }
    Some(made)
}

/// A number as briefly as SVG allows: tenths, no zero before the point.
fn brief(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    let text = if tenths == 0.0 { "0".to_owned() } else { tenths.to_string() };
    match text.strip_prefix("0.") {
        Some(rest) => format!(".{rest}"),
        None => text.strip_prefix("-0.").map_or(text.clone(), |rest| format!("-.{rest}")),
    }
}

fn at(tag: &Tag<'_>, name: &str) -> Option<f64> {
    tag.get(name).unwrap_or("0").parse().ok()
}

/// Its look as rules: without the colours behind variables, which the one file has.
fn look(tag: &Tag<'_>) -> String {
    let mut rules = Vec::new();
    for name in LOOKS {
        let Some(value) = tag.get(name) else { continue };
        let value = match name {
            _ if value.starts_with("url(") => format!("url(#{HATCH})"),
            "font-size" => format!("{value}px"),
            _ => colour(value),
        };
        if (name, value.as_str()) != ("stroke-width", "1") {
            rules.push(format!("{name}:{value}"));
        }
    }
    rules.join(";")
}

/// A variable without the colour behind it.
fn colour(value: &str) -> String {
    let variable = value.strip_prefix("var(").and_then(|rest| rest.split([',', ')']).next());
    variable.map_or_else(|| value.to_owned(), |variable| format!("var({variable})"))
}

fn text(tag: &Tag<'_>, words: &str) -> Option<Shape> {
    // Words are centred on their place by 0.35 em; where the size is known, that is a place
    let size = at(tag, "font-size")?;
    let down = if tag.get("dy") == Some("0.35em") { 0.35 * size } else { 0.0 };
    let mut place = String::new();
    attribute::add(&mut place, "x", &brief(at(tag, "x")?));
    attribute::add(&mut place, "y", &brief(at(tag, "y")? + down));
    Some(Shape::Text(place, words.to_owned()))
}

fn shape(tag: &Tag<'_>) -> Option<Shape> {
    let n = |name: &str| at(tag, name);
    match tag.name {
        "circle" => {
            let mut place = String::new();
            for name in ["cx", "cy", "r"] {
                attribute::add(&mut place, name, &brief(n(name)?));
            }
            Some(Shape::Circle(place))
        }
        "rect" => {
            let (width, height) = (brief(n("width")?), brief(n("height")?));
            let back = if width == "0" { String::new() } else { format!("h-{width}") };
            Some(Shape::Path(format!("M{},{}h{width}v{height}{back}z", brief(n("x")?), brief(n("y")?))))
        }
        "line" => Some(Shape::Path(way(&[(n("x1")?, n("y1")?), (n("x2")?, n("y2")?)]))),
        "polyline" => {
            let points = tag.get("points")?.split(' ').map(|point| {
                let (x, y) = point.split_once(',')?;
                Some((x.parse().ok()?, y.parse().ok()?))
            });
            Some(Shape::Path(way(&points.collect::<Option<Vec<_>>>()?)))
        }
        "path" => Some(Shape::Path(tag.get("d")?.replace(' ', ","))),
        _ => None,
    }
}

/// Straight lines from point to point.
fn way(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    let mut before: Option<(String, String)> = None;
    for (x, y) in points.iter().map(|(x, y)| (brief(*x), brief(*y))) {
        let _ = match &before {
            None => write!(path, "M{x},{y}"),
            Some((_, same)) if *same == y => write!(path, "H{x}"),
            Some((same, _)) if *same == x => write!(path, "V{y}"),
            Some(_) => write!(path, "L{x},{y}"),
        };
        before = Some((x, y));
    }
    path
}

/// The pattern under the id that all drawings share.
fn pattern(pieces: &[Piece<'_>]) -> String {
    let mut out = String::new();
    for piece in pieces {
        let Piece::Tag(tag) = piece else { continue };
        out.push_str(if tag.closing { "</" } else { "<" });
        out.push_str(tag.name);
        for (name, value) in &tag.attributes {
            let value = if *name == "id" { HATCH.to_owned() } else { colour(value.unwrap_or_default()) };
            attribute::add(&mut out, name, &value);
        }
        out.push_str(if tag.alone { " />" } else { ">" });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::markup::pieces;
    use super::*;

    #[test]
    fn a_drawing_is_taken_apart() {
        let svg = "<svg><title id=\"t\">Head</title><desc id=\"d\">long</desc><g aria-hidden=\"true\"><g data-row=\"a\"><title>a 1%</title>\
                   <rect x=\"0.5\" y=\"2\" width=\"10\" height=\"0.4\" fill=\"var(--d6,#123A5A)\"/>\
                   <line x1=\"1\" y1=\"-0.5\" x2=\"1\" y2=\"9\" stroke=\"var(--rule,#D8CFBC)\" stroke-width=\"1\"/>\
                   <polyline points=\"1,2 3,2 4,5\" fill=\"none\" stroke=\"url(#c-x-h)\" stroke-width=\"1.5\"/>\
                   <text x=\"0\" y=\"10\" dy=\"0.35em\" font-size=\"14\" text-anchor=\"end\">a &amp; b</text></g></g></svg>";
        let made = drawing(&pieces(svg)).expect("known");
        let path = |look: &str, d: &str| Drawn { look: look.to_owned(), shape: Shape::Path(d.to_owned()) };
        assert_eq!(made.title, "Head");
        assert_eq!(
            made.marks[..3],
            [
                path("fill:var(--d6)", "M.5,2h10v.4h-10z"),
                path("stroke:var(--rule)", "M1,-.5V9"),
                path("fill:none;stroke:url(#h-);stroke-width:1.5", "M1,2H3L4,5"),
            ]
        );
        let words = Shape::Text(" x=0 y=14.9".to_owned(), "a &amp; b".to_owned());
        assert_eq!(made.marks[3], Drawn { look: "font-size:14px;text-anchor:end".to_owned(), shape: words });
        for other in ["<svg><g transform=\"scale(2)\"></g></svg>", "<svg><image href=\"a\"/></svg>", "<svg>words</svg>"] {
            assert_eq!(drawing(&pieces(other)), None, "{other}");
        }
    }
}
