//! The answer for people.

use iamc_access::{Decision, Example, Judged, Unmet};

use super::Answer;
use super::parts::quoted;
use super::story::Story;
use crate::answer::{Cell, Table};
use iamc_effective as effective;

/// Statements that are shown whole, and lines of a list.
const STATEMENTS: usize = 5;
const NEAR_MISSES: usize = 3;
const LINES: usize = 20;

impl Answer<'_> {
    /// The decision, then its reasons, then what it leaves out.
    pub(super) fn human(&self) -> String {
        let mut sections = vec![self.headline()];
        sections.push(self.unknown());
        sections.push(self.list("In doubt", &self.verdict.doubts));
        sections.push(self.resources());
        sections.push(self.examples());
        let stories = self.stories();
        sections.extend(stories.iter().take(STATEMENTS).map(|story| self.statement(story)));
        sections.push(self.more(stories.len().saturating_sub(STATEMENTS)));
        sections.push(self.overruled());
        sections.extend(self.near_misses());
        sections.push(self.left_out());
        sections.retain(|section| !section.is_empty());
        sections.join("\n")
    }

    /// What is attached and not known, and what of the principal is not, where that matters.
    fn unknown(&self) -> String {
        let mut table = Table::indented(2);
        for &arn in &self.access.unknown {
            table.row([Cell::plain(arn), self.view.place(self.place_of_arn(arn))]);
        }
        let matters = !table.is_empty() && self.verdict.decision != Decision::ExplicitlyDenied;
        let attached = "Attached, but what it says is not known: with it the decision can be another";
        let attached = if matters { self.view.section(attached, &table) } else { String::new() };
        let of_account = self.keys_without_account();
        let account = match of_account.is_empty() {
            true => String::new(),
            false => {
                format!("{} is not known: `account` is not set in iamc.toml\n", of_account.join(" and "))
            }
        };
        [attached, account].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// The keys of the principal's that are not known for want of the account, and are asked for.
    fn keys_without_account(&self) -> Vec<&'static str> {
        if self.view.compilation.project.settings.account.is_some() {
            return vec![];
        }
        let asked_for = |key: &&str| {
            let judged = self.verdict.statements.iter().map(|judged| self.story(judged));
            judged.into_iter().any(|story| {
                !story.is_matched() && story.statement.keys().iter().any(|own| own.eq_ignore_ascii_case(key))
            })
        };
        [effective::PRINCIPAL_ARN, effective::PRINCIPAL_ACCOUNT].into_iter().filter(asked_for).collect()
    }

    /// Where no resource was asked for: which.
    fn resources(&self) -> String {
        self.list("Resources", &self.verdict.resources)
    }

    fn list(&self, title: &str, lines: &[String]) -> String {
        if lines.is_empty() {
            return String::new();
        }
        let mut table = Table::indented(2);
        lines.iter().take(LINES).for_each(|line| table.row([Cell::plain(line)]));
        if lines.len() > LINES {
            table.line(self.view.paint.dim(&format!("  … and {} more", lines.len() - LINES)));
        }
        self.view.section(title, &table)
    }

    /// Examples of other decisions than that of the whole.
    fn examples(&self) -> String {
        let tells = |example: &Example| example.decision != self.verdict.decision;
        if !self.verdict.examples.iter().any(tells) {
            return String::new();
        }
        let mut table = Table::indented(2);
        for example in &self.verdict.examples {
            let decision =
                Cell::painted(example.decision.name(), |_| self.view.paint.decision(example.decision));
            table.row([decision, Cell::plain(format!("{} on {}", example.action, example.resource))]);
            for value in given(example) {
                table.row([Cell::default(), Cell::painted(&value, |text| self.view.paint.dim(text))]);
            }
        }
        self.view.section("Examples", &table)
    }

    /// Where a statement is not shown whole: that there are more.
    fn more(&self, number: usize) -> String {
        match number {
            0 => String::new(),
            _ => format!(
                "{}\n",
                self.view.paint.dim(&format!("… and {number} more: `--format json` lists all"))
            ),
        }
    }

    /// The Allows that a Deny overrules.
    fn overruled(&self) -> String {
        if self.verdict.decision != Decision::ExplicitlyDenied {
            return String::new();
        }
        let all = self.verdict.statements.iter().map(|judged| self.story(judged));
        let allows: Vec<Story<'_>> = all.filter(|story| !story.is_deny()).collect();
        let mut table = Table::indented(2);
        for story in allows.iter().take(LINES) {
            let if_known = if story.is_matched() { "" } else { "depends on what is not known" };
            table.row([self.name_of(story), self.place_of(story), Cell::plain(if_known)]);
        }
        if allows.len() > LINES {
            table.line(self.view.paint.dim(&format!("  … and {} more", allows.len() - LINES)));
        }
        if allows.is_empty() { String::new() } else { self.view.section("Allowed but for that", &table) }
    }

    /// The Allows that came nearest: of all that are as near as the first.
    fn near_misses(&self) -> Vec<String> {
        let misses = &self.verdict.near_misses;
        if misses.is_empty() && self.verdict.decision == Decision::ImplicitlyDenied {
            return vec![format!("Nothing that {} holds comes near.\n", self.name())];
        }
        let nearest = misses.first().map(failed);
        let near: Vec<&Judged> =
            misses.iter().filter(|judged| Some(failed(judged)) == nearest).take(NEAR_MISSES).collect();
        let mut sections: Vec<String> =
            near.iter().map(|judged| self.statement(&self.story(judged))).collect();
        if let Some(first) = sections.first_mut() {
            let title = if near.len() == 1 { "Nearest miss" } else { "Nearest misses" };
            *first = format!("{}\n{first}", self.view.paint.strong(title));
        }
        sections.push(self.more(misses.len() - near.len()));
        sections
    }
}

/// Which parts of a statement fail.
fn failed(judged: &Judged) -> Vec<Part> {
    let part = |unmet: &Unmet| match unmet {
        Unmet::Action { open, .. } => (Part::Action, *open),
        Unmet::Resource { open, .. } => (Part::Resource, *open),
        Unmet::Condition { open, .. } => (Part::Condition, *open),
    };
    judged.unmet.iter().map(part).filter(|(_, is_open)| !is_open).map(|(part, _)| part).collect()
}

#[derive(PartialEq, Eq)]
enum Part {
    Action,
    Resource,
    Condition,
}

/// The context that makes an example what it is, a line a key.
fn given(example: &Example) -> Vec<String> {
    let keys = example.context.present();
    let line = |(key, values): (&str, &[String])| {
        format!("with {key} {}", if values.is_empty() { "empty".to_owned() } else { quoted(values) })
    };
    keys.map(line).collect()
}
