//! Examples as somebody could make them: actions on resources that they work on.

use std::collections::BTreeSet;

use iamc_catalog::{Action, Catalog, ResourcePattern};
use iamc_model::grants::Patterns;

/// At most so many actions are given.
const MOST: usize = 8;

/// Actions that AWS has, of the same service as one, that all of the lists name and that work on a
/// resource; none where that one itself does.
pub fn likelier(action: &str, resource: &str, lists: &[&Patterns], catalog: &Catalog) -> Vec<String> {
    let Some((prefix, name)) = action.split_once(':') else { return vec![] };
    let Some(service) = catalog.service(prefix) else { return vec![] };
    let pattern = ResourcePattern::from(resource);
    let kinds = service.resources.iter().filter(|kind| kind.fits_pattern(&pattern));
    let kinds: BTreeSet<&str> = kinds.map(|kind| kind.name.as_str()).collect();
    let works = |action: &Action| match action.resources() {
        [] => resource == "*",
        of => of.iter().any(|kind| kinds.contains(kind.name.as_str())),
    };
    if service.action(name).is_some_and(works) {
        return vec![];
    }
    let is_named = |action: &Action| {
        let full = format!("{prefix}:{}", action.name);
        let names =
            |list: &Patterns| list.patterns.iter().any(|it| iamc_catalog::covers(it, &full)) != list.negated;
        lists.iter().all(|list| names(list))
    };
    let fitting = service.actions.iter().filter(|action| is_named(action) && works(action));
    fitting.take(MOST).map(|action| format!("{}:{}", service.prefix, action.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_works_on_the_resource() {
        let catalog = Catalog::builtin();
        let named = |pattern: &str| Patterns { negated: false, patterns: vec![pattern.to_owned()] };
        let likelier = |action, resource, pattern| likelier(action, resource, &[&named(pattern)], &catalog);
        assert_eq!(likelier("s3:ListBucket", "arn:aws:s3:::a/x", "s3:GetObject"), ["s3:GetObject"]);
        assert_eq!(likelier("s3:ListBucket", "arn:aws:s3:::a", "s3:*"), Vec::<String>::new());
        let many = likelier("s3:X", "arn:aws:s3:::a/x", "*");
        assert!(many.len() == MOST && !many.iter().any(|action| action == "s3:ListBucket"), "{many:?}");
        assert!(likelier("nothing:X", "*", "*").is_empty());
    }
}
