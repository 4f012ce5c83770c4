//! What each kind of declaration takes: a file a rule.

mod assertion;
mod conditions;
mod engineer;
mod for_each;
mod group;
mod members;
mod mentions;
mod names;
mod params;
mod policy;
mod principal;
mod sensitive;
mod settings;
mod silence;
mod statement;
mod tags;
mod time;
mod trust;

pub(crate) use assertion::assertions;
pub(crate) use names::EngineerPattern;
pub(crate) use sensitive::sensitive;
pub(crate) use settings::settings;

use iamc_model::project::DeclKind;
use iamc_model::{PrincipalKind, Project, Settings};

use crate::read::{Reader, Value};

/// What declarations are judged by besides themselves.
pub(crate) struct Setup {
    /// iamc.toml.
    pub(crate) settings: Settings,
    /// What engineers are called.
    pub(crate) engineer: EngineerPattern,
}

impl Setup {
    /// Declarations are judged by these settings.
    pub(crate) fn new(settings: Settings) -> Self {
        let engineer = EngineerPattern::new(&settings.naming.engineer_pattern);
        Self { settings, engineer }
    }
}

/// Reads one declaration into the project, or keeps its name where it has to be left out.
pub(crate) fn declaration<'a>(
    reader: &mut Reader<'a>,
    kind: DeclKind,
    entry: Value<'a>,
    setup: &Setup,
    project: &mut Project,
) {
    let is_read = match kind {
        DeclKind::Policy => policy::policy(reader, entry).map(|decl| project.policies.push(decl)),
        DeclKind::Template => policy::template(reader, entry).map(|decl| project.templates.push(decl)),
        DeclKind::Group => group::group(reader, entry).map(|decl| project.groups.push(decl)),
        DeclKind::Principal(PrincipalKind::Engineer) => {
            engineer::engineer(reader, entry, setup).map(|decl| project.principals.push(decl))
        }
        DeclKind::Principal(kind) => {
            principal::principal(reader, entry, kind, setup).map(|decl| project.principals.push(decl))
        }
        DeclKind::Assert => Some(()),
    };
    if is_read.is_none() {
        for name in for_each::names(entry) {
            reader.leave_out(kind, name, entry.key.span);
        }
        mentions::collect(reader, kind, entry);
    }
}
