//! What a run compiles and reads besides: the project, the catalogue, and the lock on its output.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use iamc_catalog::Catalog;

use super::Session;
use crate::compile::{Compilation, Draft, Kept};
use crate::exit::{Exit, Failure};
use crate::output::{Folder, Lock, Patience, Share};

impl Session<'_> {
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
    ///
    /// # Errors
    /// Fails where there is no project, or no catalogue where `--iam-data` names one.
    pub(crate) fn draft(&self) -> Result<Draft, Failure> {
        Ok(Draft::new(self.root()?, &*self.catalog()?, &mut self.progress()))
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
            self.report_errors(&compilation.diagnostics, &compilation.sources, &compilation.root)?;
        }
        self.stopwatch.compiled();
        match compilation.exit() {
            Exit::Ok => Ok(compilation),
            exit => Err(Failure::Reported(exit)),
        }
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
