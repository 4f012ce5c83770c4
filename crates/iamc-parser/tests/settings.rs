//! iamc.toml and assertions.

mod support;

use iamc_model::text::Segment;
use support::{check, help, parse};

#[track_caller]
fn settings(toml: &str, expected: &str) {
    check("iamc.toml", toml, expected);
}

#[test]
fn the_contracts_example_is_sound() {
    let toml = r#"
[project]
account = "123456789876"
partition = "aws"
[variables]
ml-bucket = "ml-data"
[naming]
engineer-pattern = "[A-Z][A-Za-z0-9]*"
engineer-role = "PersonalRole{engineer}"
engineer-instance-profile = "PersonalInstanceProfile{engineer}"
engineer-policy = "PersonalPolicy{category}{engineer}"
engineer-stack = "personal-iam-profile-{engineer}"
service-user-policy = "PolicyFor{service-user}"
service-user-group = "IamGroup{service-user}"
service-user-stack = "service-user-{service-user}"
role-policy = "PolicyFor{role}"
role-stack = "role-{role}"
[engineer-defaults]
trust = [{ service = "ec2.amazonaws.com" }]
managed-policy-arns = ["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"]
permissions-boundary = "arn:aws:iam::123456789876:policy/EngineerBoundary"
max-session-duration = 3600
path = "/"
tags = { managed-by = "iamc" }
[[category]]
name = "S3"
services = ["s3"]
[[category]]
name = "SecretManager"
services = ["secretsmanager"]
[emit]
sids = false
[limits]
managed-policies-per-role = 10
managed-policy-characters = 6144
account-managed-policies = 1500
account-roles = 1000
account-instance-profiles = 1000
[kubernetes]
username = "{engineer}"
[[kubernetes.map-role]]
role-arn = "arn:aws:iam::{account}:role/NodeInstanceRole"
username = "system:node:{{EC2PrivateDNSName}}"
groups = ["system:bootstrappers", "system:nodes"]
[kubernetes.groups.eng]
cluster-role = "eng-clusterrole"
[lints]
unused-policy = "warn"
"#;
    settings(toml, "");
    let (_, project, _) = parse(&[("iamc.toml", toml)]);
    let kubernetes = &project.settings.kubernetes;
    assert_eq!(kubernetes.map_roles[0].username.value, "system:node:{{EC2PrivateDNSName}}");
    assert_eq!(project.settings.categories.len(), 2);
    assert_eq!(project.settings.account.as_ref().unwrap().value, "123456789876");
}

#[test]
fn no_settings_are_the_defaults() {
    let (_, project, diagnostics) = parse(&[("iamc.toml", "[engineer-defaults]\npath = \"/a/\"\n")]);
    assert!(diagnostics.is_empty());
    assert!(project.settings.engineer_defaults.trust.is_some());
}

#[test]
fn project() {
    settings("[project]\naccount = 123456789876", "wrong-type | 123456789876");
    help("iamc.toml", "[project]\naccount = 123456789876", "write it in quotes: `\"123456789876\"`");
    let levels = "write `\"off\"`, `\"warn\"`, `\"error\"` or `\"forbid\"`";
    help("iamc.toml", "[lints]\nunused-policy = false", levels);
    help("iamc.toml", "[lints]\nunused-policy = \"wran\"", "write `\"warn\"`");
    help("iamc.toml", "[lints]\nunused-policy = \"none\"", levels);
    let example = "write `actions = [\"sts:AssumeRole\"]`";
    help("iamc.toml", "[engineer-defaults]\ntrust = [{ aws = \"123456789012\", actions = [] }]", example);
    settings(
        "[project]\naccount = \"1234\"\npartition = \"aws-us\"",
        "invalid-value | \"1234\"\ninvalid-value | \"aws-us\"",
    );
    settings("[project]\nacount = \"123456789876\"", "unknown-key | acount");
    settings("[projct]\n", "unknown-key | projct");
    settings("project = 1", "wrong-type | 1");
}

#[test]
fn variables() {
    settings("[variables]\na = \"x y\"\nb = 1\n", "invalid-filling | \"x y\"\nwrong-type | 1");
    let (_, project, _) = parse(&[("iamc.toml", "[variables]\na = \"x y\"\n")]);
    assert_eq!(project.settings.variables[0].name.value, "a");
}

#[test]
fn naming() {
    settings("[naming]\nengineer-role = \"X{role}\"", "invalid-placeholder | {role}");
    settings("[naming]\nengineer-role = \"X{category}{engineer}\"", "invalid-placeholder | {category}");
    settings("[naming]\nrole-policy = \"P{category}{role}\"", "");
    settings("[naming]\nengineer-rule = \"X\"", "unknown-key | engineer-rule");
    settings("[naming]\nengineer-pattern = \"(\"", "invalid-value | \"(\"");
    settings("[naming]\nengineer-pattern = \"a)(b\"", "invalid-value | \"a)(b\"");
}

#[test]
fn categories() {
    settings("[[category]]\nname = \"S3\"\nservices = []", "empty-value | []");
    settings("[[category]]\nservices = [\"s3\"]", "missing-key | [[category]]");
    settings(
        "[[category]]\nname = \"misc\"\nservices = [\"s3:*\"]",
        "invalid-value | \"misc\"\ninvalid-value | \"s3:*\"",
    );
    settings(
        "[[category]]\nname = \"A\"\nservices = [\"s3\"]\n[[category]]\nname = \"a\"\nservices = [\"ec2\"]",
        "invalid-value | \"a\" | \"A\"",
    );
    settings("[category]\nname = \"S3\"", "wrong-type | [category]");
    settings("category = []", "");
}

#[test]
fn limits_and_lints() {
    settings(
        "[limits]\naccount-roles = 0\naccount-role = 1",
        "invalid-value | 0\nunknown-key | account-role",
    );
    settings(
        "[limits]\naccount-roles = 1_000\nmanaged-policies-per-role = 99999999999999999999",
        "invalid-value | 99999999999999999999",
    );
    help("iamc.toml", "[limits]\naccount-roles = -1", "write at least 1");
    help("iamc.toml", "[limits]\naccount-roles = 5_000_000_000", "write 1 to 4294967295");
    settings(
        "[lints]\nunused-policy = \"deny\"\nunused-polcy = \"off\"\ncycle = \"warn\"",
        "invalid-value | \"deny\"\nunknown-lint | unused-polcy\nunknown-lint | cycle",
    );
    settings("[emit]\nsids = \"true\"", "wrong-type | \"true\"");
}

#[test]
fn kubernetes() {
    settings("[kubernetes]\nusername = \"{team}\"", "invalid-placeholder | {team}");
    settings("[kubernetes.groups.eng]\nnamespace = \"x\"", "missing-key | [kubernetes.groups.eng]");
    settings(
        "[[kubernetes.map-role]]\nrole-arn = \"x\"",
        "missing-key | [[kubernetes.map-role]]\ninvalid-value | \"x\"",
    );
    settings("[kubernetes]\nusername = \"system:{engineer}\"", "invalid-value | \"system:{engineer}\"");
    settings("[kubernetes]\nusername = \"deployer\"", "invalid-value | \"deployer\"");
    settings("[kubernetes]\nusername = \"{engineer}\\nx\"", "invalid-value | \"{engineer}\\nx\"");
    settings(
        "[kubernetes.groups.\"еng\"]\ncluster-role = \"a b\"\nnamespace = \"../x\"",
        "invalid-value | \"еng\"\ninvalid-value | \"a b\"\ninvalid-value | \"../x\"",
    );
    settings(
        "[[kubernetes.map-role]]\nrole-arn = \"arn:{account}\\n\"\nusername = \"é\"\ngroups = [\"a\\t\"]",
        "invalid-value | \"arn:{account}\\n\"\ninvalid-value | \"é\"\ninvalid-value | \"a\\t\"",
    );
    let (_, project, _) = parse(&[("iamc.toml", "[kubernetes]\nusername = \"{engineer}:{{SessionName}}\"")]);
    let segments = &project.settings.kubernetes.username.segments;
    assert_eq!(segments[1], Segment::Literal(":{{SessionName}}".into()));
}

#[track_caller]
fn assertion(lines: &str, expected: &str) {
    check("assertions.toml", &format!("[[assert]]\n{lines}\n"), expected);
}

#[test]
fn assertions() {
    assertion(
        "who = [\"JaneDoe\"]\nexcept = { who = [], groups = [] }\naction = \"s3:GetObject\"\n\
         resource = \"arn:aws:s3:::ml-data/streaming/x\"\ncontext = { \"s3:prefix\" = [\"devserver/a\"] }\n\
         at = 2027-01-01T00:00:00Z\nexact = false\nexpect = \"allowed\"\nbecause = \"x\"",
        "",
    );
    assertion(
        "everyone = true\nexcept = { groups = [\"DevOps\"] }\naction = \"iam:*\"\nresource = \"*\"\nexpect = \"never\"\ndirect = true",
        "",
    );
    let with = |line: &str, expected: &str| {
        assertion(&format!("everyone = true\naction = \"s3:*\"\nexpect = \"denied\"\n{line}"), expected);
    };
    with("who = [\"x\"]", "conflicting-keys | who | everyone");
    with("resource = \"x\"", "invalid-resource | \"x\"");
    with("resource = \"arn:{x}\"", "invalid-placeholder | \"arn:{x}\"");
    with("at = 2027-01-01", "invalid-value | 2027-01-01");
    with("context = { a = \"b\" }", "wrong-type | \"b\"");
    with("exact = 1", "wrong-type | 1");
    with("except = { team = [] }", "unknown-key | team");
}

#[test]
fn an_assertion_about_nobody() {
    let lines = "action = \"s3:*\"\nexpect = \"denied\"\neveryone = ";
    assertion(&format!("{lines}false"), "invalid-value | false");
    assertion(&format!("{lines}1"), "wrong-type | 1");
    assertion(&format!("who = [\"JaneDoe\"]\n{lines}false"), "");
}

#[test]
fn a_wrong_action_hides_no_other_error() {
    assertion(
        "everyone = true\naction = 1\nresource = \"x\"\nat = \"tomorrow\"\nexact = \"no\"\nexpect = \"yes\"",
        "wrong-type | 1\ninvalid-resource | \"x\"\ninvalid-value | \"tomorrow\"\nwrong-type | \"no\"\n\
         invalid-value | \"yes\"",
    );
}

#[test]
fn assertions_lack() {
    assertion("action = \"s3:*\"\nexpect = \"denied\"", "missing-key | [[assert]]");
    assertion("whom = [\"x\"]\naction = \"s3:*\"\nexpect = \"denied\"", "unknown-key | whom");
    assertion(
        "who = []\naction = \"s3\"\nexpect = \"alowed\"",
        "empty-value | []\ninvalid-action | \"s3\"\ninvalid-value | \"alowed\"",
    );
    assertion("groups = [\"x\"]", "missing-key | [[assert]]\nmissing-key | [[assert]]");
    check("assertions/a.toml", "[assert]\n", "wrong-type | [assert]");
}

#[test]
fn a_partition_is_guessed_by_what_is_its_own() {
    let settings = |partition: &str| format!("[project]\npartition = \"{partition}\"\n");
    let all = "write `\"aws\"`, `\"aws-cn\"` or `\"aws-us-gov\"`";
    for far in ["aws-eu", "aws-", "amazon"] {
        help("iamc.toml", &settings(far), all);
    }
    help("iamc.toml", &settings("aws-nc"), "write `\"aws-cn\"`");
    help("iamc.toml", &settings("aws-usgov"), "write `\"aws-us-gov\"`");
    help("iamc.toml", &settings("asw"), "write `\"aws\"`");
}
