//! The sentences of the answer, wherever it is read.

use std::collections::BTreeMap;

use iamc_access::exact::Witness;
use iamc_access::words;
use iamc_diff::{Cause, Change, Doubt, SideOf, Source};
use iamc_model::Span;
use iamc_model::grants::{Conditions, Patterns};

use super::group::{Block, Entry, Turn};
use super::sides::{Compiled, Sides};
use super::subject::Subjects;
use super::voice::Voice;
use crate::answer::{Places, count};
use crate::request::{CURRENT_TIME, EPOCH_TIME};

/// Patterns of a list, and causes of a change, that are told without `-v`.
const PATTERNS: usize = 3;
const CAUSES: usize = 3;

/// Tells what differs.
pub(super) struct Teller<'a> {
    pub(super) sides: &'a Sides,
    pub(super) subjects: Subjects<'a>,
    pub(super) voice: Voice,
    /// Whether nothing is cut short.
    pub(super) is_whole: bool,
}

/// What becomes of the principals of a block of accesses.
fn does(block: &Block<'_>) -> &'static str {
    let is_one = block.principals.len() == 1;
    match (block.turn == Turn::Gain, block.by_deny, block.is_open) {
        (true, false, true) => "may gain",
        (true, true, true) => "may no longer be denied",
        (false, false, true) => "may lose",
        (false, true, true) => "may now be denied",
        (true, false, false) if is_one => "gains",
        (true, false, false) => "gain",
        (true, true, false) if is_one => "is no longer denied",
        (true, true, false) => "are no longer denied",
        (false, false, false) if is_one => "loses",
        (false, false, false) => "lose",
        (false, true, false) if is_one => "is now denied",
        (false, true, false) => "are now denied",
    }
}

impl<'a> Teller<'a> {
    pub(super) fn new(sides: &'a Sides, voice: Voice, is_whole: bool) -> Self {
        Self { sides, subjects: Subjects::new(sides), voice, is_whole }
    }

    /// `8 engineers of TeamML gain`, and where there is one thing to tell, that: `s3:GetObject on …`.
    pub(super) fn sentence(&self, block: &Block<'_>) -> String {
        let subject = self.subjects.phrase(block, self.voice);
        if matches!(block.turn, Turn::Unknown | Turn::Other) {
            return self.of_others(&subject, &block.entries);
        }
        let does = does(block);
        match &block.entries[..] {
            [entry] => format!("{subject} {does} {}", self.entry(entry)),
            _ => format!("{subject} {does}"),
        }
    }

    fn of_others(&self, subject: &str, entries: &[Entry<'_>]) -> String {
        match entries {
            [entry] => format!("{subject}: {}", self.entry(entry)),
            _ => subject.to_owned(),
        }
    }

    /// `s3:GetObject on arn:aws:s3:::ml-data/* if aws:SourceIp is in 10.0.0.0/8`
    pub(super) fn entry(&self, entry: &Entry<'_>) -> String {
        match entry {
            Entry::Access { change, resources, conditions } => {
                let (actions, resources) = (self.patterns(&change.actions), self.patterns(resources));
                format!("{actions} on {resources}{}", self.conditions(conditions))
            }
            Entry::Doubt(Doubt { of_gains, reason }) => {
                let what = if *of_gains { "gained" } else { "lost" };
                format!("whether more is {what} is not known: {}", self.voice.words(reason))
            }
            Entry::Change(change) => self.change(change),
        }
    }

    /// What is not access, with the first places where it is written.
    fn change(&self, change: &Change) -> String {
        let places = change.causes.iter().map(|cause| self.place(cause.side, cause.span));
        let mut places: Vec<String> = places.filter(|place| !place.is_empty()).collect();
        places.dedup();
        places.truncate(if self.is_whole { places.len() } else { CAUSES });
        self.voice.at(self.voice.words(&change.words), &places)
    }

    /// `s3:GetObject, s3:ListBucket +4`, or `all but …`.
    pub(super) fn patterns(&self, Patterns { negated, patterns }: &Patterns) -> String {
        let shown = if self.is_whole { patterns.len() } else { PATTERNS };
        let named: Vec<String> = patterns.iter().take(shown).map(|it| self.voice.code(it)).collect();
        let more = patterns.len().saturating_sub(shown);
        let more = if more > 0 { format!(" +{more}") } else { String::new() };
        let not = if *negated { "all but " } else { "" };
        format!("{not}{}{more}", named.join(", "))
    }

    fn conditions(&self, conditions: &Conditions) -> String {
        let keys = conditions.iter().flat_map(|(operator, keys)| keys.iter().map(move |it| (*operator, it)));
        let each = keys.map(|(operator, (key, values))| words::condition(operator, key, values));
        let each: Vec<String> = each.map(|words| self.voice.code(&words)).collect();
        if each.is_empty() { String::new() } else { format!(" if {}", each.join(" and ")) }
    }

    /// `S3Read  policies/s3.toml:76`
    pub(super) fn source(&self, source: &Source) -> String {
        match source {
            Source::Policy { name, side, span } => {
                self.voice.at(self.voice.code(name), &[self.place(*side, *span)])
            }
            Source::Attached { arn, sid } => {
                let sid = sid.as_ref().map(|sid| format!(", statement {}", self.voice.code(sid)));
                format!("{}{}", self.voice.code(arn), sid.unwrap_or_default())
            }
        }
    }

    /// The first causes, each with its place; where there are more, how many.
    pub(super) fn causes<'c>(&self, causes: impl ExactSizeIterator<Item = &'c Cause>) -> Vec<String> {
        let shown = if self.is_whole { causes.len() } else { CAUSES };
        let more = causes.len().saturating_sub(shown);
        let cause = |cause: &Cause| {
            self.voice.at(self.voice.words(&cause.words), &[self.place(cause.side, cause.span)])
        };
        let mut told: Vec<String> = causes.take(shown).map(cause).collect();
        told.extend((more > 0).then(|| format!("and {}", count(more, "more change", "more changes"))));
        told
    }

    /// The example: a request, then what has to be so for it to be allowed.
    pub(super) fn example(&self, witness: &Witness) -> Vec<String> {
        let Witness { action, resource, context, is_known_action } = witness;
        let (action, resource) = (self.voice.code(action), self.voice.code(resource));
        let mut lines = vec![format!("{action} on {resource}")];
        let mut present: BTreeMap<&str, &[String]> = context.present().collect();
        if present.contains_key(CURRENT_TIME) {
            present.remove(EPOCH_TIME);
        }
        lines.extend(present.iter().map(|(key, values)| {
            let values: Vec<String> = values.iter().map(|value| format!("\"{value}\"")).collect();
            format!("with {}", self.voice.code(&format!("{key} = {}", values.join(", "))))
        }));
        lines.extend(context.absent().map(|key| format!("without {}", self.voice.code(key))));
        lines.extend((!is_known_action).then(|| "AWS has no such action today".to_owned()));
        lines
    }

    /// `groups/teams.toml:27`, of the base `main:groups/teams.toml:27`.
    pub(super) fn place(&self, side: SideOf, span: Span) -> String {
        let Compiled { prefix, compilation, .. } = self.side(side);
        let line = Places::new(&compilation.sources).line(span);
        if line.is_empty() { line } else { format!("{prefix}{line}") }
    }

    fn side(&self, of: SideOf) -> &'a Compiled {
        match of {
            SideOf::Base => &self.sides.base,
            SideOf::Head => &self.sides.head,
        }
    }
}
