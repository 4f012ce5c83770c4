//! How long a command took to compile the project, and then to answer.

use std::time::{Duration, Instant};

/// Takes the time of a command that answers a question about a project.
#[derive(Debug)]
pub(crate) struct Stopwatch {
    started: Instant,
    compiled: Option<Instant>,
    answered: Option<Instant>,
}

impl Stopwatch {
    /// Starts now.
    pub(crate) fn start() -> Self {
        Self { started: Instant::now(), compiled: None, answered: None }
    }

    /// When the command began.
    pub(crate) fn started(&self) -> Instant {
        self.started
    }

    /// The project is compiled now.
    pub(crate) fn compiled(&mut self) {
        self.compiled = Some(Instant::now());
    }

    /// Something is answered now, if there is a project to ask about; the first answer counts.
    pub(crate) fn answered(&mut self) {
        if self.compiled.is_some() {
            self.answered.get_or_insert_with(Instant::now);
        }
    }

    /// `compiled in 1204.3 ms, answered in 34.1 ms`; none where no project was asked.
    pub(crate) fn read(&self) -> Option<String> {
        let (compiled, answered) = (self.compiled?, self.answered?);
        let milliseconds = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
        let compiling = milliseconds(compiled.duration_since(self.started));
        let answering = milliseconds(answered.duration_since(compiled));
        Some(format!("compiled in {compiling}, answered in {answering}"))
    }
}
