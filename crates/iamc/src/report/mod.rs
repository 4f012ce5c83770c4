//! Diagnostics as text: for people, and in three formats for machines.

mod excerpt;
mod github;
mod human;
mod json;
mod place;
mod printable;
mod quote;
mod sarif;
#[cfg(test)]
mod tests;

use std::path::Path;

use iamc_model::{Diagnostic, Sources};

use crate::cli::MessageFormat;

pub(crate) use human::counts;
pub(crate) use printable::{on_one_line, printable, shown};
pub(crate) use quote::quote;

/// What diagnostics speak of.
pub(crate) struct Project<'a> {
    /// Its files.
    pub(crate) sources: &'a Sources,
    /// Where it lies.
    pub(crate) root: &'a Path,
    /// From where paths are written that other programs read.
    pub(crate) current: &'a Path,
}

/// How a report for people looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// With ANSI colours.
    pub(crate) color: bool,
    /// With line-drawing characters.
    pub(crate) unicode: bool,
    /// Columns.
    pub(crate) width: usize,
    /// With a last line that counts, and that says this of errors.
    pub(crate) summary: Option<&'static str>,
}

/// The diagnostics in one of the formats; ends in a line break where it is not empty.
pub(crate) fn render(
    format: MessageFormat,
    diagnostics: &[Diagnostic],
    project: &Project<'_>,
    style: Style,
) -> String {
    match format {
        MessageFormat::Human => human::render(diagnostics, project.sources, style),
        MessageFormat::Json => json::render(diagnostics, project.sources),
        MessageFormat::Github => github::render(diagnostics, project),
        MessageFormat::Sarif => sarif::render(diagnostics, project),
    }
}
