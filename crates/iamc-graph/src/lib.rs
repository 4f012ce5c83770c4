//! Names to ids, cycles, the transitive closure with time bounds, and the paths that explain it.
//!
//! [`resolve`] makes a [`Graph`](iamc_model::Graph) of a project, [`close`] the
//! [`Grants`](iamc_model::Grants) of the graph. Each returns what it could make and what was wrong.

mod bounded;
pub mod bounds;
mod close;
mod closure;
pub mod entrances;
mod expiry;
mod lint;
mod node;
pub mod paths;
mod placeholder;
mod resolve;
#[cfg(test)]
mod testing;

pub use close::close;
pub use expiry::expiry;
pub use lint::lint;
pub use resolve::resolve;
