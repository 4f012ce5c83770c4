//! Gains of what nobody may gain.

use std::sync::Arc;

use iamc_access::exact::{Cause, Gain, Gains, Witness};
use iamc_catalog::Catalog;
use iamc_model::grants::Patterns;
use iamc_model::sensitive::SensitiveDecl;
use iamc_model::{PrincipalKind, Timestamp};

use super::acting::{self, Declared};
use super::gained::{By, UNCONFIRMED};
use super::inquiry::Inquiry;
use super::risk::Risks;
use super::{World, each};
use crate::Side;
use crate::difference::{Cause as Written, Source};

/// Somebody gains what nobody may gain, or it cannot be told whether they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// What is touched: its index among the declarations.
    pub sensitive: usize,
    /// Who gains it.
    pub principal: Arc<str>,
    /// Its kind.
    pub kind: PrincipalKind,
    /// What was found.
    pub finding: Finding,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A request that is gained; the evaluator of single requests has confirmed it.
    Gain {
        /// The Allow that allows it, or the Deny that no longer denies it.
        source: Source,
        /// The request.
        witness: Witness,
        /// What AWS leaves open on which it depends, in words; empty where it is gained for sure.
        open: Vec<String>,
    },
    /// It cannot be told, for this reason.
    Unknown(String),
    /// It can act as a role that has it, and could not before, or not as surely.
    Acts {
        /// The roles that it acts as, one after the other; the last one has it.
        through: Vec<Arc<str>>,
        /// Whether that depends on nothing that is not known.
        is_sure: bool,
        /// What the role may do, or why that is not known.
        access: Box<Finding>,
    },
    /// It has it, and newly trusts somebody beyond the project to act as it.
    Trusts {
        /// Whom, and where that is written.
        cause: Written,
        /// The roles that it acts as to come to it; none where it has it itself.
        through: Vec<Arc<str>>,
        /// What may be done, or why that is not known.
        access: Box<Finding>,
    },
}

/// Who gains sensitive access without being excepted by name, at times that are not past, itself or by a
/// role that it newly can act as; and which roles that have it newly trust others. By declaration, then by
/// name.
pub fn touched(
    base: Side<'_>,
    head: Side<'_>,
    catalog: &Catalog,
    now: Timestamp,
    sensitive: &[SensitiveDecl],
) -> Vec<Touched> {
    let world = World { catalog, risks: Risks::new(catalog), now };
    let mut all = Vec::new();
    let ask = |pair: &super::Pair<'_, '_>| -> Vec<Option<Finding>> {
        let find = |declared: &SensitiveDecl| {
            let Declared { actions, resources } = Declared::of(declared);
            pair.touches(&actions, &resources, &world)
        };
        sensitive.iter().map(find).collect()
    };
    each(base, head, &world, ask, |name, [_, new], findings| {
        let (Some(grant), Some(findings)) = (new, findings) else { return };
        for (at, (declared, finding)) in sensitive.iter().zip(findings).enumerate() {
            let is_excepted = declared.except.iter().any(|excepted| excepted.value == **name);
            let finding = finding.clone().filter(|_| !is_excepted);
            all.extend(finding.map(|finding| Touched {
                sensitive: at,
                principal: Arc::clone(name),
                kind: grant.kind,
                finding,
            }));
        }
    });
    all.extend(acting::touched(base, head, &world, sensitive));
    all.sort_by(|a, b| (a.sensitive, &a.principal).cmp(&(b.sensitive, &b.principal)));
    all
}

/// A confirmed gain: by which statement, the request, and what AWS leaves open on which it depends.
pub(super) type Confirmed = (By, Witness, Vec<String>);

impl Inquiry<'_> {
    /// A confirmed gain of some actions on some resources, a sure one if there is one; else why there may
    /// be one.
    pub(super) fn touches(&self, actions: &[&str], resources: &[&str]) -> Result<Confirmed, Vec<String>> {
        let mut reasons = Vec::new();
        let mut open = None;
        for action in actions {
            let Gains { gains, doubts } = self.gains_within(action, resources.to_vec());
            reasons.extend(doubts);
            let asked = Patterns { negated: false, patterns: vec![(*action).to_owned()] };
            for Gain { cause, witness, .. } in gains {
                let (Cause::Allow(allow) | Cause::Undenied { allow, .. }) = cause;
                let allowed = self.after[allow].actions();
                match self.confirmed(witness, &[&asked, allowed]) {
                    Some((witness, doubts)) if doubts.is_empty() => {
                        return Ok((By::from(cause), witness, doubts));
                    }
                    Some((witness, doubts)) => _ = open.get_or_insert((By::from(cause), witness, doubts)),
                    None => reasons.push(UNCONFIRMED.to_owned()),
                }
            }
        }
        open.ok_or(reasons)
    }
}

impl From<Cause> for By {
    fn from(cause: Cause) -> Self {
        match cause {
            Cause::Allow(allow) => Self::Allow(allow),
            Cause::Undenied { deny, .. } => Self::Deny(deny),
        }
    }
}
