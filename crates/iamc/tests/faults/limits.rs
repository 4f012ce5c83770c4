//! Names of each kind that are as long as they may be, and those of one letter more.

use iamc::Exit;

use crate::support::{Project, policy};

/// Puts a name of so many letters where a kind of declaration has its name.
struct Case {
    kind: &'static str,
    longest: usize,
    code: &'static str,
    declare: fn(&Project, &str),
    /// Whether `out/` has a file of that name.
    folder: Option<&'static str>,
}

const TRUST: &str = "trust = [{ service = \"ec2.amazonaws.com\" }]";

const CASES: [Case; 8] = [
    Case {
        kind: "policy",
        longest: 128,
        code: "invalid-name",
        declare: |project, name| {
            project.write("policies/long.toml", &policy(name, "s3:ListBucket"));
            project
                .write("engineers.toml", &format!("[engineer]\nJaneDoe = {{ policies = [\"{name}\"] }}\n"));
        },
        folder: None,
    },
    Case {
        kind: "template",
        longest: 128,
        code: "invalid-name",
        declare: |project, name| {
            let body = "actions = [\"s3:ListBucket\"]\nresources = [\"arn:aws:s3:::{bucket}\"]\n";
            let with = "[policy.Listing]\nwith = { bucket = \"data\" }\n";
            let text = format!(
                "[template.{name}]\nparameters = [\"bucket\"]\n{body}\n{with}template = \"{name}\"\n"
            );
            project.write("policies/long.toml", &text);
            project.write("engineers.toml", "[engineer]\nJaneDoe = { policies = [\"Listing\"] }\n");
        },
        folder: None,
    },
    Case {
        kind: "group",
        longest: 128,
        code: "invalid-name",
        declare: |project, name| {
            project.write("groups/long.toml", &format!("[group.{name}]\npolicies = [\"Read\"]\n"));
            project.write("engineers.toml", &format!("[engineer]\nJaneDoe = [\"{name}\"]\n"));
        },
        folder: None,
    },
    Case {
        kind: "service user",
        longest: 64,
        code: "invalid-name",
        declare: |project, name| {
            project.write("service-users.toml", &format!("[service-user.{name}]\ngroups = [\"Readers\"]\n"));
        },
        folder: Some("service-users"),
    },
    Case {
        kind: "role",
        longest: 64,
        code: "invalid-name",
        declare: |project, name| {
            project.write("roles.toml", &format!("[role.{name}]\ngroups = [\"Writers\"]\n{TRUST}\n"));
        },
        folder: Some("roles"),
    },
    Case {
        kind: "engineer with the default name of a role",
        longest: 64 - "PersonalRole".len(),
        code: "invalid-resource-name",
        declare: |project, name| {
            project.write("engineers.toml", &format!("[engineer]\n{name} = [\"Readers\"]\n"));
        },
        folder: Some("engineers"),
    },
    Case {
        kind: "engineer with a role of the same name",
        longest: 64,
        code: "invalid-name",
        declare: |project, name| {
            project.write("iamc.toml", "[naming]\nengineer-role = \"{engineer}\"\n");
            project.write("engineers.toml", &format!("[engineer]\n{name} = [\"Readers\"]\n"));
        },
        folder: Some("engineers"),
    },
    Case {
        kind: "stack",
        longest: 128 - "JaneDoe".len(),
        code: "invalid-resource-name",
        declare: |project, name| {
            project.write("iamc.toml", &format!("[naming]\nengineer-stack = \"{name}{{engineer}}\"\n"));
            project.write("engineers.toml", "[engineer]\nJaneDoe = [\"Readers\"]\n");
        },
        folder: None,
    },
];

#[test]
fn names_as_long_as_they_may_be_and_a_letter_more() {
    for Case { kind, longest, code, declare, folder } in CASES {
        let project = Project::new();
        let name = format!("L{}", "o".repeat(longest - 1));
        declare(&project, &name);
        let ran = project.build();
        assert!(!ran.err.contains(code), "{kind}: {}", ran.err);
        assert_eq!(project.run(&["verify"]).exit, Exit::Ok, "{kind}");
        assert!(folder.is_none_or(|folder| project.exists(&format!("out/{folder}/{name}.yaml"))), "{kind}");
        let before = crate::support::files(&project.join("out"));
        declare(&project, &format!("{name}o"));
        let ran = project.run(&["build"]);
        assert_eq!(ran.exit, Exit::Project, "{kind}: {}", ran.err);
        assert_eq!(ran.err.matches("error[").count().max(1), 1, "{kind}: {}", ran.err);
        assert!(ran.err.contains(code), "{kind}: {}", ran.err);
        assert_eq!(crate::support::files(&project.join("out")), before, "{kind}");
    }
}
