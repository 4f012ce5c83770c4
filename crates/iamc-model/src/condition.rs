//! IAM's condition operators.

use std::fmt;
use std::str::FromStr;

/// A condition operator as IAM writes it: `ForAnyValue:StringLikeIfExists`. Orders by that text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Operator {
    /// `ForAllValues:` or `ForAnyValue:`.
    pub set: Option<SetOperator>,
    /// `StringLike`.
    pub base: BaseOperator,
    /// `…IfExists`; never with `Null`.
    pub if_exists: bool,
}

/// How the values of a multivalued key are taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SetOperator {
    /// `ForAllValues:`
    ForAllValues,
    /// `ForAnyValue:`
    ForAnyValue,
}

/// What an operator wants its values to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// Any string.
    String,
    /// A decimal number.
    Number,
    /// ISO 8601 or seconds since 1970.
    Date,
    /// `true` or `false`.
    Bool,
    /// Base64.
    Binary,
    /// An IPv4 or IPv6 address or CIDR range.
    IpAddress,
    /// An ARN.
    Arn,
}

macro_rules! base_operators {
    ($($name:ident $value:ident $negated:literal,)*) => {
        /// An operator without prefix and suffix.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum BaseOperator { $($name,)* }

        impl BaseOperator {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name as IAM writes it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// What its values have to be.
            pub fn value_type(self) -> ValueType {
                match self { $(Self::$name => ValueType::$value,)* }
            }

            /// Whether it is true where none of the values match (`StringNotEquals`).
            pub fn is_negated(self) -> bool {
                match self { $(Self::$name => $negated,)* }
            }
        }
    };
}

base_operators! {
    StringEquals String false,
    StringNotEquals String true,
    StringEqualsIgnoreCase String false,
    StringNotEqualsIgnoreCase String true,
    StringLike String false,
    StringNotLike String true,
    NumericEquals Number false,
    NumericNotEquals Number true,
    NumericLessThan Number false,
    NumericLessThanEquals Number false,
    NumericGreaterThan Number false,
    NumericGreaterThanEquals Number false,
    DateEquals Date false,
    DateNotEquals Date true,
    DateLessThan Date false,
    DateLessThanEquals Date false,
    DateGreaterThan Date false,
    DateGreaterThanEquals Date false,
    Bool Bool false,
    BinaryEquals Binary false,
    IpAddress IpAddress false,
    NotIpAddress IpAddress true,
    ArnEquals Arn false,
    ArnLike Arn false,
    ArnNotEquals Arn true,
    ArnNotLike Arn true,
    Null Bool false,
}

impl Operator {
    /// `DateLessThan`, which bounds a grant in time.
    pub const DATE_LESS_THAN: Self = Self { set: None, base: BaseOperator::DateLessThan, if_exists: false };

    /// Every operator that IAM has, prefixes and suffixes included.
    pub fn all() -> impl Iterator<Item = Self> {
        let sets = [None, Some(SetOperator::ForAllValues), Some(SetOperator::ForAnyValue)];
        sets.into_iter().flat_map(|set| {
            BaseOperator::ALL.iter().flat_map(move |&base| {
                let suffixes: &[bool] = if base == BaseOperator::Null { &[false] } else { &[false, true] };
                suffixes.iter().map(move |&if_exists| Self { set, base, if_exists })
            })
        })
    }
}

impl Operator {
    /// What its text is put together of.
    fn parts(&self) -> [&'static str; 3] {
        let set = match self.set {
            None => "",
            Some(SetOperator::ForAllValues) => "ForAllValues:",
            Some(SetOperator::ForAnyValue) => "ForAnyValue:",
        };
        [set, self.base.name(), if self.if_exists { "IfExists" } else { "" }]
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts().into_iter().try_for_each(|part| f.write_str(part))
    }
}

/// Reads the text exactly as IAM writes it, case included.
impl FromStr for Operator {
    type Err = UnknownOperator;

    fn from_str(text: &str) -> Result<Self, UnknownOperator> {
        let (set, text) = match text.split_once(':') {
            None => (None, text),
            Some(("ForAllValues", rest)) => (Some(SetOperator::ForAllValues), rest),
            Some(("ForAnyValue", rest)) => (Some(SetOperator::ForAnyValue), rest),
            Some(_) => return Err(UnknownOperator),
        };
        let (name, if_exists) = text.strip_suffix("IfExists").map_or((text, false), |name| (name, true));
        let base = BaseOperator::ALL.iter().copied().find(|base| base.name() == name);
        let base = base.filter(|&base| !(if_exists && base == BaseOperator::Null));
        base.map(|base| Self { set, base, if_exists }).ok_or(UnknownOperator)
    }
}

/// A text that is no condition operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownOperator;

impl Ord for Operator {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let [own, others] = [self, other].map(|operator| operator.parts().into_iter().flat_map(str::bytes));
        own.cmp(others)
    }
}

impl PartialOrd for Operator {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operator_reads_back_from_its_text() {
        for operator in Operator::all() {
            assert_eq!(operator.to_string().parse(), Ok(operator));
        }
        assert_eq!(Operator::all().count(), 3 * (2 * BaseOperator::ALL.len() - 1));
    }

    #[test]
    fn operators_are_written_exactly() {
        for text in ["stringlike", "StringLikes", "NullIfExists", "ForAll:StringLike", "StringLike "] {
            assert_eq!(text.parse::<Operator>(), Err(UnknownOperator), "{text}");
        }
    }
}
