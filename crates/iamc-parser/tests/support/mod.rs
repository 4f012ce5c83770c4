//! What the tests of the parser share.
#![allow(dead_code, unreachable_pub)]

use iamc_model::{Diagnostic, Project, Source, Sources};

/// Parses files given as `(path, text)`.
pub fn parse(files: &[(&str, &str)]) -> (Sources, Project, Vec<Diagnostic>) {
    let files = files.iter().map(|&(path, text)| Source::new(path, text)).collect();
    let sources = Sources::new(files);
    let (project, diagnostics) = iamc_parser::parse(&sources);
    (sources, project, diagnostics)
}

/// Every report as `rule | underlined text`, further labels behind further bars.
pub fn reports(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<String> {
    let line = |diagnostic: &Diagnostic| {
        let labels = diagnostic.labels.iter().map(|label| sources.slice(label.span));
        let related = diagnostic.related.iter().flat_map(|related| &related.labels);
        let words = labels.chain(related.map(|label| sources.slice(label.span)));
        let words: Vec<&str> = words.collect();
        format!("{} | {}", diagnostic.code.rule(), words.join(" | "))
    };
    diagnostics.iter().map(line).collect()
}

/// Asserts what is reported of one file, a line a report: `rule | underlined text`.
#[track_caller]
pub fn check(path: &str, toml: &str, expected: &str) {
    let (sources, _, diagnostics) = parse(&[(path, toml)]);
    let expected: Vec<&str> =
        expected.lines().map(|line| line.trim_matches(' ')).filter(|line| !line.is_empty()).collect();
    assert_eq!(reports(&sources, &diagnostics), expected, "{diagnostics:#?}");
    for diagnostic in &diagnostics {
        let message = &diagnostic.message;
        assert!(!message.ends_with('.') && !message.is_empty(), "{message}");
        assert!(diagnostic.help.is_some(), "no help: {message}");
    }
}

/// Asserts the help of the only report of one file.
#[track_caller]
pub fn help(path: &str, toml: &str, expected: &str) {
    let (_, _, diagnostics) = parse(&[(path, toml)]);
    let helps: Vec<_> = diagnostics.iter().filter_map(|diagnostic| diagnostic.help.as_deref()).collect();
    assert_eq!(helps, [expected]);
}

/// Names that are left out, and not to be called unknown.
pub fn unreadable(path: &str, toml: &str) -> Vec<String> {
    let (_, project, _) = parse(&[(path, toml)]);
    project.unreadable.into_iter().map(|decl| decl.name.value).collect()
}
