//! Grants to CloudFormation, and CloudFormation to text.
//!
//! [`emit`] divides each principal's statements among managed policies, names the resources, and checks
//! them against IAM's and CloudFormation's limits. [`render`] writes what `emit` has made. Neither
//! reads a clock, an environment or a disk: equal grants give equal bytes.

mod arn;
mod documents;
mod emit;
mod generated;
mod kubernetes;
mod limits;
mod manifest;
mod names;
mod overfull;
mod pack;
mod principal;
mod stack;
mod statement;
mod template;
#[cfg(test)]
mod testing;
mod transition;
mod trust;
mod yaml;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub use emit::emit;
pub use generated::{is_generated, is_output_path};
pub use pack::Rung;
pub use stack::{
    Binding, Document, Group, Identity, InstanceProfile, Kubernetes, ManagedPolicy, Mapping, Role, Stack,
    Stacks, Statement, User,
};
pub use transition::{Move, crowded, moves};

/// Files by their path below out/, with `/`.
pub type Outputs = BTreeMap<String, String>;

/// The text of every file: a template for each stack, Kubernetes' two where they are needed, and the
/// manifest.
pub fn render(stacks: &Stacks) -> Outputs {
    let templates = stacks.stacks.par_iter().map(|stack| (stack.path(), template::template_text(stack)));
    let mut outputs: Outputs = templates.collect();
    let manifest = manifest::manifest(stacks, &outputs);
    outputs.insert(generated::MANIFEST.to_owned(), manifest);
    if let Some(kubernetes) = &stacks.kubernetes {
        kubernetes::write(kubernetes, &mut outputs);
    }
    outputs
}
