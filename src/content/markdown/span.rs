//! What stands within a line.

use super::events::is_line_break;
use super::html::Html;
use super::reference::{Reference, ResolvedLink, Target};
use super::ruby;
use pulldown_cmark::{Event, Tag, TagEnd};

/// Opens a link when it leads somewhere; says whether it has to be closed.
pub(super) fn open_link(
    html: &mut Html,
    reference: Option<&Reference>,
    empty: bool,
    resolve: &dyn Fn(&Reference) -> Option<ResolvedLink>,
) -> bool {
    let Some(reference) = reference else { return false };
    let (href, label, external) = match &reference.target {
        Target::External(address) => (address.clone(), Some(address.clone()), true),
        Target::Anchor(id) => (format!("#{id}"), None, false),
        Target::Own { .. } | Target::Relative(_) => match resolve(reference) {
            Some(link) => (link.href, link.label, false),
            None => return false,
        },
    };
    html.push_markup(if external { "<a class=\"external\" href=\"" } else { "<a href=\"" });
    html.push_text(&href);
    html.push_markup(if external { "\" rel=\"noopener noreferrer\">" } else { "\">" });
    if empty {
        html.push_text(label.as_deref().unwrap_or(&href));
    }
    true
}

/// What needs no more than itself to be written.
pub(super) fn push(html: &mut Html, event: &Event<'_>) {
    match event {
        Event::Text(text) => ruby::push(html, text),
        Event::Code(text) => {
            html.push_markup("<code>");
            html.push_text(text);
            html.push_markup("</code>");
        }
        Event::InlineHtml(tag) if is_line_break(tag) => html.push_markup("<br>"),
        Event::Html(text) | Event::InlineHtml(text) => html.push_text(text),
        Event::SoftBreak => html.push_markup("\n"),
        Event::HardBreak => html.push_markup("<br>\n"),
        Event::Start(Tag::Emphasis) => html.push_markup("<em>"),
        Event::End(TagEnd::Emphasis) => html.push_markup("</em>"),
        Event::Start(Tag::Strong) => html.push_markup("<strong>"),
        Event::End(TagEnd::Strong) => html.push_markup("</strong>"),
        Event::Start(Tag::Strikethrough) => html.push_markup("<del>"),
        Event::End(TagEnd::Strikethrough) => html.push_markup("</del>"),
        _ => {}
    }
}
