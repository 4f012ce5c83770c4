//! A great many files, and one folder of them.

use std::fmt::Write as _;
use std::time::Instant;

use iamc::Exit;

use crate::support::{Project, policy, say};

/// One policy a file, and a group that holds them by the hundred; an engineer for each group.
fn crowd(files: usize) -> Project {
    let project = Project::empty();
    let (mut groups, mut engineers) = (String::new(), "[engineer]\n".to_owned());
    for number in 0..files {
        let text =
            policy(&format!("Policy{number:06}"), "s3:GetObject").replace("data", &format!("data{number}"));
        project.write(&format!("policies/policy-{number:06}.toml"), &text);
        if number % 100 == 0 {
            let end = files.min(number + 100);
            let names: Vec<String> = (number..end).map(|number| format!("\"Policy{number:06}\"")).collect();
            writeln!(groups, "[group.Group{number:06}]\npolicies = [{}]\n", names.join(", ")).unwrap();
            writeln!(engineers, "Engineer{number:06} = [\"Group{number:06}\"]").unwrap();
        }
    }
    project.write("groups/all.toml", &groups);
    project.write("engineers.toml", &engineers);
    project
}

fn build(files: usize) {
    let project = crowd(files);
    for arguments in [&["build"][..], &["build", "--check"], &["verify"]] {
        let began = Instant::now();
        let ran = project.run(arguments);
        assert_eq!(ran.exit, Exit::Ok, "{arguments:?}: {}", ran.err);
        say(&format!("{files} files: {} in {:.1?}", arguments.join(" "), began.elapsed()));
    }
    project.write("policies/policy-000000.toml", &policy("Policy000000", "s3:GetObjectAcl"));
    let ran = project.build();
    let expected = format!("out/: 2 written, 0 removed, {} unchanged\n", files.div_ceil(100) - 1);
    assert_eq!(ran.out, expected);
}

#[test]
fn a_thousand_files() {
    build(1_000);
}

#[test]
#[ignore = "writes 100,000 files: cargo test -p iamc --test faults -- --ignored"]
fn a_hundred_thousand_files() {
    build(100_000);
}
