//! The program `iamc`: reads the arguments, runs one command, exits.

use std::io::{stderr, stdout};
use std::process::ExitCode;

use iamc::{Session, Terminal, prepare_threads};
use mimalloc::MiMalloc;

/// A compilation is made of many small texts, on all cores: the system's allocator takes a third longer.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    prepare_threads();
    // Standard error is not locked: a progress bar is drawn there from a thread of its own.
    let (mut out, mut err) = (stdout().lock(), stderr());
    let directory = std::env::current_dir().unwrap_or_default();
    let mut session = Session::new(&mut out, &mut err, Terminal::detect(), directory);
    session.run(std::env::args_os()).into()
}
