//! From text to TOML's tables.
//!
//! One missing quote makes a parser of TOML stumble over everything behind it. So a text that is not
//! TOML is divided at its headers, each stretch is parsed alone, and only the first error of each is
//! reported; the stretches without errors are then parsed together, which finds what is given twice.

mod characters;
mod errors;
mod habits;
mod keys;
mod stretches;
mod wording;

use std::ops::Range;

use toml::de::{DeTable, Error};

use crate::read::Reader;

/// The kind and the name of a declaration, as in `[kind.name]`, with the place of the name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Declared {
    /// `policy`
    pub(crate) kind: String,
    /// `S3Read`
    pub(crate) name: String,
    /// Bytes of the file.
    pub(crate) place: (usize, usize),
}

impl Declared {
    fn new(kind: &str, name: &str, place: Range<usize>) -> Self {
        Self { kind: kind.to_owned(), name: name.to_owned(), place: (place.start, place.end) }
    }
}

/// What of a file can be parsed.
pub(crate) struct Checked<'a> {
    /// What can be believed.
    pub(crate) sound: Sound<'a>,
    /// Declarations that are not to be believed, each once.
    pub(crate) unsound: Vec<Declared>,
}

/// What of a file can be believed.
pub(crate) enum Sound<'a> {
    /// All of it.
    Whole(DeTable<'a>),
    /// The file with blanks where it is not TOML: bytes stand where they stand in the file.
    Parts(String),
}

/// Reports what is wrong with a file as text and as TOML.
pub(crate) fn check<'a>(reader: &mut Reader<'a>, source: &'a str) -> Checked<'a> {
    let hidden = characters::check(reader, source);
    let (table, errors) = parse(source);
    if errors.is_empty() {
        return Checked { sound: Sound::Whole(table), unsound: vec![] };
    }
    let (sound, mut unsound) = without_bad_stretches(reader, source, &hidden);
    let repeated = parse(&sound).1;
    unsound.extend(errors::report_repeated(reader, &sound, repeated));
    unsound.sort();
    unsound.dedup_by(|a, b| (&a.kind, &a.name) == (&b.kind, &b.name));
    Checked { sound: Sound::Parts(sound), unsound }
}

impl Checked<'_> {
    /// Gives the table of what can be believed.
    pub(crate) fn with_table<T>(&self, read: impl FnOnce(&DeTable<'_>) -> T) -> T {
        match &self.sound {
            Sound::Whole(table) => read(table),
            Sound::Parts(text) => read(&parse(text).0),
        }
    }
}

fn parse(text: &str) -> (DeTable<'_>, Vec<Error>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    (table.into_inner(), errors)
}

/// Reports the first error of each stretch, and blanks those stretches out.
fn without_bad_stretches(
    reader: &mut Reader<'_>,
    source: &str,
    hidden: &[Range<usize>],
) -> (String, Vec<Declared>) {
    let mut sound = String::with_capacity(source.len());
    let mut unsound = vec![];
    for stretch in stretches::split(source) {
        let text = &source[stretch.clone()];
        match errors::first(parse(text).1, stretch.start) {
            None => sound.push_str(text),
            Some(error) => {
                errors::report(reader, source, &error, hidden);
                unsound.extend(stretches::declared(source, stretch));
                sound.extend(std::iter::repeat_n(' ', text.len()));
            }
        }
    }
    (sound, unsound)
}
