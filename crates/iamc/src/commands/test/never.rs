//! What should never be: a request that may be allowed, somehow, to a subject or as a role that it can
//! come to be.

use std::collections::BTreeSet;

use iamc_access::assume::{Reach, reach};
use iamc_access::exact::{self, Answer, Caps, Region, Witness};
use iamc_access::{Decision, Request, decide};
use iamc_catalog::Catalog;
use iamc_effective::Names;
use iamc_model::assertion::AssertDecl;

use super::examine::{Examiner, Possible, Way};
use crate::decisions::{Class, Classes, Examples, Roles, reason};
use crate::request::{Asked, EPOCH_TIME};

/// The subjects to whom something may be allowed that never should be.
pub(super) fn possible<'a>(
    examiner: &Examiner<'a>,
    assertion: &AssertDecl,
    asked: &Asked,
    subjects: &[usize],
) -> Vec<(usize, Way<'a>)> {
    let Examiner { compilation, accesses, .. } = *examiner;
    let roles = (!assertion.direct).then(|| Roles::new(compilation, accesses, asked));
    let actors = match &roles {
        Some(roles) => roles.within_reach(subjects),
        None => subjects.iter().copied().collect::<BTreeSet<usize>>(),
    };
    let classes = Classes::new(compilation, accesses, asked, actors);
    let catalog = examiner.catalog;
    let answers: Vec<Answer> = classes.each(|class| search(catalog, class));
    let is_possible = |actor: usize| classes.of(actor).is_some_and(|class| answers[class] != Answer::None);
    let own: Vec<Decision> = (0..compilation.grants.principals.len())
        .map(|actor| if is_possible(actor) { Decision::Conditional } else { Decision::ImplicitlyDenied })
        .collect();
    let reached = match &roles {
        Some(roles) => reach(&own, roles),
        None => own.into_iter().map(|decision| Reach { decision, through: vec![] }).collect(),
    };
    let way = |subject: usize| {
        let through = reached[subject].through.clone();
        let class = classes.of(through.last().copied().unwrap_or(subject))?;
        way(&classes.list[class], &answers[class], through, catalog)
    };
    subjects.iter().filter_map(|&subject| Some((subject, way(subject)?))).collect()
}

fn search(catalog: &Catalog, class: &Class<'_>) -> Answer {
    let region = Region::of(&class.request);
    let names = Names(catalog);
    exact::grants_any(class.access.permissions(), &region, Caps::default(), &names)
}

fn way<'a>(class: &Class<'a>, answer: &Answer, through: Vec<usize>, catalog: &Catalog) -> Option<Way<'a>> {
    match answer {
        Answer::None => None,
        Answer::Unknown(_) if !class.access.unknown.is_empty() => {
            let arns = class.access.unknown.join("`, `");
            Some(Way::Unknown {
                reason: format!("`{arns}` is attached, and nothing is known of it"),
                through,
            })
        }
        Answer::Unknown(reason) => Some(Way::Unknown { reason: reason.clone(), through }),
        Answer::Witness(witness) => Some(Way::Possible(example(class, witness, through, catalog))),
    }
}

fn example<'a>(class: &Class<'a>, witness: &Witness, through: Vec<usize>, catalog: &Catalog) -> Possible<'a> {
    let permissions = class.access.permissions();
    let examples = Examples { permissions, request: &class.request, catalog };
    let mut context = class.request.context.clone();
    context.extend(&witness.context);
    let Witness { action, resource, .. } = witness;
    let action = examples.likelier(action, resource, &witness.context);
    let request = Request { action, resource: Some(resource.clone()), context };
    let verdict = decide(permissions, &request);
    // One clock under two names: one of them is enough.
    let keys = witness.context.present().filter(|(key, _)| !key.eq_ignore_ascii_case(EPOCH_TIME));
    Possible {
        through,
        sources: reason::sources(&class.access, &verdict),
        action: request.action,
        resource: witness.resource.clone(),
        context: keys.map(|(key, values)| (key.to_owned(), values.to_vec())).collect(),
    }
}
