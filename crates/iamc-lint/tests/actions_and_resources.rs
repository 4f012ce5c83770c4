//! The rules on actions and resources, on AWS's own policies.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;

use support::{Documents, Finding, assert_documented, written};

/// Resources in AWS's policies that are of no resource type.
const OF_NO_TYPE: &[(&str, &[&str])] = &[
    (
        "AWS's own slips: such ARNs do not exist, as their fields, their words or their case are others",
        &[
            "arn:*:kms:*:::*",
            "arn:aws:apigateway:*::/v2/apis",
            "arn:aws:apigateway:*::/v2/apis/*",
            "arn:aws:apigateway:*::/v2/apis/*/integrations",
            "arn:aws:apigateway:*::/v2/apis/*/integrations/*",
            "arn:aws:apigateway:*::/v2/apis/*/routes",
            "arn:aws:apigateway:*::/v2/apis/*/routes/*",
            "arn:aws:appflow:*:*:connector-profile/*",
            "arn:aws:config:*:*::config-rule/*",
            "arn:aws:ec2:*:*:vpc-endpoint:*",
            "arn:aws:elasticloadbalancing:*:*:listener/awseb-*",
            "arn:aws:elasticloadbalancing:*:*:listener/eb-*",
            "arn:aws:logs:*:*:/aws-glue/*",
            "arn:aws:logs:*:*:/aws/lambda/AmazonSecurityLake*",
            "arn:aws:profile:*:*:/domains/amazon-connect-*",
            "arn:aws:profile:*:*:/templates*",
            "arn:aws:quicksight:*:*:vpcconnection/*",
            "arn:aws:sagemaker:*:*:Canvas*",
            "arn:aws:sagemaker:*:*:canvas*",
            "arn:aws:sagemaker:*:*:endpointconfig/*",
            "arn:aws:secretsmanager:*:*:opsworks-cm!aws-opsworks-cm-secrets-*",
            "arn:aws:secretsmanager:*:*:sqlworkbench!*",
            "arn:aws:states:*:*:statemachine:*sagemaker*",
        ],
    ),
    (
        "the Service Authorization Reference has no resource type for them",
        &[
            "arn:aws:aps:*:*:/workspaces",
            "arn:aws:autoscaling:*:*:scalingPolicy:*:resource/dynamodb/table/*",
            "arn:aws:bedrock-agentcore:*:*:credential-provider/*",
            "arn:aws:cloudwatch:*:*:iotfleethub*",
            "arn:aws:devops-guru:*:*:/channels",
            "arn:aws:pricingplanmanager::*:subscription:*",
            "arn:aws:redshift-serverless:*:*:snapshotcopyconfiguration/*",
            "arn:aws:robomaker:*:*:/createSimulationApplication",
            "arn:aws:securityagent:*:*:agent-instance*",
            "arn:aws:waf-regional:*:*:changetoken/*",
            "arn:aws:waf:*:*:changetoken/*",
            "arn:aws:waf::*:changetoken/*",
        ],
    ),
];

fn of_rules<'f>(findings: &'f [Finding], rules: &[&str]) -> Vec<&'f Finding> {
    findings.iter().filter(|finding| rules.contains(&finding.rule)).collect()
}

#[test]
fn at_most_one_in_a_hundred_actions_is_unknown() {
    let documents = Documents::all();
    let unknown =
        of_rules(documents.findings(), &["unknown-action", "unknown-service", "pattern-matches-nothing"]);
    let unknown: BTreeSet<&str> = unknown.iter().map(|finding| finding.words.as_str()).collect();
    let all = documents.actions().len();
    println!("{} of {all} actions and patterns are unknown", unknown.len());
    assert!(all > 10_000 && unknown.len() * 100 <= all, "{} of {all}: {unknown:#?}", unknown.len());
    let (unknown, all) = (written(unknown.len()), written(all));
    assert_documented(&format!("Of their {all} distinct actions and patterns {unknown} are called unknown"));
}

#[test]
fn what_is_written_is_not_called_malformed() {
    let documents = Documents::all();
    let findings = documents.findings();
    let malformed = of_rules(findings, &["arn-malformed", "wildcard-service"]);
    assert!(malformed.is_empty(), "{malformed:#?}");
    let known: BTreeSet<&str> = OF_NO_TYPE.iter().flat_map(|(_, arns)| *arns).copied().collect();
    let found = of_rules(findings, &["unknown-resource-type"]);
    let found: BTreeSet<&str> = found.iter().map(|finding| finding.words.as_str()).collect();
    assert_eq!(found, known);
    let (found, all) = (written(found.len()), written(documents.resources().len()));
    println!("{found} of {all} resources are of no type");
    assert_documented(&format!(
        "of their {all} distinct resources none is called malformed, and {found} are"
    ));
}
