//! What is decided of any statements and any request holds, whichever way it is asked.

use iamc_access::exact::{Caps, Gain, NoNames, Side, gains, judge_open};
use iamc_access::{Context, Decision, Permissions, Request, Statement, decide, decide_single, words};

use super::statements::{self, Case};

/// What a search may cost here: a few milliseconds.
const CAPS: Caps = Caps { steps: 20_000, all_steps: 60_000 };

/// Decides requests that are made of the bytes.
pub fn check(data: &[u8]) {
    // Bytes that run out still make a request; those that make none at all are passed over.
    let Ok(case) = statements::case(data) else { return };
    let [before, after] = [&case.before, &case.after].map(|side| side.iter().collect::<Vec<_>>());
    let permissions = Permissions { statements: &after, unknown_documents: false };
    assert_words(&case.after);
    assert_open(permissions, &case);
    assert_concrete(permissions, &case);
    assert_gains(&before, &after, &case);
}

/// Every condition has words.
fn assert_words(statements: &[Statement]) {
    for (&operator, keys) in statements.iter().flat_map(Statement::conditions) {
        for (key, values) in keys {
            assert!(words::condition(operator, key, values).contains(key.as_str()));
        }
    }
}

/// What is decided of a pattern of requests holds of one that it covers, whatever the unknown turns out to be.
fn assert_open(permissions: Permissions<'_>, case: &Case) {
    let request = Request {
        action: case.action_pattern.clone(),
        resource: Some(case.resource_pattern.clone()),
        context: case.known.clone(),
    };
    let verdict = decide(permissions, &request);
    let single = decide_single(permissions, (&case.action, &case.resource), &case.whole);
    let is_real = case.is_real();
    assert!(
        !is_real || leaves_open(verdict.decision, single),
        "{single:?} is not among {verdict:#?} of {case:#?}"
    );
    let any = decide(permissions, &Request { resource: None, ..request.clone() });
    if is_real && is_denied(any.decision) {
        assert_ne!(single, Decision::Allowed, "no resource would do: {any:#?} of {case:#?}");
    }
    let unknown = decide(Permissions { unknown_documents: true, ..permissions }, &request);
    assert!(matches!(unknown.decision, Decision::Conditional | Decision::ExplicitlyDenied));
    for example in verdict.examples.iter().chain(&any.examples) {
        let mut whole = example.context.clone();
        whole.extend(&case.known);
        let whole = settled(whole);
        let decided = decide_single(permissions, (&example.action, &example.resource), &whole);
        let is_so = decided == example.decision || decided == Decision::Conditional;
        assert!(is_so, "{decided:?}, not {example:?} of {case:#?}");
    }
}

/// Of one request whose whole context is known, the evaluator and the exact engine say the same.
fn assert_concrete(permissions: Permissions<'_>, case: &Case) {
    let (action, resource) = (case.action.clone(), Some(case.resource.clone()));
    let single = decide_single(permissions, (&case.action, &case.resource), &case.whole);
    let request = Request { action, resource, context: case.whole.clone() };
    let exact = judge_open(permissions, &request, &NoNames);
    if exact.doubts.is_empty() {
        assert!(leaves_open(single, exact.decision), "{single:?} and {exact:#?} of {case:#?}");
        assert!(leaves_open(exact.decision, single), "{single:?} and {exact:#?} of {case:#?}");
    }
    let less = Request { context: case.known.clone(), ..request };
    let less = decide(permissions, &less).decision;
    assert!(leaves_open(less, single), "{single:?} is not among {less:?} of {case:#?}");
}

fn is_denied(decision: Decision) -> bool {
    matches!(decision, Decision::ImplicitlyDenied | Decision::ExplicitlyDenied)
}

/// Whether a decision is among those that another one, which knew less, left open.
fn leaves_open(less: Decision, more: Decision) -> bool {
    match less {
        Decision::Conditional | Decision::PartlyAllowed => true,
        // What AWS's text leaves open in one request may be told of all of them.
        _ if more == Decision::Conditional => true,
        // A Deny that may match leaves it denied.
        Decision::ImplicitlyDenied => is_denied(more),
        Decision::Allowed | Decision::ExplicitlyDenied => less == more,
    }
}

/// What is gained is allowed after and not before, and what is gained for sure leaves no doubt on either side;
/// and where nothing is, no request is.
fn assert_gains(before: &[&Statement], after: &[&Statement], case: &Case) {
    let context = &case.known;
    let [before, after] =
        [before, after].map(|statements| Permissions { statements, unknown_documents: false });
    let [old, new] = [before, after].map(|permissions| Side { permissions, context });
    let found = gains(old, new, CAPS, &NoNames);
    for Gain { witness, is_sure, .. } in &found.gains {
        let mut whole = witness.context.clone();
        whole.extend(context);
        let whole = settled(whole);
        let request = (witness.action.as_str(), witness.resource.as_str());
        let [before, after] = [before, after].map(|side| decide_single(side, request, &whole));
        let may_be = after == Decision::Allowed || after == Decision::Conditional;
        assert!(may_be && before != Decision::Allowed, "{before:?} to {after:?}: {witness:#?} of {case:#?}");
        let leaves_doubt = after != Decision::Allowed || !is_denied(before);
        assert!(!is_sure || !leaves_doubt, "{before:?} to {after:?}, no doubt: {witness:#?} of {case:#?}");
    }
    if found.gains.is_empty() && found.doubts.is_empty() && case.is_real() {
        let request = (case.action.as_str(), case.resource.as_str());
        let [before, after] = [before, after].map(|side| decide_single(side, request, &case.whole));
        let is_gained = after == Decision::Allowed && is_denied(before);
        assert!(!is_gained, "a gain that was not found: {case:#?}");
    }
    let itself = gains(new, new, CAPS, &NoNames);
    assert!(itself.gains.is_empty(), "{:#?} of {case:#?}", itself.gains);
}

/// All of the context; the time is always there.
fn settled(mut context: Context) -> Context {
    statements::assume_time(&mut context);
    context.set_exact(true);
    context
}
