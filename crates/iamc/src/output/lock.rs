//! One build at a time in one folder.
//!
//! The lock lies on the folder itself and is the operating system's: nothing is left in the folder,
//! nobody needs the right to write to it, and it goes with the process that holds it, however that ends.
//! Where a folder cannot be locked (Windows, some network file systems) builds do without: each file is
//! whole even so.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::folder::{Folder, Kind};
use crate::exit::{Exit, Failure};

/// How often a lock that others hold is tried again.
const PAUSE: Duration = Duration::from_millis(10);

/// How long others are waited for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// Until it is said.
    pub(crate) silent: Duration,
    /// Until it is given up.
    pub(crate) whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { silent: Duration::from_millis(500), whole: Duration::from_mins(5) }
    }
}

/// With whom a folder is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Share {
    /// With nobody: to write.
    Alone,
    /// With others that read.
    Readers,
}

/// Keeps builds out of a folder until it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    /// None where the folder cannot be locked.
    handle: Option<File>,
    /// Folders that were made to be locked, the innermost first.
    made: Vec<PathBuf>,
}

impl Lock {
    /// Locks a folder. One that is missing is made if it is to be written to, and goes with the lock
    /// where nothing was written. Calls `say` when others have to be waited for.
    ///
    /// # Errors
    /// Fails where others hold it for too long. That it cannot be locked at all is no error here: who
    /// reads or writes there next has more to say.
    pub(crate) fn take(
        out: &Folder,
        share: Share,
        patience: Patience,
        say: &mut dyn FnMut() -> Result<(), Failure>,
    ) -> Result<Self, Failure> {
        let mut wait = Wait { began: Instant::now(), patience, said: false, say };
        let mut made = vec![];
        loop {
            if share == Share::Alone {
                made.extend(make(out));
            }
            let Some(handle) = open(out) else { return Ok(Self { handle: None, made }) };
            if !wait.for_lock(&handle, share, out)? {
                return Ok(Self { handle: None, made });
            }
            // Who had it before may have removed the folder.
            if is_at(&handle, out.path()) {
                return Ok(Self { handle: Some(handle), made });
            }
        }
    }
}

impl Drop for Lock {
    /// Only under the lock: else the folder may be another's by now.
    fn drop(&mut self) {
        if self.handle.is_some() {
            let _ = self.made.iter().try_for_each(fs::remove_dir);
        }
    }
}

struct Wait<'a> {
    began: Instant,
    patience: Patience,
    said: bool,
    say: &'a mut dyn FnMut() -> Result<(), Failure>,
}

impl Wait<'_> {
    /// Whether the lock is taken; it is not where there are no locks.
    fn for_lock(&mut self, handle: &File, share: Share, out: &Folder) -> Result<bool, Failure> {
        loop {
            let tried = match share {
                Share::Alone => handle.try_lock(),
                Share::Readers => handle.try_lock_shared(),
            };
            match tried {
                Ok(()) => return Ok(true),
                Err(TryLockError::Error(_)) => return Ok(false),
                Err(TryLockError::WouldBlock) => self.pause(out)?,
            }
        }
    }

    fn pause(&mut self, out: &Folder) -> Result<(), Failure> {
        let waited = self.began.elapsed();
        if waited >= self.patience.whole {
            return Err(held_too_long(out, self.patience.whole));
        }
        if waited >= self.patience.silent && !self.said {
            self.said = true;
            (self.say)()?;
        }
        std::thread::sleep(PAUSE);
        Ok(())
    }
}

/// The folders that had to be made, the innermost first.
fn make(out: &Folder) -> Vec<PathBuf> {
    if !matches!(out.kind(), Ok(None)) {
        return vec![];
    }
    let is_missing = |path: &&Path| fs::symlink_metadata(path).is_err();
    let missing = out.path().ancestors().take_while(is_missing).map(Path::to_owned).collect();
    match fs::create_dir_all(out.path()) {
        Ok(()) => missing,
        Err(_) => vec![],
    }
}

fn open(out: &Folder) -> Option<File> {
    let is_folder = matches!(out.kind(), Ok(Some(Kind::Folder)));
    is_folder.then(|| File::open(out.path()).ok())?
}

#[cfg(unix)]
fn is_at(handle: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |a: &fs::Metadata, b: &fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    matches!((handle.metadata(), fs::metadata(path)), (Ok(held), Ok(there)) if same(&held, &there))
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

fn held_too_long(out: &Folder, whole: Duration) -> Failure {
    Failure::Message {
        exit: Exit::Machine,
        message: format!(
            "another run of iamc has been at work in `{}/` for more than {} minutes",
            out.label(),
            whole.as_secs() / 60
        ),
        help: Some("let it finish, or end it: what it holds goes with it".to_owned()),
    }
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const AT_ONCE: Patience = Patience { silent: Duration::ZERO, whole: Duration::ZERO };

    fn take(out: &Folder, share: Share) -> Result<Lock, Failure> {
        Lock::take(out, share, AT_ONCE, &mut || Ok(()))
    }

    fn in_a_folder(test: impl FnOnce(&Path, &Folder)) {
        let root = tempfile::TempDir::new().unwrap();
        test(root.path(), &Folder::of_project(root.path()));
    }

    #[test]
    fn a_writer_is_alone_and_readers_are_not() {
        in_a_folder(|_, out| {
            let writer = take(out, Share::Alone).unwrap();
            fs::write(out.join("file"), "").unwrap();
            for share in [Share::Alone, Share::Readers] {
                let refused = take(out, share).unwrap_err();
                assert!(matches!(refused, Failure::Message { exit: Exit::Machine, .. }), "{refused:?}");
            }
            drop(writer);
            let readers = [take(out, Share::Readers).unwrap(), take(out, Share::Readers).unwrap()];
            assert!(take(out, Share::Alone).is_err());
            drop(readers);
            assert!(take(out, Share::Alone).unwrap().handle.is_some());
        });
    }

    #[test]
    fn a_folder_that_was_made_in_vain_goes() {
        in_a_folder(|root, _| {
            let named = Path::new("a/b/c");
            let out = Folder::named(root.join(named), named);
            let lock = take(&out, Share::Alone).unwrap();
            assert!(lock.handle.is_some() && root.join(named).is_dir());
            drop(lock);
            assert!(!root.join("a").exists());
            let lock = take(&out, Share::Alone).unwrap();
            fs::write(root.join("a/b/file"), "").unwrap();
            drop(lock);
            assert!(root.join("a/b").is_dir() && !root.join(named).exists());
        });
    }

    #[test]
    fn readers_make_nothing() {
        in_a_folder(|root, out| {
            drop(take(out, Share::Readers).unwrap());
            assert_eq!(fs::read_dir(root).unwrap().count(), 0);
        });
    }

    #[test]
    fn what_is_no_folder_is_not_locked() {
        in_a_folder(|root, out| {
            fs::write(root.join("out"), "").unwrap();
            assert!(take(out, Share::Alone).unwrap().handle.is_none());
        });
    }

    #[test]
    fn the_folder_that_is_there_is_locked_and_none_that_was_removed() {
        in_a_folder(|_, out| {
            let first = take(out, Share::Alone).unwrap();
            let patience = Patience { silent: Duration::ZERO, whole: Duration::from_mins(1) };
            let mut first = Some(first);
            let mut say = || {
                drop(first.take());
                Ok(())
            };
            let second = Lock::take(out, Share::Alone, patience, &mut say).unwrap();
            assert!(out.join(".").is_dir() && take(out, Share::Alone).is_err());
            drop(second);
        });
    }
}
