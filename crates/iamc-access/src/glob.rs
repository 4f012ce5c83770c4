//! Patterns with `*` and `?`, matched in the time of their product at worst.

/// A part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Token {
    /// This character and no other.
    Char(char),
    /// `?`: any one character.
    One,
    /// `*`: any characters, or none.
    Many,
}

impl Token {
    /// What a character means in a pattern.
    pub(crate) fn of(c: char) -> Self {
        match c {
            '*' => Self::Many,
            '?' => Self::One,
            c => Self::Char(c),
        }
    }

    fn takes(self, c: char) -> bool {
        self == Self::One || self == Self::Char(c)
    }

    /// Whether all that `other` stands for is one character that `self` takes.
    fn takes_all_of(self, other: Self) -> bool {
        match other {
            Self::Char(c) => self.takes(c),
            Self::One => self == Self::One,
            Self::Many => false,
        }
    }
}

/// A pattern. One without wildcards is a string.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Glob {
    tokens: Box<[Token]>,
}

impl Glob {
    /// A pattern of these tokens.
    pub(crate) fn new(tokens: impl IntoIterator<Item = Token>) -> Self {
        Self { tokens: tokens.into_iter().collect() }
    }

    /// A pattern in which `*` and `?` are wildcards.
    pub(crate) fn pattern(text: &str) -> Self {
        Self::new(text.chars().map(Token::of))
    }

    /// A pattern in which every character stands for itself.
    pub(crate) fn literal(text: &str) -> Self {
        Self::new(text.chars().map(Token::Char))
    }

    /// The pattern that matches what this one matches but for case, once the text is [`folded`], too.
    pub(crate) fn folded(&self) -> Self {
        Self::new(self.tokens.iter().flat_map(|&token| match token {
            Token::Char(c) => Fold::Lower(c.to_lowercase()),
            wildcard => Fold::Wildcard(std::iter::once(wildcard)),
        }))
    }

    /// Its parts.
    pub(crate) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Whether it is a string.
    pub(crate) fn is_literal(&self) -> bool {
        is_literal(&self.tokens)
    }

    /// Whether it is `*` alone, or several.
    pub(crate) fn is_anything(&self) -> bool {
        is_anything(&self.tokens)
    }

    /// Whether the text fits.
    pub(crate) fn matches(&self, text: &str) -> bool {
        run(&self.tokens, text.chars(), Token::takes)
    }

    /// Whether all that fits `other` fits this, as far as one comparison of the two tells: `a*` and `?*`
    /// cover `ab*`, while that `*?` covers `?*` is not seen. Exact where `other` is a string.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        covers(&self.tokens, &other.tokens)
    }

    /// Whether some text fits both.
    pub(crate) fn intersects(&self, other: &Self) -> bool {
        self.is_anything() || other.is_anything() || intersects(&self.tokens, &other.tokens)
    }
}

/// A text as [`Glob::folded`] patterns want it.
pub(crate) fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// The string that these tokens are; none where there are wildcards.
pub(crate) fn text(tokens: &[Token]) -> Option<String> {
    let char = |&token: &Token| match token {
        Token::Char(c) => Some(c),
        Token::One | Token::Many => None,
    };
    tokens.iter().map(char).collect()
}

/// Whether these tokens are a string.
pub(crate) fn is_literal(tokens: &[Token]) -> bool {
    tokens.iter().all(|token| matches!(token, Token::Char(_)))
}

/// Whether these tokens are `*` alone, or several.
pub(crate) fn is_anything(tokens: &[Token]) -> bool {
    !tokens.is_empty() && tokens.iter().all(|&token| token == Token::Many)
}

/// [`Glob::covers`] of tokens.
pub(crate) fn covers(tokens: &[Token], other: &[Token]) -> bool {
    run(tokens, other.iter().copied(), Token::takes_all_of)
}

enum Fold {
    Lower(std::char::ToLowercase),
    Wildcard(std::iter::Once<Token>),
}

impl Iterator for Fold {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        match self {
            Self::Lower(chars) => chars.next().map(Token::Char),
            Self::Wildcard(token) => token.next(),
        }
    }
}

/// Matches greedily: where it gets stuck, the last `*` takes one more symbol.
fn run<S: Copy>(
    tokens: &[Token],
    mut symbols: impl Iterator<Item = S> + Clone,
    takes: impl Fn(Token, S) -> bool,
) -> bool {
    let mut at = 0;
    let mut star = None;
    loop {
        while tokens.get(at) == Some(&Token::Many) {
            at += 1;
            star = Some((at, symbols.clone()));
        }
        if at == tokens.len() && star.as_ref().is_some_and(|&(behind, _)| behind == at) {
            return true;
        }
        match (symbols.next(), tokens.get(at)) {
            (None, token) => return token.is_none(),
            (Some(symbol), Some(&token)) if takes(token, symbol) => at += 1,
            _ => {
                let Some((behind, from)) = &mut star else { return false };
                from.next();
                (at, symbols) = (*behind, from.clone());
            }
        }
    }
}

/// [`Glob::intersects`] of tokens: walks the product of the two patterns, a row of states for each token
/// of `a` behind the characters with which both begin.
pub(crate) fn intersects(a: &[Token], b: &[Token]) -> bool {
    let Some((a, b)) = behind_common(a, b) else { return false };
    if is_literal(b) {
        return covers(a, b);
    }
    let mut row = vec![false; b.len() + 1];
    row[0] = true;
    skip_stars(&mut row, b);
    for &token in a {
        let mut next = if token == Token::Many { row.clone() } else { vec![false; row.len()] };
        for (at, &other) in b.iter().enumerate() {
            match (token, other) {
                (Token::Many, _) => next[at + 1] |= next[at],
                (_, Token::Many) => next[at] |= row[at],
                _ => next[at + 1] |= row[at] && meet(token, other),
            }
        }
        skip_stars(&mut next, b);
        row = next;
    }
    row.last() == Some(&true)
}

/// What stands behind the characters with which both begin; none where they begin with different ones.
fn behind_common<'t>(mut a: &'t [Token], mut b: &'t [Token]) -> Option<(&'t [Token], &'t [Token])> {
    while let ([Token::Char(one), behind @ ..], [Token::Char(other), rest @ ..]) = (a, b) {
        if one != other {
            return None;
        }
        (a, b) = (behind, rest);
    }
    Some((a, b))
}

fn skip_stars(row: &mut [bool], tokens: &[Token]) {
    for (at, &token) in tokens.iter().enumerate() {
        row[at + 1] |= token == Token::Many && row[at];
    }
}

fn meet(a: Token, b: Token) -> bool {
    a == Token::One || b == Token::One || a == b
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn by_definition(pattern: &[Token], text: &[char]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, first) => first.is_none(),
            (Some((Token::Many, rest)), first) => {
                by_definition(rest, text) || first.is_some_and(|(_, behind)| by_definition(pattern, behind))
            }
            (Some((&token, rest)), Some((&c, behind))) => token.takes(c) && by_definition(rest, behind),
            (Some(_), None) => false,
        }
    }

    fn texts(length: usize) -> Vec<String> {
        let mut texts = vec![String::new()];
        for from in 0.. {
            let Some(text) = texts.get(from).filter(|text| text.len() < length).cloned() else { break };
            texts.extend("abx".chars().map(|c| format!("{text}{c}")));
        }
        texts
    }

    #[test]
    fn wildcards() {
        for (pattern, text) in [("*", ""), ("a*", "a"), ("a*c", "abcbc"), ("?", "é"), ("**a", "aa"), ("", "")]
        {
            assert!(Glob::pattern(pattern).matches(text), "{pattern} {text}");
        }
        for (pattern, text) in [("?", ""), ("a*c", "abcb"), ("a", "A"), ("", "a"), ("a?", "a")] {
            assert!(!Glob::pattern(pattern).matches(text), "{pattern} {text}");
        }
        assert!(Glob::literal("a*").matches("a*") && !Glob::literal("a*").matches("ab"));
        assert!(Glob::pattern("S3:GET*").folded().matches(&folded("s3:GetÉ")));
    }

    #[test]
    fn a_pattern_that_invites_backtracking_ends() {
        let pattern = Glob::pattern(&"a*".repeat(500));
        assert!(!Glob::pattern(&format!("{}b", "a*".repeat(500))).matches(&"a".repeat(5_000)));
        assert!(pattern.intersects(&Glob::pattern(&"*a?".repeat(500))));
    }

    proptest! {
        #[test]
        fn matching_is_as_defined(pattern in "[ab?*]{0,6}", text in "[abx]{0,6}") {
            let glob = Glob::pattern(&pattern);
            let chars: Vec<char> = text.chars().collect();
            prop_assert_eq!(glob.matches(&text), by_definition(glob.tokens(), &chars));
            prop_assert_eq!(glob.covers(&Glob::literal(&text)), glob.matches(&text));
            prop_assert_eq!(glob.intersects(&Glob::literal(&text)), glob.matches(&text));
        }

        #[test]
        fn covering_and_intersecting_agree_with_texts(a in "[ab?*]{0,4}", b in "[ab?*]{0,4}") {
            let (a, b) = (Glob::pattern(&a), Glob::pattern(&b));
            let both = texts(8).iter().any(|text| a.matches(text) && b.matches(text));
            prop_assert_eq!(a.intersects(&b), both);
            if a.covers(&b) {
                prop_assert!(texts(6).iter().all(|text| !b.matches(text) || a.matches(text)));
            }
        }
    }
}
