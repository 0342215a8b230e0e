//! The arguments of `serve`.

use crate::language::Language;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::net::SocketAddr;

/// What `serve` takes.
pub(super) fn command(language: Language) -> Command {
    let say = |ja: &'static str, en: &'static str| if language == Language::Japanese { ja } else { en };
    Command::new("serve")
        .about(say(
            "サイトを作って見せ、回答を受け取り、変わるたびに作り直す",
            "Builds and serves the sites, takes answers, and builds again on every change",
        ))
        .after_help(say("例: shirube serve --lan", "Example: shirube serve --lan"))
        .arg(
            Arg::new("bind")
                .long("bind")
                .value_name("ADDR:PORT")
                .default_value("127.0.0.1:8080")
                .value_parser(value_parser!(SocketAddr))
                .help(say("待ち受けるアドレスと番号。番号 0 は空いているもの", "Where to listen; port 0 is any free one")),
        )
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("PORT")
                .value_parser(value_parser!(u16))
                .help(say("番号だけを変える", "Change the port only")),
        )
        .arg(Arg::new("lan").long("lan").action(ArgAction::SetTrue).conflicts_with("bind").help(say(
            "会場のスマートフォンから開けるようにし、アドレスとQRコードを出す",
            "Let phones in the room in, and print the address with a QR code",
        )))
        .arg(Arg::new("desk").long("desk").action(ArgAction::SetTrue).help(say(
            "運営画面を、パスワードを知る人がほかのコンピューターからも使えるようにする",
            "Let other computers use the operator’s desk, after a password",
        )))
        .arg(
            Arg::new("no-reload")
                .long("no-reload")
                .action(ArgAction::SetTrue)
                .help(say("この機械のブラウザーを自動で読み直さない", "Do not reload the browser on this machine")),
        )
}

/// Where to listen: what `--bind` says, with the port of `--port`; with `--lan` every address of this machine, so that the room can
/// reach one of them.
pub(super) fn address(own: &ArgMatches) -> Option<SocketAddr> {
    let mut bind = *own.get_one::<SocketAddr>("bind")?;
    if let Some(port) = own.get_one::<u16>("port") {
        bind.set_port(*port);
    }
    Some(if own.get_flag("lan") { SocketAddr::from(([0, 0, 0, 0], bind.port())) } else { bind })
}
