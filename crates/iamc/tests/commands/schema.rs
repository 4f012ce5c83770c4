use iamc::Exit;
use serde_json::Value;

use crate::{json, run};

const KINDS: [&str; 7] = ["iamc", "policies", "groups", "engineers", "service-users", "roles", "assertions"];

#[test]
fn every_kind_has_a_closed_schema_without_loose_ends() {
    for kind in KINDS {
        let schema = json(&format!("schema {kind}"));
        assert_eq!(schema["additionalProperties"], Value::Bool(false), "{kind}");
        let mut references = Vec::new();
        collect(&schema, &mut references);
        for reference in references {
            let name = reference.strip_prefix("#/definitions/").unwrap();
            assert!(schema["definitions"][name].is_object(), "{kind}: {reference}");
        }
    }
}

#[test]
fn without_a_kind_all_are_listed() {
    let overview = run("schema").out;
    for kind in KINDS {
        assert!(overview.lines().any(|line| line.split_whitespace().next() == Some(kind)), "{kind}");
    }
}

#[test]
fn an_unknown_kind() {
    assert_eq!(run("schema policy").exit, Exit::Usage);
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            references.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|value| collect(value, references));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, references)),
        _ => {}
    }
}
