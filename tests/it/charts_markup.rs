//! A small strict reader of SVG for the tests of charts, and the boxes of its texts.

use shirube::charts::text_width;

/// An element with its attributes and its own text.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) text: String,
    /// How deep it lies; the root is 0.
    pub(super) depth: usize,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.attribute(name)?.parse().ok()
    }
}

/// Reads XML strictly: tags closed in order, attributes quoted and not repeated, entities known, no forbidden characters.
pub(super) fn elements(xml: &str) -> Result<Vec<Element>, String> {
    let mut found: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = xml.trim_end();
    if let Some(bad) = xml.chars().find(|character| (character.is_control() && *character != '\n') || *character as u32 & 0xFFFE == 0xFFFE)
    {
        return Err(format!("forbidden character {bad:?}"));
    }
    while let Some(start) = rest.find('<') {
        let text = unescape(&rest[..start])?;
        match open.last() {
            Some(index) => found[*index].text.push_str(&text),
            None if !text.trim().is_empty() => return Err(format!("text outside: {text}")),
            None if !found.is_empty() => return Err("a second root".to_owned()),
            None => {}
        }
        let end = start + rest[start..].find('>').ok_or("a tag without end")?;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let index = open.pop().ok_or("closed too often")?;
            if found[index].name != name {
                return Err(format!("</{name}> closes <{}>", found[index].name));
            }
            continue;
        }
        let (tag, closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let element = Element { depth: open.len(), ..read_tag(tag)? };
        found.push(element);
        if !closed {
            open.push(found.len() - 1);
        }
    }
    if let Some(index) = open.last() {
        return Err(format!("<{}> is not closed", found[*index].name));
    }
    if !rest.trim().is_empty() || found.is_empty() {
        return Err(format!("text after the root: {rest}"));
    }
    Ok(found)
}

fn read_tag(tag: &str) -> Result<Element, String> {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    if name.is_empty() || !name.chars().all(|character| character.is_ascii_alphanumeric()) {
        return Err(format!("bad name {name:?}"));
    }
    let mut attributes: Vec<(String, String)> = Vec::new();
    while !rest.trim().is_empty() {
        let (name, after) = rest.trim_start().split_once("=\"").ok_or_else(|| format!("bad attributes {rest:?}"))?;
        let (value, after) = after.split_once('"').ok_or_else(|| format!("open quotation mark in {rest:?}"))?;
        if attributes.iter().any(|(known, _)| known == name) {
            return Err(format!("{name} twice"));
        }
        attributes.push((name.to_owned(), unescape(value)?));
        rest = after;
    }
    Ok(Element { name: name.to_owned(), attributes, ..Element::default() })
}

fn unescape(text: &str) -> Result<String, String> {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        let end = rest[at..].find(';').ok_or_else(|| format!("bare & in {text:?}"))? + at;
        plain.push(match &rest[at..=end] {
            "&amp;" => '&',
            "&lt;" => '<',
            "&gt;" => '>',
            "&quot;" => '"',
            "&#39;" => '\'',
            other => return Err(format!("unknown entity {other}")),
        });
        rest = &rest[end + 1..];
    }
    plain.push_str(rest);
    Ok(plain)
}

/// The elements within groups of this data attribute and value, the groups themselves among them.
pub(super) fn inside<'a>(elements: &'a [Element], name: &str, value: &str) -> Vec<&'a Element> {
    let name = format!("data-{name}");
    let mut found = Vec::new();
    let mut depth = None;
    for element in elements {
        if depth.is_some_and(|depth| element.depth <= depth) {
            depth = None;
        }
        if depth.is_none() && element.attribute(&name) == Some(value) {
            depth = Some(element.depth);
        }
        if depth.is_some() {
            found.push(element);
        }
    }
    found
}

/// Where a text stands, as far as em widths tell.
#[derive(Debug, Clone)]
pub(super) struct Box2 {
    pub(super) words: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Box2 {
    /// Whether it covers another by more than a pixel.
    pub(super) fn covers(&self, other: &Box2) -> bool {
        self.left + 1.0 < other.right && other.left + 1.0 < self.right && self.top + 1.0 < other.bottom && other.top + 1.0 < self.bottom
    }
}

/// The boxes of all texts: their em widths with the spare, a line of 1.1 em around the middle.
pub(super) fn texts(elements: &[Element]) -> Vec<Box2> {
    let texts = elements.iter().filter(|element| element.name == "text");
    texts
        .map(|element| {
            let number = |name: &str| element.number(name).unwrap_or(0.0);
            let (x, y, size) = (number("x"), number("y"), number("font-size"));
            let width = text_width(&element.text, size, element.attribute("font-weight").is_some());
            let left = match element.attribute("text-anchor") {
                Some("middle") => x - width / 2.0,
                Some("end") => x - width,
                _ => x,
            };
            let half = size * 0.55;
            Box2 { words: element.text.clone(), left, right: left + width, top: y - half, bottom: y + half }
        })
        .collect()
}

/// The fields of a line of CSV.
pub(super) fn csv_fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        let field = fields.last_mut().expect("there is always one");
        match (character, quoted) {
            ('"', true) if characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            ('"', _) => quoted = !quoted,
            (',', false) => fields.push(String::new()),
            (other, _) => field.push(other),
        }
    }
    fields
}
