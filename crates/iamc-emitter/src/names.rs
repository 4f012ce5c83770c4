//! The names of a principal's resources: functions of the settings' patterns, the principal's name and
//! the category's alone.

use iamc_model::PrincipalKind;
use iamc_model::settings::{Naming, render};

/// Names what belongs to one principal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names<'a> {
    pub(crate) naming: &'a Naming,
    pub(crate) kind: PrincipalKind,
    pub(crate) principal: &'a str,
}

impl Names<'_> {
    /// A managed policy. The suffix tells apart those of one category.
    pub(crate) fn policy(&self, category: &str, suffix: &str) -> String {
        render(self.naming.policy(self.kind), self.principal, Some(category)) + suffix
    }

    /// A managed policy's description. CloudFormation cannot change it in place, so it is made of what
    /// its name is made of.
    pub(crate) fn description(&self, category: &str, suffix: &str) -> String {
        let part = format!("{category}{suffix}");
        let part = part.trim_start_matches('-');
        let space = if part.is_empty() { "" } else { " " };
        match self.kind {
            PrincipalKind::Engineer => format!("Personal Policy{space}{part} for {}", self.principal),
            PrincipalKind::ServiceUser => format!("IAM policy{space}{part} for service {}", self.principal),
            PrincipalKind::Role => format!("IAM policy{space}{part} for role {}", self.principal),
        }
    }

    /// The IAM role; a service user has none, and lends its own name.
    pub(crate) fn role(&self) -> String {
        self.naming.role_name(self.kind, self.principal).unwrap_or_else(|| self.principal.to_owned())
    }

    /// An engineer's instance profile.
    pub(crate) fn instance_profile(&self) -> String {
        render(&self.naming.engineer_instance_profile, self.principal, None)
    }

    /// A service user's group.
    pub(crate) fn group(&self) -> String {
        render(&self.naming.service_user_group, self.principal, None)
    }

    /// The stack. A principal's name can hold characters that a stack's cannot: each becomes a `-`.
    pub(crate) fn stack(&self) -> String {
        let fit = |character: char| if character.is_ascii_alphanumeric() { character } else { '-' };
        let principal: String = self.principal.chars().map(fit).collect();
        render(self.naming.stack(self.kind), &principal, None)
    }
}

/// The logical id of a resource: its name without what is not a letter or digit.
pub(crate) fn logical_id(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names<'a>(naming: &'a Naming, kind: PrincipalKind, principal: &'a str) -> Names<'a> {
        Names { naming, kind, principal }
    }

    #[test]
    fn names_of_an_engineer() {
        let naming = Naming::default();
        let jane = names(&naming, PrincipalKind::Engineer, "JaneDoe");
        assert_eq!(jane.role(), "PersonalRoleJaneDoe");
        assert_eq!(jane.instance_profile(), "PersonalInstanceProfileJaneDoe");
        assert_eq!(jane.policy("S3", ""), "PersonalPolicyS3JaneDoe");
        assert_eq!(jane.policy("S3", "-0f"), "PersonalPolicyS3JaneDoe-0f");
        assert_eq!(jane.description("S3", ""), "Personal Policy S3 for JaneDoe");
        assert_eq!(jane.description("S3", "-0f"), "Personal Policy S3-0f for JaneDoe");
        assert_eq!(jane.stack(), "personal-iam-profile-JaneDoe");
    }

    #[test]
    fn names_of_a_service_user() {
        let naming = Naming::default();
        let web = names(&naming, PrincipalKind::ServiceUser, "Web_Prod");
        assert_eq!(web.policy("", ""), "PolicyForWeb_Prod");
        assert_eq!(web.description("", ""), "IAM policy for service Web_Prod");
        assert_eq!(web.description("", "-0f"), "IAM policy 0f for service Web_Prod");
        assert_eq!(web.group(), "IamGroupWeb_Prod");
        assert_eq!(web.stack(), "service-user-Web-Prod");
    }

    #[test]
    fn names_of_a_role() {
        let naming = Naming::default();
        let deploy = names(&naming, PrincipalKind::Role, "Deploy-Web");
        assert_eq!(deploy.role(), "Deploy-Web");
        assert_eq!(deploy.description("", ""), "IAM policy for role Deploy-Web");
        assert_eq!(deploy.stack(), "role-Deploy-Web");
    }

    #[test]
    fn logical_ids_are_letters_and_digits() {
        assert_eq!(logical_id("Personal_Policy-S3é@x.y"), "PersonalPolicyS3xy");
    }
}
