//! One template against the source of its principal.

use iamc_model::{Code, Diagnostic, Span, codes};

use crate::document::Reader;
use crate::names::{PolicyName, logical_id};
use crate::proof::{Document, prove};
use crate::size::characters;
use crate::source::Holder;
use crate::template::{Resource, most_policies, resources};
use crate::want::{Want, compare};
use crate::yaml::{Entry, Node};

const MANAGED_POLICY: &str = "AWS::IAM::ManagedPolicy";

/// Characters of a trust policy.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
const TRUST: usize = 2_048;

/// Checks a template.
#[derive(Debug)]
pub(crate) struct Checker<'a, 't> {
    holder: &'a Holder<'a>,
    /// The whole file.
    text: &'t str,
    /// What was found wrong.
    pub(crate) reports: Vec<Diagnostic>,
    /// How many statements its managed policies have.
    pub(crate) statements: usize,
}

impl<'a, 't> Checker<'a, 't> {
    /// For the template of a principal, whose text is this.
    pub(crate) fn new(holder: &'a Holder<'a>, text: &'t str) -> Self {
        Self { holder, text, reports: vec![], statements: 0 }
    }

    /// Checks the whole template, which bears the name `path`, in backticks.
    pub(crate) fn template(&mut self, path: &str, root: &Node<'_>) {
        let want =
            Want::map([("AWSTemplateFormatVersion", Want::text("2010-09-09")), ("Resources", Want::Any)]);
        self.reports.extend(compare(path, &want, root, root.span));
        let Some(entry) = root.entry("Resources") else { return };
        let entries = entry.value.map().unwrap_or_default();
        let (policies, others): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| is_managed_policy(entry));
        let ids: Vec<String> = policies.iter().map(|entry| entry.key.to_string()).collect();
        self.resources(path, entry.span, &others, &resources(self.holder, &ids));
        let documents: Vec<_> = policies.iter().map(|entry| self.policy(entry)).collect();
        self.statements = documents.iter().map(|document| document.statements.len()).sum();
        self.reports.extend(prove(self.holder, &documents, entry.span));
        self.attachments(documents.len(), entry.span);
    }

    /// Compares the resources beside the managed policies.
    fn resources(&mut self, path: &str, top: Span, entries: &[&Entry<'_>], wants: &[Resource]) {
        for entry in entries {
            let want = wants.iter().find(|want| want.logical_id == entry.key);
            match want {
                Some(Resource { want, .. }) => self.resource(entry, want),
                None => {
                    let message =
                        format!("{path} has the resource `{}`, which the source does not ask for", entry.key);
                    self.report(&codes::UNEXPECTED_OUTPUT, message, entry.span, "not in the source");
                }
            }
        }
        for want in wants.iter().filter(|want| entries.iter().all(|entry| entry.key != want.logical_id)) {
            let message = format!("{path} lacks the resource `{}`", want.logical_id);
            self.report(&codes::MISSING_OUTPUT, message, top, "something is missing here");
        }
    }

    fn resource(&mut self, entry: &Entry<'_>, want: &Want) {
        let owner = format!("`{}`", entry.key);
        self.reports.extend(compare(&owner, want, &entry.value, entry.span));
        let trust = properties(entry).and_then(|properties| properties.entry("AssumeRolePolicyDocument"));
        if let Some(trust) = trust {
            self.size(&format!("the trust policy of {owner}"), trust, TRUST);
        }
    }

    /// Checks a managed policy, and reads its statements.
    fn policy(&mut self, entry: &Entry<'_>) -> Document<'t> {
        let name = properties(entry).and_then(|properties| properties.get("ManagedPolicyName"));
        let Some((name, place)) = name.and_then(|node| Some((node.text()?, node.span))) else {
            let message = format!("`{}` has no `ManagedPolicyName`", entry.key);
            self.report(&codes::MISSING_OUTPUT, message, entry.span, "no name");
            return self.document(entry, format!("`{}`", entry.key), vec![]);
        };
        let readings = self.name(entry, name, place);
        let description = |reading: &PolicyName| reading.description(self.holder.principal);
        let written = properties(entry).and_then(|properties| properties.get("Description")?.text());
        let fits = |reading: &&PolicyName| written == Some(&description(reading));
        let reading = readings.iter().find(fits).or(readings.first());
        let document = [("Version", Want::text("2012-10-17")), ("Statement", Want::Any)];
        let properties = Want::map([
            ("ManagedPolicyName", Want::Any),
            ("Description", reading.map_or(Want::Any, |reading| Want::Text(description(reading)))),
            ("Path", Want::text(self.holder.path())),
            ("PolicyDocument", Want::map(document)),
        ]);
        let want = Want::map([("Type", Want::text(MANAGED_POLICY)), ("Properties", properties)]);
        self.resource(entry, &want);
        self.document(entry, format!("`{name}`"), readings)
    }

    /// What the name of a managed policy can mean.
    fn name(&mut self, entry: &Entry<'_>, name: &str, place: Span) -> Vec<PolicyName> {
        let readings = PolicyName::parse(self.holder.settings, self.holder.principal, name);
        if readings.is_empty() {
            let message =
                format!("`{name}` is no name of a managed policy of `{}`", self.holder.principal.name);
            self.report(&codes::WRONG_OUTPUT, message, place, "not a name that the settings make");
        } else if entry.key != logical_id(name) {
            let message = format!("`{}` is not the logical id of `{name}`", entry.key);
            self.report(&codes::WRONG_OUTPUT, message, entry.span, "not made of the name");
        }
        readings
    }

    fn document(&mut self, entry: &Entry<'_>, owner: String, names: Vec<PolicyName>) -> Document<'t> {
        let written = properties(entry).and_then(|properties| properties.entry("PolicyDocument"));
        if let Some(written) = written {
            let limit = self.holder.settings.limits.managed_policy_characters.value as usize;
            self.size(&owner, written, limit);
        }
        let mut reader = Reader { owner: &owner, file: self.text, reports: vec![] };
        let statements = written.and_then(|written| written.value.entry("Statement"));
        let statements = statements.map(|entry| reader.statements(entry));
        let is_whole = statements.is_some() && reader.reports.is_empty();
        self.reports.append(&mut reader.reports);
        Document { owner, names, span: entry.span, statements: statements.unwrap_or_default(), is_whole }
    }

    fn size(&mut self, owner: &str, document: &Entry<'_>, limit: usize) {
        let characters = characters(&document.value);
        if characters > limit {
            let message = format!("{owner} has {characters} characters, where IAM takes {limit}");
            self.report(&codes::WRONG_OUTPUT, message, document.span, "too long");
        }
    }

    fn attachments(&mut self, policies: usize, top: Span) {
        let principal = self.holder.principal;
        let most = most_policies(&self.holder.settings.limits, principal.kind);
        let attached = policies + self.holder.attached_arns().len();
        if attached > most {
            let name = &principal.name;
            let message =
                format!("`{name}` has {attached} managed policies attached, where {most} are possible");
            self.report(&codes::WRONG_OUTPUT, message, top, "too many");
        }
    }

    fn report(&mut self, code: &'static Code, message: String, span: Span, label: &str) {
        self.reports.push(Diagnostic::new(code, message, span, label));
    }
}

fn is_managed_policy(entry: &Entry<'_>) -> bool {
    entry.value.get("Type").and_then(Node::text) == Some(MANAGED_POLICY)
}

fn properties<'n, 't>(entry: &'n Entry<'t>) -> Option<&'n Node<'t>> {
    entry.value.get("Properties")
}
