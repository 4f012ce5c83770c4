//! Policies, templates, their statements, conditions and placeholders.

mod support;

use iamc_model::declaration::{Effect, PolicyBody};
use iamc_model::text::Segment;
use support::{check, help, parse, unreadable};

/// A policy with these lines besides actions and resources.
#[track_caller]
fn policy(lines: &str, expected: &str) {
    let toml = format!("[policy.A]\nactions = [\"s3:GetObject\"]\nresources = [\"*\"]\n{lines}\n");
    check("policies/a.toml", &toml, expected);
}

/// A policy with only these lines.
#[track_caller]
fn bare(lines: &str, expected: &str) {
    check("policies/a.toml", &format!("[policy.A]\n{lines}\n"), expected);
}

#[test]
fn helps_lead_to_no_further_error() {
    let policy = |key: &str, value: &str| {
        let actions = if key == "actions" { "" } else { "actions = [\"s3:*\"]\n" };
        let resources = if key == "resources" { "" } else { "resources = [\"*\"]\n" };
        format!("[policy.A]\n{actions}{resources}{key} = {value}\n")
    };
    help("policies/a.toml", &policy("effect", "true"), "write `\"Allow\"` or `\"Deny\"`");
    help("policies/a.toml", &policy("effect", "\"allow\""), "write `\"Allow\"`");
    help("policies/a.toml", &policy("resources", "[\"**\"]"), "write `*`");
    let arn = "write an ARN, such as `arn:aws:s3:::data*`, or `*`";
    help("policies/a.toml", &policy("resources", "[\"data*\"]"), arn);
}

#[test]
fn a_statement_is_read() {
    let toml = "[policy.A]\ndescription = \"x\"\neffect = \"Deny\"\nnot-actions = [\"s3:*\"]\n\
                not-resources = [\"arn:aws:s3:::{bucket}\"]\nconditions.StringLike.\"s3:prefix\" = [\"a\", \"b\"]\n";
    let (_, project, diagnostics) = parse(&[("policies/a.toml", toml)]);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let PolicyBody::Statement(statement) = &project.policies[0].body else { panic!("no statement") };
    assert_eq!(statement.effect, Effect::Deny);
    assert!(statement.actions.negated && statement.resources.negated);
    assert_eq!(statement.conditions[0].key.value, "s3:prefix");
    assert_eq!(statement.conditions[0].values.len(), 2);
}

#[test]
fn the_contracts_example_is_sound() {
    let toml = r#"
[template.S3Read]
parameters = ["bucket"]
actions = ["s3:GetObject", "s3:GetObjectAcl"]
resources = ["arn:aws:s3:::{bucket}", "arn:aws:s3:::{bucket}/*"]
[policy.S3AllowReadOnBucketOperationsa]
template = "S3Read"
with = { bucket = "operationsa" }
[policy."S3AllowReadOnBucket{name}"]
template = "S3Read"
with = { bucket = "{bucket}" }
for-each = [{ name = "Sales", bucket = "sales-data" }, { name = "Legal", bucket = "legal-data" }]
"#;
    check("policies/a.toml", toml, "");
}

#[test]
fn lists_have_to_be_given_once() {
    bare("resources = [\"*\"]", "missing-key | [policy.A]");
    bare("", "missing-key | [policy.A]\nmissing-key | [policy.A]");
    policy("not-actions = [\"s3:*\"]", "conflicting-keys | not-actions | actions");
    policy("not-resources = [\"*\"]", "conflicting-keys | not-resources | resources");
    bare("actions = []\nresources = [\"*\"]", "empty-value | []");
    bare("actions = \"s3:*\"\nresources = [\"*\"]", "wrong-type | \"s3:*\"");
    help(
        "policies/a.toml",
        "[policy.A]\nactions = \"s3:*\"\nresources = [\"*\"]",
        "write `actions = [\"s3:*\"]`",
    );
    bare("actions = [1]\nresources = [\"*\", \"\"]", "wrong-type | 1\nempty-value | \"\"");
}

#[test]
fn a_slip_of_a_missing_key_is_one_report() {
    bare("action = [\"s3:*\"]\nresources = [\"*\"]", "unknown-key | action");
    bare("actions = [\"s3:*\"]\nnot-resource = [\"*\"]", "unknown-key | not-resource");
    help("policies/a.toml", "[policy.A]\nactoins = [\"s3:*\"]\nresources = [\"*\"]", "write `actions`");
    policy("sid = \"x\"", "unknown-key | sid");
}

#[test]
fn effects() {
    policy("effect = \"allow\"", "invalid-value | \"allow\"");
    policy("effect = true", "wrong-type | true");
    help(
        "policies/a.toml",
        "[policy.A]\nactions=[\"*\"]\nresources=[\"*\"]\neffect = \"deny\"",
        "write `\"Deny\"`",
    );
}

#[test]
fn actions_and_resources() {
    bare(
        "actions = [\"*\", \"s3\", \"s3:\", \"{x}:Get\"]\nresources = [\"*\"]",
        "invalid-action | \"s3\"\ninvalid-action | \"s3:\"\ninvalid-action | \"{x}:Get\"",
    );
    bare(
        "actions = [\"*\"]\nresources = [\"bucket\", \"{arn}\", \"ar{x}\", \"x{y}\", \"**\"]",
        "invalid-resource | \"bucket\"\ninvalid-resource | \"x{y}\"\ninvalid-resource | \"**\"",
    );
    bare("actions = [\"*\"]\nresources = [\"arn:aws:s3:::žluť\"]", "invalid-character | ž");
    bare(
        "actions = [\"*\"]\nresources = [\"arn:aws:s3:::\\u017e\"]",
        "invalid-character | \"arn:aws:s3:::\\u017e\"",
    );
    bare("actions = [\"*\"]\nresources = [\"arn:aws:s3:::é\"]", "");
}

#[test]
fn placeholders() {
    bare("actions = [\"*\"]\nresources = [\"arn:{a b}\"]", "invalid-placeholder | {a b}");
    bare(
        "actions = [\"*\"]\nresources = [\"arn:{}\", \"arn:}\", \"arn:{\", 'arn:{a', \"arn:{{}}\"]",
        "invalid-placeholder | {}\ninvalid-placeholder | }\ninvalid-placeholder | {\ninvalid-placeholder | {",
    );
    bare("actions = [\"*\"]\nresources = [\"arn:${aws:username}/${x\"]", "unclosed-variable | ${x");
    help(
        "policies/a.toml",
        "[policy.A]\nactions=[\"*\"]\nresources=[\"arn:{ a }\"]",
        "write `{a}` for a placeholder, `{{` and `}}` for literal braces",
    );
}

#[test]
fn placeholders_know_their_very_words() {
    let texts = ["\"arn:é{a}/{b}\"", "'arn:{a}{b}'", "\"\"\"\narn:{a}{b}\"\"\"", "'''arn:{a}{b}'''"];
    for text in texts {
        let toml = format!("[policy.A]\nactions = [\"*\"]\nresources = [{text}]\n");
        let (sources, project, diagnostics) = parse(&[("policies/a.toml", &toml)]);
        assert!(diagnostics.is_empty(), "{diagnostics:#?}");
        let PolicyBody::Statement(statement) = &project.policies[0].body else { panic!("no statement") };
        let resource = &statement.resources.items[0];
        let words: Vec<&str> =
            resource.placeholders().map(|placeholder| sources.slice(placeholder.span)).collect();
        assert_eq!(words, ["{a}", "{b}"], "{text}");
        assert_eq!(sources.slice(resource.span), text);
    }
    let toml = "[policy.A]\nactions = [\"*\"]\nresources = [\"arn:\\\\{a}\"]\n";
    let (sources, project, _) = parse(&[("policies/a.toml", toml)]);
    let PolicyBody::Statement(statement) = &project.policies[0].body else { panic!("no statement") };
    let placeholder = statement.resources.items[0].placeholders().next().unwrap();
    assert_eq!(sources.slice(placeholder.span), "\"arn:\\\\{a}\"");
}

#[test]
fn literal_braces_and_variables_stay() {
    let toml = "[policy.A]\nactions = [\"*\"]\nresources = [\"arn:{{x}}${aws:username}{{{y}}}$\"]\n";
    let (_, project, _) = parse(&[("policies/a.toml", toml)]);
    let PolicyBody::Statement(statement) = &project.policies[0].body else { panic!("no statement") };
    let segments = &statement.resources.items[0].segments;
    assert_eq!(segments[0], Segment::Literal("arn:{x}${aws:username}{".into()));
    assert_eq!(segments[2], Segment::Literal("}$".into()));
}

#[test]
fn templates_and_their_use() {
    bare(
        "template = \"T\"\nactions = [\"*\"]\neffect = \"Allow\"",
        "conflicting-keys | actions | template\nconflicting-keys | effect | template",
    );
    bare("with = { a = \"b\" }", "missing-key | [policy.A]");
    bare(
        "template = \"T\"\nwith = { a = 1, b = \"\", c = \"{x}*\", \"d e\" = \"f\" }",
        "wrong-type | 1\ninvalid-filling | \"\"\ninvalid-filling | \"{x}*\"\ninvalid-name | \"d e\"",
    );
    bare("template = \"\"", "empty-value | \"\"");
    check(
        "policies/a.toml",
        "[template.T]\nparameters = [\"a\", \"a\", \"b c\"]\nactions = [\"*\"]\nresources = [\"*\"]",
        "invalid-value | \"a\" | \"a\"\ninvalid-name | \"b c\"",
    );
    check(
        "policies/a.toml",
        "[template.T]\nfor-each = []\nactions = [\"*\"]\nresources = [\"*\"]",
        "unknown-key | for-each",
    );
}

#[test]
fn for_each() {
    policy("for-each = []", "empty-value | []");
    policy("for-each = { name = \"x\" }", "wrong-type | { name = \"x\" }");
    policy(
        "for-each = [{ name = \"x y\" }, { name = 1 }, {}, \"z\"]",
        "invalid-filling | \"x y\"\nwrong-type | 1\nempty-value | {}\nwrong-type | \"z\"",
    );
    let toml = "[policy.\"A{n}\"]\nactions = [\"s3\"]\nresources = [\"*\"]\nfor-each = [{ n = \"x\" }, { n = \"y\" }]";
    assert_eq!(unreadable("policies/a.toml", toml), ["Ax", "Ay"]);
}

#[test]
fn names() {
    check(
        "policies/a.toml",
        "[policy.\"a b\"]\nactions = [\"*\"]\nresources = [\"*\"]",
        "invalid-name | \"a b\"",
    );
    check(
        "policies/a.toml",
        "[policy.\"A{n}\"]\nactions = [\"*\"]\nresources = [\"*\"]",
        "invalid-name | \"A{n}\"",
    );
    check(
        "policies/a.toml",
        "[policy.\"A{n\"]\nactions = [\"*\"]\nresources = [\"*\"]\nfor-each = [{ n = \"x\" }]",
        "invalid-placeholder | {",
    );
    help(
        "policies/a.toml",
        "[policy.\"A{n}\"]\nactions = [\"*\"]\nresources = [\"*\"]",
        "give it a `for-each`, whose entries fill the placeholders, or remove the braces",
    );
}

#[test]
fn operators() {
    for (word, near) in [
        ("StringLikes", "StringLike"),
        ("stringequals", "StringEquals"),
        ("NullIfExists", "Null"),
        ("StringEqual", "StringEquals"),
        ("BoolIfExist", "BoolIfExists"),
        ("DateLessthan", "DateLessThan"),
    ] {
        policy(&format!("conditions.{word}.k = [\"true\"]"), &format!("unknown-operator | {word}"));
        let toml = format!("[policy.A]\nactions=[\"*\"]\nresources=[\"*\"]\nconditions.{word}.k = [\"x\"]");
        help("policies/a.toml", &toml, &format!("write `{near}`"));
    }
    policy(
        "conditions.\"ForAnyValues:StringLike\".k = [\"x\"]",
        "unknown-operator | \"ForAnyValues:StringLike\"",
    );
    policy("conditions.\"ForAnyValue:StringLike\".k = [\"x\"]", "");
    policy("conditions.Whatever.k = [\"x\"]", "unknown-operator | Whatever");
}

#[test]
fn condition_keys_and_values() {
    policy("conditions.Bool.k = true", "wrong-type | true");
    policy("conditions.Bool.k = \"true\"", "wrong-type | \"true\"");
    policy("conditions.Bool.k = [true, \"yes\"]", "wrong-type | true\ninvalid-condition-value | \"yes\"");
    policy("conditions.NumericEquals.k = 3", "wrong-type | 3");
    help(
        "policies/a.toml",
        "[policy.A]\nactions=[\"*\"]\nresources=[\"*\"]\nconditions.Bool.k = true",
        "write `k = [\"true\"]`",
    );
    policy("conditions.StringEquals.k = []", "empty-value | []");
    policy("conditions.StringEquals.k = [\"\"]", "");
    policy("conditions.StringEquals = {}", "empty-value | {}");
    policy("conditions = {}", "empty-value | {}");
    policy("conditions.StringEquals = [\"x\"]", "wrong-type | [\"x\"]");
    policy("conditions.StringEquals.aws.k = [\"x\"]", "wrong-type | aws");
    policy(
        "conditions.IpAddress.\"aws:SourceIp\" = [\"10.0.0.0/8\", \"{cidr}\", \"10.0.0\"]",
        "invalid-condition-value | \"10.0.0\"",
    );
    policy(
        "conditions.StringEquals = { \"aws:a\" = [\"x\"], \"AWS:A\" = [\"y\"] }",
        "duplicate-condition-key | \"AWS:A\" | \"aws:a\"",
    );
    policy("conditions.StringEquals.\"aws:{x}\" = [\"x\"]", "invalid-placeholder | \"aws:{x}\"");
    policy("conditions.StringEquals.\"kž\" = [\"ā\"]", "invalid-character | ž\ninvalid-character | ā");
    policy("conditions.StringEquals.\"\" = [\"x\"]", "empty-value | \"\"");
    policy("conditions.StringEquals.\"aws:a \" = [\"x\"]", "invalid-value | \"aws:a \"");
    policy("conditions.StringEquals.\"aws:\\na\" = [\"x\"]", "invalid-value | \"aws:\\na\"");
    policy("conditions.StringEquals.\"aws:RequestTag/cost center\" = [\"x\"]", "");
    policy("conditions.StringEquals.k = [\"{a}{\"]", "invalid-placeholder | {");
}

#[test]
fn a_wrong_condition_leaves_the_policy_out() {
    let toml = "[policy.A]\nactions = [\"*\"]\nresources = [\"*\"]\ncondition.Bool.k = [\"true\"]\n";
    let (_, project, _) = parse(&[("policies/a.toml", toml)]);
    assert!(project.policies.is_empty());
    assert_eq!(unreadable("policies/a.toml", toml), ["A"]);
}

#[test]
fn silences() {
    policy("silence = [{ lint = \"unused-policy\", reason = \"audit\" }]", "");
    policy(
        "silence = [{ lint = \"unused-polcy\", reason = \"\" }, { lint = \"cycle\", reason = \"x\" }, {}]",
        "unknown-lint | \"unused-polcy\"\nempty-value | \"\"\nunknown-lint | \"cycle\"\nmissing-key | {}\nmissing-key | {}",
    );
    policy("silence = [{ lint = \"unused-polcy\", reason = \"x\" }]", "unknown-lint | \"unused-polcy\"");
}

#[test]
fn a_declaration_is_a_table() {
    check("policies/a.toml", "[[policy.\"A-1\"]]\n", "wrong-type | [[policy.\"A-1\"]]");
    help("policies/a.toml", "[[policy.\"A-1\"]]\n", "write `[policy.\"A-1\"]`");
}

#[test]
fn an_empty_item_is_not_an_empty_array() {
    let message = |actions: &str| {
        let policy = format!("[policy.A]\nactions = {actions}\nresources = ['*']\n");
        let (sources, _, diagnostics) = parse(&[("policies/a.toml", &policy)]);
        assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
        (diagnostics[0].message.clone(), sources.slice(diagnostics[0].labels[0].span).to_owned())
    };
    let said = |message: &str, place: &str| (message.to_owned(), place.to_owned());
    assert_eq!(message("['s3:GetObject', \"\"]"), said("one of `actions` is empty", "\"\""));
    assert_eq!(message("[]"), said("`actions` is empty", "[]"));
}
