//! The manifest, which is JSON and so YAML.

use std::collections::{BTreeMap, BTreeSet};

use iamc_model::codes;
use iamc_model::declaration::TrustKind;
use sha2::{Digest, Sha256};

use crate::files::Files;
use crate::names;
use crate::source::Holder;
use crate::want::{More, Want};
use crate::yaml::Syntax;

pub(crate) const PATH: &str = "manifest.json";

/// Checks the manifest of these holders. `texts` are the templates by path, but for those with faults of
/// their own: their hashes are of no interest.
pub(crate) fn check(files: &mut Files<'_>, holders: &[Holder<'_>], texts: &BTreeMap<String, &str>) {
    let Some((file, root)) = files.document(PATH, Syntax::Json) else { return };
    if let Err(error) = serde_json::from_str::<serde_json::Value>(file.text) {
        let message = format!("{} is not JSON: {error}", files.show(PATH));
        files.report(&codes::UNREADABLE_OUTPUT, message, root.span, "not JSON");
    }
    let first = root.map().and_then(<[_]>::first).filter(|first| first.key != "generated-by");
    if let Some(first) = first {
        let message = format!("the first key of {} is not `generated-by`", files.show(PATH));
        files.report(&codes::WRONG_OUTPUT, message, first.span, "not iamc's mark");
    }
    files.compare(&files.show(PATH), &manifest(holders, texts), &root);
}

fn manifest(holders: &[Holder<'_>], texts: &BTreeMap<String, &str>) -> Want {
    let stacks: BTreeMap<String, String> = holders
        .iter()
        .map(|holder| (identity(holder), names::stack(holder.settings, holder.principal)))
        .collect();
    let entries = holders.iter().map(|holder| entry(holder, &stacks, texts)).collect();
    Want::map([("generated-by", Want::text("iamc")), ("templates", Want::List(entries, More::Differs))])
}

fn entry(holder: &Holder<'_>, stacks: &BTreeMap<String, String>, texts: &BTreeMap<String, &str>) -> Want {
    let path = names::template(holder.principal);
    let hash = texts.get(&path).map_or(Want::Any, |text| Want::Text(sha256(text)));
    Want::map([
        ("path", Want::Text(path)),
        ("kind", Want::text(holder.principal.kind.key())),
        ("principal", Want::text(&*holder.principal.name)),
        ("stack-name", Want::Text(names::stack(holder.settings, holder.principal))),
        ("capabilities", Want::texts(["CAPABILITY_NAMED_IAM"], More::Differs)),
        ("sha256", hash),
        ("deploy-after", Want::texts(deploy_after(holder, stacks), More::Differs)),
    ])
}

fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `role/NAME` or `user/NAME`, as an ARN of IAM ends, the path aside.
fn identity(holder: &Holder<'_>) -> String {
    match names::role(holder.settings, holder.principal) {
        Some(role) => format!("role/{role}"),
        None => format!("user/{}", holder.principal.name),
    }
}

/// The stacks whose principals the trust names by their ARNs, its own aside.
fn deploy_after(holder: &Holder<'_>, stacks: &BTreeMap<String, String>) -> BTreeSet<String> {
    let fill = holder.fill();
    let trust = holder.principal.attributes.trust.iter().flatten();
    let trusted = trust.filter(|entry| entry.kind == TrustKind::Aws).flat_map(|entry| &entry.principals);
    let after = trusted.filter_map(|arn| stacks.get(&named_by(holder, &fill.text(arn))?));
    let own = names::stack(holder.settings, holder.principal);
    after.filter(|stack| **stack != own && !holder.is_user()).cloned().collect()
}

/// The identity that an ARN of this account names.
fn named_by(holder: &Holder<'_>, arn: &str) -> Option<String> {
    let rest = arn.strip_prefix(&format!("arn:{}:iam::", holder.settings.partition.value))?;
    let (account, resource) = rest.split_once(':')?;
    let is_ours = holder.settings.account.as_ref().is_none_or(|own| own.value == account);
    let (kind, path) = resource.split_once('/')?;
    let name = path.rsplit('/').next()?;
    is_ours.then(|| format!("{kind}/{name}"))
}
