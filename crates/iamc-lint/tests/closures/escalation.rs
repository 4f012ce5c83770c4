use crate::run;

#[track_caller]
fn check(files: &str, expected: &str) {
    run::check(&["privilege-escalation"], files, expected);
}

const ROLES: &str = "--- policies/p.toml
[policy.Pass]
actions = ['iam:PassRole']
resources = ['arn:aws:iam::123456789876:role/app-*']
[policy.PassToEc2]
actions = ['iam:PassRole']
resources = ['*']
conditions.StringEquals.'iam:PassedToService' = ['ec2.amazonaws.com']
[policy.Deploy]
actions = ['lambda:CreateFunction', 'lambda:InvokeFunction']
resources = ['arn:aws:lambda:*:*:function:app-*']
[policy.NoLambda]
effect = 'Deny'
actions = ['lambda:Create*']
resources = ['*']
";

#[track_caller]
fn check_engineers(engineers: &str, expected: &str) {
    check(&format!("{ROLES}--- engineers.toml\n[engineer]\n{engineers}"), expected);
}

#[test]
fn permissions_that_come_together_by_groups() {
    let groups =
        "--- groups/g.toml\n[group.Passers]\npolicies = ['Pass']\n[group.Deployers]\npolicies = ['Deploy']\n";
    check_engineers(
        &format!("Ann = ['Passers', 'Deployers']\nBob = ['Passers']\nCid = ['Deployers']\n{groups}"),
        "privilege-escalation: 'lambda:CreateFunction' | 'iam:PassRole': `Deploy` and `Pass` together let `Ann` run code in a new function with the rights of a role that they pass",
    );
}

#[test]
fn a_condition_on_the_service_rules_others_out() {
    check_engineers("Ann = { policies = ['PassToEc2', 'Deploy'] }", "");
}

#[test]
fn a_deny_counts() {
    check_engineers("Ann = { policies = ['Pass', 'Deploy', 'NoLambda'] }", "");
}

#[test]
fn resources_of_another_type_do_not_count() {
    let users = "[policy.Put]\nactions = ['iam:PutRolePolicy']\nresources = ['arn:aws:iam::*:user/*']\n";
    let roles = "[policy.Put]\nactions = ['iam:PutRolePolicy']\nresources = ['arn:aws:iam::*:role/ci/*']\n";
    let project = |policy: &str| {
        format!(
            "--- policies/p.toml\n{policy}--- engineers.toml\n[engineer]\nAnn = {{ policies = ['Put'] }}\n"
        )
    };
    check(&project(users), "");
    check(
        &project(roles),
        "privilege-escalation: 'iam:PutRolePolicy': `Put` lets `Ann` write any permission into a role",
    );
}

#[test]
fn what_is_there_already_counts_where_it_is_not_named() {
    let project = |resource: &str| {
        format!(
            "--- policies/p.toml\n[policy.Run]\nactions = ['ssm:StartSession']\nresources = ['{resource}']\n--- engineers.toml\n[engineer]\nAnn = {{ policies = ['Run'] }}\n"
        )
    };
    check(&project("arn:aws:ec2:*:*:instance/i-0123456789abcdef0"), "");
    check(&project("arn:aws:ec2:*:*:instance/*"), "privilege-escalation: 'ssm:StartSession': `Run` lets `Ann` open a shell on any instance and take its role\\'s credentials".replace("\\'", "'").as_str());
}

#[test]
fn ones_own_keys_are_nobody_elses() {
    let own = "--- policies/p.toml
[policy.OwnKeys]
actions = ['iam:CreateAccessKey', 'iam:CreateLoginProfile']
resources = ['arn:aws:iam::123456789876:user/${aws:username}']
--- service-users.toml
[service-user.Etl]
policies = ['OwnKeys']
silence = [{ lint = 'credential-exposure', reason = 'rotates its own key' }]
";
    check(own, "");
}

#[test]
fn one_policy_that_gives_everything_is_one_finding() {
    let all = "--- policies/p.toml\n[policy.All]\nactions = ['iam:*']\nresources = ['*']\n--- engineers.toml\n[engineer]\nAnn = { policies = ['All'] }\nBob = { policies = ['All'] }\n";
    check(
        all,
        "privilege-escalation: 'iam:*': `All` lets `Ann` and `Bob` rewrite a policy that they or others hold, and get beyond what they are given in 11 more ways",
    );
}

#[test]
fn a_silence_counts_for_its_own_principal() {
    let project = |ann: &str, bob: &str| {
        format!(
            "--- policies/p.toml\n[policy.Put]\nactions = ['iam:PutRolePolicy']\nresources = ['arn:aws:iam::*:role/ci/*']\n--- engineers.toml\n[engineer.Ann]\npolicies = ['Put']\n{ann}\n[engineer.Bob]\npolicies = ['Put']\n{bob}\n"
        )
    };
    let silence = "silence = [{ lint = 'privilege-escalation', reason = 'deploys' }]";
    check(
        &project(silence, ""),
        "privilege-escalation: 'iam:PutRolePolicy': `Put` lets `Bob` write any permission into a role",
    );
    check(&project(silence, silence), "");
}

#[test]
fn attached_documents_give_too() {
    let attached = "--- policies/p.toml
[policy.Pass]
actions = ['iam:PassRole']
resources = ['*']
conditions.StringEquals.'iam:PassedToService' = ['lambda.amazonaws.com']
--- engineers.toml
[engineer.Ann]
policies = ['Pass']
managed-policy-arns = ['arn:aws:iam::aws:policy/AWSLambda_FullAccess']
";
    check(
        attached,
        "privilege-escalation: 'arn:aws:iam::aws:policy/AWSLambda_FullAccess': `arn:aws:iam::aws:policy/AWSLambda_FullAccess` lets `Ann` change the code that a function runs with its role, and get beyond what they are given in 3 more ways",
    );
}

#[test]
fn what_is_excepted_is_not_given() {
    let project = |excepted: &str| {
        format!(
            "--- policies/p.toml\n[policy.Put]\nactions = ['iam:PutRolePolicy']\nnot-resources = ['{excepted}']\n--- engineers.toml\n[engineer]\nAnn = {{ policies = ['Put'] }}\n"
        )
    };
    check(&project("arn:aws:iam::*:role/*"), "");
    check(
        &project("arn:aws:iam::*:role/ci/*"),
        "privilege-escalation: 'iam:PutRolePolicy': `Put` lets `Ann` write any permission into a role",
    );
}
