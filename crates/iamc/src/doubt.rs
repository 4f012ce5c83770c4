//! What cannot be judged while there are errors of another kind. While iamc.toml has errors, a limit, a
//! name, a variable or an account that could not be read is a default or missing, and what breaks
//! against that is the echo of the error. So is what is wrong with words that hold a hidden character, and
//! a name that is unknown while files that may declare it could not be read.

use iamc_model::{Code, Diagnostic, Source, Sources, Span, codes};

/// Sections that only the emitter reads.
const OF_EMITTER: [&str; 4] = ["naming", "category", "emit", "limits"];

/// Errors against what iamc.toml says of the project, its variables and its cluster.
const ECHOES: [&Code; 3] =
    [&codes::ACCOUNT_REQUIRED, &codes::UNFILLED_PLACEHOLDER, &codes::UNBOUND_KUBERNETES_GROUP];

/// Errors that lie in the characters of a file.
const OF_CHARACTERS: [&Code; 2] = [&codes::HIDDEN_CHARACTER, &codes::NOT_UTF8];

/// Errors of files that were not read at all.
const OF_FILES: [&Code; 4] =
    [&codes::LINK_OUTSIDE, &codes::UNREADABLE_FILE, &codes::FILE_TOO_LARGE, &codes::NOT_UTF8];

/// What is unknown, and where it is declared.
const DECLARED_IN: [(&Code, &[&str]); 4] = [
    (&codes::UNKNOWN_POLICY, &["policies"]),
    (&codes::UNKNOWN_TEMPLATE, &["policies"]),
    (&codes::UNKNOWN_GROUP, &["groups"]),
    (&codes::UNKNOWN_PRINCIPAL, &["engineers", "service-users", "roles"]),
];

/// Which of the settings, which words and which names are in doubt.
#[derive(Debug)]
pub(crate) struct Doubt {
    unknown: Vec<&'static Code>,
    of_names: bool,
    of_output: bool,
    characters: Vec<Span>,
}

impl Doubt {
    /// From the errors that the parser found.
    pub(crate) fn new(sources: &Sources, found: &[Diagnostic]) -> Self {
        let sections: Vec<&str> = found.iter().filter_map(|found| section_of_error(sources, found)).collect();
        let of_characters = found.iter().filter(|found| OF_CHARACTERS.contains(&found.code));
        let characters = of_characters.flat_map(|found| found.labels.iter().map(|label| label.span));
        Self {
            unknown: undeclared(sources, found),
            characters: characters.collect(),
            of_names: sections.iter().any(|section| *section != "lints" && !OF_EMITTER.contains(section)),
            of_output: sections.iter().any(|section| *section != "lints"),
        }
    }

    /// Whether an error can be the echo of one in the settings, or of one in its own characters.
    pub(crate) fn covers(&self, found: &Diagnostic) -> bool {
        let is_of_settings = self.of_names && ECHOES.contains(&found.code);
        is_of_settings
            || self.unknown.contains(&found.code)
            || (!OF_CHARACTERS.contains(&found.code) && self.lies_in(found))
    }

    /// Whether the words of an error hold a character that is reported itself.
    fn lies_in(&self, found: &Diagnostic) -> bool {
        let holds = |span: Span, character: Span| span.to(character) == span && span.file == character.file;
        let span = found.span();
        span.is_some_and(|span| self.characters.iter().any(|character| holds(span, *character)))
    }

    /// Whether the output cannot be held against the settings.
    pub(crate) fn of_output(&self) -> bool {
        self.of_output
    }
}

/// The codes of names that a file which was not read may declare.
fn undeclared(sources: &Sources, found: &[Diagnostic]) -> Vec<&'static Code> {
    let of_files = found.iter().filter(|found| OF_FILES.contains(&found.code));
    let files = of_files.filter_map(|found| sources.get(found.span()?.file));
    let paths: Vec<&str> =
        files.filter(|source| source.text.is_empty()).map(|source| source.path.as_str()).collect();
    let is_of = |path: &str, place: &str| path.split(['/', '.']).next() == Some(place);
    let may_declare =
        |places: &[&str]| paths.iter().any(|path| places.iter().any(|place| is_of(path, place)));
    DECLARED_IN.iter().filter(|(_, places)| may_declare(places)).map(|(code, _)| *code).collect()
}

/// The section of iamc.toml in which an error lies: empty where its text could not be read as TOML.
fn section_of_error<'a>(sources: &'a Sources, found: &Diagnostic) -> Option<&'a str> {
    let span = found.span().filter(|_| found.is_error())?;
    let source = sources.get(span.file).filter(|source| source.path == "iamc.toml")?;
    let is_text = [&codes::SYNTAX, &codes::NOT_UTF8, &codes::UNREADABLE_FILE].contains(&found.code);
    Some(if is_text { "" } else { section(source, span.range().start) })
}

/// The first part of the last header at or before `offset`.
fn section(source: &Source, offset: usize) -> &str {
    let headers = source.text.split_inclusive('\n').scan(0, |start, line| {
        let at = *start;
        *start += line.len();
        Some((at, line.trim()))
    });
    let before = headers.take_while(|(at, _)| *at <= offset).filter(|(_, line)| line.starts_with('['));
    let name = before.last().map_or("", |(_, line)| line.trim_start_matches('['));
    name.split([']', '.']).next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use iamc_model::{FileId, Span};

    #[track_caller]
    fn assert_doubt(text: &str, words: &str, of_names: bool, of_output: bool) {
        let sources = Sources::new(vec![Source::new("iamc.toml", text)]);
        let start = text.find(words).unwrap();
        let span = Span::new(FileId(0), start..start + words.len());
        let doubt = Doubt::new(&sources, &[Diagnostic::new(&codes::UNKNOWN_KEY, "unknown", span, "")]);
        assert_eq!((doubt.of_names, doubt.of_output), (of_names, of_output), "{words}");
    }

    #[test]
    fn names_are_in_doubt_where_files_were_not_read() {
        let sources = Sources::new(vec![Source::new("policies", ""), Source::new("groups/a.toml", "a")]);
        let policies = Span::new(FileId(1), 0..0);
        let link = Diagnostic::new(&codes::LINK_OUTSIDE, "leads out", policies, "");
        let doubt = Doubt::new(&sources, &[link]);
        let covers = |code| doubt.covers(&Diagnostic::new(code, "unknown", Span::new(FileId(0), 0..1), ""));
        assert!(covers(&codes::UNKNOWN_POLICY) && covers(&codes::UNKNOWN_TEMPLATE));
        assert!(!covers(&codes::UNKNOWN_GROUP) && !covers(&codes::CYCLE));
    }

    #[test]
    fn the_section_of_an_error_says_what_is_in_doubt() {
        let text = "[project]\nacount = 1\n[lints]\nbad = 2\n[limits] # most\nmost = 3\n[[category]]\nnam = 4\n\
            [variable]\nx = 5\n[kubernetes.groups.eng]\nrole = 6\n";
        assert_doubt(text, "acount", true, true);
        assert_doubt(text, "bad", false, false);
        assert_doubt(text, "most = ", false, true);
        assert_doubt(text, "nam", false, true);
        assert_doubt(text, "[variable]", true, true);
        assert_doubt(text, "role", true, true);
        assert_doubt("top = 1\n[lints]\n", "top", true, true);
    }
}
