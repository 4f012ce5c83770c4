//! What makes a difference a failure.

use clap::ValueEnum;
use iamc_diff::{Difference, PrincipalChange};

use crate::answer::count;

/// What `--fail-on` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum FailOn {
    /// Somebody gains access
    Gain,
    /// Somebody loses access
    Loss,
    /// Something is worth a second look
    Risk,
    /// Something could not be decided
    Unknown,
}

impl FailOn {
    /// What is there that should not be, in words.
    pub(super) fn found(self, difference: &Difference) -> Option<String> {
        let number = difference.principals.iter().filter(|principal| self.is_in(principal)).count();
        let of_project = difference.project.iter().filter(|change| !change.risks.is_empty()).count();
        let number = if self == Self::Risk { number + of_project } else { number };
        (number > 0).then(|| match self {
            Self::Gain => format!("{} access", count(number, "principal gains", "principals gain")),
            Self::Loss => format!("{} access", count(number, "principal loses", "principals lose")),
            Self::Unknown => {
                format!("of {} not everything is known", count(number, "principal", "principals"))
            }
            Self::Risk => {
                let what = count(of_project, "change of the project", "changes of the project");
                let who = count(number - of_project, "principal has", "principals have");
                match (of_project, number - of_project) {
                    (0, _) => format!("{who} changes worth a second look"),
                    (_, 0) => format!("{what} worth a second look"),
                    _ => format!("{who} changes worth a second look, and {what}"),
                }
            }
        })
    }

    fn is_in(self, principal: &PrincipalChange) -> bool {
        let PrincipalChange { gains, losses, unknown, other, .. } = principal;
        match self {
            Self::Gain => !gains.is_empty(),
            Self::Loss => !losses.is_empty(),
            Self::Unknown => !unknown.is_empty(),
            Self::Risk => {
                let accesses = gains.iter().chain(losses).map(|change| &change.risks);
                accesses.chain(other.iter().map(|change| &change.risks)).any(|risks| !risks.is_empty())
            }
        }
    }

    /// As the command line takes it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Gain => "gain",
            Self::Loss => "loss",
            Self::Risk => "risk",
            Self::Unknown => "unknown",
        }
    }
}
