//! The bytes of a template.

use std::fmt;

use iamc_model::grants::TrustStatement;

use crate::size::most_bytes;
use crate::stack::{Group, Identity, ManagedPolicy, Role, Stack, User};
use crate::template::write_template;

/// Bytes that every template has, and every managed policy in it, besides the texts: keys, blanks and
/// the lines that iamc writes itself.
const EVERY_TEMPLATE: usize = 2_048;
const EVERY_POLICY: usize = 512;

/// Bytes of a stack's template.
pub(super) fn exactly(stack: &Stack) -> usize {
    let mut count = Count(0);
    // Counting cannot fail.
    let _ = write_template(&mut count, stack);
    count.0
}

/// What the template has at most: far quicker to say, and nearly always enough.
pub(super) fn at_most(stack: &Stack) -> usize {
    let identity = match &stack.identity {
        Identity::Engineer { role, instance_profile: profile } => {
            self::role(role) + texts([&profile.logical_id, &profile.name, &profile.path])
        }
        Identity::ServiceUser { group, user } => self::group(group) + self::user(user),
        Identity::Role { role } => self::role(role),
    };
    EVERY_TEMPLATE + identity + stack.policies.iter().map(managed_policy).sum::<usize>()
}

/// A managed policy, and its logical id where it is attached.
fn managed_policy(policy: &ManagedPolicy) -> usize {
    let ManagedPolicy { logical_id, name, description, path, document } = policy;
    let statements = document.statements.iter().map(|statement| statement.most_bytes());
    EVERY_POLICY + texts([logical_id, logical_id, name, description, path]) + statements.sum::<usize>()
}

fn role(role: &Role) -> usize {
    let Role { logical_id, name, path, trust, managed_policy_arns, permissions_boundary, tags, .. } = role;
    let trust = trust.iter().map(trust_statement).sum::<usize>();
    let own = texts([logical_id, logical_id, name, path]) + texts(permissions_boundary);
    own + trust + texts(managed_policy_arns) + self::tags(tags)
}

fn trust_statement(entry: &TrustStatement) -> usize {
    let TrustStatement { principals, actions, conditions, .. } = entry;
    EVERY_POLICY + texts(principals) + texts(actions) + most_bytes::of_conditions(conditions)
}

fn group(group: &Group) -> usize {
    let Group { logical_id, name, path, managed_policy_arns } = group;
    texts([logical_id, logical_id, name, path]) + texts(managed_policy_arns)
}

fn user(user: &User) -> usize {
    let User { logical_id, name, path, permissions_boundary, tags } = user;
    texts([logical_id, name, path]) + texts(permissions_boundary) + self::tags(tags)
}

fn tags(tags: &[(String, String)]) -> usize {
    tags.iter().map(|(key, value)| texts([key, value])).sum()
}

fn texts<'a>(texts: impl IntoIterator<Item = &'a String>) -> usize {
    texts.into_iter().map(|text| most_bytes::of_text(text)).sum()
}

/// Counts the bytes that are written to it.
struct Count(usize);

impl fmt::Write for Count {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use iamc_model::PrincipalKind;
    use proptest::prelude::*;

    use super::*;
    use crate::testing::Case;

    proptest! {
        #[test]
        fn no_template_has_more(text in ".{0,80}", count in 0..8_usize) {
            let mut case = Case::default();
            let texts: Vec<String> = (0..count).map(|at| format!("{text}{at}")).collect();
            let strs: Vec<&str> = texts.iter().map(String::as_str).collect();
            let read = case.policy("ReadData", &strs, &strs);
            for kind in [PrincipalKind::Engineer, PrincipalKind::Role, PrincipalKind::ServiceUser] {
                case.principal(kind, &format!("Jane{kind:?}"), &[read]);
                strs.iter().for_each(|text| case.tag(text, text));
                strs.iter().for_each(|text| case.attach(text));
                if kind != PrincipalKind::ServiceUser {
                    strs.iter().for_each(|text| case.trust(text));
                }
                let grant = case.grants.principals.last_mut().unwrap();
                grant.permissions_boundary = texts.first().cloned();
                grant.max_session_duration = Some(43_200);
                grant.path = format!("/{text}/");
            }
            for stack in case.stacks().stacks {
                prop_assert!(exactly(&stack) <= at_most(&stack), "{}", stack.principal);
            }
        }
    }

    #[test]
    fn an_ordinary_template_is_far_from_the_limits() {
        let mut case = Case::default();
        let held: Vec<_> = (0..20)
            .map(|at| case.policy(&format!("Read{at}"), &["s3:GetObject"; 8], &["arn:aws:s3:::data/*"; 4]))
            .collect();
        case.engineer("JaneDoe", &held);
        let stack = &case.stacks().stacks[0];
        assert!(at_most(stack) < 3 * exactly(stack), "{} {}", at_most(stack), exactly(stack));
    }
}
