//! A form with files in it (RFC 7578), as browsers send it: read strictly, or not at all.

use super::refusal::Refusal;
use super::request::Request;
use std::fmt;

/// Parts that a form may have.
const PARTS: usize = 20;
/// Bytes of the lines before a part's content.
const HEAD: usize = 1_024;
/// Bytes of a boundary (RFC 2046).
const BOUNDARY: usize = 70;

/// One field of the form, or one file.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    /// The field's name.
    pub name: String,
    /// The file's name as the browser tells it: for showing, never for opening. `None`: a plain field.
    pub file: Option<String>,
    /// What stands in it.
    pub content: Vec<u8>,
}

/// Not what stands in it: lists of people.
impl fmt::Debug for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Part({}, {} bytes)", self.name, self.content.len())
    }
}

/// The parts of a form, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    parts: Vec<Part>,
}

impl Parts {
    /// Reads the form that a request was sent with.
    ///
    /// # Errors
    /// A body that is no such form, that is cut off, or that has more than 20 parts.
    pub fn of(request: &Request) -> Result<Parts, Refusal> {
        let boundary = boundary(request.headers.content_type.as_deref().unwrap_or_default()).ok_or(Refusal::NoForm)?;
        Parts::parse(&request.body, boundary)
    }

    fn parse(body: &[u8], boundary: &str) -> Result<Parts, Refusal> {
        const UNCLEAR: Refusal = Refusal::Malformed("multipart");
        let line = format!("--{boundary}");
        let between = format!("\r\n{line}");
        let mut rest = body.strip_prefix(line.as_bytes()).ok_or(UNCLEAR)?;
        let mut parts = Vec::new();
        loop {
            if matches!(rest, b"--" | b"--\r\n") {
                return Ok(Parts { parts });
            }
            rest = rest.strip_prefix(b"\r\n").ok_or(UNCLEAR)?;
            if parts.len() == PARTS {
                return Err(Refusal::TooManyFields);
            }
            let head = find(rest.get(..rest.len().min(HEAD)).unwrap_or_default(), b"\r\n\r\n").ok_or(UNCLEAR)?;
            let (name, file) = disposition(&rest[..head]).ok_or(UNCLEAR)?;
            rest = &rest[head + 4..];
            let end = find(rest, between.as_bytes()).ok_or(UNCLEAR)?;
            parts.push(Part { name, file, content: rest[..end].to_vec() });
            rest = &rest[end + between.len()..];
        }
    }

    /// The text of a plain field, the first of this name. What is not UTF-8 becomes U+FFFD.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        let part = self.parts.iter().find(|part| part.name == name && part.file.is_none())?;
        Some(String::from_utf8_lossy(&part.content).into_owned())
    }

    /// The file of a field, where one was chosen.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&Part> {
        let chosen = |part: &&Part| part.file.as_ref().is_some_and(|file| !file.is_empty() || !part.content.is_empty());
        self.parts.iter().filter(|part| part.name == name).find(chosen)
    }
}

/// The boundary of a content type: letters and signs of RFC 2046, without spaces.
fn boundary(kind: &str) -> Option<&str> {
    let mut pieces = kind.split(';').map(str::trim);
    if !pieces.next()?.eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let value = pieces.find_map(|piece| piece.split_once('=').filter(|(name, _)| name.eq_ignore_ascii_case("boundary")))?.1;
    let plain = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value);
    let fits = plain.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"'()+_,-./:=?".contains(&byte));
    ((1..=BOUNDARY).contains(&plain.len()) && fits).then_some(plain)
}

/// Name and file name from the lines before a part's content.
fn disposition(head: &[u8]) -> Option<(String, Option<String>)> {
    let head = std::str::from_utf8(head).ok()?;
    let named = |line: &&str| line.get(..20).is_some_and(|name| name.eq_ignore_ascii_case("content-disposition:"));
    let mut lines = head.split("\r\n").filter(named);
    let (line, None) = (lines.next()?, lines.next()) else { return None };
    let mut rest = line[20..].trim_start().strip_prefix("form-data")?;
    let (mut name, mut file) = (None, None);
    while !rest.is_empty() {
        let (key, after) = rest.strip_prefix(';')?.trim_start().split_once("=\"")?;
        // Browsers write a quotation mark inside as %22
        let (value, after) = after.split_once('"')?;
        let slot = match key {
            "name" => &mut name,
            "filename" => &mut file,
            _ => return None,
        };
        if slot.replace(value.replace("%22", "\"")).is_some() {
            return None;
        }
        rest = after.trim_start();
    }
    Some((name?, file))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|byte| *byte == first) {
        if bytes[from + at..].starts_with(wanted) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::request::Method;
    use super::*;

    fn request(kind: &str, body: &[u8]) -> Request {
        let mut request = Request::new(Method::Post, "/").expect("a path");
        request.headers.content_type = Some(kind.to_owned());
        request.body = body.to_vec();
        request
    }

    const KIND: &str = "multipart/form-data; boundary=----x";

    #[test]
    fn fields_and_files_are_read_as_browsers_send_them() {
        let body = "------x\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\nid,名\r\n--\r\n\r\n------x\r\n\
            content-disposition: form-data; name=\"file\"; filename=\"名 %22簿%22.csv\"\r\nContent-Type: text/csv\r\n\r\n\0\r\n------y\r\n\
            ------x\r\nContent-Disposition: form-data; name=\"none\"; filename=\"\"\r\n\r\n\r\n------x--\r\n";
        let parts = Parts::of(&request(KIND, body.as_bytes())).expect("a form");
        assert_eq!(parts.text("list").as_deref(), Some("id,名\r\n--\r\n"));
        let file = parts.file("file").expect("a file");
        assert_eq!((file.file.as_deref(), file.content.as_slice()), (Some("名 \"簿\".csv"), b"\0\r\n------y".as_slice()));
        assert!(parts.file("none").is_none() && parts.text("file").is_none() && parts.text("other").is_none());
        let empty = request("Multipart/Form-Data; charset=x; boundary=\"a b\"", b"");
        assert_eq!(Parts::of(&empty), Err(Refusal::NoForm), "no space in a boundary");
        assert_eq!(Parts::of(&request(KIND, b"------x--")), Ok(Parts::default()));
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_refused() {
        let one = "------x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1";
        let part = |head: &str| format!("------x\r\n{head}\r\n\r\n1\r\n------x--\r\n");
        let long = format!("X: {}\r\nContent-Disposition: form-data; name=\"a\"", "x".repeat(HEAD));
        for body in [
            String::new(),
            one.to_owned(),
            format!("{one}\r\n------x"),
            format!("{one}\r\n------x--more"),
            format!("before\r\n{one}\r\n------x--"),
            format!("{one}\r\n------xy\r\n"),
            part("X: y"),
            part("Content-Disposition: form-data"),
            part("Content-Disposition: attachment; name=\"a\""),
            part("Content-Disposition: form-data; name=a"),
            part("Content-Disposition: form-data; name=\"a\"; name=\"b\""),
            part("Content-Disposition: form-data; name=\"a\"; filename*=utf-8''b"),
            part("Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\""),
            part(&long),
        ] {
            assert!(matches!(Parts::of(&request(KIND, body.as_bytes())), Err(Refusal::Malformed(_))), "{body}");
        }
        let many = format!("{}------x--", format!("{one}\r\n").repeat(PARTS));
        assert_eq!(Parts::of(&request(KIND, many.as_bytes())).map(|parts| parts.parts.len()), Ok(PARTS));
        let more = format!("{}------x--", format!("{one}\r\n").repeat(PARTS + 1));
        assert_eq!(Parts::of(&request(KIND, more.as_bytes())), Err(Refusal::TooManyFields));
        let long = format!("multipart/form-data; boundary={}", "x".repeat(BOUNDARY + 1));
        for kind in ["", "text/plain", "multipart/form-data", "multipart/mixed; boundary=x", "multipart/form-data; boundary=", &long] {
            assert_eq!(Parts::of(&request(kind, one.as_bytes())), Err(Refusal::NoForm), "{kind}");
        }
    }
}
