//! How much differs, in a line.

use iamc_diff::{AccessChange, Difference, Presence, PrincipalChange};

use super::sides::Sides;
use crate::answer::{count, thousands};

/// `7f9a12b34c, where HEAD left main → the working tree`
pub(super) fn sides(sides: &Sides) -> String {
    format!("{} → {}", sides.base.title, sides.head.title)
}

/// ``9 principals differ: 8 gain access, 1 loses access, 1 is new``, or that nothing does.
pub(super) fn line(difference: &Difference) -> String {
    let Difference { principals, project } = difference;
    let number = |is: fn(&PrincipalChange) -> bool| principals.iter().filter(|it| is(it)).count();
    let access = number(|it| !it.gains.is_empty() || !it.losses.is_empty() || !it.unknown.is_empty());
    let others = project.len() + principals.iter().map(|it| it.other.len()).sum::<usize>();
    let parts = [
        (number(|it| has_sure(&it.gains)), "gains access", "gain access"),
        (number(|it| has_only_open(&it.gains)), "may gain access", "may gain access"),
        (number(|it| has_sure(&it.losses)), "loses access", "lose access"),
        (number(|it| has_only_open(&it.losses)), "may lose access", "may lose access"),
        (number(|it| !it.unknown.is_empty()), "is not fully known", "are not fully known"),
        (number(|it| it.presence == Presence::Added), "is new", "are new"),
        (number(|it| it.presence == Presence::Removed), "is gone", "are gone"),
    ];
    let mut parts: Vec<String> = parts.into_iter().filter(|part| part.0 > 0).map(one_or_many).collect();
    let changes = count(others, "other change", "other changes");
    parts.extend((others > 0).then_some(changes));
    match (access, &parts[..]) {
        (0, []) => "no difference in access, and nothing else changes".to_owned(),
        (0, parts) => format!("no difference in access; {}", parts.join(", ")),
        (_, parts) => parts.join(", "),
    }
}

fn has_sure(changes: &[AccessChange]) -> bool {
    changes.iter().any(|change| change.open.is_empty())
}

/// Whether there are some, and all depend on what AWS leaves open.
fn has_only_open(changes: &[AccessChange]) -> bool {
    !changes.is_empty() && !has_sure(changes)
}

fn one_or_many((number, one, many): (usize, &str, &str)) -> String {
    format!("{} {}", thousands(number as u64), if number == 1 { one } else { many })
}
