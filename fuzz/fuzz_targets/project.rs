//! Any bytes as the files of a project.

#![no_main]

use iamc_fuzz::project::{self, Folder};
use libfuzzer_sys::fuzz_target;

thread_local! {
    static FOLDER: Folder = Folder::new();
}

fuzz_target!(|data: &[u8]| FOLDER.with(|folder| project::check(folder, data)));
