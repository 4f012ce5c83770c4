//! `silence`: a lint that does not count here, and why.

use iamc_model::declaration::Silence;
use iamc_model::{Code, Spanned, codes, name};

use crate::read::{Reader, Value};

const EXAMPLE: &str = "{ lint = \"unused-policy\", reason = \"…\" }";

/// The entries of a `silence`.
pub(crate) fn silence<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Vec<Silence>> {
    let items = reader.array(value, "an array of tables", EXAMPLE)?;
    Some(items.into_iter().filter_map(|item| entry(reader, item)).collect())
}

fn entry<'a>(reader: &mut Reader<'a>, item: Value<'a>) -> Option<Silence> {
    let mut section = reader.section(item, "a silence", EXAMPLE)?;
    let lint = section.require(reader, &["lint"], "write `lint = \"unused-policy\"`");
    let reason = section.require(reader, &["reason"], "write `reason = \"…\"`: why it does not count here");
    section.finish(reader);
    let lint = lint.and_then(|lint| reader.filled_string(lint));
    let lint = lint.filter(|lint| self::lint(reader, Spanned::new(lint, lint.span)).is_some());
    let reason = reason.and_then(|reason| reader.filled_string(reason));
    Some(Silence { lint: lint?, reason: reason? })
}

/// The lint of a name; an error of the language is none.
pub(crate) fn lint(reader: &mut Reader<'_>, word: Spanned<&str>) -> Option<&'static Code> {
    let found = codes::ALL.iter().copied().find(|code| code.rule() == word.value);
    if let Some(code) = found.filter(|code| code.is_lint()) {
        return Some(code);
    }
    let lints = || codes::ALL.iter().filter(|code| code.is_lint()).map(|code| code.rule());
    let (message, label, help) = match found {
        Some(_) => (
            format!("`{}` is an error of the language, not a lint", word.value),
            "has no level",
            "remove it: an error can neither be silenced nor be given a level".to_owned(),
        ),
        None => {
            let short = word.value.rsplit("::").next().unwrap_or_default();
            let near = name::nearest(short, lints());
            let help =
                near.map_or("`iamc rule` lists the lints".to_owned(), |near| format!("write `{near}`"));
            (format!("there is no lint `{}`", word.value), "unknown lint", help)
        }
    };
    reader.error(&codes::UNKNOWN_LINT, message, word.span, label, help);
    None
}
