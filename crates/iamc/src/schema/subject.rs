//! What `iamc schema` has a schema of.

use std::sync::LazyLock;

use clap::ValueEnum;
use clap::builder::PossibleValue;
use serde_json::Value;

use super::{Answer, Kind};

/// A kind of file, or what a command answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A kind of file.
    File(Kind),
    /// What a command answers.
    Answer(Answer),
}

impl Subject {
    /// The whole schema.
    pub(crate) fn schema(self) -> Value {
        match self {
            Self::File(kind) => kind.schema(),
            Self::Answer(answer) => answer.schema(),
        }
    }
}

impl ValueEnum for Subject {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<Subject>> = LazyLock::new(|| {
            let answers = Answer::ALL.into_iter().map(Subject::Answer);
            Kind::ALL.into_iter().map(Subject::File).chain(answers).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::File(kind) => kind.to_possible_value(),
            Self::Answer(answer) => answer.to_possible_value(),
        }
    }
}
