//! `iamc explain NAME ACTION [RESOURCE]`, on the project in tests/commands/requests.

use std::fs;

use iamc::Exit;
use serde_json::{Value, json};

use crate::support::Project;
use crate::{golden_in, here, run_in};

const STREAMING: &str = "arn:aws:s3:::ml-data/streaming/x";
const LABELS: &str = "arn:aws:s3:::ml-data/labels/x";
const INSTANCE: &str = "arn:aws:ec2:eu-central-1:123456789012:instance/i-1";
const QUEUE: &str = "arn:aws:sqs:eu-central-1:123456789012:queue";
const BEFORE: &str = "--at 2027-06-30T23:59:59Z";
const AFTER: &str = "--at 2027-07-01";

#[track_caller]
fn golden(request: &str, file: &str) {
    let file = format!("request-{file}");
    golden_in("requests", &format!("explain {request}"), &file);
    let name = file.replace(".txt", ".json");
    golden_in("requests", &format!("explain {request} --format json"), &name);
}

fn json(request: &str) -> Value {
    let run = run_in(&here().join("requests"), &format!("explain {request} --format json"));
    assert_eq!((run.exit, run.err.as_str()), (Exit::Ok, ""), "{request}");
    serde_json::from_str(&run.out).unwrap()
}

fn decision(request: &str) -> String {
    json(request)["decision"].as_str().unwrap().to_owned()
}

#[track_caller]
fn refused(arguments: &str, message: &str) {
    let run = run_in(&here().join("requests"), &format!("explain {arguments}"));
    assert_eq!((run.exit, run.out.as_str()), (Exit::Usage, ""), "{arguments}");
    assert!(run.err.contains(message), "{arguments}: {}", run.err);
}

#[test]
fn allowed() {
    golden(&format!("JaneDoe s3:getobject {STREAMING}"), "allowed.txt");
}

#[test]
fn outside_of_the_prefix() {
    golden(&format!("JaneDoe s3:GetObject {LABELS}"), "near-miss.txt");
}

#[test]
fn on_conditions() {
    golden(&format!("JaneDoe ec2:StopInstances {INSTANCE}"), "conditional.txt");
    let own = format!("JaneDoe ec2:StopInstances {INSTANCE} --context aws:ResourceTag/team=");
    assert_eq!(decision(&format!("{own}a")), "allowed");
    assert_eq!(decision(&format!("{own}b")), "implicitly-denied");
    assert_eq!(decision(&format!("JaneDoe ec2:StopInstances {INSTANCE} --exact")), "implicitly-denied");
}

#[test]
fn a_condition_that_fails() {
    let request = "JaneDoe s3:PutObject arn:aws:s3:::reports/a/x --context aws:SecureTransport=false";
    golden(request, "failed-condition.txt");
}

#[test]
fn a_condition_that_holds() {
    let request = "JaneDoe s3:PutObject arn:aws:s3:::reports/a/x --context aws:SecureTransport=true";
    golden(request, "condition.txt");
}

#[test]
fn denied_by_a_guardrail() {
    golden("JaneDoe s3:GetObject arn:aws:s3:::ml-data/streaming/secret/x", "denied.txt");
}

#[test]
fn denied_by_what_is_not_excepted() {
    let user = "arn:aws:iam::123456789012:user/x";
    golden(&format!("JohnDoe iam:CreateUser {user} --context aws:SourceIp=198.51.100.1"), "not-excepted.txt");
    golden(&format!("JohnDoe iam:CreateUser {user} --context aws:SourceIp=203.0.113.7"), "nothing-near.txt");
}

#[test]
fn patterns() {
    golden("JaneDoe s3:Get* arn:aws:s3:::ml-data/*", "partly-allowed.txt");
    assert_eq!(
        decision("JaneDoe s3:GetObject* arn:aws:s3:::ml-data/streaming/secret/*"),
        "explicitly-denied"
    );
    assert_eq!(decision("JaneDoe s3:Delete* *"), "implicitly-denied");
}

#[test]
fn without_a_resource() {
    golden("JaneDoe s3:ListBucket", "no-resource.txt");
}

#[test]
fn made_from_a_template() {
    golden("JaneDoe s3:ListBucket arn:aws:s3:::home --context s3:prefix=JaneDoe/x", "template.txt");
}

#[test]
fn until_a_bound_and_after_it() {
    golden(&format!("JohnDoe s3:GetObject {STREAMING} {BEFORE}"), "before-bound.txt");
    golden(&format!("JohnDoe s3:GetObject {STREAMING} {AFTER}"), "after-bound.txt");
}

#[test]
fn attached_by_arn() {
    golden(&format!("JohnDoe sqs:GetQueueUrl {QUEUE} {BEFORE}"), "attached.txt");
    golden(&format!("MaryMajor sqs:SendMessage {QUEUE}"), "attached-of-project.txt");
}

#[test]
fn attached_and_not_known() {
    golden(&format!("MaryMajor s3:GetObject {STREAMING}"), "unknown.txt");
    golden("MaryMajor s3:GetObject arn:aws:s3:::ml-data/streaming/secret/x", "unknown-denied.txt");
    assert_eq!(decision("MaryMajor s3:PutObject arn:aws:s3:::ml-data/x"), "conditional");
}

#[test]
fn the_principals_own_keys() {
    assert_eq!(decision(&format!("JohnDoe sqs:SendMessage {QUEUE}")), "allowed");
    let other = "arn:aws:iam::123456789012:role/Other";
    let overridden = format!("JohnDoe sqs:SendMessage {QUEUE} --context aws:PrincipalArn={other}");
    assert_eq!(decision(&overridden), "implicitly-denied");
}

#[test]
fn without_an_account() {
    let project = Project::empty();
    project.write("engineers.toml", "[engineer]\nJaneDoe = { policies = [\"Read\"] }\n");
    project.write(
        "policies/s3.toml",
        "[policy.Read]\nactions = [\"s3:GetObject\", \"s3:PutObject\"]\nresources = [\"*\"]\n\
         conditions.ArnLike.\"aws:PrincipalArn\" = [\"arn:aws:iam::123456789012:role/*\"]\n\
         [policy.List]\nactions = [\"s3:ListBucket\"]\nresources = [\"*\"]\n",
    );
    let run = project.run(&["explain", "JaneDoe", "s3:GetObject", "--exact"]);
    assert!(run.out.starts_with("conditional: "), "{}", run.out);
    assert!(
        run.out.contains("aws:PrincipalArn is not known: `account` is not set in iamc.toml\n"),
        "{}",
        run.out
    );
    let run = project.run(&["explain", "JaneDoe", "s3:DeleteObject"]);
    assert!(!run.out.contains("is not known"), "{}", run.out);
}

#[test]
fn the_context_is_shown_as_it_was_given() {
    let request =
        "JaneDoe s3:ListBucket * --context S3:Prefix=a --context s3:prefix= --at 2027-01-01 --exact";
    let context = json!({ "S3:Prefix": ["a", ""] });
    let wanted = json!({ "action": "s3:ListBucket", "resource": "*", "context": context,
        "at": "2027-01-01T00:00:00Z", "exact": true });
    assert_eq!(json(request)["request"], wanted);
}

#[test]
fn the_command_line_is_wrong() {
    refused("JaneDoe GetObject", "an action is a service and a name, as in `s3:GetObject`");
    refused("JaneDoe s3:Get_Object!", "an action is a service and a name");
    refused("JaneDoe s3:GetObject ml-data/x", "an ARN has six fields, as in `arn:aws:s3:::bucket/key`");
    refused("JaneDoe s3:GetObject arn:aws:s3:ml-data", "an ARN has six fields");
    refused("JaneDoe s3:GetObject * --context s3:prefix", "no `=` and no value");
    refused("JaneDoe s3:GetObject * --context prefix=a", "`prefix` is no condition key");
    refused("JaneDoe s3:GetObject * --context aws:CurrentTime=noon", "`noon` is no time");
    refused("JaneDoe s3:GetObject * --at tomorrow", "neither a date such as 2026-12-31 nor a time");
    refused("JaneDoe --exact", "<ACTION>");
    refused("JaneDo s3:GetObject", "no principal is named `JaneDo`\n  help: did you mean `JaneDoe`?");
    refused(
        "Nobody s3:GetObject",
        "no principal is named `Nobody`\n  help: `iamc list engineers` shows names",
    );
    refused("Team s3:GetObject", "`Team` is a group, and only principals make requests");
    refused("ListHome s3:GetObject", "`ListHome` is a policy, and only principals make requests");
}

#[test]
fn a_terminal_obeys_no_argument() {
    let folder = here().join("requests");
    let run =
        crate::support::run(&folder, &["explain", "JaneDoe", "s3:GetObject", "arn:aws:s3:::b/\u{1b}[2J"]);
    assert!(run.out.contains("b/␛[2J") && !run.out.contains('\u{1b}'), "{}", run.out);
}

#[test]
fn long_lists_are_cut() {
    let project = Project::empty();
    let numbers = 0..40;
    let policies = numbers.clone().map(|at| {
        format!("[policy.P{at}]\nactions = [\"s3:GetObject\"]\nresources = [\"arn:aws:s3:::b{at}/*\"]\n")
    });
    let names: Vec<String> = numbers.map(|at| format!("\"P{at}\"")).collect();
    project.write("policies/s3.toml", &policies.collect::<String>());
    project.write("engineers.toml", &format!("[engineer.JaneDoe]\npolicies = [{}]\n", names.join(", ")));
    let run = project.run(&["explain", "JaneDoe", "s3:GetObject"]);
    assert!(run.out.contains("\n  … and 20 more\n"), "{}", run.out);
    assert!(run.out.contains("\n… and 35 more: `--format json` lists all\n"), "{}", run.out);
    let run = project.run(&["explain", "JaneDoe", "s3:GetObject", "--format", "json"]);
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(answer["statements"].as_array().map(Vec::len), Some(40));
}

#[test]
fn every_answer_has_its_golden_file() {
    let folder = here().join("golden");
    let files =
        fs::read_dir(folder).unwrap().filter_map(|entry| entry.unwrap().file_name().into_string().ok());
    let requests: Vec<String> = files.filter(|name| name.starts_with("request-")).collect();
    let source = include_str!("request.rs");
    for name in requests {
        let stem = name.trim_start_matches("request-").split('.').next().unwrap().to_owned();
        assert!(source.contains(&format!("\"{stem}.txt\"")), "{name} is of no test");
    }
}
