//! Holds the schemas against the parser: every key that a schema knows is a key.

use iamc_model::source::Source;
use iamc_model::{Code, Sources, codes};
use serde_json::Value;

use super::Kind;

const NOT_A_KEY: [&Code; 4] =
    [&codes::UNKNOWN_KEY, &codes::UNKNOWN_OPERATOR, &codes::UNKNOWN_LINT, &codes::MISPLACED_TABLE];

#[test]
fn every_key_of_a_schema_is_a_key() {
    for kind in Kind::ALL {
        let schema = kind.schema();
        let file = kind.files().last().unwrap().replace("**/*", "x");
        let texts = documents(&schema, &schema, "");
        assert!(texts.len() > 4, "{}", kind.name());
        for text in texts {
            let (_, found) = iamc_parser::parse(&Sources::new(vec![Source::new(&file, &text)]));
            let wrong = found.iter().find(|found| NOT_A_KEY.contains(&found.code));
            assert!(wrong.is_none(), "{file}: {text}: {wrong:?}");
        }
    }
}

#[test]
fn a_roles_trust_may_come_from_the_defaults() {
    let schema = serde_json::to_string(&Kind::Roles.schema()).unwrap();
    assert!(schema.contains("\"trust\":") && !schema.contains("[\"trust\"]"), "{schema}");
    assert!(serde_json::to_string(&Kind::Policies.schema()).unwrap().contains("\"required\":[\"actions\"]"));
}

/// For each key at any depth a document that gives it the value 0.
fn documents(root: &Value, schema: &Value, prefix: &str) -> Vec<String> {
    let object = |name: &str| schema[name].as_object().into_iter().flatten();
    let named = object("properties").map(|(key, value)| (key.as_str(), value));
    let any = object("patternProperties").map(|(_, value)| ("X", value));
    let keys = named.chain(any).filter(|(_, value)| value.is_object());
    keys.flat_map(|(key, value)| {
        let key = if prefix.is_empty() { key.to_owned() } else { format!("\"{key}\"") };
        values(root, value).into_iter().map(move |value| format!("{key} = {value}"))
    })
    .collect()
}

fn values(root: &Value, schema: &Value) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        return values(root, root.pointer(&reference[1..]).unwrap());
    }
    if let Some(either) = schema["anyOf"].as_array().filter(|_| schema["properties"].is_null()) {
        return either.iter().flat_map(|schema| values(root, schema)).collect();
    }
    if !schema["items"].is_null() {
        return values(root, &schema["items"]).into_iter().map(|item| format!("[{item}]")).collect();
    }
    let entries = documents(root, schema, "inside");
    match entries.is_empty() {
        true => vec!["0".to_owned()],
        false => entries.into_iter().map(|entry| format!("{{ {entry} }}")).collect(),
    }
}
