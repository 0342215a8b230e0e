//! What went out, so that no mail goes twice and none is forgotten: a file that is only ever added to, each line on the disk before the
//! next step. People stand in it as sums of their tokens.
//!
//! A mail is entered as being tried before its last byte leaves, and as sent when the server has taken it. If the program or the
//! connection dies between the two, nobody can know whether it arrived: it stays «tried», is not sent again unasked, and is told.

use crate::content::MailAddress;
use crate::language::{Day, Words};
use crate::store;
use crate::survey::Token;
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

/// A person or an address, as a sum that gives neither away.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(String);

impl Mark {
    /// The mark of a token: 32 hexadecimal digits.
    #[must_use]
    pub fn of_token(token: &Token) -> Mark {
        Mark::of("mail token", token.in_link())
    }

    /// The mark of a person's address; another token gives the same address another mark.
    #[must_use]
    pub fn of_address(token: &Token, address: &MailAddress) -> Mark {
        Mark::of("mail address", &format!("{} {}", token.in_link(), address.as_str()))
    }

    fn of(what: &str, text: &str) -> Mark {
        let sum = Sha256::new().chain_update(what).chain_update([0]).chain_update(text).finalize();
        Mark(sum.iter().take(16).fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        }))
    }

    /// What makes one mail of one round the same mail however often it is sent: 32 hexadecimal digits.
    #[must_use]
    pub fn message(&self, round: &Round) -> String {
        Mark::of("mail message", &format!("{} {} {}", self.0, round.occasion, round.number)).0
    }
}

/// One sending of one kind of letter to everybody.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Round {
    /// What kind of letter: a word without spaces.
    pub occasion: String,
    /// Which one of its kind, from 1 on.
    pub number: u32,
}

/// What became of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Handed over, and no word came back: nobody knows.
    Tried,
    /// The server has it.
    Sent,
    /// The server will not take it at this address.
    Refused {
        /// The mark of the address.
        address: Mark,
        /// The server's code: `550`.
        code: String,
    },
}

/// A round as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// The last day on which it was worked on.
    pub day: Day,
    /// Whether everybody's mail came to an end.
    pub ended: bool,
    /// What became of whom; those who are missing are still to be sent to.
    pub fates: BTreeMap<Mark, Fate>,
}

/// The journal of a survey, taken by this process.
#[derive(Debug)]
pub struct Journal {
    file: File,
    past: BTreeMap<Round, Past>,
}

impl Round {
    /// The round that a sending of this kind belongs to: the last one while people in it are still to be sent to, and for the rest of
    /// its last day; else the next. A letter that nobody needs twice (`once`) has one round for ever. `again` begins the next in any
    /// case.
    #[must_use]
    pub fn due(past: &BTreeMap<Round, Past>, occasion: &str, once: bool, again: bool, today: Day) -> Round {
        let last = past.iter().rfind(|(round, _)| round.occasion == occasion);
        let goes_on = last.is_some_and(|(_, past)| !again && (once || !past.ended || past.day >= today));
        let number = last.map_or(0, |(round, _)| round.number);
        Round { occasion: occasion.to_owned(), number: if goes_on { number } else { number + 1 } }
    }
}

/// The first line.
const HEAD: &str = "shirube mail 1";

impl Journal {
    /// What a journal says, without taking it: for a dry run. A missing file says nothing.
    ///
    /// # Errors
    /// When it cannot be read or is damaged.
    pub fn past(path: &Path) -> Result<BTreeMap<Round, Past>> {
        match std::fs::read_to_string(path) {
            Ok(text) => Ok(parse(&text).with_context(|| damaged(path))?.0),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(BTreeMap::new()),
            Err(error) => Err(error).with_context(|| damaged(path)),
        }
    }

    /// Takes the journal, for its owner to read only: one process at a time.
    ///
    /// # Errors
    /// When another process has it, when it cannot be read, or when it is damaged: nothing may be sent then.
    pub fn take(path: &Path) -> Result<Journal> {
        store::make_private(path).with_context(|| damaged(path))?;
        let mut file = OpenOptions::new().read(true).write(true).open(path).with_context(|| damaged(path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!(Words::new(
                "別の shirube がこのアンケートのメールを送っています。終わってからもう一度お試しください",
                "another shirube is sending mails of this survey; try again when it has finished",
            )),
            Err(TryLockError::Error(error)) => return Err(error).with_context(|| damaged(path)),
        }
        let mut text = String::new();
        file.read_to_string(&mut text).with_context(|| damaged(path))?;
        let (past, whole) = parse(&text).with_context(|| damaged(path))?;
        // A line that a crash cut short was never acted upon
        file.set_len(whole as u64).and_then(|()| file.seek(SeekFrom::End(0)).map(drop)).with_context(|| damaged(path))?;
        let mut journal = Journal { file, past };
        if whole == 0 {
            journal.line(HEAD)?;
        }
        Ok(journal)
    }

    /// Begins a round, or goes on with it, and says what became of everybody in it so far.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn begin(&mut self, round: &Round, day: Day) -> Result<BTreeMap<Mark, Fate>> {
        self.line(&format!("round {} {} {day}", round.occasion, round.number))?;
        Ok(self.past.get(round).map(|past| past.fates.clone()).unwrap_or_default())
    }

    /// Before a mail's last byte leaves.
    ///
    /// # Errors
    /// When the disk refuses: then nothing may leave.
    pub fn tried(&mut self, who: &Mark) -> Result<()> {
        self.line(&format!("tried {}", who.0))
    }

    /// The server has it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn sent(&mut self, who: &Mark) -> Result<()> {
        self.line(&format!("sent {}", who.0))
    }

    /// The server did not take it now; it is as if it had not been tried.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn deferred(&mut self, who: &Mark) -> Result<()> {
        self.line(&format!("deferred {}", who.0))
    }

    /// The server will not take it at this address.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn refused(&mut self, who: &Mark, address: &Mark, code: &str) -> Result<()> {
        self.line(&format!("refused {} {} {code}", who.0, address.0))
    }

    /// Everybody's mail came to an end.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn ended(&mut self) -> Result<()> {
        self.line("ended")
    }

    fn line(&mut self, line: &str) -> Result<()> {
        let write = self.file.write_all(format!("{line}\n").as_bytes()).and_then(|()| self.file.sync_data());
        write.with_context(|| {
            Words::new("送った記録を書けないので、送るのをやめました", "the journal cannot be written, so nothing more is sent")
        })
    }
}

fn damaged(path: &Path) -> Words {
    Words::new(
        format!("送った記録 {} を読めません。二度送ることのないよう、何も送りません", path.display()),
        format!("the journal {} cannot be read; nothing is sent, so that nothing is sent twice", path.display()),
    )
}

/// What a journal says, and how many bytes of it are whole lines.
fn parse(text: &str) -> Result<(BTreeMap<Round, Past>, usize)> {
    let whole = text.rfind('\n').map_or(0, |at| at + 1);
    let mut past: BTreeMap<Round, Past> = BTreeMap::new();
    let mut current: Option<Round> = None;
    for (at, line) in text[..whole].lines().enumerate() {
        let words: Vec<&str> = line.split(' ').collect();
        let fault = || anyhow::anyhow!("line {}", at + 1);
        if at == 0 {
            if line != HEAD {
                return Err(fault());
            }
            continue;
        }
        if let ["round", occasion, number, day] = words.as_slice() {
            let round = Round { occasion: (*occasion).to_owned(), number: number.parse().ok().with_context(fault)? };
            let day = Day::parse(day).with_context(fault)?;
            let entry = past.entry(round.clone()).or_insert_with(|| Past { day, ended: false, fates: BTreeMap::new() });
            (entry.day, entry.ended) = (day, false);
            current = Some(round);
            continue;
        }
        let entry = current.as_ref().and_then(|round| past.get_mut(round)).with_context(fault)?;
        match words.as_slice() {
            ["tried", who] => drop(entry.fates.insert(mark(who).with_context(fault)?, Fate::Tried)),
            ["sent", who] => drop(entry.fates.insert(mark(who).with_context(fault)?, Fate::Sent)),
            ["deferred", who] => drop(entry.fates.remove(&mark(who).with_context(fault)?)),
            ["refused", who, address, code] => {
                let fate = Fate::Refused { address: mark(address).with_context(fault)?, code: (*code).to_owned() };
                entry.fates.insert(mark(who).with_context(fault)?, fate);
            }
            ["ended"] => entry.ended = true,
            _ => return Err(fault()),
        }
    }
    Ok((past, whole))
}

fn mark(text: &str) -> Option<Mark> {
    (text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| Mark(text.to_owned()))
}
