use crate::testing::check_others;

fn settings(text: &str) -> String {
    format!("--- iamc.toml\n{text}\n")
}

#[test]
fn levels() {
    let files = |level: &str| settings(&format!("[lints]\nunused-policy = '{level}'"));
    check_others(
        &files("error"),
        &files("off"),
        &[
            "project lints !weakened-check: the lint `unused-policy` goes from `error` to `off` > unused-policy",
        ],
    );
    check_others(
        &settings("[project]"),
        &files("forbid"),
        &["project lints: the lint `unused-policy` goes from `warn` to `forbid` > unused-policy"],
    );
    check_others(
        &files("error"),
        "",
        &[
            "project lints !weakened-check: the lint `unused-policy` goes from `error` to `warn` < unused-policy",
        ],
    );
    check_others(&files("warn"), "", &[]);
}

#[test]
fn silences() {
    let group = |line: &str| format!("--- groups/a.toml\n[group.A]\n{line}\n");
    let silenced = group("silence = [{ lint = 'unused-group', reason = 'kept for May' }]");
    check_others(
        &group(""),
        &silenced,
        &["project silences !weakened-check: the group `A` now silences `unused-group`: kept for May \
           > 'unused-group'"],
    );
    check_others(
        &silenced,
        &group(""),
        &["project silences: the group `A` no longer silences `unused-group` < 'unused-group'"],
    );
}

#[test]
fn a_silence_goes_along_with_what_is_renamed() {
    let policy = |name: &str, actions: &str, reason: &str| {
        format!(
            "--- policies/a.toml\n[policy.{name}]\nactions = [{actions}]\nresources = ['*']\n\
             silence = [{{ lint = 'unused-policy', reason = '{reason}' }}]\n"
        )
    };
    let base = policy("Old", "'s3:GetObject', 's3:PutObject'", "kept for May");
    check_others(&base, &policy("New", "'s3:PutObject', 's3:getobject'", "kept for June"), &[]);
    check_others(
        &base,
        &policy("New", "'s3:*'", "kept for May"),
        &[
            "project silences !weakened-check: the policy `New` now silences `unused-policy`: kept for May > 'unused-policy'",
            "project silences: the policy `Old` no longer silences `unused-policy` < 'unused-policy'",
        ],
    );
    let both = format!(
        "{base}{}",
        policy("New", "'s3:GetObject', 's3:PutObject'", "kept").replace("policies/a", "policies/b")
    );
    check_others(
        &base,
        &both,
        &[
            "project silences !weakened-check: the policy `New` now silences `unused-policy`: kept > 'unused-policy'",
        ],
    );
    let loud = base.lines().filter(|line| !line.starts_with("silence")).map(|line| format!("{line}\n"));
    check_others(
        &loud.collect::<String>(),
        &policy("New", "'s3:GetObject', 's3:PutObject'", "kept"),
        &[
            "project silences !weakened-check: the policy `New` now silences `unused-policy`: kept > 'unused-policy'",
        ],
    );
    let group = |name: &str| {
        format!(
            "--- groups/a.toml\n[group.{name}]\nsilence = [{{ lint = 'unused-group', reason = 'kept' }}]\n"
        )
    };
    check_others(&group("Old"), &group("New"), &[]);
}

#[test]
fn limits() {
    let files = |most: u32| settings(&format!("[limits]\nmanaged-policies-per-role = {most}"));
    let what = "the limit `managed-policies-per-role` goes from";
    check_others("", &files(20), &[&format!("project limits !weakened-check: {what} `10` to `20` > 20")]);
    check_others(&files(20), "", &[&format!("project limits: {what} `20` to `10` < 20")]);
}

fn assertion(lines: &str) -> String {
    format!(
        "--- groups/a.toml\n[group.DevOps]\n[group.Web]\n--- assertions.toml\n[[assert]]\naction = 'iam:*'\n\
         resource = '*'\n{lines}\n"
    )
}

#[test]
fn assertions_come_and_go() {
    let none = "--- groups/a.toml\n[group.DevOps]\n[group.Web]\n";
    let some = assertion("everyone = true\nexpect = 'never'");
    let words = "`iam:*` on `*` is `never` for everyone";
    check_others(none, &some, &[&format!("project assertions: an assertion is new: {words} > [[assert]]")]);
    check_others(
        &some,
        none,
        &[&format!("project assertions !weakened-check: an assertion is gone: {words} < [[assert]]")],
    );
    check_others(&some, &(some.clone() + "because = 'it is so'"), &[]);
}

#[test]
fn assertions_that_ask_for_less() {
    let strict = assertion("everyone = true\nexpect = 'never'");
    let loose = assertion("everyone = true\nexpect = 'never'\nexcept = { groups = ['DevOps'] }");
    let words = "`iam:*` on `*` is `never` for everyone";
    let excepted = format!("{words} except holders of `DevOps`");
    check_others(
        &strict,
        &loose,
        &[&format!(
            "project assertions !weakened-check: an assertion asks for less: {excepted}; it was: {words} > [[assert]]"
        )],
    );
    check_others(
        &loose,
        &strict,
        &[&format!(
            "project assertions: an assertion asks for more: {words}; it was: {excepted} > [[assert]]"
        )],
    );
}

#[test]
fn assertions_that_are_about_less() {
    let about = |action: &str, resource: &str, who: &str| {
        assertion(&format!("{who}\nexpect = 'never'"))
            .replace("'iam:*'", &format!("'{action}'"))
            .replace("resource = '*'", &format!("resource = '{resource}'"))
    };
    let wide = about("iam:*", "*", "everyone = true");
    let narrow = about("iam:Create*", "arn:aws:iam::*:role/*", "everyone = true");
    let (of_wide, of_narrow) = (
        "`iam:*` on `*` is `never` for everyone",
        "`iam:Create*` on `arn:aws:iam::*:role/*` is `never` for everyone",
    );
    check_others(
        &wide,
        &narrow,
        &[&format!(
            "project assertions !weakened-check: an assertion asks for less: {of_narrow}; it was: {of_wide} > [[assert]]"
        )],
    );
    check_others(
        &narrow,
        &wide,
        &[&format!(
            "project assertions: an assertion asks for more: {of_wide}; it was: {of_narrow} > [[assert]]"
        )],
    );
    check_others(
        &wide,
        &about("s3:*", "*", "everyone = true"),
        &[
            "project assertions: an assertion is new: `s3:*` on `*` is `never` for everyone > [[assert]]",
            &format!("project assertions !weakened-check: an assertion is gone: {of_wide} < [[assert]]"),
        ],
    );
    let two = |first: &str, second: &str| {
        let who = |group: &str| format!("groups = ['{group}']\nexpect = 'never'");
        let other = assertion(&who(second));
        let (_, other) = other.split_once("assertions.toml\n").unwrap();
        assertion(&who(first)) + other
    };
    let loose = two("DevOps", "Web").replace("['Web']\nexpect = 'never'", "['Web']\nexpect = 'conditional'");
    check_others(
        &two("DevOps", "Web"),
        &loose,
        &[
            "project assertions !weakened-check: an assertion asks for less: `iam:*` on `*` is `conditional` for \
           holders of `Web`; it was: `iam:*` on `*` is `never` for holders of `Web` > [[assert]]",
        ],
    );
}

#[test]
fn settings_of_the_cluster() {
    let files = |role: &str| settings(&format!("[kubernetes.groups.eng]\ncluster-role = '{role}'"));
    check_others(
        &files("view"),
        &files("cluster-admin"),
        &[
            "project kubernetes !cluster-access: the cluster role of `eng` goes from `view` to `cluster-admin` \
           > eng",
        ],
    );
    check_others(
        &files("view"),
        "",
        &["project kubernetes: the cluster role of `eng` is gone: it was `view` < eng"],
    );
}

#[test]
fn values_of_the_project() {
    check_others(
        &settings("[variables]\nbucket = 'a'"),
        &settings("[variables]\nbucket = 'b'\n[project]\naccount = '123456789876'"),
        &[
            "project settings: `project.account` is new: `123456789876` > '123456789876'",
            "project settings: the variable `bucket` goes from `a` to `b` > 'b'",
        ],
    );
}
