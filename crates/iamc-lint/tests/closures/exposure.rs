use crate::run;

#[track_caller]
fn check(files: &str, expected: &str) {
    run::check(&["credential-exposure", "data-exfiltration", "permission-management"], files, expected);
}

#[track_caller]
fn check_policy(policy: &str, expected: &str) {
    check(
        &format!(
            "--- policies/p.toml\n[policy.P]\n{policy}\n[policy.OnlyBox]\neffect = 'Deny'\nactions = ['secretsmanager:GetSecretValue']\nnot-resources = ['arn:aws:secretsmanager:*:*:secret:Box/*']\n--- engineers.toml\n[engineer.Ann]\npolicies = ['P', 'OnlyBox']\n"
        ),
        expected,
    );
}

#[test]
fn data_that_is_not_bound() {
    check_policy(
        "actions = ['s3:GetObj*', 's3:PutObject']\nresources = ['arn:aws:s3:::*/*']",
        "data-exfiltration: 's3:GetObj*': `P` lets `Ann` read every object of every bucket, by `s3:GetObject`",
    );
    check_policy(
        "actions = ['ssm:GetParameter*']\nresources = ['*']",
        "data-exfiltration: 'ssm:GetParameter*': `P` lets `Ann` read every parameter of the account, by `ssm:GetParameter`, `ssm:GetParameters` and `ssm:GetParametersByPath`",
    );
    for bound in [
        "actions = ['s3:GetObject']\nresources = ['arn:aws:s3:::data/*']",
        "actions = ['s3:GetObject']\nresources = ['*']\nconditions.StringEquals.'aws:ResourceTag/team' = ['a']",
        "actions = ['s3:*']\nresources = ['*']",
        "actions = ['secretsmanager:GetSecretValue']\nresources = ['*']",
    ] {
        check_policy(bound, "");
    }
}

#[test]
fn answers_that_hold_credentials() {
    check_policy(
        "actions = ['ecr:GetAuthorizationToken']\nresources = ['*']",
        "credential-exposure: 'ecr:GetAuthorizationToken': `P` lets `Ann` get credentials as an answer, by `ecr:GetAuthorizationToken`",
    );
    check_policy(
        "actions = ['ecr:GetAuthorizationToken']\nresources = ['arn:aws:ecr:*:*:repository/web']",
        "",
    );
}

#[test]
fn permissions_of_others() {
    check_policy(
        "actions = ['s3:PutBucket*']\nresources = ['arn:aws:s3:::*']",
        "permission-management: 's3:PutBucket*': `P` lets `Ann` decide what others may do, by `s3:PutBucketAcl`, `s3:PutBucketOwnershipControls` and 2 more",
    );
    check_policy("actions = ['s3:PutBucketPolicy']\nresources = ['arn:aws:s3:::data']", "");
}
