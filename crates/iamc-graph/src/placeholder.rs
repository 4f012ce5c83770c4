//! What can fill a placeholder, and the report where two things do.

use std::collections::BTreeMap;

use iamc_model::declaration::Param;
use iamc_model::text::Placeholder;
use iamc_model::{Diagnostic, Settings, Span, codes};

/// The names that iamc itself fills; no other definition of one is taken silently.
pub(crate) const BUILT_INS: [&str; 6] =
    ["account", "partition", "engineer", "service-user", "role", "role-name"];

/// Something that fills a placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Definition {
    pub(crate) by: By,
    /// Where the name is given; built-in for what iamc itself gives.
    pub(crate) span: Span,
}

/// Who gives a placeholder's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum By {
    With,
    ForEach,
    /// A policy's `with` or `for-each`, where it is no longer known which.
    Policy,
    /// The principal's `params` or its `for-each` entry.
    Principal,
    Variables,
    BuiltIn,
}

impl By {
    fn noun(self) -> &'static str {
        match self {
            Self::With => "the policy's `with`",
            Self::ForEach => "the policy's `for-each`",
            Self::Policy => "the policy",
            Self::Principal => "the principal's own values",
            Self::Variables => "`[variables]`",
            Self::BuiltIn => "iamc itself",
        }
    }
}

/// What fills placeholders for everyone.
pub(crate) struct Global<'a> {
    pub(crate) settings: &'a Settings,
    variables: BTreeMap<&'a str, &'a Param>,
}

impl<'a> Global<'a> {
    pub(crate) fn new(settings: &'a Settings) -> Self {
        let variables = settings.variables.iter().map(|variable| (variable.name.as_str(), variable));
        Self { settings, variables: variables.collect() }
    }

    /// The variable of a name.
    pub(crate) fn variable(&self, name: &str) -> Option<&'a Param> {
        self.variables.get(name).copied()
    }

    /// The variable and the built-in of a name.
    pub(crate) fn definitions(&self, name: &str) -> impl Iterator<Item = Definition> + use<> {
        let variable = self.variable(name);
        let variable = variable.map(|variable| Definition { by: By::Variables, span: variable.name.span });
        let is_built_in = BUILT_INS.contains(&name);
        let built_in = is_built_in.then_some(Definition { by: By::BuiltIn, span: Span::BUILTIN });
        variable.into_iter().chain(built_in)
    }
}

/// The values that a principal gives for a name: more than one is ambiguous.
pub(crate) fn own<'a>(params: &'a [Param], name: &'a str) -> impl Iterator<Item = &'a Param> {
    params.iter().filter(move |param| param.name.value == name)
}

/// `ambiguous-placeholder` with the places of both definitions.
pub(crate) fn ambiguous(placeholder: &Placeholder, one: Definition, other: Definition) -> Diagnostic {
    let name = &placeholder.name;
    let message = format!("`{{{name}}}` is filled by {} and by {}", one.by.noun(), other.by.noun());
    let help = match (one.by, other.by) {
        (_, By::BuiltIn) => format!("`{{{name}}}` is built in: give your own value another name"),
        _ => format!("give one of the two another name than `{name}`"),
    };
    Diagnostic::new(&codes::AMBIGUOUS_PLACEHOLDER, message, placeholder.span, "which of the two is meant?")
        .also(one.span, format!("given by {}", one.by.noun()))
        .also(other.span, format!("given by {}", other.by.noun()))
        .help(help)
}
