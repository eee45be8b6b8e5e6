//! `dateline completions` and `dateline man`: what shells and `man` know of the command line, made from it.

use std::io::{Write, stdout};
use std::path::PathBuf;

use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use dateline::write::OutputFiles;

use super::{Cli, Error, Outcome};

/// Flags of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Shell that the script is for
    shell: Shell,
}

/// Flags of `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Folder for the pages of dateline and of each of its commands [default: prints that of dateline]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Runs `completions`.
pub fn completions(args: &CompletionsArgs) -> Result<Outcome, Error> {
    // Made whole first: the generator panics where it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "dateline", &mut script);
    stdout().lock().write_all(&script)?;
    Ok(Outcome::Done)
}

/// Runs `man`.
pub fn man(args: &ManArgs) -> Result<Outcome, Error> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = &args.folder else {
        stdout().lock().write_all(&page(command)?)?;
        return Ok(Outcome::Done);
    };
    let mut pages = OutputFiles::default();
    add(command, &mut pages)?;
    let count = pages.len();
    pages.write(folder)?;
    eprintln!("{count} pages in {}", folder.display());
    Ok(Outcome::Done)
}

fn page(command: Command) -> Result<Vec<u8>, Error> {
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    Ok(page)
}

/// Adds the page of a command and those of its own commands: `dateline-gazetteer-import.1`.
fn add(command: Command, pages: &mut OutputFiles) -> Result<(), Error> {
    for below in command.get_subcommands() {
        add(below.clone(), pages)?;
    }
    let name = command.get_display_name().unwrap_or(command.get_name());
    let name = format!("{name}.1");
    let command = command.clone();
    pages.add(name, page(command)?);
    Ok(())
}
