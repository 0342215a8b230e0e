//! `shirube links`: a link for every invited person, reminders, later additions, links taken back.

use super::console::{Console, Exit, Format};
use super::project::{private, sound, survey};
use crate::catalog::Site;
use crate::exchange::people_in;
use crate::language::{Words, count};
use crate::pages::Material;
use crate::pipeline::round::{Handed, Round, base_address, links_folder, site_of};
use crate::server::clock;
use crate::store;
use crate::survey::{Access, Survey};
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};

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
    let Some((site, theme)) = site_of(&loaded.catalog, &themes, id) else {
        bail!(Words::new(format!("アンケート「{id}」を載せるサイトがありません"), format!("no site shows the survey “{id}”")));
    };
    let store = store::open(&private(root))?;
    let today = clock::today(&loaded.catalog.project.time_zone);
    let material = Material { catalog: &loaded.catalog, site, theme, today };
    let round = Round { survey, material, store: &*store, folder: links_folder(&private(root), id) };
    let told = Told { round, survey, site, console };
    match action {
        Action::Issue(file) => told.issue(file, base),
        Action::Add(file) => told.add(file, base),
        Action::Remind { everyone } => told.remind(*everyone, base),
        Action::Revoke(ids) => told.revoke(ids),
    }
}

/// A round, and somebody who is told of it.
struct Told<'a> {
    round: Round<'a>,
    survey: &'a Survey,
    site: &'a Site,
    console: &'a Console,
}

impl Told<'_> {
    fn issue(&self, file: &Path, base: Option<&str>) -> anyhow::Result<Exit> {
        if self.round.begun()? {
            // Says what to do instead
            self.round.issue(Vec::new(), "")?;
        }
        let Some(base) = self.base(base, None)? else { return Ok(Exit::Arguments) };
        let read = match self.read(file, None)? {
            Ok(read) => read,
            Err(exit) => return Ok(exit),
        };
        let made = self.round.issue(read.people, &base)?;
        self.said("invited", made, "リンクを作りました", "links made", &["links.csv", "mail.*.txt", "letters.html", "labels.html"]);
        Ok(Exit::Done)
    }

    fn add(&self, file: &Path, base: Option<&str>) -> anyhow::Result<Exit> {
        let handed = self.round.handed()?;
        let Some(base) = self.base(base, Some(&handed.base))? else { return Ok(Exit::Arguments) };
        let read = match self.read(file, Some(&handed))? {
            Ok(read) => read,
            Err(exit) => return Ok(exit),
        };
        let (made, old) = self.round.add(handed, read.people, &base)?;
        if old > 0 {
            let n = count(old as u64);
            self.console.note(&Words::new(
                format!("{n} 人には前にリンクを作ってあり、そのままにしました。"),
                format!("{n} of them had links before; nothing was changed for them."),
            ));
        }
        self.said("added", made, "リンクを足しました", "links added", &["added-links.csv", "added-mail.*.txt", "added-letters.html"]);
        Ok(Exit::Done)
    }

    fn remind(&self, everyone: bool, base: Option<&str>) -> anyhow::Result<Exit> {
        let handed = self.round.handed()?;
        let Some(base) = self.base(base, Some(&handed.base))? else { return Ok(Exit::Arguments) };
        let reminded = self.round.remind(handed, everyone, &base)?;
        let (ja, en) = if everyone {
            ("全員への知らせを書きました", "letters to everyone written")
        } else {
            ("まだ答えていない人への知らせを書きました", "letters to those who have not answered written")
        };
        self.said("reminded", reminded, ja, en, &["remind-links.csv", "remind-mail.*.txt", "remind-letters.html"]);
        Ok(Exit::Done)
    }

    fn revoke(&self, ids: &[String]) -> anyhow::Result<Exit> {
        let revoked = self.round.revoke(ids)?;
        if revoked.used > 0 {
            let used = revoked.used;
            self.console.note(&Words::new(
                format!("{used} 人はもう答えています。その回答は残ります。"),
                format!("{used} had answered already; those answers stay."),
            ));
        }
        if revoked.few > 0 {
            let (few, k) = (revoked.few, self.survey.k);
            self.console.note(&Words::new(
                format!("属性の組み合わせのうち {few} 個が、招待した人 {k} 人に満たなくなりました。書き出しでは空欄になります。"),
                format!("{few} combinations of attributes are now held by fewer than {k} invited people; exports withhold them."),
            ));
        }
        self.said("revoked", revoked.links, "リンクを取り消しました", "links taken back", &["links.csv"]);
        Ok(Exit::Done)
    }

    /// Reads a list of people; faults are printed and end the command.
    fn read(&self, file: &Path, handed: Option<&Handed>) -> anyhow::Result<Result<people_in::Read, Exit>> {
        let bytes = std::fs::read(file)
            .with_context(|| Words::new(format!("{} を読めません", file.display()), format!("cannot read {}", file.display())))?;
        let read = self.round.read(&file.display().to_string(), &bytes, handed);
        let encoding = read.encoding.map_or("", |encoding| encoding.label());
        if read.diagnostics.warnings() > 0 && !read.diagnostics.has_errors() {
            self.console.diagnostics(&read.diagnostics, &read.sources);
        }
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
        base_address(base).map(Some)
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
