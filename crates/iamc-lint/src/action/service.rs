//! The service of an action.

use iamc_catalog::Catalog;
use iamc_model::{Diagnostic, codes};

use crate::pattern::has_wildcard;
use crate::words;
use crate::written::{Written, WrittenAction};

/// Names by which services are known to people, to the SDKs and to the command line, and the prefixes
/// that they have in policies.
const ALIASES: &[(&str, &str)] = &[
    ("accessanalyzer", "access-analyzer"),
    ("acmpca", "acm-pca"),
    ("amp", "aps"),
    ("api-gateway", "apigateway"),
    ("apigatewaymanagementapi", "execute-api"),
    ("apigatewayv2", "apigateway"),
    ("appconfigdata", "appconfig"),
    ("application-insights", "applicationinsights"),
    ("beanstalk", "elasticbeanstalk"),
    ("bedrock-agent", "bedrock"),
    ("bedrock-agent-runtime", "bedrock"),
    ("bedrock-runtime", "bedrock"),
    ("cloudcontrol", "cloudformation"),
    ("cloudhsmv2", "cloudhsm"),
    ("cloudwatch-events", "events"),
    ("cloudwatch-logs", "logs"),
    ("cloudwatchevents", "events"),
    ("cloudwatchlogs", "logs"),
    ("cognito", "cognito-idp"),
    ("cognitoidentity", "cognito-identity"),
    ("configservice", "config"),
    ("connectcases", "cases"),
    ("customer-profiles", "profile"),
    ("cwlogs", "logs"),
    ("ddb", "dynamodb"),
    ("directory-service", "ds"),
    ("docdb", "rds"),
    ("dynamodbstreams", "dynamodb"),
    ("ecr-api", "ecr"),
    ("efs", "elasticfilesystem"),
    ("elasticsearch", "es"),
    ("elb", "elasticloadbalancing"),
    ("elbv2", "elasticloadbalancing"),
    ("emr", "elasticmapreduce"),
    ("eventbridge", "events"),
    ("eventbridge-scheduler", "scheduler"),
    ("greengrassv2", "greengrass"),
    ("iot-data", "iot"),
    ("keyspaces", "cassandra"),
    ("kinesis-firehose", "firehose"),
    ("kinesisanalyticsv2", "kinesisanalytics"),
    ("lex-models", "lex"),
    ("lex-runtime", "lex"),
    ("lexv2-models", "lex"),
    ("lexv2-runtime", "lex"),
    ("location", "geo"),
    ("marketplace", "aws-marketplace"),
    ("msk", "kafka"),
    ("mwaa", "airflow"),
    ("neptune", "rds"),
    ("neptunedata", "neptune-db"),
    ("opensearchserverless", "aoss"),
    ("parameter-store", "ssm"),
    ("pinpoint", "mobiletargeting"),
    ("pinpoint-sms-voice-v2", "sms-voice"),
    ("qconnect", "wisdom"),
    ("resourcegroupstaggingapi", "tag"),
    ("route-53", "route53"),
    ("s3control", "s3"),
    ("s3outposts", "s3-outposts"),
    ("sagemaker-runtime", "sagemaker"),
    ("secret-manager", "secretsmanager"),
    ("secrets-manager", "secretsmanager"),
    ("service-catalog", "servicecatalog"),
    ("service-quotas", "servicequotas"),
    ("sesv2", "ses"),
    ("sfn", "states"),
    ("simpledb", "sdb"),
    ("sso-admin", "sso"),
    ("step-functions", "states"),
    ("stepfunctions", "states"),
    ("systems-manager", "ssm"),
    ("systemsmanager", "ssm"),
    ("tagging", "tag"),
    ("timestream-query", "timestream"),
    ("timestream-write", "timestream"),
    ("vpc", "ec2"),
];

/// `unknown-service` at each action whose service AWS does not have.
pub(super) fn unknown(written: &Written<'_>, catalog: &Catalog) -> Vec<Diagnostic> {
    let is_unknown = |action: &&WrittenAction<'_>| {
        action.service.is_none() && !action.prefix().is_empty() && !has_wildcard(action.prefix())
    };
    let unknown = written.actions.iter().filter(is_unknown);
    unknown.map(|action| unknown_service(action, written, catalog)).collect()
}

fn unknown_service(action: &WrittenAction<'_>, written: &Written<'_>, catalog: &Catalog) -> Diagnostic {
    let prefix = action.prefix();
    let message = format!("AWS has no service `{prefix}`: `{}` {}", action.word, written.in_vain());
    Diagnostic::new(&codes::UNKNOWN_SERVICE, message, action.span, "no such service")
        .help(meant(action, catalog))
}

fn meant(action: &WrittenAction<'_>, catalog: &Catalog) -> String {
    let (prefix, name) = (action.prefix(), action.name());
    if let Some((_, alias)) = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(prefix)) {
        return format!("in policies it is called `{alias}`: write `{alias}:{name}`");
    }
    match catalog.nearest_services(prefix).as_slice() {
        [] => "remove it, or write the prefix that the Service Authorization Reference has for the service"
            .to_owned(),
        [only] => format!("write `{only}:{name}`"),
        nearest => format!("the nearest are {}", words::or(nearest)),
    }
}

/// `wildcard-service` at each action with a wildcard before its colon, which IAM refuses.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
pub(super) fn wildcard(written: &Written<'_>, catalog: &Catalog) -> Vec<Diagnostic> {
    let with_wildcard = written.actions.iter().filter(|action| has_wildcard(action.prefix()));
    with_wildcard.map(|action| wildcard_service(action, catalog)).collect()
}

fn wildcard_service(action: &WrittenAction<'_>, catalog: &Catalog) -> Diagnostic {
    let message =
        format!("`{}` has a wildcard in the name of its service, which IAM does not take", action.word);
    Diagnostic::new(&codes::WILDCARD_SERVICE, message, action.span, "stands for several services")
        .help(spelt_out(action, catalog))
}

fn spelt_out(action: &WrittenAction<'_>, catalog: &Catalog) -> String {
    let name = action.name();
    let services = catalog.services_matching(action.prefix());
    let having = services.filter(|service| service.matching(name).next().is_some());
    let spelt: Vec<String> = having.take(4).map(|service| format!("{}:{name}", service.prefix)).collect();
    match spelt.as_slice() {
        [] => "write each service out".to_owned(),
        [first, second, third, _] => {
            format!("write each service out: `{first}`, `{second}`, `{third}`, …")
        }
        few => format!("write each service out: {}", words::and(few)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_no_services_and_lead_to_some() {
        let catalog = Catalog::builtin();
        for (alias, service) in ALIASES {
            assert!(catalog.service(alias).is_none(), "{alias} is a service");
            assert!(catalog.service(service).is_some(), "{service} is none");
        }
    }
}
