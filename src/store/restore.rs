//! Bringing copies back. Nothing that is known is lost by it: the store that is there, the copies, and what sites say of themselves to
//! have shown are united, and the result takes the store's place in one moment.
//!
//! What was ever published, closed, purged, used or revoked stays so, whoever of them knows it. Answers that wait for their batch, drafts
//! and codes are the own store's; where that is damaged they are gone, and it is set aside as it is.

use super::backup::{LINKS, NOTE, copy_links, is_backup, last_backup, note, write};
use super::contract::Publication;
use super::copies::{LAST, NOMINATIONS};
use super::faults::Faults;
use super::hold::Hold;
use super::open::{ANSWERS, FILES, INTAKE, prepare_folder};
use super::place::{self, Decision};
use super::rights::make_folder;
use super::sqlite::{Gathered, Half, Staged, gather_nominations, lay_nominations};
use super::trouble::Trouble;
use crate::language::{Day, Words};
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What is to be brought back.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The copies: folders, or a file in each.
    pub copies: &'a [PathBuf],
    /// What sites say of themselves to have shown.
    pub shown: &'a [Publication],
    /// The project's surveys.
    pub surveys: &'a BTreeSet<String>,
    /// Also where the copy may be of another store, or batches were closed apart.
    pub sure: bool,
    /// The day.
    pub today: Day,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The store is another now.
    Restored(Restored),
    /// The store knew everything already; nothing was changed.
    Nothing,
    /// Not without being sure; nothing was changed.
    Unsure {
        /// The copy is of a store with another mark, and there is a store.
        foreign: bool,
        /// Answers in batches that were closed apart under one number.
        apart: u64,
    },
}

/// A store that was restored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Restored {
    /// Answers in closed batches before; `None` where the store was not there, or not to be read.
    pub before: Option<u64>,
    /// And now.
    pub now: u64,
    /// Where what was there before was set aside.
    pub aside: Option<PathBuf>,
    /// Which of its files were damaged, and are set aside as they are.
    pub damaged: Vec<String>,
    /// The store that was there gave no intake: what waited for its batch is gone.
    pub without_waiting: bool,
    /// Surveys that had been purged before, and were so again.
    pub purged: Vec<String>,
    /// Batches that were closed once and are in no copy.
    pub lost: u64,
    /// Answers in batches that were closed apart under one number.
    pub apart: u64,
    /// Requests for talks that came back.
    pub nominations: u64,
}

/// How a file of the store that is there stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Own {
    Absent,
    Sound,
    Damaged,
}

/// Brings copies back into the store of this folder.
///
/// # Errors
/// Where a copy is not whole or not of this project, the store is open elsewhere, or the disk refuses. The store that was there is as
/// it was then; once the decision has fallen it is the new one, and what is still to be moved is moved by whoever opens it next.
pub fn restore(private: &Path, wish: &Wish<'_>, faults: &Faults) -> Result<Outcome> {
    let copies: Vec<PathBuf> = wish.copies.iter().map(|path| find(path)).collect::<Result<_>>()?;
    prepare_folder(private)?;
    let Some(_alone) = Hold::alone(private)? else {
        bail!(Words::new(
            format!("{} は使用中です。動いている shirube（serve など）を止めてから、もう一度実行してください", private.display()),
            format!("{} is in use: stop every shirube that runs here (serve), then run this again", private.display()),
        ));
    };
    if place::is_decided(private) {
        place::finish(private, FILES, faults)?;
    }
    place::discard(private)?;
    let outcome = Work { private, wish, copies: &copies, faults }.run();
    if !matches!(outcome, Ok(Outcome::Restored(_))) && !place::is_decided(private) {
        // A fault matters more than leftovers, which the next opening clears away
        let _ = place::discard(private);
    }
    outcome
}

/// The folder of a copy.
fn find(path: &Path) -> Result<PathBuf> {
    let folder = if path.is_dir() { path } else { path.parent().filter(|_| path.is_file()).unwrap_or(path) };
    if folder.join(INTAKE).is_file() && folder.join(ANSWERS).is_file() {
        return Ok(folder.to_path_buf());
    }
    bail!(Words::new(
        format!(
            "{} は控えではありません。shirube backup で作ったフォルダー（{INTAKE} と {ANSWERS} があるもの）を書いてください",
            path.display()
        ),
        format!("{} is no backup; name a folder that “shirube backup” made (with {INTAKE} and {ANSWERS})", path.display()),
    ))
}

/// What copies bring of requests for talks.
#[derive(Debug, Clone, Copy, Default)]
struct Requests {
    /// What they know.
    gathered: Gathered,
    /// The own file is damaged.
    damaged: bool,
}

fn unusable(copy: &Path) -> Words {
    Words::new(
        format!("控え {} を使えません。何も変えていません", copy.display()),
        format!("the backup {} cannot be used; nothing was changed", copy.display()),
    )
}

struct Work<'a> {
    private: &'a Path,
    wish: &'a Wish<'a>,
    copies: &'a [PathBuf],
    faults: &'a Faults,
}

impl Work<'_> {
    fn run(&self) -> Result<Outcome> {
        let ready = place::ready(self.private);
        make_folder(&ready).map_err(|_| Trouble::not_writable(&ready))?;
        let others = self.lay_copies()?;
        let mut own = [self.lay_own(Half::Intake, INTAKE)?, self.lay_own(Half::Answers, ANSWERS)?];
        let mut restored = Restored::default();
        if self.is_blank(own)? {
            own = [Own::Absent; 2];
        }
        restored.without_waiting = own[0] != Own::Sound && !others.is_empty();
        restored.damaged =
            [INTAKE, ANSWERS].into_iter().zip(own).filter(|(_, own)| *own == Own::Damaged).map(|(name, _)| name.to_owned()).collect();
        // What waits in a copy may have long come into a batch that is known otherwise
        let waiting = self.copies.len() == 1 && own[1] != Own::Sound;
        for (number, (half, name)) in [(Half::Intake, INTAKE), (Half::Answers, ANSWERS)].into_iter().enumerate() {
            let base = ready.join(name);
            match others.first() {
                Some(first) if own[number] != Own::Sound => half.lay(&first.join(name), &base, waiting)?,
                None if own[number] == Own::Damaged => bail!(Words::new(
                    format!(
                        "{} が壊れているので、控えが要ります。shirube restore に控えのフォルダーを書いてください",
                        self.private.join(name).display()
                    ),
                    format!("{} is damaged: name a backup to bring it back from", self.private.join(name).display()),
                )),
                _ => {}
            }
        }
        let foreign = own[0] == Own::Sound && self.is_foreign()?;
        let mut staged = self.open(&ready)?;
        restored.before = (own[1] == Own::Sound).then(|| staged.answers()).transpose()?;
        let mut news = own != [Own::Sound; 2] && !others.is_empty();
        for other in &others {
            let (intake, answers) = (other.join(INTAKE), other.join(ANSWERS));
            if let Some(survey) = staged.other_terms(&intake)? {
                bail!(Words::new(
                    format!(
                        "アンケート「{survey}」の、最初の回答で決まった条件が、控えと今とで違います。別のプロジェクトの控えのようです。何も変えていません"
                    ),
                    format!(
                        "the terms of the survey “{survey}”, which its first answer fixed, differ between the backup and what is here: it seems to be of another project. Nothing was changed"
                    ),
                ));
            }
            let gain = staged.unite(&intake, &answers)?;
            news |= gain.news;
            restored.apart += gain.apart;
        }
        news |= staged.enter(self.wish.shown)?;
        let requests = self.stage_nominations(&others)?;
        restored.nominations = requests.gathered.back;
        if requests.damaged {
            restored.damaged.push(NOMINATIONS.to_owned());
        }
        news |= requests.gathered.news;
        if !news {
            return Ok(Outcome::Nothing);
        }
        if !self.wish.sure && (foreign || restored.apart > 0) {
            return Ok(Outcome::Unsure { foreign, apart: restored.apart });
        }
        (restored.purged, restored.lost) = staged.settle()?;
        restored.now = staged.answers()?;
        staged.finish()?;
        for (half, name) in [(Half::Intake, INTAKE), (Half::Answers, ANSWERS)] {
            half.check(&ready.join(name))?;
        }
        self.stage_links(&restored.purged)?;
        let aside = self.set_aside(own, restored.before, requests.damaged)?;
        restored.aside = aside.as_ref().map(|name| place::aside(self.private, name));
        place::decide(self.private, &Decision { aside, moved: restored.damaged.clone() }, self.faults)?;
        place::finish(self.private, FILES, self.faults)?;
        self.remember()?;
        Ok(Outcome::Restored(restored))
    }

    fn open(&self, folder: &Path) -> Result<Staged> {
        Staged::open(&folder.join(INTAKE), &folder.join(ANSWERS))
    }

    /// Checks every copy to its last row, and lays it beside the store in the newest form. The copies themselves stay as they are.
    fn lay_copies(&self) -> Result<Vec<PathBuf>> {
        let mut all = Vec::new();
        for (number, copy) in self.copies.iter().enumerate() {
            let folder = place::ready(self.private).join(format!("copy-{number}"));
            make_folder(&folder).map_err(|_| Trouble::not_writable(&folder))?;
            for (half, name) in [(Half::Intake, INTAKE), (Half::Answers, ANSWERS)] {
                let from = copy.join(name);
                half.lay(&from, &folder.join(name), true).with_context(|| unusable(copy))?;
            }
            let staged = self.open(&folder)?;
            let surveys = staged.surveys()?;
            if !surveys.is_empty() && surveys.is_disjoint(self.wish.surveys) {
                let names = surveys.into_iter().collect::<Vec<_>>();
                bail!(Words::new(
                    format!(
                        "{} は別のプロジェクトの控えのようです（アンケート {}）。このプロジェクトに、そのアンケートはありません。何も変えていません",
                        copy.display(),
                        names.join("、")
                    ),
                    format!(
                        "{} seems to be a backup of another project (surveys: {}): this one has none of them. Nothing was changed",
                        copy.display(),
                        names.join(", ")
                    ),
                ));
            }
            staged.finish()?;
            let requests = copy.join(NOMINATIONS);
            if requests.is_file() {
                lay_nominations(&requests, &folder.join(NOMINATIONS)).with_context(|| unusable(copy))?;
            }
            all.push(folder);
        }
        Ok(all)
    }

    /// Puts together the requests for talks, where the copies have any that are not known or have erased one.
    fn stage_nominations(&self, others: &[PathBuf]) -> Result<Requests> {
        let (own, to) = (self.private.join(NOMINATIONS), place::ready(self.private).join(NOMINATIONS));
        let others: Vec<PathBuf> = others.iter().map(|other| other.join(NOMINATIONS)).filter(|path| path.is_file()).collect();
        if others.is_empty() {
            return Ok(Requests::default());
        }
        let mut requests = Requests::default();
        match gather_nominations(Some(own.as_path()).filter(|own| own.exists()), &others, &to, self.wish.today) {
            Ok(gathered) => requests.gathered = gathered,
            Err(error) if error.downcast_ref::<Trouble>().is_some_and(Trouble::is_damage) => {
                if to.exists() {
                    std::fs::remove_file(&to).with_context(|| to.display().to_string())?;
                }
                requests.gathered = gather_nominations(None, &others, &to, self.wish.today)?;
                // Without anything to put in its place a damaged file stays where it is
                requests.damaged = requests.gathered.news;
            }
            Err(error) => return Err(error),
        }
        Ok(requests)
    }

    /// Lays a file of the store that is there beside it, with what waits.
    fn lay_own(&self, half: Half, name: &str) -> Result<Own> {
        let (from, to) = (self.private.join(name), place::ready(self.private).join(name));
        if !from.exists() {
            return Ok(Own::Absent);
        }
        match half.lay_own(&from, &to) {
            Ok(()) => Ok(Own::Sound),
            Err(error) if error.downcast_ref::<Trouble>().is_some_and(Trouble::is_damage) => {
                if to.exists() {
                    std::fs::remove_file(&to).with_context(|| to.display().to_string())?;
                }
                Ok(Own::Damaged)
            }
            Err(error) => Err(error),
        }
    }

    /// Whether the store that is there, as it was laid beside itself, knows of nothing at all. What only stood in for a file is removed.
    fn is_blank(&self, own: [Own; 2]) -> Result<bool> {
        if own.contains(&Own::Damaged) || !own.contains(&Own::Sound) {
            return Ok(false);
        }
        let ready = place::ready(self.private);
        let staged = self.open(&ready)?;
        let blank = staged.is_blank()?;
        staged.finish()?;
        for (name, own) in [INTAKE, ANSWERS].into_iter().zip(own) {
            if blank || own == Own::Absent {
                std::fs::remove_file(ready.join(name)).with_context(|| ready.display().to_string())?;
            }
        }
        Ok(blank)
    }

    /// Whether any copy bears another mark than the store that is there.
    fn is_foreign(&self) -> Result<bool> {
        let own = Half::mark(&self.private.join(INTAKE))?;
        for copy in self.copies {
            let mark = Half::mark(&copy.join(INTAKE))?;
            if own.is_some() && mark.is_some() && own != mark {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn stage_links(&self, purged: &[String]) -> Result<()> {
        let links = place::links(self.private);
        for copy in self.copies {
            copy_links(&copy.join(LINKS), &links)?;
        }
        for survey in purged {
            let folder = links.join(survey);
            if folder.is_dir() {
                std::fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
            }
        }
        Ok(())
    }

    /// Copies what is sound of the store that is there, without what waits: that lives on in the new one, and must not stand beside it
    /// when its batch is closed. Requests for talks are not copied: uniting them takes nothing away.
    fn set_aside(&self, own: [Own; 2], answers: Option<u64>, requests: bool) -> Result<Option<String>> {
        if own == [Own::Absent; 2] && !requests {
            return Ok(None);
        }
        let folder = place::before(self.private);
        make_folder(&folder).map_err(|_| Trouble::not_writable(&folder))?;
        for ((half, name), own) in [(Half::Intake, INTAKE), (Half::Answers, ANSWERS)].into_iter().zip(own) {
            if own == Own::Sound {
                half.lay_aside(&self.private.join(name), &folder.join(name))?;
            }
        }
        if let (true, Some(answers)) = (own == [Own::Sound; 2], answers) {
            write(&folder.join(NOTE), &note(self.wish.today, answers))?;
        }
        Ok(Some(place::free_name(self.private, &self.wish.today.to_string())))
    }

    /// The desk tells of the newest copy; a folder that came from nowhere knows of none.
    fn remember(&self) -> Result<()> {
        let copy = self.copies.iter().find(|copy| is_backup(copy));
        let Some(copy) = copy.filter(|_| last_backup(self.private).is_none()) else { return Ok(()) };
        let text = std::fs::read_to_string(copy.join(NOTE)).unwrap_or_default();
        let Ok(mut made) = serde_json::from_str::<serde_json::Value>(&text) else { return Ok(()) };
        made["folder"] = serde_json::json!(std::fs::canonicalize(copy).unwrap_or_else(|_| copy.clone()));
        write(&self.private.join(LAST), &made)
    }
}
