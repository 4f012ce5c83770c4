//! How a tree differs from what it has to be.

use std::borrow::Cow;
use std::slice;

use iamc_model::{Code, Diagnostic, Span, codes};

use super::pair::pair;
use super::{More, Want};
use crate::yaml::{Node, Value};

/// What differs in `node`, which is all that belongs to `owner`, words with a name in backticks. What
/// it lacks is shown at `span`.
pub(crate) fn compare(owner: &str, want: &Want, node: &Node<'_>, span: Span) -> Vec<Diagnostic> {
    let mut comparison = Comparison { owner, reports: vec![] };
    comparison.value(want, node, &Place { path: String::new(), span, more: More::Differs });
    comparison.reports
}

struct Comparison<'a> {
    owner: &'a str,
    reports: Vec<Diagnostic>,
}

/// Where a value stands.
#[derive(Clone)]
struct Place {
    /// Keys with dots; empty at the top.
    path: String,
    /// Of the key.
    span: Span,
    /// What more of it means, where it stands in a list.
    more: More,
}

impl Place {
    fn below(&self, key: &str, span: Span) -> Self {
        // What CloudFormation calls a property needs no more than its name.
        let path = match self.path.as_str() {
            "" | "Properties" => key.to_owned(),
            path => format!("{path}.{key}"),
        };
        Self { path, span, more: More::Differs }
    }
}

impl Comparison<'_> {
    fn value(&mut self, want: &Want, node: &Node<'_>, place: &Place) {
        match (want, &node.value) {
            (Want::Any, _) => {}
            (Want::Text(text), Value::Text(found) | Value::Block(found)) if text == found => {}
            (Want::Text(text), Value::Other(found)) if text == found => self.unquoted(node, place),
            (Want::Number(number), Value::Other(found)) if number.to_string() == **found => {}
            (Want::Ref(id), Value::Ref(found)) if id == found => {}
            (Want::Map(wants, more), Value::Map(_)) => self.map(wants, *more, node, place),
            (Want::List(wants, more), Value::List(items)) => self.list(wants, *more, items, place),
            // One string is a list of one to IAM.
            (Want::List(wants, more), Value::Text(_)) => {
                self.list(wants, *more, slice::from_ref(node), place);
            }
            _ => self.wrong(want, node, place),
        }
    }

    fn map(&mut self, wants: &[(Cow<'_, str>, Want)], more: More, node: &Node<'_>, place: &Place) {
        for entry in node.map().unwrap_or_default() {
            let mut below = place.below(&entry.key, entry.span);
            if wants.first().is_some_and(|(first, _)| *first == entry.key) {
                // Under another name it is another item.
                below.more = place.more;
            }
            match wants.iter().find(|(key, _)| *key == entry.key) {
                Some((_, want)) => self.value(want, &entry.value, &below),
                None => {
                    let message = format!("{} has `{}`", self.owner, below.path);
                    self.more(message, more, entry.span);
                }
            }
        }
        for (key, want) in wants.iter().filter(|(key, want)| !want.is_empty() && node.get(key).is_none()) {
            let more = match want {
                Want::List(_, more) | Want::Map(_, more) if more != &More::Differs => *more,
                _ => more,
            };
            let below = place.below(key, place.span);
            self.missing(format!("{} lacks `{}`: `{want}`", self.owner, below.path), more, place.span);
        }
    }

    fn list(&mut self, wants: &[Want], more: More, nodes: &[Node<'_>], place: &Place) {
        let pairs = pair(wants, nodes);
        for (want, node) in pairs.both {
            self.value(want, node, &Place { span: node.span, more, ..place.clone() });
        }
        for node in pairs.more {
            let message = format!("{} holds `{node}`", self.at(place));
            self.more(message, more, node.span);
        }
        for want in pairs.missing {
            let message = format!("{} lacks `{want}`", self.at(place));
            self.missing(message, more, place.span);
        }
    }

    fn wrong(&mut self, want: &Want, node: &Node<'_>, place: &Place) {
        let code = match place.more {
            More::Differs => &codes::WRONG_OUTPUT,
            More::Widens | More::Narrows => &codes::GAINED_PERMISSION,
        };
        let message = format!("{} is `{node}`, where the source says `{want}`", self.at(place));
        self.report(code, message, node.span, "not what the source says");
    }

    fn at(&self, place: &Place) -> String {
        match place.path.as_str() {
            "" => self.owner.to_owned(),
            path => format!("`{path}` of {}", self.owner),
        }
    }

    fn unquoted(&mut self, node: &Node<'_>, place: &Place) {
        let message = format!("{} stands without quotes", self.at(place));
        self.report(&codes::UNREADABLE_OUTPUT, message, node.span, "no string to CloudFormation");
    }

    fn more(&mut self, message: String, more: More, span: Span) {
        let code = match more {
            More::Differs => &codes::UNEXPECTED_OUTPUT,
            More::Widens => &codes::GAINED_PERMISSION,
            More::Narrows => &codes::LOST_PERMISSION,
        };
        self.report(code, format!("{message}, which the source does not say"), span, "not in the source");
    }

    fn missing(&mut self, message: String, more: More, span: Span) {
        let code = match more {
            More::Differs => &codes::MISSING_OUTPUT,
            More::Widens => &codes::LOST_PERMISSION,
            More::Narrows => &codes::GAINED_PERMISSION,
        };
        self.report(code, message, span, "something is missing here");
    }

    fn report(&mut self, code: &'static Code, message: String, span: Span, label: &str) {
        self.reports.push(Diagnostic::new(code, message, span, label));
    }
}

#[cfg(test)]
mod tests {
    use iamc_model::{FileId, Source};

    use super::*;
    use crate::yaml::{Syntax, Text, compose};

    /// For each report the rule and the words.
    fn check(want: &Want, text: &str, expected: &[(&str, &str)]) {
        let source = Source::new("x", text);
        let documents = compose(Text::of_file(FileId(0), text), Syntax::Block).unwrap();
        let reports = compare("`X`", want, &documents[0], documents[0].span);
        let found: Vec<_> =
            reports.iter().map(|report| (report.code.rule(), source.slice(report.span().unwrap()))).collect();
        assert_eq!(found, expected, "{reports:#?}");
    }

    fn role() -> Want {
        let tag =
            |key: &str, value: &str| Want::map([("Key", Want::text(key)), ("Value", Want::text(value))]);
        Want::map([
            ("Path", Want::text("/")),
            ("Arns", Want::List(vec![Want::text("a"), Want::Ref("B".into())], More::Widens)),
            ("Tags", Want::List(vec![tag("k", "v"), tag("l", "w")], More::Differs)),
            ("Condition", Want::Map(vec![("x".into(), Want::texts(["w"], More::Widens))], More::Narrows)),
        ])
        .with_some("Max", Some(Want::Number(3600)))
    }

    const ROLE: &str = "\
Path: \"/\"
Arns:
  - !Ref B
  - a
Tags:
  - Key: l
    Value: w
  - Value: v
    Key: k
Condition:
  x: w
Max: 3600
";

    #[test]
    fn equal_in_any_order() {
        check(&role(), ROLE, &[]);
    }

    #[test]
    fn every_difference_at_its_place() {
        for (from, to, expected) in [
            ("\"/\"", "\"/x/\"", &[("wrong-output", "\"/x/\"")][..]),
            ("  - a\n", "  - a\n  - c\n", &[("gained-permission", "c")]),
            ("  - a\n", "  - c\n", &[("gained-permission", "c")]),
            ("  - a\n", "", &[("lost-permission", "Arns")]),
            ("Ref B", "Ref C", &[("gained-permission", "!Ref C")]),
            ("Value: w", "Value: u", &[("wrong-output", "u")]),
            ("  x: w\n", "  x: w\n  z: w\n", &[("lost-permission", "z")]),
            ("Condition:\n  x: w\n", "", &[("gained-permission", "Path")]),
            ("Max: 3600", "Max: 7200", &[("wrong-output", "7200")]),
            ("Max: 3600", "Max: \"3600\"", &[("wrong-output", "\"3600\"")]),
            ("Max: 3600\n", "", &[("missing-output", "Path")]),
            ("Max: 3600\n", "Max: 3600\nMin: 1\n", &[("unexpected-output", "Min")]),
        ] {
            check(&role(), &ROLE.replace(from, to), expected);
        }
    }

    #[test]
    fn a_string_without_quotes() {
        check(
            &Want::map([("V", Want::text("2012-10-17"))]),
            "V: 2012-10-17\n",
            &[("unreadable-output", "2012-10-17")],
        );
    }
}
