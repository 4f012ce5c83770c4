//! The sentences on sensitive access that somebody gains.

use std::collections::BTreeMap;
use std::sync::Arc;

use iamc_diff::{Cause, Finding, Source, Touched};
use iamc_model::Spanned;
use iamc_model::grants::Patterns;
use iamc_model::sensitive::SensitiveDecl;

use super::gate::Gate;
use super::tell::Teller;
use super::told::{Part, Row, Told};
use crate::answer::{Places, count};

/// Declarations that are told of for one finding.
const LISTED: usize = 3;

/// How it is touched: the same for many, and where it is not known for all that is sensitive.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Same<'a> {
    Gain(usize, &'a Source, &'a [String]),
    Unknown(&'a str),
    Acts(usize, &'a [Arc<str>], bool),
    Trusts(usize, &'a Cause),
}

/// What is gained that nobody may gain; what is the same for several is told once.
pub(super) fn all(gate: &Gate, teller: &Teller<'_>) -> Vec<Told> {
    let mut alike: BTreeMap<Same<'_>, Vec<&Touched>> = BTreeMap::new();
    for touched in &gate.touched {
        let same = match &touched.finding {
            Finding::Gain { source, open, .. } => Same::Gain(touched.sensitive, source, open),
            Finding::Unknown(reason) => Same::Unknown(reason),
            Finding::Acts { through, is_sure, .. } => Same::Acts(touched.sensitive, through, *is_sure),
            Finding::Trusts { cause, .. } => Same::Trusts(touched.sensitive, cause),
        };
        alike.entry(same).or_default().push(touched);
    }
    alike.values().filter_map(|touched| teller.touched(gate, touched)).collect()
}

fn gains(names: &[&str]) -> &'static str {
    if names.len() == 1 { "gains" } else { "gain" }
}

impl Teller<'_> {
    fn touched(&self, gate: &Gate, touched: &[&Touched]) -> Option<Told> {
        let mut names: Vec<&str> = touched.iter().map(|touched| touched.principal.as_ref()).collect();
        names.sort_unstable();
        names.dedup();
        let mut indices: Vec<usize> = touched.iter().map(|touched| touched.sensitive).collect();
        indices.sort_unstable();
        indices.dedup();
        let declared: Vec<&SensitiveDecl> = indices.iter().filter_map(|&at| gate.declared.get(at)).collect();
        let sentence = self.gained(&names, &touched.first()?.finding, declared.first()?);
        let listed =
            declared.iter().take(LISTED).map(|declared| Row::new("listed", self.listed(gate, declared)));
        let mut rows: Vec<Row> = listed.collect();
        let finding = &touched.first()?.finding;
        rows.extend(if matches!(finding, Finding::Unknown(_)) { vec![] } else { self.finding(finding) });
        rows.extend((names.len() > 2).then(|| Row::new("who", self.list(&names))));
        Some(Told { part: Part::Sensitive, sentence, rows })
    }

    /// What was found, in a sentence.
    fn gained(&self, names: &[&str], finding: &Finding, declared: &SensitiveDecl) -> String {
        let (subject, what) = (self.subject(names), self.sensitive(declared));
        match finding {
            Finding::Gain { open, .. } => {
                let gains = if open.is_empty() { gains(names) } else { "may gain" };
                format!("{subject} {gains} sensitive access: {what}")
            }
            Finding::Unknown(reason) => {
                let (gains, reason) = (gains(names), self.voice.words(reason));
                format!("whether {subject} {gains} sensitive access is not known: {reason}")
            }
            Finding::Acts { through, is_sure, .. } => {
                let can = if *is_sure { "can now act" } else { "may now be able to act" };
                format!("{subject} {can} as {}, which has sensitive access: {what}", self.chain(through))
            }
            Finding::Trusts { cause, through, .. } => {
                let which = if names.len() == 1 { "which" } else { "each of which" };
                let has = match &through[..] {
                    [] => "has".to_owned(),
                    through => format!("can act as {} and so has", self.chain(through)),
                };
                let now = self.voice.words(&cause.words);
                format!("{subject}, {which} {has} sensitive access, {now}: {what}")
            }
        }
    }

    /// `Between and then as Payroll`
    fn chain(&self, through: &[Arc<str>]) -> String {
        let names: Vec<String> = through.iter().map(|role| self.voice.strong(role)).collect();
        names.join(" and then as ")
    }

    /// `JaneDoe`, `8 principals`
    fn subject(&self, names: &[&str]) -> String {
        match names {
            [one] => self.voice.strong(one),
            [one, other] => format!("{} and {}", self.voice.strong(one), self.voice.strong(other)),
            _ => count(names.len(), "principal", "principals"),
        }
    }

    fn sensitive(&self, declared: &SensitiveDecl) -> String {
        let patterns = |words: &[Spanned<String>]| {
            let patterns = words.iter().map(|word| word.value.clone()).collect();
            self.patterns(&Patterns { negated: false, patterns })
        };
        format!("{} on {}", patterns(&declared.actions), patterns(&declared.resources))
    }

    /// Where it is written, and why.
    fn listed(&self, gate: &Gate, declared: &SensitiveDecl) -> String {
        let place = Places::new(&gate.sources).line(declared.span);
        let because = declared.because.as_ref().map(|because| format!(": {}", self.voice.code(because)));
        format!("{}{}", self.voice.place(&place), because.unwrap_or_default())
    }

    fn finding(&self, finding: &Finding) -> Vec<Row> {
        match finding {
            Finding::Gain { source, witness, open } => {
                let mut rows = vec![Row::new("policy", self.source(source))];
                rows.extend(self.open(open));
                rows.extend(self.example(witness).into_iter().map(|line| Row::new("example", line)));
                rows
            }
            Finding::Unknown(reason) => vec![Row::new("open", self.voice.words(reason))],
            Finding::Acts { access, .. } => self.finding(access),
            Finding::Trusts { cause, access, .. } => {
                let place = self.place(cause.side, cause.span);
                let mut rows = vec![Row::new("trust", self.voice.place(&place))];
                rows.extend(self.finding(access));
                rows
            }
        }
    }
}
