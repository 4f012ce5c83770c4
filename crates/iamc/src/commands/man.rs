//! `iamc man`

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use crate::cli::Cli;
use crate::exit::{Exit, Failure};
use crate::session::Session;

/// As in [`Exit`].
const EXIT_STATUS: &str = r#".SH "EXIT STATUS"
.TP
.B 0
All is well.
.TP
.B 1
The project is wrong, or a check found a difference.
.TP
.B 2
The command line was wrong, there is no project, or a name does not exist.
.TP
.B 3
The machine failed: a file could not be read or written.
"#;

/// Print the manual page
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// Prints one page with all commands, for man(1).
pub(crate) fn run(_: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let mut page = Vec::new();
    write(&mut page)?;
    session.print(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Ok)
}

fn write(page: &mut Vec<u8>) -> std::io::Result<()> {
    let command = Cli::command();
    let man = Man::new(command.clone());
    man.render_title(page)?;
    man.render_name_section(page)?;
    page.extend(format!(".SH SYNOPSIS\n{}", synopsis(&command)).bytes());
    man.render_description_section(page)?;
    man.render_options_section(page)?;
    page.extend(b".SH COMMANDS\n");
    command.get_subcommands().try_for_each(|subcommand| write_subcommand(subcommand, page))?;
    page.extend(EXIT_STATUS.bytes());
    Ok(())
}

/// A subcommand's sections under its own heading.
fn write_subcommand(command: &Command, page: &mut Vec<u8>) -> std::io::Result<()> {
    let bin_name = format!("iamc {}", command.get_name());
    let command = command.clone().bin_name(bin_name).disable_help_flag(true);
    let mut sections = Vec::new();
    let man = Man::new(command.clone());
    man.render_description_section(&mut sections)?;
    man.render_options_section(&mut sections)?;
    let sections = String::from_utf8_lossy(&sections).into_owned();
    page.extend(format!(".SS \"iamc {}\"\n{}", command.get_name(), synopsis(&command)).bytes());
    page.extend(without_headings(&sections).bytes());
    Ok(())
}

/// The usage as `--help` shows it.
fn synopsis(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace('-', "\\-");
    format!(".nf\n{usage}\n.fi\n")
}

fn without_headings(sections: &str) -> String {
    let lines = sections.lines().map(|line| if line.starts_with(".SH ") { ".PP" } else { line });
    lines.map(|line| format!("{line}\n")).collect()
}
