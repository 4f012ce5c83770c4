//! What the rules on conditions and variables say of AWS's own policies.

#![allow(clippy::unwrap_used)]

mod support;

use support::{Documents, Finding, assert_documented, written};

/// Rules that say that something is written wrongly.
const RULES: [&str; 12] = [
    "unknown-condition-key",
    "missing-tag-key",
    "deprecated-condition-key",
    "unsupported-condition-key",
    "condition-never-narrows",
    "condition-type",
    "condition-value",
    "private-address",
    "set-operator",
    "missing-set-operator",
    "literal-wildcard",
    "bad-variable",
];

/// A rule, the words under it, and why it may say so all the same.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "bad-variable",
        "arn:*:kms:*:${aws:PrincipalAccount}:key/*",
        "IAM's guide says that nothing is filled before the fifth colon; AWS's newest policies rely on more",
    ),
    ("condition-never-narrows", "a4b:filters_deviceType", "Alexa for Business was ended in 2025"),
    ("condition-never-narrows", "aws:TagKeys", "right: the actions read, and no request to read has tags"),
    ("condition-type", "aws:ViaAWSService", "right: no Boolean is ever `amplify.amazonaws.com`"),
    (
        "condition-type",
        "lakeformation:EnabledOnlyForMetaDataAccess",
        "right, although the letters are the same",
    ),
    (
        "missing-set-operator",
        "events:detail-type",
        "the service's reference says that there are several, EventBridge's guide compares one",
    ),
    (
        "set-operator",
        "codestar-connections:ProviderAction",
        "right: one value, as its guide's examples have it",
    ),
    ("set-operator", "ec2:ResourceTag/eks:eni:owner", "right: a tag has one value"),
    ("set-operator", "iam:AWSServiceName", "right: a service-linked role is of one service"),
    ("unknown-condition-key", "deepracer:MultiUser", "DeepRacer was ended in 2025"),
    ("unknown-condition-key", "deepracer:UserToken", "DeepRacer was ended in 2025"),
    ("unknown-condition-key", "lakeformation:GlueARN", "not in the service's reference"),
    ("unsupported-condition-key", "a4b:amazonId", "Alexa for Business was ended in 2025"),
    ("unsupported-condition-key", "a4b:filters_deviceType", "Alexa for Business was ended in 2025"),
    (
        "unsupported-condition-key",
        "aws:TagKeys",
        "right: neither grants on keys nor deletions of domains have tags",
    ),
    (
        "unsupported-condition-key",
        "iottwinmaker:linkedServices",
        "the service's reference has the key for workspaces that are made, its own role relies on more",
    ),
];

/// Of some 5,600 conditions.
const MOST: usize = 40;

fn is_excepted(finding: &Finding) -> bool {
    EXCEPTIONS.iter().any(|(rule, words, _)| *rule == finding.rule && *words == finding.words)
}

#[test]
fn what_aws_publishes_is_written_well() {
    let documents = Documents::all();
    let findings = documents.findings();
    let judged = findings.iter().filter(|finding| RULES.contains(&finding.rule));
    let (excepted, wrong): (Vec<_>, Vec<_>) = judged.partition(|finding| is_excepted(finding));
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(excepted.len() <= MOST, "{} findings are excepted", excepted.len());
    let (found, all) = (written(excepted.len()), written(documents.conditions()));
    println!("{found} of {all} conditions are called wrong");
    assert_documented(&format!("of their {all} conditions {found} are called wrong"));
    for (rule, words, _) in EXCEPTIONS {
        let is_needed = excepted.iter().any(|finding| *rule == finding.rule && *words == finding.words);
        assert!(is_needed, "{rule} says nothing of {words} any more");
    }
}
