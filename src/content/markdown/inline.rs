//! Short texts: the words of YAML files, which may hold emphasis, code, links and readings but no blocks.

use super::events::{self, end_of, nesting};
use super::guard::SENTINEL;
use super::html::Html;
use super::reference::{self, Reference, ResolvedLink};
use super::span;
use crate::diagnostic::Place;
use pulldown_cmark::{Event, Tag, TagEnd};

/// A short text as HTML. Our own references show their words only; see [`inline_linked`].
#[must_use]
pub fn inline(text: &str) -> Html {
    inline_linked(text, &|_| None)
}

/// A short text as HTML, with a say in where its links lead; what is not resolved shows its words only.
#[must_use]
pub fn inline_linked(text: &str, resolve: &dyn Fn(&Reference) -> Option<ResolvedLink>) -> Html {
    if is_bare(text) {
        return Html::escape(text.trim());
    }
    marked_up(text, resolve)
}

fn marked_up(text: &str, resolve: &dyn Fn(&Reference) -> Option<ResolvedLink>) -> Html {
    let events = events::line(text);
    let nowhere = Place::whole(&"".into());
    let mut html = Html::default();
    let mut closing = Vec::new();
    let mut index = 0;
    while index < events.len() {
        match &events[index] {
            Event::Start(Tag::Link { dest_url, .. }) => {
                let target = reference::read(dest_url, &nowhere).ok();
                let reference = target.map(|target| Reference { target, image: false, place: nowhere.clone() });
                let empty = matches!(events.get(index + 1), Some(Event::End(TagEnd::Link)));
                closing.push(span::open_link(&mut html, reference.as_ref(), empty, resolve));
            }
            Event::End(TagEnd::Link) => {
                if closing.pop().unwrap_or(false) {
                    html.push_markup("</a>");
                }
            }
            Event::Start(Tag::Image { .. }) => {
                let end = end_of(events.len(), index, |at| nesting(&events[at]));
                html.push_text(&events::words(&events[index..end]));
                index = end;
            }
            other => span::push(&mut html, other),
        }
        index += 1;
    }
    html
}

/// A short text without any markup: for titles, alternative texts, search.
#[must_use]
pub fn plain(text: &str) -> String {
    if is_bare(text) {
        return text.trim().to_owned();
    }
    words_of(text)
}

fn words_of(text: &str) -> String {
    let shown = events::line(text).into_iter().map(|event| match event {
        // What looks like a tag shows as it was written, here as in [`inline`].
        Event::InlineHtml(html) => Event::Text(html),
        other => other,
    });
    events::words(&shown.collect::<Vec<_>>())
}

/// Whether a text can hold no markup at all, as most titles and labels: then nothing needs to be read.
fn is_bare(text: &str) -> bool {
    text.chars().all(|char| match char {
        ' ' | ',' | '.' | ':' | ';' | '?' | '(' | ')' | '/' | '%' | '+' | '=' => true,
        ascii if ascii.is_ascii() => ascii.is_ascii_alphanumeric(),
        other => other != SENTINEL && !other.is_control(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_have_no_blocks() {
        for (text, expected) in [
            ("**強調。**次の文", "<strong>強調。</strong>次の文"),
            ("# 見出しではない", "# 見出しではない"),
            ("1. 番号でもない", "1. 番号でもない"),
            ("- a\n- b", "- a\n- b"),
            ("> x", "&gt; x"),
            ("題\n---", "題\n---"),
            ("一行目\n\n二行目", "一行目二行目"),
            ("one\ntwo", "one\ntwo"),
            ("    code", "code"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("<b onclick=x>", "&lt;b onclick=x&gt;"),
            ("`a < b`", "<code>a &lt; b</code>"),
            ("`a\nb`", "<code>a b</code>"),
            ("[x](javascript:alert(1))", "x"),
            ("[x](module:a)", "x"),
            ("![図](photo.png)", "図"),
            ("{漢字|かんじ}", "<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>"),
            ("5 < 6 & 7", "5 &lt; 6 &amp; 7"),
            ("*\"x\"* y", "<em>&quot;x&quot;</em> y"),
            ("a|b\n-|-", "a|b\n-|-"),
            ("", ""),
        ] {
            assert_eq!(inline(text).as_str(), expected, "{text}");
        }
        assert_eq!(
            inline("[x](https://example.org/?a=1&b)").as_str(),
            "<a class=\"external\" href=\"https://example.org/?a=1&amp;b\" rel=\"noopener noreferrer\">x</a>"
        );
        let resolve = |_: &Reference| Some(ResolvedLink { href: "../a/".into(), label: Some("強み".into()) });
        assert_eq!(inline_linked("[](module:a)", &resolve).as_str(), "<a href=\"../a/\">強み</a>");
    }

    #[test]
    fn what_is_taken_as_bare_would_be_read_the_same() {
        let pieces = [
            "働き方",
            "A",
            " ",
            "\u{3000}",
            "1.",
            "(x)",
            "：",
            "http://x.y/z",
            "、",
            "?",
            "5 % + 3 = 8",
            "é",
            "\u{a0}",
            "—",
            "\u{2028}",
            "「",
            "」",
        ];
        for one in pieces {
            for other in pieces {
                let text = format!("{one}{other}{one}");
                assert!(is_bare(&text), "{text:?}");
                assert_eq!(words_of(&text), plain(&text), "{text:?}");
                assert_eq!(marked_up(&text, &|_| None), inline(&text), "{text:?}");
            }
        }
        for text in ["*a*", "a_b", "`a`", "[a](b)", "a<b", "a&amp;b", "a\\b", "{漢字|かんじ}", "~~a~~", "a\nb", "!", "a\tb"] {
            assert!(!is_bare(text), "{text:?}");
        }
    }

    #[test]
    fn plain_texts_have_no_markup() {
        for (text, expected) in [("**{漢字|かんじ}。**と`code`、[リンク](x)", "漢字。とcode、リンク"), ("A & B <i>", "A & B <i>")]
        {
            assert_eq!(plain(text), expected);
        }
    }
}
