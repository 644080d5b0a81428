//! A process beside the tool, for the case that the tool is killed (`kill -9`, the end of memory): it then ends the tests that would
//! otherwise run on for ever. The tool tells it through a pipe which process groups run; the pipe closes with the tool, however that
//! ends. On Windows the job of a child does the same.

use std::{
    collections::BTreeSet,
    env,
    io::{self, BufRead, Write},
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{ChildStdin, Command, Stdio},
    sync::{Mutex, OnceLock, PoisonError},
};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

/// The tool's command that is this process.
pub const COMMAND: &str = "watchdog";

/// The tool, if it keeps a watchdog.
static TOOL: OnceLock<PathBuf> = OnceLock::new();
static WATCHDOG: OnceLock<Option<Mutex<ChildStdin>>> = OnceLock::new();

/// From here on this process keeps a watchdog, from its first child on.
pub fn keep() {
    if let Ok(tool) = env::current_exe() {
        let _ = TOOL.set(tool);
    }
}

/// A process group that ends with the tool. Dropped, it is no longer looked after.
#[derive(Debug)]
pub struct Watched(u32);

impl Watched {
    pub fn group(leader: u32) -> Self {
        tell(&format!("{leader}\n"));
        Self(leader)
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        tell(&format!("-{}\n", self.0));
    }
}

/// Without a watchdog nothing is lost but the help after a kill, so a failure is none of the run.
fn tell(line: &str) {
    if let Some(pipe) = WATCHDOG.get_or_init(start) {
        let _ = pipe.lock().unwrap_or_else(PoisonError::into_inner).write_all(line.as_bytes());
    }
}

/// In a group of its own, so that a Ctrl-C does not reach it.
fn start() -> Option<Mutex<ChildStdin>> {
    let mut command = Command::new(TOOL.get()?);
    command.arg(COMMAND).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.process_group(0).spawn().ok()?;
    child.stdin.take().map(Mutex::new)
}

/// What the watchdog does: listens until the tool is gone, and ends what is still running.
pub fn run() {
    let mut groups = BTreeSet::new();
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        match line.parse::<i32>() {
            Ok(leader) if leader > 0 => groups.insert(leader),
            Ok(ended) => groups.remove(&-ended),
            Err(_) => false,
        };
    }
    for leader in groups {
        let _ = killpg(Pid::from_raw(leader), Signal::SIGKILL);
    }
}
