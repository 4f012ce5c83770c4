//! JSON Schemas of what commands answer with `--format json`, for programs that read it.

mod difference;
mod holdings;
mod request;
mod shared;
mod who_can;

use clap::ValueEnum;
use serde_json::{Value, json};

/// A command with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Answer {
    /// `iamc explain --format json`
    #[value(name = "answer-explain")]
    Explain,
    /// `iamc who-can --format json`
    #[value(name = "answer-who-can")]
    WhoCan,
    /// `iamc diff --format json`
    #[value(name = "answer-diff")]
    Diff,
}

impl Answer {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Explain, Self::WhoCan, Self::Diff];

    /// The argument of `iamc schema`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Explain => "answer-explain",
            Self::WhoCan => "answer-who-can",
            Self::Diff => "answer-diff",
        }
    }

    /// The command.
    pub(crate) fn command(self) -> &'static str {
        match self {
            Self::Explain => "iamc explain --format json",
            Self::WhoCan => "iamc who-can --format json",
            Self::Diff => "iamc diff --format json",
        }
    }

    /// What it answers.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Explain => "What somebody holds, or whether they may do something, and why",
            Self::WhoCan => "Who may do something",
            Self::Diff => "What a change means: who gains and loses what, and why",
        }
    }

    /// The whole schema of the answer.
    pub(crate) fn schema(self) -> Value {
        let mut schema = match self {
            Self::Explain => json!({ "oneOf": [request::answer(), holdings::answer()] }),
            Self::WhoCan => who_can::answer(),
            Self::Diff => difference::answer(),
        };
        schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
        schema["title"] = json!(self.title());
        schema["definitions"] = shared::definitions();
        schema
    }
}
