//! Principals: each with its `for-each` expanded and its defaults applied.

use std::collections::BTreeMap;
use std::sync::Arc;

use iamc_model::declaration::{Attributes, PrincipalDecl, Tag};
use iamc_model::graph::{Edge, GroupId, PolicyId, Principal};
use iamc_model::name::is_principal_name;
use iamc_model::{Diagnostic, PrincipalKind, Project, codes};
use rayon::prelude::*;

use super::for_each::{self, Entry, Expanded, Header};
use super::members::Unknown;
use super::names::{self, Named, Names, Table};
use super::{is_principal, members};

/// The principals, sorted by name, and the table of their names.
pub(super) fn resolve(
    project: &Project,
    names: &Names,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Principal>, Table<()>) {
    let Expanded { declared, mut broken } =
        for_each::expand(project.principals.iter().map(header), diagnostics);
    let declared = names::unique(declared, "principal", true, diagnostics);
    let mut made = merge_all(project, names, diagnostics);
    let mut principals = Vec::with_capacity(declared.len());
    for Named { name, item: (index, entry), .. } in declared {
        let declaration = &project.principals[index];
        let shared = match declaration.for_each {
            Some(_) => made[index].clone(),
            None => made[index].take(),
        };
        match shared {
            Some(shared) => principals.push(shared.expand(&name, entry, declaration)),
            None => broken.push(name.into_owned()),
        }
    }
    let known = principals.iter().map(|principal| (Arc::clone(&principal.name), ()));
    let table = Table::new(known).with_broken(broken).with_unreadable(project, is_principal);
    (principals, table)
}

fn header(principal: &PrincipalDecl) -> Header<'_> {
    Header {
        name: &principal.name,
        for_each: principal.for_each.as_deref(),
        noun: principal.kind.noun(),
        is_name: is_principal_name,
        syntax: "a letter and then up to 63 letters, digits, `_` or `-`",
    }
}

/// What the expansions of one declaration share.
#[derive(Clone)]
struct Shared {
    groups: Vec<Edge<GroupId>>,
    policies: Vec<Edge<PolicyId>>,
    attributes: Attributes,
}

/// The declarations with their defaults, none where one cannot be a principal.
fn merge_all(project: &Project, names: &Names, diagnostics: &mut Vec<Diagnostic>) -> Vec<Option<Shared>> {
    let mut unknown = Vec::new();
    let defaults = PrincipalKind::ALL.map(|kind| {
        let attributes = project.settings.defaults(kind);
        let groups = attributes.groups.as_deref().unwrap_or_default();
        let policies = attributes.policies.as_deref().unwrap_or_default();
        Shared {
            groups: members::groups(groups, names, &mut unknown),
            policies: members::policies(policies, names, &mut unknown),
            attributes: attributes.clone(),
        }
    });
    diagnostics.extend(unknown.iter().map(|unknown| unknown.report(names)));
    let merge = |decl| merge(decl, &defaults[decl.kind as usize], names);
    let merged: Vec<Merged<'_>> = project.principals.par_iter().map(merge).collect();
    merged.into_iter().map(|merged| merged.judge(names, diagnostics)).collect()
}

/// A declaration over its defaults, and what is wrong with it.
struct Merged<'a> {
    shared: Shared,
    unknown: Vec<Unknown<'a>>,
    /// Where there is any, the declaration cannot be a principal.
    twice: Vec<Diagnostic>,
}

impl Merged<'_> {
    fn judge(self, names: &Names, diagnostics: &mut Vec<Diagnostic>) -> Option<Shared> {
        let is_sound = self.twice.is_empty();
        diagnostics.extend(self.unknown.iter().map(|unknown| unknown.report(names)));
        diagnostics.extend(self.twice);
        is_sound.then_some(self.shared)
    }
}

/// A declaration over its defaults. What it gives takes their place; tags and `managed-policy-arns`
/// are united with theirs.
fn merge<'a>(decl: &'a PrincipalDecl, defaults: &Shared, names: &Names) -> Merged<'a> {
    let (own, general) = (&decl.attributes, &defaults.attributes);
    let mut unknown = Vec::new();
    let groups = own.groups.as_deref().map(|groups| members::groups(groups, names, &mut unknown));
    let policies = own.policies.as_deref().map(|policies| members::policies(policies, names, &mut unknown));
    let attributes = Attributes {
        description: own.description.clone().or_else(|| general.description.clone()),
        groups: None,
        policies: None,
        params: own.params.clone().or_else(|| general.params.clone()),
        tags: general.tags.iter().chain(&own.tags).cloned().collect(),
        managed_policy_arns: general
            .managed_policy_arns
            .iter()
            .chain(&own.managed_policy_arns)
            .cloned()
            .collect(),
        permissions_boundary: own
            .permissions_boundary
            .clone()
            .or_else(|| general.permissions_boundary.clone()),
        path: own.path.clone().or_else(|| general.path.clone()),
        max_session_duration: own.max_session_duration.or(general.max_session_duration),
        trust: own.trust.clone().or_else(|| general.trust.clone()),
        silence: own.silence.clone().or_else(|| general.silence.clone()),
    };
    let shared = Shared {
        groups: groups.unwrap_or_else(|| defaults.groups.clone()),
        policies: policies.unwrap_or_else(|| defaults.policies.clone()),
        attributes,
    };
    Merged { shared, unknown, twice: tagged_twice(&own.tags, &general.tags) }
}

fn tagged_twice(own: &[Tag], general: &[Tag]) -> Vec<Diagnostic> {
    let keys: BTreeMap<String, &Tag> = general.iter().map(|tag| (tag.key.to_lowercase(), tag)).collect();
    let twice = own.iter().filter_map(|own| Some((own, *keys.get(&own.key.to_lowercase())?)));
    twice.map(|(own, general)| duplicate_tag(own, general)).collect()
}

fn duplicate_tag(own: &Tag, general: &Tag) -> Diagnostic {
    let message = format!("the tag `{}` is given by the defaults, too", own.key.value);
    Diagnostic::new(&codes::DUPLICATE_TAG, message, own.key.span, "given again here")
        .also(general.key.span, "given by the defaults")
        .help("keep one of the two: tags are united, and their keys are the same whatever their case")
}

impl Shared {
    fn expand(self, name: &str, entry: Entry<'_>, decl: &PrincipalDecl) -> Principal {
        let Self { groups, policies, mut attributes } = self;
        let params = attributes.params.take().into_iter().flatten();
        Principal {
            kind: decl.kind,
            name: Arc::from(name),
            span: decl.name.span,
            groups,
            policies,
            params: entry.iter().cloned().chain(params).collect(),
            attributes,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, run};

    #[test]
    fn names_that_differ_in_case() {
        let files = "\
--- engineers.toml
[engineer]
Deploy = []
--- roles.toml
[role.deploy]
trust = [{ service = 'ec2.amazonaws.com' }]
";
        check(files, "duplicate-definition: deploy | Deploy");
    }

    #[test]
    fn trust_is_replaced() {
        let run = run("\
--- iamc.toml
[role-defaults]
trust = [{ service = 'ec2.amazonaws.com' }]
--- roles.toml
[role.A]
[role.B]
trust = [{ service = ['b.amazonaws.com', 'a.amazonaws.com'] }]
");
        let trusted: Vec<&[String]> =
            run.grants.principals.iter().map(|principal| &principal.trust[0].principals[..]).collect();
        assert_eq!(trusted, [&["ec2.amazonaws.com"][..], &["a.amazonaws.com", "b.amazonaws.com"]]);
    }

    #[test]
    fn tags_are_united() {
        let defaults = "--- iamc.toml\n[engineer-defaults]\ntags = { team = 'a', b = 'c' }\n";
        let twice = format!("{defaults}--- engineers.toml\n[engineer.JaneDoe]\ntags = {{ Team = 'b' }}");
        check(&twice, "duplicate-tag: Team | team");
        let accents = defaults.replace("team", "'équipe'");
        let twice = format!("{accents}--- engineers.toml\n[engineer.JaneDoe]\ntags = {{ 'Équipe' = 'b' }}");
        check(&twice, "duplicate-tag: 'Équipe' | 'équipe'");
        let united = run(&format!("{defaults}--- engineers.toml\n[engineer.JaneDoe]\ntags = {{ a = 'b' }}"));
        let keys: Vec<&str> = united.grants.principals[0].tags.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["a", "b", "team"]);
    }

    #[test]
    fn defaults_are_replaced_and_their_members_named_once() {
        let files = "\
--- engineers.toml
[engineer]
JaneDoe = []
JohnDoe = {}
MaryMajor = {}
--- groups/a.toml
[group.Base]
--- iamc.toml
[engineer-defaults]
groups = ['Base', 'Nothing']
";
        check(files, "unknown-group: 'Nothing'");
        let held: Vec<usize> =
            run(files).graph.principals.iter().map(|principal| principal.groups.len()).collect();
        assert_eq!(held, [0, 1, 1]);
    }

    #[test]
    fn for_each_entries_are_params() {
        let files = "\
--- service-users.toml
[service-user.'Etl{name}']
tags = { client = '{client}-{stage}' }
params = { stage = 'prod' }
for-each = [{ name = 'Tcm', client = 'tcm' }, { name = 'Abc', client = 'abc' }]
";
        let run = run(files);
        let tags: Vec<(&str, &str)> = run
            .grants
            .principals
            .iter()
            .map(|principal| (&*principal.name, principal.tags[0].1.as_str()))
            .collect();
        assert_eq!(tags, [("EtlAbc", "abc-prod"), ("EtlTcm", "tcm-prod")]);
    }
}
