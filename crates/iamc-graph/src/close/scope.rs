//! What fills a placeholder for one principal.

use std::borrow::Cow;

use iamc_model::declaration::Param;
use iamc_model::graph::Principal;
use iamc_model::name::nearest;
use iamc_model::text::Placeholder;
use iamc_model::{Diagnostic, PrincipalKind, Text, codes};

use crate::placeholder::{self, BUILT_INS, By, Definition, Global};

/// The values of one principal; without a principal those that are the same for everyone.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    global: &'a Global<'a>,
    principal: Option<&'a Principal>,
}

/// Why a placeholder has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing fills it.
    Unfilled,
    /// It is `{account}`, and the settings name none: said once for the whole project.
    NoAccount,
    /// Two definitions fill it.
    Ambiguous(Definition, Definition),
}

impl<'a> Scope<'a> {
    pub(super) fn of(global: &'a Global<'a>, principal: &'a Principal) -> Self {
        Self { global, principal: Some(principal) }
    }

    pub(super) fn of_everyone(global: &'a Global<'a>) -> Self {
        Self { global, principal: None }
    }

    /// What fills `{name}`.
    pub(super) fn value(&self, name: &str) -> Result<Cow<'a, str>, Gap> {
        let own = placeholder::own(self.params(), name).map(definition_of);
        let mut definitions = own.chain(self.global.definitions(name));
        match (definitions.next(), definitions.next()) {
            (Some(one), Some(other)) => Err(Gap::Ambiguous(one, other)),
            (Some(one), None) => self.given(name, one.by),
            (None, _) => Err(Gap::Unfilled),
        }
    }

    fn given(&self, name: &str, by: By) -> Result<Cow<'a, str>, Gap> {
        let param = match by {
            By::BuiltIn => return self.built_in(name),
            By::Variables => self.global.variable(name),
            _ => self.params().iter().find(|param| param.name.value == name),
        };
        param.map(|param| Cow::Borrowed(param.value.as_str())).ok_or(Gap::Unfilled)
    }

    fn built_in(&self, name: &str) -> Result<Cow<'a, str>, Gap> {
        let value = match (name, self.principal) {
            ("account", _) => {
                let account = self.global.settings.account.as_ref().ok_or(Gap::NoAccount)?;
                Some(Cow::Borrowed(account.as_str()))
            }
            ("partition", _) => Some(Cow::Borrowed(self.global.settings.partition.as_str())),
            ("role-name", Some(principal)) => {
                self.global.settings.naming.role_name(principal.kind, &principal.name).map(Cow::Owned)
            }
            (kind, Some(principal)) if kind == principal.kind.key() => Some(Cow::Borrowed(&*principal.name)),
            _ => None,
        };
        value.ok_or(Gap::Unfilled)
    }

    /// What the principal gives for a name that its policy has filled already.
    pub(super) fn rival(&self, name: &str) -> Option<Definition> {
        placeholder::own(self.params(), name).map(definition_of).next()
    }

    fn params(&self) -> &'a [Param] {
        self.principal.map_or(&[], |principal| &principal.params)
    }

    /// The text filled, or everything in it that has no value.
    pub(super) fn fill<'t>(&self, text: &'t Text) -> Result<String, Vec<(&'t Placeholder, Gap)>> {
        let gap =
            |placeholder: &'t Placeholder| self.value(&placeholder.name).err().map(|gap| (placeholder, gap));
        text.fill(|placeholder| self.value(&placeholder.name).ok())
            .map_err(|_| text.placeholders().filter_map(gap).collect())
    }

    /// The report of a placeholder without a value; none where it is the account's.
    pub(super) fn report(&self, placeholder: &Placeholder, gap: Gap) -> Option<Diagnostic> {
        match gap {
            Gap::Unfilled => Some(self.unfilled(placeholder)),
            Gap::NoAccount => None,
            Gap::Ambiguous(one, other) => Some(placeholder::ambiguous(placeholder, one, other)),
        }
    }

    fn unfilled(&self, placeholder: &Placeholder) -> Diagnostic {
        let name = &placeholder.name;
        let message = format!("nothing fills `{{{name}}}`");
        Diagnostic::new(&codes::UNFILLED_PLACEHOLDER, message, placeholder.span, "no value")
            .help(self.unfilled_help(name))
    }

    fn unfilled_help(&self, name: &str) -> String {
        if let Some(kind) = PrincipalKind::ALL.iter().find(|kind| kind.key() == name) {
            return format!(
                "`{{{name}}}` is the name of {}, and has no value for others",
                with_article(*kind)
            );
        }
        if name == "role-name" {
            return "a service user has no role: `{role-name}` is for engineers and roles".to_owned();
        }
        let params =
            self.params().iter().chain(&self.global.settings.variables).map(|param| param.name.as_str());
        match nearest(name, params.chain(BUILT_INS)) {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None if self.principal.is_none() => {
                format!("write `{name} = \"…\"` under `[variables]` in iamc.toml")
            }
            None => format!(
                "give the principal `params = {{ {name} = \"…\" }}`, or everyone `{name} = \"…\"` under \
                 `[variables]` in iamc.toml"
            ),
        }
    }
}

fn definition_of(param: &Param) -> Definition {
    Definition { by: By::Principal, span: param.name.span }
}

fn with_article(kind: PrincipalKind) -> String {
    let article = if kind == PrincipalKind::Engineer { "an" } else { "a" };
    format!("{article} {}", kind.noun())
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, run};

    const POLICY: &str = "\
--- policies/a.toml
[policy.Read]
actions = ['s3:GetObject']
resources = ['arn:aws:s3:::{client}/*', 'arn:aws:s3:::{client}']
";

    #[track_caller]
    fn check_policy(files: &str, expected: &str) {
        check(&format!("{POLICY}{files}"), expected);
    }

    #[test]
    fn one_report_for_a_placeholder_names_whom_it_concerns() {
        let files = "\
--- engineers.toml
[engineer]
A = { policies = ['Read'] }
B = { policies = ['Read'] }
C = { policies = ['Read'], params = { client = 'c' } }
D = { policies = ['Read'] }
E = { policies = ['Read'] }
";
        check_policy(files, "unfilled-placeholder: {client}\n unfilled-placeholder: {client}");
        let label = run(&format!("{POLICY}{files}")).diagnostics[0].labels[0].text.clone();
        assert_eq!(label, "no value for `A`, `B`, `D` and 1 more");
    }

    #[test]
    fn very_many_variables() {
        let (variables, uses): (String, String) =
            (0..5_000).map(|at| (format!("v{at} = 'x{at}'\n"), format!("'arn:{{v{at}}}', "))).unzip();
        let run = run(&format!(
            "--- iamc.toml\n[variables]\n{variables}--- engineers.toml\n[engineer]\nJane = {{ policies = ['Read'] }}\n\
             --- policies/a.toml\n[policy.Read]\nactions = ['s3:GetObject']\nresources = [{uses}]\n"
        ));
        assert_eq!(run.said(&run.diagnostics), "");
        assert_eq!(run.grants.statements[0].resources.patterns.len(), 5_000);
    }

    #[test]
    fn params_and_a_variable() {
        let files = "\
--- engineers.toml
[engineer]
A = { policies = ['Read'], params = { client = 'c' } }
--- iamc.toml
[variables]
client = 'v'
";
        let both = "ambiguous-placeholder: {client} | client | client";
        check_policy(files, &format!("{both}\n{both}"));
    }

    #[test]
    fn params_and_with() {
        let files = "\
--- engineers.toml
[engineer]
A = { policies = ['Read'], params = { client = 'c' } }
--- policies/a.toml
[template.T]
parameters = ['client']
actions = ['s3:GetObject']
resources = ['arn:aws:s3:::{client}/*']
[policy.Read]
template = 'T'
with = { client = 'acme' }
";
        check(files, "ambiguous-placeholder: {client} | client | client");
    }

    #[test]
    fn built_ins_of_another_kind() {
        let files = "\
--- iamc.toml
[project]
account = '123456789012'
--- policies/a.toml
[policy.Read]
actions = ['s3:GetObject']
resources = ['arn:{partition}:s3:::{account}/{engineer}/{role-name}']
--- engineers.toml
[engineer]
Jane = { policies = ['Read'] }
--- service-users.toml
[service-user.Web]
policies = ['Read']
";
        check(files, "unfilled-placeholder: {engineer}\n unfilled-placeholder: {role-name}");
        let resources = &run(files).grants.statements[0].resources.patterns;
        assert_eq!(resources, &["arn:aws:s3:::123456789012/Jane/PersonalRoleJane"]);
    }

    #[test]
    fn attributes_and_map_roles() {
        let files = "\
--- engineers.toml
[engineer.Jane]
tags = { a = '{cost}' }
permissions-boundary = 'arn:aws:iam::123456789012:policy/{boundary}'
--- iamc.toml
[engineer-defaults]
trust = [{ service = '{service}.amazonaws.com' }]
[[kubernetes.map-role]]
role-arn = 'arn:aws:iam::123456789012:role/{node}'
username = 'node'
groups = ['nodes']
";
        let expected = "\
            unfilled-placeholder: {cost}
            unfilled-placeholder: {boundary}
            unfilled-placeholder: {service}
            unfilled-placeholder: {node}";
        check(files, expected);
    }
}
