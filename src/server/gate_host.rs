//! Which host names are ours: a foreign page whose name is suddenly resolved to this machine (DNS rebinding) must get nothing.

use std::net::{IpAddr, Ipv6Addr};

use super::refusal::Refusal;

/// Whether an address belongs to a private network or to this machine: many people can share it, nobody abroad has it.
pub(super) fn is_private(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(four) => four.is_loopback() || four.is_private() || four.is_link_local(),
        IpAddr::V6(six) => six.is_loopback() || six.is_unique_local() || six.is_unicast_link_local(),
    }
}

/// Admits a `Host` line, given the address on which the connection came in and the configured names.
///
/// # Errors
/// Something that is no host at all, or a host that is not ours.
pub(super) fn admit(host: &str, local: IpAddr, names: &[String]) -> Result<(), Refusal> {
    let name = without_port(host).ok_or(Refusal::Malformed("Host"))?;
    let known = match name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(six) => ours(IpAddr::V6(six.parse::<Ipv6Addr>().map_err(|_| Refusal::Malformed("Host"))?), local),
        None => name.parse::<IpAddr>().is_ok_and(|address| ours(address, local)) || name.eq_ignore_ascii_case("localhost"),
    };
    let plain = name.strip_suffix('.').unwrap_or(name);
    if known || names.iter().any(|ours| ours.eq_ignore_ascii_case(plain)) { Ok(()) } else { Err(Refusal::Misdirected) }
}

/// An address cannot be rebound by a name server; only those that lead here by themselves are ours.
fn ours(address: IpAddr, local: IpAddr) -> bool {
    is_private(address) || address.to_canonical() == local.to_canonical()
}

/// The name without `:port`, `None` where there is no name, or characters that no host has.
fn without_port(host: &str) -> Option<&str> {
    let end = host.rfind(']').map_or(0, |bracket| bracket + 1);
    let (name, port) = match host[end..].find(':') {
        Some(colon) => (&host[..end + colon], Some(&host[end + colon + 1..])),
        None => (host, None),
    };
    let numbered =
        port.is_none_or(|port| port.is_empty() || port.parse::<u16>().is_ok_and(|_| port.bytes().all(|byte| byte.is_ascii_digit())));
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_[]:".contains(&byte));
    let bracketed = name.starts_with('[') == name.ends_with(']') && (name.starts_with('[') || !name.contains([':', '[', ']']));
    (!name.is_empty() && numbered && letters && bracketed).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_names_are_ours() {
        let local: IpAddr = "203.0.113.7".parse().expect("an address");
        let names = ["survey.example".to_owned()];
        for (host, status) in [
            ("localhost", 200),
            ("LOCALHOST:8080", 200),
            ("127.0.0.1:8080", 200),
            ("127.9.9.9", 200),
            ("[::1]:80", 200),
            ("192.168.1.20:8080", 200),
            ("10.1.2.3", 200),
            ("172.16.0.1", 200),
            ("169.254.1.1", 200),
            ("[fd00::1]", 200),
            ("[fe80::1]:8080", 200),
            ("[::ffff:192.168.0.1]", 200),
            ("203.0.113.7:8080", 200),
            ("survey.example", 200),
            ("Survey.Example.:443", 200),
            ("evil.example", 421),
            ("localhost.evil.example", 421),
            ("127.0.0.1.evil.example", 421),
            ("survey.example.evil", 421),
            ("8.8.8.8", 421),
            ("172.32.0.1", 421),
            ("[2001:db8::1]", 421),
            ("0.0.0.0", 421),
            ("2130706433", 421),
            ("", 400),
            (":80", 400),
            ("localhost:", 200),
            ("localhost:x", 400),
            ("localhost:+80", 400),
            ("localhost:99999", 400),
            ("localhost:80:80", 400),
            ("user@localhost", 400),
            ("localhost/", 400),
            ("a b", 400),
            ("[::1", 400),
            ("::1", 400),
            ("[::1]x", 400),
            ("[zz]", 400),
            ("localhost, localhost", 400),
        ] {
            let answer = admit(host, local, &names).map_or_else(Refusal::status, |()| 200);
            assert_eq!(answer, status, "{host:?}");
        }
    }
}
