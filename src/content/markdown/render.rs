//! A document becomes HTML, parted where charts stand.

use super::document::Document;
use super::events::{end_of, is_comment, nesting, words};
use super::html::Html;
use super::notes::Notes;
use super::reference::{Reference, ResolvedLink};
use super::ruby;
use super::sanitize::sanitize;
use super::span;
use super::tags::{callout, cells, close, is_inline};
use crate::diagnostic::Place;
use crate::language::{Language, Words};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, Tag, TagEnd};
use std::ops::Range;

/// What happens to HTML in a Markdown text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RawHtml {
    /// It shows as it was written.
    #[default]
    Escape,
    /// It works, cleaned of all that could run, load or frame.
    Sanitize,
}

/// How a document is rendered.
#[derive(Clone, Copy)]
pub struct Rendering<'a> {
    /// The language of the few words that are added: names of callouts, tables and footnotes.
    pub language: Language,
    /// What happens to HTML in the text.
    pub raw_html: RawHtml,
    /// Stands before the ids of footnotes, so that several texts can share a page; letters, digits and `-`, or nothing.
    pub prefix: &'a str,
    /// Where our own references and relative files lead; `None`: only the words stay.
    pub resolve: &'a dyn Fn(&Reference) -> Option<ResolvedLink>,
}

/// A piece of a rendered document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Markup, balanced in itself.
    Html(Html),
    /// The place of a chart.
    Exhibit {
        /// The data set's id.
        id: String,
        /// The author's words for it.
        caption: Option<String>,
        /// Where it stands in the file.
        place: Place,
    },
}

impl Document {
    /// Renders the document: markup and charts in the order of the text, footnotes last.
    #[must_use]
    pub fn render(&self, rendering: &Rendering<'_>) -> Vec<Part> {
        let mut writer = Writer {
            document: self,
            rendering,
            html: Html::default(),
            parts: Vec::new(),
            notes: Notes::default(),
            tables: 0,
            links: Vec::new(),
        };
        writer.notes.find(self);
        writer.range(0..self.events.len(), true);
        writer.footnotes();
        writer.cut();
        writer.parts
    }
}

struct Writer<'a> {
    document: &'a Document,
    rendering: &'a Rendering<'a>,
    html: Html,
    parts: Vec<Part>,
    notes: Notes,
    tables: usize,
    links: Vec<bool>,
}

impl Writer<'_> {
    fn say(&mut self, words: &Words) {
        self.html.push_text(words.in_language(self.rendering.language));
    }

    /// Ends a part.
    fn cut(&mut self) {
        let html = std::mem::take(&mut self.html);
        if html.as_str().trim().is_empty() {
            return;
        }
        let clean = self.rendering.raw_html == RawHtml::Sanitize && !self.document.raw_html().is_empty();
        self.parts.push(Part::Html(if clean { sanitize(&html) } else { html }));
    }

    fn range(&mut self, range: Range<usize>, parted: bool) {
        let document = self.document;
        let end_from = |start| end_of(document.events.len(), start, |at| nesting(&document.events[at]));
        let mut index = range.start;
        while index < range.end {
            let event = &document.events[index];
            match event {
                Event::Start(Tag::Paragraph) if parted && document.exhibits.contains_key(&index) => {
                    let mark = &document.exhibits[&index];
                    self.cut();
                    self.parts.push(Part::Exhibit { id: mark.id.clone(), caption: mark.caption.clone(), place: mark.place.clone() });
                    index = mark.end;
                }
                Event::Start(Tag::FootnoteDefinition(_)) => index = end_from(index),
                Event::Start(Tag::Paragraph) => index = self.paragraph(index, end_from(index)),
                Event::Start(Tag::Image { .. }) => {
                    let end = end_from(index);
                    self.image(index, end);
                    index = end;
                }
                Event::Start(Tag::Table(alignments)) => {
                    let end = end_from(index);
                    self.table(index + 1..end, alignments);
                    index = end;
                }
                Event::Start(Tag::HtmlBlock) => {
                    let end = end_from(index);
                    self.html_block(index + 1..end);
                    index = end;
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let end = end_from(index);
                    self.code_block(kind, index + 1..end);
                    index = end;
                }
                _ => self.event(index),
            }
            index += 1;
        }
    }

    fn event(&mut self, index: usize) {
        let event = &self.document.events[index];
        match event {
            Event::Start(Tag::Link { .. }) => {
                let empty = matches!(self.document.events.get(index + 1), Some(Event::End(TagEnd::Link)));
                let open = span::open_link(&mut self.html, self.document.references.get(&index), empty, self.rendering.resolve);
                self.links.push(open);
            }
            Event::End(TagEnd::Link) => {
                if self.links.pop().unwrap_or(false) {
                    self.html.push_markup("</a>");
                }
            }
            Event::FootnoteReference(label) => self.footnote_reference(label),
            Event::InlineHtml(html) if is_comment(html) => {}
            Event::InlineHtml(html) if self.rendering.raw_html == RawHtml::Sanitize => self.html.push_markup(html),
            Event::TaskListMarker(done) => {
                let (mark, words) = if *done { ("☑", Words::new("済み", "done")) } else { ("☐", Words::new("未完了", "to do")) };
                self.html.push_markup("<span class=\"task\" role=\"img\" aria-label=\"");
                self.say(&words);
                self.html.push_markup(&format!("\">{mark}</span> "));
            }
            Event::Rule => self.html.push_markup("<hr>\n"),
            Event::Start(tag) if !is_inline(tag) => self.open(index, tag),
            Event::End(tag) => match close(*tag, self.document, index) {
                Some(markup) => self.html.push_markup(&markup),
                None => span::push(&mut self.html, event),
            },
            other => span::push(&mut self.html, other),
        }
    }

    fn open(&mut self, index: usize, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { .. } => {
                if let Some(heading) = self.document.headings.get(&index) {
                    self.html.push_markup(&format!("<h{} id=\"", heading.level));
                    self.html.push_text(&heading.id);
                    self.html.push_markup(if heading.starts_page { "\" class=\"starts-page\">" } else { "\">" });
                }
            }
            Tag::BlockQuote(None) => self.html.push_markup("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => {
                let (class, title) = callout(*kind);
                self.html.push_markup(&format!("<div class=\"callout callout-{class}\" role=\"note\">\n<p class=\"callout-title\">"));
                self.say(&title);
                self.html.push_markup("</p>\n");
            }
            Tag::List(None) => self.html.push_markup("<ul>\n"),
            Tag::List(Some(1)) => self.html.push_markup("<ol>\n"),
            Tag::List(Some(start)) => self.html.push_markup(&format!("<ol start=\"{start}\">\n")),
            Tag::Item if matches!(self.document.events.get(index + 1), Some(Event::TaskListMarker(_))) => {
                self.html.push_markup("<li class=\"task-item\">");
            }
            Tag::Item => self.html.push_markup("<li>"),
            Tag::DefinitionList => self.html.push_markup("<dl>\n"),
            Tag::DefinitionListTitle => self.html.push_markup("<dt>"),
            Tag::DefinitionListDefinition => self.html.push_markup("<dd>"),
            _ => {}
        }
    }

    /// A paragraph; one that holds nothing but an image with a title is a figure.
    fn paragraph(&mut self, start: usize, end: usize) -> usize {
        let events = &self.document.events;
        if let Some(Event::Start(Tag::Image { title, .. })) = events.get(start + 1)
            && !title.is_empty()
            && end_of(events.len(), start + 1, |at| nesting(&events[at])) + 1 == end
        {
            self.html.push_markup("<figure>");
            self.image(start + 1, end - 1);
            self.html.push_markup("<figcaption>");
            ruby::push(&mut self.html, title);
            self.html.push_markup("</figcaption></figure>\n");
            return end;
        }
        self.html.push_markup("<p>");
        self.range(start + 1..end, false);
        self.html.push_markup("</p>\n");
        end
    }

    fn image(&mut self, start: usize, end: usize) {
        let alt = words(&self.document.events[start..end]);
        let resolved = self.document.references.get(&start).and_then(|reference| (self.rendering.resolve)(reference));
        let Some(link) = resolved else {
            self.html.push_text(&alt);
            return;
        };
        self.html.push_markup("<img src=\"");
        self.html.push_text(&link.href);
        self.html.push_markup("\" alt=\"");
        self.html.push_text(&alt);
        self.html.push_markup("\" loading=\"lazy\" decoding=\"async\">");
    }

    fn html_block(&mut self, range: Range<usize>) {
        let raw: String = self.document.events[range]
            .iter()
            .filter_map(|event| match event {
                Event::Html(html) | Event::Text(html) => Some(html.as_ref()),
                _ => None,
            })
            .collect();
        if is_comment(&raw) {
            return;
        }
        if self.rendering.raw_html == RawHtml::Sanitize {
            self.html.push_markup(&raw);
        } else {
            self.html.push_markup("<p>");
            self.html.push_text(raw.trim_end());
            self.html.push_markup("</p>\n");
        }
    }

    /// Code scrolls sideways, so the keyboard has to reach it.
    fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t']).next().filter(|word| !word.is_empty()),
            CodeBlockKind::Indented => None,
        };
        self.html.push_markup("<pre tabindex=\"0\"><code");
        if let Some(language) = language {
            self.html.push_markup(" class=\"language-");
            self.html.push_text(language);
            self.html.push_markup("\"");
        }
        self.html.push_markup(">");
        for event in &self.document.events[range] {
            if let Event::Text(text) = event {
                self.html.push_text(text);
            }
        }
        self.html.push_markup("</code></pre>\n");
    }

    /// A table in a box that scrolls, reached by the keyboard and named after its columns.
    fn table(&mut self, range: Range<usize>, alignments: &[Alignment]) {
        let document = self.document;
        let events = &document.events;
        self.tables += 1;
        let heads: Vec<String> =
            cells(events, &range).into_iter().take_while(|(head, _)| *head).map(|(_, cell)| words(&events[cell])).collect();
        let heads: Vec<&str> = heads.iter().map(|head| head.trim()).filter(|head| !head.is_empty()).collect();
        let name = Words::new(format!("表{} {}", self.tables, heads.join("・")), format!("Table {}: {}", self.tables, heads.join(", ")));
        self.html.push_markup("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"");
        self.say(&Words::new(name.ja.trim(), name.en.trim_end_matches([' ', ':'])));
        self.html.push_markup("\">\n<table>\n");
        let (mut column, mut head, mut body) = (0, false, false);
        let mut index = range.start;
        while index < range.end {
            match &events[index] {
                Event::Start(Tag::TableHead) => {
                    (head, column) = (true, 0);
                    self.html.push_markup("<thead><tr>");
                }
                Event::End(TagEnd::TableHead) => {
                    head = false;
                    self.html.push_markup("</tr></thead>\n");
                }
                Event::Start(Tag::TableRow) => {
                    column = 0;
                    self.html.push_markup(if body { "<tr>" } else { "<tbody>\n<tr>" });
                    body = true;
                }
                Event::End(TagEnd::TableRow) => self.html.push_markup("</tr>\n"),
                Event::Start(Tag::TableCell) => {
                    let end = end_of(events.len(), index, |at| nesting(&events[at]));
                    let named = head && end > index + 1;
                    let class = match alignments.get(column) {
                        Some(Alignment::Right) => " class=\"right\"",
                        Some(Alignment::Center) => " class=\"center\"",
                        Some(Alignment::Left | Alignment::None) | None => "",
                    };
                    self.html.push_markup(&if named { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") });
                    self.range(index + 1..end, false);
                    self.html.push_markup(if named { "</th>" } else { "</td>" });
                    column += 1;
                    index = end;
                }
                _ => {}
            }
            index += 1;
        }
        self.html.push_markup(if body { "</tbody>\n</table>\n</div>\n" } else { "</table>\n</div>\n" });
    }

    fn footnote_reference(&mut self, label: &str) {
        let prefix = self.rendering.prefix;
        let Some((number, time)) = self.notes.refer(label) else { return };
        let again = if time > 1 { format!(":{time}") } else { String::new() };
        // Ids with a colon meet no heading's id. The parser makes no link around a footnote.
        self.html.push_markup(&format!(
            "<sup class=\"footnote-ref\"><a id=\"{prefix}fnref:{number}{again}\" href=\"#{prefix}fn:{number}\" role=\"doc-noteref\">{number}</a></sup>"
        ));
    }

    fn footnotes(&mut self) {
        if self.notes.order.is_empty() {
            return;
        }
        self.html.push_markup("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        self.say(&Words::new("注", "Notes"));
        self.html.push_markup("\">\n<ol>\n");
        let mut next = 0;
        // A footnote may refer to another one, which then follows.
        while let Some(range) = self.notes.order.get(next).and_then(|label| self.notes.defined.get(label)).cloned() {
            next += 1;
            let prefix = self.rendering.prefix;
            self.html.push_markup(&format!("<li id=\"{prefix}fn:{next}\">"));
            let outer = std::mem::take(&mut self.html);
            self.range(range, false);
            let body = std::mem::replace(&mut self.html, outer).into_string();
            let (body, end) = body.strip_suffix("</p>\n").map_or((body.as_str(), ""), |body| (body, "</p>"));
            self.html.push_markup(body);
            self.html
                .push_markup(&format!(" <a class=\"footnote-back\" href=\"#{prefix}fnref:{next}\" role=\"doc-backlink\" aria-label=\""));
            self.say(&Words::new(format!("注{next}の参照元へ戻る"), format!("Back to reference {next}")));
            self.html.push_markup(&format!("\">↩</a>{end}</li>\n"));
        }
        self.html.push_markup("</ol>\n</section>\n");
    }
}
