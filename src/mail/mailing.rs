//! One mail after the other, no faster than allowed, each of them once, until all have come to an end or somebody says stop.

use super::journal::{Fate, Journal, Mark};
use super::post::{Post, Trouble};
use crate::content::MailAddress;
use anyhow::Result;
use std::time::{Duration, SystemTime};

/// A mail that is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Whose it is.
    pub who: Mark,
    /// Their address, as a mark.
    pub address: Mark,
    /// Where it goes.
    pub to: MailAddress,
    /// The line of the file it comes from.
    pub line: u32,
}

/// Time as a mailing needs it.
pub trait Clock {
    /// What the time is, for the mail's date.
    fn now(&self) -> SystemTime;
    /// How much time has passed since some moment that stays the same.
    fn passed(&self) -> Duration;
    /// Lets time pass; less of it when somebody says stop.
    fn wait(&self, time: Duration);
    /// Whether somebody has said stop.
    fn stopped(&self) -> bool;
}

/// What is told while it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News<'a> {
    /// So many of so many have come to an end.
    Progress(usize, usize),
    /// The server refuses this line's mail for good, with this code.
    Refused(u32, &'a str),
    /// So many are tried again after this time.
    Again(usize, Duration),
    /// The connection is gone; it is tried again after this time.
    Reconnecting(Duration),
}

/// Why a mailing ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// Everybody's turn has come.
    Through,
    /// Somebody said stop.
    Stopped,
    /// The server refuses us, or stays away.
    GaveUp(String),
}

/// A mail that did not arrive, or of which nobody knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Its place in the list of items.
    pub item: usize,
    /// The server's code; empty where it gave none.
    pub code: String,
    /// What the server said.
    pub said: String,
}

/// What a mailing came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// How many the server has taken.
    pub sent: usize,
    /// Those it will not take.
    pub refused: Vec<Failure>,
    /// Those it would not take for now, however often it was asked.
    pub deferred: Vec<Failure>,
    /// Those of which nobody knows.
    pub unknown: Vec<Failure>,
    /// Why it ended.
    pub end: End,
}

impl Tally {
    /// How many have come to an end, good or bad.
    #[must_use]
    pub fn settled(&self) -> usize {
        self.sent + self.refused.len() + self.unknown.len()
    }
}

/// How long to wait before those who were put off are tried again. Servers that greylist want a few minutes.
pub const AGAIN: [Duration; 3] = [Duration::from_secs(60), Duration::from_secs(300), Duration::from_secs(900)];
/// How long to wait before a lost connection is made again.
pub const RECONNECT: [Duration; 3] = [Duration::from_secs(5), Duration::from_secs(30), Duration::from_secs(120)];
/// After so many refusals in a row the fault is not theirs.
const REFUSED_IN_A_ROW: usize = 10;

/// What a mailing works with.
pub struct Mailing<'a> {
    /// The sender.
    pub from: &'a MailAddress,
    /// Everybody, in the order of the file.
    pub items: &'a [Item],
    /// The least time between two mails.
    pub pace: Duration,
    /// Makes the bytes of an item's mail.
    pub compose: &'a dyn Fn(usize, SystemTime) -> Result<Vec<u8>>,
    /// Time.
    pub clock: &'a dyn Clock,
    /// Told while it goes on.
    pub herald: &'a dyn Fn(News<'_>),
}

/// What one attempt came to.
enum Attempt {
    Settled,
    Deferred(Failure),
    Over(End),
}

impl Mailing<'_> {
    /// Sends them all. The connection stands open at the beginning and is closed at the end.
    ///
    /// # Errors
    /// When the journal cannot be written, or a mail cannot be made: nothing more is sent then.
    pub fn send(&self, post: &mut dyn Post, journal: &mut Journal) -> Result<Tally> {
        let mut tally = Tally { sent: 0, refused: Vec::new(), deferred: Vec::new(), unknown: Vec::new(), end: End::Through };
        let mut waiting: Vec<usize> = (0..self.items.len()).collect();
        let mut due = self.clock.passed();
        let mut in_a_row = 0;
        for pause in [Duration::ZERO].into_iter().chain(AGAIN) {
            if waiting.is_empty() {
                break;
            }
            if !pause.is_zero() {
                post.close();
                (self.herald)(News::Again(waiting.len(), pause));
                self.clock.wait(pause);
            }
            tally.deferred.clear();
            for item in std::mem::take(&mut waiting) {
                self.clock.wait(due.saturating_sub(self.clock.passed()));
                if self.clock.stopped() {
                    tally.end = End::Stopped;
                    post.close();
                    return Ok(tally);
                }
                due = self.clock.passed() + self.pace;
                let refused = tally.refused.len();
                match self.attempt(item, post, journal, &mut tally)? {
                    Attempt::Settled => {
                        in_a_row = if tally.refused.len() > refused { in_a_row + 1 } else { 0 };
                        (self.herald)(News::Progress(tally.settled(), self.items.len()));
                    }
                    Attempt::Deferred(failure) => {
                        waiting.push(item);
                        tally.deferred.push(failure);
                    }
                    Attempt::Over(end) => {
                        tally.end = end;
                        post.close();
                        return Ok(tally);
                    }
                }
                if in_a_row >= REFUSED_IN_A_ROW {
                    tally.end = End::GaveUp(tally.refused.last().map(|last| format!("{} {}", last.code, last.said)).unwrap_or_default());
                    post.close();
                    return Ok(tally);
                }
            }
        }
        post.close();
        if tally.deferred.is_empty() {
            journal.ended()?;
        }
        Ok(tally)
    }

    /// Brings one mail to the server, over a new connection where the old one is gone.
    fn attempt(&self, at: usize, post: &mut dyn Post, journal: &mut Journal, tally: &mut Tally) -> Result<Attempt> {
        let Some(item) = self.items.get(at) else { return Ok(Attempt::Settled) };
        let mut pauses = RECONNECT.into_iter();
        let trouble = loop {
            match post.address(self.from, &item.to) {
                Err(Trouble::Gone(said)) => {
                    let Some(pause) = pauses.next() else { return Ok(Attempt::Over(End::GaveUp(said))) };
                    (self.herald)(News::Reconnecting(pause));
                    self.clock.wait(pause);
                    if self.clock.stopped() {
                        return Ok(Attempt::Over(End::Stopped));
                    }
                }
                Err(trouble) => break Some(trouble),
                Ok(()) => break None,
            }
        };
        let handed = trouble.is_none();
        let result = match trouble {
            Some(trouble) => Err(trouble),
            None => {
                let mail = (self.compose)(at, self.clock.now())?;
                journal.tried(&item.who)?;
                post.hand_over(&mail)
            }
        };
        match result {
            Ok(()) => {
                journal.sent(&item.who)?;
                tally.sent += 1;
            }
            Err(Trouble::Later { code, said }) => {
                if handed {
                    journal.deferred(&item.who)?;
                }
                return Ok(Attempt::Deferred(Failure { item: at, code, said }));
            }
            Err(Trouble::Never { code, said }) => {
                journal.refused(&item.who, &item.address, &code)?;
                (self.herald)(News::Refused(item.line, &code));
                tally.refused.push(Failure { item: at, code, said });
            }
            Err(Trouble::Us(said)) => return Ok(Attempt::Over(End::GaveUp(said))),
            Err(Trouble::Gone(said)) => tally.unknown.push(Failure { item: at, code: String::new(), said }),
        }
        Ok(Attempt::Settled)
    }
}

/// Whether a mail is still to be sent, by what became of it before; with `refused` and `unknown` also those.
#[must_use]
pub fn is_due(item: &Item, fate: Option<&Fate>, refused: bool, unknown: bool) -> bool {
    match fate {
        None => true,
        Some(Fate::Sent) => false,
        Some(Fate::Tried) => unknown,
        // A mended address is another one
        Some(Fate::Refused { address, .. }) => refused || *address != item.address,
    }
}
