//! Placeholders that are filled before any principal is known: by `for-each` and by `with`.

use std::collections::BTreeMap;

use iamc_model::declaration::Param;
use iamc_model::graph::Filled;
use iamc_model::{Diagnostic, Span, Spanned, Text};

use crate::placeholder::{self, By, Definition, Global};

/// The names that a place can use besides those of principals and of iamc.toml.
pub(super) struct Local {
    by: By,
    values: BTreeMap<String, (Text, Span)>,
}

impl Local {
    /// What an entry of `for-each` gives.
    pub(super) fn of_entry(entry: &[Param]) -> Self {
        let value = |param: &Param| Text::literal(param.value.value.as_str(), param.value.span);
        let values = entry.iter().map(|param| (param.name.value.clone(), (value(param), param.name.span)));
        Self { by: By::ForEach, values: values.collect() }
    }

    /// What the `with` of a policy gives to its template.
    pub(super) fn of_with(values: impl IntoIterator<Item = (Spanned<String>, Text)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.value, (value, name.span)));
        Self { by: By::With, values: values.collect() }
    }
}

/// Fills texts, and keeps what it has filled and what was ambiguous.
pub(super) struct Filler<'a> {
    global: &'a Global<'a>,
    /// What was filled.
    pub(super) filled: Vec<Filled>,
    /// The placeholders that were ambiguous: where there are any, the policy cannot be made.
    pub(super) ambiguous: Vec<Diagnostic>,
}

impl<'a> Filler<'a> {
    /// A filler for the texts of one policy.
    pub(super) fn new(global: &'a Global<'a>) -> Self {
        Self { global, filled: vec![], ambiguous: vec![] }
    }

    /// The text with what `local` gives filled in. What principals or iamc.toml give stays.
    pub(super) fn fill(&mut self, text: &Text, local: &Local) -> Text {
        if text.as_literal().is_some() {
            return text.clone();
        }
        for placeholder in text.placeholders() {
            let value = local.values.get(&placeholder.name);
            let own = value.map(|&(_, span)| Definition { by: local.by, span });
            let mut definitions = own.into_iter().chain(self.global.definitions(&placeholder.name));
            if let (Some(one), Some(other)) = (definitions.next(), definitions.next()) {
                self.ambiguous.push(placeholder::ambiguous(placeholder, one, other));
            }
            if let Some(&(_, by)) = value {
                let placeholder = Spanned::new(placeholder.name.clone(), placeholder.span);
                self.filled.push(Filled { placeholder, by });
            }
        }
        text.substitute(|placeholder| local.values.get(&placeholder.name).map(|(value, _)| value))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[track_caller]
    fn check_with_variable(policies: &str, expected: &str) {
        check(&format!("--- iamc.toml\n[variables]\nx = 'v'\n--- policies/a.toml\n{policies}"), expected);
    }

    #[test]
    fn for_each_and_a_variable() {
        let policy = "\
[policy.'Read{name}']
actions = ['s3:GetObject']
resources = ['arn:aws:s3:::{x}']
for-each = [{ name = 'A', x = 'a' }, { name = 'B', x = 'b' }]
";
        check_with_variable(policy, "ambiguous-placeholder: {x} | x | x");
    }

    #[test]
    fn with_and_a_variable() {
        let policy = "\
[template.T]
parameters = ['x']
actions = ['s3:GetObject']
resources = ['arn:aws:s3:::{x}']
[policy.P]
template = 'T'
with = { x = 'a' }
";
        check_with_variable(policy, "ambiguous-placeholder: {x} | x | x");
    }

    #[test]
    fn the_for_each_is_not_the_templates() {
        let policy = "\
[template.T]
parameters = ['bucket']
actions = ['s3:GetObject']
resources = ['arn:aws:s3:::{bucket}/{x}']
[policy.'P{name}']
template = 'T'
with = { bucket = '{name}' }
for-each = [{ name = 'A', x = 'a' }]
";
        check_with_variable(policy, "");
    }

    #[test]
    fn a_variable_and_a_built_in() {
        let project = "\
--- iamc.toml
[project]
account = '123456789012'
[variables]
account = '210987654321'
--- policies/a.toml
[policy.P]
actions = ['s3:GetObject']
resources = ['arn:aws:s3:::{account}']
";
        check(project, "ambiguous-placeholder: {account} | account");
    }
}
