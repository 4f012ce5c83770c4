//! Text, TOML, and tables in their places.

mod support;

use support::{check, help, parse, unreadable};

#[test]
fn one_missing_quote_is_one_report_and_the_rest_is_read() {
    let toml = "[policy.A]\nactions = [\"s3:*]\nresources = [\"*\"]\n\
                [policy.B]\nactions = [\"s3\"]\nresources = [\"*\"]\n\
                [policy.C]\nactions = [\"s3:*\"]\nresources = [\"*\"]\n";
    check("policies/a.toml", toml, "syntax | \"s3:*]\ninvalid-action | \"s3\"");
    let (_, project, _) = parse(&[("policies/a.toml", toml)]);
    let names: Vec<_> = project.policies.iter().map(|policy| policy.name.to_string()).collect();
    assert_eq!(names, ["C"]);
    assert_eq!(unreadable("policies/a.toml", toml), ["A", "B"]);
}

#[test]
fn each_stretch_has_its_first_error() {
    let toml = "[group.A]\ngroups = [\"B\"\npolicies = []\n[group.B]\nx x\ny y\n[group.C\n[group.D]\n";
    check("groups/a.toml", toml, "syntax | p\nsyntax | x\nsyntax | [group.C");
    assert_eq!(unreadable("groups/a.toml", toml), ["A", "B", "C"]);
}

#[test]
fn a_stretch_that_is_lost_takes_its_declaration_with_it() {
    let toml = "[policy.A]\nactions = [\"s3:*\"]\nresources = [\"*\"]\n[policy.A.conditions.StringEquals]\nx = [\"\n";
    check("policies/a.toml", toml, "syntax | \"");
    let (_, project, _) = parse(&[("policies/a.toml", toml)]);
    assert!(project.policies.is_empty());
    assert_eq!(unreadable("policies/a.toml", toml), ["A"]);
}

#[test]
fn engineers_of_a_lost_stretch_keep_their_names() {
    let toml = "[engineer]\nJaneDoe = [\"A]\nBob = [\"B\"]\n\"Quoted\" = []\n";
    check("engineers.toml", toml, "syntax | \"A]");
    assert_eq!(unreadable("engineers.toml", toml), ["Bob", "JaneDoe", "Quoted"]);
}

#[test]
fn an_unclosed_long_string_swallows_names_but_not_silently() {
    let toml = "[group.A]\ndescription = \"\"\"abc\n[group.B]\n[group.C]\n";
    check("groups/a.toml", toml, "syntax | [group.C]");
    assert_eq!(unreadable("groups/a.toml", toml), ["A", "B", "C"]);
}

#[test]
fn what_is_defined_twice_shows_both() {
    let toml = "[group.A]\ngroups = []\n[group.B]\n[group.A]\ngroups = []\n";
    check("groups/a.toml", toml, "duplicate-definition | A | A");
    check("engineers.toml", "[engineer]\nA = []\nA = []\n", "duplicate-definition | A | A");
    check("engineers.toml", "[engineer]\nA = []\n[engineer.A]\n", "duplicate-definition | A | A");
    check("groups/a.toml", "[group.A]\ngroups = []\ngroups = []\n", "syntax | groups | groups");
    check("groups/a.toml", "[group.A]\ngroups = [{ name = \"x\", name = \"y\" }]\n", "syntax | name | name");
    assert_eq!(unreadable("groups/a.toml", toml), ["A"]);
}

#[test]
fn a_definition_that_is_repeated_with_its_tables_is_one_report() {
    let once = "[policy.A]\nactions = [\"s3:*\"]\nresources = [\"*\"]\n[policy.A.conditions.StringEquals]\nk = [\"x\"]\n";
    check("policies/a.toml", &once.repeat(2), "duplicate-definition | A | A");
}

#[test]
fn hidden_characters() {
    check("groups/a.toml", "# a\u{202E}b\n", "hidden-character | \u{202E}");
    check("groups/a.toml", "\u{FEFF}[group.A]\n", "hidden-character | \u{FEFF}");
    check(
        "groups/a.toml",
        "[group.A]\ndescription = 'a\u{200B}b\u{AD}'\n",
        "hidden-character | \u{200B} | \u{AD}",
    );
    check("groups/a.toml", "[group.A]\ndescription = \"a\u{A0}b\"\n", "hidden-character | \u{A0}");
    check("groups/a.toml", "# a\u{A0}b \u{3000}\n[group.A]\r\ndescription = 'é – “x”'\r\n", "");
    check("groups/a.toml", "# a\u{0}b\n", "hidden-character | \u{0}");
    check("groups/a.toml", "[group.A]\ndescription = \"\u{7}\"\n", "hidden-character | \u{7}");
    check("groups/a.toml", "[group.A]\ndescription = \"\"\"\u{1b}[1m\n\"\"\"\n", "hidden-character | \u{1b}");
    check("groups/a.toml", "[group.A]\n\u{200B}groups = []\n", "hidden-character | \u{200B}");
    help("groups/a.toml", "\u{FEFF}[group.A]\n", "save the file as UTF-8 without a byte order mark");
}

#[test]
fn escapes_of_what_could_be_written() {
    check("groups/a.toml", "[group.A]\ndescription = \"\\u0041\"\n", "escaped-ascii | \\u0041");
    check("groups/a.toml", "[group.A]\ndescription = \"\\\\\\U0000002A\"\n", "escaped-ascii | \\U0000002A");
    check("groups/a.toml", "[group.A]\ndescription = \"\"\"\n\\x2A\"\"\"\n", "escaped-ascii | \\x2A");
    check("groups/a.toml", "[group.\"\\u0041\"]\n", "escaped-ascii | \\u0041");
    check("groups/a.toml", "[group.A]\ndescription = \"\\u200B\"\n", "hidden-character | \\u200B");
    for escape in ["\\e", "\\b", "\\f", "\\u001B", "\\U00000007"] {
        let described = format!("[group.A]\ndescription = \"\\\\{escape}\"\n");
        check("groups/a.toml", &described, &format!("hidden-character | {escape}"));
    }
    let fine = "# \\u0041\n[group.A]\ndescription = '\\u0041 \\x2a'\n[group.B]\n\
                description = \"\\u0022 \\u005c \\\\u0041 \\u00e9 \\u009f \\n\"\n";
    check("groups/a.toml", fine, "");
}

#[test]
fn tables_in_the_wrong_place() {
    check("policies/a.toml", "[group.A]\n[group.B]\n", "misplaced-table | group");
    help("policies/a.toml", "[group.A]\n", "move it to groups/");
    check("iamc.toml", "[policy.A]\nactions = [\"*\"]\nresources = [\"*\"]\n", "misplaced-table | policy");
    check("policies/a.toml", "[variables]\n", "misplaced-table | variables");
    check("policies/a.toml", "[polcy.A]\n", "unknown-key | polcy");
    help("policies/a.toml", "[policies.A]\n", "write `policy`");
    assert_eq!(unreadable("policies/a.toml", "[polcy.A]\n"), ["A"]);
    check("policies/a.toml", "policy = 1\n", "wrong-type | 1");
    check("engineers/x.toml", "x = 1\n", "unknown-key | x");
    check("README.toml", "[[[", "");
}

#[test]
fn helps_say_what_to_type() {
    help(
        "policies/a.toml",
        "[policy.A]\nconditions.StringLike.s3:prefix = []\n",
        "put the key in quotes: `\"s3:prefix\"`",
    );
    help("groups/a.toml", "[group.A]\ndescription = “x”\n", "write straight quotes: `\"x\"`");
    help("groups/a.toml", "[group.A]\ndescription = word\n", "write `\"word\"`");
    help("groups/a.toml", "[group.A]\ngroups = [\"a\" \"b\"]\n", "write `,` here");
    help("groups/a.toml", "[group.A]\ngroups = [\"a\"\npolicies = []\n", "write `]` before this key");
    help("groups/a.toml", "[group.A]\ngroups = [ 'a', \"b ]\n", "write `\"` where it ends");
    help("groups/a.toml", "[group.A]\ngroups = [\"a\",, \"b\"]\n", "remove it");
    help("engineers.toml", "[engineer]\nA = { groups = [] params = {} }\n", "write `,` here");
    help("engineers.toml", "[engineer]\nA = { path = x tags = {} }\n", "write `,` between the two keys");
    help(
        "groups/a.toml",
        "[group.A]\ndescription = \"\\d\"\n",
        "write `\\\\` for a backslash, or use single quotes",
    );
}

#[test]
fn a_key_without_a_value() {
    let toml = "[group.A]\ndescription =\n";
    check("groups/a.toml", toml, "syntax | =");
    help("groups/a.toml", toml, "write a value behind `=`");
    let (_, _, diagnostics) = parse(&[("groups/a.toml", toml)]);
    assert_eq!(diagnostics[0].message, "not TOML: `description` has no value");
}

#[test]
fn hostile_files_are_answered_quickly() {
    let many = 200_000;
    for toml in [
        format!("a = {}", "[".repeat(many)),
        format!("a = {}", "{a=".repeat(many)),
        format!("{}=1", vec!["a"; many].join(".")),
        format!("[{}]", vec!["a"; many].join(".")),
        "[".repeat(many),
        "}\n".repeat(many),
    ] {
        let (_, _, diagnostics) = parse(&[("groups/a.toml", &toml)]);
        assert_eq!(diagnostics.len(), 1);
    }
}

#[test]
fn every_error_of_a_large_file_is_reported_once() {
    let policy = |i: usize| {
        format!(
            "[policy.P{i}]\nactions = [\"s3:GetObject\"]\nresources = [\"arn:aws:s3:::bucket/{i}\"]\n\
             conditions.StringLike.\"s3:prefix\" = [\"a\"]\n"
        )
    };
    let many: String = (0..5_000).map(policy).collect();
    let (_, project, diagnostics) = parse(&[("policies/a.toml", &many)]);
    assert_eq!((project.policies.len(), diagnostics.len()), (5_000, 0));
    let broken = many.replace("[policy.P44", "[policy.P44\"");
    let (_, project, diagnostics) = parse(&[("policies/a.toml", &broken)]);
    assert_eq!((project.policies.len(), diagnostics.len()), (4_889, 111));
}

#[test]
fn what_other_tools_write() {
    let helped = |toml, words, expected| {
        check("policies/a.toml", toml, &format!("syntax | {words}"));
        help("policies/a.toml", toml, expected);
    };
    helped("[policy.A]\nactions: []\n", ":", "write `actions = …`");
    helped("[policy.A]\nactions:\n- a\n", ":", "write `actions = [\"…\"]`");
    helped("[policy.A]\nx.a:b = 1\n", ":", "put the key in quotes: `\"a:b\"`");
    helped("[policy.A]\neffect = \"Allow\", # x\n", ",", "remove the comma");
    let date = "write a date as `2027-03-31`, the year first";
    helped("[policy.A]\nx = 2027/03/31\n", "2027/03/31", date);
    helped("[policy.A]\nx = [31.3.2027]\n", "31.3.2027", date);
    helped("[policy.A]\nx = 2027-13-01\n", "2027-13-01", date);
    helped("[policy.A]\nx = 10000-01-01\n", "10000-01-01", date);
    check("policies/a.toml", "{\n}\n", "syntax | {");
    check(
        "policies/a.toml",
        "[policy.A]\n<<<<<<< é\n[policy.B]\n=======\n",
        "syntax | <<<<<<< é\nsyntax | =======",
    );
}
