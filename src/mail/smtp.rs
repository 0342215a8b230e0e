//! The way to a server by SMTP. Each step is taken by itself: only so is it known what a lost connection has cost.

use super::message::address;
use super::post::{Post, Trouble};
use crate::catalog::{MailServer, MailTls};
use crate::content::MailAddress;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, CertificateStore, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use std::time::Duration;

/// How long a server may think about one step. RFC 5321 (4.5.3.2) grants five to ten minutes; a server that takes longer than this is
/// better asked again.
const PATIENCE: Duration = Duration::from_secs(120);

/// A server and what it needs of us.
pub struct Smtp {
    server: MailServer,
    /// User and password.
    user: Option<(String, String)>,
    /// Certificates (PEM) that alone vouch for the server.
    roots: Option<Vec<u8>>,
    connection: Option<SmtpConnection>,
}

impl Smtp {
    /// A way that is not open yet. With `roots` (PEM) only they vouch for the server, else the system's certificates do.
    #[must_use]
    pub fn new(server: &MailServer, user: Option<(String, String)>, roots: Option<Vec<u8>>) -> Smtp {
        Smtp { server: server.clone(), user, roots, connection: None }
    }

    fn tls(&self) -> Result<TlsParameters, Error> {
        let mut builder = TlsParameters::builder(self.server.host.clone());
        if let Some(roots) = &self.roots {
            builder = builder.certificate_store(CertificateStore::None).add_root_certificate(Certificate::from_pem(roots)?);
        }
        builder.build()
    }

    fn connect(&self) -> Result<SmtpConnection, Error> {
        // An address that says nothing of this machine; servers of the organisation know its own anyway
        let hello = ClientId::default();
        let place = (self.server.host.as_str(), self.server.port);
        let implicit = if self.server.tls == MailTls::Implicit { Some(self.tls()?) } else { None };
        let mut connection = SmtpConnection::connect(place, Some(PATIENCE), &hello, implicit.as_ref(), None)?;
        if self.server.tls == MailTls::StartTls {
            connection.starttls(&self.tls()?, &hello)?;
        }
        if let Some((user, password)) = &self.user {
            connection.auth(&[Mechanism::Plain, Mechanism::Login], &Credentials::new(user.clone(), password.clone()))?;
        }
        Ok(connection)
    }

    /// One step; what is gone is let go of.
    fn step<T>(&mut self, step: impl FnOnce(&mut SmtpConnection) -> Result<T, Error>) -> Result<T, Trouble> {
        let Some(connection) = &mut self.connection else { return Err(Trouble::Gone(String::new())) };
        step(connection).map_err(|error| {
            let trouble = trouble(&error);
            // 421: the server is about to close
            if matches!(&trouble, Trouble::Gone(_)) || matches!(&trouble, Trouble::Later { code, .. } if code == "421") {
                self.connection = None;
            }
            trouble
        })
    }
}

impl Post for Smtp {
    fn open(&mut self) -> Result<(), Trouble> {
        self.close();
        match self.connect() {
            Ok(connection) => {
                self.connection = Some(connection);
                Ok(())
            }
            Err(error) => Err(match trouble(&error) {
                Trouble::Never { code, said } => Trouble::Us(format!("{code} {said}")),
                // No STARTTLS, no way to show who we are, no certificates
                _ if error.is_client() || error.is_tls() => Trouble::Us(causes(&error)),
                _ if is_distrust(&error) => Trouble::Us(causes(&error)),
                other => other,
            }),
        }
    }

    fn address(&mut self, from: &MailAddress, to: &MailAddress) -> Result<(), Trouble> {
        if self.connection.is_none() {
            self.open()?;
        }
        self.step(|connection| connection.command(Mail::new(Some(address(from)), Vec::new()))).map_err(|trouble| match trouble {
            // Whoever the mail is for: it is the sender who is refused
            Trouble::Never { code, said } => Trouble::Us(format!("{code} {said}")),
            other => other,
        })?;
        let taken = self
            .step(|connection| connection.command(Rcpt::new(address(to), Vec::new())))
            .and_then(|_| self.step(|connection| connection.command(Data)));
        if taken.is_err() && self.connection.is_some() {
            let _ = self.step(|connection| connection.command(Rset));
        }
        taken.map(drop)
    }

    fn hand_over(&mut self, mail: &[u8]) -> Result<(), Trouble> {
        self.step(|connection| connection.message(mail)).map(drop)
    }

    fn close(&mut self) {
        if let Some(mut connection) = self.connection.take() {
            let _ = connection.quit();
        }
    }
}

fn trouble(error: &Error) -> Trouble {
    let said = causes(error);
    match error.status().map(|code| code.to_string()) {
        Some(code) if error.is_transient() => Trouble::Later { code, said },
        Some(code) => Trouble::Never { code, said },
        None => Trouble::Gone(said),
    }
}

/// Whether the other side could not prove who it is: that shows only while the first words are spoken, as a fault of the stream.
fn is_distrust(error: &Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(one) = cause {
        if one.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::InvalidData) {
            return true;
        }
        cause = one.source();
    }
    false
}

/// What lies beneath, in the words of the server or the system.
fn causes(error: &Error) -> String {
    let mut said = Vec::new();
    let mut cause = std::error::Error::source(error);
    while let Some(one) = cause {
        said.push(one.to_string());
        cause = one.source();
    }
    if said.is_empty() { error.to_string() } else { said.join(": ") }
}
