//! Child processes that can be stopped with all their children, and that are never waited for without an end.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, ExitStatus, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow};
use process_wrap::std::{ChildWrapper, CommandWrap};

/// How often a running child looks whether it shall stop. It delays a stop, never a result.
const STOP_LATENCY: Duration = Duration::from_millis(10);

/// Says to everything that runs under it, from any thread, to stop.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// One that is set when the user interrupts the tool (Ctrl-C) or the system ends it: children are in groups of
    /// their own and would otherwise go on.
    pub fn on_interrupt() -> Self {
        let stop = Self::default();
        let handle = stop.clone();
        // A second handler is refused; the first one then still ends the tool.
        let _ = ctrlc::set_handler(move || handle.now());
        stop
    }

    pub fn now(&self) {
        self.0.store(true, SeqCst);
    }

    pub fn is_set(&self) -> bool {
        self.0.load(SeqCst)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Exited(ExitStatus),
    Stopped,
    TimedOut,
}

/// A line a child printed, without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    Out(String),
    Err(String),
}

/// Runs `command` to its end and hands on each line as it comes, standard output and error apart.
pub fn lines(command: Command, stop: &Stop, mut on_line: impl FnMut(Line)) -> Result<End> {
    let (sender, receiver) = mpsc::channel();
    let mut child = Group::spawn(command, Stdio::piped(), Stdio::piped())?;
    let stdout = child.0.stdout().take().context("the child's output is a pipe")?;
    let stderr = child.0.stderr().take().context("the child's output is a pipe")?;
    forward(stdout, sender.clone(), Line::Out);
    forward(stderr, sender, Line::Err);
    child.wait(stop, None, &receiver, &mut on_line)
}

#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// From its start to its end.
    pub whole: Duration,
    /// Without printing anything.
    pub silence: Duration,
}

impl Patience {
    pub fn of(whole: Duration) -> Self {
        Self { whole, silence: whole }
    }
}

/// Runs `command` to its end, or until there is no more `patience`, and returns what it printed: output and error in one text, in
/// the order in which they were written.
pub fn text(command: Command, stop: &Stop, patience: Patience) -> Result<(End, String)> {
    let (reader, writer) = std::io::pipe().context("no pipe for the child's output")?;
    let (sender, receiver) = mpsc::channel();
    let child = Group::spawn(command, writer.try_clone()?.into(), writer.into())?;
    thread::spawn(move || {
        let (mut reader, mut chunk) = (reader, [0; 8192]);
        while let Ok(count @ 1..) = reader.read(&mut chunk) {
            let _ = sender.send(chunk[..count].to_vec());
        }
    });
    let mut bytes = Vec::new();
    let end = child.wait(stop, Some(patience), &receiver, &mut |chunk: Vec<u8>| bytes.extend(chunk))?;
    Ok((end, String::from_utf8_lossy(&bytes).into_owned()))
}

fn forward(pipe: impl Read + Send + 'static, sender: Sender<Line>, wrap: fn(String) -> Line) {
    thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        let mut bytes = Vec::new();
        while let Ok(1..) = pipe.read_until(b'\n', &mut bytes) {
            let line = String::from_utf8_lossy(&bytes);
            if sender.send(wrap(line.trim_end_matches(['\r', '\n']).to_owned())).is_err() {
                break;
            }
            bytes.clear();
        }
    });
}

/// A child and all its children; dropping it ends them.
struct Group(Box<dyn ChildWrapper>);

impl Group {
    fn spawn(mut command: Command, stdout: Stdio, stderr: Stdio) -> Result<Self> {
        command.stdin(Stdio::null()).stdout(stdout).stderr(stderr);
        let program = command.get_program().to_string_lossy().into_owned();
        let mut command = CommandWrap::from(command);
        #[cfg(unix)]
        command.wrap(process_wrap::std::ProcessGroup::leader());
        #[cfg(windows)]
        command.wrap(process_wrap::std::JobObject);
        let child = command.spawn().map_err(|error| {
            anyhow!("{program} cannot be started: {error}.\nIs Rust installed and on the PATH? `cargo --version` should answer; `cargo workbook doctor` looks further.")
        })?;
        Ok(Self(child))
    }

    /// Hands on what arrives until the senders are gone, which is when the child has closed its output.
    fn wait<T>(
        mut self,
        stop: &Stop,
        patience: Option<Patience>,
        from: &mpsc::Receiver<T>,
        on: &mut impl FnMut(T),
    ) -> Result<End> {
        let started = Instant::now();
        let mut heard = started;
        loop {
            match from.recv_timeout(STOP_LATENCY) {
                Ok(item) => {
                    heard = Instant::now();
                    on(item);
                }
                Err(RecvTimeoutError::Disconnected) => {
                    return Ok(End::Exited(self.0.wait().context("a child process was lost")?));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            let is_up = |patience: Patience| {
                started.elapsed() >= patience.whole || heard.elapsed() >= patience.silence
            };
            let end = match patience {
                _ if stop.is_set() => End::Stopped,
                Some(patience) if is_up(patience) => End::TimedOut,
                _ => continue,
            };
            self.0.kill().context("a child process could not be stopped")?;
            from.iter().for_each(on);
            return Ok(end);
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Ok(None) = self.0.try_wait() {
            let _ = self.0.kill();
        }
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    const LONG: Patience = Patience { whole: Duration::from_secs(60), silence: Duration::from_secs(60) };

    #[test]
    fn output_and_error_come_in_the_order_in_which_they_were_written() {
        let (end, text) = text(shell("echo 1; echo 2 >&2; echo 3; exit 7"), &Stop::default(), LONG).unwrap();
        assert!(matches!(end, End::Exited(status) if status.code() == Some(7)), "{end:?}");
        assert_eq!(text, "1\n2\n3\n");
    }

    #[test]
    fn lines_are_handed_on_as_they_come() {
        let mut seen = Vec::new();
        let stop = Stop::default();
        // The child never ends by itself: only a line that arrives while it runs can stop it.
        let end = lines(shell("echo ready; sleep 600"), &stop, |line| {
            seen.push(line);
            stop.now();
        });
        assert_eq!((end.unwrap(), seen), (End::Stopped, vec![Line::Out("ready".into())]));
    }

    #[test]
    fn a_child_that_does_not_end_is_ended_with_its_own_children() {
        let (end, text) = text(
            shell("sleep 600 & echo $!; wait"),
            &Stop::default(),
            Patience::of(Duration::from_millis(300)),
        )
        .unwrap();
        assert_eq!(end, End::TimedOut);
        // Ended, and not yet taken note of by its parent (Z), is ended.
        let ps = Command::new("ps").args(["-o", "stat=", "-p", text.trim()]).output().unwrap();
        let state = String::from_utf8_lossy(&ps.stdout).trim().to_owned();
        assert!(state.is_empty() || state.starts_with('Z'), "the grandchild {text:?} still runs: {state}");
    }

    #[test]
    fn a_child_that_goes_on_printing_is_not_taken_for_one_that_hangs() {
        let patience = Patience { silence: Duration::from_millis(400), ..LONG };
        let talks = "for i in 1 2 3 4 5 6; do echo $i; sleep 0.1; done";
        let (end, _) = text(shell(talks), &Stop::default(), patience).unwrap();
        assert!(matches!(end, End::Exited(status) if status.success()), "{end:?}");
        let (end, said) = text(shell("echo 1; sleep 600"), &Stop::default(), patience).unwrap();
        assert_eq!((end, said.as_str()), (End::TimedOut, "1\n"));
    }

    #[test]
    fn a_program_that_is_missing_is_named_with_the_next_step() {
        let error = text(Command::new("no-such-program"), &Stop::default(), LONG).unwrap_err().to_string();
        assert!(
            error.contains("no-such-program cannot be started") && error.contains("cargo --version"),
            "{error}"
        );
    }
}
