//! Which two states of the project are compared.

use std::path::{Path, PathBuf};

use iamc_model::name::nearest;

use super::Args;
use super::git::Repository;
use crate::exit::Failure;
use crate::session::Session;

/// How long the ids of commits are shown.
const SHORT: usize = 10;

/// Names of the default branch, where the remote does not say which it is.
const DEFAULT_BRANCHES: [&str; 4] = ["origin/main", "origin/master", "main", "master"];

/// A state of the project.
#[derive(Debug)]
pub(super) struct Revision {
    /// What a person calls it.
    pub(super) title: String,
    /// Stands before the paths of its files.
    pub(super) prefix: String,
    /// Where it is found.
    pub(super) place: Place,
}

/// Where a state of the project is found.
#[derive(Debug)]
pub(super) enum Place {
    /// In a folder.
    Folder(PathBuf),
    /// In a commit, by its full id.
    Commit(String),
}

/// The base and the head; the repository where one of them is a commit.
pub(super) struct Pair {
    pub(super) base: Revision,
    pub(super) head: Revision,
    pub(super) repository: Option<Repository>,
}

impl Pair {
    /// What is asked for, of the project in `folder`.
    pub(super) fn named(args: &Args, folder: &Path, session: &Session<'_>) -> Result<Self, Failure> {
        if let Some(named) = &args.base_dir {
            let base = Revision::folder(named, session.path(named))?;
            return Ok(Self { base, head: Revision::working_tree(folder), repository: None });
        }
        let repository = Repository::around(folder)?;
        let base = match &args.base {
            Some(name) => Revision::named(name, &repository)?,
            None => Revision::fork(&repository)?,
        };
        let head = match &args.head {
            Some(name) => Revision::named(name, &repository)?,
            None => Revision::working_tree(folder),
        };
        Ok(Self { base, head, repository: Some(repository) })
    }
}

impl Revision {
    fn working_tree(folder: &Path) -> Self {
        let place = Place::Folder(folder.to_owned());
        Self { title: "the working tree".to_owned(), prefix: String::new(), place }
    }

    fn folder(named: &Path, path: PathBuf) -> Result<Self, Failure> {
        if !path.is_dir() {
            let message = format!("no folder `{}`", named.display());
            return Err(Failure::usage(message, "`--base-dir` takes the root of a project"));
        }
        let shown = named.display().to_string();
        let prefix = format!("{}/", shown.trim_end_matches('/'));
        Ok(Self { title: format!("`{shown}`"), prefix, place: Place::Folder(path) })
    }

    /// The commit that a person names.
    fn named(name: &str, repository: &Repository) -> Result<Self, Failure> {
        let commit = repository.commit(name)?.ok_or_else(|| unknown(name, repository))?;
        let title = match commit.starts_with(name) {
            true => format!("`{name}`"),
            false => format!("`{name}` ({})", short(&commit)),
        };
        Ok(Self { title, prefix: format!("{name}:"), place: Place::Commit(commit) })
    }

    /// Where HEAD has left the default branch; HEAD itself where that is checked out.
    fn fork(repository: &Repository) -> Result<Self, Failure> {
        let Some(head) = repository.commit("HEAD")? else {
            return Err(Failure::usage(
                "there is no commit yet to compare with",
                "compare with a folder: `--base-dir DIR`",
            ));
        };
        let (branch, tip) = default_branch(repository)?;
        let checked_out = repository.symbolic("HEAD")?;
        if checked_out.as_deref() == Some(branch.trim_start_matches("origin/")) {
            return Self::named("HEAD", repository);
        }
        let Some(base) = repository.merge_base(&head, &tip)? else {
            return Err(no_merge_base(&branch, repository)?);
        };
        let short = short(&base).to_owned();
        let title = format!("{short}, where HEAD left `{branch}`");
        Ok(Self { title, prefix: format!("{short}:"), place: Place::Commit(base) })
    }
}

fn short(commit: &str) -> &str {
    &commit[..commit.len().min(SHORT)]
}

/// The default branch and the commit at its tip: what the remote says it is, else by its usual names.
fn default_branch(repository: &Repository) -> Result<(String, String), Failure> {
    let said = repository.symbolic("refs/remotes/origin/HEAD")?;
    for name in said.into_iter().chain(DEFAULT_BRANCHES.map(str::to_owned)) {
        if let Some(tip) = repository.commit(&name)? {
            return Ok((name, tip));
        }
    }
    let message = "there is no default branch to compare with: neither `origin/HEAD`, `main` nor `master`";
    Err(Failure::usage(message, format!("name the base, as in `iamc diff HEAD`{}", deepen(repository)?)))
}

fn no_merge_base(branch: &str, repository: &Repository) -> Result<Failure, Failure> {
    let message = format!("HEAD and `{branch}` share no commit that is known here");
    Ok(Failure::usage(message, format!("name the base, as in `iamc diff {branch}`{}", deepen(repository)?)))
}

/// What to do where the history has been cut off.
fn deepen(repository: &Repository) -> Result<&'static str, Failure> {
    let more = "; this clone is shallow: `git fetch --unshallow`, or `fetch-depth: 0` for `actions/checkout`, \
                brings the history";
    Ok(if repository.is_shallow()? { more } else { "" })
}

fn unknown(name: &str, repository: &Repository) -> Failure {
    let help = help_for(name, repository);
    help.map_or_else(
        |failure| failure,
        |help| Failure::usage(format!("git knows no revision `{name}`"), help),
    )
}

fn help_for(name: &str, repository: &Repository) -> Result<String, Failure> {
    if let Some((base, head)) = name.split_once("...").or_else(|| name.split_once("..")) {
        let head = if head.is_empty() { "HEAD" } else { head };
        return Ok(format!("two revisions are two arguments: `iamc diff {base} {head}`"));
    }
    let names = repository.names()?;
    let near = nearest(name, names.iter().map(String::as_str));
    let near = near.map(|near| format!("there is `{near}`"));
    let known = near.unwrap_or_else(|| "`git branch --all` lists the branches".to_owned());
    Ok(format!("{known}{}", deepen(repository)?))
}
