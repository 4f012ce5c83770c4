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
