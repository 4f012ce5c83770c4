//! `iamc init`

use std::fs;
use std::path::{Path, PathBuf};

use crate::answer::Paint;
use crate::exit::{Exit, Failure};
use crate::session::Session;

/// The project, file by file.
const FILES: [(&str, &str); 5] = [
    ("iamc.toml", include_str!("init/project/iamc.toml")),
    ("policies/guardrails.toml", include_str!("init/project/policies/guardrails.toml")),
    ("policies/s3.toml", include_str!("init/project/policies/s3.toml")),
    ("groups/teams.toml", include_str!("init/project/groups/teams.toml")),
    ("engineers.toml", include_str!("init/project/engineers.toml")),
];

/// Make a small project that builds
///
/// Nothing is overwritten: where one of its files is there already, nothing is written at all.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where [default: the current folder]
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}

/// Writes the project, unless something is in its way.
pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let place = session.global.directory.clone().unwrap_or_default();
    let named = args.folder.as_ref().map_or(place.clone(), |folder| place.join(folder));
    let folder = session.path(&named);
    let taken: Vec<PathBuf> = FILES
        .iter()
        .filter(|(file, _)| folder.join(file).symlink_metadata().is_ok())
        .map(|(file, _)| named.join(file))
        .collect();
    if !taken.is_empty() {
        return Err(in_the_way(&taken));
    }
    FILES.iter().try_for_each(|(file, text)| write(&folder.join(file), text))?;
    let paint = Paint::new(session.color());
    FILES
        .iter()
        .try_for_each(|(file, _)| session.summarize(&format!("wrote {}", named.join(file).display())))?;
    session.summarize(&next(&named, paint))?;
    Ok(Exit::Ok)
}

fn in_the_way(taken: &[PathBuf]) -> Failure {
    let taken: Vec<String> = taken.iter().map(|path| format!("`{}`", path.display())).collect();
    let verb = if taken.len() == 1 { "is" } else { "are" };
    let message = format!("{} {verb} there already", taken.join(", "));
    Failure::usage(message, "nothing was written: name an empty folder, as in `iamc init access`")
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::machine("make the folder", folder, &error))?;
    }
    let mut options = fs::OpenOptions::new();
    let file = options.write(true).create_new(true).open(path);
    file.and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()))
        .map_err(|error| Failure::machine("write", path, &error))
}

fn next(named: &Path, paint: Paint) -> String {
    let enter = match named.as_os_str().is_empty() {
        true => String::new(),
        false => format!("  cd {}\n", named.display()),
    };
    format!(
        "\n{}\n\n{enter}  iamc build            {}\n  iamc explain JaneDoe  {}",
        paint.strong("Next:"),
        paint.dim("# writes out/: one CloudFormation template an engineer"),
        paint.dim("# what JaneDoe holds, and why"),
    )
}
