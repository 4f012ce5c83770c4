//! What a principal has besides its statements: trust, tags, attached policies.

use iamc_model::declaration::{ConditionDecl, Tag, TrustDecl};
use iamc_model::grants::{Conditions, TrustStatement};
use iamc_model::graph::Principal;
use iamc_model::{Diagnostic, PrincipalKind, Text};

use super::scope::Scope;
use super::{checks, conditions};

/// The attributes of a principal with their placeholders filled.
pub(super) struct Attached {
    pub(super) path: String,
    pub(super) permissions_boundary: Option<String>,
    pub(super) managed_policy_arns: Vec<String>,
    pub(super) tags: Vec<(String, String)>,
    pub(super) trust: Vec<TrustStatement>,
}

/// The attributes of a principal, or what is wrong where something in them could not be filled.
pub(super) fn fill((principal, scope): (&Principal, &Scope<'_>)) -> Result<Attached, Vec<Diagnostic>> {
    let mut filler = Filler { scope, wrong: vec![], is_whole: true };
    let attributes = &principal.attributes;
    let trust = attributes.trust.as_deref().filter(|_| principal.kind != PrincipalKind::ServiceUser);
    let attached = Attached {
        path: attributes.path.as_ref().map_or("/", |path| path.as_str()).to_owned(),
        permissions_boundary: attributes.permissions_boundary.as_ref().map(|arn| filler.text(arn)),
        managed_policy_arns: filler.texts(&attributes.managed_policy_arns),
        tags: filler.tags(&attributes.tags),
        trust: trust.unwrap_or_default().iter().map(|trust| filler.trust(trust)).collect(),
    };
    let is_whole = filler.is_whole && filler.wrong.is_empty();
    if is_whole { Ok(attached) } else { Err(filler.wrong) }
}

/// Fills texts and keeps what was wrong with them.
struct Filler<'s, 'a> {
    scope: &'s Scope<'a>,
    wrong: Vec<Diagnostic>,
    is_whole: bool,
}

impl Filler<'_, '_> {
    /// The text filled; an empty string where it could not be, which is then not whole.
    fn text(&mut self, text: &Text) -> String {
        self.scope.fill(text).unwrap_or_else(|gaps| {
            self.is_whole = false;
            let reports =
                gaps.into_iter().filter_map(|(placeholder, gap)| self.scope.report(placeholder, gap));
            self.wrong.extend(reports);
            String::new()
        })
    }

    /// The text filled, and checked by `check` where it held a placeholder.
    fn checked(&mut self, text: &Text, check: impl Fn(&Text, &str) -> Vec<Diagnostic>) -> String {
        let value = self.text(text);
        if self.is_whole && text.as_literal().is_none() {
            self.wrong.extend(check(text, &value));
        }
        value
    }

    fn texts(&mut self, texts: &[Text]) -> Vec<String> {
        distinct(texts.iter().map(|text| self.text(text)).collect())
    }

    fn tags(&mut self, tags: &[Tag]) -> Vec<(String, String)> {
        let mut filled: Vec<_> =
            tags.iter().map(|tag| (tag.key.value.clone(), self.text(&tag.value))).collect();
        filled.sort_unstable();
        filled
    }

    fn trust(&mut self, trust: &TrustDecl) -> TrustStatement {
        let principals = trust.principals.iter().map(|text| self.checked(text, checks::characters)).collect();
        TrustStatement {
            kind: trust.kind,
            principals: distinct(principals),
            actions: distinct(trust.actions.iter().map(|action| action.value.clone()).collect()),
            conditions: self.conditions(&trust.conditions),
            span: trust.span,
        }
    }

    fn conditions(&mut self, declared: &[ConditionDecl]) -> Conditions {
        let mut all = Conditions::new();
        for condition in declared {
            let operator = condition.operator.value;
            let check = |text: &Text, value: &str| checks::condition_value(operator, text, value);
            let values = condition.values.iter().map(|text| self.checked(text, check)).collect();
            conditions::add(&mut all, operator, &condition.key, values);
        }
        all
    }
}

fn distinct(mut values: Vec<String>) -> Vec<String> {
    values.sort_unstable();
    values.dedup();
    values
}
