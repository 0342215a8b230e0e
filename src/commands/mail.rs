//! `shirube mail`: the letters that `links` prepares, sent to each person's address through the organisation's own server. Without
//! `--send` nothing leaves. What was sent is kept as sums in `private/links/SURVEY/mailed.journal`, so that a run can be broken off
//! anywhere and gone on with.

use super::console::{Console, Exit, Format};
use super::mail_told::{self, Drawn, Wish};
use super::project::{private, shown, sound, survey};
use crate::catalog::{Loaded, MailServer, MailTls};
use crate::diagnostic::{Diagnostic, Sources, code};
use crate::exchange::links::{base_of, typing_address};
use crate::exchange::recipients::{self, Recipient};
use crate::language::{Day, Language, Today, Words};
use crate::mail::journal::{Fate, Journal, Mark, Round};
use crate::mail::mailing::{Clock, End, Item, Mailing, Tally, is_due};
use crate::mail::message::Mail;
use crate::mail::post::{Post as _, Trouble};
use crate::mail::smtp::Smtp;
use crate::pages::paper::handout::{MailText, Occasion, mail_text};
use crate::pages::{Edition, Material};
use crate::pipeline::apply_closings;
use crate::server::clock;
use crate::server::stop::on_stop;
use crate::store::{self, Standing, Store, Ticket, write_private};
use crate::survey::definition::Opening;
use crate::survey::{Access, Survey};
use anyhow::Context;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// Runs the command.
///
/// # Errors
///
/// When the table, the store, the journal or the server fails.
pub fn run(root: &Path, wish: &Wish<'_>, console: &Console) -> anyhow::Result<Exit> {
    let (mut loaded, themes) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    if let Err(exit) = survey(&loaded, wish.survey, console) {
        return Ok(exit);
    }
    let store = store::open(&private(root))?;
    apply_closings(&mut loaded.catalog, &*store)?;
    let Ok(survey) = survey(&loaded, wish.survey, console) else { return Ok(Exit::Arguments) };
    let today = clock::today(&loaded.catalog.project.time_zone);
    if let Some(words) = hindrance(&loaded, survey, today) {
        console.fault(words.in_language(console.language));
        return Ok(Exit::Arguments);
    }
    let Some(server) = &loaded.catalog.project.mail else { return Ok(Exit::Arguments) };
    let (site, theme) = shown(&loaded, &themes, wish.survey)?;
    let material = Material { catalog: &loaded.catalog, site, theme, today };
    let folder = private(root).join("links").join(wish.survey);
    let chosen = match chosen(root, &loaded, survey, &*store, wish, console)? {
        Ok(chosen) => chosen,
        Err(exit) => return Ok(exit),
    };
    let journal = folder.join("mailed.journal");
    let past = Journal::past(&journal)?;
    let round = Round::due(&past, wish.kind(), wish.occasion == Occasion::Invitation, wish.again, today.day);
    let fates = past.get(&round).map(|past| past.fates.clone()).unwrap_or_default();
    let due =
        |person: &&Recipient| is_due(&item(person), fates.get(&Mark::of_token(&person.link.token)), wish.retry_refused, wish.retry_unknown);
    let people: Vec<&Recipient> = chosen.people.iter().filter(due).collect();
    let draft = Draft { material, server, texts: texts(material, survey, wish.occasion, &chosen.people), round: &round, people: &people };
    let drawn =
        Drawn { wish, round: &round, server, people: &people, before: chosen.people.len() - people.len(), without: chosen.without_address };
    if !wish.send {
        let first = if people.is_empty() { None } else { Some(draft.shown(0)) };
        mail_told::dry_run(&drawn, first, console);
        return Ok(Exit::Done);
    }
    if people.is_empty() {
        mail_told::nobody(&drawn, console);
        return Ok(Exit::Done);
    }
    let tally = match draft.send(root, &journal, today.day, &drawn, console)? {
        Ok(tally) => tally,
        Err(exit) => return Ok(exit),
    };
    let failed = failures(&folder, &journal, &round, &chosen.people, &people, &tally)?;
    mail_told::sent(&drawn, &tally, failed, console);
    let all_well = tally.end == End::Through && tally.refused.is_empty() && tally.deferred.is_empty() && tally.unknown.is_empty();
    Ok(if all_well { Exit::Done } else { Exit::World })
}

/// Why no letter can be sent for this survey, if so.
fn hindrance(loaded: &Loaded, survey: &Survey, today: Today) -> Option<Words> {
    let id = &survey.id;
    if survey.access != Access::Invited {
        return Some(Words::new(
            format!("アンケート「{id}」は、招待なしで答えられます。メールを送れるのは、access: invited のアンケートだけです。"),
            format!("The survey “{id}” needs no invitation. Mails are for surveys with “access: invited”."),
        ));
    }
    if let Opening::Closed(day) = survey.opening(today) {
        return Some(Words::new(
            format!("アンケート「{id}」は {day} に終わっています。もう答えられないので、メールは送りません。"),
            format!("The survey “{id}” ended on {day}. Nobody can answer any more, so no mail is sent."),
        ));
    }
    loaded.catalog.project.mail.is_none().then(|| {
        Words::new(
            "送るためのサーバーが決まっていません。content/project.yaml に書いてください。例:\n\nmail:\n  host: smtp.example.co.jp\n  from: hr@example.co.jp",
            "No server to send with. Write it into content/project.yaml, such as:\n\nmail:\n  host: smtp.example\n  from: hr@example.jp",
        )
    })
}

/// Those whom this letter is for.
struct Chosen {
    people: Vec<Recipient>,
    without_address: usize,
}

/// Reads the table and takes from it whom the letter is for; faults are printed and end the command.
fn chosen(
    root: &Path,
    loaded: &Loaded,
    survey: &Survey,
    store: &dyn Store,
    wish: &Wish<'_>,
    console: &Console,
) -> anyhow::Result<Result<Chosen, Exit>> {
    // As people write it, on every system
    let usual = format!("private/links/{}/links.csv", survey.id);
    let name = wish.links.map_or(usual.clone(), |links| links.display().to_string());
    let bytes = std::fs::read(wish.links.map_or_else(|| root.join(&usual), Path::to_path_buf)).with_context(|| {
        Words::new(
            format!("{name} を読めません。先に shirube links でリンクを作ってください"),
            format!("cannot read {name}; make links with shirube links first"),
        )
    })?;
    let mut read = recipients::read(&name, &bytes, &loaded.catalog.spoken(&survey.id));
    let invited = store.invitations(&survey.id)?;
    let standing: BTreeMap<Ticket, Standing> = invited.into_iter().map(|one| (one.invitation.ticket, one.standing)).collect();
    let mut people = Vec::new();
    for person in std::mem::take(&mut read.recipients) {
        match standing.get(&Ticket::of_token(&person.link.token)) {
            None => read.diagnostics.push(Diagnostic::error(
                code::MAIL,
                person.place.clone(),
                "このアンケートの招待ではありません。",
                "This is no invitation to this survey.",
            )),
            Some(Standing::Open) => people.push(person),
            Some(Standing::Used) if wish.occasion == Occasion::ReminderToAll => people.push(person),
            Some(Standing::Used | Standing::Revoked) => {}
        }
    }
    // Whoever sends has seen the warnings
    if read.diagnostics.has_errors() || (!wish.send && console.format == Format::Text) {
        console.diagnostics(&read.diagnostics, &Sources::default());
    }
    if read.diagnostics.has_errors() {
        console.note(&Words::new("問題があるので、一通も送っていません。", "There are faults, so nothing was sent."));
        return Ok(Err(Exit::Content));
    }
    Ok(Ok(Chosen { people, without_address: read.without_address }))
}

fn item(person: &Recipient) -> Item {
    let token = &person.link.token;
    Item {
        who: Mark::of_token(token),
        address: Mark::of_address(token, &person.address),
        to: person.address.clone(),
        line: person.place.line,
    }
}

/// The words of the letter, in each language that somebody reads.
fn texts(material: Material<'_>, survey: &Survey, occasion: Occasion, people: &[Recipient]) -> BTreeMap<Language, MailText> {
    let first = material.catalog.first_language();
    let base = people.first().map(|person| base_of(&person.href).to_owned()).unwrap_or_default();
    let text = |language: Language| {
        let edition = Edition { material, language };
        (language, mail_text(&edition, survey, occasion, &typing_address(&base, first, language)))
    };
    material.catalog.spoken(&survey.id).into_iter().map(text).collect()
}

/// Everything that makes the mails of one round.
struct Draft<'a> {
    material: Material<'a>,
    server: &'a MailServer,
    texts: BTreeMap<Language, MailText>,
    round: &'a Round,
    people: &'a [&'a Recipient],
}

impl Draft<'_> {
    /// Subject, words and sender's name of one mail.
    fn words(&self, at: usize) -> Option<(&Recipient, &str, String, String)> {
        let person = *self.people.get(at)?;
        let text = self.texts.get(&person.language)?;
        let body = text.body_for(&person.link.person.name, &person.href, &person.link.token.in_groups());
        let edition = Edition { material: self.material, language: person.language };
        Some((person, &text.subject, body, edition.organisation()))
    }

    /// One mail as a person would read it.
    fn shown(&self, at: usize) -> String {
        let Some((person, subject, body, sender)) = self.words(at) else { return String::new() };
        let name = &person.link.person.name;
        let to = if name.is_empty() { person.address.as_str().to_owned() } else { format!("{name} <{}>", person.address.as_str()) };
        let body = body.replace("\r\n", "\n");
        format!("From: {sender} <{}>\nTo: {to}\nSubject: {subject}\n\n{body}", self.server.from.as_str())
    }

    /// One mail as it is sent.
    fn bytes(&self, at: usize, date: SystemTime) -> anyhow::Result<Vec<u8>> {
        let (person, subject, body, sender) = self.words(at).context("a mail that was never planned")?;
        Mail {
            from_name: &sender,
            from: &self.server.from,
            reply_to: self.server.reply_to.as_ref(),
            to_name: &person.link.person.name,
            to: &person.address,
            subject,
            body: &body,
            id: &Mark::of_token(&person.link.token).message(self.round),
            date,
        }
        .bytes()
    }

    /// Sends them.
    fn send(&self, root: &Path, journal: &Path, today: Day, drawn: &Drawn<'_>, console: &Console) -> anyhow::Result<Result<Tally, Exit>> {
        let user = match user(self.server) {
            Ok(user) => user,
            Err(words) => {
                console.fault(words.in_language(console.language));
                return Ok(Err(Exit::Arguments));
            }
        };
        let mut journal = Journal::take(journal)?;
        // What another process has sent since it was looked at must not be sent again
        let fates = journal.begin(self.round, today)?;
        let wish = drawn.wish;
        let items: Vec<Item> = self.people.iter().map(|person| item(person)).collect();
        if items.iter().any(|item| !is_due(item, fates.get(&item.who), wish.retry_refused, wish.retry_unknown)) {
            anyhow::bail!(Words::new(
                "その間に、別の shirube がこのアンケートのメールを送りました。もう一度実行してください",
                "meanwhile another shirube has sent mails of this survey; run it again",
            ));
        }
        let roots = match &self.server.ca_file {
            None => None,
            Some(file) => Some(certificates(&root.join(file))?),
        };
        let mut post = Smtp::new(self.server, user, roots);
        let stop = Arc::new(AtomicBool::new(false));
        let stopper = Arc::clone(&stop);
        let own = *console;
        on_stop(move || {
            stopper.store(true, Ordering::SeqCst);
            mail_told::stopping(&own);
        })?;
        mail_told::begins(drawn, console);
        post.open().map_err(|trouble| {
            let (Trouble::Us(said) | Trouble::Gone(said) | Trouble::Later { said, .. } | Trouble::Never { said, .. }) = trouble;
            let place = format!("{}:{}", self.server.host, self.server.port);
            anyhow::anyhow!(said).context(Words::new(
                format!("メールサーバー {place} を使えません。一通も送っていません"),
                format!("the mail server {place} cannot be used; nothing was sent"),
            ))
        })?;
        let mailing = Mailing {
            from: &self.server.from,
            items: &items,
            pace: wish.pace(),
            compose: &|at, date| self.bytes(at, date),
            clock: &Wall { start: Instant::now(), stop },
            herald: &|news| mail_told::news(&news, console),
        };
        mailing.send(&mut post, &mut journal).map(Ok)
    }
}

/// Who we are to the server: from the environment only, so that no file holds a password.
fn user(server: &MailServer) -> Result<Option<(String, String)>, Words> {
    let read = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    match (read("SHIRUBE_SMTP_USER"), read("SHIRUBE_SMTP_PASSWORD")) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) if server.tls == MailTls::Insecure => Err(Words::new(
            "tls: insecure ではパスワードを送りません。ネットワークの途中で読まれてしまうからです。",
            "With “tls: insecure” no password is sent: it could be read on the way.",
        )),
        (Some(user), Some(password)) => Ok(Some((user, password))),
        _ => Err(Words::new(
            "SHIRUBE_SMTP_USER と SHIRUBE_SMTP_PASSWORD は、両方を決めるか、どちらも決めないでください。",
            "Set both SHIRUBE_SMTP_USER and SHIRUBE_SMTP_PASSWORD, or neither.",
        )),
    }
}

fn certificates(file: &PathBuf) -> anyhow::Result<Vec<u8>> {
    std::fs::read(file).with_context(|| {
        Words::new(format!("証明書 {} を読めません", file.display()), format!("cannot read the certificates {}", file.display()))
    })
}

/// Lists for the personnel department whose mail did not arrive in this round, or may not have; how many. Without any, the list goes.
fn failures(
    folder: &Path,
    journal: &Path,
    round: &Round,
    everybody: &[Recipient],
    tried: &[&Recipient],
    tally: &Tally,
) -> anyhow::Result<usize> {
    let past = Journal::past(journal)?;
    let fates = past.get(round).map(|past| &past.fates);
    let said: BTreeMap<u32, &str> = tally
        .refused
        .iter()
        .chain(&tally.deferred)
        .chain(&tally.unknown)
        .filter_map(|failure| Some((tried.get(failure.item)?.place.line, failure.said.as_str())))
        .collect();
    let mut rows = Vec::new();
    for person in everybody {
        let (what, code) = match fates.and_then(|fates| fates.get(&Mark::of_token(&person.link.token))) {
            Some(Fate::Sent) => continue,
            Some(Fate::Tried) => ("unknown", ""),
            Some(Fate::Refused { code, .. }) => ("refused", code.as_str()),
            None => ("not-sent", ""),
        };
        rows.push((person, what, code, said.get(&person.place.line).copied().unwrap_or_default()));
    }
    let path = folder.join("mail-failed.csv");
    let kept = if rows.is_empty() {
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    } else {
        write_private(&path, mail_told::failed_table(&rows).as_bytes())
    };
    kept.with_context(|| Words::new(format!("{} に書けません", path.display()), format!("cannot write {}", path.display())))?;
    Ok(rows.len())
}

/// The clock on the wall, and Ctrl-C.
struct Wall {
    start: Instant,
    stop: Arc<AtomicBool>,
}

impl Clock for Wall {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn passed(&self) -> Duration {
        self.start.elapsed()
    }

    fn wait(&self, time: Duration) {
        let end = Instant::now() + time;
        while !self.stopped() {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            std::thread::sleep(left.min(Duration::from_millis(100)));
        }
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }
}
