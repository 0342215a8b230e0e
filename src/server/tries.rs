//! How often an address may do something in ten minutes: try a wrong code, put a new sheet aside.
//!
//! A code has 128 bits, so nobody guesses one; the limit keeps logs and disks quiet and slows whoever tries anyway. A private
//! address can be a whole company behind one router and has a wide limit. When very many wrong codes come from everywhere, an
//! address is refused after its first one: people with a right code are never locked out by strangers.

use super::gate_host::is_private;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a wrong code is remembered.
const WINDOW: Duration = Duration::from_secs(600);
/// Wrong codes of invitations.
const CODES: Most = Most { public: 20, private: 1_000, all: 5_000 };
/// Addresses that are remembered.
const ADDRESSES: usize = 20_000;

/// How many wrong ones are looked at in that time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Most {
    /// From one public address.
    pub(super) public: u32,
    /// From one private address.
    pub(super) private: u32,
    /// From everywhere.
    pub(super) all: u32,
}

/// The wrong codes of the last ten minutes.
pub(super) struct Tries {
    most: Most,
    inner: Mutex<Counts>,
}

impl Default for Tries {
    fn default() -> Tries {
        Tries::at_most(CODES)
    }
}

#[derive(Default)]
struct Counts {
    since: Option<Instant>,
    all: u32,
    by_address: BTreeMap<IpAddr, u32>,
}

impl Tries {
    /// With limits of its own.
    pub(super) fn at_most(most: Most) -> Tries {
        Tries { most, inner: Mutex::default() }
    }

    /// Whether this address may try a code now.
    pub(super) fn may_try(&self, peer: IpAddr, now: Instant) -> bool {
        let counts = self.counts(now);
        let own = counts.by_address.get(&network(peer)).copied().unwrap_or(0);
        let most = if is_private(peer) { self.most.private } else { self.most.public };
        own < most && (own == 0 || counts.all < self.most.all || is_private(peer))
    }

    /// Remembers a wrong code.
    pub(super) fn wrong(&self, peer: IpAddr, now: Instant) {
        self.count(peer, now);
    }

    /// Remembers one of what is limited.
    pub(super) fn count(&self, peer: IpAddr, now: Instant) {
        let mut counts = self.counts(now);
        counts.all = counts.all.saturating_add(1);
        let room = counts.by_address.len() < ADDRESSES;
        let network = network(peer);
        if room || counts.by_address.contains_key(&network) {
            let own = counts.by_address.entry(network).or_default();
            *own = own.saturating_add(1);
        }
    }

    /// Takes one back: it was right.
    pub(super) fn right(&self, peer: IpAddr, now: Instant) {
        let mut counts = self.counts(now);
        counts.all = counts.all.saturating_sub(1);
        if let Some(own) = counts.by_address.get_mut(&network(peer)) {
            *own = own.saturating_sub(1);
        }
    }

    fn counts(&self, now: Instant) -> MutexGuard<'_, Counts> {
        let mut counts = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.since.is_none_or(|since| now.duration_since(since) >= WINDOW) {
            *counts = Counts { since: Some(now), ..Counts::default() };
        }
        counts
    }
}

/// An address of the old kind, or the network of one of the new kind: whoever has one of those has all 2⁶⁴.
fn network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(six) if !six.is_loopback() => IpAddr::V6(Ipv6Addr::from(u128::from(six) >> 64 << 64)),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn strangers_are_stopped_and_rooms_are_not() {
        let (tries, start) = (Tries::default(), Instant::now());
        for (one, same, most) in [
            ("203.0.113.1", "::ffff:203.0.113.1", CODES.public),
            ("2001:db8::1", "2001:db8::ffff", CODES.public),
            ("192.168.0.9", "192.168.0.9", CODES.private),
        ] {
            for _ in 0..most {
                assert!(tries.may_try(address(one), start), "{one}");
                tries.wrong(address(one), start);
            }
            assert!(!tries.may_try(address(same), start), "{same}");
        }
        assert!(tries.may_try(address("203.0.113.2"), start));
        assert!(tries.may_try(address("203.0.113.1"), start + WINDOW));
    }

    #[test]
    fn a_flood_from_everywhere_locks_out_nobody_who_types_well() {
        let (tries, start) = (Tries::default(), Instant::now());
        for number in 0..CODES.all + 20_000 {
            tries.wrong(IpAddr::V4(std::net::Ipv4Addr::from(0x0800_0000 + number)), start);
        }
        let other = address("203.0.113.2");
        assert!(tries.may_try(other, start));
        assert!(tries.counts(start).by_address.len() <= ADDRESSES);
        assert!(!tries.may_try(address("8.0.0.5"), start), "one wrong code is enough now");
    }
}
