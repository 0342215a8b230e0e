//! What is sealed with a code that only one person has: keys, handles and the seal itself. The only user of chacha20poly1305 and hkdf.
//!
//! A sheet's own random id makes two codes, one to come back to it and one to take its answer back. Neither is kept: a code makes
//! a *handle*, by which the store finds what belongs to it, and a *key*, with which it is opened. All of it by HKDF-SHA-256 under
//! labels of their own, so that none of them gives another one away. Drafts are sealed with XChaCha20-Poly1305 under a fresh random
//! nonce; survey and handle are authenticated along, so that a draft that was moved elsewhere does not open.

use crate::survey::{Mark, Token};
use anyhow::{Context, Result, anyhow, ensure};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;

/// The form of a sealed draft: its first byte.
const FORM: u8 = 1;
/// Bytes of a nonce.
const NONCE: usize = 24;
/// The shortest that a draft is padded to, in bytes; longer ones to the next power of two.
const SHORTEST: usize = 4_096;
/// Bytes before the content that say how long it is.
const LENGTH: usize = 4;

/// By which the store finds what belongs to a code: 128 bits that tell nothing of the code itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Handle([u8; 16]);

impl Handle {
    /// The handle of the draft that a resume code opens.
    #[must_use]
    pub fn of_draft(survey: &str, code: &Token) -> Handle {
        Handle(derived("draft handle", survey, code.in_link().as_bytes()))
    }

    /// The handle of the answer that a withdrawal code takes back.
    #[must_use]
    pub fn of_withdrawal(survey: &str, code: &Token) -> Handle {
        Handle(derived("withdrawal handle", survey, code.in_link().as_bytes()))
    }

    /// The mark of a closed row that the same code takes back.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark::new(self.0)
    }

    /// The handle itself.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// What is printed ends in logs.
impl std::fmt::Debug for Handle {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Handle")
    }
}

/// The code by which a sheet that was put aside is found again. Saving the same sheet twice gives the same code.
#[must_use]
pub fn resume_code(survey: &str, sheet: &str) -> Token {
    Token::new(derived("resume code", survey, sheet.as_bytes()))
}

/// The code by which the answer of a sheet is taken back.
#[must_use]
pub fn withdrawal_code(survey: &str, sheet: &str) -> Token {
    Token::new(derived("withdrawal code", survey, sheet.as_bytes()))
}

/// The mark of a closed text that a withdrawal code takes back. The code alone makes it: it cannot be told from the mark of the row.
#[must_use]
pub fn text_mark(survey: &str, variable: &str, code: &Token) -> Mark {
    Mark::new(derived(&format!("withdrawal text {variable}"), survey, code.in_link().as_bytes()))
}

/// Seals what was typed so far.
///
/// # Errors
///
/// Where the system gives no randomness, or the content is beyond 2 GiB.
pub fn seal(survey: &str, code: &Token, content: &[u8]) -> Result<Vec<u8>> {
    let mut nonce = [0_u8; NONCE];
    getrandom::fill(&mut nonce).map_err(|error| anyhow!("no randomness from the system: {error}"))?;
    let length = u32::try_from(content.len()).ok().filter(|length| length.leading_zeros() > 0).context("a draft that is too long")?;
    let mut padded = length.to_le_bytes().to_vec();
    padded.extend_from_slice(content);
    let padded_length = padded.len().next_power_of_two().max(SHORTEST);
    padded.resize(padded_length, 0);
    let about = about(survey, code);
    let payload = Payload { msg: &padded, aad: &about };
    let hidden = cipher(survey, code).encrypt(&XNonce::from(nonce), payload).map_err(|_| anyhow!("a draft could not be sealed"))?;
    let mut sealed = Vec::with_capacity(1 + NONCE + hidden.len());
    sealed.push(FORM);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&hidden);
    Ok(sealed)
}

/// Opens it again.
///
/// # Errors
///
/// Where it was sealed with another code or for another survey, or a byte of it has changed.
pub fn unseal(survey: &str, code: &Token, sealed: &[u8]) -> Result<Vec<u8>> {
    let (form, rest) = sealed.split_first().context("an empty draft")?;
    ensure!(*form == FORM, "a draft of an unknown form");
    let (nonce, hidden) = rest.split_at_checked(NONCE).context("a draft that is cut off")?;
    let nonce: [u8; NONCE] = nonce.try_into()?;
    let about = about(survey, code);
    let payload = Payload { msg: hidden, aad: &about };
    let padded = cipher(survey, code).decrypt(&XNonce::from(nonce), payload).map_err(|_| anyhow!("a draft that does not open"))?;
    let (length, content) = padded.split_at_checked(LENGTH).context("a draft without its length")?;
    let length = usize::try_from(u32::from_le_bytes(length.try_into()?))?;
    content.get(..length).map(<[u8]>::to_vec).context("a draft of a wrong length")
}

fn cipher(survey: &str, code: &Token) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(derived::<32>("draft key", survey, code.in_link().as_bytes())))
}

/// What is authenticated beside the content: form, handle, survey.
fn about(survey: &str, code: &Token) -> Vec<u8> {
    [&[FORM][..], Handle::of_draft(survey, code).bytes(), survey.as_bytes()].concat()
}

/// Bytes that a secret makes for one purpose in one survey.
fn derived<const N: usize>(purpose: &str, survey: &str, secret: &[u8]) -> [u8; N] {
    let mut made = [0_u8; N];
    let parts = [b"shirube 1 ".as_slice(), purpose.as_bytes(), b"\0", survey.as_bytes()];
    // It fails only beyond 255 times 32 bytes
    if Hkdf::<Sha256>::new(None, secret).expand_multi_info(&parts, &mut made).is_err() {
        debug_assert!(false, "too many bytes were asked for");
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_opens_with_its_code_alone() {
        let (code, other) = (resume_code("pulse", "sheet"), resume_code("pulse", "other"));
        let sealed = seal("pulse", &code, "気分: 4".as_bytes()).unwrap();
        assert_eq!(unseal("pulse", &code, &sealed).unwrap(), "気分: 4".as_bytes());
        assert_ne!(sealed, seal("pulse", &code, "気分: 4".as_bytes()).unwrap(), "each time another nonce");
        assert!(unseal("pulse", &other, &sealed).is_err());
        assert!(unseal("entry", &code, &sealed).is_err());
        for at in [0, 1, 24, 25, 1_000, sealed.len() - 1] {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(unseal("pulse", &code, &changed).is_err(), "byte {at}");
        }
        for length in [0, 1, 25, 40, sealed.len() - 1] {
            assert!(unseal("pulse", &code, &sealed[..length]).is_err(), "{length} bytes");
        }
        assert!(!sealed.windows(4).any(|four| four == "気分".as_bytes().get(..4).unwrap()));
    }

    #[test]
    fn its_length_says_little() {
        let code = resume_code("pulse", "sheet");
        let length = |bytes: usize| seal("pulse", &code, &vec![b'a'; bytes]).unwrap().len() - 41;
        for (bytes, expected) in [(0, 4_096), (1, 4_096), (4_092, 4_096), (4_093, 8_192), (100_000, 131_072)] {
            assert_eq!(length(bytes), expected, "{bytes}");
        }
    }

    #[test]
    fn codes_and_handles_are_all_different() {
        let (resume, withdrawal) = (resume_code("pulse", "sheet"), withdrawal_code("pulse", "sheet"));
        assert_ne!(resume, withdrawal);
        assert_ne!(resume, resume_code("entry", "sheet"));
        assert_ne!(Handle::of_draft("pulse", &resume), Handle::of_draft("entry", &resume));
        assert_ne!(Handle::of_draft("pulse", &resume), Handle::of_withdrawal("pulse", &resume));
        assert_eq!(Token::read(&resume.in_groups()), Ok(resume.clone()));
        assert_eq!(resume, resume_code("pulse", "sheet"), "saving twice gives one code");
    }
}
