//! Names that CloudFormation does not take as they are, and another name for out/.

use crate::project::findings;
use crate::support::Project;
use iamc::Exit;

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

#[test]
fn another_folder_is_called_as_the_command_line_calls_it() {
    let project = Project::new();
    let missing = project.run(&["verify", "--out", "elsewhere/"]);
    assert_eq!((missing.exit, missing.out.as_str()), (Exit::Usage, ""));
    assert_eq!(missing.err, "error: no folder `elsewhere/`\n  help: `iamc build --out elsewhere` makes it\n");
    project.run(&["build", "--out", "elsewhere"]);
    assert_eq!(project.run(&["verify", "--out", "elsewhere"]).exit, Exit::Ok);
    std::fs::remove_file(project.join("elsewhere/manifest.json")).unwrap();
    let less = project.run(&["verify", "--out", "elsewhere"]);
    assert_eq!(less.exit, Exit::Project);
    assert!(less.err.contains("help: run `iamc build --out elsewhere`; what"), "{}", less.err);
}
