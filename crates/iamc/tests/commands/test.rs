use iamc::Exit;

use crate::support::{Project, policy};

/// A project whose one assertion holds, or not.
fn project(expect: &str) -> Project {
    let project = Project::empty();
    project.write("policies/s3.toml", &policy("Read", "s3:GetObject"));
    project.write("engineers.toml", "[engineer]\nJaneDoe = { policies = [\"Read\"] }\n");
    let request = "action = \"s3:GetObject\"\nresource = \"arn:aws:s3:::data/x\"\n";
    project
        .write("assertions.toml", &format!("[[assert]]\neveryone = true\n{request}expect = \"{expect}\"\n"));
    project
}

#[test]
fn what_holds_is_counted() {
    let ran = project("allowed").run(&["test"]);
    assert_eq!((ran.exit, ran.out.as_str(), ran.err.as_str()), (Exit::Ok, "1 assertion, 0 failed\n", ""));
}

/// Of all that `s3:*` covers, an object has its own actions.
#[test]
fn what_never_should_be_is_an_action_on_what_it_works_on() {
    let project = Project::empty();
    project.write("policies/s3.toml", &policy("All", "s3:*"));
    project.write("engineers.toml", "[engineer]\nJaneDoe = { policies = [\"All\"] }\n");
    let never = "[[assert]]\neveryone = true\naction = \"s3:*\"\nresource = \"arn:aws:s3:::data/x\"\nexpect = \"never\"\n";
    project.write("assertions.toml", never);
    let ran = project.run(&["test"]);
    assert_eq!(ran.exit, Exit::Project);
    assert!(ran.err.contains("`s3:AbortMultipartUpload` on"), "{}", ran.err);
}

#[test]
fn what_fails_is_an_error() {
    let ran = project("denied").run(&["test"]);
    assert_eq!((ran.exit, ran.out.as_str()), (Exit::Project, "1 assertion, 1 failed\n"));
    assert!(ran.err.contains("iamc::access::failed-assertion"), "{}", ran.err);
    assert!(ran.err.ends_with("error: 1 error\n"), "{}", ran.err);
    let quiet = project("denied").run(&["test", "-q"]);
    assert_eq!((quiet.exit, quiet.out.as_str()), (Exit::Project, ""));
}

#[test]
fn every_expectation_is_met_by_its_decision_alone() {
    for (expect, holds) in [
        ("allowed", true),
        ("partly-allowed", false),
        ("conditional", false),
        ("denied", false),
        ("explicitly-denied", false),
        ("implicitly-denied", false),
        ("never", false),
    ] {
        assert_eq!(project(expect).run(&["test"]).exit == Exit::Ok, holds, "{expect}");
    }
}

#[test]
fn for_programs() {
    let project = project("never");
    let json = project.run(&["test", "--message-format", "json"]);
    assert_eq!((json.exit, json.err.as_str()), (Exit::Project, ""));
    let report: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(report["code"], "iamc::access::failed-assertion");
    assert_eq!(
        (&report["labels"][0]["file"], &report["labels"][0]["line"]),
        (&"assertions.toml".into(), &5.into())
    );
    let github = project.run(&["test", "--message-format", "github"]);
    assert!(github.err.starts_with("::error file=assertions.toml,line=5,"), "{}", github.err);
    let sarif = project.run(&["test", "--message-format", "sarif"]).out;
    assert!(sarif.contains("\"ruleId\": \"iamc::access::failed-assertion\""), "{sarif}");
}

#[test]
fn without_assertions_nothing_fails() {
    let ran = Project::new().run(&["test"]);
    assert_eq!((ran.exit, ran.err.as_str()), (Exit::Ok, ""));
    assert!(ran.out.starts_with("no assertions"), "{}", ran.out);
}

#[test]
fn a_wrong_project_is_not_tested() {
    let project = project("allowed");
    project.write("groups/all.toml", "[group.A]\npolicies = [\"Reed\"]\n");
    let ran = project.run(&["test"]);
    assert_eq!((ran.exit, ran.out.as_str()), (Exit::Project, ""));
    assert!(ran.err.contains("iamc::graph::unknown-policy"), "{}", ran.err);
}

#[test]
fn very_many_fail_in_one_report() {
    let project = project("denied");
    let engineers = (0..1200).map(|at| format!("Many{at} = {{ policies = [\"Read\"] }}\n"));
    project.write("engineers.toml", &format!("[engineer]\n{}", engineers.collect::<String>()));
    let ran = project.run(&["test"]);
    assert!(ran.err.contains("`Many0`, `Many1`, `Many10` and\n  │ 1,197 more"), "{}", ran.err);
    assert!(ran.err.ends_with("error: 1 error\n"), "{}", ran.err);
}

#[test]
fn an_assertion_about_an_action_that_aws_does_not_have() {
    let project = Project::new();
    project.write(
        "assertions.toml",
        "[[assert]]\nwho = [\"JaneDoe\"]\naction = \"s3:DeleteBuckett\"\nexpect = \"never\"\n",
    );
    let ran = project.run(&["test"]);
    assert_eq!((ran.exit, ran.out.as_str()), (Exit::Ok, "1 assertion, 0 failed\n"), "{}", ran.err);
    for part in ["iamc::aws::unknown-action", "`s3:DeleteBuckett`", "nearest are `s3:DeleteBucket`"] {
        assert!(ran.err.contains(part), "{}", ran.err);
    }
    let verbose = project.run(&["test", "-v"]);
    assert_eq!(verbose.err.matches("unknown-action").count(), 1, "{}", verbose.err);
}
