//! What a reviewer sees: the projects in tests/commands/diff, compared with `base`.

use iamc::Exit;
use serde_json::Value;

use crate::support::Project;
use crate::{golden_in, golden_text, here, run_in};

const BASE: &str = "diff --base-dir ../base --at 2026-11-21";

#[test]
fn a_change_for_people() {
    golden_in("diff/head", BASE, "diff.txt");
    golden_in("diff/head", &format!("{BASE} -v"), "diff-whole.txt");
}

#[test]
fn a_change_as_a_comment() {
    golden_in("diff/head", &format!("{BASE} --format markdown"), "diff.md");
}

#[test]
fn a_change_for_programs() {
    golden_in("diff/head", &format!("{BASE} --format json"), "diff.json");
}

#[test]
fn another_way_to_write_the_same_is_no_difference() {
    golden_in("diff/moved", BASE, "diff-same.txt");
    golden_in("diff/base", BASE, "diff-nothing.txt");
}

#[test]
fn the_status_is_what_was_asked_for() {
    let ends = |project: &str, options: &str| {
        let ran = run_in(&here().join("diff").join(project), &format!("{BASE} {options}"));
        (ran.exit, ran.err)
    };
    let (fine, fails) = (|| (Exit::Ok, String::new()), |text: &str| (Exit::Project, text.to_owned()));
    assert_eq!(ends("head", ""), fine());
    assert_eq!(ends("moved", "--fail-on gain --fail-on loss --fail-on risk --fail-on unknown"), fine());
    let gain = "error: --fail-on gain: 8 principals gain access\n";
    assert_eq!(ends("head", "--fail-on gain"), fails(gain));
    let loss = "error: --fail-on loss: 2 principals lose access\n";
    assert_eq!(ends("head", "--fail-on loss --fail-on gain"), fails(&format!("{gain}{loss}")));
    let unknown = "error: --fail-on unknown: of 1 principal not everything is known\n";
    assert_eq!(ends("head", "--fail-on unknown"), fails(unknown));
    assert_eq!(ends("head", "--fail-on risk").0, Exit::Project);
    assert_eq!(ends("head", "--fail-on everything").0, Exit::Usage);
}

/// A wildcard before the last colon of an ARN: whether it goes beyond one, AWS does not say.
#[test]
fn a_gain_that_aws_leaves_open_is_told_as_such_and_fails_all_the_same() {
    let (base, head) = (Project::empty(), Project::empty());
    base.write("engineers.toml", "[engineer]\nJaneDoe = []\n");
    head.write("engineers.toml", "[engineer]\nJaneDoe = { policies = [\"Crossing\"] }\n");
    let crossing = "[policy.Crossing]\nactions = [\"s3:GetObject\"]\nresources = [\"arn:aws:s3*\"]\n";
    head.write("policies/all.toml", crossing);
    let list = "[[sensitive]]\nactions = [\"s3:Get*\"]\nresources = [\"arn:aws:s3:::secret/*\"]\n";
    head.write("list.toml", list);
    let base = base.path().display().to_string();
    let diff = |options: &[&str]| head.run(&[&["diff", "--base-dir", &base], options].concat());
    let ran = diff(&["--fail-on", "gain", "--sensitive", "list.toml"]);
    assert_eq!(ran.exit, Exit::Project);
    let errors = "error: --sensitive: 1 principal gains sensitive access, or may\nerror: --fail-on gain: 1 principal gains access\n";
    assert_eq!(ran.err, errors);
    let (_, told) = ran.out.split_once('\n').unwrap();
    golden_text(told, "diff-open.txt");
    let json: Value =
        serde_json::from_str(&diff(&["--sensitive", "list.toml", "--format", "json"]).out).unwrap();
    let doubt = serde_json::json!([
        "AWS leaves open whether a wildcard in `arn:aws:s3*` goes beyond a colon of the ARN"
    ]);
    assert_eq!(json["principals"][0]["gains"][0]["open"], doubt);
    assert_eq!(json["sensitive"][0]["open"], doubt);
}

/// However much has changed.
#[test]
fn a_comment_is_never_too_long_for_github() {
    let (base, head) = (Project::empty(), Project::empty());
    let engineers: String = (0..300).map(|at| format!("E{at} = []\n")).collect();
    base.write("engineers.toml", &format!("[engineer]\n{engineers}"));
    let engineers: String = (0..300).map(|at| format!("E{at} = {{ policies = [\"P{at}\"] }}\n")).collect();
    head.write("engineers.toml", &format!("[engineer]\n{engineers}"));
    let policies: String = (0..300)
        .map(|at| {
            let resource = format!("arn:aws:s3:::bucket{at}/{}`</details>@all/*", "x".repeat(at));
            format!("[policy.P{at}]\nactions = [\"s3:GetObject\"]\nresources = [\"{resource}\"]\n")
        })
        .collect();
    head.write("policies/all.toml", &policies);
    let base = base.path().display().to_string();
    let ran = head.run(&["diff", "--base-dir", &base, "--format", "markdown"]);
    assert_eq!((ran.exit, ran.err.as_str()), (Exit::Ok, ""));
    assert!((50_000..=65_536).contains(&ran.out.len()), "{}", ran.out.len());
    assert!(ran.out.contains("more changes do not fit into a comment"));
    assert_eq!(ran.out.matches("<details>").count(), 1);
    assert_eq!(ran.out.lines().filter(|line| *line == "</details>").count(), 1);
    let in_code = ran.out.lines().filter(|line| line.contains("@all"));
    assert!(in_code.clone().count() > 100 && in_code.clone().all(|line| line.contains("``arn:aws:s3")));
}

#[test]
fn the_schema_knows_every_key() {
    let folder = here().join("diff/head");
    let answer = run_in(&folder, &format!("{BASE} --format json")).out;
    let schema = run_in(&folder, "schema answer-diff").out;
    let [answer, schema] = [answer, schema].map(|text| serde_json::from_str::<Value>(&text).unwrap());
    assert_known(&answer, &schema, &schema);
}

/// Every key is one of the schema's, and every key that it requires is there.
#[track_caller]
fn assert_known(value: &Value, schema: &Value, root: &Value) {
    if let Some(reference) = schema["$ref"].as_str() {
        return assert_known(value, root.pointer(&reference[1..]).unwrap(), root);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let of_null = value.is_null() == (any[0]["type"] == "null");
        return if of_null {
            assert_known(value, &any[0], root)
        };
    }
    for key in schema["required"].as_array().into_iter().flatten() {
        assert!(value.get(key.as_str().unwrap()).is_some(), "no {key} in {value}");
    }
    for (key, value) in value.as_object().into_iter().flatten() {
        let own = schema["properties"].get(key);
        let other = schema.get("additionalProperties").filter(|other| other.is_object());
        assert_known(value, own.or(other).unwrap_or_else(|| panic!("{key} is not known")), root);
    }
    for item in value.as_array().into_iter().flatten() {
        assert_known(item, &schema["items"], root);
    }
}

const SENSITIVE: &str = "diff --base-dir ../base --at 2026-11-21 --sensitive ../sensitive.toml";

#[test]
fn nobody_gains_what_is_sensitive_unseen() {
    let folder = here().join("diff/head");
    let ran = run_in(&folder, SENSITIVE);
    let error = "error: --sensitive: 6 principals gain sensitive access, or may\n";
    assert_eq!((ran.exit, ran.err.as_str()), (Exit::Project, error));
    let (sensitive, _) = ran.out.split_once("! the lint").unwrap();
    golden_text(sensitive, "diff-sensitive.txt");
    let markdown = run_in(&folder, &format!("{SENSITIVE} --format markdown")).out;
    assert!(markdown.contains("\n#### Sensitive\n\n- ❌ "), "{markdown}");
    let json: Value =
        serde_json::from_str(&run_in(&folder, &format!("{SENSITIVE} --format json")).out).unwrap();
    golden_text(&format!("{:#}\n", json["sensitive"]), "diff-sensitive.json");
    let schema = run_in(&folder, "schema answer-diff").out;
    let schema: Value = serde_json::from_str(&schema).unwrap();
    assert_known(&json, &schema, &schema);
    assert_eq!(run_in(&here().join("diff/moved"), SENSITIVE).exit, Exit::Ok);
}

/// Payroll's own access is what it was: who can act as it is not.
#[test]
fn nobody_comes_to_a_role_with_sensitive_access_unseen() {
    let (base, head) = (Project::empty(), Project::empty());
    for (project, trust) in [(&base, ""), (&head, "trust")] {
        project.write("iamc.toml", "[project]\naccount = \"123456789012\"\n");
        project.write("engineers.toml", "[engineer]\nJaneDoe = []\n");
        let entry = |who: &str| if trust.is_empty() { String::new() } else { format!(", {who}") };
        let jane = entry("{ aws = \"arn:aws:iam::123456789012:role/PersonalRoleJaneDoe\" }");
        let other = entry("{ aws = \"999999999999\" }");
        let roles = format!(
            "[role.Payroll]\npolicies = [\"Payroll\"]\ntrust = [\n  {{ aws = \"arn:aws:iam::123456789012:role/Jump\" }}{other},\n]\n\
             [role.Jump]\npolicies = []\ntrust = [\n  {{ service = \"ec2.amazonaws.com\" }}{jane},\n]\n"
        );
        project.write("roles.toml", &roles);
        let payroll =
            "[policy.Payroll]\nactions = [\"s3:GetObject\"]\nresources = [\"arn:aws:s3:::payroll/*\"]\n";
        project.write("policies/all.toml", payroll);
    }
    let list = "[[sensitive]]\nactions = [\"s3:*\"]\nresources = [\"arn:aws:s3:::payroll/*\"]\n";
    head.write("list.toml", list);
    let base = base.path().display().to_string();
    let diff =
        |format| head.run(&["diff", "--base-dir", &base, "--sensitive", "list.toml", "--format", format]);
    let ran = diff("human");
    let error = "error: --sensitive: 1 principal gains sensitive access, or may; 1 principal with sensitive access newly trusts others\n";
    assert_eq!((ran.exit, ran.err.as_str()), (Exit::Project, error));
    let (_, told) = ran.out.split_once('\n').unwrap();
    golden_text(told, "diff-acting.txt");
    let json: Value = serde_json::from_str(&diff("json").out).unwrap();
    golden_text(&format!("{:#}\n", json["sensitive"]), "diff-acting.json");
    let schema: Value = serde_json::from_str(&head.run(&["schema", "answer-diff"]).out).unwrap();
    assert_known(&json, &schema, &schema);
    let all = format!("{list}except = [\"JaneDoe\", \"999999999999\"]\n");
    head.write("list.toml", &all);
    assert_eq!(diff("human").exit, Exit::Ok);
}

#[test]
fn a_list_that_cannot_be_read_lets_nothing_pass() {
    let project = Project::new();
    let base = project.path().display().to_string();
    let with = |text: Option<&str>| {
        text.into_iter().for_each(|text| project.write("list.toml", text));
        project.run(&["diff", "--base-dir", &base, "--sensitive", "list.toml"])
    };
    let missing = with(None);
    assert_eq!(missing.exit, Exit::Usage);
    assert!(missing.err.starts_with("error: cannot read `list.toml`: "), "{}", missing.err);
    let empty = with(Some("# nothing\n"));
    assert_eq!(empty.exit, Exit::Usage);
    assert!(empty.err.starts_with("error: `list.toml` lists nothing that is sensitive\n"), "{}", empty.err);
    let wrong = with(Some("[[sensitive]]\nactions = [\"iam\"]\nresources = [\"*\"]\n"));
    assert_eq!(wrong.exit, Exit::Project);
    assert!(wrong.err.contains("╭─[list.toml:2:12]"), "{}", wrong.err);
    assert!(wrong.out.is_empty());
}
