//! The answer for people: principals who may for the same reason stand together.

use std::collections::{BTreeMap, BTreeSet};

use iamc_access::{Decision, Example};
use iamc_model::PrincipalKind;

use super::Question;
use super::finding::{Finding, Findings};
use crate::answer::{self, Cell, Paint, Places, Table, count};
use crate::decisions::reason::Source;
use crate::report::printable;

/// Reasons that are shown for one decision, policies of one reason, and names of one line, without `-v`.
const REASONS: usize = 20;
const POLICIES: usize = 5;
const NAMES: usize = 6;

/// Why principals may: what decides, and what that depends on.
type Reason<'f> = (&'f [Source<'f>], &'f [String]);

/// Principals of one kind that hold it by the same groups, as the same roles.
type Holders<'f> = (PrincipalKind, &'f [&'f str], bool, &'f BTreeSet<Option<&'f str>>);

/// In the order in which they are shown.
const DECISIONS: [Decision; 5] = [
    Decision::Allowed,
    Decision::PartlyAllowed,
    Decision::Conditional,
    Decision::ExplicitlyDenied,
    Decision::ImplicitlyDenied,
];

/// How many may, then who and why, then what the decisions leave out.
pub(super) fn answer(
    question: &Question<'_>,
    findings: &Findings<'_>,
    paint: Paint,
    is_whole: bool,
) -> String {
    let places = Places::new(&findings.compilation.sources);
    let view = View { question, findings, places, paint, is_whole };
    let mut sections = vec![view.headline()];
    sections.extend(DECISIONS.map(|decision| view.decided(decision)));
    sections.push(format!("{}\n", paint.dim(&answer::left_out(None))));
    sections.retain(|section| !section.is_empty());
    sections.join("\n")
}

struct View<'f> {
    question: &'f Question<'f>,
    findings: &'f Findings<'f>,
    places: Places<'f>,
    paint: Paint,
    is_whole: bool,
}

impl<'f> View<'f> {
    /// `2 of 13 principals may do s3:GetObject on arn:aws:s3:::ml-data/streaming/x`
    fn headline(&self) -> String {
        let (singular, plural) = match self.question.args.kind {
            Some(kind) => answer::nouns(kind.into()),
            None => ("principal", "principals"),
        };
        let of = count(self.findings.asked, singular, plural);
        let found = answer::thousands(self.findings.found.len() as u64);
        let found = if self.findings.found.is_empty() { "none" } else { &found };
        format!("{} of {of} {} {}\n", self.paint.strong(found), self.may(), printable(&self.request()))
    }

    fn may(&self) -> &'static str {
        match (self.question.args.not, self.question.args.all) {
            (true, _) => "may not do",
            (_, true) => "may do all of",
            _ => "may do",
        }
    }

    fn request(&self) -> String {
        let asked = &self.question.asked;
        match &asked.resource {
            Some(resource) => format!("{} on {resource}", asked.action),
            None => asked.action.clone(),
        }
    }

    /// Those of whom one thing was decided, by reasons, the most frequent first.
    fn decided(&self, decision: Decision) -> String {
        let found = self.findings.found.iter().filter(|finding| finding.decision == decision);
        let mut reasons: BTreeMap<Reason<'f>, Vec<&'f Finding<'f>>> = BTreeMap::new();
        for finding in found {
            reasons.entry(self.reason(finding)).or_default().push(finding);
        }
        if reasons.is_empty() {
            return String::new();
        }
        let number: usize = reasons.values().map(Vec::len).sum();
        let mut table = Table::indented(2);
        let mut reasons: Vec<_> = reasons.into_iter().collect();
        reasons.sort_by_key(|(_, found)| std::cmp::Reverse(found.len()));
        let shown = if self.is_whole { reasons.len() } else { REASONS };
        for (at, (reason, found)) in reasons.iter().take(shown).enumerate() {
            if at > 0 {
                table.line("");
            }
            self.reasoned(&mut table, *reason, found);
        }
        if let Some(hidden) = reasons.get(shown..).filter(|hidden| !hidden.is_empty()) {
            table.line(self.hidden(hidden));
        }
        format!(
            "{} ({})\n{}",
            self.paint.decision(decision),
            answer::thousands(number as u64),
            table.render()
        )
    }

    fn reason(&self, finding: &'f Finding<'f>) -> Reason<'f> {
        let answer = self.findings.answer(finding);
        (&answer.sources, &answer.notes)
    }

    /// The policies, each with its place, what it depends on, and who holds them.
    fn reasoned(&self, table: &mut Table, (sources, notes): Reason<'f>, found: &[&'f Finding<'f>]) {
        let shown = if self.is_whole { sources.len() } else { POLICIES };
        sources.iter().take(shown).for_each(|source| table.row(self.source(source)));
        if sources.len() > shown {
            let more = count(sources.len() - shown, "more policy", "more policies");
            table.line(self.paint.dim(&format!("  and {more}")));
        }
        notes.iter().for_each(|note| table.line(format!("    {}", printable(note))));
        let examples = found.first().map(|finding| &self.findings.answer(finding).verdict.examples);
        examples.into_iter().flatten().for_each(|example| table.line(self.example(example)));
        let mut holders: BTreeMap<Holders<'f>, Vec<&str>> = BTreeMap::new();
        for finding in found {
            let is_open = finding.depends_on_roles(self.findings);
            let key = (finding.grant.kind, finding.through.as_slice(), is_open, &finding.by);
            holders.entry(key).or_default().push(&finding.grant.name);
        }
        holders.iter().for_each(|(holders, names)| table.line(self.holders(*holders, names)));
    }

    fn example(&self, example: &Example) -> String {
        let request = printable(&format!("{} on {}", example.action, example.resource));
        format!("    {}: {request}", self.paint.decision(example.decision))
    }

    fn source(&self, source: &Source<'_>) -> [Cell; 2] {
        let name = source.name(self.findings.compilation);
        let place = match source {
            Source::Policy(id) => self.places.line(self.findings.compilation.graph.policy(*id).span),
            Source::Attached(_) => String::new(),
        };
        [
            Cell::painted(name, |text| self.paint.strong(text)),
            Cell::painted(&place, |text| self.paint.dim(text)),
        ]
    }

    /// `2 engineers by TeamML: JaneDoe, JohnDoe`
    fn holders(&self, (kind, through, is_open, by): Holders<'_>, names: &[&str]) -> String {
        let (singular, plural) = answer::nouns(kind);
        let perhaps = if is_open { " perhaps" } else { "" };
        let through = match through.is_empty() {
            true => String::new(),
            false => format!("{perhaps} as {}", self.paint.strong(&through.join(" › "))),
        };
        let mut groups: Vec<String> = by.iter().flatten().map(|group| self.paint.group(group)).collect();
        groups.extend(by.contains(&None).then(|| "itself".to_owned()));
        let by = if by.is_empty() { String::new() } else { format!(" by {}", groups.join(", ")) };
        let holders = count(names.len(), singular, plural);
        format!("    {holders}{through}{by}: {}", self.names(names))
    }

    fn names(&self, names: &[&str]) -> String {
        let shown = if self.is_whole { names.len() } else { NAMES };
        let more = names.len().saturating_sub(shown);
        let more = (more > 0).then(|| format!("and {} more", answer::thousands(more as u64)));
        let names = names.iter().take(shown).map(|name| (*name).to_owned());
        names.chain(more).collect::<Vec<_>>().join(", ")
    }

    fn hidden(&self, hidden: &[(Reason<'_>, Vec<&Finding<'_>>)]) -> String {
        let principals: usize = hidden.iter().map(|(_, found)| found.len()).sum();
        let principals = count(principals, "more principal", "more principals");
        let reasons = count(hidden.len(), "other set of policies", "other sets of policies");
        self.paint.dim(&format!("  and {principals} by {reasons}: `-v` shows all"))
    }
}
