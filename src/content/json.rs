//! JSON as a tree of located nodes, like YAML: whoever reads a file of another program can say where in it something stands.

use super::yaml::{Key, Node, Value};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use std::sync::Arc;

/// The deepest nesting that is read.
const DEEPEST: u32 = 64;

/// Reads a document; scalars are texts as they are written, without their quotation marks.
///
/// `None` means that it is no JSON, and that a diagnostic says where it stops being so.
pub fn parse(file: &Arc<str>, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = Reader { file, rest: text, line: 1, column: 1, depth: 0 };
    let node = reader.value();
    reader.space();
    match node {
        Some(node) if reader.rest.is_empty() => Some(node),
        _ => {
            let place = reader.place();
            diagnostics.push(Diagnostic::error(
                code::JSON,
                place,
                "ここから JSON として読めません。",
                "From here on this cannot be read as JSON.",
            ));
            None
        }
    }
}

struct Reader<'a> {
    file: &'a Arc<str>,
    rest: &'a str,
    line: u32,
    column: u32,
    depth: u32,
}

impl Reader<'_> {
    fn place(&self) -> Place {
        Place::new(self.file, self.line, self.column, 1)
    }

    fn next(&mut self) -> Option<char> {
        let char = self.rest.chars().next()?;
        self.rest = &self.rest[char.len_utf8()..];
        if char == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(char)
    }

    fn space(&mut self) {
        while self.rest.starts_with([' ', '\n', '\r', '\t']) {
            self.next();
        }
    }

    fn takes(&mut self, sign: char) -> bool {
        self.space();
        let found = self.rest.starts_with(sign);
        if found {
            self.next();
        }
        found
    }

    fn value(&mut self) -> Option<Node> {
        self.space();
        let place = self.place();
        let value = match self.rest.chars().next()? {
            '{' | '[' if self.depth >= DEEPEST => return None,
            '{' => {
                self.depth += 1;
                let entries = self.entries()?;
                self.depth -= 1;
                Value::Map(entries)
            }
            '[' => {
                self.depth += 1;
                let items = self.items()?;
                self.depth -= 1;
                Value::List(items)
            }
            '"' => Value::Scalar(self.text()?),
            _ => self.word()?,
        };
        Some(Node { place, value })
    }

    fn entries(&mut self) -> Option<Vec<(Key, Node)>> {
        let mut entries = Vec::new();
        self.takes('{');
        if self.takes('}') {
            return Some(entries);
        }
        loop {
            self.space();
            let place = self.place();
            let text = self.text()?;
            if !self.takes(':') {
                return None;
            }
            let node = self.value()?;
            entries.push((Key { text, place }, node));
            if self.takes('}') {
                return Some(entries);
            }
            if !self.takes(',') {
                return None;
            }
        }
    }

    fn items(&mut self) -> Option<Vec<Node>> {
        let mut items = Vec::new();
        self.takes('[');
        if self.takes(']') {
            return Some(items);
        }
        loop {
            items.push(self.value()?);
            if self.takes(']') {
                return Some(items);
            }
            if !self.takes(',') {
                return None;
            }
        }
    }

    fn text(&mut self) -> Option<String> {
        if !self.rest.starts_with('"') {
            return None;
        }
        // The escapes are known to a reader that has no places
        let mut end = None;
        let mut escaped = false;
        for (at, char) in self.rest.char_indices().skip(1) {
            match char {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => {
                    end = Some(at + 1);
                    break;
                }
                _ => {}
            }
        }
        let text: String = serde_json::from_str(self.rest.get(..end?)?).ok()?;
        let left = self.rest.len() - end?;
        while self.rest.len() > left {
            self.next();
        }
        Some(text)
    }

    fn word(&mut self) -> Option<Value> {
        let end = self.rest.find([',', ']', '}', ' ', '\n', '\r', '\t']).unwrap_or(self.rest.len());
        let word = self.rest.get(..end)?.to_owned();
        let read: serde_json::Value = serde_json::from_str(&word).ok()?;
        for _ in word.chars() {
            self.next();
        }
        Some(if read.is_null() { Value::Null } else { Value::Scalar(word) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<Node>, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        (parse(&"a.json".into(), text, &mut diagnostics), diagnostics)
    }

    #[test]
    fn everything_knows_its_place() {
        let (node, _) = read("\u{FEFF}{\n \"a\": [1, -2.50, true, null],\n\t\"日本\": {\"b\": \"x\\n\\ud83d\\ude00\"}}\n");
        let node = node.expect("JSON");
        let list = node.get("a").expect("a list");
        assert_eq!((list.place.line, list.place.column), (2, 7));
        let words: Vec<Option<&str>> = list.items().iter().map(Node::scalar).collect();
        assert_eq!(words, [Some("1"), Some("-2.50"), Some("true"), None]);
        let inner = node.get("日本").and_then(|node| node.get("b")).expect("a text");
        assert_eq!((inner.scalar(), inner.place.line, inner.place.column), (Some("x\n😀"), 3, 14));
    }

    #[test]
    fn what_is_no_json_says_where() {
        let deep = "[".repeat(100);
        for text in ["", "{", "{\"a\" 1}", "[1,]", "{a: 1}", "[1] 2", "\"\\x\"", "[01]", "{\"a\": nope}", &deep] {
            let (node, diagnostics) = read(text);
            assert!(node.is_none() && diagnostics.has_errors(), "{text}");
        }
    }
}
