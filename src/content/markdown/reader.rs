//! What a text holds: headings, references, charts, raw HTML, and what is wrong with them.

use super::events::{Located, end_of, is_comment, is_line_break, nesting, words};
use super::heading::{HANDOUT, Heading, Taken, slug};
use super::lines::Lines;
use super::reference::{self, Reference, ReferenceKind, Target};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A paragraph that holds nothing but `![caption](data:ID)`: the place of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExhibitMark {
    /// The data set's id.
    pub id: String,
    /// The author's words for it.
    pub caption: Option<String>,
    /// Where its id stands.
    pub place: Place,
    /// The index of the event that ends the paragraph.
    pub(super) end: usize,
}

/// Collects what a text holds and what is wrong with it.
pub(super) struct Reader<'a> {
    pub(super) lines: &'a Lines<'a>,
    /// Where the Markdown starts in the file.
    pub(super) offset: usize,
    pub(super) diagnostics: Diagnostics,
}

impl Reader<'_> {
    fn place(&self, range: &Range<usize>) -> Place {
        self.lines.place(self.offset + range.start..self.offset + range.end)
    }

    fn source(&self, range: &Range<usize>) -> &str {
        self.lines.text().get(self.offset + range.start..self.offset + range.end).unwrap_or_default()
    }

    /// The headings, each with its own id.
    pub(super) fn headings(&mut self, located: &[Located]) -> BTreeMap<usize, Heading> {
        let mut headings = BTreeMap::new();
        let mut given: BTreeMap<String, Place> = BTreeMap::new();
        let mut without_id = Vec::new();
        let (mut above, mut handout) = (1, None);
        for (index, (event, range)) in located.iter().enumerate() {
            let Event::Start(Tag::Heading { level, id, classes, .. }) = event else { continue };
            let written = *level as u8;
            let mut place = self.place(range);
            place.length = u32::try_from(self.source(range).lines().next().unwrap_or_default().chars().count()).unwrap_or(u32::MAX).max(1);
            self.check_level(written, above, &place);
            above = written.max(2);
            self.check_classes(classes, &place);
            let ends = handout.is_some_and(|level| written <= level);
            let begins = classes.iter().any(|class| class.as_ref() == HANDOUT);
            if ends || begins {
                handout = begins.then_some(written);
            }
            let end = end_of(located.len(), index, |at| nesting(&located[at].0));
            let text = words(located[index..end].iter().map(|(event, _)| event)).trim().to_owned();
            if let Some(id) = id {
                if let Some(first) = given.get(id.as_ref()) {
                    let diagnostic = Diagnostic::error(
                        code::DUPLICATE_ID,
                        place.clone(),
                        format!("見出しの ID「{id}」が二度使われています。"),
                        format!("The heading id “{id}” is used twice."),
                    );
                    self.diagnostics.push(diagnostic.also(first.clone(), "一つ目", "the first one"));
                } else {
                    given.insert(id.to_string(), place.clone());
                }
            } else {
                without_id.push(index);
            }
            let id = id.as_ref().map(ToString::to_string).unwrap_or_default();
            headings.insert(index, Heading { level: written.max(2), id, text, starts_page: ends || begins, place });
        }
        let mut taken = Taken::default();
        for id in given.into_keys() {
            taken.unique(id);
        }
        for index in without_id {
            if let Some(heading) = headings.get_mut(&index) {
                heading.id = taken.unique(slug(&heading.text));
            }
        }
        headings
    }

    fn check_classes(&mut self, classes: &[CowStr<'_>], place: &Place) {
        for class in classes.iter().filter(|class| class.as_ref() != HANDOUT) {
            self.diagnostics.push(
                Diagnostic::warning(
                    code::HEADING_CLASS,
                    place.clone(),
                    format!("見出しの印「.{class}」には意味がありません。"),
                    format!("The mark “.{class}” on a heading means nothing."),
                )
                .hint("使えるのは、配る紙の印「{.handout}」だけです。", "There is one: “{.handout}”, for a hand-out."),
            );
        }
    }

    fn check_level(&mut self, level: u8, above: u8, place: &Place) {
        if level == 1 {
            self.diagnostics.push(
                Diagnostic::warning(
                    code::HEADING_LEVEL,
                    place.clone(),
                    "本文の見出しは「##」から始めます。「#」はページの題です。",
                    "Headings in a text begin with “##”; “#” is the page’s title.",
                )
                .hint("「##」にしてください。", "Write “##”."),
            );
        } else if level > above + 1 {
            self.diagnostics.push(Diagnostic::warning(
                code::HEADING_LEVEL,
                place.clone(),
                format!("見出しの段階が飛んでいます。ここに書けるのは「{}」までです。", "#".repeat(usize::from(above) + 1)),
                format!("This heading skips a level; at most “{}” can stand here.", "#".repeat(usize::from(above) + 1)),
            ));
        }
    }

    /// The references that may stay, and the charts.
    pub(super) fn references(&mut self, located: &[Located]) -> (BTreeMap<usize, Reference>, BTreeMap<usize, ExhibitMark>) {
        let mut references = BTreeMap::new();
        let mut exhibits = BTreeMap::new();
        let mut depth = 0;
        for (index, (event, range)) in located.iter().enumerate() {
            let (link_type, target, title, image) = match event {
                Event::Start(Tag::Link { link_type, dest_url, title, .. }) => (*link_type, dest_url, title, false),
                Event::Start(Tag::Image { link_type, dest_url, title, .. }) => (*link_type, dest_url, title, true),
                _ => {
                    depth += nesting(event);
                    continue;
                }
            };
            depth += 1;
            let place = self.place(&self.target_range(range, target));
            let target: Cow<'_, str> =
                if link_type == LinkType::Email { format!("mailto:{target}").into() } else { target.as_ref().into() };
            let target = match reference::read(&target, &place) {
                Ok(target) => target,
                Err(diagnostic) => {
                    self.diagnostics.push(*diagnostic);
                    continue;
                }
            };
            let reference = Reference { target, image, place };
            if image && !self.is_fit_for_image(&reference) {
                continue;
            }
            if let (true, Target::Own { kind: ReferenceKind::Data, id, .. }) = (image, &reference.target) {
                let end = end_of(located.len(), index, |at| nesting(&located[at].0));
                let alone = index > 0
                    && depth == 2
                    && located[index - 1].0 == Event::Start(Tag::Paragraph)
                    && located.get(end + 1).is_some_and(|(event, _)| *event == Event::End(TagEnd::Paragraph));
                if !alone {
                    self.diagnostics.push(
                        Diagnostic::error(
                            code::CHART_PLACE,
                            reference.place.clone(),
                            "グラフは、文や箇条書きの中には置けません。",
                            "A chart cannot stand among words or in a list.",
                        )
                        .hint(
                            "前後に空の行を入れ、行の初めから一行だけで書いてください。",
                            "Give it a line of its own, with empty lines around it.",
                        ),
                    );
                    continue;
                }
                let caption = if title.is_empty() { words(located[index..end].iter().map(|(event, _)| event)) } else { title.to_string() };
                let caption = Some(caption).filter(|caption| !caption.trim().is_empty());
                exhibits.insert(index - 1, ExhibitMark { id: id.clone(), caption, place: reference.place.clone(), end: end + 1 });
            }
            references.insert(index, reference);
        }
        (references, exhibits)
    }

    /// The bytes of a link's target within the link; the whole link where the target is written elsewhere.
    fn target_range(&self, range: &Range<usize>, target: &str) -> Range<usize> {
        match self.source(range).rfind(target).filter(|_| !target.is_empty()) {
            Some(index) => range.start + index..range.start + index + target.len(),
            None => range.clone(),
        }
    }

    fn is_fit_for_image(&mut self, reference: &Reference) -> bool {
        match &reference.target {
            Target::External(_) => {
                self.diagnostics.push(
                    Diagnostic::error(
                        code::REMOTE_IMAGE,
                        reference.place.clone(),
                        "ネットワーク上の画像は使えません。サイトは通信なしで開きます。",
                        "An image from the network cannot be used: sites open without one.",
                    )
                    .hint(
                        "この版で置けるのは、![](data:ID) と書く数値の図だけです。",
                        "This version shows charts of data sets only: ![](data:ID).",
                    ),
                );
                false
            }
            Target::Anchor(_) => {
                self.diagnostics.push(Diagnostic::error(
                    code::UNSAFE_LINK,
                    reference.place.clone(),
                    "画像の場所に、見出しが書かれています。",
                    "An image cannot be a heading.",
                ));
                false
            }
            Target::Own { .. } | Target::Relative(_) => true,
        }
    }

    /// Where raw HTML stands.
    pub(super) fn raw_html(&self, located: &[Located]) -> Vec<Place> {
        let mut places = Vec::new();
        let mut inside = false;
        for (event, range) in located {
            match event {
                Event::Start(Tag::HtmlBlock) => {
                    inside = true;
                    if !is_comment(self.source(range)) {
                        places.push(self.place(range));
                    }
                }
                Event::End(TagEnd::HtmlBlock) => inside = false,
                Event::InlineHtml(html) if !inside && !is_comment(html) && !is_line_break(html) => places.push(self.place(range)),
                _ => {}
            }
        }
        places
    }

    /// `**` that the parser took for asterisks: seldom what the author meant.
    pub(super) fn check_marks(&mut self, located: &[Located]) {
        let mut code = false;
        for (event, range) in located {
            match event {
                Event::Start(Tag::CodeBlock(_)) => code = true,
                Event::End(TagEnd::CodeBlock) => code = false,
                Event::Text(text) if !code && text.contains("**") => {
                    let Some(index) = self.source(range).find("**") else { continue };
                    let place = self.place(&(range.start + index..range.start + index + 2));
                    self.diagnostics.push(
                        Diagnostic::warning(
                            code::LITERAL_MARK,
                            place,
                            "この「**」は太字にならず、そのまま表示されます。",
                            "This “**” is printed as it is and makes nothing bold.",
                        )
                        .hint(
                            "内側の空白を除き、対になる「**」を同じ段落に置いてください。記号として見せるなら「\\*\\*」と書きます。",
                            "Remove spaces inside the marks and close them in the same paragraph. To show them, write “\\*\\*”.",
                        ),
                    );
                }
                _ => {}
            }
        }
    }

    /// Footnotes without a text, texts without a footnote.
    pub(super) fn check_footnotes(&mut self, located: &[Located]) {
        let mut referred: BTreeSet<&str> = BTreeSet::new();
        let mut defined: BTreeMap<&str, &Range<usize>> = BTreeMap::new();
        for (event, range) in located {
            match event {
                Event::FootnoteReference(label) => {
                    referred.insert(label);
                }
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    defined.entry(label).or_insert(range);
                }
                Event::Text(text) => self.check_undefined(text, range),
                _ => {}
            }
        }
        for (label, range) in defined.iter().filter(|(label, _)| !referred.contains(**label)) {
            self.diagnostics.push(Diagnostic::warning(
                code::FOOTNOTE,
                self.place(&(range.start..range.start + label.len() + 3)),
                format!("脚注［^{label}］は、本文のどこからも参照されていません。"),
                format!("No text refers to the footnote [^{label}]."),
            ));
        }
    }

    /// `[^1]` that stayed text, because nothing defines it.
    fn check_undefined(&mut self, text: &str, range: &Range<usize>) {
        if !text.contains("[^") {
            return;
        }
        let source = self.source(range);
        let mut found = Vec::new();
        for (index, _) in source.match_indices("[^").filter(|(index, _)| !source[..*index].ends_with('\\')) {
            let label = &source[index + 2..];
            if let Some(end) = label.find(']').filter(|end| *end > 0 && !label[..*end].contains(char::is_whitespace)) {
                found.push((label[..end].to_owned(), range.start + index..range.start + index + 3 + end));
            }
        }
        for (label, range) in found {
            let place = self.place(&range);
            self.diagnostics.push(
                Diagnostic::error(
                    code::FOOTNOTE,
                    place,
                    format!("脚注［^{label}］の内容がありません。"),
                    format!("The footnote [^{label}] has no text."),
                )
                .hint(
                    format!("行の初めに「[^{label}]: 内容」と書いてください。"),
                    format!("Write “[^{label}]: text” at the beginning of a line."),
                ),
            );
        }
    }
}
