//! `shirube serve`: builds, serves the sites, takes answers, and builds again whenever something changes.

use super::console::{Console, Exit};
use super::project::{private, risks};
use crate::language::Words;
use crate::pages::desk::frame::DESK;
use crate::pages::qr;
use crate::pages::room::frame::{DOOR, ROOMS};
use crate::server::Means;
use crate::server::limits::Limits;
use crate::server::password::Password;
use crate::server::rebuild::{News, Reason, Rebuilder, Workshop};
use crate::server::room::Room;
use crate::server::room_address::addresses;
use crate::server::routes::Routes;
use crate::server::serve::{Running, serve};
use crate::server::sessions::Sessions;
use crate::server::stage::Stage;
use crate::server::stop::on_stop;
use crate::server::watch::Watch;
use crate::store;
use crate::survey::Survey;
use anyhow::Context;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Serves until it is asked to stop. With `reload`, browsers on this machine load a page again when it has changed. With `desk`,
/// other machines may use the operator's desk after a password; where there is none yet, one is made and told.
///
/// # Errors
///
/// When the port is taken, the store cannot be opened, or the disk refuses.
pub fn run(root: &Path, bind: SocketAddr, reload: bool, desk: bool, console: Console) -> anyhow::Result<Exit> {
    let listener = TcpListener::bind(bind).with_context(|| {
        Words::new(
            format!(
                "{bind} で待ち受けられません。ほかのプログラムが使っているようです。--bind 127.0.0.1:0 とすると、空いている番号を使います"
            ),
            format!("cannot listen on {bind}: another program seems to use it. With --bind 127.0.0.1:0 any free port is taken"),
        )
    })?;
    for risk in risks(root) {
        console.fault(risk.words().in_language(console.language));
    }
    let store = store::open(&private(root))?;
    let stage = Arc::new(Stage::default());
    let serving: Arc<Mutex<Option<Running>>> = Arc::default();
    let (own, stand) = (Arc::clone(&serving), Arc::clone(&stage));
    let herald = Box::new(move |news: &News<'_>| {
        tell(&console, news);
        if let Some(running) = &*lock(&own) {
            running.set_body_bytes(body_bytes(&stand));
        }
    });
    let workshop =
        Workshop { root: root.to_path_buf(), store: Arc::clone(&store), stage: Arc::clone(&stage), herald, language: console.language };
    let rebuilder = Arc::new(Rebuilder::start(workshop)?);
    let told = Arc::clone(&rebuilder);
    let answered = Box::new(move |survey: &str| told.tell(Reason::Answer(survey.to_owned())));
    let bound = listener.local_addr().context("the listening socket has no address")?;
    let room = Room::new(&reachable(bound.ip()), bound.port());
    let hosts = room.hosts().to_vec();
    let sessions = if desk { Some(sessions(&private(root), &console)?) } else { None };
    let publisher = Arc::clone(&rebuilder);
    let means = Means { private: private(root), rebuild: Box::new(move || publisher.tell(Reason::Content)), sessions };
    let routes = Routes::new(Arc::clone(&stage), Arc::clone(&store), reload, answered).with_room(room).with_desk(means);
    let collectors = stage.shelf().map(|shelf| shelf.catalog.sites.values().filter_map(|site| site.collector.clone()).collect());
    let limits = Limits {
        collectors: collectors.map(|all: Vec<String>| origins(&all)).unwrap_or_default(),
        body_bytes: body_bytes(&stage),
        desk_elsewhere: desk,
        ..Limits::default()
    };
    let running = serve(listener, limits, Arc::new(move |request| routes.reply(request)))?;
    let address = running.address();
    *lock(&serving) = Some(running);
    let changed = Arc::clone(&rebuilder);
    let watch = Watch::new(root, move || changed.tell(Reason::Content));
    let (stop, stopped) = channel();
    on_stop(move || {
        let _ = stop.send(());
    })?;
    // «Every address» is none that a browser could open
    let own = if address.ip().is_unspecified() { SocketAddr::from((Ipv4Addr::LOCALHOST, address.port())) } else { address };
    console.result(&format!("http://{own}/"));
    if !address.ip().is_loopback() {
        invite(&console, &hosts, address.port(), desk);
    }
    console.note(&Words::new("止めるには Ctrl-C を押します。", "Press Ctrl-C to stop."));
    let _ = stopped.recv();
    console.note(&Words::new("終わらせています。", "Stopping."));
    drop(watch);
    let running = lock(&serving).take();
    let all_answered = running.is_none_or(Running::stop);
    rebuilder.stop();
    if !all_answered {
        console.note(&Words::new(
            "時間内に答えきれなかった接続がありました。保存した回答は残っています。",
            "Some connections were not answered in time; what was stored is kept.",
        ));
    }
    Ok(Exit::Done)
}

/// The desk for other machines; its password is made where there is none.
fn sessions(private: &Path, console: &Console) -> anyhow::Result<Sessions> {
    if let Some(password) = Password::read(private)? {
        return Ok(Sessions::new(password));
    }
    tell_password(&Password::renew(private)?, console);
    let made = Password::read(private)?;
    made.map(Sessions::new).context("the password that was just made is gone")
}

/// Shows a new password: the only time that it can be seen.
pub(super) fn tell_password(password: &str, console: &Console) {
    console.fault(
        Words::new(format!("運営画面のパスワード: {password}"), format!("Password of the desk: {password}")).in_language(console.language),
    );
    console.note(&Words::new(
        "いましか見られません。控えて、使う人だけに渡してください。作り直すには shirube desk password です。",
        "It cannot be seen again. Write it down and give it only to those who use the desk. For a new one: shirube desk password",
    ));
}

/// The addresses under which others reach a server that listens here.
fn reachable(bound: IpAddr) -> Vec<IpAddr> {
    if bound.is_unspecified() {
        addresses()
    } else if bound.is_loopback() {
        Vec::new()
    } else {
        vec![bound]
    }
}

/// Tells how a room comes in, and what may be in the way.
fn invite(console: &Console, hosts: &[String], port: u16, desk: bool) {
    let Some(host) = hosts.first() else {
        console.note(&Words::new(
            "ネットワークにつながっていないため、会場からは開けません。Wi-Fiにつないでから、もう一度始めてください。",
            "This computer is on no network, so nobody in the room can reach it. Connect it to the Wi-Fi and start again.",
        ));
        return;
    };
    let door = format!("http://{host}{DOOR}");
    console.note(&Words::new(format!("会場のスマートフォンから: {door}"), format!("Phones in the room: {door}")));
    if let Some(lines) = qr::lines(&door) {
        let drawing = lines.join("\n");
        console.note(&Words::new(drawing.clone(), drawing));
    }
    if let Some(others) = hosts.get(1..).filter(|others| !others.is_empty()) {
        let others = others.join(", ");
        console.note(&Words::new(format!("ほかのアドレス: {others}"), format!("Other addresses: {others}")));
    }
    let here = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    console.note(&Words::new(
        format!("投影画面（このコンピューターだけで開けます）: http://{here}{ROOMS}"),
        format!("Projector screens (on this computer only): http://{here}{ROOMS}"),
    ));
    if desk {
        console.note(&Words::new(
            format!("運営画面（ほかのコンピューターからはパスワードが要ります）: http://{host}{DESK}"),
            format!("The operator’s desk (other computers need the password): http://{host}{DESK}"),
        ));
    }
    console.note(&Words::new(
        format!(
            "通信の許可を尋ねられたら、プライベートネットワークだけを許可してください（Windows、macOS）。受信する番号は {port} です。通信は暗号化されないので、同じネットワークの人に読まれるおそれがあります。"
        ),
        format!(
            "If Windows or macOS asks, allow private networks only; the port is {port}. The connection is not encrypted: people on the same network could read it."
        ),
    ));
}

/// How long a body may be: as long as the longest survey needs.
fn body_bytes(stage: &Stage) -> usize {
    let longest = stage.shelf().and_then(|shelf| shelf.catalog.surveys.values().map(Survey::body_limit).max());
    longest.unwrap_or(0).max(Limits::default().body_bytes)
}

fn lock(serving: &Mutex<Option<Running>>) -> MutexGuard<'_, Option<Running>> {
    serving.lock().unwrap_or_else(PoisonError::into_inner)
}

fn tell(console: &Console, news: &News<'_>) {
    match news {
        News::Built { changed, diagnostics, sources } => {
            if *changed > 0 {
                console.diagnostics(diagnostics, sources);
                console.note(&Words::new(
                    format!("サイトを作りました（変わったファイル {changed}）。"),
                    format!("Built ({changed} files changed)."),
                ));
            }
        }
        News::Faulty { diagnostics, sources, standing } => {
            console.diagnostics(diagnostics, sources);
            console.note(&if *standing {
                Words::new("直すまで、最後にできたサイトを見せ続けます。", "The last good site stays up until this is mended.")
            } else {
                Words::new(
                    "見せられるサイトはまだありません。直して保存すると、すぐに開けます。",
                    "There is no site to show yet. Mend and save this, and it opens at once.",
                )
            });
        }
        News::Failed(error) => console.failed(error),
    }
}

/// Scheme, host and port of each address.
fn origins(addresses: &[String]) -> Vec<String> {
    let origin = |address: &String| {
        let after = address.find("://").map_or(0, |at| at + 3);
        let end = address[after..].find('/').map_or(address.len(), |at| after + at);
        address[..end].to_owned()
    };
    addresses.iter().map(origin).collect()
}
