//! Hashes of identities.

use sha2::{Digest, Sha256};

/// The SHA-256 of an identity as UTF-8. Its bits, the most significant first, say where the bearer
/// stands; content never does, or an edit would be a removal and an insertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key([u8; 32]);

impl Key {
    /// How many bits there are.
    pub(super) const BITS: usize = 256;

    /// The key of an identity.
    pub(super) fn of(identity: &str) -> Self {
        Self(Sha256::digest(identity.as_bytes()).into())
    }

    /// The bit at a place below [`Self::BITS`], counted from the most significant.
    pub(super) fn bit(&self, at: usize) -> bool {
        self.0.get(at / 8).is_some_and(|byte| byte >> (7 - at % 8) & 1 == 1)
    }

    /// The first bits as digits: `0110`.
    pub(super) fn prefix(&self, bits: usize) -> String {
        (0..bits).map(|at| if self.bit(at) { '1' } else { '0' }).collect()
    }

    /// How many leading bits two keys have in common.
    pub(super) fn shared(&self, other: &Self) -> usize {
        (0..Self::BITS).find(|&at| self.bit(at) != other.bit(at)).unwrap_or(Self::BITS)
    }

    /// The first hexadecimal digits, at most 64.
    pub(super) fn hex(&self, digits: usize) -> String {
        let mut hex: String = self.0.iter().map(|byte| format!("{byte:02x}")).collect();
        hex.truncate(digits);
        hex
    }
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn is_sha_256() {
        let key = Key::of("abc");
        assert_eq!(key.hex(8), "ba7816bf");
        assert_eq!(key.prefix(8), "10111010");
    }

    #[test]
    fn shares_leading_bits() {
        let (one, other) = (Key::of("a"), Key::of("b"));
        let shared = one.shared(&other);
        assert_eq!(one.prefix(shared), other.prefix(shared));
        assert_ne!(one.prefix(shared + 1), other.prefix(shared + 1));
        assert_eq!(one.shared(&one), Key::BITS);
    }
}
