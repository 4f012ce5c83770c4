//! The documents of AWS's managed policies.

use std::collections::BTreeMap;

use iamc_model::Operator;
use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns};
use serde_json::{Map, Value};

/// A policy document, in its default version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// `arn:aws:iam::aws:policy/ReadOnlyAccess`
    pub arn: String,
    /// `v3`
    pub version: String,
    /// In the document's order.
    pub statements: Vec<DocumentStatement>,
}

/// One statement of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentStatement {
    /// Its Sid.
    pub sid: Option<String>,
    /// `Allow` or `Deny`.
    pub effect: Effect,
    /// Action or NotAction.
    pub actions: Patterns,
    /// Resource or NotResource.
    pub resources: Patterns,
    /// Operator → key → values.
    pub conditions: Conditions,
}

impl Document {
    /// Reads the line `policy ARN VERSION DOCUMENT`, whose document is JSON as IAM has it. An element, an
    /// operator or a value that is not known here makes the whole document one that is not known
    /// (`None`): rather none than one that is misread.
    pub(crate) fn read(line: &str) -> Result<Option<Self>, String> {
        let (arn, version, json) = parts(line).ok_or("`policy` wants an ARN, a version and a document")?;
        let value =
            serde_json::from_str(json).map_err(|error| format!("the document is no JSON: {error}"))?;
        let statements = read_document(value);
        Ok(statements.map(|statements| Self { arn: arn.to_owned(), version: version.to_owned(), statements }))
    }

    /// The same document as another partition has it: its ARNs are of that partition.
    pub(crate) fn in_partition(&self, partition: &str) -> Self {
        let move_one = |text: &mut String| {
            if let Some(rest) = text.strip_prefix("arn:aws:") {
                *text = format!("arn:{partition}:{rest}");
            }
        };
        let mut moved = self.clone();
        move_one(&mut moved.arn);
        for statement in &mut moved.statements {
            statement.resources.patterns.iter_mut().for_each(move_one);
            let keys = statement.conditions.values_mut().flat_map(BTreeMap::values_mut);
            keys.flatten().for_each(move_one);
        }
        moved
    }
}

/// The ARN, the version and the document of a line.
pub(crate) fn parts(line: &str) -> Option<(&str, &str, &str)> {
    let (arn, rest) = line.strip_prefix("policy ")?.split_once(' ')?;
    let (version, json) = rest.split_once(' ')?;
    Some((arn, version, json))
}

fn read_document(document: Value) -> Option<Vec<DocumentStatement>> {
    let mut document = object(document)?;
    let statements = document.remove("Statement")?;
    let is_known = document.keys().all(|key| ["Version", "Id"].contains(&key.as_str()));
    is_known.then_some(())?;
    match statements {
        Value::Array(statements) => statements.into_iter().map(read_statement).collect(),
        statement => Some(vec![read_statement(statement)?]),
    }
}

fn read_statement(statement: Value) -> Option<DocumentStatement> {
    let mut statement = object(statement)?;
    let effect = match statement.remove("Effect")?.as_str()? {
        "Allow" => Effect::Allow,
        "Deny" => Effect::Deny,
        _ => return None,
    };
    let actions = read_patterns(&mut statement, "Action", "NotAction")?;
    let resources = read_patterns(&mut statement, "Resource", "NotResource")?;
    let conditions = statement.remove("Condition").map_or(Some(Conditions::new()), read_conditions)?;
    let sid = statement.remove("Sid").and_then(|sid| sid.as_str().map(str::to_owned));
    statement.is_empty().then_some(DocumentStatement { sid, effect, actions, resources, conditions })
}

fn read_patterns(statement: &mut Map<String, Value>, plain: &str, negated: &str) -> Option<Patterns> {
    let (negated, value) = match (statement.remove(plain), statement.remove(negated)) {
        (Some(value), None) => (false, value),
        (None, Some(value)) => (true, value),
        _ => return None,
    };
    let patterns = strings(value)?;
    (!patterns.is_empty()).then_some(Patterns { negated, patterns })
}

fn read_conditions(conditions: Value) -> Option<Conditions> {
    let mut read = Conditions::new();
    for (operator, keys) in object(conditions)? {
        let operator: Operator = operator.parse().ok()?;
        let keys = object(keys)?.into_iter().map(|(key, values)| Some((key, strings(values)?)));
        let keys: BTreeMap<String, Vec<String>> = keys.collect::<Option<_>>()?;
        let mut names: Vec<String> = keys.keys().map(|key| key.to_ascii_lowercase()).collect();
        names.sort();
        names.is_sorted_by(|a, b| a != b).then_some(())?;
        read.insert(operator, keys);
    }
    Some(read)
}

/// One value or several, sorted and distinct; numbers and Booleans as IAM writes them.
fn strings(value: Value) -> Option<Vec<String>> {
    let string = |value: Value| match value {
        Value::String(text) => Some(text),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    };
    let mut strings: Vec<String> = match value {
        Value::Array(values) => values.into_iter().map(string).collect::<Option<_>>()?,
        value => vec![string(value)?],
    };
    strings.sort();
    strings.dedup();
    Some(strings)
}

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(object) => Some(object),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<Document> {
        Document::read(&format!("policy arn:aws:iam::aws:policy/X v1 {json}")).expect("a line")
    }

    #[test]
    fn single_strings_numbers_and_booleans() {
        let document = read(
            r#"{"Version":"2012-10-17","Statement":{"Sid":"A","Effect":"Deny","NotAction":"s3:*","NotResource":["b","a","b"],
            "Condition":{"Bool":{"aws:SecureTransport":false},"NumericLessThan":{"s3:max-keys":[10,2]}}}}"#,
        );
        let statement = &document.expect("a document").statements[0];
        assert_eq!((statement.sid.as_deref(), statement.effect), (Some("A"), Effect::Deny));
        assert_eq!(statement.actions, Patterns { negated: true, patterns: vec!["s3:*".into()] });
        assert_eq!(statement.resources, Patterns { negated: true, patterns: vec!["a".into(), "b".into()] });
        let values: Vec<&[String]> =
            statement.conditions.values().flat_map(|keys| keys.values().map(Vec::as_slice)).collect();
        assert_eq!(values, [&["false".to_owned()][..], &["10".to_owned(), "2".to_owned()]]);
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        let statement =
            |more: &str| format!(r#"{{"Statement":[{{"Effect":"Allow","Action":"a:b"{more}}}]}}"#);
        assert!(read(&statement(r#","Resource":"*""#)).is_some());
        for more in [
            "",
            r#","Resource":[]"#,
            r#","Resource":"*","NotResource":"a""#,
            r#","Resource":"*","Principal":"*""#,
            r#","Resource":"*","Condition":{"StringResembles":{"a:b":"c"}}"#,
            r#","Resource":"*","Condition":{"StringLike":{"a:b":{"c":"d"}}}"#,
            r#","Resource":"*","Condition":{"StringLike":{"a:b":"c","A:b":"d"}}"#,
        ] {
            assert_eq!(read(&statement(more)), None, "{more}");
        }
        assert_eq!(read(r#"{"Statement":[],"Statements":[]}"#), None);
        assert!(Document::read("policy arn v1 {").is_err() && Document::read("policy arn").is_err());
    }

    #[test]
    fn another_partition_has_arns_of_its_own() {
        let document = read(
            r#"{"Statement":[{"Effect":"Allow","Action":"a:b","Resource":["*","arn:aws:s3:::x"],
            "Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::y"}}}]}"#,
        );
        let moved = document.expect("a document").in_partition("aws-cn");
        assert_eq!(moved.arn, "arn:aws-cn:iam::aws:policy/X");
        assert_eq!(moved.statements[0].resources.patterns, ["*", "arn:aws-cn:s3:::x"]);
        let values = moved.statements[0].conditions.values().flat_map(BTreeMap::values).flatten();
        assert_eq!(values.collect::<Vec<_>>(), ["arn:aws-cn:s3:::y"]);
    }
}
