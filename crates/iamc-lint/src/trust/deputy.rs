//! Services that act for whoever asks them to: the confused deputy.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>

use iamc_model::declaration::TrustKind;
use iamc_model::{Diagnostic, codes};

use super::Entry;
use crate::written::Word;

/// What says for whose resource a service acts.
const SOURCES: [&str; 4] = ["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths"];

/// The services for whose roles AWS recommends such a condition, and the page that does.
const SERVICES: [(&str, &str); 14] = [
    ("amplify.amazonaws.com", "amplify/latest/userguide/cross-service-confused-deputy-prevention.html"),
    ("bedrock.amazonaws.com", "bedrock/latest/userguide/cross-service-confused-deputy-prevention.html"),
    ("codebuild.amazonaws.com", "codebuild/latest/userguide/cross-service-confused-deputy-prevention.html"),
    ("datasync.amazonaws.com", "datasync/latest/userguide/cross-service-confused-deputy-prevention.html"),
    ("ecs-tasks.amazonaws.com", "AmazonECS/latest/developerguide/task-iam-roles.html"),
    ("fis.amazonaws.com", "fis/latest/userguide/getting-started-iam-service-role.html"),
    ("grafana.amazonaws.com", "grafana/latest/userguide/cross-service-confused-deputy-prevention.html"),
    (
        "greengrass.amazonaws.com",
        "greengrass/v2/developerguide/cross-service-confused-deputy-prevention.html",
    ),
    ("personalize.amazonaws.com", "personalize/latest/dg/cross-service-confused-deputy-prevention.html"),
    ("pipes.amazonaws.com", "eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html"),
    ("scheduler.amazonaws.com", "scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html"),
    ("states.amazonaws.com", "step-functions/latest/dg/procedure-create-iam-role.html"),
    ("transfer.amazonaws.com", "transfer/latest/userguide/confused-deputy.html"),
    ("vpc-flow-logs.amazonaws.com", "vpc/latest/userguide/flow-logs-iam-role.html"),
];

/// `confused-deputy`
pub(super) fn confused(entry: &Entry<'_>) -> Vec<Diagnostic> {
    let services = entry.of_kind(TrustKind::Service).iter();
    let confused = services.filter_map(|word| Some((word, page(&word.value)?)));
    match entry.wants(&SOURCES) {
        false => confused.map(|(word, page)| report(word, page, entry)).collect(),
        true => bucket_alone(entry).into_iter().collect(),
    }
}

fn page(service: &str) -> Option<&'static str> {
    SERVICES.iter().find(|(known, _)| *known == service).map(|(_, page)| *page)
}

fn report(word: &Word, page: &str, entry: &Entry<'_>) -> Diagnostic {
    let service = &word.value;
    let message = format!("`{service}` can be made to take on this role for somebody else's resources");
    let account = entry.account.map_or("…", |_| "{account}");
    let help = format!(
        "add `conditions.StringEquals.\"aws:SourceAccount\" = [\"{account}\"]`, or `aws:SourceArn` with the resource (https://docs.aws.amazon.com/{page})"
    );
    Diagnostic::new(&codes::CONFUSED_DEPUTY, message, word.span, "for whom does it act?").help(help)
}

/// The ARN of a bucket names no account: whoever takes its name once it is gone fits too.
///
/// <https://docs.aws.amazon.com/controltower/latest/userguide/prevent-confused-deputy.html>
fn bucket_alone(entry: &Entry<'_>) -> Option<Diagnostic> {
    let mut sources = entry.conditions_on(&["aws:SourceArn"]);
    let bucket =
        sources.find_map(|source| source.values.iter().find(|word| word.value.contains(":s3:::")))?;
    let message = format!("`{}` names no account: whoever owns a bucket of that name fits", bucket.shown());
    let account = entry.account.map_or("…", |_| "{account}");
    let help = format!("add `conditions.StringEquals.\"aws:SourceAccount\" = [\"{account}\"]`");
    let is_paired = entry.wants(&SOURCES[1..]);
    (!is_paired)
        .then(|| Diagnostic::new(&codes::CONFUSED_DEPUTY, message, bucket.span, "whose bucket?").help(help))
}
