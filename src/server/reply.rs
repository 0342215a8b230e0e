//! What a handler answers, and the headers that every answer carries.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use anyhow::{Result, bail, ensure};

use super::refusal::Refusal;
use super::request::{Method, Request};
use crate::language::{Language, Words};

/// Headers that are not a handler's to set: the framing is the gate's, the policy is the same on every reply.
const OURS: [&str; 16] = [
    "cache-control",
    "connection",
    "content-length",
    "content-security-policy",
    "content-type",
    "cross-origin-opener-policy",
    "date",
    "etag",
    "keep-alive",
    "location",
    "permissions-policy",
    "referrer-policy",
    "server",
    "trailer",
    "transfer-encoding",
    "x-content-type-options",
];

/// One answer. Unless it is given an `ETag` it may not be kept anywhere (`no-store`): forms and personal pages are seen on
/// shared machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Arc<[u8]>,
    etag: Option<String>,
}

impl Reply {
    /// An HTML page.
    #[must_use]
    pub fn html(status: u16, page: impl Into<Arc<[u8]>>) -> Reply {
        Reply::typed(status, "text/html; charset=utf-8", page)
    }

    /// Plain text.
    #[must_use]
    pub fn plain(status: u16, text: &str) -> Reply {
        Reply::typed(status, "text/plain; charset=utf-8", text.as_bytes())
    }

    /// Bytes of any type, for example a file of the site; shared bytes are not copied.
    #[must_use]
    pub fn bytes(content_type: &'static str, bytes: impl Into<Arc<[u8]>>) -> Reply {
        Reply::typed(200, content_type, bytes)
    }

    /// «Go there with GET» (303), after a form was taken.
    ///
    /// # Errors
    /// A target that could lead off this server: it has to begin with one `/` and be plain visible ASCII (percent-encoded).
    pub fn see_other(target: &str) -> Result<Reply> {
        let away = !target.starts_with('/') || target.starts_with("//") || target.contains('\\');
        ensure!(!away && target.bytes().all(|byte| byte.is_ascii_graphic()), "a redirect must stay on this server");
        let mut reply = Reply::html(303, Vec::new());
        reply.headers.push(("Location", target.to_owned()));
        Ok(reply)
    }

    /// «You have it already» (304).
    #[must_use]
    pub fn not_modified(etag: &str) -> Reply {
        Reply { status: 304, headers: Vec::new(), body: Arc::new([]), etag: None }.with_etag(etag)
    }

    /// The page that says why not, in Japanese and English.
    #[must_use]
    pub fn refusal(refusal: Refusal) -> Reply {
        let mut reply = Reply::html(refusal.status(), refusal_page(refusal.title(), refusal.advice(), refusal.status()).into_bytes());
        match refusal {
            Refusal::Method => reply.headers.push(("Allow", "GET, HEAD, POST".to_owned())),
            Refusal::Full | Refusal::TooMany => reply.headers.push(("Retry-After", "5".to_owned())),
            _ => {}
        }
        reply
    }

    /// The same reply, which browsers may keep but must ask about (`no-cache`). The tag is what [`etag`] makes.
    #[must_use]
    pub fn with_etag(mut self, etag: &str) -> Reply {
        let plain: String = etag.chars().filter(|letter| letter.is_ascii_graphic() && *letter != '"').collect();
        self.etag = Some(format!("\"{plain}\""));
        self
    }

    /// The same reply, or 304 where the browser says that it holds this one.
    #[must_use]
    pub fn unless_known(self, request: &Request) -> Reply {
        let (Some(own), Some(held)) = (&self.etag, &request.headers.if_none_match) else { return self };
        let known = held.split(',').map(str::trim).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == own);
        if known && self.status == 200 && request.method != Method::Post { Reply::not_modified(own) } else { self }
    }

    /// The same reply with one more header line, such as `Set-Cookie` or `Content-Disposition`.
    ///
    /// # Errors
    /// A control character in the value (a line break would begin a second header), a value that is not ASCII, a name that is
    /// no token, or a header that the server sets itself.
    pub fn with_header(mut self, name: &'static str, value: &str) -> Result<Reply> {
        let token = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        ensure!(token, "not the name of a header");
        if OURS.contains(&name.to_ascii_lowercase().as_str()) {
            bail!("the header {name} is set by the server");
        }
        ensure!(is_header_value(value), "a value of the header {name} that is not plain text of one line");
        self.headers.push((name, value.to_owned()));
        Ok(self)
    }

    /// The status code.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &Arc<[u8]> {
        &self.body
    }

    /// The value of a header that this reply itself carries (not those that every reply gets), by its name in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let etag = self.etag.as_deref().filter(|_| name.eq_ignore_ascii_case("etag"));
        etag.or_else(|| self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str()))
    }

    /// Every value of a header that this reply itself carries.
    pub fn headers<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        self.headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    fn typed(status: u16, content_type: &'static str, body: impl Into<Arc<[u8]>>) -> Reply {
        Reply { status, headers: vec![("Content-Type", content_type.to_owned())], body: body.into(), etag: None }
    }
}

/// What browsers are told about every reply of this server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    content: String,
}

impl Policy {
    /// The policy of a server whose forms may also be sent to these collectors.
    ///
    /// # Errors
    /// A collector that is not an origin such as `https://answers.example:8443`.
    pub fn new(collectors: &[String]) -> Result<Policy> {
        let mut targets = "'self'".to_owned();
        for collector in collectors {
            let name = collector.strip_prefix("https://").or_else(|| collector.strip_prefix("http://")).unwrap_or_default();
            let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
            ensure!(!name.is_empty() && plain, "\"{collector}\" is not an origin such as https://answers.example");
            let _ = write!(targets, " {collector}");
        }
        let content = format!(
            "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'self'; \
             connect-src 'self'; form-action {targets}; frame-ancestors 'none'; base-uri 'none'"
        );
        Ok(Policy { content })
    }

    /// **Every** header line of a reply but those of its framing: the only way to a browser, for handlers' replies and for the
    /// gate's own, so that none goes without.
    #[must_use]
    pub fn seal(&self, reply: &Reply) -> Vec<(&'static str, String)> {
        let mut lines = reply.headers.clone();
        let fixed = [
            ("Content-Security-Policy", self.content.as_str()),
            ("X-Content-Type-Options", "nosniff"),
            // Not no-referrer: with that, browsers send `Origin: null` even from our own pages.
            ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
            ("Cache-Control", if reply.etag.is_some() { "no-cache" } else { "no-store" }),
            ("Server", "shirube"),
        ];
        lines.extend(fixed.map(|(name, value)| (name, value.to_owned())));
        lines.extend(reply.etag.iter().map(|etag| ("ETag", etag.clone())));
        lines
    }
}

/// A tag for [`Reply::with_etag`]: the same for the same bytes, as long as the program is the same.
#[must_use]
pub fn etag(bytes: &[u8]) -> String {
    // Two lengths of the same hash would not help: 64 bits keep honest pages apart, and nobody gains by a collision.
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn is_header_value(value: &str) -> bool {
    value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) && value.trim() == value
}

fn refusal_page(title: Words, advice: Words, status: u16) -> String {
    let part = |language: Language| {
        let (title, advice) = (title.in_language(language), advice.in_language(language));
        let heading = if language == Language::ALL[0] { "h1" } else { "h2" };
        format!("<section lang=\"{}\">\n<{heading}>{title}</{heading}>\n<p>{advice}</p>\n</section>\n", language.code())
    };
    let sections: String = Language::ALL.into_iter().map(part).collect();
    format!(
        "<!doctype html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{}</title>\n</head>\n<body>\n<main>\n{sections}<p>HTTP {status}</p>\n</main>\n</body>\n</html>\n",
        title.ja
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_values_cannot_begin_a_second_line() {
        for value in ["a\r\nSet-Cookie: x=1", "a\nb", "a\rb", "a\0b", "a\tb", "a\x7f", "あ", " a"] {
            assert!(Reply::plain(200, "").with_header("Set-Cookie", value).is_err(), "{value:?} was taken");
        }
        for name in ["Content-Length", "transfer-encoding", "Content-Security-Policy", "Location", "X Y", "X:", ""] {
            assert!(Reply::plain(200, "").with_header(name, "a").is_err(), "{name:?} was taken");
        }
        let reply = Reply::plain(200, "").with_header("Set-Cookie", "desk=1; HttpOnly; SameSite=Strict").expect("a plain value");
        assert_eq!(reply.header("set-cookie"), Some("desk=1; HttpOnly; SameSite=Strict"));
    }

    #[test]
    fn redirects_stay_here() {
        for target in ["http://evil.example", "//evil.example", "/\\evil.example", "/a\r\nX: y", "/a b", "/\t/evil.example", "a", ""] {
            assert!(Reply::see_other(target).is_err(), "{target:?} was taken");
        }
        let reply = Reply::see_other("/survey/pulse/thanks?lang=ja").expect("a place here");
        assert_eq!((reply.status(), reply.header("Location")), (303, Some("/survey/pulse/thanks?lang=ja")));
    }

    #[test]
    fn pages_are_asked_about_and_forms_are_not_kept() {
        let policy = Policy::new(&[]).expect("no collectors");
        let line = |reply: &Reply, name: &str| policy.seal(reply).into_iter().find(|(known, _)| *known == name).map(|(_, value)| value);
        let form = Reply::html(200, b"form".as_slice());
        assert_eq!((line(&form, "Cache-Control").as_deref(), line(&form, "ETag")), (Some("no-store"), None));
        let page = Reply::html(200, b"page".as_slice()).with_etag(&etag(b"page"));
        assert_eq!(line(&page, "Cache-Control").as_deref(), Some("no-cache"));
        let tag = line(&page, "ETag").expect("a tag");

        let mut request = Request::new(Method::Get, "/").expect("a path");
        for (held, status) in [
            (tag.clone(), 304),
            (format!("W/{tag}"), 304),
            (format!("\"x\", {tag}"), 304),
            ("*".to_owned(), 304),
            ("\"x\"".to_owned(), 200),
        ] {
            request.headers.if_none_match = Some(held.clone());
            let reply = page.clone().unless_known(&request);
            assert_eq!((reply.status(), reply.header("etag")), (status, Some(tag.as_str())), "{held}");
        }
        assert_ne!(etag(b"page"), etag(b"Page"));
    }

    #[test]
    fn every_refusal_is_a_page_in_both_languages_under_the_policy() {
        let policy = Policy::new(&["https://answers.example".to_owned()]).expect("an origin");
        for refusal in Refusal::ALL {
            let reply = Reply::refusal(refusal);
            let page = String::from_utf8(reply.body().to_vec()).expect("text");
            assert!(page.contains(&refusal.title().ja) && page.contains(&refusal.advice().en), "{refusal:?}");
            assert!(!page.contains("style") && !page.contains("script") && !page.contains('！'), "{refusal:?}");
            let lines = policy.seal(&reply);
            for name in ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cache-Control"] {
                assert_eq!(lines.iter().filter(|(known, _)| *known == name).count(), 1, "{name} of {refusal:?}");
            }
            assert!(lines.iter().any(|(_, value)| value.contains("form-action 'self' https://answers.example;")));
        }
    }

    #[test]
    fn collectors_are_origins() {
        for collector in
            ["answers.example", "https://", "https://a b", "https://a;script-src *", "https://a/b", "javascript:x", "https://a,b"]
        {
            assert!(Policy::new(&[collector.to_owned()]).is_err(), "{collector} was taken");
        }
    }
}
