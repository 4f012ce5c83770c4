//! A progress bar for long work.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// Shows itself on standard error when the work takes long, and is gone when it is dropped.
pub(crate) struct Progress {
    bar: ProgressBar,
    began: Instant,
    wanted: bool,
}

impl Progress {
    /// Shows anything only if `wanted`.
    pub(crate) fn new(wanted: bool) -> Self {
        Self { bar: ProgressBar::hidden(), began: Instant::now(), wanted }
    }

    /// A step whose length nobody knows.
    pub(crate) fn phase(&mut self, name: &'static str) {
        self.begin(name, 0, "{spinner} {msg}");
    }

    /// A step through `length` files.
    pub(crate) fn files(&mut self, name: &'static str, length: usize) {
        self.begin(name, length, "{msg} [{bar:40}] {pos}/{len}");
    }

    /// One file is done.
    pub(crate) fn tick(&mut self) {
        self.show();
        self.bar.inc(1);
    }

    fn begin(&mut self, name: &'static str, length: usize, template: &str) {
        self.show();
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
        self.bar.set_length(length as u64);
        self.bar.set_position(0);
        self.bar.set_message(name);
        self.bar.tick();
    }

    fn show(&mut self) {
        if self.wanted && self.began.elapsed() > PATIENCE {
            self.wanted = false;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
