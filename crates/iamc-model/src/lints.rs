//! Levels of lints, and their silencing with a reason.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::{self, Code};
use crate::declaration::{Project, Silence};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

/// What becomes of a lint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not reported.
    Off,
    /// A warning.
    Warn,
    /// An error that can be silenced.
    Error,
    /// An error that cannot be silenced.
    Forbid,
}

impl Level {
    /// All levels.
    pub const ALL: [Self; 4] = [Self::Off, Self::Warn, Self::Error, Self::Forbid];

    /// As written in `[lints]`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warn => "warn",
            Self::Error => "error",
            Self::Forbid => "forbid",
        }
    }
}

/// Gives every lint its level, drops what is off or silenced, and reports silences that silence
/// nothing. `checked` says which lints this run looked for: a silence of another is not judged.
pub fn apply(
    diagnostics: Vec<Diagnostic>,
    project: &Project,
    checked: impl Fn(&Code) -> bool,
) -> Vec<Diagnostic> {
    let levels = levels(project);
    let silences = Silences::of(project);
    let mut used = BTreeSet::new();
    let mut kept = Vec::new();
    for mut diagnostic in diagnostics {
        match level_of(diagnostic.code, &levels) {
            None => kept.push(diagnostic),
            Some(Level::Off) => silences.mark(&diagnostic, &mut used),
            Some(Level::Forbid) => {
                silences.mark(&diagnostic, &mut used);
                diagnostic.severity = Severity::Error;
                kept.push(diagnostic);
            }
            Some(_) if silences.covers(&diagnostic) => silences.mark(&diagnostic, &mut used),
            Some(level) => {
                diagnostic.severity = if level == Level::Warn { Severity::Warning } else { Severity::Error };
                kept.push(diagnostic);
            }
        }
    }
    kept.extend(silences.unused(&used, &levels, checked));
    kept
}

type Levels<'a> = BTreeMap<&'a str, Level>;

fn levels(project: &Project) -> Levels<'_> {
    project.settings.lints.iter().map(|(lint, level)| (lint.as_str(), *level)).collect()
}

/// The level of a lint in this project; none for an error of the language.
fn level_of(code: &Code, levels: &Levels<'_>) -> Option<Level> {
    code.level.map(|default| levels.get(code.rule()).copied().unwrap_or(default))
}

/// Every `silence` by the declaration that it counts for.
struct Silences<'a> {
    by_declaration: BTreeMap<Span, &'a [Silence]>,
}

impl<'a> Silences<'a> {
    fn of(project: &'a Project) -> Self {
        let policies = project.policies.iter().map(|decl| (decl.name.span, decl.silence.as_slice()));
        let templates = project.templates.iter().map(|decl| (decl.name.span, decl.silence.as_slice()));
        let groups = project.groups.iter().map(|decl| (decl.name.span, decl.silence.as_slice()));
        let principals = project.principals.iter().map(|decl| {
            let defaults = project.settings.defaults(decl.kind).silence.as_deref();
            (decl.name.span, decl.attributes.silence.as_deref().or(defaults).unwrap_or_default())
        });
        Self { by_declaration: policies.chain(templates).chain(groups).chain(principals).collect() }
    }

    fn matching(&self, diagnostic: &Diagnostic) -> impl Iterator<Item = &'a Silence> {
        let rule = diagnostic.code.rule();
        diagnostic
            .subjects
            .iter()
            .filter_map(|subject| self.by_declaration.get(subject).copied())
            .flatten()
            .filter(move |silence| silence.lint.value == rule)
    }

    fn covers(&self, diagnostic: &Diagnostic) -> bool {
        self.matching(diagnostic).next().is_some()
    }

    fn mark(&self, diagnostic: &Diagnostic, used: &mut BTreeSet<Span>) {
        used.extend(self.matching(diagnostic).map(|silence| silence.lint.span));
    }

    fn unused(
        &self,
        used: &BTreeSet<Span>,
        levels: &Levels<'_>,
        checked: impl Fn(&Code) -> bool,
    ) -> Vec<Diagnostic> {
        let severity = match level_of(&codes::UNUSED_SILENCE, levels) {
            Some(Level::Off) => return vec![],
            Some(Level::Error | Level::Forbid) => Severity::Error,
            _ => Severity::Warning,
        };
        let distinct: BTreeMap<Span, &Silence> = self
            .by_declaration
            .values()
            .flat_map(|silences| silences.iter())
            .map(|silence| (silence.lint.span, silence))
            .collect();
        distinct
            .into_values()
            .filter(|silence| !used.contains(&silence.lint.span))
            .filter(|silence| codes::find(&silence.lint).is_some_and(&checked))
            .map(|silence| {
                let message = format!("`{}` is silenced here and does not fire", silence.lint.value);
                let mut diagnostic =
                    Diagnostic::new(&codes::UNUSED_SILENCE, message, silence.lint.span, "silences nothing")
                        .help("remove the silence");
                diagnostic.severity = severity;
                diagnostic
            })
            .collect()
    }
}
