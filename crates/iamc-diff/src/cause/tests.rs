use crate::testing::{Told, check_causes};

const POLICIES: &str = "--- policies/a.toml\n\
    [policy.Read]\nactions = ['s3:GetObject']\nresources = ['arn:aws:s3:::data/*']\n\
    [policy.Stop]\neffect = 'Deny'\nactions = ['s3:GetObject']\nresources = ['arn:aws:s3:::data/*']\n";

fn files(base: &str, team: &str, jane: &str) -> String {
    format!(
        "{POLICIES}--- groups/a.toml\n[group.Base]\n{base}\n[group.Team]\n{team}\n\
         --- engineers.toml\n[engineer.JaneDoe]\n{jane}\n"
    )
}

#[test]
fn a_membership_of_the_principal() {
    let without = files("policies = ['Read']", "groups = ['Base']", "");
    let with = files("policies = ['Read']", "groups = ['Base']", "groups = ['Team']");
    check_causes(&without, &with, &["JaneDoe gains: `JaneDoe` now holds `Team` > 'Team'"]);
    check_causes(&with, &without, &["JaneDoe loses: `JaneDoe` no longer holds `Team` < 'Team'"]);
}

#[test]
fn a_membership_further_up() {
    let without = files("", "groups = ['Base']", "groups = ['Team']");
    let with = files("policies = ['Read']", "groups = ['Base']", "groups = ['Team']");
    check_causes(&without, &with, &["JaneDoe gains: `Base` now includes `Read` > 'Read'"]);
    let elsewhere = files("policies = ['Read']", "", "groups = ['Team']");
    check_causes(&with, &elsewhere, &["JaneDoe loses: `Team` no longer includes `Base` < 'Base'"]);
}

#[test]
fn a_deny() {
    let denied = files("policies = ['Read', 'Stop']", "groups = ['Base']", "groups = ['Team']");
    let free = files("policies = ['Read']", "groups = ['Base']", "groups = ['Team']");
    check_causes(&denied, &free, &["JaneDoe gains: `Base` no longer includes `Stop` < 'Stop'"]);
    check_causes(&free, &denied, &["JaneDoe loses: `Base` now includes `Stop` > 'Stop'"]);
}

#[test]
fn defaults() {
    let with = files("policies = ['Read']", "", "");
    let defaults = "--- iamc.toml\n[engineer-defaults]\ngroups = ['Base']\n";
    check_causes(
        &with,
        &(defaults.to_owned() + &with),
        &["JaneDoe gains: `[engineer-defaults]` now holds `Base` > 'Base'"],
    );
}

#[test]
fn time() {
    let until = |day: &str| {
        let member = format!("groups = [{{ name = 'Base', until = {day} }}]");
        files("policies = ['Read']", "", &member)
    };
    check_causes(
        &until("2027-12-31"),
        &until("2028-12-31"),
        &["JaneDoe gains: `JaneDoe` now holds `Base` until 2028-12-31, not until 2027-12-31 > 2028-12-31"],
    );
}

#[test]
fn principals_that_come_and_go() {
    let with = files("policies = ['Read']", "", "groups = ['Base']");
    let without = with[..with.find("--- engineers").unwrap()].to_owned();
    check_causes(&without, &with, &["JaneDoe gains: engineer `JaneDoe` is new > JaneDoe"]);
    check_causes(&with, &without, &["JaneDoe loses: engineer `JaneDoe` is gone < JaneDoe"]);
}

#[test]
fn a_policy_of_its_own_words() {
    let before = files("policies = ['Read']", "", "groups = ['Base']");
    let after = before.replacen("['s3:GetObject']", "['s3:GetObject', 's3:PutObject']", 1);
    check_causes(
        &before,
        &after,
        &["JaneDoe gains: `Read` now has the action `s3:PutObject` > 's3:PutObject'"],
    );
    let other = before.replacen("data/*", "logs/*", 1);
    check_causes(
        &before,
        &other,
        &[
            "JaneDoe gains: `Read` now has the resource `arn:aws:s3:::logs/*` > 'arn:aws:s3:::logs/*'",
            "JaneDoe loses: `Read` no longer has the resource `arn:aws:s3:::data/*` < 'arn:aws:s3:::data/*'",
        ],
    );
    let bound =
        before.replacen("data/*']\n", "data/*']\nconditions.Bool.'aws:SecureTransport' = ['true']\n", 1);
    check_causes(
        &before,
        &bound,
        &["JaneDoe loses: `Read` now has the condition Bool `aws:SecureTransport` > 'aws:SecureTransport'"],
    );
}

#[test]
fn exceptions() {
    let list = |actions: &str| {
        format!(
            "--- policies/a.toml\n[policy.Most]\nnot-actions = [{actions}]\nresources = ['*']\n\
             --- engineers.toml\n[engineer.JaneDoe]\npolicies = ['Most']\n"
        )
    };
    check_causes(
        &list("'iam:*', 's3:*'"),
        &list("'iam:*'"),
        &["JaneDoe gains: `Most` no longer has `s3:*` in `not-actions` < 's3:*'"],
    );
    check_causes(
        &list("'iam:*'"),
        &list("'iam:*', 's3:*'"),
        &["JaneDoe loses: `Most` now has `s3:*` in `not-actions` > 's3:*'"],
    );
}

fn template(actions: &str, bucket: &str, rest: &str) -> String {
    format!(
        "--- policies/a.toml\n[template.T]\nparameters = ['bucket']\nactions = [{actions}]\n\
         resources = ['arn:aws:s3:::{{bucket}}/*']\n\
         [policy.Read]\ntemplate = 'T'\nwith = {{ bucket = '{bucket}' }}\n\
         --- engineers.toml\n[engineer.JaneDoe]\npolicies = ['Read']\n{rest}"
    )
}

#[test]
fn a_template_and_what_is_given_to_it() {
    check_causes(
        &template("'s3:GetObject'", "data", ""),
        &template("'s3:*'", "data", ""),
        &["JaneDoe gains: `T` now has the action `s3:*` > 's3:*'"],
    );
    check_causes(
        &template("'s3:GetObject'", "data", ""),
        &template("'s3:GetObject'", "logs", ""),
        &[
            "JaneDoe gains: `bucket` of `Read` goes from `data` to `logs` > 'logs'",
            "JaneDoe loses: `bucket` of `Read` goes from `data` to `logs` > 'logs'",
        ],
    );
}

#[test]
fn values() {
    let params =
        |value: &str| template("'s3:GetObject'", "{client}", &format!("params = {{ client = '{value}' }}\n"));
    check_causes(
        &params("tcm"),
        &params("abc"),
        &[
            "JaneDoe gains: `client` of `JaneDoe` goes from `tcm` to `abc` > 'abc'",
            "JaneDoe loses: `client` of `JaneDoe` goes from `tcm` to `abc` > 'abc'",
        ],
    );
    let variables = |value: &str| {
        template("'s3:GetObject'", "{client}", "")
            + &format!("--- iamc.toml\n[variables]\nclient = '{value}'\n")
    };
    check_causes(
        &variables("tcm"),
        &variables("abc"),
        &[
            "JaneDoe gains: the variable `client` goes from `tcm` to `abc` > 'abc'",
            "JaneDoe loses: the variable `client` goes from `tcm` to `abc` > 'abc'",
        ],
    );
}

#[test]
fn an_entry_of_for_each() {
    let files = |bucket: &str| {
        format!(
            "--- policies/a.toml\n[policy.'Read{{name}}']\nactions = ['s3:GetObject']\n\
             resources = ['arn:aws:s3:::{{bucket}}/*']\nfor-each = [{{ name = 'Sales', bucket = '{bucket}' }}]\n\
             --- engineers.toml\n[engineer.JaneDoe]\npolicies = ['ReadSales']\n"
        )
    };
    check_causes(
        &files("a"),
        &files("b"),
        &[
            "JaneDoe gains: `bucket` of `ReadSales` goes from `a` to `b` > 'b'",
            "JaneDoe loses: `bucket` of `ReadSales` goes from `a` to `b` > 'b'",
        ],
    );
}

#[test]
fn a_tag_by_which_a_statement_means_more() {
    let files = |team: &str| {
        format!(
            "--- policies/a.toml\n[policy.Read]\nactions = ['s3:GetObject']\nresources = ['*']\n\
             conditions.StringEquals.'aws:PrincipalTag/team' = ['ml']\n\
             --- engineers.toml\n[engineer.JaneDoe]\npolicies = ['Read']\ntags = {{ team = '{team}' }}\n"
        )
    };
    check_causes(
        &files("web"),
        &files("ml"),
        &["JaneDoe gains: the tag `team` goes from `web` to `ml` > team"],
    );
}

#[test]
fn a_document_that_is_attached() {
    let attached = "managed-policy-arns = ['arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess']";
    let told = Told::new(&files("", "", ""), &files("", "", attached)).causes();
    let line = "JaneDoe gains: `arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess` is now attached to `JaneDoe` \
                > 'arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess'";
    assert_eq!(told, line);
}
