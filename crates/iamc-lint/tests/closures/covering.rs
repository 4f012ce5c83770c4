use crate::run;

#[track_caller]
fn check(files: &str, expected: &str) {
    run::check(&["covered-statement", "duplicate-permission", "cancelled-allow"], files, expected);
}

const READ_ALL: &str = "\
[policy.ReadAll]
actions = ['s3:Get*', 's3:List*']
resources = ['arn:aws:s3:::data', 'arn:aws:s3:::data/*']
";

fn project(policies: &str, holders: &str) -> String {
    format!("--- engineers.toml\n{holders}\n--- policies/p.toml\n{READ_ALL}{policies}\n")
}

#[test]
fn what_another_covers_for_all_who_hold_it() {
    let part = "[policy.ReadPart]\nactions = ['s3:GetObject']\nresources = ['arn:aws:s3:::data/part/*']";
    let both = "[engineer.Ann]\npolicies = ['ReadAll', 'ReadPart']";
    check(
        &project(part, both),
        "covered-statement: ReadPart | ReadAll: `ReadPart` adds nothing: `Ann` holds `ReadAll`, which allows as much",
    );
    let alone = format!("{both}\n[engineer.Bob]\npolicies = ['ReadPart']");
    check(&project(part, &alone), "");
}

#[test]
fn what_is_more_in_one_part_is_not_covered() {
    let both = "[engineer.Ann]\npolicies = ['ReadAll', 'ReadPart']";
    for part in [
        "actions = ['s3:GetObject', 's3:PutObject']\nresources = ['arn:aws:s3:::data/part/*']",
        "actions = ['s3:GetObject']\nresources = ['arn:aws:s3:::data/*', 'arn:aws:s3:::more/*']",
        "effect = 'Deny'\nactions = ['s3:GetObject']\nresources = ['arn:aws:s3:::data/part/*']",
        "actions = ['s3:GetObject']\nnot-resources = ['arn:aws:s3:::data/part/*']",
        "not-actions = ['s3:GetObject']\nresources = ['arn:aws:s3:::data/part/*']",
    ] {
        check(&project(&format!("[policy.ReadPart]\n{part}"), both), "");
    }
}

#[test]
fn conditions_narrow() {
    let narrowed = "[policy.A]
actions = ['s3:ListBucket']
resources = ['arn:aws:s3:::logs']
conditions.StringLike.'s3:prefix' = ['a/b/*']
[policy.B]
actions = ['s3:ListBucket']
resources = ['arn:aws:s3:::logs']
conditions.StringLike.'s3:prefix' = ['a/*', 'c']
[policy.C]
actions = ['s3:ListBucket']
resources = ['arn:aws:s3:::logs']
conditions.StringLike.'s3:delimiter' = ['/']
";
    check(
        &project(narrowed, "[engineer.Ann]\npolicies = ['A', 'B', 'C', 'ReadAll']"),
        "covered-statement: A | B: `A` adds nothing: `Ann` holds `B`, which allows as much",
    );
}

#[test]
fn a_bound_makes_a_difference_where_it_is_the_later_one() {
    let part = "[policy.ReadPart]\nactions = ['s3:GetObject']\nresources = ['arn:aws:s3:::data/part/*']";
    let bounded = |part: &str, all: &str| {
        let until = |name: &str, until: &str| match until {
            "" => format!("'{name}'"),
            until => format!("{{ name = '{name}', until = {until} }}"),
        };
        format!("[engineer.Ann]\npolicies = [{}, {}]", until("ReadPart", part), until("ReadAll", all))
    };
    check(&project(part, &bounded("", "2030-01-31")), "");
    check(&project(part, &bounded("2030-02-01", "2030-01-31")), "");
    let found = "covered-statement: ReadPart | ReadAll: `ReadPart` adds nothing: `Ann` holds `ReadAll`, which allows as much";
    check(&project(part, &bounded("2030-01-30", "2030-01-31")), found);
    check(&project(part, &bounded("2030-01-30", "")), found);
}

#[test]
fn params_make_a_difference() {
    let policies = "[policy.OfClient]
actions = ['s3:GetObject']
resources = ['arn:aws:s3:::data/{client}/*']
[policy.OfTcm]
actions = ['s3:Get*']
resources = ['arn:aws:s3:::data/tcm/*']
";
    let ann = "[engineer.Ann]\npolicies = ['OfClient', 'OfTcm']\nparams = { client = 'tcm' }\n";
    let bob = "[engineer.Bob]\npolicies = ['OfClient', 'OfTcm']\nparams = { client = 'abc' }\n";
    let silent = "[engineer.Cid]\npolicies = ['ReadAll']\n";
    check(
        &project(policies, &format!("{ann}{silent}")),
        "covered-statement: OfClient | OfTcm: `OfClient` adds nothing: `Ann` holds `OfTcm`, which allows as much",
    );
    check(&project(policies, &format!("{ann}{bob}{silent}")), "");
}

#[test]
fn each_holder_by_something_of_their_own() {
    let policies = "[policy.ReadPart]
actions = ['s3:GetObject']
resources = ['arn:aws:s3:::data/part/*']
[policy.GetAll]
actions = ['s3:Get*']
resources = ['arn:aws:s3:::data/*']
";
    let holders = "[engineer]\nAnn = { policies = ['ReadPart', 'ReadAll'] }\nBob = { policies = ['ReadPart', 'GetAll'] }";
    check(
        &project(policies, holders),
        "covered-statement: ReadPart | GetAll | ReadAll: `ReadPart` adds nothing: `Ann` and `Bob` hold `GetAll` or `ReadAll`, which allows as much",
    );
}

#[test]
fn attached_documents_cover_too() {
    let holders = "[engineer.Ann]
policies = ['ReadAll']
managed-policy-arns = ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess']
";
    check(
        &project("", holders),
        "covered-statement: ReadAll: `ReadAll` adds nothing: `Ann` holds `arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess`, which allows as much",
    );
}

#[test]
fn one_permission_under_two_names() {
    let policies = "[policy.Again]
actions = ['s3:getobject', 'S3:Get*', 's3:List*']
resources = ['arn:aws:s3:::data/*', 'arn:aws:s3:::{bucket}', 'arn:aws:s3:::data/x/*']
[policy.Other]
actions = ['s3:Get*', 's3:List*']
resources = ['arn:aws:s3:::data/*', 'arn:aws:s3:::{client}']
";
    let holders = "[engineer.Ann]\npolicies = ['ReadAll', 'Again', 'Other']\nparams = { client = 'x' }\n--- iamc.toml\n[variables]\nbucket = 'data'";
    check(
        &project(policies, holders),
        "duplicate-permission: Again | ReadAll: `Again` is the same permission as `ReadAll`",
    );
}

#[test]
fn the_same_by_another_operator() {
    let policies = "[policy.A]
actions = ['sqs:SendMessage']
resources = ['*']
conditions.StringLike.'aws:ResourceTag/Team' = ['x']
[policy.B]
actions = ['sqs:SendMessage']
resources = ['*']
conditions.StringEquals.'AWS:resourcetag/Team' = ['x']
[policy.C]
actions = ['sqs:SendMessage']
resources = ['*']
conditions.StringEquals.'aws:ResourceTag/Team' = ['X']
";
    check(
        &project(policies, "[engineer.Ann]\npolicies = ['ReadAll', 'A', 'B', 'C']"),
        "duplicate-permission: B | A: `B` is the same permission as `A`",
    );
}

#[test]
fn an_allow_of_which_a_deny_leaves_nothing() {
    let deny = "[policy.NoData]
effect = 'Deny'
actions = ['s3:*']
resources = ['arn:aws:s3:::data*']
[policy.NoneElsewhere]
effect = 'Deny'
actions = ['s3:*']
resources = ['*']
conditions.StringNotEquals.'aws:RequestedRegion' = ['eu-central-1']
";
    let ann = "[engineer.Ann]\npolicies = ['ReadAll', 'NoData', 'NoneElsewhere']\n";
    check(
        &project(deny, ann),
        "cancelled-allow: ReadAll | NoData: `ReadAll` allows nothing: whatever it allows `Ann` is denied by `NoData`",
    );
    check(&project(deny, &format!("{ann}[engineer.Bob]\npolicies = ['ReadAll', 'NoneElsewhere']")), "");
}

#[test]
fn denies_that_leave_nothing_together() {
    let deny = "[policy.NoObjects]
effect = 'Deny'
actions = ['s3:*']
resources = ['arn:aws:s3:::data/*']
[policy.NoBuckets]
effect = 'Deny'
actions = ['s3:*']
not-resources = ['arn:aws:s3:::*/*']
";
    check(
        &project(deny, "[engineer.Ann]\npolicies = ['ReadAll', 'NoBuckets', 'NoObjects']\n"),
        "cancelled-allow: ReadAll | NoBuckets | NoObjects: `ReadAll` allows nothing: whatever it allows `Ann` is denied by `NoBuckets` and `NoObjects`",
    );
    check(&project(deny, "[engineer.Ann]\npolicies = ['ReadAll', 'NoObjects']\n"), "");
}

#[test]
fn what_a_deny_excepts_by_another_name() {
    let deny = "[policy.OnlyBox]
effect = 'Deny'
actions = ['s3:*']
not-resources = ['arn:aws:s3:*:*:box/*']
";
    let found = "cancelled-allow: ReadAll | OnlyBox: `ReadAll` allows nothing: whatever it allows `Ann` is denied by `OnlyBox`";
    check(&project(deny, "[engineer.Ann]\npolicies = ['ReadAll', 'OnlyBox']\n"), found);
    let box_too = deny.replace("box/*'", "box/*', 'arn:aws:s3:::data'");
    check(&project(&box_too, "[engineer.Ann]\npolicies = ['ReadAll', 'OnlyBox']\n"), "");
}
