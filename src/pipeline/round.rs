//! A round of invitations: links for a list of people, later additions, reminders, links taken back. The same for the command and for
//! the desk.
//!
//! Codes stand only in the files that this writes below `private/links/SURVEY/`; the store has their sums.

use crate::catalog::{Catalog, Site};
use crate::diagnostic::Diagnostics;
use crate::exchange::by_cohort::ByCohort;
use crate::exchange::links::{self, Link, typing_address};
use crate::exchange::people_in::{self, Person};
use crate::language::{Language, Words};
use crate::pages::paper::data_sheet;
use crate::pages::paper::handout::{self, Letter, Occasion};
use crate::pages::{Edition, Material, Theme};
use crate::store::{Invitation, Standing, Store, Ticket, write_private};
use crate::survey::definition::Mode;
use crate::survey::{Carried, Survey, Token, merge};
use anyhow::{Context, anyhow, bail};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a round works with.
pub struct Round<'a> {
    /// The survey that people are invited to.
    pub survey: &'a Survey,
    /// The project, the site that shows the survey, its theme, and the day.
    pub material: Material<'a>,
    /// Where sums of codes are kept.
    pub store: &'a dyn Store,
    /// The folder of this survey's links.
    pub folder: PathBuf,
}

/// The links that were handed out and are not taken back, with what has become of them.
#[derive(Debug)]
pub struct Handed {
    /// Each link with its standing, in the order of `links.csv`.
    pub links: Vec<(Link, Standing)>,
    /// What they begin with.
    pub base: String,
}

impl Handed {
    /// What the answers of each person will carry, by id.
    #[must_use]
    pub fn carried(&self) -> BTreeMap<String, Carried> {
        self.links.iter().map(|(link, _)| (link.person.id.clone(), link.person.carried.clone())).collect()
    }
}

/// What became of links that were taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revoked {
    /// How many were taken back now.
    pub links: usize,
    /// How many of those named had answered; their answers stay.
    pub used: usize,
    /// Combinations of attributes that fewer than k invited people hold now.
    pub few: usize,
}

/// The folder of a survey's links in the folder of answers.
#[must_use]
pub fn links_folder(private: &Path, survey: &str) -> PathBuf {
    private.join("links").join(survey)
}

/// How the names of the files of a round begin.
const PREFIXES: [&str; 3] = ["", "added-", "remind-"];

/// The files of a round that stand there, by name; whoever hands one out asks for a name of these.
#[must_use]
pub fn made_files(private: &Path, survey: &str) -> Vec<String> {
    let folder = links_folder(private, survey);
    PREFIXES.iter().flat_map(|prefix| names(prefix)).filter(|name| folder.join(name).is_file()).collect()
}

fn names(prefix: &str) -> Vec<String> {
    let mails = Language::ALL.into_iter().map(|language| format!("mail.{}.txt", language.code()));
    let all = ["links.csv", "letters.html", "labels.html"].map(str::to_owned).into_iter().chain(mails);
    all.map(|name| format!("{prefix}{name}")).collect()
}

/// The site that shows a survey, with its theme: the home site where it does, else the first one.
#[must_use]
pub fn site_of<'a>(catalog: &'a Catalog, themes: &'a BTreeMap<String, Theme>, survey: &str) -> Option<(&'a Site, &'a Theme)> {
    let shows = |site: &&Site| site.surveys.iter().any(|one| one.value == survey);
    let site = catalog.home().filter(shows).or_else(|| catalog.sites.values().find(shows))?;
    Some((site, themes.get(&site.id)?))
}

/// An address as what links begin with, without its last slash: scheme, host and port, nothing behind them.
///
/// # Errors
///
/// [`Words`], where it is something else.
pub fn base_address(text: &str) -> anyhow::Result<String> {
    let base = text.trim().trim_end_matches('/');
    let host = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://")).unwrap_or_default();
    if host.is_empty() || !host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte)) {
        bail!(Words::new(
            format!("「{base}」はリンクの始まりになりません。https://survey.example.co.jp のように、ホスト名までを書きます"),
            format!("“{base}” is not what a link begins with; write scheme and host, such as https://survey.example"),
        ));
    }
    Ok(base.to_owned())
}

impl Round<'_> {
    /// Whether links were made for this survey.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn begun(&self) -> anyhow::Result<bool> {
        Ok(!self.store.invitations(&self.survey.id)?.is_empty())
    }

    /// Makes links for these people, the first time. How many.
    ///
    /// # Errors
    ///
    /// When links were made before, or the store, the disk or the system's randomness fails.
    pub fn issue(&self, people: Vec<Person>, base: &str) -> anyhow::Result<usize> {
        if self.begun()? {
            bail!(Words::new(
                "リンクは、もう作ってあります。人を足すには --add、催促には --remind、取り消しには --revoke を付けてください",
                "links were made already; use --add for more people, --remind for reminders, --revoke to take one back",
            ));
        }
        let made = make(people)?;
        self.write("", Occasion::Invitation, &made, base)?;
        self.sheets()?;
        self.hand_out(&made)?;
        Ok(made.len())
    }

    /// Makes links for those of these people who have none. How many were made, and how many had one.
    ///
    /// # Errors
    ///
    /// When no links were made before, or the store, the disk or the system's randomness fails.
    pub fn add(&self, handed: Handed, people: Vec<Person>, base: &str) -> anyhow::Result<(usize, usize)> {
        let already = handed.carried();
        let (old, new): (Vec<Person>, Vec<Person>) = people.into_iter().partition(|person| already.contains_key(&person.id));
        let made = make(new)?;
        let mut all: Vec<Link> = handed.links.into_iter().map(|(link, _)| link).collect();
        all.extend(made.iter().cloned());
        self.write("", Occasion::Invitation, &all, base)?;
        self.write("added-", Occasion::Invitation, &made, base)?;
        self.sheets()?;
        self.hand_out(&made)?;
        Ok((made.len(), old.len()))
    }

    /// Writes letters to those who have not answered, or to everyone, so that who has answered stays private. To how many.
    ///
    /// # Errors
    ///
    /// When no links were made before, or the store or the disk fails.
    pub fn remind(&self, handed: Handed, everyone: bool, base: &str) -> anyhow::Result<usize> {
        let open = handed.links.into_iter().filter(|(_, standing)| everyone || *standing == Standing::Open);
        let chosen: Vec<Link> = open.map(|(link, _)| link).collect();
        let occasion = if everyone { Occasion::ReminderToAll } else { Occasion::Reminder };
        self.write("remind-", occasion, &chosen, base)?;
        Ok(chosen.len())
    }

    /// Takes back the links of these ids, all or none.
    ///
    /// # Errors
    ///
    /// [`Words`] where one of the ids has no link; when the store or the disk fails.
    pub fn revoke(&self, ids: &[String]) -> anyhow::Result<Revoked> {
        let handed = self.handed()?;
        let by_id: BTreeMap<&str, &(Link, Standing)> = handed.links.iter().map(|one| (one.0.person.id.as_str(), one)).collect();
        let unknown: Vec<&str> = ids.iter().map(String::as_str).filter(|id| !by_id.contains_key(id)).collect();
        if !unknown.is_empty() {
            let all = unknown.join(", ");
            bail!(Words::new(
                format!("この ID にはリンクがありません（{all}）。何も変えていません"),
                format!("no link for {all}; nothing was changed")
            ));
        }
        let chosen: Vec<&(Link, Standing)> = ids.iter().filter_map(|id| by_id.get(id.as_str()).copied()).collect();
        let tickets: Vec<Ticket> = chosen.iter().map(|(link, _)| Ticket::of_token(&link.token)).collect();
        // First in the store: from then on nobody gets in, whatever becomes of the files
        let revoked = self.store.revoke(&self.survey.id, &tickets)?;
        let used = chosen.iter().filter(|(_, standing)| *standing == Standing::Used).count();
        let handed = self.handed()?;
        let links: Vec<Link> = handed.links.into_iter().map(|(link, _)| link).collect();
        self.write("", Occasion::Invitation, &links, &handed.base)?;
        Ok(Revoked { links: revoked, used, few: self.few(&links) })
    }

    /// Reads a list of people; nothing is kept. Those of `handed` count together with them.
    #[must_use]
    pub fn read(&self, name: &str, bytes: &[u8], handed: Option<&Handed>) -> people_in::Read {
        // The year in which the survey is answered, whenever its links are made
        let survey = self.survey;
        let day = survey.open.or(survey.close).map_or(self.material.today.day, |limit| limit.written.day);
        let by = ByCohort { cohorts: &self.material.catalog.cohorts, day };
        people_in::read(survey, name, bytes, &handed.map(Handed::carried).unwrap_or_default(), &by)
    }

    /// The links in `links.csv` that the store knows and that are not taken back.
    ///
    /// # Errors
    ///
    /// When there are none, the file is gone, or the store fails.
    pub fn handed(&self) -> anyhow::Result<Handed> {
        let path = self.folder.join("links.csv");
        let none = || {
            Words::new(
                "リンクは、まだ作ってありません。先に --people で作ってください",
                "no links were made yet; make them with --people first",
            )
        };
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(_) if !self.begun()? => bail!(none()),
            Err(error) => {
                let words = Words::new(
                    format!("{} がありません。コードはここにしか残らないので、控えから戻してください", path.display()),
                    format!("{} is missing; codes stand only there, so put back a copy of it", path.display()),
                );
                return Err(anyhow::Error::new(error).context(words));
            }
        };
        let (links, base) = links::read(self.survey, &path.display().to_string(), &bytes)?;
        let invited = self.store.invitations(&self.survey.id)?;
        let standing: BTreeMap<Ticket, Standing> = invited.into_iter().map(|one| (one.invitation.ticket, one.standing)).collect();
        let known = links.into_iter().filter_map(|link| {
            let standing = standing.get(&Ticket::of_token(&link.token)).copied()?;
            (standing != Standing::Revoked).then_some((link, standing))
        });
        Ok(Handed { links: known.collect(), base })
    }

    /// Files first: a link that is known here and not in the store can be made again, the other way round it would be lost.
    fn hand_out(&self, made: &[Link]) -> anyhow::Result<()> {
        let identified = self.survey.mode == Mode::Identified;
        let invitation = |link: &Link| Invitation {
            ticket: Ticket::of_token(&link.token),
            carried: link.person.carried.clone(),
            person: identified.then(|| link.person.id.clone()),
        };
        self.store.invite(&self.survey.id, made.iter().map(invitation).collect())
    }

    fn write(&self, prefix: &str, occasion: Occasion, links: &[Link], base: &str) -> anyhow::Result<()> {
        let languages = self.material.catalog.spoken(&self.survey.id);
        let first = self.material.catalog.first_language();
        let usual = languages.first().copied().unwrap_or(first);
        let spoken_to = |link: &Link| {
            let mut link = link.clone();
            link.person.language = link.person.language.filter(|asked| languages.contains(asked)).or(Some(usual));
            link
        };
        let letter = |link: &Link| {
            let language = link.person.language.unwrap_or(usual);
            Letter {
                id: link.person.id.clone(),
                name: link.person.name.clone(),
                language,
                link: link.address(base, first),
                code: link.token.in_groups(),
                typing: typing_address(base, first, language),
                carried: link.person.carried.clone(),
            }
        };
        // Nobody is led to a form in a language that it does not have
        let links: Vec<Link> = links.iter().map(spoken_to).collect();
        let letters: Vec<Letter> = links.iter().map(letter).collect();
        self.file(&format!("{prefix}links.csv"), &links::write(self.survey, &links, base, first))?;
        for language in languages {
            let edition = Edition { material: self.material, language };
            let text = handout::mail(&edition, self.survey, occasion, &typing_address(base, first, language));
            self.file(&format!("{prefix}mail.{}.txt", language.code()), &text)?;
        }
        self.file(&format!("{prefix}letters.html"), &rendered(handout::letters(self.material, self.survey, &letters))?)?;
        self.file(&format!("{prefix}labels.html"), &rendered(handout::labels(self.material, self.survey, &letters))?)
    }

    fn sheets(&self) -> anyhow::Result<()> {
        for language in self.material.catalog.spoken(&self.survey.id) {
            let made = data_sheet::page(self.material, language, self.survey, env!("CARGO_PKG_VERSION"));
            self.file(&format!("data-sheet.{}.html", language.code()), &rendered(made)?)?;
        }
        Ok(())
    }

    fn file(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let path = self.folder.join(name);
        write_private(&path, text.as_bytes())
            .with_context(|| Words::new(format!("{} に書けません", path.display()), format!("cannot write {}", path.display())))
    }

    /// How many combinations of attributes have become rare because people were taken off the list.
    fn few(&self, links: &[Link]) -> usize {
        if self.survey.attributes.is_empty() || self.survey.mode == Mode::Identified {
            return 0;
        }
        merge::small(&self.survey.attributes, links.iter().map(|link| &link.person.carried), u64::from(self.survey.k)).len()
    }
}

fn rendered(made: Result<String, Diagnostics>) -> anyhow::Result<String> {
    made.map_err(|faults| anyhow!("{}", faults.sorted().first().map_or("", |fault| fault.message.en.as_str())))
}

/// A token for every person, from the system's randomness.
fn make(people: Vec<Person>) -> anyhow::Result<Vec<Link>> {
    let link = |person| {
        let mut secret = [0_u8; 16];
        getrandom::fill(&mut secret).map_err(|error| anyhow!("no randomness from the system: {error}"))?;
        Ok(Link { person, token: Token::new(secret) })
    };
    people.into_iter().map(link).collect()
}
