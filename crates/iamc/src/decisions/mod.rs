//! One request, decided for many principals: once for all of whom the same is known as far as it matters
//! to the request, and through the roles that they can assume. Principals go by their numbers in
//! [`Grants::principals`](iamc_model::Grants::principals).

mod classes;
mod example;
pub(crate) mod reason;
mod roles;

pub(crate) use classes::{Class, Classes};
pub(crate) use example::Examples;
pub(crate) use roles::Roles;
