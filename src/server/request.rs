//! A request as handlers see it: bounded, decoded once, no socket in sight.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};

use super::refusal::Refusal;

/// Fields that a form may have.
const FIELDS: usize = 2_000;

/// The methods that are answered at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Show something.
    Get,
    /// The same without the body; handlers treat it as [`Method::Get`], the body is left out on the way.
    Head,
    /// Send a form.
    Post,
}

impl Method {
    /// The method of this name, in capitals as the standard asks.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Method> {
        match name {
            "GET" => Some(Method::Get),
            "HEAD" => Some(Method::Head),
            "POST" => Some(Method::Post),
            _ => None,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Head => "HEAD",
            Method::Post => "POST",
        }
    }
}

/// The header lines that handlers may know; all others end at the gate.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers {
    /// `Host`, already admitted by the gate.
    pub host: Option<String>,
    /// `Origin`; `null` for forms sent from a file.
    pub origin: Option<String>,
    /// `Referer`.
    pub referer: Option<String>,
    /// `Cookie`.
    pub cookie: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Accept-Language`.
    pub accept_language: Option<String>,
    /// `If-None-Match`.
    pub if_none_match: Option<String>,
}

impl Headers {
    /// The names of the header lines that are kept, in lower case.
    pub(super) const NAMES: [&str; 7] = ["host", "origin", "referer", "cookie", "content-type", "accept-language", "if-none-match"];

    /// The place of a header of this name (lower case), `None` where it is not one of those that are kept.
    pub(super) fn slot(&mut self, name: &str) -> Option<&mut Option<String>> {
        match name {
            "host" => Some(&mut self.host),
            "origin" => Some(&mut self.origin),
            "referer" => Some(&mut self.referer),
            "cookie" => Some(&mut self.cookie),
            "content-type" => Some(&mut self.content_type),
            "accept-language" => Some(&mut self.accept_language),
            "if-none-match" => Some(&mut self.if_none_match),
            _ => None,
        }
    }
}

/// One request.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// What is asked.
    pub method: Method,
    /// The path, percent-decoded once: begins with `/`, has no `.` or `..` segment, no empty one, no backslash and no control
    /// character.
    pub path: String,
    /// The fields after `?`.
    pub query: Form,
    /// The header lines that are kept.
    pub headers: Headers,
    /// The body as sent, within the limit.
    pub body: Vec<u8>,
    /// Who asks. Never stored with an answer.
    pub peer: IpAddr,
}

impl Request {
    /// A request for `target` (path and query as in a request line), from this machine, without headers and body.
    ///
    /// # Errors
    /// A target that does not name one place: not UTF-8 once decoded, `..`, control characters, too many fields.
    pub fn new(method: Method, target: &str) -> Result<Request, Refusal> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Ok(Request {
            method,
            path: decode_path(path)?,
            query: Form::parse(query.as_bytes())?,
            headers: Headers::default(),
            body: Vec::new(),
            peer: IpAddr::V4(Ipv4Addr::LOCALHOST),
        })
    }

    /// The fields of the form that was sent, in their order.
    ///
    /// # Errors
    /// The body is no urlencoded form, or has too many fields.
    pub fn form(&self) -> Result<Form, Refusal> {
        let kind = self.headers.content_type.as_deref().unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Refusal::NoForm);
        }
        Form::parse(&self.body)
    }

    /// The value of a cookie, the first of this name.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let pairs = self.headers.cookie.as_deref()?.split(';');
        pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Whether a browser vouches that the request comes from a page of this server: `Origin` is there and names our host.
    /// What carries authority (cookies, the desk) asks for this; a respondent's answers do not.
    #[must_use]
    pub fn same_origin(&self) -> bool {
        let (Some(origin), Some(host)) = (&self.headers.origin, &self.headers.host) else { return false };
        ["http://", "https://"].iter().any(|scheme| origin.strip_prefix(scheme).is_some_and(|name| name.eq_ignore_ascii_case(host)))
    }
}

/// Without path, fields, headers and body: they can hold tokens and answers, and what is printed ends in logs.
impl fmt::Debug for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Request({}, {} bytes)", self.method.name(), self.body.len())
    }
}

/// The fields of a form or of a query: in order, repeated names kept.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Form {
    fields: Vec<(String, String)>,
}

impl Form {
    /// Reads urlencoded fields. What is not UTF-8 becomes U+FFFD.
    ///
    /// # Errors
    /// More than 2,000 fields.
    pub fn parse(encoded: &[u8]) -> Result<Form, Refusal> {
        let fields: Vec<(String, String)> = form_urlencoded::parse(encoded).into_owned().take(FIELDS + 1).collect();
        if fields.len() > FIELDS { Err(Refusal::TooManyFields) } else { Ok(Form { fields }) }
    }

    /// The first value of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Every value of this name, in order.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.fields().filter(move |(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Every field, in order.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether there are no fields.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

/// Only how many fields: values are somebody's answers.
impl fmt::Debug for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Form({} fields)", self.fields.len())
    }
}

fn decode_path(path: &str) -> Result<String, Refusal> {
    const UNCLEAR: Refusal = Refusal::Malformed("path");
    let mut decoded = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let mut digit = || bytes.next().and_then(|byte| char::from(byte).to_digit(16));
        let (Some(high), Some(low)) = (digit(), digit()) else { return Err(UNCLEAR) };
        let byte = u8::try_from(high * 16 + low).map_err(|_| UNCLEAR)?;
        // An encoded slash would be a slash after decoding and not before: two readings of one address.
        if byte == b'/' {
            return Err(UNCLEAR);
        }
        decoded.push(byte);
    }
    let decoded = String::from_utf8(decoded).map_err(|_| UNCLEAR)?;
    let Some(inside) = decoded.strip_prefix('/') else { return Err(UNCLEAR) };
    let mut segments = inside.split('/').peekable();
    while let Some(segment) = segments.next() {
        // Only the last segment may be empty: the address of a folder.
        if segment == "." || segment == ".." || (segment.is_empty() && segments.peek().is_some()) {
            return Err(UNCLEAR);
        }
    }
    if decoded.chars().any(|letter| letter.is_control() || letter == '\\') { Err(UNCLEAR) } else { Ok(decoded) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_once() {
        for (target, path) in [
            ("/", "/"),
            ("/en/report/", "/en/report/"),
            ("/a%20b", "/a b"),
            ("/%E8%87%AA", "/自"),
            ("/%2541", "/%41"),
            ("/a+b", "/a+b"),
            ("/...", "/..."),
            ("/a?b=/../c", "/a"),
        ] {
            assert_eq!(Request::new(Method::Get, target).expect(target).path, path, "{target}");
        }
    }

    #[test]
    fn unclear_paths_are_refused() {
        for target in [
            "",
            "a",
            "*",
            "http://a/b",
            "//a",
            "/a//b",
            "/..",
            "/a/../b",
            "/./a",
            "/a/.",
            "/%2e%2e/b",
            "/a%2fb",
            "/a%5cb",
            "/a\\b",
            "/%00",
            "/%0d%0a",
            "/%7f",
            "/%",
            "/%4",
            "/%zz",
            "/%+1",
            "/%ff",
            "/%c0%af",
        ] {
            assert!(Request::new(Method::Get, target).is_err(), "{target} was taken");
        }
    }

    #[test]
    fn fields_keep_their_order_and_repetitions() {
        let form = Form::parse("a=1&b=%E3%81%82+%26&a=2&c=&=x&a".as_bytes()).expect("six fields");
        let fields: Vec<_> = form.fields().collect();
        assert_eq!(fields, [("a", "1"), ("b", "あ &"), ("a", "2"), ("c", ""), ("", "x"), ("a", "")]);
        assert_eq!(form.get("a"), Some("1"));
        assert_eq!(form.all("a").collect::<Vec<_>>(), ["1", "2", ""]);
        assert_eq!(form.get("z"), None);
    }

    #[test]
    fn two_thousand_fields_and_no_more() {
        assert!(Form::parse("a=1&".repeat(2_000).as_bytes()).is_ok());
        assert_eq!(Form::parse("a=1&".repeat(2_001).as_bytes()), Err(Refusal::TooManyFields));
        assert!(Request::new(Method::Get, &format!("/?{}", "a&".repeat(2_001))).is_err());
    }

    #[test]
    fn only_forms_are_read_as_forms() {
        let mut request = Request::new(Method::Post, "/").expect("a path");
        request.body = b"a=1".to_vec();
        for (kind, read) in [
            (None, false),
            (Some("application/x-www-form-urlencoded"), true),
            (Some("Application/X-WWW-Form-Urlencoded; charset=UTF-8"), true),
            (Some("application/json"), false),
            (Some("multipart/form-data; boundary=x"), false),
        ] {
            request.headers.content_type = kind.map(str::to_owned);
            assert_eq!(request.form().is_ok(), read, "{kind:?}");
        }
    }

    #[test]
    fn origins_are_compared_with_the_host() {
        let mut request = Request::new(Method::Post, "/").expect("a path");
        request.headers.host = Some("127.0.0.1:8080".to_owned());
        for (origin, same) in [
            (None, false),
            (Some("null"), false),
            (Some("http://127.0.0.1:8080"), true),
            (Some("https://127.0.0.1:8080"), true),
            (Some("http://127.0.0.1"), false),
            (Some("http://127.0.0.1:8080.evil.example"), false),
            (Some("http://evil.example"), false),
        ] {
            request.headers.origin = origin.map(str::to_owned);
            assert_eq!(request.same_origin(), same, "{origin:?}");
        }
    }

    #[test]
    fn cookies_are_found_by_name_and_nothing_secret_is_printed() {
        let mut request = Request::new(Method::Get, "/t/secret?x=secret").expect("a path");
        request.headers.cookie = Some("a=1; desk=secret;b=2".to_owned());
        request.body = b"secret".to_vec();
        assert_eq!(request.cookie("desk"), Some("secret"));
        assert_eq!(request.cookie("esk"), None);
        assert_eq!(format!("{request:?} {:?}", request.query), "Request(GET, 6 bytes) Form(1 fields)");
    }
}
