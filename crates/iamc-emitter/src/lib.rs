//! Grants to CloudFormation, and CloudFormation to text.
//!
//! [`emit`] divides each principal's statements among managed policies, names the resources, and checks
//! them against IAM's and CloudFormation's limits. [`render`] makes files of what `emit` has made. Neither
//! reads a clock, an environment or a disk: equal grants give equal bytes.

mod arn;
mod documents;
mod emit;
mod generated;
mod item;
mod kubernetes;
mod limits;
mod manifest;
mod names;
mod outputs;
mod overfull;
mod pack;
mod principal;
mod size;
mod stack;
mod statement;
mod template;
#[cfg(test)]
mod testing;
mod transition;
mod trust;
mod yaml;

pub use emit::emit;
pub use generated::{is_generated, is_output_path};
pub use item::Item;
pub use outputs::{Outputs, render};
pub use pack::Rung;
pub use stack::{
    Binding, Document, Group, Identity, InstanceProfile, Kubernetes, ManagedPolicy, Mapping, Role, Stack,
    Stacks, Statement, User,
};
pub use transition::{Move, crowded, moves};
