//! Names of managed policies: what they say of what the policies hold, and the categories in them.

use iamc_model::graph::Principal;
use iamc_model::{PrincipalKind, Settings, Spanned, Text};

use super::fill;

/// The category of what fits none of the settings'.
pub(crate) const MISC: &str = "Misc";

/// What the name of a managed policy says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PolicyName {
    /// None where the pattern has no `{category}`.
    pub(crate) category: Option<String>,
    /// What tells it apart from others of its category: empty, or `-` and letters and digits.
    pub(crate) suffix: String,
}

impl PolicyName {
    /// Everything that a name can mean; mostly one thing, or none where the source makes no such name.
    pub(crate) fn parse(settings: &Settings, principal: &Principal, name: &str) -> Vec<Self> {
        let read = |category: Option<&str>| {
            let stem =
                fill(policy_pattern(settings, principal.kind), principal, category.unwrap_or_default());
            let suffix = name.strip_prefix(&stem).filter(|suffix| is_suffix(suffix))?.to_owned();
            Some(Self { category: category.map(str::to_owned), suffix })
        };
        match has_categories(settings, principal.kind) {
            true => category_names(settings).filter_map(|category| read(Some(category))).collect(),
            false => read(None).into_iter().collect(),
        }
    }

    /// The description of a policy of this name.
    pub(crate) fn description(&self, principal: &Principal) -> String {
        let category = self.category.as_deref().unwrap_or_default();
        let part = format!("{category}{}", self.suffix);
        let part = match part.trim_start_matches('-') {
            "" => String::new(),
            part => format!(" {part}"),
        };
        match principal.kind {
            PrincipalKind::Engineer => format!("Personal Policy{part} for {}", principal.name),
            PrincipalKind::ServiceUser => format!("IAM policy{part} for service {}", principal.name),
            PrincipalKind::Role => format!("IAM policy{part} for role {}", principal.name),
        }
    }
}

fn policy_pattern(settings: &Settings, kind: PrincipalKind) -> &Text {
    match kind {
        PrincipalKind::Engineer => &settings.naming.engineer_policy,
        PrincipalKind::ServiceUser => &settings.naming.service_user_policy,
        PrincipalKind::Role => &settings.naming.role_policy,
    }
}

fn has_categories(settings: &Settings, kind: PrincipalKind) -> bool {
    policy_pattern(settings, kind).placeholders().any(|placeholder| placeholder.name == "category")
}

fn category_names(settings: &Settings) -> impl Iterator<Item = &str> {
    settings.categories.iter().map(|category| category.name.as_str()).chain([MISC])
}

fn is_suffix(suffix: &str) -> bool {
    let digits = |rest: &str| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_alphanumeric());
    suffix.is_empty() || suffix.strip_prefix('-').is_some_and(digits)
}

/// The first category whose services cover all of the actions, else Misc; `None` stands for
/// `not-actions`.
pub(crate) fn category<'s>(settings: &'s Settings, actions: Option<&[&str]>) -> &'s str {
    let Some(actions) = actions else { return MISC };
    let is_covered = |services: &[Spanned<String>], action: &str| {
        let service = action.split(':').next().unwrap_or_default();
        services.iter().any(|covered| covered.eq_ignore_ascii_case(service))
    };
    let covers = |services: &[Spanned<String>]| actions.iter().all(|action| is_covered(services, action));
    let first = settings.categories.iter().find(|category| covers(&category.services));
    first.map_or(MISC, |category| category.name.as_str())
}

#[cfg(test)]
mod tests {
    use iamc_model::Span;
    use iamc_model::declaration::Attributes;

    use super::*;

    fn principal(kind: PrincipalKind, name: &str) -> Principal {
        Principal {
            kind,
            name: name.into(),
            span: Span::BUILTIN,
            groups: vec![],
            policies: vec![],
            params: vec![],
            attributes: Attributes::default(),
        }
    }

    /// What a name of a managed policy can mean: category, suffix and description.
    fn read(kind: PrincipalKind, who: &str, name: &str) -> String {
        let (settings, principal) = (Settings::default(), principal(kind, who));
        let readings = PolicyName::parse(&settings, &principal, name);
        let readings = readings.iter().map(|reading| {
            let category = reading.category.as_deref().unwrap_or("none");
            format!("{category} {:?} {}", reading.suffix, reading.description(&principal))
        });
        readings.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn names_of_managed_policies() {
        let of_jane = |name| read(PrincipalKind::Engineer, "JaneDoe", name);
        assert_eq!(of_jane("PersonalPolicyS3JaneDoe"), "S3 \"\" Personal Policy S3 for JaneDoe");
        assert_eq!(
            of_jane("PersonalPolicyMiscJaneDoe-01"),
            "Misc \"-01\" Personal Policy Misc-01 for JaneDoe"
        );
        for other in [
            "PersonalPolicyJaneDoe",
            "PersonalPolicyS3JaneDoe2",
            "PersonalPolicyS3JaneDoe-",
            "PersonalPolicyS3JohnDoe",
        ] {
            assert_eq!(of_jane(other), "", "{other}");
        }
        let of_web = |name| read(PrincipalKind::ServiceUser, "Web", name);
        assert_eq!(of_web("PolicyForWeb"), "none \"\" IAM policy for service Web");
        assert_eq!(of_web("PolicyForWeb-1x"), "none \"-1x\" IAM policy 1x for service Web");
        assert_eq!(read(PrincipalKind::Role, "Web", "PolicyForWeb"), "none \"\" IAM policy for role Web");
    }

    #[test]
    fn categories_of_actions() {
        let settings = Settings::default();
        for (actions, expected) in [
            (Some(&["s3:Get*", "S3:PutObject"][..]), "S3"),
            (Some(&["s3:Get*", "ec2:RunInstances"]), MISC),
            (Some(&["secretsmanager:*"]), "SecretManager"),
            (Some(&["s3*:Get"]), MISC),
            (Some(&["*"]), MISC),
            (None, MISC),
        ] {
            assert_eq!(category(&settings, actions), expected, "{actions:?}");
        }
    }
}
