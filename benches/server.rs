//! The server's front: a room that presses the button together, pages on kept-alive connections, honest clients beside slow ones.
//! Figures to read: absolute ones mean little on a shared machine.
//!
//! `cargo bench --bench server`
#![allow(missing_docs, clippy::print_stdout, reason = "figures to read")]
#![allow(dead_code, reason = "the tests use more of the client")]

#[path = "../tests/it/server_client.rs"]
mod server_client;

use std::io::Write;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Instant;

use shirube::server::limits::Limits;

use server_client::{Client, Tested, burst, get, post};

const CLIENTS: usize = 500;

fn main() {
    let server = Arc::new(Tested::new(Limits::default()));
    let body = "a".repeat(1_000);
    for _ in 0..5 {
        let (server, body) = (Arc::clone(&server), body.clone());
        let took = burst(CLIENTS, move |_| {
            let mut client = server.client();
            assert_eq!(client.send(post("/", &body)).answer(false).expect("a reply").status, 200);
        });
        println!("{CLIENTS} clients at once, one POST each: {took:?}");
    }
    for clients in [1, 4, 32] {
        let address = server.running.address();
        let rounds = 4_000 / clients;
        let took = burst(clients, move |_| {
            let mut client = Client::new(address);
            for _ in 0..rounds {
                assert_eq!(client.send(get("/page")).answer(false).expect("a reply").body.len(), 20_000);
            }
        });
        let rate = (rounds * clients) as f64 / took.as_secs_f64();
        println!("{clients} kept-alive connections: {rate:.0} pages of 20 KB a second");
    }
    for (what, start) in
        [("heads", "GET / HTTP/1.1\r\nX: "), ("bodies", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\n")]
    {
        let address = server.running.address();
        let slow: Vec<TcpStream> = (0..2_000)
            .map(|_| {
                let mut stream = TcpStream::connect(address).expect("a connection");
                let _ = stream.write_all(start.as_bytes());
                stream
            })
            .collect();
        let mut waits = Vec::new();
        for _ in 0..1_000 {
            let begun = Instant::now();
            server.assert_lives();
            waits.push(begun.elapsed());
        }
        waits.sort();
        println!("2000 slow {what}: an honest client waits {:?} (median), {:?} (p99)", waits[500], waits[990]);
        drop(slow);
    }
}
