//! Statements as items of documents.

use std::ops::Deref;
use std::sync::OnceLock;

use crate::size::most_bytes;
use crate::stack::Statement;
use crate::statement::statement_text;

/// A statement that documents share, with its text as it stands in a template. The text is made when it
/// is asked for first.
#[derive(Debug)]
pub struct Item {
    statement: Statement,
    most_bytes: usize,
    text: OnceLock<String>,
}

impl Item {
    pub(crate) fn text(&self) -> &str {
        self.text.get_or_init(|| statement_text(&self.statement))
    }

    /// What the text has at most.
    pub(crate) fn most_bytes(&self) -> usize {
        self.most_bytes
    }
}

impl From<Statement> for Item {
    fn from(statement: Statement) -> Self {
        Self { most_bytes: most_bytes::of_statement(&statement), statement, text: OnceLock::new() }
    }
}

impl Deref for Item {
    type Target = Statement;

    fn deref(&self) -> &Statement {
        &self.statement
    }
}

impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        self.statement == other.statement
    }
}
