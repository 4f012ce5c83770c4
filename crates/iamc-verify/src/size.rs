//! Characters of documents, as IAM counts them or more: those of the minified JSON.

use crate::yaml::{Entry, Node, Value};

/// Characters of the minified JSON.
pub(crate) fn characters(node: &Node<'_>) -> usize {
    let joined = |sizes: &mut dyn Iterator<Item = usize>| {
        sizes.map(|size| size + 1).sum::<usize>().saturating_sub(1) + "[]".len()
    };
    match &node.value {
        Value::Text(text) | Value::Block(text) | Value::Other(text) | Value::Ref(text) => string(text),
        Value::List(items) => joined(&mut items.iter().map(characters)),
        Value::Map(entries) => {
            let size = |entry: &Entry<'_>| string(&entry.key) + 1 + characters(&entry.value);
            joined(&mut entries.iter().map(size))
        }
    }
}

fn string(text: &str) -> usize {
    serde_json::Value::from(text).to_string().chars().count()
}

#[cfg(test)]
mod tests {
    use iamc_model::FileId;

    use super::*;
    use crate::yaml::{Syntax, Text, compose};

    #[test]
    fn minified_json() {
        let text =
            "Version: \"2012-10-17\"\nStatement:\n  - A: \"\\xE9 \\\"\\n\"\n    E: []\n    F: {}\n  - b\n";
        let documents = compose(Text::of_file(FileId(0), text), Syntax::Block).unwrap();
        let json = r#"{"Version":"2012-10-17","Statement":[{"A":"é \"\n","E":[],"F":{}},"b"]}"#;
        assert_eq!(characters(&documents[0]), json.chars().count());
    }
}
