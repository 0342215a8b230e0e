//! Many at once: a whole room that presses the button together.

use std::sync::Arc;
use std::time::{Duration, Instant};

use shirube::server::limits::Limits;

use super::server_client::{Client, Tested, burst, get, post};

const CLIENTS: usize = 500;

#[test]
fn five_hundred_from_one_address_are_all_answered() {
    let server = Arc::new(Tested::new(Limits::default()));
    let body = "a".repeat(1_000);
    let took = {
        let server = Arc::clone(&server);
        burst(CLIENTS, move |_| {
            let mut client = server.client();
            for _ in 0..2 {
                assert_eq!(client.send(post("/", &body)).answer(false).expect("a reply").text(), "POST / 1000");
            }
        })
    };
    assert_eq!(server.seen(), 2 * CLIENTS);
    assert!(took < Duration::from_secs(10), "it took {took:?}");
}

/// On Linux all of 127/8 is ours; elsewhere one address has to do.
#[cfg(target_os = "linux")]
#[test]
fn five_hundred_addresses_are_all_answered() {
    use std::net::{Ipv4Addr, SocketAddr};

    let server = Arc::new(Tested::bound("0.0.0.0:0", Limits::default()));
    let port = server.running.address().port();
    burst(CLIENTS, move |number| {
        let (third, fourth) = (u8::try_from(number / 250 + 1).expect("a byte"), u8::try_from(number % 250 + 1).expect("a byte"));
        let own = Ipv4Addr::new(127, 0, third, fourth);
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).expect("a socket");
        socket.bind(&SocketAddr::from((own, 0)).into()).expect("an address of our own");
        socket.connect(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)).into()).expect("the server accepts");
        let answer = Client::over(socket.into()).send(get("/peer")).answer(false).expect("a reply");
        assert_eq!(answer.text(), own.to_string());
    });
    assert_eq!(server.seen(), CLIENTS);
}

#[test]
fn keep_alive_has_no_delay() {
    let server = Tested::new(Limits::default());
    let mut client = server.client();
    client.send(get("/page")).answer(false).expect("a reply");
    let begun = Instant::now();
    for _ in 0..50 {
        assert_eq!(client.send(get("/page")).answer(false).expect("a reply").body.len(), 20_000);
    }
    // With a delayed acknowledgement each would take 40 ms.
    assert!(begun.elapsed() < Duration::from_millis(1_000), "50 pages took {:?}", begun.elapsed());
}
