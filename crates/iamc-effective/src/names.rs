//! The actions that AWS has, for examples.

use iamc_access::exact::ActionNames;
use iamc_catalog::Catalog;

/// Names that one pattern gives at most: `*` alone would have every service decoded.
const MOST: usize = 4096;

/// The actions of the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a>(pub &'a Catalog);

impl ActionNames for Names<'_> {
    fn matching(&self, pattern: &str) -> Vec<String> {
        let (prefix, name) = pattern.split_once(':').unwrap_or(("*", pattern));
        let services = self.0.services_matching(prefix);
        let actions = services.flat_map(|service| {
            let actions = service.matching(name).map(|action| format!("{}:{}", service.prefix, action.name));
            actions.collect::<Vec<_>>()
        });
        actions.take(MOST).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_gives_names_as_aws_writes_them() {
        let catalog = Catalog::builtin();
        let matching = |pattern| Names(&catalog).matching(pattern);
        assert_eq!(matching("S3:getobjectac?"), ["s3:GetObjectAcl"]);
        assert_eq!(matching("*").len(), MOST);
        assert!(matching("nothing:*").is_empty());
    }
}
