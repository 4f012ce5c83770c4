//! What the streams are connected to, and what the environment asks for.

use std::env;
use std::io::{IsTerminal, stderr, stdout};

/// Columns where nothing says how many there are.
const DEFAULT_WIDTH: usize = 100;

/// How to print. The default is two pipes.
#[derive(Debug, Clone)]
pub struct Terminal {
    /// Whether a person sees standard output.
    pub stdout: bool,
    /// Whether a person sees standard error.
    pub stderr: bool,
    /// Whether what stands on standard error can be drawn over; not with `TERM=dumb`.
    pub redraws: bool,
    /// Columns.
    pub width: usize,
    /// Whether line-drawing characters can be shown.
    pub unicode: bool,
    /// Whether the environment forbids colours (`NO_COLOR`, `CLICOLOR=0`, `TERM=dumb`) or demands them
    /// (`CLICOLOR_FORCE`).
    pub color: Option<bool>,
}

impl Default for Terminal {
    fn default() -> Self {
        Self {
            stdout: false,
            stderr: false,
            redraws: false,
            width: DEFAULT_WIDTH,
            unicode: true,
            color: None,
        }
    }
}

impl Terminal {
    /// That of this process.
    pub fn detect() -> Self {
        let (stdout, stderr) = (stdout().is_terminal(), stderr().is_terminal());
        Self {
            stdout,
            stderr,
            redraws: stderr && !is("TERM", "dumb"),
            width: width(stderr),
            unicode: !stderr || supports_unicode::on(supports_unicode::Stream::Stderr),
            color: color(),
        }
    }
}

fn width(terminal: bool) -> usize {
    let columns = || env::var("COLUMNS").ok()?.parse().ok();
    let measured = || terminal.then(terminal_size::terminal_size)?.map(|(width, _)| width.0.into());
    columns().or_else(measured).unwrap_or(DEFAULT_WIDTH).clamp(40, 120)
}

fn is(name: &str, wanted: &str) -> bool {
    env::var_os(name).is_some_and(|value| value == wanted)
}

fn color() -> Option<bool> {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    if env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        return Some(false);
    }
    if is_set("CLICOLOR_FORCE") {
        return Some(true);
    }
    (is("CLICOLOR", "0") || is("TERM", "dumb")).then_some(false)
}
