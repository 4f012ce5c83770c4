//! `IpAddress`: an address in a range of its own family. AWS does not say that an IPv4 address may be
//! written as an IPv6 one, so that `::ffff:203.0.113.1` is in no range of IPv4.

use std::net::IpAddr;

use ipnet::IpNet;

/// Whether the address lies in the range.
pub(super) fn matches(wanted: &str, got: &str) -> bool {
    let both = range(wanted).zip(got.parse::<IpAddr>().ok());
    both.is_some_and(|(wanted, got)| wanted.contains(&got))
}

/// Reads a range; an address alone is the range of itself.
fn range(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}
