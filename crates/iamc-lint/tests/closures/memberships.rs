use crate::run;

#[track_caller]
fn check(files: &str, expected: &str) {
    run::check(&["redundant-membership"], files, expected);
}

const GROUPS: &str = "--- policies/p.toml
[policy.A]
actions = ['sqs:SendMessage']
resources = ['arn:aws:sqs:*:*:a']
[policy.B]
actions = ['sqs:SendMessage']
resources = ['arn:aws:sqs:*:*:b']
--- iamc.toml
[project]
account = '123456789876'
[kubernetes.groups.eng]
cluster-role = 'eng'
--- groups/g.toml
[group.Base]
policies = ['A']
[group.Team]
policies = ['B']
groups = ['Base']
[group.AlsoA]
policies = ['A']
[group.Cluster]
policies = ['A']
kubernetes-groups = ['eng']
[group.Months]
groups = [{ name = 'Base', until = 2030-06-30 }]
";

#[track_caller]
fn check_engineers(engineers: &str, expected: &str) {
    check(&format!("{GROUPS}--- engineers.toml\n[engineer]\n{engineers}"), expected);
}

#[test]
fn what_another_membership_holds() {
    check_engineers(
        "Ann = ['Base', 'Team']\nBob = { groups = ['Team'], policies = ['B'] }",
        "redundant-membership: 'Base' | 'Team': `Base` adds nothing: `Team` holds it
        redundant-membership: 'B' | 'Team': `B` adds nothing: `Team` holds it",
    );
    check_engineers(
        "Ann = ['Team']\nBob = ['Base', 'Cluster']",
        "redundant-membership: 'Base' | 'Cluster': `Base` adds nothing: `Cluster` gives all of it",
    );
}

#[test]
fn of_two_that_give_the_same_one_is_left() {
    check_engineers(
        "Ann = ['Base', 'AlsoA', 'Base']",
        "redundant-membership: 'AlsoA' | 'Base': `AlsoA` adds nothing: `Base` gives all of it\nredundant-membership: 'Base' | 'Base': `Base` is held twice",
    );
}

#[test]
fn kubernetes_groups_count() {
    check_engineers("Ann = ['Cluster', 'Team']", "");
}

#[test]
fn an_end_makes_a_difference() {
    check_engineers(
        "Ann = ['Months', 'Team']",
        "redundant-membership: 'Months' | 'Team': `Months` adds nothing: `Team` gives all of it",
    );
    check_engineers(
        "Ann = ['Months', 'Base']",
        "redundant-membership: 'Months' | 'Base': `Months` adds nothing: `Base` gives all of it",
    );
    check_engineers("Ann = ['Months', { name = 'Team', until = 2030-06-29 }]", "");
    check_engineers(
        "Ann = ['Months', { name = 'Team', until = 2030-06-30 }]",
        "redundant-membership: 'Months' | 'Team': `Months` adds nothing: `Team` gives all of it",
    );
    check_engineers(
        "Ann = ['Base', { name = 'Base', until = 2030-06-30 }]",
        "redundant-membership: 'Base' | 'Base': `Base` is held twice",
    );
}

#[test]
fn a_group_of_which_an_assertion_speaks_is_more_than_its_policies() {
    let assertion = "--- assertions.toml
[[assert]]
groups = ['AlsoA']
action = 'sqs:SendMessage'
resource = 'arn:aws:sqs:eu-central-1:123456789876:a'
expect = 'allowed'
";
    check_engineers(
        &format!("Ann = ['AlsoA', 'Cluster']\nBob = ['Base', 'Cluster']\n{assertion}"),
        "redundant-membership: 'Base' | 'Cluster': `Base` adds nothing: `Cluster` gives all of it",
    );
}

#[test]
fn what_several_share_is_reported_where_it_adds_nothing_to_any() {
    let users = "--- service-users.toml
[service-user.'Etl{name}']
groups = ['Base', 'Team']
for-each = [{ name = 'X' }, { name = 'Y' }]
";
    check_engineers(
        &format!("Ann = ['Team']\n{users}"),
        "redundant-membership: 'Base' | 'Team': `Base` adds nothing: `Team` holds it",
    );
}
