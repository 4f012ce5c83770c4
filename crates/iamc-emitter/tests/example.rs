//! The example organisation at the top of this repository, from its files to what stands in out/.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use iamc_emitter::{Rung, Stacks, is_generated};
use serde_json::Value;

fn example() -> (Arc<Stacks>, BTreeMap<String, String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (sources, unreadable) = iamc_parser::load(&root);
    let (project, wrong) = iamc_parser::parse(&sources);
    let (graph, unresolved) = iamc_graph::resolve(&project);
    let (grants, unfilled) = iamc_graph::close(&project.settings, &graph);
    let (stacks, beyond) = iamc_emitter::emit(&project.settings, &graph, &grants);
    let reports = [unreadable, wrong, unresolved, unfilled, beyond].concat();
    assert!(reports.iter().all(|report| !report.is_error()), "{reports:#?}");
    let stacks = Arc::new(stacks);
    let outputs = iamc_emitter::render(&stacks);
    let texts = outputs.paths().filter_map(|path| Some((path.to_owned(), outputs.text(path)?))).collect();
    (stacks, texts)
}

#[test]
fn every_file_is_marked_and_read_by_another() {
    let (_, outputs) = example();
    for (path, text) in &outputs {
        assert!(is_generated(text.as_bytes()), "{path}");
        for document in text.split("---\n") {
            let read = serde_yaml::from_str::<serde_yaml::Value>(document);
            assert!(read.is_ok(), "{path}: {read:?}");
        }
    }
}

#[test]
fn the_manifest_lists_each_template() {
    let (stacks, outputs) = example();
    let manifest: Value = serde_json::from_str(&outputs["manifest.json"]).unwrap();
    let paths =
        manifest["templates"].as_array().unwrap().iter().map(|template| template["path"].as_str().unwrap());
    let mut expected: Vec<_> = stacks.stacks.iter().map(iamc_emitter::Stack::path).collect();
    expected.sort();
    assert!(paths.eq(expected.iter().map(String::as_str)));
}

#[test]
fn everybody_is_on_the_stable_rung() {
    let (stacks, _) = example();
    assert!(stacks.stacks.iter().all(|stack| stack.rung == Rung::Stable));
    let jane = stacks.get("JaneDoe").unwrap();
    let names: Vec<_> = jane.policies.iter().map(|policy| policy.name.as_str()).collect();
    assert_eq!(names, ["PersonalPolicyS3JaneDoe"]);
    assert_eq!(jane.role().unwrap().name, "PersonalRoleJaneDoe");
}

#[test]
fn twice_is_once() {
    assert_eq!(example().1, example().1);
}
