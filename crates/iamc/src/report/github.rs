//! GitHub's workflow commands, which become annotations of a pull request.
//!
//! Syntax and escapes: <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>
//! and `command.ts` of actions/toolkit.

use iamc_model::{Diagnostic, Sources};

use super::Project;
use super::place::Prefix;

pub(super) fn render(diagnostics: &[Diagnostic], project: &Project<'_>) -> String {
    let prefix = Prefix::between(project.current, project.root);
    diagnostics.iter().map(|found| command(found, project.sources, &prefix)).collect()
}

fn command(found: &Diagnostic, sources: &Sources, prefix: &Prefix) -> String {
    let place = place(found, sources, prefix).unwrap_or_default();
    let help = found.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    format!(
        "::{} {place}title={}::{}\n",
        found.severity.name(),
        property(found.code.id),
        data(&format!("{}{help}", found.message))
    )
}

/// GitHub shows columns only where a report stays on one line.
fn place(found: &Diagnostic, sources: &Sources, prefix: &Prefix) -> Option<String> {
    let span = found.span()?;
    let source = sources.get(span.file)?;
    let (start, end) = (source.position(span.range().start), source.position(span.range().end));
    let columns = match start.line == end.line {
        true => format!("col={},endColumn={},", start.column, end.column),
        false => String::new(),
    };
    let file = property(&prefix.path(&source.path));
    Some(format!("file={file},line={},endLine={},{columns}", start.line, end.line))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
