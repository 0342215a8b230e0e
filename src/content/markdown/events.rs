//! From text to events: guarded, cleaned, soft breaks between wide characters joined.

use super::guard::{Guarded, SENTINEL};
use super::ruby::{self, Segment};
use super::wide;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};
use std::ops::Range;

/// What goes before each line of an inline text so that it starts no block: a letter that is taken out again, then the space
/// that a line's beginning is to the emphasis rule.
pub(super) const INLINE_PREFIX: &str = "\u{E0FF} ";

/// An event and the bytes it was read from, in the text that was given.
pub(super) type Located = (Event<'static>, Range<usize>);

/// The events of a whole text.
pub(super) fn blocks(text: &str) -> Vec<Located> {
    read(
        text,
        Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_GFM
            | Options::ENABLE_DEFINITION_LIST,
    )
}

/// The events of a short text: words, emphasis, code, links; nothing in it is a block. Ranges are meaningless.
pub(super) fn line(text: &str) -> Vec<Event<'static>> {
    let text = text.replace(SENTINEL, "");
    let lines: Vec<String> =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| format!("{INLINE_PREFIX}{line}")).collect();
    let events = read(&lines.join("\n"), Options::ENABLE_STRIKETHROUGH);
    events
        .into_iter()
        .map(|(event, _)| event)
        .filter(|event| !matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)))
        .collect()
}

fn read(text: &str, options: Options) -> Vec<Located> {
    let guarded = Guarded::new(text);
    let parser = TextMergeWithOffset::new(Parser::new_ext(&guarded.text, options).into_offset_iter());
    let events: Vec<Located> =
        parser.map(|(event, range)| (clean(event), guarded.original(range.start)..guarded.original(range.end))).collect();
    join_lines(events)
}

/// The event without sentinels.
fn clean(event: Event<'_>) -> Event<'static> {
    let event = match event {
        Event::Text(text) => Event::Text(strip(text)),
        Event::Code(text) => Event::Code(strip(text)),
        Event::Html(text) => Event::Html(strip(text)),
        Event::InlineHtml(text) => Event::InlineHtml(strip(text)),
        Event::FootnoteReference(label) => Event::FootnoteReference(strip(label)),
        Event::Start(tag) => Event::Start(match tag {
            Tag::Link { link_type, dest_url, title, id } => {
                Tag::Link { link_type, dest_url: strip(dest_url), title: strip(title), id: strip(id) }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                Tag::Image { link_type, dest_url: strip(dest_url), title: strip(title), id: strip(id) }
            }
            Tag::Heading { level, id, classes, .. } => {
                Tag::Heading { level, id: id.map(strip), classes: classes.into_iter().map(strip).collect(), attrs: Vec::new() }
            }
            Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(strip(label)),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Tag::CodeBlock(CodeBlockKind::Fenced(strip(info))),
            other => other,
        }),
        other => other,
    };
    event.into_static()
}

fn strip(text: CowStr<'_>) -> CowStr<'static> {
    if text.contains(SENTINEL) { text.replace(INLINE_PREFIX, "").replace(SENTINEL, "").into() } else { text.into_static() }
}

/// Drops the line breaks that are no spaces.
fn join_lines(events: Vec<Located>) -> Vec<Located> {
    let joined = |index: usize| {
        let before = events[..index].iter().rev().find_map(|(event, _)| edge(event, true));
        let after = events[index + 1..].iter().find_map(|(event, _)| edge(event, false));
        matches!((before.flatten(), after.flatten()), (Some(before), Some(after)) if wide::join(before, after))
    };
    let keep: Vec<bool> = (0..events.len()).map(|index| events[index].0 != Event::SoftBreak || !joined(index)).collect();
    events.into_iter().zip(keep).filter_map(|(event, keep)| keep.then_some(event)).collect()
}

/// The last or first character that an event shows; `None` to look further, `Some(None)` when it is no character.
fn edge(event: &Event<'_>, last: bool) -> Option<Option<char>> {
    let of = |text: &str| if last { text.chars().next_back() } else { text.chars().next() };
    match event {
        Event::Text(text) => match if last { ruby::segments(text).pop() } else { ruby::segments(text).into_iter().next() } {
            Some(Segment::Plain(words)) => Some(of(words)),
            Some(Segment::Ruby(pairs)) => Some(if last { pairs.last() } else { pairs.first() }.and_then(|(base, _)| of(base))),
            None => None,
        },
        Event::Code(text) => Some(of(text)),
        Event::FootnoteReference(_)
        | Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
        | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => None,
        _ => Some(None),
    }
}

/// The words of some events, without markup and readings.
pub(super) fn words<'a>(events: impl IntoIterator<Item = &'a Event<'static>>) -> String {
    let mut words = String::new();
    for event in events {
        match event {
            Event::Text(text) => words.push_str(&ruby::base(text)),
            Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

/// `<br>`, the one tag that is always markup: cells of a table have no other line break.
pub(super) fn is_line_break(html: &str) -> bool {
    matches!(html.trim(), "<br>" | "<br/>" | "<br />")
}

/// A comment, which is a note of the author's to nobody but authors.
pub(super) fn is_comment(html: &str) -> bool {
    html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")).is_some_and(|inner| !inner.contains("-->"))
}

/// The index of the event that ends what starts at `start`.
pub(super) fn end_of(count: usize, start: usize, mut event: impl FnMut(usize) -> i32) -> usize {
    let mut depth = 0;
    for index in start..count {
        depth += event(index);
        if depth == 0 {
            return index;
        }
    }
    count.saturating_sub(1)
}

/// How an event changes the depth of nesting.
pub(super) fn nesting(event: &Event<'_>) -> i32 {
    match event {
        Event::Start(_) => 1,
        Event::End(_) => -1,
        _ => 0,
    }
}
