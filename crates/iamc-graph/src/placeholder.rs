//! What can fill a placeholder, and the report where two things do.

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

/// The variable and the built-in of a name: what fills it for everyone.
pub(crate) fn global<'a>(settings: &'a Settings, name: &'a str) -> impl Iterator<Item = Definition> + 'a {
    let variables = settings.variables.iter().filter(move |variable| variable.name.value == name);
    let variables = variables.map(|variable| Definition { by: By::Variables, span: variable.name.span });
    let built_in = BUILT_INS.contains(&name).then_some(Definition { by: By::BuiltIn, span: Span::BUILTIN });
    variables.chain(built_in)
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
