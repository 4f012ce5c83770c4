//! A statement, made ready to be judged many times.

use std::collections::BTreeSet;

use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns};

use crate::condition::Wanted;
use crate::glob::Glob;
use crate::service::{Services, may_name};
use crate::target::{self, Target};
use crate::variable::Template;

/// A statement of a policy document, without its name and place: the caller knows it by its index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    effect: Effect,
    actions: Patterns,
    resources: Patterns,
    conditions: Conditions,
    action_globs: Vec<Glob>,
    services: Services,
    resource_templates: Vec<Template>,
}

impl Statement {
    /// A statement with these elements.
    pub fn new(effect: Effect, actions: Patterns, resources: Patterns, conditions: Conditions) -> Self {
        let action_globs: Vec<Glob> = actions.patterns.iter().map(|action| target::action(action)).collect();
        let services = Services::of(&action_globs);
        let resource_templates = resources.patterns.iter().map(|text| Template::pattern(text)).collect();
        Self { effect, actions, resources, conditions, action_globs, services, resource_templates }
    }

    /// `Allow` or `Deny`.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// Action or NotAction.
    pub fn actions(&self) -> &Patterns {
        &self.actions
    }

    /// Resource or NotResource.
    pub fn resources(&self) -> &Patterns {
        &self.resources
    }

    /// Operator → key → values.
    pub fn conditions(&self) -> &Conditions {
        &self.conditions
    }

    /// Action or NotAction, in lower case, in the order of the patterns.
    pub(crate) fn action_globs(&self) -> &[Glob] {
        &self.action_globs
    }

    /// The services of those patterns.
    pub(crate) fn services(&self) -> &Services {
        &self.services
    }

    /// Resource or NotResource, in the order of the patterns.
    pub(crate) fn resource_templates(&self) -> &[Template] {
        &self.resource_templates
    }

    /// Whether the statement can matter to a request with this action and resource (either may be a
    /// pattern, no resource is any), whatever the context. Cheap; never false where it matters.
    pub fn may_concern(&self, action: &str, resource: Option<&str>) -> bool {
        may_name(&self.actions, action) && self.may_concern_target(&Target::new(action, resource))
    }

    /// [`Statement::may_concern`] of what is prepared.
    pub(crate) fn may_concern_target(&self, target: &Target) -> bool {
        self.may_concern_action(target)
            && target.resource.as_ref().is_none_or(|resource| self.may_concern_resource(resource))
    }

    /// Whether some request may match both, whatever the context. Cheap; never false where one does.
    pub fn may_meet(&self, other: &Self) -> bool {
        let [actions, others] = [self, other].map(|of| (of.actions.negated, &of.action_globs[..]));
        let [resources, theirs] = [self, other].map(|of| (of.resources.negated, &of.resource_templates[..]));
        self.may_share_action(other)
            && may_share(actions, others, &Glob::intersects, &Glob::covers)
            && may_share(resources, theirs, &Template::may_meet, &|excepted, own| {
                excepted.surely_covers(&own.widest())
            })
    }

    /// Whether, by the services of their actions, some request may match both. Cheap.
    pub(crate) fn may_share_action(&self, other: &Self) -> bool {
        let is_listed = |statement: &Self| !statement.actions.negated;
        !is_listed(self) || !is_listed(other) || self.services.may_meet(&other.services)
    }

    fn may_concern_action(&self, target: &Target) -> bool {
        let mut globs = self.action_globs.iter();
        let may_meet = self.services.may_meet(&target.services);
        match self.actions.negated {
            false => may_meet && globs.any(|glob| glob.intersects(&target.action)),
            true => !(may_meet && globs.any(|glob| glob.covers(&target.action))),
        }
    }

    fn may_concern_resource(&self, resource: &Glob) -> bool {
        let mut templates = self.resource_templates.iter();
        match self.resources.negated {
            false => templates.any(|template| template.widest().intersects(resource)),
            true => !templates.any(|template| template.surely_covers(resource)),
        }
    }

    /// The context keys in lower case on which its answer can depend: of its conditions, and of policy
    /// variables in its resources and values. Sorted and distinct.
    pub fn keys(&self) -> Vec<String> {
        let of_resources =
            self.resource_templates.iter().flat_map(Template::keys).map(str::to_ascii_lowercase);
        let mut keys: BTreeSet<String> = of_resources.collect();
        for (operator, conditions) in &self.conditions {
            for (key, values) in conditions {
                keys.insert(key.to_ascii_lowercase());
                let wanted = Wanted::of(operator.base, values);
                keys.extend(wanted.iter().flat_map(Wanted::keys).map(str::to_ascii_lowercase));
            }
        }
        keys.into_iter().collect()
    }
}

/// Patterns, and whether they say what is excepted.
type List<'p, P> = (bool, &'p [P]);

/// Whether two lists leave open that something is in both.
fn may_share<P>(
    one: List<'_, P>,
    other: List<'_, P>,
    meets: &dyn Fn(&P, &P) -> bool,
    covers: &dyn Fn(&P, &P) -> bool,
) -> bool {
    match (one, other) {
        ((true, _), (true, _)) => true,
        ((true, _), (false, _)) => may_share(other, one, meets, covers),
        ((false, these), (false, those)) => these.iter().any(|own| those.iter().any(|it| meets(own, it))),
        ((false, these), (true, excepted)) => {
            these.iter().any(|own| !excepted.iter().any(|it| covers(it, own)))
        }
    }
}
