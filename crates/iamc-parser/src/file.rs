//! One file: its tables, each given to the rules for its kind.

use std::collections::BTreeSet;

use iamc_model::project::DeclKind;
use iamc_model::sensitive::SensitiveDecl;
use iamc_model::{Diagnostic, FileId, Project, Settings, Source, codes};

use crate::place::{self, Place};
use crate::read::{Reader, Value, list};
use crate::rules::{self, Setup};
use crate::syntax::{self, Checked};

/// The declarations that are not to be believed, as `(kind, name)`.
type Unsound<'u> = BTreeSet<(&'u str, &'u str)>;

/// A file, and what is wrong with it.
pub(crate) struct File<'s> {
    id: FileId,
    source: &'s Source,
    /// What the file is for.
    pub(crate) place: Place,
    /// What of it can be parsed, once that is known.
    checked: Option<Checked<'s>>,
    diagnostics: Vec<Diagnostic>,
}

impl<'s> File<'s> {
    /// A file that is yet to be read; nothing where it is none of iamc's.
    pub(crate) fn new(id: FileId, source: &'s Source) -> Option<Self> {
        let place = Place::of(&source.path)?;
        Some(Self { id, source, place, checked: None, diagnostics: vec![] })
    }

    /// Reads the settings.
    pub(crate) fn settings(&mut self) -> Settings {
        let checked = self.check();
        let settings = checked.with_table(|table| {
            let mut reader = Reader::new(self.id, &self.source.text);
            let settings = rules::settings(&mut reader, table);
            self.diagnostics.append(&mut reader.diagnostics);
            settings
        });
        self.checked = Some(checked);
        settings
    }

    /// Reads the declarations; gives all that is wrong with the file.
    pub(crate) fn declarations(mut self, setup: &Setup) -> (Project, Vec<Diagnostic>) {
        let checked = self.checked.take().unwrap_or_else(|| self.check());
        let project = checked.with_table(|table| {
            let mut project = Project::default();
            let mut reader = Reader::new(self.id, &self.source.text);
            let unsound = leave_out_unsound(&mut reader, &checked);
            for value in reader.entries(table) {
                self::table(&mut reader, self.place, value, &unsound, setup, &mut project);
            }
            self.diagnostics.append(&mut reader.diagnostics);
            project.unreadable = reader.unreadable;
            project.mentions = reader.mentions;
            project
        });
        (project, self.diagnostics)
    }

    /// Checks the file as text and as TOML.
    fn check(&mut self) -> Checked<'s> {
        let mut reader = Reader::new(self.id, &self.source.text);
        let checked = syntax::check(&mut reader, &self.source.text);
        self.diagnostics.append(&mut reader.diagnostics);
        checked
    }
}

fn table<'a>(
    reader: &mut Reader<'a>,
    place: Place,
    value: Value<'a>,
    unsound: &Unsound<'_>,
    setup: &Setup,
    project: &mut Project,
) {
    let key = value.key.value;
    if !place.tables().contains(&key) && !is_elsewhere(reader, place, value) {
        return;
    }
    if let Some(kind) = place::declaration_kind(key) {
        declarations(reader, kind, value, unsound, setup, project);
    }
}

fn leave_out_unsound<'u>(reader: &mut Reader<'_>, checked: &'u Checked<'_>) -> Unsound<'u> {
    for declared in &checked.unsound {
        let kind = place::declaration_kind(&declared.kind).filter(|kind| *kind != DeclKind::Assert);
        if let Some(kind) = kind {
            let span = reader.span(declared.place.0..declared.place.1);
            reader.leave_out(kind, declared.name.as_str(), span);
        }
    }
    checked.unsound.iter().map(|declared| (declared.kind.as_str(), declared.name.as_str())).collect()
}

/// Reports a table that does not stand here; whether it is known elsewhere.
fn is_elsewhere(reader: &mut Reader<'_>, place: Place, value: Value<'_>) -> bool {
    let key = value.key.value;
    if let Some(home) = place::where_belongs(key) {
        let message = format!("`{key}` does not belong in this file");
        let help = format!("move it to {home}");
        reader.error(&codes::MISPLACED_TABLE, message, value.key.span, format!("belongs in {home}"), help);
        return true;
    }
    let near = place::nearest_table(key, place);
    let help = match near {
        Some(near) => format!("write `{near}`"),
        None => lacks_its_table(reader, place, value),
    };
    let message = format!("`{key}` is no table that iamc knows");
    reader.error(&codes::UNKNOWN_KEY, message, value.key.span, "unknown table", help);
    leave_out_all(reader, near, value);
    false
}

/// The help for what is no table and looks like a declaration that lacks its own. It keeps the name, so
/// that nobody calls it unknown.
fn lacks_its_table(reader: &mut Reader<'_>, place: Place, value: Value<'_>) -> String {
    let (name, tables) = (reader.written(value.key.span), place.tables());
    let kinds = tables.iter().filter_map(|table| place::declaration_kind(table));
    let kinds: Vec<DeclKind> = kinds.filter(|kind| *kind != DeclKind::Assert).collect();
    if kinds.is_empty() || value.is_scalar() {
        return format!("remove it; the tables here are {}", list(tables));
    }
    for kind in kinds {
        reader.leave_out(kind, value.key.value, value.key.span);
    }
    if value.node.is_array() && tables == ["engineer"] {
        return "write `[engineer]` on a line above it".to_owned();
    }
    let headers: Vec<String> = tables.iter().map(|table| format!("`[{table}.{name}]`")).collect();
    format!("write {}", headers.join(" or "))
}

/// Keeps the names under a misspelt table, so that nobody calls them unknown.
fn leave_out_all(reader: &mut Reader<'_>, near: Option<&str>, value: Value<'_>) {
    if let (Some(kind), Some(table)) = (near.and_then(place::declaration_kind), value.node.as_table()) {
        for entry in reader.entries(table) {
            reader.leave_out(kind, entry.key.value, entry.key.span);
        }
    }
}

fn declarations<'a>(
    reader: &mut Reader<'a>,
    kind: DeclKind,
    value: Value<'a>,
    unsound: &Unsound<'_>,
    setup: &Setup,
    project: &mut Project,
) {
    let key = value.key.value;
    if kind == DeclKind::Assert {
        return project.assertions.extend(rules::assertions(reader, value));
    }
    let Some(table) = reader.table(value, format_args!("[{key}.NAME]")) else { return };
    for entry in reader.entries(table) {
        if !unsound.contains(&(key, entry.key.value)) {
            rules::declaration(reader, kind, entry, setup, project);
        }
    }
}

/// The table of what nobody may gain.
const SENSITIVE: &str = "sensitive";

/// Reads a file of what nobody may gain.
pub(crate) fn sensitive(id: FileId, source: &Source) -> (Vec<SensitiveDecl>, Vec<Diagnostic>) {
    let mut reader = Reader::new(id, &source.text);
    let checked = syntax::check(&mut reader, &source.text);
    let mut diagnostics = reader.diagnostics;
    let declared = checked.with_table(|table| {
        let mut reader = Reader::new(id, &source.text);
        let mut declared = Vec::new();
        for value in reader.entries(table) {
            match value.key.value {
                SENSITIVE => declared.extend(rules::sensitive(&mut reader, value)),
                other => not_sensitive(&mut reader, other, value),
            }
        }
        diagnostics.append(&mut reader.diagnostics);
        declared
    });
    (declared, diagnostics)
}

fn not_sensitive(reader: &mut Reader<'_>, key: &str, value: Value<'_>) {
    let message = format!("`{key}` is no table of this file");
    let help = match place::where_belongs(key) {
        Some(home) => format!("move it to {home}; the tables here are `[[{SENSITIVE}]]`"),
        None => format!("write `[[{SENSITIVE}]]`"),
    };
    reader.error(&codes::UNKNOWN_KEY, message, value.key.span, "unknown table", help);
}
