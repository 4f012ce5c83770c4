//! Values by what a request can have for the key.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>

use iamc_catalog::Catalog;
use iamc_model::name;

use super::Wrong;

const ACCOUNTS: [&str; 7] = [
    "aws:sourceaccount",
    "aws:principalaccount",
    "aws:resourceaccount",
    "aws:vpceaccount",
    "aws:sourceowner",
    "s3:resourceaccount",
    "kms:calleraccount",
];

const ORGANIZATIONS: [&str; 4] =
    ["aws:principalorgid", "aws:resourceorgid", "aws:sourceorgid", "aws:vpceorgid"];

const PATHS: [&str; 4] =
    ["aws:principalorgpaths", "aws:resourceorgpaths", "aws:sourceorgpaths", "aws:vpceorgpaths"];

const SERVICES: [&str; 5] =
    ["iam:passedtoservice", "iam:awsservicename", "aws:calledvia", "aws:calledviafirst", "aws:calledvialast"];

/// Keys with few values.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>,
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html>
const CLOSED: [(&str, &[&str]); 2] = [
    ("aws:principaltype", &["Account", "User", "FederatedUser", "AssumedRole", "Anonymous"]),
    ("s3:x-amz-server-side-encryption", &["AES256", "aws:kms", "aws:kms:dsse"]),
];

/// What is wrong with a value that is written out, for a key.
pub(super) fn of(key: &str, value: &str, catalog: &Catalog) -> Option<Wrong> {
    let key = key.to_ascii_lowercase();
    let is_one = |keys: &[&str]| keys.contains(&key.as_str());
    match key.as_str() {
        _ if is_one(&ACCOUNTS) => account(value),
        _ if is_one(&ORGANIZATIONS) => organization(value),
        _ if is_one(&PATHS) => path(value),
        _ if is_one(&SERVICES) => service(value),
        "kms:viaservice" => via_service(value),
        "aws:requestedregion" => region(value, catalog),
        _ => closed(&key, value),
    }
}

fn account(value: &str) -> Option<Wrong> {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let help = match digits.len() {
        12 => format!("write `{digits}`"),
        _ => "write the account's 12 digits, such as `123456789876`".to_owned(),
    };
    let is_account = value.len() == 12 && digits == value;
    (!is_account).then(|| Wrong::never("is no account id, which has 12 digits", "no account id", help))
}

/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html>
fn organization(value: &str) -> Option<Wrong> {
    let help = "write the organization's id, such as `o-a1b2c3d4e5`";
    (!is_id(value, "o-", 10)).then(|| Wrong::never("is no organization's id", "no organization", help))
}

fn is_id(text: &str, prefix: &str, least: usize) -> bool {
    let of_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.strip_prefix(prefix).is_some_and(|id| (least..=32).contains(&id.len()) && id.chars().all(of_id))
}

fn path(value: &str) -> Option<Wrong> {
    let is_path = value.split('/').next().is_some_and(|first| is_id(first, "o-", 10)) && value.ends_with('/');
    let help =
        "write the path from the organization to the unit, such as `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`";
    (!is_path).then(|| Wrong::never("is no path of an organization", "no path", help))
}

fn service(value: &str) -> Option<Wrong> {
    let is_service = value.contains('.') && value.contains("amazon");
    let help = match value.contains('.') {
        false => format!("write `{value}.amazonaws.com`"),
        true => "write the service's principal, such as `ec2.amazonaws.com`".to_owned(),
    };
    (!is_service).then(|| Wrong::never("is no service's principal", "no service", help))
}

/// <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service>
fn via_service(value: &str) -> Option<Wrong> {
    let host = value.split_once(".amazonaws.com").map_or(value, |(host, _)| host);
    let help = format!("write the service with its region, such as `{}.eu-central-1.amazonaws.com`", host);
    let is_regional = host != value && host.contains('.');
    (!is_regional).then(|| Wrong::never("names no region, and the key always does", "without a region", help))
}

fn region(value: &str, catalog: &Catalog) -> Option<Wrong> {
    let known =
        || catalog.partitions().iter().flat_map(|partition| partition.regions.iter().map(String::as_str));
    let help = || match name::nearest(value, known()) {
        Some(near) => format!("write `{near}`"),
        None => "write a region such as `eu-central-1`".to_owned(),
    };
    let is_region = catalog.is_known_region(value) || known().next().is_none();
    (!is_region).then(|| Wrong::never("is no region of AWS's", "unknown region", help()))
}

fn closed(key: &str, value: &str) -> Option<Wrong> {
    let (_, values) = CLOSED.iter().find(|(name, _)| *name == key)?;
    let help = match values.iter().find(|known| known.eq_ignore_ascii_case(value)) {
        Some(same) => format!("write `{same}`: the case counts"),
        None => format!("write one of `{}`", values.join("`, `")),
    };
    (!values.contains(&value))
        .then(|| Wrong::never("is no value that the key can have", "never compared equal", help))
}
