//! `iamc who-can` and `iamc explain` say the same of everybody, in projects at random: what is decided once
//! for many is what is decided for each.

#![allow(clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;

use iamc::Exit;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

use support::Project;

/// Nine principals, three of each kind.
const PRINCIPALS: usize = 9;

fn policy() -> impl Strategy<Value = String> {
    let effect = select(&["Allow", "Allow", "Allow", "Deny"]);
    let action = select(&["s3:GetObject", "s3:Get*", "s3:PutObject", "sts:AssumeRole", "*"]);
    let resource = select(&[
        "arn:aws:s3:::b/{who}/*",
        "arn:aws:s3:::b/*",
        "arn:aws:s3:::b/${aws:PrincipalTag/team}/*",
        "arn:aws:iam::*:role/*",
        "arn:aws:iam::{account}:role/N2",
        "*",
    ]);
    let condition = select(&[
        "",
        "",
        "",
        "conditions.StringEquals.\"aws:PrincipalTag/team\" = [\"t0\"]\n",
        "conditions.ArnLike.\"aws:PrincipalArn\" = [\"arn:aws:iam::*:user/*\"]\n",
        "conditions.Bool.\"aws:SecureTransport\" = [\"true\"]\n",
    ]);
    (effect, action, resource, condition).prop_map(|(effect, action, resource, condition)| {
        format!("effect = \"{effect}\"\nactions = [\"{action}\"]\nresources = [\"{resource}\"]\n{condition}")
    })
}

fn trust() -> impl Strategy<Value = &'static str> {
    select(&[
        "aws = \"{account}\"",
        "aws = \"arn:aws:iam::{account}:root\"",
        "aws = [\"arn:aws:iam::{account}:user/N1\", \"arn:aws:iam::{account}:role/N5\"]",
        "aws = \"arn:aws:iam::{account}:role/N8\"",
        "aws = \"210987654321\"",
        "service = \"ec2.amazonaws.com\"",
    ])
}

fn write(policies: &[String], held: &[Vec<Index>], trusts: &[&str]) -> Project {
    let project = Project::empty();
    project.write("iamc.toml", "[project]\naccount = \"123456789012\"\n");
    let declared = policies.iter().enumerate().map(|(at, text)| format!("[policy.P{at}]\n{text}"));
    project.write("policies/all.toml", &declared.collect::<String>());
    for (kind, table) in ["engineer", "service-user", "role"].iter().enumerate() {
        let mine = held.iter().enumerate().filter(|(at, _)| at % 3 == kind);
        let text = mine.map(|(at, held)| {
            let names: Vec<String> = held.iter().map(|it| format!("\"P{}\"", it.index(policies.len()))).collect();
            let trust = if kind == 2 { format!("trust = [{{ {} }}]\n", trusts[at / 3]) } else { String::new() };
            let team = at % 2;
            format!(
                "[{table}.N{at}]\npolicies = [{}]\nparams = {{ who = \"w{team}\" }}\ntags = {{ team = \"t{team}\" }}\n{trust}",
                names.join(", ")
            )
        });
        project.write(&format!("{table}s.toml"), &text.collect::<String>());
    }
    project
}

fn ask(project: &Project, arguments: &[&str]) -> Value {
    let ran = project.run(&[arguments, &["--at", "2026-11-21", "--format", "json"]].concat());
    assert_eq!(ran.exit, Exit::Ok, "{arguments:?}: {}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

fn explained(project: &Project, principal: &str, action: &str, resource: &str) -> String {
    let answer = ask(project, &["explain", principal, action, resource]);
    answer["decision"].as_str().unwrap().to_owned()
}

/// What is decided of each principal, by its name; with and without the option, which divide all.
fn everybody(
    project: &Project,
    action: &str,
    resource: &str,
    options: &[&str],
) -> BTreeMap<String, (String, Value)> {
    let mut found = BTreeMap::new();
    for not in [&[][..], &["--not"]] {
        let answer = ask(project, &[&["who-can", action, resource], options, not].concat());
        for principal in answer["principals"].as_array().unwrap() {
            let text = |key: &str| principal[key].as_str().unwrap().to_owned();
            let answer = (text("decision"), principal["through"].clone());
            assert!(found.insert(text("principal"), answer).is_none(), "{principal} is found twice");
        }
    }
    assert_eq!(found.len(), PRINCIPALS);
    found
}

fn rank(decision: &str) -> usize {
    ["conditional", "partly-allowed", "allowed"].iter().position(|it| *it == decision).map_or(0, |at| at + 1)
}

fn requests() -> impl Strategy<Value = (&'static str, &'static str)> {
    let action = select(&["s3:GetObject", "s3:PutObject", "s3:*"]);
    (action, select(&["arn:aws:s3:::b/w0/x", "arn:aws:s3:::b/t1/x", "arn:aws:s3:::b/*", "*"]))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_decided_for_all_is_what_is_decided_for_each(
        policies in vec(policy(), 1..8),
        held in vec(vec(any::<Index>(), 0..4), PRINCIPALS),
        trusts in vec(trust(), 3),
        (action, resource) in requests(),
    ) {
        let project = write(&policies, &held, &trusts);
        let direct = everybody(&project, action, resource, &["--direct"]);
        for (principal, (decision, through)) in &direct {
            prop_assert_eq!(decision, &explained(&project, principal, action, resource), "{}", principal);
            prop_assert_eq!(through, &Value::Array(vec![]));
        }
        let reached = everybody(&project, action, resource, &[]);
        for (principal, (decision, through)) in &reached {
            let own = &direct[principal].0;
            prop_assert!(rank(decision) >= rank(own), "{} loses by roles", principal);
            let roles = through.as_array().unwrap();
            prop_assert_eq!(roles.is_empty(), rank(decision) == rank(own), "{}", principal);
            let last = roles.last().map_or(principal.as_str(), |role| role.as_str().unwrap());
            prop_assert!(rank(&direct[last].0) >= rank(decision), "{} reaches more than {}", principal, last);
        }
    }

    /// What follows from explain alone, where no Allow or Deny of assuming is conditional.
    #[test]
    fn chains_of_roles_are_those_that_explain_gives(
        allows in vec(select(&["arn:aws:iam::{account}:role/N2", "arn:aws:iam::{account}:role/*", "*"]), 1..3),
        denies in vec(select(&["arn:aws:iam::{account}:role/N5", "*"]), 0..2),
        held in vec(vec(any::<Index>(), 0..3), PRINCIPALS),
        trusts in vec(trust(), 3),
        reader in 0..PRINCIPALS,
    ) {
        let statement = |effect: &str, resource: &&str| {
            format!("effect = \"{effect}\"\nactions = [\"sts:AssumeRole\"]\nresources = [\"{resource}\"]\n")
        };
        let mut policies: Vec<String> = allows.iter().map(|it| statement("Allow", it)).collect();
        policies.extend(denies.iter().map(|it| statement("Deny", it)));
        let project = write(&policies, &held, &trusts);
        let file = project.read("policies/all.toml");
        project.write("policies/all.toml", &format!("{file}[policy.Read]\nactions = [\"s3:GetObject\"]\nresources = [\"*\"]\n"));
        let table = ["engineers.toml", "service-users.toml", "roles.toml"][reader % 3];
        let text = project.read(table);
        let header = format!("N{reader}]\npolicies = [");
        project.write(table, &text.replace(&header, &format!("{header}\"Read\", ")));
        let found = everybody(&project, "s3:GetObject", "arn:aws:s3:::b/x", &[]);
        let mut may = [false; PRINCIPALS];
        may[reader] = true;
        for _ in 0..PRINCIPALS {
            for role in (2..PRINCIPALS).step_by(3).filter(|&role| may[role]).collect::<Vec<_>>() {
                for (actor, may) in may.iter_mut().enumerate() {
                    *may = *may || can_assume(&project, trusts[role / 3], actor, role);
                }
            }
        }
        for (at, may) in may.iter().enumerate() {
            let decision = &found[&format!("N{at}")].0;
            prop_assert_eq!(decision == "allowed", *may, "N{}: {}", at, decision);
            prop_assert!(*may || rank(decision) == 0, "N{}: {}", at, decision);
        }
    }
}

fn can_assume(project: &Project, trust: &str, actor: usize, role: usize) -> bool {
    let arn = match actor % 3 {
        0 => format!("role/PersonalRoleN{actor}\""),
        1 => format!("user/N{actor}\""),
        _ => format!("role/N{actor}\""),
    };
    let role = format!("arn:aws:iam::123456789012:role/N{role}");
    let own = || explained(project, &format!("N{actor}"), "sts:AssumeRole", &role);
    let names_account = trust.ends_with("\"{account}\"") || trust.contains(":root\"");
    (trust.contains(&arn) && own() != "explicitly-denied") || (names_account && own() == "allowed")
}
