//! What becomes of lints: their levels, and their silencing with a reason.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::{self, Code};
use crate::declaration::Silence;
use crate::diagnostic::Diagnostic;
use crate::level::{Level, Severity};
use crate::project::Project;
use crate::source::Span;

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
        let all = policies.chain(templates).chain(groups).chain(principals);
        Self { by_declaration: all.filter(|(_, silences)| !silences.is_empty()).collect() }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declaration::GroupDecl;
    use crate::source::{FileId, Spanned};

    const GROUP: Span = Span { file: FileId(0), start: 0, end: 1 };
    const SILENCE: Span = Span { file: FileId(0), start: 5, end: 6 };

    fn project(level: Option<Level>, silenced: Option<&str>) -> Project {
        let silence = silenced.map(|lint| Silence {
            lint: Spanned::new(lint.into(), SILENCE),
            reason: Spanned::new("because".into(), SILENCE),
        });
        let mut project = Project::default();
        project.settings.lints =
            level.map(|level| (Spanned::builtin("unused-group".into()), level)).into_iter().collect();
        project.groups.push(GroupDecl {
            name: Spanned::new("G".into(), GROUP),
            description: None,
            policies: vec![],
            groups: vec![],
            kubernetes_groups: vec![],
            silence: silence.into_iter().collect(),
        });
        project
    }

    fn outcome(level: Option<Level>, silenced: Option<&str>) -> Vec<(&'static str, Severity)> {
        let fired = Diagnostic::new(&codes::UNUSED_GROUP, "nobody holds `G`", GROUP, "").subject(GROUP);
        let kept = apply(vec![fired], &project(level, silenced), |code| code != &codes::EXPIRED);
        kept.iter().map(|diagnostic| (diagnostic.code.rule(), diagnostic.severity)).collect()
    }

    #[test]
    fn levels_decide_what_becomes_of_a_lint() {
        assert_eq!(outcome(None, None), [("unused-group", Severity::Warning)]);
        assert_eq!(outcome(Some(Level::Off), None), []);
        assert_eq!(outcome(Some(Level::Error), None), [("unused-group", Severity::Error)]);
        assert_eq!(outcome(Some(Level::Forbid), None), [("unused-group", Severity::Error)]);
    }

    #[test]
    fn a_silence_silences_all_but_what_is_forbidden() {
        let silenced = Some("unused-group");
        assert_eq!(outcome(None, silenced), []);
        assert_eq!(outcome(Some(Level::Error), silenced), []);
        assert_eq!(outcome(Some(Level::Forbid), silenced), [("unused-group", Severity::Error)]);
    }

    #[test]
    fn a_silence_that_silences_nothing_is_reported() {
        let warnings = outcome(None, Some("empty-group"));
        let both = [("unused-group", Severity::Warning), ("unused-silence", Severity::Warning)];
        assert_eq!(warnings, both);
    }

    #[test]
    fn a_silence_of_what_was_not_looked_for_is_not_judged() {
        assert_eq!(outcome(None, Some("expired")), [("unused-group", Severity::Warning)]);
    }
}
