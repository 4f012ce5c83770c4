//! The types of resources, and which ARNs are of one.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use crate::pattern::between_holes;
use crate::steps::{Set, Step, meet, written};

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
    has_children: bool,
    cut: OnceLock<Cut>,
}

/// The ARN of a type, cut up when it is first asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cut {
    steps: Vec<Step>,
    /// Where what its resource begins with stands in the ARN.
    start: Range<usize>,
    has_name: bool,
}

/// A resource as a policy writes it, `*`, `?`, policy variables (`${…}`) and placeholders (`{…}`)
/// included, ready to be held against many types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourcePattern {
    is_everything: bool,
    steps: Vec<Step>,
}

impl From<&str> for ResourcePattern {
    fn from(text: &str) -> Self {
        Self { is_everything: text == "*", steps: written(text) }
    }
}

/// What the parts of an ARN before its resource hold not.
const FIELD: Set = Set::Not(':');
/// What a last part holds not where there are types below it.
const LEAF: Set = Set::Not('/');

impl ResourceType {
    /// A type below which nothing is known to stand yet; see the fields.
    pub fn new(name: String, arn: String, keys: Vec<String>) -> Self {
        Self { name, arn, keys, has_children: false, cut: OnceLock::new() }
    }

    /// Whether a resource covers one of this type. In doubt it does.
    pub fn fits(&self, resource: &str) -> bool {
        self.fits_pattern(&resource.into())
    }

    /// [`fits`](Self::fits), of a resource that is held against many types.
    pub fn fits_pattern(&self, resource: &ResourcePattern) -> bool {
        resource.is_everything || meet(&resource.steps, &self.cut().steps)
    }

    /// What the part of its ARNs behind the fifth colon begins with, whatever they name.
    pub fn resource_start(&self) -> &str {
        &self.arn[self.cut().start.clone()]
    }

    /// Whether the part of its ARNs behind the fifth colon holds a name that users choose.
    pub fn has_name(&self) -> bool {
        self.cut().has_name
    }

    fn cut(&self) -> &Cut {
        self.cut.get_or_init(|| {
            let start = self.read_start();
            Cut { steps: self.read_steps(), has_name: self.arn[start.start..].contains("${"), start }
        })
    }

    fn read_start(&self) -> Range<usize> {
        let start = self.arn.match_indices(':').nth(4).map_or(self.arn.len(), |(colon, _)| colon + 1);
        let resource = &self.arn[start..];
        let end = [resource.find("${"), resource.find('*')].into_iter().flatten().min();
        start..start + end.unwrap_or(resource.len())
    }

    fn read_steps(&self) -> Vec<Step> {
        let texts = between_holes(&self.arn);
        let mut steps = Vec::new();
        let mut colons = 0;
        for (at, text) in texts.iter().enumerate() {
            for c in text.chars() {
                colons += usize::from(c == ':');
                steps.push(step(c, colons));
            }
            let is_last = at + 2 == texts.len() && texts[at + 1].is_empty();
            let set = match (colons < 5, is_last && self.has_children) {
                (true, _) => FIELD,
                (false, true) => LEAF,
                (false, false) => Set::Any,
            };
            steps.extend((at + 1 < texts.len()).then(|| Step::hole(set)).into_iter().flatten());
        }
        steps
    }
}

/// A character of an ARN of AWS's, after so many colons: some are written with `*`.
fn step(c: char, colons: usize) -> Step {
    match c {
        '*' if colons < 5 => Step::any(FIELD),
        '*' => Step::any(Set::Any),
        c => Step::only(c),
    }
}

/// Sets [`ResourceType::has_children`] of all types of a service.
pub(crate) fn relate(types: &mut [ResourceType]) {
    let shapes: Vec<String> = types.iter().map(|kind| between_holes(&kind.arn).join("\0")).collect();
    let sorted: BTreeSet<&str> = shapes.iter().map(String::as_str).collect();
    for (kind, shape) in types.iter_mut().zip(&shapes) {
        let below = format!("{shape}/");
        let next = sorted.range(below.as_str()..).next();
        kind.has_children = kind.arn.ends_with('}') && next.is_some_and(|next| next.starts_with(&below));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn types(arns: &[&str]) -> Vec<ResourceType> {
        let of = |arn: &&str| ResourceType::new(String::new(), (*arn).to_owned(), Vec::new());
        let mut types: Vec<ResourceType> = arns.iter().map(of).collect();
        relate(&mut types);
        types
    }

    #[test]
    fn a_bucket_is_no_object() {
        let types = types(&[
            "arn:${Partition}:s3:::${BucketName}",
            "arn:${Partition}:s3:::${BucketName}/${ObjectName}",
        ]);
        let fits = |arn: &str| (types[0].fits(arn), types[1].fits(arn));
        assert_eq!(fits("arn:aws:s3:::ml-data"), (true, false));
        assert_eq!(fits("arn:aws:s3:::ml-data/*"), (false, true));
        assert_eq!(fits("arn:aws:s3:::ml-data*"), (true, true));
        assert_eq!(fits("arn:*:s3:*:*:ml-data"), (true, true));
        assert_eq!(fits("arn:aws:s3:::${aws:PrincipalTag/team}"), (true, true));
        assert_eq!(fits("arn:aws:s3:::{bucket}/x"), (false, true));
        assert_eq!(fits("arn:aws:s3:eu-west-1::ml-data"), (false, false));
        assert_eq!(fits("*"), (true, true));
    }

    #[test]
    fn a_star_in_the_arn_of_a_type_is_one() {
        let types = types(&[
            "arn:${Partition}:${Vendor}:${Region}:*:recovery-point:${Id}",
            "arn:${Partition}:a:::b/*",
        ]);
        assert!(types[0].fits("arn:aws:backup:eu-west-1:123456789876:recovery-point:x"));
        assert!(!types[0].fits("arn:aws:backup:eu-west-1:1:2:recovery-point:x"));
        assert!(types[1].fits("arn:aws:a:::b/c") && !types[1].fits("arn:aws:a:::c"));
    }

    #[test]
    fn a_last_part_may_have_slashes_where_nothing_stands_below() {
        let types = types(&["arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}"]);
        assert!(types[0].fits("arn:aws:iam::123456789876:role/a/b"));
        assert!(types[0].fits("arn:aws:iam::*:role/*"));
        assert!(!types[0].fits("arn:aws:iam:::role/a"));
        assert!(!types[0].fits("arn:aws:iam::123456789876:user/a"));
    }

    #[test]
    fn a_star_reaches_beyond_a_field() {
        let types = types(&["arn:${Partition}:sqs:${Region}:${Account}:${QueueName}"]);
        assert!(types[0].fits("arn:aws:sqs:*") && types[0].fits("arn:aws:sqs:*:queue"));
        assert!(!types[0].fits("arn:aws:sqs:us-east-1"));
    }
}
