//! The combinations of permissions by which one gets more than one was given.
//!
//! Ids, kinds and permissions are those of <https://pathfinding.cloud> (DataDog, Apache-2.0), which
//! builds on the research of Rhino Security Labs
//! (<https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/>); what each gives is
//! said in words of our own.

/// A line each: id, kind, permissions, and what they let people do.
static COMBINATIONS: &str = include_str!("combinations.txt");

/// One way to more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combination {
    /// As <https://pathfinding.cloud> calls it: `lambda-001`.
    pub id: &'static str,
    /// Whether it makes one somebody else, rather than giving more to oneself.
    pub is_of_others: bool,
    /// All are needed.
    pub permissions: Vec<&'static str>,
    /// What whoever has them can do: `run …`.
    pub gives: &'static str,
}

pub(super) const PASS_ROLE: &str = "iam:PassRole";

impl Combination {
    /// All of them, in the order of their ids.
    pub fn all() -> Vec<Self> {
        COMBINATIONS.lines().filter_map(Self::read).collect()
    }

    fn read(line: &'static str) -> Option<Self> {
        let mut parts = line.split(" | ");
        let (id, kind, permissions, gives) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let permissions = permissions.split(' ').collect();
        Some(Self { id, is_of_others: kind == "principal-access", permissions, gives })
    }

    /// Whether it needs no permission of IAM's: it works with a role that something has already, and
    /// gives no more than is named unless any such thing will do.
    pub(super) fn works_on_others(&self) -> bool {
        !self.permissions.iter().any(|permission| permission.starts_with("iam:"))
    }

    /// The services to which it can pass a role.
    pub(super) fn passed_to(&self) -> &'static [&'static str] {
        match self.id.rsplit_once('-').map_or(self.id, |(service, _)| service) {
            "apprunner" => &["tasks.apprunner.amazonaws.com", "build.apprunner.amazonaws.com"],
            "bedrock" => &["bedrock-agentcore.amazonaws.com"],
            "cloudformation" => &["cloudformation.amazonaws.com"],
            "codebuild" => &["codebuild.amazonaws.com"],
            "datapipeline" => &["datapipeline.amazonaws.com", "elasticmapreduce.amazonaws.com"],
            "ec2" => &["ec2.amazonaws.com"],
            "ecs" => &["ecs-tasks.amazonaws.com"],
            "glue" => &["glue.amazonaws.com"],
            "lambda" => &["lambda.amazonaws.com"],
            "sagemaker" => &["sagemaker.amazonaws.com"],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use iamc_catalog::Catalog;

    use super::*;

    #[test]
    fn every_line_is_a_combination_of_what_aws_has() {
        let (all, catalog) = (Combination::all(), Catalog::builtin());
        assert_eq!(all.len(), COMBINATIONS.lines().count());
        for combination in &all {
            for permission in &combination.permissions {
                let (service, name) = permission.split_once(':').expect("an action");
                let service = catalog.service(service).expect(permission);
                assert_eq!(service.action(name).expect(permission).name, name);
            }
            let passes = combination.permissions.contains(&PASS_ROLE);
            assert!(!passes || !combination.passed_to().is_empty(), "{}", combination.id);
        }
    }
}
