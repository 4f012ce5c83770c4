//! The answer for people: `!` is worth a second look, `+` gained, `-` lost, `?` not known, `~` all else.

use iamc_diff::{Change, Difference, Presence, Risk};

use super::group::{self, Block, Entry, Turn};
use super::sides::Sides;
use super::subject;
use super::summary;
use super::tell::Teller;
use super::voice::Voice;
use crate::answer::{self, Paint, count};

/// Blocks, entries of a block and names of principals that are shown without `-v`.
const BLOCKS: usize = 20;
const ENTRIES: usize = 6;
const NAMES: usize = 8;

/// What differs: how much, then what and why, then what is left out.
pub(super) fn answer(difference: &Difference, sides: &Sides, paint: Paint, is_whole: bool) -> String {
    let page = Page { teller: Teller::new(sides, Voice::Terminal(paint), is_whole), paint, is_whole };
    let mut sections =
        vec![format!("{}\n{}\n", summary::sides(sides), paint.strong(&summary::line(difference)))];
    let (risky, plain): (Vec<&Change>, Vec<&Change>) =
        difference.project.iter().partition(|change| !change.risks.is_empty());
    sections.push(page.changes(&risky));
    sections.extend(page.blocks(&group::blocks(difference, sides)));
    sections.push(page.changes(&plain));
    if !difference.principals.is_empty() {
        sections.push(format!("{}\n", paint.dim(&answer::left_out(None))));
    }
    sections.retain(|section| !section.is_empty());
    sections.join("\n")
}

struct Page<'a> {
    teller: Teller<'a>,
    paint: Paint,
    is_whole: bool,
}

impl Page<'_> {
    fn most(&self, most: usize) -> usize {
        if self.is_whole { usize::MAX } else { most }
    }

    fn blocks(&self, blocks: &[Block<'_>]) -> Vec<String> {
        let mut told: Vec<String> =
            blocks.iter().take(self.most(BLOCKS)).map(|block| self.block(block)).collect();
        let more = blocks.len().saturating_sub(told.len());
        if more > 0 {
            let more = count(more, "more change", "more changes");
            told.push(format!("{}\n", self.paint.dim(&format!("… and {more}: `-v` shows all"))));
        }
        told
    }

    /// A sentence, then what it rests on.
    fn block(&self, block: &Block<'_>) -> String {
        let mark = self.mark(block.turn, block.risks);
        let mut text = format!("{mark} {}\n", self.teller.sentence(block));
        text += &self.rows(4, [("risk", self.risks(block.risks))]);
        match &block.entries[..] {
            [entry] => text += &self.entry(4, block, entry),
            entries => {
                for entry in entries.iter().take(self.most(ENTRIES)) {
                    text += &format!("    {}\n", self.teller.entry(entry));
                    text += &self.entry(6, block, entry);
                }
                let more = entries.len().saturating_sub(self.most(ENTRIES));
                if more > 0 {
                    text += &format!("    {}\n", self.paint.dim(&format!("and {more} more")));
                }
            }
        }
        let causes = self.teller.causes(block.causes.iter().copied());
        text + &self.rows(4, [("because", causes), ("who", self.names(block))])
    }

    /// Where it comes from, and an example.
    fn entry(&self, indent: usize, block: &Block<'_>, entry: &Entry<'_>) -> String {
        match entry {
            Entry::Access { change, .. } => {
                let key = if change.by_deny { "deny" } else { "policy" };
                let is_gone = block.presence == Presence::Removed;
                let example = if is_gone { vec![] } else { self.teller.example(change) };
                self.rows(indent, [(key, vec![self.teller.source(&change.source)]), ("example", example)])
            }
            Entry::Change(change) => self.rows(indent, [("at", vec![self.teller.places(change)])]),
            Entry::Doubt(_) => String::new(),
        }
    }

    /// What changes for the project.
    fn changes(&self, changes: &[&Change]) -> String {
        let change = |change: &&Change| {
            let mark = self.mark(Turn::Other, &change.risks);
            let words = self.teller.entry(&Entry::Change(change));
            let rows = [("risk", self.risks(&change.risks)), ("at", vec![self.teller.places(change)])];
            format!("{mark} {words}\n{}", self.rows(4, rows))
        };
        changes.iter().map(change).collect()
    }

    fn mark(&self, turn: Turn, risks: &[Risk]) -> String {
        match (turn, risks) {
            (_, [_, ..]) => self.paint.deny("!"),
            (Turn::Gain, _) => self.paint.allow("+"),
            (Turn::Unknown, _) => self.paint.bounded("?"),
            (Turn::Loss, _) => self.paint.deny("-"),
            (Turn::Other, _) => "~".to_owned(),
        }
    }

    fn risks(&self, risks: &[Risk]) -> Vec<String> {
        let names: Vec<String> = risks.iter().map(|risk| self.paint.deny(risk.name())).collect();
        if names.is_empty() { vec![] } else { vec![names.join(", ")] }
    }

    fn names(&self, block: &Block<'_>) -> Vec<String> {
        if subject::is_named(block) {
            return vec![];
        }
        let names = block.principals.iter().take(self.most(NAMES)).map(|it| it.name.to_string());
        let mut names: Vec<String> = names.collect();
        let more = block.principals.len() - names.len();
        names.extend((more > 0).then(|| format!("and {more} more")));
        vec![names.join(", ")]
    }

    /// Lines under words that say what they are.
    fn rows<const N: usize>(&self, indent: usize, rows: [(&str, Vec<String>); N]) -> String {
        let mut text = String::new();
        for (key, values) in rows {
            let values = values.iter().filter(|value| !value.is_empty());
            for (at, value) in values.enumerate() {
                let key = if at == 0 { key } else { "" };
                text += &format!("{}{}{value}\n", " ".repeat(indent), self.paint.dim(&format!("{key:9}")));
            }
        }
        text
    }
}
