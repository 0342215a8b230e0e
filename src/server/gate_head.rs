//! Reading the head of a request: one clear meaning, or none. The only user of httparse.

use httparse::{EMPTY_HEADER, Error, Status};

use super::limits::{HEADERS, Limits};
use super::refusal::Refusal;
use super::request::{Headers, Method};

/// The head of a request that can be read in one way only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// What is asked.
    pub(super) method: Method,
    /// Path and query as sent: visible ASCII that begins with `/`.
    pub(super) target: String,
    /// The header lines that are passed on, by their names in lower case, each at most once; `host` is among them.
    pub(super) kept: Vec<(&'static str, String)>,
    /// The length of the body, in bytes.
    pub(super) length: usize,
    /// Whether the connection ends after the reply.
    pub(super) close: bool,
    /// The last address in `X-Forwarded-For`: believed only from a configured proxy.
    pub(super) forwarded: Option<String>,
}

impl Head {
    /// The `Host` line.
    pub(super) fn host(&self) -> &str {
        self.kept.iter().find(|(name, _)| *name == "host").map_or("", |(_, value)| value.as_str())
    }
}

/// Looks for the end of a head in what has arrived, `seen` bytes of which were looked at before. `Some(n)`: the head is the
/// first n bytes.
///
/// # Errors
/// A bare CR or LF, a NUL, or more bytes than a head may have: nothing that follows can mend those.
pub(super) fn find_end(arrived: &[u8], seen: usize, limits: &Limits) -> Result<Option<usize>, Refusal> {
    // The last byte looked at before may be a CR whose LF has come only now.
    for index in seen.saturating_sub(1)..arrived.len() {
        let before = |back: usize| index.checked_sub(back).map(|at| arrived[at]);
        match arrived[index] {
            0 => return Err(Refusal::Malformed("NUL")),
            b'\n' if before(1) != Some(b'\r') => return Err(Refusal::Malformed("line break")),
            b'\r' if arrived.get(index + 1).is_some_and(|next| *next != b'\n') => return Err(Refusal::Malformed("line break")),
            b'\n' if before(2) == Some(b'\n') && index >= 3 => {
                return if index < limits.head_bytes { Ok(Some(index + 1)) } else { Err(Refusal::HeadTooLarge) };
            }
            _ => {}
        }
        if index >= limits.head_bytes {
            return Err(Refusal::HeadTooLarge);
        }
    }
    Ok(None)
}

/// Reads a whole head, its empty line included.
///
/// # Errors
/// Everything that two programs could read differently, everything browsers do not send and every body that is too large.
pub(super) fn read(bytes: &[u8], limits: &Limits, body_bytes: usize) -> Result<Head, Refusal> {
    // httparse skips empty lines before a request; what follows a request on the same connection must be a request.
    if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return Err(Refusal::Malformed("request line"));
    }
    debug_assert!(bytes.len() <= limits.head_bytes, "find_end has measured it");
    let mut lines = [EMPTY_HEADER; HEADERS];
    let mut parsed = httparse::Request::new(&mut lines);
    match parsed.parse(bytes) {
        Ok(Status::Complete(end)) if end == bytes.len() => {}
        Ok(_) => return Err(Refusal::Malformed("request line")),
        Err(Error::TooManyHeaders) => return Err(Refusal::HeadTooLarge),
        Err(Error::Version) => return Err(Refusal::Version),
        Err(_) => return Err(Refusal::Malformed("header line")),
    }
    let method = parsed.method.and_then(Method::from_name).ok_or(Refusal::Method)?;
    let target = parsed.path.unwrap_or_default();
    if !target.starts_with('/') || !target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#') {
        return Err(Refusal::Malformed("target"));
    }
    let mut head =
        Head { method, target: target.to_owned(), kept: Vec::new(), length: 0, close: parsed.version != Some(1), forwarded: None };
    let mut length = None;
    for line in parsed.headers.iter() {
        let name = line.name.to_ascii_lowercase();
        if let Some(known) = Headers::NAMES.into_iter().find(|known| *known == name) {
            keep(&mut head.kept, known, line.value)?;
            continue;
        }
        match name.as_str() {
            "transfer-encoding" => return Err(Refusal::Encoding),
            "expect" => return Err(Refusal::Expectation),
            "upgrade" => return Err(Refusal::Malformed("Upgrade")),
            "content-length" if length.is_some() => return Err(Refusal::Malformed("Content-Length")),
            "content-length" => length = Some(read_length(line.value)?),
            "connection" => head.close |= closes(line.value)?,
            "x-forwarded-for" => head.forwarded = last_address(line.value),
            _ => {}
        }
    }
    if !head.kept.iter().any(|(name, _)| *name == "host") {
        return Err(Refusal::Malformed("Host"));
    }
    head.length = match (method, length) {
        (Method::Post, None) => return Err(Refusal::NoLength),
        (Method::Post, Some(length)) if length > body_bytes => return Err(Refusal::TooLarge),
        // A body where none belongs is how requests are smuggled.
        (Method::Get | Method::Head, Some(1..)) => return Err(Refusal::Malformed("Content-Length")),
        (_, length) => length.unwrap_or(0),
    };
    Ok(head)
}

fn keep(kept: &mut Vec<(&'static str, String)>, name: &'static str, value: &[u8]) -> Result<(), Refusal> {
    let plain = value.iter().all(|byte| *byte == b' ' || *byte == b'\t' || byte.is_ascii_graphic());
    let twice = kept.iter().any(|(known, _)| *known == name);
    match std::str::from_utf8(value) {
        Ok(value) if plain && !twice => kept.push((name, value.trim().to_owned())),
        _ => return Err(Refusal::Malformed(name)),
    }
    Ok(())
}

/// One to ten digits, nothing else: no sign, no list, no space inside. Ten digits fit where `usize` has 64 bits; elsewhere
/// what does not fit is too large anyway.
fn read_length(value: &[u8]) -> Result<usize, Refusal> {
    if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
        return Err(Refusal::Malformed("Content-Length"));
    }
    let digits = std::str::from_utf8(value).map_err(|_| Refusal::Malformed("Content-Length"))?;
    if digits.len() > 10 { Err(Refusal::TooLarge) } else { digits.parse().map_err(|_| Refusal::TooLarge) }
}

fn closes(value: &[u8]) -> Result<bool, Refusal> {
    let mut close = false;
    for option in value.split(|byte| *byte == b',') {
        let option = option.trim_ascii();
        if option.eq_ignore_ascii_case(b"upgrade") {
            return Err(Refusal::Malformed("Upgrade"));
        }
        close |= option.eq_ignore_ascii_case(b"close");
    }
    Ok(close)
}

fn last_address(value: &[u8]) -> Option<String> {
    let last = value.rsplit(|byte| *byte == b',').next()?;
    std::str::from_utf8(last.trim_ascii()).ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> Result<Head, Refusal> {
        let limits = Limits::default();
        match find_end(text.as_bytes(), 0, &limits)? {
            Some(end) => read(&text.as_bytes()[..end], &limits, 100),
            None => Err(Refusal::TooSlow),
        }
    }

    #[test]
    fn a_plain_request_is_read() {
        let read = head(
            "POST /a?b=c HTTP/1.1\r\nHOST: localhost \r\nContent-Length: 12\r\nCookie: a=1\r\nTE: trailers\r\nX-Any: \u{e9}\r\nX-Forwarded-For: 1.2.3.4, 10.0.0.9\r\nUpgrade-Insecure-Requests: 1\r\nConnection: keep-alive, close\r\n\r\nrest",
        );
        let read = read.expect("a request");
        assert_eq!(
            (read.method, read.target.as_str(), read.length, read.close, read.host()),
            (Method::Post, "/a?b=c", 12, true, "localhost")
        );
        assert_eq!(read.kept, [("host", "localhost".to_owned()), ("cookie", "a=1".to_owned())]);
        assert_eq!(read.forwarded.as_deref(), Some("10.0.0.9"));
        assert!(!head("GET / HTTP/1.1\r\nHost: a\r\n\r\n").expect("a request").close);
        assert!(head("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n").expect("a request").close);
    }

    #[test]
    fn the_end_is_found_however_the_bytes_come() {
        let text = b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET ";
        let limits = Limits::default();
        for first in 0..text.len() {
            let early = find_end(&text[..first], 0, &limits).expect("nothing wrong so far");
            assert_eq!(early.is_some(), first >= 27, "{first}");
            if early.is_none() {
                assert_eq!(find_end(text, first, &limits), Ok(Some(27)), "{first}");
            }
        }
    }

    #[test]
    fn a_head_has_its_size_and_no_more() {
        let limits = Limits::default();
        let start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
        let fits = format!("{start}{}\r\n\r\n", "x".repeat(16 * 1024 - start.len() - 4));
        assert_eq!(find_end(fits.as_bytes(), 0, &limits), Ok(Some(16 * 1024)));
        let over = fits.replace("X: ", "X: x");
        assert_eq!(find_end(over.as_bytes(), 0, &limits), Err(Refusal::HeadTooLarge));
        assert_eq!(find_end("a".repeat(20_000).as_bytes(), 0, &limits), Err(Refusal::HeadTooLarge));
    }

    #[test]
    fn lengths_are_digits() {
        for (value, length) in [
            ("0", Ok(0)),
            ("100", Ok(100)),
            ("0000000007", Ok(7)),
            ("101", Err(413)),
            ("9999999999", Err(413)),
            ("1000000000000", Err(413)),
        ] {
            let read = head(&format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {value}\r\n\r\n"));
            assert_eq!(read.map(|head| head.length).map_err(Refusal::status), length, "{value}");
        }
        for value in ["", "+5", "-1", "0x10", "5, 5", "5 5", "５", "1e3", "5;", "\t"] {
            let read = head(&format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {value}\r\n\r\n"));
            assert_eq!(read.map_err(Refusal::status), Err(400), "{value:?}");
        }
    }

    proptest::proptest! {
        /// Whatever is put together from the pieces that requests are made of: nothing panics, and what is taken has one meaning.
        #[test]
        fn no_heap_of_pieces_has_two_meanings(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..14)) {
            let bytes = pieces.concat().into_bytes();
            let limits = Limits::default();
            if let Ok(Some(end)) = find_end(&bytes, 0, &limits) {
                proptest::prop_assert!(bytes[..end].ends_with(b"\r\n\r\n"));
                if let Ok(head) = read(&bytes[..end], &limits, 100) {
                    let text = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
                    proptest::prop_assert!(!text.contains("transfer-encoding:") && !text.contains("\n "));
                    proptest::prop_assert_eq!(text.matches("\nhost:").count(), 1);
                    proptest::prop_assert!(text.matches("\ncontent-length:").count() <= 1);
                    proptest::prop_assert!(head.target.starts_with('/') && head.length <= 100);
                }
            }
        }
    }

    const PIECES: &[&str] = &[
        "GET / HTTP/1.1\r\n",
        "POST /a HTTP/1.1\r\n",
        "GET /",
        " HTTP/1.0\r\n",
        "Host: a\r\n",
        "Host: b",
        "Content-Length: 5\r\n",
        "Content-Length: ",
        "7",
        "Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding",
        ":",
        " ",
        "\t",
        "\r\n",
        "\n",
        "\r",
        "\0",
        "x",
        "Cookie: a\r\n",
        "\u{e9}",
        "\r\n\r\n",
    ];
}
