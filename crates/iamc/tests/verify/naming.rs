//! Names that CloudFormation does not take as they are.

use crate::project::findings;
use crate::support::Project;

#[test]
fn a_stack_whose_name_cannot_hold_the_principals_is_verified() {
    let project = Project::empty();
    project.write("iamc.toml", "[naming]\nengineer-pattern = \"[a-z.@_]+\"\n");
    let policy = "actions = [\"s3:GetObject\"]\nresources = [\"*\"]\n";
    project.write("policies/s3.toml", &format!("[policy.Read]\n{policy}"));
    project.write("engineers.toml", "[engineer.\"jane.doe_x@acme\"]\npolicies = [\"Read\"]\n");
    project.build();
    assert!(project.read("out/manifest.json").contains("personal-iam-profile-jane-doe-x-acme"));
    let found = findings(project.path());
    assert!(found.is_empty(), "{found:#?}");
}
