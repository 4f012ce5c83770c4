//! `for-each`: one declaration for each entry, under a name that the entry fills.

use std::borrow::Cow;
use std::collections::BTreeSet;

use iamc_model::declaration::{ForEachEntry, Param};
use iamc_model::name::nearest;
use iamc_model::text::Placeholder;
use iamc_model::{Diagnostic, Span, Text, codes};

use super::names::Named;

/// A declaration that may have a `for-each`.
pub(super) struct Header<'a> {
    pub(super) name: &'a Text,
    pub(super) for_each: Option<&'a [ForEachEntry]>,
    /// `policy`, `role`, …
    pub(super) noun: &'a str,
    /// What a full name has to be.
    pub(super) is_name: fn(&str) -> bool,
    /// The syntax of a full name, for a help.
    pub(super) syntax: &'a str,
}

/// What an entry of `for-each` gives; nothing where there is none.
pub(super) type Entry<'a> = &'a [Param];

/// Which declaration, and which entry of its `for-each`.
pub(super) type Origin<'a> = (usize, Entry<'a>);

/// The full names of several declarations.
pub(super) struct Expanded<'a> {
    pub(super) declared: Vec<Named<'a, Origin<'a>>>,
    /// Names that could not be made, as patterns.
    pub(super) broken: Vec<String>,
}

/// Expands several declarations.
pub(super) fn expand<'a>(
    headers: impl Iterator<Item = Header<'a>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Expanded<'a> {
    let mut all = Expanded { declared: Vec::with_capacity(headers.size_hint().0), broken: vec![] };
    for (index, header) in headers.enumerate() {
        match header.for_each {
            Some(entries) => header.expand(index, entries, &mut all, diagnostics),
            None => all.declared.push(header.named(header.written(), None, (index, &[]))),
        }
    }
    all
}

impl<'a> Header<'a> {
    /// The name without a `for-each`.
    fn written(&self) -> Cow<'a, str> {
        self.name.as_literal().map_or_else(|| self.name.to_string().into(), Cow::Borrowed)
    }

    fn named(&self, name: Cow<'a, str>, entry: Option<Span>, origin: Origin<'a>) -> Named<'a, Origin<'a>> {
        Named { name, span: self.name.span, entry, item: origin }
    }

    /// Adds the full names with their entries, and as patterns those that could not be made.
    fn expand(
        &self,
        index: usize,
        entries: &'a [ForEachEntry],
        all: &mut Expanded<'a>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        diagnostics.extend(self.unfilled(entries));
        let entries = match (self.name.placeholders().next(), entries) {
            (None, [first, second, ..]) => {
                diagnostics.push(self.alike(first, second));
                &entries[..1]
            }
            _ => entries,
        };
        for entry in entries {
            match self.fill(entry) {
                Ok(name) if (self.is_name)(&name) => {
                    all.declared.push(self.named(name.into(), Some(entry.span), (index, &entry.params)));
                }
                Ok(name) => {
                    diagnostics.push(self.invalid(&name, entry));
                    all.broken.push(name);
                }
                Err(_) => all.broken.push(self.name.to_string()),
            }
        }
    }

    fn fill(&self, entry: &ForEachEntry) -> Result<String, Placeholder> {
        self.name
            .fill(|placeholder| given(entry, placeholder).map(|param| Cow::Borrowed(param.value.as_str())))
    }

    /// One report for each placeholder of the name that some entry does not fill.
    fn unfilled(&self, entries: &[ForEachEntry]) -> Vec<Diagnostic> {
        let mut seen = BTreeSet::new();
        let placeholders = self.name.placeholders().filter(|placeholder| seen.insert(&placeholder.name));
        let reports = placeholders.filter_map(|placeholder| {
            let lacking: Vec<&ForEachEntry> =
                entries.iter().filter(|entry| given(entry, placeholder).is_none()).collect();
            (!lacking.is_empty()).then(|| self.unfilled_in(placeholder, &lacking))
        });
        reports.collect()
    }

    fn unfilled_in(&self, placeholder: &Placeholder, lacking: &[&ForEachEntry]) -> Diagnostic {
        let name = &placeholder.name;
        let keys = lacking.iter().flat_map(|entry| &entry.params).map(|param| param.name.value.as_str());
        let help = match nearest(name, keys) {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None => format!("write `{name} = \"…\"` in each entry of `for-each`"),
        };
        let message =
            format!("`{{{name}}}` in the name of a {} is not in every entry of its `for-each`", self.noun);
        let report =
            Diagnostic::new(&codes::UNFILLED_PLACEHOLDER, message, placeholder.span, "nothing fills this");
        let label = format!("gives no `{name}`");
        lacking.iter().fold(report.help(help), |report, entry| report.also(entry.span, label.clone()))
    }

    /// A name without a placeholder is the same for all entries.
    fn alike(&self, first: &ForEachEntry, second: &ForEachEntry) -> Diagnostic {
        let (noun, name) = (self.noun, self.name);
        let message = format!("every entry of `for-each` makes the same {noun} `{name}`");
        let placeholder = first.params.first().map_or("name", |param| &param.name.value);
        let help = format!("write a placeholder into the name, as in `\"{name}{{{placeholder}}}\"`");
        Diagnostic::new(&codes::DUPLICATE_DEFINITION, message, name.span, "no placeholder in the name")
            .also(first.span, format!("makes `{name}`"))
            .also(second.span, format!("makes `{name}` again"))
            .help(help)
    }

    fn invalid(&self, name: &str, entry: &ForEachEntry) -> Diagnostic {
        let message = format!("`{name}` cannot be the name of a {}", self.noun);
        let label = format!("makes the name `{name}`");
        Diagnostic::new(&codes::INVALID_NAME, message, self.culprit(entry), label)
            .also(self.name.span, "fills this name")
            .help(format!("a name is {}", self.syntax))
    }

    /// The value that spoils the name: the first with a character that no name has, else the first.
    fn culprit(&self, entry: &ForEachEntry) -> Span {
        let spoils = |value: &str| value.chars().any(|c| !c.is_ascii_alphanumeric() && !"_-".contains(c));
        let values: Vec<_> = self
            .name
            .placeholders()
            .filter_map(|placeholder| given(entry, placeholder))
            .map(|param| &param.value)
            .collect();
        let culprit = values.iter().find(|value| spoils(value)).or(values.first());
        culprit.map_or(entry.span, |value| value.span)
    }
}

fn given<'a>(entry: &'a ForEachEntry, placeholder: &Placeholder) -> Option<&'a Param> {
    entry.params.iter().find(|param| param.name.value == placeholder.name)
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[track_caller]
    fn check_policy(policy: &str, expected: &str) {
        let statement = "actions = ['s3:GetObject']\nresources = ['*']\n";
        check(&format!("--- policies/a.toml\n{policy}\n{statement}"), expected);
    }

    #[test]
    fn names_are_filled() {
        check_policy("[policy.'Read{name}']\nfor-each = [{ name = 'A' }, { name = 'B' }]", "");
    }

    #[test]
    fn a_name_that_an_entry_does_not_fill() {
        let policy = "[policy.'Read{name}']\nfor-each = [{ name = 'A' }, { nmae = 'B' }]";
        check_policy(policy, "unfilled-placeholder: {name} | { nmae = 'B' }");
    }

    #[test]
    fn a_name_that_is_none() {
        let policy = "[policy.'Read{name}{team}']\nfor-each = [{ name = 'A', team = 'b/c' }]";
        check_policy(policy, "invalid-name: 'b/c' | 'Read{name}{team}'");
    }

    #[test]
    fn a_name_without_a_placeholder_is_reported_once() {
        let policy = "[policy.Read]\nfor-each = [{ name = 'A' }, { name = 'B' }, { name = 'C' }]";
        check_policy(policy, "duplicate-definition: Read | { name = 'A' } | { name = 'B' }");
        check_policy("[policy.Read]\nfor-each = [{ name = 'A' }]", "");
    }

    #[test]
    fn two_entries_with_one_name() {
        let policy = "[policy.'Read{name}']\nfor-each = [{ name = 'A' }, { name = 'A', b = 'c' }]";
        check_policy(policy, "duplicate-definition: { name = 'A', b = 'c' } | { name = 'A' }");
    }
}
