//! `shirube links`: a link for every invited person, reminders, later additions, links taken back. Codes stand only in the files that
//! this writes below `private/links/`; the store has their sums.

use super::console::{Console, Exit, Format};
use super::project::{private, shown, sound, survey};
use crate::catalog::{Loaded, Site};
use crate::exchange::links::{self, Link, typing_address};
use crate::exchange::people_in::{self, Person};
use crate::language::{Language, Words, count};
use crate::pages::handout::{self, Letter, Occasion};
use crate::pages::{Edition, Material, Theme, data_sheet};
use crate::server::clock;
use crate::store::{self, Invitation, Standing, Store, Ticket, write_private};
use crate::survey::definition::Mode;
use crate::survey::{Access, Carried, Survey, Token};
use anyhow::{Context, anyhow, bail};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Make links for everyone in this list, the first time.
    Issue(PathBuf),
    /// Make links for those in this list who have none.
    Add(PathBuf),
    /// Write letters to those who have not answered, or to everyone.
    Remind {
        /// So that who has answered stays private.
        everyone: bool,
    },
    /// Take back the links of these ids.
    Revoke(Vec<String>),
}

/// Runs the command. `base` is what links begin with: `https://survey.example`.
///
/// # Errors
///
/// When the list, the store or the disk fails.
pub fn run(root: &Path, id: &str, action: &Action, base: Option<&str>, console: &Console) -> anyhow::Result<Exit> {
    let (loaded, themes) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    let survey = match survey(&loaded, id, console) {
        Ok(survey) => survey,
        Err(exit) => return Ok(exit),
    };
    if survey.access != Access::Invited {
        let words = Words::new(
            format!("アンケート「{id}」は、招待なしで答えられます。リンクを配るには、access: invited と書いてください。"),
            format!("The survey “{id}” needs no invitation. For links of people’s own write “access: invited”."),
        );
        console.fault(words.in_language(console.language));
        return Ok(Exit::Arguments);
    }
    let (site, theme) = shown(&loaded, &themes, id)?;
    let store = store::open(&private(root))?;
    let folder = private(root).join("links").join(id);
    let round = Round { loaded: &loaded, survey, site, theme, store, folder, console };
    match action {
        Action::Issue(file) => round.issue(file, base),
        Action::Add(file) => round.add(file, base),
        Action::Remind { everyone } => round.remind(*everyone, base),
        Action::Revoke(ids) => round.revoke(ids),
    }
}

struct Round<'a> {
    loaded: &'a Loaded,
    survey: &'a Survey,
    site: &'a Site,
    theme: &'a Theme,
    store: Arc<dyn Store>,
    folder: PathBuf,
    console: &'a Console,
}

/// The links that were handed out and are not taken back, with what becomes of them.
struct Handed {
    links: Vec<(Link, Standing)>,
    base: String,
}

impl Round<'_> {
    fn issue(&self, file: &Path, base: Option<&str>) -> anyhow::Result<Exit> {
        if !self.store.invitations(&self.survey.id)?.is_empty() {
            bail!(Words::new(
                "リンクは、もう作ってあります。人を足すには --add、催促には --remind、取り消しには --revoke を付けてください",
                "links were made already; use --add for more people, --remind for reminders, --revoke to take one back",
            ));
        }
        let Some(base) = self.base(base, None)? else { return Ok(Exit::Arguments) };
        let read = match self.read(file, &BTreeMap::new())? {
            Ok(read) => read,
            Err(exit) => return Ok(exit),
        };
        let made = make(read.people)?;
        self.write("", Occasion::Invitation, &made, &base)?;
        self.sheets()?;
        self.hand_out(&made)?;
        self.said("invited", made.len(), "リンクを作りました", "links made", &["links.csv", "mail.*.txt", "letters.html", "labels.html"]);
        Ok(Exit::Done)
    }

    fn add(&self, file: &Path, base: Option<&str>) -> anyhow::Result<Exit> {
        let handed = self.handed()?;
        let Some(base) = self.base(base, Some(&handed.base))? else { return Ok(Exit::Arguments) };
        let already: BTreeMap<String, Carried> =
            handed.links.iter().map(|(link, _)| (link.person.id.clone(), link.person.carried.clone())).collect();
        let read = match self.read(file, &already)? {
            Ok(read) => read,
            Err(exit) => return Ok(exit),
        };
        let (old, new): (Vec<Person>, Vec<Person>) = read.people.into_iter().partition(|person| already.contains_key(&person.id));
        let made = make(new)?;
        let mut all: Vec<Link> = handed.links.into_iter().map(|(link, _)| link).collect();
        all.extend(made.iter().cloned());
        self.write("", Occasion::Invitation, &all, &base)?;
        self.write("added-", Occasion::Invitation, &made, &base)?;
        self.sheets()?;
        self.hand_out(&made)?;
        if !old.is_empty() {
            let n = count(old.len() as u64);
            self.console.note(&Words::new(
                format!("{n} 人には前にリンクを作ってあり、そのままにしました。"),
                format!("{n} of them had links before; nothing was changed for them."),
            ));
        }
        self.said("added", made.len(), "リンクを足しました", "links added", &["added-links.csv", "added-mail.*.txt", "added-letters.html"]);
        Ok(Exit::Done)
    }

    fn remind(&self, everyone: bool, base: Option<&str>) -> anyhow::Result<Exit> {
        let handed = self.handed()?;
        let Some(base) = self.base(base, Some(&handed.base))? else { return Ok(Exit::Arguments) };
        let open = handed.links.into_iter().filter(|(_, standing)| everyone || *standing == Standing::Open);
        let chosen: Vec<Link> = open.map(|(link, _)| link).collect();
        let occasion = if everyone { Occasion::ReminderToAll } else { Occasion::Reminder };
        self.write("remind-", occasion, &chosen, &base)?;
        let (ja, en) = if everyone {
            ("全員への知らせを書きました", "letters to everyone written")
        } else {
            ("まだ答えていない人への知らせを書きました", "letters to those who have not answered written")
        };
        self.said("reminded", chosen.len(), ja, en, &["remind-links.csv", "remind-mail.*.txt", "remind-letters.html"]);
        Ok(Exit::Done)
    }

    fn revoke(&self, ids: &[String]) -> anyhow::Result<Exit> {
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
        if used > 0 {
            self.console.note(&Words::new(
                format!("{used} 人はもう答えています。その回答は残ります。"),
                format!("{used} had answered already; those answers stay."),
            ));
        }
        self.few_left(&links);
        self.said("revoked", revoked, "リンクを取り消しました", "links taken back", &["links.csv"]);
        Ok(Exit::Done)
    }

    /// Reads a list of people; faults are printed and end the command.
    fn read(&self, file: &Path, already: &BTreeMap<String, Carried>) -> anyhow::Result<Result<people_in::Read, Exit>> {
        let bytes = std::fs::read(file)
            .with_context(|| Words::new(format!("{} を読めません", file.display()), format!("cannot read {}", file.display())))?;
        let read = people_in::read(self.survey, &file.display().to_string(), &bytes, already);
        let encoding = read.encoding.map_or("", |encoding| encoding.label());
        if read.diagnostics.has_errors() {
            self.console.diagnostics(&read.diagnostics, &read.sources);
            self.console.note(&Words::new(
                format!("{} 行を読みました（{encoding}）。問題があるので、リンクは一つも作っていません。", read.rows),
                format!("Read {} rows ({encoding}). There are faults, so no link was made.", read.rows),
            ));
            return Ok(Err(Exit::Content));
        }
        self.console
            .note(&Words::new(format!("{} 行を読みました（{encoding}）。", read.rows), format!("Read {} rows ({encoding}).", read.rows)));
        if !read.unused.is_empty() {
            self.console.note(&Words::new(
                format!("使わなかった列: {}", read.unused.join("、")),
                format!("Columns not used: {}", read.unused.join(", ")),
            ));
        }
        Ok(Ok(read))
    }

    /// What links begin with: what was asked for, what they began with before, the site's collector. `None`: it was said what is
    /// missing.
    fn base(&self, asked: Option<&str>, before: Option<&str>) -> anyhow::Result<Option<String>> {
        let before = before.filter(|before| !before.is_empty());
        let Some(base) = asked.or(before).or(self.site.collector.as_deref()) else {
            let words = Words::new(
                "リンクの始まりになるアドレスが要ります。例: --base-url https://survey.example.co.jp",
                "Say what links begin with, such as --base-url https://survey.example",
            );
            self.console.fault(words.in_language(self.console.language));
            return Ok(None);
        };
        let base = base.trim_end_matches('/');
        let host = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://")).unwrap_or_default();
        if host.is_empty() || !host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte)) {
            bail!(Words::new(
                format!("「{base}」はリンクの始まりになりません。https://survey.example.co.jp のように、ホスト名までを書きます"),
                format!("“{base}” is not what a link begins with; write scheme and host, such as https://survey.example"),
            ));
        }
        Ok(Some(base.to_owned()))
    }

    /// The links in `links.csv` that the store knows and that are not taken back.
    fn handed(&self) -> anyhow::Result<Handed> {
        let path = self.folder.join("links.csv");
        let none = || {
            Words::new(
                "リンクは、まだ作ってありません。先に --people で作ってください",
                "no links were made yet; make them with --people first",
            )
        };
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(_) if self.store.invitations(&self.survey.id)?.is_empty() => bail!(none()),
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

    fn material(&self) -> Material<'_> {
        let catalog = &self.loaded.catalog;
        Material { catalog, site: self.site, theme: self.theme, today: clock::today(&catalog.project.time_zone) }
    }

    fn first(&self) -> Language {
        self.loaded.catalog.languages().first().copied().unwrap_or(Language::Japanese)
    }

    fn write(&self, prefix: &str, occasion: Occasion, links: &[Link], base: &str) -> anyhow::Result<()> {
        let (material, first) = (self.material(), self.first());
        let letter = |link: &Link| {
            let asked = link.person.language.unwrap_or(first);
            let language = if self.loaded.catalog.languages().contains(&asked) { asked } else { first };
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
        let letters: Vec<Letter> = links.iter().map(letter).collect();
        self.file(&format!("{prefix}links.csv"), &links::write(self.survey, links, base, first))?;
        for language in self.loaded.catalog.languages() {
            let edition = Edition { material, language: *language };
            let text = handout::mail(&edition, self.survey, occasion, &typing_address(base, first, *language));
            self.file(&format!("{prefix}mail.{}.txt", language.code()), &text)?;
        }
        let render = |made: Result<String, crate::diagnostic::Diagnostics>| {
            made.map_err(|faults| anyhow!("{}", faults.sorted().first().map_or("", |fault| fault.message.en.as_str())))
        };
        self.file(&format!("{prefix}letters.html"), &render(handout::letters(material, self.survey, &letters))?)?;
        self.file(&format!("{prefix}labels.html"), &render(handout::labels(material, self.survey, &letters))?)
    }

    fn sheets(&self) -> anyhow::Result<()> {
        for language in self.loaded.catalog.languages() {
            let made = data_sheet::page(self.material(), *language, self.survey, env!("CARGO_PKG_VERSION"));
            let text = made.map_err(|faults| anyhow!("{}", faults.sorted().first().map_or("", |fault| fault.message.en.as_str())))?;
            self.file(&format!("data-sheet.{}.html", language.code()), &text)?;
        }
        Ok(())
    }

    fn file(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let path = self.folder.join(name);
        write_private(&path, text.as_bytes())
            .with_context(|| Words::new(format!("{} に書けません", path.display()), format!("cannot write {}", path.display())))
    }

    /// Says where a combination of attributes has become rare because people were taken off the list.
    fn few_left(&self, links: &[Link]) {
        let k = u64::from(self.survey.k);
        let carried = links.iter().map(|link| &link.person.carried);
        let few = crate::survey::merge::small(&self.survey.attributes, carried, k).len();
        if few > 0 && !self.survey.attributes.is_empty() && self.survey.mode != Mode::Identified {
            self.console.note(&Words::new(
                format!("属性の組み合わせのうち {few} 個が、招待した人 {k} 人に満たなくなりました。書き出しでは空欄になります。"),
                format!("{few} combinations of attributes are now held by fewer than {k} invited people; exports withhold them."),
            ));
        }
    }

    fn said(&self, what: &str, n: usize, ja: &str, en: &str, files: &[&str]) {
        if self.console.format == Format::Json {
            let mut said = serde_json::json!({"survey": self.survey.id, "folder": format!("private/links/{}", self.survey.id)});
            said[what] = n.into();
            return self.console.result(&said.to_string());
        }
        let n = count(n as u64);
        let folder = format!("private/links/{}/", self.survey.id);
        self.console.note(&Words::new(
            format!("{ja}（{n} 人）。{folder} にあります: {}", files.join("、")),
            format!("{n} {en}, in {folder}: {}", files.join(", ")),
        ));
        if what == "invited" || what == "added" {
            self.console.note(&Words::new(
                "ここのコードを知る人は、本人のかわりに答えられます。担当者のほかには渡さないでください。",
                "Whoever has these codes can answer in people’s place: keep the folder to yourself.",
            ));
        }
    }
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
