use iamc::Exit;
use iamc_model::codes;

use crate::{run, run_in, usage_error};

#[test]
fn the_table_has_every_rule_with_the_projects_level() {
    let table = run("rule").out;
    for code in codes::ALL {
        let row = table.lines().find(|line| line.split_whitespace().next() == Some(code.rule()));
        let row = row.unwrap_or_else(|| panic!("{} is missing", code.id));
        assert!(row.ends_with(code.summary), "{row}");
    }
    let row = |rule| table.lines().find(|line| line.trim_start().starts_with(rule)).unwrap();
    assert!(row("bounded-deny").contains(" forbid (default warn) "));
    assert!(row("unused-policy").contains(" warn "));
    assert!(row("cycle").contains(" error "));
}

#[test]
fn every_rule_has_a_page() {
    for code in codes::ALL {
        let page = run(&format!("rule {}", code.rule())).out;
        assert!(page.contains(code.id) && page.contains("\nCure\n"), "{}: {page}", code.id);
        assert_eq!(run(&format!("rule {}", code.id)).out, page);
    }
}

#[test]
fn a_page_ends_with_the_level_that_the_project_sets() {
    assert!(run("rule bounded-deny").out.ends_with("\nIn this project: `forbid`.\n"));
    assert!(!run("rule unused-policy").out.contains("In this project"));
}

#[test]
fn it_needs_no_project() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run_in(folder.path(), "rule").exit, Exit::Ok);
    assert_eq!(run_in(folder.path(), "rule cycle").exit, Exit::Ok);
    assert_eq!(run_in(folder.path(), "-C . rule").exit, Exit::Usage);
}

#[test]
fn an_unknown_rule() {
    usage_error("rule cycel", "error: no rule is named `cycel`\n  help: did you mean `cycle`?\n");
    let help = "did you mean `iamc::graph::cycle`?";
    usage_error("rule iamc::cycle", &format!("error: no rule is named `iamc::cycle`\n  help: {help}\n"));
    usage_error("rule x", "error: no rule is named `x`\n  help: `iamc rule` shows all codes\n");
}
