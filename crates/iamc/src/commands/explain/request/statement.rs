//! A statement in the answer for people.

use iamc_graph::bounds;
use iamc_graph::paths::{Node, Step};
use iamc_model::Span;
use iamc_model::grants::Patterns;

use super::Answer;
use super::parts::{self, PATHS};
use super::story::Story;
use crate::answer::{Cell, Table, count};
use crate::commands::explain::statement::{first, some};
use crate::report;

/// Patterns that are named of a list, and steps that are shown of a path.
const PATTERNS: usize = 3;
const STEPS: usize = 8;

impl Answer<'_> {
    /// A statement with the words that matter, how it is held and where it is emitted.
    pub(super) fn statement(&self, story: &Story<'_>) -> String {
        let mut text = self.heading(story);
        text.extend(self.quote(story).into_iter().map(|line| format!("  {line}\n")));
        text + &self.table(story).render()
    }

    /// `Allow ReadData  policies/s3.toml:76  until 2026-12-31`
    fn heading(&self, story: &Story<'_>) -> String {
        let mut table = Table::default();
        let effect = self.view.effect(story.statement.effect()).then(Cell::plain(" "));
        let bound = story.bound();
        let bound = bound.until().map(|_| self.view.bound(bound)).unwrap_or_default();
        table.row([effect.then(self.name_of(story)), self.place_of(story), bound]);
        table.render()
    }

    /// The policy's name; of what is attached the ARN, with the version and the statement's Sid.
    pub(super) fn name_of(&self, story: &Story<'_>) -> Cell {
        let strong = |name: &str| Cell::painted(name, |text| self.view.paint.strong(text));
        if let Some((_, policy)) = story.own() {
            return strong(&policy.name);
        }
        let Some(attachment) = story.attachment() else { return Cell::default() };
        let version = attachment.version.map(|version| format!(" {version}"));
        let sid = attachment.sid.map(|sid| format!(", statement {sid}"));
        strong(attachment.arn).then(Cell::plain(version.unwrap_or_default() + &sid.unwrap_or_default()))
    }

    /// Where the policy is declared.
    pub(super) fn place_of(&self, story: &Story<'_>) -> Cell {
        self.view.place(story.own().map_or(Span::BUILTIN, |(_, policy)| policy.span))
    }

    fn quote(&self, story: &Story<'_>) -> Vec<String> {
        let known = story.own().map_or(Span::BUILTIN, |(_, policy)| policy.span);
        let sources = &self.view.compilation.sources;
        report::quote(sources, &story.labels(), known.file, self.view.paint)
    }

    fn table(&self, story: &Story<'_>) -> Table {
        let mut table = Table::indented(2);
        for (key, values) in self.properties(story) {
            for (at, value) in values.into_iter().enumerate() {
                let key = if at == 0 { key } else { "" };
                table.row([Cell::painted(key, |text| self.view.paint.dim(text)), value]);
            }
        }
        table
    }

    fn properties(&self, story: &Story<'_>) -> [(&'static str, Vec<Cell>); 8] {
        let policies = story.attachment().map(|attachment| attachment.policies).unwrap_or_default();
        [
            ("actions", self.actions(story).into_iter().collect()),
            ("resources", self.resources_of(story).into_iter().collect()),
            ("condition", story.elsewhere().into_iter().map(Cell::plain).collect()),
            ("in doubt", story.doubts().map(Cell::plain).collect()),
            ("template", self.template(story).into_iter().collect()),
            ("policies", policies.into_iter().map(Cell::plain).collect()),
            ("held", self.ways(story)),
            ("emitted", self.emitted(story)),
        ]
    }

    /// What the quoted lines do not show of the actions.
    fn actions(&self, story: &Story<'_>) -> Option<Cell> {
        let asked = &self.asked.action;
        self.patterns(story, story.statement.actions(), "another action", |pattern| {
            parts::concerns_action(pattern, asked)
        })
    }

    fn resources_of(&self, story: &Story<'_>) -> Option<Cell> {
        let asked = self.asked.resource.as_deref();
        self.patterns(story, story.statement.resources(), "another resource", |pattern| {
            asked.is_none_or(|asked| parts::concerns_resource(pattern, asked))
        })
    }

    /// What is excepted; and of an attached document, whose lines nobody can see, what the request meets.
    fn patterns(
        &self,
        story: &Story<'_>,
        all: &Patterns,
        missed: &str,
        concerns: impl Fn(&str) -> bool,
    ) -> Option<Cell> {
        if all.negated {
            return Some(Cell::plain(some(all, PATTERNS)));
        }
        if story.own().is_some() {
            return None;
        }
        let (met, others): (Vec<String>, Vec<String>) =
            all.patterns.iter().cloned().partition(|pattern| concerns(pattern));
        Some(match met.is_empty() {
            true => Cell::plain(format!("{}: {missed}", first(&self.nearest(others), PATTERNS))),
            false => Cell::plain(first(&met, PATTERNS)),
        })
    }

    /// Of actions that were missed those of the same service, if there are any.
    fn nearest(&self, missed: Vec<String>) -> Vec<String> {
        let service = self.asked.action.split_inclusive(':').next().unwrap_or_default();
        let is_of_service = |pattern: &&String| {
            pattern.get(..service.len()).is_some_and(|own| own.eq_ignore_ascii_case(service))
        };
        let near: Vec<String> = missed.iter().filter(is_of_service).cloned().collect();
        if near.is_empty() { missed } else { near }
    }

    fn template(&self, story: &Story<'_>) -> Option<Cell> {
        let (_, policy) = story.own()?;
        let template = policy.template.as_ref()?;
        Some(Cell::plain(format!("{} ", template.value)).then(self.view.place(template.span)))
    }

    fn emitted(&self, story: &Story<'_>) -> Vec<Cell> {
        let file = format!("out/{}", self.stack.path());
        let file = Cell::painted(&file, |text| self.view.paint.dim(text));
        let emitted = story.emitted().into_iter();
        emitted.map(|policy| Cell::plain(format!("{} ", policy.name)).then(file.clone())).collect()
    }

    /// Every way by which it is held, each with its reasons.
    fn ways(&self, story: &Story<'_>) -> Vec<Cell> {
        let Some(found) = story.paths(PATHS) else {
            let attachment = story.attachment().into_iter();
            return attachment.map(|it| Cell::plain("attached ").then(self.view.place(it.span))).collect();
        };
        let dim = |text: &str| Cell::painted(text, |text| self.view.paint.dim(text));
        let mut lines = Vec::new();
        for path in &found.paths {
            lines.push(self.way(path));
            lines.extend(path.iter().filter_map(|step| step.reason).map(dim));
        }
        let more = found.total.saturating_sub(found.paths.len() as u64);
        lines.extend((more > 0).then(|| dim(&format!("and {}", count(more, "more path", "more paths")))));
        lines
    }

    /// `through TeamML engineers.toml:4 › groups/teams.toml:8`: groups, then where the last of them names
    /// the policy.
    fn way(&self, path: &[Step<'_>]) -> Cell {
        let begin = if path.len() > 1 { "through " } else { "directly " };
        let hidden = path.len().saturating_sub(STEPS);
        let (first, last) = path.split_at(if hidden > 0 { STEPS / 2 } else { 0 });
        let mut cells: Vec<Cell> = first.iter().map(|step| self.step(step)).collect();
        cells.extend((hidden > 0).then(|| Cell::plain(format!("… {hidden} more …"))));
        cells.extend(last.iter().skip(hidden).map(|step| self.step(step)));
        let join = |way: Cell, step| way.then(Cell::plain(" › ")).then(step);
        Cell::plain(begin).then(cells.into_iter().reduce(join).unwrap_or_default())
    }

    fn step(&self, step: &Step<'_>) -> Cell {
        let name = match step.to {
            Node::Group(id) => {
                let name = &self.view.compilation.graph.group(id).name;
                Cell::painted(name, |text| self.view.paint.group(text)).then(Cell::plain(" "))
            }
            Node::Policy(_) | Node::Principal(_) => Cell::default(),
        };
        let until = step.until.map(|until| format!(" {}", bounds::until(until))).unwrap_or_default();
        let until = Cell::painted(&until, |text| self.view.paint.bounded(text));
        name.then(self.view.place(step.span)).then(until)
    }
}
