//! One run of the program: its options, its streams, and what all commands need.

use std::cell::OnceCell;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Parser;
use iamc_catalog::Catalog;
use iamc_model::{Diagnostic, Sources};

use crate::cli::{Cli, ColorChoice, Global, MessageFormat};
use crate::commands;
use crate::compile::{Compilation, Draft, Kept};
use crate::exit::{Exit, Failure};
use crate::output::{Folder, Lock, Patience, Share};
use crate::progress::Progress;
use crate::report::{self, Style};
use crate::stopwatch::Stopwatch;
use crate::terminal::Terminal;

/// Runs a command and prints to the two streams that it was given.
pub struct Session<'io> {
    out: &'io mut dyn Write,
    err: &'io mut dyn Write,
    terminal: Terminal,
    directory: PathBuf,
    catalog: OnceCell<Arc<Catalog>>,
    stopwatch: Stopwatch,
    pub(crate) global: Global,
}

impl<'io> Session<'io> {
    /// A session in the folder `directory`, from which paths on the command line are read.
    pub fn new(
        out: &'io mut dyn Write,
        err: &'io mut dyn Write,
        terminal: Terminal,
        directory: PathBuf,
    ) -> Self {
        Self {
            out,
            err,
            terminal,
            directory,
            catalog: OnceCell::new(),
            stopwatch: Stopwatch::start(),
            global: Global::default(),
        }
    }

    /// Runs the command of `arguments`, the first of which is the program's name.
    pub fn run(&mut self, arguments: impl IntoIterator<Item = OsString>) -> Exit {
        let outcome = match Cli::try_parse_from(arguments) {
            Ok(cli) => {
                self.global = cli.global;
                self.stopwatch = Stopwatch::start();
                commands::run(&cli.command, self).and_then(|exit| self.tell_time().map(|()| exit))
            }
            Err(error) => self.print_clap(&error),
        };
        outcome.or_else(|failure| self.fail(failure)).unwrap_or(Exit::Machine)
    }

    /// The project's root.
    ///
    /// # Errors
    /// Fails where there is no project.
    pub(crate) fn root(&self) -> Result<PathBuf, Failure> {
        let Some(named) = &self.global.directory else {
            return iamc_parser::find_root(&self.directory).ok_or_else(|| no_project(&self.directory, true));
        };
        let root = self.path(named);
        let found = iamc_parser::find_root(&root).filter(|found| *found == root);
        found.ok_or_else(|| no_project(named, false))
    }

    /// Where a project is looked for: the folder that `-C` names, or the current one.
    pub(crate) fn folder(&self) -> PathBuf {
        self.global.directory.as_ref().map_or_else(|| self.directory.clone(), |named| self.path(named))
    }

    /// A path of the command line, from the current folder.
    pub(crate) fn path(&self, path: &Path) -> PathBuf {
        self.directory.join(path)
    }

    /// The catalogue of AWS's services: the one that `--iam-data` names, or that is built in.
    ///
    /// # Errors
    /// Fails where the file cannot be read, or holds no catalogue.
    pub(crate) fn catalog(&self) -> Result<Arc<Catalog>, Failure> {
        if let Some(catalog) = self.catalog.get() {
            return Ok(Arc::clone(catalog));
        }
        let catalog = match &self.global.iam_data {
            Some(file) => read_catalog(file, &self.path(file))?,
            None => Catalog::builtin(),
        };
        Ok(Arc::clone(self.catalog.get_or_init(|| Arc::new(catalog))))
    }

    /// Runs all phases; the diagnostics have no levels yet.
    pub(crate) fn draft(&self) -> Result<Draft, Failure> {
        Ok(Draft::new(self.root()?, &*self.catalog()?, &mut self.progress()))
    }

    /// Waits until nobody else is at work in `out`, and keeps it so.
    ///
    /// # Errors
    /// Fails where others are for too long.
    pub(crate) fn lock(&mut self, out: &Folder, share: Share) -> Result<Lock, Failure> {
        let line = format!("waiting for another run of iamc to finish in `{}/`\n", out.label());
        let is_quiet = self.global.quiet;
        let mut say = || if is_quiet { Ok(()) } else { self.print_error(&line) };
        Lock::take(out, share, Patience::default(), &mut say)
    }

    /// Compiles the project for a command that answers a question about it. Errors of the language are
    /// reported; lints are looked for with `-v` alone, as they change no answer.
    ///
    /// # Errors
    /// Fails where the project has errors: an answer would not be about what was meant.
    pub(crate) fn compile(&mut self) -> Result<Kept, Failure> {
        let compilation = match self.global.verbose {
            true => self.draft()?.judge(),
            false => Compilation::unlinted(self.root()?, &mut self.progress()),
        };
        if compilation.has_errors() || self.global.verbose {
            let text = self.render(&compilation, &compilation.diagnostics, Some(""));
            self.print_error(&text)?;
        }
        self.stopwatch.compiled();
        match compilation.exit() {
            Exit::Ok => Ok(compilation),
            exit => Err(Failure::Reported(exit)),
        }
    }

    /// Prints what stops a command that answers and lies in other files than a project's own, or under
    /// other names.
    pub(crate) fn report_errors(
        &mut self,
        diagnostics: &[Diagnostic],
        sources: &Sources,
        root: &Path,
    ) -> Result<(), Failure> {
        let project = report::Project { sources, root, current: &self.directory };
        let text = self.render_project(&project, diagnostics, Some(""));
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
        let text = self.render(compilation, &shown, Some(of_errors).filter(|_| !is_denied));
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
    fn tell_time(&mut self) -> Result<(), Failure> {
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
        compilation: &Compilation,
        shown: &[Diagnostic],
        summary: Option<&'static str>,
    ) -> String {
        let Compilation { sources, root, .. } = compilation;
        let project = report::Project { sources, root, current: &self.directory };
        self.render_project(&project, shown, summary)
    }

    fn render_project(
        &self,
        project: &report::Project<'_>,
        shown: &[Diagnostic],
        summary: Option<&'static str>,
    ) -> String {
        let style = Style {
            color: self.colors(self.terminal.stderr),
            unicode: self.terminal.unicode,
            width: self.terminal.width,
            summary: summary.filter(|_| !self.global.quiet),
        };
        report::render(self.global.message_format, shown, project, style)
    }

    fn print_clap(&mut self, error: &clap::Error) -> Result<Exit, Failure> {
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

    fn fail(&mut self, failure: Failure) -> Result<Exit, Failure> {
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

fn read_catalog(named: &Path, path: &Path) -> Result<Catalog, Failure> {
    let help = "`--iam-data` takes what `cargo xtask catalog` writes; without it the catalogue that is built in counts";
    let text = match fs::read_to_string(path) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidData) => {
            return Err(Failure::usage(format!("cannot read `{}`: {error}", named.display()), help));
        }
        read => read.map_err(|error| Failure::machine("read", named, &error))?,
    };
    let wrong = |wrong: iamc_catalog::Malformed| {
        Failure::usage(format!("`{}`, line {}: {}", named.display(), wrong.line, wrong.message), help)
    };
    Catalog::read(&text).map_err(wrong)
}

fn no_project(folder: &Path, upwards: bool) -> Failure {
    let above = if upwards { " or above it" } else { "" };
    let message = format!("no project in `{}`{above}", folder.display());
    let help = "neither `iamc.toml` nor `engineers.toml` is there: `iamc init` makes a small project, \
                `-C DIR` names another folder";
    Failure::usage(message, help)
}
