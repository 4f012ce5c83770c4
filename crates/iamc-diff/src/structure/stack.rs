//! What CloudFormation will make of a principal's stack.

use iamc_emitter::Stack;
use iamc_model::{PrincipalKind, Span};

use super::resources::{Homes, Kind, Resource, of_stack};
use crate::comparison::{One, Pair};
use crate::words;
use crate::{Aspect, Change, SideOf};

/// Stacks that are deleted, renamed, or refused.
pub(super) fn changes<'a>(pair: &Pair<'a>, homes: &Homes<'a>) -> Vec<Change> {
    let [base, head] = [pair.base(), pair.head()].map(|one| one.and_then(|one| one.stack));
    let mut changes = Vec::new();
    changes.extend(base.and_then(|base| gone(pair, base, head)));
    if let (Some(base), Some(head)) = (base, head) {
        changes.extend(replaced(pair, base, head));
        changes.extend(refused(pair, base, head));
    }
    changes.extend(head.and_then(|head| occupied(pair, head, homes)));
    changes
}

/// A stack whose principal is gone, or is in another.
fn gone(pair: &Pair<'_>, base: &Stack, head: Option<&Stack>) -> Option<Change> {
    let old = &base.name;
    match head {
        None => Some(Change::new(Aspect::Stack, format!("the stack `{old}` is to be deleted"))),
        Some(head) if head.name != *old => {
            let words =
                format!("the stack `{}` takes the place of `{old}`, which is to be deleted", head.name);
            Some(named(Change::new(Aspect::Stack, words), pair, |one| one.naming().0))
        }
        Some(_) => None,
    }
}

/// Roles, instance profiles, users and groups that make place for others: what knows them by their ARN, or
/// has them attached, loses them.
fn replaced(pair: &Pair<'_>, base: &Stack, head: &Stack) -> Vec<Change> {
    let new = of_stack(head);
    let change = |old: &Resource<'_>| {
        let new = new.iter().find(|new| new.kind == old.kind)?;
        let noun = old.kind.noun();
        let words = format!("the {noun} `{}` takes the place of `{}`, which is deleted", new.name, old.name);
        let is_replaced = old.kind != Kind::ManagedPolicy && new.name != old.name;
        let change = Change::new(Aspect::Stack, words);
        is_replaced.then(|| named(change, pair, |one| one.naming().1))
    };
    of_stack(base).iter().filter_map(change).collect()
}

/// Resources that would have to be replaced under the names that they have, which CloudFormation refuses.
fn refused(pair: &Pair<'_>, base: &Stack, head: &Stack) -> Option<Change> {
    if base.name != head.name {
        return None;
    }
    let old = of_stack(base);
    let stays = |new: &&Resource<'_>| {
        let is_moved = |old: &Resource<'_>| {
            old.kind == new.kind && old.name == new.name && old.path != new.path && !new.kind.moves_in_place()
        };
        old.iter().any(is_moved)
    };
    let new = of_stack(head);
    let stuck: Vec<&Resource<'_>> = new.iter().filter(stays).collect();
    let first = stuck.first()?;
    let names: Vec<&str> = stuck.iter().map(|it| it.name).collect();
    let words = format!(
        "CloudFormation will refuse the update of `{}`: a new path wants {} replaced, under the same name; \
         give new names too, or delete the stack first",
        head.name,
        words::list(&names)
    );
    let was = old.iter().find(|old| old.kind == first.kind).map_or("", |old| old.path);
    let said = format!("the path goes from `{was}` to `{}`", first.path);
    Some(Change::new(Aspect::Stack, words).at_path(pair, &said))
}

/// Resources that another stack of the base has under their names.
fn occupied(pair: &Pair<'_>, head: &Stack, homes: &Homes<'_>) -> Option<Change> {
    let resources = of_stack(head);
    let elsewhere = |it: &Resource<'_>| homes.of(it).filter(|home| *home != head.name);
    let taken: Vec<(&str, &str)> =
        resources.iter().filter_map(|it| Some((it.name, elsewhere(it)?))).collect();
    let (_, home) = taken.first()?;
    let names: Vec<&str> = taken.iter().map(|(name, _)| *name).collect();
    let words = format!(
        "CloudFormation will refuse to create {} in the stack `{}` while the stack `{home}` has it: delete that \
         first",
        words::list(&names),
        head.name
    );
    let words = if names.len() > 1 { words.replace(" has it: ", " has them: ") } else { words };
    Some(named(Change::new(Aspect::Stack, words), pair, |one| one.naming().0))
}

/// With the pattern that makes a name as its cause, where that is not the same on both sides.
fn named(change: Change, pair: &Pair<'_>, pattern: impl Fn(&One<'_>) -> (String, Span)) -> Change {
    let [base, head] = [pair.base(), pair.head()].map(|one| one.map(&pattern));
    match (base, head) {
        (Some((was, span)), Some((is, at))) if was != is => {
            let words = words::from_to("the pattern of the name", Some(&was), Some(&is));
            let (side, span) = if at.is_builtin() { (SideOf::Base, span) } else { (SideOf::Head, at) };
            change.at(side, span, words)
        }
        _ => change,
    }
}

impl One<'_> {
    /// The patterns by which the stack, and the resource that stands for the principal, are named; of roles
    /// and service users that is their own name.
    fn naming(&self) -> ((String, Span), (String, Span)) {
        let naming = &self.side.built.settings.naming;
        let stack = naming.stack(self.grant.kind);
        let own = match self.grant.kind {
            PrincipalKind::Engineer => &naming.engineer_role,
            PrincipalKind::ServiceUser => &naming.service_user_group,
            PrincipalKind::Role => stack,
        };
        ((stack.to_string(), stack.span), (own.to_string(), own.span))
    }
}

impl Change {
    fn at_path(self, pair: &Pair<'_>, words: &str) -> Self {
        let span = |side| pair.on(side)?.principal.attributes.path.as_ref().map(|path| path.span);
        let place = [SideOf::Head, SideOf::Base].into_iter().find_map(|side| Some((side, span(side)?)));
        match place {
            Some((side, span)) => self.at(side, span, words),
            None => self,
        }
    }
}
