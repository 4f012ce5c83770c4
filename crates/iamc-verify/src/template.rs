//! What the resources of a template have to be, managed policies aside.

use iamc_model::declaration::TrustDecl;
use iamc_model::settings::Limits;
use iamc_model::{Operator, PrincipalKind};

use crate::names::{self, logical_id};
use crate::source::{Holder, trust_conditions};
use crate::statement::Conditions;
use crate::want::{More, Want};

/// Managed policies that an IAM group can have; AWS does not raise it.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
const POLICIES_PER_GROUP: usize = 10;

/// A resource of a template.
#[derive(Debug)]
pub(crate) struct Resource {
    pub(crate) logical_id: String,
    pub(crate) want: Want,
}

/// The resources of a principal beside the managed policies, which have these logical ids.
pub(crate) fn resources(holder: &Holder<'_>, policies: &[String]) -> Vec<Resource> {
    let (settings, principal) = (holder.settings, holder.principal);
    match principal.kind {
        PrincipalKind::Engineer => {
            let name = names::role(settings, principal).unwrap_or_default();
            let id = logical_id(&name);
            vec![role(holder, name, policies), instance_profile(holder, id)]
        }
        PrincipalKind::Role => vec![role(holder, principal.name.to_string(), policies)],
        PrincipalKind::ServiceUser => vec![group(holder, policies), user(holder)],
    }
}

/// How many managed policies can be attached to a principal.
pub(crate) fn most_policies(limits: &Limits, kind: PrincipalKind) -> usize {
    match kind {
        PrincipalKind::Engineer | PrincipalKind::Role => limits.managed_policies_per_role.value as usize,
        PrincipalKind::ServiceUser => POLICIES_PER_GROUP,
    }
}

fn resource(kind: &str, name: &str, properties: Want) -> Resource {
    let want = Want::map([("Type", Want::text(kind)), ("Properties", properties)]);
    Resource { logical_id: logical_id(name), want }
}

fn role(holder: &Holder<'_>, name: String, policies: &[String]) -> Resource {
    let attributes = &holder.principal.attributes;
    let seconds = attributes.max_session_duration.as_ref().map(|seconds| Want::Number(seconds.value));
    let properties = Want::map([
        ("RoleName", Want::text(&name)),
        ("Path", Want::text(holder.path())),
        ("AssumeRolePolicyDocument", trust(holder)),
        ("ManagedPolicyArns", attached(holder, policies)),
        ("Tags", tags(holder)),
    ])
    .with_some("PermissionsBoundary", boundary(holder))
    .with_some("MaxSessionDuration", seconds);
    resource("AWS::IAM::Role", &name, properties)
}

fn instance_profile(holder: &Holder<'_>, role: String) -> Resource {
    let name = names::instance_profile(holder.settings, holder.principal);
    let properties = Want::map([
        ("InstanceProfileName", Want::text(&name)),
        ("Path", Want::text(holder.path())),
        ("Roles", Want::List(vec![Want::Ref(role)], More::Widens)),
    ]);
    resource("AWS::IAM::InstanceProfile", &name, properties)
}

fn group(holder: &Holder<'_>, policies: &[String]) -> Resource {
    let name = names::group(holder.settings, holder.principal);
    let properties =
        Want::map([("GroupName", Want::text(&name)), ("ManagedPolicyArns", attached(holder, policies))])
            .with_some("Path", path_of_user(holder));
    resource("AWS::IAM::Group", &name, properties)
}

fn user(holder: &Holder<'_>) -> Resource {
    let group = logical_id(&names::group(holder.settings, holder.principal));
    let properties = Want::map([
        ("UserName", Want::text(&*holder.principal.name)),
        ("Groups", Want::List(vec![Want::Ref(group)], More::Widens)),
        ("Tags", tags(holder)),
    ])
    .with_some("Path", path_of_user(holder))
    .with_some("PermissionsBoundary", boundary(holder));
    resource("AWS::IAM::User", &holder.principal.name, properties)
}

/// Users and groups have a path only where it is not `/`.
fn path_of_user(holder: &Holder<'_>) -> Option<Want> {
    (holder.path() != "/").then(|| Want::text(holder.path()))
}

fn boundary(holder: &Holder<'_>) -> Option<Want> {
    let boundary = holder.principal.attributes.permissions_boundary.as_ref()?;
    Some(Want::Text(holder.fill().text(boundary)))
}

/// What the source attaches, and all managed policies of the stack.
fn attached(holder: &Holder<'_>, policies: &[String]) -> Want {
    let arns = holder.attached_arns();
    let own = policies.iter().cloned().map(Want::Ref);
    Want::List(arns.into_iter().map(Want::Text).chain(own).collect(), More::Widens)
}

fn tags(holder: &Holder<'_>) -> Want {
    let fill = holder.fill();
    let tags = holder.principal.attributes.tags.iter().map(|tag| {
        Want::map([("Key", Want::text(&tag.key.value)), ("Value", Want::Text(fill.text(&tag.value)))])
    });
    Want::List(tags.collect(), More::Differs)
}

fn trust(holder: &Holder<'_>) -> Want {
    let entries = holder.principal.attributes.trust.iter().flatten();
    let statements = entries.map(|entry| trust_statement(holder, entry)).collect();
    Want::map([("Version", Want::text("2012-10-17")), ("Statement", Want::List(statements, More::Widens))])
}

fn trust_statement(holder: &Holder<'_>, entry: &TrustDecl) -> Want {
    let fill = holder.fill();
    let principals = distinct(entry.principals.iter().map(|text| fill.text(text)));
    let actions = distinct(entry.actions.iter().map(|action| action.value.clone()));
    let trusted = vec![(entry.kind.iam_key().into(), principals)];
    Want::map([
        ("Principal", Want::Map(trusted, More::Widens)),
        ("Effect", Want::text("Allow")),
        ("Action", actions),
        ("Condition", condition(trust_conditions(&entry.conditions, fill))),
    ])
}

fn distinct(texts: impl Iterator<Item = String>) -> Want {
    let mut texts: Vec<String> = texts.collect();
    texts.sort();
    texts.dedup();
    Want::texts(texts, More::Widens)
}

/// One condition more narrows; one alternative more widens, but where none of them may match.
fn condition(conditions: Conditions) -> Want {
    let operators = conditions.into_iter().map(|(operator, keys)| {
        let negated = operator.parse::<Operator>().is_ok_and(|operator| operator.base.is_negated());
        let more = if negated { More::Narrows } else { More::Widens };
        let keys = keys.into_iter().map(|(key, values)| (key.into(), Want::texts(values, more)));
        (operator.into(), Want::Map(keys.collect(), More::Narrows))
    });
    Want::Map(operators.collect(), More::Narrows)
}
