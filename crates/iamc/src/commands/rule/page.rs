//! The pages of docs/rules, for a terminal.

use crate::answer::Paint;

macro_rules! pages {
    ($($rule:literal)*) => {
        &[$(($rule, include_str!(concat!("../../../../../docs/rules/", $rule, ".md"))),)*]
    };
}

/// Rule, page; in the order of the codes.
static PAGES: &[(&str, &str)] = pages! {
    "unreadable-file" "unread-file" "file-too-large" "link-outside" "not-utf8" "hidden-character"
    "escaped-ascii" "syntax" "misplaced-table" "unknown-key" "missing-key" "conflicting-keys" "wrong-type"
    "empty-value" "invalid-value" "invalid-name" "invalid-action" "invalid-resource" "unclosed-variable"
    "invalid-character" "invalid-placeholder" "invalid-filling" "unknown-operator" "duplicate-condition-key"
    "invalid-condition-value" "invalid-until" "duplicate-tag" "trust-in-everyone" "unknown-lint"
    "duplicate-definition" "unknown-policy" "unknown-group" "unknown-template" "unknown-principal" "cycle"
    "missing-parameter" "unknown-parameter" "unfilled-placeholder" "ambiguous-placeholder"
    "bounded-kubernetes-group" "system-kubernetes-group" "unbound-kubernetes-group" "account-required"
    "unused-policy" "unused-group" "unused-template" "unused-parameter" "unused-silence" "empty-group"
    "no-permission" "expired" "expires-soon" "bounded-deny" "placeholder-before-star"
    "invalid-resource-name" "name-clash" "logical-id-clash" "statement-too-large" "too-many-policies"
    "trust-too-large" "invalid-tag" "invalid-attachment" "template-too-large" "template-needs-s3"
    "account-quota" "crowded-update" "trust-cycle" "foreign-file" "occupied-path" "outdated-output"
    "gained-permission" "lost-permission" "wrong-output" "missing-output" "unexpected-output"
    "unreadable-output" "unknown-service" "unknown-action" "pattern-matches-nothing" "wildcard-service"
    "redundant-action" "arn-malformed" "unknown-resource-type" "redundant-resource"
    "action-fits-no-resource" "action-needs-star" "resource-fits-no-action" "unknown-condition-key"
    "missing-tag-key" "deprecated-condition-key" "unsupported-condition-key" "condition-never-narrows"
    "condition-type" "condition-value" "private-address" "set-operator" "missing-set-operator"
    "literal-wildcard" "redundant-value" "bad-variable" "variable-never-present" "key-never-present"
    "full-access" "full-service" "write-on-star" "allow-not-actions" "allow-not-resources" "pass-role"
    "service-linked-role" "for-all-values-allow" "mfa-escape" "trust-in-account" "confused-deputy"
    "oidc-audience" "oidc-subject" "saml-audience" "privilege-escalation" "credential-exposure"
    "data-exfiltration" "permission-management" "covered-statement" "duplicate-permission"
    "cancelled-allow" "redundant-membership" "failed-assertion" "vacuous-assertion"
};

/// The page of a rule.
pub(super) fn of(rule: &str) -> Option<&'static str> {
    PAGES.iter().find(|(name, _)| *name == rule).map(|(_, page)| *page)
}

/// Markdown as it reads in a terminal: headings without their marks, the first left out, since it names
/// the rule; code indented; comments and fences left out.
pub(super) fn render(page: &str, paint: Paint) -> String {
    let mut rendered = String::new();
    let mut is_code = false;
    for line in page.lines().skip_while(|line| line.is_empty() || line.starts_with("# ")) {
        let line = line.trim_end();
        if line.starts_with("```") {
            is_code = !is_code;
        } else if is_code && !line.is_empty() {
            rendered.push_str(&format!("    {line}\n"));
        } else if !line.starts_with("<!--") {
            rendered.push_str(&format!("{}\n", heading(line, paint).unwrap_or_else(|| line.to_owned())));
        }
    }
    rendered
}

fn heading(line: &str, paint: Paint) -> Option<String> {
    let text = line.trim_start_matches('#');
    let title = text.strip_prefix(' ').filter(|_| text.len() < line.len())?;
    Some(paint.strong(title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_reads_well_in_a_terminal() {
        let page = "# cycle\n\nA group.\n\n## Cure\n\n```toml\n# a.toml\nx = 1\n\n```\n<!-- x -->\nEnd\n";
        let expected = "A group.\n\nCure\n\n    # a.toml\n    x = 1\n\nEnd\n";
        assert_eq!(render(page, Paint::new(false)), expected);
    }

    #[test]
    fn every_rule_has_its_page() {
        let rules: Vec<&str> = iamc_model::codes::ALL.iter().map(|code| code.rule()).collect();
        assert_eq!(PAGES.iter().map(|(rule, _)| *rule).collect::<Vec<_>>(), rules);
    }
}
