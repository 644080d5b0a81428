//! The command line: what there is to say, and who does it.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use workbook::{
    commands::{Format, Verdict},
    course::Course,
};

use crate::commands;

/// The maintainers' tool of the backend architecture workbook.
///
/// Without a command it does what `check` does.
#[derive(Debug, Parser)]
#[command(name = "cargo gates", bin_name = "cargo gates", version, disable_help_subcommand = true)]
#[command(after_help = "\
Exit codes: 0 all is well; 1 a check found something, or a change conflicts; 2 the command could not be carried out.
An ID is a chapter's name (dtos) or number (2).")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check that every starter fails and every solution passes as it should (the default)
    Check {
        id: Option<String>,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Carry a change in one chapter through all later ones, by three-way merge
    Carry {
        id: String,
        /// The revision of git before the change
        #[arg(long, default_value = "HEAD", value_name = "REVISION")]
        base: String,
    },
    /// Make a new chapter's skeleton from a solved one
    New {
        id: String,
        /// The chapter whose solved state it starts from
        #[arg(long, value_name = "ID")]
        from: String,
    },
    /// Write exercises.lock anew from the exercises as they are now
    Lock,
}

/// Reads the command line, does what it says and tells how it went.
pub fn main() -> ExitCode {
    workbook::cli::exit(dispatch(Cli::parse()))
}

fn dispatch(cli: Cli) -> Verdict {
    let course = &Course::find()?;
    match cli.command.unwrap_or(Command::Check { id: None, format: Format::Text }) {
        Command::Check { id, format } => commands::check::check(course, id.as_deref(), format),
        Command::Carry { id, base } => commands::carry::carry(course, &id, &base),
        Command::New { id, from } => commands::new::new(course, &id, &from),
        Command::Lock => commands::lock::lock(course),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
