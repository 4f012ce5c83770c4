//! Actions whose answers hold credentials.

use iamc_model::codes;

use super::{Exposure, named};
use crate::closure::ask::Scope;
use crate::words;

/// From the lists of cloudsplaining
/// (<https://github.com/salesforce/cloudsplaining>, `ACTIONS_THAT_RETURN_CREDENTIALS`, BSD-3-Clause) and
/// of Kinnaird McQuade (<https://gist.github.com/kmcquade/33860a617e651104d243c324ddf7992a>), as far as
/// AWS still has them. To take on a role is in `privilege-escalation`, where it is not bound.
pub(super) const ACTIONS: &[&str] = &[
    "airflow:CreateCliToken",
    "airflow:CreateWebLoginToken",
    "appsync:CreateApiKey",
    "chime:CreateApiKey",
    "cloud9:CreateEnvironmentToken",
    "codeartifact:GetAuthorizationToken",
    "codepipeline:PollForJobs",
    "cognito-identity:GetCredentialsForIdentity",
    "cognito-identity:GetOpenIdToken",
    "cognito-identity:GetOpenIdTokenForDeveloperIdentity",
    "connect:GetFederationToken",
    "ec2:GetPasswordData",
    "ecr-public:GetAuthorizationToken",
    "ecr:GetAuthorizationToken",
    "emr-containers:GetManagedEndpointSessionCredentials",
    "gamelift:GetComputeAccess",
    "gamelift:GetComputeAuthToken",
    "gamelift:GetInstanceAccess",
    "gamelift:RequestUploadCredentials",
    "grafana:CreateWorkspaceApiKey",
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreateServiceSpecificCredential",
    "iam:ResetServiceSpecificCredential",
    "license-manager:GetAccessToken",
    "lightsail:CreateBucketAccessKey",
    "lightsail:DownloadDefaultKeyPair",
    "lightsail:GetInstanceAccessDetails",
    "lightsail:GetRelationalDatabaseMasterUserPassword",
    "mediapackage:RotateChannelCredentials",
    "mediapackage:RotateIngestEndpointCredentials",
    "rds-db:connect",
    "redshift-serverless:GetCredentials",
    "redshift:GetClusterCredentials",
    "redshift:GetClusterCredentialsWithIAM",
    "sts:GetFederationToken",
    "sts:GetSessionToken",
];

/// `credential-exposure`
pub(super) const EXPOSURE: Exposure = Exposure {
    code: &codes::CREDENTIAL_EXPOSURE,
    scope: Scope::Some,
    actions: |held, _| named(held, ACTIONS),
    gives: |actions| format!("get credentials as an answer, by {}", words::first_few(actions)),
    help: "name the resources whose credentials are needed, or take the action away",
};

#[cfg(test)]
mod tests {
    use iamc_catalog::Catalog;

    #[test]
    fn aws_has_these_actions() {
        let catalog = Catalog::builtin();
        assert!(super::ACTIONS.is_sorted());
        for action in super::ACTIONS {
            let (service, name) = action.split_once(':').expect("an action");
            let service = catalog.service(service).unwrap_or_else(|| panic!("{action}"));
            assert_eq!(service.action(name).map(|found| found.name.as_str()), Some(name), "{action}");
        }
    }
}
