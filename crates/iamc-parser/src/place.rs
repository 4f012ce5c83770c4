//! Which file holds which tables.

use iamc_model::PrincipalKind;
use iamc_model::name;
use iamc_model::project::DeclKind;

/// What a file is for, by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// iamc.toml
    Settings,
    /// A file of declarations.
    Declarations(&'static Home),
}

/// A kind of files of declarations.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Home {
    /// The file at the project's root, if there may be one.
    pub(crate) file: Option<&'static str>,
    /// The folder.
    pub(crate) folder: &'static str,
    /// The tables that stand there.
    pub(crate) tables: &'static [&'static str],
}

impl Home {
    /// As a person says it: `engineers.toml or engineers/`.
    pub(crate) fn describe(&self) -> String {
        let folder = self.folder;
        self.file.map_or_else(|| format!("{folder}/"), |file| format!("{file} or {folder}/"))
    }
}

/// The file of the settings.
pub(crate) const SETTINGS: &str = "iamc.toml";

/// All kinds of files of declarations.
pub(crate) static HOMES: [Home; 6] = [
    Home { file: None, folder: "policies", tables: &["policy", "template"] },
    Home { file: None, folder: "groups", tables: &["group"] },
    Home { file: Some("engineers.toml"), folder: "engineers", tables: &["engineer"] },
    Home { file: Some("service-users.toml"), folder: "service-users", tables: &["service-user"] },
    Home { file: Some("roles.toml"), folder: "roles", tables: &["role"] },
    Home { file: Some("assertions.toml"), folder: "assertions", tables: &["assert"] },
];

/// The tables of iamc.toml.
pub(crate) const SETTINGS_TABLES: [&str; 11] = [
    "project",
    "variables",
    "naming",
    "engineer-defaults",
    "service-user-defaults",
    "role-defaults",
    "category",
    "emit",
    "limits",
    "kubernetes",
    "lints",
];

impl Place {
    /// What the file at a path is for; nothing where it is none of iamc's.
    pub(crate) fn of(path: &str) -> Option<Self> {
        if path == SETTINGS {
            return Some(Self::Settings);
        }
        let is_home = |home: &&Home| home.file == Some(path) || path.split('/').next() == Some(home.folder);
        HOMES.iter().find(is_home).map(Self::Declarations)
    }

    /// The tables that stand there.
    pub(crate) fn tables(self) -> &'static [&'static str] {
        match self {
            Self::Settings => &SETTINGS_TABLES,
            Self::Declarations(home) => home.tables,
        }
    }
}

/// Where a table belongs: `policies/`. None for one that does not exist.
pub(crate) fn where_belongs(table: &str) -> Option<String> {
    if SETTINGS_TABLES.contains(&table) {
        return Some(SETTINGS.to_owned());
    }
    HOMES.iter().find(|home| home.tables.contains(&table)).map(Home::describe)
}

/// What a table of this name declares.
pub(crate) fn declaration_kind(table: &str) -> Option<DeclKind> {
    match table {
        "policy" => Some(DeclKind::Policy),
        "template" => Some(DeclKind::Template),
        "group" => Some(DeclKind::Group),
        "assert" => Some(DeclKind::Assert),
        _ => PrincipalKind::ALL.into_iter().find(|kind| kind.key() == table).map(DeclKind::Principal),
    }
}

/// The table as a person says it: `service user`.
pub(crate) fn noun(table: &str) -> &str {
    match declaration_kind(table) {
        Some(DeclKind::Principal(kind)) => kind.noun(),
        _ => table,
    }
}

/// The table that a misspelt one is meant to be; those of its place come first.
pub(crate) fn nearest_table(table: &str, place: Place) -> Option<&'static str> {
    let plurals = [
        ("policies", "policy"),
        ("categories", "category"),
        ("assertion", "assert"),
        ("assertions", "assert"),
    ];
    let everywhere = HOMES.iter().flat_map(|home| home.tables).chain(&SETTINGS_TABLES).copied();
    let plural = plurals.iter().find(|(plural, _)| *plural == table).map(|&(_, singular)| singular);
    plural
        .or_else(|| name::nearest(table, place.tables().iter().copied()))
        .or_else(|| name::nearest(table, everywhere))
}
