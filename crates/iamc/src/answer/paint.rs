//! The few colours that answers have.

use clap::builder::styling::{AnsiColor, Style};
use iamc_access::Decision;

/// Paints words, or leaves them plain where nobody would see colours.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paint {
    color: bool,
}

impl Paint {
    /// With colours or without.
    pub(crate) fn new(color: bool) -> Self {
        Self { color }
    }

    /// Headings and names that matter.
    pub(crate) fn strong(self, text: &str) -> String {
        self.paint(Style::new().bold(), text)
    }

    /// Places in files and what is said beside the matter.
    pub(crate) fn dim(self, text: &str) -> String {
        self.paint(Style::new().dimmed(), text)
    }

    /// Groups.
    pub(crate) fn group(self, text: &str) -> String {
        self.paint(AnsiColor::Cyan.on_default(), text)
    }

    /// What allows.
    pub(crate) fn allow(self, text: &str) -> String {
        self.paint(AnsiColor::Green.on_default().bold(), text)
    }

    /// What denies.
    pub(crate) fn deny(self, text: &str) -> String {
        self.paint(AnsiColor::Red.on_default().bold(), text)
    }

    /// What runs out.
    pub(crate) fn bounded(self, text: &str) -> String {
        self.paint(AnsiColor::Yellow.on_default(), text)
    }

    /// The name of a decision, by what it comes to.
    pub(crate) fn decision(self, decision: Decision) -> String {
        match decision {
            Decision::Allowed => self.allow(decision.name()),
            Decision::PartlyAllowed | Decision::Conditional => self.bounded(decision.name()),
            Decision::ExplicitlyDenied | Decision::ImplicitlyDenied => self.deny(decision.name()),
        }
    }

    fn paint(self, style: Style, text: &str) -> String {
        match self.color && !text.is_empty() {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }
}
