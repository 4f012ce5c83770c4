use std::fmt::Write as _;

use iamc::Exit;

use crate::support::{Project, Ran};
use crate::{golden_in, here, run_in, usage_error};

fn ask(arguments: &str) -> Ran {
    let ran = run_in(&here().join("chains"), &format!("who-can {arguments}"));
    assert_eq!((ran.exit, ran.err.as_str()), (Exit::Ok, ""), "iamc who-can {arguments}");
    ran
}

/// Principals with what was decided, and the roles on the way.
fn found(arguments: &str) -> String {
    let answer: serde_json::Value =
        serde_json::from_str(&ask(&format!("{arguments} --format json")).out).unwrap();
    let mut found = String::new();
    for principal in answer["principals"].as_array().unwrap() {
        let text = |key: &str| principal[key].as_str().unwrap().to_owned();
        let through: Vec<&str> =
            principal["through"].as_array().unwrap().iter().map(|role| role.as_str().unwrap()).collect();
        let through = if through.is_empty() { String::new() } else { format!(" as {}", through.join(" ")) };
        writeln!(found, "{} {}{through}", text("principal"), text("decision")).unwrap();
    }
    found
}

const OBJECT: &str = "s3:GetObject arn:aws:s3:::vault/red/x";

#[test]
fn everybody_who_may() {
    golden_in("chains", &format!("who-can {OBJECT}"), "who-can.txt");
    golden_in("chains", &format!("who-can {OBJECT} --format json"), "who-can.json");
}

#[test]
fn roles_are_followed_to_any_length_the_surest_first() {
    let expected = "Ann allowed as Bridge Inner\nBob conditional as Guarded\nBridge allowed as Inner\nDan allowed\n\
                    Etl allowed\nEve allowed\nFay conditional\nGuarded allowed\nInner allowed\n\
                    Job conditional\n";
    assert_eq!(found(OBJECT), expected);
}

#[test]
fn roles_can_be_left_out() {
    let expected = "Dan allowed\nEtl allowed\nEve allowed\nFay conditional\nGuarded allowed\nInner allowed\n\
                    Job conditional\n";
    assert_eq!(found(&format!("{OBJECT} --direct")), expected);
}

#[test]
fn those_who_may_not() {
    assert_eq!(found(&format!("{OBJECT} --not")), "Cid implicitly-denied\nGus implicitly-denied\n");
    golden_in("chains", "who-can sts:GetFederationToken --not", "who-can-not.txt");
}

#[test]
fn those_who_may_do_all_of_a_pattern() {
    let pattern = "s3:GetObject arn:aws:s3:::vault/*";
    assert_eq!(
        found(&format!("{pattern} --all --kind engineer")),
        "Ann allowed as Bridge Inner\nDan allowed\nEve allowed\n"
    );
    golden_in("chains", &format!("who-can {pattern} --kind engineer"), "who-can-pattern.txt");
}

#[test]
fn one_kind() {
    assert_eq!(found(&format!("{OBJECT} --kind service-user")), "Etl allowed\nJob conditional\n");
    assert_eq!(found(&format!("{OBJECT} --kind roles --direct")), "Guarded allowed\nInner allowed\n");
}

#[test]
fn nobody() {
    golden_in("chains", "who-can iam:CreateUser", "who-can-nobody.txt");
}

#[test]
fn the_context_decides() {
    let given = format!("{OBJECT} --kind engineer --direct --context aws:SecureTransport=true");
    assert_eq!(found(&given), "Dan allowed\nEve allowed\nFay allowed\n");
    let other = format!("{given} --context aws:PrincipalTag/team=red");
    assert_eq!(found(&other), "Dan allowed\nEve allowed\nFay allowed\nGus allowed\n");
}

#[test]
fn very_many_are_counted() {
    let project = Project::empty();
    let policies = (0..30).map(|at| {
        format!("[policy.P{at:02}]\nactions = [\"s3:GetObject\"]\nresources = [\"arn:aws:s3:::b/*\"]\n")
    });
    project.write("policies/all.toml", &policies.collect::<String>());
    let one_each = (0..30).map(|at| format!("One{at:02} = {{ policies = [\"P{at:02}\"] }}\n"));
    let alike = (0..1200).map(|at| format!("Many{at:04} = {{ policies = [\"P00\", \"P01\"] }}\n"));
    project.write(
        "engineers.toml",
        &format!("[engineer]\n{}{}", one_each.collect::<String>(), alike.collect::<String>()),
    );
    let short = project.run(&["who-can", "s3:GetObject", "arn:aws:s3:::b/x"]).out;
    assert!(
        short.starts_with("1,230 of 1,230 principals may do s3:GetObject on arn:aws:s3:::b/x\n"),
        "{short}"
    );
    assert!(short.contains("1,200 engineers by itself: Many0000, Many0001, Many0002, Many0003, Many0004, Many0005, and 1,194 more\n"), "{short}");
    assert!(
        short.contains("  and 11 more principals by 11 other sets of policies: `-v` shows all\n"),
        "{short}"
    );
    let whole = project.run(&["who-can", "s3:GetObject", "arn:aws:s3:::b/x", "-v"]).out;
    assert!(whole.contains("Many1199") && whole.contains("One29"), "{whole}");
}

#[test]
fn wrong_questions() {
    for (arguments, word) in [
        ("who-can GetObject", "`s3:GetObject`"),
        ("who-can s3:GetObject bucket", "six fields"),
        ("who-can s3:GetObject --context s3:prefix", "no `=`"),
        ("who-can s3:GetObject --at noon", "noon"),
        ("who-can s3:GetObject --kind group", "group"),
        ("who-can s3:GetObject --all --not", "cannot be used with"),
        ("who-can", "<ACTION>"),
    ] {
        let ran = crate::run(arguments);
        assert_eq!((ran.exit, ran.out.as_str()), (Exit::Usage, ""), "{arguments}");
        assert!(ran.err.contains(word), "{arguments}: {}", ran.err);
    }
    usage_error(
        "who-can s3:GetObject -C nowhere",
        "error: no project in `nowhere`\n  help: neither `iamc.toml` nor `engineers.toml` is there: `iamc init` \
         makes a small project, `-C DIR` names another folder\n",
    );
}

#[test]
fn an_action_that_aws_does_not_have_is_noted() {
    let note = "note: AWS has no action `s3:GetObjct`\n  help: the nearest are `s3:GetObject`";
    let name = "Ann";
    for question in ["who-can s3:GetObjct".to_owned(), format!("explain {name} s3:GetObjct --format json")] {
        let ran = run_in(&here().join("chains"), &question);
        assert_eq!(ran.exit, Exit::Ok, "{}", ran.err);
        assert!(ran.err.starts_with(note) && !ran.out.is_empty(), "{question}: {}", ran.err);
        let quiet = run_in(&here().join("chains"), &format!("{question} -q"));
        assert_eq!((quiet.exit, quiet.err.as_str(), quiet.out), (Exit::Ok, "", ran.out));
    }
}
