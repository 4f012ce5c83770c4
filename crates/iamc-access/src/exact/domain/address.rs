//! Addresses: the first and the last of each range that is written, and those beside it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use super::Representatives;

/// Addresses kept for documentation: RFC 5737, RFC 3849.
const ELSEWHERE: [&str; 2] = ["203.0.113.1", "2001:db8::1"];

/// An address of each class.
pub(super) fn representatives<'a>(written: impl Iterator<Item = &'a String>) -> Representatives {
    let ranges = written.filter_map(|text| range(text));
    let addresses = ranges.flat_map(|range| {
        let (first, last) = (range.network(), range.broadcast());
        [next(first), Some(first), Some(last), before(first), next(last)]
    });
    let mut values: Vec<String> = addresses.flatten().map(|address| address.to_string()).collect();
    values.extend(ELSEWHERE.map(str::to_owned));
    Representatives { values, is_complete: true }
}

fn range(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

fn next(address: IpAddr) -> Option<IpAddr> {
    shift(address, |bits| bits.checked_add(1))
}

fn before(address: IpAddr) -> Option<IpAddr> {
    shift(address, |bits| bits.checked_sub(1))
}

fn shift(address: IpAddr, by: impl Fn(u128) -> Option<u128>) -> Option<IpAddr> {
    match address {
        IpAddr::V4(address) => {
            let bits = u32::try_from(by(address.to_bits().into())?).ok()?;
            Some(Ipv4Addr::from_bits(bits).into())
        }
        IpAddr::V6(address) => Some(Ipv6Addr::from_bits(by(address.to_bits())?).into()),
    }
}
