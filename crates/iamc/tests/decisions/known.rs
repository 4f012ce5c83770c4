//! Where another engine decides otherwise, and why iamc keeps to its answer: the words of AWS's
//! documentation, or of AWS's own policies. All pages are of
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/>.

use iamc_catalog::DocumentStatement;
use iamc_model::Operator;
use iamc_model::condition::{BaseOperator, ValueType};

use crate::case::{Case, Given};

/// A class of differences.
#[derive(Debug)]
pub(crate) struct Known {
    /// What the other engine does.
    pub(crate) what: &'static str,
    /// Whether a case that was shrunk to its smallest is of this class.
    pub(crate) covers: fn(&Case) -> bool,
}

/// Of `@cloud-copilot/iam-simulate`.
pub(crate) const IAM_SIMULATE: &[Known] = &[
    // reference_policies_elements_resource.html: "You can use wildcard characters (* and ?) within the
    // individual segments of an ARN (the parts separated by colons)". AWS's own policies do so, too:
    // arn:aws:bedrock:*:*:*-model/* in SageMakerStudioProjectUserRolePermissionsBoundary.
    Known {
        what: "a resource whose type holds a wildcard or a policy variable matches nothing",
        covers: |case| resource_patterns(case).any(has_open_type),
    },
    // The same page: "You specify a resource using an Amazon Resource Name", which has six fields, and knows
    // no other wildcards than those that are written.
    Known {
        what: "an ARN with fewer than six fields is filled up with wildcards, or applies to nothing",
        covers: |case| {
            resource_patterns(case).any(|arn| arn.starts_with("arn:") && arn.split(':').count() < 6)
        },
    },
    // reference_policies_elements_condition_operators.html: "ArnNotEquals, ArnNotLike: Negated matching for
    // ARN", and what is no ARN does not match one.
    Known {
        what: "a negated operator on ARNs does not hold for a value that is none",
        covers: |case| {
            only_condition(case).is_some_and(|condition| {
                let is_none = |value: &String| value.split(':').count() < 6;
                matches!(condition.operator.base, BaseOperator::ArnNotEquals | BaseOperator::ArnNotLike)
                    && condition.got().iter().any(is_none)
            })
        },
    },
    // reference_policies_elements_condition_operators.html: "You must specify date/time values with one of
    // the W3C implementations of the ISO 8601 date formats or in epoch (UNIX) time", which counts seconds.
    Known {
        what: "seconds since 1970 are compared as if they were milliseconds",
        covers: |case| {
            only_condition(case).is_some_and(|condition| {
                let is_epoch = |value: &String| value.bytes().all(|byte| byte.is_ascii_digit());
                condition.operator.base.value_type() == ValueType::Date
                    && condition.wanted.iter().chain(condition.got()).any(is_epoch)
            })
        },
    },
    FRACTIONS,
    MULTIVALUED,
    // <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html>, UnmodifiableEntity:
    // "only the service that depends on the service-linked role can modify or delete the role on your
    // behalf". That is no decision of policies, and iamc does not make it.
    Known {
        what: "roles of IAM Identity Center cannot be changed",
        covers: |case| {
            case.action.to_ascii_lowercase().starts_with("iam:")
                && case.resource.contains(":role/aws-reserved/")
        },
    },
    // reference_policies_variables.html: "Inverted condition operators like StringNotEquals or
    // StringNotLike do match against a null value".
    Known {
        what: "a negated operator does not hold for a policy variable without a value",
        covers: |case| {
            only_condition(case).is_some_and(|condition| {
                condition.operator.base.is_negated()
                    && condition.wanted.iter().any(|value| value.contains("${"))
            })
        },
    },
    // The same page: "${*} - use where you need an * (asterisk) character", ${?} and ${$} alike; they "can be
    // used in any string where you can use regular policy variables".
    Known {
        what: "${*}, ${?} and ${$} are no characters under an operator without Like",
        covers: |case| {
            only_condition(case).is_some_and(|condition| {
                let has_character =
                    |value: &String| ["${*}", "${?}", "${$}"].iter().any(|it| value.contains(it));
                condition.operator.base.name().contains("Equals")
                    && condition.wanted.iter().any(has_character)
            })
        },
    },
    // reference_policies_elements_condition_operators.html: NotIpAddress holds for "All IP addresses except
    // the specified IP address or range", IpAddress takes "standard CIDR format".
    Known {
        what: "addresses: ranges /0, IPv6 in other spellings, one family against the other",
        covers: |case| {
            only_condition(case).is_some_and(|condition| {
                let is_odd = |value: &String| value.contains(':') || value.ends_with("/0");
                condition.operator.base.value_type() == ValueType::IpAddress
                    && condition.wanted.iter().chain(condition.got()).any(is_odd)
            })
        },
    },
    // reference_policies_elements_condition_operators.html: Null false is "the key exists and its value is
    // not null".
    Known {
        what: "a key with an empty set of values is taken to be present",
        covers: |case| {
            only_condition(case).is_some_and(|condition| {
                condition.operator.base == BaseOperator::Null
                    && condition.given.is_some_and(|given| given.values().is_empty())
            })
        },
    },
];

/// Of `ministack`.
pub(crate) const MINISTACK: &[Known] = &[FRACTIONS, MULTIVALUED];

// reference_policies_elements_condition_operators.html names formats that have fractions of a second; how
// finely they are compared is not said. iamc cuts them off.
const FRACTIONS: Known = Known {
    what: "fractions of a second are compared",
    covers: |case| {
        only_condition(case).is_some_and(|condition| {
            condition.operator.base.value_type() == ValueType::Date
                && condition.wanted.iter().chain(condition.got()).any(|value| value.contains('.'))
        })
    },
};

// reference_policies_condition-single-vs-multi-valued-context-keys.html: "Multivalued context keys require a
// condition set operator." What happens without one is not said; iamc takes a positive operator to hold
// where one value matches, a negated one where none does.
const MULTIVALUED: Known = Known {
    what: "an operator without a set prefix does not compare the values of a multivalued key",
    covers: |case| {
        only_condition(case).is_some_and(|condition| {
            condition.operator.set.is_none() && matches!(condition.given, Some(Given::Many(_)))
        })
    },
};

/// A case whose only statement has a single condition.
struct Condition<'a> {
    operator: Operator,
    wanted: &'a [String],
    given: Option<&'a Given>,
}

impl<'a> Condition<'a> {
    fn got(&self) -> &'a [String] {
        self.given.map_or(&[], Given::values)
    }
}

fn only_statement(case: &Case) -> Option<&DocumentStatement> {
    match case.statements.as_slice() {
        [statement] => Some(statement),
        _ => None,
    }
}

fn only_condition(case: &Case) -> Option<Condition<'_>> {
    let statement = only_statement(case)?;
    let mut conditions =
        statement.conditions.iter().flat_map(|(operator, keys)| keys.iter().map(move |key| (operator, key)));
    let (&operator, (key, wanted)) = conditions.next()?;
    conditions.next().is_none().then(|| Condition { operator, wanted, given: case.given(key) })
}

/// Of a case whose only statement has no condition.
fn resource_patterns(case: &Case) -> impl Iterator<Item = &str> {
    let statement = only_statement(case).filter(|statement| statement.conditions.is_empty());
    statement.into_iter().flat_map(|statement| &statement.resources.patterns).map(String::as_str)
}

/// `arn:aws:bedrock:*:*:*-model/*`, but no bucket, which has no type.
fn has_open_type(arn: &str) -> bool {
    let mut fields = arn.splitn(6, ':').skip(2);
    let (service, name) = (fields.next().unwrap_or_default(), fields.nth(2).unwrap_or_default());
    match name.split_once(['/', ':']) {
        Some((kind, _)) => service != "s3" && kind.contains(['*', '?', '$']),
        None => service != "s3" && name.contains("${"),
    }
}
