//! Documents that are attached and not known.

use super::half::Half;
use crate::difference::Doubt;

/// Why documents that are not known leave open what is gained or lost. One that both sides have is the
/// same on both: it matters only where a Deny that changes may have stood in its way, or where it may
/// depend on what is known of the principal.
pub(super) fn doubts(sides: &[Half<'_, '_>; 2], deny_changes: [bool; 2]) -> Vec<Doubt> {
    let [old, new] = sides;
    let mut doubts = Vec::new();
    for (before, after) in [(0, 1), (1, 0)] {
        if sides[after].grant.is_none() {
            continue;
        }
        let mut add = |reason| doubts.push(Doubt { of_gains: after == 1, reason });
        for arn in only(&sides[after].closure.unknown, &sides[before].closure.unknown) {
            add(format!("the document of `{arn}` is not known: it may allow anything"));
        }
        for arn in only(&sides[before].closure.unknown, &sides[after].closure.unknown) {
            add(format!("the document of `{arn}` is not known: it may deny anything"));
        }
        for arn in old.closure.unknown.iter().filter(|arn| new.closure.unknown.contains(arn)) {
            if deny_changes[before] {
                add(format!("the document of `{arn}` is not known: it may allow what is denied on one side"));
            } else if old.context != new.context {
                add(format!(
                    "the document of `{arn}` is not known: it may depend on what has changed of the principal"
                ));
            }
        }
    }
    doubts
}

fn only<'u>(one: &'u [&str], other: &[&str]) -> Vec<&'u str> {
    one.iter().filter(|arn| !other.contains(arn)).copied().collect()
}
