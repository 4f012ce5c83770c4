//! The answer as JSON, in the shape that `--help` describes.

use std::collections::BTreeMap;

use iamc_access::exact::Witness;
use iamc_diff::{
    AccessChange, Cause, Change, Doubt, Finding, Presence, PrincipalChange, Risk, SideOf, Source, Touched,
};
use iamc_model::grants::{Conditions, Patterns};
use iamc_model::{Span, Spanned};
use serde_json::{Map, Value, json};

use super::Answer;
use super::gate::Gate;
use super::sides::{Compiled, Sides};
use crate::answer::Places;

/// For `--help`.
pub(super) const SHAPE: &str = r#"JSON (`iamc schema answer-diff` is the schema):
  { "base", "head", "principals": [ { "principal", "kind", "change":
      changed, added or removed, "gains", "losses", "unknown", "other" } ],
    "project", "sensitive" }
  sorted by name; principals without a difference are left out.
  A gain or a loss is { "policy", "attached": { "arn", "sid" }, "source",
  "by-deny", "actions" or "not-actions", "resources" or "not-resources",
  "conditions", "witness": { "action", "resource", "context", "absent",
  "known-action" }, "open", "causes", "risk" }; "policy" is null where it
  is attached by ARN, else "attached" is. With "by-deny" the policy is a
  Deny that is gone, or has come. The witness is a request that one side
  allows and the other does not; "absent" are keys that it must not have.
  "open" is what AWS leaves open on which that depends, in words.
  A cause is { "words", "side": base or head, "file", "line", "column" }.
  "unknown" is what could not be decided: { "of": gains or losses,
  "reason" }. "other", and "project" for the project as a whole, is what
  changes and is not access: { "aspect", "words", "causes", "risk" }.
  "sensitive" is null without --sensitive, else who gains what nobody may:
  { "principal", "kind", "listed": { "actions", "resources", "because",
  "file", "line", "column" }, "policy", "attached", "source", "witness",
  "open", "unknown": why it is not known whether they do, or null,
  "through": the roles as which they newly can act, the last of which has
  it, "certain": whether they surely can, "trust": null, or the cause where
  a role that has it, "through" others or itself, newly trusts somebody }."#;

/// Everything that differs.
pub(super) fn value(answer: &Answer) -> Value {
    let Answer { sides, difference, gate } = answer;
    let writer = Writer { sides };
    let principals: Vec<Value> = difference.principals.iter().map(|it| writer.principal(it)).collect();
    json!({
        "base": sides.base.title.replace('`', ""),
        "head": sides.head.title.replace('`', ""),
        "principals": principals,
        "project": writer.changes(&difference.project),
        "sensitive": gate.as_ref().map(|gate| writer.gate(gate)),
    })
}

struct Writer<'a> {
    sides: &'a Sides,
}

impl Writer<'_> {
    fn principal(&self, principal: &PrincipalChange) -> Value {
        let accesses =
            |accesses: &[AccessChange]| accesses.iter().map(|it| self.access(it)).collect::<Vec<_>>();
        json!({
            "principal": principal.name.as_ref(),
            "kind": principal.kind.key(),
            "change": change(principal.presence),
            "gains": accesses(&principal.gains),
            "losses": accesses(&principal.losses),
            "unknown": principal.unknown.iter().map(doubt).collect::<Vec<_>>(),
            "other": self.changes(&principal.other),
        })
    }

    fn access(&self, change: &AccessChange) -> Value {
        let mut access = self.source(Some(&change.source));
        access["by-deny"] = json!(change.by_deny);
        add_patterns(&mut access, "actions", &change.actions);
        add_patterns(&mut access, "resources", &change.resources);
        access["conditions"] = conditions(&change.conditions);
        access["witness"] = witness(&change.witness);
        access["open"] = json!(change.open);
        access["causes"] = self.causes(&change.causes);
        access["risk"] = risks(&change.risks);
        access
    }

    /// Where a statement comes from: nulls where there is none.
    fn source(&self, source: Option<&Source>) -> Value {
        let (policy, attached, place) = match source {
            None => (Value::Null, Value::Null, Value::Null),
            Some(Source::Policy { name, side, span }) => {
                (json!(name.as_ref()), Value::Null, self.place(*side, *span))
            }
            Some(Source::Attached { arn, sid }) => {
                (Value::Null, json!({ "arn": arn, "sid": sid }), Value::Null)
            }
        };
        json!({ "policy": policy, "attached": attached, "source": place })
    }

    fn gate(&self, gate: &Gate) -> Value {
        let touched = gate.touched.iter().map(|touched| self.touched(touched, listed(gate, touched)));
        touched.collect()
    }

    fn touched(&self, Touched { principal, kind, finding, .. }: &Touched, listed: Value) -> Value {
        let mut touched = json!({ "principal": principal.as_ref(), "kind": kind.key(), "listed": listed });
        let (access, through, trusts) = match finding {
            Finding::Acts { through, access, .. } => (access.as_ref(), &through[..], None),
            Finding::Trusts { cause, through, access } => (access.as_ref(), &through[..], Some(cause)),
            Finding::Gain { .. } | Finding::Unknown(_) => (finding, &[][..], None),
        };
        let (source, found, open, unknown) = match access {
            Finding::Gain { source, witness, open } => {
                (Some(source), self::witness(witness), &open[..], None)
            }
            Finding::Unknown(reason) => (None, Value::Null, &[][..], Some(reason)),
            Finding::Acts { .. } | Finding::Trusts { .. } => (None, Value::Null, &[][..], None),
        };
        let source = self.source(source);
        source.as_object().into_iter().flatten().for_each(|(key, value)| touched[key] = value.clone());
        touched["witness"] = found;
        touched["open"] = json!(open);
        touched["unknown"] = json!(unknown);
        touched["through"] = through.iter().map(|role| json!(role.as_ref())).collect();
        touched["certain"] = json!(!matches!(finding, Finding::Acts { is_sure: false, .. }));
        touched["trust"] =
            trusts.map_or(Value::Null, |cause| self.causes(std::slice::from_ref(cause))[0].take());
        touched
    }

    fn changes(&self, changes: &[Change]) -> Value {
        let change = |change: &Change| {
            json!({
                "aspect": change.aspect.name(),
                "words": change.words,
                "causes": self.causes(&change.causes),
                "risk": risks(&change.risks),
            })
        };
        changes.iter().map(change).collect()
    }

    fn causes(&self, causes: &[Cause]) -> Value {
        let cause = |cause: &Cause| {
            let mut place = self.place(cause.side, cause.span);
            if place.is_null() {
                place = json!({ "side": side(cause.side), "file": null, "line": null, "column": null });
            }
            let mut cause = json!({ "words": cause.words });
            place.as_object().into_iter().flatten().for_each(|(key, value)| cause[key] = value.clone());
            cause
        };
        causes.iter().map(cause).collect()
    }

    /// Null for what nobody wrote.
    fn place(&self, of: SideOf, span: Span) -> Value {
        let Compiled { compilation, .. } = match of {
            SideOf::Base => &self.sides.base,
            SideOf::Head => &self.sides.head,
        };
        let Value::Object(place) = Places::new(&compilation.sources).json(span) else { return Value::Null };
        let side = ("side".to_owned(), json!(side(of)));
        Value::Object(std::iter::once(side).chain(place).collect::<Map<_, _>>())
    }
}

/// What is sensitive, and where that is written.
fn listed(gate: &Gate, touched: &Touched) -> Value {
    let Some(declared) = gate.declared.get(touched.sensitive) else { return Value::Null };
    let values = |words: &[Spanned<String>]| words.iter().map(|word| json!(word.value)).collect::<Value>();
    let mut listed = json!({
        "actions": values(&declared.actions),
        "resources": values(&declared.resources),
        "because": declared.because.as_ref().map(|because| &because.value),
    });
    let place = Places::new(&gate.sources).json(declared.span);
    place.as_object().into_iter().flatten().for_each(|(key, value)| listed[key] = value.clone());
    listed
}

fn change(presence: Presence) -> &'static str {
    match presence {
        Presence::Changed => "changed",
        Presence::Added => "added",
        Presence::Removed => "removed",
    }
}

fn side(of: SideOf) -> &'static str {
    match of {
        SideOf::Base => "base",
        SideOf::Head => "head",
    }
}

fn doubt(doubt: &Doubt) -> Value {
    json!({ "of": if doubt.of_gains { "gains" } else { "losses" }, "reason": doubt.reason })
}

fn risks(risks: &[Risk]) -> Value {
    risks.iter().map(|risk| json!(risk.name())).collect()
}

fn add_patterns(object: &mut Value, key: &str, Patterns { negated, patterns }: &Patterns) {
    let key = if *negated { format!("not-{key}") } else { key.to_owned() };
    object[key] = json!(patterns);
}

fn conditions(conditions: &Conditions) -> Value {
    let operators = conditions.iter().map(|(operator, keys)| (operator.to_string(), json!(keys)));
    Value::Object(operators.collect())
}

fn witness(witness: &Witness) -> Value {
    json!({
        "action": witness.action,
        "resource": witness.resource,
        "context": witness.context.present().collect::<BTreeMap<_, _>>(),
        "absent": witness.context.absent().collect::<Vec<_>>(),
        "known-action": witness.is_known_action,
    })
}
