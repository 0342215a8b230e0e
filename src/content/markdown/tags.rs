//! The markup that ends each part of a document, what callouts are called, where the cells of a table are.

use super::document::Document;
use super::events::{end_of, nesting};
use crate::language::Words;
use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};
use std::ops::Range;

/// Whether a tag stands inside a line.
pub(super) fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
}

/// The markup that ends a part; `None`: it is written with its beginning.
pub(super) fn close(tag: TagEnd, document: &Document, index: usize) -> Option<String> {
    Some(match tag {
        TagEnd::Heading(_) => {
            let level = document.headings.range(..index).next_back().map_or(2, |(_, heading)| heading.level);
            format!("</h{level}>\n")
        }
        TagEnd::BlockQuote(None) => "</blockquote>\n".to_owned(),
        TagEnd::BlockQuote(Some(_)) => "</div>\n".to_owned(),
        TagEnd::List(false) => "</ul>\n".to_owned(),
        TagEnd::List(true) => "</ol>\n".to_owned(),
        TagEnd::Item => "</li>\n".to_owned(),
        TagEnd::DefinitionList => "</dl>\n".to_owned(),
        TagEnd::DefinitionListTitle => "</dt>\n".to_owned(),
        TagEnd::DefinitionListDefinition => "</dd>\n".to_owned(),
        _ => return None,
    })
}

/// The class and the name of a callout.
pub(super) fn callout(kind: BlockQuoteKind) -> (&'static str, Words) {
    match kind {
        BlockQuoteKind::Note => ("note", Words::new("補足", "Note")),
        BlockQuoteKind::Tip => ("tip", Words::new("ヒント", "Tip")),
        BlockQuoteKind::Important => ("important", Words::new("重要", "Important")),
        BlockQuoteKind::Warning => ("warning", Words::new("注意", "Warning")),
        BlockQuoteKind::Caution => ("caution", Words::new("警告", "Caution")),
    }
}

/// The cells of a table: whether in its head, and their events.
pub(super) fn cells(events: &[Event<'_>], range: &Range<usize>) -> Vec<(bool, Range<usize>)> {
    let mut found = Vec::new();
    let mut head = false;
    for index in range.clone() {
        match &events[index] {
            Event::Start(Tag::TableHead) => head = true,
            Event::End(TagEnd::TableHead) => head = false,
            Event::Start(Tag::TableCell) => found.push((head, index + 1..end_of(events.len(), index, |at| nesting(&events[at])))),
            _ => {}
        }
    }
    found
}
