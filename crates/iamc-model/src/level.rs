//! How much a report counts.

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The project is wrong: nothing is written.
    Error,
    /// Worth a look.
    Warning,
}

impl Severity {
    /// As printed in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// What becomes of a lint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not reported.
    Off,
    /// A warning.
    Warn,
    /// An error that can be silenced.
    Error,
    /// An error that cannot be silenced.
    Forbid,
}

impl Level {
    /// All levels.
    pub const ALL: [Self; 4] = [Self::Off, Self::Warn, Self::Error, Self::Forbid];

    /// As written in `[lints]`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warn => "warn",
            Self::Error => "error",
            Self::Forbid => "forbid",
        }
    }
}
