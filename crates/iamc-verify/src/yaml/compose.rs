//! Events to trees.

use std::borrow::Cow;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use super::node::{Entry, Node, Value};
use super::{Text, Unreadable, plain};

/// Deeper than any output; what is read is walked by recursion.
const DEEPEST: usize = 32;

/// Which notation a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// YAML in block style.
    Block,
    /// JSON, which is YAML in flow style.
    Json,
}

/// The documents of a text.
///
/// # Errors
/// Fails at the first words that are refused.
pub(crate) fn compose<'t>(text: Text<'t>, syntax: Syntax) -> Result<Vec<Node<'t>>, Unreadable> {
    let refuse =
        |what: &str, range: Range<usize>| Unreadable { what: what.to_owned(), span: text.span(range) };
    if let Some((at, odd)) = text.text.char_indices().find(|&(_, c)| c != '\n' && !matches!(c, ' '..='~')) {
        return Err(refuse("holds a character that is not printable ASCII", at..at + odd.len_utf8()));
    }
    if let Some(at) = directive(text.text) {
        return Err(refuse("holds a directive", at..at + 1));
    }
    if !text.text.ends_with('\n') {
        return Err(refuse("does not end with a line break", text.text.len()..text.text.len()));
    }
    let mut composer = Composer { text, syntax, open: vec![], documents: vec![] };
    for event in Parser::new_from_str(text.text) {
        let (event, span) = event.map_err(|error| {
            let at = error.marker().index().min(text.text.len());
            refuse(&format!("is not YAML: {}", error.info()), at..at)
        })?;
        composer.event(event, span.start.index()..span.end.index())?;
    }
    Ok(composer.documents)
}

/// A line that begins with `%`; no block does.
fn directive(text: &str) -> Option<usize> {
    if text.starts_with('%') { Some(0) } else { text.find("\n%").map(|at| at + 1) }
}

/// Builds trees; the text is ASCII, so that characters are bytes.
struct Composer<'t> {
    text: Text<'t>,
    syntax: Syntax,
    open: Vec<Open<'t>>,
    documents: Vec<Node<'t>>,
}

/// A collection whose end has not come.
struct Open<'t> {
    node: Node<'t>,
    /// The key that waits for its value.
    key: Option<Node<'t>>,
    is_flow: bool,
}

impl<'t> Composer<'t> {
    fn event(&mut self, event: Event<'t>, range: Range<usize>) -> Result<(), Unreadable> {
        match event {
            Event::Alias(_) => return Err(self.refuse("holds an alias", range)),
            Event::Scalar(value, style, anchor, tag) => {
                let value = self.scalar(value, style, &self.tag(anchor, tag, &range)?, &range)?;
                self.value(value, range)?;
            }
            Event::SequenceStart(anchor, tag) => self.open(Value::List(vec![]), anchor, tag, range)?,
            Event::MappingStart(anchor, tag) => self.open(Value::Map(vec![]), anchor, tag, range)?,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(done) = self.open.pop() {
                    self.push(done.node)?;
                }
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn refuse(&self, what: &str, range: Range<usize>) -> Unreadable {
        Unreadable { what: what.to_owned(), span: self.text.span(range) }
    }

    fn tag(
        &self,
        anchor: usize,
        tag: Option<Cow<'t, Tag>>,
        range: &Range<usize>,
    ) -> Result<Option<Cow<'t, Tag>>, Unreadable> {
        if anchor != 0 {
            return Err(self.refuse("holds an anchor", range.clone()));
        }
        let is_ref = |tag: &Tag| tag.handle == "!" && tag.suffix == "Ref";
        match &tag {
            Some(other) if !is_ref(other) => {
                Err(self.refuse(&format!("holds the tag `{other}`"), range.clone()))
            }
            _ => Ok(tag),
        }
    }

    fn scalar(
        &self,
        value: Cow<'t, str>,
        style: ScalarStyle,
        tag: &Option<Cow<'t, Tag>>,
        range: &Range<usize>,
    ) -> Result<Value<'t>, Unreadable> {
        Ok(match (style, tag) {
            (ScalarStyle::Plain, Some(_)) if plain::is_string(&value) => Value::Ref(value),
            (_, Some(_)) => return Err(self.refuse("holds a `!Ref` of no plain name", range.clone())),
            (ScalarStyle::Plain, None) if !plain::is_string(&value) => Value::Other(value),
            (ScalarStyle::Literal, None) => Value::Block(value),
            (ScalarStyle::Folded, None) => return Err(self.refuse("holds a folded block", range.clone())),
            _ => Value::Text(value),
        })
    }

    fn open(
        &mut self,
        value: Value<'t>,
        anchor: usize,
        tag: Option<Cow<'t, Tag>>,
        range: Range<usize>,
    ) -> Result<(), Unreadable> {
        if self.tag(anchor, tag, &range)?.is_some() {
            return Err(self.refuse("holds a tag on what is no string", range));
        }
        if self.open.len() == DEEPEST {
            return Err(self.refuse("is nested too deeply", range));
        }
        let is_flow = matches!(self.text.text.as_bytes().get(range.start), Some(b'[' | b'{'));
        let node = Node { value, span: self.text.span(range) };
        self.open.push(Open { node, key: None, is_flow });
        Ok(())
    }

    fn value(&mut self, value: Value<'t>, range: Range<usize>) -> Result<(), Unreadable> {
        let node = Node { value, span: self.text.span(range) };
        self.push(node)
    }

    /// Puts a whole node where it belongs.
    fn push(&mut self, node: Node<'t>) -> Result<(), Unreadable> {
        let Some(open) = self.open.last_mut() else {
            self.documents.push(node);
            return Ok(());
        };
        if open.is_flow && self.syntax == Syntax::Block {
            let what = "holds a list or mapping in brackets".to_owned();
            return Err(Unreadable { what, span: node.span });
        }
        if open.node.span.range().is_empty() {
            open.node.span = node.span;
        }
        match (&mut open.node.value, open.key.take()) {
            (Value::Map(entries), Some(key)) => entries.push(entry(entries, key, node)?),
            (Value::Map(_), None) => open.key = Some(node),
            (Value::List(items), _) => items.push(node),
            _ => {}
        }
        Ok(())
    }
}

fn entry<'t>(entries: &[Entry<'t>], key: Node<'t>, value: Node<'t>) -> Result<Entry<'t>, Unreadable> {
    let span = key.span;
    let what = match key.value {
        Value::Text(name) if entries.iter().any(|entry| entry.key == name) => {
            format!("holds the key `{name}` twice")
        }
        Value::Text(name) => return Ok(Entry { key: name, span, value }),
        _ => format!("holds the key `{key}`, which is not a string to every reader"),
    };
    Err(Unreadable { what, span })
}

#[cfg(test)]
mod tests {
    use iamc_model::{FileId, Source};

    use super::*;

    /// The tree on one line, or what is refused with the line and the words.
    fn read(text: &str) -> String {
        let source = Source::new("x", text);
        match compose(Text::of_file(FileId(0), text), Syntax::Block) {
            Ok(documents) => documents.iter().map(ToString::to_string).collect::<Vec<_>>().join(" --- "),
            Err(refused) => {
                let line = source.position(refused.span.range().start).line;
                format!("{line}: {}: {}", source.slice(refused.span), refused.what)
            }
        }
    }

    #[test]
    fn trees() {
        let text = "# x\nA: b\nL:\n  - !Ref X\n  - \"2012-10-17\"\n  - m: 1\nE: []\nT: |\n  a: b\n  c\n";
        assert_eq!(read(text), "{A: b, L: [!Ref X, 2012-10-17, {m: 1}], E: [], T: a: b\nc\n}");
        assert_eq!(read("a: b\n---\nc: d\n"), "{a: b} --- {c: d}");
        assert_eq!(read("? \"long\"\n: x\n"), "{long: x}");
    }

    #[test]
    fn what_is_refused() {
        for (text, expected) in [
            ("a: b\na: c\n", "2: a: holds the key `a` twice"),
            ("a: b\n\"a\": c\n", "2: \"a\": holds the key `a` twice"),
            ("a: &x b\n", "1: &x b: holds an anchor"),
            ("a: &x\n  b: c\n", "1: &x\n  : holds an anchor"),
            ("a: b\n<<: c\n", "2: <<: holds the key `<<`, which is not a string to every reader"),
            ("on: b\n", "1: on: holds the key `on`, which is not a string to every reader"),
            ("1: b\n", "1: 1: holds the key `1`, which is not a string to every reader"),
            ("a: !Sub b\n", "1: !Sub b: holds the tag `!Sub`"),
            ("a: !!str b\n", "1: !!str b: holds the tag `tag:yaml.org,2002:!str`"),
            ("a: !Ref \"b\"\n", "1: !Ref \"b\": holds a `!Ref` of no plain name"),
            ("a: !Ref [b]\n", "1: !Ref [: holds a tag on what is no string"),
            ("a: [b]\n", "1: b: holds a list or mapping in brackets"),
            ("a: >\n  b\n", "2: b\n: holds a folded block"),
            ("a: \"\u{e9}\"\n", "1: \u{e9}: holds a character that is not printable ASCII"),
            ("a: b\r\n", "1: \r: holds a character that is not printable ASCII"),
            ("a: b", "1: : does not end with a line break"),
            ("a: !Ref\n", "1: !Ref: holds a `!Ref` of no plain name"),
            ("%YAML 1.1\n---\na: b\n", "1: %: holds a directive"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert!(read("a: \"b\n").contains("is not YAML"));
        assert!(read("x: &a y\nz: *a\n").contains("holds an anchor"));
        assert!(read(&("- ".repeat(40) + "x\n")).contains("is nested too deeply"));
    }

    #[test]
    fn places_within_a_block() {
        let text = "a:\n  b: |\n    - x: y\n      z: w\n";
        let file = Text::of_file(FileId(0), text);
        let documents = compose(file, Syntax::Block).unwrap();
        let block = documents[0].get("a").and_then(|a| a.get("b")).unwrap();
        let inner = file.within(block.span, block.text().unwrap());
        let inner = compose(inner, Syntax::Block).unwrap();
        let place = inner[0].list().unwrap()[0].get("z").unwrap().span;
        assert_eq!(&text[place.range()], "w");
    }
}
