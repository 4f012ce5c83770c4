//! Who gains and loses what.

mod properties;
mod random;
mod rewrites;
mod sensitive;
mod support;

use support::check;

const ENGINEERS: &str = "--- engineers.toml\n[engineer]\nJaneDoe = { policies = [\"Read\"] }\n";

/// A project of which JaneDoe holds one policy.
fn read(body: &str) -> String {
    format!("{ENGINEERS}--- policies/a.toml\n[policy.Read]\n{body}\n")
}

const GET: &str = "actions = [\"s3:GetObject\"]\nresources = [\"arn:aws:s3:::data/*\"]";

#[test]
fn what_is_new_of_a_statement_is_named_alone() {
    let wider = "actions = [\"s3:GetObject\", \"s3:PutObject\"]\nresources = [\"arn:aws:s3:::data/*\", \"arn:aws:s3:::logs/*\"]";
    check(
        &read(GET),
        &read(wider),
        &[
            "JaneDoe + Read: s3:GetObject on arn:aws:s3:::logs/* | s3:GetObject arn:aws:s3:::logs/x",
            "JaneDoe + Read: s3:PutObject on arn:aws:s3:::data/*,arn:aws:s3:::logs/* | s3:PutObject arn:aws:s3:::data/x",
        ],
    );
    check(
        &read(wider),
        &read(GET),
        &[
            "JaneDoe - Read: s3:GetObject on arn:aws:s3:::logs/* | s3:GetObject arn:aws:s3:::logs/x",
            "JaneDoe - Read: s3:PutObject on arn:aws:s3:::data/*,arn:aws:s3:::logs/* | s3:PutObject arn:aws:s3:::data/x",
        ],
    );
}

#[test]
fn a_condition_that_goes_is_a_gain() {
    let bounded = format!("{GET}\nconditions.Bool.\"aws:MultiFactorAuthPresent\" = [\"true\"]");
    check(
        &read(&bounded),
        &read(GET),
        &["JaneDoe + Read: s3:GetObject on arn:aws:s3:::data/* | s3:GetObject arn:aws:s3:::data/x"],
    );
}

#[test]
fn what_aws_leaves_open_is_no_sure_gain() {
    let crossing = GET.replace("arn:aws:s3:::data/*", "arn:aws:s3*");
    check(
        &read(GET),
        &read(&crossing),
        &[
            "JaneDoe + Read: s3:GetObject on arn:aws:s3* | s3:GetObject arn:aws:s3:::x (open)",
            "JaneDoe - Read: s3:GetObject on arn:aws:s3:::data/* | s3:GetObject arn:aws:s3:::data/x (open)",
        ],
    );
    let both = GET.replace(
        "\"arn:aws:s3:::data/*\"",
        "\"arn:aws:s3:::data/*\", \"arn:aws:s3:*/x\", \"arn:aws:s3:::logs\"",
    );
    check(
        &read(GET),
        &read(&both),
        &[
            "JaneDoe + Read: s3:GetObject on arn:aws:s3:::logs | s3:GetObject arn:aws:s3:::logs",
            "JaneDoe + Read: s3:GetObject on arn:aws:s3:*/x | s3:GetObject arn:aws:s3:::/x (open)",
        ],
    );
}

/// JaneDoe may do everything with S3, beside a Deny.
fn denied(deny: &str) -> String {
    let engineers = ENGINEERS.replace("\"Read\"", "\"All\", \"Read\"");
    format!(
        "{engineers}--- policies/a.toml\n[policy.All]\nactions = [\"s3:*\"]\nresources = [\"*\"]\n[policy.Read]\neffect = \"Deny\"\n{deny}\n"
    )
}

#[test]
fn a_deny_that_shrinks_is_a_gain_of_what_is_allowed() {
    let wide =
        "actions = [\"s3:Put*\", \"iam:*\"]\nresources = [\"arn:aws:s3:::data/*\", \"arn:aws:s3:::logs/*\"]";
    let narrow = "actions = [\"s3:Put*\", \"iam:*\"]\nresources = [\"arn:aws:s3:::data/*\"]";
    let change = |risks: &str| {
        format!("Read (Deny): s3:Put* on arn:aws:s3:::logs/*{risks} | s3:PutObject arn:aws:s3:::logs/x")
    };
    let gain = format!("JaneDoe + {}", change(" !permission-management"));
    check(&denied(wide), &denied(narrow), &[&gain]);
    check(&denied(narrow), &denied(wide), &[&format!("JaneDoe - {}", change(""))]);
}

#[test]
fn a_deny_of_all_but_some_is_told_by_what_is_allowed() {
    let deny = "not-actions = [\"s3:Get*\"]\nresources = [\"*\"]\nconditions.Bool.\"aws:SecureTransport\" = [\"false\"]";
    let none = "actions = [\"iam:*\"]\nresources = [\"*\"]";
    check(
        &denied(none),
        &denied(deny),
        &[
            "JaneDoe - Read (Deny): s3:* on * if Bool aws:SecureTransport false | s3:AllowVendedLogDeliveryForResource arn:aws:s3:::x aws:SecureTransport=false",
        ],
    );
}

#[test]
fn new_and_departed_principals_gain_and_lose_all() {
    let none = "--- engineers.toml\n[engineer]\n--- policies/a.toml\n[policy.Read]\n".to_owned() + GET;
    let change = "Read: s3:GetObject on arn:aws:s3:::data/* | s3:GetObject arn:aws:s3:::data/x";
    check(&none, &read(GET), &[&format!("JaneDoe + {change}")]);
    check(&read(GET), &none, &[&format!("JaneDoe - {change}")]);
}

fn until(until: &str) -> String {
    format!(
        "--- engineers.toml\n[engineer]\nJaneDoe = {{ policies = [{{ name = \"Read\", until = {until} }}] }}\n--- policies/a.toml\n[policy.Read]\n{GET}\n"
    )
}

#[test]
fn what_only_past_times_allow_is_no_gain() {
    check(
        &until("2020-01-01"),
        &until("2021-01-01"),
        &["JaneDoe = `Read` allows `s3:GetObject` on `arn:aws:s3:::data/*`, only at times that are past"],
    );
    check(
        &until("2026-12-31"),
        &until("2027-12-31"),
        &[
            "JaneDoe + Read: s3:GetObject on arn:aws:s3:::data/* if DateLessThan aws:CurrentTime 2028-01-01T00:00:00Z | s3:GetObject arn:aws:s3:::data/x aws:CurrentTime=2027-01-01T00:00:00Z aws:EpochTime=1798761600",
        ],
    );
}

#[test]
fn a_tag_that_changes_what_a_variable_means_is_a_gain_and_a_loss() {
    let tagged = |team: &str| {
        let body = "actions = [\"s3:GetObject\"]\nresources = [\"arn:aws:s3:::${aws:PrincipalTag/team}/*\"]";
        read(body).replace("[\"Read\"]", &format!("[\"Read\"], tags = {{ team = \"{team}\" }}"))
    };
    check(
        &tagged("a"),
        &tagged("b"),
        &[
            "JaneDoe + Read: s3:GetObject on arn:aws:s3:::${aws:PrincipalTag/team}/* | s3:GetObject arn:aws:s3:::b/x",
            "JaneDoe - Read: s3:GetObject on arn:aws:s3:::${aws:PrincipalTag/team}/* | s3:GetObject arn:aws:s3:::a/x",
        ],
    );
}

#[test]
fn a_deny_that_goes_along_with_the_tag_that_it_named_is_no_doubt() {
    let policies = "[policy.Read]\nactions = [\"s3:GetObject\"]\nresources = [\"*\"]\n\
                    [policy.No]\neffect = \"Deny\"\nactions = [\"s3:*\"]\n\
                    resources = [\"arn:aws:s3:::${aws:PrincipalTag/team}/*\"]\n";
    let project = |held: &str, team: &str| {
        format!(
            "--- engineers/a.toml\n[engineer]\nJaneDoe = {{ policies = [{held}], tags = {{ team = \"{team}\" }} }}\n\
             --- policies/a.toml\n{policies}"
        )
    };
    check(
        &project("\"No\"", "a"),
        &project("\"Read\"", "b"),
        &[
            "JaneDoe + Read: s3:GetObject on * !wildcard | s3:GetObject arn:aws:s3:::x",
            "JaneDoe + No (Deny): s3:GetObject on * !wildcard | s3:GetObject arn:aws:s3:::a/x",
        ],
    );
}

fn attached(arns: &str) -> String {
    read(GET).replace("[\"Read\"]", &format!("[\"Read\"], managed-policy-arns = [{arns}]"))
}

#[test]
fn a_document_that_is_not_known_is_a_doubt_where_it_comes_or_goes() {
    let arn = "\"arn:aws:iam::123456789012:policy/Theirs\"";
    let why = "the document of `arn:aws:iam::123456789012:policy/Theirs` is not known: it may";
    check(
        &attached(""),
        &attached(arn),
        &[&format!("JaneDoe ? +: {why} allow anything"), &format!("JaneDoe ? -: {why} deny anything")],
    );
    let more = attached(arn).replace("s3:GetObject", "s3:PutObject");
    let gains = "JaneDoe + Read: s3:PutObject on arn:aws:s3:::data/* | s3:PutObject arn:aws:s3:::data/x";
    let losses = "JaneDoe - Read: s3:GetObject on arn:aws:s3:::data/* | s3:GetObject arn:aws:s3:::data/x";
    check(&attached(arn), &more, &[gains, losses]);
}

#[test]
fn documents_of_aws_are_known() {
    let found = support::lines(&support::difference(
        &attached(""),
        &attached("\"arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess\""),
    ));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("JaneDoe + AmazonSQSReadOnlyAccess: sqs:"), "{found:#?}");
}

#[test]
fn risks_are_marked() {
    let risks = |body: &str| {
        let found = support::difference(&read(GET), &read(body));
        let gains = found.principals.iter().flat_map(|principal| &principal.gains);
        gains.flat_map(|gain| gain.risks.iter().map(|risk| risk.name())).collect::<Vec<_>>()
    };
    let statement =
        |actions: &str, resources: &str| format!("actions = [{actions}]\nresources = [{resources}]");
    let bucket = "\"arn:aws:s3:::data/*\"";
    assert!(risks(&statement("\"s3:PutObject\"", bucket)).is_empty());
    assert_eq!(risks(&statement("\"s3:PutObjectAcl\"", bucket)), ["permission-management"]);
    assert_eq!(risks(&statement("\"s3:GetObject\"", "\"*\"")), ["wildcard"]);
    assert!(risks(&statement("\"ec2:DescribeInstances\"", "\"*\"")).is_empty());
    assert_eq!(
        risks(&statement("\"sqs:*\"", "\"arn:aws:sqs:*:*:q\"")),
        ["permission-management", "wildcard"]
    );
    let role = "\"arn:aws:iam::123456789012:role/x\"";
    assert_eq!(risks(&statement("\"iam:PassRole\"", role)), ["pass-role"]);
    assert_eq!(
        risks(&statement("\"iam:PassRole\", \"lambda:CreateFunction\", \"lambda:InvokeFunction\"", "\"*\"")),
        ["privilege-escalation", "pass-role", "wildcard"]
    );
}
