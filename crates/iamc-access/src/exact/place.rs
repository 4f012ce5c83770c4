//! Where a request is sought.

use super::pattern::Pattern;
use super::question::Region;
use crate::glob::Glob;
use crate::target;

/// Any ARN. What actions without resources are decided on is `*` itself.
const ANY_ARN: &str = "arn:*:*:*:*:*";

/// A region with its patterns made ready.
#[derive(Debug)]
pub(super) struct Place {
    /// In lower case.
    pub(super) actions: Vec<Pattern>,
    /// What all actions are like, where the action is a pattern.
    pub(super) form: Option<Pattern>,
    pub(super) resources: Vec<Pattern>,
}

impl Place {
    /// Makes a region ready.
    pub(super) fn new(region: &Region<'_>) -> Self {
        let action = Pattern::wide(&target::action(region.action));
        let is_pattern = action.literal().is_none();
        let form = is_pattern.then(|| Pattern::wide(&Glob::pattern("?*:?*")));
        let resources = region.resources.iter().flat_map(|text| match *text {
            "*" => vec![Glob::pattern(ANY_ARN), Glob::literal("*")],
            text => vec![Glob::pattern(text)],
        });
        Self { actions: vec![action], form, resources: resources.map(|glob| Pattern::wide(&glob)).collect() }
    }
}
