use crate::testing::check_others;

const JANE: &str = "--- engineers.toml\n[engineer.JaneDoe]\n";

fn jane(line: &str) -> String {
    format!("{JANE}{line}\n")
}

fn role(trust: &str) -> String {
    format!("--- roles.toml\n[role.Deploy]\ntrust = [{trust}]\n")
}

#[test]
fn nothing() {
    check_others(&jane(""), &jane("description = 'other words'"), &[]);
}

#[test]
fn trust_that_grows_and_shrinks() {
    let ec2 = role("{ service = 'ec2.amazonaws.com' }");
    let both = role("{ service = ['ec2.amazonaws.com', 'ecs.amazonaws.com'] }");
    check_others(
        &ec2,
        &both,
        &["Deploy trust !trust: now trusts the service `ecs.amazonaws.com` with `sts:AssumeRole` \
           > { service = ['ec2.amazonaws.com', 'ecs.amazonaws.com'] }"],
    );
    check_others(
        &both,
        &ec2,
        &["Deploy trust: no longer trusts the service `ecs.amazonaws.com` with `sts:AssumeRole` \
           < { service = ['ec2.amazonaws.com', 'ecs.amazonaws.com'] }"],
    );
    let two = role("{ service = 'ecs.amazonaws.com' }, { service = 'ec2.amazonaws.com' }");
    check_others(&both, &two, &[]);
}

#[test]
fn a_condition_on_trust_narrows_it() {
    let free = role("{ aws = 'arn:aws:iam::111122223333:root' }");
    let bound = role(
        "{ aws = 'arn:aws:iam::111122223333:root', conditions.StringEquals.'sts:ExternalId' = ['a', 'b'] }",
    );
    let narrow = bound.replace("['a', 'b']", "['b']");
    let words = "AWS's principal `arn:aws:iam::111122223333:root` with `sts:AssumeRole`";
    let tail = |toml: &str| toml[toml.find('{').unwrap()..toml.rfind(']').unwrap()].to_owned();
    let gone = format!("Deploy trust: no longer trusts {words} < {}", tail(&free));
    check_others(&free, &bound, &[&gone]);
    let new = format!("Deploy trust !trust: now trusts {words} > {}", tail(&free));
    let other = |verb: &str, values: &str, place: &str| {
        format!("Deploy trust{verb} trusts {words}, where StringEquals `sts:ExternalId` {values} {place}")
    };
    let left = other(": no longer", "`a` and `b`", &format!("< {}", tail(&bound)));
    check_others(&bound, &free, &[&new]);
    check_others(&bound, &narrow, &[&left]);
    let wider = other(" !trust: now", "`a` and `b`", &format!("> {}", tail(&bound)));
    check_others(&narrow, &bound, &[&wider]);
}

#[test]
fn a_new_principal_says_whom_it_trusts_and_what_it_attaches() {
    let attached = "managed-policy-arns = ['arn:aws:iam::aws:policy/ReadOnlyAccess']";
    check_others(
        "",
        &(role("{ service = 'ecs.amazonaws.com' }") + &jane(attached)),
        &[
            "Deploy trust !trust: now trusts the service `ecs.amazonaws.com` with `sts:AssumeRole` \
             > { service = 'ecs.amazonaws.com' }",
            "JaneDoe managed-policy-arns !attached-document: `arn:aws:iam::aws:policy/ReadOnlyAccess` is now \
             attached > JaneDoe",
        ],
    );
}

#[test]
fn attributes() {
    let before = jane("tags = { team = 'a', old = 'x' }\npermissions-boundary = 'arn:aws:iam::aws:policy/A'");
    let after = jane("tags = { team = 'b', new = 'y' }\nmax-session-duration = 7200");
    check_others(
        &before,
        &after,
        &[
            "JaneDoe tags: the tag `new` is new: `y` > new",
            "JaneDoe tags: the tag `old` is gone: it was `x` < old",
            "JaneDoe tags: the tag `team` goes from `a` to `b` > team",
            "JaneDoe permissions-boundary !weakened-check: the permissions boundary is gone: it was \
             `arn:aws:iam::aws:policy/A` < 'arn:aws:iam::aws:policy/A'",
            "JaneDoe max-session-duration: sessions last at most 7200 seconds; it was 3600 > 7200",
        ],
    );
}

#[test]
fn another_kind() {
    let trust = "trust = [{ service = 'ec2.amazonaws.com' }]";
    let role = format!("--- roles.toml\n[role.JaneDoe]\n{trust}\n");
    check_others(
        &jane(""),
        &role,
        &[
            "JaneDoe kind: it is now a role; it was an engineer > JaneDoe",
            "JaneDoe stack: the stack `role-JaneDoe` takes the place of `personal-iam-profile-JaneDoe`, which \
             is to be deleted",
            "JaneDoe stack: the role `JaneDoe` takes the place of `PersonalRoleJaneDoe`, which is deleted",
        ],
    );
}

#[test]
fn times() {
    let files = |member: &str| {
        format!(
            "--- policies/a.toml\n[policy.A]\nactions = ['s3:GetObject']\nresources = ['*']\n\
             [policy.B]\nactions = ['s3:PutObject']\nresources = ['*']\n\
             --- groups/a.toml\n[group.Team]\npolicies = ['A', 'B']\n\
             --- engineers.toml\n[engineer]\nJaneDoe = [{member}]\n"
        )
    };
    let permanent = files("'Team'");
    let bounded = files("{ name = 'Team', until = 2027-12-31 }");
    check_others(
        &permanent,
        &bounded,
        &["JaneDoe time-bound: `A` and `B` are held until 2027-12-31, not permanently > 2027-12-31"],
    );
    check_others(
        &bounded,
        &files("{ name = 'Team', until = 2028-12-31 }"),
        &["JaneDoe time-bound: `A` and `B` are held until 2028-12-31, not until 2027-12-31 > 2028-12-31"],
    );
    check_others(
        &bounded,
        &permanent,
        &["JaneDoe time-bound: `A` and `B` are held permanently, not until 2027-12-31 > 'Team'"],
    );
}

#[test]
fn groups_of_the_cluster() {
    let files = |groups: &str, member: &str| {
        format!(
            "--- iamc.toml\n[project]\naccount = '123456789876'\n[kubernetes.groups.eng]\ncluster-role = 'edit'\n\
             --- groups/a.toml\n[group.Team]\nkubernetes-groups = [{groups}]\n[group.Other]\n\
             --- engineers.toml\n[engineer]\nJaneDoe = ['{member}']\n"
        )
    };
    check_others(
        &files("", "Team"),
        &files("'eng'", "Team"),
        &["JaneDoe kubernetes-groups !cluster-access: is now in the Kubernetes group `eng` > 'eng'"],
    );
    check_others(
        &files("'eng'", "Team"),
        &files("'eng'", "Other"),
        &["JaneDoe kubernetes-groups: is no longer in the Kubernetes group `eng` < 'Team'"],
    );
}

#[test]
fn a_path_that_cloudformation_refuses() {
    check_others(
        &jane(""),
        &jane("path = '/team/'"),
        &[
            "JaneDoe stack: CloudFormation will refuse the update of `personal-iam-profile-JaneDoe`: a new path \
           wants `PersonalRoleJaneDoe` and `PersonalInstanceProfileJaneDoe` replaced, under the same name; \
           give new names too, or delete the stack first > '/team/'",
        ],
    );
    let user = |line: &str| format!("--- service-users.toml\n[service-user.Web]\n{line}\n");
    check_others(&user(""), &user("path = '/team/'"), &[]);
}

#[test]
fn a_new_name_of_the_stack() {
    let naming = "--- iamc.toml\n[naming]\nengineer-stack = 'iam-{engineer}'\n";
    check_others(
        &jane(""),
        &(naming.to_owned() + JANE),
        &[
            "JaneDoe stack: the stack `iam-JaneDoe` takes the place of `personal-iam-profile-JaneDoe`, which is \
             to be deleted > 'iam-{engineer}'",
            "JaneDoe stack: CloudFormation will refuse to create `PersonalRoleJaneDoe` and \
             `PersonalInstanceProfileJaneDoe` in the stack `iam-JaneDoe` while the stack \
             `personal-iam-profile-JaneDoe` has them: delete that first > 'iam-{engineer}'",
            "project settings: `naming.engineer-stack` goes from `personal-iam-profile-{engineer}` to \
             `iam-{engineer}` > 'iam-{engineer}'",
        ],
    );
}

#[test]
fn a_principal_that_is_gone() {
    check_others(
        &jane(""),
        "",
        &["JaneDoe stack: the stack `personal-iam-profile-JaneDoe` is to be deleted"],
    );
}
