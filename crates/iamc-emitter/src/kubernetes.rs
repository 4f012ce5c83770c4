//! What an EKS cluster has to know: the ConfigMap aws-auth, and which groups are bound to which roles.

use std::borrow::Cow;
use std::collections::BTreeSet;

use iamc_model::declaration::{Param, PrincipalKind};
use iamc_model::grants::Grant;
use iamc_model::settings::{MapRole, render};
use iamc_model::text::Placeholder;
use iamc_model::{Grants, Settings};

use crate::generated::{BINDINGS, CONFIG_MAP, HEADER};
use crate::stack::{Binding, Kubernetes, Mapping};
use crate::yaml::Yaml;

/// The mappings of whoever holds a Kubernetes group, and the bindings of the groups that are held; none
/// where nobody holds any, or where the account that their ARNs need is not set.
pub(crate) fn kubernetes(settings: &Settings, grants: &Grants) -> Option<Kubernetes> {
    let account = settings.account.as_ref()?.as_str();
    let holders: Vec<_> =
        grants.principals.iter().filter(|grant| !grant.kubernetes_groups.is_empty()).collect();
    if holders.is_empty() {
        return None;
    }
    let (users, roles): (Vec<&Grant>, Vec<&Grant>) =
        holders.iter().partition(|grant| grant.kind == PrincipalKind::ServiceUser);
    let mapping = |grant: &Grant| mapping(settings, account, grant);
    let given = settings.kubernetes.map_roles.iter().filter_map(|entry| given(settings, account, entry));
    Some(Kubernetes {
        roles: given.chain(roles.into_iter().map(mapping)).collect(),
        users: users.into_iter().map(mapping).collect(),
        bindings: bindings(settings, &holders),
    })
}

fn mapping(settings: &Settings, account: &str, grant: &Grant) -> Mapping {
    let identity = match settings.naming.role_name(grant.kind, &grant.name) {
        Some(role) => format!("role/{role}"),
        None => format!("user{}{}", grant.path, grant.name),
    };
    Mapping {
        arn: format!("arn:{}:iam::{account}:{identity}", settings.partition.value),
        username: render(&settings.kubernetes.username, &grant.name, None),
        groups: grant.kubernetes_groups.iter().map(ToString::to_string).collect(),
    }
}

/// An entry of the settings; none where a placeholder of it has nothing to fill it.
pub(crate) fn given(settings: &Settings, account: &str, entry: &MapRole) -> Option<Mapping> {
    let variable =
        |name: &str| settings.variables.iter().find(|Param { name: key, .. }| key.as_str() == name);
    let fill = |placeholder: &Placeholder| match placeholder.name.as_str() {
        "account" => Some(Cow::from(account.to_owned())),
        "partition" => Some(Cow::from(settings.partition.value.clone())),
        name => variable(name).map(|param| Cow::from(param.value.value.clone())),
    };
    Some(Mapping {
        arn: entry.role_arn.fill(fill).ok()?,
        username: entry.username.value.clone(),
        groups: entry.groups.iter().map(|group| group.value.clone()).collect(),
    })
}

fn bindings(settings: &Settings, holders: &[&Grant]) -> Vec<Binding> {
    let held: BTreeSet<&str> =
        holders.iter().flat_map(|grant| grant.kubernetes_groups.iter().map(AsRef::as_ref)).collect();
    let bound = settings.kubernetes.groups.iter().filter(|group| held.contains(group.name.as_str()));
    let mut bindings: Vec<_> = bound
        .map(|group| Binding {
            group: group.name.value.clone(),
            cluster_role: group.cluster_role.value.clone(),
            namespace: group.namespace.as_ref().map(|namespace| namespace.value.clone()),
        })
        .collect();
    bindings.sort_by(|a, b| a.group.cmp(&b.group));
    bindings
}

/// The paths and texts of kubernetes/aws-auth.yaml and kubernetes/bindings.yaml.
pub(crate) fn files(kubernetes: &Kubernetes) -> [(&'static str, String); 2] {
    let documents: Vec<_> =
        kubernetes.bindings.iter().map(|binding| binding_document(binding).to_text()).collect();
    [
        (CONFIG_MAP, HEADER.to_owned() + &config_map(kubernetes).to_text()),
        (BINDINGS, HEADER.to_owned() + &documents.join("---\n")),
    ]
}

/// <https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html>
fn config_map(kubernetes: &Kubernetes) -> Yaml<'_> {
    let metadata = [("name", Yaml::text("aws-auth")), ("namespace", Yaml::text("kube-system"))];
    let data = [
        ("mapRoles", mappings("rolearn", &kubernetes.roles)),
        ("mapUsers", mappings("userarn", &kubernetes.users)),
    ];
    Yaml::map([
        ("apiVersion", Yaml::text("v1")),
        ("kind", Yaml::text("ConfigMap")),
        ("metadata", Yaml::map(metadata)),
        ("data", Yaml::map(data)),
    ])
}

/// A string that is YAML itself.
fn mappings(arn_key: &str, mappings: &[Mapping]) -> Yaml<'static> {
    Yaml::Lines(Yaml::List(mappings.iter().map(|entry| mapping_entry(arn_key, entry)).collect()).to_text())
}

fn mapping_entry<'a>(arn_key: &'a str, mapping: &'a Mapping) -> Yaml<'a> {
    Yaml::map([
        (arn_key, Yaml::text(&mapping.arn)),
        ("username", Yaml::text(&mapping.username)),
        ("groups", Yaml::texts(&mapping.groups)),
    ])
}

/// A binding bears its group's name, prefixed so that it is none of the cluster's own.
fn binding_document(binding: &Binding) -> Yaml<'_> {
    const API_GROUP: &str = "rbac.authorization.k8s.io";
    let kind = if binding.namespace.is_some() { "RoleBinding" } else { "ClusterRoleBinding" };
    let metadata = Yaml::map([("name", Yaml::text(format!("iamc-{}", binding.group)))])
        .with_some("namespace", binding.namespace.as_ref().map(Yaml::text));
    let reference = |kind: &'static str, name| {
        Yaml::map([
            ("apiGroup", Yaml::text(API_GROUP)),
            ("kind", Yaml::text(kind)),
            ("name", Yaml::text(name)),
        ])
    };
    Yaml::map([
        ("apiVersion", Yaml::text(format!("{API_GROUP}/v1"))),
        ("kind", Yaml::text(kind)),
        ("metadata", metadata),
        ("roleRef", reference("ClusterRole", &binding.cluster_role)),
        ("subjects", Yaml::List(vec![reference("Group", &binding.group)])),
    ])
}

#[cfg(test)]
mod tests {
    use iamc_model::settings::KubernetesGroup;
    use iamc_model::text::{Placeholder, Segment};
    use iamc_model::{PrincipalKind, Spanned, Text};

    use super::*;
    use crate::testing::Case;

    fn bind(case: &mut Case, name: &str, namespace: Option<&str>) {
        let name = Spanned::new(name.to_owned(), case.place(name));
        case.settings.kubernetes.groups.push(KubernetesGroup {
            name,
            cluster_role: Spanned::builtin("eng-clusterrole".into()),
            namespace: namespace.map(|namespace| Spanned::builtin(namespace.into())),
        });
    }

    fn map_role(case: &mut Case, literal: &str, placeholder: &str, name: &str) {
        let span = case.place(name);
        let placeholder = Segment::Placeholder(Placeholder { name: placeholder.into(), span });
        let segments =
            vec![Segment::Literal(literal.into()), placeholder, Segment::Literal(format!(":role/{name}"))];
        case.settings.kubernetes.map_roles.push(MapRole {
            role_arn: Text { segments, span },
            username: Spanned::builtin("system:node:{{EC2PrivateDNSName}}".into()),
            groups: vec![Spanned::builtin("system:nodes".into())],
        });
    }

    fn case() -> Case {
        let mut case = Case::default();
        case.settings.account = Some(Spanned::builtin("123456789876".into()));
        bind(&mut case, "viewers", Some("web"));
        bind(&mut case, "eng", None);
        bind(&mut case, "nobody", None);
        case.engineer("JaneDoe", &[]).kubernetes_groups = ["eng".into(), "viewers".into()].into();
        case.engineer("JohnDoe", &[]);
        case
    }

    #[test]
    fn the_whole_config_map() {
        let mut case = case();
        map_role(&mut case, "arn:aws:iam::", "account", "NodeInstanceRole");
        let runner = case.principal(PrincipalKind::Role, "Runner", &[]);
        runner.path = "/ci/".into();
        runner.kubernetes_groups = ["eng".into()].into();
        let web = case.principal(PrincipalKind::ServiceUser, "Web", &[]);
        web.path = "/services/".into();
        web.kubernetes_groups = ["viewers".into()].into();
        let expected = "\
# Generated by iamc
# Not to be edited: change the declarations and run `iamc build`
apiVersion: v1
kind: ConfigMap
metadata:
  name: aws-auth
  namespace: kube-system
data:
  mapRoles: |
    - rolearn: arn:aws:iam::123456789876:role/NodeInstanceRole
      username: \"system:node:{{EC2PrivateDNSName}}\"
      groups:
        - system:nodes
    - rolearn: arn:aws:iam::123456789876:role/PersonalRoleJaneDoe
      username: JaneDoe
      groups:
        - eng
        - viewers
    - rolearn: arn:aws:iam::123456789876:role/Runner
      username: Runner
      groups:
        - eng
  mapUsers: |
    - userarn: arn:aws:iam::123456789876:user/services/Web
      username: Web
      groups:
        - viewers
";
        assert_eq!(case.outputs()["kubernetes/aws-auth.yaml"], expected);
    }

    #[test]
    fn bindings_of_the_groups_that_are_held() {
        let expected = "\
# Generated by iamc
# Not to be edited: change the declarations and run `iamc build`
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: iamc-eng
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: eng-clusterrole
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: eng
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: iamc-viewers
  namespace: web
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: eng-clusterrole
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: viewers
";
        assert_eq!(case().outputs()["kubernetes/bindings.yaml"], expected);
    }

    #[test]
    fn nothing_where_nobody_holds_a_group() {
        let mut case = case();
        case.grants.principals[0].kubernetes_groups = [].into();
        assert!(case.outputs().keys().all(|path| !path.starts_with("kubernetes/")));
    }

    #[test]
    fn a_role_that_is_mapped_twice() {
        let mut case = case();
        map_role(&mut case, "arn:aws:iam::", "account", "personalrolejanedoe");
        case.check(&[("name-clash", "personalrolejanedoe")]);
    }

    #[test]
    fn a_group_that_no_binding_can_bear() {
        let mut case = case();
        bind(&mut case, "a/b", None);
        case.check(&[("invalid-resource-name", "a/b")]);
    }
}
