//! A generated organisation: everybody holds a base; departments and teams add to it; each team has three
//! levels, of which each holds the one below, and a rota that most hold for a time only; some engineers
//! hold projects besides, some with params, and a few one of a few huge groups. 70 % of the engineers
//! share their permissions with others. 100,000 engineers have 21,205 groups and 55,389 policies.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use crate::random::Random;

/// How large.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// How many engineers.
    pub(crate) engineers: usize,
}

/// Policies of each group: with these a lead holds 24 statements.
const OF_BASE: usize = 7;
const OF_DEPARTMENT: usize = 6;
const OF_DEVELOPER: usize = 5;
const OF_SENIOR: usize = 3;
const OF_LEAD: usize = 1;
const OF_ROTA: usize = 1;
const OF_PROJECT: usize = 4;
const OF_PLATFORM: usize = 60;

/// Huge groups.
const PLATFORMS: usize = 3;

impl Size {
    fn teams(self) -> usize {
        (self.engineers / 20).max(1)
    }

    fn departments(self) -> usize {
        (self.teams() / 25).max(1)
    }

    fn projects(self) -> usize {
        (self.engineers / 100).max(2)
    }
}

/// Writes an organisation to a folder that does not exist yet. One seed is one organisation, byte for
/// byte.
pub(crate) fn write(size: Size, seed: u64, dir: &Path) -> io::Result<()> {
    let mut random = Random::new(seed);
    fs::create_dir(dir)?;
    for folder in ["policies", "groups", "engineers"] {
        fs::create_dir(dir.join(folder))?;
    }
    fs::write(dir.join("iamc.toml"), settings(size))?;
    fs::write(dir.join("policies/templates.toml"), TEMPLATES)?;
    write_base(dir, &mut random)?;
    for department in 0..size.departments() {
        write_department(dir, size, department, &mut random)?;
    }
    write_projects(dir, size, &mut random)?;
    for department in 0..size.departments() {
        let text = engineers(size, department, &mut random);
        fs::write(dir.join(format!("engineers/department{department}.toml")), text)?;
    }
    Ok(())
}

fn settings(size: Size) -> String {
    let quota = size.engineers * 20 + 1000;
    format!(
        r#"[project]
account = "123456789876"

[variables]
region = "eu-central-1"

[engineer-defaults]
managed-policy-arns = ["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"]
tags = {{ managed-by = "iamc" }}

[limits]
account-managed-policies = {quota}
account-roles = {quota}
account-instance-profiles = {quota}
"#
    )
}

const TEMPLATES: &str = r#"[template.S3Read]
parameters = ["bucket"]
actions = ["s3:GetObject", "s3:GetObjectAcl", "s3:GetObjectVersion", "s3:ListBucket", "s3:GetBucketLocation"]
resources = ["arn:aws:s3:::{bucket}", "arn:aws:s3:::{bucket}/*"]

[template.S3ListPrefix]
parameters = ["bucket", "prefix"]
actions = ["s3:ListBucket"]
resources = ["arn:aws:s3:::{bucket}"]
conditions.StringLike."s3:prefix" = ["{prefix}/*"]

"#;

fn write_base(dir: &Path, random: &mut Random) -> io::Result<()> {
    let mut policies = policies("Base", OF_BASE, random);
    policies += r#"[policy.BaseDenyDeleteTrail]
effect = "Deny"
actions = ["cloudtrail:DeleteTrail", "cloudtrail:StopLogging"]
resources = ["*"]

"#;
    fs::write(dir.join("policies/base.toml"), policies)?;
    let mut names = names("Base", OF_BASE);
    names.push("BaseDenyDeleteTrail".to_owned());
    fs::write(dir.join("groups/base.toml"), group("Base", &names, &[]))
}

fn write_department(dir: &Path, size: Size, department: usize, random: &mut Random) -> io::Result<()> {
    let name = format!("Department{department}");
    let mut declared = policies(&name, OF_DEPARTMENT, random);
    let mut groups = group(&name, &names(&name, OF_DEPARTMENT), &["Base".to_owned()]);
    for team in teams(size, department) {
        let mut below = name.clone();
        for (level, count) in LEVELS {
            let level = format!("Team{team}{level}");
            declared += &policies(&level, count, random);
            groups += &group(&level, &names(&level, count), &[below]);
            below = level;
        }
        let rota = format!("Team{team}OnCall");
        declared += &policies(&rota, OF_ROTA, random);
        groups += &group(&rota, &names(&rota, OF_ROTA), &[]);
    }
    fs::write(dir.join(format!("policies/department{department}.toml")), declared)?;
    fs::write(dir.join(format!("groups/department{department}.toml")), groups)
}

/// The levels of a team, the lowest first, with their policies.
const LEVELS: [(&str, usize); 3] = [("Developer", OF_DEVELOPER), ("Senior", OF_SENIOR), ("Lead", OF_LEAD)];

/// The numbers of a department's teams.
fn teams(size: Size, department: usize) -> impl Iterator<Item = usize> {
    (department..size.teams()).step_by(size.departments())
}

fn write_projects(dir: &Path, size: Size, random: &mut Random) -> io::Result<()> {
    let mut declared = String::new();
    let mut groups = String::new();
    for project in 0..size.projects() {
        let name = format!("Project{project}");
        declared += &policies(&name, OF_PROJECT, random);
        groups += &group(&name, &names(&name, OF_PROJECT), &[]);
    }
    for platform in 0..PLATFORMS {
        let name = format!("Platform{platform}");
        declared += &policies(&name, OF_PLATFORM, random);
        groups += &group(&name, &names(&name, OF_PLATFORM), &[]);
    }
    declared += r#"[policy.ClientData]
actions = ["s3:GetObject", "s3:PutObject"]
resources = ["arn:aws:s3:::clients/{client}/*"]

"#;
    groups += &group("ClientSupport", &["ClientData".to_owned()], &[]);
    fs::write(dir.join("policies/projects.toml"), declared)?;
    fs::write(dir.join("groups/projects.toml"), groups)
}

fn names(stem: &str, count: usize) -> Vec<String> {
    (0..count).map(|number| format!("{stem}Policy{number}")).collect()
}

fn policies(stem: &str, count: usize, random: &mut Random) -> String {
    names(stem, count).iter().enumerate().map(|(number, name)| policy(name, stem, number, random)).collect()
}

fn policy(name: &str, stem: &str, number: usize, random: &mut Random) -> String {
    let thing = format!("{}-{}", stem.to_lowercase(), random.below(100_000));
    let body = match number % 6 {
        0 => format!("template = \"S3Read\"\nwith = {{ bucket = \"{thing}\" }}"),
        1 => format!("template = \"S3ListPrefix\"\nwith = {{ bucket = \"{thing}\", prefix = \"shared\" }}"),
        2 => statement(
            &["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
            &[format!("arn:aws:secretsmanager:{{region}}:{{account}}:secret:{thing}/*")],
        ),
        3 => statement(
            &["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:BatchGetItem"],
            &["", "/index/*"]
                .map(|part| format!("arn:aws:dynamodb:{{region}}:{{account}}:table/{thing}{part}")),
        ),
        4 => statement(
            &["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"],
            &[format!("arn:aws:sqs:{{region}}:{{account}}:{thing}")],
        ),
        _ => {
            let tagged = format!("conditions.StringEquals.\"aws:ResourceTag/team\" = [\"{thing}\"]");
            statement(&["ec2:StartInstances", "ec2:StopInstances"], &["*".to_owned()]) + "\n" + &tagged
        }
    };
    format!("[policy.{name}]\n{body}\n\n")
}

fn statement(actions: &[&str], resources: &[String]) -> String {
    format!("actions = {actions:?}\nresources = {resources:?}")
}

fn group(name: &str, policies: &[String], groups: &[String]) -> String {
    format!("[group.{name}]\npolicies = {policies:?}\ngroups = {groups:?}\n\n")
}

/// The engineers of a department: a lead for each team, then the others. Seven in ten of all hold one
/// level of one team and nothing else.
fn engineers(size: Size, department: usize, random: &mut Random) -> String {
    let teams: Vec<usize> = teams(size, department).collect();
    let mut short = "[engineer]\n".to_owned();
    let mut long = String::new();
    for (at, engineer) in (department..size.engineers).step_by(size.departments()).enumerate() {
        if let Some(team) = teams.get(at) {
            let _ = writeln!(short, "Engineer{engineer} = [\"Team{team}Lead\", \"Team{team}OnCall\"]");
            continue;
        }
        let team = teams[random.below(teams.len())];
        let level = if random.percent(70) { "Senior" } else { "Developer" };
        if random.percent(74) {
            let _ = writeln!(short, "Engineer{engineer} = [\"Team{team}{level}\"]");
        } else {
            long += &unlike_others(engineer, (team, level), size, random);
        }
    }
    short + "\n" + &long
}

/// An engineer of a team, at a level of it, who holds more than that.
fn unlike_others(engineer: usize, (team, level): (usize, &str), size: Size, random: &mut Random) -> String {
    let first = random.below(size.projects());
    let second = (first + 1 + random.below(size.projects() - 1)) % size.projects();
    let bounded =
        |group: String| format!("{{ name = \"{group}\", until = 2030-12-31, reason = \"INC-{engineer}\" }}");
    let mut groups = vec![format!("\"Team{team}{level}\""), format!("\"Project{first}\"")];
    let mut params = String::new();
    if random.percent(50) {
        groups.push(format!("\"Project{second}\""));
    }
    if random.percent(20) {
        groups.push(bounded(format!("Team{team}OnCall")));
    }
    if random.percent(3) {
        groups.push(format!("\"Platform{}\"", random.below(PLATFORMS)));
    }
    if random.percent(20) {
        groups.push("\"ClientSupport\"".to_owned());
        params = format!("params = {{ client = \"client{}\" }}\n", random.below(50));
    }
    format!("[engineer.Engineer{engineer}]\ngroups = [{}]\n{params}\n", groups.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_is_one_organisation() {
        let written = |seed| {
            let parent = tempfile::tempdir().unwrap();
            let dir = parent.path().join("organisation");
            write(Size { engineers: 60 }, seed, &dir).unwrap();
            ["policies/department0.toml", "engineers/department0.toml"]
                .map(|file| fs::read_to_string(dir.join(file)).unwrap())
        };
        assert_eq!(written(7), written(7));
        assert_ne!(written(7), written(8));
    }
}
