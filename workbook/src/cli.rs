//! The command line: what there is to say, and who does it.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{commands, course::Course};

/// The backend architecture workbook.
///
/// Without a command it does what `start` does: it opens the book, watches the chapter you are at and runs its tests
/// each time you save.
#[derive(Debug, Parser)]
#[command(name = "cargo workbook", bin_name = "cargo workbook", version, disable_help_subcommand = true)]
#[command(after_help = "\
Exit codes: 0 done, or green; 1 a test fails, the code does not compile, or a check found something;
2 the command could not be carried out.
An ID is a chapter's name (dtos) or number (2). Without one, the chapter you are at is meant.")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    start: Start,
}

/// How the book is served.
#[derive(Debug, Clone, Args)]
pub struct Start {
    /// The port of the book; when it is taken, the next free one
    #[arg(long, default_value_t = 3030, value_name = "PORT")]
    pub port: u16,
    /// Do not open the browser
    #[arg(long)]
    pub no_open: bool,
    /// Look for changes every half second, for file systems that report none (some network and container folders)
    #[arg(long)]
    pub poll: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build and serve the book, open it, watch the exercise and run it on every save (the default)
    Start(Start),
    /// Watch an exercise and run it on every save, in the terminal alone
    Watch {
        id: Option<String>,
        /// Look for changes every half second, for file systems that report none
        #[arg(long)]
        poll: bool,
    },
    /// Run an exercise's tests once
    Run {
        id: Option<String>,
        /// Show every failure, not the first alone
        #[arg(long)]
        all: bool,
    },
    /// Show every chapter with its state
    List,
    /// Show where you are; as JSON for scripts
    Status {
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Show the next hint for what fails now
    Hint { id: Option<String> },
    /// Show the reference solution as a diff against your files, once green
    Solution {
        id: Option<String>,
        /// Show it although the exercise is not green; this is written down
        #[arg(long)]
        show_me: bool,
    },
    /// Put an exercise back to its start; your files are kept, and `undo` brings them back
    Reset { id: Option<String> },
    /// Take back the last reset (a second undo takes back the first)
    Undo { id: Option<String> },
    /// Run all that you have solved against the original tests
    Verify {
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Look at this machine: what is missing, and how to mend it
    Doctor,
    /// Show the modules of an exercise in their layers, and who uses whom; what points outward is marked
    Map {
        id: Option<String>,
        #[arg(long, value_enum, default_value_t = MapFormat::Text)]
        format: MapFormat,
    },
    /// Build the static book, for any web host
    Build {
        /// The folder to write to
        #[arg(long, default_value = "book-output", value_name = "DIR")]
        output: PathBuf,
    },
    /// For maintainers: check that every starter fails and every solution passes as it should
    Check {
        id: Option<String>,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Write exercises.lock anew from the exercises as they are now
        #[arg(long)]
        write_lock: bool,
    },
    /// For maintainers: carry a change in one chapter through all later ones, by three-way merge
    Carry {
        id: String,
        /// The revision of git before the change
        #[arg(long, default_value = "HEAD", value_name = "REVISION")]
        base: String,
    },
    /// For maintainers: make a new chapter's skeleton from a solved one
    New {
        id: String,
        /// The chapter whose solved state it starts from
        #[arg(long, value_name = "ID")]
        from: String,
    },
    /// For mdBook: run one of the book's preprocessors
    #[command(hide = true)]
    Preprocess {
        name: String,
        #[command(subcommand)]
        question: Option<Question>,
    },
}

#[derive(Debug, Subcommand)]
enum Question {
    /// Whether a renderer is supported
    Supports { renderer: String },
}

/// How a command answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

/// How `map` answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MapFormat {
    Text,
    Json,
    /// A picture
    Svg,
}

/// Whether all is well: decides between the exit codes 0 and 1.
pub type Verdict = Result<bool>;

/// Reads the command line, does what it says and tells how it went.
pub fn main() -> ExitCode {
    match dispatch(Cli::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            anstream::eprintln!("{} {error:#}", crate::show::error_word());
            ExitCode::from(2)
        }
    }
}

fn dispatch(cli: Cli) -> Verdict {
    let command = cli.command.unwrap_or(Command::Start(cli.start));
    if let Command::Preprocess { name, question } = command {
        return match question {
            Some(Question::Supports { renderer }) => Ok(renderer == "html"),
            None => crate::book::preprocess(&name).map(|()| true),
        };
    }
    let course = &Course::find()?;
    match &command {
        Command::Start(start) => commands::start::start(course, start),
        Command::Watch { id, poll } => commands::start::watch(course, id.as_deref(), *poll),
        Command::Run { id, all } => commands::learn::run(course, id.as_deref(), *all),
        Command::List => commands::learn::list(course),
        Command::Status { format } => commands::learn::status(course, *format),
        Command::Hint { id } => commands::learn::hint(course, id.as_deref()),
        Command::Solution { id, show_me } => commands::learn::solution(course, id.as_deref(), *show_me),
        Command::Reset { id } => commands::learn::reset(course, id.as_deref()),
        Command::Undo { id } => commands::learn::undo(course, id.as_deref()),
        Command::Verify { format } => commands::verify::verify(course, *format),
        Command::Doctor => commands::doctor::doctor(course),
        Command::Map { id, format } => commands::map::map(course, id.as_deref(), *format),
        Command::Build { output } => commands::build::build(course, output),
        Command::Check { id, format, write_lock } => {
            commands::check::check(course, id.as_deref(), *format, *write_lock)
        }
        Command::Carry { id, base } => commands::carry::carry(course, id, base),
        Command::New { id, from } => commands::new::new(course, id, from),
        Command::Preprocess { .. } => unreachable!("answered above, without a course"),
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
