//! Where each key of a text is written, so that one that is given twice can be shown with the other.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use toml_parser::Source;
use toml_parser::parser::{Event, EventKind, parse_document};

/// Every key of a text: where its path stands first, and which path it has.
pub(super) struct Keys {
    first: HashMap<Vec<String>, Range<usize>>,
    paths: BTreeMap<usize, Vec<String>>,
}

impl Keys {
    /// The keys of a text.
    pub(super) fn of(text: &str) -> Self {
        let source = Source::new(text);
        let tokens = source.lex().into_vec();
        let mut events: Vec<Event> = vec![];
        parse_document(&tokens, &mut events, &mut ());
        let mut walk = Walk::new(source);
        events.iter().for_each(|event| walk.event(event));
        Self { first: walk.first, paths: walk.paths }
    }

    /// The whole path of the key that is written at this byte, and the place where it stood before.
    pub(super) fn earlier(&self, at: usize) -> Option<(&[String], Range<usize>)> {
        let path = self.paths.get(&at)?;
        let first = self.first.get(path).filter(|first| first.start < at)?;
        Some((path, first.clone()))
    }
}

struct Walk<'s> {
    source: Source<'s>,
    first: HashMap<Vec<String>, Range<usize>>,
    paths: BTreeMap<usize, Vec<String>>,
    /// How often each array of tables was begun.
    arrays: HashMap<Vec<String>, usize>,
    /// The table that keys stand in, and those around it.
    tables: Vec<Vec<String>>,
    /// The dotted key that is being read.
    keys: Vec<(String, Range<usize>)>,
    /// The key whose value comes.
    current: Vec<String>,
}

impl<'s> Walk<'s> {
    fn new(source: Source<'s>) -> Self {
        Self {
            source,
            first: HashMap::new(),
            paths: BTreeMap::new(),
            arrays: HashMap::new(),
            tables: vec![],
            keys: vec![],
            current: vec![],
        }
    }

    fn event(&mut self, event: &Event) {
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                self.tables.clear();
                self.keys.clear();
            }
            EventKind::SimpleKey => self.key(event),
            EventKind::StdTableClose => self.header(false),
            EventKind::ArrayTableClose => self.header(true),
            EventKind::KeyValSep => {
                let table = self.tables.last().cloned().unwrap_or_default();
                self.current = self.register(table, false);
            }
            EventKind::InlineTableOpen => {
                self.tables.push(std::mem::take(&mut self.current));
                // A table in an array has no key: what makes its path its own is its place.
                self.current = vec![format!("@{}", event.span().end())];
            }
            EventKind::InlineTableClose => {
                self.tables.pop();
                self.current = vec![format!("@{}", event.span().end())];
            }
            _ => {}
        }
    }

    fn key(&mut self, event: &Event) {
        let mut key = Cow::Borrowed("");
        if let Some(raw) = self.source.get(event) {
            raw.decode_key(&mut key, &mut ());
        }
        self.keys.push((key.into_owned(), event.span().start()..event.span().end()));
    }

    fn header(&mut self, is_array: bool) {
        let path = self.register(vec![], is_array);
        self.tables = vec![path];
    }

    /// Registers the dotted key that was read and each prefix of it; gives its path.
    fn register(&mut self, table: Vec<String>, is_array: bool) -> Vec<String> {
        let mut path = table;
        let keys = std::mem::take(&mut self.keys);
        let count = keys.len();
        for (index, (key, place)) in keys.into_iter().enumerate() {
            path.push(key);
            self.paths.insert(place.start, path.clone());
            self.first.entry(path.clone()).or_insert(place);
            if is_array && index + 1 == count {
                *self.arrays.entry(path.clone()).or_default() += 1;
            }
            if let Some(length) = self.arrays.get(&path) {
                path.push(format!("@{length}"));
            }
        }
        path
    }
}
