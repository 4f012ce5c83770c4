//! Services by names that they do not have in policies.

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

/// The prefix of a service that goes by this name elsewhere.
pub(super) fn prefix(name: &str) -> Option<&'static str> {
    ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(name)).map(|(_, prefix)| *prefix)
}

#[cfg(test)]
mod tests {
    use iamc_catalog::Catalog;

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
