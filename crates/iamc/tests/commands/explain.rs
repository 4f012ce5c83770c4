use iamc::Exit;
use serde_json::json;

use crate::{golden, json, run, run_in, usage_error};

#[test]
fn a_principal() {
    golden("explain JaneDoe", "explain-principal.txt");
}

#[test]
fn a_principal_whose_grants_are_bounded() {
    golden("explain JohnDoe", "explain-bounded.txt");
}

#[test]
fn a_service_user() {
    golden("explain EtlA", "explain-service-user.txt");
}

#[test]
fn a_group() {
    golden("explain Base", "explain-group.txt");
}

#[test]
fn a_policy() {
    golden("explain WriteData", "explain-policy.txt");
}

#[test]
fn a_policy_made_from_a_template() {
    golden("explain ReadData", "explain-template.txt");
}

#[test]
fn all_that_share_a_name() {
    golden("explain Audit", "explain-shared-name.txt");
}

#[test]
fn for_programs() {
    for (name, file) in [("JaneDoe", "principal"), ("Base", "group"), ("WriteData", "policy")] {
        golden(&format!("explain {name} --format json"), &format!("explain-{file}.json"));
    }
}

#[test]
fn what_is_held_directly_has_one_empty_path() {
    let answer = json("explain EtlA --format json");
    let policy = &answer["answers"][0]["policies"][0];
    assert_eq!((&policy["paths"], &policy["paths-total"]), (&json!([[]]), &json!(1)));
}

#[test]
fn colours_are_asked_for() {
    assert!(!run("explain JaneDoe").out.contains('\u{1b}'));
    let colored = run("explain JaneDoe --color always").out;
    assert!(colored.contains('\u{1b}'));
    assert_eq!(without_escapes(&colored), run("explain JaneDoe").out);
}

#[test]
fn a_chain_of_very_many_groups() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| std::fs::write(folder.path().join(path), text).unwrap();
    ["groups", "policies"].iter().for_each(|name| std::fs::create_dir(folder.path().join(name)).unwrap());
    let groups = (1..20_000).map(|at| format!("[group.G{}]\ngroups = [\"G{at}\"]\n", at - 1));
    let last = "[group.G19999]\npolicies = [\"P\"]\n";
    write("groups/g.toml", &(groups.collect::<String>() + last));
    write("policies/p.toml", "[policy.P]\nactions = [\"s3:Get*\"]\nresources = [\"*\"]\n");
    write("engineers.toml", "[engineer]\nJaneDoe = [\"G0\"]\n");
    let jane = run_in(folder.path(), "explain JaneDoe").out;
    assert!(jane.contains("\n  deeper than 60 levels: 19,940 groups and 1 policy\n"), "{jane}");
    assert_eq!(jane.matches("└─ ").count(), 59);
    for command in ["explain P", "explain G9 --format json", "graph", "list policies", "check", "build"] {
        let run = run_in(folder.path(), command);
        assert_eq!(run.exit, Exit::Ok, "iamc {command}: {}", run.err);
    }
}

#[test]
fn an_unknown_name() {
    usage_error(
        "explain JaneDo",
        "error: no principal, group or policy is named `JaneDo`\n  help: did you mean `JaneDoe`?\n",
    );
    usage_error(
        "explain engineers.toml",
        "error: no principal, group or policy is named `engineers.toml`\n  help: this is a file: name what \
         it declares, as in `iamc explain JaneDoe`\n",
    );
    usage_error(
        "explain Somebody",
        "error: no principal, group or policy is named `Somebody`\n  help: `iamc list engineers` shows \
         names, and so do `service-users`, `roles`, `groups` and `policies`\n",
    );
}

#[test]
fn a_wrong_project_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("engineers.toml"), "[engineer]\nJaneDoe = [\"Team\"]\n").unwrap();
    let run = run_in(folder.path(), "explain JaneDoe");
    assert_eq!((run.exit, run.out.as_str()), (Exit::Project, ""));
    assert!(run.err.contains("iamc::graph::unknown-group"), "{}", run.err);
}

#[test]
fn what_is_empty_or_long_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| std::fs::write(folder.path().join(path), text).unwrap();
    std::fs::create_dir(folder.path().join("policies")).unwrap();
    write("engineers.toml", "[engineer.JaneDoe]\npolicies = [\"P\"]\ndescription = \"one\\ntwo\"\n");
    let statement = "[policy.P]\nactions = [\"s3:ListBucket\"]\nresources = [\"*\"]\n";
    write("policies/p.toml", &format!("{statement}conditions.StringEquals.\"s3:prefix\" = [\"\", \"a\"]\n"));
    let engineer = run_in(folder.path(), "explain JaneDoe").out;
    assert!(engineer.contains("\n  one\n  two\n"), "{engineer}");
    assert!(engineer.contains("if StringEquals s3:prefix \"\" +1\n"), "{engineer}");
    let policy = run_in(folder.path(), "explain P").out;
    assert!(policy.contains("StringEquals s3:prefix \"\" or a\n"), "{policy}");
}

fn without_escapes(text: &str) -> String {
    let mut plain = String::new();
    let mut parts = text.split('\u{1b}');
    plain.push_str(parts.next().unwrap());
    parts.for_each(|part| plain.push_str(part.split_once('m').unwrap().1));
    plain
}
