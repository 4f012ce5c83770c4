//! Reading one file.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use iamc_model::codes;

use super::Problem;

/// More than people write: 64 MiB.
const MOST_BYTES: u64 = 64 << 20;

/// What text in UTF-16 begins with.
const UTF_16: [&[u8]; 2] = [b"\xFF\xFE", b"\xFE\xFF"];

/// The text of a file, or what is wrong with it.
pub(super) fn read(path: &Path) -> Result<String, Box<Problem>> {
    let metadata = fs::metadata(path).map_err(|error| Box::new(unreadable(&error)))?;
    if !metadata.is_file() {
        return Err(Box::new(not_a_file()));
    }
    if metadata.len() > MOST_BYTES {
        return Err(Box::new(too_large()));
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    let file = fs::File::open(path).map_err(|error| Box::new(unreadable(&error)))?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| Box::new(unreadable(&error)))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Box::new(too_large()));
    }
    if UTF_16.iter().any(|mark| bytes.starts_with(mark)) {
        return Err(Box::new(Problem::new(&codes::NOT_UTF8, "is UTF-16 text", "save the file as UTF-8")));
    }
    String::from_utf8(bytes).map_err(|error| Box::new(not_utf8(&error)))
}

/// A file or folder that the machine does not give.
pub(super) fn unreadable(error: &io::Error) -> Problem {
    let reason = match (error.kind(), error.raw_os_error()) {
        (io::ErrorKind::NotFound, _) => "no such file".to_owned(),
        (io::ErrorKind::PermissionDenied, _) => "permission denied".to_owned(),
        // Rust has no name for most of what a machine can answer: the system's own words say more.
        (_, Some(_)) => error.to_string(),
        (kind, None) => kind.to_string(),
    };
    let message = format!("cannot be read: {reason}");
    Problem::new(&codes::UNREADABLE_FILE, message, "make it readable, or remove it")
}

/// A folder or a device where a file has to be.
pub(super) fn not_a_file() -> Problem {
    let help = "replace it by a file, or rename it so that it does not end in `.toml`";
    Problem::new(&codes::UNREADABLE_FILE, "is not a file", help)
}

fn too_large() -> Problem {
    let help = "divide it: a file may have at most 64 MiB";
    Problem::new(&codes::FILE_TOO_LARGE, "is too large", help)
}

fn not_utf8(error: &std::string::FromUtf8Error) -> Problem {
    let start = error.utf8_error().valid_up_to();
    let mut problem = Problem::new(&codes::NOT_UTF8, "is not UTF-8 text", "save the file as UTF-8");
    problem.text = String::from_utf8_lossy(error.as_bytes()).into_owned();
    problem.place = start..start + char::REPLACEMENT_CHARACTER.len_utf8();
    problem.label = "not UTF-8";
    problem
}
