//! Who has typed the password of the desk: a cookie for a while. Only sums of cookies are kept, in memory.

use super::password::Password;
use super::request::Request;
use super::tries::{Most, Tries};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The cookie.
const COOKIE: &str = "desk";
/// A desk that nobody uses for so long is closed.
const IDLE: Duration = Duration::from_secs(30 * 60);
/// Nobody stays longer than a working day.
const LONGEST: Duration = Duration::from_secs(12 * 60 * 60);
/// Desks open at once.
const MOST: usize = 32;
/// Wrong passwords in ten minutes: from one address, private or not, and from everywhere.
const WRONG: Most = Most { public: 5, private: 10, all: 100 };

/// The sum of a cookie's value.
type Sum = [u8; 32];

/// When a desk was opened and last used.
#[derive(Debug, Clone, Copy)]
struct Span {
    since: Instant,
    last: Instant,
}

/// The desks that are open on other machines.
pub struct Sessions {
    password: Password,
    tries: Tries,
    open: Mutex<BTreeMap<Sum, Span>>,
}

/// What became of a password that was typed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// The value of `Set-Cookie`.
    Open(String),
    /// It is wrong.
    Wrong,
    /// It was not even looked at: too many wrong ones came.
    TooMany,
}

impl Sessions {
    /// A desk behind this password.
    #[must_use]
    pub fn new(password: Password) -> Sessions {
        Sessions { password, tries: Tries::at_most(WRONG), open: Mutex::default() }
    }

    /// Looks at a password.
    pub(super) fn enter(&self, request: &Request, typed: &str, now: Instant) -> Entry {
        if !self.tries.may_try(request.peer, now) {
            return Entry::TooMany;
        }
        // Counted before it is looked at: many at once would else all be tried
        self.tries.wrong(request.peer, now);
        if !self.password.is(typed) {
            return Entry::Wrong;
        }
        self.tries.right(request.peer, now);
        let Some(secret) = secret() else { return Entry::TooMany };
        let mut open = self.alive(now);
        if open.len() >= MOST
            && let Some(oldest) = open.iter().min_by_key(|(_, span)| span.last).map(|(sum, _)| *sum)
        {
            open.remove(&oldest);
        }
        open.insert(sum(&secret), Span { since: now, last: now });
        Entry::Open(format!("{COOKIE}={secret}; Path=/; HttpOnly; SameSite=Strict"))
    }

    /// Whether a request comes from an open desk; that keeps it open.
    pub(super) fn holds(&self, request: &Request, now: Instant) -> bool {
        let Some(secret) = request.cookie(COOKIE) else { return false };
        // Found by its sum: how long that takes says nothing about the secret
        self.alive(now).get_mut(&sum(secret)).is_some_and(|span| {
            span.last = now;
            true
        })
    }

    /// Closes the desk of a request; the value of `Set-Cookie` that takes its cookie away.
    pub(super) fn leave(&self, request: &Request, now: Instant) -> String {
        if let Some(secret) = request.cookie(COOKIE) {
            self.alive(now).remove(&sum(secret));
        }
        format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")
    }

    fn alive(&self, now: Instant) -> MutexGuard<'_, BTreeMap<Sum, Span>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, span| now.duration_since(span.last) < IDLE && now.duration_since(span.since) < LONGEST);
        open
    }
}

fn sum(secret: &str) -> Sum {
    Sha256::digest(secret.as_bytes()).into()
}

/// 128 random bits in hexadecimal.
fn secret() -> Option<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::super::request::Method;
    use super::*;

    fn asks(cookie: Option<&str>) -> Request {
        let mut request = Request::new(Method::Get, "/_desk").expect("a path");
        request.peer = "192.168.0.9".parse().expect("an address");
        request.headers.cookie = cookie.map(str::to_owned);
        request
    }

    #[test]
    fn a_desk_closes_when_it_is_left_idle_or_kept_too_long() {
        let folder = tempfile::tempdir().unwrap();
        let password = Password::renew(folder.path()).unwrap();
        let sessions = Sessions::new(Password::read(folder.path()).unwrap().unwrap());
        let start = Instant::now();
        let Entry::Open(cookie) = sessions.enter(&asks(None), &password, start) else { panic!("the password is right") };
        assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
        let own = asks(cookie.split(';').next());
        assert!(sessions.holds(&own, start));
        assert!(!sessions.holds(&asks(None), start) && !sessions.holds(&asks(Some("desk=00")), start));
        // Used now and then it stays open, but not for ever
        let mut now = start;
        while now < start + LONGEST - IDLE {
            now += IDLE - Duration::from_secs(1);
            assert!(sessions.holds(&own, now) == (now < start + LONGEST), "{:?}", now - start);
        }
        assert!(!sessions.holds(&own, start + LONGEST));
        let Entry::Open(cookie) = sessions.enter(&asks(None), &password, now) else { panic!("the password is right") };
        let own = asks(cookie.split(';').next());
        assert!(!sessions.holds(&own, now + IDLE), "nobody has used it");
        let Entry::Open(cookie) = sessions.enter(&asks(None), &password, now) else { panic!("the password is right") };
        let own = asks(cookie.split(';').next());
        assert!(sessions.leave(&own, now).contains("Max-Age=0"));
        assert!(!sessions.holds(&own, now), "it was left");
        // Wrong ones are limited, and then the right one waits too
        for _ in 0..WRONG.private {
            assert_eq!(sessions.enter(&asks(None), "wrong", now), Entry::Wrong);
        }
        assert_eq!(sessions.enter(&asks(None), &password, now), Entry::TooMany);
        assert!(matches!(sessions.enter(&asks(None), &password, now + Duration::from_secs(601)), Entry::Open(_)));
    }
}
