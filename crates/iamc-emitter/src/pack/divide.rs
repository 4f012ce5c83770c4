//! One statement that no document can hold, in pieces.
//!
//! A statement means its actions × its resources. It is divided as a trie over both axes is: a piece is
//! a prefix of the hashes of the resources and one of those of the actions, and has all that lies in
//! both, so that the pieces together mean the whole, and one resource more changes one piece. Resources
//! are divided before actions; the actions only where they are what is heavier, or where there is but one
//! resource. A `not-` list is never divided, its other axis is.

use iamc_model::grants::Patterns;

use crate::size;
use crate::stack::Statement;

use super::Part;
use super::key::Key;
use super::unit::{Unit, piece_sid_growth};

/// The statement as it is if it fits the room, else its pieces, each of which does. It is not
/// [`indivisible`].
pub(super) fn divide(whole: Unit, room: usize) -> Vec<Unit> {
    if whole.weight <= room {
        return vec![whole];
    }
    let statement = &whole.statement;
    let (actions, resources) = (items(&statement.actions), items(&statement.resources));
    let cell = Cell {
        actions: Axis::new(&actions, statement.actions.negated),
        resources: Axis::new(&resources, statement.resources.negated),
    };
    let around = whole.weight + piece_sid_growth(statement) - cell.weight();
    let mut cells = Vec::new();
    cell.divide(room.saturating_sub(around), &mut cells);
    cells.iter().map(|cell| whole.piece(cell.of(statement), cell.name())).collect()
}

/// The heaviest of what stands together in a piece that cannot fit the room, if there is such a piece.
pub(super) fn indivisible(whole: &Unit, room: usize) -> Option<Part> {
    if whole.weight <= room {
        return None;
    }
    let statement = &whole.statement;
    let (actions, resources) = (Sides::of(&statement.actions), Sides::of(&statement.resources));
    let around = whole.weight + piece_sid_growth(statement) - actions.all - resources.all;
    let is_divisible = around + actions.least + resources.least <= room;
    let parts = [
        (actions.least, Part::Actions),
        (resources.least, Part::Resources),
        (size::conditions(&statement.conditions), Part::Conditions),
    ];
    parts.into_iter().max().map(|(_, part)| part).filter(|_| !is_divisible)
}

/// Documents that every lossless layout of the statement needs, whatever is divided or merged.
///
/// Each action and each resource stands in some document. And a piece with actions of the weight a and
/// resources of the weight r has the share a × r of the whole; the pieces in one document have a + r of its
/// room together, so at most the square of its half.
pub(super) fn fewest_documents(whole: &Unit, room: usize) -> usize {
    if whole.weight <= room {
        return 1;
    }
    let statement = &whole.statement;
    let (actions, resources) = (Sides::of(&statement.actions).all, Sides::of(&statement.resources).all);
    let around = whole.weight - size::sid(statement) - actions - resources;
    let room = room.saturating_sub(around).max(1);
    let by_share = actions.saturating_mul(resources).saturating_mul(4).div_ceil(room.saturating_mul(room));
    by_share.max(actions.max(resources).div_ceil(room))
}

/// Characters of an axis.
struct Sides {
    /// Of the whole axis.
    all: usize,
    /// Of the heaviest that cannot be divided.
    least: usize,
}

impl Sides {
    fn of(patterns: &Patterns) -> Self {
        let all = items_weights(patterns).sum();
        let heaviest = items_weights(patterns).max().unwrap_or_default();
        Self { all, least: if patterns.negated { all } else { heaviest } }
    }
}

/// A pattern with its hash and its characters.
struct Item<'a> {
    text: &'a str,
    key: Key,
    weight: usize,
}

fn items(patterns: &Patterns) -> Vec<Item<'_>> {
    let items = patterns.patterns.iter().zip(items_weights(patterns));
    items.map(|(text, weight)| Item { text, key: Key::of(text), weight }).collect()
}

/// Of each pattern with a comma.
fn items_weights(patterns: &Patterns) -> impl Iterator<Item = usize> {
    patterns.patterns.iter().map(|text| size::string(text) + 1)
}

/// The patterns on one axis whose hashes begin alike.
#[derive(Clone)]
struct Axis<'a> {
    items: Vec<&'a Item<'a>>,
    negated: bool,
    prefix: String,
}

impl<'a> Axis<'a> {
    fn new(items: &'a [Item<'a>], negated: bool) -> Self {
        Self { items: items.iter().collect(), negated, prefix: String::new() }
    }

    fn weight(&self) -> usize {
        self.items.iter().map(|item| item.weight).sum()
    }

    fn is_divisible(&self) -> bool {
        !self.negated && self.items.len() > 1 && self.prefix.len() < Key::BITS
    }

    /// Those whose next bit is 0 and those whose next bit is 1; one may be empty.
    fn halves(&self) -> [Self; 2] {
        let at = self.prefix.len();
        let (one, zero) = self.items.iter().partition(|item| item.key.bit(at));
        [(zero, '0'), (one, '1')].map(|(items, digit)| Self {
            items,
            negated: self.negated,
            prefix: format!("{}{digit}", self.prefix),
        })
    }

    fn patterns(&self) -> Patterns {
        let patterns = self.items.iter().map(|item| item.text.to_owned()).collect();
        Patterns { negated: self.negated, patterns }
    }
}

/// Some of the actions × some of the resources.
#[derive(Clone)]
struct Cell<'a> {
    actions: Axis<'a>,
    resources: Axis<'a>,
}

impl<'a> Cell<'a> {
    fn weight(&self) -> usize {
        self.actions.weight() + self.resources.weight()
    }

    /// Collects the cells, none heavier than `room` that can be divided, that make up this one.
    fn divide(self, room: usize, into: &mut Vec<Self>) {
        let halves = if self.weight() > room { self.halves() } else { None };
        let Some(halves) = halves else {
            into.push(self);
            return;
        };
        let filled = |cell: &Self| !cell.actions.items.is_empty() && !cell.resources.items.is_empty();
        halves.into_iter().filter(filled).for_each(|half| half.divide(room, into));
    }

    fn halves(&self) -> Option<[Self; 2]> {
        let (actions, resources) = (&self.actions, &self.resources);
        let lighter = actions.is_divisible() && resources.weight() < actions.weight();
        if resources.is_divisible() && !lighter {
            Some(resources.halves().map(|resources| Self { actions: actions.clone(), resources }))
        } else if actions.is_divisible() {
            Some(actions.halves().map(|actions| Self { actions, resources: resources.clone() }))
        } else {
            None
        }
    }

    /// `r01a1`: the prefixes on both axes; letters and digits.
    fn name(&self) -> String {
        let part = |letter: &str, axis: &Axis| match axis.prefix.as_str() {
            "" => String::new(),
            prefix => format!("{letter}{prefix}"),
        };
        part("r", &self.resources) + &part("a", &self.actions)
    }

    fn of(&self, whole: &Statement) -> Statement {
        Statement {
            policies: whole.policies.clone(),
            sid: whole.sid.clone(),
            effect: whole.effect,
            actions: self.actions.patterns(),
            resources: self.resources.patterns(),
            conditions: whole.conditions.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pack::dense;
    use crate::pack::tests::sample::{self, arns, patterns};

    fn pieces(statement: &Statement, room: usize) -> Vec<Unit> {
        divide(Unit::whole(statement.clone(), 0), room)
    }

    fn statement(actions: Patterns, resources: Patterns) -> Statement {
        Statement { actions, resources, ..sample::plain("A") }
    }

    #[test]
    fn what_fits_stays_whole() {
        let pieces = pieces(&sample::plain("A"), 10_000);
        assert_eq!(pieces.len(), 1);
        assert_eq!(pieces[0].cell, "");
    }

    #[test]
    fn resources_are_divided_first() {
        let whole = statement(sample::actions(5), arns(200));
        let pieces = pieces(&whole, 2000);
        assert!(pieces.len() > 1);
        for piece in &pieces {
            assert_eq!(piece.statement.actions, whole.actions);
            assert!(piece.weight <= 2000);
        }
        assert_eq!(sample::expand(pieces.iter().map(|it| &**it.statement)), sample::expand([&whole]));
    }

    #[test]
    fn a_single_resource_leaves_the_actions_to_divide() {
        let whole = statement(sample::actions(200), arns(1));
        let pieces = pieces(&whole, 2000);
        assert!(pieces.iter().all(|piece| piece.statement.resources == whole.resources));
        assert_eq!(sample::expand(pieces.iter().map(|it| &**it.statement)), sample::expand([&whole]));
    }

    #[test]
    fn both_axes_make_the_full_product() {
        let whole = statement(sample::actions(200), arns(200));
        let pieces = pieces(&whole, 2000);
        assert!(pieces.iter().all(|piece| piece.weight <= 2000));
        let atoms: usize = pieces.iter().map(|it| sample::expand([&**it.statement]).len()).sum();
        assert_eq!(atoms, 200 * 200);
        assert_eq!(sample::expand(pieces.iter().map(|it| &**it.statement)), sample::expand([&whole]));
    }

    #[test]
    fn actions_are_divided_where_they_are_heavier() {
        let whole = statement(sample::actions(100), arns(3));
        let pieces = pieces(&whole, 2000);
        assert!(pieces.iter().all(|piece| piece.statement.resources == whole.resources));
        assert!(pieces.len() <= 3);
    }

    #[test]
    fn the_axis_beside_a_not_list_is_divided() {
        let not_actions = Patterns { negated: true, ..sample::actions(10) };
        let divided = pieces(&statement(not_actions.clone(), arns(100)), 2000);
        assert!(divided.len() > 1 && divided.iter().all(|piece| piece.statement.actions == not_actions));
        let not_resources = Patterns { negated: true, ..arns(10) };
        let divided = pieces(&statement(sample::actions(100), not_resources.clone()), 2000);
        assert!(divided.len() > 1 && divided.iter().all(|piece| piece.statement.resources == not_resources));
    }

    #[test]
    fn what_cannot_be_divided_is_named() {
        let refused = |statement: Statement| indivisible(&Unit::whole(statement, 0), 1000).unwrap();
        let negated = |patterns| Patterns { negated: true, ..patterns };
        assert_eq!(refused(statement(negated(sample::actions(100)), arns(100))), Part::Actions);
        assert_eq!(refused(statement(sample::actions(100), negated(arns(100)))), Part::Resources);
        let long = patterns(&[&format!("arn:aws:s3:::{}", "x".repeat(2000))]);
        assert_eq!(refused(statement(sample::actions(1), long)), Part::Resources);
        let conditions = sample::conditions("StringLike", "s3:prefix", &["x".repeat(2000).as_str()]);
        let statement = Statement { conditions, ..statement(sample::actions(100), arns(100)) };
        assert_eq!(refused(statement), Part::Conditions);
    }

    #[test]
    fn one_more_resource_changes_few_pieces() {
        let before = pieces(&statement(sample::actions(5), arns(400)), 2000);
        let after = pieces(&statement(sample::actions(5), arns(401)), 2000);
        let changed = after.iter().filter(|new| before.iter().all(|old| old.statement != new.statement));
        assert!(changed.count() <= 2);
    }

    #[test]
    fn pieces_have_sids_of_their_own() {
        let whole = Statement { sid: Some("A".into()), ..statement(sample::actions(50), arns(200)) };
        let mut sids: Vec<_> = pieces(&whole, 2000).iter().map(|it| it.statement.sid.clone()).collect();
        let count = sids.len();
        sids.sort();
        sids.dedup();
        assert_eq!(sids.len(), count);
        assert!(sids.iter().flatten().all(|sid| sid.starts_with('A') && sid.len() == 9));
        assert!(pieces(&whole, 2000).iter().all(|piece| piece.weight <= 2000));
    }

    /// Characters of the largest statement that is no more than one item on each axis.
    fn largest_atom(whole: &Statement) -> usize {
        let largest = |patterns: &Patterns| match patterns.negated {
            true => patterns.clone(),
            false => {
                let longest = patterns.patterns.iter().max_by_key(|it| size::string(it)).unwrap();
                Patterns { patterns: vec![longest.clone()], ..patterns.clone() }
            }
        };
        let (actions, resources) = (largest(&whole.actions), largest(&whole.resources));
        let sid = whole.sid.as_ref().map(|sid| format!("{sid}12345678"));
        size::weight(&Statement { actions, resources, sid, ..whole.clone() })
    }

    fn some_patterns(prefix: &'static str) -> impl Strategy<Value = Patterns> {
        let list = prop::collection::btree_set("[a-z\"]{1,40}", 1..40);
        (list, prop::bool::weighted(0.25)).prop_map(move |(list, negated)| Patterns {
            negated,
            patterns: list.into_iter().map(|it| format!("{prefix}{it}")).collect(),
        })
    }

    proptest! {
        #[test]
        fn pieces_mean_the_whole(
            actions in some_patterns("s3:"),
            resources in some_patterns("arn:aws:s3:::"),
            has_sid: bool,
            room in 150..2500_usize,
        ) {
            let sid = has_sid.then(|| "Sid".to_owned());
            let whole = Statement { sid, ..statement(actions, resources) };
            let unit = Unit::whole(whole.clone(), 0);
            let is_divisible = largest_atom(&whole) <= room;
            match indivisible(&unit, room) {
                None => {
                    let pieces = divide(unit.clone(), room);
                    prop_assert!(is_divisible || unit.weight <= room);
                    prop_assert!(pieces.iter().all(|piece| piece.weight <= room));
                    let statements = || pieces.iter().map(|piece| &**piece.statement);
                    prop_assert_eq!(sample::expand(statements()), sample::expand([&whole]));
                    let atoms: usize = statements().map(|it| sample::expand([it]).len()).sum();
                    prop_assert_eq!(atoms, sample::expand([&whole]).len());
                    prop_assert!(fewest_documents(&unit, room) <= dense::lay_out(&pieces, room).len());
                }
                Some(_) => prop_assert!(!is_divisible && unit.weight > room),
            }
        }
    }
}
