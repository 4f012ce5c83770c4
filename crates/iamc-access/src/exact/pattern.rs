//! Patterns as the automata of this engine take them.

use crate::arn::FIELDS;
use crate::glob::{Glob, Token};

/// What a wildcard passes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Reach {
    /// Any character.
    Anything,
    /// Any but a colon: it stays in its field of an ARN.
    Field,
}

/// A part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Step {
    /// This character.
    Literal(char),
    /// Any one character.
    One(Reach),
    /// Any characters, or none.
    Many(Reach),
}

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Pattern {
    pub(super) steps: Vec<Step>,
    /// The characters before its first wildcard.
    prefix: String,
    /// Whether it is compared without regard to case; its literals are in lower case then.
    pub(super) is_folded: bool,
}

impl Pattern {
    fn new(steps: Vec<Step>) -> Self {
        let literals = steps.iter().map_while(|step| match step {
            Step::Literal(c) => Some(*c),
            Step::One(_) | Step::Many(_) => None,
        });
        let prefix = literals.collect();
        Self { steps, prefix, is_folded: false }
    }

    /// `*` and `?` match any character, colons included.
    pub(super) fn wide(glob: &Glob) -> Self {
        Self::new(glob.tokens().iter().map(|&token| step(token, Reach::Anything)).collect())
    }

    /// The first five colons divide the fields of an ARN, in which wildcards stay; the last field takes
    /// colons. A pattern of fewer fields matches nothing, save that `*` alone matches everything.
    pub(super) fn narrow(glob: &Glob) -> Option<Self> {
        if glob.is_anything() {
            return Some(Self::wide(glob));
        }
        let pattern = Self::fields(glob);
        let colons = glob.tokens().iter().filter(|&&token| token == Token::Char(':')).count();
        (colons + 1 >= FIELDS).then_some(pattern)
    }

    /// [`Self::narrow`] of a pattern with any number of fields.
    pub(super) fn fields(glob: &Glob) -> Self {
        let mut field = 1;
        let mut steps = Vec::with_capacity(glob.tokens().len());
        for &token in glob.tokens() {
            let reach = if field < FIELDS { Reach::Field } else { Reach::Anything };
            steps.push(step(token, reach));
            field += usize::from(token == Token::Char(':'));
        }
        Self::new(steps)
    }

    /// Compared without regard to case.
    pub(super) fn folded(glob: &Glob) -> Self {
        Self { is_folded: true, ..Self::wide(&glob.folded()) }
    }

    /// The string, where it has no wildcard.
    pub(super) fn literal(&self) -> Option<&str> {
        let is_literal = self.steps.iter().all(|step| matches!(step, Step::Literal(_)));
        is_literal.then_some(&self.prefix)
    }

    /// Whether it is `*`.
    pub(super) fn is_anything(&self) -> bool {
        !self.steps.is_empty() && self.steps.iter().all(|&step| step == Step::Many(Reach::Anything))
    }

    /// Whether a string can fit both, as far as what stands before their wildcards tells. Both are
    /// compared in the same way as to case.
    pub(super) fn may_meet(&self, other: &Self) -> bool {
        self.prefix.starts_with(&other.prefix) || other.prefix.starts_with(&self.prefix)
    }
}

fn step(token: Token, reach: Reach) -> Step {
    match token {
        Token::Char(c) => Step::Literal(c),
        Token::One => Step::One(reach),
        Token::Many => Step::Many(reach),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_pattern_has_six_fields() {
        let narrow = |text| Pattern::narrow(&Glob::pattern(text));
        assert_eq!(narrow("arn:aws:s3*"), None);
        assert!(narrow("*").is_some_and(|pattern| pattern.is_anything()));
        let steps = narrow("a:*:::?:*").expect("six fields").steps;
        assert_eq!(steps[2], Step::Many(Reach::Field));
        assert_eq!(steps[6], Step::One(Reach::Field));
        assert_eq!(steps[8], Step::Many(Reach::Anything));
    }

    #[test]
    fn literals_are_strings() {
        let pattern = |text| Pattern::wide(&Glob::pattern(text));
        assert_eq!(pattern("s3:Get").literal(), Some("s3:Get"));
        assert_eq!(pattern("s3:Get?").literal(), None);
        assert!(pattern("s3:Get*").may_meet(&pattern("s3:*Object")));
        assert!(!pattern("s3:Get*").may_meet(&pattern("s3:Put*")));
    }
}
