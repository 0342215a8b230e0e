//! Mail addresses, as strict as a header and a server need them and as lenient as the addresses that people have.

/// An address that can stand in a header and in a server's command: ASCII, without spaces, brackets and control characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MailAddress {
    text: String,
    /// Where the `@` stands, in bytes.
    at: usize,
}

/// Why a text is no mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailSlip {
    /// It has full-width or other characters outside ASCII.
    Wide,
    /// It has not the form `name@host.domain`.
    Form,
}

/// Bytes that a name may have beside letters and digits (RFC 5322, 3.2.3). Two dots in a row and a dot at the end are against that
/// rule, but Japanese phone companies gave out many such addresses.
const SIGNS: &[u8] = b"!#$%&'*+-/=?^_`{|}~.";

impl MailAddress {
    /// Reads an address: at most 64 bytes before the `@` and 254 in all, a domain of at least two parts.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(text: &str) -> Result<MailAddress, MailSlip> {
        if !text.is_ascii() {
            return Err(MailSlip::Wide);
        }
        let at = text.rfind('@').ok_or(MailSlip::Form)?;
        let (name, domain) = (&text[..at], &text[at + 1..]);
        let name_fits = (1..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || SIGNS.contains(&byte));
        let part_fits = |part: &str| {
            (1..=63).contains(&part.len())
                && !part.starts_with('-')
                && !part.ends_with('-')
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let domain_fits = domain.contains('.') && domain.split('.').all(part_fits);
        if name_fits && domain_fits && text.len() <= 254 { Ok(MailAddress { text: text.to_owned(), at }) } else { Err(MailSlip::Form) }
    }

    /// The whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands before the `@`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.text[..self.at]
    }

    /// What stands after it.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.text[self.at + 1..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_slips() {
        for good in ["hr@example.co.jp", "a.b+c@x-y.jp", "a..b.@docomo.ne.jp", "O'Neil@example.com", "1@2.3"] {
            let address = MailAddress::read(good).expect(good);
            assert_eq!(format!("{}@{}", address.name(), address.domain()), address.as_str());
        }
        let long = format!("{}@example.com", "a".repeat(65));
        for bad in [
            "",
            "a",
            "@example.com",
            "a@",
            "a@b",
            "a@b..jp",
            "a@.jp",
            "a@b.jp.",
            "a@-b.jp",
            "a b@c.jp",
            "a@b.jp ",
            "<a@b.jp>",
            "a@b@c.jp",
            "a,b@c.jp",
            "a;b@c.jp",
            "a@b.jp\r\nBcc: x@y.jp",
            "a@b.jp\n",
            "\"a b\"@c.jp",
            "a@[127.0.0.1]",
            &long,
        ] {
            assert_eq!(MailAddress::read(bad), Err(MailSlip::Form), "{bad:?}");
        }
        for wide in ["ａ@example.com", "a＠example.com", "a@例え.jp"] {
            assert_eq!(MailAddress::read(wide), Err(MailSlip::Wide), "{wide}");
        }
    }
}
