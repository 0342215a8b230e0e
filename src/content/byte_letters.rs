//! Bytes as letters, and their check sum. The only user of the encoders.

use data_encoding::{BASE32_NOPAD, BASE64, HEXLOWER};

/// The usual base64 (RFC 4648, section 4), with padding, on one line.
#[must_use]
pub fn base64(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// Two small digits for each byte.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

/// What base32 without padding (RFC 4648, section 6) stands for; `None` for small letters, padding, and bits that are left over.
#[must_use]
pub fn bytes_of_base32(text: &str) -> Option<Vec<u8>> {
    BASE32_NOPAD.decode(text.as_bytes()).ok()
}

/// The check sum of zip and PNG.
#[must_use]
pub fn crc32(bytes: &[u8]) -> u32 {
    crc32fast::hash(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standards() {
        for (bytes, sixty_four, thirty_two) in [
            ("", "", ""),
            ("f", "Zg==", "MY"),
            ("fo", "Zm8=", "MZXQ"),
            ("foo", "Zm9v", "MZXW6"),
            ("foob", "Zm9vYg==", "MZXW6YQ"),
            ("fooba", "Zm9vYmE=", "MZXW6YTB"),
            ("foobar", "Zm9vYmFy", "MZXW6YTBOI"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), sixty_four);
            assert_eq!(bytes_of_base32(thirty_two).as_deref(), Some(bytes.as_bytes()), "{thirty_two}");
        }
        assert_eq!(base64(&[0xff, 0xfe, 0xfb]), "//77");
        assert_eq!(hex(&[0, 0x9f, 0xff]), "009fff");
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn what_no_encoder_writes_is_refused() {
        for text in ["M", "MZ1", "MZ======", "my", "MZXW6A", "B", "MZ XQ", "MZXQ\n"] {
            assert_eq!(bytes_of_base32(text), None, "{text}");
        }
    }
}
