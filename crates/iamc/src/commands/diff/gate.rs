//! `--sensitive`: what nobody may gain, and who does.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use iamc_catalog::Catalog;
use iamc_diff::{Finding, Touched};
use iamc_model::sensitive::SensitiveDecl;
use iamc_model::{Diagnostic, Source, Sources, Timestamp};

use super::sides::Sides;
use crate::answer::count;
use crate::exit::{Exit, Failure};
use crate::session::Session;

const EXAMPLE: &str =
    "write what nobody may gain, as in `[[sensitive]]`, `actions = [\"iam:*\"]`, `resources = [\"*\"]`";

/// What nobody may gain, as a file lists it.
#[derive(Debug)]
pub(super) struct Sensitive {
    sources: Sources,
    declared: Vec<SensitiveDecl>,
}

/// Who gains what nobody may gain.
#[derive(Debug)]
pub(super) struct Gate {
    /// The file that lists it.
    pub(super) sources: Sources,
    /// What it lists.
    pub(super) declared: Vec<SensitiveDecl>,
    /// Those who gain it, and those of whom it is not known.
    pub(super) touched: Vec<Touched>,
}

impl Sensitive {
    /// Reads the file. What is wrong with it is reported.
    ///
    /// # Errors
    /// Fails where it cannot be read, has errors, or lists nothing: it would let everything pass.
    pub(super) fn read(file: &Path, session: &mut Session<'_>) -> Result<Self, Failure> {
        let named = file.display().to_string();
        let text = fs::read_to_string(session.path(file)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::InvalidData => {
                Failure::usage(format!("cannot read `{named}`: {error}"), EXAMPLE)
            }
            _ => Failure::machine("read", file, &error),
        })?;
        let sources = Sources::new(vec![Source::new(named.as_str(), text)]);
        let (declared, diagnostics) = iamc_parser::parse_sensitive(&sources);
        if diagnostics.iter().any(Diagnostic::is_error) {
            session.report_errors(&diagnostics, &sources, &session.path(Path::new("")))?;
            return Err(Failure::Reported(Exit::Project));
        }
        match declared.is_empty() {
            true => Err(Failure::usage(format!("`{named}` lists nothing that is sensitive"), EXAMPLE)),
            false => Ok(Self { sources, declared }),
        }
    }

    /// Asks who gains it.
    pub(super) fn ask(self, sides: &Sides, catalog: &Catalog, now: Timestamp) -> Gate {
        let Self { sources, declared } = self;
        let touched = iamc_diff::touched(sides.base.side(), sides.head.side(), catalog, now, &declared);
        Gate { sources, declared, touched }
    }
}

impl Gate {
    /// What is there that should not be, in words.
    pub(super) fn found(&self) -> Option<String> {
        let is_of_trust = |touched: &&Touched| matches!(touched.finding, Finding::Trusts { .. });
        let (trusting, gaining): (Vec<&Touched>, Vec<_>) = self.touched.iter().partition(is_of_trust);
        let number = |found: &[&Touched]| {
            found.iter().map(|touched| &touched.principal).collect::<BTreeSet<_>>().len()
        };
        let (trusting, gaining) = (number(&trusting), number(&gaining));
        let gaining = (gaining > 0).then(|| {
            format!("{} sensitive access, or may", count(gaining, "principal gains", "principals gain"))
        });
        let trusting = (trusting > 0).then(|| {
            let who = count(trusting, "principal", "principals");
            format!(
                "{who} with sensitive access newly {} others",
                if trusting == 1 { "trusts" } else { "trust" }
            )
        });
        let found: Vec<String> = gaining.into_iter().chain(trusting).collect();
        (!found.is_empty()).then(|| found.join("; "))
    }
}
