//! The command line: what there is to say, and who does it.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

use crate::{
    book,
    commands::{Format, MapFormat, Start, Verdict, build, doctor, learn, open, start, update, verify},
    course::{Course, files, originals, versions},
    learner::{
        Lock,
        change::{self, Changed},
        snapshots,
    },
    terminal::style,
};

#[cfg(unix)]
use crate::runner::watchdog;

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
        /// Run the tests with this text in their names alone
        filter: Option<String>,
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
    /// Take back the last reset or update (a second undo takes back the first)
    Undo {
        /// A chapter, for its last reset; or `update`, for the last update
        id: Option<String>,
    },
    /// Open the file to change in your editor
    Open { id: Option<String> },
    /// Get a newer version of the workbook; what you changed stays, and `undo` takes the update back
    Update {
        /// A folder, an archive (.tar.gz) or a git address; without it, the remote `upstream` or `origin` of your clone
        #[arg(long, value_name = "PLACE")]
        from: Option<String>,
    },
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
    /// For mdBook: run one of the book's preprocessors
    #[command(hide = true)]
    Preprocess {
        name: String,
        /// `supports RENDERER`
        question: Vec<String>,
    },
    /// For the tool itself: end what it was running when it is killed
    #[cfg(unix)]
    #[command(hide = true, name = watchdog::COMMAND)]
    Watchdog,
}

/// Reads the command line, does what it says and tells how it went.
pub fn main() -> ExitCode {
    exit(dispatch(Cli::parse()))
}

/// How a command went, as the exit code; what kept it from being carried out is said on standard error.
pub fn exit(verdict: Verdict) -> ExitCode {
    match verdict {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            anstream::eprintln!("{} {error:#}", style::error_word());
            ExitCode::from(2)
        }
    }
}

fn dispatch(cli: Cli) -> Verdict {
    let command = cli.command.unwrap_or(Command::Start(cli.start));
    if let Command::Preprocess { name, question } = command {
        return match &question[..] {
            [_, renderer] => book::supports(&name, renderer),
            _ => book::preprocess_between(&name, std::io::stdin().lock(), std::io::stdout().lock())
                .map(|()| true),
        };
    }
    #[cfg(unix)]
    {
        if let Command::Watchdog = command {
            watchdog::run();
            return Ok(true);
        }
        watchdog::keep();
    }
    let root = Course::root()?;
    finish_change(&root);
    // A workbook that cannot be written says so when there is something to write down.
    let _ = originals::keep(&root).and_then(|()| versions::record(&root));
    // Before a course is read, which one of them may have broken.
    match &command {
        Command::Update { from } => return update::update(&root, from.as_deref()),
        Command::Undo { id: Some(id) } if id == snapshots::UPDATE => return update::undo(&root),
        _ => {}
    }
    let course = &Course::load(&root)?;
    match &command {
        Command::Start(options) => start::start(course, options),
        Command::Watch { id, poll } => start::watch(course, id.as_deref(), *poll),
        Command::Run { id, filter, all } => {
            learn::run(course, id.as_deref(), filter.as_deref().unwrap_or_default(), *all)
        }
        Command::List => learn::list(course),
        Command::Status { format } => learn::status(course, *format),
        Command::Hint { id } => learn::hint(course, id.as_deref()),
        Command::Solution { id, show_me } => learn::solution(course, id.as_deref(), *show_me),
        Command::Reset { id } => learn::reset(course, id.as_deref()),
        Command::Undo { id } => learn::undo(course, id.as_deref()),
        Command::Open { id } => open::open(course, id.as_deref()),
        Command::Verify { format } => verify::verify(course, *format),
        Command::Doctor => doctor::doctor(course),
        Command::Map { id, format } => learn::map(course, id.as_deref(), *format),
        Command::Build { output } => build::build(course, output),
        #[cfg(unix)]
        Command::Watchdog => unreachable!("answered above, without a course"),
        Command::Update { .. } | Command::Preprocess { .. } => {
            unreachable!("answered above, without a course")
        }
    }
}

/// What a process that was killed has begun. It comes before all else: half-way an exercise may have no manifest, and then no course
/// can be read.
fn finish_change(root: &Path) {
    let finished = change::is_begun(root).then(|| change::finish(&Lock::take(root)?));
    match finished.transpose().map(Option::flatten) {
        Ok(None) => {}
        Ok(Some(Changed { id, snapshot })) => {
            let what = if id == snapshots::UPDATE { "the workbook" } else { &id };
            let kept = files::relative(root, &snapshot);
            anstream::eprintln!(
                "A change of {what} had been interrupted, and is finished now. What you had is in {kept}; cargo workbook undo {id} brings it back."
            );
        }
        Err(error) => anstream::eprintln!("{} {error:#}", style::error_word()),
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
