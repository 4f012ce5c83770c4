//! Statements as they are written, with the place of every word: what most rules look at.

mod action;

use iamc_catalog::Catalog;
use iamc_model::Text;
use iamc_model::condition::Operator;
use iamc_model::declaration::Effect;
use iamc_model::graph::{Condition, Policy};
use iamc_model::settings::Settings;
use iamc_model::source::{Span, Spanned};
use iamc_model::text::Segment;

pub(crate) use action::WrittenAction;

/// Stands where a placeholder is filled for each principal: rules read it as any text without `:`.
pub(crate) const HOLE: char = '\u{1}';

/// A text with what is the same for all principals filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// As IAM gets it, but for each placeholder that a principal fills a [`HOLE`].
    pub(crate) value: String,
    /// As it is written, placeholders and all.
    written: String,
    /// Where it is written.
    pub(crate) span: Span,
}

impl Word {
    pub(crate) fn of(text: &Text, settings: &Settings) -> Self {
        let mut value = String::new();
        for segment in &text.segments {
            match segment {
                Segment::Literal(literal) => value.push_str(literal),
                Segment::Placeholder(placeholder) => match common(&placeholder.name, settings) {
                    Some(filling) => value.push_str(filling),
                    None => value.push(HOLE),
                },
            }
        }
        Self { value, written: text.to_string(), span: text.span }
    }

    /// The text as a pattern of IAM's, with a `*` for what is not known yet: it covers whatever the
    /// text can become.
    pub(crate) fn pattern(&self) -> String {
        self.value.replace(HOLE, "*")
    }

    /// The text for a message, as it is written.
    pub(crate) fn shown(&self) -> &str {
        &self.written
    }
}

/// What fills a placeholder for everybody.
fn common<'a>(name: &str, settings: &'a Settings) -> Option<&'a str> {
    match name {
        "account" => settings.account.as_ref().map(|account| account.value.as_str()),
        "partition" => Some(&settings.partition.value),
        _ => {
            let named = settings.variables.iter().find(|param| param.name.value == name);
            named.map(|param| param.value.value.as_str())
        }
    }
}

/// A condition of a policy or of a trust entry.
#[derive(Debug, Clone)]
pub(crate) struct WrittenCondition<'a> {
    /// The operator.
    pub(crate) operator: Operator,
    /// The key, as written.
    pub(crate) key: &'a Spanned<String>,
    /// Alternatives.
    pub(crate) values: Vec<Word>,
}

impl<'a> WrittenCondition<'a> {
    pub(crate) fn of(
        operator: Operator,
        key: &'a Spanned<String>,
        values: &[Text],
        settings: &Settings,
    ) -> Self {
        let values = values.iter().map(|text| Word::of(text, settings)).collect();
        Self { operator, key, values }
    }

    /// Whether its key is this one.
    pub(crate) fn is_on(&self, key: &str) -> bool {
        self.key.eq_ignore_ascii_case(key)
    }
}

/// One policy's statement.
#[derive(Debug, Clone)]
pub(crate) struct Written<'a> {
    /// The policy: its name, and the place that its `silence` counts for.
    pub(crate) policy: &'a Policy,
    /// The values of `actions` or `not-actions`.
    pub(crate) actions: Vec<WrittenAction<'a>>,
    /// The values of `resources` or `not-resources`.
    pub(crate) resources: Vec<Word>,
    /// Its conditions.
    pub(crate) conditions: Vec<WrittenCondition<'a>>,
    /// The project's partition.
    pub(crate) partition: &'a str,
}

impl<'a> Written<'a> {
    /// The statement of a policy.
    pub(crate) fn of(policy: &'a Policy, settings: &'a Settings, catalog: &'a Catalog) -> Self {
        let words = |texts: &[Text]| texts.iter().map(|text| Word::of(text, settings)).collect();
        let conditions = policy.conditions.iter().map(|Condition { operator, key, values }| {
            WrittenCondition::of(*operator, key, values, settings)
        });
        Self {
            policy,
            actions: WrittenAction::all_of(&policy.actions.items, catalog),
            resources: words(&policy.resources.items),
            conditions: conditions.collect(),
            partition: &settings.partition.value,
        }
    }

    /// Whether it is an Allow.
    pub(crate) fn is_allow(&self) -> bool {
        self.policy.effect == Effect::Allow
    }

    /// Whether it says which actions and resources it is for, rather than for which it is not.
    pub(crate) fn is_positive(&self) -> bool {
        !self.policy.actions.negated && !self.policy.resources.negated
    }

    /// Whether one of its resources is `*`.
    pub(crate) fn is_on_everything(&self) -> bool {
        !self.policy.resources.negated && self.resources.iter().any(|resource| resource.value == "*")
    }

    /// What an action that nothing matches comes to.
    pub(crate) fn in_vain(&self) -> &'static str {
        vain(self.policy.effect, self.policy.actions.negated)
    }

    /// What a resource that nothing matches comes to.
    pub(crate) fn on_nothing(&self) -> &'static str {
        vain(self.policy.effect, self.policy.resources.negated)
    }
}

fn vain(effect: Effect, negated: bool) -> &'static str {
    match (effect, negated) {
        (_, true) => "excepts nothing",
        (Effect::Allow, false) => "allows nothing",
        (Effect::Deny, false) => "denies nothing",
    }
}
