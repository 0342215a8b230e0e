//! The one writer of SVG: for a page with colours as CSS variables, for a file with plain values.

use super::palette::Token;
use super::scene::{Anchor, Mark, Paint, Scene, Step, Stroke};
use super::text;
use crate::language::Language;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The gothic font stack of Japanese and English files; pages set their own by style sheet.
const FONTS_JA: &str = "Hiragino Sans,Noto Sans JP,BIZ UDPGothic,Noto Sans CJK JP,Meiryo,system-ui,sans-serif";
const FONTS_EN: &str = "Segoe UI,Roboto,Helvetica Neue,Noto Sans CJK JP,sans-serif";

/// Markup of a drawing that may go into a page as it is: only this folder makes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Svg {
    markup: String,
    /// Height over width.
    tall: f64,
}

impl Svg {
    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.markup
    }

    /// How many times its width it is high.
    #[must_use]
    pub fn tall(&self) -> f64 {
        self.tall
    }

    /// The markup, handed over.
    #[must_use]
    pub fn into_string(self) -> String {
        self.markup
    }
}

impl std::fmt::Display for Svg {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.markup)
    }
}

/// What a drawing says about itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head<'a> {
    /// Id of its exhibit.
    pub exhibit: &'a str,
    /// `wide`, `narrow` or `file`: with the exhibit's id it makes ids that are unique in a page.
    pub variant: &'static str,
    /// The title, read first.
    pub title: &'a str,
    /// The description, read after it.
    pub description: &'a str,
    /// Its language.
    pub language: Language,
}

/// Writes a drawing for a page: colours are CSS variables with the light value behind them.
#[must_use]
pub(super) fn for_page(scene: &Scene, head: &Head<'_>) -> Svg {
    Svg { markup: Writer::new(head, false).drawing(scene), tall: scene.height / scene.width }
}

/// Writes a drawing for a file: plain colours on white, fonts named, stands by itself.
#[must_use]
pub(super) fn for_file(scene: &Scene, head: &Head<'_>) -> String {
    Writer::new(head, true).drawing(scene)
}

/// An id that is safe in HTML, CSS and URLs: letters, digits, hyphens, begins with a letter.
#[must_use]
pub(super) fn safe_id(id: &str) -> String {
    let mut safe = String::from("c-");
    for character in id.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => safe.push(character),
            other => {
                let _ = write!(safe, "-{:x}-", other as u32);
            }
        }
    }
    safe
}

struct Writer<'a> {
    out: String,
    head: &'a Head<'a>,
    id: String,
    flat: bool,
}

impl<'a> Writer<'a> {
    fn new(head: &'a Head<'a>, flat: bool) -> Writer<'a> {
        Writer { out: String::new(), head, id: format!("{}-{}", safe_id(head.exhibit), head.variant), flat }
    }

    fn drawing(mut self, scene: &Scene) -> String {
        let (id, head) = (self.id.clone(), self.head);
        let (width, height) = (number(scene.width), number(scene.height));
        self.out.push_str("<svg");
        if self.flat {
            let (fonts, language) = match head.language {
                Language::Japanese => (FONTS_JA, "ja"),
                Language::English => (FONTS_EN, "en"),
            };
            let _ = write!(self.out, " xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"{language}\" font-family=\"{fonts}\"");
        } else {
            let _ = write!(self.out, " class=\"chart chart-{}\"", head.variant);
        }
        let _ = write!(
            self.out,
            " role=\"img\" aria-labelledby=\"{id}-t {id}-d\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">"
        );
        let _ = write!(self.out, "<title id=\"{id}-t\">{}</title>", escape(head.title));
        let _ = write!(self.out, "<desc id=\"{id}-d\">{}</desc>", escape(head.description));
        let mut hatched = BTreeSet::new();
        find_hatch(&scene.marks, &mut hatched);
        if !hatched.is_empty() {
            self.hatch();
        }
        self.out.push_str("<g aria-hidden=\"true\">");
        for mark in &scene.marks {
            self.mark(mark);
        }
        self.out.push_str("</g></svg>");
        if self.flat {
            self.out.push('\n');
        }
        self.out
    }

    fn hatch(&mut self) {
        let paper = self.colour(Token::Paper);
        let edge = self.colour(Token::Edge);
        let _ = write!(
            self.out,
            "<defs><pattern id=\"{}-h\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
             <rect width=\"7\" height=\"7\" fill=\"{paper}\"/><path d=\"M0.5 0V7\" stroke=\"{edge}\" stroke-width=\"1\"/></pattern></defs>",
            self.id
        );
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Rect { x, y, width, height, fill, stroke } => {
                let _ = write!(
                    self.out,
                    "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
                    number(*x),
                    number(*y),
                    number(width.max(0.0)),
                    number(height.max(0.0))
                );
                self.look(*fill, *stroke);
            }
            Mark::Line { points, stroke } => {
                if let [(x1, y1), (x2, y2)] = points[..] {
                    let _ =
                        write!(self.out, "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"", number(x1), number(y1), number(x2), number(y2));
                    self.stroke(*stroke);
                    self.out.push_str("/>");
                } else {
                    let list: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect();
                    let _ = write!(self.out, "<polyline points=\"{}\"", list.join(" "));
                    self.look(None, Some(*stroke));
                }
            }
            Mark::Path { steps, fill, stroke } => {
                let _ = write!(self.out, "<path d=\"{}\"", path(steps));
                self.look(*fill, *stroke);
            }
            Mark::Circle { x, y, radius, fill, stroke } => {
                let _ = write!(self.out, "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"", number(*x), number(*y), number(radius.max(0.0)));
                self.look(*fill, *stroke);
            }
            Mark::Text { x, y, text, size, bold, anchor, paint } => {
                let _ = write!(self.out, "<text x=\"{}\" y=\"{}\" dy=\"0.35em\" font-size=\"{}\"", number(*x), number(*y), number(*size));
                if *bold {
                    self.out.push_str(" font-weight=\"700\"");
                }
                match anchor {
                    Anchor::Start => {}
                    Anchor::Middle => self.out.push_str(" text-anchor=\"middle\""),
                    Anchor::End => self.out.push_str(" text-anchor=\"end\""),
                }
                let colour = self.paint(*paint);
                let _ = write!(self.out, " fill=\"{colour}\">{}</text>", escape(text));
            }
            Mark::Group { data, title, marks } => {
                self.out.push_str("<g");
                for (name, value) in data {
                    let _ = write!(self.out, " data-{name}=\"{}\"", escape(value));
                }
                self.out.push('>');
                if let Some(title) = title {
                    let _ = write!(self.out, "<title>{}</title>", escape(title));
                }
                for mark in marks {
                    self.mark(mark);
                }
                self.out.push_str("</g>");
            }
        }
    }

    /// The fill and the outline, and the end of an element that holds nothing.
    fn look(&mut self, fill: Option<Paint>, stroke: Option<Stroke>) {
        match fill {
            Some(paint) => {
                let colour = self.paint(paint);
                let _ = write!(self.out, " fill=\"{colour}\"");
            }
            None => self.out.push_str(" fill=\"none\""),
        }
        if let Some(stroke) = stroke {
            self.stroke(stroke);
        }
        self.out.push_str("/>");
    }

    fn stroke(&mut self, stroke: Stroke) {
        let colour = self.paint(stroke.paint);
        let _ = write!(self.out, " stroke=\"{colour}\" stroke-width=\"{}\"", number(stroke.width));
        if let Some((dash, gap)) = stroke.dash {
            let _ = write!(self.out, " stroke-dasharray=\"{} {}\"", number(dash), number(gap));
        }
    }

    fn paint(&self, paint: Paint) -> String {
        match paint {
            Paint::Token(token) => self.colour(token),
            Paint::On(token) => {
                let light = token.on().map_or(Token::Ink.light(), |on| on.0);
                let name = if token.is_fill() { format!("on-{}", token.name()) } else { Token::Ink.name().to_owned() };
                if self.flat { light.to_owned() } else { format!("var(--{name},{light})") }
            }
            Paint::Hatch => format!("url(#{}-h)", self.id),
        }
    }

    /// A file has white paper: it is laid into other people's documents.
    fn colour(&self, token: Token) -> String {
        match (self.flat, token) {
            (true, Token::Paper) => "#FFFFFF".to_owned(),
            (true, _) => token.light().to_owned(),
            (false, _) => format!("var(--{},{})", token.name(), token.light()),
        }
    }
}

/// Collects whether anything is hatched; a set, so that more patterns can follow.
fn find_hatch(marks: &[Mark], found: &mut BTreeSet<&'static str>) {
    for mark in marks {
        match mark {
            Mark::Rect { fill: Some(Paint::Hatch), .. }
            | Mark::Path { fill: Some(Paint::Hatch), .. }
            | Mark::Circle { fill: Some(Paint::Hatch), .. } => {
                found.insert("hatch");
            }
            Mark::Group { marks, .. } => find_hatch(marks, found),
            _ => {}
        }
    }
}

fn path(steps: &[Step]) -> String {
    let mut text = String::new();
    for step in steps {
        let _ = match *step {
            Step::Move(x, y) => write!(text, "M{} {}", number(x), number(y)),
            Step::Line(x, y) => write!(text, "L{} {}", number(x), number(y)),
            Step::Curve([a, b, c, d, x, y]) => {
                write!(text, "C{} {} {} {} {} {}", number(a), number(b), number(c), number(d), number(x), number(y))
            }
            Step::Arc { radius, large, clockwise, x, y } => {
                let radius = number(radius);
                write!(text, "A{radius} {radius} 0 {} {} {} {}", u8::from(large), u8::from(clockwise), number(x), number(y))
            }
            Step::Close => write!(text, "Z"),
        };
    }
    text
}

/// A coordinate to the tenth, without needless zeros. Marks are finite already; what is not becomes 0 rather than bad markup.
fn number(value: f64) -> String {
    super::scene::tenth(value).unwrap_or(0.0).to_string()
}

/// Text as XML: what is not allowed goes, what has a meaning is escaped.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push(' '),
            other if text::allowed(other) => escaped.push(other),
            _ => {}
        }
    }
    escaped
}

/// A swatch for a legend: a small square with an outline, hatched where there is no colour.
#[must_use]
pub(super) fn swatch(fill: Option<Token>) -> Svg {
    let variable = |token: Token| format!("var(--{},{})", token.name(), token.light());
    let edge = variable(Token::Edge);
    let inside = variable(fill.unwrap_or(Token::Paper));
    let mut markup = format!(
        "<svg class=\"swatch\" aria-hidden=\"true\" viewBox=\"0 0 14 14\" width=\"14\" height=\"14\">\
         <rect x=\"0.5\" y=\"0.5\" width=\"13\" height=\"13\" fill=\"{inside}\" stroke=\"{edge}\"/>"
    );
    if fill.is_none() {
        let _ = write!(markup, "<path d=\"M1 9L9 1M1 13L13 1M5 13L13 5\" fill=\"none\" stroke=\"{edge}\"/>");
    }
    markup.push_str("</svg>");
    Svg { markup, tall: 1.0 }
}
