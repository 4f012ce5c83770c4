//! Ranges of addresses, and those that no request comes from.

use std::net::IpAddr;

use iamc_catalog::Catalog;
use iamc_model::{Diagnostic, codes};

use super::Clause;

/// The addresses of `203.0.113.0/24`, or of `203.0.113.7` alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    is_v4: bool,
    first: u128,
    last: u128,
    /// As written: with host bits it is not the first.
    written: IpAddr,
    bits: Option<u8>,
}

impl Range {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, bits) =
            text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let written: IpAddr = address.parse().ok()?;
        let bits = bits.map(str::parse::<u8>).transpose().ok()?;
        let (number, width): (u128, u8) = match written {
            IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
            IpAddr::V6(address) => (address.to_bits(), 128),
        };
        let free = u32::from(width.checked_sub(bits.unwrap_or(width))?);
        let hosts = 1u128.checked_shl(free).map_or(u128::MAX, |size| size - 1);
        Some(Self { is_v4: width == 32, first: number & !hosts, last: number | hosts, written, bits })
    }

    pub(super) fn covers(&self, other: &Self) -> bool {
        self.is_v4 == other.is_v4 && self.first <= other.first && other.last <= self.last
    }

    /// The range without the bits behind its prefix, if any of them are set: IAM ignores them.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>
    pub(super) fn without_host_bits(&self) -> Option<String> {
        let first = match self.written {
            IpAddr::V4(_) => IpAddr::V4(u32::try_from(self.first).ok()?.into()),
            IpAddr::V6(_) => IpAddr::V6(self.first.into()),
        };
        self.bits.filter(|_| first != self.written).map(|bits| format!("{first}/{bits}"))
    }
}

/// What is not routed in the Internet: RFC 1918, 6598 (shared), 3927 (link-local), 1122 (loopback),
/// 4193 (unique local) and 4291 (link-local).
const PRIVATE: [&str; 9] = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "169.254.0.0/16",
    "127.0.0.0/8",
    "fc00::/7",
    "fe80::/10",
    "::1/128",
];

/// `private-address`: a private range for `aws:SourceIp`, which is the public address, and is not there
/// at all where the request comes through a VPC endpoint.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip>
pub(super) fn private(clause: &Clause<'_>, _: &Catalog) -> Vec<Diagnostic> {
    if !clause.written.is_on("aws:SourceIp") {
        return vec![];
    }
    let private = clause.values().iter().filter(|word| is_private(&word.value));
    let reports = private.map(|word| {
        let message =
            format!("no request has `{}` for its `aws:SourceIp`, which is the public address", word.shown());
        Diagnostic::new(&codes::PRIVATE_ADDRESS, message, word.span, "a private address")
            .help("write the public addresses, or `aws:VpcSourceIp` for requests through a VPC endpoint")
    });
    reports.collect()
}

fn is_private(value: &str) -> bool {
    let range = Range::parse(value);
    let covers =
        |range: &Range| PRIVATE.iter().filter_map(|private| Range::parse(private)).any(|p| p.covers(range));
    range.as_ref().is_some_and(covers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_cover_each_other() {
        let range = |text| Range::parse(text).unwrap();
        assert!(range("203.0.113.0/24").covers(&range("203.0.113.7")));
        assert!(range("0.0.0.0/0").covers(&range("255.255.255.255")));
        assert!(range("::/0").covers(&range("2001:db8::/32")));
        assert!(!range("::/0").covers(&range("203.0.113.7")));
        assert!(!range("203.0.113.0/25").covers(&range("203.0.113.0/24")));
        assert_eq!(Range::parse("203.0.113.0/33"), None);
    }

    #[test]
    fn host_bits_are_those_behind_the_prefix() {
        let without = |text| Range::parse(text).unwrap().without_host_bits();
        assert_eq!(without("203.0.113.5/24").as_deref(), Some("203.0.113.0/24"));
        assert_eq!(without("2001:db8::1/32").as_deref(), Some("2001:db8::/32"));
        assert_eq!(without("203.0.113.0/24"), None);
        assert_eq!(without("203.0.113.5"), None);
    }
}
