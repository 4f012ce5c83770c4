//! What names say: Sids of the policies that statements come from, names of managed policies of what
//! these hold.

use std::collections::BTreeSet;

use iamc_model::{Code, Diagnostic, Span, codes};
use sha2::{Digest, Sha256};

use super::{Document, Proof};
use crate::document::{Found, Word};
use crate::names::{MISC, PolicyName, logical_id};

/// Hexadecimal digits that tell apart the Sids of one policy.
const SID_DIGITS: usize = 8;

impl Proof<'_, '_> {
    /// Sids that are there and should not be, or the other way about, or that are not made of the names.
    pub(super) fn sids(&self) -> Vec<Diagnostic> {
        let mut reports = Vec::new();
        for document in self.documents {
            let mut seen = BTreeSet::new();
            for found in &document.statements {
                let is_new = found.sid.as_ref().is_none_or(|sid| seen.insert(&*sid.text));
                reports.extend(self.sid(document, found, is_new));
            }
        }
        reports
    }

    fn sid(&self, document: &Document<'_>, found: &Found<'_>, is_new: bool) -> Option<Diagnostic> {
        let report = |code: &'static Code, what: &str, span: Span| {
            let message = format!("a statement of {} has {what}", document.owner);
            Some(Diagnostic::new(code, message, span, "not what the source says"))
        };
        match (&found.sid, self.holder.settings.sids) {
            (None, false) => None,
            (None, true) => report(&codes::MISSING_OUTPUT, "no `Sid`", found.effect),
            (Some(sid), false) => report(&codes::UNEXPECTED_OUTPUT, "a `Sid`", sid.span),
            (Some(sid), true) if is_new && is_sid(sid, &found.names) => None,
            (Some(sid), true) => {
                let what = format!("the `Sid` `{}`, which is not its own", sid.text);
                report(&codes::WRONG_OUTPUT, &what, sid.span)
            }
        }
    }

    /// Managed policies whose names do not fit what they hold.
    pub(super) fn names(&self) -> Vec<Diagnostic> {
        self.documents.iter().filter_map(|document| self.name(document)).collect()
    }

    fn name(&self, document: &Document<'_>) -> Option<Diagnostic> {
        let names: Vec<&str> =
            document.statements.iter().flat_map(|found| found.names.iter().copied()).collect();
        let held = names.iter().filter_map(|name| self.policy(name)).map(|held| held.category).collect();
        let fits = |name: &PolicyName| is_of_category(name, &held) && is_of_prefix(name, document);
        if document.names.is_empty() || document.names.iter().any(fits) {
            return None;
        }
        let message = format!("the name of {} is not that of what it holds", document.owner);
        let label = format!("holds {}", held.into_iter().collect::<Vec<_>>().join(" and "));
        Some(Diagnostic::new(&codes::WRONG_OUTPUT, message, document.span, label))
    }
}

/// What holds several categories, as where they are packed together, is Misc.
fn is_of_category(name: &PolicyName, held: &BTreeSet<&str>) -> bool {
    match name.category.as_deref() {
        None => true,
        Some(category) if held.len() == 1 => held.contains(category),
        Some(category) => category == MISC,
    }
}

/// A suffix of binary digits is how the SHA-256 of the policies' names begins.
fn is_of_prefix(name: &PolicyName, document: &Document<'_>) -> bool {
    let digits = name.suffix.trim_start_matches('-');
    let begins = |found: &Found<'_>| {
        let hash = Sha256::digest(found.names.join("\n"));
        let bits = hash.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1));
        digits.bytes().zip(bits).all(|(digit, bit)| (digit == b'1') == bit)
    };
    digits.bytes().any(|digit| !matches!(digit, b'0' | b'1')) || document.statements.iter().all(begins)
}

fn is_sid(sid: &Word, names: &[&str]) -> bool {
    let is_digits = |rest: &str| {
        rest.len() == SID_DIGITS && rest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    let is_of = |name: &&str| {
        sid.text.strip_prefix(&logical_id(name)).is_some_and(|rest| rest.is_empty() || is_digits(rest))
    };
    names.iter().any(is_of)
}
