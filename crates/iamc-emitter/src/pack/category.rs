//! Which category a statement belongs to.

use std::sync::Arc;

use iamc_model::grants::Patterns;
use iamc_model::settings::Category;

/// The category of what belongs to no other.
const MISC: &str = "Misc";

/// Categories in the order of the settings, Misc behind them; those of one name are one.
#[derive(Debug)]
pub(super) struct Categories {
    names: Vec<Arc<str>>,
    /// Services, and the index of the name.
    services: Vec<(Vec<String>, usize)>,
    misc: usize,
}

impl Categories {
    /// The categories of the settings.
    pub(super) fn new(categories: &[Category]) -> Self {
        let mut names = Vec::new();
        let services = categories
            .iter()
            .map(|category| {
                let services = category.services.iter().map(|service| service.value.clone());
                (services.collect(), index(&mut names, &category.name))
            })
            .collect();
        let misc = index(&mut names, MISC);
        Self { names, services, misc }
    }

    /// The index of the first category whose services cover all of the actions, else of Misc.
    pub(super) fn of(&self, actions: &Patterns) -> usize {
        if actions.negated {
            return self.misc;
        }
        let mut used: Vec<&str> = actions.patterns.iter().map(|action| service(action)).collect();
        used.dedup();
        let is_among =
            |used: &&str, services: &[String]| services.iter().any(|it| it.eq_ignore_ascii_case(used));
        let covers = |services: &[String]| used.iter().all(|used| is_among(used, services));
        let covering = self.services.iter().find(|(services, _)| covers(services));
        covering.map_or(self.misc, |&(_, name)| name)
    }

    /// Misc's index.
    pub(super) fn misc(&self) -> usize {
        self.misc
    }

    /// The name of an index.
    pub(super) fn name(&self, index: usize) -> Arc<str> {
        self.names[index].clone()
    }
}

fn index(names: &mut Vec<Arc<str>>, name: &str) -> usize {
    names.iter().position(|known| known.as_ref() == name).unwrap_or_else(|| {
        names.push(name.into());
        names.len() - 1
    })
}

/// The service of an action: `S3` of `S3:Get*`.
fn service(action: &str) -> &str {
    action.split(':').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use iamc_model::source::Spanned;

    use super::*;

    fn category(name: &str, services: &[&str]) -> Category {
        let services = services.iter().map(|&service| Spanned::builtin(service.into())).collect();
        Category { name: Spanned::builtin(name.into()), services }
    }

    fn of(actions: &[&str], negated: bool) -> String {
        let categories = Categories::new(&[
            category("S3", &["s3"]),
            category("Secrets", &["SecretsManager", "kms"]),
            category("Storage", &["s3", "kms"]),
        ]);
        let patterns = actions.iter().map(|&action| action.into()).collect();
        categories.name(categories.of(&Patterns { negated, patterns })).to_string()
    }

    #[test]
    fn the_first_that_covers_all_actions() {
        assert_eq!(of(&["s3:GetObject", "s3:Put*"], false), "S3");
        assert_eq!(of(&["secretsmanager:*", "kms:Decrypt"], false), "Secrets");
        assert_eq!(of(&["kms:Decrypt"], false), "Secrets");
        assert_eq!(of(&["kms:Decrypt", "s3:GetObject"], false), "Storage");
    }

    #[test]
    fn services_have_no_case() {
        assert_eq!(of(&["S3:GetObject"], false), "S3");
        assert_eq!(of(&["SECRETSMANAGER:GetSecretValue"], false), "Secrets");
    }

    #[test]
    fn the_rest_is_misc() {
        assert_eq!(of(&["s3:GetObject", "ec2:RunInstances"], false), "Misc");
        assert_eq!(of(&["*"], false), "Misc");
        assert_eq!(of(&["s3*:GetObject"], false), "Misc");
        assert_eq!(of(&["s3:GetObject"], true), "Misc");
    }

    #[test]
    fn categories_of_one_name_are_one() {
        let categories =
            Categories::new(&[category("A", &["s3"]), category("Misc", &["kms"]), category("A", &["ec2"])]);
        let of = |action: &str| categories.of(&Patterns { negated: false, patterns: vec![action.into()] });
        assert_eq!(of("s3:Get"), of("ec2:Run"));
        assert_eq!(of("kms:Decrypt"), of("sns:Publish"));
    }
}
