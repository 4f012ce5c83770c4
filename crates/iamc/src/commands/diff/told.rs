//! What the answer says, before it is laid out: sentences, each with what it rests on below.

use iamc_diff::{Change, Presence, Risk};

use super::Answer;
use super::group::{self, Block, Entry, Turn};
use super::subject;
use super::tell::Teller;
use super::touched;

/// Entries of a block and names of principals that are told without `-v`.
const ENTRIES: usize = 6;
const NAMES: usize = 8;

/// In which part of the answer something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// What nobody may gain.
    Sensitive,
    /// Worth a second look.
    Risk,
    /// Gained.
    Gain,
    /// Not decided.
    Unknown,
    /// Lost.
    Loss,
    /// What is not access.
    Other,
}

/// One thing that differs.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) part: Part,
    pub(super) sentence: String,
    pub(super) rows: Vec<Row>,
}

/// What stands below a sentence.
#[derive(Debug)]
pub(super) struct Row {
    /// What it is; empty for one of several things that the sentence is about.
    pub(super) key: &'static str,
    pub(super) text: String,
    pub(super) below: Vec<Row>,
}

impl Row {
    pub(super) fn new(key: &'static str, text: String) -> Self {
        Self { key, text, below: vec![] }
    }
}

/// Everything that differs, part by part.
pub(super) fn all(answer: &Answer, teller: &Teller<'_>) -> Vec<Told> {
    let Answer { difference, gate, .. } = answer;
    let of_project = difference.project.iter().map(|change| teller.of_project(change));
    let blocks = group::blocks(difference, teller.sides);
    let mut told: Vec<Told> = of_project.chain(blocks.iter().map(|block| teller.block(block))).collect();
    told.extend(gate.iter().flat_map(|gate| touched::all(gate, teller)));
    told.sort_by_key(|told| told.part);
    told
}

impl Part {
    fn of(turn: Turn, risks: &[Risk]) -> Self {
        match (turn, risks) {
            (_, [_, ..]) => Self::Risk,
            (Turn::Gain, _) => Self::Gain,
            (Turn::Unknown, _) => Self::Unknown,
            (Turn::Loss, _) => Self::Loss,
            (Turn::Other, _) => Self::Other,
        }
    }
}

impl Teller<'_> {
    fn most(&self, most: usize) -> usize {
        if self.is_whole { usize::MAX } else { most }
    }

    fn of_project(&self, change: &Change) -> Told {
        let part = Part::of(Turn::Other, &change.risks);
        Told { part, sentence: self.entry(&Entry::Change(change)), rows: self.risks(&change.risks) }
    }

    fn block(&self, block: &Block<'_>) -> Told {
        let mut rows = self.risks(&block.risks);
        let causes = self.causes(block.causes.iter().copied());
        rows.extend(causes.into_iter().map(|cause| Row::new("because", cause)));
        match &block.entries[..] {
            [entry] => rows.extend(self.basis(block, entry)),
            entries => rows.extend(self.entries(block, entries)),
        }
        rows.extend(self.names(block));
        Told { part: Part::of(block.turn, &block.risks), sentence: self.sentence(block), rows }
    }

    /// Where there are several things to tell: each, and what it rests on.
    fn entries(&self, block: &Block<'_>, entries: &[Entry<'_>]) -> Vec<Row> {
        let entry =
            |entry: &Entry<'_>| Row { key: "", text: self.entry(entry), below: self.basis(block, entry) };
        let mut rows: Vec<Row> = entries.iter().take(self.most(ENTRIES)).map(entry).collect();
        let more = entries.len() - rows.len();
        rows.extend((more > 0).then(|| Row::new("", format!("and {more} more"))));
        rows
    }

    /// Where something comes from, and an example of it.
    fn basis(&self, block: &Block<'_>, entry: &Entry<'_>) -> Vec<Row> {
        match entry {
            Entry::Access { change, .. } => {
                let key = if change.by_deny { "deny" } else { "policy" };
                let mut rows = vec![Row::new(key, self.source(&change.source))];
                rows.extend(self.open(&change.open));
                if block.presence == Presence::Changed || self.is_whole {
                    let example = self.example(&change.witness).into_iter();
                    rows.extend(example.map(|line| Row::new("example", line)));
                }
                rows
            }
            Entry::Change(_) | Entry::Doubt(_) => vec![],
        }
    }

    /// What AWS leaves open on which it depends.
    pub(super) fn open(&self, doubts: &[String]) -> Vec<Row> {
        doubts.iter().map(|doubt| Row::new("open", self.voice.words(doubt))).collect()
    }

    fn risks(&self, risks: &[Risk]) -> Vec<Row> {
        let names: Vec<String> = risks.iter().map(|risk| self.voice.risk(risk.name())).collect();
        if names.is_empty() { vec![] } else { vec![Row::new("risk", names.join(", "))] }
    }

    /// Who it is, where the sentence only counts them.
    fn names(&self, block: &Block<'_>) -> Option<Row> {
        if subject::is_named(block) {
            return None;
        }
        let names: Vec<&str> = block.principals.iter().map(|it| it.name.as_ref()).collect();
        Some(Row::new("who", self.list(&names)))
    }

    /// The first names, and how many more.
    pub(super) fn list(&self, names: &[&str]) -> String {
        let mut shown: Vec<String> =
            names.iter().take(self.most(NAMES)).map(|name| self.voice.code(name)).collect();
        let more = names.len() - shown.len();
        shown.extend((more > 0).then(|| format!("and {more} more")));
        shown.join(", ")
    }
}
