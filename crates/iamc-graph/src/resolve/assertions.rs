//! The names that assertions use.

use iamc_model::{Diagnostic, Project, Spanned, codes};

use super::members::{nearest_or, unknown_group};
use super::names::Names;

/// Reports principals and groups that do not exist.
pub(super) fn check(project: &Project, names: &Names, diagnostics: &mut Vec<Diagnostic>) {
    for assertion in &project.assertions {
        let principals = assertion.who.iter().chain(&assertion.except_who);
        let unknown = principals.filter(|name| !names.principals.holds(name));
        diagnostics.extend(unknown.map(|name| unknown_principal(name, names)));
        let groups = assertion.groups.iter().chain(&assertion.except_groups);
        let unknown = groups.filter(|name| !names.groups.holds(name));
        diagnostics.extend(unknown.map(|name| group_of_assertion(name, names)));
    }
}

fn unknown_principal(name: &Spanned<String>, names: &Names) -> Diagnostic {
    let word = &name.value;
    let help = if names.groups.holds(word) {
        format!("`{word}` is a group: write it in `groups`")
    } else {
        nearest_or(&names.principals, word, "name an engineer, a service user or a role".to_owned())
    };
    let message = format!("there is no engineer, service user or role `{word}`");
    Diagnostic::new(&codes::UNKNOWN_PRINCIPAL, message, name.span, "unknown principal").help(help)
}

fn group_of_assertion(name: &Spanned<String>, names: &Names) -> Diagnostic {
    let report = unknown_group(name, names);
    if names.principals.holds(name) {
        report.help(format!("`{}` is a principal: write it in `who`", name.value))
    } else if names.policies.holds(name) {
        report.help(format!("`{}` is a policy: an assertion names principals and groups", name.value))
    } else {
        report
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, run};

    #[test]
    fn names_that_do_not_exist() {
        let files = "\
--- assertions.toml
[[assert]]
who = ['JaneDo', 'TeamA']
except = { who = ['JaneDoe'], groups = ['TeamB', 'JaneDoe'] }
action = 'iam:*'
expect = 'never'
--- engineers.toml
[engineer]
JaneDoe = []
--- groups/a.toml
[group.TeamA]
";
        let expected = "\
            unknown-principal: 'JaneDo'
            unknown-principal: 'TeamA'
            unknown-group: 'TeamB'
            unknown-group: 'JaneDoe'";
        check(files, expected);
        let helps = "\
did you mean `JaneDoe`?
`TeamA` is a group: write it in `groups`
did you mean `TeamA`?
`JaneDoe` is a principal: write it in `who`";
        assert_eq!(run(files).helps(), helps);
    }
}
