//! The sizes of trust policies and templates.

use std::collections::BTreeSet;

use iamc_model::graph::Principal;
use iamc_model::{Diagnostic, Graph, codes};
use rayon::prelude::*;

use super::bytes;
use crate::size;
use crate::stack::{Stack, Stacks};

/// Characters of a trust policy; AWS raises it on request.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
const TRUST: usize = 2_048;

/// Bytes of a template in a request to CloudFormation, and of one in S3; resources of either.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>
const TEMPLATE_IN_REQUEST: usize = 51_200;
const TEMPLATE_IN_S3: usize = 1_000_000;
const RESOURCES: usize = 500;

/// Trust policies that are too long. Of those that are written at one place, the defaults or a
/// `for-each`, the first is reported.
pub(super) fn trusts(graph: &Graph, stacks: &Stacks) -> Vec<Diagnostic> {
    let report = |stack: &Stack| {
        let report = trust(graph.principal(stack.id), stack)?;
        let places: Vec<_> = stack.role()?.trust.iter().map(|entry| entry.span).collect();
        Some((places, report))
    };
    let reports: Vec<_> = stacks.stacks.par_iter().filter_map(report).collect();
    let mut seen = BTreeSet::new();
    reports.into_iter().filter_map(|(places, report)| seen.insert(places).then_some(report)).collect()
}

fn trust(principal: &Principal, stack: &Stack) -> Option<Diagnostic> {
    let trust = &stack.role()?.trust;
    let characters = size::trust(trust);
    let over = characters.checked_sub(TRUST).filter(|&over| over > 0)?;
    let longest = trust.iter().max_by_key(|entry| size::trust_statement(entry))?;
    let message = format!(
        "the trust policy of `{}` has {characters} characters, where IAM takes {TRUST}",
        principal.name
    );
    let report =
        Diagnostic::new(&codes::TRUST_TOO_LARGE, message, principal.span, format!("{over} too many"))
            .also(longest.span, "the longest entry")
            .help("trust fewer principals, or the account with a condition on `aws:PrincipalArn`");
    Some(report)
}

/// A template that CloudFormation does not take, or not without S3.
pub(super) fn template(principal: &Principal, stack: &Stack) -> Option<Diagnostic> {
    let bytes = Some(bytes::at_most(stack)).filter(|&most| most <= TEMPLATE_IN_REQUEST);
    let bytes = bytes.unwrap_or_else(|| bytes::exactly(stack));
    let resources = stack.policies.len() + 2;
    let name = &principal.name;
    let report = |code, message: String| Diagnostic::new(code, message, principal.span, "makes the template");
    if bytes > TEMPLATE_IN_S3 {
        let message = format!(
            "the template of `{name}` has {bytes} bytes, where CloudFormation takes {TEMPLATE_IN_S3}"
        );
        Some(
            report(&codes::TEMPLATE_TOO_LARGE, message)
                .help("hold fewer policies, or divide it into two principals"),
        )
    } else if resources > RESOURCES {
        let message = format!(
            "the template of `{name}` has {resources} resources, where CloudFormation takes {RESOURCES}"
        );
        Some(
            report(&codes::TEMPLATE_TOO_LARGE, message)
                .help("hold fewer policies, or divide it into two principals"),
        )
    } else if bytes > TEMPLATE_IN_REQUEST {
        let message = format!(
            "the template of `{name}` has {bytes} bytes, where CloudFormation takes {TEMPLATE_IN_REQUEST} without S3"
        );
        let help = "deploy it by way of S3 (`aws cloudformation deploy --s3-bucket BUCKET`), and silence this where that is so";
        Some(report(&codes::TEMPLATE_NEEDS_S3, message).help(help).subject(principal.span))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::template_text;
    use crate::testing::Case;

    #[test]
    fn a_trust_policy_has_an_end() {
        let mut case = Case::default();
        case.engineer("JaneDoe", &[]);
        let fixed = size::trust(&case.grants.principals[0].trust);
        let entry = r#",{"Effect":"Allow","Principal":{"AWS":[""]},"Action":["sts:AssumeRole"]}"#.len();
        case.trust(&"é".repeat(TRUST - fixed - entry));
        case.check(&[]);
        case.grants.principals[0].trust[1].principals[0].push('x');
        case.check(&[("trust-too-large", "JaneDoe")]);
        assert_eq!(case.reports()[0].labels[0].text, "1 too many");
    }

    #[test]
    fn a_trust_policy_of_many_is_reported_once() {
        let mut case = Case::default();
        case.engineer("JaneDoe", &[]);
        case.trust(&"x".repeat(TRUST));
        let trust = case.grants.principals[0].trust.clone();
        case.engineer("JohnDoe", &[]).trust = trust;
        case.check(&[("trust-too-large", "JaneDoe")]);
    }

    fn case(resources: usize) -> Case {
        let mut case = Case::default();
        let resources: Vec<_> = (0..resources).map(|at| format!("arn:aws:s3:::data/{at:08}")).collect();
        let resources: Vec<_> = resources.iter().map(String::as_str).collect();
        let read = case.policy("ReadData", &["s3:GetObject"], &resources);
        case.engineer("JaneDoe", &[read]);
        case.settings.limits.managed_policy_characters.value = 10_000_000;
        case
    }

    #[test]
    fn a_template_that_needs_s3() {
        case(1_000).check(&[]);
        case(1_500).check(&[("template-needs-s3", "JaneDoe")]);
        assert_eq!(case(1_500).reports()[0].subjects.len(), 1);
    }

    #[test]
    fn a_template_that_is_too_large() {
        case(30_000).check(&[("template-too-large", "JaneDoe")]);
    }

    #[test]
    fn bytes_are_those_of_the_text() {
        let stacks = case(3).stacks();
        assert_eq!(bytes::exactly(&stacks.stacks[0]), template_text(&stacks.stacks[0]).len());
    }
}
