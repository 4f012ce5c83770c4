//! Tables of names: what a name refers to, and which names are defined twice.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use iamc_model::graph::{GroupId, PolicyId};
use iamc_model::name::nearest;
use iamc_model::project::DeclKind;
use iamc_model::{Diagnostic, Project, Span, codes};
use rayon::prelude::*;

/// The names of a project by what they refer to.
pub(super) struct Names {
    pub(super) policies: Table<PolicyId>,
    pub(super) groups: Table<GroupId>,
    pub(super) templates: Table<()>,
    pub(super) principals: Table<()>,
}

/// The names of one kind. A name that is declared, but has no id since something is wrong with it, is
/// known all the same: that has been said at its declaration.
pub(super) struct Table<Id> {
    ids: BTreeMap<Arc<str>, Id>,
    broken: Vec<Pattern>,
    /// How many names have been looked at for the nearest.
    compared: AtomicUsize,
}

/// Names that are looked at for those nearest to unknown ones, all unknown ones together.
const MOST_COMPARED: usize = 500_000;

impl<Id> Default for Table<Id> {
    fn default() -> Self {
        Self { ids: BTreeMap::new(), broken: vec![], compared: AtomicUsize::new(0) }
    }
}

/// What a name refers to.
pub(super) enum Referent<Id> {
    Known(Id),
    /// Declared, but wrongly: no reference to it is reported.
    Broken,
    Unknown,
}

impl<Id: Copy> Table<Id> {
    pub(super) fn new(ids: impl IntoIterator<Item = (Arc<str>, Id)>) -> Self {
        Self { ids: ids.into_iter().collect(), ..Self::default() }
    }

    /// Adds names, which may hold `{placeholders}`, of declarations that could not be made.
    pub(super) fn with_broken(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.broken.extend(names.into_iter().map(|name| Pattern::of(&name)));
        self
    }

    /// Adds the names of the declarations that could not be read.
    pub(super) fn with_unreadable(self, project: &Project, is_kind: impl Fn(DeclKind) -> bool) -> Self {
        let unreadable = project.unreadable.iter().filter(|decl| is_kind(decl.kind));
        self.with_broken(unreadable.map(|decl| decl.name.value.clone()))
    }

    pub(super) fn get(&self, name: &str) -> Referent<Id> {
        match self.ids.get(name) {
            Some(&id) => Referent::Known(id),
            None if self.broken.iter().any(|pattern| pattern.matches(name)) => Referent::Broken,
            None => Referent::Unknown,
        }
    }

    pub(super) fn holds(&self, name: &str) -> bool {
        !matches!(self.get(name), Referent::Unknown)
    }

    /// The known name, soundly declared or not, that another is a slip of. Where very many are unknown,
    /// it is not slips that they are, and only the first are looked up: so this is asked in the order of
    /// the files, by one thread.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        if self.compared.load(Relaxed) > MOST_COMPARED {
            return None;
        }
        self.compared.fetch_add(self.ids.len() + self.broken.len(), Relaxed);
        let broken = self.broken.iter().filter_map(Pattern::as_name);
        nearest(name, self.ids.keys().map(|name| &**name).chain(broken))
    }
}

/// A name whose `{placeholders}` stand for anything.
struct Pattern {
    literals: Vec<String>,
}

impl Pattern {
    fn of(name: &str) -> Self {
        let mut literals = Vec::new();
        let mut rest = name;
        while let Some((literal, after)) = rest.split_once('{') {
            literals.push(literal.to_owned());
            rest = after.split_once('}').map_or("", |(_, after)| after);
        }
        literals.push(rest.to_owned());
        Self { literals }
    }

    /// The name, where it holds no placeholder.
    fn as_name(&self) -> Option<&str> {
        match self.literals.as_slice() {
            [name] => Some(name),
            _ => None,
        }
    }

    fn matches(&self, name: &str) -> bool {
        let [first, middle @ .., last] = self.literals.as_slice() else {
            return self.literals.iter().any(|literal| literal == name);
        };
        let Some(mut rest) =
            name.strip_prefix(first.as_str()).and_then(|rest| rest.strip_suffix(last.as_str()))
        else {
            return false;
        };
        middle.iter().all(|literal| match rest.split_once(literal.as_str()) {
            Some((_, after)) => {
                rest = after;
                true
            }
            None => false,
        })
    }
}

/// Something that is declared under a name, with the place to show for it.
pub(super) struct Named<'a, T> {
    pub(super) name: Cow<'a, str>,
    /// The name in the declaration.
    pub(super) span: Span,
    /// The entry of its `for-each` that makes this name.
    pub(super) entry: Option<Span>,
    pub(super) item: T,
}

/// The first of each name in the order of the files, sorted by name; every other is a
/// `duplicate-definition`. With `fold_case` names that differ only in case are one.
pub(super) fn unique<'a, T: Send>(
    mut declared: Vec<Named<'a, T>>,
    noun: &str,
    fold_case: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Named<'a, T>> {
    let compare = if fold_case { ignoring_case } else { str::cmp };
    let place = |named: &Named<'a, T>| (named.span, named.entry);
    declared.par_sort_by(|a, b| compare(&a.name, &b.name).then_with(|| place(a).cmp(&place(b))));
    declared.dedup_by(|again, first| {
        let is_duplicate = compare(&again.name, &first.name).is_eq();
        diagnostics.extend(is_duplicate.then(|| duplicate(noun, again, first)));
        is_duplicate
    });
    if fold_case {
        declared.par_sort_by(|a, b| a.name.cmp(&b.name));
    }
    declared
}

fn ignoring_case(one: &str, other: &str) -> Ordering {
    let [one, other] = [one, other].map(|name| name.bytes().map(|byte| byte.to_ascii_lowercase()));
    one.cmp(other)
}

/// Two declarations are shown by their names, two entries of one `for-each` by themselves.
fn duplicate<T>(noun: &str, again: &Named<'_, T>, first: &Named<'_, T>) -> Diagnostic {
    let (name, known) = (&again.name, &first.name);
    let message = if name == known {
        format!("the {noun} `{name}` is defined twice")
    } else {
        format!("the {noun}s `{known}` and `{name}` differ only in case, which IAM does not see")
    };
    let is_one = again.span == first.span;
    let place = |named: &Named<'_, T>| named.entry.filter(|_| is_one).unwrap_or(named.span);
    let report = Diagnostic::new(
        &codes::DUPLICATE_DEFINITION,
        message,
        place(again),
        format!("defines `{name}` again"),
    )
    .also(place(first), format!("`{known}` is first defined here"))
    .help("rename or remove one of the two");
    let entries =
        [again, first].into_iter().filter(|_| !is_one).filter_map(|named| named.entry.zip(Some(&named.name)));
    entries.fold(report, |report, (entry, name)| report.also(entry, format!("makes `{name}`")))
}

#[cfg(test)]
mod tests {
    use super::{Pattern, Table};

    #[test]
    fn only_so_many_names_are_looked_up() {
        let table = Table::new((0..1_000).map(|at| (format!("Policy{at:04}").into(), ())));
        assert_eq!(table.nearest("Polcy0042"), Some("Policy0042"));
        let found = (0..1_000).filter(|_| table.nearest("Polcy0042").is_some()).count();
        assert!((400..600).contains(&found), "{found}");
    }

    #[test]
    fn patterns_of_broken_names() {
        assert!(Pattern::of("Base").matches("Base") && !Pattern::of("Base").matches("Bases"));
        let pattern = Pattern::of("S3{name}On{bucket}End");
        assert!(pattern.matches("S3SalesOnDataEnd") && !pattern.matches("S3SalesEnd"));
        assert!(!Pattern::of("A{x}A").matches("A"));
    }
}
