//! What is laid out: statements and pieces of statements.

use std::sync::Arc;

use crate::item::Item;
use crate::size;
use crate::stack::Statement;

use super::key::Key;

/// Hexadecimal digits of a key where it tells Sids apart.
const SID_DIGITS: usize = 8;

/// A statement, or a piece of one.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// Of the names of the policies alone; a piece has that of its whole.
    pub(super) origin: Key,
    /// Which piece; empty for a whole statement.
    pub(super) cell: String,
    /// Of the names and the cell.
    pub(super) key: Key,
    /// An index of [`super::category::Categories`]; a piece has that of its whole.
    pub(super) category: usize,
    /// [`size::weight`] of the statement.
    pub(super) weight: usize,
    /// What is emitted.
    pub(super) statement: Arc<Item>,
}

impl Unit {
    /// A whole statement.
    pub(super) fn whole(statement: Statement, category: usize) -> Self {
        let origin = Key::of(&statement.policies.join("\n"));
        let weight = size::weight(&statement);
        Self {
            origin,
            cell: String::new(),
            key: origin,
            category,
            weight,
            statement: Arc::new(statement.into()),
        }
    }

    /// A piece of this whole; `statement` is the part of it that lies in `cell`.
    pub(super) fn piece(&self, statement: Statement, cell: String) -> Self {
        let key = piece_key(&self.statement, &cell);
        let statement = with_told_apart_sid(statement, &key);
        let weight = size::weight(&statement);
        Self { key, cell, weight, statement: Arc::new(statement.into()), ..*self }
    }

    /// The same whole with a Sid that no other policy's name can make.
    pub(super) fn told_apart(&self) -> Self {
        Self::whole(with_told_apart_sid(Statement::clone(&self.statement), &self.origin), self.category)
    }
}

/// How much longer the Sid of a piece is than that of its whole.
pub(super) fn piece_sid_growth(whole: &Statement) -> usize {
    if whole.sid.is_some() { SID_DIGITS } else { 0 }
}

/// The Sid of a statement that comes from the policy of this name: its letters and digits.
pub(super) fn sid(policy: &str) -> String {
    policy.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// The statement with a hash behind its Sid, if it has one: the policy's name alone would not be unique.
pub(super) fn with_told_apart_sid(statement: Statement, key: &Key) -> Statement {
    let sid = statement.sid.map(|sid| sid + &key.hex(SID_DIGITS));
    Statement { sid, ..statement }
}

fn piece_key(whole: &Statement, cell: &str) -> Key {
    Key::of(&format!("{}\n\n{cell}", whole.policies.join("\n")))
}
