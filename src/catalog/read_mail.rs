//! Reads `mail:` of `project.yaml`: a server that letters can go through, or what is wrong with it.

use super::project::{MailServer, MailTls};
use crate::content::{Fields, MailAddress, MailSlip};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use std::net::IpAddr;

/// Reads the settings; `None` when something is wrong with them, which was said.
pub(super) fn server(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Option<MailServer> {
    let before = diagnostics.errors();
    let host = fields.line("host").trim().to_owned();
    let plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_:".contains(&byte));
    if !host.is_empty() && !plain {
        diagnostics.push(
            Diagnostic::error(
                code::MAIL,
                fields.place_of("host"),
                format!("「{host}」はサーバーの名前ではありません。"),
                format!("“{host}” is not the name of a server."),
            )
            .hint("smtp.example.co.jp のように、名前だけを書きます。", "Write the name alone, such as smtp.example."),
        );
    }
    let tls = match fields.line("tls").as_str() {
        "implicit" => MailTls::Implicit,
        "none" => MailTls::None,
        "insecure" => MailTls::Insecure,
        _ => MailTls::StartTls,
    };
    if tls == MailTls::None && !is_own_machine(&host) {
        diagnostics.push(
            Diagnostic::error(
                code::MAIL,
                fields.place_of("tls"),
                "暗号化しないで送れるのは、このコンピューターの中のサーバーへだけです。",
                "Only a server on this machine may be sent to without encryption.",
            )
            .hint(
                "「starttls」か「implicit」にしてください。どちらも使えない社内のサーバーなら、途中でリンクを読まれうることを承知のうえで「insecure」と書きます。",
                "Write “starttls” or “implicit”. Where an internal server knows neither, “insecure” accepts that links can be read on the way.",
            ),
        );
    }
    let from = address(fields, "from", diagnostics);
    let reply_to = address(fields, "reply_to", diagnostics);
    let port = fields.optional_integer("port").and_then(|port| u16::try_from(port).ok()).unwrap_or(tls.usual_port());
    let server = MailServer { host, port, tls, from: from?, reply_to, ca_file: fields.optional_line("ca_file") };
    (diagnostics.errors() == before && !server.host.is_empty()).then_some(server)
}

/// Whether a server of this name can only be this machine.
fn is_own_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn address(fields: Fields<'_>, key: &str, diagnostics: &mut Diagnostics) -> Option<MailAddress> {
    let text = fields.optional_line(key)?;
    match MailAddress::read(&text) {
        Ok(address) => Some(address),
        Err(slip) => {
            let fault = Diagnostic::error(
                code::MAIL,
                fields.place_of(key),
                format!("「{text}」はメールアドレスの形ではありません。"),
                format!("“{text}” is not a mail address."),
            );
            diagnostics.push(match slip {
                MailSlip::Wide => fault.hint("全角の文字があります。半角で書いてください。", "It has characters outside ASCII."),
                MailSlip::Form => {
                    fault.hint("hr@example.co.jp のように、アドレスだけを書きます。", "Write the address alone, such as hr@example.jp.")
                }
            });
            None
        }
    }
}
