//! The YAML between two lines of `---` at the top of a Markdown file.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use std::sync::Arc;

/// A Markdown file in its two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrontMatter<'a> {
    /// The YAML without its fences; empty where there is none.
    pub yaml: &'a str,
    /// The line of the file on which `yaml` starts, from 1.
    pub first_line: u32,
    /// Where the Markdown starts, in bytes of the file's text: what [`super::Document::parse`] asks for.
    pub body: usize,
}

/// Parts a file's text. A file without front matter is all body.
pub fn split_front_matter<'a>(file: &Arc<str>, text: &'a str, diagnostics: &mut Diagnostics) -> FrontMatter<'a> {
    let none = FrontMatter { yaml: "", first_line: 1, body: 0 };
    let mut lines = text.split_inclusive('\n');
    let Some(opening) = lines.next().filter(|line| line.trim_end() == "---") else { return none };
    let start = opening.len();
    let mut at = start;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return FrontMatter { yaml: &text[start..at], first_line: 2, body: at + line.len() };
        }
        at += line.len();
    }
    diagnostics.push(
        Diagnostic::error(
            code::FRONT_MATTER,
            Place::new(file, 1, 1, 3),
            "先頭の「---」に対応する、閉じの「---」がありません。",
            "The front matter that opens here is never closed.",
        )
        .hint("最後の項目の次に、「---」だけの行を置いてください。", "Put a line with nothing but “---” after the last key."),
    );
    FrontMatter { yaml: &text[start..], first_line: 2, body: text.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_parted_where_its_fences_stand() {
        let file: Arc<str> = "content/pages/a.md".into();
        for (text, yaml, body) in [
            ("---\ntitle: 題\n---\n# 本文", "title: 題\n", "# 本文"),
            ("---\n---\nx", "", "x"),
            ("--- \na: 1\n...\nx", "a: 1\n", "x"),
            ("# 本文\n---\n", "", "# 本文\n---\n"),
            ("", "", ""),
            ("----\na\n", "", "----\na\n"),
        ] {
            let mut diagnostics = Diagnostics::new();
            let parts = split_front_matter(&file, text, &mut diagnostics);
            assert_eq!((parts.yaml, &text[parts.body..]), (yaml, body), "{text:?}");
            assert!(diagnostics.is_empty());
        }
        let mut diagnostics = Diagnostics::new();
        let parts = split_front_matter(&file, "---\ntitle: x\n\n# y\n", &mut diagnostics);
        assert_eq!((parts.yaml, parts.body, diagnostics.errors()), ("title: x\n\n# y\n", 18, 1));
    }
}
