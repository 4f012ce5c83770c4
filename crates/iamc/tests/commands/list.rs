use iamc::Exit;

use crate::{golden, run};

#[test]
fn tables() {
    for kind in ["policies", "groups", "engineers", "service-users", "roles"] {
        golden(&format!("list {kind}"), &format!("list-{kind}.txt"));
    }
}

#[test]
fn for_programs() {
    for kind in ["policies", "groups", "engineers"] {
        golden(&format!("list {kind} --format json"), &format!("list-{kind}.json"));
    }
}

#[test]
fn no_kind() {
    let run = run("list");
    assert_eq!((run.exit, run.out.as_str()), (Exit::Usage, ""));
    assert!(run.err.contains("<policies|groups|engineers|service-users|roles>"), "{}", run.err);
}

#[test]
fn an_unknown_kind() {
    let run = run("list engineer");
    assert_eq!((run.exit, run.out.as_str()), (Exit::Usage, ""));
    assert!(run.err.contains("engineers"), "{}", run.err);
}
