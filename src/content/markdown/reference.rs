//! Where links and images lead.

use crate::diagnostic::{Diagnostic, Place, closest, code};

/// What one of our own references names: `module:strengths`, `page:faq#who`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceKind {
    /// A free page.
    Page,
    /// A module.
    Module,
    /// A lesson of a module: `lesson:strengths/first-steps`.
    Lesson,
    /// A worksheet of a module: `worksheet:strengths/overlap`.
    Worksheet,
    /// A survey's form.
    Survey,
    /// A data set.
    Data,
    /// A report.
    Report,
    /// A plan.
    Plan,
    /// Cohorts.
    Cohorts,
    /// An entry of the list of sources.
    Source,
}

impl ReferenceKind {
    /// Every kind.
    pub const ALL: [ReferenceKind; 10] = [
        ReferenceKind::Page,
        ReferenceKind::Module,
        ReferenceKind::Lesson,
        ReferenceKind::Worksheet,
        ReferenceKind::Survey,
        ReferenceKind::Data,
        ReferenceKind::Report,
        ReferenceKind::Plan,
        ReferenceKind::Cohorts,
        ReferenceKind::Source,
    ];

    /// The word before the colon.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            ReferenceKind::Page => "page",
            ReferenceKind::Module => "module",
            ReferenceKind::Lesson => "lesson",
            ReferenceKind::Worksheet => "worksheet",
            ReferenceKind::Survey => "survey",
            ReferenceKind::Data => "data",
            ReferenceKind::Report => "report",
            ReferenceKind::Plan => "plan",
            ReferenceKind::Cohorts => "cohorts",
            ReferenceKind::Source => "source",
        }
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// Something of the project.
    Own {
        /// What it is.
        kind: ReferenceKind,
        /// Its id: parts of `a` to `z`, digits and `-`, joined by `/`.
        id: String,
        /// The heading within it, without `#`.
        anchor: Option<String>,
    },
    /// A heading of the same text, without `#`.
    Anchor(String),
    /// A file beside this one, as written.
    Relative(String),
    /// `http:`, `https:` or `mailto:`.
    External(String),
}

/// A link or an image and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// Where it leads.
    pub target: Target,
    /// An image rather than a link.
    pub image: bool,
    /// The place of its target in the file; in texts without a file (`inline`) nowhere.
    pub place: Place,
}

/// What a reference becomes in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedLink {
    /// The address, relative to the page; it is escaped when it is written.
    pub href: String,
    /// What to show when the author wrote no words: `[](module:strengths)`.
    pub label: Option<String>,
}

/// Reads a target; else says what is wrong with it.
pub(super) fn read(target: &str, place: &Place) -> Result<Target, Box<Diagnostic>> {
    let unsafe_link = |ja: String, en: String| Box::new(Diagnostic::error(code::UNSAFE_LINK, place.clone(), ja, en));
    if target.is_empty() {
        return Err(unsafe_link("リンク先がありません。".into(), "The link leads nowhere.".into()));
    }
    if target.chars().any(char::is_control) || target.contains('\\') || target.starts_with("//") {
        return Err(unsafe_link(
            format!("「{}」はリンク先にできません。", target.escape_debug()),
            format!("A link cannot lead to “{}”.", target.escape_debug()),
        ));
    }
    if let Some(anchor) = target.strip_prefix('#') {
        return Ok(Target::Anchor(decode_percent(anchor)));
    }
    let Some((scheme, rest)) = target.split_once(':').filter(|(scheme, _)| !scheme.contains(['/', '?', '#'])) else {
        return Ok(Target::Relative(target.to_owned()));
    };
    let scheme = scheme.to_ascii_lowercase();
    if matches!(scheme.as_str(), "http" | "https") && rest.len() > 2 && rest.starts_with("//") || scheme == "mailto" && !rest.is_empty() {
        return Ok(Target::External(target.to_owned()));
    }
    let Some(kind) = ReferenceKind::ALL.into_iter().find(|kind| kind.word() == scheme) else {
        let mut diagnostic = unsafe_link(
            format!("「{scheme}:」で始まるリンクは使えません。"),
            format!("Links that begin with “{scheme}:” are not allowed."),
        );
        if let Some(near) = closest(&scheme, ReferenceKind::ALL.map(ReferenceKind::word)) {
            *diagnostic = diagnostic.hint(format!("「{near}:」の書き間違いではありませんか。"), format!("Did you mean “{near}:”?"));
        } else {
            *diagnostic = diagnostic.hint(
                "使えるのは https:、http:、mailto: と、page:、module:、lesson:、survey:、data:、report:、source: です。",
                "Use https:, http:, mailto:, page:, module:, lesson:, survey:, data:, report: or source:.",
            );
        }
        return Err(diagnostic);
    };
    let (id, anchor) = rest.split_once('#').map_or((rest, None), |(id, anchor)| (id, Some(decode_percent(anchor))));
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    if !id.split('/').all(is_part) {
        return Err(unsafe_link(
            format!("「{id}」は ID の形ではありません。半角の小文字・数字・ハイフンで書きます。"),
            format!("“{id}” cannot be an id. Use lower-case letters, digits and hyphens."),
        ));
    }
    Ok(Target::Own { kind, id: id.to_owned(), anchor: anchor.filter(|anchor| !anchor.is_empty()) })
}

/// `%E6%96%87` as the characters it stands for; left alone where it stands for none.
fn decode_percent(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match (first, tail) {
            (b'%', [high, low, ..]) => char::from(*high).to_digit(16).zip(char::from(*low).to_digit(16)),
            _ => None,
        };
        match escaped.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_and_dangerous_ones_refused() {
        let place = Place::whole(&"content/pages/a.md".into());
        let own = |kind, id: &str, anchor: Option<&str>| Target::Own { kind, id: id.into(), anchor: anchor.map(Into::into) };
        for (text, expected) in [
            ("module:strengths", own(ReferenceKind::Module, "strengths", None)),
            ("lesson:strengths/first#狙い", own(ReferenceKind::Lesson, "strengths/first", Some("狙い"))),
            ("page:faq#%E7%8B%99%E3%81%84", own(ReferenceKind::Page, "faq", Some("狙い"))),
            ("#まとめ", Target::Anchor("まとめ".into())),
            ("photo.png", Target::Relative("photo.png".into())),
            ("a/b:c", Target::Relative("a/b:c".into())),
            ("HTTPS://example.org/x?y#z", Target::External("HTTPS://example.org/x?y#z".into())),
            ("mailto:hr@example.org", Target::External("mailto:hr@example.org".into())),
        ] {
            assert_eq!(read(text, &place), Ok(expected), "{text}");
        }
        for text in [
            "",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,<script>",
            "data:image/png;base64,AA",
            "vbscript:x",
            "//example.org",
            "\\\\server\\share",
            "C:\\x",
            "file:///etc/passwd",
            "http:",
            "https:example",
            "mailto:",
            "module:Strengths",
            "page:",
            "page:a//b",
            "page:../x",
        ] {
            assert!(read(text, &place).is_err(), "{text}");
        }
        let error = read("modul:strengths", &place).expect_err("a slip");
        assert!(error.hint.as_ref().is_some_and(|hint| hint.en.contains("“module:”")));
    }
}
