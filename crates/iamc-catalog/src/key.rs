//! Condition keys.

use crate::pattern;

/// A condition key. Where its name has a part that users choose it is written `${TagKey}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionKey {
    /// `s3:prefix`, `aws:RequestTag/${TagKey}`
    pub name: String,
    /// What its values are.
    pub kind: KeyType,
    /// Whether a request can have several values.
    pub multivalued: bool,
}

impl ConditionKey {
    /// Whether `name` is this key, without regard to case: `aws:requesttag/team` is
    /// `aws:RequestTag/${TagKey}`. Without its tag (`aws:RequestTag/`) it is not.
    pub fn is(&self, name: &str) -> bool {
        pattern::stands_for(&self.name, name)
    }
}

/// What the values of a condition key are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum KeyType {
    String,
    Arn,
    Bool,
    Binary,
    Date,
    IpAddress,
    Numeric,
}

impl KeyType {
    /// All types.
    pub const ALL: [Self; 7] =
        [Self::String, Self::Arn, Self::Bool, Self::Binary, Self::Date, Self::IpAddress, Self::Numeric];

    /// As the catalogue's text writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Arn => "arn",
            Self::Bool => "bool",
            Self::Binary => "binary",
            Self::Date => "date",
            Self::IpAddress => "ip-address",
            Self::Numeric => "numeric",
        }
    }
}
