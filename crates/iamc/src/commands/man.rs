//! `iamc man`

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use crate::cli::Cli;
use crate::exit::{Exit, Failure};
use crate::session::Session;

/// The manual page
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
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    man.render_options_section(page)?;
    page.extend(b".SH COMMANDS\n");
    command.get_subcommands().try_for_each(|subcommand| write_subcommand(subcommand, page))
}

/// A subcommand's sections, each a step lower than in a page of its own.
fn write_subcommand(command: &Command, page: &mut Vec<u8>) -> std::io::Result<()> {
    let name = format!("iamc {}", command.get_name());
    let man = Man::new(command.clone().bin_name(&name));
    let mut sections = Vec::new();
    man.render_synopsis_section(&mut sections)?;
    man.render_description_section(&mut sections)?;
    man.render_options_section(&mut sections)?;
    let sections = String::from_utf8_lossy(&sections).into_owned();
    page.extend(format!(".SS \"{name}\"\n").bytes());
    page.extend(without_headings(&sections).bytes());
    Ok(())
}

fn without_headings(sections: &str) -> String {
    let lines = sections.lines().map(|line| if line.starts_with(".SH ") { ".PP" } else { line });
    lines.map(|line| format!("{line}\n")).collect()
}
