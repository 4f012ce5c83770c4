//! The best that each can do by any chain of roles.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Certainty;
use crate::verdict::Decision;

/// The best that somebody can do, itself or as a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// What is decided of it, at best.
    pub decision: Decision,
    /// The roles that are assumed on the way, in their order; none where it does it itself.
    pub through: Vec<usize>,
}

/// Actors by their numbers, with what each may do itself, and the ways between them.
pub trait Ways {
    /// Those who can possibly act as an actor; none where it is no role.
    fn candidates(&self, role: usize) -> Vec<usize>;

    /// Whether the one can act as the other.
    fn can_assume(&self, actor: usize, role: usize) -> Certainty;
}

/// The best that each can do by any chain of roles: what is more surely allowed is better, then the
/// shorter chain. What one is denied oneself one is not denied as a role.
pub fn reach(own: &[Decision], ways: &impl Ways) -> Vec<Reach> {
    let mut best: Vec<Best> = own.iter().map(|&decision| Best { decision, steps: 0, next: None }).collect();
    let mut open: BinaryHeap<_> =
        (0..own.len()).filter_map(|role| Some((best[role].key()?, Reverse(role)))).collect();
    let mut done = vec![false; own.len()];
    while let Some((key, Reverse(role))) = open.pop() {
        if best[role].key() != Some(key) || std::mem::replace(&mut done[role], true) {
            continue;
        }
        for actor in ways.candidates(role) {
            let hoped = best[role].entered(role, Certainty::Surely);
            if done[actor] || hoped.key() <= best[actor].key() {
                continue;
            }
            let entered = best[role].entered(role, ways.can_assume(actor, role));
            if entered.key() > best[actor].key() {
                best[actor] = entered;
                open.extend(best[actor].key().map(|key| (key, Reverse(actor))));
            }
        }
    }
    (0..own.len())
        .map(|actor| Reach { decision: best[actor].decision, through: chain(&best, actor) })
        .collect()
}

#[derive(Debug, Clone, Copy)]
struct Best {
    decision: Decision,
    steps: usize,
    next: Option<usize>,
}

impl Best {
    /// Orders by what is better; none where nothing is allowed.
    fn key(&self) -> Option<(usize, Reverse<usize>)> {
        let rank = match self.decision {
            Decision::Allowed => 3,
            Decision::PartlyAllowed => 2,
            Decision::Conditional => 1,
            Decision::ExplicitlyDenied | Decision::ImplicitlyDenied => return None,
        };
        Some((rank, Reverse(self.steps)))
    }

    /// The same for somebody who first has to act as `role`.
    fn entered(&self, role: usize, certainty: Certainty) -> Self {
        let decision = match certainty {
            Certainty::Surely => self.decision,
            Certainty::Possibly => Decision::Conditional,
            Certainty::Never => Decision::ImplicitlyDenied,
        };
        Self { decision, steps: self.steps + 1, next: Some(role) }
    }
}

fn chain(best: &[Best], actor: usize) -> Vec<usize> {
    std::iter::successors(best[actor].next, |&role| best[role].next).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Certainty::{Possibly, Surely};
    use super::Decision::{Allowed, Conditional, ExplicitlyDenied, ImplicitlyDenied, PartlyAllowed};
    use super::*;

    /// Actor, role → certainty.
    struct Trusts(BTreeMap<(usize, usize), Certainty>);

    impl Ways for Trusts {
        fn candidates(&self, role: usize) -> Vec<usize> {
            self.0.keys().filter(|(_, to)| *to == role).map(|(from, _)| *from).collect()
        }

        fn can_assume(&self, actor: usize, role: usize) -> Certainty {
            self.0[&(actor, role)]
        }
    }

    fn reached(own: &[Decision], trusts: &[(usize, usize, Certainty)]) -> Vec<(Decision, Vec<usize>)> {
        let trusts = trusts.iter().map(|&(from, to, certainty)| ((from, to), certainty));
        let found = reach(own, &Trusts(trusts.collect()));
        found.into_iter().map(|reach| (reach.decision, reach.through)).collect()
    }

    #[test]
    fn a_chain_of_roles_is_followed_to_its_end() {
        let own = [ImplicitlyDenied, ImplicitlyDenied, Allowed];
        let trusts = [(0, 1, Surely), (1, 2, Surely)];
        assert_eq!(reached(&own, &trusts), [(Allowed, vec![1, 2]), (Allowed, vec![2]), (Allowed, vec![])]);
    }

    #[test]
    fn one_uncertain_step_leaves_all_conditional() {
        let own = [ExplicitlyDenied, ImplicitlyDenied, Allowed];
        let trusts = [(0, 1, Possibly), (1, 2, Surely)];
        assert_eq!(reached(&own, &trusts)[0], (Conditional, vec![1, 2]));
    }

    #[test]
    fn what_is_surer_comes_before_what_is_shorter() {
        let own = [Conditional, Allowed, ImplicitlyDenied, Allowed];
        let trusts = [(0, 1, Possibly), (0, 2, Surely), (2, 3, Surely)];
        assert_eq!(reached(&own, &trusts)[0], (Allowed, vec![2, 3]));
        let own = [ImplicitlyDenied, Allowed, ImplicitlyDenied, Allowed];
        let trusts = [(0, 1, Surely), (0, 2, Surely), (2, 3, Surely)];
        assert_eq!(reached(&own, &trusts)[0], (Allowed, vec![1]));
    }

    #[test]
    fn what_one_may_do_oneself_needs_no_role() {
        assert_eq!(reached(&[Allowed, Allowed], &[(0, 1, Surely)])[0], (Allowed, vec![]));
        assert_eq!(reached(&[PartlyAllowed, Allowed], &[(0, 1, Surely)])[0], (Allowed, vec![1]));
        assert_eq!(reached(&[Conditional, Allowed], &[(0, 1, Possibly)])[0], (Conditional, vec![]));
    }

    #[test]
    fn roles_that_trust_each_other_are_followed_once() {
        let own = [ImplicitlyDenied, ImplicitlyDenied, ImplicitlyDenied, PartlyAllowed];
        let trusts = [(0, 1, Surely), (1, 0, Surely), (1, 2, Surely), (2, 1, Surely), (2, 3, Surely)];
        let found = reached(&own, &trusts);
        assert_eq!(found[0], (PartlyAllowed, vec![1, 2, 3]));
        assert_eq!(reached(&own[..3], &trusts[..4])[0], (ImplicitlyDenied, vec![]));
    }
}
