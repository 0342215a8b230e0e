//! A place in a file.

use std::sync::Arc;

/// Where something stands: a file of the project, a line, a column and a length.
///
/// Lines and columns count from 1, columns and lengths in characters. Places sort by file, then line, then column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Path below the project's root, with `/` on every system: `content/surveys/pulse.yaml`.
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Length in characters; at least 1 where something can be underlined.
    pub length: u32,
}

impl Place {
    /// A place in a file.
    #[must_use]
    pub fn new(file: &Arc<str>, line: u32, column: u32, length: u32) -> Place {
        Place { file: Arc::clone(file), line, column, length }
    }

    /// The beginning of a file, for faults that belong to the file as a whole.
    #[must_use]
    pub fn whole(file: &Arc<str>) -> Place {
        Place::new(file, 1, 1, 1)
    }

    /// The place of the bytes `start..end` of `text`, which is the content of `file`.
    #[must_use]
    pub fn of_bytes(file: &Arc<str>, text: &str, start: usize, end: usize) -> Place {
        let start = floor_boundary(text, start);
        let end = floor_boundary(text, end.max(start));
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line = text[..start].matches('\n').count() + 1;
        let column = text[line_start..start].chars().count() + 1;
        let length = text[start..end].chars().take_while(|char| *char != '\n').count().max(1);
        Place::new(file, to_u32(line), to_u32(column), to_u32(length))
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}:{}:{}", self.file, self.line, self.column)
    }
}

fn floor_boundary(text: &str, index: usize) -> usize {
    let mut index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
