//! A project as written.

use crate::assertion::AssertDecl;
use crate::declaration::{GroupDecl, PolicyDecl, PrincipalDecl, PrincipalKind, TemplateDecl};
use crate::settings::Settings;
use crate::source::Spanned;

/// Everything that the files of a project declare, in the order of the files and of their lines.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// iamc.toml, with the defaults for what it leaves out.
    pub settings: Settings,
    /// `[policy.X]`
    pub policies: Vec<PolicyDecl>,
    /// `[template.X]`
    pub templates: Vec<TemplateDecl>,
    /// `[group.X]`
    pub groups: Vec<GroupDecl>,
    /// `[engineer.X]`, `[service-user.X]`, `[role.X]`
    pub principals: Vec<PrincipalDecl>,
    /// `[[assert]]`
    pub assertions: Vec<AssertDecl>,
    /// Names of declarations that were seen but could not be read: never reported as unknown.
    pub unreadable: Vec<UnreadableDecl>,
    /// Names that such declarations refer to, as far as they could be read: those that do not exist are
    /// reported all the same.
    pub mentions: Vec<Mention>,
}

impl Project {
    /// Adds what the files behind these declare; their settings do not count.
    pub fn append(&mut self, mut files: Self) {
        self.policies.append(&mut files.policies);
        self.templates.append(&mut files.templates);
        self.groups.append(&mut files.groups);
        self.principals.append(&mut files.principals);
        self.assertions.append(&mut files.assertions);
        self.unreadable.append(&mut files.unreadable);
        self.mentions.append(&mut files.mentions);
    }
}

/// A declaration whose header could be read, but not what it says.
#[derive(Debug, Clone)]
pub struct UnreadableDecl {
    /// What it declares.
    pub kind: DeclKind,
    /// Its name.
    pub name: Spanned<String>,
}

/// A name in a declaration that could not be read.
#[derive(Debug, Clone)]
pub struct Mention {
    /// What it refers to.
    pub kind: DeclKind,
    /// The name.
    pub name: Spanned<String>,
}

/// What a top-level table declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeclKind {
    /// `[policy.X]`
    Policy,
    /// `[template.X]`
    Template,
    /// `[group.X]`
    Group,
    /// `[engineer.X]`, `[service-user.X]`, `[role.X]`
    Principal(PrincipalKind),
    /// `[[assert]]`
    Assert,
}
