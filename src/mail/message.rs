//! A mail as it goes over the wire: plain text, nothing that could be loaded or counted.

use crate::content::MailAddress;
use anyhow::{Context, Result};
use lettre::address::{Address, Envelope};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, SinglePart};
use std::time::SystemTime;

/// One mail, all of it known.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'a> {
    /// The sender's name; may be empty.
    pub from_name: &'a str,
    /// The sender.
    pub from: &'a MailAddress,
    /// Where replies go, if not to the sender.
    pub reply_to: Option<&'a MailAddress>,
    /// The recipient's name; may be empty.
    pub to_name: &'a str,
    /// The recipient.
    pub to: &'a MailAddress,
    /// The subject.
    pub subject: &'a str,
    /// The words.
    pub body: &'a str,
    /// What makes it the same mail however often it is sent: ASCII letters and digits.
    pub id: &'a str,
    /// When it is sent.
    pub date: SystemTime,
}

impl Mail<'_> {
    /// The bytes: headers and lines of ASCII, none longer than 998 bytes, CRLF; everything else encoded (RFC 2045, RFC 2047). The
    /// last line is not ended, as the way that hands it over ends it. The time is written in UTC and the id in the sender's domain, so
    /// that neither tells about the machine.
    ///
    /// # Errors
    /// None that a caller could cause: every mail has one sender and one recipient.
    pub fn bytes(&self) -> Result<Vec<u8>> {
        // The envelope is said, not read out of the headers again: addresses that people have are not always those of the books
        let envelope = Envelope::new(Some(address(self.from)), vec![address(self.to)])?;
        let mut builder = Message::builder()
            .envelope(envelope)
            .from(mailbox(self.from_name, self.from))
            .to(mailbox(self.to_name, self.to))
            .subject(one_line(self.subject))
            .date(self.date)
            .message_id(Some(format!("<{}@{}>", self.id, self.from.domain())))
            // RFC 3834: whoever is away need not answer
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()));
        if let Some(reply_to) = self.reply_to {
            builder = builder.reply_to(mailbox("", reply_to));
        }
        let part = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(self.body.to_owned());
        let mut bytes = builder.singlepart(part).context("a mail without a sender or a recipient")?.formatted();
        // What ends a mail on the wire begins with a line end of its own
        while bytes.ends_with(b"\r\n") {
            bytes.truncate(bytes.len() - 2);
        }
        Ok(bytes)
    }
}

/// An address of ours was read strictly, which is all that a header and a command need.
pub(super) fn address(of: &MailAddress) -> Address {
    Address::new_dangerous(of.name(), of.domain())
}

fn mailbox(name: &str, of: &MailAddress) -> Mailbox {
    let name = one_line(name);
    Mailbox::new((!name.is_empty()).then_some(name), address(of))
}

/// A text without anything that could end a header's line.
fn one_line(text: &str) -> String {
    let plain: String =
        text.chars().map(|char| if char.is_control() || matches!(char, '\u{2028}' | '\u{2029}') { ' ' } else { char }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn bytes(name: &str, subject: &str, body: &str) -> String {
        let (from, to) = (MailAddress::read("hr@example.co.jp").expect("one"), MailAddress::read("a..b@docomo.ne.jp").expect("one"));
        let date = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        let mail =
            Mail { from_name: "みなと精機", from: &from, reply_to: None, to_name: name, to: &to, subject, body, id: "0123abcd", date };
        String::from_utf8(mail.bytes().expect("a mail")).expect("ASCII")
    }

    #[test]
    fn everything_is_ascii_in_short_lines() {
        let long = "長い行がつづきます。".repeat(500);
        let text =
            bytes("山田 太郎", &"「従業員アンケート」へのご回答のお願い".repeat(8), &format!("{long}\r\n.\r\nhttps://x.example/i/A\r\n"));
        assert!(text.is_ascii());
        assert!(text.split("\r\n").all(|line| line.len() <= 78 && !line.contains(['\r', '\n'])), "{text}");
        for header in [
            "To: =?utf-8?b?",
            "<a..b@docomo.ne.jp>\r\n",
            "Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n",
            "Message-ID: <0123abcd@example.co.jp>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "MIME-Version: 1.0\r\n",
            "Content-Type: text/plain; charset=utf-8\r\n",
            "Content-Transfer-Encoding: base64\r\n",
        ] {
            assert!(text.contains(header), "{header}: {text}");
        }
    }

    #[test]
    fn nothing_in_a_name_or_a_subject_makes_a_header() {
        for evil in [
            "x\r\nBcc: all@example.com",
            "x\nBcc: all@example.com",
            "x\rBcc: a@b.jp",
            "x\u{2028}Bcc: a@b.jp",
            "\r\n\r\nBcc: <a@b.jp>",
            "x\0\x0b\r\n Bcc: y\u{85}Bcc: z",
            "\"><a@b.jp>, \"",
            "山\r\nBcc: a@b.jp",
        ] {
            let text = bytes(evil, evil, "body\r\n");
            let (head, _) = text.split_once("\r\n\r\n").expect("a head");
            assert_eq!(head.lines().filter(|line| !line.starts_with([' ', '\t'])).count(), 9, "{head}");
            assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{head}");
        }
    }
}
