//! A request on the command line: ACTION, RESOURCE, and what is known of the context.

use std::collections::BTreeMap;

use iamc_access::{Context, Request};
use iamc_model::assertion::AssertDecl;
use iamc_model::{Timestamp, check};
use serde_json::{Value, json};

use crate::clock;

pub(crate) const CURRENT_TIME: &str = "aws:CurrentTime";
pub(crate) const EPOCH_TIME: &str = "aws:EpochTime";

/// A heading of `--help`.
const CONTEXT: &str = "Context of the request";

/// What is known of a request besides its action and its resource. The command's own argument `action`
/// comes with it.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Circumstances {
    /// A context key with a value; once for each value of a key that has several
    #[arg(long = "context", value_name = "KEY=VALUE", value_parser = pair, requires = "action", help_heading = CONTEXT)]
    given: Vec<(String, String)>,
    /// The time of the request: a date, or a time as in RFC 3339 [default: now]
    #[arg(long, value_name = "TIME", value_parser = clock::parse, requires = "action", help_heading = CONTEXT)]
    at: Option<Timestamp>,
    /// What is given is the whole context: a key that is not given is absent, not unknown
    #[arg(long, requires = "action", help_heading = CONTEXT)]
    exact: bool,
}

impl Circumstances {
    /// A request in these circumstances; without a time of its own, at this moment.
    pub(crate) fn ask(&self, action: &str, resource: Option<&str>) -> Asked {
        let mut given: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
        for (key, value) in &self.given {
            let (_, values) = given.entry(key.to_ascii_lowercase()).or_insert_with(|| (key.clone(), vec![]));
            values.push(value.clone());
        }
        Asked {
            action: action.to_owned(),
            resource: resource.map(str::to_owned),
            at: self.at,
            time: Some(self.at.unwrap_or_else(clock::now)),
            given: given.into_values().collect(),
            exact: self.exact,
        }
    }
}

/// A request, whoever makes it.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// The action, or a pattern of actions.
    pub(crate) action: String,
    /// The resource, or a pattern of resources; none asks whether any would do.
    pub(crate) resource: Option<String>,
    at: Option<Timestamp>,
    /// None is any time.
    time: Option<Timestamp>,
    /// By the keys' names in lower case.
    given: Vec<(String, Vec<String>)>,
    exact: bool,
}

impl Asked {
    /// What an assertion is about. Without a time of its own it holds at any time.
    pub(crate) fn of_assertion(assertion: &AssertDecl) -> Self {
        let mut given: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
        for (key, values) in &assertion.context {
            let (_, given) =
                given.entry(key.to_ascii_lowercase()).or_insert_with(|| (key.value.clone(), vec![]));
            given.extend(values.iter().map(|value| value.value.clone()));
        }
        let at = assertion.at.as_ref().map(|at| at.value);
        Self {
            action: assertion.action.value.clone(),
            resource: assertion.resource.as_ref().map(|resource| resource.value.clone()),
            at,
            time: at,
            given: given.into_values().collect(),
            exact: assertion.exact,
        }
    }

    /// Another request at the same time, of whose context nothing else is known.
    pub(crate) fn meanwhile(&self, action: &str) -> Self {
        let given = self.given.iter().filter(|(key, _)| is_time(key)).cloned().collect();
        Self { action: action.to_owned(), resource: None, given, exact: false, ..self.clone() }
    }

    /// The same request as made by a principal of which this much is known: what was given overrides it.
    pub(crate) fn by(&self, own: Context) -> Request {
        let mut context = own;
        self.set_time(&mut context);
        for (key, values) in &self.given {
            context.set(key, values);
        }
        context.set_exact(self.exact);
        Request { action: self.action.clone(), resource: self.resource.clone(), context }
    }

    /// `{ "action", "resource", "context", "at", "exact" }`, with what was given.
    pub(crate) fn json(&self) -> Value {
        json!({
            "action": self.action,
            "resource": self.resource,
            "context": self.given.iter().cloned().collect::<BTreeMap<_, _>>(),
            "at": self.at.map(|at| at.to_string()),
            "exact": self.exact,
        })
    }

    /// One clock under two names: what is given of one holds for the other.
    fn set_time(&self, context: &mut Context) {
        let mut given = self.given.iter().filter(|(key, _)| is_time(key)).flat_map(|(_, values)| values);
        let given = given.find_map(|value| Timestamp::parse(value));
        match given.or(self.time) {
            Some(time) => {
                context.set(CURRENT_TIME, [time.to_string()]);
                context.set(EPOCH_TIME, [time.0.to_string()]);
            }
            None => [CURRENT_TIME, EPOCH_TIME].iter().for_each(|key| context.set_unknown(key)),
        }
    }
}

fn is_time(key: &str) -> bool {
    [CURRENT_TIME, EPOCH_TIME].iter().any(|time| time.eq_ignore_ascii_case(key))
}

/// Reads ACTION, for clap.
pub(crate) fn action(value: &str) -> Result<String, String> {
    if check::is_action(value) {
        return Ok(value.to_owned());
    }
    Err("an action is a service and a name, as in `s3:GetObject` or `s3:Get*`; `*` is every action"
        .to_owned())
}

/// Reads RESOURCE, for clap: an ARN with its six fields, or a pattern that can match one.
pub(crate) fn resource(value: &str) -> Result<String, String> {
    let literal = value.split(['*', '?']).next().unwrap_or_default();
    let is_pattern = literal.len() < value.len();
    let begins_as_arn = literal.starts_with("arn:") || (is_pattern && "arn:".starts_with(literal));
    let fields: Vec<&str> = value.splitn(6, ':').collect();
    let is_whole = fields.len() == 6 && [1, 2, 5].iter().all(|&field| !fields[field].is_empty());
    match begins_as_arn && (is_pattern || is_whole) {
        true => Ok(value.to_owned()),
        false => Err("an ARN has six fields, as in `arn:aws:s3:::bucket/key`: \
                      arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE; `*` is every resource"
            .to_owned()),
    }
}

/// Reads `KEY=VALUE`, for clap.
fn pair(value: &str) -> Result<(String, String), String> {
    const EXAMPLE: &str = "type it as in `--context s3:prefix=devserver/`";
    let (key, value) = value.split_once('=').ok_or_else(|| format!("no `=` and no value: {EXAMPLE}"))?;
    if !key.split_once(':').is_some_and(|(service, name)| !service.is_empty() && !name.is_empty()) {
        return Err(format!("`{key}` is no condition key: {EXAMPLE}"));
    }
    if is_time(key) && Timestamp::parse(value).is_none() {
        return Err(format!("`{value}` is no time: type it as in `--at 2026-12-31T12:00:00Z`"));
    }
    Ok((key.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use iamc_access::Known;

    use super::*;

    #[test]
    fn an_action_has_a_service() {
        for right in ["*", "s3:*", "s3:GetObject", "S3:get?bject", "*:Get*"] {
            assert_eq!(action(right).as_deref(), Ok(right));
        }
        for wrong in ["", "GetObject", "s3:", ":GetObject", "s3 GetObject", "s3:Get Object", "s3:a:b"] {
            assert!(action(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_resource_has_six_fields_or_is_a_pattern() {
        for right in
            ["*", "arn:aws:s3:::b", "arn:aws:iam::1:role/a:b", "arn:aws:s3:*", "*b", "a?n:*", "arn:*:s3:::"]
        {
            assert_eq!(resource(right).as_deref(), Ok(right));
        }
        for wrong in
            ["", "bucket", "s3://bucket/key", "arn:aws:s3:::", "arn:aws:s3::b", "arn::s3:::b", "bucket/*"]
        {
            assert!(resource(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_context_key_has_a_value() {
        let some = |key: &str, value: &str| Ok((key.to_owned(), value.to_owned()));
        assert_eq!(pair("s3:prefix="), some("s3:prefix", ""));
        assert_eq!(pair("aws:RequestTag/a=b=c"), some("aws:RequestTag/a", "b=c"));
        for wrong in ["s3:prefix", "=a", "prefix=a", ":a=b", "aws:CurrentTime=noon", "aws:epochtime=x"] {
            assert!(pair(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_given_overrides_what_is_known_of_the_principal() {
        let pairs = ["s3:A=1", "S3:a=2", "aws:username=x", "aws:EpochTime=0"].map(|it| pair(it).unwrap());
        let circumstances = Circumstances { given: pairs.to_vec(), at: None, exact: true };
        let mut own = Context::new();
        own.set_absent("aws:username");
        own.set("aws:PrincipalType", ["User"]);
        let context = circumstances.ask("s3:*", None).by(own).context;
        let values = |key| match context.get(key) {
            Known::Present(values) => values.join(" "),
            other => format!("{other:?}"),
        };
        assert_eq!(
            ["s3:a", "aws:username", "aws:PrincipalType", "aws:CurrentTime", "aws:EpochTime", "s3:b"]
                .map(values),
            ["1 2", "x", "User", "1970-01-01T00:00:00Z", "0", "Absent"]
        );
    }
}
