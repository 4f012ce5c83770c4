//! `jane.doe = ["Developers"]`: to TOML a key `doe` of `jane`, to its author an engineer `jane.doe`.

use iamc_model::project::DeclKind;
use iamc_model::{Span, Spanned};
use toml::de::DeTable;

use super::KIND;
use crate::read::{Reader, Section, Value, What};
use crate::rules::{Setup, principal};

/// Whether an entry of `[engineer]` is a name with a dot that lacks its quotes, or several that begin
/// alike; each is reported, and is no unknown name to others.
pub(super) fn is_name(reader: &mut Reader<'_>, entry: Value<'_>, setup: &Setup) -> bool {
    let names = names(reader, entry, setup);
    for name in &names {
        setup.engineer.unquoted(reader, *name);
        reader.leave_out(DeclKind::Principal(KIND), name.value, name.span);
    }
    !names.is_empty()
}

/// The names that are meant; none where anything below the entry is, or nearly is, a key of an engineer's.
fn names<'a>(reader: &Reader<'a>, entry: Value<'a>, setup: &Setup) -> Vec<Spanned<&'a str>> {
    let keys = match entry.node.as_table() {
        Some(table) if dotted(reader, entry.key.span).is_some() => reader.entries(table).collect::<Vec<_>>(),
        _ => return vec![],
    };
    let is_meant =
        |name: &Spanned<&str>| setup.engineer.matches(name.value) || !setup.engineer.matches(entry.key.value);
    let name = |key: &Value<'a>| dotted(reader, key.key.span).filter(is_meant).filter(|_| !key.is_scalar());
    let names = keys.iter().map(name).collect::<Option<Vec<_>>>().unwrap_or_default();
    if is_any_key(&keys) { vec![] } else { names }
}

/// The whole of the dotted key, at the beginning of a line, that a part of it stands in.
fn dotted<'a>(reader: &Reader<'a>, part: Span) -> Option<Spanned<&'a str>> {
    let (start, line) = reader.line_of(part)?;
    let key = line.split('=').next().unwrap_or_default().trim_end();
    let is_plain = key.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
    let span = Span::new(part.file, start..start + key.len());
    (is_plain && key.contains('.') && part.end <= span.end).then_some(Spanned::new(key, span))
}

/// Whether one of these is a key that an engineer has, or a slip of one.
fn is_any_key(keys: &[Value<'_>]) -> bool {
    let (Some(first), none) = (keys.first(), DeTable::new()) else { return false };
    let mut section = Section::new(&none, What::Words(""), first.span);
    let mut reader = Reader::new(first.span.file, "");
    principal::attributes(&mut reader, &mut section, &principal::keys(KIND));
    keys.iter().any(|key| section.nearest(key.key.value).is_some())
}
