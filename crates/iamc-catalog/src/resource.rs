//! The types of resources, and which ARNs are of one.

use crate::pattern::{Set, Step, between_holes, meet, written};

/// A resource type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceType {
    /// `bucket`
    pub name: String,
    /// `arn:${Partition}:s3:::${BucketName}`
    pub arn: String,
    /// Condition keys of it, sorted.
    pub keys: Vec<String>,
    /// Whether another type of the service goes on after this ARN with a `/` (an object after its
    /// bucket), so that the ARN's last part holds none.
    pub has_children: bool,
}

/// What the parts of an ARN before its resource hold not.
const FIELD: Set = Set::Not(&[':']);
/// What a last part holds not where there are types below it.
const LEAF: Set = Set::Not(&['/']);
const ANY: Set = Set::Not(&[]);

impl ResourceType {
    /// Whether a resource as a policy writes it, `*`, `?`, policy variables (`${…}`) and placeholders
    /// (`{…}`) included, covers a resource of this type. In doubt it does.
    pub fn fits(&self, resource: &str) -> bool {
        resource == "*" || meet(&written(resource), &self.steps())
    }

    fn steps(&self) -> Vec<Step> {
        let texts = between_holes(&self.arn);
        let mut steps = Vec::new();
        let mut colons = 0;
        for (at, text) in texts.iter().enumerate() {
            steps.extend(Step::literal(text));
            colons += text.matches(':').count();
            let is_last = at + 2 == texts.len() && texts[at + 1].is_empty();
            let set = match (colons < 5, is_last && self.has_children) {
                (true, _) => FIELD,
                (false, true) => LEAF,
                (false, false) => ANY,
            };
            steps.extend((at + 1 < texts.len()).then(|| Step::hole(set)).into_iter().flatten());
        }
        steps
    }
}

/// Sets [`ResourceType::has_children`] of all types of a service.
pub(crate) fn relate(types: &mut [ResourceType]) {
    let shape = |kind: &ResourceType| between_holes(&kind.arn).join("\0");
    let mut shapes: Vec<String> = types.iter().map(shape).collect();
    shapes.sort();
    for kind in types {
        let below = shape(kind) + "/";
        let next = shapes.partition_point(|other| *other < below);
        let has_below = shapes.get(next).is_some_and(|other| other.starts_with(&below));
        kind.has_children = kind.arn.ends_with('}') && has_below;
    }
}
