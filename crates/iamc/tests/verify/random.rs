//! Projects at random: what is built is verified, however it had to be divided or merged.

use iamc::Exit;
use proptest::collection::vec;
use proptest::option::weighted as sometimes;
use proptest::prelude::*;
use proptest::sample::select;

use crate::project::findings;
use crate::support::Project;

/// Policies of few shapes, so that some can be merged; each has `{who}` in its resources.
fn policy() -> impl Strategy<Value = String> {
    let head = (select(&["Allow", "Allow", "Allow", "Deny"]), lists("actions"), lists("resources"));
    (head, select(&["s3", "s3", "secretsmanager", "ec2"]), 0..2_usize, 1..6_usize, 1..12_usize, condition())
        .prop_map(|((effect, actions, resources), service, stem, some, others, condition)| {
            let named: Vec<_> = (0..some).map(|at| format!("{service}:Do{at}")).collect();
            let held: Vec<_> =
                (0..others).map(|at| format!("arn:aws:{service}:::{{who}}/{stem}/{at}")).collect();
            format!("effect = \"{effect}\"\n{actions} = {named:?}\n{resources} = {held:?}\n{condition}")
        })
}

fn lists(name: &'static str) -> impl Strategy<Value = String> {
    prop::bool::weighted(0.1).prop_map(move |not| format!("{}{name}", if not { "not-" } else { "" }))
}

fn condition() -> impl Strategy<Value = &'static str> {
    select(&[
        "",
        "",
        "",
        "conditions.DateLessThan.\"aws:currenttime\" = [\"2029-06-01\", \"2029-07-01\"]\n",
        "conditions.StringLike.\"aws:PrincipalTag/on\" = [\"{who}/*\", \"on\"]\n",
        "conditions.StringNotEquals.\"aws:RequestedRegion\" = [\"eu-central-1\"]\n",
    ])
}

/// Which policies and groups something holds, some of them until the end of a year.
#[derive(Debug, Clone)]
struct Holds {
    policies: Vec<Member>,
    groups: Vec<Member>,
}

type Member = (prop::sample::Index, Option<i32>);

fn holds() -> impl Strategy<Value = Holds> {
    let members = |most| vec((any::<prop::sample::Index>(), sometimes(0.2, 2028..2031)), 0..most);
    (members(12), members(4)).prop_map(|(policies, groups)| Holds { policies, groups })
}

impl Holds {
    /// Of so many policies and groups there are.
    fn text(&self, policies: usize, groups: usize) -> String {
        let of = |letter: &str, members: &[Member], count: usize| {
            let members = members.iter().filter(|_| count > 0);
            let names: Vec<_> = members.map(|member| member_text(letter, member, count)).collect();
            names.join(", ")
        };
        let (policies, groups) = (of("P", &self.policies, policies), of("G", &self.groups, groups));
        format!("policies = [{policies}]\ngroups = [{groups}]\n")
    }
}

fn member_text(letter: &str, (at, year): &Member, count: usize) -> String {
    let name = format!("\"{letter}{}\"", at.index(count));
    match year {
        Some(year) => format!("{{ name = {name}, until = {year}-12-31 }}"),
        None => name,
    }
}

/// What there is of principals: everyone is in a Kubernetes group, or nobody.
fn write_principals(project: &Project, principals: &[Holds], policies: usize, groups: usize) {
    let kinds = [
        ("engineers.toml", "engineer", "tags = { a = \"{who}\" }\n"),
        ("service-users.toml", "service-user", "path = \"/x/\"\n"),
        ("roles.toml", "role", "trust = [{ aws = \"arn:aws:iam::{account}:user/N1\" }]\n"),
    ];
    for (kind, (file, table, more)) in kinds.iter().enumerate() {
        let mine = principals.iter().enumerate().filter(|(number, _)| number % kinds.len() == kind);
        let text = mine.map(|(number, held)| {
            let params = format!("params = {{ who = \"w{}\" }}\n", number % 2);
            format!("[{table}.N{number}]\n{}{params}{more}", held.text(policies, groups))
        });
        project.write(file, &text.collect::<String>());
    }
}

/// Sids; names without categories; Kubernetes; characters of a managed policy.
type Settings = (bool, bool, bool, usize);

fn settings() -> impl Strategy<Value = Settings> {
    (any::<bool>(), any::<bool>(), any::<bool>(), 900..2500_usize)
}

fn settings_text(&(sids, together, kubernetes, characters): &Settings, most: usize) -> String {
    let naming = if together { "engineer-policy = \"Policies{engineer}\"\n" } else { "" };
    let groups = if kubernetes { "[kubernetes.groups.k]\ncluster-role = \"view\"\n" } else { "" };
    format!(
        "[project]\naccount = \"123456789876\"\n[emit]\nsids = {sids}\n[naming]\n{naming}[limits]\n\
         managed-policy-characters = {characters}\nmanaged-policies-per-role = {most}\n\
         {groups}[engineer-defaults]\npermissions-boundary = \"arn:aws:iam::{{account}}:policy/B\"\n"
    )
}

/// From plenty to so few that nothing fits: on the way every way of dividing is tried.
const MOST_POLICIES: [usize; 10] = [40, 14, 10, 8, 6, 5, 4, 3, 2, 1];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_built_is_verified(
        settings in settings(),
        policies in vec(policy(), 1..30),
        groups in vec(holds(), 1..6),
        principals in vec(holds(), 1..6),
    ) {
        let project = Project::empty();
        let declared = policies.iter().enumerate().map(|(at, text)| format!("[policy.P{at}]\n{text}"));
        project.write("policies/all.toml", &declared.collect::<String>());
        // Each group holds only groups before it, so that there is no cycle.
        let kubernetes = if settings.2 { "kubernetes-groups = [\"k\"]\n" } else { "" };
        let declared = groups.iter().enumerate().map(|(at, held)| {
            let more = if at == 0 { kubernetes } else { "" };
            format!("[group.G{at}]\n{}{more}", held.text(policies.len(), at))
        });
        project.write("groups/all.toml", &declared.collect::<String>());
        write_principals(&project, &principals, policies.len(), groups.len());
        for most in MOST_POLICIES {
            project.write("iamc.toml", &settings_text(&settings, most));
            let built = project.run(&["build"]);
            if built.exit == Exit::Ok {
                let found = findings(project.path());
                prop_assert!(found.is_empty(), "{}{found:#?}", built.out);
            }
        }
    }
}
