use iamc::Exit;

use crate::run;

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(&format!("completions {shell}"));
        assert_eq!((script.exit, script.err.as_str()), (Exit::Ok, ""), "{shell}");
        assert!(script.out.contains("iamc") && script.out.contains("explain"), "{shell}");
    }
    assert_eq!(run("completions tcsh").exit, Exit::Usage);
}

#[test]
fn the_manual_has_every_command_and_the_exit_statuses() {
    let page = run("man").out;
    for command in
        ["build", "check", "explain", "graph", "list", "rule", "schema", "init", "completions", "man"]
    {
        assert!(page.contains(&format!("\n.SS \"iamc {command}\"\n")), "{command}");
    }
    assert!(page.starts_with(".ie ") || page.starts_with(".TH iamc 1"), "{}", &page[..80]);
    assert!(page.contains(".SH \"EXIT STATUS\""));
}
