//! The password of the desk: made by the program, shown once, kept as a slow sum (Argon2id). The only user of argon2.

use crate::language::Words;
use crate::store::write_private;
use crate::survey::Token;
use anyhow::{Context, Result, anyhow};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// The file of the sum in the folder of answers.
const FILE: &str = "desk-password";
/// The longest that is looked at.
const LONGEST: usize = 200;

/// 19 MiB, two passes, one lane: what OWASP asks for at least.
fn slow() -> Result<Argon2<'static>> {
    let parameters = Params::new(19_456, 2, 1, None).map_err(|error| anyhow!("{error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

/// The sum of a password.
#[derive(Debug)]
pub struct Password {
    sum: String,
    /// One trial at a time: each takes 19 MiB and a moment of a core.
    turn: Mutex<()>,
}

impl Password {
    /// The password of this folder of answers; `None` where none was made.
    ///
    /// # Errors
    ///
    /// When its file cannot be read, or holds something else.
    pub fn read(private: &Path) -> Result<Option<Password>> {
        let path = private.join(FILE);
        if !path.exists() {
            return Ok(None);
        }
        let unreadable = || {
            let path = path.display();
            Words::new(
                format!("{path} を読めません。shirube desk password で作り直してください"),
                format!("{path} cannot be read; make a new one with shirube desk password"),
            )
        };
        let sum = std::fs::read_to_string(&path).with_context(unreadable)?.trim().to_owned();
        PasswordHash::new(&sum).map_err(|error| anyhow!("{error}")).with_context(unreadable)?;
        Ok(Some(Password { sum, turn: Mutex::new(()) }))
    }

    /// Makes a new password, keeps its sum in this folder, and returns it: 128 bits in groups, the only time that it can be seen.
    ///
    /// # Errors
    ///
    /// When the system has no randomness, or the disk refuses.
    pub fn renew(private: &Path) -> Result<String> {
        let mut secret = [0_u8; 16];
        getrandom::fill(&mut secret).map_err(|error| anyhow!("no randomness from the system: {error}"))?;
        let password = Token::new(secret).in_groups();
        let sum = slow()?.hash_password(plain(&password).as_bytes()).map_err(|error| anyhow!("{error}"))?.to_string();
        let path = private.join(FILE);
        write_private(&path, format!("{sum}\n").as_bytes())
            .with_context(|| Words::new(format!("{} に書けません", path.display()), format!("cannot write {}", path.display())))?;
        Ok(password)
    }

    /// Whether this is the password. Takes the same time wherever a wrong one differs; spaces, hyphens and case do not matter.
    #[must_use]
    pub fn is(&self, typed: &str) -> bool {
        let (Ok(sum), true, Ok(slow)) = (PasswordHash::new(&self.sum), typed.len() <= LONGEST, slow()) else { return false };
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        slow.verify_password(plain(typed).as_bytes(), &sum).is_ok()
    }
}

/// What is typed, as it is summed: letters and digits alone, in capitals; a code that reads as one of ours loses its slips of the pen.
fn plain(typed: &str) -> String {
    match Token::read(typed) {
        Ok(token) => token.in_link().to_owned(),
        Err(_) => typed.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_is_the_password_and_only_its_sum_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Password::read(folder.path()).unwrap().is_none());
        let made = Password::renew(folder.path()).unwrap();
        let kept = std::fs::read_to_string(folder.path().join(FILE)).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && !kept.contains(&made), "{kept}");
        let password = Password::read(folder.path()).unwrap().unwrap();
        let loose = made.to_lowercase().replace('-', " ");
        for (typed, right) in [(made.as_str(), true), (&loose, true), ("", false), (&made[1..], false), (kept.trim(), false)] {
            assert_eq!(password.is(typed), right, "{typed}");
        }
        assert!(!password.is(&"x".repeat(1_000_000)));
        std::fs::write(folder.path().join(FILE), "plain").unwrap();
        assert!(Password::read(folder.path()).is_err());
    }
}
