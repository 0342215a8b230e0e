//! Johari windows in a room: how often each card was picked for a person by those who know them. In memory alone, as sums from the
//! first pick on; nothing here says who picked what, in which order or when. Shown once, when the person closes the window, and only
//! if three or more have picked.

use super::room_code::SIGNS;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Peers without whom nothing is shown.
pub const LEAST: u32 = 3;
/// Peers that a window can have.
pub const MOST: u32 = 8;
/// How long a window takes picks.
pub const OPEN: Duration = Duration::from_secs(4 * 3600);
/// How long a closed one can be looked at.
pub const CLOSED: Duration = Duration::from_secs(30 * 60);
/// Windows at a time.
const WINDOWS: usize = 300;
/// Signs of a code: one more than a survey's, so that the two are never the same.
pub const SIGNS_OF_CODE: usize = 5;

/// Which cards are picked: module, worksheet, part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deck {
    /// The module.
    pub module: String,
    /// The worksheet.
    pub sheet: String,
    /// The part with the cards.
    pub part: String,
}

/// How far a window is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Fewer than three have picked.
    Few,
    /// Three or more have; how many is not told.
    Enough,
    /// It was closed: how many picked, and how often each card was.
    Closed(u32, BTreeMap<String, u32>),
}

/// What may be known of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What peers type.
    pub code: String,
    /// What is picked from.
    pub deck: Deck,
    /// What the person is called, if they said so.
    pub name: String,
    /// How many are to pick.
    pub wanted: u32,
    /// How far it is.
    pub state: State,
}

/// What became of a peer's cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// They count; also when the same sheet came before.
    Taken,
    /// As many as were announced have picked.
    Full,
    /// The window is closed.
    Closed,
    /// There is no such window.
    Gone,
}

struct Window {
    code: String,
    /// What only the person's own address holds.
    key: String,
    deck: Deck,
    name: String,
    wanted: u32,
    opened: Instant,
    closed: Option<Instant>,
    picked: BTreeMap<String, u32>,
    /// Sums of the random ids of the sheets that count, so that a second click adds nothing. They say nothing of cards.
    sheets: BTreeSet<[u8; 32]>,
}

impl Window {
    fn peers(&self) -> u32 {
        u32::try_from(self.sheets.len()).unwrap_or(MOST)
    }

    fn is_over(&self, now: Instant) -> bool {
        let (since, length) = self.closed.map_or((self.opened, OPEN), |closed| (closed, CLOSED));
        now.saturating_duration_since(since) >= length
    }

    fn seen(&self) -> Seen {
        let state = match (self.closed, self.peers() >= LEAST) {
            (Some(_), true) => State::Closed(self.peers(), self.picked.clone()),
            (_, true) => State::Enough,
            (_, false) => State::Few,
        };
        let (code, deck, name) = (self.code.clone(), self.deck.clone(), self.name.clone());
        Seen { code, deck, name, wanted: self.wanted, state }
    }
}

/// All windows of a server. They end with it.
#[derive(Default)]
pub struct Windows {
    inner: Mutex<Vec<Window>>,
}

impl Windows {
    /// Opens one; its key, or `None` if there are too many. `key`: 128 random bits in hexadecimal.
    pub fn open(&self, key: &str, deck: Deck, name: &str, wanted: u32, now: Instant) -> Option<String> {
        let mut windows = self.windows(now);
        if windows.len() >= WINDOWS || key.len() < 32 {
            return None;
        }
        let code = (0..100_u32).map(|turn| code(key, turn)).find(|code| windows.iter().all(|window| window.code != *code))?;
        windows.push(Window {
            code,
            key: key.to_owned(),
            deck,
            name: name.to_owned(),
            wanted: wanted.clamp(LEAST, MOST),
            opened: now,
            closed: None,
            picked: BTreeMap::new(),
            sheets: BTreeSet::new(),
        });
        Some(key.to_owned())
    }

    /// The person's own.
    pub fn own(&self, key: &str, now: Instant) -> Option<Seen> {
        self.windows(now).iter().find(|window| window.key == key).map(Window::seen)
    }

    /// A peer's: never with what was picked.
    pub fn of_code(&self, code: &str, now: Instant) -> Option<Seen> {
        let seen = self.windows(now).iter().find(|window| window.code == code).map(Window::seen)?;
        let state = if matches!(seen.state, State::Closed(..)) { State::Closed(0, BTreeMap::new()) } else { State::Few };
        Some(Seen { state, ..seen })
    }

    /// Adds a peer's cards to the sums.
    pub fn give(&self, code: &str, sheet: &str, cards: &BTreeSet<&str>, now: Instant) -> Given {
        let mut windows = self.windows(now);
        let Some(window) = windows.iter_mut().find(|window| window.code == code) else { return Given::Gone };
        let sum: [u8; 32] = Sha256::digest(format!("{} {sheet}", window.key)).into();
        if window.sheets.contains(&sum) {
            return Given::Taken;
        }
        if window.closed.is_some() {
            return Given::Closed;
        }
        if window.peers() >= window.wanted {
            return Given::Full;
        }
        window.sheets.insert(sum);
        for card in cards {
            *window.picked.entry((*card).to_owned()).or_default() += 1;
        }
        Given::Taken
    }

    /// Closes a window; with fewer than three it stays open.
    pub fn close(&self, key: &str, now: Instant) {
        let mut windows = self.windows(now);
        let own = windows.iter_mut().find(|window| window.key == key && window.closed.is_none());
        if let Some(window) = own.filter(|window| window.peers() >= LEAST) {
            window.closed = Some(now);
        }
    }

    /// Forgets a window at once.
    pub fn erase(&self, key: &str, now: Instant) {
        self.windows(now).retain(|window| window.key != key);
    }

    /// Those that are not over.
    fn windows(&self, now: Instant) -> MutexGuard<'_, Vec<Window>> {
        let mut windows = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        windows.retain(|window| !window.is_over(now));
        windows
    }
}

/// A code out of a random key, which it does not tell.
fn code(key: &str, turn: u32) -> String {
    let sum = Sha256::digest(format!("window {turn} {key}"));
    sum.iter().take(SIGNS_OF_CODE).map(|byte| char::from(SIGNS[usize::from(*byte) % SIGNS.len()])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";

    fn opened(wanted: u32, now: Instant) -> (Windows, String) {
        let windows = Windows::default();
        let deck = Deck { module: "m".to_owned(), sheet: "s".to_owned(), part: "p".to_owned() };
        assert!(windows.open(KEY, deck, "Hana", wanted, now).is_some());
        let code = windows.own(KEY, now).expect("a window").code;
        (windows, code)
    }

    fn sheets(windows: &Windows, code: &str, now: Instant, order: &[usize]) {
        let picks = [["a", "b"], ["a", "c"], ["a", "b"], ["d", "e"], ["a", "e"]];
        for peer in order {
            let cards = picks[*peer].into_iter().collect();
            assert_eq!(windows.give(code, &format!("{peer:032x}"), &cards, now), Given::Taken);
        }
    }

    #[test]
    fn nothing_is_known_before_it_is_closed_and_it_closes_from_three_on() {
        let now = Instant::now();
        let (windows, code) = opened(4, now);
        for peer in 0..2 {
            sheets(&windows, &code, now, &[peer]);
            windows.close(KEY, now);
            assert_eq!(windows.own(KEY, now).expect("open").state, State::Few);
        }
        sheets(&windows, &code, now, &[2]);
        let three = windows.own(KEY, now);
        assert_eq!(three.as_ref().expect("open").state, State::Enough);
        sheets(&windows, &code, now, &[3]);
        assert_eq!(windows.own(KEY, now), three, "a fourth changes nothing that can be seen");
        assert_eq!(windows.give(&code, &format!("{:032x}", 9), &BTreeSet::new(), now), Given::Full);
        windows.close(KEY, now);
        let State::Closed(peers, picked) = windows.own(KEY, now).expect("closed").state else { panic!("open") };
        let told: Vec<(&str, u32)> = picked.iter().map(|(card, count)| (card.as_str(), *count)).collect();
        assert_eq!((peers, told), (4, vec![("a", 3), ("b", 2), ("c", 1), ("d", 1), ("e", 1)]));
        assert_eq!(windows.give(&code, &format!("{:032x}", 9), &BTreeSet::new(), now), Given::Closed);
        assert_eq!(windows.of_code(&code, now).expect("known").state, State::Closed(0, BTreeMap::new()), "peers see no sums");
    }

    #[test]
    fn the_order_of_peers_and_a_second_click_are_not_in_what_is_kept() {
        let now = Instant::now();
        let told = |order: &[usize]| {
            let (windows, code) = opened(5, now);
            sheets(&windows, &code, now, order);
            sheets(&windows, &code, now, &order[..1]);
            windows.close(KEY, now);
            windows.own(KEY, now)
        };
        assert_eq!(told(&[0, 1, 2, 3]), told(&[3, 2, 1, 0]));
    }

    #[test]
    fn a_window_ends_by_itself_and_at_once_when_it_is_erased() {
        let now = Instant::now();
        let (windows, code) = opened(3, now);
        assert!(windows.own(KEY, now + OPEN).is_none());
        let (windows_again, code_again) = opened(3, now);
        assert_eq!(code, code_again, "the code follows from the key");
        sheets(&windows_again, &code, now, &[0, 1, 2]);
        windows_again.close(KEY, now);
        assert!(windows_again.own(KEY, now + CLOSED / 2).is_some());
        assert!(windows_again.own(KEY, now + CLOSED).is_none());
        assert_eq!(windows_again.give(&code, "x", &BTreeSet::new(), now), Given::Gone);
        let (windows, _) = opened(3, now);
        windows.erase(KEY, now);
        assert!(windows.own(KEY, now).is_none());
    }

    #[test]
    fn no_key_can_be_told_from_a_code() {
        assert_eq!(code(KEY, 0).len(), SIGNS_OF_CODE);
        assert_ne!(code(KEY, 0), code(KEY, 1));
    }
}
