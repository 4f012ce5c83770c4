//! `iamc verify`

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use iamc_model::{Source, Sources};
use iamc_verify::{File, Proven, Verifier};

use crate::compile::Compilation;
use crate::exit::{Exit, Failure};
use crate::output::{self, Folder, Kind, Share};
use crate::progress::Progress;
use crate::session::Session;

/// Prove that out/ says what the source says
///
/// Reads out/ back by another way than the one by which it was written, and compares what it grants, and
/// every property of every resource, with what each principal reaches.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Read another folder
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let out = match &args.out {
        Some(named) => {
            let out = of_command_line(session.path(named), named)?;
            output::check_apart(&out, &session.root()?)?;
            out
        }
        None => Folder::of_project(&session.root()?),
    };
    let _lock = session.lock(&out, Share::Readers)?;
    let mut compilation = session.compile()?;
    let proven = prove(&mut compilation, &out, &mut session.progress())?;
    compilation.diagnostics = proven.findings;
    let exit = session.report(&compilation, false)?;
    let counted = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    if exit == Exit::Ok {
        let (stacks, statements) = (counted(proven.stacks, "stack"), counted(proven.statements, "statement"));
        let label = out.label();
        session
            .summarize(&format!("verified: {stacks}, {statements}: {label}/ says what the source says"))?;
    }
    Ok(exit)
}

/// The folder that the command line names, which has to be there.
fn of_command_line(path: PathBuf, named: &Path) -> Result<Folder, Failure> {
    let out = Folder::named(path, named);
    match out.kind()? {
        Some(Kind::Folder) => Ok(out),
        _ => {
            let message = format!("no folder `{}`", named.display());
            Err(Failure::usage(message, format!("`iamc build --out {}` makes it", out.label())))
        }
    }
}

/// Reads what the source asks for, and compares it. What was read is added to the sources.
fn prove(compilation: &mut Compilation, out: &Folder, progress: &mut Progress) -> Result<Proven, Failure> {
    let verifier = Verifier::new(&compilation.project.settings, &compilation.graph);
    let paths = verifier.paths();
    progress.files("reading", paths.len());
    let sources = &mut compilation.sources;
    let root = &compilation.root;
    let mut reader = Reader { out, root, paths: &paths, progress, sources, files: BTreeMap::new() };
    if out.kind()? == Some(Kind::Folder) {
        reader.walk("")?;
    }
    let files = reader.files;
    progress.phase("comparing");
    Ok(verifier.verify(&compilation.sources, &files, out.label()))
}

struct Reader<'a> {
    out: &'a Folder,
    /// The project's, from which diagnostics write paths.
    root: &'a Path,
    /// What is to be read.
    paths: &'a BTreeSet<String>,
    progress: &'a mut Progress,
    sources: &'a mut Sources,
    files: BTreeMap<String, File>,
}

impl Reader<'_> {
    fn walk(&mut self, folder: &str) -> Result<(), Failure> {
        for entry in self.out.entries(folder)? {
            let path = if folder.is_empty() { entry.name } else { format!("{folder}/{}", entry.name) };
            match entry.kind {
                Kind::Folder if self.paths.contains(&path) => self.add(path, File::Other),
                Kind::Folder => self.walk(&path)?,
                Kind::File if self.paths.contains(&path) => self.read(path)?,
                Kind::File => self.add(path, File::Unread),
                Kind::Link | Kind::Other => self.add(path, File::Other),
            }
        }
        Ok(())
    }

    fn read(&mut self, path: String) -> Result<(), Failure> {
        let Some(bytes) = self.out.read(&path)? else { return Ok(()) };
        let file = match String::from_utf8(bytes) {
            Ok(text) => File::Text(self.sources.push(Source::new(self.shown(&path), text))),
            Err(_) => File::NotText,
        };
        self.add(path, file);
        self.progress.tick();
        Ok(())
    }

    /// A path from the root of the project, or where it lies elsewhere, of the file system.
    fn shown(&self, path: &str) -> String {
        let whole = self.out.join(path);
        let Ok(below) = whole.strip_prefix(self.root) else { return whole.to_string_lossy().into_owned() };
        below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
    }

    fn add(&mut self, path: String, file: File) {
        self.files.insert(path, file);
    }
}
