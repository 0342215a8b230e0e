//! A Rust file as tokens that know their line and whether they belong to a test.
//!
//! Small on purpose: strings, comments, lifetimes and brackets are understood, grammar is not.

use std::collections::BTreeMap;
use std::path::Path;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Text,
    Sign,
}

/// One token of code; comments are kept apart.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) text: String,
    pub(crate) line: usize,
    pub(crate) test: bool,
    /// How many inline `mod x { … }` stand around it.
    pub(crate) inline: usize,
}

/// One source file: its path from `src/` on, its tokens, its comments by line.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) tokens: Vec<Token>,
    pub(crate) comments: BTreeMap<usize, String>,
    /// The children it declares, in order, and those that exist for tests only.
    pub(crate) children: Vec<String>,
    pub(crate) test_children: Vec<String>,
}

impl Source {
    /// Reads one file's text.
    pub(crate) fn new(path: &str, text: &str) -> Source {
        let (mut tokens, comments) = tokens(text);
        mark_tests(&mut tokens);
        mark_inline(&mut tokens);
        let mut children = Vec::new();
        let mut test_children = Vec::new();
        for at in 0..tokens.len() {
            if is(&tokens, at, "mod") && is(&tokens, at + 2, ";") {
                let name = tokens[at + 1].text.clone();
                if tokens[at].test { test_children.push(name) } else { children.push(name) }
            }
        }
        Source { path: path.to_owned(), tokens, comments, children, test_children }
    }

    /// `content/yaml.rs` is `["content", "yaml"]`, `content/mod.rs` is `["content"]`, `lib.rs` is `[]`.
    pub(crate) fn module(&self) -> Vec<String> {
        let stem = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        let mut parts: Vec<String> = stem.split('/').map(str::to_owned).collect();
        if parts.last().is_some_and(|last| last == "mod") || parts == ["lib"] {
            parts.pop();
        }
        parts
    }

    /// Whether this is a file that may hold declarations only.
    pub(crate) fn is_contents(&self) -> bool {
        self.path == "lib.rs" || self.path.ends_with("/mod.rs") || self.path == "mod.rs"
    }

    /// Whether the token at `at` reads `text`.
    pub(crate) fn is(&self, at: usize, text: &str) -> bool {
        is(&self.tokens, at, text)
    }

    /// Whether the tokens from `at` on read like `pattern`, its parts parted by spaces.
    pub(crate) fn reads(&self, at: usize, pattern: &str) -> bool {
        pattern.split(' ').enumerate().all(|(step, part)| self.is(at + step, part))
    }

    /// How many lines hold code that is no test.
    pub(crate) fn lines_of_code(&self) -> usize {
        let mut lines: Vec<usize> = self.tokens.iter().filter(|token| !token.test).map(|token| token.line).collect();
        lines.dedup();
        lines.len()
    }
}

/// All Rust files beneath `root`, sorted, with paths relative to it and `/` on every system.
pub(crate) fn read_all(root: &Path) -> Vec<(String, String)> {
    fn walk(folder: &Path, root: &Path, found: &mut Vec<(String, String)>) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        for entry in entries {
            let path = entry.expect("a folder entry").path();
            if path.is_dir() {
                walk(&path, root, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).expect("beneath the root").to_string_lossy().replace('\\', "/");
                found.push((name, std::fs::read_to_string(&path).expect("a readable UTF-8 source")));
            }
        }
    }
    let mut found = Vec::new();
    walk(root, root, &mut found);
    found.sort();
    found
}

fn is(tokens: &[Token], at: usize, text: &str) -> bool {
    tokens.get(at).is_some_and(|token| token.kind != Kind::Text && token.text == text)
}

fn tokens(text: &str) -> (Vec<Token>, BTreeMap<usize, String>) {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens: Vec<Token> = Vec::new();
    let mut comments: BTreeMap<usize, String> = BTreeMap::new();
    let (mut at, mut line) = (0, 1);
    let look = |at: usize| chars.get(at).copied().unwrap_or('\0');
    while at < chars.len() {
        let start = at;
        let first_line = line;
        let here = chars[at];
        let mut push = |kind: Kind, text: String| tokens.push(Token { kind, text, line: first_line, test: false, inline: 0 });
        if here == '\n' {
            line += 1;
            at += 1;
        } else if here.is_whitespace() {
            at += 1;
        } else if here == '/' && look(at + 1) == '/' {
            while at < chars.len() && chars[at] != '\n' {
                at += 1;
            }
            comments.entry(line).or_default().extend(&chars[start..at]);
        } else if here == '/' && look(at + 1) == '*' {
            let mut depth = 0;
            while at < chars.len() {
                if look(at) == '/' && look(at + 1) == '*' {
                    depth += 1;
                    at += 2;
                } else if look(at) == '*' && look(at + 1) == '/' {
                    depth -= 1;
                    at += 2;
                    if depth == 0 {
                        break;
                    }
                } else {
                    line += usize::from(chars[at] == '\n');
                    at += 1;
                }
            }
            comments.entry(first_line).or_default().extend(&chars[start..at]);
        } else if let Some(end) = string_end(&chars, at) {
            line += chars[at..end].iter().filter(|c| **c == '\n').count();
            push(Kind::Text, chars[at..end].iter().collect());
            at = end;
        } else if here == '\'' {
            // A lifetime is a quote, a name and no quote after it; anything else is a character.
            let name = look(at + 1).is_alphabetic() || look(at + 1) == '_';
            if name && look(at + 2) != '\'' {
                at += 2;
                while look(at).is_alphanumeric() || look(at) == '_' {
                    at += 1;
                }
            } else {
                at += if look(at + 1) == '\\' { 3 } else { 2 };
                while at < chars.len() && look(at) != '\'' {
                    at += 1;
                }
                at += 1;
                push(Kind::Text, chars[start..at.min(chars.len())].iter().collect());
            }
        } else if here.is_alphanumeric() || here == '_' {
            while look(at).is_alphanumeric() || look(at) == '_' {
                at += 1;
            }
            push(Kind::Word, chars[start..at].iter().collect());
        } else if here == ':' && look(at + 1) == ':' {
            at += 2;
            push(Kind::Sign, "::".to_owned());
        } else {
            at += 1;
            push(Kind::Sign, here.to_string());
        }
    }
    (tokens, comments)
}

/// Where the string that starts at `at` ends, if one starts there.
fn string_end(chars: &[char], at: usize) -> Option<usize> {
    let look = |at: usize| chars.get(at).copied().unwrap_or('\0');
    let mut open = at;
    while matches!(look(open), 'b' | 'c' | 'r') && open < at + 2 {
        open += 1;
    }
    let raw = chars[at..open].contains(&'r');
    let mut hashes = 0;
    while raw && look(open) == '#' {
        hashes += 1;
        open += 1;
    }
    if look(open) != '"' {
        return None;
    }
    let mut end = open + 1;
    while end < chars.len() {
        if !raw && chars[end] == '\\' {
            end += 2;
        } else if chars[end] == '"' && (1..=hashes).all(|step| look(end + step) == '#') {
            return Some(end + 1 + hashes);
        } else {
            end += 1;
        }
    }
    Some(chars.len())
}

/// Marks what follows `#[cfg(test)]`, up to the end of that item.
fn mark_tests(tokens: &mut [Token]) {
    let mut at = 0;
    while at < tokens.len() {
        if !(is(tokens, at, "#") && is(tokens, at + 1, "[") && is(tokens, at + 2, "cfg")) {
            at += 1;
            continue;
        }
        let close = matching(tokens, at + 1);
        let words: Vec<&str> = tokens[at..close].iter().map(|token| token.text.as_str()).collect();
        if !words.contains(&"test") || words.contains(&"not") || words.contains(&"any") {
            at = close;
            continue;
        }
        let mut end = close + 1;
        while end < tokens.len() && !is(tokens, end, ";") && !is(tokens, end, "{") {
            end = if ["(", "["].iter().any(|open| is(tokens, end, open)) { matching(tokens, end) + 1 } else { end + 1 };
        }
        if is(tokens, end, "{") {
            end = matching(tokens, end);
        }
        for token in tokens.iter_mut().take(end + 1).skip(at) {
            token.test = true;
        }
        at = end + 1;
    }
}

fn mark_inline(tokens: &mut [Token]) {
    let mut at = 0;
    while at < tokens.len() {
        if is(tokens, at, "mod") && is(tokens, at + 2, "{") {
            let end = matching(tokens, at + 2);
            for token in tokens.iter_mut().take(end).skip(at + 3) {
                token.inline += 1;
            }
        }
        at += 1;
    }
}

/// The bracket that closes the one at `open`, or the last token.
pub(crate) fn matching(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_i32;
    for (at, token) in tokens.iter().enumerate().skip(open).filter(|(_, token)| token.kind == Kind::Sign) {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len().saturating_sub(1)
}
