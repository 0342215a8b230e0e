//! What is true for all sites of a project, and its sources.

use super::reference::Located;
use crate::content::MailAddress;
use crate::diagnostic::Place;
use crate::language::{Language, Text};

/// `content/project.yaml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    /// The languages, in order; the first is the default and has addresses without a prefix. Never empty.
    pub languages: Vec<Language>,
    /// The time zone in which surveys open and close: `Asia/Tokyo`.
    pub time_zone: String,
    /// The site that `serve` shows at `/`; `None`: the first one by name.
    pub home: Option<Located<String>>,
    /// Who publishes.
    pub organisation: Text,
    /// Whom to ask.
    pub contact: Text,
    /// For how many days closed batches are kept.
    pub retain_days: u32,
    /// The server that sends letters; `None`: letters are sent by other means.
    pub mail: Option<MailServer>,
}

/// `mail:` in `content/project.yaml`: through which server letters go. User and password never stand in content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailServer {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way to it is protected.
    pub tls: MailTls,
    /// Who sends.
    pub from: MailAddress,
    /// Who gets the replies, if not the sender.
    pub reply_to: Option<MailAddress>,
    /// A file of certificates (PEM), below the project; when given, only they vouch for the server.
    pub ca_file: Option<String>,
}

/// How the way to a mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailTls {
    /// Begins in the open and turns to TLS before anything is said; without it nothing is sent (port 587).
    StartTls,
    /// TLS from the first byte (port 465).
    Implicit,
    /// None, to this machine only (port 25).
    None,
    /// None, over a network, because somebody has said so (port 25).
    Insecure,
}

impl MailTls {
    /// The port that belongs to it.
    #[must_use]
    pub fn usual_port(self) -> u16 {
        match self {
            MailTls::StartTls => 587,
            MailTls::Implicit => 465,
            MailTls::None | MailTls::Insecure => 25,
        }
    }
}

/// A source of facts or figures: one entry of `content/sources.yaml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// Title of the survey or paper.
    pub title: Text,
    /// Who made it.
    pub by: Text,
    /// When the fieldwork was, or when it was published.
    pub date: Text,
    /// Whom they asked, and how many.
    pub sample: Option<Text>,
    /// Defects, corrections, caveats (inline Markdown).
    pub note: Option<Text>,
    /// Address of a public page.
    pub url: Option<String>,
}
