//! What a run prints: answers on one stream, reports and all else on the other, in the format and the
//! colours that were asked for.

use std::io::{self, Write};
use std::path::Path;

use iamc_model::{Diagnostic, Sources};

use super::Session;
use crate::cli::{ColorChoice, MessageFormat};
use crate::compile::Compilation;
use crate::exit::{Exit, Failure};
use crate::progress::Progress;
use crate::report::{self, Style};

impl Session<'_> {
    /// Prints what stops a command whose result is an answer. `root` is what the paths of the sources are
    /// below.
    pub(crate) fn report_errors(
        &mut self,
        diagnostics: &[Diagnostic],
        sources: &Sources,
        root: &Path,
    ) -> Result<(), Failure> {
        let text = self.render((sources, root), diagnostics, Some(""));
        self.print_error(&text)
    }

    /// Prints the diagnostics of a command of which they are the result, and says how it ends.
    pub(crate) fn report(&mut self, compilation: &Compilation, deny_warnings: bool) -> Result<Exit, Failure> {
        self.report_diagnostics(compilation, deny_warnings, "")
    }

    /// As [`Self::report`], of a command that writes nothing where there are errors.
    pub(crate) fn report_before_writing(&mut self, compilation: &Compilation) -> Result<Exit, Failure> {
        self.report_diagnostics(compilation, false, "; nothing was written")
    }

    fn report_diagnostics(
        &mut self,
        compilation: &Compilation,
        deny_warnings: bool,
        of_errors: &'static str,
    ) -> Result<Exit, Failure> {
        let exit = compilation.exit();
        let is_denied = exit == Exit::Ok && deny_warnings && !compilation.diagnostics.is_empty();
        let shown: Vec<Diagnostic> = compilation
            .diagnostics
            .iter()
            .filter(|found| found.is_error() || deny_warnings || !self.global.quiet)
            .cloned()
            .collect();
        let project = (&compilation.sources, compilation.root.as_path());
        let text = self.render(project, &shown, Some(of_errors).filter(|_| !is_denied));
        match self.global.message_format {
            MessageFormat::Json | MessageFormat::Sarif => self.print(&text)?,
            MessageFormat::Human | MessageFormat::Github => self.print_error(&text)?,
        }
        if !is_denied {
            return Ok(exit);
        }
        self.print_error(&format!("error: {}, and warnings are denied\n", report::counts(&shown)))?;
        Ok(Exit::Project)
    }

    /// A line that says what was done, for people who want to know.
    pub(crate) fn summarize(&mut self, line: &str) -> Result<(), Failure> {
        if self.global.quiet || self.global.message_format != MessageFormat::Human {
            return Ok(());
        }
        self.print(&format!("{line}\n"))
    }

    /// Prints an answer. A reader that has gone away is no error.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), Failure> {
        write(self.out, text)?;
        self.stopwatch.answered();
        Ok(())
    }

    /// Prints what is not the answer.
    pub(crate) fn print_error(&mut self, text: &str) -> Result<(), Failure> {
        Ok(write(self.err, text)?)
    }

    /// With `-v`, how long it took to answer a question about a project.
    pub(super) fn tell_time(&mut self) -> Result<(), Failure> {
        match self.stopwatch.read().filter(|_| self.global.verbose) {
            Some(time) => self.print_error(&format!("{time}\n")),
            None => Ok(()),
        }
    }

    /// Whether answers have colours.
    pub(crate) fn color(&self) -> bool {
        self.colors(self.terminal.stdout)
    }

    /// A bar for long work.
    pub(crate) fn progress(&self) -> Progress {
        if self.terminal.redraws && !self.global.quiet {
            Progress::of_run(self.stopwatch.started())
        } else {
            Progress::hidden()
        }
    }

    /// A bar for long work in one step.
    pub(crate) fn phase(&self, name: &'static str) -> Progress {
        let mut progress = self.progress();
        progress.phase(name);
        progress
    }

    fn colors(&self, terminal: bool) -> bool {
        match self.global.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => self.terminal.color.unwrap_or(terminal),
        }
    }

    fn render(
        &self,
        (sources, root): (&Sources, &Path),
        shown: &[Diagnostic],
        summary: Option<&'static str>,
    ) -> String {
        let project = report::Project { sources, root, current: &self.directory };
        let style = Style {
            color: self.colors(self.terminal.stderr),
            unicode: self.terminal.unicode,
            width: self.terminal.width,
            summary: summary.filter(|_| !self.global.quiet),
        };
        report::render(self.global.message_format, shown, &project, style)
    }

    /// What the arguments were answered with: a help or a version on standard output, or what is wrong.
    pub(super) fn print_clap(&mut self, error: &clap::Error) -> Result<Exit, Failure> {
        let (exit, terminal) = match error.exit_code() {
            0 => (Exit::Ok, self.terminal.stdout),
            _ => (Exit::Usage, self.terminal.stderr),
        };
        let rendered = error.render();
        let text = if self.colors(terminal) { rendered.ansi().to_string() } else { rendered.to_string() };
        match exit {
            Exit::Ok => self.print(&text)?,
            _ => self.print_error(&text)?,
        }
        Ok(exit)
    }

    /// Says what stopped the command, unless that has been said.
    pub(super) fn fail(&mut self, failure: Failure) -> Result<Exit, Failure> {
        let (exit, message, help) = match failure {
            Failure::Reported(exit) => return Ok(exit),
            Failure::Message { exit, message, help } => (exit, message, help),
        };
        let help = help.map(|help| format!("  help: {help}\n")).unwrap_or_default();
        self.print_error(&format!("error: {message}\n{help}"))?;
        Ok(exit)
    }
}

fn write(stream: &mut dyn Write, text: &str) -> io::Result<()> {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
