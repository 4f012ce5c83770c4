//! Whether a statement allows an action to somebody, whatever else they hold.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use iamc_access::exact::{self, Answer, Caps, NoNames, Premise, Question, Reading, Region};
use iamc_access::{Context, Statement};
use iamc_catalog::{Catalog, ResourceType};
use iamc_model::declaration::Effect;

use super::held::Held;
use super::holdings::Holdings;
use crate::arn::literal_start;
use crate::pattern::has_wildcard;

/// Steps for one question; beyond them it counts as allowed.
const CAPS: Caps = Caps { steps: 200_000, ..Caps::DEFAULT };

/// A name that no policy has: what covers a resource of this name covers any.
const NOBODYS: &str = "named-by-nobody";

/// Of which resources it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    /// Any that the action works on.
    Some,
    /// One whose name stands nowhere, not even in part: where that is allowed the resource is not
    /// bound.
    Unbound,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wanted<'q> {
    pub(super) action: &'q str,
    pub(super) scope: Scope,
    /// The service that gets a role.
    pub(super) passed_to: Option<&'q str>,
}

/// What an answer depends on.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Asked {
    statement: usize,
    action: String,
    scope: Scope,
    passed_to: Option<String>,
    /// The Denies that count.
    denies: Vec<usize>,
    /// The closure, where something is known of its principals.
    closure: Option<usize>,
}

/// Answers each question once.
pub(super) struct Ask<'h, 'a> {
    holdings: &'h Holdings<'a>,
    /// By action.
    types: RefCell<BTreeMap<String, Rc<[&'a ResourceType]>>>,
    known: RefCell<BTreeMap<Asked, bool>>,
}

impl<'h, 'a> Ask<'h, 'a> {
    pub(super) fn new(holdings: &'h Holdings<'a>) -> Self {
        Self { holdings, types: RefCell::default(), known: RefCell::default() }
    }

    /// Whether the statement, an Allow that names the action, can allow it, as far as its resources go.
    pub(super) fn can_allow(&self, held: &Held<'_>, wanted: Wanted<'_>) -> bool {
        if held.effect == Effect::Deny {
            return false;
        }
        if is_on_star(held) {
            return true;
        }
        if self.types(wanted.action).is_empty() {
            return held.resources.negated;
        }
        let mut places = self.places(held, wanted);
        places.retain(|place| {
            held.may_concern(literal_start(place)) && held.ready().may_concern(wanted.action, Some(place))
        });
        is_plainly_on(held, &places)
            || !places.is_empty() && find(&[held.ready()], &places, &Context::new(), wanted)
    }

    /// Whether there is such a request that the statement, which [can allow](Self::can_allow) it, allows
    /// and no Deny of the closure denies, whatever the context. What cannot be told may be.
    pub(super) fn allows(&self, closure: usize, statement: usize, wanted: Wanted<'_>) -> bool {
        let held = &self.holdings.statements[statement];
        let (number, closure) = (closure, &self.holdings.closures[closure]);
        let denies = closure.denies.iter().copied();
        let denies: Vec<usize> = denies
            .filter(|&at| self.holdings.statements[at].ready().may_concern(wanted.action, None))
            .collect();
        if denies.is_empty() && held.conditions.is_empty() {
            return true;
        }
        let asked = Asked {
            statement,
            action: wanted.action.to_owned(),
            scope: wanted.scope,
            passed_to: wanted.passed_to.map(str::to_owned),
            denies,
            closure: (closure.context != Context::new()).then_some(number),
        };
        if let Some(&known) = self.known.borrow().get(&asked) {
            return known;
        }
        let denies = asked.denies.iter().map(|&at| self.holdings.statements[at].ready());
        let statements: Vec<&Statement> = std::iter::once(held.ready()).chain(denies).collect();
        let allows = find(&statements, &self.places(held, wanted), &closure.context, wanted);
        self.known.borrow_mut().insert(asked, allows);
        allows
    }

    /// Patterns of the resources that the action works on, in the regions and accounts that the
    /// statement names; `*` where it takes no other. What stands nowhere no statement names to the letter.
    fn places(&self, held: &Held<'_>, wanted: Wanted<'_>) -> Vec<String> {
        let types = self.types(wanted.action);
        if types.is_empty() {
            return vec!["*".to_owned()];
        }
        let can_meet = |kind: &&&ResourceType| wanted.scope == Scope::Some || may_be_of_nobody(held, kind);
        let types: Vec<&ResourceType> = types.iter().filter(can_meet).copied().collect();
        if types.is_empty() {
            return vec![];
        }
        let written = held.resources.patterns.iter().filter(|_| !held.resources.negated);
        let mut fields: Vec<[Cow<'_, str>; 3]> = written.map(|pattern| self.fields(pattern)).collect();
        fields.push(self.fields("*"));
        fields.sort();
        fields.dedup();
        let places = |kind: &ResourceType| {
            fields.iter().map(|fields| place(&kind.arn, fields, wanted.scope)).collect::<Vec<_>>()
        };
        types.into_iter().flat_map(places).collect()
    }

    /// A partition, a region and an account that a resource names; any where it names none.
    fn fields<'p>(&'p self, pattern: &'p str) -> [Cow<'p, str>; 3] {
        let settings = &self.holdings.subject.project.settings;
        let account = settings.account.as_ref().map_or("123456789012", |account| &account.value);
        let mut parts = pattern.split(':').skip(1);
        let mut field = |skipped: usize, other: &'p str| match parts.nth(skipped) {
            None | Some("" | "*") => Cow::Borrowed(other),
            Some(text) if has_wildcard(text) => Cow::Owned(text.replace(['*', '?'], "1")),
            Some(text) => Cow::Borrowed(text),
        };
        [field(0, &settings.partition.value), field(1, "eu-central-1"), field(0, account)]
    }

    /// The shapes of the resources that an action needs, or where it needs none of those that it takes.
    fn types(&self, action: &str) -> Rc<[&'a ResourceType]> {
        if let Some(known) = self.types.borrow().get(action) {
            return Rc::clone(known);
        }
        let types: Rc<[&'a ResourceType]> = types(action, self.holdings.subject.catalog).into();
        self.types.borrow_mut().insert(action.to_owned(), Rc::clone(&types));
        types
    }
}

/// Whether there is a request that the first statement surely matches, as far as its variables are known,
/// and none of the others.
fn find(statements: &[&Statement], places: &[String], context: &Context, wanted: Wanted<'_>) -> bool {
    let Some((allow, denies)) = statements.split_first() else { return false };
    let is_open = allow.resources().patterns.iter().any(|pattern| pattern.contains("${"));
    let reading = if is_open { Reading::Wide } else { Reading::Narrow };
    let mut context = context.clone();
    if let Some(service) = wanted.passed_to {
        context.set("iam:PassedToService", [service]);
    }
    let question = Question {
        positives: vec![Premise { statement: allow, reading }],
        negatives: denies.iter().map(|statement| Premise { statement, reading: Reading::Narrow }).collect(),
        region: Region {
            action: wanted.action,
            resources: places.iter().map(String::as_str).collect(),
            context: &context,
        },
        caps: CAPS,
    };
    exact::find(&question, &NoNames) != Answer::None
}

/// Whether it has no conditions and names one of these places to the letter.
fn is_plainly_on(held: &Held<'_>, places: &[String]) -> bool {
    let is_named = |place: &String| !has_wildcard(place) && held.resources.patterns.contains(place);
    held.conditions.is_empty() && !held.resources.negated && places.iter().any(is_named)
}

/// Whether one of its resources is `*`.
fn is_on_star(held: &Held<'_>) -> bool {
    let is_star = |pattern: &String| pattern.bytes().all(|byte| byte == b'*');
    !held.resources.negated && held.resources.patterns.iter().any(is_star)
}

fn types<'c>(action: &str, catalog: &'c Catalog) -> Vec<&'c ResourceType> {
    let Some((prefix, name)) = action.split_once(':') else { return vec![] };
    let Some(service) = catalog.service(prefix) else { return vec![] };
    let Some(action) = service.action(name) else { return vec![] };
    let needs_one = action.resources().iter().any(|resource| resource.required);
    let resources = action.resources().iter().filter(|resource| resource.required || !needs_one);
    resources.flat_map(|resource| service.resource_types(&resource.name)).collect()
}

/// Whether a statement can be about a resource of a type whose name stands nowhere, as far as the
/// beginnings of its own tell.
fn may_be_of_nobody(held: &Held<'_>, kind: &ResourceType) -> bool {
    let start = kind.resource_start();
    let is_alike = |own: &str| match own.strip_prefix(start) {
        Some(name) => name.starts_with(NOBODYS) || NOBODYS.starts_with(name),
        None => start.starts_with(own),
    };
    let mut own = held.starts.iter().map(|own| own.splitn(6, ':').nth(5));
    !kind.has_name() || held.resources.negated || own.any(|own| own.is_none_or(is_alike))
}

/// `arn:aws:s3:::*/*` of `arn:${Partition}:s3:::${BucketName}/${ObjectName}`.
fn place(arn: &str, [partition, region, account]: &[Cow<'_, str>; 3], scope: Scope) -> String {
    let mut place = String::new();
    for (at, piece) in arn.split("${").enumerate() {
        let text = if at == 0 { piece } else { piece.split_once('}').map_or("", |(_, text)| text) };
        if at > 0 {
            place.push_str(match (place.matches(':').count(), scope) {
                (1, _) => partition,
                (3, _) => region,
                (4, _) => account,
                (_, Scope::Some) => "*",
                (_, Scope::Unbound) => NOBODYS,
            });
        }
        place.push_str(text);
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_of_the_types_that_an_action_needs() {
        let catalog = Catalog::builtin();
        let fields = ["aws", "eu-central-1", "123456789012"].map(Cow::Borrowed);
        let places = |action, scope| -> Vec<String> {
            types(action, &catalog).iter().map(|kind| place(&kind.arn, &fields, scope)).collect()
        };
        assert_eq!(places("iam:PassRole", Scope::Some), ["arn:aws:iam::123456789012:role/*"]);
        assert_eq!(
            places("iam:PassRole", Scope::Unbound),
            ["arn:aws:iam::123456789012:role/named-by-nobody"]
        );
        assert!(places("ec2:DescribeInstances", Scope::Some).is_empty());
        assert!(places("unheard:Of", Scope::Some).is_empty());
    }
}
