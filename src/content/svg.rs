//! An SVG drawing with nothing but shapes: what could run, load or look otherwise elsewhere is a fault, what only an editor needs is
//! left out. The only user of the XML reader.

use super::svg_allowed::{ATTRIBUTES, ELEMENTS, LEFT_OUT, Why, is_inside, is_plain, why};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::fmt::Write as _;
use std::sync::Arc;

/// A drawing that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Svg {
    /// The drawing, written anew.
    pub text: String,
    /// Its width, in thousandths of its own unit.
    pub width: u64,
    /// Its height, in the same.
    pub height: u64,
}

/// How deep groups may stand in each other.
const DEEPEST: usize = 64;

/// Reads a drawing; `None` when it cannot be shown, which was said with line and column.
#[must_use]
pub fn clean(file: &Arc<str>, text: &str, diagnostics: &mut Diagnostics) -> Option<Svg> {
    let before = diagnostics.errors();
    let mut cleaner = Cleaner { file, text, diagnostics, out: String::new(), open: Vec::new(), passed: None, size: None };
    cleaner.run();
    let (size, out) = (cleaner.size, cleaner.out);
    if diagnostics.errors() > before {
        return None;
    }
    match size {
        Some((width, height)) => Some(Svg { text: out, width, height }),
        None => {
            diagnostics.push(
                Diagnostic::error(code::LOGO, Place::whole(file), "SVG の絵がありません。", "There is no SVG drawing here.")
                    .hint("ソフトから「SVG」で書き出し直してください。", "Export it as SVG once more."),
            );
            None
        }
    }
}

struct Cleaner<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    diagnostics: &'a mut Diagnostics,
    out: String,
    /// The elements that are open, whether written or not.
    open: Vec<String>,
    /// How many were open where something began that is left out.
    passed: Option<usize>,
    size: Option<(u64, u64)>,
}

impl Cleaner<'_> {
    fn run(&mut self) {
        let mut reader = Reader::from_str(self.text);
        loop {
            let start = position(reader.buffer_position());
            let event = reader.read_event();
            let place = self.place(start, position(reader.buffer_position()));
            match event {
                Ok(Event::Start(tag)) => self.start(&tag, start, place, false),
                Ok(Event::Empty(tag)) => self.start(&tag, start, place, true),
                Ok(Event::End(_)) => self.end(),
                Ok(Event::DocType(words)) if words.contains('[') => {
                    self.refuse(place, "DOCTYPE の定義", "definitions in DOCTYPE", Why::Runs);
                }
                Ok(Event::PI(_)) => self.refuse(place, "処理命令（<?…?>）", "a processing instruction (<?…?>)", Why::Loads),
                Ok(Event::Eof) if self.open.is_empty() => return,
                Ok(Event::Eof) => return self.broken(place),
                // Words outside of text elements are never seen
                Ok(_) => {}
                Err(_) => {
                    let at = position(reader.error_position());
                    let place = self.place(at, at + 1);
                    return self.broken(place);
                }
            }
            if self.open.len() > DEEPEST {
                let place = self.place(start, start + 1);
                return self.broken(place);
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, start: usize, place: Place, alone: bool) {
        let name = tag.name();
        let name = name.as_ref();
        let root = self.open.is_empty();
        if !alone {
            self.open.push(name.to_owned());
        }
        if self.passed.is_some() {
            return;
        }
        let left_out = LEFT_OUT.contains(&name) || name.contains(':');
        if left_out || !ELEMENTS.contains(&name) || (root && name != "svg") {
            if !left_out {
                let shown = format!("<{name}>");
                self.refuse(place, &shown, &shown, why(name));
            }
            self.passed = (!alone).then(|| self.open.len() - 1);
            return;
        }
        let mut attributes = self.attributes(tag, start, &place);
        if root {
            self.root(&mut attributes, &place);
        }
        let _ = write!(self.out, "<{name}");
        for (key, value) in attributes {
            let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
            let _ = write!(self.out, " {key}=\"{value}\"");
        }
        self.out.push_str(if alone { "/>" } else { ">" });
    }

    fn end(&mut self) {
        let Some(name) = self.open.pop() else { return };
        match self.passed {
            Some(depth) if self.open.len() == depth => self.passed = None,
            Some(_) => {}
            None => {
                let _ = write!(self.out, "</{name}>");
            }
        }
        if self.open.is_empty() {
            self.out.push('\n');
        }
    }

    /// The attributes that stay, with those of `style` beside them.
    fn attributes(&mut self, tag: &BytesStart<'_>, start: usize, place: &Place) -> Vec<(String, String)> {
        let mut kept: Vec<(String, String)> = Vec::new();
        let mut styles: Vec<(String, Place)> = Vec::new();
        for attribute in tag.attributes() {
            let Some((key, value)) = attribute
                .ok()
                .and_then(|one| Some((one.key.as_ref().to_owned(), one.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())))
            else {
                self.broken(place.clone());
                continue;
            };
            let at = self.text[start..].find(&format!("{key}=")).map_or(start, |offset| start + offset);
            let place = self.place(at, at + key.len());
            let key = key.as_str();
            if key.starts_with("on") {
                self.refuse(place, key, key, Why::Runs);
            } else if key == "href" || key == "xlink:href" {
                let gradient = tag.name().as_ref().ends_with("Gradient");
                if gradient && is_inside(&value) {
                    kept.push(("href".to_owned(), value));
                } else {
                    self.refuse(place, &value, &value, Why::Loads);
                }
            } else if key == "style" {
                styles.push((value, place));
            } else {
                self.keep(&mut kept, key, value.trim(), &place);
            }
        }
        // A style wins over an attribute, wherever it stands
        for (style, place) in styles {
            for (key, value) in style.split(';').filter_map(|one| one.split_once(':')) {
                self.keep(&mut kept, key.trim(), value.trim(), &place);
            }
        }
        kept
    }

    fn keep(&mut self, kept: &mut Vec<(String, String)>, key: &str, value: &str, place: &Place) {
        if !ATTRIBUTES.contains(&key) {
            return;
        }
        if !is_plain(value) {
            self.refuse(place.clone(), value, value, Why::Loads);
        } else if let Some(known) = kept.iter_mut().find(|(known, _)| known == key) {
            value.clone_into(&mut known.1);
        } else {
            kept.push((key.to_owned(), value.to_owned()));
        }
    }

    /// The first element has a name space and a box, and no size of its own.
    fn root(&mut self, attributes: &mut Vec<(String, String)>, place: &Place) {
        let get = |key: &str| attributes.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone());
        let side = |key: &str| get(key).and_then(|text| thousandths(text.trim_end_matches("px")));
        let own = get("viewBox").map(|text| text.replace(',', " "));
        let parts: Option<Vec<u64>> =
            own.as_ref().map(|text| text.split_ascii_whitespace().skip(2).filter_map(thousandths).collect::<Vec<u64>>());
        let size = match parts.as_deref() {
            Some([width, height]) => Some((*width, *height)),
            Some(_) => None,
            None => side("width").zip(side("height")),
        };
        let Some((width, height)) = size.filter(|(width, height)| *width > 0 && *height > 0) else {
            self.diagnostics.push(
                Diagnostic::error(code::LOGO, place.clone(), "SVG に大きさがありません。", "This SVG has no size.")
                    .hint("viewBox=\"0 0 幅 高さ\" のあるファイルで書き出します。", "Export it with viewBox=\"0 0 WIDTH HEIGHT\"."),
            );
            self.size = Some((1, 1));
            return;
        };
        self.size = Some((width, height));
        let view = own.unwrap_or_else(|| {
            let side = |key: &str| get(key).unwrap_or_default().trim_end_matches("px").to_owned();
            format!("0 0 {} {}", side("width"), side("height"))
        });
        attributes.retain(|(key, _)| !["viewBox", "width", "height", "x", "y"].contains(&key.as_str()));
        attributes.insert(0, ("viewBox".to_owned(), view));
        attributes.insert(0, ("xmlns".to_owned(), "http://www.w3.org/2000/svg".to_owned()));
    }

    fn refuse(&mut self, place: Place, what_ja: &str, what_en: &str, why: Why) {
        let short = |text: &str| text.chars().take(60).collect::<String>();
        let (ja, en) = (short(what_ja), short(what_en));
        let fault = Diagnostic::error(
            code::LOGO,
            place,
            format!("ロゴの SVG に「{ja}」は使えません。"),
            format!("“{en}” cannot stand in the SVG of a logo."),
        );
        let (ja, en) = match why {
            Why::Runs => ("動く部分のない、図形だけの SVG で書き出します。", "Export an SVG of shapes alone, with nothing that runs."),
            Why::Loads => (
                "外のファイルや埋め込んだ画像を使わず、図形だけで書き出します。",
                "Export shapes alone, without other files and pictures inside.",
            ),
            Why::Words => (
                "文字はアウトライン（図形）に変えてから書き出します。書体は、開くパソコンごとに違うからです。",
                "Turn words into outlines before you export: every computer has other fonts.",
            ),
            Why::Styles => (
                "スタイルを「プレゼンテーション属性」にして書き出します（Illustrator では SVG オプションの「スタイル」）。",
                "Export styles as “presentation attributes” (in Illustrator: SVG options, Styling).",
            ),
            Why::Unknown => ("効果やシンボルを図形に変えてから書き出します。", "Turn effects and symbols into shapes before you export."),
        };
        self.diagnostics.push(fault.hint(ja, en));
    }

    fn broken(&mut self, place: Place) {
        self.diagnostics.push(
            Diagnostic::error(code::LOGO, place, "SVG がここから読めません。", "The SVG cannot be read from here on.")
                .hint("ソフトから「SVG」で書き出し直してください。", "Export it as SVG once more."),
        );
    }

    fn place(&self, start: usize, end: usize) -> Place {
        Place::of_bytes(self.file, self.text, start, end)
    }
}

fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// A number without a sign, in thousandths.
fn thousandths(text: &str) -> Option<u64> {
    let (whole, rest) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    if !whole.bytes().chain(rest.bytes()).all(|byte| byte.is_ascii_digit()) || whole.len() > 6 || (whole.is_empty() && rest.is_empty()) {
        return None;
    }
    let digits: String = rest.chars().chain("000".chars()).take(3).collect();
    format!("{whole}{digits}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Svg, Vec<String>> {
        let mut diagnostics = Diagnostics::new();
        let svg = clean(&"content/logo.svg".into(), text, &mut diagnostics);
        let said = diagnostics.sorted().iter().map(|one| format!("{}:{} {}", one.place.line, one.place.column, one.message.en)).collect();
        svg.ok_or(said)
    }

    #[test]
    fn shapes_stay_and_what_an_editor_keeps_goes() {
        let drawn = "<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"svg11.dtd\">\n<!-- Made with X -->\n\
                     <svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:inkscape=\"i\" width=\"120px\" height=\"40px\" viewBox=\"0 0 120 40.5\" \
                     inkscape:version=\"1\" class=\"a\"><title>A &amp; B</title><metadata><rdf:RDF><script>x</script></rdf:RDF></metadata>\
                     <inkscape:grid/><defs><linearGradient id=\"g\" xlink:href=\"#h\"/></defs>\
                     <g style=\"fill: #1b4f78; -inkscape-font: x; stroke:none\" fill=\"red\"><path d=\"M0 0h10z\" fill=\"url(#g)\" data-x=\"1\"/></g></svg>\n";
        let svg = read(drawn).expect("a drawing");
        assert_eq!((svg.width, svg.height), (120_000, 40_500));
        assert_eq!(
            svg.text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 40.5\"><defs><linearGradient id=\"g\" href=\"#h\"/></defs>\
             <g fill=\"#1b4f78\" stroke=\"none\"><path d=\"M0 0h10z\" fill=\"url(#g)\"/></g></svg>\n"
        );
        assert_eq!(read(&svg.text).as_ref(), Ok(&svg));
    }

    #[test]
    fn a_box_is_made_of_a_size() {
        let svg = read("<svg width=\"12\" height=\"8px\"><path d=\"M0 0\"/></svg>").expect("a drawing");
        assert!(svg.text.contains("viewBox=\"0 0 12 8\""), "{}", svg.text);
        for text in ["<svg/>", "<svg viewBox=\"0 0 0 8\"/>", "<svg viewBox=\"0 0 8\"/>", "<svg width=\"100%\" height=\"8\"/>"] {
            assert_eq!(read(text), Err(vec!["1:1 This SVG has no size.".to_owned()]), "{text}");
        }
    }

    #[test]
    fn nothing_runs_and_nothing_is_loaded() {
        for (inside, place, what) in [
            ("<script>alert(1)</script>", "2:1", "<script>"),
            ("<g>\n<foreignObject><p/></foreignObject></g>", "3:1", "<foreignObject>"),
            ("<image href=\"https://x.example/a.png\"/>", "2:1", "<image>"),
            ("<use href=\"#a\"/>", "2:1", "<use>"),
            ("<a href=\"https://x.example\"/>", "2:1", "<a>"),
            ("<style>@import 'x'</style>", "2:1", "<style>"),
            ("<text>A</text>", "2:1", "<text>"),
            ("<svg:script/><filter/>", "2:14", "<filter>"),
            ("<path d=\"M0\" onclick=\"x()\"/>", "2:14", "onclick"),
            ("<path fill=\"url(https://x.example/#a)\"/>", "2:7", "url(https://x.example/#a)"),
            ("<path style=\"fill:url(//x.example)\"/>", "2:7", "url(//x.example)"),
            ("<path fill=\"\\75rl(#a)\"/>", "2:7", "\\75rl(#a)"),
            ("<path fill=\"image-set(x)\"/>", "2:7", "image-set(x)"),
            ("<path fill=\"u&#114;l(//x)\"/>", "2:7", "url(//x)"),
            ("<linearGradient href=\"b.svg#c\"/>", "2:17", "b.svg#c"),
            ("<path xlink:href=\"javascript:x\"/>", "2:7", "javascript:x"),
        ] {
            let text = format!("<svg viewBox=\"0 0 4 4\">\n{inside}</svg>");
            assert_eq!(read(&text), Err(vec![format!("{place} “{what}” cannot stand in the SVG of a logo.")]), "{inside}");
        }
        let bomb = "<!DOCTYPE svg [<!ENTITY a \"b\">]>\n<svg viewBox=\"0 0 4 4\"/>";
        assert!(read(bomb).is_err_and(|said| said[0].starts_with("1:1 ")));
        let sheet = "<?xml-stylesheet href=\"https://x.example/a.css\"?><svg viewBox=\"0 0 4 4\"/>";
        assert!(read(sheet).is_err());
    }

    #[test]
    fn what_breaks_off_is_said() {
        for text in
            ["", "<html/>", "<svg viewBox=\"0 0 4 4\">", "<svg viewBox=\"0 0 4 4\"><g></svg>", "GIF89a", "<svg viewBox=\"0 0 4 4\" a=>"]
        {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(read(&format!("<svg viewBox=\"0 0 4 4\">{}", "<g>".repeat(100_000))).is_err());
    }
}
