//! What the fuzz targets of fuzz/ check, on inputs that are only random: so that they go on compiling, and
//! go on holding.

#![allow(clippy::unwrap_used, unreachable_pub)] // What is included is a crate of its own elsewhere.

#[path = "../../../fuzz/src/lib.rs"]
mod fuzz;

use proptest::collection::vec;
use proptest::prelude::*;

use fuzz::project::Folder;

/// A project without errors, and what is put into it somewhere.
const PROJECT: &str = r#"
[template.Read]
parameters = ["bucket"]
actions = ["s3:GetObject"]
resources = ["arn:aws:s3:::{bucket}/*"]
[policy.Read]
template = "Read"
with = { bucket = "data" }
[policy."Write{name}"]
for-each = [{ name = "One" }]
actions = ["s3:PutObject"]
resources = ["arn:aws:s3:::{name}"]
conditions.StringLike."aws:PrincipalTag/team" = ["a*"]
=== engineers.toml
[engineer.JaneDoe]
policies = ["Read", { name = "WriteOne", until = 2030-12-31 }]
tags = { team = "a" }
"#;

const WORDS: [&str; 18] = [
    "\"",
    "[",
    "]",
    "{",
    "}",
    "=",
    "\n",
    "#",
    "{name}",
    "${",
    "*",
    "é",
    "\u{202E}",
    "\0",
    "until",
    "1",
    "''",
    "=== groups/a.toml\n",
];

fn with_word(at: prop::sample::Index, word: &str) -> String {
    let at = PROJECT.floor_char_boundary(at.index(PROJECT.len()));
    format!("{}{word}{}", &PROJECT[..at], &PROJECT[at..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_project_is_answered(at in any::<prop::sample::Index>(), word in prop::sample::select(&WORDS)) {
        fuzz::project::check(&Folder::new(), with_word(at, word).as_bytes());
    }

    #[test]
    fn any_string_is_read_as_it_was_written(data in vec(any::<u8>(), 0..600)) {
        fuzz::writer::check(&data);
    }

    #[test]
    fn any_request_is_decided_alike(data in vec(any::<u8>(), 0..400)) {
        fuzz::deciding::check(&data);
    }
}

#[test]
fn the_project_has_no_errors() {
    let folder = Folder::new();
    fuzz::project::check(&folder, PROJECT.as_bytes());
    assert!(folder.is_built());
}
