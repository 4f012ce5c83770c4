//! The table of diagnostic codes. A code never changes its meaning: users' `[lints]`, `silence` and
//! SARIF baselines rely on it. Its last part names the page in docs/rules and the fixture folder.

use crate::level::{Level, Severity};

/// One rule.
#[derive(Debug)]
pub struct Code {
    /// `iamc::graph::cycle`
    pub id: &'static str,
    /// The level where nobody sets one; `None` is an error of the language, which has no level.
    pub level: Option<Level>,
    /// What it finds, in a line.
    pub summary: &'static str,
}

impl Code {
    /// The last part of the code: the lint's name in `[lints]`.
    pub fn rule(&self) -> &'static str {
        self.id.rsplit("::").next().unwrap_or(self.id)
    }

    /// Whether it has a level that can be set.
    pub fn is_lint(&self) -> bool {
        self.level.is_some()
    }

    /// The severity before levels are applied.
    pub fn default_severity(&self) -> Severity {
        match self.level {
            None | Some(Level::Error | Level::Forbid) => Severity::Error,
            Some(Level::Warn | Level::Off) => Severity::Warning,
        }
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Code {}

/// The code of a rule's name, or of a whole code.
pub fn find(name: &str) -> Option<&'static Code> {
    ALL.iter().copied().find(|code| code.id == name || code.rule() == name)
}

macro_rules! codes {
    ($($name:ident $id:literal $level:expr, $summary:literal;)*) => {
        $(#[doc = $summary] pub static $name: Code = Code { id: $id, level: $level, summary: $summary };)*

        /// All codes, in the order of the phases.
        pub static ALL: &[&Code] = &[$(&$name,)*];
    };
}

const ERROR: Option<Level> = None;
const WARN: Option<Level> = Some(Level::Warn);
const OFF: Option<Level> = Some(Level::Off);

codes! {
    UNREADABLE_FILE "iamc::parser::unreadable-file" ERROR, "a file or folder that cannot be read";
    UNREAD_FILE "iamc::parser::unread-file" WARN, "a file with declarations that is not read where it lies";
    FILE_TOO_LARGE "iamc::parser::file-too-large" ERROR, "a file too large to be written by people";
    LINK_OUTSIDE "iamc::parser::link-outside" ERROR, "a symbolic link that leads out of the project";
    NOT_UTF8 "iamc::parser::not-utf8" ERROR, "a file that is not UTF-8 text";
    HIDDEN_CHARACTER "iamc::parser::hidden-character" ERROR, "a bidirectional or invisible character";
    ESCAPED_ASCII "iamc::parser::escaped-ascii" ERROR, "an escape that spells a printable ASCII character";
    SYNTAX "iamc::parser::syntax" ERROR, "text that is not TOML";
    MISPLACED_TABLE "iamc::parser::misplaced-table" ERROR, "a table of the wrong kind for its place";
    UNKNOWN_KEY "iamc::parser::unknown-key" ERROR, "a key that means nothing here";
    MISSING_KEY "iamc::parser::missing-key" ERROR, "a key that has to be given";
    CONFLICTING_KEYS "iamc::parser::conflicting-keys" ERROR, "keys of which only one may be given";
    WRONG_TYPE "iamc::parser::wrong-type" ERROR, "a value of the wrong type";
    EMPTY_VALUE "iamc::parser::empty-value" ERROR, "an empty array, table or string where something has to stand";
    INVALID_VALUE "iamc::parser::invalid-value" ERROR, "a value outside of what its key takes";
    INVALID_NAME "iamc::parser::invalid-name" ERROR, "a name with characters or a length that names cannot have";
    INVALID_ACTION "iamc::parser::invalid-action" ERROR, "an action that is neither `*` nor `service:name`";
    INVALID_RESOURCE "iamc::parser::invalid-resource" ERROR, "a resource that is neither `*` nor an ARN";
    UNCLOSED_VARIABLE "iamc::parser::unclosed-variable" ERROR, "a `${` without its `}`";
    INVALID_CHARACTER "iamc::parser::invalid-character" ERROR, "a character that IAM does not take in a policy";
    INVALID_PLACEHOLDER "iamc::parser::invalid-placeholder" ERROR, "a brace that is not part of a placeholder";
    INVALID_FILLING "iamc::parser::invalid-filling" ERROR, "a value that must not fill a placeholder";
    UNKNOWN_OPERATOR "iamc::parser::unknown-operator" ERROR, "a condition operator that IAM does not have";
    DUPLICATE_CONDITION_KEY "iamc::parser::duplicate-condition-key" ERROR, "one condition key twice under one operator";
    INVALID_CONDITION_VALUE "iamc::parser::invalid-condition-value" ERROR, "a value that its condition operator cannot compare";
    INVALID_UNTIL "iamc::parser::invalid-until" ERROR, "an `until` that is neither a date nor an offset date-time";
    DUPLICATE_TAG "iamc::parser::duplicate-tag" ERROR, "one tag key twice";
    TRUST_IN_EVERYONE "iamc::parser::trust-in-everyone" ERROR, "a trust entry that names `*`";
    UNKNOWN_LINT "iamc::parser::unknown-lint" ERROR, "a lint that does not exist, or an error that has no level";

    DUPLICATE_DEFINITION "iamc::graph::duplicate-definition" ERROR, "two definitions of one name";
    UNKNOWN_POLICY "iamc::graph::unknown-policy" ERROR, "a policy that does not exist";
    UNKNOWN_GROUP "iamc::graph::unknown-group" ERROR, "a group that does not exist";
    UNKNOWN_TEMPLATE "iamc::graph::unknown-template" ERROR, "a template that does not exist";
    UNKNOWN_PRINCIPAL "iamc::graph::unknown-principal" ERROR, "a principal that does not exist";
    CYCLE "iamc::graph::cycle" ERROR, "a group that contains itself";
    MISSING_PARAMETER "iamc::graph::missing-parameter" ERROR, "a parameter of a template that is not given";
    UNKNOWN_PARAMETER "iamc::graph::unknown-parameter" ERROR, "a parameter that the template does not have";
    UNFILLED_PLACEHOLDER "iamc::graph::unfilled-placeholder" ERROR, "a placeholder that nothing fills";
    AMBIGUOUS_PLACEHOLDER "iamc::graph::ambiguous-placeholder" ERROR, "a placeholder that two definitions fill";
    BOUNDED_KUBERNETES_GROUP "iamc::graph::bounded-kubernetes-group" ERROR, "a Kubernetes group that is held for a time only";
    SYSTEM_KUBERNETES_GROUP "iamc::graph::system-kubernetes-group" ERROR, "a Kubernetes group that begins with `system:`";
    UNBOUND_KUBERNETES_GROUP "iamc::graph::unbound-kubernetes-group" ERROR, "a Kubernetes group that the settings do not bind";
    ACCOUNT_REQUIRED "iamc::graph::account-required" ERROR, "an account id that is needed and not set";
    UNUSED_POLICY "iamc::graph::unused-policy" WARN, "a policy that no principal reaches";
    UNUSED_GROUP "iamc::graph::unused-group" WARN, "a group that no principal reaches";
    UNUSED_TEMPLATE "iamc::graph::unused-template" WARN, "a template that no policy uses";
    UNUSED_PARAMETER "iamc::graph::unused-parameter" WARN, "a template's parameter that stands nowhere in it";
    UNUSED_SILENCE "iamc::graph::unused-silence" WARN, "a silence that silences nothing";
    EMPTY_GROUP "iamc::graph::empty-group" WARN, "a group that reaches no policy";
    NO_PERMISSION "iamc::graph::no-permission" WARN, "a principal that holds no permission";
    EXPIRED "iamc::graph::expired" WARN, "a membership that has run out";
    EXPIRES_SOON "iamc::graph::expires-soon" WARN, "a membership that runs out within 14 days";
    BOUNDED_DENY "iamc::graph::bounded-deny" WARN, "a Deny that is reached through bounded memberships alone";
    PLACEHOLDER_BEFORE_STAR "iamc::graph::placeholder-before-star" WARN, "a placeholder directly before a `*`";

    INVALID_RESOURCE_NAME "iamc::emitter::invalid-resource-name" ERROR, "a name that AWS does not take for a resource or a stack";
    NAME_CLASH "iamc::emitter::name-clash" ERROR, "two resources of one kind with one name";
    LOGICAL_ID_CLASH "iamc::emitter::logical-id-clash" ERROR, "two resources of a template with one logical id";
    STATEMENT_TOO_LARGE "iamc::emitter::statement-too-large" ERROR, "a statement over the limit that cannot be divided";
    TOO_MANY_POLICIES "iamc::emitter::too-many-policies" ERROR, "more managed policies than a principal can have";
    TRUST_TOO_LARGE "iamc::emitter::trust-too-large" ERROR, "a trust policy over IAM's limit";
    INVALID_TAG "iamc::emitter::invalid-tag" ERROR, "tags beyond IAM's limits";
    INVALID_ATTACHMENT "iamc::emitter::invalid-attachment" ERROR, "an attached policy or boundary that is no policy's ARN";
    TEMPLATE_TOO_LARGE "iamc::emitter::template-too-large" ERROR, "a template that CloudFormation does not take";
    TEMPLATE_NEEDS_S3 "iamc::emitter::template-needs-s3" WARN, "a template that can only be deployed by way of S3";
    ACCOUNT_QUOTA "iamc::emitter::account-quota" WARN, "resources near the account's quota, or over it";
    CROWDED_UPDATE "iamc::emitter::crowded-update" WARN, "an update that can need more managed policies at once than fit";
    TRUST_CYCLE "iamc::emitter::trust-cycle" WARN, "stacks of which each has to be deployed before the other";
    FOREIGN_FILE "iamc::emitter::foreign-file" WARN, "a file in out/ that iamc did not make";
    OCCUPIED_PATH "iamc::emitter::occupied-path" ERROR, "something at a path in out/ where iamc has to write, and did not make";
    OUTDATED_OUTPUT "iamc::emitter::outdated-output" ERROR, "a file in out/ that is not what the project makes";
    GAINED_PERMISSION "iamc::emitter::gained-permission" ERROR, "a permission in out/ that the source does not give";
    LOST_PERMISSION "iamc::emitter::lost-permission" ERROR, "a permission of the source that out/ does not give";
    WRONG_OUTPUT "iamc::emitter::wrong-output" ERROR, "a value in out/ that is not what the source says";
    MISSING_OUTPUT "iamc::emitter::missing-output" ERROR, "something that the source asks for and that out/ lacks";
    UNEXPECTED_OUTPUT "iamc::emitter::unexpected-output" ERROR, "something in out/ that the source does not ask for";
    UNREADABLE_OUTPUT "iamc::emitter::unreadable-output" ERROR, "a text in out/ that its readers can take for something else";

    UNKNOWN_SERVICE "iamc::aws::unknown-service" WARN, "an action of a service that AWS does not have";
    UNKNOWN_ACTION "iamc::aws::unknown-action" WARN, "an action that AWS does not have";
    PATTERN_MATCHES_NOTHING "iamc::aws::pattern-matches-nothing" WARN, "a pattern that matches no action of AWS's";
    WILDCARD_SERVICE "iamc::aws::wildcard-service" WARN, "a wildcard in the service of an action";
    REDUNDANT_ACTION "iamc::aws::redundant-action" WARN, "an action that another of the same statement covers";
    ARN_MALFORMED "iamc::aws::arn-malformed" WARN, "an ARN that cannot be";
    UNKNOWN_RESOURCE_TYPE "iamc::aws::unknown-resource-type" WARN, "an ARN that no resource type of its service has";
    REDUNDANT_RESOURCE "iamc::aws::redundant-resource" WARN, "a resource that another of the same statement covers";
    ACTION_FITS_NO_RESOURCE "iamc::aws::action-fits-no-resource" WARN, "an action that works on none of the statement's resources";
    ACTION_NEEDS_STAR "iamc::aws::action-needs-star" WARN, "an action that takes no resource but `*`, on others";
    RESOURCE_FITS_NO_ACTION "iamc::aws::resource-fits-no-action" WARN, "a resource that none of the statement's actions work on";
    UNKNOWN_CONDITION_KEY "iamc::aws::unknown-condition-key" WARN, "a condition key that AWS does not have";
    MISSING_TAG_KEY "iamc::aws::missing-tag-key" WARN, "a condition key of tags that names no tag";
    DEPRECATED_CONDITION_KEY "iamc::aws::deprecated-condition-key" WARN, "a condition key in whose place AWS has put another";
    UNSUPPORTED_CONDITION_KEY "iamc::aws::unsupported-condition-key" WARN, "a condition that no action of the statement can meet";
    CONDITION_NEVER_NARROWS "iamc::aws::condition-never-narrows" WARN, "a condition that all actions of the statement escape";
    CONDITION_TYPE "iamc::aws::condition-type" WARN, "an operator that does not fit its key's type";
    CONDITION_VALUE "iamc::aws::condition-value" WARN, "a value that no request has for the key, or that means another than it seems to";
    PRIVATE_ADDRESS "iamc::aws::private-address" WARN, "a private address for `aws:SourceIp`, which is the public one";
    SET_OPERATOR "iamc::aws::set-operator" WARN, "a set operator on a key with one value";
    MISSING_SET_OPERATOR "iamc::aws::missing-set-operator" WARN, "no set operator on a key with several values";
    LITERAL_WILDCARD "iamc::aws::literal-wildcard" WARN, "a wildcard under an operator that compares letter by letter";
    REDUNDANT_VALUE "iamc::aws::redundant-value" WARN, "a value of a condition that another one covers";
    BAD_VARIABLE "iamc::aws::bad-variable" WARN, "a `${…}` that IAM does not fill";
    VARIABLE_NEVER_PRESENT "iamc::aws::variable-never-present" WARN, "a policy variable that holders of the policy never have";
    KEY_NEVER_PRESENT "iamc::aws::key-never-present" WARN, "a condition key that no holder of the policy ever has";

    FULL_ACCESS "iamc::access::full-access" WARN, "every action on every resource";
    FULL_SERVICE "iamc::access::full-service" WARN, "every action of a service on every resource";
    WRITE_ON_STAR "iamc::access::write-on-star" OFF, "an action that writes, on every resource";
    ALLOW_NOT_ACTIONS "iamc::access::allow-not-actions" WARN, "an Allow of all actions but some";
    ALLOW_NOT_RESOURCES "iamc::access::allow-not-resources" WARN, "an Allow on all resources but some";
    PASS_ROLE "iamc::access::pass-role" WARN, "the right to pass roles, not bound to roles or services";
    SERVICE_LINKED_ROLE "iamc::access::service-linked-role" WARN, "the right to make roles linked to any service";
    FOR_ALL_VALUES_ALLOW "iamc::access::for-all-values-allow" WARN, "an Allow by `ForAllValues`, which lets through what has no value";
    MFA_ESCAPE "iamc::access::mfa-escape" WARN, "a condition on MFA that long-term access keys escape";
    TRUST_IN_ACCOUNT "iamc::access::trust-in-account" WARN, "trust in another account without a condition";
    CONFUSED_DEPUTY "iamc::access::confused-deputy" WARN, "trust in a service that does not say for whom it may act";
    OIDC_AUDIENCE "iamc::access::oidc-audience" WARN, "trust in an OIDC provider's tokens for any application";
    OIDC_SUBJECT "iamc::access::oidc-subject" WARN, "trust in an OIDC provider's tokens for anybody";
    SAML_AUDIENCE "iamc::access::saml-audience" WARN, "trust in a SAML provider's assertions for any application";
    PRIVILEGE_ESCALATION "iamc::access::privilege-escalation" WARN, "permissions that together lead to more than was given";
    CREDENTIAL_EXPOSURE "iamc::access::credential-exposure" OFF, "an action whose answer holds credentials";
    DATA_EXFILTRATION "iamc::access::data-exfiltration" WARN, "the right to read all objects, secrets, parameters or databases";
    PERMISSION_MANAGEMENT "iamc::access::permission-management" OFF, "the right to decide what others may do, on every resource";
    COVERED_STATEMENT "iamc::access::covered-statement" WARN, "a policy that adds nothing to what its holders have";
    DUPLICATE_PERMISSION "iamc::access::duplicate-permission" WARN, "one permission under two names";
    CANCELLED_ALLOW "iamc::access::cancelled-allow" WARN, "an Allow that a Deny always cancels";
    REDUNDANT_MEMBERSHIP "iamc::access::redundant-membership" WARN, "a membership that adds nothing";

    FAILED_ASSERTION "iamc::access::failed-assertion" ERROR, "an assertion that does not hold";
    VACUOUS_ASSERTION "iamc::access::vacuous-assertion" WARN, "an assertion about nobody";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_kebab_case() {
        let rules: BTreeSet<_> = ALL.iter().map(|code| code.rule()).collect();
        assert_eq!(rules.len(), ALL.len());
        for code in ALL {
            let parts: Vec<_> = code.id.split("::").collect();
            assert!(matches!(parts[..], ["iamc", "parser" | "graph" | "emitter" | "access" | "aws", _]));
            assert!(code.rule().chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        }
    }

    #[test]
    fn a_code_is_found_by_its_rule_or_whole() {
        assert_eq!(find("cycle"), Some(&CYCLE));
        assert_eq!(find("iamc::graph::cycle"), Some(&CYCLE));
        assert_eq!(find("circle"), None);
    }
}
