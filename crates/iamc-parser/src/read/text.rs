//! Strings that may hold placeholders.

use iamc_model::name::is_placeholder_name;
use iamc_model::text::{Placeholder, Segment};
use iamc_model::{Spanned, Text, codes};

use super::string::Located;
use super::{Reader, Value};

/// What becomes of `{{…}}`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Braces {
    /// `{{` and `}}` are a literal brace each.
    Literal,
    /// `{{…}}` is a template of somebody else's, and stays as it is.
    Verbatim,
}

impl<'a> Reader<'a> {
    /// A string that is not empty, cut at its placeholders.
    pub(crate) fn text(&mut self, value: Value<'a>) -> Option<Text> {
        let string = self.filled(value)?;
        self.cut(string, Braces::Literal)
    }

    /// A string, which may be empty, cut at its placeholders.
    pub(crate) fn text_or_empty(&mut self, value: Value<'a>) -> Option<Text> {
        let string = self.string(value)?;
        self.cut(string, Braces::Literal)
    }

    /// An array of strings, none of them empty, cut at their placeholders.
    pub(crate) fn texts(&mut self, value: Value<'a>, example: &str) -> Option<Vec<Text>> {
        let items = self.array(value, "an array of strings", example)?;
        Some(self.each(items, Self::text))
    }

    /// Cuts a string at its placeholders. None where a brace or a `${` is wrong, which is reported.
    pub(crate) fn cut(&mut self, string: Spanned<&str>, braces: Braces) -> Option<Text> {
        if !string.bytes().any(|byte| matches!(byte, b'$' | b'{' | b'}')) {
            return Some(Text::literal(string.value, string.span));
        }
        let located = Located::new(self, string.value, string.span);
        let mut cutter =
            Cutter { reader: self, located, braces, at: 0, literal: String::new(), segments: vec![] };
        let is_sound = cutter.run();
        cutter.flush();
        let segments = cutter.segments;
        is_sound.then_some(Text { segments, span: string.span })
    }
}

struct Cutter<'r, 'a, 'v> {
    reader: &'r mut Reader<'a>,
    located: Located<'v>,
    braces: Braces,
    at: usize,
    literal: String,
    segments: Vec<Segment>,
}

impl<'v> Cutter<'_, '_, 'v> {
    fn rest(&self) -> &'v str {
        &self.located.value[self.at..]
    }

    fn run(&mut self) -> bool {
        let mut is_sound = true;
        while let Some(length) = self.rest().find(['$', '{', '}']) {
            self.keep(length);
            is_sound &= self.step();
        }
        self.keep(self.rest().len());
        is_sound
    }

    /// Takes what begins with `$` or a brace.
    fn step(&mut self) -> bool {
        let rest = self.rest();
        let closed = |from: usize, close: &str| rest[from..].find(close).map(|at| from + at + close.len());
        if rest.starts_with("${") {
            return match closed(2, "}") {
                Some(length) => self.keep(length),
                None => self.unclosed_variable(),
            };
        }
        if rest.starts_with('$') {
            return self.keep(1);
        }
        if rest.starts_with("{{") || rest.starts_with("}}") {
            let verbatim = (self.braces == Braces::Verbatim).then(|| closed(2, "}}")).flatten();
            return match verbatim {
                Some(length) => self.keep(length),
                None => self.brace(),
            };
        }
        match closed(1, "}") {
            Some(length) if rest.starts_with('{') => self.placeholder(length),
            _ => self.stray(),
        }
    }

    fn keep(&mut self, length: usize) -> bool {
        self.literal.push_str(&self.rest()[..length]);
        self.at += length;
        true
    }

    fn brace(&mut self) -> bool {
        self.literal.push_str(&self.rest()[..1]);
        self.at += 2;
        true
    }

    fn flush(&mut self) {
        if !self.literal.is_empty() {
            self.segments.push(Segment::Literal(std::mem::take(&mut self.literal)));
        }
    }

    fn placeholder(&mut self, length: usize) -> bool {
        let name = &self.rest()[1..length - 1];
        if !is_placeholder_name(name) {
            return self.malformed(length);
        }
        let span = self.located.at(self.at..self.at + length);
        self.flush();
        self.segments.push(Segment::Placeholder(Placeholder { name: name.to_owned(), span }));
        self.at += length;
        true
    }

    fn unclosed_variable(&mut self) -> bool {
        let span = self.located.at(self.at..self.located.value.len());
        let help = "close it with `}`, as in `${aws:username}`";
        let message = "a policy variable is not closed";
        self.reader.error(&codes::UNCLOSED_VARIABLE, message, span, "no `}` follows", help);
        self.at = self.located.value.len();
        false
    }

    fn malformed(&mut self, length: usize) -> bool {
        let written = &self.rest()[..length];
        let span = self.located.at(self.at..self.at + length);
        let name: String = written.chars().filter(|c| !c.is_whitespace() && !"{}".contains(*c)).collect();
        let help = match is_placeholder_name(&name) {
            true => format!("write `{{{name}}}` for a placeholder, `{{{{` and `}}}}` for literal braces"),
            false => "write a placeholder as `{name}`, of letters, digits, `-` and `_`; literal braces as `{{` and `}}`"
                .to_owned(),
        };
        let message = format!("`{written}` is not a placeholder");
        self.reader.error(&codes::INVALID_PLACEHOLDER, message, span, "not a placeholder's name", help);
        self.at += length;
        false
    }

    fn stray(&mut self) -> bool {
        let brace = &self.rest()[..1];
        let span = self.located.at(self.at..self.at + 1);
        let message = format!("`{brace}` is not part of a placeholder");
        let help = format!("write `{{name}}` for a placeholder, `{brace}{brace}` for a literal brace");
        self.reader.error(&codes::INVALID_PLACEHOLDER, message, span, "a brace alone", help);
        self.at += 1;
        false
    }
}
