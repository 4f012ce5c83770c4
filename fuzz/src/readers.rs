//! YAML by two readers that share nothing: saphyr-parser and yaml_serde.

use std::iter::Peekable;

use saphyr_parser::{Event, Parser};
use serde_yaml::{Deserializer, Value};

/// What a document says. A tag is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// A string or a number, as written.
    Scalar(String),
    /// A sequence.
    List(Vec<Self>),
    /// A mapping in its order.
    Map(Vec<(Self, Self)>),
}

/// The documents of a text, of which both readers have to say the same.
pub fn read(text: &str) -> Vec<Tree> {
    let one = by_events(text);
    let other: Vec<Tree> = Deserializer::from_str(text).map(by_values).collect();
    assert_eq!(one, other, "two readers of\n{text}");
    one
}

fn by_events(text: &str) -> Vec<Tree> {
    let events = Parser::new_from_str(text).map(|event| event.expect("YAML that can be read").0);
    let is_of_tree = |event: &Event<'_>| {
        !matches!(event, Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd)
    };
    let mut events = events.filter(is_of_tree).peekable();
    let mut documents = Vec::new();
    while events.peek().is_some() {
        documents.push(tree(&mut events));
    }
    documents
}

fn tree<'e>(events: &mut Peekable<impl Iterator<Item = Event<'e>>>) -> Tree {
    match events.next() {
        Some(Event::Scalar(value, ..)) => Tree::Scalar(value.into_owned()),
        Some(Event::SequenceStart(..)) => {
            let mut items = Vec::new();
            while events.next_if(|event| matches!(event, Event::SequenceEnd)).is_none() {
                items.push(tree(events));
            }
            Tree::List(items)
        }
        Some(Event::MappingStart(..)) => {
            let mut entries = Vec::new();
            while events.next_if(|event| matches!(event, Event::MappingEnd)).is_none() {
                entries.push((tree(events), tree(events)));
            }
            Tree::Map(entries)
        }
        other => panic!("{other:?} in the middle of a tree"),
    }
}

fn by_values(document: Deserializer<'_>) -> Tree {
    value(serde::Deserialize::deserialize(document).expect("YAML that can be read"))
}

fn value(node: Value) -> Tree {
    match node {
        Value::String(text) => Tree::Scalar(text),
        Value::Number(number) => Tree::Scalar(number.to_string()),
        Value::Sequence(items) => Tree::List(items.into_iter().map(value).collect()),
        Value::Mapping(entries) => {
            Tree::Map(entries.into_iter().map(|(key, node)| (value(key), value(node))).collect())
        }
        Value::Tagged(tagged) => value(tagged.value),
        Value::Null | Value::Bool(_) => panic!("{node:?} stands where a string was written"),
    }
}
