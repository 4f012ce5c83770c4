//! Groups, engineers, service users, roles, and what they have in common.

mod support;

use iamc_model::Timestamp;
use support::{check, help, parse, reports, unreadable};

#[track_caller]
fn group(lines: &str, expected: &str) {
    check("groups/a.toml", &format!("[group.A]\n{lines}\n"), expected);
}

#[track_caller]
fn engineer(lines: &str, expected: &str) {
    check("engineers.toml", &format!("[engineer.JaneDoe]\n{lines}\n"), expected);
}

#[track_caller]
fn role(lines: &str, expected: &str) {
    check("roles.toml", &format!("[role.R]\n{lines}\n"), expected);
}

#[test]
fn groups() {
    group("description = \"x\"\npolicies = [\"P\"]\ngroups = [\"B\"]\nkubernetes-groups = [\"eng\"]", "");
    group("groups = \"B\"", "wrong-type | \"B\"");
    help("groups/a.toml", "[group.A]\ngroups = \"B\"", "write `groups = [\"B\"]`");
    group("groups = [\"\", 1]\npolices = []", "empty-value | \"\"\nwrong-type | 1\nunknown-key | polices");
    group("for-each = [{ a = \"b\" }]", "unknown-key | for-each");
    check("groups/a.toml", "[group.\"A{n}\"]\n", "invalid-name | \"A{n}\"");
    check("groups/a.toml", "[group]\nA = [\"B\"]\n", "wrong-type | [\"B\"]");
    group("policy = [\"P\"]", "unknown-key | policy");
    help("groups/a.toml", "[group.A]\npolicy = [\"P\"]\n", "write `policies`");
}

#[test]
fn memberships_for_a_time() {
    group("groups = [{ name = \"B\", until = 2026-12-31, reason = \"INC-1\" }, { name = \"C\" }]", "");
    group("groups = [{ until = 2026-12-31 }]", "missing-key | { until = 2026-12-31 }");
    group("groups = [{ nam = \"B\" }]", "unknown-key | nam");
    group("groups = [{ name = \"B\", until = \"2026-12-31\" }]", "invalid-until | \"2026-12-31\"");
    for until in [
        "0000-01-01T00:00:00+23:59",
        "2026-12-31T00:00:00",
        "10:00:00",
        "2026-12-31T00:00:00.5Z",
        "9999-12-31",
        "9999-12-31T23:59:59-01:00",
        "true",
    ] {
        group(
            &format!("groups = [{{ name = \"B\", until = {until} }}]"),
            &format!("invalid-until | {until}"),
        );
    }
}

#[test]
fn until_is_the_first_instant_without() {
    for (until, instant) in [
        ("9999-12-31T23:59:59+00:00", "9999-12-31T23:59:59Z"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
        ("2026-12-31", "2027-01-01T00:00:00Z"),
        ("9999-12-30", "9999-12-31T00:00:00Z"),
        ("2026-12-31T18:00:00+02:00", "2026-12-31T16:00:00Z"),
        ("2026-12-31 18:00:00Z", "2026-12-31T18:00:00Z"),
    ] {
        let toml = format!("[group.A]\ngroups = [{{ name = \"B\", until = {until} }}]");
        let (_, project, diagnostics) = parse(&[("groups/a.toml", &toml)]);
        assert!(diagnostics.is_empty(), "{diagnostics:#?}");
        let found: Timestamp = project.groups[0].groups[0].until.unwrap().value;
        assert_eq!(found.to_string(), instant, "{until}");
    }
}

#[test]
fn engineers() {
    let toml = "[engineer]\nA = [\"G\"]\nB = { groups = [\"G\"], policies = [\"P\"] }\n[engineer.C]\ngroups = [\"G\"]\n\
                params = { client = \"tcm\" }\ntags = { cost-center = \"ml\" }\ndescription = \"x\"\n";
    check("engineers.toml", toml, "");
    check("engineers.toml", "[engineer]\nA = \"G\"\nB = 1\n", "wrong-type | \"G\"\nwrong-type | 1");
    help("engineers.toml", "[engineer]\nA = \"G\"\n", "write `A = [\"G\"]`");
    check(
        "engineers.toml",
        "[engineer]\njane = []\n\"Jane Doe\" = []\n",
        "invalid-name | jane\ninvalid-name | \"Jane Doe\"",
    );
}

#[test]
fn engineers_in_two_brackets() {
    let toml = "[[engineer.JaneDoe]]\ngroups = [\"G\"]\n";
    check("engineers.toml", toml, "wrong-type | [[engineer.JaneDoe]]");
    help("engineers.toml", toml, "write `[engineer.JaneDoe]`");
    assert_eq!(unreadable("engineers.toml", toml), ["JaneDoe"]);
}

#[test]
fn declarations_without_their_table() {
    let said = |path: &str, toml: &str, words: &str, to_write: &str| {
        check(path, toml, &format!("unknown-key | {words}"));
        help(path, toml, to_write);
        assert!(unreadable(path, toml).contains(&words.to_owned()));
    };
    said("engineers.toml", "JaneDoe = [\"G\"]\n", "JaneDoe", "write `[engineer]` on a line above it");
    said("engineers.toml", "[JaneDoe]\ngroups = [\"G\"]\n", "JaneDoe", "write `[engineer.JaneDoe]`");
    said("groups/a.toml", "[TeamML]\npolicies = [\"P\"]\n", "TeamML", "write `[group.TeamML]`");
    said("policies/a.toml", "[Read]\n", "Read", "write `[policy.Read]` or `[template.Read]`");
    help("engineers.toml", "JaneDoe = 1\n", "remove it; the tables here are `engineer`");
    help(
        "iamc.toml",
        "[JaneDoe]\n",
        "remove it; the tables here are `project`, `variables`, `naming`, \
         `engineer-defaults`, `service-user-defaults`, `role-defaults`, `category`, `emit`, `limits`, \
         `kubernetes` and `lints`",
    );
}

#[test]
fn the_pattern_is_of_the_whole_name_and_never_allows_all() {
    let check = |pattern: &str, name: &str, expected: &str| {
        let settings = format!("[naming]\nengineer-pattern = '{pattern}'\n");
        let engineers = format!("[engineer]\n\"{name}\" = []\n");
        let (sources, _, diagnostics) = parse(&[("iamc.toml", &settings), ("engineers.toml", &engineers)]);
        assert_eq!(support::reports(&sources, &diagnostics).join("\n"), expected);
    };
    check("[a-z]+|x", "jane", "");
    check("[a-z]+|x", "jane1", "invalid-name | \"jane1\"");
    check("[a-z.@]+", "jane.doe@acme.com", "");
    check(".*", "jane doe", "invalid-name | \"jane doe\"");
    check(".*", "jane-doe", "invalid-name | \"jane-doe\"");
    check("[", "jane", "invalid-value | '['");
}

#[test]
fn a_wrong_boundary_hides_no_other_error() {
    role(
        "permissions-boundary = 5\nmax-session-duration = 60\ntrust = [{ aws = \"*\" }]",
        "wrong-type | 5\ninvalid-value | 60\ntrust-in-everyone | \"*\"",
    );
}

#[test]
fn a_line_that_is_appended_behind_a_header() {
    engineer("groups = [\"A\"]\nDeveloperCc = [\"B\"]", "unknown-key | DeveloperCc");
    help(
        "engineers.toml",
        "[engineer.JaneDoe]\nDeveloperCc = [\"B\"]\n",
        "if `DeveloperCc` is an engineer, write `[engineer.DeveloperCc]` and below it `groups = [\"B\"]`, \
         or move `DeveloperCc = [\"B\"]` up, under `[engineer]` and above `[engineer.JaneDoe]`",
    );
    assert_eq!(unreadable("engineers.toml", "[engineer.JaneDoe]\nDeveloperCc = [\"B\"]\n"), ["DeveloperCc"]);
    engineer("Groups = [\"A\"]", "unknown-key | Groups");
    help("engineers.toml", "[engineer.JaneDoe]\nGroups = [\"A\"]\n", "write `groups`");
}

#[test]
fn keys_that_not_all_kinds_have() {
    engineer("trust = []", "unknown-key | trust");
    engineer("for-each = []", "unknown-key | for-each");
    engineer("max-session-duration = 3600", "");
    check(
        "service-users.toml",
        "[service-user.S]\nmax-session-duration = 3600\ntrust = []\n",
        "unknown-key | max-session-duration\nunknown-key | trust",
    );
    check(
        "service-users.toml",
        "[service-user.\"S{n}\"]\ngroups = [\"G\"]\nfor-each = [{ n = \"Tcm\", client = \"tcm\" }]\n",
        "",
    );
    check("service-users.toml", "[service-user.\"S-\u{e9}\"]\n", "invalid-name | \"S-é\"");
    role("groups = []", "missing-key | [role.R]");
}

#[test]
fn common_attributes() {
    engineer("max-session-duration = 60", "invalid-value | 60");
    engineer("max-session-duration = \"3600\"", "wrong-type | \"3600\"");
    engineer("path = \"teams\"", "invalid-value | \"teams\"");
    engineer("path = \"/{team}/\"", "invalid-placeholder | \"/{team}/\"");
    engineer("path = \"/teams/a/\"", "");
    engineer("permissions-boundary = \"\"", "empty-value | \"\"");
    engineer("managed-policy-arns = \"arn:x\"", "wrong-type | \"arn:x\"");
    engineer("tags = { a = \"x\", A = \"y\", b = 1 }", "duplicate-tag | A | a\nwrong-type | 1");
    engineer(
        "params = { a = \"x*\", b = \"\", \"c d\" = \"e\", f = 5 }",
        "invalid-filling | \"x*\"\ninvalid-filling | \"\"\ninvalid-name | \"c d\"\nwrong-type | 5",
    );
    help("engineers.toml", "[engineer.A]\nparams = { f = 5 }\n", "write it in quotes: `\"5\"`");
}

#[test]
fn trust() {
    let entry = |entry: &str, expected: &str| role(&format!("trust = [{entry}]"), expected);
    entry("{ service = \"ec2.amazonaws.com\" }", "");
    entry("{ aws = [\"arn:aws:iam::{account}:root\", \"123456789012\"] }", "");
    entry("{ federated = \"a.example\", actions = [\"sts:AssumeRoleWithWebIdentity\"] }", "");
    entry("{ federated = \"a.example\" }", "missing-key | { federated = \"a.example\" }");
    entry("{ service = \"a\", aws = \"b\" }", "conflicting-keys | aws | service");
    entry("{}", "missing-key | {}");
    entry("{ servce = \"a\" }", "unknown-key | servce");
    entry("{ aws = \"*\" }", "trust-in-everyone | \"*\"");
    entry(
        "{ aws = [\"arn:aws:iam::*:root\", \"*\"] }",
        "trust-in-everyone | \"arn:aws:iam::*:root\"\ntrust-in-everyone | \"*\"",
    );
    entry("{ service = [] }", "empty-value | []");
    entry("{ service = 1 }", "wrong-type | 1");
    entry("{ service = \"a.com\", actions = [\"s3:GetObject\"] }", "invalid-action | \"s3:GetObject\"");
    entry(
        "{ service = \"a.com\", conditions = { Bool = { k = [\"x\"] } } }",
        "invalid-condition-value | \"x\"",
    );
    role("trust = []", "empty-value | []");
    role("trust = { service = \"a\" }", "wrong-type | { service = \"a\" }");
}

#[test]
fn trust_in_what_is_nobody() {
    let entry = |entry: &str, expected: &str, to_write: &str| {
        role(&format!("trust = [{entry}]"), expected);
        help("roles.toml", &format!("[role.R]\ntrust = [{entry}]"), to_write);
    };
    entry(
        "{ service = \"ec2\" }",
        "invalid-value | \"ec2\"",
        "write the whole name, as in `ec2.amazonaws.com`",
    );
    entry(
        "{ aws = [\"123456789012\", \"MaryMajor\"] }",
        "invalid-value | \"MaryMajor\"",
        "write the 12 digits of an account, or the ARN of a role or a user, \
         as in `arn:aws:iam::{account}:role/NAME`",
    );
    role("trust = [{ aws = \"arn:{partition}:iam::{account}:role/A\" }, { aws = \"{deployer}\" }]", "");
    role(
        "trust = [{ aws = \"arn:aws:iam::{account}:group/A\" }]",
        "invalid-value | \"arn:aws:iam::{account}:group/A\"",
    );
    entry(
        "{ federated = \"GitHub\", actions = [\"sts:AssumeRoleWithWebIdentity\"] }",
        "invalid-value | \"GitHub\"",
        "write the provider's ARN, as in \
         `arn:aws:iam::{account}:oidc-provider/token.actions.githubusercontent.com`",
    );
    entry(
        "{ federated = \"a.example\", actions = [] }",
        "empty-value | []",
        "write `actions = [\"sts:AssumeRoleWithWebIdentity\"]`",
    );
}

#[test]
fn trust_in_tables() {
    let toml = r#"
[role.GithubDeployWeb]
groups = ["DeployWeb"]
[[role.GithubDeployWeb.trust]]
federated = "arn:aws:iam::{account}:oidc-provider/token.actions.githubusercontent.com"
actions = ["sts:AssumeRoleWithWebIdentity"]
conditions.StringEquals."token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
conditions.StringEquals."token.actions.githubusercontent.com:sub" = ["repo:acme/web:ref:refs/heads/main"]
"#;
    check("roles.toml", toml, "");
    let (_, project, _) = parse(&[("roles.toml", toml)]);
    assert_eq!(project.principals[0].attributes.trust.as_ref().unwrap()[0].conditions.len(), 2);
}

#[test]
fn trust_of_the_defaults_is_enough() {
    let settings = "[role-defaults]\ntrust = [{ service = \"ec2.amazonaws.com\" }]\n";
    let (_, _, diagnostics) = parse(&[("iamc.toml", settings), ("roles/a.toml", "[role.R]\ngroups = []\n")]);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
}

#[test]
fn a_name_with_a_dot_stands_in_quotes() {
    let pattern = "[naming]\nengineer-pattern = '[a-z.]+'";
    let report = |engineers: &str| {
        let (sources, _, diagnostics) =
            parse(&[("iamc.toml", pattern), ("engineers.toml", &format!("[engineer]\n{engineers}"))]);
        let helps = diagnostics.iter().filter_map(|found| found.help.clone()).collect::<Vec<_>>();
        (reports(&sources, &diagnostics), helps)
    };
    let (found, helps) = report("jane.doe = ['A']\n  jane.roe.x = ['A']\n");
    assert_eq!(found, ["invalid-name | jane.doe", "invalid-name | jane.roe.x"]);
    assert_eq!(helps[0], "write the name in quotes, `\"jane.doe\"`: to TOML the dot makes a table");
    assert_eq!(report("jane.groups = ['A']\n\"jane.roe\" = ['A']").0, [""; 0]);
    assert_eq!(report("jane.gruops = ['A']").0, ["unknown-key | gruops"]);
    assert_eq!(report("[engineer.jane.tags]\na = 'b'").0, [""; 0]);
    check("engineers.toml", "[engineer]\njane.doe = ['A']", "invalid-name | jane.doe");
    check("engineers.toml", "[engineer]\nJaneDoe.extra = ['A']", "unknown-key | extra");
    assert_eq!(unreadable("engineers.toml", "[engineer]\njane.doe = ['A']")[0], "jane.doe");
}
