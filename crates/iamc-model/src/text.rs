//! Strings that may hold placeholders, such as `arn:aws:s3:::{bucket}/*`.

use std::borrow::Cow;

use crate::source::Span;

/// A string as written, cut at its placeholders. `{{` and `}}` have become one brace each;
/// `${...}`, IAM's own policy variables, stay in the literals as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Literals and placeholders in order; no two literals stand side by side, none is empty.
    pub segments: Vec<Segment>,
    /// Where the whole string is written, quotes included.
    pub span: Span,
}

/// A part of a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Characters that stand for themselves.
    Literal(String),
    /// `{name}`.
    Placeholder(Placeholder),
}

/// `{name}`, to be filled with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// The name between the braces.
    pub name: String,
    /// The place of `{name}`, braces included.
    pub span: Span,
}

impl Text {
    /// A text without placeholders.
    pub fn literal(value: impl Into<String>, span: Span) -> Self {
        let value = value.into();
        let segments = if value.is_empty() { vec![] } else { vec![Segment::Literal(value)] };
        Self { segments, span }
    }

    /// The value, where no placeholder stands in it.
    pub fn as_literal(&self) -> Option<&str> {
        match self.segments.as_slice() {
            [] => Some(""),
            [Segment::Literal(value)] => Some(value),
            _ => None,
        }
    }

    /// The placeholders, in order.
    pub fn placeholders(&self) -> impl Iterator<Item = &Placeholder> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Literal(_) => None,
            Segment::Placeholder(placeholder) => Some(placeholder),
        })
    }

    /// The string with every placeholder filled; fails with the first that `fill` does not know.
    pub fn fill<'a>(
        &self,
        mut fill: impl FnMut(&Placeholder) -> Option<Cow<'a, str>>,
    ) -> Result<String, Placeholder> {
        let literals = self.segments.iter().map(|segment| match segment {
            Segment::Literal(value) => value.len(),
            Segment::Placeholder(_) => 0,
        });
        let mut filled = String::with_capacity(literals.sum());
        for segment in &self.segments {
            match segment {
                Segment::Literal(value) => filled.push_str(value),
                Segment::Placeholder(placeholder) => {
                    filled.push_str(&fill(placeholder).ok_or_else(|| placeholder.clone())?);
                }
            }
        }
        Ok(filled)
    }

    /// The text with the placeholders that `substitute` knows replaced by other texts; the rest stay.
    pub fn substitute<'a>(&self, mut substitute: impl FnMut(&Placeholder) -> Option<&'a Self>) -> Self {
        let mut segments = Vec::new();
        for segment in &self.segments {
            let inner = match segment {
                Segment::Literal(_) => None,
                Segment::Placeholder(placeholder) => substitute(placeholder),
            };
            match inner {
                Some(text) => text.segments.iter().for_each(|part| push(&mut segments, part)),
                None => push(&mut segments, segment),
            }
        }
        Self { segments, span: self.span }
    }
}

fn push(segments: &mut Vec<Segment>, segment: &Segment) {
    match (segments.last_mut(), segment) {
        (Some(Segment::Literal(last)), Segment::Literal(next)) => last.push_str(next),
        _ => segments.push(segment.clone()),
    }
}

/// As written, with the literal braces of the source lost: for messages.
impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.segments.iter().try_for_each(|segment| match segment {
            Segment::Literal(value) => f.write_str(value),
            Segment::Placeholder(placeholder) => write!(f, "{{{}}}", placeholder.name),
        })
    }
}
