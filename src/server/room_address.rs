//! The addresses under which this machine can be reached in its local network. The only user of if-addrs.

use std::net::{IpAddr, UdpSocket};

/// Beginnings of the names of networks that exist only inside this machine, or that lead elsewhere than into the room.
const INSIDE: [&str; 15] =
    ["docker", "br-", "veth", "virbr", "vboxnet", "vmnet", "vethernet", "utun", "tun", "tap", "tailscale", "zt", "wg", "bluetooth", "awdl"];

/// This machine's addresses in its networks, the likeliest one for a room first; none without a network. Nothing is sent.
#[must_use]
pub fn addresses() -> Vec<IpAddr> {
    let found = if_addrs::get_if_addrs().unwrap_or_default();
    ranked(found.into_iter().map(|interface| (interface.name.clone(), interface.ip())).collect(), routed())
}

/// The address from which packets to the rest of the world would leave. Connecting a UDP socket only looks that up.
fn routed() -> Option<IpAddr> {
    let socket = UdpSocket::bind(("0.0.0.0", 0)).ok()?;
    // An address that is reserved for documentation: nobody has it
    socket.connect(("192.0.2.1", 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

fn ranked(found: Vec<(String, IpAddr)>, routed: Option<IpAddr>) -> Vec<IpAddr> {
    let mut usable: Vec<(String, IpAddr)> = found.into_iter().filter(|(_, address)| is_usable(*address)).collect();
    // Phones in a room have IPv4; an address of six is better than none
    if usable.iter().any(|(_, address)| address.is_ipv4()) {
        usable.retain(|(_, address)| address.is_ipv4());
    }
    let inside = |name: &str| INSIDE.iter().any(|start| name.to_ascii_lowercase().starts_with(start));
    let private = |address: IpAddr| matches!(address, IpAddr::V4(four) if four.is_private());
    usable.sort_by_key(|(name, address)| (inside(name), Some(*address) != routed, !private(*address), *address));
    usable.dedup_by_key(|(_, address)| *address);
    usable.into_iter().map(|(_, address)| address).collect()
}

fn is_usable(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => !four.is_loopback() && !four.is_link_local() && !four.is_unspecified(),
        IpAddr::V6(six) => !six.is_loopback() && !six.is_unicast_link_local() && !six.is_unspecified(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Interfaces with their addresses, the one that leads out, and the order.
    type Case<'c> = (&'c [(&'c str, &'c str)], Option<&'c str>, &'c [&'c str]);

    #[test]
    fn the_likeliest_address_stands_first() {
        let cases: &[Case<'_>] = &[
            (&[("lo", "127.0.0.1"), ("wlan0", "192.168.1.20")], Some("192.168.1.20"), &["192.168.1.20"]),
            // Two networks: the one that leads out first, virtual ones last
            (
                &[("docker0", "172.17.0.1"), ("eth0", "10.0.0.5"), ("wlan0", "192.168.1.20")],
                Some("192.168.1.20"),
                &["192.168.1.20", "10.0.0.5", "172.17.0.1"],
            ),
            // A tunnel may be the way out, but nobody in the room is behind it
            (&[("utun3", "10.8.0.2"), ("en0", "192.168.1.20")], Some("10.8.0.2"), &["192.168.1.20", "10.8.0.2"]),
            // A room without a way out
            (&[("wlan0", "192.168.43.1"), ("wlan0", "fe80::1")], None, &["192.168.43.1"]),
            (&[("en0", "203.0.113.7"), ("en1", "192.168.0.3")], None, &["192.168.0.3", "203.0.113.7"]),
            (&[("eth0", "169.254.3.4"), ("eth0", "fd00::5"), ("eth0", "fe80::1")], None, &["fd00::5"]),
            (&[("lo", "127.0.0.1"), ("lo", "::1")], None, &[]),
        ];
        for (found, routed, expected) in cases {
            let address = |text: &str| text.parse::<IpAddr>().expect("an address");
            let found = found.iter().map(|(name, text)| ((*name).to_owned(), address(text))).collect();
            let expected: Vec<IpAddr> = expected.iter().map(|text| address(text)).collect();
            assert_eq!(ranked(found, routed.map(address)), expected);
        }
    }

    #[test]
    fn no_address_of_this_machine_is_its_own_loop() {
        assert!(addresses().iter().all(|address| is_usable(*address)));
    }
}
