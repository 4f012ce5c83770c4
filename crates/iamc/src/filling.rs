//! Which text of the source became what a principal has.

use std::borrow::Cow;

use iamc_model::graph::Principal;
use iamc_model::{Settings, Text};

/// What fills the placeholders of a principal's texts. No two of these define one name.
#[derive(Clone, Copy)]
pub(crate) struct Filling<'a> {
    /// The project's.
    pub(crate) settings: &'a Settings,
    /// For whom.
    pub(crate) principal: &'a Principal,
}

impl<'a> Filling<'a> {
    /// The text that becomes `filled` for the principal.
    pub(crate) fn written<'t>(self, texts: &'t [Text], filled: &str) -> Option<&'t Text> {
        let becomes_it = |text: &&Text| {
            text.fill(|placeholder| self.value(&placeholder.name)).is_ok_and(|text| text == filled)
        };
        texts.iter().find(becomes_it)
    }

    /// What a placeholder becomes for the principal.
    pub(crate) fn value(self, name: &str) -> Option<Cow<'a, str>> {
        let Self { settings, principal } = self;
        let mut params = principal.params.iter().chain(&settings.variables);
        match params.find(|param| param.name.value == name) {
            Some(param) => Some(Cow::Borrowed(&param.value.value)),
            None => self.built_in(name),
        }
    }

    /// Whether a placeholder can become another text for another principal.
    pub(crate) fn is_own(self, name: &str) -> bool {
        let is_variable = self.settings.variables.iter().any(|variable| variable.name.value == name);
        !is_variable && !matches!(name, "account" | "partition")
    }

    fn built_in(self, name: &str) -> Option<Cow<'a, str>> {
        let Self { settings, principal } = self;
        match name {
            "account" => settings.account.as_ref().map(|account| Cow::Borrowed(account.value.as_str())),
            "partition" => Some(Cow::Borrowed(&settings.partition.value)),
            "role-name" => settings.naming.role_name(principal.kind, &principal.name).map(Cow::Owned),
            name => (name == principal.kind.key()).then(|| Cow::Borrowed(principal.name.as_ref())),
        }
    }
}
