//! What all phases of iamc share: sources and spans, declarations as written, the graph and the
//! grants as plain data, and the table of diagnostic codes.
//!
//! Data goes one way: `Sources` (text) are parsed into a [`Project`] (as written, with spans),
//! resolved into a [`Graph`] (ids and edges), closed into [`Grants`] (as meant), and emitted.

pub mod assertion;
pub mod check;
pub mod codes;
pub mod condition;
pub mod declaration;
pub mod diagnostic;
pub mod grants;
pub mod graph;
pub mod level;
pub mod lints;
pub mod name;
pub mod project;
pub mod sensitive;
pub mod settings;
pub mod source;
pub mod text;
pub mod time;

pub use codes::Code;
pub use condition::Operator;
pub use declaration::PrincipalKind;
pub use diagnostic::Diagnostic;
pub use grants::Grants;
pub use graph::Graph;
pub use level::{Level, Severity};
pub use project::Project;
pub use settings::Settings;
pub use source::{FileId, Source, Sources, Span, Spanned};
pub use text::Text;
pub use time::Timestamp;
