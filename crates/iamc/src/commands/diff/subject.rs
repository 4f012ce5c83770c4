//! Whom a change is about: `8 engineers of TeamML`.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use iamc_diff::{Presence, PrincipalChange};
use iamc_graph::paths::{self, Holders, Node};
use iamc_model::PrincipalKind;
use iamc_model::graph::{GroupId, PrincipalId};

use super::group::{Block, Turn};
use super::sides::{Compiled, Sides};
use super::voice::Voice;
use crate::answer::{self, count, thousands};

/// So many are called by their names.
const NAMED: usize = 2;

/// Finds what principals have in common.
pub(super) struct Subjects<'a> {
    base: SideHolders<'a>,
    head: SideHolders<'a>,
}

/// Who holds the groups of one side.
struct SideHolders<'a> {
    side: &'a Compiled,
    holders: OnceCell<Holders>,
    known: RefCell<BTreeMap<GroupId, Rc<Holding>>>,
}

/// Who holds a group.
struct Holding {
    principals: BTreeSet<PrincipalId>,
    /// With the groups that do.
    all: usize,
}

/// A group that all of them hold, and how many hold it.
struct Common<'a> {
    name: &'a str,
    holders: usize,
}

impl<'a> Subjects<'a> {
    pub(super) fn new(sides: &'a Sides) -> Self {
        let of = |side| SideHolders { side, holders: OnceCell::new(), known: RefCell::default() };
        Self { base: of(&sides.base), head: of(&sides.head) }
    }

    /// `JaneDoe`, `8 engineers of TeamML`.
    pub(super) fn phrase(&self, block: &Block<'_>, voice: Voice) -> String {
        let principals = &block.principals;
        if is_named(block) {
            let names: Vec<String> = principals.iter().map(|it| voice.strong(&it.name)).collect();
            return format!("{}{}", names.join(" and "), presence(block.presence));
        }
        let (singular, plural) = one_kind(principals).map_or(("principal", "principals"), answer::nouns);
        let number = thousands(principals.len() as u64);
        let subject = match self.side(block).common(principals) {
            Some(Common { name, holders }) if holders == principals.len() => {
                format!("all {number} {plural} of {}", voice.group(name))
            }
            Some(Common { name, holders }) => {
                format!("{number} of {} of {}", count(holders, singular, plural), voice.group(name))
            }
            None => format!("{number} {plural}"),
        };
        format!("{subject}{}", presence(block.presence))
    }

    /// The side on which they have what is told.
    fn side(&self, block: &Block<'_>) -> &SideHolders<'a> {
        match (block.presence, block.turn) {
            (Presence::Removed, _) | (_, Turn::Loss) => &self.base,
            _ => &self.head,
        }
    }
}

/// Whether the subject tells all names.
pub(super) fn is_named(block: &Block<'_>) -> bool {
    block.principals.len() <= NAMED
}

fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Changed => "",
        Presence::Added => " (new)",
        Presence::Removed => " (gone)",
    }
}

impl<'a> SideHolders<'a> {
    /// The group that all of some principals hold, and the fewest others; none where more others do.
    fn common(&self, principals: &[&PrincipalChange]) -> Option<Common<'a>> {
        let graph = &self.side.compilation.graph;
        let ids: Option<Vec<PrincipalId>> =
            principals.iter().map(|it| graph.principal_id(&it.name)).collect();
        let ids = ids?;
        let kind = one_kind(principals);
        let is_of_kind = |id: &&PrincipalId| kind.is_none_or(|kind| graph.principal(**id).kind == kind);
        let candidates = paths::descendants(graph, Node::Principal(*ids.first()?)).into_iter();
        let groups = candidates.filter_map(|node| match node {
            Node::Group(id) => Some(id),
            Node::Policy(_) | Node::Principal(_) => None,
        });
        let common = groups.filter_map(|group| {
            let holding = self.holding(group);
            let have_all = ids.iter().all(|id| holding.principals.contains(id));
            let holders = holding.principals.iter().filter(is_of_kind).count();
            have_all.then_some((holders, holding.all, group))
        });
        let (holders, _, group) = common.min()?;
        let name = graph.group(group).name.as_ref();
        (holders <= 2 * principals.len()).then_some(Common { name, holders })
    }

    fn holding(&self, group: GroupId) -> Rc<Holding> {
        let holders = self.holders.get_or_init(|| Holders::of(&self.side.compilation.graph));
        let find = || {
            let all = holders.ancestors(Node::Group(group));
            let principals = all.iter().filter_map(|node| match node {
                Node::Principal(id) => Some(*id),
                Node::Group(_) | Node::Policy(_) => None,
            });
            Rc::new(Holding { principals: principals.collect(), all: all.len() })
        };
        Rc::clone(self.known.borrow_mut().entry(group).or_insert_with(find))
    }
}

fn one_kind(principals: &[&PrincipalChange]) -> Option<PrincipalKind> {
    let first = principals.first()?.kind;
    principals.iter().all(|it| it.kind == first).then_some(first)
}
