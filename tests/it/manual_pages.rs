//! The pages of the manual as they are written: their fenced blocks, with what stands before each.

use crate::loop_project::here;
use shirube::language::Language;

/// A fenced block.
pub(crate) struct Block {
    /// The page, below `docs/manual/content/pages/`.
    pub(crate) page: String,
    /// The language of the page.
    pub(crate) language: Language,
    /// What stands behind the fence: `yaml question`.
    pub(crate) info: String,
    /// Its lines.
    pub(crate) text: String,
    /// The page up to it.
    pub(crate) before: String,
}

impl Block {
    /// The words in code above the block, the nearest first.
    pub(crate) fn named(&self) -> impl Iterator<Item = &str> {
        code_spans(&self.before).into_iter().rev()
    }
}

/// The words in code of a text, fenced blocks apart.
pub(crate) fn code_spans(text: &str) -> Vec<&str> {
    let mut fenced = false;
    let lines = text.lines().filter(|line| {
        let fence = line.starts_with("```");
        fenced ^= fence;
        !fence && !fenced
    });
    lines.flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

/// Every page of the manual: its name, its language, its text.
pub(crate) fn pages() -> Vec<(String, Language, String)> {
    let root = here().join("docs/manual/content/pages");
    let mut names: Vec<String> = Vec::new();
    for folder in ["", "keys/"] {
        let entries = std::fs::read_dir(root.join(folder)).expect("the pages of the manual");
        let files = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
        names.extend(files.filter(|name| name.ends_with(".md")).map(|name| format!("{folder}{name}")));
    }
    names.sort();
    let language = |name: &str| if name.ends_with(".en.md") { Language::English } else { Language::Japanese };
    names
        .into_iter()
        .map(|name| (name.clone(), language(&name), std::fs::read_to_string(root.join(&name)).expect("a page").replace("\r\n", "\n")))
        .collect()
}

/// The fenced blocks of a page, in order.
pub(crate) fn blocks(page: &str, language: Language, text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let (mut before, mut open) = (String::new(), None::<Block>);
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                open = Some(Block { page: page.to_owned(), language, info: info.to_owned(), text: String::new(), before: before.clone() });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => block.text += &format!("{line}\n"),
            (None, None) => {}
        }
        before += &format!("{line}\n");
    }
    assert!(open.is_none(), "{page}: a block is not closed");
    blocks
}

/// The fenced blocks of all pages.
pub(crate) fn all_blocks() -> Vec<Block> {
    pages().iter().flat_map(|(name, language, text)| blocks(name, *language, text)).collect()
}
