//! Which file uses which: paths read from code, followed through `pub use` to the file that defines what they name.

use super::source::{Kind, Source, Token};
use std::collections::BTreeMap;

/// All files of the crate, found by module.
pub(crate) struct House {
    pub(crate) files: BTreeMap<Vec<String>, Source>,
}

/// One use of one file by another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Import {
    pub(crate) from: Vec<String>,
    pub(crate) to: Vec<String>,
    /// What the code wrote.
    pub(crate) written: String,
    pub(crate) line: usize,
    pub(crate) test: bool,
}

/// A path in code: its segments, the last one `*` for a glob, and the name it goes by.
struct Written {
    segments: Vec<String>,
    alias: String,
    line: usize,
}

impl House {
    /// Builds a house from `(path from src/ on, text)`.
    pub(crate) fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> House {
        let mut files: BTreeMap<Vec<String>, Source> =
            files.into_iter().map(|(path, text)| Source::new(path, text)).map(|source| (source.module(), source)).collect();
        // Examples need not spell out their empty mod.rs files.
        for module in files.keys().cloned().collect::<Vec<_>>() {
            for length in 0..module.len() {
                let folder = &module[..length];
                let path = if length == 0 { "lib.rs".to_owned() } else { folder.join("/") + "/mod.rs" };
                files.entry(folder.to_vec()).or_insert_with(|| Source::new(&path, ""));
            }
        }
        House { files }
    }

    /// Every use of our own files, all spellings of it.
    pub(crate) fn imports(&self) -> Vec<Import> {
        self.files.values().flat_map(|file| self.imports_of(file)).collect()
    }

    /// The files that are compiled for tests only.
    pub(crate) fn is_test_file(&self, module: &[String]) -> bool {
        (1..=module.len()).any(|length| {
            let parent = self.files.get(&module[..length - 1]);
            parent.is_some_and(|parent| parent.test_children.contains(&module[length - 1]))
        })
    }

    fn imports_of(&self, file: &Source) -> Vec<Import> {
        let own = file.module();
        let roots: &[&str] = if file.path == "main.rs" { &["crate", "self", "super", "shirube"] } else { &["crate", "self", "super"] };
        let mut found = Vec::new();
        for (at, token) in file.tokens.iter().enumerate() {
            let starts = token.kind == Kind::Word && roots.contains(&token.text.as_str()) && file.is(at + 1, "::");
            // `pub(in crate::x)` is a fence, no use; `a::self::b` does not exist.
            if !starts || (at > 0 && (file.is(at - 1, "in") || file.is(at - 1, "::"))) {
                continue;
            }
            for written in paths(&file.tokens, at) {
                let text = written.segments.join("::");
                let Some(absolute) = absolute(&own, &written.segments, token.inline) else { continue };
                let to = self.resolve(&absolute, 0);
                let test = token.test || self.is_test_file(&own);
                found.push(Import { from: own.clone(), to, written: text, line: written.line, test });
            }
        }
        found
    }

    /// The file that defines what an absolute path names.
    fn resolve(&self, path: &[String], depth: usize) -> Vec<String> {
        let mut module: Vec<String> = Vec::new();
        for (step, name) in path.iter().enumerate() {
            let mut child = module.clone();
            child.push(name.clone());
            if self.files.contains_key(&child) {
                module = child;
                continue;
            }
            let Some(file) = self.files.get(&module).filter(|_| depth < 8) else { break };
            for written in reexports(file) {
                let Some(target) = absolute(&module, &written.segments, 0).or_else(|| local(file, &written.segments)) else { continue };
                if written.alias == *name {
                    let rest = target.iter().chain(&path[step + 1..]).cloned().collect::<Vec<_>>();
                    return self.resolve(&rest, depth + 1);
                }
                let inside = target[..target.len().saturating_sub(1)].to_vec();
                if written.alias == "*" && self.files.get(&inside).is_some_and(|file| defines(file, name)) {
                    return inside;
                }
            }
            break;
        }
        module
    }
}

/// Turns `crate::…`, `self::…`, `super::…` into a path from the root of the crate.
fn absolute(own: &[String], segments: &[String], inline: usize) -> Option<Vec<String>> {
    let (first, mut rest) = segments.split_first()?;
    let mut base = match first.as_str() {
        "crate" | "shirube" => Vec::new(),
        // Inside an inline `mod`, `self` is that one: nothing of another file.
        "self" => return (inline == 0).then(|| own.iter().chain(rest).cloned().collect()),
        "super" => own.to_vec(),
        _ => return None,
    };
    if first == "super" {
        let mut ups = 1;
        while rest.first().is_some_and(|next| next == "super") {
            ups += 1;
            rest = &rest[1..];
        }
        let out = usize::checked_sub(ups, inline).filter(|_| ups >= inline)?;
        if out == 0 {
            return None;
        }
        base.truncate(base.len().checked_sub(out)?);
    }
    base.extend(rest.iter().cloned());
    Some(base)
}

/// `list::Diagnostic` in `diagnostic/mod.rs` is `diagnostic::list::Diagnostic`.
fn local(file: &Source, segments: &[String]) -> Option<Vec<String>> {
    let child = segments.first().filter(|first| file.children.contains(first))?;
    Some(file.module().into_iter().chain([child.clone()]).chain(segments[1..].iter().cloned()).collect())
}

/// What a file hands on to others.
fn reexports(file: &Source) -> Vec<Written> {
    let uses = file.tokens.iter().enumerate().filter(|(at, token)| {
        let handed_on = *at > 0 && (file.is(at - 1, "pub") || file.is(at - 1, ")"));
        handed_on && token.text == "use" && !token.test && token.inline == 0
    });
    uses.flat_map(|(at, _)| paths(&file.tokens, at + 1)).collect()
}

fn defines(file: &Source, name: &str) -> bool {
    let words = ["fn", "struct", "enum", "trait", "type", "const", "static", "union", "mod"];
    let own = (1..file.tokens.len()).any(|at| file.is(at, name) && words.iter().any(|word| file.is(at - 1, word)));
    own || reexports(file).iter().any(|written| written.alias == name)
}

/// Reads the path that starts at `at`, with its braces opened: `a::{b, c::d as e}` is `a::b` and `a::c::d`.
fn paths(tokens: &[Token], at: usize) -> Vec<Written> {
    let mut found = Vec::new();
    tree(tokens, at, &[], &mut found);
    found
}

fn tree(tokens: &[Token], mut at: usize, before: &[String], found: &mut Vec<Written>) -> usize {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let mut segments = before.to_vec();
    loop {
        let Some(token) = tokens.get(at) else { return at };
        if text(at) == "{" {
            at += 1;
            while at < tokens.len() && text(at) != "}" {
                let next = tree(tokens, at, &segments, found);
                at = if text(next) == "," || next == at { next + 1 } else { next };
            }
            return at + 1;
        }
        if token.kind != Kind::Word && text(at) != "*" {
            return at;
        }
        // `{self, X}`: the path so far.
        if token.text != "self" || before.is_empty() {
            segments.push(token.text.clone());
        }
        let line = token.line;
        at += 1;
        if text(at) == "::" {
            at += 1;
            if text(at) != "<" {
                continue;
            }
        }
        let mut alias = segments.last().cloned().unwrap_or_default();
        if text(at) == "as" {
            alias = text(at + 1).to_owned();
            at += 2;
        }
        found.push(Written { segments, alias, line });
        return at;
    }
}
