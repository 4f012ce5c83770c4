//! Services of words, of which neighbours mostly name the same.

use iamc_catalog::{Catalog, Service};

/// Looks services up one after the other.
pub(crate) struct Services<'c, 'w> {
    catalog: &'c Catalog,
    /// The prefix that was asked for last, and its service.
    last: (&'w str, Option<&'c Service>),
}

impl<'c, 'w> Services<'c, 'w> {
    pub(crate) fn new(catalog: &'c Catalog) -> Self {
        Self { catalog, last: ("", None) }
    }

    /// The service of a prefix; none of one that AWS does not have.
    pub(crate) fn get(&mut self, prefix: &'w str) -> Option<&'c Service> {
        if prefix != self.last.0 {
            self.last = (prefix, self.catalog.service(prefix));
        }
        self.last.1
    }
}
