//! Placeholders and their values.

use std::borrow::Cow;

use iamc_model::graph::Principal;
use iamc_model::text::Segment;
use iamc_model::{Settings, Text};

use crate::names;

/// What fills placeholders for a principal, or for everyone. No name has two values in a project
/// without errors, so that their order does not matter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fill<'a> {
    settings: &'a Settings,
    principal: Option<&'a Principal>,
}

impl<'a> Fill<'a> {
    /// For one principal.
    pub(crate) fn of(settings: &'a Settings, principal: &'a Principal) -> Self {
        Self { settings, principal: Some(principal) }
    }

    /// For what belongs to nobody.
    pub(crate) fn of_everyone(settings: &'a Settings) -> Self {
        Self { settings, principal: None }
    }

    /// A text with its placeholders filled; one that nothing fills stays as it is written.
    pub(crate) fn text(&self, text: &Text) -> String {
        text.segments.iter().map(|segment| self.segment(segment)).collect()
    }

    fn segment<'t>(&'t self, segment: &'t Segment) -> Cow<'t, str> {
        match segment {
            Segment::Literal(literal) => Cow::Borrowed(literal),
            Segment::Placeholder(placeholder) => {
                self.value(&placeholder.name).unwrap_or_else(|| format!("{{{}}}", placeholder.name).into())
            }
        }
    }

    fn value(&self, name: &str) -> Option<Cow<'a, str>> {
        self.given(name).or_else(|| self.built_in(name))
    }

    fn given(&self, name: &str) -> Option<Cow<'a, str>> {
        let params = self.principal.map_or(&[][..], |principal| &principal.params);
        let mut all = params.iter().chain(&self.settings.variables);
        all.find(|param| param.name.value == name).map(|param| Cow::Borrowed(param.value.as_str()))
    }

    fn built_in(&self, name: &str) -> Option<Cow<'a, str>> {
        match (name, self.principal) {
            ("account", _) => self.settings.account.as_ref().map(|account| Cow::Borrowed(account.as_str())),
            ("partition", _) => Some(Cow::Borrowed(&self.settings.partition.value)),
            ("role-name", Some(principal)) => names::role(self.settings, principal).map(Cow::Owned),
            (kind, Some(principal)) => {
                (kind == principal.kind.key()).then_some(Cow::Borrowed(&principal.name))
            }
            _ => None,
        }
    }
}
