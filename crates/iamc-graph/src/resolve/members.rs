//! Names in `policies` and `groups` to edges.

use iamc_model::declaration::Member;
use iamc_model::graph::{Edge, GroupId, PolicyId};
use iamc_model::{Diagnostic, Spanned, codes};

use super::names::{Names, Referent, Table};

/// A name that nothing is declared under.
pub(super) enum Unknown<'a> {
    /// In `policies`.
    Policy(&'a Spanned<String>),
    /// In `groups`.
    Group(&'a Spanned<String>),
}

impl Unknown<'_> {
    /// What is said of it, which is asked for in the order of the files.
    pub(super) fn report(&self, names: &Names) -> Diagnostic {
        match self {
            Self::Policy(name) => unknown_policy(name, names),
            Self::Group(name) => unknown_group(name, names),
        }
    }
}

/// The edges of `policies = [...]`.
pub(super) fn policies<'a>(
    members: &'a [Member],
    names: &Names,
    unknown: &mut Vec<Unknown<'a>>,
) -> Vec<Edge<PolicyId>> {
    edges(members, &names.policies, Unknown::Policy, unknown)
}

/// The edges of `groups = [...]`.
pub(super) fn groups<'a>(
    members: &'a [Member],
    names: &Names,
    unknown: &mut Vec<Unknown<'a>>,
) -> Vec<Edge<GroupId>> {
    edges(members, &names.groups, Unknown::Group, unknown)
}

fn edges<'a, Id: Copy>(
    members: &'a [Member],
    table: &Table<Id>,
    as_unknown: fn(&'a Spanned<String>) -> Unknown<'a>,
    unknown: &mut Vec<Unknown<'a>>,
) -> Vec<Edge<Id>> {
    let mut edges = Vec::with_capacity(members.len());
    for member in members {
        match table.get(&member.name) {
            Referent::Known(to) => edges.push(edge(member, to)),
            Referent::Broken => {}
            Referent::Unknown => unknown.push(as_unknown(&member.name)),
        }
    }
    edges
}

fn edge<Id>(member: &Member, to: Id) -> Edge<Id> {
    Edge {
        to,
        until: member.until.as_ref().map(|until| until.value),
        until_span: member.until.as_ref().map(|until| until.span),
        reason: member.reason.as_ref().map(|reason| reason.value.clone()),
        span: member.name.span,
    }
}

/// `unknown-policy`.
pub(super) fn unknown_policy(name: &Spanned<String>, names: &Names) -> Diagnostic {
    let word = &name.value;
    let help = if names.groups.holds(word) {
        format!("`{word}` is a group: write it in `groups`")
    } else if names.templates.holds(word) {
        format!("`{word}` is a template: make a policy of it and write that policy here")
    } else {
        nearest_or(&names.policies, word, format!("declare `[policy.{word}]` in a file under policies/"))
    };
    Diagnostic::new(
        &codes::UNKNOWN_POLICY,
        format!("there is no policy `{word}`"),
        name.span,
        "unknown policy",
    )
    .help(help)
}

/// `unknown-group`.
pub(super) fn unknown_group(name: &Spanned<String>, names: &Names) -> Diagnostic {
    let word = &name.value;
    let help = if names.policies.holds(word) {
        format!("`{word}` is a policy: write it in `policies`")
    } else {
        nearest_or(&names.groups, word, format!("declare `[group.{word}]` in a file under groups/"))
    };
    Diagnostic::new(&codes::UNKNOWN_GROUP, format!("there is no group `{word}`"), name.span, "unknown group")
        .help(help)
}

/// The help that names the nearest, or another.
pub(super) fn nearest_or<Id: Copy>(table: &Table<Id>, word: &str, otherwise: String) -> String {
    table.nearest(word).map_or(otherwise, |near| format!("did you mean `{near}`?"))
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, run};

    #[test]
    fn names_that_do_not_exist() {
        let files = "\
--- engineers.toml
[engineer]
JaneDoe = { groups = ['TaemA', 'ReadData'], policies = ['ReadDta', 'TeamA', 'S3Read', 'Zzz'] }
--- groups/a.toml
[group.TeamA]
--- policies/a.toml
[policy.ReadData]
actions = ['s3:GetObject']
resources = ['*']
[template.S3Read]
parameters = []
actions = ['s3:GetObject']
resources = ['*']
";
        let expected = "\
            unknown-group: 'TaemA'
            unknown-group: 'ReadData'
            unknown-policy: 'ReadDta'
            unknown-policy: 'TeamA'
            unknown-policy: 'S3Read'
            unknown-policy: 'Zzz'";
        check(files, expected);
        let helps = "\
did you mean `TeamA`?
`ReadData` is a policy: write it in `policies`
did you mean `ReadData`?
`TeamA` is a group: write it in `groups`
`S3Read` is a template: make a policy of it and write that policy here
declare `[policy.Zzz]` in a file under policies/";
        assert_eq!(run(files).helps(), helps);
    }

    #[test]
    fn what_could_not_be_read_is_not_unknown() {
        let files = "\
--- engineers.toml
[engineer]
JaneDoe = { policies = ['Broken', 'MadeSales'], groups = ['Odd'] }
--- groups/a.toml
[group.Odd]
polices = []
--- policies/a.toml
[policy.Broken]
actions = ['s3:GetObject']
resources = ['data']
[policy.'Made{name}']
template = 'Nothing'
for-each = [{ name = 'Sales' }]
";
        check(files, "unknown-key: polices\n invalid-resource: 'data'\n unknown-template: 'Nothing'");
    }
}
