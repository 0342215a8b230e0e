//! What `shirube mail` says: counts and lines, never a name, but for the one mail that the dry run shows.

use super::console::{Console, Format};
use crate::catalog::{MailServer, MailTls};
use crate::content::record::{BOM, push_record};
use crate::exchange::recipients::Recipient;
use crate::language::{Language, Words, count};
use crate::mail::journal::Round;
use crate::mail::mailing::{End, News, Tally};
use crate::pages::paper::handout::Occasion;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish<'a> {
    /// The survey.
    pub survey: &'a str,
    /// What kind of letter.
    pub occasion: Occasion,
    /// The table of links, if not the one that `links` keeps.
    pub links: Option<&'a Path>,
    /// To send, not only to check.
    pub send: bool,
    /// At most so many mails a minute.
    pub per_minute: u32,
    /// Also to those whom the server refused.
    pub retry_refused: bool,
    /// Also to those of whom nobody knows whether their mail arrived.
    pub retry_unknown: bool,
    /// Begin a new round.
    pub again: bool,
}

impl Wish<'_> {
    /// The word that the journal has for the kind of letter.
    pub(super) fn kind(&self) -> &'static str {
        match self.occasion {
            Occasion::Invitation => "invitation",
            Occasion::Reminder => "reminder",
            Occasion::ReminderToAll => "reminder-to-all",
        }
    }

    /// The least time between two mails.
    pub(super) fn pace(&self) -> Duration {
        Duration::from_secs(60) / self.per_minute.max(1)
    }
}

/// What a round came to before anything is sent.
pub(super) struct Drawn<'a> {
    pub(super) wish: &'a Wish<'a>,
    pub(super) round: &'a Round,
    pub(super) server: &'a MailServer,
    /// Those who are written to.
    pub(super) people: &'a [&'a Recipient],
    /// How many the letter is for who had it before in this round.
    pub(super) before: usize,
    /// How many have no address.
    pub(super) without: usize,
}

impl Drawn<'_> {
    fn languages(&self) -> BTreeMap<Language, usize> {
        self.people.iter().fold(BTreeMap::new(), |mut counted, person| {
            *counted.entry(person.language).or_insert(0) += 1;
            counted
        })
    }

    /// What kind of letter, and the how manieth time.
    fn kind(&self) -> Words {
        let (ja, en) = match self.wish.occasion {
            Occasion::Invitation => ("招待のメール", "Invitation"),
            Occasion::Reminder => ("まだ答えていない人への催促", "Reminder to those who have not answered"),
            Occasion::ReminderToAll => ("全員への催促", "Reminder to everyone"),
        };
        let number = self.round.number;
        Words::new(format!("{ja}（{number} 回目）"), format!("{en}, round {number}"))
    }

    /// «40 通（日本語 30、英語 10）».
    fn how_many(&self) -> Words {
        let each = |ja: bool| {
            let name = |language: &Language| match (language, ja) {
                (Language::Japanese, true) => "日本語",
                (Language::English, true) => "英語",
                (Language::Japanese, false) => "Japanese",
                (Language::English, false) => "English",
            };
            let all: Vec<String> =
                self.languages().iter().map(|(language, n)| format!("{} {}", name(language), count(*n as u64))).collect();
            all.join(if ja { "、" } else { ", " })
        };
        let n = count(self.people.len() as u64);
        if self.people.is_empty() {
            return Words::new("0 通", "0 mails");
        }
        Words::new(format!("{n} 通（{}）", each(true)), format!("{n} mails ({})", each(false)))
    }

    fn minutes(&self) -> u64 {
        (self.people.len() as u64).div_ceil(u64::from(self.wish.per_minute.max(1)))
    }

    fn as_json(&self) -> serde_json::Value {
        let languages: BTreeMap<&str, usize> = self.languages().iter().map(|(language, n)| (language.code(), *n)).collect();
        json!({
            "survey": self.wish.survey,
            "kind": self.round.occasion,
            "round": self.round.number,
            "mails": self.people.len(),
            "languages": languages,
            "had_it_before": self.before,
            "without_address": self.without,
        })
    }
}

/// Everything there is to know before sending; `first` is the first mail.
pub(super) fn dry_run(drawn: &Drawn<'_>, first: Option<String>, console: &Console) {
    if console.format == Format::Json {
        let mut said = drawn.as_json();
        said["dry_run"] = true.into();
        said["first"] = first.into();
        return console.result(&said.to_string());
    }
    let (kind, many, server) = (drawn.kind(), drawn.how_many(), drawn.server);
    let tls = match server.tls {
        MailTls::StartTls => Words::new("STARTTLS", "STARTTLS"),
        MailTls::Implicit => Words::new("TLS", "TLS"),
        MailTls::None | MailTls::Insecure => Words::new("暗号化なし", "not encrypted"),
    };
    let mut ja = format!("{}: {}\n", kind.ja, many.ja);
    let mut en = format!("{}: {}\n", kind.en, many.en);
    ja += &format!("  前に送った人 {} 人、アドレスのない人 {} 人\n", drawn.before, drawn.without);
    en += &format!("  {} had it before, {} without an address\n", drawn.before, drawn.without);
    let (place, from, pace, minutes) =
        (format!("{}:{}", server.host, server.port), server.from.as_str(), drawn.wish.per_minute, drawn.minutes());
    ja += &format!("  サーバー {place}（{}）、差出人 {from}\n  一分間に {pace} 通まで、およそ {minutes} 分", tls.ja);
    en += &format!("  server {place} ({}), from {from}\n  at most {pace} a minute, about {minutes} min", tls.en);
    console.result(Words::new(ja, en).in_language(console.language));
    if let Some(first) = first {
        let title = Words::new("最初の一通:", "The first one:");
        console.result(&format!(
            "\n{}\n\n{}",
            title.in_language(console.language),
            first.trim_end().lines().map(|line| format!("  {line}").trim_end().to_owned() + "\n").collect::<String>()
        ));
    }
    console.note(&Words::new("まだ一通も送っていません。送るには --send を付けます。", "Nothing was sent yet; add --send to send."));
}

/// There is nobody to send to.
pub(super) fn nobody(drawn: &Drawn<'_>, console: &Console) {
    if console.format == Format::Json {
        let mut said = drawn.as_json();
        said["sent"] = 0.into();
        return console.result(&said.to_string());
    }
    let kind = drawn.kind();
    console.note(&Words::new(
        format!("{}: 送る相手がいません（前に送った人 {} 人）。", kind.ja, drawn.before),
        format!("{}: nobody to send to ({} had it before).", kind.en, drawn.before),
    ));
}

/// The sending begins.
pub(super) fn begins(drawn: &Drawn<'_>, console: &Console) {
    let (kind, many, minutes) = (drawn.kind(), drawn.how_many(), drawn.minutes());
    console.note(&Words::new(
        format!("{}: {} を送ります。およそ {minutes} 分かかります。Ctrl-C で止めても、続きから送れます。", kind.ja, many.ja),
        format!("{}: sending {}, about {minutes} min. After Ctrl-C it can be gone on with.", kind.en, many.en),
    ));
}

/// Somebody has said stop.
pub(super) fn stopping(console: &Console) {
    console.note(&Words::new("いまの一通を終えてから止めます。", "Stopping after the mail in hand."));
}

/// What happens meanwhile.
pub(super) fn news(news: &News<'_>, console: &Console) {
    let seconds = |time: &Duration| time.as_secs();
    match news {
        // Twenty lines however long it takes
        News::Progress(done, all) if *done == *all || done * 20 / all != (done - 1) * 20 / all => {
            console.note(&Words::new(
                format!("{} / {} 通", count(*done as u64), count(*all as u64)),
                format!("{} of {}", count(*done as u64), count(*all as u64)),
            ));
        }
        News::Progress(..) => {}
        News::Refused(line, code) => console.fault(
            Words::new(format!("{line} 行目: 断られました（{code}）"), format!("line {line}: refused ({code})"))
                .in_language(console.language),
        ),
        News::Again(n, time) => console.note(&Words::new(
            format!("{n} 通は、いまは受け取られませんでした。{} 秒後にもう一度送ります。", seconds(time)),
            format!("{n} were not taken for now; trying again in {} s.", seconds(time)),
        )),
        News::Reconnecting(time) => console.note(&Words::new(
            format!("接続が切れました。{} 秒後につなぎ直します。", seconds(time)),
            format!("The connection is gone; connecting again in {} s.", seconds(time)),
        )),
    }
}

/// What it came to. `failed` is the number of rows in the list of those whose mail did not arrive.
pub(super) fn sent(drawn: &Drawn<'_>, tally: &Tally, failed: usize, console: &Console) {
    let left = drawn.people.len() - tally.settled();
    if console.format == Format::Json {
        let mut said = drawn.as_json();
        for (key, n) in [("sent", tally.sent), ("refused", tally.refused.len()), ("unknown", tally.unknown.len()), ("left", left)] {
            said[key] = n.into();
        }
        return console.result(&said.to_string());
    }
    if let End::GaveUp(why) = &tally.end {
        let words = Words::new(format!("サーバーが受け付けません: {why}"), format!("the server does not take mails: {why}"));
        console.fault(words.in_language(console.language));
    }
    let n = count(tally.sent as u64);
    console.note(&Words::new(format!("{n} 通を送りました。"), format!("{n} sent.")));
    if left > 0 {
        console.note(&Words::new(
            format!("{left} 通が残っています。同じコマンドで、続きから送れます。"),
            format!("{left} are left; the same command goes on with them."),
        ));
    }
    if !tally.unknown.is_empty() {
        let n = tally.unknown.len();
        console.note(&Words::new(
            format!(
                "{n} 通は、届いたかどうか分かりません。二度届くことのないよう、送り直しません。送り直すには --retry unknown を付けます。"
            ),
            format!("Of {n} nobody knows whether they arrived. They are not sent again, unless you add --retry unknown."),
        ));
    }
    if failed > 0 {
        let folder = format!("private/links/{}/mail-failed.csv", drawn.wish.survey);
        console.note(&Words::new(
            format!("届いていない人、届いたか分からない人（{failed} 人）は {folder} にあります。アドレスは links.csv で直せます。"),
            format!("Those whose mail did not arrive, or may not have ({failed}), are in {folder}. Mend addresses in links.csv."),
        ));
    }
}

/// The list of those whose mail did not arrive: who, what became of it, the server's code and words.
pub(super) fn failed_table(rows: &[(&Recipient, &str, &str, &str)]) -> String {
    let mut out = String::from(BOM);
    push_record(&mut out, ["line", "id", "name", "mail", "outcome", "code", "server"]);
    for (person, what, code, said) in rows {
        let (line, who) = (person.place.line.to_string(), &person.link.person);
        push_record(&mut out, [line.as_str(), &who.id, &who.name, &who.mail, what, code, said]);
    }
    out
}
