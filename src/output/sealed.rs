//! Bytes behind a password: AES-256-GCM under a key that PBKDF2-HMAC-SHA256 makes of the password. The only user of both. What is made
//! here every browser can open by itself (WebCrypto), so nothing has to be installed. Salt and nonce are handed in: no randomness here.

use crate::language::Words;
use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use anyhow::{Context, anyhow, ensure};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use sha2::Sha256;
use std::io::Write;

/// How often the password is stirred: two thirds more than OWASP asks for at least, about half a second on a laptop.
pub const ROUNDS: u32 = 1_000_000;

/// Sizes are rounded up to this many bytes, so that they say little about what is inside.
const STEP: usize = 64 * 1_024;

/// What is needed to open it again, but for the password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// What the password was stirred with.
    pub salt: [u8; 16],
    /// Never used twice under one key: the salt is new each time, so the key is.
    pub nonce: [u8; 12],
    /// How often.
    pub rounds: u32,
    /// The locked bytes with their tag.
    pub bytes: Vec<u8>,
}

/// Locks bytes. Inside stand the length of what follows (four bytes, the highest first), the bytes deflated, and zeros.
///
/// # Errors
///
/// When there is more than four gigabytes of it.
pub fn seal(bytes: &[u8], password: &str, salt: [u8; 16], nonce: [u8; 12], rounds: u32) -> anyhow::Result<Sealed> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes)?;
    let packed = packed.finish()?;
    let mut plain = u32::try_from(packed.len()).context("too large")?.to_be_bytes().to_vec();
    plain.extend_from_slice(&packed);
    plain.resize(plain.len().div_ceil(STEP) * STEP, 0);
    let key = key(password, &salt, rounds);
    let cipher = Aes256Gcm::new(&Key::<Aes256Gcm>::from(key));
    let bytes = cipher.encrypt(&Nonce::from(nonce), plain.as_slice()).map_err(|_| anyhow!("too large"))?;
    Ok(Sealed { salt, nonce, rounds, bytes })
}

fn key(password: &str, salt: &[u8], rounds: u32) -> [u8; 32] {
    pbkdf2::pbkdf2_hmac_array::<Sha256, 32>(password.as_bytes(), salt, rounds)
}

/// A password of one's own, as it is typed everywhere: a line of twelve and more printable ASCII characters. Others look the same and
/// are not (full width, accents put together in two ways), and whoever types them elsewhere would be locked out.
///
/// # Errors
///
/// When it is none, in words.
pub fn own_password(line: &str) -> anyhow::Result<&str> {
    let password = line.trim_end_matches(['\r', '\n']);
    ensure!(
        password.len() >= 12 && password.bytes().all(|byte| (b' '..=b'~').contains(&byte)) && password.trim() == password,
        Words::new(
            "パスワードは、半角の英数字と記号で12文字以上にしてください。前後に空白は置けません",
            "the password needs twelve or more characters of plain ASCII, without a space at either end",
        )
    );
    Ok(password)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::DeflateDecoder;
    use std::io::Read;

    fn open(sealed: &Sealed, password: &str) -> Option<Vec<u8>> {
        let key = key(password, &sealed.salt, sealed.rounds);
        let plain = Aes256Gcm::new(&Key::<Aes256Gcm>::from(key)).decrypt(&Nonce::from(sealed.nonce), sealed.bytes.as_slice()).ok()?;
        let length = u32::from_be_bytes(plain[..4].try_into().expect("four")) as usize;
        let mut bytes = Vec::new();
        DeflateDecoder::new(&plain[4..4 + length]).read_to_end(&mut bytes).expect("deflated");
        Some(bytes)
    }

    #[test]
    fn only_the_password_opens_it_and_its_size_is_rounded() {
        for text in ["", "しるべ", &"x".repeat(300_000)] {
            let sealed = seal(text.as_bytes(), "correct horse battery", [7; 16], [9; 12], 1_000).expect("sealed");
            assert_eq!(sealed.bytes.len() % STEP, 16);
            assert_eq!(open(&sealed, "correct horse battery").as_deref(), Some(text.as_bytes()));
            assert_eq!(open(&sealed, "correct horse batterz"), None);
            let mut turned = sealed.clone();
            turned.bytes[100] ^= 1;
            assert_eq!(open(&turned, "correct horse battery"), None);
        }
    }

    /// RFC 7914, 11.
    #[test]
    fn the_key_is_the_one_that_others_make() {
        let key = key("passwd", b"salt", 1);
        assert_eq!(key[..8], [0x55, 0xac, 0x04, 0x6e, 0x56, 0xe3, 0x08, 0x9f]);
    }

    #[test]
    fn passwords_of_ones_own_can_be_typed_anywhere() {
        assert_eq!(own_password("correct horse battery\r\n").expect("good"), "correct horse battery");
        for bad in ["short", "ひみつのことばはこれです", " leading space", "ａｂｃｄｅｆｇｈｉｊｋｌ"] {
            assert!(own_password(bad).is_err(), "{bad}");
        }
    }
}
