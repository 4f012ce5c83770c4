//! Texts that are compressed in blocks, of which only those that are asked for are opened.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// Named texts, compressed when the program was built.
pub(crate) struct Pack {
    /// All blocks, one behind the other.
    pub(crate) bytes: &'static [u8],
    pub(crate) blocks: &'static [Block],
    /// Those of the blocks that were opened.
    pub(crate) texts: &'static [OnceLock<String>],
    /// Sorted by name.
    pub(crate) entries: &'static [Entry],
}

/// Where a block lies in the bytes, and how long its text is.
pub(crate) struct Block {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) length: usize,
}

/// Where a text lies in its block.
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) block: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Pack {
    fn text(&'static self, entry: &Entry) -> Option<&'static str> {
        let block = self.texts[entry.block].get_or_init(|| self.open(entry.block));
        block.get(entry.start..entry.end)
    }

    fn open(&self, block: usize) -> String {
        let Block { start, end, length } = self.blocks[block];
        let text = decompress_to_vec_with_limit(&self.bytes[start..end], length).unwrap_or_default();
        String::from_utf8(text).unwrap_or_default()
    }
}

/// Things by their names: built in and decoded when they are asked for, or read. What cannot be decoded
/// has a name and nothing else.
pub(crate) enum Shelf<T> {
    Packed(Box<Packed<T>>),
    Read(BTreeMap<String, Option<T>>),
}

/// Things that are built in. What was decoded once is kept.
pub(crate) struct Packed<T> {
    pack: &'static Pack,
    decode: fn(&'static str) -> Option<T>,
    decoded: Vec<OnceLock<Option<T>>>,
}

impl<T> Shelf<T> {
    pub(crate) fn packed(pack: &'static Pack, decode: fn(&'static str) -> Option<T>) -> Self {
        let decoded = pack.entries.iter().map(|_| OnceLock::new()).collect();
        Self::Packed(Box::new(Packed { pack, decode, decoded }))
    }

    /// The names, sorted.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let (packed, read) = match self {
            Self::Packed(packed) => (packed.pack.entries, None),
            Self::Read(things) => (&[][..], Some(things)),
        };
        let read = read.into_iter().flat_map(|things| things.keys().map(String::as_str));
        packed.iter().map(|entry| entry.name).chain(read)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        match self {
            Self::Packed(packed) => packed.get(name),
            Self::Read(things) => things.get(name)?.as_ref(),
        }
    }
}

impl<T> Packed<T> {
    fn get(&self, name: &str) -> Option<&T> {
        let at = self.pack.entries.binary_search_by(|entry| entry.name.cmp(name)).ok()?;
        let decode = || self.pack.text(&self.pack.entries[at]).and_then(self.decode);
        self.decoded[at].get_or_init(decode).as_ref()
    }
}
