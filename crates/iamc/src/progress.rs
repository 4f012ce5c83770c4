//! A progress bar for long work.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A run that is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// Between two pictures of a step that nothing counts.
const PERIOD: Duration = Duration::from_millis(100);

/// Shows itself on standard error when the run takes long, even in the midst of a step, and is gone when
/// it is dropped.
pub(crate) struct Progress {
    bar: ProgressBar,
    appearance: Option<Appearance>,
}

impl Progress {
    /// Shows nothing.
    pub(crate) fn hidden() -> Self {
        Self { bar: ProgressBar::hidden(), appearance: None }
    }

    /// Of a run that `began` then.
    pub(crate) fn of_run(began: Instant) -> Self {
        let bar = ProgressBar::hidden();
        let appearance = Appearance::after(PATIENCE.saturating_sub(began.elapsed()), bar.clone());
        Self { bar, appearance }
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
        self.bar.inc(1);
    }

    /// Drawn in ASCII, which every terminal has.
    fn begin(&mut self, name: &'static str, length: usize, template: &str) {
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style.progress_chars("=> ").tick_chars("|/-\\ "));
        }
        self.bar.set_length(length as u64);
        self.bar.set_position(0);
        self.bar.set_message(name);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(appearance) = self.appearance.take() {
            appearance.end();
        }
        self.bar.finish_and_clear();
    }
}

/// The thread that waits until a bar is to be shown.
struct Appearance {
    done: Sender<()>,
    thread: JoinHandle<()>,
}

impl Appearance {
    /// None where the machine has no more threads: then there is no bar.
    fn after(patience: Duration, bar: ProgressBar) -> Option<Self> {
        let (done, is_done) = channel();
        let show = move || {
            if is_done.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                bar.set_draw_target(ProgressDrawTarget::stderr());
                bar.enable_steady_tick(PERIOD);
            }
        };
        Builder::new().spawn(show).ok().map(|thread| Self { done, thread })
    }

    fn end(self) {
        drop(self.done);
        let _ = self.thread.join();
    }
}
