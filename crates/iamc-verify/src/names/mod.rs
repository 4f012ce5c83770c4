//! Names of resources and stacks, made of the settings' patterns.

mod policy;

use iamc_model::graph::Principal;
use iamc_model::text::Segment;
use iamc_model::{PrincipalKind, Settings, Text};

pub(crate) use policy::{MISC, PolicyName, category};

/// A pattern with `{category}` filled, and any other placeholder by the principal's name.
fn fill(pattern: &Text, principal: &Principal, category: &str) -> String {
    fill_with(pattern, &principal.name, category)
}

fn fill_with(pattern: &Text, principal: &str, category: &str) -> String {
    let part = |segment: &Segment| match segment {
        Segment::Literal(literal) => literal.clone(),
        Segment::Placeholder(placeholder) if placeholder.name == "category" => category.to_owned(),
        Segment::Placeholder(_) => principal.to_owned(),
    };
    pattern.segments.iter().map(part).collect()
}

/// The IAM role; a service user has none.
pub(crate) fn role(settings: &Settings, principal: &Principal) -> Option<String> {
    match principal.kind {
        PrincipalKind::Engineer => Some(fill(&settings.naming.engineer_role, principal, "")),
        PrincipalKind::ServiceUser => None,
        PrincipalKind::Role => Some(principal.name.to_string()),
    }
}

/// The instance profile of an engineer.
pub(crate) fn instance_profile(settings: &Settings, principal: &Principal) -> String {
    fill(&settings.naming.engineer_instance_profile, principal, "")
}

/// The group of a service user.
pub(crate) fn group(settings: &Settings, principal: &Principal) -> String {
    fill(&settings.naming.service_user_group, principal, "")
}

/// The stack: a `-` stands for each character of the principal's name that a stack's name cannot have.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-using-console-create-stack-parameters.html>
pub(crate) fn stack(settings: &Settings, principal: &Principal) -> String {
    let naming = &settings.naming;
    let pattern = match principal.kind {
        PrincipalKind::Engineer => &naming.engineer_stack,
        PrincipalKind::ServiceUser => &naming.service_user_stack,
        PrincipalKind::Role => &naming.role_stack,
    };
    let fitting = principal.name.replace(|character: char| !character.is_ascii_alphanumeric(), "-");
    fill_with(pattern, &fitting, "")
}

/// The user name in the cluster.
pub(crate) fn kubernetes_username(settings: &Settings, principal: &Principal) -> String {
    fill(&settings.kubernetes.username, principal, "")
}

/// The template below out/.
pub(crate) fn template(principal: &Principal) -> String {
    let folder = match principal.kind {
        PrincipalKind::Engineer => "engineers",
        PrincipalKind::ServiceUser => "service-users",
        PrincipalKind::Role => "roles",
    };
    format!("{folder}/{}.yaml", principal.name)
}

/// A name without what is not a letter or digit.
pub(crate) fn logical_id(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}
