//! The names that declarations refer to which could not be read.

use iamc_model::project::{DeclKind, Mention};
use iamc_model::{Diagnostic, Project};

use super::members::{unknown_group, unknown_policy};
use super::names::Names;
use super::templates::unknown_template;

/// Reports policies, groups and templates that do not exist.
pub(super) fn check(project: &Project, names: &Names, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.extend(project.mentions.iter().filter_map(|mention| unknown(mention, names)));
}

fn unknown(mention: &Mention, names: &Names) -> Option<Diagnostic> {
    let name = &mention.name;
    match mention.kind {
        DeclKind::Policy => (!names.policies.holds(name)).then(|| unknown_policy(name, names)),
        DeclKind::Group => (!names.groups.holds(name)).then(|| unknown_group(name, names)),
        DeclKind::Template => unknown_template(name, &names.templates),
        DeclKind::Principal(_) | DeclKind::Assert => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, run};

    #[test]
    fn names_in_what_could_not_be_read() {
        let files = "\
--- engineers.toml
[engineer]
Jane = { groups = ['Bad-Name', 'TaemA'], permissions-boundary = 5 }
'jane doe' = ['TeemA', 'Bad.Name']
--- groups/a.toml
[group.TeamA]
policies = ['Odd']
[group.'Bad.Name']
policies = [{ name = 'Od', until = 2027-06-30 }, 'Even', 5]
--- policies/a.toml
[policy.Odd]
template = 'S3Raed'
colour = 'red'
[policy.Even]
template = 'S3Write'
colour = 'red'
[template.S3Read]
actions = ['s3']
resources = ['*']
[template.S3Write]
actions = ['s3']
resources = ['*']
";
        let expected = "\
            unknown-group: 'Bad-Name'
            unknown-group: 'TaemA'
            wrong-type: 5
            invalid-name: 'jane doe'
            unknown-group: 'TeemA'
            invalid-name: 'Bad.Name'
            unknown-policy: 'Od'
            wrong-type: 5
            unknown-template: 'S3Raed'
            unknown-key: colour
            unknown-key: colour
            invalid-action: 's3'
            invalid-action: 's3'";
        check(files, expected);
        let helps = run(files).helps();
        assert!(helps.contains("did you mean `S3Read`?"), "{helps}");
    }
}
